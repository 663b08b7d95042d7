/*
 * The press engine with a newspaper of three page kinds whose rows are plain memory: whatever
 * happens, pressing what changed gives the same root as pressing everything (DESIGN 5, "exact"), on
 * both engines.
 */
#include "press/run.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "edition/keys.h"
#include "press/press.h"
#include "press_sql.h"

#include <stdlib.h>
#include <string.h>

#define STORIES  40
#define SECTIONS 4
#define WINDOW   5
#define STEPS    150

typedef struct {
    bool exists;
    int section, revision;
    int64_t published;
} Story;

static Story stories[STORIES];
static int template_version;
static int64_t now;
static uint32_t seed;

static int pick(int below)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)below);
}

static int64_t test_clock(void *data)
{
    return now;
}

static bool visible(const Story *story, int64_t as_of)
{
    return story->exists && story->published <= as_of;
}

static char *story_path(int id)
{
    return g_strdup_printf("2026/%02d/story-%d.html", stories[id].section + 1, id);
}

/* ---- recipes ---- */

static bool story_render(PressPage *page, const char *key, GError **error)
{
    int id = atoi(key);
    const Story *story = &stories[id];
    g_autofree char *input = g_strdup_printf("story:%d", id);
    press_page_read(page, input);
    if (!visible(story, press_page_as_of(page))) {
        return true;
    }
    if (!press_page_read_global(page, "template:story", error)) {
        return false;
    }
    if (story->revision == 13) {
        return fail(error, KOLOKOL_ERROR_INVALID, "revision 13 cannot be rendered");
    }
    int64_t ages = story->published + 10 * CLOCK_DAY;
    press_page_boundary(page, ages);
    g_autofree char *path = story_path(id);
    g_autofree char *text = g_strdup_printf("story %d revision %d section %d template %d %s\n", id,
                                            story->revision, story->section, template_version,
                                            press_page_as_of(page) >= ages ? "old" : "new");
    return press_page_set(page, path, text, strlen(text), story->published, error);
}

static bool before(int a, int b)
{
    return stories[a].published != stories[b].published
               ? stories[a].published > stories[b].published
               : a > b;
}

static int section_list(int section, int64_t as_of, int *ids)
{
    int count = 0;
    for (int id = 0; id < STORIES; id++) {
        if (stories[id].section == section && visible(&stories[id], as_of)) {
            int at = count++;
            for (; at > 0 && before(id, ids[at - 1]); at--) {
                ids[at] = ids[at - 1];
            }
            ids[at] = id;
        }
    }
    return MIN(count, WINDOW);
}

static bool section_render(PressPage *page, const char *key, GError **error)
{
    int section = atoi(key), ids[STORIES];
    int count = section_list(section, press_page_as_of(page), ids);
    g_autofree char *list = g_strdup_printf("list:section/%d", section);
    bool full = count == WINDOW;
    press_page_read_list(page, list, full, full ? stories[ids[count - 1]].published : 0,
                         full ? ids[count - 1] : 0);
    if (count == 0) {
        return true;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < count; i++) {
        g_autofree char *path = story_path(ids[i]);
        g_string_append_printf(text, "%s %d\n", path, stories[ids[i]].revision);
    }
    g_autofree char *path = g_strdup_printf("section/%d/index.html", section);
    return press_page_set(page, path, text->str, text->len, stories[ids[0]].published, error);
}

static bool front_render(PressPage *page, const char *key, GError **error)
{
    g_autoptr(GString) text = g_string_new("front\n");
    if (!press_page_read_global(page, "template:front", error)) {
        return false;
    }
    for (int section = 0; section < SECTIONS; section++) {
        int ids[STORIES];
        int count = MIN(section_list(section, press_page_as_of(page), ids), 2);
        g_autofree char *list = g_strdup_printf("list:section/%d", section);
        bool full = count == 2;
        press_page_read_list(page, list, full, full ? stories[ids[1]].published : 0,
                             full ? ids[1] : 0);
        for (int i = 0; i < count; i++) {
            g_string_append_printf(text, "%d.%d\n", ids[i], stories[ids[i]].revision);
        }
    }
    return press_page_set(page, "index.html", text->str, text->len, now, error);
}

static bool number_keys(int count, PressKeyTaker take, void *data, GError **error)
{
    for (int i = 0; i < count; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        if (!take(key, i, data, error)) {
            return false;
        }
    }
    return true;
}

static bool story_keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                       GError **error)
{
    return number_keys(STORIES, take, data, error);
}

