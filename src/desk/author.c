/* Authors: author.h. Which stories have one is in their rows (story.c) and in the lists
 * (story_list.c). */
#include "desk/author.h"

#include "base/error.h"
#include "desk/author_merge.h"
#include "desk/name.h"
#include "desk_sql.h"
#include "press/press.h"

#include <string.h>

void author_free(Author *author)
{
    if (author != NULL) {
        g_free(author->language);
        g_free(author->slug);
        g_free(author->name);
        g_free(author->about);
        g_free(author);
    }
}

static Author *author_of_row(StoreRows *rows)
{
    Author *author = g_new0(Author, 1);
    author->language = store_text_copy(rows, 0);
    author->slug = store_text_copy(rows, 1);
    author->name = store_text_copy(rows, 2);
    author->about = store_text_copy(rows, 3);
    return author;
}

Author *author_read(Store *store, const char *language, const char *slug, GError **error)
{
    g_autoptr(StoreRows) rows = desk_author_read(store, language, slug, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no author \"%s\" in the language \"%s\"",
             slug, language);
    }
    return step == STORE_ROW ? author_of_row(rows) : NULL;
}

GPtrArray *author_list_after(Store *store, const char *language, const char *after, unsigned most,
                             GError **error)
{
    g_autoptr(StoreRows) rows = desk_author_after(store, language, after, most, error);
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)author_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(list, author_of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

static bool touch(Store *store, const char *language, const char *slug, GError **error)
{
    g_autofree char *input = g_strconcat("author:", language, "/", slug, NULL);
    return press_touch(store, input, error);
}

typedef struct {
    const char *language, *slug, *name, *about;
    char *found;
    bool created;
} AuthorChange;

/* The slug of the row, NULL if there is none. */
static bool find(StoreRows *taken, int column, char **slug, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        *slug = store_text_copy(rows, column);
    }
    return step != STORE_FAILED;
}

char *author_named(Store *store, const char *language, const char *name, GError **error)
{
    g_autofree char *line = desk_one_line(name);
    char *slug = NULL;
    if (find(desk_author_by_name(store, language, line, error), 0, &slug, error) && slug == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no author \"%.200s\" in the language \"%s\"",
             line, language);
    }
    return slug;
}

static bool ensure_body(Store *store, void *data, GError **error)
{
    AuthorChange *change = data;
    change->created = false;
    g_clear_pointer(&change->found, g_free);
    if (!find(desk_author_read(store, change->language, change->slug, error), 1, &change->found,
              error)) {
        return false;
    }
    if (change->found == NULL &&
        !find(desk_author_by_name(store, change->language, change->name, error), 0, &change->found,
              error)) {
        return false;
    }
    g_autofree char *target = NULL;
    const char *known = change->found == NULL ? change->slug : change->found;
    if (!name_merge_target(store, &author_merging, change->language, known,
                           change->found == NULL ? change->name : NULL, &target, error)) {
        return false;
    }
    if (target != NULL) { /* merged: who names it means the other */
        g_free(change->found);
        change->found = g_steal_pointer(&target);
    }
    if (change->found != NULL) {
        return true;
    }
    change->found = g_strdup(change->slug);
    change->created = true;
    return desk_author_insert(store, change->language, change->slug, change->name, error) &&
           touch(store, change->language, change->slug, error);
}

bool author_ensure(Store *store, const char *language, const char *name, char **slug, bool *created,
                   GError **error)
{
    g_autofree char *made = NULL;
    if (!desk_name_slug("author", name, &made, error)) {
        return false;
    }
    AuthorChange change = {.language = language, .slug = made, .name = name};
    if (!store_transact(store, ensure_body, &change, error)) {
        g_free(change.found);
        return false;
    }
    *slug = change.found;
    if (created != NULL) {
        *created = change.created;
    }
    return true;
}

static bool change_body(Store *store, void *data, GError **error)
{
    AuthorChange *change = data;
    g_autoptr(Author) author = author_read(store, change->language, change->slug, error);
    if (author == NULL) {
        return false;
    }
    if (change->name != NULL) {
        return strcmp(author->name, change->name) == 0 ||
               (desk_author_rename(store, change->language, change->slug, change->name, error) &&
                touch(store, change->language, change->slug, error));
    }
    return strcmp(author->about, change->about) == 0 ||
           (desk_author_describe(store, change->language, change->slug, change->about, error) &&
            touch(store, change->language, change->slug, error));
}

bool author_rename(Store *store, const char *language, const char *slug, const char *name,
                   GError **error)
{
    g_autofree char *made = NULL;
    if (!desk_name_slug("author", name, &made, error)) {
        return false;
    }
    AuthorChange change = {.language = language, .slug = slug, .name = name};
    return store_transact(store, change_body, &change, error);
}

bool author_describe(Store *store, const char *language, const char *slug, const char *about,
                     GError **error)
{
    if (!desk_plain_text("text about the author", about, DESK_ABOUT, error)) {
        return false;
    }
    AuthorChange change = {.language = language, .slug = slug, .about = about};
    return store_transact(store, change_body, &change, error);
}
