/* Finds the fonts that a style mentions, and writes their addresses: font.h. Which styles a page
 * has is theme.c, reading the files overrides.c; putting them into the edition is the paper's. */
#include "theme/font.h"

#include "base/error.h"

#include <string.h>

#define SIGNATURE "wOF2"
#define HEADER    48u /* bytes of a WOFF2 header */
#define RULE      "@font-face{"

static size_t number_at(const char *bytes)
{
    size_t number = 0;
    for (int i = 0; i < 4; i++) {
        number = number << 8 | (unsigned char)bytes[i];
    }
    return number;
}

bool font_check(const char *bytes, size_t length, GError **error)
{
    if (length < HEADER || memcmp(bytes, SIGNATURE, strlen(SIGNATURE)) != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "not a WOFF2 font; make one with pyftsubset --flavor=woff2");
    }
    size_t said = number_at(bytes + 8);
    return said == length || fail(error, KOLOKOL_ERROR_INVALID,
                                  "the font says that it has %zu bytes and has %zu", said, length);
}

/* --- Mentions --------------------------------------------------------------------------------- */

/* The mention that begins at "url(": its name and where it ends, or NULL. */
static char *mention_at(const char *css, const char **end)
{
    const char *at = css + strlen("url(");
    char quote = *at == '"' || *at == '\'' ? *at++ : '\0';
    size_t stem = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-");
    const char *after = at + stem + strlen(FONT_ENDING);
    if (stem == 0 || strncmp(at + stem, FONT_ENDING, strlen(FONT_ENDING)) != 0 ||
        (quote != '\0' && *after++ != quote) || *after != ')') {
        return NULL;
    }
    *end = after + 1;
    return g_strndup(at, stem + strlen(FONT_ENDING));
}

FontStyle *font_style_new(const char *css)
{
    FontStyle *style = g_new0(FontStyle, 1);
    const char *from = css, *end = NULL;
    style->pieces = g_ptr_array_new_with_free_func(g_free);
    style->named = g_ptr_array_new_with_free_func(g_free);
    for (const char *at = css; (at = strstr(at, "url(")) != NULL;) {
        char *name = mention_at(at, &end);
        if (name == NULL) {
            at += strlen("url(");
            continue;
        }
        g_ptr_array_add(style->pieces, g_strndup(from, (size_t)(at - from)));
        g_ptr_array_add(style->named, name);
        at = from = end;
    }
    g_ptr_array_add(style->pieces, g_strdup(from));
    return style;
}

void font_style_free(FontStyle *style)
{
    if (style != NULL) {
        g_ptr_array_unref(style->pieces);
        g_ptr_array_unref(style->named);
        g_free(style);
    }
}

const char *font_style_missing(const FontStyle *style, GHashTable *files)
{
    for (guint i = 0; i < style->named->len; i++) {
        if (g_hash_table_lookup(files, style->named->pdata[i]) == NULL) {
            return style->named->pdata[i];
        }
    }
    return NULL;
}

/* --- Addresses -------------------------------------------------------------------------------- */

static char *path_of(GBytes *bytes)
{
    g_autofree char *hex = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    return g_strdup_printf("o/%.2s/%s" FONT_ENDING, hex, hex);
}

static void font_free(gpointer data)
{
    ThemeFont *font = data;
    g_free(font->path);
    g_free(font);
}

GPtrArray *font_style_fonts(const FontStyle *style, GHashTable *files)
{
    GPtrArray *fonts = g_ptr_array_new_with_free_func(font_free);
    for (guint i = 0; i < style->named->len; i++) {
        GBytes *bytes = g_hash_table_lookup(files, style->named->pdata[i]);
        bool known = false;
        for (guint k = 0; k < fonts->len; k++) {
            known |= g_bytes_equal(((ThemeFont *)fonts->pdata[k])->bytes, bytes);
        }
        if (!known) {
            ThemeFont *font = g_new(ThemeFont, 1);
            *font = (ThemeFont){path_of(bytes), bytes};
            g_ptr_array_add(fonts, font);
        }
    }
    return fonts;
}

char *font_style_at(const FontStyle *style, GHashTable *files, const char *root)
{
    GString *out = g_string_new(style->pieces->pdata[0]);
    for (guint i = 0; i < style->named->len; i++) {
        g_autofree char *path = path_of(g_hash_table_lookup(files, style->named->pdata[i]));
        g_string_append_printf(out, "url(%s%s)%s", root, path,
                               (const char *)style->pieces->pdata[i + 1]);
    }
    return g_string_free(out, FALSE);
}

/* Takes off the end of `out` what begins the rule that is open there; false if there is none. */
static bool cut_rule(GString *out)
{
    char *rule = g_strrstr(out->str, RULE);
    if (rule == NULL || strchr(rule, '}') != NULL) {
        return false;
    }
    g_string_truncate(out, (gsize)(rule - out->str));
    return true;
}

char *font_style_bare(const FontStyle *style)
{
    GString *out = g_string_new(style->pieces->pdata[0]);
    bool inside = false;
    for (guint i = 0; i < style->named->len; i++) {
        const char *next = style->pieces->pdata[i + 1];
        if (inside || cut_rule(out)) {
            const char *end = strchr(next, '}');
            inside = end == NULL; /* the rule goes on: its next source follows */
            next = end == NULL ? "" : end + 1;
        }
        g_string_append(out, next);
    }
    return g_string_free(out, FALSE);
}
