/* Replacing whole words: replace.h. */
#include "text/replace.h"

#include <stdbool.h>
#include <string.h>

static bool is_word(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static bool begins_word(const char *text, const char *at)
{
    const char *before = g_utf8_find_prev_char(text, at);
    return before == NULL || !is_word(g_utf8_get_char(before));
}

/* White space between two words of a name: any, also the unbreakable, and one line end at most, for
 * a text may be wrapped there. Its length, 0 for none. */
static size_t gap_at(const char *at)
{
    const char *end = at;
    for (unsigned lines = 0; g_unichar_isspace(g_utf8_get_char(end));) {
        if (*end == '\n' && lines++ > 0) {
            return 0;
        }
        end = g_utf8_next_char(end);
    }
    return (size_t)(end - at);
}

/* How long the word is in the text here, 0 if it is another. */
static size_t match_at(const char *at, const char *word)
{
    const char *end = at;
    for (; *word != '\0'; word++) {
        size_t length = *word == ' ' ? gap_at(end) : *end == *word;
        if (length == 0) {
            return 0;
        }
        end += length;
    }
    return is_word(g_utf8_get_char(end)) ? 0 : (size_t)(end - at);
}

/* The word with one blank for whatever white space it was pasted with, none at its ends. */
static char *spaced(const char *word)
{
    GString *out = g_string_new(NULL);
    bool gap = false;
    for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_isspace(g_utf8_get_char(at))) {
            gap = out->len > 0;
            continue;
        }
        g_string_append(out, gap ? " " : "");
        g_string_append_len(out, at, g_utf8_next_char(at) - at);
        gap = false;
    }
    return g_string_free(out, FALSE);
}

static size_t longest_at(const char *at, const GPtrArray *words)
{
    size_t best = 0;
    for (guint i = 0; i < words->len; i++) {
        best = MAX(best, match_at(at, words->pdata[i]));
    }
    return best;
}

char *text_replace_words(const char *text, const GPtrArray *words, const char *instead,
                         unsigned *count)
{
    bool first[256] = {false};
    unsigned found = 0;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < words->len; i++) {
        char *name = spaced(words->pdata[i]);
        g_ptr_array_add(names, name);
        first[*(const unsigned char *)name] = true;
    }
    GString *out = NULL;
    const char *kept = text;
    for (const char *at = text; *at != '\0';) {
        size_t length =
            first[(unsigned char)*at] && begins_word(text, at) ? longest_at(at, names) : 0;
        if (length == 0) {
            at++;
            continue;
        }
        out = out == NULL ? g_string_new(NULL) : out;
        g_string_append_len(out, kept, at - kept);
        g_string_append(out, instead);
        at += length;
        kept = at;
        found++;
    }
    if (count != NULL) {
        *count += found;
    }
    if (out == NULL) {
        return NULL;
    }
    g_string_append(out, kept);
    return g_string_free(out, FALSE);
}
