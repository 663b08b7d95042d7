/* Contributing as the worker runs it. Reminders: test_remind_forms.c. */
#include "forms_fixture.h"
#include "press/setting.h"

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

static FormAnswer *decide(Store *store, const char *checkout, const char *decision)
{
    g_autoptr(GError) error = NULL;
    FormAnswer *answer = post(store, &fund_form_practice, TICKET,
                              (const char *[]){"token", checkout, "email", "reader@example.org",
                                               "decision", decision, NULL},
                              &error);
    g_assert_no_error(error);
    return answer;
}

/* Whoever goes back and presses something else, or comes too late, is told what is, not what was
 * pressed. */
static void test_decided(Store *store, const char *url)
{
    static const struct {
        const char *first, *page;
    } cases[] = {{"decline", "gift-failed"},
                 {"abandon", "gift-expired"},
                 {"pay", "practice-paid"},
                 {NULL, "gift-expired"}};

    static const char *const next[] = {"pay", "decline", "abandon"};

    begin(store);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *ticket = g_strdup_printf("%032zu", i);
        g_autoptr(FormAnswer) go =
            post(store, &fund_form_contribute, ticket,
                 (const char *[]){"campaign", "winter", "currency", "EUR", "frequency", "once",
                                  "once", "25.00", NULL},
                 NULL);
        g_autofree char *checkout = tail(form_answer_get_link(go), "practice");
        if (cases[i].first != NULL) {
            form_answer_free(decide(store, checkout, cases[i].first));
        } else {
            fixture_time += PRACTICE_OPEN_FOR;
        }
        for (size_t n = 0; n < G_N_ELEMENTS(next); n++) {
            g_autoptr(FormAnswer) answer = decide(store, checkout, next[n]);
            g_assert_cmpstr(form_answer_page_name(answer), ==, cases[i].page);
            bool paid = g_strcmp0(cases[i].first, "pay") == 0;
            g_assert_true((form_answer_get_link(answer) != NULL) == paid);
        }
    }
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/fund_forms/whole", test_whole);
    stores_test_add("/fund/fund_forms/decided", test_decided);
    stores_test_add("/fund/fund_forms/refused", test_refused);
    return g_test_run();
}
