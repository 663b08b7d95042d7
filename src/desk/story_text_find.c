/* Reads texts until there is enough: story_text_find.h. */
#include "desk/story_text_find.h"

#include "base/clock.h"
#include "desk/story_words.h"

#include <string.h>

#define STEP 100u /* stories that are taken from the list at once */

/* One form for marks that a page sets in another way than the text has them (text/markdown.h): what
 * quotes, or stands in a word as an apostrophe, is ', what is a dash is -; 0 for no such mark. */
static char mark_of(gunichar c)
{
    switch (c) {
    case '"':
    case '\'':
    case 0x2bc:  /* the letter that looks like an apostrophe */
    case 0x2018: /* ‘ ’ ‚ */
    case 0x2019:
    case 0x201a:
    case 0x201c: /* “ ” „ */
    case 0x201d:
    case 0x201e:
    case 0xab: /* « » ‹ › */
    case 0xbb:
    case 0x2039:
    case 0x203a:
        return '\'';
    case '-':
    case 0x2010: /* hyphens */
    case 0x2011:
    case 0x2013: /* – — */
    case 0x2014:
        return '-';
    default:
        return 0;
    }
}

char *story_text_folded(const char *text)
{
    g_autofree char *line = story_text_line(text);
    GString *out = g_string_sized_new(strlen(line));
    for (const char *at = line; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        char mark = mark_of(c);
        if (c == 0x2026) {
            g_string_append(out, "...");
        } else if (mark == 0) {
            g_string_append_len(out, at, g_utf8_next_char(at) - at);
        } else if (mark != '-' || out->len == 0 || out->str[out->len - 1] != '-') { /* "--": one */
            g_string_append_c(out, mark);
        }
    }
    return g_string_free(out, FALSE);
}

char *story_text_line(const char *text)
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

char *story_text_unmarked(const char *source)
{
    GString *out = g_string_sized_new(strlen(source));
    for (const char *at = source; *at != '\0'; at++) {
        if (strchr("*_`\\[", *at) == NULL) {
            g_string_append_c(out, *at);
        }
    }
    return g_string_free(out, FALSE);
}

/* The parts of terms that stand in a source as they do on a page: runs of letters and digits, and
 * of whatever is not ASCII. */
static char **pieces_of(char *const *terms)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new();
    for (; *terms != NULL; terms++) {
        for (const char *at = *terms; *at != '\0';) {
            const char *end = at;
            while ((unsigned char)*end >= 0x80 || g_ascii_isalnum(*end)) {
                end++;
            }
            if (end > at) {
                g_ptr_array_add(pieces, g_strndup(at, (gsize)(end - at)));
            }
            at = *end == '\0' ? end : end + 1;
        }
    }
    g_ptr_array_add(pieces, NULL);
    return (char **)g_ptr_array_steal(pieces, NULL);
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
static bool surely_not(const char *source, char *const *pieces)
{
    if (strpbrk(source, "*_`\\") != NULL) {
        return false;
    }
    while (*pieces != NULL && has_word(source, *pieces)) {
        pieces++;
    }
    return *pieces != NULL;
}

/* Most stories have not even the words: rendering them costs ten times this. */
static bool may_have(const char *source, char *const *terms)
{
    g_auto(GStrv) pieces = pieces_of(terms);
    if (surely_not(source, pieces)) {
        return false;
    }
    g_autofree char *plain = story_text_unmarked(source);
    g_autofree char *folded = story_text_folded(plain);
    for (char **piece = pieces; *piece != NULL; piece++) {
        if (strstr(folded, *piece) == NULL) {
            return false;
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
    for (char **term = terms; *term != NULL; term++) {
        char *line = *term;
        *term = story_text_folded(line);
        g_free(line);
    }
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
