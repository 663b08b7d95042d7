/* The front: front.h. The page is made where the pages are. */
#include "desk/front.h"

#include "base/error.h"
#include "desk/story_list.h"
#include "desk_sql.h"
#include "press/press.h"

#include <inttypes.h>
#include <string.h>

static void slot_free(void *data)
{
    FrontSlot *slot = data;
    g_free(slot->section);
    g_free(slot);
}

static void input_free(void *data)
{
    FrontInput *input = data;
    g_free(input->input);
    g_free(input);
}

static void place_free(void *data)
{
    FrontPlace *place = data;
    story_card_free(place->card);
    g_free(place);
}

void front_free(Front *front)
{
    if (front != NULL) {
        g_ptr_array_unref(front->places);
        g_ptr_array_unref(front->inputs);
        g_free(front);
    }
}

GPtrArray *front_slots(Store *store, const char *language, GError **error)
{
    g_autoptr(StoreRows) rows = desk_front_slots(store, language, error);
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) slots = g_ptr_array_new_with_free_func(slot_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        FrontSlot *slot = g_new0(FrontSlot, 1);
        slot->slot = (unsigned)store_number(rows, 0);
        slot->story = store_number(rows, 1);
        slot->section = store_text_copy(rows, 2);
        slot->until = store_number(rows, 3);
        g_ptr_array_add(slots, slot);
    }
    return step == STORE_END ? g_steal_pointer(&slots) : NULL;
}

/* Work on one front. */
typedef struct {
    Store *store;
    const char *language;
    int64_t as_of;
    unsigned count;
    Front *front;
    const FrontSlot *set[FRONT_SLOTS + 1]; /* by slot, of those not ended */
    FrontPlace *placed[FRONT_SLOTS + 1];
    GPtrArray *newest; /* of StoryCard, NULL until needed */
} Work;

static void place(Work *work, unsigned slot, FrontOrigin origin, StoryCard *card)
{
    FrontPlace *made = g_new0(FrontPlace, 1);
    made->slot = slot;
    made->origin = origin;
    made->card = card;
    work->placed[slot] = made;
}

static bool shown(const Work *work, int64_t story)
{
    for (unsigned slot = 1; slot <= work->count; slot++) {
        if (work->placed[slot] != NULL && work->placed[slot]->card->id == story) {
            return true;
        }
    }
    return false;
}

static FrontInput *input_add(Work *work, char *name)
{
    FrontInput *input = g_new0(FrontInput, 1);
    input->input = name;
    g_ptr_array_add(work->front->inputs, input);
    return input;
}

/* The list's one record: a second read of it goes deeper. Takes the name. */
static FrontInput *list_input(Work *work, char *name)
{
    for (unsigned i = 0; i < work->front->inputs->len; i++) {
        FrontInput *input = work->front->inputs->pdata[i];
        if (strcmp(input->input, name) == 0) {
            g_free(name);
            return input;
        }
    }
    FrontInput *input = input_add(work, name);
    input->list = true;
    return input;
}

