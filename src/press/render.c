/* One page rendered and recorded: render.h and page.h. */
#include "press/render.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "edition/path.h"
#include "press/code.h"

#include <string.h>

struct PressPage {
    PressRenderer *renderer;
    PressRecord *record;
    GPtrArray *globals; /* names, borrowed from the renderer's table */
};

bool press_renderer_init(PressRenderer *renderer, Store *store, const PressRecipes *recipes,
                         int64_t as_of, ObjectStore *objects, GError **error)
{
    *renderer =
        (PressRenderer){.store = store, .recipes = recipes, .as_of = as_of, .objects = objects};
    if (recipes->begin != NULL) {
        renderer->run = recipes->begin(store, recipes->context, as_of, error);
        if (renderer->run == NULL) {
            return false;
        }
    }
    renderer->versions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return true;
}

void press_renderer_clear(PressRenderer *renderer)
{
    if (renderer->run != NULL && renderer->recipes->end != NULL) {
        renderer->recipes->end(renderer->run);
    }
    renderer->run = NULL;
    g_clear_pointer(&renderer->versions, g_hash_table_unref);
}

static const PressGlobal *global_of(const PressRecipes *recipes, const char *input,
                                    const char **key)
{
    const char *colon = strchr(input, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - input);
    for (const PressGlobal *global = recipes->globals; global->class_name != NULL; global++) {
        if (colon != NULL && strlen(global->class_name) == length &&
            strncmp(global->class_name, input, length) == 0) {
            *key = colon + 1;
            return global;
        }
    }
    return NULL;
}

/* Asks for the version once a run; returns the table's own key and value. */
static bool version_find(PressRenderer *renderer, const char *input, const char **name,
                         const char **version, GError **error)
{
    gpointer found_name = NULL, found = NULL;
    if (!g_hash_table_lookup_extended(renderer->versions, input, &found_name, &found)) {
        const char *key = NULL;
        const PressGlobal *global = global_of(renderer->recipes, input, &key);
        if (global == NULL) {
            return fail(error, KOLOKOL_ERROR_INVALID, "the press knows no global input \"%.100s\"",
                        input);
        }
        found = global->version(renderer->store, renderer->run, key, renderer->as_of, error);
        if (found == NULL) {
            return false;
        }
        found_name = g_strdup(input);
        g_hash_table_insert(renderer->versions, found_name, found);
    }
    *name = found_name;
    *version = found;
    return true;
}

const char *press_renderer_version(PressRenderer *renderer, const char *input, GError **error)
{
    const char *name = NULL, *version = NULL;
    return version_find(renderer, input, &name, &version, error) ? version : NULL;
}

const PressKind *press_kind_of(const PressRecipes *recipes, const char *name, const char **key)
{
    const char *colon = strchr(name, ':');
    if (colon == NULL) {
        return NULL;
    }
    size_t length = (size_t)(colon - name);
    for (const PressKind *const *kind = recipes->kinds; *kind != NULL; kind++) {
        if (strlen((*kind)->name) == length && strncmp((*kind)->name, name, length) == 0) {
            *key = colon + 1;
            return *kind;
        }
    }
    return NULL;
}

Store *press_page_store(PressPage *page)
{
    return page->renderer->store;
}

int64_t press_page_as_of(const PressPage *page)
{
    return page->renderer->as_of;
}

void *press_page_run(PressPage *page)
{
    return page->renderer->run;
}

void press_page_read(PressPage *page, const char *input)
{
    press_record_read(page->record, input, INT64_MIN, INT64_MIN);
}

void press_page_read_list(PressPage *page, const char *list, bool full, int64_t published,
                          int64_t id)
{
    press_record_read(page->record, list, full ? published : INT64_MIN, full ? id : INT64_MIN);
}

bool press_page_read_global(PressPage *page, const char *input, GError **error)
{
    const char *name = NULL, *version = NULL;
    if (!version_find(page->renderer, input, &name, &version, error)) {
        return false;
    }
    for (guint i = 0; i < page->globals->len; i++) {
        if (page->globals->pdata[i] == name) {
            return true;
        }
    }
    g_ptr_array_add(page->globals, (gpointer)(uintptr_t)name);
    return true;
}

void press_page_boundary(PressPage *page, int64_t moment)
{
    if (moment > page->renderer->as_of && moment < page->record->boundary) {
        page->record->boundary = moment;
    }
}

void press_page_object(PressPage *page, const char *name, int64_t size)
{
    PressObject object = {g_strdup(name), size};
    g_array_append_val(page->record->objects, object);
}

static bool object_hash(const char *name, Hash *hash, GError **error)
{
    g_autofree char *hex = g_strndup(strlen(name) > 5 ? name + 5 : "", 64);
    return (edition_object_name_valid(name) && hash_parse(hex, hash)) ||
           fail(error, KOLOKOL_ERROR_INVALID, "\"%s\" is not the name of a hash-named file", name);
}

static bool put_named(PressPage *page, const Hash *hash, const char *source, const char *bytes,
                      size_t length, GError **error)
{
    Hash put;
    bool written = false;
    return object_store_put(page->renderer->objects, bytes, length, &put, &written, error) &&
           (hash_equal(&put, hash) ||
            fail(error, KOLOKOL_ERROR_CORRUPT, "%s is not the file that it was: its hash differs",
                 source));
}

