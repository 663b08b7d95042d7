/* Bylines: the same line as text and as links, in the order of words that a language has. */
#include "paper/byline.h"

#include "paper/fixture.h"

#include <string.h>

typedef struct {
    const StoryCard *card;
    char *text, *markup; /* NULL: nobody to name */
} Made;

static bool make(PaperPage *page, void *data, GError **error)
{
    Made *made = data;
    made->text = paper_byline_text(page->press, page->language, made->card);
    paper_fill_byline(page, page->values, "byline", made->card);
    const Value *value = value_get(page->values, "byline");
    made->markup = value == NULL ? NULL : g_strdup(value_string(value, NULL));
    return true;
}

static StoryCard *card_of(const char *agency, bool withheld)
{
    StoryCard *card = g_new0(StoryCard, 1);
    card->language = g_strdup("en");
    card->agency = g_strdup(agency);
    card->withheld = withheld;
    card->bylines = g_ptr_array_new();
    return card;
}

static void name(StoryCard *card, const char *slug, const char *shown, bool reporting)
{
    StoryByline *byline = g_new(StoryByline, 1);
    *byline = (StoryByline){g_strdup(slug), g_strdup(shown), reporting};
    g_ptr_array_add(card->bylines, byline);
}

/* Frees the card. */
static PressRecord *check(Fixture *fixture, const char *language, StoryCard *card, const char *text,
                          const char *markup)
{
    Made made = {.card = card};
    PressRecord *record = fixture_on_page(fixture, language, FIXTURE_DAY "test.html", make, &made);
    g_assert_cmpstr(made.text, ==, text);
    g_assert_cmpstr(made.markup, ==, markup);
    g_free(made.text);
    g_free(made.markup);
    for (guint i = 0; i < card->bylines->len; i++) {
        StoryByline *byline = card->bylines->pdata[i];
        g_free(byline->slug);
        g_free(byline->name);
        g_free(byline);
    }
    g_ptr_array_unref(card->bylines);
    g_free(card->language);
    g_free(card->agency);
    g_free(card);
    return record;
}

#define LINK(place, slug, name)                                                                    \
    "<a rel=\"author\" href=\"../../../" place "author/" slug "/index.html\">" name "</a>"

static void test_whole(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    StoryCard *card = card_of("TASR", true);
    name(card, "anna-li", "Anna Li", false);
    name(card, "ivan-petrov", "Ivan Petrov", false);
    name(card, "jon-dee", "Jon Dee", true);
    g_autoptr(PressRecord) record =
        check(&fixture, "en", card,
              "By Anna Li, Ivan Petrov, and an author whose name is withheld · "
              "Reporting by Jon Dee · TASR",
              "By " LINK("", "anna-li", "Anna Li") ", " LINK(
                  "", "ivan-petrov", "Ivan Petrov") ", and an author whose name is withheld · "
                                                    "Reporting by " LINK("", "jon-dee",
                                                                         "Jon Dee") " · TASR");
    g_assert_true(fixture_reads(record, "author:en/anna-li"));
    g_assert_true(fixture_reads(record, "author:en/jon-dee"));
}

static void test_languages(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    StoryCard *card = card_of("", false);
    name(card, "anna-li", "Анна Ли", false);
    name(card, "jon", "Джон", true);
    press_record_free(
        check(&fixture, "ru", card, "Анна Ли · Репортаж: Джон",
              LINK("ru/", "anna-li", "Анна Ли") " · Репортаж: " LINK("ru/", "jon", "Джон")));
}

static void test_few(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    press_record_free(check(&fixture, "en", card_of("", false), NULL, NULL));
    press_record_free(check(&fixture, "en", card_of("AP", false), "AP", "AP"));
    press_record_free(check(&fixture, "en", card_of("", true),
                            "By an author whose name is withheld",
                            "By an author whose name is withheld"));
    StoryCard *card = card_of("", true);
    name(card, "jon", "Jon", true);
    press_record_free(
        check(&fixture, "en", card, "By an author whose name is withheld · Reporting by Jon",
              "By an author whose name is withheld · Reporting by " LINK("", "jon", "Jon")));
}

/* Names are text: what looks like markup, or like a place in our texts, is shown as it is. */
static void test_hostile(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    StoryCard *card = card_of("<AP> & {names}", false);
    name(card, "a", "<b>\"{names}\" & 'x'", false);
    press_record_free(
        check(&fixture, "en", card, "By <b>\"{names}\" & 'x' · <AP> & {names}",
              "By " LINK("", "a", "&lt;b&gt;\"{names}\" &amp; 'x'") " · &lt;AP&gt; &amp; {names}"));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/byline/whole", test_whole);
    g_test_add_func("/byline/languages", test_languages);
    g_test_add_func("/byline/few", test_few);
    g_test_add_func("/byline/hostile", test_hostile);
    return g_test_run();
}
