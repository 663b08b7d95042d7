/*
 * Parts of pages for longer texts, beside those of frame.h: a field of several lines, a moment,
 * links, what stands in a list of name and value, a style of their own.
 */
#pragma once

#include "office/frame.h"

typedef struct {
    const char *label, *name, *value; /* as of OfficeInput */
    const char *hint;                 /* a line below; NULL: none */
    const char *language;             /* of what is written; NULL: the interface's */
    unsigned rows;                    /* lines shown */
    bool fixed;                       /* shown, to be copied: not changed and not sent */
    bool code;                        /* set in a typewriter's letters, from left to right */
} OfficeArea;

void office_area(HtmlWriter *page, const OfficeArea *area);

/* <a>. The path is one of this door, or an address. */
void office_link(HtmlWriter *page, const char *path, const char *text);

/* The same as a paragraph of its own. */
void office_link_line(HtmlWriter *page, const char *path, const char *text);

/* A style sheet of site/office/ beside the one that every page has. */
void office_style(HtmlWriter *page, const char *asset);

/* The plain text of a mail, as it is, in the paper's language. */
void office_mail_text(HtmlWriter *page, const char *language, const char *text);

/* "Name: value" as a row of a table of two columns. */
void office_pair(HtmlWriter *page, const char *name, const char *value);

/* A moment as a browser's field has it, "2026-11-24T08:00" in the zone; and what was sent in one,
 * as base/moment.h reads it: "2026-11-24 08:00". Callers free. */
char *office_moment_shown(int64_t moment, GTimeZone *zone);
char *office_moment_sent(const char *field);