static bool section_keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                         GError **error)
{
    return number_keys(SECTIONS, take, data, error);
}

static bool front_keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                       GError **error)
{
    return take("en", 0, data, error);
}

static char *template_version_of(Store *store, void *run, const char *key, int64_t as_of,
                                 GError **error)
{
    return g_strdup_printf("%d", strcmp(key, "story") == 0 ? template_version : 0);
}

static const char *const by_story[] = {"story", NULL};
static const char *const by_section[] = {"list:section", NULL};
static const PressKind story_kind = {.name = "story",
                                     .wave = PRESS_WAVE_NEWS,
                                     .created_by = by_story,
                                     .keys = story_keys,
                                     .render = story_render};
static const PressKind section_kind = {.name = "section",
                                       .wave = PRESS_WAVE_REST,
                                       .created_by = by_section,
                                       .keys = section_keys,
                                       .render = section_render};
static const PressKind front_kind = {.name = "front",
                                     .wave = PRESS_WAVE_NEWS,
                                     .fixed = true,
                                     .keys = front_keys,
                                     .render = front_render};
static const PressKind *const kinds[] = {&story_kind, &section_kind, &front_kind, NULL};
static const PressGlobal globals[] = {{"template", template_version_of}, {NULL, NULL}};
static const PressRecipes recipes = {.kinds = kinds, .globals = globals};

/* ---- changes ---- */

static bool touch_position(Store *store, const Story *story, int id, GError **error)
{
    g_autofree char *list = g_strdup_printf("list:section/%d", story->section);
    g_autofree char *input = g_strdup_printf("story:%d", id);
    if (!story->exists) {
        return true;
    }
    if (story->published > now &&
        (!press_touch_due(store, story->published, list, story->published, id, error) ||
         !press_touch_due(store, story->published, input, 0, 0, error))) {
        return false;
    }
    return press_touch_at(store, list, story->published, id, error);
}

typedef struct {
    int id;
    Story changed;
} Change;

static bool change_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autofree char *input = g_strdup_printf("story:%d", change->id);
    return touch_position(store, &stories[change->id], change->id, error) &&
           touch_position(store, &change->changed, change->id, error) &&
           press_touch(store, input, error);
}

static void change_story(Store *store)
{
    Change change = {.id = pick(STORIES)};
    change.changed = stories[change.id];
    switch (pick(4)) {
    case 0:
        change.changed.exists = !change.changed.exists;
        change.changed.published = now + (pick(8) - 5) * CLOCK_DAY;
        break;
    case 1:
        change.changed.section = pick(SECTIONS);
        break;
    case 2:
        change.changed.published += (pick(5) - 2) * CLOCK_HOUR;
        break;
    default:
        change.changed.revision = change.changed.revision == 12 ? 14 : change.changed.revision + 1;
    }
    g_autoptr(GError) error = NULL;
    store_transact(store, change_body, &change, &error);
    g_assert_no_error(error);
    stories[change.id] = change.changed;
}

static void press(Press *machine, bool full, PressReport *report)
{
    g_autoptr(GError) error = NULL;
    PressRun how = {.full = full, .plain = true};
    press_run(machine, &how, report, &error);
    g_assert_no_error(error);
}

static Press *open_machine(const char *folder, const char *url)
{
    static char edition[300], keys[300];
    g_snprintf(edition, sizeof edition, "%s/edition", folder);
    g_snprintf(keys, sizeof keys, "%s/keys", folder);
    g_autoptr(GError) error = NULL;
    if (!g_file_test(keys, G_FILE_TEST_EXISTS)) {
        keys_init(keys, &error);
        g_assert_no_error(error);
    }
    PressOptions options = {.database = url,
                            .edition_dir = edition,
                            .keys_dir = keys,
                            .recipes = &recipes,
                            .processes = 1};
    Press *machine = press_open(&options, &error);
    g_assert_no_error(error);
    return machine;
}

static void reset(void)
{
    memset(stories, 0, sizeof stories);
    template_version = 1;
    now = INT64_C(1795000000) * CLOCK_SECOND;
    seed = 7;
    clock_replace(test_clock, NULL);
}

static Hash first_root;
static bool have_first_root;

