/*
 * What the office's pages of sections, topics and redirects share: the site, the language asked
 * for, what the address names; a page's beginning; a change that ends in a page or in its refusal.
 */
#pragma once

#include "desk/story_desk.h"
#include "office/office.h"
#include "text/html.h"

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    const char *language;
    char *slug;   /* the first part of the address, or NULL */
    bool differs; /* what is stored is not what the form saw (office/seen.h): set by a change */
} PaperWork;

/* Errors: INVALID (no language of the site), those of the store. */
bool paper_work_open(PaperWork *work, OfficeVisit *visit, GError **error);
void paper_work_clear(PaperWork *work);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaperWork, paper_work_clear)

const char *paper_work_say(const PaperWork *work, const char *id);

/* A page with its style; above it what stood in the way (NULL: nothing), or that it is done. */
HtmlWriter *paper_work_page(const PaperWork *work, const char *title, const GError *problem);

/* A text of some lines with its label, of the paper's language. */
void paper_work_text(HtmlWriter *page, const PaperWork *work, const char *value);

/* A button of a row's form: sends `name` = `value`; it says the text `id`, and aloud also of whom.
 */
void paper_work_button(HtmlWriter *page, const PaperWork *work, const char *of, const char *name,
                       const char *value, const char *id);

/* The buttons that move the row at `place` of 1 to `last` up and down: "to" is the new place. */
void paper_work_moves(HtmlWriter *page, const PaperWork *work, const char *of, unsigned place,
                      unsigned last);

/* Notes a change of "LANG/slug" in the audit log. */
bool paper_work_note(Store *store, const PaperWork *work, const char *action, const char *slug,
                     const char *detail, GError **error);

/* Runs `body` with the work in a transaction; then leads to `path` in the same language, or lets
 * `show` tell what stood in the way. */
typedef HttpReply *(*PaperShow)(const PaperWork *work, const GError *problem);
HttpReply *paper_work_change(OfficeVisit *visit, StoreBody body, const char *path, PaperShow show);

/* A page that is only shown. */
HttpReply *paper_work_show(OfficeVisit *visit, PaperShow show);
