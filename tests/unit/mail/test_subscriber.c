#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/address.h"
#include "mail/consent.h"
#include "mail/delivery.h"
#include "mail/mail_jobs.h"
#include "mail/subscriber.h"

#include <string.h>

static void request(Store *store, const char *key, const char *address)
{
    char consent[CONSENT_HASH];
    g_autoptr(GError) error = NULL;
    consent_hash("en", consent);
    g_assert_true(subscriber_request(store, key, "weekly", address, "en", consent, &error));
    g_assert_no_error(error);
}

static Subscriber *only(Store *store)
{
    g_autoptr(GPtrArray) all = subscriber_list(store, 0, NULL, 0, 10, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    return g_ptr_array_steal_index(all, 0);
}

static int64_t subject(const Fixture *f, const char *mail, const char *purpose)
{
    g_autofree char *text = fixture_text(mail);
    g_autofree char *begin = g_strdup_printf("/en/%s/", purpose);
    g_autofree char *token = fixture_between(text, begin, "\n");
    g_autoptr(GError) error = NULL;
    g_autofree char *id = token_check(f->room->tokens, purpose, token, clock_now(), &error);
    g_assert_no_error(error);
    return g_ascii_strtoll(id, NULL, 10);
}

/* Asked, confirmed, welcomed, ended; each twice. */
static void test_whole_way(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    request(store, "t1", "Ann@Reader.example");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) first = fixture_outbox(&f);
    g_assert_cmpuint(first->len, ==, 1);
    g_assert_nonnull(strstr(first->pdata[0], "To: Ann@reader.example\r\n"));
    g_assert_nonnull(strstr(first->pdata[0], "Auto-Submitted: auto-generated"));
    int64_t id = subject(&f, first->pdata[0], "confirm");
    g_autoptr(Subscriber) asked = only(store);
    g_assert_cmpint(asked->id, ==, id);
    g_assert_cmpint(asked->state, ==, SUBSCRIBER_STATE_PENDING);
    g_assert_cmpuint(strlen(asked->consent), ==, 16);
    for (int i = 0; i < 2; i++) {
        g_assert_true(subscriber_confirm(store, f.room->tokens, id, NULL));
        fixture_later(CLOCK_SECOND);
        g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    }
    g_autoptr(GPtrArray) second = fixture_outbox(&f);
    g_assert_cmpuint(second->len, ==, 2); /* one welcome */
    g_assert_cmpint(subject(&f, second->pdata[1], "unsubscribe"), ==, id);
    bool wanted = false;
    g_assert_true(subscriber_wanted(store, id, &wanted, NULL) && wanted);
    for (int i = 0; i < 2; i++) {
        g_assert_true(subscriber_unsubscribe(store, id, NULL));
    }
    g_assert_true(subscriber_wanted(store, id, &wanted, NULL) && !wanted);
    g_autoptr(GError) error = NULL;
    g_assert_false(subscriber_confirm(store, f.room->tokens, id, &error)); /* the old link */
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

/* Research E14: 1 in 15 minutes, 3 a day, whatever is asked; and nothing of it is heard. */
static void test_caps(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    static const int minutes[] = {0, 1, 14, 16, 17, 40, 60, 200, 1400};
    static const unsigned mails[] = {1, 1, 1, 2, 2, 3, 3, 3, 3};
    int at = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(minutes); i++) {
        fixture_later((minutes[i] - at) * CLOCK_MINUTE);
        at = minutes[i];
        g_autofree char *key = g_strdup_printf("t%zu", i);
        request(store, key, i % 2 == 0 ? "a@reader.example" : "A@reader.example");
        g_assert_cmpuint(fixture_run(store, &f), ==, 0);
        g_autoptr(GPtrArray) outbox = fixture_outbox(&f);
        g_assert_cmpuint(outbox->len, ==, mails[i]);
    }
    fixture_later(CLOCK_DAY);
    request(store, "next", "a@reader.example");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) outbox = fixture_outbox(&f);
    g_assert_cmpuint(outbox->len, ==, 4);
}

/* The same sign-up delivered twice is one mail. */
static void test_same_key(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    for (int i = 0; i < 3; i++) {
        g_assert_true(mail_send(store, "subscribe", "1-1", "a@reader.example", "en",
                                "{\"confirm_url\":\"https://x.example/\"}", 0, NULL));
        g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    }
    g_autoptr(GPtrArray) outbox = fixture_outbox(&f);
    g_assert_cmpuint(outbox->len, ==, 1);
}

/* A stricter state never weakens but by the reader (research E18). */
static void test_suppression(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    bool added = false;
    g_autoptr(GError) error = NULL;
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    g_assert_true(
        subscriber_add(store, f.room, "weekly", "a@reader.example", "asked", &added, NULL));
    g_assert_true(added);
    g_assert_true(
        subscriber_add(store, f.room, "weekly", "A@reader.example", "asked", &added, NULL));
    g_assert_false(added);
    g_autoptr(Subscriber) row = only(store);
    g_assert_true(subscriber_unsubscribe(store, row->id, NULL));
    g_assert_false(
        subscriber_add(store, f.room, "weekly", "a@reader.example", "list", &added, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    g_clear_error(&error);
    int64_t count = 0;
    g_assert_true(subscriber_erase(store, f.room, "a@reader.example", &count, NULL));
    g_assert_cmpint(count, ==, 1);
    g_assert_false(
        subscriber_add(store, f.room, "weekly", "a@reader.example", "list", &added, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    /* The reader comes back. */
    request(store, "t", "a@reader.example");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(Subscriber) again = only(store);
    bool wanted = true;
    g_assert_true(subscriber_wanted(store, again->id, &wanted, NULL) && !wanted);
    g_assert_true(subscriber_confirm(store, f.room->tokens, again->id, NULL));
    g_assert_true(subscriber_wanted(store, again->id, &wanted, NULL) && wanted);
    /* The weaker reason does not take the stronger one's place. */
    SuppressionReason reason = SUPPRESSION_NONE;
    g_assert_true(suppression_add(store, "m", 0, SUPPRESSION_COMPLAINT, NULL));
    g_assert_true(suppression_add(store, "m", 0, SUPPRESSION_HARD, NULL));
    g_assert_true(suppression_of(store, "m", 5, &reason, NULL));
    g_assert_cmpint(reason, ==, SUPPRESSION_COMPLAINT);
}

/* Nothing of an erased address is left but its mark. */
static void test_erase(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    int64_t count = 0;
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    request(store, "t", "gone@reader.example");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(subscriber_erase(store, f.room, "gone@reader.example", &count, NULL));
    g_assert_cmpint(count, ==, 1);
    g_autoptr(GPtrArray) rows = subscriber_list(store, 0, NULL, 0, 10, NULL);
    g_assert_cmpuint(rows->len, ==, 0);
    g_autoptr(GPtrArray) mails = delivery_list(store, 0, DELIVERY_ACCEPTED, 0, 10, NULL);
    g_assert_cmpuint(mails->len, ==, 1);
    g_assert_cmpstr(((Delivery *)mails->pdata[0])->address, ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/subscriber/whole-way", test_whole_way);
    stores_test_add("/subscriber/caps", test_caps);
    stores_test_add("/subscriber/same-key", test_same_key);
    stores_test_add("/subscriber/suppression", test_suppression);
    stores_test_add("/subscriber/erase", test_erase);
    return g_test_run();
}
