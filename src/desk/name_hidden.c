/* Which names are hidden: name_hidden.h. A newsroom has a handful of stories under embargo, so all
 * of their names are read. */
#include "desk/name_hidden.h"

#include "desk_api_sql.h"

#include <string.h>

struct NameHidden {
    GHashTable *names; /* lists of story_list.h: "topic/en/harbour" */
    char *language;
};

void name_hidden_free(NameHidden *hidden)
{
    if (hidden != NULL) {
        g_hash_table_unref(hidden->names);
        g_free(hidden->language);
        g_free(hidden);
    }
}

/* Slugs parted by spaces; '+' before one who reported, '-' for a withheld name (story_row.h). */
static void add_names(GHashTable *names, const char *kind, const char *language, const char *slugs)
{
    g_auto(GStrv) parts = g_strsplit(slugs == NULL ? "" : slugs, " ", -1);
    for (char **part = parts; *part != NULL; part++) {
        const char *slug = **part == '+' ? *part + 1 : *part;
        if (*slug != '\0' && strcmp(slug, "-") != 0) {
            g_hash_table_add(names, g_strconcat(kind, "/", language, "/", slug, NULL));
        }
    }
}

static bool read_names(Store *store, const char *language, int64_t now, GHashTable *names,
                       GError **error)
{
    g_autoptr(StoreRows) rows = desk_api_embargoed_names(store, language, now, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        add_names(names, "section", language, store_text(rows, 0));
        add_names(names, "topic", language, store_text(rows, 1));
        add_names(names, "author", language, store_text(rows, 2));
    }
    return step == STORE_END;
}

NameHidden *name_hidden_read(Store *store, const char *language, int64_t now, GError **error)
{
    g_autoptr(NameHidden) hidden = g_new0(NameHidden, 1);
    hidden->language = g_strdup(language);
    hidden->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!read_names(store, language, now, hidden->names, error)) {
        return NULL;
    }
    GHashTableIter iterator;
    void *list = NULL;
    g_hash_table_iter_init(&iterator, hidden->names);
    while (g_hash_table_iter_next(&iterator, &list, NULL)) {
        bool seen = false;
        if (!store_rows_any(desk_api_listed(store, list, now, error), &seen, error)) {
            return NULL;
        }
        if (seen) {
            g_hash_table_iter_remove(&iterator);
        }
    }
    return g_steal_pointer(&hidden);
}

bool name_hidden_has(const NameHidden *hidden, const char *kind, const char *slug)
{
    g_autofree char *list = g_strconcat(kind, "/", hidden->language, "/", slug, NULL);
    return g_hash_table_contains(hidden->names, list);
}