/* Shown pages are given the file itself by whoever shows them. */
static bool show_file(PressPage *page, const char *name, const char *source, int64_t size,
                      GError **error)
{
    if (!g_file_test(source, G_FILE_TEST_IS_REGULAR)) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no file %s", source);
    }
    press_shown_file(page->renderer->shown, name, source);
    press_page_object(page, name, size);
    return true;
}

bool press_page_object_file(PressPage *page, const char *name, const char *source, int64_t size,
                            GError **error)
{
    Hash hash;
    if (!object_hash(name, &hash, error)) {
        return false;
    }
    if (page->renderer->shown != NULL) {
        return show_file(page, name, source, size, error);
    }
    if (!object_store_has(page->renderer->objects, &hash, OBJECT_PLAIN)) {
        g_autoptr(GBytes) bytes = file_read(source, LIMIT_OBJECT, error);
        if (bytes == NULL || !put_named(page, &hash, source, g_bytes_get_data(bytes, NULL),
                                        g_bytes_get_size(bytes), error)) {
            return false;
        }
    }
    press_page_object(page, name, size);
    return true;
}

bool press_page_object_named(PressPage *page, const char *name, const char *bytes, size_t length,
                             GError **error)
{
    Hash hash;
    if (page->renderer->shown != NULL) {
        press_shown_bytes(page->renderer->shown, name, bytes, length);
        press_page_object(page, name, (int64_t)length);
        return true;
    }
    if (!object_hash(name, &hash, error) ||
        (!object_store_has(page->renderer->objects, &hash, OBJECT_PLAIN) &&
         !put_named(page, &hash, name, bytes, length, error))) {
        return false;
    }
    press_page_object(page, name, (int64_t)length);
    return true;
}

bool press_page_object_bytes(PressPage *page, const char *extension, const char *bytes,
                             size_t length, char **name, GError **error)
{
    Hash hash = {0};
    char hex[HASH_HEX];
    bool written = false;
    PressShown *shown = page->renderer->shown;
    if (shown != NULL) {
        hash = hash_of(bytes, length);
    } else if (!object_store_put(page->renderer->objects, bytes, length, &hash, &written, error) ||
               (written &&
                !press_code_gzip(page->renderer->objects, &hash, bytes, length, error))) {
        return false;
    }
    hash_hex(&hash, hex);
    *name = g_strdup_printf("o/%.2s/%s.%s", hex, hex, extension);
    if (shown != NULL) {
        press_shown_bytes(shown, *name, bytes, length);
    }
    press_page_object(page, *name, (int64_t)length);
    return true;
}

static bool put_page(PressPage *page, const char *bytes, size_t length, GError **error)
{
    bool written = false;
    PressRecord *record = page->record;
    PressRenderer *renderer = page->renderer;
    if (renderer->shown != NULL) {
        char *copy = g_strndup(bytes, length);
        g_clear_pointer(&renderer->shown->html, g_bytes_unref);
        renderer->shown->html = g_bytes_new_take(copy, length);
        record->hash = hash_of(bytes, length);
        return true;
    }
    if (!object_store_put(renderer->objects, bytes, length, &record->hash, &written, error)) {
        return false;
    }
    if (renderer->gzip) {
        if (written && !press_code_gzip(renderer->objects, &record->hash, bytes, length, error)) {
            return false;
        }
        record->coded = true;
    }
    return true;
}

bool press_page_set(PressPage *page, const char *path, const char *bytes, size_t length,
                    int64_t newness, GError **error)
{
    if (!edition_path_valid(path, error)) {
        return false;
    }
    if (length > LIMIT_PAGE) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the page %s has %zu bytes; the limit is %u", path,
                    length, LIMIT_PAGE);
    }
    PressRecord *record = page->record;
    if (!put_page(page, bytes, length, error)) {
        return false;
    }
    record->path = g_strdup(path);
    record->size = (int64_t)length;
    record->newness = newness;
    return true;
}

static int name_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *globals_text(PressRenderer *renderer, GPtrArray *names)
{
    g_ptr_array_sort(names, name_compare);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(
            text, "%s %s\n", (const char *)names->pdata[i],
            (const char *)g_hash_table_lookup(renderer->versions, names->pdata[i]));
    }
    return g_string_free(text, FALSE);
}

/* A failure of the page itself, as opposed to one of the machine, which stops the run. */
static bool of_the_page(const GError *error)
{
    return error->domain == KOLOKOL_ERROR && error->code != KOLOKOL_ERROR_IO &&
           error->code != KOLOKOL_ERROR_BUSY;
}

PressRecord *press_render(PressRenderer *renderer, const char *name, GError **error)
{
    const char *key = NULL;
    const PressKind *kind = press_kind_of(renderer->recipes, name, &key);
    g_autoptr(PressRecord) record = press_record_new(name);
    if (kind == NULL) {
        return g_steal_pointer(&record); /* a kind of an older program: the page goes */
    }
    g_autoptr(GPtrArray) globals = g_ptr_array_new();
    PressPage page = {renderer, record, globals};
    GError *failed = NULL;
    int64_t began = clock_cpu();
    /* An error that a recipe says nothing of is one all the same: else it would remove the page. */
    if (!kind->render(&page, key, &failed) || failed != NULL) {
        if (!of_the_page(failed)) {
            g_propagate_prefixed_error(error, failed, "%s: ", name);
            return NULL;
        }
        g_clear_pointer(&record->path, g_free);
        record->failure = g_strdup(failed->message);
        g_error_free(failed);
    }
    record->microseconds = clock_cpu() - began;
    record->globals = globals_text(renderer, globals);
    press_record_finish(record);
    return g_steal_pointer(&record);
}
