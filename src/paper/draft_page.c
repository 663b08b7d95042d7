/* The page of a story that is not out, or not as it is: desk/draft.h, by the code of story_page.c.
 * Its kind stands in recipes of its own, so that no run of the press can make one; it is shown by
 * press/show.h. */
#include "base/error.h"
#include "paper/kinds.h"
#include "paper/page_base.h"
#include "paper/story_page.h"

/* Key "12/3": story 12 with what person 3 has typed; "12/0": as it is saved. */
static bool render(PressPage *press, const char *key, GError **error)
{
    const PaperRun *run = press_page_run(press);
    g_auto(GStrv) parts = paper_key(key, 2);
    g_auto(StoryDraft) draft = {0};
    gint64 story = 0, person = 0;
    if (parts == NULL || !g_ascii_string_to_signed(parts[0], 10, 1, G_MAXINT64, &story, NULL) ||
        !g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &person, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "\"%.100s\" is no draft: STORY/PERSON", key);
    }
    return story_draft_read(press_page_store(press), &run->site, story, person,
                            press_page_as_of(press), &draft, error) &&
           paper_render_story(press, draft.story, &draft, error);
}

static bool keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    return true; /* no edition has one */
}

const PressKind paper_draft = {.name = "draft",
                               .wave = PRESS_WAVE_NEWS,
                               .keys = keys,
                               .render = render,
                               .budgeted = true,
                               .help = "a story as it would be, for the office"};
