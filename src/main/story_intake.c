/* Stories in, batch by batch: story_intake.h. What a story's file says is desk/story_file.h, what
 * is right and what changes desk/import.h, pictures import_picture.h. */
#include "main/story_intake.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/live.h"
#include "desk/story_export.h"
#include "main/import_ids.h"
#include "main/import_picture.h"
#include "main/live_text.h"

#include <string.h>

#define UNKNOWN_MOST 1000u /* different unknown keys that are remembered */

typedef struct {
    char *file;
    unsigned line;
    StoryFileLines lines;
    StoryInput *input;
    LiveText live; /* entries of a live story */
    size_t size;
} Item;

struct StoryIntake {
    StoryIntakeOptions options;
    DeskImport *import;
    ImportIds *ids;
    int media;
    GPtrArray *items, *deferred; /* of Item */
    size_t size, deferred_size;
    bool last_chance; /* nothing is deferred any more */
    GHashTable *unknown;
    StoryIntakeReport report;
    int64_t last;
};

static void item_free(gpointer data)
{
    Item *item = data;
    g_clear_pointer(&item->input, story_input_free);
    live_text_clear(&item->live);
    g_free(item->file);
    g_free(item);
}

StoryIntake *story_intake_new(const StoryIntakeOptions *options, GError **error)
{
    g_autoptr(StoryIntake) intake = g_new0(StoryIntake, 1);
    const NewsroomDesk *desk = options->desk;
    intake->options = *options;
    intake->media = directory_open(desk->newsroom->media_dir, true, error);
    if (intake->media < 0) {
        return NULL;
    }
    intake->import = desk_import_new(desk->store, &desk->site, options->flags, options->now);
    intake->ids = import_ids_new();
    intake->items = g_ptr_array_new_with_free_func(item_free);
    intake->deferred = g_ptr_array_new_with_free_func(item_free);
    intake->unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    intake->report.sections = g_ptr_array_new_with_free_func(g_free);
    return g_steal_pointer(&intake);
}

void story_intake_free(StoryIntake *intake)
{
    if (intake == NULL) {
        return;
    }
    g_clear_pointer(&intake->import, desk_import_free);
    g_clear_pointer(&intake->ids, import_ids_free);
    g_clear_pointer(&intake->items, g_ptr_array_unref);
    g_clear_pointer(&intake->deferred, g_ptr_array_unref);
    g_clear_pointer(&intake->unknown, g_hash_table_unref);
    g_clear_pointer(&intake->report.sections, g_ptr_array_unref);
    g_free(intake->report.nameless_file);
    file_close(&intake->media);
    g_free(intake);
}

const StoryIntakeReport *story_intake_report(const StoryIntake *intake)
{
    return &intake->report;
}

int64_t story_intake_last(const StoryIntake *intake)
{
    return intake->last;
}

void story_intake_refuse(StoryIntake *intake, const char *file, unsigned line, const char *reason)
{
    intake->report.skipped++;
    if (line == 0) {
        bool named = g_str_has_prefix(reason, file);
        fprintf(intake->options.err, "%s%s%s\n", named ? "" : file, named ? "" : ": ", reason);
    } else {
        fprintf(intake->options.err, "%s:%u: %s\n", file, line, reason);
    }
}

/* At the line of the key that the reason speaks of, if that is known. */
static void refuse_at(StoryIntake *intake, const StoryOrigin *origin, const char *reason)
{
    unsigned line = origin->lines == NULL ? 0 : story_file_line(origin->lines, reason);
    story_intake_refuse(intake, origin->file, line != 0 ? line : origin->line, reason);
}

void story_intake_unknown(StoryIntake *intake, const char *file, unsigned line, char **keys)
{
    for (char **key = keys; key != NULL && *key != NULL; key++) {
        if (g_hash_table_size(intake->unknown) < UNKNOWN_MOST &&
            g_hash_table_add(intake->unknown, g_strdup(*key))) {
            fprintf(intake->options.err,
                    "%s:%u: note: the key \"%.60s\" is not known and left out, here and below\n",
                    file, line, *key);
        }
    }
}

/* What was created is counted; anything else is said. */
static void take_note(StoryIntake *intake, const Item *item, const char *note)
{
    StoryIntakeReport *report = &intake->report;
    if (!g_str_has_suffix(note, " created")) {
        fprintf(intake->options.err, "%s:%u: note: %s\n", item->file, item->line, note);
        return;
    }
    if (g_str_has_prefix(note, "section ")) {
        const char *name = note + strlen("section ");
        size_t length = strlen(name) - strlen(" created");
        g_ptr_array_add(report->sections, g_strndup(name, length));
    } else if (g_str_has_prefix(note, "topic ")) {
        report->topics++;
    } else if (g_str_has_prefix(note, "author ")) {
        report->authors++;
    }
}

