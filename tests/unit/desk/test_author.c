#include "desk/author.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

static void test_authors(Store *store, const char *url)
{
    g_autofree char *slug = NULL;
    bool created = false;
    assert_ok(author_ensure(store, "ru", "Анна Ли", &slug, &created, error));
    g_assert_cmpstr(slug, ==, "anna-li");
    g_assert_true(created);
    assert_text(fixture_touches(store), "author:ru/anna-li");
    g_autofree char *same = NULL;
    assert_ok(author_ensure(store, "ru", "anna-li", &same, &created, error));
    g_assert_false(created);
    assert_ok(author_rename(store, "ru", "anna-li", "А. Ли", error));
    assert_ok(author_describe(store, "ru", "anna-li", "Two lines\nof text", error));
    assert_text(fixture_touches(store), "author:ru/anna-li");
    g_autoptr(Author) author = author_read(store, "ru", "anna-li", NULL);
    g_assert_cmpstr(author->name, ==, "А. Ли");
    g_assert_cmpstr(author->about, ==, "Two lines\nof text");
    assert_ok(author_rename(store, "ru", "anna-li", "А. Ли", error));
    assert_ok(author_describe(store, "ru", "anna-li", "Two lines\nof text", error));
    assert_text(fixture_touches(store), "");
    assert_fails(author_read(store, "en", "anna-li", error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "anna-li");
    assert_fails(author_rename(store, "en", "anna-li", "x", error), KOLOKOL_ERROR_NOT_FOUND,
                 "anna-li");
    assert_fails(author_describe(store, "ru", "anna-li", "\xff", error), KOLOKOL_ERROR_INVALID,
                 "UTF-8");
    assert_fails(author_ensure(store, "ru", "?!", &slug, NULL, error), KOLOKOL_ERROR_INVALID,
                 "no letter");
}

static void test_walk(Store *store, const char *url)
{
    static const char *const names[] = {"C", "A", "B"};
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *slug = NULL;
        assert_ok(author_ensure(store, "en", names[i], &slug, NULL, error));
    }
    g_autoptr(GPtrArray) first = author_list_after(store, "en", "", 2, NULL);
    g_assert_cmpuint(first->len, ==, 2);
    g_assert_cmpstr(((Author *)first->pdata[1])->slug, ==, "b");
    g_autoptr(GPtrArray) rest = author_list_after(store, "en", "b", 2, NULL);
    g_assert_cmpuint(rest->len, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/author/authors", test_authors);
    stores_test_add("/desk/author/walk", test_walk);
    return g_test_run();
}
