#include "desk/withhold.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/breaking.h"
#include "desk/comment.h"
#include "desk/correction.h"
#include "desk/erasure.h"
#include "desk/gone.h"
#include "desk/live.h"
#include "desk/redirect.h"
#include "desk/revision.h"
#include "desk/story_desk.h"
#include "desk/story_edit.h"
#include "desk/topic.h"
#include "desk/working.h"
#include "fixture.h"

#include <inttypes.h>
#include <string.h>

#define NAME "Anna Petrova"

static const char *const spellings[] = {NAME, "anna-petrova", NULL};
static const Withhold order = {spellings, "", "a threat", "chief@bell.example"};

static unsigned go_through(Store *store)
{
    unsigned changed = 0;
    for (bool more = true; more;) {
        assert_ok(withhold_step(store, fixture_site(), fixture_now(), &more, &changed, error));
    }
    return changed;
}

static bool count(const Story *story, unsigned found, void *data, GError **error)
{
    *(unsigned *)data += found;
    return true;
}

static unsigned tried(Store *store)
{
    unsigned found = 0;
    assert_ok(withhold_try(store, &order, count, &found, error));
    return found;
}

/* In the row, byline and topics, three revisions, a correction, a comment, a removed entry.
 * Covers: src/desk/story_withhold.c. */
static int64_t make(Store *store)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now(), entry = 0;
    int64_t id =
        fixture_put(store, "title", NAME " writes", "path", "a/anna-petrova-writes.html", "kind",
                    "live", "authors", NAME, "authors", "Ivan", "topics", NAME, "lead", "By " NAME,
                    "body", "Petrova. " NAME " and Hannah. " NAME, NULL);
    assert_ok(
        story_save(store, site, id, "Second", "", NAME, STORY_MARKDOWN, NAME, now, NULL, error));
    assert_ok(story_save(store, site, id, "Third", "", "now " NAME, STORY_MARKDOWN, "", now, NULL,
                         error));
    assert_ok(story_correct(store, site, id, NAME, now, NULL, error));
    assert_ok(comment_add(store, id, 1, "Ed", NAME, NAME "?", now, NULL, error));
    assert_ok(live_add(store, site, id, now, NAME, NAME, STORY_MARKDOWN, now, &entry, error));
    assert_ok(live_remove(store, site, entry, now, error));
    return id;
}

static void check_story(Store *store, int64_t id)
{
    g_autoptr(Story) story = story_read(store, id, NULL);
    g_autofree char *body = NULL;
    StoryFormat format = STORY_HTML;
    assert_ok(story_text(store, id, &body, &format, error));
    g_assert_cmpstr(body, ==, "now an author whose name is withheld");
    g_assert_true(story->withheld);
    g_assert_cmpuint(g_strv_length(story->authors), ==, 1);
    g_assert_cmpuint(g_strv_length(story->topics), ==, 0);
    g_assert_cmpstr(story->path, ==, "a/an-author-whose-name-is-withheld-writes.html");
    for (int64_t number = 1; number <= story->revision; number++) {
        g_autoptr(Revision) revision = revision_read(store, id, number, NULL);
        g_autofree char *all =
            g_strjoin(" ", revision->title, revision->lead, revision->body, revision->editor, NULL);
        g_assert_null(strstr(all, NAME));
        g_assert_cmpint(revision->size, ==, strlen(revision->body));
        g_assert_true(number != 1 || strstr(all, "Hannah") != NULL);
    }
}

/* What somebody is typing beside the text: kept as a form's fields, percent-encoded. */
static void test_typed(Store *store, const char *url)
{
    static const char rest[] =
        "section=By%20Anna%20Petrova&topics=Anna%20Petrova%2C%20Sea&authors=Anna%20Petrova%2C%20"
        "Ivan&agency=A%26B&photo=&caption=Anna%20Petrova%2C%20left&credit=&alt=Hannah%20Petrova&"
        "slug=anna-petrova-writes&was-authors=Ivan%2C%20Anna%20Petrova";
    g_auto(StoryFields) none = {0}, began = {0}, fields = {0};
    int64_t id = fixture_put(store, "title", "Quiet", "status", "draft", NULL);
    WorkingText text = {.story = id,
                        .person = 7,
                        .base = 1,
                        .name = "Rita",
                        .title = NAME,
                        .lead = "",
                        .body = "",
                        .rest = rest};
    assert_ok(working_keep(store, &text, 0, fixture_now(), NULL, error));
    g_assert_cmpuint(tried(store), ==, 7);
    assert_ok(withhold_name(store, fixture_site(), &order, fixture_now(), error));
    g_assert_cmpuint(go_through(store), ==, 1);
    g_assert_cmpuint(tried(store), ==, 0);
    g_autoptr(Working) working = working_read(store, id, 7, NULL);
    g_assert_cmpstr(working->title, ==, "an author whose name is withheld");
    assert_ok(story_fields_read(store, id, &none, error));
    story_fields_split(working->rest, &none, &began, &fields);
    g_assert_cmpstr(began.values[STORY_FIELD_AUTHORS], ==, "Ivan, withheld");
    g_assert_cmpstr(fields.values[STORY_FIELD_SECTION], ==, "By an author whose name is withheld");
    g_assert_cmpstr(fields.values[STORY_FIELD_TOPICS], ==, ", Sea"); /* one less */
    g_assert_cmpstr(fields.values[STORY_FIELD_AUTHORS], ==, "withheld, Ivan");
    g_assert_cmpstr(fields.values[STORY_FIELD_AGENCY], ==, "A&B");
    g_assert_cmpstr(fields.values[STORY_FIELD_CAPTION], ==,
                    "an author whose name is withheld, left");
    g_assert_cmpstr(fields.values[STORY_FIELD_ALT], ==, "Hannah Petrova");
    g_assert_cmpstr(fields.values[STORY_FIELD_SLUG], ==, "an-author-whose-name-is-withheld-writes");
}

