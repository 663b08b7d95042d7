/* What tests of the desk share: fixture.h. */
#include "fixture.h"

#include "base/error.h"
#include "base/file.h"
#include "base/moment.h"
#include "desk/story_count.h"
#include "desk/story_list.h"
#include "press_sql.h"

#include <string.h>

int64_t fixture_picture(Store *store, const char *folder, const MediaWords *words)
{
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0,   0, 0,
                                  13,   'I', 'H', 'D', 'R',  0,    0,    2,    128, 0, 0,
                                  1,    224, 8,   2,   0,    0,    0,    0,    0,   0, 0};
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t id = 0;
    assert_ok(media_add(store, directory, png, sizeof png, words, fixture_now(), &id, NULL, error));
    return id;
}

const DeskSite *fixture_site(void)
{
    static const char *const languages[] = {"en", "ru", NULL};
    static DeskSite site;
    if (site.zone == NULL) {
        site = (DeskSite){languages, g_time_zone_new_identifier("Europe/Riga")};
    }
    return &site;
}

int64_t fixture_moment(const char *text)
{
    int64_t moment = 0;
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_assert_true(moment_parse(text, zone, &moment, NULL));
    return moment;
}

int64_t fixture_now(void)
{
    return fixture_moment("2026-11-23T12:00:00Z");
}

static StoryInput *input_of(const char *key, va_list arguments)
{
    StoryInput *input = story_input_new();
    for (; key != NULL; key = va_arg(arguments, const char *)) {
        const char *value = va_arg(arguments, const char *);
        g_autoptr(GError) error = NULL;
        story_input_set(input, key, value, strlen(value), &error);
        g_assert_no_error(error);
    }
    return input;
}

StoryInput *fixture_input(const char *key, ...)
{
    va_list arguments;
    va_start(arguments, key);
    StoryInput *input = input_of(key, arguments);
    va_end(arguments);
    return input;
}

static int64_t put(Store *store, unsigned flags, const StoryInput *input, GError **error)
{
    g_auto(StoryPut) made = {0};
    return story_put(store, fixture_site(), input, flags, fixture_now(), &made, error) ? made.id
                                                                                       : 0;
}

int64_t fixture_try(Store *store, unsigned flags, GError **error, ...)
{
    va_list arguments;
    va_start(arguments, error);
    const char *key = va_arg(arguments, const char *);
    g_autoptr(StoryInput) input = input_of(key, arguments);
    va_end(arguments);
    return put(store, flags, input, error);
}

int64_t fixture_put(Store *store, ...)
{
    va_list arguments;
    va_start(arguments, store);
    const char *key = va_arg(arguments, const char *);
    g_autoptr(StoryInput) input = input_of(key, arguments);
    va_end(arguments);
    g_autoptr(GError) error = NULL;
    int64_t id = put(store, STORY_PUT_PUBLISH, input, &error);
    g_assert_no_error(error);
    return id;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(GPtrArray *words)
{
    g_ptr_array_sort(words, by_bytes);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < words->len; i++) {
        if (i == 0 || strcmp(words->pdata[i - 1], words->pdata[i]) != 0) {
            g_string_append_printf(all, "%s%s", i > 0 ? " " : "", (char *)words->pdata[i]);
        }
    }
    return g_string_free(all, FALSE);
}

char *fixture_touches(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(StoreRows) rows = press_change_take(store, INT64_MAX, &error);
    while (rows != NULL && store_rows_next(rows, &error) == STORE_ROW) {
        g_ptr_array_add(inputs, store_text_copy(rows, 0));
    }
    g_assert_no_error(error);
    return joined(inputs);
}

char *fixture_due(Store *store, const char *prefix)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(StoreRows) rows = press_due_between(store, INT64_MIN, INT64_MAX, &error);
    while (rows != NULL && store_rows_next(rows, &error) == STORE_ROW) {
        if (g_str_has_prefix(store_text(rows, 0), prefix)) {
            g_ptr_array_add(inputs, store_text_copy(rows, 0));
        }
    }
    g_assert_no_error(error);
    return joined(inputs);
}

char *fixture_list(Store *store, const char *list, int64_t as_of, unsigned limit)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) cards = NULL;
    story_list_read(store, list, as_of, limit, &cards, &error);
    g_assert_no_error(error);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        g_string_append_printf(all, "%s%s", i > 0 ? "|" : "", card->headline);
    }
    return g_string_free(all, FALSE);
}

char *fixture_counts(Store *store, const char *input, int64_t as_of)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) counts = NULL;
    story_counts_read(store, input, as_of, &counts, &error);
    g_assert_no_error(error);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < counts->len; i++) {
        const StoryCount *count = &g_array_index(counts, StoryCount, i);
        g_string_append_printf(all, "%s%s %d", i > 0 ? ", " : "", count->key, (int)count->count);
    }
    return g_string_free(all, FALSE);
}
