/*
 * Chooses between the program's templates and the newsroom's, compiles them, and prepares each
 * one's style and version. The choice is in sources.c, reading the directory in overrides.c, making
 * styles small in style.c, Mustache in text/.
 */
#include "theme/theme.h"

#include "base/error.h"
#include "theme/overrides.h"
#include "theme/script.h"
#include "theme/sources.h"
#include "theme/strings.h"
#include "theme/style.h"

#include <string.h>

#define FIRST      "style.css" /* the style that every page begins with */
#define HASH_CHARS 32u

/* What is ready about one template. */
typedef struct {
    const MustacheTemplate *template;
    SafeHtml script;
    char *script_hash;
    FontStyle *style;
    GPtrArray *fonts; /* of ThemeFont, of the sources */
    GHashTable *made; /* root to ThemeStyle, as they are wanted; "-" is without fonts */
    char *version;
} Page;

#define NO_ROOT "-"

struct Theme {
    char *directory;
    GHashTable *seen;         /* file name to OverrideFile: the directory as it is */
    GHashTable *sources;      /* file name to GBytes: what is in use, defaults included */
    GHashTable *pages;        /* template name to Page */
    MustacheSet *set, *plain; /* the second compiles a template when it is first wanted */
    char **names;
    GPtrArray *problems; /* sorted lines and a NULL */
    GPtrArray *no_fonts; /* empty */
    bool trying;         /* what is in use is no directory's: theme_try() */
    bool stale;          /* it was, and has to be chosen anew */
};

static void style_free(gpointer data)
{
    ThemeStyle *style = data;
    safe_html_clear(&style->html);
    g_free(style->hash);
    g_free(style);
}

static void page_free(gpointer data)
{
    Page *page = data;
    safe_html_clear(&page->script);
    g_free(page->script_hash);
    g_clear_pointer(&page->style, font_style_free);
    g_clear_pointer(&page->fonts, g_ptr_array_unref);
    g_hash_table_unref(page->made);
    g_free(page->version);
    g_free(page);
}

/* --- Making ready ----------------------------------------------------------------------------- */

/* What pages are made of. */
typedef struct {
    GHashTable *sources; /* as in Theme */
    GHashTable *small;   /* file name to its style made small, which many pages share */
    MustacheSet *set;
} Making;

static bool append_style(const Making *making, const char *file, GString *out, GError **error)
{
    GBytes *bytes = g_hash_table_lookup(making->sources, file);
    const char *known = g_hash_table_lookup(making->small, file);
    size_t length;

    if (known == NULL && bytes != NULL) {
        const char *css = g_bytes_get_data(bytes, &length);
        char *small = style_minify(css, length, error);
        if (small == NULL) {
            return false;
        }
        g_hash_table_insert(making->small, g_strdup(file), small);
        known = small;
    }
    g_string_append(out, known == NULL ? "" : known);
    return true;
}

/* What a policy says to allow exactly these bytes inside a page. Caller frees. */
static char *policy_source(const char *text)
{
    guint8 digest[32];
    gsize length = sizeof(digest);
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(hash, (const guchar *)text, -1);
    g_checksum_get_digest(hash, digest, &length);
    g_autofree char *base64 = g_base64_encode(digest, length);
    return g_strdup_printf("'sha256-%s'", base64);
}

/* style.css, then the style of each template used, in the order of the names. */
static bool page_style(Page *page, const Making *making, char **used, GError **error)
{
    g_autoptr(GString) style = g_string_new(NULL);

    if (!append_style(making, FIRST, style, error)) {
        return false;
    }
    for (size_t i = 0; used[i] != NULL; i++) {
        g_autofree char *file = sources_file(used[i], SOURCES_STYLE);
        if (strcmp(file, FIRST) != 0 && !append_style(making, file, style, error)) {
            return false;
        }
    }
    page->style = font_style_new(style->str);
    page->fonts = font_style_fonts(page->style, making->sources);
    return true;
}

static void page_script(Page *page, const char *name, char **used)
{
    char *script = script_of(name, (const char *const *)used);
    if (script != NULL) {
        page->script_hash = policy_source(script);
        /* The program's own, without "</" (a test of theme). */
        page->script = safe_html_from_already_safe_markup(script);
    }
}

/* Takes the text. CSS without "</" (style.c) is what a <style> element may hold. */
static ThemeStyle *style_make(char *css)
{
    ThemeStyle *made = g_new0(ThemeStyle, 1);
    made->hash = policy_source(css);
    made->html = safe_html_from_already_safe_markup(css);
    return made;
}

