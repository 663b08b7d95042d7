#include "fixture.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/moment.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/issue_content.h"
#include "mail/issue_text.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"

#include <string.h>

static Issue *composed(Store *store)
{
    int64_t id = 0;
    g_autoptr(GError) error = NULL;
    issue_compose(store, "weekly", &id, &error);
    g_assert_no_error(error);
    return issue_read(store, id, NULL);
}

/* The stories of the last seven days; then those since the last issue; a draft is made anew. */
static void test_compose(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    int64_t id = 0;
    g_autoptr(GError) error = NULL;
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    fixture_story(store, "old", "Too old", "2026-11-10T08:00:00Z");
    g_assert_false(issue_compose(store, "weekly", &id, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    fixture_story(store, "one", "First story", "2026-11-23T08:00:00Z");
    g_autoptr(Issue) draft = composed(store);
    g_assert_cmpstr(draft->subject, ==, "First story");
    g_assert_cmpint(draft->number, ==, 1);
    g_assert_null(strstr(draft->content, "Too old"));
    fixture_story(store, "two", "Second \"story\" <b>", "2026-11-24T08:00:00Z");
    g_autoptr(Issue) again = composed(store);
    g_assert_cmpint(again->id, ==, draft->id);
    g_assert_cmpstr(again->subject, ==, "Second \"story\" <b>");
    g_assert_nonnull(strstr(again->content, "First story"));
    g_assert_true(issue_send(store, f.room, again->id, NULL));
    g_clear_error(&error);
    g_assert_false(issue_send(store, f.room, again->id, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    fixture_later(3 * CLOCK_DAY);
    fixture_story(store, "three", "Third story", "2026-11-27T08:00:00Z");
    g_autoptr(Issue) next = composed(store);
    g_assert_cmpint(next->number, ==, 2);
    g_assert_null(strstr(next->content, "First story"));
    g_clear_error(&error);
    g_assert_false(issue_compose(store, "nothing", &id, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

static void test_text(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    fixture_story(store, "two", "Salt & \"iron\" <b>", "2026-11-24T08:00:00Z");
    g_autoptr(Issue) issue = composed(store);
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) plain = g_string_new(NULL);
    g_assert_true(issue_text_render(store, f.room, issue, html, plain, NULL));
    g_assert_nonnull(strstr(html->str, "Salt &amp; &quot;iron&quot; &lt;b&gt;"));
    g_assert_nonnull(strstr(plain->str, "* Salt & \"iron\" <b>\n"));
    g_assert_nonnull(strstr(plain->str, "http://paper.localhost:8080/2026/11/24/two.html\n"));
    g_assert_nonnull(strstr(html->str, "href=\"http://paper.localhost:8080/2026/11/24/two.html\""));
    g_autofree char *stop = g_strdup_printf("/en/unsubscribe/%s", issue->code);
    g_assert_nonnull(strstr(html->str, stop));
    g_assert_nonnull(strstr(plain->str, stop));
    g_assert_null(strstr(html->str, "<img"));
    g_assert_null(strstr(html->str, "src="));
}

static unsigned issues_in(Store *store, IssueState state)
{
    g_autoptr(GPtrArray) all = issue_list(store, 0, 100, NULL);
    unsigned count = 0;
    for (guint i = 0; i < all->len; i++) {
        count += ((const Issue *)all->pdata[i])->state == state;
    }
    return count;
}

/* Composed at its hour; sent by itself only if the newsletter says so; a missed hour is left out.
 */
static void test_schedule(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    bool added = false;
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    fixture_story(store, "one", "First story", "2026-11-24T08:00:00Z");
    g_assert_true(
        subscriber_add(store, f.room, "weekly", "a@reader.example", "a test", &added, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(issues_in(store, ISSUE_DRAFT), ==, 0);
    fixture_later(46 * CLOCK_HOUR); /* Friday 08:00 UTC */
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(issues_in(store, ISSUE_DRAFT), ==, 1);
    fixture_newsletter(store, "schedule: weekly friday 08:00\nsend: automatic\n");
    fixture_story(store, "two", "Second story", "2026-12-02T08:00:00Z");
    fixture_later(7 * CLOCK_DAY);
    fixture_story(store, "three", "Third story", "2026-12-03T08:00:00Z");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(issues_in(store, ISSUE_SENT), ==, 1);
    g_autoptr(GPtrArray) outbox = fixture_outbox(&f);
    g_assert_cmpuint(outbox->len, ==, 1);
    /* Two weeks off, back on a Monday: no issue of the past, and Friday as ever. */
    fixture_later(17 * CLOCK_DAY);
    fixture_story(store, "four", "Fourth story", "2026-12-20T08:00:00Z");
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(issues_in(store, ISSUE_SENT), ==, 1);
    g_autoptr(Newsletter) newsletter = newsletter_read(store, "weekly", NULL);
    fixture_later(newsletter->due - clock_now());
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_assert_cmpuint(issues_in(store, ISSUE_SENT), ==, 2);
}

static void story_now(Store *store, const char *slug)
{
    g_autofree char *date = moment_rfc3339(clock_now());
    fixture_story(store, slug, slug, date);
}

/* A job that ends at any of its statements and runs again, with news in between, sends one issue.
 */
static void test_schedule_again(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    bool whole = false;
    fixture_open(&f, NULL);
    fixture_newsletter(store, "schedule: weekly friday 08:00\nsend: automatic\n");
    for (unsigned nth = 1; !whole; nth++) {
        g_autoptr(Newsletter) newsletter = newsletter_read(store, "weekly", NULL);
        g_autofree char *before = g_strdup_printf("before-%u", nth);
        g_autofree char *after = g_strdup_printf("after-%u", nth);
        fixture_later(newsletter->due - clock_now());
        story_now(store, before);
        fixture_later(CLOCK_MINUTE);
        fault_plan(FAULT_SQL, nth, true);
        whole = issue_on_schedule(store, f.room, "weekly", NULL);
        fault_end();
        fixture_later(CLOCK_MINUTE);
        story_now(store, after);
        fixture_later(CLOCK_MINUTE);
        g_test_message("statement %u", nth);
        g_assert_true(issue_on_schedule(store, f.room, "weekly", NULL));
        g_autoptr(GPtrArray) newest = issue_list(store, 0, 1, NULL);
        const Issue *last = newest->pdata[0];
        g_assert_cmpint(last->number, ==, nth);
        g_assert_cmpint(last->state, ==, ISSUE_FROZEN);
    }
}

/* Nobody is missing and nobody stands there twice, also over several parts. */
static void test_audience(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    bool added = false;
    int64_t counts[DELIVERY_STATES];
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    fixture_story(store, "one", "First story", "2026-11-24T08:00:00Z");
    for (int i = 0; i < 450; i++) {
        g_autofree char *address = g_strdup_printf("r%d@reader.example", i);
        g_assert_true(subscriber_add(store, f.room, "weekly", address, "a test", &added, NULL));
    }
    g_autoptr(Subscriber) fifth = subscriber_read(store, 5, NULL);
    g_assert_true(suppression_add(store, fifth->mark, 0, SUPPRESSION_COMPLAINT, NULL));
    g_autoptr(Issue) issue = composed(store);
    g_assert_true(issue_send(store, f.room, issue->id, NULL));
    g_assert_true(
        subscriber_add(store, f.room, "weekly", "late@reader.example", "a test", &added, NULL));
    bool ran = false;
    g_assert_true(jobs_run_one(store, "mail", f.room, &ran, NULL)); /* mail.freeze */
    g_assert_true(delivery_count(store, issue->id, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_READY], ==, 449);
    g_assert_cmpint(counts[DELIVERY_EXCLUDED], ==, 1);
}

static void test_content(void)
{
    static const char *const bad[] = {"", "{}", "[]", "null", "[", "3"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(issue_content_read(bad[i], &error));
        g_assert_nonnull(error);
    }
    g_autoptr(IssueContent) odd = issue_content_read("[{}]", NULL);
    g_assert_cmpstr(issue_content_lead(odd), ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/issue/content", test_content);
    stores_test_add("/issue/compose", test_compose);
    stores_test_add("/issue/text", test_text);
    stores_test_add("/issue/schedule", test_schedule);
    stores_test_add("/issue/schedule-again", test_schedule_again);
    stores_test_add("/issue/audience", test_audience);
    return g_test_run();
}