/* A window that was open before brings the name back neither by typing nor by saving; a working
 * copy goes on from the revision without it. */
static void test_open_before(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "Quiet", "status", "draft", "body",
                             NAME " talked.\n\nOther.\n", NULL);
    WorkingText stale = {.story = id,
                         .person = 7,
                         .base = 1,
                         .name = "Rita",
                         .title = "Quiet",
                         .lead = "",
                         .body = NAME " talked.\n\nOther paragraph.\n",
                         .rest = ""};
    g_auto(WorkingSaved) saved = {0};
    int64_t now = fixture_now();
    assert_ok(working_keep(store, &stale, 0, now, NULL, error));
    assert_ok(withhold_name(store, fixture_site(), &order, now, error));
    g_assert_cmpuint(go_through(store), ==, 1);
    stale.person = 8;
    assert_fails(working_keep(store, &stale, 0, now, NULL, error), KOLOKOL_ERROR_CONFLICT,
                 "withheld since");
    assert_fails(working_save(store, fixture_site(), &stale, 1, now, &saved, error),
                 KOLOKOL_ERROR_CONFLICT, "withheld since");
    g_assert_cmpuint(tried(store), ==, 0);
    g_autoptr(Working) kept = working_read(store, id, 7, NULL);
    g_assert_cmpint(kept->base, ==, 2);
    WorkingText own = {.story = id,
                       .person = 7,
                       .base = kept->base,
                       .floor = kept->floor,
                       .name = "Rita",
                       .title = kept->title,
                       .lead = kept->lead,
                       .body = kept->body,
                       .rest = ""};
    assert_ok(working_save(store, fixture_site(), &own, 1, now, &saved, error));
    g_assert_cmpint(saved.revision, ==, 3);
    g_assert_cmpuint(tried(store), ==, 0);
}

/* The mark of what an entry was sent with would tell the name to who tries names: it goes, and with
 * it what would tell other words from these. */
static void test_entry_mark(Store *store, const char *url)
{
    int64_t id = fixture_put(store, "title", "Quiet", "kind", "live", "status", "draft", NULL);
    int64_t now = fixture_now(), first = 0, again = 0;
    LiveNew given = {.time = now, .headline = "", .body = NAME " spoke.", .key = "k"};
    bool fresh = false;
    assert_ok(live_enter(store, fixture_site(), id, &given, now, &first, &fresh, error));
    given.body = "Other.";
    assert_fails(live_enter(store, fixture_site(), id, &given, now, &again, &fresh, error),
                 KOLOKOL_ERROR_CONFLICT, "with other words");
    assert_ok(withhold_name(store, fixture_site(), &order, now, error));
    g_assert_cmpuint(go_through(store), ==, 1);
    assert_ok(live_enter(store, fixture_site(), id, &given, now, &again, &fresh, error));
    g_assert_false(fresh);
    g_assert_cmpint(again, ==, first);
}

