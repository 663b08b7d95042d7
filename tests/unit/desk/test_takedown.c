#include "desk/takedown.h"

#include "base/error.h"
#include "base/file.h"
#include "desk/breaking.h"
#include "desk/correction.h"
#include "desk/erasure.h"
#include "desk/gone.h"
#include "desk/live.h"
#include "desk/media.h"
#include "desk/redirect.h"
#include "desk/revision.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "fixture.h"

#include <inttypes.h>
#include <string.h>

/* A header alone will do: nothing here decodes. The last byte tells two apart.
 * Covers: src/desk/erasure.c. */
static int64_t add_picture(Store *store, unsigned char number)
{
    unsigned char png[] = {0x89, 'P', 'N', 'G', 13,  10, 26, 10, 0,  0, 0,
                           13,   'I', 'H', 'D', 'R', 0,  0,  3,  32, 0, 0,
                           2,    88,  8,   2,   0,   0,  0,  0,  0,  0, number};
    g_autofree char *folder = g_dir_make_tmp("takedown-XXXXXX", NULL);
    FILE_AUTO directory = directory_open(folder, false, NULL);
    int64_t id = 0;
    assert_ok(media_add(store, directory, png, sizeof png, NULL, fixture_now(), &id, NULL, error));
    stores_remove_tree(folder);
    return id;
}

static char *join(GPtrArray *taken)
{
    g_autoptr(GPtrArray) words = taken;
    g_ptr_array_add(words, NULL);
    return g_strjoinv(" ", (char **)words->pdata);
}

static int64_t make(Store *store, int64_t picture, int64_t shared)
{
    g_autofree char *photo = g_strdup_printf("%" PRId64, picture);
    g_autofree char *body = g_strdup_printf("Secret. ![](media:%" PRId64 ")", shared);
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "id", "ext", "title", "Secret", "lead", "Secret", "path",
                             "secret.html", "photo", photo, "caption", "Secret", "alt", "Secret",
                             "credit", "Secret", "body", body, NULL);
    assert_ok(
        story_save(store, site, id, "Later", "", "Later", STORY_MARKDOWN, "ed", now, NULL, error));
    assert_ok(story_correct(store, site, id, "Secret", now, NULL, error));
    assert_ok(story_rename(store, site, id, "secret-too.html", now, error));
    assert_ok(breaking_set(store, "en", "Secret", id, INT64_MAX, now, error));
    return id;
}

