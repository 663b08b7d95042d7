/* Arranging a front: front_order.h. Each slot is written by front.c. */
#include "desk/front_order.h"

#include "base/error.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <string.h>

static char *slots_as_text(const GPtrArray *slots)
{
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i < slots->len; i++) {
        const FrontSlot *slot = slots->pdata[i];
        g_string_append_printf(text, "%u %" PRId64 " %s %" PRId64 "\n", slot->slot, slot->story,
                               slot->section == NULL ? "" : slot->section, slot->until);
    }
    return g_string_free(text, FALSE);
}

bool front_version(Store *store, const char *language, char version[FRONT_VERSION], GError **error)
{
    g_autoptr(GPtrArray) slots = front_slots(store, language, error);
    if (slots == NULL) {
        return false;
    }
    char hex[HASH_HEX];
    g_autofree char *text = slots_as_text(slots);
    Hash hash = hash_of(text, strlen(text));
    hash_hex(&hash, hex);
    g_strlcpy(version, hex, FRONT_VERSION);
    return true;
}

bool front_expect(Store *store, const char *language, const char *version, GError **error)
{
    char present[FRONT_VERSION];
    return front_version(store, language, present, error) &&
           (strcmp(present, version) == 0 ||
            fail(error, KOLOKOL_ERROR_CONFLICT,
                 "the front of \"%s\" was changed since the page was opened; nothing was done",
                 language));
}

/* What a slot is set to; all 0 and NULL: not set. */
typedef struct {
    int64_t story, until;
    const char *section;
} Setting;

/* The slots from 1 on as they are set, and as they shall be. */
typedef struct {
    Store *store;
    const char *language;
    GPtrArray *slots;
    Setting was[FRONT_SLOTS + 1], wanted[FRONT_SLOTS + 1];
} Order;

static void order_clear(Order *order)
{
    g_clear_pointer(&order->slots, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

static bool is_set(const Setting *setting)
{
    return setting->story != 0 || setting->section != NULL;
}

static bool order_read(Order *order, Store *store, const char *language, int64_t now,
                       GError **error)
{
    *order = (Order){.store = store, .language = language};
    order->slots = front_slots(store, language, error);
    for (unsigned i = 0; order->slots != NULL && i < order->slots->len; i++) {
        const FrontSlot *slot = order->slots->pdata[i];
        if (slot->slot >= 1 && slot->slot <= FRONT_SLOTS && slot->until > now) {
            order->was[slot->slot] = (Setting){slot->story, slot->until, slot->section};
        }
    }
    memcpy(order->wanted, order->was, sizeof order->was);
    return order->slots != NULL;
}

static bool same(const Setting *a, const Setting *b)
{
    return a->story == b->story && g_strcmp0(a->section, b->section) == 0 &&
           (!is_set(a) || a->until == b->until);
}

/* What is let go first, so that no story is held twice on the way. */
static bool order_write(const Order *order, GError **error)
{
    for (unsigned slot = 1; slot <= FRONT_SLOTS; slot++) {
        if (!is_set(&order->wanted[slot]) && is_set(&order->was[slot]) &&
            !front_clear(order->store, order->language, slot, error)) {
            return false;
        }
    }
    for (unsigned slot = 1; slot <= FRONT_SLOTS; slot++) {
        const Setting *wanted = &order->wanted[slot];
        if (!is_set(wanted) || same(wanted, &order->was[slot])) {
            continue;
        }
        bool done = wanted->section != NULL
                        ? front_set_section(order->store, order->language, slot, wanted->section,
                                            wanted->until, error)
                        : front_set_story(order->store, order->language, slot, wanted->story,
                                          wanted->until, error);
        if (!done) {
            return false;
        }
    }
    return true;
}

static bool slot_good(unsigned slot, GError **error)
{
    return (slot >= 1 && slot <= FRONT_SLOTS) ||
           fail(error, KOLOKOL_ERROR_INVALID, "there is no slot %u; they are 1 to %u", slot,
                FRONT_SLOTS);
}

bool front_move(Store *store, const char *language, unsigned from, int64_t story, unsigned to,
                int64_t now, GError **error)
{
    g_auto(Order) order = {0};
    if (!slot_good(from, error) || !slot_good(to, error) ||
        !order_read(&order, store, language, now, error)) {
        return false;
    }
    Setting moved =
        is_set(&order.was[from]) ? order.was[from] : (Setting){.story = story, .until = INT64_MAX};
    if (!is_set(&moved)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "slot %u is empty: there is nothing to move",
                    from);
    }
    for (unsigned slot = from; slot < to; slot++) {
        order.wanted[slot] = order.was[slot + 1];
    }
    for (unsigned slot = from; slot > to; slot--) {
        order.wanted[slot] = order.was[slot - 1];
    }
    order.wanted[to] = moved;
    return order_write(&order, error);
}

bool front_insert(Store *store, const char *language, unsigned slot, int64_t story, int64_t until,
                  int64_t now, GError **error)
{
    g_auto(Order) order = {0};
    if (!slot_good(slot, error) || !order_read(&order, store, language, now, error)) {
        return false;
    }
    Setting next = {.story = story, .until = until};
    for (unsigned each = 1; each <= FRONT_SLOTS; each++) { /* it leaves the place it had */
        if (order.wanted[each].story == story) {
            order.wanted[each] = (Setting){0};
        }
    }
    for (unsigned each = slot; each <= FRONT_SLOTS && is_set(&next); each++) {
        Setting pushed = order.wanted[each];
        order.wanted[each] = next;
        next = pushed;
    }
    return order_write(&order, error);
}
