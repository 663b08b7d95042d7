/*
 * The theme: the templates and styles that make pages, and the newsroom's own in their place.
 *
 * Files. Every file of site/theme/ is inside the program (embedded.h): NAME.mustache are templates,
 * *.css styles, favicon.ico the icon. A file of the same name in the newsroom's theme/ directory
 * takes its place; a name that the program does not have may stand there too, to be included by
 * others, and *.woff2, fonts that its styles name (font.h). Names are [a-z0-9-]+ with the ending;
 * other files are ignored. Ceilings: LIMIT_TEMPLATE, LIMIT_STYLE, LIMIT_FONT, LIMIT_ICON,
 * THEME_FILES.
 *
 * Styles. The style of a template is style.css, followed by NAME.css of each template that it uses
 * (itself, its partials and parents, however deep; in the order of the names) where there is such a
 * file. So a page carries only what its own blocks need. It is made small (style.h) and meant to
 * stand inline; ThemeStyle.hash is what the page's policy must allow for exactly those bytes.
 * Fonts are addressed relative to the page, so the style of a page depends on how deep it lies.
 *
 * Versions. theme_version() hashes a template, all that it uses, style, script and interface texts:
 * the press records "template:NAME" with it, and a page is stale if and only if it changed.
 *
 * Refusal. A file of the newsroom that is broken (Mustache syntax, unknown partial, a circle of
 * partials, a bad style, unreadable) is left aside: what stood in its place before, or the
 * default, stays in use, and theme_problems() says why, for the command to print. So the paper can
 * always be pressed. Recursive partials, which Mustache allows, are refused: no page needs them.
 *
 * A Theme is used by one thread at a time. Pointers that it hands out are good until the next
 * theme_reload() that changes something, or theme_free().
 */
#pragma once

#include "text/mustache.h"
#include "theme/font.h"

#include <glib.h>
#include <stdbool.h>

#define THEME_FILES 200u /* files in the newsroom's directory */

typedef struct Theme Theme;

/* `override_dir` may be NULL or not exist: the default theme. NULL with an error only if the
 * directory cannot be read (IO) or has too many files (LIMIT). */
Theme *theme_load(const char *override_dir, GError **error);
void theme_free(Theme *theme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Theme, theme_free)

/* Looks at the directory again: a file is read if its time of change or size differs from when it
 * was read last. Costs one stat(2) a file. `*changed` (may be NULL) tells whether any template or
 * style is different now. On failure the theme stays as it was. */
bool theme_reload(Theme *theme, bool *changed, GError **error);

/* One file as it would be: `bytes` in the place of what theme/NAME has; NULL: that file gone, so
 * the program's own. In memory only, and until theme_untry(); meanwhile theme_reload() leaves the
 * directory alone. For previews, and to judge what is to be saved (edit.h). Refused, with nothing
 * tried: what overrides_with() refuses, and whatever would be at fault then and is not now, in this
 * file or through it in another: "theme/story.mustache:14: …" (INVALID). */
bool theme_try(Theme *theme, const char *file, GBytes *bytes, GError **error);
void theme_untry(Theme *theme);

/* Does a page made by the template NAME use that file, itself or through others? */
bool theme_uses(const Theme *theme, const char *name, const char *file);

/* One line for each file left aside ("theme/story.mustache:14: …"), sorted, NULL-ended; owned by
 * the theme. Empty if all is well. */
const char *const *theme_problems(const Theme *theme);

/* The template "story"; NULL if there is none of that name. */
const MustacheTemplate *theme_template(const Theme *theme, const char *name);

/* 32 hex digits; NULL if there is no such template. */
const char *theme_version(const Theme *theme, const char *name);

typedef struct {
    SafeHtml html;          /* to set as `style` in the page's values */
    char *hash;             /* 'sha256-…' with its quotes, for style-src */
    const GPtrArray *fonts; /* of ThemeFont: hash-named files that the style asks for */
} ThemeStyle;

/* The style of a template for pages at `root` ("", "../../"), or, root NULL, without the newsroom's
 * fonts, for pages that do not lie in the edition. NULL if there is no such template. */
const ThemeStyle *theme_style(Theme *theme, const char *name, const char *root);

/* A file of the theme as it is in use ("favicon.ico"), and 32 hex digits that differ if it does.
 * NULL if there is none. */
GBytes *theme_file(const Theme *theme, const char *name);
char *theme_file_version(const Theme *theme, const char *name);

/* The script to set as `inline_script` (script.h), and 'sha256-…' for script-src; NULL for a page
 * without one. */
const SafeHtml *theme_script(const Theme *theme, const char *name);
const char *theme_script_hash(const Theme *theme, const char *name);

/* The names of all templates, sorted, NULL-ended; owned by the theme. */
const char *const *theme_names(const Theme *theme);

/* The same templates as plain text, for the text parts of mails (MUSTACHE_PLAIN: nothing is
 * escaped, markup is left out). */
bool theme_render_plain(const Theme *theme, const char *name, const Value *data, GString *out,
                        GError **error);

/* Renders NAME with the data, and appends to `out`, at most LIMIT_PAGE bytes. `out` is as before on
 * failure: NOT_FOUND, or what mustache_render() says. */
bool theme_render(const Theme *theme, const char *name, const Value *data, GString *out,
                  GError **error);