static void page_version(Page *page, GHashTable *sources, char **used)
{
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);

    for (size_t i = 0; used[i] != NULL; i++) {
        g_autofree char *file = sources_file(used[i], SOURCES_TEMPLATE);
        size_t length;
        const guchar *text = g_bytes_get_data(g_hash_table_lookup(sources, file), &length);
        g_autofree char *head = g_strdup_printf("%s %zu\n", file, length);
        g_checksum_update(hash, (const guchar *)head, -1);
        g_checksum_update(hash, text, (gssize)length);
    }
    g_autofree char *style = font_style_at(page->style, sources, "");
    g_checksum_update(hash, (const guchar *)style, -1);
    if (page->script_hash != NULL) {
        g_checksum_update(hash, (const guchar *)page->script_hash, -1);
    }
    g_checksum_update(hash, (const guchar *)strings_version(), -1);
    page->version = g_strndup(g_checksum_get_string(hash), HASH_CHARS);
}

static Page *page_new(const Making *making, const char *name, GError **error)
{
    Page *page = g_new0(Page, 1);

    page->made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
    page->template = mustache_set_get(making->set, name, error);
    if (page->template == NULL) {
        page_free(page);
        return NULL;
    }
    g_auto(GStrv) used = mustache_partials(page->template);
    if (!page_style(page, making, used, error)) {
        page_free(page);
        return NULL;
    }
    page_script(page, name, used);
    page_version(page, making->sources, used);
    return page;
}

/* Compiles everything and puts it in the theme's place; on failure the theme is as before. Takes
 * the sources. */
static bool adopt(Theme *theme, GHashTable *chosen, GError **error)
{
    g_autoptr(GHashTable) sources = chosen;
    g_autoptr(MustacheSet) set = mustache_set_new(MUSTACHE_STRICT, sources_give, sources);
    g_autoptr(GHashTable) small = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, page_free);
    g_autoptr(GPtrArray) files = sources_files(sources);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    const Making making = {sources, small, set};

    for (guint i = 0; i < files->len; i++) {
        if (!g_str_has_suffix(files->pdata[i], SOURCES_TEMPLATE)) {
            continue;
        }
        char *name = g_strndup(files->pdata[i], strlen(files->pdata[i]) - strlen(SOURCES_TEMPLATE));
        Page *page = page_new(&making, name, error);
        if (page == NULL) {
            g_free(name);
            return false;
        }
        g_strv_builder_add(names, name);
        g_hash_table_insert(pages, name, page);
    }
    g_clear_pointer(&theme->pages, g_hash_table_unref);
    g_clear_pointer(&theme->set, mustache_set_free);
    g_clear_pointer(&theme->plain, mustache_set_free);
    g_clear_pointer(&theme->sources, g_hash_table_unref);
    g_strfreev(theme->names);
    theme->names = g_strv_builder_end(names);
    theme->pages = g_steal_pointer(&pages);
    theme->set = g_steal_pointer(&set);
    theme->sources = g_steal_pointer(&sources);
    theme->plain = mustache_set_new(MUSTACHE_PLAIN, sources_give, theme->sources);
    return true;
}

/* --- The theme -------------------------------------------------------------------------------- */

static int compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool theme_reload(Theme *theme, bool *changed, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_ref(theme->seen);
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    bool looked_new;

    if (theme->trying) {
        if (changed != NULL) {
            *changed = false;
        }
        return true;
    }
    if (!overrides_scan(theme->directory, &seen, &looked_new, error)) {
        return false;
    }
    bool differs = false;
    if (looked_new || theme->stale || theme->sources == NULL) {
        GHashTable *in_use = theme->stale ? NULL : theme->sources;
        GHashTable *sources = sources_choose(seen, in_use, problems, error);
        if (sources == NULL) {
            return false;
        }
        differs = !sources_equal(theme->sources, sources);
        if (!differs) {
            g_hash_table_unref(sources);
        } else if (!adopt(theme, sources, error)) {
            return false;
        }
        g_ptr_array_sort(problems, compare_lines);
        g_ptr_array_add(problems, NULL);
        g_ptr_array_unref(theme->problems);
        theme->problems = g_steal_pointer(&problems);
        g_hash_table_unref(theme->seen);
        theme->seen = g_steal_pointer(&seen);
        theme->stale = false;
    }
    if (changed != NULL) {
        *changed = differs;
    }
    return true;
}

/* --- Trying ----------------------------------------------------------------------------------- */

/* The first line of `with` that tells of this file, or that `now` does not have; NULL: none. */
static const char *new_problem(const GPtrArray *now, const GPtrArray *with, const char *file)
{
    g_autofree char *own = g_strconcat(SOURCES_FOLDER, file, ":", NULL);
    for (guint i = 0; i < with->len; i++) {
        const char *line = with->pdata[i];
        bool known = false;
        for (guint j = 0; j < now->len && !known; j++) {
            known = strcmp(now->pdata[j], line) == 0;
        }
        if (!known || g_str_has_prefix(line, own)) {
            return line;
        }
    }
    return NULL;
}

