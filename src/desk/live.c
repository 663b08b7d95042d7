/* Entries of live stories: live.h. Splitting a long one into pages is done where the pages are. */
#include "desk/live.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/checklist.h"
#include "desk/media.h"
#include "desk/name.h"
#include "desk/story_change.h"
#include "desk/story_input.h"
#include "desk_sql.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <string.h>

void live_entry_free(LiveEntry *entry)
{
    if (entry != NULL) {
        g_free(entry->anchor);
        g_free(entry->headline);
        g_free(entry->body);
        g_free(entry);
    }
}

static LiveEntry *entry_of_row(StoreRows *rows, GError **error)
{
    StoryFormat format = STORY_MARKDOWN;
    if (!story_format_parse(store_text(rows, 6), &format)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "entry %" PRId64 " has an unknown format",
             store_number(rows, 0));
        return NULL;
    }
    LiveEntry *entry = g_new0(LiveEntry, 1);
    entry->id = store_number(rows, 0);
    entry->story = store_number(rows, 1);
    entry->time = store_number(rows, 2);
    entry->anchor = g_strdup_printf("e%" PRId64, store_number(rows, 3));
    entry->headline = store_text_copy(rows, 4);
    entry->body = store_text_copy(rows, 5);
    entry->format = format;
    entry->removed = store_number(rows, 7) != 0;
    entry->person = store_number(rows, 8);
    entry->serial = store_number(rows, 9);
    entry->waiting = store_number(rows, 10) != 0;
    return entry;
}

LiveEntry *live_read(Store *store, int64_t id, GError **error)
{
    g_autoptr(StoreRows) rows = desk_live_read(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no live entry %" PRId64, id);
    }
    return step == STORE_ROW ? entry_of_row(rows, error) : NULL;
}

/* Takes the rows. */
static GPtrArray *entries_of(StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)live_entry_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        LiveEntry *entry = entry_of_row(rows, error);
        if (entry == NULL) {
            return NULL;
        }
        g_ptr_array_add(list, entry);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

GPtrArray *live_list(Store *store, int64_t story, GError **error)
{
    return entries_of(desk_live_list(store, story, error), error);
}

GPtrArray *live_pictured(Store *store, int64_t story, GError **error)
{
    return entries_of(desk_live_pictured(store, story, error), error);
}

GPtrArray *live_page(Store *store, int64_t story, bool removed, const LiveEntry *after,
                     unsigned most, GError **error)
{
    int64_t moment = after == NULL ? INT64_MAX : after->time;
    int64_t id = after == NULL ? INT64_MAX : after->id;
    return entries_of(desk_live_all(store, story, removed, moment, id, most, error), error);
}

/* A change of what readers see changes the story, but makes no revision. */
static void story_changed(StoryChange *change)
{
    change->after->version++;
    if (story_visible(change->after, change->now)) {
        change->after->updated = change->now;
    }
}

/* ---- Entering ------------------------------------------------------------------------------- */

typedef struct {
    const LiveNew *given;
    const char *headline; /* one line */
    int64_t id;
    bool fresh;
} Entering;

