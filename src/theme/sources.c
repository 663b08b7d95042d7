/*
 * Which contents each theme file has: the program's, or the newsroom's where those are good.
 * Reading the directory is in overrides.c; what is made of the contents in theme.c.
 *
 * Choosing: all the newsroom's files are taken, then each is checked against the whole; one at
 * fault gives way to what it was before, then to the default, and the check begins again. Defaults
 * are good together (a test proves it) and each step takes one file's contents away, so this ends.
 */
#include "theme/sources.h"

#include "base/error.h"
#include "text/mustache.h"
#include "theme/embedded.h"
#include "theme/font.h"
#include "theme/overrides.h"
#include "theme/style.h"

#include <string.h>

static GHashTable *sources_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
}

static GBytes *default_of(const char *file)
{
    g_autofree char *name = g_strconcat(SOURCES_FOLDER, file, NULL);
    const EmbeddedFile *found = embedded_read(name);
    return found == NULL ? NULL : g_bytes_new_static(found->bytes, found->length);
}

/* Not the program's own contents. */
static bool is_override(GHashTable *sources, const char *file)
{
    g_autofree char *name = g_strconcat(SOURCES_FOLDER, file, NULL);
    const EmbeddedFile *found = embedded_read(name);
    GBytes *bytes = g_hash_table_lookup(sources, file);
    return found == NULL || g_bytes_get_data(bytes, NULL) != found->bytes;
}

static GHashTable *defaults(void)
{
    GHashTable *sources = sources_new();
    size_t count;
    const EmbeddedFile *files = embedded_list(SOURCES_FOLDER, &count);

    for (size_t i = 0; i < count; i++) {
        g_hash_table_insert(sources, g_strdup(files[i].name + strlen(SOURCES_FOLDER)),
                            g_bytes_new_static(files[i].bytes, files[i].length));
    }
    return sources;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The keys, sorted by bytes: no order of a hash table may show in a page or a message. */
GPtrArray *sources_files(GHashTable *table)
{
    GPtrArray *keys = g_ptr_array_new();
    GHashTableIter each;
    gpointer key;

    g_hash_table_iter_init(&each, table);
    while (g_hash_table_iter_next(&each, &key, NULL)) {
        g_ptr_array_add(keys, key);
    }
    g_ptr_array_sort(keys, compare_names);
    return keys;
}

char *sources_file(const char *name, const char *ending)
{
    return g_strconcat(name, ending, NULL);
}

/* --- Templates as a set ----------------------------------------------------------------------- */

bool sources_give(gpointer data, const char *name, char **text, size_t *length, GError **error)
{
    GHashTable *sources = data;
    g_autofree char *file = sources_file(name, SOURCES_TEMPLATE);
    GBytes *bytes = g_hash_table_lookup(sources, file);

    if (bytes == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no template theme/%s", file);
    }
    *length = g_bytes_get_size(bytes);
    *text = g_strndup(g_bytes_get_data(bytes, NULL), *length);
    return true;
}

/* One template under test: its own text under `alias`, every other one empty. */
typedef struct {
    GHashTable *sources;
    const char *alias;
    GBytes *bytes;
} Trial;

static bool give_trial(gpointer data, const char *name, char **text, size_t *length, GError **error)
{
    Trial *trial = data;

    if (strcmp(name, trial->alias) == 0) {
        *length = g_bytes_get_size(trial->bytes);
        *text = g_strndup(g_bytes_get_data(trial->bytes, NULL), *length);
        return true;
    }
    if (!sources_give(trial->sources, name, text, length, error)) {
        return false;
    }
    (*text)[0] = '\0';
    *length = 0;
    return true;
}

/* The templates that this one names, by compiling it under `alias`. Compiled under its own name it
 * gives messages with that name; under another it shows whether it names itself. */
static char **direct_partials(GHashTable *sources, const char *alias, GBytes *bytes, GError **error)
{
    Trial trial = {sources, alias, bytes};
    g_autoptr(MustacheSet) set = mustache_set_new(MUSTACHE_STRICT, give_trial, &trial);
    const MustacheTemplate *template = mustache_set_get(set, alias, error);
    return template == NULL ? NULL : mustache_partials(template);
}

/* The line on which a template names another. */
static unsigned line_of_partial(GBytes *bytes, const char *partial)
{
    size_t length;
    const char *text = g_bytes_get_data(bytes, &length);
    unsigned line = 1;

    for (size_t i = 0; i + 3 < length; i++) {
        line += text[i] == '\n';
        if (memcmp(text + i, "{{", 2) != 0 || strchr("<>", text[i + 2]) == NULL) {
            continue;
        }
        size_t at = i + 3;
        while (at < length && g_ascii_isspace(text[at])) {
            at++;
        }
        if (length - at > strlen(partial) && memcmp(text + at, partial, strlen(partial)) == 0 &&
            (g_ascii_isspace(text[at + strlen(partial)]) || text[at + strlen(partial)] == '}')) {
            return line;
        }
    }
    return 1;
}

/* --- Checking one file ------------------------------------------------------------------------ */

/* Messages of the engine begin with the template's name; readers know the file. */
static bool refuse(const char *file, GError *reason, GError **error)
{
    g_autofree char *stem = g_strndup(file, (size_t)(strrchr(file, '.') - file));
    const char *message = reason->message;

    if (g_str_has_prefix(message, file)) {
        message += strlen(file);
    } else if (g_str_has_prefix(message, stem) && message[strlen(stem)] == ':') {
        message += strlen(stem);
    }
    message += strspn(message, ": ");
    fail(error, (KolokolError)reason->code, SOURCES_FOLDER "%s:%s%s", file,
         g_ascii_isdigit(message[0]) ? "" : " ", message);
    g_error_free(reason);
    return false;
}

/* Walks from `name` along partials; true if it comes back to `goal`. `path` gets the way, last
 * first. Reached templates are not walked twice, so the cost is the number of edges. */
static bool leads_to(GHashTable *edges, const char *name, const char *goal, GHashTable *reached,
                     GPtrArray *path)
{
    char **next = g_hash_table_lookup(edges, name);

    for (size_t i = 0; next != NULL && next[i] != NULL; i++) {
        if (strcmp(next[i], goal) == 0 ||
            (g_hash_table_add(reached, next[i]) && leads_to(edges, next[i], goal, reached, path))) {
            g_ptr_array_add(path, next[i]);
            return true;
        }
    }
    return false;
}

static bool check_circle(GHashTable *sources, GHashTable *edges, const char *name, GError **error)
{
    g_autoptr(GHashTable) reached = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) path = g_ptr_array_new();

    if (!leads_to(edges, name, name, reached, path)) {
        return true;
    }
    g_autofree char *file = sources_file(name, SOURCES_TEMPLATE);
    g_autoptr(GString) way = g_string_new(name);
    for (guint i = path->len; i > 0; i--) {
        g_string_append_printf(way, " → %s", (const char *)path->pdata[i - 1]);
    }
    return fail(error, KOLOKOL_ERROR_INVALID,
                SOURCES_FOLDER "%s:%u: templates may not include each other in a circle: %s", file,
                line_of_partial(g_hash_table_lookup(sources, file), path->pdata[path->len - 1]),
                way->str);
}

