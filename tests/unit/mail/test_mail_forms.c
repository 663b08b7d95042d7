/* The forms of newsletters as the worker runs them: what is taken, and what a reader is told. */
#include "mail/mail_forms.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"
#include "mail/answer_by_mail.h"
#include "mail/subscriber.h"

#include <string.h>

#define TICKET "0123456789abcdef0123456789abcdef"

/* The page of the answer; NULL if it was refused. */
static char *post(Store *store, const Fixture *f, const FormKind *kind, const char *first,
                  const char *second, GError **error)
{
    FormContext context = {.tokens = f->room->tokens};
    g_autoptr(FormAnswer) answer = form_answer_new();
    Form form = {.kind = kind,
                 .language = "en",
                 .values = {first, second, ""},
                 .ticket = TICKET,
                 .received = clock_now()};
    return kind->handle(store, &context, &form, answer, error)
               ? g_strdup(form_answer_page_name(answer))
               : NULL;
}

static void refused(Store *store, const Fixture *f, const FormKind *kind, const char *first,
                    const char *second)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(post(store, f, kind, first, second, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_assert_cmpstr(error->message, !=, "");
}

static void test_subscribe(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    refused(store, &f, &mail_form_subscribe, "nobody", "weekly");
    refused(store, &f, &mail_form_subscribe, "a@reader.example\r\nBcc: b@c.example", "weekly");
    refused(store, &f, &mail_form_subscribe, "a@reader.example", "nothing");
    for (int i = 0; i < 2; i++) { /* the same ticket twice is one sign-up */
        g_autofree char *page =
            post(store, &f, &mail_form_subscribe, "a@reader.example", "weekly", NULL);
        g_assert_cmpstr(page, ==, "check-mail");
    }
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) mails = fixture_outbox(&f);
    g_assert_cmpuint(mails->len, ==, 1);
}

/* Who comes to the door by its bare address gets the newsletter that the pages of the language
 * offer. */
static void test_nameless(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    refused(store, &f, &mail_form_subscribe, "a@reader.example", "");
    fixture_newsletter(store, NULL);
    g_autofree char *page = post(store, &f, &mail_form_subscribe, "a@reader.example", "", NULL);
    g_assert_cmpstr(page, ==, "check-mail");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(Subscriber) subscriber = subscriber_read(store, 1, NULL);
    g_assert_nonnull(subscriber);
    g_assert_cmpstr(subscriber->newsletter_name, ==, "weekly");
}

/* A link is for one purpose, for its time, and for one that is there. */
static void test_links(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    bool added = false;
    int64_t soon = 0;
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    soon = clock_now() + CLOCK_MINUTE;
    g_assert_true(
        subscriber_add(store, f.room, "weekly", "a@reader.example", "a test", &added, NULL));
    g_autofree char *confirm = token_make(f.room->tokens, "confirm", "1", soon);
    g_autofree char *stop = token_make(f.room->tokens, "unsubscribe", "1", TOKEN_NEVER);
    g_autofree char *no_number = token_make(f.room->tokens, "confirm", "x", soon);
    g_autofree char *nobody = token_make(f.room->tokens, "confirm", "99", soon);
    refused(store, &f, &mail_form_confirm, stop, "");
    refused(store, &f, &mail_form_unsubscribe, confirm, "");
    refused(store, &f, &mail_form_confirm, no_number, "");
    refused(store, &f, &mail_form_confirm, nobody, "");
    refused(store, &f, &mail_form_confirm, "", "");
    g_autofree char *page = post(store, &f, &mail_form_confirm, confirm, "", NULL);
    g_assert_cmpstr(page, ==, "confirmed");
    fixture_later(2 * CLOCK_MINUTE);
    refused(store, &f, &mail_form_confirm, confirm, ""); /* it has ended */
    for (int i = 0; i < 2; i++) {
        g_autofree char *ended = post(store, &f, &mail_form_unsubscribe, stop, "", NULL);
        g_assert_cmpstr(ended, ==, "unsubscribed");
    }
}

/* Rows as form.h asks for them. */
static void test_rows(void)
{
    static const FormKind *const all[] = {&mail_form_subscribe, &mail_form_confirm,
                                          &mail_form_unsubscribe, &mail_form_answer};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        g_assert_cmpstr(all[i]->help, !=, "");
        g_assert_cmpuint(all[i]->per_client, >, 0);
        g_assert_cmpuint(all[i]->in_all, >=, all[i]->per_client);
        g_assert_true(all[i]->show != FORM_SHOW_TOKEN || form_field(all[i], "token", 5) >= 0);
    }
    g_assert_true(mail_form_unsubscribe.one_click);
    g_assert_false(mail_form_confirm.one_click);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/mail-forms/subscribe", test_subscribe);
    stores_test_add("/mail-forms/nameless", test_nameless);
    stores_test_add("/mail-forms/links", test_links);
    g_test_add_func("/mail-forms/rows", test_rows);
    return g_test_run();
}
