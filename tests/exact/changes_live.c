/* Random changes of live stories: changes.h. */
#include "desk/import.h"
#include "desk/live.h"
#include "exact/changes_private.h"

#define LONG_ENTRY 150u /* sentences: some six kilobytes (paper/live.h, LIVE_CHUNK) */
#define ENTRIES    12u  /* of the long live story */

/* The long one as often as any other. */
static int64_t live_story(Changes *changes)
{
    if (changes->live != 0 && changes_pick(changes, 2) == 0) {
        return changes->live;
    }
    for (unsigned tries = 0; tries < 60; tries++) {
        int64_t id = changes_some(changes, changes->stories);
        g_autoptr(Story) story = story_read(changes_store_of(changes), id, NULL);
        if (story != NULL && story->kind == STORY_KIND_LIVE && tries % 3 != 0) {
            return id;
        }
    }
    return changes_some_story(changes);
}

static char *some_entry(Changes *changes, unsigned sentences)
{
    GString *body = g_string_new(NULL);
    for (unsigned i = sentences; i > 0; i--) {
        g_string_append_printf(body, "Then the %s came to the %s. ", PICK(changes, changes_words),
                               PICK(changes, changes_words));
    }
    g_string_append(body, "That is all.");
    return g_string_free(body, FALSE);
}

static bool add(Changes *changes, int64_t story, int64_t time, const char *body)
{
    GError *error = NULL;
    int64_t id = 0;
    changes_say(changes, "entry added to %" G_GINT64_FORMAT, story);
    bool added = changes_settle(changes,
                                live_add(changes_store_of(changes), changes_site_of(changes), story,
                                         time, PICK(changes, changes_words), body, STORY_MARKDOWN,
                                         changes->now, &id, &error),
                                &error);
    if (added) {
        g_array_append_val(changes->entries, id);
    }
    return added;
}

void changes_of_live(Changes *changes)
{
    g_autofree char *body = some_entry(changes, changes_pick(changes, 2) * LONG_ENTRY);
    int64_t entry = changes_some(changes, changes->entries);
    int64_t time = changes->now - (int64_t)changes_pick(changes, 300) * CLOCK_MINUTE;
    GError *error = NULL;
    bool done = false;
    switch (changes_pick(changes, 6)) {
    case 0:
        changes_say(changes, "entry %" G_GINT64_FORMAT " removed", entry);
        done = live_remove(changes_store_of(changes), changes_site_of(changes), entry, changes->now,
                           &error);
        changes_settle(changes, done, &error);
        return;
    case 1:
        changes_say(changes, "entry %" G_GINT64_FORMAT " edited", entry);
        done = live_edit(changes_store_of(changes), changes_site_of(changes), entry,
                         PICK(changes, changes_words), body, STORY_MARKDOWN, changes->now, &error);
        changes_settle(changes, done, &error);
        return;
    default:
        add(changes, live_story(changes), time, body);
    }
}

void changes_fill_live(Changes *changes)
{
    g_autoptr(StoryInput) input = story_input_new();
    g_auto(StoryPut) put = {0};
    g_autoptr(GError) error = NULL;
    changes_set(input, "title", "The long storm");
    changes_set(input, "language", "en");
    changes_set(input, "kind", "live");
    changes_set(input, "section", "Sport");
    story_put(changes_store_of(changes), changes_site_of(changes), input, STORY_PUT_PUBLISH,
              changes->now, &put, &error);
    g_assert_no_error(error);
    changes->live = put.id;
    g_array_append_val(changes->stories, put.id);
    for (unsigned i = 0; i < ENTRIES; i++) {
        g_autofree char *body = some_entry(changes, LONG_ENTRY);
        g_assert_true(add(changes, put.id, changes->now - i * CLOCK_MINUTE, body));
    }
}