/* The card of a story that may be hidden: NULL then. */
static bool card_if_visible(Work *work, int64_t story, StoryCard **card, GError **error)
{
    g_autoptr(GError) why = NULL;
    StoryCard *found = story_card(work->store, story, work->as_of, &why);
    if (found == NULL && !g_error_matches(why, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    *card = found;
    return true;
}

static bool place_held(Work *work, GError **error)
{
    for (unsigned slot = 1; slot <= work->count; slot++) {
        const FrontSlot *set = work->set[slot];
        if (set == NULL || set->story == 0) {
            continue;
        }
        StoryCard *card = NULL;
        if (!card_if_visible(work, set->story, &card, error)) {
            return false;
        }
        input_add(work, g_strdup_printf("card:%" PRId64, set->story));
        if (card != NULL && !shown(work, card->id)) {
            place(work, slot, FRONT_HELD, card);
        } else {
            story_card_free(card);
        }
    }
    return true;
}

/* The first of a list that is not shown yet, taken out of it; what was read of the list is written
 * into `input`. */
static StoryCard *take_first(Work *work, GPtrArray *cards, FrontInput *input)
{
    for (unsigned i = 0; i < cards->len; i++) {
        StoryCard *card = cards->pdata[i];
        if (card == NULL || shown(work, card->id)) {
            continue;
        }
        input->full = true;
        input->published = card->published;
        input->id = card->id;
        cards->pdata[i] = NULL;
        return card;
    }
    input->full = false; /* read to its end in vain */
    return NULL;
}

static void card_or_null_free(void *card)
{
    story_card_free(card);
}

static bool place_section(Work *work, unsigned slot, GError **error)
{
    g_autoptr(GPtrArray) cards = NULL;
    FrontInput *input = list_input(
        work, g_strconcat("list:section/", work->language, "/", work->set[slot]->section, NULL));
    if (!story_list_read(work->store, input->input, work->as_of, work->count, &cards, error)) {
        return false;
    }
    g_ptr_array_set_free_func(cards, card_or_null_free);
    StoryCard *card = take_first(work, cards, input);
    if (card != NULL) {
        place(work, slot, FRONT_SECTION, card);
    }
    return true;
}

/* Of the newest `count` at least as many are not shown as slots are empty, unless the list is
 * shorter. */
static bool place_newest(Work *work, unsigned slot, FrontInput **input, GError **error)
{
    if (*input == NULL) {
        *input = list_input(work, g_strconcat("list:all/", work->language, NULL));
        if (!story_list_read(work->store, (*input)->input, work->as_of, work->count, &work->newest,
                             error)) {
            return false;
        }
        g_ptr_array_set_free_func(work->newest, card_or_null_free);
    }
    StoryCard *card = take_first(work, work->newest, *input);
    if (card != NULL) {
        place(work, slot, FRONT_NEWEST, card);
    }
    return true;
}

static bool fill(Work *work, GError **error)
{
    FrontInput *newest = NULL;
    input_add(work, g_strconcat("front:", work->language, NULL));
    if (!place_held(work, error)) {
        return false;
    }
    for (unsigned slot = 1; slot <= work->count; slot++) {
        const FrontSlot *set = work->set[slot];
        if (work->placed[slot] == NULL && set != NULL && set->section != NULL &&
            !place_section(work, slot, error)) {
            return false;
        }
        if (work->placed[slot] == NULL && !place_newest(work, slot, &newest, error)) {
            return false;
        }
    }
    return true;
}

/* Slots that hold at as_of, and when the next of them ends. */
static void take_set(Work *work, const GPtrArray *slots)
{
    for (unsigned i = 0; i < slots->len; i++) {
        const FrontSlot *slot = slots->pdata[i];
        if (slot->slot >= 1 && slot->slot <= work->count && slot->until > work->as_of) {
            work->set[slot->slot] = slot;
            work->front->boundary = MIN(work->front->boundary, slot->until);
        }
    }
}

Front *front_read(Store *store, const char *language, int64_t as_of, unsigned slots, GError **error)
{
    g_autoptr(Front) front = g_new0(Front, 1);
    front->places = g_ptr_array_new_with_free_func(place_free);
    front->inputs = g_ptr_array_new_with_free_func(input_free);
    front->boundary = INT64_MAX;
    g_autoptr(GPtrArray) set = front_slots(store, language, error);
    if (set == NULL) {
        return NULL;
    }
    Work work = {.store = store,
                 .language = language,
                 .as_of = as_of,
                 .count = MIN(slots, FRONT_SLOTS),
                 .front = front};
    take_set(&work, set);
    bool filled = fill(&work, error);
    for (unsigned slot = 1; slot <= work.count; slot++) {
        if (work.placed[slot] != NULL) {
            g_ptr_array_add(front->places, work.placed[slot]);
        }
    }
    g_clear_pointer(&work.newest, g_ptr_array_unref);
    return filled ? g_steal_pointer(&front) : NULL;
}

typedef struct {
    const char *language, *section;
    unsigned slot;
    int64_t story, until;
} Order;

static bool touch(Store *store, const char *language, GError **error)
{
    g_autofree char *input = g_strconcat("front:", language, NULL);
    return press_touch(store, input, error);
}

static bool order_ok(Store *store, const Order *order, GError **error)
{
    if (order->slot < 1 || order->slot > FRONT_SLOTS) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no slot %u; they are 1 to %u",
                    order->slot, FRONT_SLOTS);
    }
    if (order->section != NULL) {
        g_autoptr(StoreRows) rows =
            desk_section_read(store, order->language, order->section, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        return step == STORE_ROW ||
               (step == STORE_END && fail(error, KOLOKOL_ERROR_NOT_FOUND,
                                          "there is no section \"%s\" in the language \"%s\"",
                                          order->section, order->language));
    }
    g_autoptr(Story) story = story_read(store, order->story, error);
    if (story == NULL) {
        return false;
    }
    if (strcmp(story->language, order->language) != 0 || story->kind == STORY_KIND_PAGE) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "story %" PRId64 " is a %s in \"%s\" and cannot stand on the front of \"%s\"",
                    story->id, story_kind_name(story->kind), story->language, order->language);
    }
    return true;
}

static bool set_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    if (!order_ok(store, order, error)) {
        return false;
    }
    g_autoptr(GPtrArray) slots = front_slots(store, order->language, error);
    if (slots == NULL) {
        return false;
    }
    for (unsigned i = 0; i < slots->len; i++) {
        const FrontSlot *slot = slots->pdata[i];
        if (slot->slot == order->slot && slot->story == order->story &&
            slot->until == order->until && g_strcmp0(slot->section, order->section) == 0) {
            return true;
        }
    }
    return (order->story == 0 ||
            desk_front_release(store, order->language, order->story, order->slot, error)) &&
           desk_front_put(store, order->language, order->slot,
                          order->story != 0 ? &order->story : NULL, order->section, order->until,
                          error) &&
           touch(store, order->language, error);
}

bool front_set_story(Store *store, const char *language, unsigned slot, int64_t story,
                     int64_t until, GError **error)
{
    Order order = {.language = language, .slot = slot, .story = story, .until = until};
    return store_transact(store, set_body, &order, error);
}

bool front_set_section(Store *store, const char *language, unsigned slot, const char *section,
                       int64_t until, GError **error)
{
    Order order = {.language = language, .slot = slot, .section = section, .until = until};
    return store_transact(store, set_body, &order, error);
}

static bool clear_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    int64_t changed = 0;
    return desk_front_delete_counted(store, order->language, order->slot, &changed, error) &&
           (changed == 0 || touch(store, order->language, error));
}

bool front_clear(Store *store, const char *language, unsigned slot, GError **error)
{
    Order order = {.language = language, .slot = slot};
    return store_transact(store, clear_body, &order, error);
}
