/* Somebody of the staff at a browser: office_visitor.h. */
#include "office_visitor.h"

#include "desk/erasure.h"
#include "main/office_rows.h"

static Secret secret = {{7}};

Office *visitor_office(Store *store)
{
    return visitor_office_with(store, (OfficeOptions){0});
}

Office *visitor_office_with(Store *store, OfficeOptions options)
{
    g_autoptr(GError) error = NULL;
    options.store = store;
    options.tables = office_tables;
    options.secret = &secret;
    options.withheld = erasure_withheld;
    options.url = "http://office.localhost:8082";
    Office *office = office_new(&options, &error);
    g_assert_no_error(error);
    return office;
}

int64_t visitor_sign_in(Store *store, Browser *browser, const char *name, Role role)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_autofree char *low = g_ascii_strdown(name, -1);
    g_autofree char *email = g_strconcat(low, "@bell.example", NULL);
    g_assert_true(person_add(store, name, email, role, 0, 1, &id, &error));
    g_assert_true(person_set_password(store, id, VISITOR_WORD, 0, 1, &error));
    browser->address = (uint8_t)(id + 10);
    g_assert_cmpuint(browser_sign_in(browser, email, VISITOR_WORD), ==, 303);
    if (g_str_has_prefix(browser->location, "/second-factor")) {
        char codes[SECOND_CODES][SECOND_RECOVERY];
        browser_set_up(browser, codes);
    }
    http_reply_unref(browser_get(browser, "/account"));
    return id;
}

HttpReply *visitor_post(Browser *browser, const char *path, ...)
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

void visitor_says(HttpReply *taken, unsigned status, const char *text)
{
    g_autoptr(HttpReply) reply = taken;
    bool right = http_reply_status(reply) == status && (*text == '\0' || reply_says(reply, text));
    if (!right) {
        g_test_message("%u %.*s", http_reply_status(reply), (int)http_reply_length(reply),
                       (const char *)http_reply_body(reply));
        g_test_message("should be %u and say: %s", status, text);
        g_assert_not_reached();
    }
}

void visitor_leads(HttpReply *taken, const char *path)
{
    g_autoptr(HttpReply) reply = taken;
    if (http_reply_status(reply) != 303) {
        g_test_message("%u %.*s", http_reply_status(reply), (int)http_reply_length(reply),
                       (const char *)http_reply_body(reply));
    }
    g_assert_cmpuint(http_reply_status(reply), ==, 303);
    g_assert_cmpstr(http_reply_find(reply, "Location"), ==, path);
}
