/* Moved, withdrawn and taken-down pages: a stub at the old path and a line in STATUS. */
#include "paper/fixture.h"

#include "desk/story_edit.h"
#include "desk/story_state.h"

static void test_moved(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t id = fixture_story(&fixture, "title", "The ferry", NULL);
    g_autofree char *before = fixture_page(&fixture, FIXTURE_DAY "the-ferry.html");
    g_assert_nonnull(before);
    story_set_slug(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
                   "the-boat", fixture.now, &error);
    g_assert_no_error(error);
    g_autofree char *stub = fixture_page(&fixture, FIXTURE_DAY "the-ferry.html");
    fixture_in_order(stub, "the-boat.html", NULL);
    fixture_in_order(stub, FIXTURE_SITE FIXTURE_DAY "the-boat.html", NULL);
    g_autofree char *status = fixture_page(&fixture, "STATUS/2026-11");
    fixture_in_order(status, "301 " FIXTURE_DAY "the-ferry.html " FIXTURE_DAY "the-boat.html\n",
                     NULL);
}

static void test_gone(void)
{
    g_auto(Fixture) fixture = {0};
    g_autoptr(GError) error = NULL;
    fixture_begin(&fixture, "en");
    int64_t id = fixture_story(&fixture, "title", "The ferry", "body", "A secret text.", NULL);
    g_autofree char *before = fixture_page(&fixture, FIXTURE_DAY "the-ferry.html");
    fixture_in_order(before, "A secret text.", NULL);
    story_withdraw(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
                   fixture.now, &error);
    g_assert_no_error(error);
    g_autofree char *stub = fixture_page(&fixture, FIXTURE_DAY "the-ferry.html");
    fixture_without(stub, "A secret text.");
    g_autofree char *status = fixture_page(&fixture, "STATUS/2026-11");
    fixture_in_order(status, "410 " FIXTURE_DAY "the-ferry.html\n", NULL);
    story_publish(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom), id,
                  fixture.now, &error);
    g_assert_no_error(error);
    g_autofree char *back = fixture_page(&fixture, FIXTURE_DAY "the-ferry.html");
    fixture_in_order(back, "A secret text.", NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stub-page/moved", test_moved);
    g_test_add_func("/stub-page/gone", test_gone);
    return g_test_run();
}
