/*
 * Rendering processes: pages come back, one that kills its renderer costs itself only, the process
 * of small batches lives on, and what parses bodies cannot read a key.
 */
#include "press/pool.h"

#include "base/error.h"
#include "base/file.h"
#include "doubles/instrumented.h"
#include "doubles/stores.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *folder, *secret, *url, *objects_dir;
    ObjectStore *objects;
    PressPool *pool;
    PressRenderer renderer;
    Hash last;       /* of the record that came last */
    GHashTable *got; /* name → what came: a path, or "failed: …" */
} Stage;

static Stage *stage;

static bool page_render(PressPage *page, const char *key, GError **error)
{
    if (g_str_has_prefix(key, "kill")) {
        raise(SIGKILL);
    }
    if (strcmp(key, "secret") == 0) {
        g_autoptr(GBytes) bytes = file_read(stage->secret, 100, error);
        return bytes != NULL;
    }
    g_autofree char *path = g_strdup_printf("a/%s.html", key);
    g_autofree char *text = g_strdup_printf("%d\n", getpid());
    return press_page_set(page, path, text, strlen(text), 0, error);
}

static const PressKind kind = {.name = "page", .wave = 1, .render = page_render};
static const PressKind *const kinds[] = {&kind, NULL};
static const PressGlobal globals[] = {{NULL, NULL}};
static const PressRecipes recipes = {.kinds = kinds, .globals = globals};

static Store *open_store(void *data, GError **error)
{
    return store_open(stage->url, error);
}

static void forked(void *data)
{
}

static bool take(GPtrArray *records, void *data, GError **error)
{
    for (guint i = 0; i < records->len; i++) {
        const PressRecord *record = records->pdata[i];
        g_assert_false(g_hash_table_contains(stage->got, record->name));
        stage->last = record->hash;
        g_hash_table_insert(stage->got, g_strdup(record->name),
                            record->failure == NULL
                                ? g_strdup(record->path)
                                : g_strdup_printf("failed: %s", record->failure));
    }
    return true;
}

static bool refuse(GPtrArray *records, void *data, GError **error)
{
    return fail(error, KOLOKOL_ERROR_IO, "no room");
}

static void stage_begin(Store *store, const char *url, bool confined)
{
    static const char *readable[2];
    g_autoptr(GError) error = NULL;
    stage = g_new0(Stage, 1);
    stage->folder = g_dir_make_tmp("kolokol-pool-XXXXXX", NULL);
    stage->secret = g_build_filename(stage->folder, "secret", NULL);
    stage->url = g_strdup(url);
    stage->got = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_assert_true(g_file_set_contents(stage->secret, "key", 3, NULL));
    stage->objects = object_store_open(stage->folder, &error);
    g_assert_no_error(error);
    stage->objects_dir = g_build_filename(stage->folder, "objects", NULL);
    readable[0] = "/usr/share";
    PressPoolOptions options = {.processes = 3,
                                .recipes = &recipes,
                                .objects = stage->objects,
                                .open = open_store,
                                .forked = forked,
                                .readable = confined ? readable : NULL,
                                .writable = stage->objects_dir};
    stage->pool = press_pool_new(&options);
    press_renderer_init(&stage->renderer, store, &recipes, 1, stage->objects, &error);
    g_assert_no_error(error);
}

static void stage_end(void)
{
    press_renderer_clear(&stage->renderer);
    press_pool_free(stage->pool);
    object_store_free(stage->objects);
    stores_remove_tree(stage->folder);
    g_hash_table_unref(stage->got);
    g_free(stage->folder);
    g_free(stage->secret);
    g_free(stage->objects_dir);
    g_free(stage->url);
    g_free(stage);
}

static GPtrArray *numbered(unsigned count)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < count; i++) {
        g_ptr_array_add(names, g_strdup_printf("page:%u", i));
    }
    return names;
}

static void render(const GPtrArray *names)
{
    g_autoptr(GError) error = NULL;
    g_hash_table_remove_all(stage->got);
    press_pool_render(stage->pool, &stage->renderer, names, take, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(g_hash_table_size(stage->got), ==, names->len);
}

/* The page's text is the number of the process that rendered it. */
static Hash renderer_now(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer)(uintptr_t) "page:who");
    render(names);
    return stage->last;
}

static void test_batches(Store *store, const char *url)
{
    stage_begin(store, url, false);
    g_autoptr(GPtrArray) few = numbered(5), many = numbered(1500);
    render(few);
    g_assert_cmpstr(g_hash_table_lookup(stage->got, "page:3"), ==, "a/3.html");
    render(many);
    render(few);
    stage_end();
}

static void test_lives_on(Store *store, const char *url)
{
    stage_begin(store, url, false);
    g_autofree char *own = g_strdup_printf("%d\n", getpid());
    Hash first = renderer_now(), second = renderer_now(), here = hash_of(own, strlen(own));
    g_assert_true(hash_equal(&first, &second));
    g_assert_false(hash_equal(&first, &here));
    stage_end();
}

static void test_crash(Store *store, const char *url)
{
    stage_begin(store, url, false);
    g_autoptr(GPtrArray) names = numbered(300);
    for (unsigned i = 0; i < 300; i += 50) {
        g_free(names->pdata[i]);
        names->pdata[i] = g_strdup_printf("page:kill%u", i);
    }
    render(names);
    GHashTableIter each;
    gpointer name, came;
    g_hash_table_iter_init(&each, stage->got);
    while (g_hash_table_iter_next(&each, &name, &came)) {
        g_assert_cmpint(g_str_has_prefix(came, "failed: "), ==, strstr(name, "kill") != NULL);
    }
    g_autoptr(GPtrArray) few = numbered(3);
    render(few);
    stage_end();
}

static void test_stopped(Store *store, const char *url)
{
    stage_begin(store, url, false);
    g_autoptr(GPtrArray) many = numbered(200);
    g_autoptr(GError) error = NULL;
    g_assert_false(press_pool_render(stage->pool, &stage->renderer, many, refuse, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    render(many);
    stage_end();
}

/* The whole of it confined: database, objects, and no key. */
static void test_confined(Store *store, const char *url)
{
    if (instrumented()) {
        g_test_skip("sanitizers and valgrind make calls of their own");
        return;
    }
    stage_begin(store, url, true);
    g_autoptr(GPtrArray) names = numbered(20);
    g_ptr_array_add(names, g_strdup("page:secret"));
    g_assert_null(press_pool_sandbox(stage->pool));
    g_autoptr(GError) error = NULL;
    bool done = press_pool_render(stage->pool, &stage->renderer, names, take, NULL, &error);
    const char *sandbox = press_pool_sandbox(stage->pool);
    g_assert_nonnull(sandbox);
    if (strstr(sandbox, "landlock ") != NULL) {
        g_assert_false(done);
        g_assert_nonnull(strstr(error->message, "secret"));
    } else {
        g_test_message("no landlock here (%s): nothing to prove", sandbox);
    }
    g_ptr_array_set_size(names, 20);
    render(names);
    stage_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/pool/batches", test_batches);
    stores_test_add("/pool/lives_on", test_lives_on);
    stores_test_add("/pool/crash", test_crash);
    stores_test_add("/pool/stopped", test_stopped);
    stores_test_add("/pool/confined", test_confined);
    return g_test_run();
}
