/* A story's fields as a form has them, and the moments in it. */
#include "desk/story_desk.h"

#include "base/error.h"
#include "fixture.h"

#include <string.h>

static void test_fields(Store *store, const char *url)
{
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "section", "City", "topics",
                             "Rain & fog", "topics", "Мосты", "authors", "Vera Lind", "authors",
                             "reporting: Ilya", "slug", "a-b", NULL);
    g_auto(StoryFields) was = {0};
    g_auto(StoryFields) back = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    g_assert_cmpstr(was.values[STORY_FIELD_TOPICS], ==, "Rain & fog, Мосты");
    g_assert_cmpstr(was.values[STORY_FIELD_AUTHORS], ==, "Vera Lind, reporting: Ilya");
    g_assert_cmpstr(was.values[STORY_FIELD_AGENCY], ==, "");
    g_autofree char *joined = story_fields_join(&was);
    story_fields_split(&back, joined, &was);
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        g_assert_cmpstr(back.values[i], ==, was.values[i]);
    }
    g_auto(StoryFields) broken = {0};
    story_fields_split(&broken, "topics=%zz", &was);
    g_assert_cmpstr(broken.values[STORY_FIELD_TOPICS], ==, "Rain & fog, Мосты");
}

/* Names with commas and quotation marks, there and back. */
static void test_commas(Store *store, const char *url)
{
    static const struct {
        const char *text, *names; /* parted by '|' */
    } cases[] = {
        {"\"Lind, Vera\", Ilya", "Lind, Vera|Ilya"},
        {"\"reporting: Lind, Vera\" ,Ilya,", "reporting: Lind, Vera|Ilya"},
        {"\"\"\"Boss\"\", Vera\"", "\"Boss\", Vera"},
        {"Ivan \"Vanya\" Petrov, \"Boss\" Lind", "Ivan \"Vanya\" Petrov|\"Boss\" Lind"},
        {"\"no end, Vera", "\"no end|Vera"},
        {"\"\", , \"", "\""},
        {"", ""},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) names = story_fields_names(cases[i].text);
        g_autofree char *all = g_strjoinv("|", names);
        g_assert_cmpstr(all, ==, cases[i].names);
    }
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "authors", "Lind, Vera", "authors",
                             "reporting: \"Boss\", the", "topics", "Rain, fog", NULL);
    g_auto(StoryFields) was = {0};
    g_auto(StoryFields) now = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    g_assert_cmpstr(was.values[STORY_FIELD_AUTHORS], ==,
                    "\"Lind, Vera\", \"reporting: \"\"Boss\"\", the\"");
    story_fields_split(&now, "agency=AFP", &was);
    assert_ok(story_fields_write(store, fixture_site(), id, &was, &now, fixture_now(), error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpstr(story->authors[0], ==, "lind-vera");
    g_assert_null(story->authors[1]);
    g_assert_cmpstr(story->reporting[0], ==, "boss-the");
    g_assert_null(story->reporting[1]);
}

static void test_write(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t id =
        fixture_try(store, 0, NULL, "title", "A", "section", "City", "agency", "AFP", NULL);
    g_auto(StoryFields) was = {0};
    g_auto(StoryFields) now = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    story_fields_split(&now, "authors=Vera%2C%20withheld&topics=%20Fog%20%2C%2C", &was);
    assert_ok(story_fields_write(store, site, id, &was, &now, fixture_now(), error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpstr(story->authors[0], ==, "vera");
    g_assert_true(story->withheld);
    g_assert_cmpstr(story->agency, ==, "AFP");
    g_assert_cmpstr(story->topics[0], ==, "fog");
    g_assert_null(story->topics[1]);
    g_assert_cmpstr(story->section, ==, "city");
    g_auto(StoryFields) wrong = {0};
    story_fields_split(&wrong, "photo=x", &was);
    assert_fails(story_fields_write(store, site, id, &was, &wrong, fixture_now(), error),
                 KOLOKOL_ERROR_INVALID, "no number of a picture");
}

/* A photo's words and a byline's agency are written together, but each is its writer's. */
static void test_groups(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "authors", "Vera", NULL);
    g_auto(StoryFields) was = {0}, theirs = {0}, mine = {0}, stored = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    story_fields_split(&theirs, "caption=Quay&credit=Ilya&authors=Ilya", &was);
    story_fields_split(&mine, "alt=A%20crane&agency=AFP", &was);
    assert_ok(story_fields_write(store, site, id, &was, &theirs, fixture_now(), error));
    assert_ok(story_fields_write(store, site, id, &was, &mine, fixture_now(), error));
    assert_ok(story_fields_read(store, id, &stored, error));
    g_assert_cmpstr(stored.values[STORY_FIELD_CAPTION], ==, "Quay");
    g_assert_cmpstr(stored.values[STORY_FIELD_CREDIT], ==, "Ilya");
    g_assert_cmpstr(stored.values[STORY_FIELD_ALT], ==, "A crane");
    g_assert_cmpstr(stored.values[STORY_FIELD_AUTHORS], ==, "Ilya");
    g_assert_cmpstr(stored.values[STORY_FIELD_AGENCY], ==, "AFP");
}

static void test_moments(Store *store, const char *url)
{
    g_auto(StoryDesk) desk = {0};
    int64_t moment = 0;
    assert_ok(story_desk_open(store, &desk, error));
    g_assert_cmpstr(desk.languages[0], ==, "en");
    assert_ok(story_desk_moment(&desk, "2026-11-24T08:00", &moment, error));
    g_assert_cmpint(moment, ==, fixture_moment("2026-11-24T08:00:00Z"));
    g_autofree char *back = story_desk_field_moment(&desk, moment);
    g_assert_cmpstr(back, ==, "2026-11-24T08:00");
    assert_fails(story_desk_moment(&desk, "soon", &moment, error), KOLOKOL_ERROR_INVALID,
                 "not a date");
    int64_t id = fixture_put(store, "title", "A", "path", "/a/", NULL);
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_autofree char *address = story_desk_address(&desk, story);
    g_assert_cmpstr(address, ==, "http://paper.localhost:8080/a/");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/story-desk/fields", test_fields);
    stores_test_add("/desk/story-desk/commas", test_commas);
    stores_test_add("/desk/story-desk/write", test_write);
    stores_test_add("/desk/story-desk/groups", test_groups);
    stores_test_add("/desk/story-desk/moments", test_moments);
    return g_test_run();
}