static void check_emptied(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_autofree char *body = NULL;
    StoryFormat format = STORY_HTML;
    g_assert_cmpint(story->state, ==, STORY_TAKEN_DOWN);
    g_assert_cmpstr(story->headline, ==, "This story is not available");
    g_assert_cmpstr(story->path, ==, "away/1.html");
    g_assert_cmpstr(story->caption, ==, "");
    g_assert_cmpstr(story->reason, ==, "a judge");
    g_assert_cmpint(story->photo, ==, 0);
    g_assert_true(g_str_has_prefix(story->external, "sha256:"));
    assert_ok(story_text(store, id, &body, &format, error));
    g_assert_cmpstr(body, ==, "");
    g_autoptr(GPtrArray) revisions = revision_list(store, id, 10, NULL);
    g_assert_cmpuint(revisions->len, ==, 1);
    g_autoptr(GPtrArray) corrections = correction_of_story(store, id, NULL);
    g_assert_cmpuint(corrections->len, ==, 0);
    assert_fails(breaking_read(store, "en", fixture_now(), error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "");
}

/* Everything of the story goes; what others have stays; the erasure knows what is left to do. */
static void test_everything(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t own = add_picture(store, 1), shared = add_picture(store, 2);
    int64_t id = make(store, own, shared);
    g_autofree char *body = g_strdup_printf("![](media:%" PRId64 ")", shared);
    fixture_put(store, "title", "Other", "path", "other.html", "body", body, NULL);
    Takedown how = {"a judge", "chief@bell.example", "away/1.html"};
    assert_ok(story_takedown(store, site, id, &how, now, error));
    check_emptied(store, id);
    assert_fails(media_read(store, own, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "");
    g_autoptr(Media) kept = media_read(store, shared, NULL);
    g_assert_nonnull(kept);
    static const char *const forgotten[] = {"secret.html", "secret-too.html"};
    for (size_t i = 0; i < G_N_ELEMENTS(forgotten); i++) {
        assert_fails(redirect_by_path(store, forgotten[i], now, error) != NULL,
                     KOLOKOL_ERROR_NOT_FOUND, "");
    }
    g_autoptr(Redirect) tombstone = redirect_by_path(store, "away/1.html", now, NULL);
    g_assert_true(tombstone->taken_down);
    g_autoptr(GPtrArray) open = erasure_at(store, ERASURE_SPREAD, NULL);
    g_assert_cmpuint(open->len, ==, 1);
    const Erasure *erasure = open->pdata[0];
    g_assert_cmpint(erasure->story, ==, id);
    g_assert_cmpstr(erasure->person, ==, "chief@bell.example");
    assert_text(join(erasure_words(store, erasure->id, ERASURE_PATH, NULL)),
                "secret-too.html secret.html");
    g_autoptr(GPtrArray) files = erasure_words(store, erasure->id, ERASURE_FILE, NULL);
    g_assert_cmpuint(files->len, ==, 1);
    g_autofree char *gone = join(desk_gone_of_month(store, "2026-11", NULL));
    g_assert_nonnull(strstr(gone, "before 2026-11-23T12:00:00Z"));
    g_assert_nonnull(strstr(gone, "path "));
    g_assert_null(strstr(gone, "secret"));
    g_autofree char *touches = fixture_touches(store);
    g_assert_nonnull(strstr(touches, "gone:2026-11"));
    g_assert_nonnull(strstr(touches, "path:secret.html"));
}

/* Neither the importer's story comes back, nor its number; and nothing is written to it. */
static void test_back(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t id = fixture_put(store, "id", "ext", "title", "Secret", NULL);
    assert_ok(story_takedown(store, site, id, &(Takedown){"", "", NULL}, fixture_now(), error));
    assert_fails(fixture_try(store, 0, error, "id", "ext", "title", "Secret", NULL) != 0,
                 KOLOKOL_ERROR_CONFLICT, "was taken down");
    assert_ok(
        story_takedown(store, site, id, &(Takedown){"again", "", NULL}, fixture_now(), error));
    assert_fails(fixture_try(store, 0, error, "id", "ext", "title", "Secret", NULL) != 0,
                 KOLOKOL_ERROR_CONFLICT, "was taken down");
    assert_fails(story_reopen(store, site, id, fixture_now(), error), KOLOKOL_ERROR_CONFLICT,
                 "make a new story");
    assert_fails(story_save(store, site, id, "Secret", "", "Words.", STORY_MARKDOWN, "",
                            fixture_now(), NULL, error),
                 KOLOKOL_ERROR_CONFLICT, "make a new story");
    assert_fails(story_set_section(store, site, id, "Secrets", fixture_now(), error),
                 KOLOKOL_ERROR_CONFLICT, "make a new story");
    assert_fails(story_correct(store, site, id, "A secret.", fixture_now(), NULL, error),
                 KOLOKOL_ERROR_CONFLICT, "make a new story");
    assert_fails(live_add(store, site, id, fixture_now(), "Secret", "Words.", STORY_MARKDOWN,
                          fixture_now(), NULL, error),
                 KOLOKOL_ERROR_CONFLICT, "make a new story");
    g_autofree char *hash = takedown_external("ext"); /* as whoever reads the row might send it */
    assert_fails(fixture_try(store, 0, error, "id", hash, "title", "Secret", NULL) != 0,
                 KOLOKOL_ERROR_CONFLICT, "make a new story");
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpint(story->state, ==, STORY_TAKEN_DOWN);
    g_assert_cmpstr(story->headline, !=, "Secret");
    g_assert_null(story->section);
}

/* Refused, nothing is changed. */
static void test_refused(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "path", "a.html", NULL);
    fixture_put(store, "title", "B", "path", "b.html", NULL);
    assert_fails(story_takedown(store, site, id, &(Takedown){"", "", "b.html"}, now, error),
                 KOLOKOL_ERROR_CONFLICT, "held by");
    assert_fails(story_takedown(store, site, id, &(Takedown){"", "", "index.html"}, now, error),
                 KOLOKOL_ERROR_INVALID, "");
    assert_fails(story_takedown(store, site, id, &(Takedown){"\xff", "", NULL}, now, error),
                 KOLOKOL_ERROR_INVALID, "UTF-8");
    assert_fails(story_takedown(store, site, 99, &(Takedown){"", "", NULL}, now, error),
                 KOLOKOL_ERROR_NOT_FOUND, "99");
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_assert_cmpstr(story->headline, ==, "A");
    g_autoptr(GPtrArray) open = erasure_list(store, 10, NULL);
    g_assert_cmpuint(open->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/takedown/everything", test_everything);
    stores_test_add("/desk/takedown/back", test_back);
    stores_test_add("/desk/takedown/refused", test_refused);
    return g_test_run();
}
