/* What a sign-up leaves behind, and for how long; the whole way is test_subscriber.c. */
#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/consent.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"

#include <string.h>

#define ADDRESS "ann@reader.example"

static void request_of(Store *store, const char *key, const char *newsletter)
{
    char consent[CONSENT_HASH];
    g_autoptr(GError) error = NULL;
    consent_hash("en", consent);
    g_assert_true(subscriber_request(store, key, newsletter, ADDRESS, "en", consent, &error));
    g_assert_no_error(error);
}

static void request(Store *store, const char *key)
{
    request_of(store, key, "weekly");
}

static guint rows(Store *store)
{
    g_autoptr(GPtrArray) all = subscriber_list(store, 0, NULL, 0, 10, NULL);
    return all->len;
}

/* How often the address stands in subscribers and journal. */
static unsigned traces(Store *store)
{
    unsigned count = 0;
    g_autoptr(GPtrArray) all = subscriber_list(store, 0, NULL, 0, 10, NULL);
    for (guint i = 0; i < all->len; i++) {
        count += *((Subscriber *)all->pdata[i])->address != '\0';
    }
    for (int state = 1; state < DELIVERY_STATES; state++) {
        for (int64_t issue = 0; issue <= 1; issue++) {
            g_autoptr(GPtrArray) mails =
                delivery_list(store, issue, (DeliveryState)state, 0, 100, NULL);
            for (guint i = 0; i < mails->len; i++) {
                count += *((Delivery *)mails->pdata[i])->address != '\0';
            }
        }
    }
    return count;
}

/* With its link; one that was asked for again with the link of that time. */
static void test_forgotten(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    fixture_newsletter(store, "schedule: \"\"\n");
    request(store, "t1");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    fixture_later(SUBSCRIBER_PENDING - CLOCK_DAY);
    request(store, "t2");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    fixture_later(2 * CLOCK_DAY);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(rows(store), ==, 1);
    fixture_later(SUBSCRIBER_PENDING);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(rows(store), ==, 0);
    g_assert_cmpuint(traces(store), ==, 0);
}

static void test_kept(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    fixture_newsletter(store, "schedule: \"\"\n");
    request(store, "t1");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_true(subscriber_confirm(store, f.room->tokens, 1, NULL));
    fixture_later(2 * SUBSCRIBER_PENDING);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(rows(store), ==, 1);
    g_assert_cmpuint(traces(store), ==, 1); /* the subscription, and no letter */
}

/* Who leaves is known by the mark alone, also in the issues that were sent. */
static void test_left(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    int64_t id = 0;
    bool added = false;
    fixture_open(&f, NULL);
    fixture_newsletter(store, "schedule: \"\"\n");
    fixture_story(store, "one", "First story", "2026-11-24T08:00:00Z");
    g_assert_true(subscriber_add(store, f.room, "weekly", ADDRESS, "a test", &added, NULL));
    g_assert_true(issue_compose(store, "weekly", &id, NULL));
    g_assert_true(issue_send(store, f.room, id, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(traces(store), ==, 2);
    g_assert_true(subscriber_unsubscribe(store, 1, NULL));
    g_assert_cmpuint(traces(store), ==, 0);
    g_assert_cmpuint(rows(store), ==, 1);
    request(store, "again");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(Subscriber) back = subscriber_read(store, 1, NULL);
    g_assert_cmpstr(back->address, ==, ADDRESS);
    g_assert_cmpint(back->state, ==, SUBSCRIBER_STATE_PENDING);
}

static void set_newsletter(Store *store, const char *name)
{
    bool changed = false;
    g_autoptr(GError) error = NULL;
    NewsletterTexts texts = {name, "en", "Another", "", "", "", ""};
    g_autoptr(Newsletter) newsletter = newsletter_of(&texts, &error);
    g_assert_no_error(error);
    g_assert_true(newsletter_set(store, newsletter, &changed, &error));
}

/* Two newsletters within the pause are two letters; the day's ceiling is over all of them. */
static void test_several(Store *store, const char *url)
{
    static const char *const names[] = {"weekly", "daily", "weekly", "monthly", "rare"};
    static const unsigned letters[] = {1, 2, 2, 3, 3};
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    fixture_newsletter(store, "schedule: \"\"\n");
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *key = g_strdup_printf("t%zu", i);
        if (i % 2 == 1 || i == 4) {
            set_newsletter(store, names[i]);
        }
        request_of(store, key, names[i]);
        g_assert_cmpuint(fixture_run(store, &f), ==, 0);
        g_autoptr(GPtrArray) mails = fixture_outbox(&f);
        g_test_message("%s", names[i]);
        g_assert_cmpuint(mails->len, ==, letters[i]);
    }
    g_assert_cmpuint(rows(store), ==, 3);
}

/* A job that nobody of ours wrote, or a newsletter that is gone, waits for a person. */
static void test_broken(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    g_assert_true(
        job_enqueue(store, "mail.subscribe", "a", "{\"newsletter\":\"weekly\"}", 0, NULL));
    request(store, "b");
    g_assert_cmpuint(fixture_run(store, &f), ==, 2);
    g_assert_cmpuint(rows(store), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/signup/forgotten", test_forgotten);
    stores_test_add("/signup/kept", test_kept);
    stores_test_add("/signup/left", test_left);
    stores_test_add("/signup/several", test_several);
    stores_test_add("/signup/broken", test_broken);
    return g_test_run();
}
