#include "mail/issue_erase.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"
#include "mail/issue.h"
#include "mail/subscriber.h"

#include <string.h>

static void press_on(Store *store, Fixture *f)
{
    bool added = false;
    int64_t id = 0;
    fixture_newsletter(store, NULL);
    fixture_story(store, "one", "Other story", "2026-11-24T08:00:00Z");
    fixture_story(store, "two", "Secret story", "2026-11-24T09:00:00Z");
    g_assert_true(
        subscriber_add(store, f->room, "weekly", "a@reader.example", "a test", &added, NULL));
    g_assert_true(issue_compose(store, "weekly", &id, NULL));
}

static GPtrArray *strings(const char *first)
{
    GPtrArray *all = g_ptr_array_new();
    if (first != NULL) {
        g_ptr_array_add(all, (gpointer)(guintptr)first);
    }
    return all;
}

static void erase(Store *store, const Fixture *f, const char *path, const char *name)
{
    g_autoptr(GPtrArray) paths = strings(path);
    g_autoptr(GPtrArray) names = strings(name);
    g_autoptr(GError) error = NULL;
    IssueErase what = {paths, "gone/1.html", names, "", f->outbox};
    g_assert_true(issue_erase(store, &what, &error));
    g_assert_no_error(error);
}

/* A letter that has left is taken from our outbox; the issue says it no more, other stories stay.
 */
static void test_sent(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    press_on(store, &f);
    g_assert_true(issue_send(store, f.room, 1, NULL));
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) before = fixture_outbox(&f);
    g_assert_cmpuint(before->len, ==, 1);
    erase(store, &f, "2026/11/23/nothing.html", NULL);
    g_autoptr(GPtrArray) same = fixture_outbox(&f);
    g_assert_cmpuint(same->len, ==, 1);
    erase(store, &f, "2026/11/24/two.html", NULL);
    g_autoptr(GPtrArray) after = fixture_outbox(&f);
    g_assert_cmpuint(after->len, ==, 0);
    g_autoptr(Issue) issue = issue_read(store, 1, NULL);
    g_assert_cmpstr(issue->subject, ==, "This story is not available");
    g_assert_cmpstr(issue->html, ==, "");
    g_assert_null(strstr(issue->content, "Secret"));
    g_assert_null(strstr(issue->content, "two.html"));
    g_assert_nonnull(strstr(issue->content, "gone/1.html"));
    g_assert_nonnull(strstr(issue->content, "Other story"));
    erase(store, &f, "2026/11/24/two.html", NULL);
}

/* What is yet to be sent goes out without it. */
static void test_to_be_sent(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    press_on(store, &f);
    g_assert_true(issue_send(store, f.room, 1, NULL));
    erase(store, &f, "2026/11/24/two.html", NULL);
    g_assert_cmpuint(fixture_run(store, &f), ==, 0);
    g_autoptr(GPtrArray) letters = fixture_outbox(&f);
    g_assert_cmpuint(letters->len, ==, 1);
    g_assert_null(strstr(letters->pdata[0], "Secret"));
    g_assert_nonnull(strstr(letters->pdata[0], "Other story"));
    g_assert_nonnull(strstr(letters->pdata[0], "This story is not available"));
}

static void test_name(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    press_on(store, &f);
    erase(store, &f, NULL, "Secret");
    g_autoptr(Issue) issue = issue_read(store, 1, NULL);
    g_assert_cmpint(issue->state, ==, ISSUE_DRAFT);
    g_assert_cmpstr(issue->subject, ==, "an author whose name is withheld story");
    g_assert_nonnull(strstr(issue->content, "two.html"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fixture_clock();
    stores_test_add("/mail/issue_erase/sent", test_sent);
    stores_test_add("/mail/issue_erase/to-be-sent", test_to_be_sent);
    stores_test_add("/mail/issue_erase/name", test_name);
    return g_test_run();
}