static void test_exact(Store *store, const char *url)
{
    reset();
    g_autofree char *folder = g_dir_make_tmp("kolokol-press-XXXXXX", NULL);
    g_autoptr(Press) machine = open_machine(folder, url);
    PressReport report = {0}, whole = {0};
    for (int step = 0; step < STEPS; step++) {
        int kind = pick(12);
        if (kind == 0) {
            template_version++;
        } else if (kind == 1) {
            now += pick(4) * CLOCK_DAY;
        } else {
            change_story(store);
        }
        now += CLOCK_MINUTE;
        press(machine, false, &report);
        g_assert_cmpuint(report.tally.failed, ==, 0);
        press(machine, true, &whole);
        g_assert_cmpmem(&report.root, sizeof(Hash), &whole.root, sizeof(Hash));
        g_assert_cmpuint(whole.tally.written, ==, 0);
    }
    if (have_first_root) {
        g_assert_cmpmem(&first_root, sizeof(Hash), &whole.root, sizeof(Hash));
    }
    first_root = whole.root;
    have_first_root = true;
    clock_replace(NULL, NULL);
    stores_remove_tree(folder);
}

/* A change renders its dependants only, and unchanged bytes make no edition. */
static void test_narrow(Store *store, const char *url)
{
    reset();
    g_autofree char *folder = g_dir_make_tmp("kolokol-press-XXXXXX", NULL);
    g_autoptr(Press) machine = open_machine(folder, url);
    PressReport report = {0};
    for (int id = 0; id < 20; id++) {
        stories[id] =
            (Story){.exists = true, .section = id % 2, .published = now - (20 - id) * CLOCK_HOUR};
    }
    press(machine, true, &report);
    g_assert_cmpuint(report.tally.written, ==, 20 + 2 + 1);
    press(machine, false, &report);
    g_assert_cmpuint(report.tally.rendered, ==, 0);
    g_assert_cmpuint(report.editions, ==, 0);

    Change change = {.id = 0, .changed = stories[0]}; /* the oldest: in no window */
    change.changed.revision = 1;
    g_assert_true(store_transact(store, change_body, &change, NULL));
    stories[0] = change.changed;
    press(machine, false, &report);
    g_assert_cmpuint(report.tally.rendered, ==, 1);
    g_assert_cmpuint(report.tally.written, ==, 1);
    g_assert_cmpuint(report.editions, ==, 1);

    change.id = 19; /* the newest: its page, its section, the front */
    change.changed = stories[19];
    change.changed.revision = 13;
    g_assert_true(store_transact(store, change_body, &change, NULL));
    stories[19] = change.changed;
    press(machine, false, &report);
    g_assert_cmpuint(report.tally.rendered, ==, 3);
    g_assert_cmpuint(report.tally.failed, ==, 1);
    clock_replace(NULL, NULL);
    stores_remove_tree(folder);
}

typedef struct {
    unsigned done, total;
} Shown;

static void note_shown(unsigned done, unsigned total, void *data)
{
    *(Shown *)data = (Shown){done, total};
}

/* A run of the news alone says how many these are, and leaves the rest out of its total. */
static void test_progress(Store *store, const char *url)
{
    reset();
    g_autofree char *folder = g_dir_make_tmp("kolokol-press-XXXXXX", NULL);
    g_autoptr(Press) machine = open_machine(folder, url);
    g_autoptr(GError) error = NULL;
    PressReport report = {0};
    Shown shown = {0};
    for (int id = 0; id < 20; id++) {
        stories[id] = (Story){.exists = true, .section = id % 2, .published = now - CLOCK_DAY};
    }
    press(machine, true, &report);
    Change change = {.id = 19, .changed = stories[19]}; /* its page and the front; its section */
    change.changed.revision = 1;
    g_assert_true(store_transact(store, change_body, &change, &error));
    stories[19] = change.changed;
    PressRun news = {.plain = true,
                     .last_wave = PRESS_WAVE_NEWS,
                     .progress = note_shown,
                     .progress_data = &shown};
    g_assert_true(press_run(machine, &news, &report, &error));
    g_assert_cmpuint(report.tally.rendered, ==, 2);
    g_assert_cmpuint(shown.done, ==, 2);
    g_assert_cmpuint(shown.total, ==, 2);
    PressRun all = {.plain = true, .progress = note_shown, .progress_data = &shown};
    g_assert_true(press_run(machine, &all, &report, &error));
    g_assert_cmpuint(shown.done, ==, 1);
    g_assert_cmpuint(shown.total, ==, 1);
    clock_replace(NULL, NULL);
    stores_remove_tree(folder);
}

static Store *newsdesk; /* another connection, as an editor has */

