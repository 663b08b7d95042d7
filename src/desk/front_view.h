/*
 * The page of a language's front in the office, and that of one slot: what is shown, for
 * front_office.c, which acts.
 *
 * Every form carries the version of what it was made from (front_order.h), so that who comes second
 * is told. Everything is a button of a form; site/office/front.js only adds dragging.
 */
#pragma once

#include "desk/breaking.h"
#include "desk/front_order.h"
#include "desk/story_desk.h"
#include "office/office.h"
#include "text/html.h"

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    const char *language;
    Front *front;
    GPtrArray *slots;   /* of FrontSlot */
    Breaking *breaking; /* or NULL */
    char version[FRONT_VERSION];
    const char *problem; /* borrowed; what stood in the way, or NULL */
    bool changed;        /* somebody else was first: what was wanted is offered again */
    unsigned status;
} FrontView;

/* Of the language that the form or the query names, else of the site's first. Errors: INVALID (no
 * language of the site), those of front.h. */
bool front_view_open(OfficeVisit *visit, FrontView *view, GError **error);
void front_view_clear(FrontView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FrontView, front_view_clear)

/* All slots, what else is set, the breaking line. */
HttpReply *front_view_page(FrontView *view);

/* One slot: what may stand there instead. */
HttpReply *front_view_slot(FrontView *view, unsigned slot);

/* Names the breaking line as a form saw it. */
void front_view_line(const FrontView *view, char version[FRONT_VERSION]);

/* "/front?language=ru" and more of the query, as in printf. Caller frees. */
char *front_view_address(const FrontView *view, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* For the two files that write: the rest of the page above its forms, hidden fields, a button that
 * sends a value. */
HtmlWriter *front_view_begin(const FrontView *view, const char *title);
void front_view_form(HtmlWriter *page, const FrontView *view, const char *action);
void front_view_send(HtmlWriter *page, const char *name, int64_t value, const char *text,
                     const char *about, const char *action);

/* What is set for a slot and has not ended, or NULL. */
const FrontSlot *front_view_set(const FrontView *view, unsigned slot);

/* What stands in a slot, or NULL. */
const FrontPlace *front_view_place(const FrontView *view, unsigned slot);

/* What the page does with a slot: "Lead", "Second", "Latest". */
const char *front_view_kind(const FrontView *view, unsigned slot);

/* Why something stands in a slot, as words. */
void front_view_why(HtmlWriter *page, const FrontView *view, unsigned slot);