/* All places, the current text as a new revision, in the end no record and no address. */
static void test_everywhere(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t id = make(store);
    fixture_put(store, "title", "Other", "path", "other.html", "body", "Annabel Petrovas", NULL);
    assert_ok(breaking_set(store, "en", NAME, 0, INT64_MAX, now, error));
    g_assert_cmpuint(tried(store), >=, 14);

    assert_ok(withhold_name(store, fixture_site(), &order, now, error));
    g_autoptr(Author) hidden = author_read(store, "en", "anna-petrova", NULL);
    g_assert_cmpstr(hidden->name, ==, "an author whose name is withheld");
    assert_fails(breaking_read(store, "en", now, error) != NULL, KOLOKOL_ERROR_NOT_FOUND, "");
    g_assert_cmpuint(go_through(store), ==, 1);
    check_story(store, id);
    g_assert_cmpuint(tried(store), ==, 0);
    assert_fails(author_read(store, "en", "anna-petrova", error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "");
    assert_fails(topic_read(store, "en", "anna-petrova", error) != NULL, KOLOKOL_ERROR_NOT_FOUND,
                 "");
    assert_fails(redirect_by_path(store, "a/anna-petrova-writes.html", now, error) != NULL,
                 KOLOKOL_ERROR_NOT_FOUND, "");
    g_autoptr(GPtrArray) corrections = correction_of_story(store, id, NULL);
    g_assert_cmpstr(((Correction *)corrections->pdata[0])->text, ==,
                    "an author whose name is withheld");
    g_autoptr(GPtrArray) open = erasure_at(store, ERASURE_SPREAD, NULL);
    g_assert_cmpuint(open->len, ==, 1);
    g_autoptr(GPtrArray) gone = desk_gone_of_month(store, "2026-11", NULL);
    g_assert_cmpuint(gone->len, ==, 4); /* before; the story's address, the author's, the topic's */
}

/* An order that was stopped goes on where it was; another finds nothing. */
static void test_stopped(Store *store, const char *url)
{
    bool more = false;
    unsigned changed = 0;
    for (unsigned i = 0; i < 60; i++) {
        g_autofree char *path = g_strdup_printf("%u.html", i);
        fixture_put(store, "title", "S", "path", path, "body", NAME, NULL);
    }
    assert_ok(withhold_name(store, fixture_site(), &order, fixture_now(), error));
    assert_ok(withhold_step(store, fixture_site(), fixture_now(), &more, &changed, error));
    g_assert_true(more);
    g_assert_cmpuint(changed, ==, 50);
    g_autoptr(GPtrArray) open = erasure_at(store, ERASURE_STORIES, NULL);
    g_assert_cmpint(((Erasure *)open->pdata[0])->reached, >=, 50);
    g_assert_cmpuint(go_through(store), ==, 10);
    assert_ok(withhold_name(store, fixture_site(), &order, fixture_now(), error));
    g_assert_cmpuint(go_through(store), ==, 0);
}

/* An address that was the name alone, where another story holds what it would become; and a draft.
 */
static void test_addresses(Store *store, const char *url)
{
    int64_t ids[3];
    for (unsigned i = 0; i < 2; i++) {
        ids[i] = fixture_put(store, "title", "S", "path", i == 0 ? "anna-petrova.html" : "x.html",
                             "body", NAME, NULL);
    }
    assert_ok(story_rename(store, fixture_site(), ids[1], "an-author-whose-name-is-withheld.html",
                           fixture_now(), error));
    ids[2] = fixture_try(store, 0, NULL, "title", NAME, NULL);
    assert_ok(withhold_name(store, fixture_site(), &order, fixture_now(), error));
    g_assert_cmpuint(go_through(store), ==, 3);
    g_autoptr(Story) moved = story_read(store, ids[0], NULL);
    g_assert_cmpstr(moved->path, ==, "an-author-whose-name-is-withheld-2.html");
    g_autoptr(Story) draft = story_read(store, ids[2], NULL);
    g_assert_cmpstr(draft->headline, ==, "an author whose name is withheld");
    g_assert_cmpint(draft->state, ==, STORY_DRAFT);
}

static void test_refused(Store *store, const char *url)
{
    static const char *const none[] = {NULL}, *const brief[] = {"An", NULL};

    static const struct {
        Withhold how;
        const char *words;
    } wrong[] = {{{none, "", "", ""}, "spellings"},
                 {{brief, "", "", ""}, "too short"},
                 {{spellings, "not " NAME, "", ""}, "must not have"},
                 {{spellings, "", "for " NAME, ""}, "must not have"},
                 {{spellings, "\xff", "", ""}, "UTF-8"}};

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        assert_fails(withhold_name(store, fixture_site(), &wrong[i].how, fixture_now(), error),
                     KOLOKOL_ERROR_INVALID, wrong[i].words);
    }
    g_autoptr(GPtrArray) all = erasure_list(store, 9, NULL);
    g_assert_cmpuint(all->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/withhold/typed", test_typed);
    stores_test_add("/desk/withhold/open-before", test_open_before);
    stores_test_add("/desk/withhold/entry-mark", test_entry_mark);
    stores_test_add("/desk/withhold/everywhere", test_everywhere);
    stores_test_add("/desk/withhold/stopped", test_stopped);
    stores_test_add("/desk/withhold/addresses", test_addresses);
    stores_test_add("/desk/withhold/refused", test_refused);
    return g_test_run();
}
