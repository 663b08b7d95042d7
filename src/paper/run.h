/* What the pages of one run share: paper.h. */
#pragma once

#include "desk/site.h"
#include "paper/paper.h"

typedef struct {
    char *language;
    char *name, *description; /* of the paper, in that language */
    bool standing;            /* for pages of stories older than PAPER_FRAME_RECENT */
    char *version;
    char *prefix;       /* "" or "ru/" */
    GPtrArray *menu;    /* of PaperLink, paths */
    GPtrArray *footer;  /* of PaperLink, paths: the paper's own pages */
    GPtrArray *more;    /* the same: newsletters, search, archive */
    GPtrArray *copies;  /* the same: mirrors, and how to check a copy */
    void **contents;    /* of the context's blocks, by their order */
    GHashTable *values; /* root → Value map, in the run's arena */
} PaperFrame;

typedef struct {
    char *name, *path;
} PaperLink;

typedef struct {
    PaperContext *context;
    char *url, *forms_urls, *forms_mail, *contact;
    char **languages;
    GTimeZone *zone;
    DeskSite site;
    GPtrArray *frames;      /* of PaperFrame */
    ValueArena *arena;      /* of the run */
    ValueArena *page_arena; /* emptied for each page */
    GString *out;           /* the page being rendered */
} PaperRun;

/* For PressRecipes. */
void *paper_run_begin(Store *store, void *context, int64_t as_of, GError **error);
void paper_run_end(void *data);

/* The frame of a language; NULL if the site has no such language. */
PaperFrame *paper_run_frame(const PaperRun *run, const char *language, bool standing);

/* "" or "ru/": what stands before the paths of a language. */
const char *paper_prefix(const PaperRun *run, const char *language);

/* The values that all pages with this frame and this way to the root share. */
Value *paper_frame_values(PaperRun *run, PaperFrame *frame, const char *root);

/* The absolute address of a path of the edition, without "index.html". Caller frees. */
char *paper_address(const PaperRun *run, const char *path);
