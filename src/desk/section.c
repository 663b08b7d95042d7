/* Sections: section.h. Which stories have one is in their rows (story.c) and in the lists
 * (story_list.c). */
#include "desk/section.h"

#include "base/error.h"
#include "desk/name.h"
#include "desk/story_list.h"
#include "desk/story_search.h"
#include "desk_sql.h"
#include "press/press.h"

#include <string.h>

void section_free(Section *section)
{
    if (section != NULL) {
        g_free(section->language);
        g_free(section->slug);
        g_free(section->name);
        g_free(section->about);
        g_free(section);
    }
}

static Section *section_of_row(StoreRows *rows)
{
    Section *section = g_new0(Section, 1);
    section->language = store_text_copy(rows, 0);
    section->slug = store_text_copy(rows, 1);
    section->name = store_text_copy(rows, 2);
    section->position = store_number(rows, 3);
    section->about = store_text_copy(rows, 4);
    section->hidden = store_number(rows, 5) != 0;
    return section;
}

Section *section_read(Store *store, const char *language, const char *slug, GError **error)
{
    g_autoptr(StoreRows) rows = desk_section_read(store, language, slug, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no section \"%s\" in the language \"%s\"",
             slug, language);
    }
    return step == STORE_ROW ? section_of_row(rows) : NULL;
}

static GPtrArray *sections_of_rows(StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)section_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(list, section_of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

GPtrArray *section_list(Store *store, const char *language, GError **error)
{
    return sections_of_rows(desk_section_list(store, language, error), error);
}

/* Has it a story that readers see? */
static bool is_read(Store *store, const Section *section, int64_t as_of, bool *is, GError **error)
{
    g_autofree char *list = g_strdup_printf("list:section/%s/%s", section->language, section->slug);
    g_autoptr(GArray) ids = NULL;
    if (!story_list_ids(store, list, as_of, 1, &ids, error)) {
        return false;
    }
    *is = ids->len > 0;
    return true;
}

GPtrArray *section_menu(Store *store, const char *language, int64_t as_of, GError **error)
{
    g_autoptr(GPtrArray) menu = g_ptr_array_new_with_free_func((GDestroyNotify)section_free);
    g_autoptr(GPtrArray) list = section_list(store, language, error);
    for (guint i = 0; list != NULL && i < list->len && menu->len < SECTION_MENU; i++) {
        Section *section = list->pdata[i];
        bool is = false;
        if (!section->hidden && !is_read(store, section, as_of, &is, error)) {
            return NULL;
        }
        if (is) {
            g_ptr_array_add(menu, section);
            list->pdata[i] = NULL;
        }
    }
    return list == NULL ? NULL : g_steal_pointer(&menu);
}

static bool touch(Store *store, const char *language, const char *slug, GError **error)
{
    g_autofree char *input = g_strconcat("section:", language, "/", slug, NULL);
    return press_touch(store, input, error);
}

static bool touch_menu(Store *store, const char *language, GError **error)
{
    g_autofree char *input = g_strconcat("menu:", language, NULL);
    return press_touch(store, input, error);
}

typedef struct {
    const char *language, *slug, *name, *about;
    int64_t position;
    char *found;
    bool created, hidden;
} SectionChange;

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

static bool ensure_body(Store *store, void *data, GError **error)
{
    SectionChange *change = data;
    change->created = false;
    g_clear_pointer(&change->found, g_free);
    if (!find(desk_section_read(store, change->language, change->slug, error), 1, &change->found,
              error)) {
        return false;
    }
    if (change->found == NULL &&
        !find(desk_section_by_name(store, change->language, change->name, error), 0, &change->found,
              error)) {
        return false;
    }
    if (change->found != NULL) {
        return true;
    }
    change->found = g_strdup(change->slug);
    change->created = true;
    return desk_section_insert(store, change->language, change->slug, change->name, error) &&
           touch(store, change->language, change->slug, error);
}

bool section_ensure(Store *store, const char *language, const char *name, char **slug,
                    bool *created, GError **error)
{
    g_autofree char *made = NULL;
    if (!desk_name_slug("section", name, &made, error)) {
        return false;
    }
    SectionChange change = {.language = language, .slug = made, .name = name};
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

static bool rename_body(Store *store, void *data, GError **error)
{
    SectionChange *change = data;
    g_autoptr(Section) section = section_read(store, change->language, change->slug, error);
    if (section == NULL) {
        return false;
    }
    return strcmp(section->name, change->name) == 0 ||
           (desk_section_rename(store, change->language, change->slug, change->name, error) &&
            touch(store, change->language, change->slug, error) &&
            story_search_renamed(store, change->language, change->slug, error) &&
            touch_menu(store, change->language, error));
}

bool section_rename(Store *store, const char *language, const char *slug, const char *name,
                    GError **error)
{
    g_autofree char *made = NULL;
    if (!desk_name_slug("section", name, &made, error)) {
        return false;
    }
    SectionChange change = {.language = language, .slug = slug, .name = name};
    return store_transact(store, rename_body, &change, error);
}

static bool describe_body(Store *store, void *data, GError **error)
{
    const SectionChange *change = data;
    g_autoptr(Section) section = section_read(store, change->language, change->slug, error);
    return section != NULL &&
           (strcmp(section->about, change->about) == 0 ||
            (desk_section_describe(store, change->language, change->slug, change->about, error) &&
             touch(store, change->language, change->slug, error)));
}

bool section_describe(Store *store, const char *language, const char *slug, const char *about,
                      GError **error)
{
    SectionChange change = {.language = language, .slug = slug, .about = about};
    return desk_plain_text("text about the section", about, DESK_ABOUT, error) &&
           store_transact(store, describe_body, &change, error);
}

static bool hide_body(Store *store, void *data, GError **error)
{
    const SectionChange *change = data;
    g_autoptr(Section) section = section_read(store, change->language, change->slug, error);
    return section != NULL &&
           (section->hidden == change->hidden ||
            (desk_section_hide(store, change->language, change->slug, change->hidden, error) &&
             touch_menu(store, change->language, error)));
}

bool section_hide(Store *store, const char *language, const char *slug, bool hidden, GError **error)
{
    SectionChange change = {.language = language, .slug = slug, .hidden = hidden};
    return store_transact(store, hide_body, &change, error);
}

static bool place(Store *store, const Section *section, unsigned position, GError **error)
{
    return section->position == position ||
           desk_section_place(store, section->language, section->slug, position, error);
}

/* Numbers all sections anew with one of them at its new place. */
static bool move_body(Store *store, void *data, GError **error)
{
    SectionChange *change = data;
    g_autoptr(Section) moved = section_read(store, change->language, change->slug, error);
    g_autoptr(GPtrArray) list = moved == NULL ? NULL : section_list(store, change->language, error);
    if (list == NULL) {
        return false;
    }
    unsigned wanted = (unsigned)MIN(change->position, (int64_t)list->len);
    unsigned next = 1;
    for (unsigned i = 0; i < list->len; i++) {
        const Section *section = list->pdata[i];
        if (strcmp(section->slug, moved->slug) == 0) {
            continue;
        }
        next += next == wanted;
        if (!place(store, section, next++, error)) {
            return false;
        }
    }
    return place(store, moved, wanted, error) &&
           (moved->position == wanted || touch_menu(store, change->language, error));
}

bool section_move(Store *store, const char *language, const char *slug, int64_t position,
                  GError **error)
{
    if (position < 1) {
        return fail(error, KOLOKOL_ERROR_INVALID, "positions of sections begin with 1");
    }
    SectionChange change = {.language = language, .slug = slug, .position = position};
    return store_transact(store, move_body, &change, error);
}