static bool check_style(GHashTable *sources, const char *css, size_t length, GError **error)
{
    g_autofree char *small = style_minify(css, length, error);
    if (small == NULL) {
        return false;
    }
    g_autoptr(FontStyle) style = font_style_new(small);
    const char *missing = font_style_missing(style, sources);
    if (style->named->len > FONT_MENTIONS) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "a style may name %u fonts", FONT_MENTIONS);
    }
    return missing == NULL ||
           fail(error, KOLOKOL_ERROR_NOT_FOUND,
                "there is no font " SOURCES_FOLDER "%s that could be used", missing);
}

/* An icon as browsers ask for it: the ICO format, not another one by that name. */
static bool check_icon(const char *bytes, size_t length, GError **error)
{
    return (length > 6 && memcmp(bytes, "\0\0\1\0", 4) == 0) ||
           fail(error, KOLOKOL_ERROR_INVALID, "not an icon in the ICO format");
}

static bool check_no_template(GHashTable *sources, const char *file, GError **error)
{
    size_t length;
    const char *bytes = g_bytes_get_data(g_hash_table_lookup(sources, file), &length);

    return g_str_has_suffix(file, SOURCES_STYLE) ? check_style(sources, bytes, length, error)
           : g_str_has_suffix(file, FONT_ENDING) ? font_check(bytes, length, error)
           : strcmp(file, OVERRIDES_ICON) == 0   ? check_icon(bytes, length, error)
                                                 : true; /* a script of the program */
}

