/* The rows of desk_find and how they are searched: story_find.h. */
#include "desk/story_find.h"

#include "desk/like.h"
#include "desk/story_row.h"
#include "desk_sql.h"

#include <string.h>

bool story_find_changed(Store *store, const Story *after, GError **error)
{
    g_autoptr(GString) byline = g_string_new(" ");
    for (char **slug = after->authors; *slug != NULL; slug++) {
        g_string_append_printf(byline, "%s ", *slug);
    }
    for (char **slug = after->reporting; *slug != NULL; slug++) {
        g_string_append_printf(byline, "%s ", *slug);
    }
    g_autofree char *topics = story_slugs_join(after->topics);
    g_autofree char *both = g_strconcat(after->headline, " ", topics, NULL);
    g_autofree char *words = g_utf8_strdown(both, -1);
    return desk_find_put(store, after->changed, after->id, story_state_name(after->state),
                         after->language, after->section != NULL ? after->section : "", byline->str,
                         words, error);
}

typedef struct {
    char *words[STORY_FIND_WORDS], *author;
} Patterns;

static void patterns_clear(Patterns *patterns)
{
    for (unsigned i = 0; i < STORY_FIND_WORDS; i++) {
        g_free(patterns->words[i]);
    }
    g_free(patterns->author);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Patterns, patterns_clear)

static void patterns_init(Patterns *patterns, const StoryFind *find)
{
    g_autofree char *lower = g_utf8_strdown(find->words != NULL ? find->words : "", -1);
    g_auto(GStrv) words = g_strsplit_set(lower, " \t\n", -1);
    unsigned count = 0;
    for (char **word = words; *word != NULL && count < STORY_FIND_WORDS; word++) {
        if (**word != '\0') {
            patterns->words[count++] = desk_like(*word, "");
        }
    }
    while (count < STORY_FIND_WORDS) {
        patterns->words[count++] = g_strdup("");
    }
    patterns->author = find->author != NULL ? desk_like(find->author, " ") : g_strdup("");
}

static StoreRows *rows_of(Store *store, const StoryFind *find, const Patterns *patterns,
                          int64_t most, GError **error)
{
    int64_t before = find->before == 0 && find->before_id == 0 ? INT64_MAX : find->before;
    const char *state = find->state >= 0 ? story_state_name((StoryState)find->state) : "";
    const char *language = find->language != NULL ? find->language : "";
    const char *section = find->section != NULL ? find->section : "";
    if (find->assignee != 0 || find->overdue_at != 0) {
        return desk_find_tasks(store, before, find->before_id, find->assignee, find->overdue_at,
                               state, language, section, patterns->author, patterns->words[0],
                               patterns->words[1], patterns->words[2], most, error);
    }
    return desk_find_stories(store, before, find->before_id, state, language, section,
                             patterns->author, patterns->words[0], patterns->words[1],
                             patterns->words[2], most, error);
}

GPtrArray *story_find_list(Store *store, const StoryFind *find, unsigned most, bool *more,
                           GError **error)
{
    g_auto(Patterns) patterns = {0};
    patterns_init(&patterns, find);
    g_autoptr(GArray) ids =
        story_ids_of_rows(rows_of(store, find, &patterns, (int64_t)most + 1, error), error);
    if (ids == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) stories = g_ptr_array_new_with_free_func((GDestroyNotify)story_free);
    for (unsigned i = 0; i < MIN(ids->len, most); i++) {
        Story *story = story_read(store, g_array_index(ids, int64_t, i), error);
        if (story == NULL) {
            return NULL;
        }
        g_ptr_array_add(stories, story);
    }
    *more = ids->len > most;
    return g_steal_pointer(&stories);
}
