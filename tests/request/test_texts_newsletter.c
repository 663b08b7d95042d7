/* Newsletters and their issues in the office, as whole requests, with the letters that leave.
 * Covers: src/mail/newsletter_office.c, src/mail/issue_office.c, src/mail/issue_send_office.c. */
#include "base/clock.h"
#include "mail/issue.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "texts_desk.h"
#include "unit/mail/fixture.h"

#include <string.h>

/* The office's own room, which can send nothing; the fixture's sends. */
static Mailroom *indoors(const Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    Mailroom *room =
        mailroom_open(&(MailroomOptions){.keys_dir = fixture->keys, .from = ""}, &error);
    g_assert_no_error(error);
    g_assert_null(room->tokens);
    g_assert_null(room->transport);
    return room;
}

static void test_set(Store *store, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture, NULL);
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) vera = BROWSER(office);
    desk_sign_in(store, &vera, "Vera", ROLE_EDITOR);
    says(desk_post(&vera, "/newsletters/save", "name", "weekly", "language", "en", "heading", "",
                   NULL),
         422, "A newsletter needs its heading.");
    says(desk_post(&vera, "/newsletters/save", "name", "weekly", "language", "en", "heading",
                   "Typed", "schedule", "sometimes", NULL),
         422, "value=\"Typed\"");
    for (int presses = 0; presses < 2; presses++) {
        leads_to(desk_post(&vera, "/newsletters/save", "name", "weekly", "language", "en",
                           "heading", "Every week", "description", "Six stories.", "schedule",
                           "weekly friday 08:00", "from", "The Bell <a@bell.example>", "send",
                           "by hand", "known", presses == 0 ? "" : "1", NULL),
                 "/newsletters/weekly?done=saved");
    }
    g_autoptr(Newsletter) set = newsletter_read(store, "weekly", NULL);
    g_assert_cmpstr(set->heading, ==, "Every week");
    g_assert_cmpstr(set->from, ==, "The Bell <a@bell.example>");
    g_assert_cmpint(set->due, !=, 0);
    desk_audited(store, "newsletter.set", "weekly");
    says(desk_post(&vera, "/newsletters/save", "name", "weekly", "language", "en", "heading",
                   "Other", NULL),
         409, "There is a newsletter of that name");
    says(browser_get(&vera, "/newsletters"), 200, "href=\"/newsletters/weekly\"");
    says(desk_post(&vera, "/newsletters/weekly/compose", NULL), 409, "nothing to compose");
}

/* Two open one form: who saves second learns of the first. */
static void test_two(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) vera = BROWSER(office);
    desk_sign_in(store, &vera, "Vera", ROLE_EDITOR);
#define WEEKLY(seen, known, heading)                                                               \
    desk_post(&vera, "/newsletters/save", "name", "weekly", "language", "en", "heading", heading,  \
              "send", "by hand", "known", known, "seen", seen, NULL)
    for (int presses = 0; presses < 2; presses++) {
        leads_to(WEEKLY("-", "", "Every week"), "/newsletters/weekly?done=saved");
    }
    g_autoptr(HttpReply) form = browser_get(&vera, "/newsletters/weekly");
    g_autofree char *seen = reply_field(form, "seen");
    leads_to(WEEKLY(seen, "1", "Each week"), "/newsletters/weekly?done=saved");
    leads_to(WEEKLY(seen, "1", "Each week"), "/newsletters/weekly?done=saved"); /* pressed twice */
    g_autoptr(HttpReply) mistaken = WEEKLY(seen, "1", ""); /* does not hide it */
    g_autofree char *kept = reply_field(mistaken, "seen");
    g_assert_cmpuint(http_reply_status(mistaken), ==, 422);
    g_assert_cmpstr(kept, ==, seen);
    g_autoptr(HttpReply) page = WEEKLY(seen, "1", "Weekly");
    g_assert_cmpuint(http_reply_status(page), ==, 409);
    g_assert_true(reply_says(page, "Somebody has changed this"));
    g_assert_true(reply_says(page, "<dd dir=\"auto\">Each week</dd>"));
    g_assert_true(reply_says(page, "value=\"Weekly\""));
    g_autofree char *fresh = reply_field(page, "seen");
    leads_to(WEEKLY(fresh, "1", "Weekly"), "/newsletters/weekly?done=saved");
#undef WEEKLY
    g_autoptr(Newsletter) last = newsletter_read(store, "weekly", NULL);
    g_assert_cmpstr(last->heading, ==, "Weekly");
}

static void begin(Store *store, Fixture *fixture)
{
    static const char *const readers[] = {"a@reader.example", "b@reader.example"};
    fixture_open(fixture, NULL);
    fixture_newsletter(store, NULL);
    fixture_story(store, "fog", "Fog <on> the quay", "2026-11-24T08:00:00Z");
    for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
        bool added = false;
        g_autoptr(GError) error = NULL;
        subscriber_add(store, fixture->room, "weekly", readers[i], "a test", &added, &error);
        g_assert_no_error(error);
    }
    fixture_run(store, fixture);
}

