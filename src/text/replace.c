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

/* White space between two words of a name: spaces, the unbreakable one, and one line end at most,
 * for a text may be wrapped there. Its length, 0 for none. */
static size_t gap_at(const char *at)
{
    size_t length = 0;
    for (unsigned lines = 0;;) {
        if (at[length] == '\n' && lines++ > 0) {
            return 0;
        }
        if (at[length] != '\0' && strchr(" \t\r\n", at[length]) != NULL) {
            length++;
        } else if (strncmp(at + length, "\xc2\xa0", 2) == 0) {
            length += 2;
        } else {
            return length;
        }
    }
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
    for (guint i = 0; i < words->len; i++) {
        first[*(const unsigned char *)words->pdata[i]] = true;
    }
    GString *out = NULL;
    const char *kept = text;
    for (const char *at = text; *at != '\0';) {
        size_t length =
            first[(unsigned char)*at] && begins_word(text, at) ? longest_at(at, words) : 0;
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