/* All there are, removed ones too: they keep their anchors. */
static bool entries_count(Store *store, int64_t story, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = desk_live_count(store, story, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *count = store_number(rows, 0);
    return true;
}

/* *id stays as it is if no entry was sent under that key. */
static bool by_key(Store *store, int64_t story, const char *key, const char *digest, int64_t *id,
                   GError **error)
{
    g_autoptr(StoreRows) rows = *key == '\0' ? NULL : desk_live_by_key(store, story, key, error);
    if (rows == NULL) {
        return *key == '\0';
    }
    StoreStep step = store_rows_next(rows, error);
    if (step != STORE_ROW) {
        return step == STORE_END;
    }
    const char *sent = store_text(rows, 1);
    *id = store_number(rows, 0);
    return *sent == '\0' || strcmp(sent, digest) == 0 ||
           fail(error, KOLOKOL_ERROR_CONFLICT,
                "entry %" PRId64 " was sent under this key with other words; these are not "
                "entered: send them under a key of their own",
                *id);
}

/* The pictures in an entry, for their usage lists. */
static bool write_use(Store *store, int64_t entry, const char *body, GError **error)
{
    g_autoptr(GArray) used = media_in_body(body);
    if (!desk_live_use_clear(store, entry, error)) {
        return false;
    }
    for (guint i = 0; i < used->len; i++) {
        if (!desk_live_use_insert(store, g_array_index(used, int64_t, i), entry, error)) {
            return false;
        }
    }
    return true;
}

static bool add(StoryChange *change, void *data, GError **error)
{
    Entering *work = data;
    const LiveNew *given = work->given;
    const Story *story = change->after;
    const char *const texts[] = {work->headline, given->body, NULL};
    int64_t count = 0;
    work->id = 0;
    g_autofree char *digest = *given->key == '\0' ? g_strdup("") : hash_mark(texts);
    if (!by_key(change->store, story->id, given->key, digest, &work->id, error)) {
        return false;
    }
    work->fresh = work->id == 0;
    if (!work->fresh) {
        return true;
    }
    if (story->kind != STORY_KIND_LIVE) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "story %" PRId64 " is no live story; change its kind first", story->id);
    }
    if (!entries_count(change->store, story->id, &count, error)) {
        return false;
    }
    if (count >= LIVE_ENTRIES) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "story %" PRId64 " has %u entries already; begin another live story", story->id,
                    LIVE_ENTRIES);
    }
    /* An import, which nobody writes, is not asked (checklist.h). */
    CheckedText text = {.body = given->body, .format = given->format};
    if (story_goes_out(story) && !given->waiting && given->person != 0 &&
        !checklist_pictures(change->store, &text, NULL, error)) {
        return false;
    }
    if (!given->waiting) {
        story_changed(change);
    }
    return store_next_id(change->store, "live", &work->id, error) &&
           desk_live_insert(change->store, work->id, story->id, given->time, count + 1,
                            work->headline, given->body, story_format_name(given->format),
                            given->person, given->key, given->waiting, digest, error) &&
           write_use(change->store, work->id, given->body, error);
}

static bool texts_ok(const char *headline, const char *body, StoryFormat format, GError **error)
{
    return (headline == NULL || desk_plain_text("headline", headline, LIMIT_TITLE, error)) &&
           (body == NULL || (desk_plain_text("entry", body, LIVE_BODY, error) &&
                             story_input_check_body(body, format, error)));
}

static bool run_add(Store *store, const DeskSite *site, int64_t story, Entering *work, int64_t now,
                    int64_t *id, GError **error)
{
    g_autofree char *line = desk_one_line(work->given->headline);
    work->headline = line;
    if (!texts_ok(line, work->given->body, work->given->format, error) ||
        !story_change_run(store, site, story, now, add, work, error)) {
        return false;
    }
    if (id != NULL) {
        *id = work->id;
    }
    return true;
}

bool live_add(Store *store, const DeskSite *site, int64_t story, int64_t time, const char *headline,
              const char *body, StoryFormat format, int64_t now, int64_t *id, GError **error)
{
    LiveNew given = {.time = time, .headline = headline, .body = body, .format = format, .key = ""};
    Entering work = {.given = &given};
    return run_add(store, site, story, &work, now, id, error);
}

/* Something to read, in the headline or below it. */
static bool says_something(const char *headline, const char *body, GError **error)
{
    g_autofree char *both = g_strstrip(g_strconcat(headline, " ", body, NULL));
    return *both != '\0' || fail(error, KOLOKOL_ERROR_INVALID, "the entry has no text; write one");
}

bool live_enter(Store *store, const DeskSite *site, int64_t story, const LiveNew *given,
                int64_t now, int64_t *id, bool *fresh, GError **error)
{
    Entering work = {.given = given};
    if (!says_something(given->headline, given->body, error) ||
        !desk_plain_text("key", given->key, LIVE_KEY, error) ||
        !run_add(store, site, story, &work, now, id, error)) {
        return false;
    }
    if (fresh != NULL) {
        *fresh = work.fresh;
    }
    return true;
}

/* ---- Changing ------------------------------------------------------------------------------- */

typedef struct {
    int64_t id;
    LiveChange wanted;         /* its headline one line */
    const StoryFormat *format; /* NULL: unchanged */
} Changing;

