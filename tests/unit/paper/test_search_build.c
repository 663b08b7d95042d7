/* Documents into the files of a tier: postings, aliases, parts, and files that are not too long. */
#include "paper/search_build.h"

#include "paper/search_doc.h"

#include <string.h>

/* Packed terms of one word of each pair: stem, form. Caller frees. */
static GByteArray *doc(unsigned step, const char *const *pairs, guint count, unsigned times)
{
    GByteArray *out = g_byte_array_new();
    search_put_number(out, step);
    search_put_number(out, count);
    for (guint i = 0; i < count; i++) {
        search_put_text(out, pairs[2 * i], strlen(pairs[2 * i]));
        search_put_number(out, times);
        search_put_number(out, 1);
        search_put_text(out, pairs[2 * i + 1], strlen(pairs[2 * i + 1]));
    }
    return out;
}

static void add(SearchBuild *build, uint32_t number, const char *stem, const char *form,
                unsigned times, unsigned step)
{
    const char *pair[] = {stem, form};
    g_autoptr(GByteArray) packed = doc(step, pair, 1, times);
    g_assert_true(search_build_add(build, number, packed->data, packed->len));
}

static SearchRules *no_rules(void)
{
    SearchReader reader = search_reader("\0", 1);
    return search_rules_read(&reader);
}

static void test_bytes(void)
{
    g_autoptr(SearchBuild) build = search_build_new(1, 1);
    g_autoptr(SearchRules) rules = no_rules();
    add(build, 0, "ferri", "ferry", 3, 2);
    add(build, 5, "ferri", "ferries", 1, 2);
    add(build, 6, "ice", "ice", 15, 15);
    search_build_finish(build, rules);
    g_autoptr(GByteArray) file = search_build_file(build, 0, 0);
    static const char expected[] = "\2"                        /* terms */
                                   "\0\5ferri\2\2\0\x32\5\x12" /* documents 0 and 5 */
                                   "\0\3ice\1\1\6\xff"
                                   "\2"              /* aliases: what the rules do not find */
                                   "\0\7ferries\5\0" /* shares "ferri" with its form */
                                   "\4\1y\4\1i";
    g_assert_cmpmem(file->data, file->len, expected, sizeof expected - 1);
}

static void test_empty(void)
{
    g_autoptr(SearchBuild) build = search_build_new(4, 1);
    g_autoptr(SearchRules) rules = no_rules();
    search_build_finish(build, rules);
    for (unsigned file = 0; file < 4; file++) {
        g_autoptr(GByteArray) bytes = search_build_file(build, file, 0);
        g_assert_cmpmem(bytes->data, bytes->len, "\0\0", 2);
    }
    g_autoptr(GArray) words = search_build_words(build, 1);
    g_assert_cmpuint(words->len, ==, 0);
    search_build_free(NULL);
}

/* Terms that are cut short are refused, whole or not; nothing is read past them. */
static void test_broken(void)
{
    const char *pairs[] = {"ferri", "ferry", "ice", "ice"};
    g_autoptr(GByteArray) packed = doc(3, pairs, 2, 4);
    for (guint length = 0; length < packed->len; length++) {
        g_autoptr(SearchBuild) build = search_build_new(1, 1);
        g_autofree void *cut = g_memdup2(packed->data, length);
        g_assert_false(search_build_add(build, 0, cut, length));
    }
}

/* In parts the same files come out. */
static void test_parts(void)
{
    static const char *const stems[] = {"bell",  "boat", "citi", "dock",
                                        "ferri", "gull", "ice",  "quay"};

    enum { FILES = 8, PARTS = 3, DOCS = 40 };

    g_autoptr(SearchBuild) whole = search_build_new(FILES, 1);
    g_autoptr(SearchBuild) parted = search_build_new(FILES, PARTS);
    g_autoptr(SearchRules) rules = no_rules();
    for (uint32_t i = 0; i < DOCS; i++) {
        g_autofree char *form = g_strdup_printf("%ss", stems[i % 8]);
        add(whole, i, stems[i % 8], form, i % 15 + 1, i % 16);
    }
    search_build_finish(whole, rules);
    for (unsigned part = 0; part < PARTS; part++) {
        search_build_part(parted, part);
        for (uint32_t i = 0; i < DOCS; i++) {
            g_autofree char *form = g_strdup_printf("%ss", stems[i % 8]);
            add(parted, i, stems[i % 8], form, i % 15 + 1, i % 16);
        }
        search_build_finish(parted, rules);
        for (unsigned file = 0; file < FILES; file++) {
            if (search_build_holds(parted, file)) {
                g_autoptr(GByteArray) one = search_build_file(whole, file, 0);
                g_autoptr(GByteArray) other = search_build_file(parted, file, 0);
                g_assert_cmpmem(one->data, one->len, other->data, other->len);
            }
        }
    }
}

