/*
 * Stories in: import.h. What is given is checked (story_input.c), made into a change
 * (story_given.c, story_change.c) whose checks run before its writes, and written with its names
 * (story_names.c) and old addresses.
 */
#include "desk/import.h"

#include "base/error.h"
#include "desk/address.h"
#include "desk/checklist.h"
#include "desk/story_change.h"
#include "desk/story_given.h"
#include "desk/story_names.h"
#include "desk/story_pictures.h"
#include "desk/takedown.h"
#include "desk_sql.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <string.h>

#define STORIES_A_TRANSACTION 50u /* about 15 ms of SQLite's one write lock */

struct DeskImport {
    Store *store;
    const DeskSite *site;
    unsigned flags;
    int64_t now;
    DeskBatch *batch;
};

void story_put_clear(StoryPut *put)
{
    g_clear_pointer(&put->notes, g_ptr_array_unref);
    *put = (StoryPut){0};
}

DeskImport *desk_import_new(Store *store, const DeskSite *site, unsigned flags, int64_t now)
{
    DeskImport *import = g_new0(DeskImport, 1);
    *import = (DeskImport){store, site, flags, now, desk_batch_new()};
    return import;
}

void desk_import_free(DeskImport *import)
{
    if (import != NULL) {
        desk_batch_free(import->batch);
        g_free(import);
    }
}

/* One story on its way. */
typedef struct {
    DeskImport *import;
    const StoryInput *input;
    StoryPut *put;
    StoryChange change;
    Hash given;
    GPtrArray *aliases; /* of char *: paths to be made redirects */
    bool writing;       /* from here on a failure ends the transaction */
} Work;

static void note(Work *work, char *text)
{
    if (work->put->notes == NULL) {
        work->put->notes = g_ptr_array_new_with_free_func(g_free);
    }
    g_ptr_array_add(work->put->notes, text);
}

static void digest_add(GString *all, const char *name, const char *value)
{
    if (value != NULL) {
        g_string_append_printf(all, "%s %zu ", name, strlen(value));
        g_string_append(all, value);
    }
}

static void digest_add_each(GString *all, const char *name, const GPtrArray *values)
{
    for (unsigned i = 0; i < values->len; i++) {
        digest_add(all, name, values->pdata[i]);
    }
}

/* Over all that is given, each value with its name and length. */
static Hash digest_of(const StoryInput *in, unsigned flags)
{
    const char *const scalars[][2] = {
        {"title", in->title},     {"date", in->date},         {"language", in->language},
        {"slug", in->slug},       {"path", in->path},         {"kind", in->kind},
        {"section", in->section}, {"agency", in->agency},     {"lead", in->lead},
        {"photo", in->photo},     {"caption", in->caption},   {"credit", in->credit},
        {"alt", in->alt},         {"of", in->translation_of}, {"status", in->status},
        {"embargo", in->embargo}, {"body", in->body},         {"html", in->html},
    };
    g_autoptr(GString) all = g_string_new(flags & STORY_PUT_PUBLISH ? "publish " : "");
    for (unsigned i = 0; i < G_N_ELEMENTS(scalars); i++) {
        digest_add(all, scalars[i][0], scalars[i][1]);
    }
    digest_add_each(all, "topic", in->topics);
    digest_add_each(all, "author", in->authors);
    digest_add_each(all, "alias", in->aliases);
    return hash_of(all->str, all->len);
}

/* One that was taken down does not come back with the next import. */
static bool never_taken_down(Work *work, const char *external, GError **error)
{
    g_autofree char *hashed = takedown_external(external);
    g_autoptr(StoreRows) rows = desk_story_by_external(work->import->store, hashed, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "the story \"%.100s\" was taken down, as story %" PRId64
                    ", and is not taken in again; give it another id if it shall be",
                    external, store_number(rows, 0));
    }
    return step == STORE_END;
}

/* Finds the story of the same external id. *same: nothing given differs. */
static bool find_before(Work *work, bool *same, GError **error)
{
    const char *external = work->input->id;
    *same = false;
    if (external == NULL || external[0] == '\0') {
        return true;
    }
    g_autoptr(StoreRows) rows = desk_story_by_external(work->import->store, external, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        g_clear_pointer(&rows, store_rows_free);
        return step == STORE_END && never_taken_down(work, external, error);
    }
    size_t length = 0;
    const void *given = store_bytes(rows, 1, &length);
    int64_t id = store_number(rows, 0);
    *same = length == sizeof work->given.bytes && memcmp(given, work->given.bytes, length) == 0;
    work->put->id = id;
    g_clear_pointer(&rows, store_rows_free);
    if (!*same) {
        work->change.before = story_read(work->import->store, id, error);
    }
    return *same || (work->change.before != NULL && /* the id may be the hash that stayed */
                     story_change_open(work->change.before, error));
}

