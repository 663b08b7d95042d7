/*
 * What every page of the office has around it, and the small parts that pages are made of.
 *
 *     HtmlWriter *page = office_page(visit, office_text(visit, "office_stories"));
 *     html_element(page, "p", "…");
 *     return office_page_done(visit, page, 200);
 *
 * office_page() writes the head, the menu of what this person may, and the heading, and leaves the
 * writer inside <main>; office_page_done() closes and answers. Text goes through the writer, which
 * escapes; there is no way to put in markup by accident.
 */
#pragma once

#include "office/office.h"
#include "text/html.h"

#define OFFICE_PAGE_MOST (4u * 1024 * 1024) /* bytes of one page */

/* `title` stands in the window's title and as the page's heading. */
HtmlWriter *office_page(OfficeVisit *visit, const char *title);

/* Takes the writer. A page that grew too large, or was left open, is answered with 500. */
HttpReply *office_page_done(OfficeVisit *visit, HtmlWriter *taken, unsigned status);

/* ---- Parts ---------------------------------------------------------------------------------- */

/* A form that posts to a path of this door, with its token; html_close(page, "form") ends it. */
void office_form(HtmlWriter *page, const OfficeVisit *visit, const char *action);

/* A button; `style` is "strong" for what the page is for, "danger" for what cannot be undone, or
 * NULL. */
void office_button(HtmlWriter *page, const char *text, const char *style);

/* A form that is a button only, for one hidden value (NULL: none). */
void office_button_form(HtmlWriter *page, const OfficeVisit *visit, const char *action,
                        const char *name, const char *value, const char *text, const char *style);

typedef struct {
    const char *label;           /* shown */
    const char *name;            /* of the field; also its id */
    const char *type;            /* "email", "password" …; NULL: "text" */
    const char *value;           /* or NULL */
    const char *complete;        /* autocomplete: "username", "one-time-code" …; NULL: "off" */
    const char *hint;            /* a line below; NULL: none */
    unsigned most;               /* characters; 0: no limit stated */
    bool required, focus, fixed; /* fixed: shown, not to be changed */
    const char *list;            /* the id of an office_suggestions(); NULL: none */
    bool many;                   /* several of them, parted by commas: office.js offers each */
} OfficeInput;

void office_input(HtmlWriter *page, const OfficeInput *input);

/* What fields with that `list` offer while somebody types, char * each; any other text is as good.
 */
void office_suggestions(HtmlWriter *page, const char *id, const GPtrArray *texts);

/* A list to choose one thing from, under its label: office_choice(), an office_option() each, and
 * office_choice_end(). `name` is also the id. */
void office_choice(HtmlWriter *page, const char *label, const char *name);
void office_option(HtmlWriter *page, const char *value, const char *text, bool chosen);
void office_choice_end(HtmlWriter *page);

/* A box to tick, which sends "1"; `flag` is "checked", "required" or NULL. */
void office_tick(HtmlWriter *page, const char *label, const char *name, const char *flag);

/* <input type="hidden">. */
void office_hidden(HtmlWriter *page, const char *name, const char *value);

/* A line that must not be missed: what went wrong (role=alert), what was done (role=status). */
void office_problem(HtmlWriter *page, const char *text);
void office_done(HtmlWriter *page, const char *text);

/* <th scope="col"> for each text id until NULL, in <thead><tr>. */
void office_table_head(HtmlWriter *page, const OfficeVisit *visit, const char *const *ids);

/* A word with the dot of a state: "published" … (site/office/office.css has the colours). */
void office_state(HtmlWriter *page, const char *state, const char *word);

/* "9.7 KB", of bytes; "9,7 КБ". Caller frees. */
char *office_size(const OfficeVisit *visit, int64_t bytes);

/* A moment in the newsroom's zone, in <time>. */
void office_time(HtmlWriter *page, const OfficeVisit *visit, int64_t moment, GTimeZone *zone);

/* ---- Answers -------------------------------------------------------------------------------- */

/* 303 to a path of this door: after a POST that did its work. */
HttpReply *office_see_other(OfficeVisit *visit, const char *path);

/* A page of one line: what is wrong, by the id of an interface text. */
HttpReply *office_refused(OfficeVisit *visit, unsigned status, const char *id);
HttpReply *office_not_found(OfficeVisit *visit);

/* An error as a page: INVALID and LIMIT 422, NOT_FOUND 404, CONFLICT 409, DENIED 403, BUSY and the
 * rest 503, with its words. */
HttpReply *office_failed(OfficeVisit *visit, const GError *error);
unsigned office_status(const GError *error);

/* The same with another status. */
HttpReply *office_refused_for(OfficeVisit *visit, unsigned status, const GError *error);

/* Opens the same address again, from here (cookie.h). */
HttpReply *office_open_again(OfficeVisit *visit);

/* Headers of the office for a reply made otherwise (JSON, a picture). */
void office_headers(const OfficeVisit *visit, HttpReply *reply);
