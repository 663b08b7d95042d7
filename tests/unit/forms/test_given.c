/* Judging what was given: fields by their row, robots, stamps. */
#include "base/clock.h"
#include "forms/given.h"

#include <string.h>

static const FormField fields[] = {
    {"email", 6, true, false}, {"words", 20, false, true}, {"token", 8, false, false}, {NULL}};
static const FormKind kind = {.name = "k", .fields = fields};

static Fields *parse(const char *text)
{
    return fields_parse(text, strlen(text), NULL);
}

static void test_take(void)
{
    static const struct {
        const char *text;
        GivenState state;
        const char *field;
    } cases[] = {
        {"email=a@b&words=x%0Ay&other=1", GIVEN_GOOD, NULL},
        {"email=123456", GIVEN_GOOD, NULL},
        {"email=1234567", GIVEN_WRONG, "email"},
        {"email=a%0Ab", GIVEN_WRONG, "email"},
        {"email=a%09b", GIVEN_WRONG, "email"},
        {"email=a&words=%07", GIVEN_WRONG, "words"},
        {"email=a&words=%7F", GIVEN_WRONG, "words"},
        {"words=x", GIVEN_MISSING, "email"},
        {"email=++", GIVEN_MISSING, "email"},
        {"email=&words=%07", GIVEN_MISSING, "email"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Fields) given = parse(cases[i].text);
        Form form = {.kind = &kind};
        const char *field = NULL;
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(given_take(&kind, given, NULL, &form, &field), ==, (int)cases[i].state);
        g_assert_cmpstr(field, ==, cases[i].field);
        for (int j = 0; j < 3; j++) {
            g_assert_nonnull(form.values[j]);
        }
    }
    g_autoptr(Fields) given = parse("email=a&token=mine");
    Form form = {.kind = &kind};
    const char *field = NULL;
    given_take(&kind, given, "path", &form, &field);
    g_assert_cmpstr(form.values[2], ==, "path");
}

static void test_doubtful(void)
{
    static const struct {
        const char *text;
        bool doubtful;
    } cases[] = {{"a=1", false},        {"homepage=", false}, {"homepage=http://x", true},
                 {"age=0", true},       {"age=1", true},      {"age=2", false},
                 {"age=999999", false}, {"age=no", false}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Fields) given = parse(cases[i].text);
        g_assert_true(given_doubtful(given) == cases[i].doubtful);
    }
}

static void test_stamp(void)
{
    uint8_t key[STAMP_KEY] = {1}, other[STAMP_KEY] = {2};
    char stamp[STAMP_TEXT];
    int64_t then = INT64_C(1800000000) * CLOCK_SECOND;
    stamp_make(key, "k", then, stamp);
    g_assert_true(stamp_good(key, "k", then + 2 * CLOCK_SECOND, stamp));
    g_assert_true(stamp_good(key, "k", then + CLOCK_HOUR, stamp));
    g_assert_false(stamp_good(key, "k", then + CLOCK_SECOND, stamp));
    g_assert_false(stamp_good(key, "k", then + CLOCK_HOUR + CLOCK_SECOND, stamp));
    g_assert_false(stamp_good(key, "other", then + 9 * CLOCK_SECOND, stamp));
    g_assert_false(stamp_good(other, "k", then + 9 * CLOCK_SECOND, stamp));
    stamp[3] ^= 1;
    g_assert_false(stamp_good(key, "k", then + 9 * CLOCK_SECOND, stamp));
    g_assert_false(stamp_good(key, "k", then, ""));
    g_assert_false(stamp_good(key, "k", then, "."));
    g_assert_false(stamp_good(key, "k", then, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/given/take", test_take);
    g_test_add_func("/given/doubtful", test_doubtful);
    g_test_add_func("/given/stamp", test_stamp);
    return g_test_run();
}