static bool same(const LiveEntry *a, const LiveEntry *b)
{
    return a->time == b->time && strcmp(a->headline, b->headline) == 0 &&
           strcmp(a->body, b->body) == 0 && a->format == b->format && a->removed == b->removed &&
           a->waiting == b->waiting;
}

/* What it becomes; its texts are borrowed. */
static LiveEntry entry_after(const LiveEntry *old, const Changing *work)
{
    const LiveChange *wanted = &work->wanted;
    LiveEntry new = *old;
    new.time = wanted->time != 0 ? wanted->time : old->time;
    new.removed = (old->removed && !wanted->restore) || wanted->remove;
    new.waiting = old->waiting && !wanted->release;
    if (wanted->headline != NULL) {
        new.headline = (char *)(uintptr_t)wanted->headline;
    }
    if (wanted->body != NULL) {
        new.body = (char *)(uintptr_t)wanted->body;
        new.format = work->format != NULL ? *work->format : old->format;
    }
    return new;
}

static bool seen_by_readers(const LiveEntry *entry)
{
    return !entry->removed && !entry->waiting;
}

/* What readers get is asked for its pictures' words; what an import brought is when somebody writes
 * it anew, because later nobody is (checklist.h). What it lacked before it may lack still. */
static bool pictures_said(const StoryChange *change, const LiveEntry *old, const LiveEntry *new,
                          GError **error)
{
    bool import = old->person == 0;
    bool shown = story_goes_out(change->after) && seen_by_readers(new);
    bool rewritten = import && strcmp(old->body, new->body) != 0;
    CheckedText text = {.body = new->body, .format = new->format};
    CheckedText before = {.body = old->body, .format = old->format};
    return (!shown && !rewritten) ||
           checklist_pictures(change->store, &text, import || seen_by_readers(old) ? &before : NULL,
                              error);
}

static bool edit(StoryChange *change, void *data, GError **error)
{
    const Changing *work = data;
    g_autoptr(LiveEntry) old = live_read(change->store, work->id, error);
    if (old == NULL) {
        return false;
    }
    LiveEntry new = entry_after(old, work);
    if (same(old, &new)) {
        return true;
    }
    if (work->wanted.seen != 0 && work->wanted.seen != old->serial) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "somebody else has changed entry %" PRId64 " in the meantime", old->id);
    }
    if (work->format == NULL && !pictures_said(change, old, &new, error)) {
        return false;
    }
    if (seen_by_readers(old) || seen_by_readers(&new)) {
        story_changed(change);
    }
    return desk_live_update(change->store, old->id, new.time, new.headline, new.body,
                            story_format_name(new.format), new.removed, new.waiting, error) &&
           write_use(change->store, old->id, new.body, error);
}

static bool run_edit(Store *store, const DeskSite *site, Changing *work, int64_t now,
                     GError **error)
{
    g_autoptr(LiveEntry) entry = live_read(store, work->id, error);
    return entry != NULL && story_change_run(store, site, entry->story, now, edit, work, error);
}

bool live_edit(Store *store, const DeskSite *site, int64_t id, const char *headline,
               const char *body, StoryFormat format, int64_t now, GError **error)
{
    g_autofree char *line = desk_one_line(headline);
    Changing work = {
        .id = id, .wanted = {.headline = line, .body = body, .restore = true}, .format = &format};
    return texts_ok(line, body, format, error) && run_edit(store, site, &work, now, error);
}

bool live_remove(Store *store, const DeskSite *site, int64_t id, int64_t now, GError **error)
{
    Changing work = {.id = id, .wanted = {.remove = true}};
    return run_edit(store, site, &work, now, error);
}

bool live_change(Store *store, const DeskSite *site, int64_t id, const LiveChange *wanted,
                 int64_t now, GError **error)
{
    g_autofree char *line = wanted->headline == NULL ? NULL : desk_one_line(wanted->headline);
    Changing work = {.id = id, .wanted = *wanted};
    work.wanted.headline = line;
    if (line != NULL && wanted->body != NULL && !says_something(line, wanted->body, error)) {
        return false;
    }
    return texts_ok(line, wanted->body, STORY_MARKDOWN, error) &&
           run_edit(store, site, &work, now, error);
}
