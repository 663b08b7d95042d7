/*
 * Examples: what templates of mails, of the forms' answers, of newsletters' pages and of stubs are
 * looked at with before they are saved (desk/theme_sample.h). The kind "example" stands in recipes
 * of its own (paper_trial_recipes()), so no run of the press can make one; it is shown by
 * press/show.h.
 *
 * An example is real where the newsroom has anything: its name and languages, its first newsletter
 * and that one's newest issue, the amounts of its campaign. The rest is made up: a reader's
 * address, a person, links that lead to nothing. No row of a reader is read; nothing is sent,
 * written or counted.
 */
#pragma once

#include "mail/mailroom.h"
#include "mail/newsletter.h"
#include "paper/page_base.h"

extern const PressKind paper_example; /* example_page.c */

/* All of paper_recipes() (paper.h) and the kind "example": for press_show() only. */
PressRecipes paper_trial_recipes(PaperContext *context);

#define PAPER_EXAMPLE_TOKEN "example" /* where a link has a token of somebody's */

typedef struct {
    PressPage *press;
    PaperRun *run;
    const char *language;
    const char *template; /* "door-gift-thanks", "mail-subscribe-text" */
    const char *which;    /* of its cases: "monthly", "problem"; "" */
    MailSite site;
    Newsletter *newsletter; /* the language's first; NULL: it has none */
} PaperExample;

/* What stands for a variable of the template ("amount", "confirm_url"). NULL without an error where
 * this case has none. Caller frees. */
char *paper_example_value(const PaperExample *example, const char *name, GError **error);

/* Appends the letter's part that the template is. *made stays false if there is no such letter, or
 * nothing to make it of. */
bool paper_example_letter(const PaperExample *example, GString *out, bool *made, GError **error);

/* The same of an answer of the forms' door. */
bool paper_example_answer(const PaperExample *example, GString *out, bool *made, GError **error);

/* The page of a newsletter (newsletter_page.c): hands it to the press itself. */
bool paper_example_newsletter(const PaperExample *example, GError **error);

/* A stub, to the front or of nothing (stub_page.c): likewise. */
bool paper_example_stub(const PaperExample *example, GError **error);
