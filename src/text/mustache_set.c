/*
 * The set: fetches templates by name, compiles them, and links them to each other. Rendering is in
 * mustache_render.c.
 */
#include "text/mustache_private.h"

#include "base/error.h"

#include <string.h>

struct MustacheSet {
    MustacheMode mode;
    MustacheSource source;
    gpointer data;
    GHashTable *templates; /* name → MustacheTemplate, all linked but during mustache_set_get() */
};

static void template_free(gpointer template)
{
    mustache_template_free(template);
}

MustacheSet *mustache_set_new(MustacheMode mode, MustacheSource source, gpointer data)
{
    MustacheSet *set = g_new0(MustacheSet, 1);
    set->mode = mode;
    set->source = source;
    set->data = data;
    set->templates = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, template_free);
    return set;
}

void mustache_set_free(MustacheSet *set)
{
    if (set != NULL) {
        g_hash_table_unref(set->templates);
        g_free(set);
    }
}

/* Fetches and compiles one template, enters it in the set and in `added`. */
static MustacheTemplate *add(MustacheSet *set, const char *name, GPtrArray *added, GError **error)
{
    if (g_hash_table_size(set->templates) >= MUSTACHE_SET_LIMIT) {
        fail(error, KOLOKOL_ERROR_LIMIT, "%s: more than %u templates include each other", name,
             MUSTACHE_SET_LIMIT);
        return NULL;
    }
    char *text = NULL;
    size_t length = 0;
    if (!set->source(set->data, name, &text, &length, error)) {
        return NULL;
    }
    MustacheTemplate *template = mustache_compile(name, text, length, set->mode, error);
    if (template != NULL) {
        g_hash_table_insert(set->templates, template->name, template);
        g_ptr_array_add(added, template);
    }
    return template;
}

/* Says where the missing template was wanted, and whether that matters. */
static bool forgive(const MustacheSet *set, const MustacheTemplate *template, const Link *link,
                    GError *problem, GError **error)
{
    if (!g_error_matches(problem, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, problem);
        return false;
    }
    g_error_free(problem);
    if (set->mode == MUSTACHE_STANDARD) {
        return true;
    }
    Slice name = {link->name, strlen(link->name)};
    g_autofree char *shown = slice_for_message(name);
    return fail(error, KOLOKOL_ERROR_NOT_FOUND, "%s:%u: there is no template \"%s\"",
                template->name, link->line, shown);
}

static bool link_template(MustacheSet *set, MustacheTemplate *template, GPtrArray *added,
                          GError **error)
{
    for (size_t i = 0; i < template->links->len; i++) {
        Link *link = &g_array_index(template->links, Link, i);
        link->target = g_hash_table_lookup(set->templates, link->name);
        if (link->target == NULL) {
            GError *problem = NULL;
            link->target = add(set, link->name, added, &problem);
            if (problem != NULL && !forgive(set, template, link, problem, error)) {
                return false;
            }
        }
    }
    return true;
}

const MustacheTemplate *mustache_set_get(MustacheSet *set, const char *name, GError **error)
{
    const MustacheTemplate *known = g_hash_table_lookup(set->templates, name);
    if (known != NULL) {
        return known;
    }
    g_autoptr(GPtrArray) added = g_ptr_array_new();
    const MustacheTemplate *wanted = add(set, name, added, error);
    bool good = wanted != NULL;
    for (size_t i = 0; good && i < added->len; i++) {
        good = link_template(set, added->pdata[i], added, error);
    }
    /* What was linked before this call does not point to what it added, so all of that can go. */
    for (size_t i = 0; !good && i < added->len; i++) {
        const MustacheTemplate *template = added->pdata[i];
        g_hash_table_remove(set->templates, template->name);
    }
    return good ? wanted : NULL;
}

const char *mustache_name(const MustacheTemplate *template)
{
    return template->name;
}

/* The template and all it reaches, each once. */
static GPtrArray *reached(const MustacheTemplate *template)
{
    GPtrArray *all = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    g_ptr_array_add(all, (gpointer)(uintptr_t) template);
    g_hash_table_add(seen, (gpointer)(uintptr_t) template);
    for (size_t i = 0; i < all->len; i++) {
        const MustacheTemplate *one = all->pdata[i];
        for (size_t k = 0; k < one->links->len; k++) {
            gpointer target = (gpointer)(uintptr_t)g_array_index(one->links, Link, k).target;
            if (target != NULL && g_hash_table_add(seen, target)) {
                g_ptr_array_add(all, target);
            }
        }
    }
    return all;
}

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorts, drops doubles, ends with NULL. */
static char **sorted_names(GPtrArray *names)
{
    g_ptr_array_sort(names, compare);
    GPtrArray *once = g_ptr_array_new();
    for (size_t i = 0; i < names->len; i++) {
        if (i == 0 || strcmp(names->pdata[i - 1], names->pdata[i]) != 0) {
            g_ptr_array_add(once, g_strdup(names->pdata[i]));
        }
    }
    g_ptr_array_add(once, NULL);
    return (char **)g_ptr_array_free(once, FALSE);
}

char **mustache_partials(const MustacheTemplate *template)
{
    g_autoptr(GPtrArray) all = reached(template);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < all->len; i++) {
        g_ptr_array_add(names, ((const MustacheTemplate *)all->pdata[i])->name);
    }
    return sorted_names(names);
}

char **mustache_variables(const MustacheTemplate *template)
{
    g_autoptr(GPtrArray) all = reached(template);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < all->len; i++) {
        const GArray *paths = ((const MustacheTemplate *)all->pdata[i])->paths;
        for (size_t k = 0; k < paths->len; k++) {
            Slice name = g_array_index(paths, Path, k).name;
            g_ptr_array_add(names, g_strndup(name.at, name.length));
        }
    }
    return sorted_names(names);
}
