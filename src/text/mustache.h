/*
 * Mustache: templates compiled once, rendered many times.
 *
 * The language is mustache/spec 1.4: comments, delimiters, interpolation, sections, inverted
 * sections, partials, and the optional module of inheritance ({{<parent}}, {{$block}}) with its
 * rules of indentation. No lambdas, no dynamic names. Templates see data only (value.h): nothing
 * that a template says can read a file, call code or loop without end.
 *
 * A MustacheSet owns templates that name each other. It fetches a template's text through a
 * callback the first time the name is met, compiles it, and then everything that it includes;
 * templates may include each other in circles, as trees of comments do. Once the wanted templates
 * have been got, a set is only read and may be shared between threads.
 *
 * Modes
 *
 * - MUSTACHE_STANDARD is the specification: {{x}} escapes, {{{x}}} and {{&x}} are raw, an unknown
 *   partial is empty.
 * - MUSTACHE_STRICT is for the theme. {{x}} always escapes; {{{x}}} is raw only where the value is
 *   SafeHtml, and plain text is escaped all the same, so that a designer cannot open a hole. A
 * {{x}} of SafeHtml is therefore seen escaped: write three braces. Where a value directly follows
 * href=" src=" action=" formaction=" poster=" cite=" or data=" (only tags may stand between) it is
 * checked as a URL: html_escape_url(). Attributes must be quoted, and values have no place inside
 * script and style elements: their escapes are others. An unknown partial is an error.
 * - MUSTACHE_PLAIN is for text/plain (mail, text editions): nothing is escaped, SafeHtml is left
 * out. An unknown partial is an error.
 *
 * Truth: false, null, absent, 0, empty text and the empty list are false; {{#x}} of any other value
 * but a list renders once with that value as context. Numbers are written as JSON writes them.
 *
 * Ceilings: source LIMIT_TEMPLATE, tags nested 64, templates nested 100 (MUSTACHE_DEPTH_LIMIT),
 * output as asked,
 * ten million steps a render. Errors begin with the template's name and line: `story.mustache:14:
 * {{/foo}} closes {{#bar}} opened at line 12`.
 */
#pragma once

#include "text/value.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define LIMIT_TEMPLATE       (1024u * 1024) /* bytes of one template */
#define MUSTACHE_NESTING     64u            /* sections, blocks and parents inside each other */
#define MUSTACHE_DEPTH_LIMIT 100u           /* partials and parents inside each other at render */
#define MUSTACHE_SET_LIMIT   1000u          /* templates in one set */

typedef enum {
    MUSTACHE_STANDARD,
    MUSTACHE_STRICT,
    MUSTACHE_PLAIN,
} MustacheMode;

typedef struct MustacheSet MustacheSet;
typedef struct MustacheTemplate MustacheTemplate;

/* Fetches a template's text (caller frees; `length` in bytes). Absent: false with NOT_FOUND. `name`
 * stands between the braces, so a callback that opens files must refuse names that leave its
 * directory. */
typedef bool (*MustacheSource)(gpointer data, const char *name, char **text, size_t *length,
                               GError **error);

/* `data` is borrowed as long as the set. */
MustacheSet *mustache_set_new(MustacheMode mode, MustacheSource source, gpointer data);
void mustache_set_free(MustacheSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MustacheSet, mustache_set_free)

/* The template of that name, compiled with all it includes; owned by the set, the same pointer at
 * each call. NULL on failure: INVALID (syntax), NOT_FOUND (the template, or in the modes that want
 * it a partial), LIMIT. After a failure the set still serves what it had. */
const MustacheTemplate *mustache_set_get(MustacheSet *set, const char *name, GError **error);

/* Appends the rendered text to `out`, at most `ceiling` bytes (LIMIT_PAGE if 0). Errors: LIMIT ("…
 * includes itself without end", output, arena); `out` is as before then. */
bool mustache_render(const MustacheTemplate *template, const Value *data, size_t ceiling,
                     GString *out, GError **error);

const char *mustache_name(const MustacheTemplate *template);

/* Names of every template that a render may read: the template itself, its partials and parents,
 * however deep. Sorted by bytes, NULL-terminated; caller frees with g_strfreev. */
char **mustache_partials(const MustacheTemplate *template);

/* The names of variables and sections as written ("story.title", "."), of the template and all that
 * it includes. Sorted, each once; caller frees with g_strfreev. */
char **mustache_variables(const MustacheTemplate *template);
