/* The rows of desk_find and how they are searched: story_find.h. */
#include "desk/story_find.h"

#include "desk/like.h"
#include "desk/story_row.h"
#include "desk/story_text_find.h"
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

/* The marks that may end a phrase which this one begins, or NULL. */
static const gunichar *closing(gunichar open)
{
    static const gunichar marks[][4] = {
        {'"', '"', 0}, {0x201c, 0x201d, 0}, {0x201e, 0x201c, 0x201d, 0}, {0xab, 0xbb, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (marks[i][0] == open) {
            return &marks[i][1];
        }
    }
    return NULL;
}

static bool ends(const gunichar *closes, gunichar c)
{
    while (*closes != 0 && *closes != c) {
        closes++;
    }
    return *closes != 0;
}

/* From `at` to a blank, or to the mark that ends a phrase; `at` goes behind it. */
static char *take_term(const char **at)
{
    const gunichar *closes = closing(g_utf8_get_char(*at));
    const char *begin = closes != NULL ? g_utf8_next_char(*at) : *at, *end = begin;
    while (*end != '\0' && !(closes != NULL ? ends(closes, g_utf8_get_char(end))
                                            : g_unichar_isspace(g_utf8_get_char(end)))) {
        end = g_utf8_next_char(end);
    }
    *at = *end == '\0' ? end : g_utf8_next_char(end);
    g_autofree char *term = g_strndup(begin, (gsize)(end - begin));
    return story_text_line(term);
}

char **story_find_terms(const char *words, bool *left)
{
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *valid = g_utf8_make_valid(words != NULL ? words : "", -1);
    bool over = false;
    for (const char *at = valid; *at != '\0';) {
        g_autofree char *term = take_term(&at);
        over = over || (*term != '\0' && terms->len == STORY_FIND_WORDS);
        if (*term != '\0' && terms->len < STORY_FIND_WORDS) {
            g_ptr_array_add(terms, g_steal_pointer(&term));
        }
    }
    if (left != NULL) {
        *left = over;
    }
    g_ptr_array_add(terms, NULL);
    return (char **)g_ptr_array_steal(terms, NULL);
}

static void patterns_init(Patterns *patterns, const StoryFind *find)
{
    g_auto(GStrv) terms = story_find_terms(find->words, NULL);
    unsigned count = 0;
    for (char **term = terms; *term != NULL; term++) {
        patterns->words[count++] = desk_like(*term, "");
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
    char *const *words = patterns->words;
    G_STATIC_ASSERT(STORY_FIND_WORDS == 8);
    if (find->assignee != 0 || find->overdue_at != 0) {
        return desk_find_tasks(store, before, find->before_id, find->assignee, find->overdue_at,
                               state, language, section, patterns->author, words[0], words[1],
                               words[2], words[3], words[4], words[5], words[6], words[7], most,
                               error);
    }
    return desk_find_stories(store, before, find->before_id, state, language, section,
                             patterns->author, words[0], words[1], words[2], words[3], words[4],
                             words[5], words[6], words[7], most, error);
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
