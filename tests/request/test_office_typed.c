/*
 * A form that is refused because the session has ended, or is another, gives back what was typed
 * into it, and nothing else.
 * Covers: src/office/typed_page.c.
 */
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office_staffed.h"

#include <string.h>

#define SAVE  "/stories/1/save"
#define TYPED "title=Ice+%3Cb%3E&body=The+first+line.%0AThe+second+line+is+longer.&base=x1"

static HttpReply *from_page(Browser *browser, const char *page, const char *path, const char *body)
{
    browser->referer = page;
    HttpReply *reply = browser_post(browser, path, body);
    browser->referer = NULL;
    return reply;
}

static void check_typed(const HttpReply *reply)
{
    g_assert_cmpuint(http_reply_status(reply), ==, 403);
    g_assert_true(reply_says(reply, ">\nThe first line.\nThe second line is longer.</textarea>"));
    g_assert_true(reply_says(reply, ">\nIce &lt;b&gt;</textarea>"));
    g_assert_true(reply_says(reply, "readonly"));
    g_assert_false(reply_says(reply, "x1"));
    g_assert_false(reply_says(reply, "reload"));
    g_assert_cmpstr(http_reply_find(reply, "Cache-Control"), ==, "no-store");
    g_assert_nonnull(http_reply_find(reply, "Content-Security-Policy"));
    g_autofree char *page = g_strndup(http_reply_body(reply), (gsize)http_reply_length(reply));
    g_assert_true(strstr(page, "The first") < strstr(page, "Ice &lt;")); /* the longest first */
}

/* The session ends, by time or elsewhere; then another begins in the same browser. */
static void test_session(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) anna = BROWSER(office);
    char old[OFFICE_TOKEN];
    int64_t id = visitor_sign_in(store, &anna, "Anna", ROLE_REPORTER);
    visitor_leads(visitor_post(&anna, "/stories/new", "title", "Fog", NULL), "/stories/1");
    g_strlcpy(old, anna.csrf, sizeof old);
    g_assert_true(session_end_of(store, id, NULL));
    g_autoptr(HttpReply) out =
        from_page(&anna, "http://office.localhost:8082/stories/1?done=saved", SAVE, TYPED);
    check_typed(out);
    g_assert_true(reply_says(out, "not signed in any more"));
    g_assert_true(reply_says(out, "href=\"/sign-in?next=/stories/1%3Fdone%3Dsaved\""));
    g_assert_true(reply_says(out, "target=\"_blank\""));
    g_assert_cmpuint(browser_sign_in(&anna, "anna@bell.example", VISITOR_WORD), ==, 303);
    g_strlcpy(anna.csrf, old, sizeof anna.csrf);
    g_autoptr(HttpReply) stale = browser_post(&anna, SAVE, TYPED);
    check_typed(stale);
    g_assert_true(reply_says(stale, "not from this session"));
    g_assert_true(reply_says(stale, "href=\"/stories/1\""));
    http_reply_unref(browser_get(&anna, "/stories/1")); /* and put in again there, it is saved */
    visitor_leads(visitor_post(&anna, SAVE, "title", "Ice", "body", "The first line.", "base", "1",
                               "serial", "0", NULL),
                  "/stories/1?done=saved");
}

/* Whether there is such a story is not told; the link leads to a page of this door. */
static void test_links(Store *store, const char *url)
{
    static const char *const cases[][3] = {
        {NULL, "/stories/1/save", "/stories/1"},
        {NULL, "/stories/999/save", "/stories/999"},
        {"http://office.localhost:8082/stories/7", "/stories/1/save", "/stories/7"},
        {"https://evil.example//evil.example/", "/stories/1/save", "/stories/1"},
        {"https://evil.example", "/stories/1/save", "/stories/1"},
        {"https://evil.example/\\evil", "/stories/1/save", "/stories/1"},
        {"javascript:alert(1)", "/stories/1/save", "/stories/1"},
        {"http://o/stories/1/save", "/stories/1/save", "/stories/1"},
        {"http://o/a\r\nb", "/sign-out", "/"},
    };
    g_autoptr(Office) office = visitor_office(store);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Browser) stranger = BROWSER(office);
        g_autofree char *link = g_strdup_printf("href=\"/sign-in?next=%s\"", cases[i][2]);
        g_autoptr(HttpReply) reply = from_page(&stranger, cases[i][0], cases[i][1], TYPED);
        g_test_message("%s %s", cases[i][0], cases[i][1]);
        g_assert_cmpuint(http_reply_status(reply), ==, 403);
        g_assert_true(reply_says(reply, link));
        g_assert_false(reply_says(reply, "evil"));
    }
}

