/* Names that a form offers: of the language, the busiest first, as the form has them. */
#include "desk/suggest.h"

#include "fixture.h"

#include <string.h>

static char *offered(Store *store, StoryField field, const char *language)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names =
        suggest_names(store, fixture_site(), field, language, fixture_now(), &error);
    g_assert_no_error(error);
    g_ptr_array_add(names, NULL);
    return g_strjoinv("|", (char **)names->pdata);
}

static void is(Store *store, StoryField field, const char *language, const char *wanted)
{
    g_autofree char *names = offered(store, field, language);
    g_assert_cmpstr(names, ==, wanted);
}

static void test_suggest(Store *store, const char *url)
{
    is(store, STORY_FIELD_AUTHORS, "en", "");
    fixture_put(store, "title", "A", "date", "2026-11-20", "section", "City", "topics", "Sea",
                "authors", "Anna", "authors", "Lind, Vera", NULL);
    fixture_put(store, "title", "B", "date", "2026-11-21", "section", "Art", "topics", "Sea",
                "topics", "Air", "authors", "Lind, Vera", NULL);
    for (unsigned i = 0; i < 3; i++) { /* long ago */
        static const char *const titles[] = {"C", "D", "E"};
        fixture_put(store, "title", titles[i], "date", "2019-01-02", "authors", "Anna", NULL);
    }
    fixture_put(store, "title", "F", "language", "ru", "date", "2026-11-20", "authors", "Илья",
                NULL);
    is(store, STORY_FIELD_AUTHORS, "en", "\"Lind, Vera\"|Anna");
    is(store, STORY_FIELD_AUTHORS, "ru", "Илья");
    is(store, STORY_FIELD_TOPICS, "en", "Sea|Air");
    is(store, STORY_FIELD_SECTION, "en", "City|Art");
    is(store, STORY_FIELD_SLUG, "en", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/suggest", test_suggest);
    return g_test_run();
}
