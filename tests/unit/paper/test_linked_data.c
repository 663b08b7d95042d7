/* JSON-LD byte for byte: what a story and the newspaper are, for those who read no pages. */
#include "paper/linked_data.h"

#include "desk/live.h"
#include "paper/fixture.h"

#include <string.h>

typedef struct {
    const StoryCard *card; /* NULL: the front */
    char *made;
} Asked;

static bool make(PaperPage *page, void *data, GError **error)
{
    Asked *asked = data;
    g_autoptr(GString) out = g_string_new(NULL);
    g_auto(MachineRecord) record = {0};
    bool done = asked->card == NULL ? linked_data_front(page, out, error)
                                    : machine_record_make(page, asked->card, &record, error) &&
                                          linked_data_story(page, &record, out, error);
    asked->made = done ? g_strdup(out->str) : NULL;
    return done;
}

/* Caller frees. */
static char *data_of(Fixture *fixture, int64_t story)
{
    g_autoptr(StoryCard) card = story == 0 ? NULL : fixture_card(fixture, story);
    Asked asked = {.card = card};
    g_autoptr(PressRecord) record =
        fixture_on_page(fixture, "en", FIXTURE_DAY "test.html", make, &asked);
    g_assert_cmpstr(record->failure, ==, NULL);
    return asked.made;
}

#define PUBLISHER                                                                                  \
    "\"publisher\":{\"@type\":\"NewsMediaOrganization\",\"name\":\"The Bell\","                    \
    "\"url\":\"https://paper.example/\"}"

static void test_least(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *made = data_of(&fixture, fixture_story(&fixture, "title", "Ice", NULL));
    g_assert_cmpstr(made, ==,
                    "{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\","
                    "\"mainEntityOfPage\":\"https://paper.example/2026/11/18/ice.html\","
                    "\"headline\":\"Ice\",\"datePublished\":\"2026-11-18T11:07:40Z\","
                    "\"dateModified\":\"2026-11-18T11:07:40Z\",\"inLanguage\":\"en\","
                    "\"isAccessibleForFree\":true,"
                    "\"author\":[{\"@type\":\"Organization\",\"name\":\"The Bell\"}]," PUBLISHER
                    "}");
}

static void test_authors(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *agency =
        data_of(&fixture, fixture_story(&fixture, "title", "A", "agency", "AP", NULL));
    g_assert_nonnull(strstr(agency, "\"author\":[{\"@type\":\"Organization\",\"name\":\"AP\"}]"));
    g_autofree char *both =
        data_of(&fixture, fixture_story(&fixture, "title", "B", "authors", "Anna Li", "authors",
                                        "reporting: Jon", "agency", "AP", NULL));
    g_assert_nonnull(strstr(both, "\"author\":[{\"@type\":\"Person\",\"name\":\"Anna Li\","
                                  "\"url\":\"https://paper.example/author/anna-li/\"},"
                                  "{\"@type\":\"Person\",\"name\":\"Jon\","
                                  "\"url\":\"https://paper.example/author/jon/\"}]"));
}

/* It stands in a script element: no text may end that, or begin a comment there. */
static void test_hostile(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *made =
        data_of(&fixture, fixture_story(&fixture, "title", "</script><!--\" & \\", "slug", "x",
                                        "section", "<S>", "lead", "\xE2\x80\xA8line", NULL));
    g_assert_null(strchr(made, '<'));
    g_assert_null(strstr(made, "-->"));
    g_assert_nonnull(strstr(made, "\\u003c/script"));
    g_assert_nonnull(strstr(made, "\\\" "));
}

static void test_front(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *bare = data_of(&fixture, 0);
    g_assert_cmpstr(bare, ==,
                    "{\"@context\":\"https://schema.org\",\"@type\":\"NewsMediaOrganization\","
                    "\"name\":\"The Bell\",\"url\":\"https://paper.example/\"}");
    fixture_story(&fixture, "title", "How we correct", "kind", "page", "slug", "corrections", NULL);
    test_newsroom_set(fixture.newsroom, "description", "News from the harbour");
    g_autofree char *whole = data_of(&fixture, 0);
    g_assert_cmpstr(whole, ==,
                    "{\"@context\":\"https://schema.org\",\"@type\":\"NewsMediaOrganization\","
                    "\"name\":\"The Bell\",\"url\":\"https://paper.example/\","
                    "\"correctionsPolicy\":\"https://paper.example/corrections.html\","
                    "\"description\":\"News from the harbour\"}");
}

/* A live story: its newest entries, no more than LINKED_ENTRIES. */
static void test_live(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t id = fixture_story(&fixture, "title", "Storm", "kind", "live", NULL);
    for (unsigned i = 0; i < LINKED_ENTRIES + 2; i++) {
        g_autofree char *headline = g_strdup_printf("Entry %u", i);
        int64_t entry = 0;
        fixture_wait(&fixture, CLOCK_MINUTE);
        live_add(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
                 fixture.now, i == 5 ? "" : headline, "Text.", STORY_MARKDOWN, fixture.now, &entry,
                 &error);
        g_assert_no_error(error);
    }
    g_autofree char *made = data_of(&fixture, id);
    g_assert_nonnull(strstr(made, "\"@type\":\"LiveBlogPosting\""));
    g_assert_nonnull(strstr(made, "\"coverageStartTime\":\"2026-11-18T11:07:40Z\""));
    fixture_in_order(made, "\"liveBlogUpdate\":[", "Entry 11", "Entry 10", "Entry 2", NULL);
    fixture_without(made, "Entry 1\"");
    fixture_without(made, "Entry 0\"");
    /* An entry without a headline has the story's. */
    fixture_in_order(made, "Entry 6", "\"headline\":\"Storm\"", "Entry 4", NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/linked-data/least", test_least);
    g_test_add_func("/linked-data/authors", test_authors);
    g_test_add_func("/linked-data/hostile", test_hostile);
    g_test_add_func("/linked-data/front", test_front);
    g_test_add_func("/linked-data/live", test_live);
    return g_test_run();
}
