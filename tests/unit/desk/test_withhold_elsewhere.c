#include "desk/withhold_elsewhere.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/author.h"
#include "desk/breaking.h"
#include "desk/media.h"
#include "desk/section.h"
#include "desk/topic.h"
#include "desk/topic_merge.h"
#include "fixture.h"
#include "press/setting.h"
#include "staff/person.h"
#include "staff/reading.h"

#include <string.h>

#define NAME "Anna Petrova"

static bool tell(WithholdPlace place, const char *what, void *data, GError **error)
{
    g_string_append_printf(data, "%d:%s ", place, what);
    return true;
}

static char *told(Store *store, const GPtrArray *names)
{
    GString *out = g_string_new(NULL);
    assert_ok(withhold_elsewhere(store, names, tell, out, error));
    return g_string_free(out, FALSE);
}

static void put(Store *store)
{
    unsigned char png[] = {0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0,
                           0,    3,   32,  0,   0,  2,  88, 8,  2, 0, 0, 0,  0,   0,   0,   1};
    g_autofree char *folder = g_dir_make_tmp("elsewhere-XXXXXX", NULL);
    g_autofree char *section = NULL, *author = NULL, *topic = NULL, *merged = NULL, *into = NULL;
    FILE_AUTO directory = directory_open(folder, false, NULL);
    MediaWords words = {.caption = NAME ", left", .alt = "Hannah Petrova"};
    int64_t id = 0;
    bool changed = false;
    assert_ok(media_add(store, directory, png, sizeof png, &words, 1, &id, NULL, error));
    assert_ok(section_ensure(store, "en", "By " NAME, &section, NULL, error));
    assert_ok(section_describe(store, "en", section, "All that " NAME " wrote", error));
    assert_ok(author_ensure(store, "en", "Ivan", &author, NULL, error));
    assert_ok(author_describe(store, "en", author, "Brother of " NAME, error));
    assert_ok(topic_ensure(store, "ru", "Дело " NAME, &topic, NULL, error));
    assert_ok(topic_ensure(store, "en", "Case of " NAME, &merged, NULL, error));
    assert_ok(topic_ensure(store, "en", "Cases", &into, NULL, error));
    assert_ok(name_merge(store, &topic_merging, fixture_site(), "en", merged, into, 1, error));
    assert_ok(setting_set(store, "languages", "en,ru", &changed, error));
    assert_ok(setting_set(store, "description", NAME "'s paper", &changed, error));
    assert_ok(setting_set(store, "description.ru", "Газета " NAME, &changed, error));
    assert_ok(breaking_set(store, "en", NAME " is back", 0, INT64_MAX, 1, error));
    stores_remove_tree(folder);
}

/* All places are told, then changed, each in its language; the breaking line is the order's. */
static void test_all(Store *store, const char *url)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    WithheldName name = {.names = names, .instead = ""};
    g_ptr_array_add(names, (gpointer)(uintptr_t)NAME);
    put(store);
    assert_text(told(store, names),
                "0:1 1:en/by-anna-petrova 2:en/ivan 3:ru/delo-anna-petrova "
                "3:en/case-of-anna-petrova 4:description.ru 4:description 5:en ");
    for (int again = 0; again < 2; again++) {
        assert_ok(withhold_elsewhere_replace(store, fixture_site(), &name, 2, error));
        assert_text(told(store, names), "5:en ");
    }
    g_autoptr(Section) section = section_read(store, "en", "by-anna-petrova", NULL);
    g_assert_cmpstr(section->name, ==, "By an author whose name is withheld");
    g_assert_cmpstr(section->about, ==, "All that an author whose name is withheld wrote");
    g_autoptr(Author) author = author_read(store, "en", "ivan", NULL);
    g_assert_cmpstr(author->about, ==, "Brother of an author whose name is withheld");
    g_autoptr(GPtrArray) merged = name_merge_list(store, &topic_merging, "en", "cases", 10, NULL);
    g_assert_cmpuint(merged->len, ==, 1);
    g_assert_cmpstr(((const NameMerged *)merged->pdata[0])->name, ==,
                    "Case of an author whose name is withheld");
    g_autoptr(Media) media = media_read(store, 1, NULL);
    g_assert_cmpstr(media->caption, ==, "an author whose name is withheld, left");
    g_assert_cmpstr(media->alt, ==, "Hannah Petrova");
    g_autofree char *russian = setting_get(store, "description.ru", NULL);
    g_assert_null(strstr(russian, "author"));
}

