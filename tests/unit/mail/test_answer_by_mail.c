/* The address of an answer, by mail: the form, the job that waits for the answer, the one letter.
 */
#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "forms/drain.h"
#include "forms/sealed.h"
#include "forms/ticket.h"
#include "mail/answer_by_mail.h"
#include "mail/mail_jobs.h"

#include <string.h>

#define FIRST  "0123456789abcdef0123456789abcdef"
#define SECOND "123456789abcdef0123456789abcdef0"
#define BOGUS  "ffffffffffffffffffffffffffffffff"

static bool nothing(Store *store, const FormContext *context, const Form *form, FormAnswer *answer,
                    GError **error)
{
    return true;
}

static const FormField no_fields[] = {{NULL, 0, false, false}};
static const FormKind slow = {.name = "slow", .fields = no_fields, .handle = nothing, .help = "-"};
static const FormKind *const kinds[] = {&slow, NULL};

/* A form of that ticket comes in and has its effect. */
static void apply(Store *store, const char *ticket)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = stores_make(STORE_SQLITE, false);
    BoxSecretKey key;
    bool any = false;
    box_secret_key_new(&key);
    {
        g_autoptr(Store) intake = intake_open(url, &error);
        BoxPublicKey public = box_secret_key_public(&key);
        Form form = {.kind = &slow, .language = "en", .ticket = ticket, .received = clock_now()};
        g_autoptr(GBytes) sealed = sealed_form_close(&public, &form);
        Hash hash = ticket_hash(ticket);
        g_assert_true(intake_put(intake, &hash, sealed, clock_now(), &error));
        Drain drain = {store, intake, &key, kinds, NULL};
        g_assert_true(drain_one(&drain, &any, &error));
        g_assert_true(any);
    }
    stores_drop(url);
}

static bool ask(Store *store, const char *ticket, const char *address, GError **error)
{
    g_autoptr(FormAnswer) answer = form_answer_new();
    Form form = {.kind = &mail_form_answer,
                 .language = "en",
                 .values = {ticket, address},
                 .ticket = "abcdefabcdefabcdefabcdefabcdefab",
                 .received = clock_now()};
    if (!mail_form_answer.handle(store, NULL, &form, answer, error)) {
        return false;
    }
    g_assert_cmpstr(form_answer_page_name(answer), ==, "answer-by-mail");
    return true;
}

static void asked(Store *store, const char *ticket, const char *address)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(ask(store, ticket, address, &error));
    g_assert_no_error(error);
}

/* How many letters there are after all that is due was done. */
static guint letters(Store *store, Fixture *f)
{
    g_assert_cmpuint(fixture_run(store, f), ==, 0);
    g_autoptr(GPtrArray) mails = fixture_outbox(f);
    return mails->len;
}

static void test_waits(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    asked(store, FIRST, " Ann@Reader.example ");
    g_assert_cmpuint(letters(store, &f), ==, 0);
    apply(store, FIRST);
    fixture_later(CLOCK_MINUTE);
    g_assert_cmpuint(letters(store, &f), ==, 1);
    g_autoptr(GPtrArray) mails = fixture_outbox(&f);
    g_assert_nonnull(strstr(mails->pdata[0], "\nTo: Ann@reader.example\r\n"));
    g_autofree char *text = fixture_text(mails->pdata[0]);
    g_assert_nonnull(strstr(text, "/en/t/" FIRST "\n"));
}

/* One a ticket, whoever asks for whatever address. */
static void test_one_a_ticket(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    apply(store, FIRST);
    asked(store, FIRST, "ann@reader.example");
    asked(store, FIRST, "bob@reader.example");
    g_assert_cmpuint(letters(store, &f), ==, 1);
    fixture_later(CLOCK_DAY);
    asked(store, FIRST, "bob@reader.example");
    g_assert_cmpuint(letters(store, &f), ==, 1);
}

/* Nobody's mailbox is filled with them. */
static void test_few_an_address(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    apply(store, FIRST);
    apply(store, SECOND);
    asked(store, FIRST, "ann@reader.example");
    g_assert_cmpuint(letters(store, &f), ==, 1);
    asked(store, SECOND, "ANN@reader.example");
    g_assert_cmpuint(letters(store, &f), ==, 1);
    fixture_later(16 * CLOCK_MINUTE);
    asked(store, SECOND, "ann@reader.example");
    g_assert_cmpuint(letters(store, &f), ==, 2);
}

/* A ticket that nobody has: looked for in vain, then forgotten, and no dead job is left. */
static void test_bogus(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    int64_t due = 0;
    fixture_open(&f, NULL);
    asked(store, BOGUS, "ann@reader.example");
    g_assert_cmpuint(letters(store, &f), ==, 0);
    fixture_later(CLOCK_HOUR);
    g_assert_cmpuint(letters(store, &f), ==, 0);
    g_assert_true(jobs_next_due(store, "mail", &due, NULL));
    g_assert_cmpint(due, <, INT64_MAX);
    fixture_later(ANSWER_AWAITED + CLOCK_HOUR);
    g_assert_cmpuint(letters(store, &f), ==, 0);
    g_assert_true(jobs_next_due(store, "mail", &due, NULL));
    g_assert_cmpint(due, ==, INT64_MAX);
}

static void test_refused(Store *store, const char *url)
{
    static const char *const cases[][2] = {
        {"0123", "ann@reader.example"},
        {"0123456789ABCDEF0123456789ABCDEF", "ann@reader.example"},
        {FIRST "0", "ann@reader.example"},
        {FIRST, "ann"},
        {FIRST, "ann@reader.example\r\nBcc: x@y.example"},
    };
    jobs_register(mail_jobs);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(ask(store, cases[i][0], cases[i][1], &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    jobs_register(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/answer-by-mail/waits", test_waits);
    stores_test_add("/answer-by-mail/one-a-ticket", test_one_a_ticket);
    stores_test_add("/answer-by-mail/few-an-address", test_few_an_address);
    stores_test_add("/answer-by-mail/bogus", test_bogus);
    stores_test_add("/answer-by-mail/refused", test_refused);
    return g_test_run();
}
