/* A head written out is read back the same. */
#include "front_matter_read.h"

static void assert_same(const FrontMatter *one, const FrontMatter *other)
{
    g_autofree char *first = describe(one);
    g_autofree char *second = describe(other);
    g_assert_cmpstr(first, ==, second);
    g_assert_cmpuint(front_matter_count(one), ==, front_matter_count(other));
}

static void test_write(void)
{
    g_autoptr(FrontMatter) front = front_matter_new();
    const char *const topics[] = {"a: b", "- c", NULL};
    const char *const none[] = {NULL};
    front_matter_set(front, "title", "\"Yes\": no \\ #1\n---\nend\t\x01\xE2\x80\xA8");
    front_matter_set(front, "lead", "old");
    front_matter_set_list(front, "topics", topics);
    front_matter_set_list(front, "authors", none);
    front_matter_set(front, "lead", "new");
    front_matter_set(front, "null", "");
    front_matter_set(front, "od d", "x");
    front_matter_set(front, "gone", "x");
    front_matter_set(front, "gone", NULL);
    g_autofree char *text = front_matter_write(front, "Body", 4);
    g_assert_cmpstr(text, ==,
                    "---\ntitle: \"\\\"Yes\\\": no \\\\ #1\\n---\\nend\\u0009\\u0001\\u2028\"\n"
                    "lead: \"new\"\ntopics:\n  - \"a: b\"\n  - \"- c\"\nauthors: []\nnull: \"\"\n"
                    "\"od d\": \"x\"\n---\nBody");
    g_autoptr(FrontMatter) back = parse(text);
    assert_same(front, back);
    g_assert_cmpstr(front_matter_body(back, NULL), ==, "Body");
}

static char *random_text(GRand *random)
{
    GString *text = g_string_new(NULL);
    for (int i = g_rand_int_range(random, 0, 12); i > 0; i--) {
        gunichar c = 0;
        do {
            int kind = g_rand_int_range(random, 0, 4);
            c = kind == 0 ? (gunichar)g_rand_int_range(random, 1, 0x80)
                : kind == 1
                    ? (gunichar) "\"'\\:#-[]{}&*!|>%@`~,? \n\t"[g_rand_int_range(random, 0, 25)]
                : kind == 2 ? (gunichar)g_rand_int_range(random, 0x80, 0x500)
                            : (gunichar)g_rand_int_range(random, 0x2000, 0x1F700);
        } while (!g_unichar_validate(c) || c == 0);
        g_string_append_unichar(text, c);
    }
    return g_string_free(text, FALSE);
}

static void test_round_trip(void)
{
    GRand *random = g_rand_new_with_seed(7);
    for (unsigned round = 0; round < 3000; round++) {
        g_autoptr(FrontMatter) front = front_matter_new();
        for (int i = g_rand_int_range(random, 0, 6); i > 0; i--) {
            g_autofree char *word = random_text(random);
            g_autofree char *key = g_strconcat("k", word, NULL);
            g_autofree char *value = random_text(random);
            g_autofree char *other = random_text(random);
            const char *const values[] = {value, other, NULL};
            if (g_rand_boolean(random)) {
                front_matter_set(front, key, value);
            } else {
                front_matter_set_list(front, key, values);
            }
        }
        g_autofree char *body = random_text(random);
        g_autofree char *text = front_matter_write(front, body, strlen(body));
        g_autoptr(FrontMatter) back = parse(text);
        assert_same(front, back);
        size_t length = 0;
        const char *found = front_matter_body(back, &length);
        g_assert_cmpuint(length, ==, strlen(body));
        g_assert_true(memcmp(found, body, length) == 0);
    }
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/front_matter_write/write", test_write);
    g_test_add_func("/front_matter_write/round_trip", test_round_trip);
    return g_test_run();
}
