/* "Read more" on a story page: the related ones with headline, date and picture, no others. */
#include "paper/fixture.h"

#include "desk/story_state.h"

#include <string.h>

static void test_block(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en,ru");
    g_autofree char *photo = g_strdup_printf("%d", (int)fixture_picture(&fixture, 1));
    int64_t older = fixture_story(&fixture, "title", "Ferry stopped by ice", "photo", photo, "body",
                                  "The harbour froze; the icebreaker and the ferry wait.", NULL);
    fixture_story(&fixture, "title", "Chess", "body", "A tournament without any surprise.", NULL);
    int64_t id = fixture_story(&fixture, "title", "Icebreaker frees the harbour", "body",
                               "The ferry sails again; the ice is broken.", NULL);
    g_autofree char *english = g_strdup_printf("%d", (int)id);
    fixture_story(&fixture, "title", "Ice, ice", "language", "ru", "translation_of", english,
                  "body", "The ferry, the harbour, the icebreaker.", NULL);
    test_newsroom_relate(fixture.newsroom);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "icebreaker-frees-the-harbour.html");
    const char *block = strstr(page, "Read more");
    g_assert_nonnull(block);
    fixture_in_order(block, "Ferry stopped by ice", "<time datetime=\"2026-11-18", NULL);
    g_assert_nonnull(strstr(block, "<img "));
    fixture_without(block, "Chess");
    fixture_without(block, "Ice, ice");
    fixture_without(block, ">Icebreaker frees the harbour<");

    g_autoptr(GError) error = NULL;
    story_withdraw(test_newsroom_store(fixture.newsroom), test_newsroom_site(fixture.newsroom),
                   older, fixture.now, &error);
    g_assert_no_error(error);
    g_autofree char *before =
        fixture_page(&fixture, FIXTURE_DAY "icebreaker-frees-the-harbour.html");
    fixture_without(before,
                    "Ferry stopped by ice"); /* at once, though its words are not read yet */
    test_newsroom_relate(fixture.newsroom);
    g_autofree char *after =
        fixture_page(&fixture, FIXTURE_DAY "icebreaker-frees-the-harbour.html");
    fixture_without(after, "Ferry stopped by ice");
}

/* What nothing is related to by its words has the newest of its section; so has a story whose words
 * are still to be read. */
static void test_section(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Chess", "section", "Sport", "body",
                  "A tournament without surprise.", NULL);
    fixture_story(&fixture, "title", "Rowing", "section", "Sport", "body", "Eight oars; rain.",
                  NULL);
    fixture_story(&fixture, "title", "Bread", "section", "City", "body", "Dearer again.", NULL);
    test_newsroom_relate(fixture.newsroom);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "chess.html");
    fixture_in_order(strstr(page, "Read more"), "Rowing", NULL);
    fixture_without(strstr(page, "Read more"), "Bread");
    fixture_without(strstr(page, "Read more"), ">Chess<");
    g_autofree char *alone = fixture_page(&fixture, FIXTURE_DAY "bread.html");
    fixture_without(alone, "Read more");
    fixture_story(&fixture, "title", "Regatta", "section", "Sport", "body", "Eight oars again.",
                  NULL);
    g_autofree char *fresh = fixture_page(&fixture, FIXTURE_DAY "regatta.html");
    fixture_in_order(strstr(fresh, "Read more"), "Rowing", "Chess", NULL);
    g_autofree char *newer = fixture_page(&fixture, FIXTURE_DAY "chess.html");
    fixture_in_order(strstr(newer, "Read more"), "Regatta", "Rowing", NULL);
    test_newsroom_relate(fixture.newsroom);
    g_autofree char *known = fixture_page(&fixture, FIXTURE_DAY "regatta.html");
    fixture_in_order(strstr(known, "Read more"), "Rowing", NULL);
    fixture_without(strstr(known, "Read more"), "Chess");
}

/* A scheduled story is related from its moment on. */
static void test_scheduled(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "First ferry", "body", "The harbour opens.", NULL);
    fixture_story(&fixture, "title", "Second ferry", "date", "2026-11-18T15:00:00Z", "body",
                  "The harbour is open.", NULL);
    test_newsroom_relate(fixture.newsroom);
    g_autofree char *page = fixture_page(&fixture, FIXTURE_DAY "first-ferry.html");
    fixture_without(page, "Second ferry");
    fixture_wait(&fixture, 5 * CLOCK_HOUR);
    g_autofree char *later = fixture_page(&fixture, FIXTURE_DAY "first-ferry.html");
    fixture_in_order(strstr(later, "Read more"), "Second ferry", NULL);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/read-more/block", test_block);
    g_test_add_func("/read-more/section", test_section);
    g_test_add_func("/read-more/scheduled", test_scheduled);
    return g_test_run();
}
