/* Entity tags, dates and ranges. */
#include "net/conditional.h"

#include <glib.h>

#define TAG "\"abc-gzip6\""

static void test_tags(void)
{
    g_assert_true(http_etag_listed(TAG, TAG));
    g_assert_true(http_etag_listed("W/" TAG, TAG));
    g_assert_true(http_etag_listed("\"x\", " TAG, TAG));
    g_assert_true(http_etag_listed("\"x\",W/\"y\" ," TAG ",\"z\"", TAG));
    g_assert_true(http_etag_listed("*", TAG));
    g_assert_true(http_etag_listed(" * ", TAG));
    g_assert_false(http_etag_listed("", TAG));
    g_assert_false(http_etag_listed("\"abc\"", TAG));
    g_assert_false(http_etag_listed("abc-gzip6", TAG));
    g_assert_false(http_etag_listed("\"abc-gzip6", TAG));
    g_assert_false(http_etag_listed("\"abc-gzip66\"", TAG));
    g_assert_false(http_etag_listed("*, \"x\"", TAG));
}

static void test_dates(void)
{
    int64_t seconds = 0;
    char text[HTTP_DATE];
    g_assert_true(http_date_parse("Sun, 06 Nov 1994 08:49:37 GMT", &seconds));
    g_assert_cmpint(seconds, ==, 784111777);
    g_assert_true(http_date_parse("Sunday, 06-Nov-94 08:49:37 GMT", &seconds));
    g_assert_cmpint(seconds, ==, 784111777);
    g_assert_true(http_date_parse("Sun Nov  6 08:49:37 1994", &seconds));
    g_assert_cmpint(seconds, ==, 784111777);
    http_date_format(784111777, text);
    g_assert_cmpstr(text, ==, "Sun, 06 Nov 1994 08:49:37 GMT");
    http_date_format(INT64_MAX, text);
    g_assert_cmpstr(text, ==, "Thu, 01 Jan 1970 00:00:00 GMT");
    static const char *const bad[] = {"",
                                      ",",
                                      "now",
                                      "Sun, 06 Nov 1994 08:49 GMT",
                                      "Sun, 6 Nov 1994 08:49:37 GMT",
                                      "Sun, 06 Xxx 1994 08:49:37 GMT",
                                      "Sun, 32 Nov 1994 08:49:37 GMT",
                                      "Sun, 06 Nov 1994 24:49:37 GMT",
                                      "Sun, 06 Nov 1994 08:49:37 GMTx",
                                      "1994-11-06"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(http_date_parse(bad[i], &seconds));
    }
}

static void part(const char *value, uint64_t length, uint64_t first, uint64_t count)
{
    uint64_t got_first = 0, got_count = 0;
    g_assert_cmpint(http_range_parse(value, length, &got_first, &got_count), ==, HTTP_RANGE_PART);
    g_assert_cmpuint(got_first, ==, first);
    g_assert_cmpuint(got_count, ==, count);
}

static void test_ranges(void)
{
    uint64_t first, count;
    part("bytes=0-0", 100, 0, 1);
    part("bytes=0-", 100, 0, 100);
    part("bytes=10-19", 100, 10, 10);
    part("bytes=90-1000", 100, 90, 10);
    part("bytes=-10", 100, 90, 10);
    part("bytes=-1000", 100, 0, 100);
    part("Bytes=5-5", 100, 5, 1);
    static const char *const whole[] = {"bytes=0-1,5-6", "lines=1-2",   "bytes=", "bytes=-",
                                        "bytes=5-4",     "bytes=a-b",   "0-5",    "bytes=1",
                                        "bytes 1-2",     "bytes=1-2 x", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(whole); i++) {
        g_assert_cmpint(http_range_parse(whole[i], 100, &first, &count), ==, HTTP_RANGE_WHOLE);
    }
    g_assert_cmpint(http_range_parse(NULL, 100, &first, &count), ==, HTTP_RANGE_WHOLE);
    g_assert_cmpint(http_range_parse("bytes=99999999999999999999999-", 100, &first, &count), ==,
                    HTTP_RANGE_WHOLE);
    g_assert_cmpint(http_range_parse("bytes=100-", 100, &first, &count), ==,
                    HTTP_RANGE_UNSATISFIABLE);
    g_assert_cmpint(http_range_parse("bytes=-0", 100, &first, &count), ==,
                    HTTP_RANGE_UNSATISFIABLE);
    g_assert_cmpint(http_range_parse("bytes=0-", 0, &first, &count), ==, HTTP_RANGE_UNSATISFIABLE);
}

static void test_if_range(void)
{
    g_assert_true(http_if_range(TAG, TAG, 0));
    g_assert_false(http_if_range("W/" TAG, TAG, 0));
    g_assert_false(http_if_range("\"x\"", TAG, 0));
    g_assert_true(http_if_range("Sun, 06 Nov 1994 08:49:37 GMT", TAG, 784111777));
    g_assert_false(http_if_range("Sun, 06 Nov 1994 08:49:37 GMT", TAG, 784111778));
    g_assert_false(http_if_range("", TAG, 0));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conditional/tags", test_tags);
    g_test_add_func("/conditional/dates", test_dates);
    g_test_add_func("/conditional/ranges", test_ranges);
    g_test_add_func("/conditional/if-range", test_if_range);
    return g_test_run();
}
