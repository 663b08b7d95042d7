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
    g_auto(StoryFields) none = {0}, began = {0}, back = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    g_assert_cmpstr(was.values[STORY_FIELD_TOPICS], ==, "Rain & fog, Мосты");
    g_assert_cmpstr(was.values[STORY_FIELD_AUTHORS], ==, "Vera Lind, reporting: Ilya");
    g_assert_cmpstr(was.values[STORY_FIELD_AGENCY], ==, "");
    story_fields_split("", &was, &began, &back);
    assert_text(story_fields_join(&was, &back), ""); /* nothing is changed */
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        none.values[i] = g_strdup("");
    }
    g_autofree char *joined = story_fields_join(&none, &was);
    g_assert_nonnull(strstr(joined, "slug=a-b&was-slug="));
    story_fields_split(joined, &none, &began, &back);
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        g_assert_cmpstr(back.values[i], ==, was.values[i]);
    }
    story_fields_split("topics=%zz", &was, &began, &back);
    g_assert_cmpstr(back.values[STORY_FIELD_TOPICS], ==, "Rain & fog, Мосты");
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
    g_auto(StoryFields) began = {0}, now = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    g_assert_cmpstr(was.values[STORY_FIELD_AUTHORS], ==,
                    "\"Lind, Vera\", \"reporting: \"\"Boss\"\", the\"");
    story_fields_split("agency=AFP", &was, &began, &now);
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
    g_auto(StoryFields) began = {0}, now = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    story_fields_split("authors=Vera%2C%20withheld&topics=%20Fog%20%2C%2C", &was, &began, &now);
    assert_ok(story_fields_write(store, site, id, &was, &now, fixture_now(), error));
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpstr(story->authors[0], ==, "vera");
    g_assert_true(story->withheld);
    g_assert_cmpstr(story->agency, ==, "AFP");
    g_assert_cmpstr(story->topics[0], ==, "fog");
    g_assert_null(story->topics[1]);
    g_assert_cmpstr(story->section, ==, "city");
    g_auto(StoryFields) wrong = {0};
    story_fields_split("photo=x", &was, &began, &wrong);
    assert_fails(story_fields_write(store, site, id, &was, &wrong, fixture_now(), error),
                 KOLOKOL_ERROR_INVALID, "no number of a picture");
}

static void write_fails(Store *store, int64_t id, const StoryFields *stored, const char *form)
{
    g_auto(StoryFields) was = {0}, now = {0};
    story_fields_split(form, stored, &was, &now);
    assert_fails(story_fields_write(store, fixture_site(), id, &was, &now, fixture_now(), error),
                 KOLOKOL_ERROR_INVALID, "stays one");
}

/* A page stays one, and a story becomes none, whatever a form says that it was. */
static void test_page(Store *store, const char *url)
{
    int64_t page = fixture_try(store, 0, NULL, "title", "A", "kind", "page", NULL);
    int64_t id = fixture_try(store, 0, NULL, "title", "B", NULL);
    g_auto(StoryFields) stored = {0}, own = {0}, was = {0}, now = {0};
    assert_ok(story_fields_read(store, page, &stored, error));
    assert_ok(story_fields_read(store, id, &own, error));
    write_fails(store, page, &stored, "kind=story&was-kind=page");
    write_fails(store, page, &stored, "kind=story&was-kind=opinion");
    write_fails(store, page, &stored, "kind=live&was-kind=");
    write_fails(store, id, &own, "kind=page&was-kind=story");
    story_fields_split("kind=live&was-kind=page", &own, &was, &now);
    assert_ok(story_fields_write(store, fixture_site(), id, &was, &now, fixture_now(), error));
}

/* A photo's words and a byline's agency are written together, but each is its writer's. */
static void test_groups(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t id = fixture_try(store, 0, NULL, "title", "A", "authors", "Vera", NULL);
    g_auto(StoryFields) was = {0}, began = {0}, theirs = {0}, mine = {0}, stored = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    story_fields_split("caption=Quay&credit=Ilya&authors=Ilya&was-authors=Vera", &was, &began,
                       &theirs);
    story_fields_split("alt=A%20crane&agency=AFP", &was, &began, &mine);
    assert_ok(story_fields_write(store, site, id, &was, &theirs, fixture_now(), error));
    assert_ok(story_fields_write(store, site, id, &was, &mine, fixture_now(), error));
    assert_ok(story_fields_read(store, id, &stored, error));
    g_assert_cmpstr(stored.values[STORY_FIELD_CAPTION], ==, "Quay");
    g_assert_cmpstr(stored.values[STORY_FIELD_CREDIT], ==, "Ilya");
    g_assert_cmpstr(stored.values[STORY_FIELD_ALT], ==, "A crane");
    g_assert_cmpstr(stored.values[STORY_FIELD_AUTHORS], ==, "Ilya");
    g_assert_cmpstr(stored.values[STORY_FIELD_AGENCY], ==, "AFP");
}

typedef struct {
    const char *mine;   /* as story_fields_join() writes it */
    const char *stored; /* the same, over nothing */
    const char *theirs; /* which fields are said */
    const char *now;    /* the form then, over what is stored */
} Meeting;

