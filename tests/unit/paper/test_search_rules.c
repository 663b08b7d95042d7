/* Endings learned from words: what most of them do is a rule, what few do is none. */
#include "paper/search_rules.h"

#include <string.h>

static SearchRules *learn(const char *const *pairs, guint count)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < count; i++) {
        g_ptr_array_add(all, (gpointer)(uintptr_t)pairs[i]);
    }
    return search_rules_learn(all);
}

static void check(const SearchRules *rules, const char *form, const char *stem)
{
    g_autofree char *made = search_rules_apply(rules, form);
    g_assert_cmpstr(made, ==, stem);
}

static const char *const english[] = {
    "ferries", "ferri",   "bells", "bell",   "boats", "boat",  "harbours", "harbour", "cities",
    "citi",    "parties", "parti", "ladies", "ladi",  "stops", "stop",     "stories", "stori",
    "trees",   "tree",    "ice",   "ice",    "fog",   "fog",   "snow",     "snow",    "duties",
    "duti",    "maps",    "map",   "wind",   "wind",  "rain",  "rain",     "sea",     "sea",
    "town",    "town",    "north", "north",  "light", "light", "winter",   "winter",  "harbour",
    "harbour", "ferri",   "ferri", "bell",   "bell",
};

static void test_learn(void)
{
    g_autoptr(SearchRules) rules = learn(english, G_N_ELEMENTS(english));
    check(rules, "cars", "car");
    check(rules, "bodies", "bodi"); /* the longest ending that fits */
    check(rules, "storm", "storm");
    check(rules, "s", "s"); /* a rule that would leave nothing */
    check(rules, "", "");
}

/* Whatever the order of the pairs, and through bytes. */
static void test_same(void)
{
    g_autoptr(SearchRules) rules = learn(english, G_N_ELEMENTS(english));
    const char *backwards[G_N_ELEMENTS(english)];
    for (guint i = 0; i < G_N_ELEMENTS(english); i += 2) {
        guint from = G_N_ELEMENTS(english) - 2 - i;
        backwards[i] = english[from];
        backwards[i + 1] = english[from + 1];
    }
    g_autoptr(SearchRules) others = learn(backwards, G_N_ELEMENTS(backwards));
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GByteArray) same = g_byte_array_new();
    search_rules_write(rules, bytes);
    search_rules_write(others, same);
    g_assert_cmpmem(bytes->data, bytes->len, same->data, same->len);
    SearchReader reader = search_reader(bytes->data, bytes->len);
    g_autoptr(SearchRules) back = search_rules_read(&reader);
    g_assert_false(reader.bad);
    g_assert_true(reader.at == reader.end);
    check(back, "bodies", "bodi");
    check(back, "cars", "car");
}

/* Letters, not bytes. */
static void test_russian(void)
{
    static const char *const pairs[] = {"колокола", "колокол", "города", "город", "моста", "мост",
                                        "парома",   "паром",   "порта",  "порт",  "лёд",   "лёд",
                                        "мороз",    "мороз",   "туман",  "туман", "дождь", "дождь",
                                        "колокол",  "колокол", "город",  "город", "мост",  "мост"};
    g_autoptr(SearchRules) rules = learn(pairs, G_N_ELEMENTS(pairs));
    check(rules, "дома", "дом");
    check(rules, "снег", "снег");
    check(rules, "а", "а");
}

static void test_none(void)
{
    static const char *const few[] = {"bells", "bell", "boats", "boat"};
    g_autoptr(SearchRules) rules = learn(few, G_N_ELEMENTS(few));
    check(rules, "cars", "cars");
    g_autoptr(SearchRules) empty = learn(NULL, 0);
    check(empty, "cars", "cars");
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    search_rules_write(empty, bytes);
    g_assert_cmpmem(bytes->data, bytes->len, "\0", 1);
}

/* A table that says more than it has is broken, and safe to apply as far as it goes. */
static void test_broken(void)
{
    static const struct {
        const char *bytes;
        size_t length;
    } rows[] = {{"", 0}, {"\2\1s\1\0", 5}, {"\1\5s", 3}, {"\x7f", 1}};

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        SearchReader reader = search_reader(rows[i].bytes, rows[i].length);
        g_autoptr(SearchRules) rules = search_rules_read(&reader);
        g_assert_true(reader.bad);
        g_autofree char *made = search_rules_apply(rules, "bells");
        g_assert_nonnull(made);
    }
    SearchReader reader = search_reader("\1\1s\x63\0", 5); /* takes 99 letters off */
    g_autoptr(SearchRules) rules = search_rules_read(&reader);
    check(rules, "bells", "bells");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search-rules/learn", test_learn);
    g_test_add_func("/search-rules/same", test_same);
    g_test_add_func("/search-rules/russian", test_russian);
    g_test_add_func("/search-rules/none", test_none);
    g_test_add_func("/search-rules/broken", test_broken);
    return g_test_run();
}
