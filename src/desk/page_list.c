/* The order of pages: page_list.h. The foot is made where the pages are (src/paper). */
#include "desk/page_list.h"

#include "base/error.h"
#include "desk/story_list.h"
#include "desk_page_sql.h"
#include "press/press.h"

#include <string.h>

static void page_row_free(void *data)
{
    PageRow *row = data;
    g_free(row->headline);
    g_free(row->path);
    g_free(row);
}

GPtrArray *page_list(Store *store, const char *language, GError **error)
{
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func(page_row_free);
    g_autoptr(StoreRows) rows = desk_page_list(store, language, PAGE_MOST, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        PageRow *row = g_new0(PageRow, 1);
        row->id = store_number(rows, 0);
        row->headline = store_text_copy(rows, 1);
        story_state_parse(store_text(rows, 2), &row->state);
        row->path = store_text_copy(rows, 3);
        row->changed = store_number(rows, 4);
        row->position = store_number(rows, 5);
        row->hidden = store_number(rows, 6) != 0;
        g_ptr_array_add(pages, row);
    }
    return step == STORE_END ? g_steal_pointer(&pages) : NULL;
}

/* ---- The foot ------------------------------------------------------------------------------- */

typedef struct {
    int64_t story;
    bool hidden;
} Place;

static GArray *read_places(Store *store, const char *language, GError **error)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));
    g_autoptr(StoreRows) rows = desk_page_places(store, language, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Place place = {store_number(rows, 0), store_number(rows, 2) != 0};
        g_array_append_val(places, place);
    }
    return step == STORE_END ? g_steal_pointer(&places) : NULL;
}

/* Moves the card of that story from one array to the other, unless that is full. */
static void take(GPtrArray *from, GPtrArray *to, int64_t story, bool hidden)
{
    for (guint i = 0; i < from->len; i++) {
        if (((const StoryCard *)from->pdata[i])->id == story) {
            StoryCard *card = g_ptr_array_steal_index(from, i);
            if (hidden || to->len == PAGE_MENU) {
                story_card_free(card);
            } else {
                g_ptr_array_add(to, card);
            }
            return;
        }
    }
}

GPtrArray *page_menu(Store *store, const char *language, int64_t as_of, GError **error)
{
    g_autofree char *list = g_strconcat("list:pages/", language, NULL);
    g_autoptr(GPtrArray) cards = NULL;
    g_autoptr(GArray) places = read_places(store, language, error);
    if (places == NULL || !story_list_read(store, list, as_of, PAGE_MOST, &cards, error)) {
        return NULL;
    }
    GPtrArray *menu = g_ptr_array_new_with_free_func((GDestroyNotify)story_card_free);
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        take(cards, menu, place->story, place->hidden);
    }
    /* The list has the newest first, the foot the oldest. */
    while (cards->len > 0) {
        take(cards, menu, ((const StoryCard *)cards->pdata[cards->len - 1])->id, false);
    }
    return menu;
}

/* ---- Changes -------------------------------------------------------------------------------- */

typedef struct {
    const char *language;
    int64_t id, position;
    bool hides, hidden;
} Change;

static bool put(Store *store, const char *language, const PageRow *row, int64_t position,
                bool hidden, GError **error)
{
    return (row->position == position && row->hidden == hidden) ||
           desk_page_put(store, language, row->id, position, hidden, error);
}

static const PageRow *row_of(const GPtrArray *pages, int64_t id)
{
    for (guint i = 0; i < pages->len; i++) {
        const PageRow *row = pages->pdata[i];
        if (row->id == id) {
            return row;
        }
    }
    return NULL;
}

/* Numbers all of them anew, the one at its new place. */
static bool change_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autoptr(GPtrArray) pages = page_list(store, change->language, error);
    const PageRow *moved = pages == NULL ? NULL : row_of(pages, change->id);
    g_autofree char *menu = g_strconcat("menu:", change->language, NULL);
    unsigned next = 1, at = 1;
    if (pages == NULL) {
        return false;
    }
    if (moved == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such page in %s",
                    change->language);
    }
    while (pages->pdata[at - 1] != moved) {
        at++;
    }
    unsigned wanted = change->hides ? at : (unsigned)MIN(change->position, (int64_t)pages->len);
    for (guint i = 0; i < pages->len; i++) {
        const PageRow *row = pages->pdata[i];
        if (row == moved) {
            continue;
        }
        next += next == wanted;
        if (!put(store, change->language, row, next++, row->hidden, error)) {
            return false;
        }
    }
    return put(store, change->language, moved, wanted,
               change->hides ? change->hidden : moved->hidden, error) &&
           press_touch(store, menu, error);
}

bool page_move(Store *store, const char *language, int64_t id, int64_t position, GError **error)
{
    Change change = {.language = language, .id = id, .position = position};
    if (position < 1) {
        return fail(error, KOLOKOL_ERROR_INVALID, "positions of pages begin with 1");
    }
    return store_transact(store, change_body, &change, error);
}

bool page_hide(Store *store, const char *language, int64_t id, bool hidden, GError **error)
{
    Change change = {.language = language, .id = id, .hides = true, .hidden = hidden};
    return store_transact(store, change_body, &change, error);
}
