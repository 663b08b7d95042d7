/*
 * What the office refuses, in the language of who asked: whole requests of a Russian and an Arabic
 * browser. That every sentence has its texts is tools/check_refusals; how they are filled is
 * test_reason.c.
 */
#include "doubles/stores.h"
#include "office_visitor.h"

#include <string.h>

#define DAY "2030-01-01T10:00"

/* What stands in the page's alert; "" if it has none. Caller frees. */
static char *alert_of(const HttpReply *reply)
{
    g_autofree char *page =
        g_strndup((const char *)http_reply_body(reply), http_reply_length(reply));
    const char *begin = strstr(page, "role=\"alert\">");
    const char *end = begin == NULL ? NULL : strstr(begin, "</p>");
    return end == NULL ? g_strdup("")
                       : g_strndup(begin + strlen("role=\"alert\">"),
                                   (size_t)(end - begin) - strlen("role=\"alert\">"));
}

/* Latin letters that are not in `values`, the names and values that were sent. */
static bool has_latin(const char *text, const char *values)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (g_ascii_isalpha(*at)) {
            size_t word = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
            g_autofree char *one = g_strndup(at, word);
            if (strstr(values, one) == NULL) {
                return true;
            }
            at += word - 1;
        }
    }
    return false;
}

static void refused(HttpReply *taken, unsigned status, const char *words, const char *values)
{
    g_autoptr(HttpReply) reply = taken;
    g_autofree char *alert = alert_of(reply);
    if (http_reply_status(reply) != status || strstr(alert, words) == NULL ||
        has_latin(alert, values)) {
        g_test_message("%s: %u, alert: %s", words, http_reply_status(reply), alert);
        g_test_fail();
    }
}

static void sign_in(Store *store, Browser *browser, Role role)
{
    browser->language = "ru";
    visitor_sign_in(store, browser, "Vera", role);
}

static void test_stories(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) vera = BROWSER(office);
    sign_in(store, &vera, ROLE_CHIEF);
    refused(visitor_post(&vera, "/stories/new", "title", " ", NULL), 422, "Нет заголовка", "");
    visitor_leads(visitor_post(&vera, "/stories/new", "title", "Fog", NULL), "/stories/1");
    refused(browser_get(&vera, "/stories/99"), 404, "Материала 99 нет", "");
    refused(browser_get(&vera, "/stories/1/history/9"), 404, "нет версии 9", "");
    g_autofree char *long_title = g_strnfill(3000, 'x');
    refused(visitor_post(&vera, "/stories/1/save", "title", long_title, "lead", "", "body", "",
                         "base", "1", "serial", "0", NULL),
            422, "слишком длинн", "");
    refused(visitor_post(&vera, "/stories/1/save", "title", "Fog", "lead", "", "body", "", "base",
                         "1", "serial", "0", "slug", "Fog Bank", NULL),
            422, "не годится как часть адреса", "Fog Bank");
    refused(visitor_post(&vera, "/stories/1/save", "title", "Fog", "lead", "", "body", "", "base",
                         "1", "serial", "0", "photo", "77", NULL),
            404, "Снимка 77 нет", "");
    refused(visitor_post(&vera, "/stories/1/comment", "comment", " ", NULL), 422, "Нет текста", "");
    /* One in which nothing typed is left unsaved. */
    visitor_leads(visitor_post(&vera, "/stories/new", "title", "Mist", NULL), "/stories/2");
    refused(visitor_post(&vera, "/stories/2/schedule", "schedule-when", "2001-01-01T10:00", NULL),
            422, "прошло", "");
    refused(visitor_post(&vera, "/stories/2/schedule", "schedule-when", "soon", NULL), 422,
            "не дата и время", "soon");
    visitor_leads(
        visitor_post(&vera, "/stories/2/embargo", "embargo-was", "0", "embargo-when", DAY, NULL),
        "/stories/2?done=changed");
    refused(visitor_post(&vera, "/stories/2/schedule", "schedule-when", "2029-01-01T10:00", NULL),
            409, "1 января 2030", "");
    visitor_leads(visitor_post(&vera, "/stories/new", "title", "Rain", NULL), "/stories/3");
    http_reply_unref(visitor_post(&vera, "/stories/3/publish", NULL));
    refused(visitor_post(&vera, "/stories/3/schedule", "schedule-when", DAY, NULL), 409,
            "«опубликован». Сначала отзовите его", "");
    refused(visitor_post(&vera, "/stories/3/correct", "correction", " ", NULL), 422, "исправления",
            "");
}

/* The paper: names, redirects, the front, breaking, pictures. */
static void test_paper(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) vera = BROWSER(office);
    sign_in(store, &vera, ROLE_CHIEF);
    refused(visitor_post(&vera, "/sections", "language", "en", "name", "…", NULL), 422, "рубрика",
            "");
    g_autoptr(HttpReply) front = browser_get(&vera, "/front?language=en");
    g_autofree char *line = reply_field(front, "line"), *version = reply_field(front, "version");
    g_assert_nonnull(line);
    g_assert_nonnull(version);
    refused(
        visitor_post(&vera, "/front/breaking", "language", "en", "text", " ", "line", line, NULL),
        422, "Срочная строка пуста", "");
    refused(visitor_post(&vera, "/front/put", "language", "en", "version", version, "to", "99",
                         "story", "1", NULL),
            422, "«99» — не место", "");
    refused(visitor_post(&vera, "/front/put", "language", "en", "version", "old", "to", "1",
                         "story", "1", NULL),
            409, "Пока страница была открыта", "");
    refused(visitor_post(&vera, "/redirects", "from", "/a/", "to", "", NULL), 422,
            "Перенаправлению нужен", "");
    refused(visitor_post(&vera, "/redirects", "from", "/a?b", "to", "/c/", NULL), 422, "Адрес",
            "a?b a b");
    refused(browser_get(&vera, "/pictures/5"), 404, "Снимка 5 нет", "");
}

/* People and the newspaper's settings. */
static void test_staff(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) olga = BROWSER(office);
    sign_in(store, &olga, ROLE_ADMINISTRATOR);
    refused(
        visitor_post(&olga, "/staff", "name", "Ilya", "email", "nobody", "role", "reporter", NULL),
        422, "Это не адрес почты", "");
    refused(visitor_post(&olga, "/staff", "name", "", "email", "a@bell.example", "role", "reporter",
                         NULL),
            422, "Имя — одна строка", "");
    refused(visitor_post(&olga, "/staff/1/disable", NULL), 409, "администратор", "");
    refused(visitor_post(&olga, "/settings", "timezone", "Nowhere", NULL), 422, "часовой пояс",
            "Nowhere Europe Riga");
}

static void test_arabic(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) vera = BROWSER(office);
    vera.language = "ar";
    visitor_sign_in(store, &vera, "Vera", ROLE_EDITOR);
    refused(visitor_post(&vera, "/stories/new", "title", " ", NULL), 422, "مفقود", "");
    refused(browser_get(&vera, "/stories/99"), 404, "لا مادة رقمها 99", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/refusals/stories", test_stories);
    stores_test_add("/request/refusals/paper", test_paper);
    stores_test_add("/request/refusals/staff", test_staff);
    stores_test_add("/request/refusals/arabic", test_arabic);
    return g_test_run();
}