/* What the story will hold already and this path differs from at most in capitals, or NULL. */
static const char *alike(const Work *work, const char *path)
{
    const char *own = work->change.after->path;
    if (own != NULL && g_ascii_strcasecmp(own, path) == 0) {
        return own;
    }
    for (unsigned i = 0; i < work->aliases->len; i++) {
        if (g_ascii_strcasecmp(work->aliases->pdata[i], path) == 0) {
            return work->aliases->pdata[i];
        }
    }
    return NULL;
}

/* Takes the path of an alias if it can be a redirect; else *why says so, except of what needs none.
 */
static bool take_alias(Work *work, char *path, GError **why, GError **error)
{
    const Story *after = work->change.after;
    bool is_free = false;
    g_autofree char *given = path;
    g_auto(StoryPath) holder = {0};
    if (!story_path_free(work->import->store, path, after->id, &is_free, &holder, error)) {
        return false;
    }
    const char *there = alike(work, path);
    bool held = holder.held && after->id != 0 && holder.story == after->id;
    if (held || g_strcmp0(there, path) == 0) {
        return true;
    }
    if (there != NULL && is_free) {
        holder.alike = g_strdup(there);
        is_free = false;
    }
    if (is_free) {
        g_ptr_array_add(work->aliases, g_steal_pointer(&given));
    } else {
        story_path_conflict(work->import->store, path, &holder, why);
    }
    return true;
}

/* Which old addresses can become redirects; the others are noted, for they should not keep a story
 * out. */
static bool take_aliases(Work *work, GError **error)
{
    for (unsigned i = 0; i < work->input->aliases->len; i++) {
        const char *given = work->input->aliases->pdata[i];
        g_autoptr(GError) why = NULL;
        char *path = address_given(work->import->site, given, &why);
        if (path != NULL && !take_alias(work, path, &why, error)) {
            return false;
        }
        if (why != NULL) {
            note(work, g_strdup_printf("alias not kept: %s", why->message));
        }
    }
    return true;
}

static bool write_names(Work *work, GError **error)
{
    const StoryInput *input = work->input;
    g_autofree const char **topics = g_new0(const char *, input->topics->len + 1);
    g_autofree const char **authors = g_new0(const char *, input->authors->len + 1);
    for (guint i = 0; i < input->topics->len; i++) {
        topics[i] = input->topics->pdata[i];
    }
    for (guint i = 0; i < input->authors->len; i++) {
        authors[i] = input->authors->pdata[i];
    }
    g_autoptr(GPtrArray) notes = g_ptr_array_new();
    bool written = story_names_section(&work->change, input->section, notes, error) &&
                   story_names_topics(&work->change, topics, notes, error) &&
                   story_names_authors(&work->change, authors, notes, error);
    for (unsigned i = 0; i < notes->len; i++) {
        note(work, notes->pdata[i]);
    }
    return written;
}

/* Old addresses lead here since the story's own date, so that an archive's are spread over its
 * months. */
static bool write_aliases(Work *work, GError **error)
{
    const Story *after = work->change.after;
    int64_t now = work->import->now;
    bool dated = after->published != STORY_UNDATED && after->published < now;
    int64_t since = dated ? after->published : now;
    int64_t month = story_path_month(since);
    int64_t later = story_goes_out(after) && after->published > now ? after->published : 0;
    for (unsigned i = 0; i < work->aliases->len; i++) {
        const char *path = work->aliases->pdata[i];
        if (!desk_path_put(work->import->store, path, 301, &after->id, NULL, since, month, error)) {
            return false;
        }
        story_path_touch(work->import->batch, path, month, later);
    }
    return true;
}

static bool prepare(Work *work, bool *same, GError **error)
{
    *same = false;
    if (!story_input_check(work->input, work->import->site, error)) {
        return false;
    }
    work->given = digest_of(work->input, work->import->flags);
    if (!find_before(work, same, error)) {
        return false;
    }
    if (*same) {
        return true;
    }
    bool publish = (work->import->flags & STORY_PUT_PUBLISH) != 0;
    work->change.written = (work->import->flags & STORY_PUT_WRITTEN) != 0;
    if (!story_given_take(&work->change, work->input, publish, error)) {
        return false;
    }
    work->change.given = work->given.bytes;
    work->change.given_length = sizeof work->given.bytes;
    return story_change_check(&work->change, error) && take_aliases(work, error);
}

/* They go out as they are: an archive is not to be written anew before it can be read. */
static bool note_words(Work *work, const CheckedText *text, GError **error)
{
    guint lacking = 0;
    if (!checklist_lacking(work->import->store, text, &lacking, error)) {
        return false;
    }
    if (lacking > 0) {
        note(work, g_strdup_printf("pictures in the text without alt text or credit: %u; readers "
                                   "see them as they are",
                                   lacking));
    }
    return true;
}

