/*
 * A page of the newspaper while it is made: begun with its language, path and template, filled,
 * ended. Beginning records the inputs that every page has: the template and the frame.
 */
#pragma once

#include "desk/story_card.h"
#include "paper/run.h"

typedef struct {
    PressPage *press;
    PaperRun *run;
    const PaperFrame *frame; /* of its language: how the paper is called there */
    Store *store;
    int64_t as_of;
    const char *template;
    char *language, *path, *root; /* root: the way to the edition's root, "../../" */
    Value *values;
} PaperPage;

/* False with NOT_FOUND if the site does not have the language (any more). */
bool paper_page_begin(PaperPage *page, PressPage *press, const char *template, const char *language,
                      const char *path, bool standing, GError **error);
/* The same of a page that stands in for any address: its links begin at the newspaper's root on its
 * host ("/section/city/index.html"), as relative ones lead elsewhere from every other depth. */
bool paper_page_begin_anywhere(PaperPage *page, PressPage *press, const char *template,
                               const char *language, const char *path, GError **error);
void paper_page_clear(PaperPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PaperPage, paper_page_clear)

/* Renders and hands the page to the press. */
bool paper_page_end(PaperPage *page, int64_t newness, GError **error);

/* True if the site has the language: a key of a language that was dropped has no page. */
bool paper_has_language(PressPage *press, const char *language);

/* The story of that id (as text, from a page's key), recorded as an input; NULL, and true, if no
 * reader may see it: there is none, it is not out, or its language was dropped. */
bool paper_visible_story(PressPage *press, const char *id, Story **story, GError **error);

/* Sets `key` to the relative address of a path. */
void paper_set_url(PaperPage *page, Value *map, const char *key, const char *path);

/* Sets `key` to {iso, text}. */
void paper_set_date(PaperPage *page, Value *map, const char *key, int64_t moment, bool with_time);

/* The same flat, for a list of dated texts: iso and text_date. */
void paper_set_dated(PaperPage *page, Value *map, int64_t moment, bool with_time);

/* Sets day and hour, each short: of a timed list. */
void paper_set_clock(PaperPage *page, Value *map, int64_t moment);

/* Sets title (with the site's name after it, unless it is the name), description, canonical. */
void paper_set_head(PaperPage *page, const char *title, const char *description);

/* Reads a list and records it with its window. Elements StoryCard. */
GPtrArray *paper_read_list(PressPage *press, const char *list, unsigned limit, GError **error);

/* Reads how many stories there are by day, month or year ("count:years/ru", story_count.h) and
 * records it. Elements StoryCount. */
GArray *paper_read_counts(PressPage *press, const char *input, GError **error);

/* Splits a key at its slashes into at most `most` parts; NULL if there are not as many. */
char **paper_key(const char *key, unsigned parts);