static void meet(const StoryFields *none, const Meeting *meeting)
{
    g_auto(StoryFields) began = {0}, stored = {0}, was = {0}, now = {0}, theirs = {0};
    g_autoptr(GString) names = g_string_new(NULL);
    story_fields_split(meeting->stored, none, &began, &stored);
    story_fields_split(meeting->mine, &stored, &was, &now);
    bool any = story_fields_theirs(&was, &now, &stored, &theirs);
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        if (theirs.values[i] != NULL) {
            g_assert_cmpstr(theirs.values[i], ==, stored.values[i]);
            g_string_append_printf(names, "%s ", story_field_name((StoryField)i));
        }
    }
    g_assert_cmpstr(names->str, ==, meeting->theirs);
    g_assert_true(any == (names->len > 0));
    story_fields_settle(&was, &now, &stored);
    assert_text(story_fields_join(&was, &now), meeting->now);
    g_assert_false(story_fields_theirs(&was, &now, &stored, &theirs));
}

/* A working copy meets what a colleague has stored since. */
static void test_meet(Store *store, const char *url)
{
    static const Meeting cases[] = {
        /* of an older version: all fields, nothing that they began with */
        {"section=&alt=&caption=", "caption=Quay&alt=Crane", "", ""},
        {"caption=Pier", "caption=Quay", "caption ", "caption=Pier&was-caption=Quay"},
        {"alt=Crane&was-alt=", "caption=Quay", "", "alt=Crane&was-alt="},
        {"alt=Crane&was-alt=Old", "alt=Old", "", "alt=Crane&was-alt=Old"},
        {"alt=Crane&was-alt=Old", "alt=Boat", "alt ", "alt=Crane&was-alt=Boat"},
        {"alt=&was-alt=Old", "alt=Boat", "alt ", "alt=&was-alt=Boat"},
        {"alt=Boat&was-alt=Old", "alt=Boat", "", ""},
        {"topics=A&was-topics=%2C%20Sea", "topics=Sea", "", "topics=A&was-topics=Sea"},
        /* sent again: the office has them as it knows them */
        {"section=city", "section=City", "", "section=city&was-section=City"},
        {"topics=sea%2Cice%20", "topics=Sea%2C%20Ice", "",
         "topics=sea%2Cice%20&was-topics=Sea%2C%20Ice"},
        {"authors=reporting%3A%20ilya%2C%20anna%20lind",
         "authors=Anna%20Lind%2C%20reporting%3A%20Ilya", "",
         "authors=reporting%3A%20ilya%2C%20anna%20lind&was-authors="
         "Anna%20Lind%2C%20reporting%3A%20Ilya"},
        {"section=city&was-section=Port", "section=", "section ", "section=city&was-section="},
        {"section=&was-section=Port", "section=Story", "section ", "section=&was-section=Story"},
        {"authors=anna%20lind", "authors=reporting%3A%20Anna%20Lind", "authors ",
         "authors=anna%20lind&was-authors=reporting%3A%20Anna%20Lind"},
        {"agency=afp", "agency=AFP", "agency ", "agency=afp&was-agency=AFP"}, /* as it is given */
    };
    g_auto(StoryFields) none = {0};
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        none.values[i] = g_strdup("");
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].mine);
        meet(&none, &cases[i]);
    }
}

/* Words are a photo's: another under them, or others under it, is said too. */
static void test_meet_photo(Store *store, const char *url)
{
    int64_t id = fixture_try(store, 0, NULL, "title", "A", NULL);
    g_auto(StoryFields) was = {0}, began = {0}, photo = {0}, words = {0}, theirs = {0};
    assert_ok(story_fields_read(store, id, &was, error));
    story_fields_split("photo=2", &was, &began, &photo);
    story_fields_split("caption=Quay", &was, &began, &words);
    g_assert_true(story_fields_theirs(&was, &words, &photo, &theirs));
    g_assert_cmpstr(theirs.values[STORY_FIELD_PHOTO], ==, "2");
    g_assert_null(theirs.values[STORY_FIELD_CAPTION]);
    g_assert_true(story_fields_theirs(&was, &photo, &words, &theirs));
    g_assert_null(theirs.values[STORY_FIELD_PHOTO]);
    g_assert_cmpstr(theirs.values[STORY_FIELD_CAPTION], ==, "Quay");
    /* A form sends back line feeds, whatever was imported. */
    g_auto(StoryFields) lines = {0}, feeds = {0};
    story_fields_split("caption=Pier&was-caption=a%0Ab", &was, &feeds, &lines);
    g_free(was.values[STORY_FIELD_CAPTION]);
    was.values[STORY_FIELD_CAPTION] = g_strdup("a\r\nb");
    g_assert_false(story_fields_theirs(&feeds, &lines, &was, &theirs));
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
    stores_test_add("/desk/story-desk/page", test_page);
    stores_test_add("/desk/story-desk/groups", test_groups);
    stores_test_add("/desk/story-desk/meet", test_meet);
    stores_test_add("/desk/story-desk/meet-photo", test_meet_photo);
    stores_test_add("/desk/story-desk/moments", test_moments);
    return g_test_run();
}
