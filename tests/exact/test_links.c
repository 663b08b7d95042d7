/*
 * No link of an edition leads nowhere, not even in the first of the two editions that a change is
 * followed by (DESIGN 5, waves): a story that is the first of its month, year, section, topic and
 * author comes together with the pages that lead on from it. Over all pages of a newsroom that
 * grows from nothing, and goes again. (What goes is gone from the first edition on, and lists that
 * the second makes again lead to it until then: a story that is taken down must not stand on its
 * day's page a moment longer.)
 */
#include "base/error.h"
#include "base/file.h"
#include "desk/import.h"
#include "desk/story_state.h"
#include "edition/objects.h"
#include "exact/newsroom.h"

#include <string.h>

#define NOW      (INT64_C(1795435200) * CLOCK_SECOND) /* 2026-11-23 12:00 UTC */
#define PAGE_MAX (2u << 20)

static int64_t test_clock(void *data)
{
    return *(int64_t *)data;
}

static int64_t publish(TestNewsroom *newsroom, const char *language, const char *date,
                       const char *title, const char *word)
{
    const char *const fields[][2] = {
        {"title", title}, {"language", language}, {"date", date},      {"section", word},
        {"topics", word}, {"authors", word},      {"body", "A text."},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(StoryInput) input = story_input_new();
    g_auto(StoryPut) put = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        story_input_set(input, fields[i][0], fields[i][1], strlen(fields[i][1]), &error);
        g_assert_no_error(error);
    }
    story_put(test_newsroom_store(newsroom), test_newsroom_site(newsroom), input, STORY_PUT_PUBLISH,
              clock_now(), &put, &error);
    g_assert_no_error(error);
    return put.id;
}

static void withdraw(TestNewsroom *newsroom, int64_t id)
{
    g_autoptr(GError) error = NULL;
    story_withdraw(test_newsroom_store(newsroom), test_newsroom_site(newsroom), id, clock_now(),
                   &error);
    g_assert_no_error(error);
}

/* ---- What leads nowhere ---- */

typedef struct {
    ObjectStore *objects;
    GHashTable *paths; /* of all pages */
    unsigned links, lost;
} Look;

/* The path that a relative address on the page `from` means; NULL if it leads elsewhere. */
static char *path_of(const char *from, const char *address, size_t length)
{
    g_autofree char *link = g_strndup(address, MIN(length, strcspn(address, "#?")));
    if (link[0] == '\0' || strstr(link, ":") != NULL || link[0] == '/') {
        return NULL;
    }
    g_autofree char *base = g_strconcat("https://x/", from, NULL);
    g_autofree char *whole = g_uri_resolve_relative(base, link, G_URI_FLAGS_NONE, NULL);
    g_assert_nonnull(whole);
    g_autofree char *path = g_uri_unescape_string(whole + strlen("https://x/"), NULL);
    return path[0] == '\0' || g_str_has_suffix(path, "/") ? g_strconcat(path, "index.html", NULL)
                                                          : g_steal_pointer(&path);
}

static void look_at(Look *look, const char *from, const char *page)
{
    for (const char *at = page; (at = strstr(at, " href=\"")) != NULL;) {
        at += strlen(" href=\"");
        size_t length = strcspn(at, "\"");
        g_autofree char *path = path_of(from, at, length);
        at += length;
        if (path == NULL || g_str_has_prefix(path, "o/") || g_str_has_prefix(path, "EDITION")) {
            continue;
        }
        look->links++;
        if (!g_hash_table_contains(look->paths, path)) {
            look->lost++;
            g_test_message("%s leads to %s", from, path);
        }
    }
}

static void look_into(gpointer name, gpointer value, gpointer data)
{
    Look *look = data;
    const char *path = strchr(value, ' ') + 1;
    g_autoptr(GError) error = NULL;
    Hash hash;
    g_autofree char *hex = g_strndup(value, HASH_HEX - 1);
    g_assert_true(hash_parse(hex, &hash));
    if (!g_str_has_suffix(path, ".html")) {
        return;
    }
    g_autoptr(GBytes) bytes = object_store_read(look->objects, &hash, PAGE_MAX, &error);
    g_assert_no_error(error);
    g_autofree char *page = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    look_at(look, path, page);
}

static void check_links(TestNewsroom *newsroom, const char *when)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) pages = test_newsroom_pages(newsroom);
    g_autoptr(GHashTable) paths = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *edition = g_build_filename(test_newsroom_folder(newsroom), "edition", NULL);
    g_autoptr(ObjectStore) objects = object_store_open(edition, &error);
    g_assert_no_error(error);
    GHashTableIter each;
    gpointer value;
    g_hash_table_iter_init(&each, pages);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        g_hash_table_add(paths, strchr(value, ' ') + 1);
    }
    Look look = {.objects = objects, .paths = paths};
    g_test_message("%s", when);
    g_hash_table_foreach(pages, look_into, &look);
    g_test_message("%u links of %u pages, %u lead nowhere", look.links, g_hash_table_size(pages),
                   look.lost);
    if (look.lost > 0) {
        g_test_fail();
    }
}

static void press(TestNewsroom *newsroom, int last_wave, const char *when)
{
    g_autoptr(GError) error = NULL;
    PressRun how = {.plain = true, .last_wave = last_wave};
    PressReport report = {0};
    press_run(test_newsroom_press(newsroom), &how, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(report.tally.failed, ==, 0);
    check_links(newsroom, when);
}

static void test_links(void)
{
    int64_t now = NOW;
    clock_replace(test_clock, &now);
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en,ru");

    static const struct {
        const char *language, *date, *title, *word, *what;
    } stories[] = {
        {"en", "2026-11-20", "A", "City", "the first story of all"},
        {"en", "2026-11-21", "B", "City", "one more"},
        {"en", "2026-10-02", "C", "City", "the first of a month"},
        {"en", "2025-10-02", "D", "City", "the first of a year"},
        {"en", "2026-11-22", "E", "Sea", "the first of a section, a topic and an author"},
        {"ru", "2026-11-22", "F", "Sea", "the first of a language"},
    };

    int64_t ids[G_N_ELEMENTS(stories)];
    press(newsroom, 0, "an empty newsroom");
    for (size_t i = 0; i < G_N_ELEMENTS(stories); i++) {
        ids[i] = publish(newsroom, stories[i].language, stories[i].date, stories[i].title,
                         stories[i].word);
        g_autofree char *before = g_strconcat(stories[i].what, ", first edition", NULL);
        press(newsroom, PRESS_WAVE_NEWS, before);
        press(newsroom, 0, stories[i].what);
        now += CLOCK_MINUTE;
    }
    for (size_t i = G_N_ELEMENTS(stories); i-- > 0;) {
        g_autofree char *after = g_strconcat(stories[i].what, " goes", NULL);
        withdraw(newsroom, ids[i]);
        press(newsroom, 0, after);
        now += CLOCK_MINUTE;
    }
    test_newsroom_free(g_steal_pointer(&newsroom));
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/links", test_links);
    return g_test_run();
}