/* A story of this newsroom comes back from an export: it has no id but that of its file, and what
 * stands at its path says the same. Then *same is its number, else 0. */
static bool is_there_already(StoryIntake *intake, StoryInput *input, int64_t *same, GError **error)
{
    *same = 0;
    if (input->path == NULL || (input->id != NULL && !g_str_has_prefix(input->id, "file:"))) {
        return true;
    }
    Store *store = intake->options.desk->store;
    g_autoptr(Story) story = story_by_path(store, input->path, NULL);
    if (story == NULL) {
        return true;
    }
    g_autoptr(StoryInput) there = story_export(store, story->id, error);
    if (there == NULL) {
        return false;
    }
    char *id = g_steal_pointer(&input->id);
    g_autofree char *ours = story_file_write_json(input, error);
    input->id = id;
    g_autofree char *theirs = ours == NULL ? NULL : story_file_write_json(there, error);
    *same = theirs != NULL && strcmp(ours, theirs) == 0 ? story->id : 0;
    return theirs != NULL;
}

static const LiveEntry *entry_at(const GPtrArray *entries, const LiveTextEntry *wanted)
{
    for (guint i = 0; i < entries->len; i++) {
        const LiveEntry *entry = g_ptr_array_index(entries, i);
        if (entry->time / 1000000 == wanted->time / 1000000 &&
            strcmp(entry->headline, wanted->headline) == 0) {
            return entry;
        }
    }
    return NULL;
}

/* Entries that are there already stay as they are, or get the text given. */
static bool put_entries(StoryIntake *intake, const Item *item, int64_t story, bool *changed,
                        GError **error)
{
    const NewsroomDesk *desk = intake->options.desk;
    int64_t now = intake->options.now, id = 0;
    g_autoptr(GPtrArray) there = live_list(desk->store, story, error);
    if (there == NULL) {
        return false;
    }
    for (guint i = item->live.entries->len; i > 0; i--) { /* the oldest first */
        const LiveTextEntry *entry = g_ptr_array_index(item->live.entries, i - 1);
        const LiveEntry *known = entry_at(there, entry);
        if (known != NULL && strcmp(known->body, entry->body) == 0) {
            continue;
        }
        *changed = true;
        bool done = known == NULL
                        ? live_add(desk->store, &desk->site, story, entry->time, entry->headline,
                                   entry->body, STORY_MARKDOWN, now, &id, error)
                        : live_edit(desk->store, &desk->site, known->id, entry->headline,
                                    entry->body, STORY_MARKDOWN, now, error);
        if (!done) {
            return false;
        }
    }
    return true;
}

/* True if it is kept for the end. */
static bool defer(StoryIntake *intake, GPtrArray *items, guint index)
{
    Item *item = g_ptr_array_index(items, index);
    if (intake->last_chance || item->input->translation_of == NULL ||
        intake->deferred_size + item->size > INTAKE_BYTES) {
        return false;
    }
    intake->deferred_size += item->size;
    g_ptr_array_add(intake->deferred, item);
    items->pdata[index] = g_new0(Item, 1); /* the batch frees an empty one */
    return true;
}

static bool settle(StoryIntake *intake, GPtrArray *items, guint index, const StoryPut *put,
                   const GError *refused, GError **error)
{
    const Item *item = g_ptr_array_index(items, index);
    StoryIntakeReport *report = &intake->report;
    intake->last = refused == NULL ? put->id : 0;
    if (refused != NULL) {
        int64_t same = 0;
        if (!is_there_already(intake, item->input, &same, error)) {
            return false;
        }
        if (same != 0) {
            intake->last = same;
            report->unchanged++;
        } else if (!defer(intake, items, index)) {
            StoryOrigin origin = {item->file, item->line, &item->lines};
            refuse_at(intake, &origin, refused->message);
        }
        return true;
    }
    bool changed = put->changed;
    if (put->id != 0 && item->live.entries != NULL && item->live.entries->len > 0 &&
        !put_entries(intake, item, put->id, &changed, error)) {
        g_prefix_error(error, "%s:%u: ", item->file, item->line);
        return false;
    }
    uint64_t *counter = put->created ? &report->created
                        : changed    ? &report->changed
                                     : &report->unchanged;
    (*counter)++;
    if (put->created && item->input->id == NULL && item->input->path == NULL &&
        report->nameless++ == 0) {
        report->nameless_file = g_strdup(item->file);
        report->nameless_line = item->line;
    }
    for (guint i = 0; put->notes != NULL && i < put->notes->len; i++) {
        take_note(intake, item, g_ptr_array_index(put->notes, i));
    }
    return true;
}

