/* texts_desk.h. */
#include "texts_desk.h"

#include "main/office_rows.h"
#include "press/setting.h"
#include "staff/audit.h"

#include <string.h>

#define WORD "correct horse battery"

static const Secret secret = {{7}};

Office *desk_office(Store *store, OfficeOptions options)
{
    g_autoptr(GError) error = NULL;
    options.store = store;
    options.tables = office_tables;
    options.secret = &secret;
    options.url = "http://office.localhost:8082";
    Office *office = office_new(&options, &error);
    g_assert_no_error(error);
    return office;
}

void desk_sign_in(Store *store, Browser *browser, const char *name, Role role)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_autofree char *email = g_strconcat(name, "@bell.example", NULL);
    g_assert_true(person_add(store, name, email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, WORD, 0, 1, &error));
    browser->address = (uint8_t)(id + 10);
    g_assert_cmpuint(browser_sign_in(browser, email, WORD), ==, 303);
    if (g_str_has_prefix(browser->location, "/second-factor")) {
        char codes[SECOND_CODES][SECOND_RECOVERY];
        http_reply_unref(browser_get(browser, "/second-factor"));
        browser_set_up(browser, codes);
    }
    http_reply_unref(browser_get(browser, "/account")); /* for the token of its forms */
}

HttpReply *desk_post(Browser *browser, const char *path, ...)
{
    va_list arguments;
    g_autoptr(GString) body = g_string_new(NULL);
    va_start(arguments, path);
    for (const char *name = va_arg(arguments, const char *); name != NULL;
         name = va_arg(arguments, const char *)) {
        g_autofree char *value = g_uri_escape_string(va_arg(arguments, const char *), NULL, FALSE);
        g_string_append_printf(body, "%s%s=%s", body->len > 0 ? "&" : "", name, value);
    }
    va_end(arguments);
    return browser_post(browser, path, body->str);
}

static void show(const HttpReply *reply)
{
    g_test_message("%u %s %.*s", http_reply_status(reply), http_reply_find(reply, "Location"),
                   (int)http_reply_length(reply), (const char *)http_reply_body(reply));
}

void leads_to(HttpReply *taken, const char *path)
{
    g_autoptr(HttpReply) reply = taken;
    if (http_reply_status(reply) != 303) {
        show(reply);
    }
    g_assert_cmpuint(http_reply_status(reply), ==, 303);
    g_assert_cmpstr(http_reply_find(reply, "Location"), ==, path);
}

void says(HttpReply *taken, unsigned status, const char *text)
{
    g_autoptr(HttpReply) reply = taken;
    bool there = reply_says(reply, text);
    if (!there || http_reply_status(reply) != status) {
        show(reply);
        g_test_message("wanted: %u %s", status, text);
    }
    g_assert_true(there);
    g_assert_cmpuint(http_reply_status(reply), ==, status);
}

void says_not(HttpReply *taken, const char *text)
{
    g_autoptr(HttpReply) reply = taken;
    if (reply_says(reply, text)) {
        show(reply);
    }
    g_assert_false(reply_says(reply, text));
}

static bool check_newest(const AuditRow *row, void *data, GError **error)
{
    const char *const *expected = data;
    g_assert_cmpstr(row->action, ==, expected[0]);
    g_assert_cmpstr(row->subject, ==, expected[1]);
    return true;
}

void desk_audited(Store *store, const char *action, const char *subject)
{
    const char *expected[] = {action, subject};
    g_autoptr(GError) error = NULL;
    audit_recent(store, INT64_MAX, 1, check_newest, expected, &error);
    g_assert_no_error(error);
}

void desk_set(Store *store, const char *name, const char *value)
{
    bool changed = false;
    g_autoptr(GError) error = NULL;
    setting_set(store, name, value, &changed, &error);
    g_assert_no_error(error);
}
