/* The forms of fund as the worker runs them: handlers in a transaction, with real tokens. */
#include "fund/fund_forms.h"

#include "base/error.h"
#include "base/random.h"
#include "practice_fixture.h"
#include "press/setting.h"

static TokenKeys *tokens;

typedef struct {
    const FormKind *kind;
    const Form *form;
    FormAnswer *answer;
} Handle;

static bool handle_body(Store *store, void *data, GError **error)
{
    const Handle *handle = data;
    FormContext context = {.tokens = tokens};
    return handle->kind->handle(store, &context, handle->form, handle->answer, error);
}

/* Fields are pairs of name and value, ended by NULL. NULL if the form was refused. */
static FormAnswer *post(Store *store, const FormKind *kind, const char *ticket,
                        const char *const *fields, GError **error)
{
    Form form = {.kind = kind, .language = "en", .ticket = ticket, .received = fixture_time};
    for (unsigned i = 0; kind->fields[i].name != NULL; i++) {
        form.values[i] = "";
    }
    for (; *fields != NULL; fields += 2) {
        int at = form_field(kind, fields[0], strlen(fields[0]));
        g_assert_cmpint(at, >=, 0);
        form.values[at] = fields[1];
    }
    g_autoptr(FormAnswer) answer = form_answer_new();
    Handle handle = {kind, &form, answer};
    return store_transact(store, handle_body, &handle, error) ? g_steal_pointer(&answer) : NULL;
}

static void begin(Store *store)
{
    fixture_begin();
    tokens = token_keys_new();
    fixture_campaign(store, "winter", "amounts: once 10 25; monthly 2 5; USD once 15\n");
}

static void end(void)
{
    g_clear_pointer(&tokens, token_keys_free);
    clock_replace(NULL, NULL);
}

#define TICKET "0123456789abcdef0123456789abcdef"

/* The end of an address: what stands after "/NAME/" and before a query. */
static char *tail(const char *link, const char *name)
{
    g_autofree char *before = g_strdup_printf("/%s/", name);
    const char *at = strstr(link, before);
    g_assert_nonnull(at);
    at += strlen(before);
    return g_strndup(at, strcspn(at, "?\"\\"));
}

static FormAnswer *contribute(Store *store, const char *often, const char *other, GError **error)
{
    return post(store, &fund_form_contribute, TICKET,
                (const char *[]){"campaign", "winter", "currency", "EUR", "frequency", often,
                                 "once", "25.00", "monthly", "5.00", "other", other, NULL},
                error);
}

static void test_whole(Store *store, const char *url)
{
    begin(store);
    g_autoptr(GError) error = NULL;
    g_autoptr(FormAnswer) go = contribute(store, "monthly", "", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(form_answer_page_name(go), ==, "gift-go");
    g_assert_cmpstr(form_answer_get_text(go, "amount"), ==, "€5");
    g_autofree char *checkout = tail(form_answer_get_link(go), "practice");
    g_autoptr(FormAnswer) paid = post(
        store, &fund_form_practice, TICKET,
        (const char *[]){"token", checkout, "email", "Reader@Example.org", "decision", "pay", NULL},
        &error);
    g_assert_no_error(error);
    g_autofree char *back = tail(form_answer_get_link(paid), "thanks");
    const char *const again[] = {"token", back, NULL};
    g_assert_null(post(store, &fund_form_thanks, TICKET, again, &error)); /* not booked yet */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_clear_error(&error);
    fixture_run(store, "pay");
    g_autoptr(FormAnswer) thanks = post(store, &fund_form_thanks, TICKET, again, &error);
    g_assert_cmpstr(form_answer_page_name(thanks), ==, "gift-thanks");
    fixture_run(store, "post");
    g_assert_cmpuint(fixture_mails, ==, 1);
    g_assert_nonnull(strstr(fixture_mail, "reader@example.org"));
    g_autofree char *manage = tail(fixture_mail, "gift-cancel");
    for (unsigned i = 0; i < 2; i++) {
        g_autoptr(FormAnswer) ended = post(store, &fund_form_gift_cancel, TICKET,
                                           (const char *[]){"token", manage, NULL}, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(form_answer_page_name(ended), ==, "gift-ended");
    }
    /* a token of one purpose is none of another */
    g_assert_null(post(store, &fund_form_gift_cancel, TICKET, again, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    end();
}

/* The server checks again: the form may be old, or forged. */
static void test_refused(Store *store, const char *url)
{
    static const char *const bad[][2] = {{"monthly", "1.99"}, {"monthly", "-5"}, {"monthly", "x"},
                                         {"annual", "50"},    {"weekly", "5"},   {"once", "10001"}};
    begin(store);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(contribute(store, bad[i][0], bad[i][1], &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    g_autoptr(GPtrArray) none = gift_list(store, NULL, GIFT_STATES, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    bool changed = false;
    g_autoptr(GError) error = NULL;
    setting_set(store, "url", "https://bell.example", &changed, NULL);
    g_assert_null(contribute(store, "monthly", "", &error)); /* practice is for this machine */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    end();
}

static void test_remind(Store *store, const char *url)
{
    static const char *const bad[][4] = {{"nobody", "1", ""},
                                         {"a@b.example", "2", ""},
                                         {"a@b.example", "", "2023-11-01"},
                                         {"a@b.example", "", "2033-11-01"},
                                         {"a@b.example", "", "soon"},
                                         {"a b@c.example", "1", ""}};
    begin(store);
    g_autoptr(GError) error = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_null(
            post(store, &fund_form_remind, TICKET,
                 (const char *[]){"email", bad[i][0], "when", bad[i][1], "date", bad[i][2], NULL},
                 &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_clear_error(&error);
    }
    g_autoptr(FormAnswer) sent =
        post(store, &fund_form_remind, TICKET,
             (const char *[]){"email", "a@b.example", "when", "3", NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(sent), ==, "remind-sent");
    fixture_run(store, "post");
    g_autofree char *confirm = tail(fixture_mail, "remind-confirm");
    g_autofree char *stop = tail(fixture_mail, "remind-stop");
    g_autoptr(FormAnswer) on = post(store, &fund_form_remind_confirm, TICKET,
                                    (const char *[]){"token", confirm, NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(on), ==, "remind-on");
    g_autoptr(FormAnswer) off =
        post(store, &fund_form_remind_stop, TICKET, (const char *[]){"token", stop, NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(off), ==, "remind-off");
    g_autoptr(FormAnswer) late = post(store, &fund_form_remind_confirm, TICKET,
                                      (const char *[]){"token", confirm, NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(late), ==, "ended");
    end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/fund_forms/whole", test_whole);
    stores_test_add("/fund/fund_forms/refused", test_refused);
    stores_test_add("/fund/fund_forms/remind", test_remind);
    return g_test_run();
}
