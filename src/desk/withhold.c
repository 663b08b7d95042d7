/* Orders to withhold a name: withhold.h. One story is story_withhold.c. */
#include "desk/withhold.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/author_merge.h"
#include "desk/breaking.h"
#include "desk/erasure.h"
#include "desk/gone.h"
#include "desk/name.h"
#include "desk/topic.h"
#include "desk/topic_merge.h"
#include "desk/withhold_elsewhere.h"
#include "desk_erase_sql.h"
#include "edition/gone.h"
#include "jobs/wake.h"
#include "press/press.h"
#include "text/replace.h"

#include <string.h>

#define SPELLING_LEAST 3u
#define REASON_MAX     2000u
#define AT_ONCE        50u
#define AUTHOR         "author" /* kinds of words of an erasure: "en/slug" */
#define TOPIC          "topic"

typedef StoreRows *(*Named)(Store *store, const char *name, GError **error);

typedef struct {
    const DeskSite *site;
    const Withhold *how;
    int64_t now, erasure;
    GPtrArray *names, *authors, *topics;
} Order;

static void order_clear(Order *order)
{
    g_clear_pointer(&order->names, g_ptr_array_unref);
    g_clear_pointer(&order->authors, g_ptr_array_unref);
    g_clear_pointer(&order->topics, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

static GPtrArray *spellings_of(const Withhold *how)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *const *name = how->spellings; *name != NULL; name++) {
        g_ptr_array_add(names, g_strdup(*name));
    }
    return names;
}

static bool has_name(const GPtrArray *names, const char *text)
{
    g_autofree char *other = text_replace_words(text, names, "-", NULL);
    return other != NULL;
}

static bool check(const Withhold *how, const GPtrArray *names, GError **error)
{
    if (names->len == 0 || names->len > WITHHOLD_SPELLINGS) {
        return fail(error, KOLOKOL_ERROR_INVALID, "give 1 to %u spellings of the name",
                    WITHHOLD_SPELLINGS);
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (!desk_plain_text("name", name, DESK_NAME, error)) {
            return false;
        }
        if (strlen(name) < SPELLING_LEAST) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "\"%s\" is too short to be looked for; give the name as it is written",
                        name);
        }
    }
    if (!desk_plain_text("replacement", how->instead, DESK_NAME, error) ||
        !desk_plain_text("reason", how->reason, REASON_MAX, error)) {
        return false;
    }
    return (!has_name(names, how->instead) && !has_name(names, how->reason)) ||
           fail(error, KOLOKOL_ERROR_INVALID,
                "the replacement and the reason must not have the name itself");
}

/* "en/slug" of each record that has one of the names. */
static GPtrArray *records_named(Store *store, const GPtrArray *names, Named named, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < names->len; i++) {
        g_autoptr(StoreRows) rows = named(store, names->pdata[i], error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            g_ptr_array_add(all, g_strconcat(store_text(rows, 0), "/", store_text(rows, 1), NULL));
        }
        if (step != STORE_END) {
            return NULL;
        }
    }
    return g_steal_pointer(&all);
}

static bool find_records(Store *store, Order *order, GError **error)
{
    g_clear_pointer(&order->authors, g_ptr_array_unref);
    g_clear_pointer(&order->topics, g_ptr_array_unref);
    order->authors = records_named(store, order->names, desk_erase_author_named, error);
    order->topics = order->authors == NULL
                        ? NULL
                        : records_named(store, order->names, desk_erase_topic_named, error);
    return order->topics != NULL;
}

static WithheldName name_of(const Order *order)
{
    return (WithheldName){order->names, order->authors, order->topics, order->how->instead};
}

/* ---- The order --------------------------------------------------------------------------------
 */