/* A text that has no room for the words in the name's place loses it all the same, and so does one
 * that is nothing but the name where what takes its place is no word. */
static void test_full(Store *store, const char *url)
{
    unsigned char png[] = {0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0,
                           0,    3,   32,  0,   0,  2,  88, 8,  2, 0, 0, 0,  0,   0,   0,   1};
    g_autofree char *folder = g_dir_make_tmp("elsewhere-XXXXXX", NULL);
    g_autofree char *section = NULL, *author = NULL, *topic = NULL;
    g_autoptr(GString) full = g_string_new(NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t id = 0;
    bool changed = false;
    while (full->len + strlen(NAME ", ") <= 2000) {
        g_string_append(full, NAME ", ");
    }
    g_autofree char *twice = g_strconcat(full->str, full->str, NULL);
    g_autofree char *name = g_strndup(full->str, 190);
    MediaWords words = {.caption = full->str};
    g_ptr_array_add(names, (gpointer)(uintptr_t)NAME);
    assert_ok(media_add(store, directory, png, sizeof png, &words, 1, &id, NULL, error));
    assert_ok(section_ensure(store, "en", "City", &section, NULL, error));
    assert_ok(section_describe(store, "en", section, twice, error));
    assert_ok(author_ensure(store, "en", name, &author, NULL, error));
    assert_ok(author_describe(store, "en", author, twice, error));
    assert_ok(topic_ensure(store, "en", NAME, &topic, NULL, error));
    assert_ok(setting_set(store, "description", twice, &changed, error));
    static const char *const insteads[] = {"", "—"};
    for (size_t i = 0; i < G_N_ELEMENTS(insteads); i++) {
        WithheldName withheld = {.names = names, .instead = insteads[i]};
        assert_ok(topic_rename(store, "en", topic, NAME, error));
        assert_ok(withhold_elsewhere_replace(store, fixture_site(), &withheld, 2, error));
        assert_text(told(store, names), "");
    }
    stores_remove_tree(folder);
}

/* For whom a link is: it may be a source. */
static void test_reading(Store *store, const char *url)
{
    int64_t vera = 0;
    char token[READING_TOKEN];
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    WithheldName name = {.names = names, .instead = "N."};
    g_ptr_array_add(names, (gpointer)(uintptr_t)NAME);
    assert_ok(person_add(store, "Vera", "v@bell.example", ROLE_EDITOR, 0, 1, &vera, error));
    ReadingActor by = {.person = vera};
    assert_ok(reading_make(store, 1, &by, "For " NAME, 1, 1, token, error));
    assert_ok(reading_make(store, 1, &by, "Hannah Petrova", 1, 1, token, error));
    assert_ok(withhold_elsewhere_replace(store, fixture_site(), &name, 2, error));
    g_autoptr(GPtrArray) list = reading_list(store, 1, 10, NULL);
    g_assert_cmpstr(((Reading *)list->pdata[1])->name, ==, "For N.");
    g_assert_cmpstr(((Reading *)list->pdata[0])->name, ==, "Hannah Petrova");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/withhold_elsewhere/all", test_all);
    stores_test_add("/desk/withhold_elsewhere/full", test_full);
    stores_test_add("/desk/withhold_elsewhere/reading", test_reading);
    return g_test_run();
}