static void shows_none(HttpReply *taken)
{
    g_autoptr(HttpReply) reply = taken;
    g_assert_cmpuint(http_reply_status(reply), ==, 403);
    g_assert_false(reply_says(reply, "<textarea"));
    g_assert_false(reply_says(reply, "The first"));
}

/* Passwords, what is open to all, files, another site, a form that is broken. */
static void test_none(Store *store, const char *url)
{
    static const char *const secret[] = {"/sign-in", "/account/password", "/account/tokens",
                                         "/second-factor", "/forgot"};
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) stranger = BROWSER(office);
    for (size_t i = 0; i < G_N_ELEMENTS(secret); i++) {
        shows_none(browser_post_bare(&stranger, secret[i],
                                     "email=The+first&name=The+first&old=a&password=The+first"));
    }
    shows_none(browser_post(&stranger, "/pictures/add", TYPED));
    shows_none(browser_post(&stranger, SAVE, "body=The+first&body=The+first"));
    shows_none(browser_send(&stranger, SAVE, "text/plain", TYPED, strlen(TYPED)));
    shows_none(browser_post(&stranger, SAVE, "was-body=The+first&base=The+first&body=12+345"));
    stranger.site = "cross-site";
    shows_none(browser_post(&stranger, SAVE, TYPED));
}

static const char *mark(const WalkField *field, void *data)
{
    static char text[200];
    g_snprintf(text, sizeof text, "<i>zwy of %s</i>", field->name);
    return text;
}

static bool typed(const WalkField *field)
{
    return strcmp(field->type, "textarea") == 0 || strcmp(field->type, "text") == 0;
}

static bool unseen(const WalkField *field)
{
    static const char *const types[] = {"hidden", "button", "checkbox", "radio", NULL};
    return g_strv_contains(types, field->type);
}

/* Names of fields that any form has typed; whether a form has a password. */
static bool look(const WalkForm *form, GHashTable *names)
{
    bool password = false;
    for (guint i = 0; i < form->fields->len; i++) {
        const WalkField *field = form->fields->pdata[i];
        password |= strcmp(field->type, "password") == 0;
        if (typed(field)) {
            g_hash_table_add(names, field->name);
        }
    }
    return password;
}

static void check_form(Browser *stranger, const StaffedForm *form, GHashTable *names)
{
    bool open = form->row->permission <= PERMISSION_HALFWAY || form->row->body == OFFICE_BYTES;
    bool none = look(form->form, names) || open;
    g_autoptr(HttpReply) reply = walk_send(stranger, form->form, mark, NULL);
    g_assert_cmpuint(http_reply_status(reply), <, 500);
    for (guint i = 0; i < form->form->fields->len && !open; i++) {
        const WalkField *field = form->form->fields->pdata[i];
        g_autofree char *shown = g_strdup_printf("&lt;i&gt;zwy of %s&lt;/i&gt;<", field->name);
        bool is = reply_says(reply, shown), must = typed(field) && !none;
        bool not = none || (unseen(field) && !g_hash_table_contains(names, field->name));
        if ((must && !is) || (not &&is)) {
            g_test_message("%s: %s (%s) is %sshown", form->form->action, field->name, field->type,
                           is ? "" : "not ");
            g_test_fail();
        }
    }
    staffed_judge(g_steal_pointer(&reply), form->form->action, "a form of nobody");
}

