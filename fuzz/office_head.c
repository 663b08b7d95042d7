/* What the office reads of a request's head, from any bytes (a line each: Cookie, Accept-Language,
 * User-Agent, a path to go on to): a cookie is a token or nothing, a language one with texts, a
 * path one of this door. */
#include "office/agent.h"
#include "office/cookie.h"
#include "office/language.h"
#include "theme/strings.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const OfficeRoute none[] = {{.name = NULL}};
static const OfficeRoute *const tables[] = {none, NULL};
static const Secret secret = {{7}};

static void check_cookie(const char *header)
{
    OfficeOptions options = {.tables = tables, .secret = &secret, .url = "http://o.localhost"};
    g_autoptr(Office) office = office_new(&options, NULL);
    OfficeVisit visit = {.office = office};
    HttpRequest request;
    http_request_init(&request, "POST", "/");
    http_request_add(&request, "Cookie", header);
    visit.request = &request;
    cookie_read(&visit);
    size_t length = strlen(visit.cookie);
    g_assert_true(length == 0 || length == SESSION_TOKEN - 1);
    g_assert_true(strspn(visit.cookie, "0123456789abcdef") == length);
    g_assert_true(strlen(visit.mark) < OFFICE_MARK && strpbrk(visit.mark, "; \r\n") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 4);
    guint count = g_strv_length(lines);
    if (count > 0) {
        check_cookie(lines[0]);
    }
    if (count > 1) {
        const char *language = office_language(lines[1]);
        g_assert_true(strings_language(language, strlen(language)) == language ||
                      strcmp(language, "en") == 0);
    }
    if (count > 2) {
        g_autofree char *agent = office_agent(lines[2]);
        g_assert_true(g_utf8_validate(agent, -1, NULL));
    }
    if (count > 3 && office_path_good(lines[3])) {
        g_assert_true(lines[3][0] == '/' && lines[3][1] != '/' && lines[3][1] != '\\');
        g_assert_null(strpbrk(lines[3], " \r\n\t\\"));
    }
    return 0;
}
