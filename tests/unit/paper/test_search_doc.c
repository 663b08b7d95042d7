/* A story as search keeps it, byte by byte. */
#include "paper/search_doc.h"

#include "base/clock.h"
#include "text/plain.h"

#include <string.h>

static StoryCard card = {.path = (char *)(uintptr_t) "2026/11/18/ice.html",
                         .headline = (char *)(uintptr_t) "The ferries",
                         .standfirst = (char *)(uintptr_t) "",
                         .section_name = NULL,
                         .published = 1795000000 * CLOCK_SECOND};

static char *copy(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* "stem*times(form form) …". Caller frees. */
static char *terms_of(const StoryCard *of, const char *prose, int64_t *words, uint64_t *step)
{
    g_autoptr(Stemmer) stemmer = stemmer_new("en", NULL);
    g_autoptr(GByteArray) packed = search_doc_terms(stemmer, of, prose, words);
    SearchReader reader = search_reader(packed->data, packed->len);
    GString *said = g_string_new(NULL);
    *step = search_get_number(&reader);
    for (uint64_t count = search_get_number(&reader); count > 0; count--) {
        g_autofree char *stem = search_get_text(&reader);
        g_string_append_printf(said, "%s*%u(", stem, (unsigned)search_get_number(&reader));
        for (uint64_t forms = search_get_number(&reader); forms > 0; forms--) {
            g_autofree char *form = search_get_text(&reader);
            g_string_append_printf(said, "%s%s", form, forms > 1 ? " " : ")");
        }
    }
    g_assert_false(reader.bad);
    g_assert_true(reader.at == reader.end);
    return g_string_free(said, FALSE);
}

static void test_terms(void)
{
    int64_t words = 0;
    uint64_t step = 9;
    g_autofree char *said = terms_of(&card, "A ferry; ferries. Málaga!", &words, &step);
    g_assert_cmpstr(said, ==, "a*1(a)ferri*5(ferries ferry)malaga*1(malaga)the*3(the)");
    g_assert_cmpint(words, ==, 6);
    g_assert_cmpuint(step, ==, search_length_step(6));
}

/* Counts end at SEARCH_TF_MOST; a story without words has none. */
static void test_bounds(void)
{
    int64_t words = 0;
    uint64_t step = 0;
    StoryCard bare = card;
    g_autoptr(GString) text = g_string_new(NULL);
    bare.headline = copy("!");
    for (int i = 0; i < 100; i++) {
        g_string_append(text, "ice ");
    }
    g_autofree char *said = terms_of(&bare, text->str, &words, &step);
    g_assert_cmpstr(said, ==, "ice*15(ice)");
    g_assert_cmpint(words, ==, 100);
    g_autofree char *none = terms_of(&bare, "", &words, &step);
    g_assert_cmpstr(none, ==, "");
    g_assert_cmpint(words, ==, 0);
}

typedef struct {
    char *path, *title, *section, *words;
    uint64_t seconds;
    guint length;
} Card;

static Card card_of(const StoryCard *of, const char *prose)
{
    g_autoptr(GByteArray) packed = search_doc_card(of, prose);
    SearchReader reader = search_reader(packed->data, packed->len);
    Card made = {.length = packed->len};
    made.path = search_get_text(&reader);
    made.title = search_get_text(&reader);
    made.seconds = search_get_number(&reader);
    made.section = search_get_text(&reader);
    made.words = search_get_text(&reader);
    g_assert_false(reader.bad);
    g_assert_true(reader.at == reader.end);
    g_assert_true(g_utf8_validate(made.title, -1, NULL));
    g_assert_true(g_utf8_validate(made.section, -1, NULL));
    g_assert_true(g_utf8_validate(made.words, -1, NULL));
    return made;
}

static void card_clear(Card *made)
{
    g_free(made->path);
    g_free(made->title);
    g_free(made->section);
    g_free(made->words);
}

static void test_card(void)
{
    Card made = card_of(&card, "It is cold.");
    g_assert_cmpstr(made.path, ==, card.path);
    g_assert_cmpstr(made.title, ==, "The ferries");
    g_assert_cmpstr(made.section, ==, "");
    g_assert_cmpstr(made.words, ==, "It is cold.");
    g_assert_cmpuint(made.seconds, ==, 1795000000);
    card_clear(&made);
    StoryCard other = card;
    other.standfirst = copy("After ten years.");
    other.section_name = copy("City");
    other.published = -5; /* before 1970: there is no sign in the format */
    made = card_of(&other, "It is cold.");
    g_assert_cmpstr(made.words, ==, "After ten years.");
    g_assert_cmpstr(made.section, ==, "City");
    g_assert_cmpuint(made.seconds, ==, 0);
    card_clear(&made);
}

/* Long texts are cut between letters until the card fits. */
static void test_long(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 300; i++) {
        g_string_append(text, "Щука ");
    }
    g_autofree char *section = g_strndup(text->str, 90 * 9); /* whole words */
    g_autofree char *path =
        g_strdup_printf("2026/11/18/%.80s.html", "a-very-long-slug-that-says-nearly-all-of-the-"
                                                 "headline-of-a-story-about-a-pike-in-a-lake");
    StoryCard large = card;
    large.headline = text->str;
    large.section_name = section;
    large.path = path;
    Card made = card_of(&large, text->str);
    g_assert_cmpuint(made.length, <=, SEARCH_CARD_MOST);
    g_assert_cmpuint(strlen(made.section), <=, 60);
    g_assert_cmpstr(made.path, ==, path);
    g_assert_cmpuint(strlen(made.title), >, 20);
    card_clear(&made);
}

/* A name that is cut in the midst of a letter would not be text any more. */
static void test_section_cut(void)
{
    StoryCard other = card;
    other.section_name =
        copy("Aщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщщ"); /* letter 31 would begin at byte 59 */
    Card made = card_of(&other, "");
    g_assert_cmpuint(strlen(made.section), ==, 59);
    card_clear(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search-doc/terms", test_terms);
    g_test_add_func("/search-doc/bounds", test_bounds);
    g_test_add_func("/search-doc/card", test_card);
    g_test_add_func("/search-doc/long", test_long);
    g_test_add_func("/search-doc/section-cut", test_section_cut);
    return g_test_run();
}
