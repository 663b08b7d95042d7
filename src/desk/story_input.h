/*
 * A story as somebody gives it: an import's line, a Markdown file, `story add`, the API. Keys and
 * meaning are those of DESIGN 8. All values are text; NULL or an empty array is "not given".
 *
 * Limits: title LIMIT_TITLE, body and html LIMIT_BODY, lead 4,000 bytes, caption, credit and alt
 * 2,000, any other value 1,000; 64 topics and 32 authors, of 200 bytes each; 100 aliases.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"

#define STORY_INPUT_LEAD    4000u
#define STORY_INPUT_CAPTION 2000u
#define STORY_INPUT_VALUE   1000u
#define STORY_INPUT_NAME    200u
#define STORY_INPUT_TOPICS  64u
#define STORY_INPUT_AUTHORS 32u
#define STORY_INPUT_ALIASES 100u

typedef struct {
    char *title, *date, *language, *slug, *path, *kind;
    char *section;      /* display name or slug; unknown ones are created */
    GPtrArray *topics;  /* display names or slugs; never NULL, so below */
    GPtrArray *authors; /* the same; "reporting: NAME" for "Reporting by", "withheld" for a withheld
                           name */
    char *agency, *lead;
    char *photo; /* a media id in digits: the caller has added the file (media.h) */
    char *caption, *credit, *alt;
    char *translation_of; /* what story_find() takes */
    char *status;         /* a StoryState's name */
    char *embargo;        /* a moment, written like a date */
    char *body, *html;    /* Markdown, or HTML; not both */
    char *id;             /* the giver's own id */
    GPtrArray *aliases;   /* old addresses, which become redirects */
} StoryInput;

StoryInput *story_input_new(void);
void story_input_free(StoryInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoryInput, story_input_free)

/* True for the name of a key above. */
bool story_input_key(const char *key);

/* Sets a key by its name to bytes from outside; topics, authors and aliases are added to, and a
 * scalar given for them counts as one. Errors: INVALID (unknown key, NUL bytes, not UTF-8), LIMIT,
 * CONFLICT (a scalar given twice). */
bool story_input_set(StoryInput *input, const char *key, const char *bytes, size_t length,
                     GError **error);

/* Checks bytes that are to be a text: UTF-8 without NUL, at most `limit` bytes. `what` names them
 * in the message. */
bool story_input_check_text(const char *what, const char *bytes, size_t length, size_t limit,
                            GError **error);

/* Checks a body that is to stand on pages: a text of at most LIMIT_BODY bytes that its format can
 * read (text/markdown.h) and whose markup leaves room on a page. Errors: INVALID, LIMIT. */
bool story_input_check_body(const char *body, StoryFormat format, GError **error);

/* All that can be checked without a database: required keys, limits, language, kind, status, date,
 * slug, path. Errors: INVALID, LIMIT; the message names the key. */
bool story_input_check(const StoryInput *input, const DeskSite *site, GError **error);