static bool keep_words(Store *store, int64_t erasure, const char *kind, const GPtrArray *words,
                       GError **error)
{
    for (guint i = 0; i < words->len; i++) {
        if (!erasure_word_add(store, erasure, kind, words->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

/* From now on pages show the record without the name, until no story has it. */
static bool hide_author(Store *store, const Order *order, const char *key, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(key, "/", 2);
    WithheldName name = name_of(order);
    return author_rename(store, parts[0], parts[1], withheld_instead(&name, parts[0]), error) &&
           author_describe(store, parts[0], parts[1], "", error);
}

static bool hide_breaking(Store *store, const Order *order, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    {
        g_autoptr(StoreRows) rows = desk_erase_breaking_all(store, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            if (has_name(order->names, store_text(rows, 1))) {
                g_ptr_array_add(lines, store_text_copy(rows, 0));
            }
        }
        if (step != STORE_END) {
            return false;
        }
    }
    for (guint i = 0; i < lines->len; i++) { /* a line of 300 bytes has no room to be rewritten */
        if (!breaking_clear(store, lines->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

/* Who goes through the stories if the orderer does not. */
static void wake(Store *store, void *data)
{
    jobs_wake_all(store, "slow");
}

/* What was merged, of the name or into one of that name; found by the name, so before that is
 * replaced or hidden. */
static bool forget_merged(Store *store, const Order *order, GError **error)
{
    for (guint i = 0; i < order->names->len; i++) {
        const char *name = order->names->pdata[i];
        if (!name_merge_erase(store, &topic_merging, order->site, name, order->now, error) ||
            !name_merge_erase(store, &author_merging, order->site, name, order->now, error)) {
            return false;
        }
    }
    return true;
}

static bool order_body(Store *store, void *data, GError **error)
{
    Order *order = data;
    const Withhold *how = order->how;
    Erasure erasure = {.kind = (char *)(uintptr_t)ERASURE_WITHHOLD,
                       .instead = (char *)(uintptr_t)how->instead,
                       .reason = (char *)(uintptr_t)how->reason,
                       .person = (char *)(uintptr_t)how->person,
                       .step = ERASURE_STORIES,
                       .asked = order->now,
                       .once = (char *)(uintptr_t)how->once};
    bool known = false;
    if (!erasure_known(store, how->once, &known, error) || known) {
        return known;
    }
    if (!find_records(store, order, error) ||
        !erasure_add(store, &erasure, &order->erasure, error) ||
        !keep_words(store, order->erasure, ERASURE_NAME, order->names, error) ||
        !keep_words(store, order->erasure, AUTHOR, order->authors, error) ||
        !keep_words(store, order->erasure, TOPIC, order->topics, error)) {
        return false;
    }
    if (!forget_merged(store, order, error)) {
        return false;
    }
    for (guint i = 0; i < order->authors->len; i++) {
        if (!hide_author(store, order, order->authors->pdata[i], error)) {
            return false;
        }
    }
    store_after_commit(store, wake, NULL);
    return hide_breaking(store, order, error);
}

bool withhold_name(Store *store, const DeskSite *site, const Withhold *how, int64_t now,
                   GError **error)
{
    g_auto(Order) order = {.site = site, .how = how, .now = now, .names = spellings_of(how)};
    return check(how, order.names, error) && store_transact(store, order_body, &order, error);
}

/* ---- Part by part -----------------------------------------------------------------------------
 */

/* The record and its page, in whatever state its stories left it. */
static bool forget_record(Store *store, const Order *order, const char *class_name, const char *key,
                          GError **error)
{
    g_auto(GStrv) parts = g_strsplit(key, "/", 2);
    bool first = strcmp(parts[0], desk_site_first_language(order->site)) == 0;
    bool author = strcmp(class_name, AUTHOR) == 0;
    g_autofree char *path = g_strconcat(first ? "" : parts[0], first ? "" : "/", class_name, "/",
                                        parts[1], "/index.html", NULL);
    g_autofree char *line = gone_line_path(path);
    g_autofree char *input = g_strconcat(class_name, ":", key, NULL);
    g_autofree char *list = g_strconcat(class_name, "/", key, NULL);
    return desk_erase_count_forget(store, list, error) &&
           (author ? desk_erase_author_forget(store, parts[0], parts[1], error)
                   : desk_erase_topic_forget(store, parts[0], parts[1], error)) &&
           desk_gone_line(store, order->now, line, error) && press_touch(store, input, error);
}

static bool forget_records(Store *store, const Order *order, const char *class_name,
                           const GPtrArray *keys, GError **error)
{
    for (guint i = 0; i < keys->len; i++) {
        if (!forget_record(store, order, class_name, keys->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

/* No story is left. */
static bool finish_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    g_autofree char *before = gone_line_before(order->now);
    return forget_records(store, order, AUTHOR, order->authors, error) &&
           forget_records(store, order, TOPIC, order->topics, error) &&
           desk_gone_line(store, order->now, before, error) &&
           erasure_advance(store, order->erasure, ERASURE_SPREAD, order->now, error);
}

/* What is not a story, at the beginning. Merged names first, which are found by a name that is
 * replaced then. Done again after a stop, which finds nothing. */
static bool begin_body(Store *store, void *data, GError **error)
{
    return forget_merged(store, data, error);
}

static bool begin(Store *store, const Order *order, GError **error)
{
    WithheldName name = name_of(order);
    return store_transact(store, begin_body, (void *)(uintptr_t)order, error) &&
           withhold_elsewhere_replace(store, order->site, &name, order->now, error);
}

static bool go_on(Store *store, const Order *order, int64_t reached, unsigned *changed,
                  GError **error)
{
    WithheldName name = name_of(order);
    g_autoptr(GArray) ids = story_ids_after(store, reached, AT_ONCE, error);
    if (ids == NULL || (reached == 0 && !begin(store, order, error))) {
        return false;
    }
    if (ids->len == 0) { /* what a form that was open brought back meanwhile goes too */
        return withhold_elsewhere_replace(store, order->site, &name, order->now, error) &&
               store_transact(store, finish_body, (void *)(uintptr_t)order, error);
    }
    for (guint i = 0; i < ids->len; i++) {
        unsigned found = 0;
        reached = g_array_index(ids, int64_t, i);
        if (!story_withhold(store, order->site, reached, &name, order->now, &found, error)) {
            g_prefix_error(error, "story %" G_GINT64_FORMAT ": ", reached);
            return false;
        }
        *changed += found > 0;
    }
    return desk_erase_reach(store, order->erasure, reached, error);
}

bool withhold_step(Store *store, const DeskSite *site, int64_t now, bool *more, unsigned *changed,
                   GError **error)
{
    unsigned unasked = 0;
    g_autoptr(GPtrArray) open = erasure_at(store, ERASURE_STORIES, error);
    if (open == NULL || open->len == 0) {
        *more = false;
        return open != NULL;
    }
    const Erasure *erasure = open->pdata[0];
    Withhold how = {.instead = erasure->instead};
    g_auto(Order) order = {.site = site, .how = &how, .now = now, .erasure = erasure->id};
    order.names = erasure_words(store, erasure->id, ERASURE_NAME, error);
    order.authors = order.names == NULL ? NULL : erasure_words(store, erasure->id, AUTHOR, error);
    order.topics = order.authors == NULL ? NULL : erasure_words(store, erasure->id, TOPIC, error);
    *more = true;
    return order.topics != NULL &&
           go_on(store, &order, erasure->reached, changed == NULL ? &unasked : changed, error);
}

static bool look_at(Store *store, int64_t id, const WithheldName *name, WithholdTaker take,
                    void *data, GError **error)
{
    unsigned found = 0;
    g_autoptr(Story) story = story_read(store, id, error);
    return story != NULL && story_withheld_count(store, id, name, &found, error) &&
           (found == 0 || take(story, found, data, error));
}

static bool look_further(Store *store, const Order *order, WithholdLook *look, WithholdTaker take,
                         void *data, GError **error)
{
    WithheldName name = name_of(order);
    for (unsigned looked = 0; looked < look->most;) {
        g_autoptr(GArray) ids =
            story_ids_after(store, look->after, MIN(AT_ONCE, look->most - looked), error);
        if (ids == NULL || ids->len == 0) {
            look->more = false;
            return ids != NULL;
        }
        for (guint i = 0; i < ids->len; i++) {
            if (!look_at(store, g_array_index(ids, int64_t, i), &name, take, data, error)) {
                return false;
            }
        }
        look->after = g_array_index(ids, int64_t, ids->len - 1);
        looked += ids->len;
    }
    look->more = true;
    return true;
}

bool withhold_look(Store *store, const Withhold *how, WithholdLook *look, WithholdTaker take,
                   void *data, GError **error)
{
    g_auto(Order) order = {.how = how, .names = spellings_of(how)};
    return check(how, order.names, error) && find_records(store, &order, error) &&
           look_further(store, &order, look, take, data, error);
}

bool withhold_try(Store *store, const Withhold *how, WithholdTaker take, void *data, GError **error)
{
    WithholdLook look = {.most = UINT_MAX};
    return withhold_look(store, how, &look, take, data, error);
}

bool withhold_places(Store *store, const Withhold *how, WithholdPlaceTaker take, void *data,
                     GError **error)
{
    g_autoptr(GPtrArray) names = spellings_of(how);
    return check(how, names, error) && withhold_elsewhere(store, names, take, data, error);
}
