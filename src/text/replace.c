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

static const char *longest_at(const char *at, const GPtrArray *words)
{
    const char *best = NULL;
    for (guint i = 0; i < words->len; i++) {
        const char *word = words->pdata[i];
        size_t length = strlen(word);
        if (length > 0 && strncmp(at, word, length) == 0 &&
            !is_word(g_utf8_get_char(at + length)) && (best == NULL || length > strlen(best))) {
            best = word;
        }
    }
    return best;
}

char *text_replace_words(const char *text, const GPtrArray *words, const char *instead,
                         unsigned *count)
{
    bool first[256] = {false};
    unsigned found = 0;
    for (guint i = 0; i < words->len; i++) {
        first[*(const unsigned char *)words->pdata[i]] = true;
    }
    GString *out = NULL;
    const char *kept = text;
    for (const char *at = text; *at != '\0';) {
        const char *word =
            first[(unsigned char)*at] && begins_word(text, at) ? longest_at(at, words) : NULL;
        if (word == NULL) {
            at++;
            continue;
        }
        out = out == NULL ? g_string_new(NULL) : out;
        g_string_append_len(out, kept, at - kept);
        g_string_append(out, instead);
        at += strlen(word);
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
