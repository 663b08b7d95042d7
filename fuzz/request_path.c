/*
 * A request's path to a name, and the headers a client chooses: Accept-Encoding, conditions,
 * ranges. The first line of the input is the path, the following are the headers' values. Whatever
 * comes out keeps net/target.h's promises.
 */
#include "net/coding.h"
#include "net/conditional.h"
#include "net/target.h"

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static void path_check(const char *path, size_t length)
{
    char name[HTTP_NAME + 1];
    size_t name_length = 0;
    if (!http_target_name(path, length, name, &name_length)) {
        return;
    }
    g_assert_true(strlen(name) == name_length && name_length <= HTTP_NAME && name[0] != '/');
    g_assert_true(g_utf8_validate(name, (gssize)name_length, NULL));
    g_assert_null(strstr(name, "//"));
    g_assert_null(strpbrk(name, "\\\r\n"));
    g_auto(GStrv) segments = g_strsplit(name, "/", -1);
    for (char **segment = segments; *segment != NULL; segment++) {
        g_assert_true(strcmp(*segment, ".") != 0 && strcmp(*segment, "..") != 0);
    }
}

static void coding_check(const char *value)
{
    HttpCoding order[HTTP_CODINGS];
    size_t count = http_coding_order(value, order), plain = 0;
    g_assert_true(count >= 1 && count <= HTTP_CODINGS);
    for (size_t i = 0; i < count; i++) {
        plain += order[i] == HTTP_IDENTITY;
        for (size_t j = 0; j < i; j++) {
            g_assert_true(order[i] != order[j]);
        }
    }
    g_assert_true(plain == 1);
}

static void range_check(const char *value)
{
    uint64_t first = 0, count = 0;
    if (http_range_parse(value, 1000, &first, &count) == HTTP_RANGE_PART) {
        g_assert_true(count > 0 && first < 1000 && count <= 1000 - first);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 8);
    int64_t seconds;
    path_check((const char *)data, size);
    for (char **line = lines; *line != NULL; line++) {
        path_check(*line, strlen(*line));
        coding_check(*line);
        range_check(*line);
        (void)http_etag_listed(*line, "\"abc-gzip9\"");
        (void)http_date_parse(*line, &seconds);
        (void)http_if_range(*line, "\"abc\"", 0);
    }
    return 0;
}