/* Each form that the pages have: what is typed is shown, what is hidden in it is not. */
static void test_forms(Store *store, const char *url)
{
    Staffed staffed;
    StaffedForms forms = {0};
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    staffed_set_up(&staffed, store);
    staffed_forms(&staffed, &forms);
    for (guint i = 0; i < forms.forms->len; i++) {
        look(g_array_index(forms.forms, StaffedForm, i).form, names);
    }
    for (guint i = 0; i < forms.forms->len; i++) {
        const StaffedForm *form = &g_array_index(forms.forms, StaffedForm, i);
        g_auto(Browser) stranger = BROWSER(staffed.office);
        if (form->row->permission > PERMISSION_HALFWAY) {
            check_form(&stranger, form, names);
        }
    }
    staffed_forms_clear(&forms);
    staffed_tear_down(&staffed);
}

/* Hostile names and values, to every row. */
static void test_hostile(Store *store, const char *url)
{
    static const char *const attacks[] = {
        "<script>zwy()</script>",         "</textarea><svg onload=zwy()>",
        "\"><img src=x onerror=zwy()>",   "</title><script>zwy()</script>",
        "\xe2\x80\xae<b>zwy\xe2\x80\x8f", "zwy\r\nSet-Cookie: kolokol=0"};
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) anna = BROWSER(office);
    g_auto(Browser) stranger = BROWSER(office);
    visitor_sign_in(store, &anna, "Anna", ROLE_EDITOR);
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(office, &count);
    for (unsigned i = 0; i < count; i++) {
        g_autofree char *path = walk_path(rows[i], "1");
        for (size_t j = 0; j < G_N_ELEMENTS(attacks) && rows[i]->method == HTTP_POST; j++) {
            g_autofree char *escaped = g_uri_escape_string(attacks[j], NULL, FALSE);
            g_autofree char *body =
                g_strdup_printf("%s=%s&title=%s&body=%s", escaped, escaped, escaped, escaped);
            staffed_judge(browser_post_bare(&stranger, path, body), path, attacks[j]);
            staffed_judge(browser_post_bare(&anna, path, body), path, attacks[j]);
        }
    }
}

/* A large form is read for the signed-in, and for a browser in which somebody was. */
static void test_size(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    g_auto(Browser) anna = BROWSER(office);
    HttpRequest request;
    int64_t id = visitor_sign_in(store, &anna, "Anna", ROLE_REPORTER);
    g_autofree char *cookie = g_strconcat("kolokol=", anna.cookie, NULL);
    g_assert_true(session_end_of(store, id, NULL));
    http_request_init(&request, "POST", SAVE);
    g_assert_cmpuint(office_body_limit(&request, office), ==, OFFICE_FORM);
    http_request_add(&request, "Cookie", cookie);
    g_assert_cmpuint(office_body_limit(&request, office), >, OFFICE_FORM);
    http_request_init(&request, "POST", "/pictures/add");
    http_request_add(&request, "Cookie", cookie);
    g_assert_cmpuint(office_body_limit(&request, office), ==, OFFICE_FORM);
}

/* A script has its line, as ever. */
static void test_script(Store *store, const char *url)
{
    g_autoptr(Office) office = visitor_office(store);
    HttpRequest request;
    http_request_init(&request, "POST", "/stories/1/keep");
    http_request_add(&request, "X-CSRF-Token", "0123456789abcdef0123456789abcdef");
    http_request_add(&request, "Content-Type", "application/x-www-form-urlencoded");
    request.body = TYPED;
    request.body_length = strlen(TYPED);
    g_autoptr(HttpReply) reply = office_answer(&request, office);
    g_assert_true(reply_says(reply, "You are not signed in."));
    shows_none(g_steal_pointer(&reply));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/office_typed/session", test_session);
    stores_test_add("/request/office_typed/links", test_links);
    stores_test_add("/request/office_typed/none", test_none);
    stores_test_add("/request/office_typed/forms", test_forms);
    stores_test_add("/request/office_typed/hostile", test_hostile);
    stores_test_add("/request/office_typed/size", test_size);
    stores_test_add("/request/office_typed/script", test_script);
    return g_test_run();
}