/* Checks one file by itself, and adds what it includes to `edges` (template name to names). */
static bool check_alone(GHashTable *sources, const char *file, GHashTable *edges, GError **error)
{
    GBytes *bytes = g_hash_table_lookup(sources, file);
    GError *reason = NULL;

    if (!g_str_has_suffix(file, SOURCES_TEMPLATE)) {
        return check_no_template(sources, file, &reason) || refuse(file, reason, error);
    }
    g_autofree char *name = g_strndup(file, strlen(file) - strlen(SOURCES_TEMPLATE));
    g_auto(GStrv) named = direct_partials(sources, name, bytes, &reason);
    if (named == NULL) {
        return refuse(file, reason, error);
    }
    char **next = direct_partials(sources, "", bytes, &reason);
    if (next == NULL) {
        return refuse(file, reason, error);
    }
    g_hash_table_insert(edges, g_steal_pointer(&name), next);
    return true;
}

/* --- Choosing --------------------------------------------------------------------------------- */

/* What was in use before this reload, NULL at the first load. */
static GBytes *before_of(GHashTable *in_use, const char *file)
{
    return in_use == NULL ? NULL : g_hash_table_lookup(in_use, file);
}

/* Puts what was in use before, or the default, in the place of a file at fault. */
static void give_way(GHashTable *in_use, GHashTable *sources, const char *file)
{
    GBytes *before = before_of(in_use, file);
    bool again = before != NULL && g_bytes_equal(before, g_hash_table_lookup(sources, file));
    GBytes *instead = before != NULL && !again ? g_bytes_ref(before) : default_of(file);

    if (instead != NULL) {
        g_hash_table_insert(sources, g_strdup(file), instead);
    } else {
        g_hash_table_remove(sources, file);
    }
}

/* Puts the newsroom's files over the defaults; one that cannot be read stays what it was. */
static void take_overrides(GHashTable *in_use, GHashTable *seen, GHashTable *sources,
                           GPtrArray *problems)
{
    g_autoptr(GPtrArray) files = sources_files(seen);

    for (guint i = 0; i < files->len; i++) {
        const char *name = files->pdata[i];
        OverrideFile *file = g_hash_table_lookup(seen, name);
        GBytes *bytes = file->bytes != NULL ? file->bytes : before_of(in_use, name);
        if (bytes != NULL) {
            g_hash_table_insert(sources, g_strdup(name), g_bytes_ref(bytes));
        }
        if (file->bytes == NULL) {
            g_ptr_array_add(problems,
                            g_strdup_printf(SOURCES_FOLDER "%s: %s", name, file->problem->message));
        }
    }
}

/* The first file at fault, NULL with no error if all is well. Caller frees. */
static char *find_fault(GHashTable *sources, GError **error)
{
    g_autoptr(GPtrArray) files = sources_files(sources);
    g_autoptr(GHashTable) edges =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);

    for (guint i = 0; i < files->len; i++) {
        if (!check_alone(sources, files->pdata[i], edges, error)) {
            return g_strdup(files->pdata[i]);
        }
    }
    for (guint i = 0; i < files->len; i++) {
        const char *file = files->pdata[i];
        if (!g_str_has_suffix(file, SOURCES_TEMPLATE) || !is_override(sources, file)) {
            continue;
        }
        g_autofree char *name = g_strndup(file, strlen(file) - strlen(SOURCES_TEMPLATE));
        if (!check_circle(sources, edges, name, error)) {
            return g_strdup(file);
        }
    }
    return NULL;
}

/* Defaults with all the newsroom's files over them, then without those at fault. */
GHashTable *sources_choose(GHashTable *seen, GHashTable *in_use, GPtrArray *problems,
                           GError **error)
{
    g_autoptr(GHashTable) sources = defaults();

    take_overrides(in_use, seen, sources, problems);
    /* Each round takes one file's contents away: at most two contents a file. */
    for (guint rounds = 2 * g_hash_table_size(seen) + 1;; rounds--) {
        g_autoptr(GError) reason = NULL;
        g_autofree char *file = find_fault(sources, &reason);
        if (file == NULL) {
            return g_steal_pointer(&sources);
        }
        if (rounds == 0 || !is_override(sources, file)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return NULL;
        }
        g_ptr_array_add(problems, g_strdup(reason->message));
        give_way(in_use, sources, file);
    }
}

bool sources_equal(GHashTable *a, GHashTable *b)
{
    GHashTableIter each;
    gpointer name, bytes;

    if (a == NULL || g_hash_table_size(a) != g_hash_table_size(b)) {
        return false;
    }
    g_hash_table_iter_init(&each, a);
    while (g_hash_table_iter_next(&each, &name, &bytes)) {
        GBytes *other = g_hash_table_lookup(b, name);
        if (other == NULL || !g_bytes_equal(bytes, other)) {
            return false;
        }
    }
    return true;
}
