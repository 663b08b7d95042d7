#include "mail/newsletter.h"

#include "base/error.h"
#include "base/moment.h"
#include "fixture.h"
#include "mail/issue.h"
#include "press_sql.h"

#include <string.h>

static const char whole[] = "---\nname: weekly\nlanguage: en\nheading: Every week\n"
                            "description: Six stories.\nschedule: friday 08:00\n"
                            "from: \"The Bell <a@b.example>\"\n---\n";

static Newsletter *parse(const char *text, GError **error)
{
    return newsletter_parse(text, strlen(text), error);
}

static void test_parse(void)
{
    g_autoptr(Newsletter) newsletter = parse(whole, NULL);
    g_assert_cmpstr(newsletter->name, ==, "weekly");
    g_assert_cmpstr(newsletter->from, ==, "The Bell <a@b.example>");
    g_autoptr(Newsletter) small =
        parse("---\nname: n-1\nlanguage: ru\nheading: H\n---\nignored\n", NULL);
    g_assert_cmpstr(small->description, ==, "");
}

static void test_refused(void)
{
    static const char *const texts[] = {
        "",
        "no head",
        "---\nname: a\nlanguage: en\n---\n",
        "---\nname: a b\nlanguage: en\nheading: H\n---\n",
        "---\nname: \"\"\nlanguage: en\nheading: H\n---\n",
        "---\nname: [a]\nlanguage: en\nheading: H\n---\n",
        "---\nname: a\nlanguage: much-too-long\nheading: H\n---\n",
        "---\nname: a\n",
        "---\nname: a\nlanguage: en\nheading: H\nschedule: sometimes\n---\n",
        "---\nname: a\nlanguage: en\nheading: H\nsend: perhaps\n---\n",
        "---\nname: a\nlanguage: en\nheading: H\nfrom: nobody\n---\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(parse(texts[i], &error));
        g_assert_nonnull(error);
    }
}

static void test_set(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    fixture_open(&f, NULL);
    bool changed = false;
    g_autoptr(Newsletter) newsletter = parse(whole, NULL);
    g_assert_true(newsletter_set(store, newsletter, &changed, NULL));
    g_assert_true(changed);
    g_assert_true(newsletter_set(store, newsletter, &changed, NULL));
    g_assert_false(changed);
    g_free(newsletter->heading);
    newsletter->heading = g_strdup("Each week");
    g_assert_true(newsletter_set(store, newsletter, &changed, NULL));
    g_assert_true(changed);
    g_autoptr(GPtrArray) all = newsletter_list(store, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    const Newsletter *one = g_ptr_array_index(all, 0);
    g_assert_cmpstr(one->heading, ==, "Each week");
    g_assert_cmpstr(one->schedule, ==, "friday 08:00");
    g_autofree char *due = moment_rfc3339(one->due);
    g_assert_cmpstr(due, ==, "2026-11-27T08:00:00Z");
}

static bool touched(Store *store, const char *input)
{
    g_autoptr(StoreRows) rows = press_change_take(store, INT64_MAX, NULL);
    bool found = false;
    while (rows != NULL && store_rows_next(rows, NULL) == STORE_ROW) {
        found |= strcmp(store_text(rows, 0), input) == 0;
    }
    return found;
}

/* A language that the site has not takes the pages of issues away, another brings them back. */
static void test_language(Store *store, const char *url)
{
    g_auto(Fixture) f = {0};
    bool changed = false;
    int64_t issue = 0;
    fixture_open(&f, NULL);
    fixture_newsletter(store, NULL);
    fixture_story(store, "one", "First story", "2026-11-23T08:00:00Z");
    g_assert_true(issue_compose(store, "weekly", &issue, NULL));
    g_assert_true(issue_send(store, f.room, issue, NULL));
    touched(store, "");
    g_autoptr(Newsletter) newsletter = newsletter_read(store, "weekly", NULL);
    g_free(newsletter->heading);
    newsletter->heading = g_strdup("Each week");
    g_assert_true(newsletter_set(store, newsletter, &changed, NULL));
    g_assert_false(touched(store, "issue:weekly/1"));
    g_free(newsletter->language);
    newsletter->language = g_strdup("ru");
    g_assert_true(newsletter_set(store, newsletter, &changed, NULL));
    g_assert_true(touched(store, "issue:weekly/1"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newsletter/parse", test_parse);
    g_test_add_func("/newsletter/refused", test_refused);
    stores_test_add("/newsletter/set", test_set);
    stores_test_add("/newsletter/language", test_language);
    return g_test_run();
}