/* Puts the items and empties the array. */
static bool put_items(StoryIntake *intake, GPtrArray *items, GError **error)
{
    unsigned count = items->len;
    if (count == 0) {
        return true;
    }
    g_autofree const StoryInput **inputs = g_new0(const StoryInput *, count);
    g_autofree StoryPut *puts = g_new0(StoryPut, count);
    g_autofree GError **errors = g_new0(GError *, count);
    for (unsigned i = 0; i < count; i++) {
        inputs[i] = ((Item *)g_ptr_array_index(items, i))->input;
    }
    bool done = desk_import_run(intake->import, inputs, count, puts, errors, error);
    for (unsigned i = 0; i < count; i++) {
        done = done && settle(intake, items, i, &puts[i], errors[i], error);
        story_put_clear(&puts[i]);
        g_clear_error(&errors[i]);
    }
    g_ptr_array_set_size(items, 0);
    return done;
}

static bool put_batch(StoryIntake *intake, GError **error)
{
    intake->size = 0;
    return put_items(intake, intake->items, error);
}

static size_t size_of(const StoryInput *input)
{
    const char *body = input->html != NULL ? input->html : input->body;
    return 1000 + (body == NULL ? 0 : strlen(body));
}

/* The entries of a live story leave its body. */
static void split_live(StoryIntake *intake, Item *item)
{
    StoryInput *input = item->input;
    GTimeZone *zone = intake->options.desk->zone;
    int64_t date = intake->options.now;
    if (g_strcmp0(input->kind, "live") != 0 || input->body == NULL) {
        return;
    }
    if (input->date != NULL) {
        newsroom_desk_moment(intake->options.desk, input->date, &date, NULL);
    }
    live_text_split(input->body, date, zone, &item->live);
    if (item->live.entries->len > 0) {
        g_free(input->body);
        input->body = g_steal_pointer(&item->live.body);
    }
}

/* Errors of one story's pictures are its own; those of the machine end the import. */
static bool ends_import(const GError *error)
{
    return g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO) ||
           g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
}

/* A story stands once in an import. */
static bool is_first(StoryIntake *intake, const StoryInput *input, const StoryOrigin *origin)
{
    unsigned line = origin->line;
    if (input->id == NULL || import_ids_add(intake->ids, input->id, origin->file, &line)) {
        return true;
    }
    g_autofree char *where =
        line == 0 ? g_strdup("an earlier file") : g_strdup_printf("line %u", line);
    g_autofree char *reason =
        g_strdup_printf("the id \"%.100s\" stands in %s already", input->id, where);
    refuse_at(intake, origin, reason);
    return false;
}

bool story_intake_take(StoryIntake *intake, StoryInput *input, const StoryOrigin *origin,
                       GError **error)
{
    g_autoptr(StoryInput) owned = input;
    if (!is_first(intake, input, origin)) {
        return true;
    }
    g_autofree char *beside = g_path_get_dirname(origin->file);
    g_autoptr(GError) reason = NULL;
    ImportPictures where = {.store = intake->options.desk->store,
                            .beside = beside,
                            .media = intake->media,
                            .dry = (intake->options.flags & STORY_PUT_DRY_RUN) != 0,
                            .now = intake->options.now};
    if (!import_pictures(&where, input, &reason)) {
        if (ends_import(reason)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        refuse_at(intake, origin, reason->message);
        return true;
    }
    Item *item = g_new0(Item, 1);
    item->file = g_strdup(origin->file);
    item->line = origin->line;
    item->lines = origin->lines == NULL ? (StoryFileLines){{0}} : *origin->lines;
    item->size = size_of(input);
    item->input = g_steal_pointer(&owned);
    split_live(intake, item);
    g_ptr_array_add(intake->items, item);
    intake->size += item->size;
    bool full = intake->items->len >= INTAKE_BATCH || intake->size >= INTAKE_BYTES;
    return !full || put_batch(intake, error);
}

bool story_intake_finish(StoryIntake *intake, GError **error)
{
    if (!put_batch(intake, error)) {
        return false;
    }
    intake->last_chance = true;
    return put_items(intake, intake->deferred, error);
}