/* An editor publishes while the first batch is entered, an hour after the run began. */
static void publish_meanwhile(unsigned done, unsigned total, void *data)
{
    g_assert_cmpuint(done, <=, total);
    if (stories[30].exists) {
        return;
    }
    now += CLOCK_HOUR;
    Change change = {.id = 30,
                     .changed = {.exists = true, .section = 1, .published = now - CLOCK_MINUTE}};
    g_autoptr(GError) error = NULL;
    store_transact(newsdesk, change_body, &change, &error);
    g_assert_no_error(error);
    stories[30] = change.changed;
}

/* A touch that a long run takes is of something younger than the run's as-of time: the run must
 * move on to it, or the touch is spent on a page that is still to come. */
static void test_published_meanwhile(Store *store, const char *url)
{
    reset();
    g_autofree char *folder = g_dir_make_tmp("kolokol-press-XXXXXX", NULL);
    g_autoptr(Press) machine = open_machine(folder, url);
    g_autoptr(GError) error = NULL;
    PressReport report = {0}, whole = {0};
    for (int id = 0; id < 20; id++) {
        stories[id] = (Story){.exists = true, .section = id % 2, .published = now - CLOCK_DAY};
    }
    newsdesk = store;
    PressRun how = {.full = true, .plain = true, .progress = publish_meanwhile};
    press_run(machine, &how, &report, &error);
    g_assert_no_error(error);
    g_assert_true(stories[30].exists);
    g_autoptr(StoreRows) rows = press_page_by_name(store, "story:30", &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    g_clear_pointer(&rows, store_rows_free);
    press(machine, true, &whole);
    g_assert_cmpmem(&report.root, sizeof(Hash), &whole.root, sizeof(Hash));
    g_assert_cmpuint(whole.tally.written, ==, 0);
    clock_replace(NULL, NULL);
    stores_remove_tree(folder);
}

static bool take_hash(const Hash *hash, void *data, GError **error)
{
    g_array_append_val((GArray *)data, *hash);
    return true;
}

static bool is_used(Store *store, const Hash *hash)
{
    g_autoptr(StoreRows) rows =
        press_hash_used(store, hash->bytes, sizeof hash->bytes, "o/00/none.", NULL);
    return store_rows_next(rows, NULL) == STORE_ROW;
}

/* All objects of the edition are lost by a power cut after the books were committed. With the mark
 * they are made again, nodes too; what is not marked was on the medium and is not looked at. */
static void test_power_cut(Store *store, const char *url)
{
    reset();
    g_autofree char *folder = g_dir_make_tmp("kolokol-press-XXXXXX", NULL);
    g_autofree char *boot = g_build_filename(folder, "edition", "boot", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) lost = g_array_new(FALSE, FALSE, sizeof(Hash));
    PressReport before = {0}, after = {0};
    for (int id = 0; id < 20; id++) {
        stories[id] = (Story){.exists = true, .section = id % 2, .published = now - CLOCK_DAY};
    }
    {
        g_autoptr(Press) machine = open_machine(folder, url);
        press(machine, true, &before);
        g_assert_true(object_store_each(press_objects(machine), take_hash, lost, &error));
        g_assert_cmpuint(lost->len, >, 20 + 2 + 1);
        for (guint i = 0; i < lost->len; i++) {
            object_store_remove(press_objects(machine), &g_array_index(lost, Hash, i), NULL);
        }
    }
    g_assert_true(press_state_put(store, "unsynced", 1, &error));
    g_assert_true(g_file_set_contents(boot, "another boot\n", -1, &error));
    g_autoptr(Press) machine = open_machine(folder, url);
    press(machine, false, &after);
    g_assert_cmpmem(&before.root, sizeof(Hash), &after.root, sizeof(Hash));
    unsigned used = 0;
    for (guint i = 0; i < lost->len; i++) {
        const Hash *hash = &g_array_index(lost, Hash, i);
        if (is_used(store, hash)) {
            used++;
            g_assert_true(object_store_has(press_objects(machine), hash, OBJECT_PLAIN));
        }
    }
    g_assert_cmpuint(used, >, 20 + 2 + 1); /* pages, and nodes */
    g_autoptr(StoreRows) rows = press_state_read(store, "unsynced", &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_ROW);
    g_assert_cmpint(store_number(rows, 0), ==, 0);
    g_clear_pointer(&rows, store_rows_free);
    clock_replace(NULL, NULL);
    stores_remove_tree(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/press/exact", test_exact);
    stores_test_add("/press/narrow", test_narrow);
    stores_test_add("/press/progress", test_progress);
    stores_test_add("/press/published_meanwhile", test_published_meanwhile);
    stores_test_add("/press/power_cut", test_power_cut);
    return g_test_run();
}