static char *draft_of(Browser *browser)
{
    g_autoptr(HttpReply) page = browser_get(browser, "/issues/1/send");
    g_assert_true(reply_says(page, "confirmed subscribers: 2"));
    return reply_field(page, "draft");
}

static IssueState state(Store *store)
{
    g_autoptr(Issue) issue = issue_read(store, 1, NULL);
    return issue->state;
}

static void test_send(Store *store, const char *url)
{
    g_auto(Fixture) fixture = {0};
    begin(store, &fixture);
    g_autoptr(Mailroom) room = indoors(&fixture);
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){.mailroom = room});
    g_auto(Browser) vera = BROWSER(office);
    desk_sign_in(store, &vera, "Vera", ROLE_EDITOR);
    g_autoptr(GPtrArray) before = fixture_outbox(&fixture);
    leads_to(desk_post(&vera, "/newsletters/weekly/compose", NULL), "/issues/1?done=composed");
    says(browser_get(&vera, "/issues/1"), 200, "Fog &lt;on&gt; the quay");
    g_autoptr(HttpReply) html = browser_get(&vera, "/issues/1/html");
    g_assert_true(reply_says(html, "Fog &lt;on&gt; the quay</a></h1>"));
    g_assert_true(g_str_has_prefix(http_reply_find(html, "Content-Security-Policy"), "sandbox"));
    g_autofree char *stale = draft_of(&vera);
    /* A draft that was composed anew since is shown again, not sent. */
    fixture_later(CLOCK_SECOND);
    leads_to(desk_post(&vera, "/newsletters/weekly/compose", NULL), "/issues/1?done=composed");
    says(desk_post(&vera, "/issues/1/send", "draft", stale, NULL), 409, "composed anew");
    says(desk_post(&vera, "/issues/1/send", NULL), 409, "composed anew");
    g_assert_cmpint(state(store), ==, ISSUE_DRAFT); /* and no GET sent it */
    g_autofree char *draft = draft_of(&vera);
    for (int presses = 0; presses < 2; presses++) {
        leads_to(desk_post(&vera, "/issues/1/send", "draft", draft, NULL), "/issues/1?done=sent");
    }
    desk_audited(store, "newsletter.send", "weekly 1");
    g_assert_cmpint(state(store), ==, ISSUE_FROZEN);
    g_assert_cmpuint(fixture_run(store, &fixture), ==, 0);
    g_autoptr(GPtrArray) after = fixture_outbox(&fixture);
    g_assert_cmpuint(after->len, ==, before->len + 2); /* each once */
    says(browser_get(&vera, "/issues/1"), 200, "accepted");
    says(browser_get(&vera, "/newsletters/weekly"), 200, "href=\"/issues/1\"");
    leads_to(browser_get(&vera, "/issues/1/send"), "/issues/1?done=sent");
}

static void test_refused(Store *store, const char *url)
{
    g_auto(Fixture) fixture = {0};
    begin(store, &fixture);
    g_autoptr(Mailroom) room = indoors(&fixture);
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){.mailroom = room});
    g_auto(Browser) vera = BROWSER(office);
    g_auto(Browser) ilya = BROWSER(office);
    desk_sign_in(store, &vera, "Vera", ROLE_EDITOR);
    desk_sign_in(store, &ilya, "Ilya", ROLE_REPORTER);
    says(browser_get(&vera, "/issues/9"), 404, "no issue 9");
    leads_to(desk_post(&vera, "/newsletters/weekly/compose", NULL), "/issues/1?done=composed");
    g_autofree char *draft = draft_of(&vera);
    says(desk_post(&ilya, "/issues/1/send", "draft", draft, NULL), 403, "Your role");
    says(desk_post(&vera, "/issues/1/settle", "verdict", "again", NULL), 422, "tick the box");
    says(desk_post(&vera, "/issues/1/settle", "verdict", "eaten", "sure", "1", NULL), 422,
         "tick the box");
    g_assert_cmpint(state(store), ==, ISSUE_DRAFT);
    /* An office that has no room for letters says so. */
    g_autoptr(Office) bare = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) anna = BROWSER(bare);
    desk_sign_in(store, &anna, "Anna", ROLE_EDITOR);
    says(desk_post(&anna, "/issues/1/send", "draft", draft, NULL), 404, "cannot make letters");
    g_assert_cmpint(state(store), ==, ISSUE_DRAFT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/texts/newsletter set", test_set);
    stores_test_add("/request/texts/newsletter of two", test_two);
    stores_test_add("/request/texts/issue sent once", test_send);
    stores_test_add("/request/texts/issue refused", test_refused);
    return g_test_run();
}