/* Where aliases are what is too long, those of rare forms go; a common word is found by each form.
 */
static void test_ceiling_of_aliases(void)
{
    g_autoptr(SearchBuild) build = search_build_new(1, 1);
    g_autoptr(SearchRules) rules = no_rules();
    for (uint32_t i = 0; i < 3000; i++) {
        g_autofree char *form = g_strdup_printf("%08xes", i * 2654435761u);
        add(build, i, "ice", form, 1, 2);
        add(build, i, "ferri", "ferries", 1, 2);
    }
    search_build_finish(build, rules);
    g_autoptr(GByteArray) all = search_build_file(build, 0, 0);
    g_autoptr(GByteArray) some = search_build_file(build, 0, 12000);
    g_assert_cmpuint(all->len, >, 30000);
    g_assert_cmpuint(some->len, <=, 12000);
    g_assert_nonnull(memmem(some->data, some->len, "ferries", 7));
}

/* A file that is too long keeps of each term the strongest postings, and says how many there are.
 */
static void test_ceiling(void)
{
    g_autoptr(SearchBuild) build = search_build_new(1, 1);
    g_autoptr(SearchRules) rules = no_rules();
    for (uint32_t i = 0; i < 3000; i++) {
        add(build, i, "ice", "ice", i % 100 == 0 ? 15 : 1, i % 100 == 0 ? 0 : 15);
    }
    search_build_finish(build, rules);
    g_autoptr(GByteArray) all = search_build_file(build, 0, 0);
    g_assert_cmpuint(all->len, >, 6000);
    g_autoptr(GByteArray) file = search_build_file(build, 0, 500);
    g_assert_cmpuint(file->len, <=, 500);
    SearchReader reader = search_reader(file->data, file->len);
    g_autoptr(GString) stem = g_string_new(NULL);
    g_assert_cmpuint(search_get_number(&reader), ==, 1);
    search_get_next(&reader, stem);
    g_assert_cmpuint(search_get_number(&reader), ==, 3000);
    uint64_t kept = search_get_number(&reader);
    g_assert_cmpuint(kept, >=, 30);
    uint32_t number = 0, strong = 0;
    for (uint64_t i = 0; i < kept; i++) {
        number += (uint32_t)search_get_number(&reader);
        strong += search_get_byte(&reader) == 0xf0 && number % 100 == 0;
    }
    g_assert_cmpuint(strong, ==, 30); /* none of the strong ones went */
}

/* Rules are learned also from forms that the words might have. */
static void test_learn(void)
{
    g_autoptr(Stemmer) stemmer = stemmer_new("en", NULL);
    g_autoptr(SearchBuild) build = search_build_new(1, 1);
    static const char *const stems[] = {"bell", "boat", "dock", "gull",
                                        "port", "ship", "sail", "wind"};
    for (uint32_t i = 0; i < G_N_ELEMENTS(stems); i++) {
        add(build, i, stems[i], stems[i], 1, 1);
    }
    g_autoptr(SearchRules) rules = search_build_learn(build, stemmer, "en");
    g_autofree char *stem = search_rules_apply(rules, "harbours");
    g_assert_cmpstr(stem, ==, "harbour");
    g_autoptr(SearchRules) none = search_build_learn(build, stemmer, "xx");
    g_autofree char *same = search_rules_apply(none, "harbours");
    g_assert_cmpstr(same, ==, "harbours");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search-build/bytes", test_bytes);
    g_test_add_func("/search-build/empty", test_empty);
    g_test_add_func("/search-build/broken", test_broken);
    g_test_add_func("/search-build/parts", test_parts);
    g_test_add_func("/search-build/ceiling", test_ceiling);
    g_test_add_func("/search-build/ceiling-of-aliases", test_ceiling_of_aliases);
    g_test_add_func("/search-build/learn", test_learn);
    return g_test_run();
}