/* Readers would see nothing in their place. */
static bool note_pictures(Work *work, GError **error)
{
    const StoryInput *input = work->input;
    const char *text = input->html != NULL ? input->html : input->body;
    g_autoptr(GPtrArray) missing = g_ptr_array_new_with_free_func(g_free);
    if (text != NULL && !story_pictures_missing(work->import->store, text,
                                                input->html != NULL ? STORY_HTML : STORY_MARKDOWN,
                                                missing, error)) {
        return false;
    }
    for (guint i = 0; i < missing->len; i++) {
        note(work,
             g_strdup_printf("the text shows \"%.200s\", and there is no such picture: readers "
                             "see nothing there; put the file beside the story's, or name one "
                             "of the library as media:NUMBER",
                             (const char *)missing->pdata[i]));
    }
    CheckedText checked = {.body = text != NULL ? text : "",
                           .format = input->html != NULL ? STORY_HTML : STORY_MARKDOWN};
    return note_words(work, &checked, error);
}

static bool put_one(Work *work, GError **error)
{
    bool same = false;
    bool changed = false;
    if (!prepare(work, &same, error)) {
        return false;
    }
    if (same) {
        return true;
    }
    work->writing = true;
    if (!write_names(work, error) || !story_change_write(&work->change, &changed, error) ||
        !write_aliases(work, error) || !note_pictures(work, error)) {
        return false;
    }
    const Story *before = work->change.before;
    work->put->id = work->change.after->id;
    work->put->created = before == NULL;
    work->put->changed = before != NULL && (changed || work->aliases->len > 0);
    return before == NULL || before->external == NULL ||
           desk_story_set_given(work->import->store, before->id, work->given.bytes,
                                sizeof work->given.bytes, error);
}

/* The giver's fault: the rest can go in. */
static bool givers_fault(const GError *error)
{
    return error->domain == KOLOKOL_ERROR && error->code != KOLOKOL_ERROR_BUSY &&
           error->code != KOLOKOL_ERROR_IO;
}

static bool put_next(DeskImport *import, const StoryInput *input, StoryPut *put, GError **reason,
                     GError **error)
{
    g_autoptr(GPtrArray) aliases = g_ptr_array_new_with_free_func(g_free);
    Work work = {
        .import = import,
        .input = input,
        .put = put,
        .change = {.store = import->store,
                   .site = import->site,
                   .batch = import->batch,
                   .now = import->now},
        .aliases = aliases,
    };
    GError *why = NULL;
    bool done = put_one(&work, &why);
    story_change_clear(&work.change);
    if (done) {
        return true;
    }
    if (!work.writing && givers_fault(why)) {
        story_put_clear(put);
        *reason = why;
        return true;
    }
    g_propagate_error(error, why);
    return false;
}

typedef struct {
    DeskImport *import;
    const StoryInput *const *inputs;
    unsigned count;
    StoryPut *puts;
    GError **errors;
    bool rehearsed; /* a dry run came to its end */
} Part;

static bool put_part(Store *store, void *data, GError **error)
{
    Part *part = data;
    desk_batch_reset(part->import->batch);
    for (unsigned i = 0; i < part->count; i++) {
        story_put_clear(&part->puts[i]);
        g_clear_error(&part->errors[i]);
    }
    for (unsigned i = 0; i < part->count; i++) {
        if (!put_next(part->import, part->inputs[i], &part->puts[i], &part->errors[i], error)) {
            return false;
        }
    }
    if (part->import->flags & STORY_PUT_DRY_RUN) {
        part->rehearsed = true;
        return fail(error, KOLOKOL_ERROR_INVALID, "a dry run writes nothing");
    }
    return desk_batch_flush(part->import->batch, store, error);
}

bool desk_import_run(DeskImport *import, const StoryInput *const *inputs, unsigned count,
                     StoryPut *puts, GError **errors, GError **error)
{
    for (unsigned done = 0; done < count; done += STORIES_A_TRANSACTION) {
        Part part = {import,      inputs + done, MIN(count - done, STORIES_A_TRANSACTION),
                     puts + done, errors + done, false};
        GError *why = NULL;
        if (store_transact(import->store, put_part, &part, &why)) {
            desk_batch_committed(import->batch);
        } else if (part.rehearsed) {
            g_clear_error(&why);
            for (unsigned i = 0; i < part.count; i++) {
                part.puts[i].id = part.puts[i].created ? 0 : part.puts[i].id;
            }
        } else {
            g_propagate_error(error, why);
            return false;
        }
    }
    return true;
}

bool story_put(Store *store, const DeskSite *site, const StoryInput *input, unsigned flags,
               int64_t now, StoryPut *put, GError **error)
{
    g_autoptr(DeskImport) import = desk_import_new(store, site, flags, now);
    g_auto(StoryPut) made = {0};
    GError *reason = NULL;
    bool ran = desk_import_run(import, &input, 1, &made, &reason, error);
    if (!ran || reason != NULL) {
        if (ran) {
            g_propagate_error(error, reason);
        } else {
            g_clear_error(&reason);
        }
        return false;
    }
    *put = made;
    made = (StoryPut){0};
    return true;
}
