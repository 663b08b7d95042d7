/* Reads texts until there is enough: story_text_find.h. */
#include "desk/story_text_find.h"

#include "base/clock.h"
#include "desk/story_words.h"

#include <string.h>

#define STEP 100u /* stories that are taken from the list at once */

char *story_text_folded(const char *text)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    GString *out = g_string_sized_new(strlen(lower));
    bool gap = false;
    for (const char *at = lower; *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_isspace(g_utf8_get_char(at))) {
            gap = out->len > 0;
            continue;
        }
        if (gap) {
            g_string_append_c(out, ' ');
            gap = false;
        }
        g_string_append_len(out, at, g_utf8_next_char(at) - at);
    }
    return g_string_free(out, FALSE);
}

/* Markdown without the marks that stand inside words and between those of a quotation. */
static char *unmarked(const char *source)
{
    GString *out = g_string_sized_new(strlen(source));
    for (const char *at = source; *at != '\0'; at++) {
        if (strchr("*_`\\[", *at) == NULL) {
            g_string_append_c(out, *at);
        }
    }
    return g_string_free(out, FALSE);
}

/* Does the source have a word as it is mostly written: small, with a capital, in capitals? */
static bool has_word(const char *source, const char *word)
{
    if (g_str_is_ascii(word)) {
        return strcasestr(source, word) != NULL;
    }
    g_autofree char *large = g_utf8_strup(word, -1);
    g_autofree char *first = g_utf8_substring(large, 0, 1);
    g_autofree char *capital = g_strconcat(first, g_utf8_next_char(word), NULL);
    return strstr(source, word) != NULL || strstr(source, capital) != NULL ||
           strstr(source, large) != NULL;
}

/* No mark of Markdown that could stand inside a word, and a word is not there: one look. */
static bool surely_not(const char *source, char *const *terms)
{
    if (strpbrk(source, "*_`\\") != NULL) {
        return false;
    }
    for (; *terms != NULL; terms++) {
        g_auto(GStrv) words = g_strsplit(*terms, " ", -1);
        for (char **word = words; *word != NULL; word++) {
            if (!has_word(source, *word)) {
                return true;
            }
        }
    }
    return false;
}

/* Most stories have not even the words: rendering them costs ten times this. */
static bool may_have(const char *source, char *const *terms)
{
    if (surely_not(source, terms)) {
        return false;
    }
    g_autofree char *plain = unmarked(source);
    g_autofree char *folded = story_text_folded(plain);
    for (; *terms != NULL; terms++) {
        g_auto(GStrv) words = g_strsplit(*terms, " ", -1);
        for (char **word = words; *word != NULL; word++) {
            if (strstr(folded, *word) == NULL) {
                return false;
            }
        }
    }
    return true;
}

static bool has_all(const char *text, char *const *terms)
{
    g_autofree char *folded = story_text_folded(text);
    for (; *terms != NULL; terms++) {
        if (strstr(folded, *terms) == NULL) {
            return false;
        }
    }
    return true;
}

static bool matches(Store *store, const Story *story, char *const *terms, bool *found,
                    GError **error)
{
    g_autofree char *source = NULL;
    StoryFormat format = STORY_MARKDOWN;
    if (!story_text(store, story->id, &source, &format, error)) {
        return false;
    }
    bool live = story->kind == STORY_KIND_LIVE;
    g_autofree char *head =
        g_strjoin("\n", story->headline, story->standfirst, story->caption, story->alt, NULL);
    g_autofree char *raw = g_strjoin("\n", head, source, NULL);
    *found = false;
    if (!live && format == STORY_MARKDOWN && !may_have(raw, terms)) {
        return true;
    }
    StoryBody body = {.story = story->id,
                      .kind = story->kind,
                      .format = format,
                      .language = story->language,
                      .text = source};
    g_autofree char *prose = story_words_text(store, &body, error);
    g_autofree char *text = prose == NULL ? NULL : g_strjoin("\n", head, prose, NULL);
    *found = text != NULL && has_all(text, terms);
    return text != NULL;
}

/* One step of the list. */
static bool look_through(Store *store, StoryFind *find, char *const *terms, unsigned most,
                         int64_t until, GPtrArray *found, StoryTextReach *reach, GError **error)
{
    bool behind = false;
    g_autoptr(GPtrArray) list = story_find_list(store, find, STEP, &behind, error);
    if (list == NULL) {
        return false;
    }
    reach->more = behind;
    for (guint i = 0; i < list->len; i++) {
        const Story *story = list->pdata[i];
        bool fits = false;
        if (found->len == most || clock_monotonic() >= until) {
            reach->more = true;
            return true;
        }
        if (!matches(store, story, terms, &fits, error)) {
            return false;
        }
        reach->changed = find->before = story->changed;
        reach->id = find->before_id = story->id;
        reach->read++;
        if (fits) {
            g_ptr_array_add(found, story_copy(story));
        }
    }
    return true;
}

GPtrArray *story_text_find(Store *store, const StoryFind *find, unsigned most, int64_t patience,
                           StoryTextReach *reach, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)story_free);
    g_auto(GStrv) terms = story_find_terms(find->words, NULL);
    int64_t until = clock_monotonic() + patience;
    StoryFind rest = *find;
    rest.words = NULL;
    *reach = (StoryTextReach){.more = *terms != NULL};
    while (reach->more && found->len < most && clock_monotonic() < until) {
        if (!look_through(store, &rest, terms, most, until, found, reach, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&found);
}
