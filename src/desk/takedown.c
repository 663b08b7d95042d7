/*
 * Taking down: takedown.h. Its first part, in the desk's own tables. That state, path, lists and
 * touches change is story_change.c's work, as with any other change.
 */
#include "desk/takedown.h"

#include "base/error.h"
#include "desk/address.h"
#include "desk/breaking.h"
#include "desk/erasure.h"
#include "desk/gone.h"
#include "desk/media.h"
#include "desk/media_crop.h"
#include "desk/name.h"
#include "desk/story_change.h"
#include "desk/takedown_reach.h"
#include "desk/variant.h"
#include "desk_erase_sql.h"
#include "desk_sql.h"
#include "edition/gone.h"
#include "press/press.h"
#include "seal/hash.h"
#include "staff/audit.h"
#include "staff/reading.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define REASON_MAX 2000u
#define PERSON_MAX 300u
#define PAGES_MOST 1000u /* of one story: it has a page, a text, and parts if it is live */

typedef struct {
    const DeskSite *site;
    const Takedown *how;
    char *path; /* the neutral one, or NULL */
    int64_t id, now;
    int64_t erasure;
    bool seen;      /* readers have known it, or will */
    char *external; /* before */
    TakedownReach reach;
    GPtrArray *hashes;   /* char *: of its pages in the edition */
    GPtrArray *pictures; /* char *: "picture 3", those that go with it */
    bool known;          /* the order was taken before */
} Order;

static void order_clear(Order *order)
{
    g_clear_pointer(&order->external, g_free);
    takedown_reach_clear(&order->reach);
    g_clear_pointer(&order->hashes, g_ptr_array_unref);
    g_clear_pointer(&order->pictures, g_ptr_array_unref);
}

/* ---- What there is ----------------------------------------------------------------------------
 */

static bool note_pages(Store *store, Order *order, GError **error)
{
    g_autofree char *input = g_strdup_printf("story:%" PRId64, order->id);
    order->hashes = press_pages_of(store, input, PAGES_MOST, error);
    return order->hashes != NULL;
}

/* ---- The story's row --------------------------------------------------------------------------
 */

static void set_text(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text);
}

static void set_none(char ***slugs)
{
    g_strfreev(*slugs);
    *slugs = g_new0(char *, 1);
}

static void empty(Story *story)
{
    set_text(&story->headline, strings_get(story->language, "takendown_heading"));
    char **const texts[] = {&story->standfirst, &story->agency, &story->caption, &story->credit,
                            &story->alt};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        set_text(texts[i], "");
    }
    set_text(&story->section, NULL);
    set_text(&story->slug, NULL);
    set_none(&story->topics);
    set_none(&story->authors);
    set_none(&story->reporting);
    story->withheld = false;
    story->photo = 0;
    story->format = STORY_MARKDOWN;
}

static bool take_down(StoryChange *change, void *data, GError **error)
{
    Order *order = data;
    Story *story = change->after;
    order->seen = story_goes_out(change->before) || change->before->state == STORY_WITHDRAWN ||
                  change->before->state == STORY_TAKEN_DOWN;
    order->external = g_strdup(change->before->external);
    if (!takedown_reach_read(change->store, story, &order->reach, error) ||
        !note_pages(change->store, order, error)) {
        return false;
    }
    empty(story);
    story->state = STORY_TAKEN_DOWN;
    set_text(&story->reason, order->how->reason);
    if (order->path != NULL && story->path != NULL) {
        set_text(&story->path, order->path);
    }
    change->body = "";
    change->editor = order->how->person;
    return true;
}

/* ---- The rest ---------------------------------------------------------------------------------
 */

static bool forget_texts(Store *store, const Order *order, GError **error)
{
    g_autoptr(Story) story = story_read(store, order->id, error);
    g_autofree char *external = order->external == NULL ? NULL : takedown_external(order->external);
    return story != NULL && desk_erase_revisions_forget(store, order->id, story->revision, error) &&
           desk_erase_live_forget(store, order->id, error) &&
           desk_erase_corrections_forget(store, order->id, error) &&
           desk_erase_workings_forget(store, order->id, error) &&
           desk_erase_comments_forget(store, order->id, error) &&
           desk_erase_withheld_floor(store, order->id, story->version, error) &&
           reading_end_of_story(store, order->id, order->now, error) &&
           desk_erase_photos_before_forget(store, order->id, error) &&
           (external == NULL ||
            desk_erase_story_forget_external(store, order->id, external, error));
}

static bool forget_breaking(Store *store, const Order *order, GError **error)
{
    g_autoptr(GPtrArray) languages = g_ptr_array_new_with_free_func(g_free);
    {
        g_autoptr(StoreRows) rows = desk_erase_breaking_of_story(store, order->id, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            g_ptr_array_add(languages, store_text_copy(rows, 0));
        }
        if (step != STORE_END) {
            return false;
        }
    }
    for (guint i = 0; i < languages->len; i++) {
        if (!breaking_clear(store, languages->pdata[i], error)) {
            return false;
        }
    }
    return true;
}

static bool tell_gone(Store *store, const Order *order, const char *hex, GError **error)
{
    g_autofree char *line = gone_line_object(hex);
    return !order->seen || desk_gone_line(store, order->now, line, error);
}

/* Paths are told to the departments that may have written them down, and forgotten here if there is
 * a neutral one. */
