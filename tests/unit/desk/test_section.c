#include "desk/section.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

static char *names(GPtrArray *taken)
{
    g_autoptr(GPtrArray) list = taken;
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < list->len; i++) {
        g_string_append(all, ((const Section *)list->pdata[i])->name);
    }
    return g_string_free(all, FALSE);
}

static void test_sections(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    bool created = false;
    assert_ok(section_ensure(store, "en", "World news", &slug, &created, error));
    g_assert_cmpstr(slug, ==, "world-news");
    g_assert_true(created);
    assert_text(fixture_touches(store), "section:en/world-news");
    g_autofree char *same = NULL;
    assert_ok(section_ensure(store, "en", "world-news", &same, &created, error));
    g_assert_false(created);
    assert_ok(section_rename(store, "en", "world-news", "The World", error));
    assert_text(fixture_touches(store), "menu:en section:en/world-news");
    g_autofree char *by_name = NULL;
    assert_ok(section_ensure(store, "en", "The World", &by_name, &created, error));
    g_assert_cmpstr(by_name, ==, "world-news");
    g_autofree char *other = NULL;
    assert_ok(section_ensure(store, "ru", "World news", &other, &created, error));
    g_assert_true(created);
    g_free(fixture_touches(store));
    assert_ok(section_rename(store, "en", "world-news", "The World", error));
    assert_text(fixture_touches(store), "");
    assert_fails(section_rename(store, "en", "no", "x", error), KOLOKOL_ERROR_NOT_FOUND, "\"no\"");
    assert_fails(section_rename(store, "en", "world-news", "", error), KOLOKOL_ERROR_INVALID,
                 "no letter");
}

static void test_menu(Store *store, const char *url)
{
    for (unsigned i = 0; i < 10; i++) {
        char name[] = {(char)('A' + i), '\0'};
        g_autofree char *slug = NULL;
        assert_ok(section_ensure(store, "en", name, &slug, NULL, error));
        fixture_put(store, "title", name, "section", name, NULL);
    }
    g_free(fixture_touches(store));
    assert_text(names(section_list(store, "en", NULL)), "ABCDEFGHIJ");
    assert_text(names(section_menu(store, "en", fixture_now(), NULL)), "ABCDEFGH");
    assert_ok(section_rename(store, "en", "j", "JJ", error));
    assert_text(fixture_touches(store), "menu:en section:en/j");
    assert_ok(section_move(store, "en", "j", 1, error));
    assert_text(fixture_touches(store), "menu:en");
    assert_text(names(section_menu(store, "en", fixture_now(), NULL)), "JJABCDEFG");
    assert_ok(section_move(store, "en", "j", 1, error));
    assert_text(fixture_touches(store), "");
    assert_ok(section_move(store, "en", "a", 99, error));
    assert_text(names(section_list(store, "en", NULL)), "JJBCDEFGHIA");
    assert_ok(section_move(store, "en", "c", 2, error));
    assert_text(names(section_list(store, "en", NULL)), "JJCBDEFGHIA");
    assert_fails(section_move(store, "en", "c", 0, error), KOLOKOL_ERROR_INVALID, "begin with 1");
}

static void test_hidden(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    for (unsigned i = 0; i < 10; i++) {
        char name[] = {(char)('A' + i), '\0'};
        g_clear_pointer(&slug, g_free);
        assert_ok(section_ensure(store, "en", name, &slug, NULL, error));
        fixture_put(store, "title", name, "section", name, NULL);
    }
    g_free(fixture_touches(store));
    assert_ok(section_hide(store, "en", "b", true, error));
    assert_text(fixture_touches(store), "menu:en");
    assert_text(names(section_menu(store, "en", fixture_now(), NULL)), "ACDEFGHI");
    assert_text(names(section_list(store, "en", NULL)), "ABCDEFGHIJ");
    assert_ok(section_hide(store, "en", "b", true, error));
    assert_text(fixture_touches(store), "");
    assert_ok(section_hide(store, "en", "b", false, error));
    assert_text(names(section_menu(store, "en", fixture_now(), NULL)), "ABCDEFGH");
    assert_fails(section_hide(store, "en", "no", true, error), KOLOKOL_ERROR_NOT_FOUND, "no");
}

/* Nobody is told of a section before readers see a story of it: its name may be the news. */
static void test_unseen(Store *store, const char *url)
{
    int64_t now = fixture_now(), later = fixture_moment("2026-11-25T08:00:00Z");
    assert_text(names(section_menu(store, "en", now, NULL)), "");
    g_assert_cmpint(fixture_try(store, 0, NULL, "title", "Draft", "section", "Bribes", NULL), !=,
                    0);
    g_assert_cmpint(fixture_try(store, STORY_PUT_PUBLISH, NULL, "title", "Soon", "section", "Soon",
                                "date", "2026-11-24T08:00:00Z", NULL),
                    !=, 0);
    g_assert_cmpint(fixture_try(store, 0, NULL, "title", "Embargoed", "section", "Arrest",
                                "embargo", "2026-11-25T08:00:00Z", NULL),
                    !=, 0);
    assert_text(names(section_menu(store, "en", now, NULL)), "");
    fixture_put(store, "title", "Out", "section", "Out", NULL);
    assert_text(names(section_menu(store, "en", now, NULL)), "Out");
    assert_text(names(section_menu(store, "en", later, NULL)), "SoonOut");
}

static void test_about(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    g_autofree char *large = g_strnfill(4001, 'x');
    assert_ok(section_ensure(store, "en", "News", &slug, NULL, error));
    g_free(fixture_touches(store));
    assert_ok(section_describe(store, "en", "news", "What happened.", error));
    assert_text(fixture_touches(store), "section:en/news");
    assert_ok(section_describe(store, "en", "news", "What happened.", error));
    assert_text(fixture_touches(store), "");
    g_autoptr(Section) section = section_read(store, "en", "news", NULL);
    g_assert_cmpstr(section->about, ==, "What happened.");
    assert_fails(section_describe(store, "en", "news", large, error), KOLOKOL_ERROR_LIMIT, "4000");
    assert_fails(section_describe(store, "en", "no", "x", error), KOLOKOL_ERROR_NOT_FOUND, "no");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/section/sections", test_sections);
    stores_test_add("/desk/section/menu", test_menu);
    stores_test_add("/desk/section/hidden", test_hidden);
    stores_test_add("/desk/section/unseen", test_unseen);
    stores_test_add("/desk/section/about", test_about);
    return g_test_run();
}
