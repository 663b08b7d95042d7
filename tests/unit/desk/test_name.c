#include "desk/name.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

static void test_slug(void)
{
    char *slug = NULL;
    assert_ok(desk_name_slug("topic", "Река Нева", &slug, error));
    g_assert_cmpstr(slug, ==, "reka-neva");
    g_free(slug);
    slug = NULL;
    assert_fails(desk_name_slug("topic", "", &slug, error), KOLOKOL_ERROR_INVALID, "no letter");
    assert_fails(desk_name_slug("topic", "!?…", &slug, error), KOLOKOL_ERROR_INVALID, "no letter");
    assert_fails(desk_name_slug("topic", "a\nb", &slug, error), KOLOKOL_ERROR_INVALID, "control");
    assert_fails(desk_name_slug("topic", "a\xff", &slug, error), KOLOKOL_ERROR_INVALID, "UTF-8");
    g_autofree char *longest = g_strnfill(201, 'a');
    assert_fails(desk_name_slug("topic", longest, &slug, error), KOLOKOL_ERROR_LIMIT, "200");
    g_assert_null(slug);
}

static void test_text(void)
{
    assert_ok(desk_plain_text("caption", "two\nlines\tand a tab", 100, error));
    assert_fails(desk_plain_text("caption", "bell\a", 100, error), KOLOKOL_ERROR_INVALID,
                 "control");
    assert_fails(desk_plain_text("caption", "12345", 4, error), KOLOKOL_ERROR_LIMIT, "at most 4");
    assert_text(desk_one_line(" a \n\t b  "), "a b");
    assert_text(desk_one_line(" \n "), "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/name/slug", test_slug);
    g_test_add_func("/desk/name/text", test_text);
    return g_test_run();
}