static bool forget_paths(Store *store, const Order *order, GError **error)
{
    for (guint i = 0; i < order->reach.paths->len; i++) {
        const char *path = order->reach.paths->pdata[i];
        if (!erasure_word_add(store, order->erasure, ERASURE_PATH, path, error)) {
            return false;
        }
        if (order->path != NULL && strcmp(path, order->path) != 0 &&
            !desk_gone_path(store, order->now, path, g_array_index(order->reach.months, int64_t, i),
                            order->seen, error)) {
            return false;
        }
    }
    return order->path == NULL || desk_erase_first_path_forget(store, order->id, error);
}

static bool forget_file(Store *store, const Order *order, const char *sha256, const char *file,
                        GError **error)
{
    return erasure_word_add(store, order->erasure, ERASURE_FILE, file, error) &&
           tell_gone(store, order, sha256, error);
}

static bool forget_picture(Store *store, const Order *order, int64_t id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Media) media = media_read(store, id, &reason);
    if (media == NULL) {
        bool absent = g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
        if (!absent) {
            g_propagate_error(error, g_steal_pointer(&reason));
        }
        return absent;
    }
    g_autoptr(GArray) variants = variant_list(store, id, error);
    g_autofree char *own = media_file(media);
    g_autofree char *whole = NULL; /* of one that was cut */
    if (variants == NULL || !forget_file(store, order, media->sha256, own, error) ||
        !media_crop_whole(store, id, &whole, error)) {
        return false;
    }
    if (whole != NULL) {
        g_autofree char *sha256 = g_strndup(whole + strlen("ab/"), HASH_HEX - 1);
        if (!forget_file(store, order, sha256, whole, error)) {
            return false;
        }
    }
    for (guint i = 0; i < variants->len; i++) {
        const Variant *variant = &g_array_index(variants, Variant, i);
        g_autofree char *file = variant_file(variant);
        if (!forget_file(store, order, variant->sha256, file, error)) {
            return false;
        }
    }
    return desk_variant_clear(store, id, error) && media_crop_forget(store, id, error) &&
           desk_erase_uploads_of_media(store, id, error) &&
           desk_erase_media_forget(store, id, error) && media_touch(store, id, error);
}

static bool forget_pictures(Store *store, const Order *order, GError **error)
{
    for (guint i = 0; i < order->reach.media->len; i++) {
        int64_t id = g_array_index(order->reach.media, int64_t, i);
        g_autoptr(GArray) users = media_usage(store, id, error);
        if (users == NULL || (users->len == 0 && !forget_picture(store, order, id, error))) {
            return false;
        }
        if (users->len == 0) {
            g_ptr_array_add(order->pictures, g_strdup_printf("picture %" PRId64, id));
        }
    }
    return true;
}

/* What the log says of pictures that went, as the names of their files; and of addresses, where
 * those are forgotten. */
static bool row_tells(const AuditRow *row, const void *data)
{
    const Order *order = data;
    const GPtrArray *paths = order->path == NULL ? NULL : order->reach.paths;
    if (*row->detail != '\0' &&
        g_ptr_array_find_with_equal_func(order->pictures, row->subject, g_str_equal, NULL)) {
        return true;
    }
    for (guint i = 0; paths != NULL && i < paths->len; i++) {
        const char *path = paths->pdata[i];
        if (strcmp(path, order->path) != 0 &&
            (strstr(row->subject, path) != NULL || strstr(row->detail, path) != NULL)) {
            return true;
        }
    }
    return false;
}

static bool tell_all(Store *store, const Order *order, GError **error)
{
    g_autofree char *before = gone_line_before(order->now);
    for (guint i = 0; i < order->hashes->len; i++) {
        if (!tell_gone(store, order, order->hashes->pdata[i], error)) {
            return false;
        }
    }
    return !order->seen || desk_gone_line(store, order->now, before, error);
}

static bool write_order(Store *store, Order *order, GError **error)
{
    Erasure erasure = {.kind = (char *)(uintptr_t)ERASURE_TAKEDOWN,
                       .story = order->id,
                       .instead = (char *)(uintptr_t) "",
                       .reason = (char *)(uintptr_t)order->how->reason,
                       .person = (char *)(uintptr_t)order->how->person,
                       .step = ERASURE_SPREAD,
                       .asked = order->now,
                       .once = (char *)(uintptr_t)order->how->once};
    return erasure_add(store, &erasure, &order->erasure, error);
}

static bool takedown_body(Store *store, void *data, GError **error)
{
    Order *order = data;
    order_clear(order);
    order->pictures = g_ptr_array_new_with_free_func(g_free);
    if (!erasure_known(store, order->how->once, &order->known, error) || order->known) {
        return order->known;
    }
    return story_change_run_any(store, order->site, order->id, order->now, take_down, order,
                                error) &&
           write_order(store, order, error) && forget_texts(store, order, error) &&
           forget_breaking(store, order, error) && forget_paths(store, order, error) &&
           forget_pictures(store, order, error) &&
           audit_erase(store, row_tells, order, order->now, error) && tell_all(store, order, error);
}

bool story_takedown(Store *store, const DeskSite *site, int64_t id, const Takedown *how,
                    int64_t now, GError **error)
{
    Order order = {.site = site, .how = how, .id = id, .now = now};
    if (!desk_plain_text("reason", how->reason, REASON_MAX, error) ||
        !desk_plain_text("person", how->person, PERSON_MAX, error)) {
        return false;
    }
    if (how->path != NULL) {
        order.path = address_given(site, how->path, error);
        if (order.path == NULL) {
            return false;
        }
    }
    bool done = store_transact(store, takedown_body, &order, error);
    order_clear(&order);
    g_free(order.path);
    return done;
}

char *takedown_external(const char *external)
{
    if (g_str_has_prefix(external, "sha256:")) {
        return g_strdup(external);
    }
    Hash hash = hash_of(external, strlen(external));
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strconcat("sha256:", hex, NULL);
}
