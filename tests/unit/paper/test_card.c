/* Cards as the values that templates see. */
#include "paper/card.h"

#include "paper/fixture.h"

#include <string.h>

typedef struct {
    Fixture *fixture;
    GPtrArray *cards;
    PaperPictureUse photo;
    guint first, most;
    void (*check)(const Value *values);
} Asked;

static const char *text_of(const Value *map, const char *key)
{
    const Value *value = value_get(map, key);
    return value == NULL ? NULL : value_string(value, NULL);
}

static bool fill_one(PaperPage *page, void *data, GError **error)
{
    const Asked *asked = data;
    Value *map = value_set_map(page->values, "card");
    if (!paper_fill_card(page, map, asked->cards->pdata[0], asked->photo, error)) {
        return false;
    }
    asked->check(map);
    return true;
}

static bool fill_some(PaperPage *page, void *data, GError **error)
{
    const Asked *asked = data;
    if (!paper_fill_cards(page, page->values, "cards", asked->cards, asked->first, asked->most,
                          asked->photo, error)) {
        return false;
    }
    asked->check(page->values);
    return true;
}

static PressRecord *fill(Asked *asked, FixtureWork work)
{
    PressRecord *record =
        fixture_on_page(asked->fixture, "en", "section/city/index.html", work, asked);
    g_assert_cmpstr(record->failure, ==, NULL);
    return record;
}

static GPtrArray *cards_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)story_card_free);
}

static void check_all(const Value *card)
{
    g_assert_cmpstr(text_of(card, "headline"), ==, "Ice & fog");
    g_assert_cmpstr(text_of(card, "standfirst"), ==, "It is cold.");
    g_assert_cmpstr(text_of(card, "byline"), ==, "By Anna Li");
    g_assert_cmpstr(text_of(card, "url"), ==, "../../" FIXTURE_DAY "ice-fog.html");
    g_assert_true(value_is_true(value_get(card, "opinion")));
    const Value *date = value_get(card, "date");
    g_assert_cmpstr(text_of(date, "iso"), ==, "2026-11-18T11:07:40Z");
    g_assert_cmpstr(text_of(date, "text"), ==, "18 November 2026");
    const Value *photo = value_get(card, "photo");
    g_assert_true(g_str_has_prefix(text_of(photo, "src"), "../../o/"));
    g_assert_cmpstr(text_of(photo, "alt"), ==, "A boat"); /* the story's own */
    g_assert_cmpstr(text_of(photo, "credit"), ==, "Anna Li / TASR");
}

static void check_bare(const Value *card)
{
    g_assert_cmpstr(text_of(card, "headline"), ==, "Bare");
    g_assert_cmpstr(text_of(card, "byline"), ==, NULL);
    g_assert_cmpstr(text_of(card, "standfirst"), ==, "");
    g_assert_false(value_is_true(value_get(card, "opinion")));
    g_assert_null(value_get(card, "photo"));
}

static void check_no_photo(const Value *card)
{
    g_assert_null(value_get(card, "photo"));
}

static void test_one(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autofree char *photo = g_strdup_printf("%d", (int)fixture_picture(&fixture, 1));
    int64_t id =
        fixture_story(&fixture, "title", "Ice & fog", "lead", "It is cold.", "kind", "opinion",
                      "authors", "Anna Li", "photo", photo, "alt", "A boat", NULL);
    int64_t bare = fixture_story(&fixture, "title", "Bare", NULL);
    g_autoptr(GPtrArray) cards = cards_new();
    g_ptr_array_add(cards, fixture_card(&fixture, id));
    Asked asked = {&fixture, cards, PAPER_PICTURE_SQUARE, 0, 0, check_all};
    g_autoptr(PressRecord) record = fill(&asked, fill_one);
    g_assert_true(fixture_reads(record, "media:1"));
    g_assert_true(fixture_reads(record, "author:en/anna-li"));
    g_assert_cmpuint(record->objects->len, ==, 1);

    asked.photo = PAPER_PICTURE_NONE;
    asked.check = check_no_photo;
    g_autoptr(PressRecord) without = fill(&asked, fill_one);
    g_assert_false(fixture_reads(without, "media:1"));

    g_ptr_array_set_size(cards, 0);
    g_ptr_array_add(cards, fixture_card(&fixture, bare));
    asked.photo = PAPER_PICTURE_SQUARE;
    asked.check = check_bare;
    press_record_free(fill(&asked, fill_one));
}

static void check_two(const Value *values)
{
    size_t count = 0;
    const Value *const *items = value_items(value_get(values, "cards"), &count);
    g_assert_cmpuint(count, ==, 2);
    g_assert_cmpstr(text_of(items[0], "headline"), ==, "Number 1");
    g_assert_cmpstr(text_of(items[1], "headline"), ==, "Number 2");
}

static void check_none(const Value *values)
{
    size_t count = 9;
    value_items(value_get(values, "cards"), &count);
    g_assert_cmpuint(count, ==, 0);
}

static void test_some(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    g_autoptr(GPtrArray) cards = cards_new();
    for (unsigned i = 0; i < 4; i++) {
        g_autofree char *title = g_strdup_printf("Number %u", i);
        int64_t id = fixture_story(&fixture, "title", title, NULL);
        g_ptr_array_add(cards, fixture_card(&fixture, id));
    }
    Asked asked = {&fixture, cards, PAPER_PICTURE_NONE, 1, 2, check_two};
    press_record_free(fill(&asked, fill_some));
    asked.first = 4; /* past the end */
    asked.check = check_none;
    press_record_free(fill(&asked, fill_some));
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/card/one", test_one);
    g_test_add_func("/card/some", test_some);
    return g_test_run();
}
