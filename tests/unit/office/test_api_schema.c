/* What comes in by the API, against rows: every type, its limits, and what no row names. */
#include "office/api_schema.h"

#include "text/json.h"

#include <string.h>

static const char *const colours[] = {"red", "blue", NULL};
static const ApiField fields[] = {
    {.name = "title", .type = API_TEXT, .most = 5, .required = true, .help = "-"},
    {.name = "colour", .type = API_TEXT, .words = colours, .help = "-"},
    {.name = "when", .type = API_MOMENT, .most = 20, .help = "-"},
    {.name = "count", .type = API_NUMBER, .most = 9, .help = "-"},
    {.name = "free", .type = API_NUMBER, .help = "-"},
    {.name = "on", .type = API_TRUTH, .help = "-"},
    {.name = "names", .type = API_TEXTS, .most = 3, .items = 2, .help = "-"},
    {.name = "given", .type = API_ANY, .help = "-"},
    {.name = NULL},
};
static const ApiSchema schema = {"Thing", "-", fields};

/* The pointer of what is wrong, "none" if nothing is. Caller frees. */
static char *judged(const char *text)
{
    g_auto(ApiWrong) wrong = {0};
    g_autoptr(json_t) given = json_loads(text, JSON_DECODE_ANY, NULL);
    g_assert_nonnull(given);
    bool good = api_schema_check(&schema, given, &wrong);
    g_assert_true(good == (wrong.detail == NULL));
    return g_strdup(good ? "none" : wrong.pointer);
}

static void test_check(void)
{
    static const char *const cases[][2] = {
        {"{\"title\":\"five5\"}", "none"},
        {"{\"title\":\"\"}", "none"},
        {"{\"title\":\"six666\"}", "/title"},
        {"{\"title\":\"\xd1\x8f\xd1\x8f\xd1\x8f\"}", "/title"}, /* bytes, not letters */
        {"{}", "/title"},
        {"{\"title\":null}", "/title"},
        {"{\"title\":[]}", "/title"},
        {"{\"title\":\"a\",\"colour\":\"red\"}", "none"},
        {"{\"title\":\"a\",\"colour\":\"green\"}", "/colour"},
        {"{\"title\":\"a\",\"colour\":\"\"}", "/colour"},
        {"{\"title\":\"a\",\"when\":7}", "/when"},
        {"{\"title\":\"a\",\"count\":9}", "none"},
        {"{\"title\":\"a\",\"count\":10}", "/count"},
        {"{\"title\":\"a\",\"count\":-1}", "/count"},
        {"{\"title\":\"a\",\"count\":1.0}", "/count"},
        {"{\"title\":\"a\",\"count\":\"1\"}", "/count"},
        {"{\"title\":\"a\",\"free\":9223372036854775807}", "none"},
        {"{\"title\":\"a\",\"on\":true}", "none"},
        {"{\"title\":\"a\",\"on\":1}", "/on"},
        {"{\"title\":\"a\",\"names\":[]}", "none"},
        {"{\"title\":\"a\",\"names\":[\"abc\",\"d\"]}", "none"},
        {"{\"title\":\"a\",\"names\":[\"abc\",\"defg\"]}", "/names/1"},
        {"{\"title\":\"a\",\"names\":[\"a\",[]]}", "/names/1"},
        {"{\"title\":\"a\",\"names\":[\"a\",\"b\",\"c\"]}", "/names"},
        {"{\"title\":\"a\",\"names\":{}}", "/names"},
        {"{\"title\":\"a\",\"given\":{}}", "/given"},
        {"{\"title\":\"a\",\"role\":\"chief\"}", "/role"},
        {"{\"title\":\"a\",\"~/\":1}", "/~0~1"},
        {"{\"title\":\"a\",\"\":1}", "/"},
        {"[]", ""},
        {"7", ""},
        {"null", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *pointer = judged(cases[i][0]);
        g_test_message("%s", cases[i][0]);
        g_assert_cmpstr(pointer, ==, cases[i][1]);
    }
}

static bool query_good(const ApiField *rows, const char *text)
{
    g_auto(ApiWrong) wrong = {0};
    g_autoptr(Fields) query = fields_parse(text, strlen(text), NULL);
    g_assert_nonnull(query);
    bool good = api_query_check(rows, query, &wrong);
    g_assert_true(good == (wrong.detail == NULL));
    return good;
}

static void test_query(void)
{
    g_assert_true(query_good(fields, "title=a&count=9"));
    g_assert_true(query_good(fields, "title=a&count=")); /* a form's empty field */
    g_assert_false(query_good(fields, ""));              /* the title is required */
    g_assert_false(query_good(fields, "title="));
    g_assert_false(query_good(fields, "title=a&count=x"));
    g_assert_false(query_good(fields, "title=a&count=10"));
    g_assert_false(query_good(fields, "title=a&count=-1"));
    g_assert_false(query_good(fields, "title=a&count=99999999999999999999"));
    g_assert_false(query_good(fields, "title=a&colour=green"));
    g_assert_false(query_good(fields, "title=a&state=draft"));
    g_assert_true(query_good(NULL, ""));
    g_assert_false(query_good(NULL, "a=b"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/api_schema/check", test_check);
    g_test_add_func("/office/api_schema/query", test_query);
    return g_test_run();
}