bool theme_try(Theme *theme, const char *file, GBytes *bytes, GError **error)
{
    g_autoptr(GPtrArray) now = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) with = g_ptr_array_new_with_free_func(g_free);
    theme_untry(theme);
    if (!theme_reload(theme, NULL, error)) {
        return false;
    }
    g_autoptr(GHashTable) seen = overrides_with(theme->seen, file, bytes, error);
    g_autoptr(GHashTable) before =
        seen == NULL ? NULL : sources_choose(theme->seen, NULL, now, error);
    g_autoptr(GHashTable) sources = before == NULL ? NULL : sources_choose(seen, NULL, with, error);
    if (sources == NULL) {
        return false;
    }
    const char *problem = new_problem(now, with, file);
    if (problem != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s", problem);
    }
    theme->trying = adopt(theme, g_steal_pointer(&sources), error);
    return theme->trying;
}

void theme_untry(Theme *theme)
{
    theme->stale = theme->stale || theme->trying;
    theme->trying = false;
}

/* --- The theme -------------------------------------------------------------------------------- */

Theme *theme_load(const char *override_dir, GError **error)
{
    g_autoptr(Theme) theme = g_new0(Theme, 1);

    theme->directory = g_strdup(override_dir);
    theme->seen = overrides_new();
    theme->no_fonts = g_ptr_array_new();
    theme->problems = g_ptr_array_new_with_free_func(g_free);
    return theme_reload(theme, NULL, error) ? g_steal_pointer(&theme) : NULL;
}

void theme_free(Theme *theme)
{
    if (theme == NULL) {
        return;
    }
    g_clear_pointer(&theme->pages, g_hash_table_unref);
    g_clear_pointer(&theme->set, mustache_set_free);
    g_clear_pointer(&theme->plain, mustache_set_free);
    g_clear_pointer(&theme->sources, g_hash_table_unref);
    g_hash_table_unref(theme->seen);
    g_ptr_array_unref(theme->problems);
    g_ptr_array_unref(theme->no_fonts);
    g_strfreev(theme->names);
    g_free(theme->directory);
    g_free(theme);
}

static const Page *page_of(const Theme *theme, const char *name)
{
    return g_hash_table_lookup(theme->pages, name);
}

const char *const *theme_problems(const Theme *theme)
{
    return (const char *const *)theme->problems->pdata;
}

const char *const *theme_names(const Theme *theme)
{
    return (const char *const *)theme->names;
}

bool theme_uses(const Theme *theme, const char *name, const char *file)
{
    const Page *page = page_of(theme, name);
    const char *dot = strrchr(file, '.');
    if (page == NULL || dot == NULL) {
        return false;
    }
    g_autofree char *stem = g_strndup(file, (size_t)(dot - file));
    g_auto(GStrv) used = mustache_partials(page->template);
    return strcmp(file, FIRST) == 0 || g_strv_contains((const char *const *)used, stem);
}

const MustacheTemplate *theme_template(const Theme *theme, const char *name)
{
    const Page *page = page_of(theme, name);
    return page == NULL ? NULL : page->template;
}

const char *theme_version(const Theme *theme, const char *name)
{
    const Page *page = page_of(theme, name);
    return page == NULL ? NULL : page->version;
}

const SafeHtml *theme_script(const Theme *theme, const char *name)
{
    const Page *page = page_of(theme, name);
    return page == NULL || page->script_hash == NULL ? NULL : &page->script;
}

const char *theme_script_hash(const Theme *theme, const char *name)
{
    const Page *page = page_of(theme, name);
    return page == NULL ? NULL : page->script_hash;
}

/* A page lies a few directories deep: there are a handful of roots. */
const ThemeStyle *theme_style(Theme *theme, const char *name, const char *root)
{
    Page *page = g_hash_table_lookup(theme->pages, name);
    if (page == NULL) {
        return NULL;
    }
    const char *key = root == NULL ? NO_ROOT : page->fonts->len == 0 ? "" : root;
    ThemeStyle *made = g_hash_table_lookup(page->made, key);
    if (made == NULL) {
        made = style_make(root == NULL ? font_style_bare(page->style)
                                       : font_style_at(page->style, theme->sources, root));
        made->fonts = root == NULL ? theme->no_fonts : page->fonts;
        g_hash_table_insert(page->made, g_strdup(key), made);
    }
    return made;
}

GBytes *theme_file(const Theme *theme, const char *name)
{
    return g_hash_table_lookup(theme->sources, name);
}

char *theme_file_version(const Theme *theme, const char *name)
{
    GBytes *bytes = theme_file(theme, name);
    g_autofree char *hex =
        bytes == NULL ? NULL : g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    return hex == NULL ? NULL : g_strndup(hex, HASH_CHARS);
}

bool theme_render(const Theme *theme, const char *name, const Value *data, GString *out,
                  GError **error)
{
    const Page *page = page_of(theme, name);

    if (page == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND,
                    "there is no template theme/%s" SOURCES_TEMPLATE, name);
    }
    return mustache_render(page->template, data, 0, out, error);
}

bool theme_render_plain(const Theme *theme, const char *name, const Value *data, GString *out,
                        GError **error)
{
    const MustacheTemplate *template = mustache_set_get(theme->plain, name, error);

    return template != NULL && mustache_render(template, data, 0, out, error);
}
