/*
 * FrontMatter: the head of a Markdown file and the text below it.
 *
 *   ---
 *   title: A bell
 *   topics: [press, exile]
 *   ---
 *   Body…
 *
 * The head is YAML 1.1 as libyaml reads it, of which we take what a person writes in such a head:
 * keys with a text, or with a list of texts. All values are texts: nothing is guessed to be a date,
 * a number or a truth value. A value left empty, and an unquoted ~ or null, is the empty text. A
 * key inside another key's value is kept under "outer.inner"; lists of anything but texts are kept
 * as FRONT_MATTER_UNSUPPORTED, so that they can be reported. Anchors and aliases are refused.
 *
 * The same form serves stories, campaigns and newsletters; which keys mean what is for the caller.
 * Keys keep their order. Errors are one line, "front matter, line 3: …".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define FRONT_MATTER_LIMIT       (64u * 1024) /* bytes between the lines --- */
#define FRONT_MATTER_KEYS_LIMIT  256u
#define FRONT_MATTER_DEPTH_LIMIT 8u

typedef enum { FRONT_MATTER_SCALAR, FRONT_MATTER_LIST, FRONT_MATTER_UNSUPPORTED } FrontMatterKind;

typedef struct {
    char *key;
    char **values; /* NULL-terminated; one for a scalar, none for what is unsupported */
    FrontMatterKind kind;
    unsigned line; /* in the file, from 1; 0 if it was set by the program */
} FrontMatterEntry;

typedef struct FrontMatter FrontMatter;

/* The keys of a story (DESIGN 8), NULL-terminated. */
extern const char *const FRONT_MATTER_STORY_KEYS[];

/* Reads a whole file. A file without head is all body. `text` must outlive the answer, whose body
 * points into it. A byte order mark, empty lines before the head,
 * and CRLF are accepted. Errors: INVALID (encoding, YAML, a key
 * given twice, no closing line), LIMIT (LIMIT_STORY_FILE, LIMIT_BODY, those above). */
FrontMatter *front_matter_parse(const char *text, size_t length, GError **error);

/* The same for files that other systems wrote: a key that is not in `known` may be given twice, and
 * its first value counts. */
FrontMatter *front_matter_parse_foreign(const char *text, size_t length, const char *const *known,
                                        GError **error);

FrontMatter *front_matter_new(void);
void front_matter_free(FrontMatter *front);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FrontMatter, front_matter_free)

/* The text below the head, and the line of the file in which it begins. */
const char *front_matter_body(const FrontMatter *front, size_t *length);
unsigned front_matter_body_line(const FrontMatter *front);

/* Entries in their order. */
unsigned front_matter_count(const FrontMatter *front);
const FrontMatterEntry *front_matter_entry(const FrontMatter *front, unsigned index);
const FrontMatterEntry *front_matter_find(const FrontMatter *front, const char *key);

/* The text of a scalar; NULL if the key is absent or not a scalar. */
const char *front_matter_text(const FrontMatter *front, const char *key);

/* The texts of a list; a scalar is a list of one, an empty one of none. NULL if the key is absent
 * or unsupported. */
const char *const *front_matter_list(const FrontMatter *front, const char *key);

/* The keys (of "outer.inner" the outer) that are not in `known` (NULL-terminated), each once, in
 * their order. Caller frees with g_strfreev. */
char **front_matter_unknown(const FrontMatter *front, const char *const *known);

/* Sets or replaces. Values must be UTF-8. A NULL value removes the key. */
void front_matter_set(FrontMatter *front, const char *key, const char *value);
void front_matter_set_list(FrontMatter *front, const char *key, const char *const *values);

/* The file: head with every text quoted, then the body. Reading it gives the same entries and body,
 * save what is unsupported, which is left out. */
char *front_matter_write(const FrontMatter *front, const char *body, size_t length);
