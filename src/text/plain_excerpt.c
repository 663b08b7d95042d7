/*
 * Cutting and counting plain text. Where a cut may fall inside a word, ICU says where characters as
 * readers see them end.
 */
#include "text/plain.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#define ELLIPSIS "…"

typedef enum { CUT_NOTHING, CUT_BETWEEN_WORDS, CUT_IN_WORD } Cut;

/* One line, single blanks, at most `limit` characters; *cut tells what is left. */
static GString *first_characters(const char *text, size_t limit, Cut *cut)
{
    GString *line = g_string_sized_new(limit * 2);
    size_t count = 0;
    bool blank = false;
    *cut = CUT_NOTHING;
    for (const char *p = text; *p != '\0'; p += g_utf8_skip[(guchar)*p]) {
        if (g_unichar_isspace(g_utf8_get_char(p))) {
            blank = line->len > 0;
            continue;
        }
        if (count + blank >= limit) {
            *cut = blank ? CUT_BETWEEN_WORDS : CUT_IN_WORD;
            break;
        }
        if (blank) {
            g_string_append_c(line, ' ');
        }
        g_string_append_len(line, p, g_utf8_skip[(guchar)*p]);
        count += 1u + blank;
        blank = false;
    }
    return line;
}

/* The last place at or before `most` bytes that is between two grapheme clusters. */
static size_t cluster_boundary(const char *text, size_t length, size_t most)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *utext = utext_openUTF8(NULL, text, (int64_t)length, &status);
    UBreakIterator *iterator = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    ubrk_setUText(iterator, utext, &status);
    size_t boundary = most;
    if (U_SUCCESS(status) && !ubrk_isBoundary(iterator, (int32_t)most)) {
        int32_t before = ubrk_preceding(iterator, (int32_t)most);
        boundary = before > 0 ? (size_t)before : 0;
    }
    ubrk_close(iterator);
    utext_close(utext);
    return boundary;
}

/* How much of the line stays, cut inside a word. `next` has one character more. */
static size_t cut_length(const GString *line, const GString *next)
{
    const char *blank = strrchr(line->str, ' ');
    size_t half = line->len / 2;
    if (blank != NULL && (size_t)(blank - line->str) >= half) {
        return (size_t)(blank - line->str);
    }
    return cluster_boundary(next->str, next->len, line->len);
}

char *plain_excerpt(const char *text, size_t limit)
{
    Cut cut = CUT_NOTHING;
    GString *whole = first_characters(text, limit, &cut);
    if (cut == CUT_NOTHING || limit == 0) {
        return g_string_free(whole, FALSE);
    }
    GString *line = first_characters(text, limit - 1, &cut); /* room for the ellipsis */
    if (cut == CUT_IN_WORD) {
        g_string_truncate(line, cut_length(line, whole));
    }
    g_string_free(whole, TRUE);
    while (line->len > 0 && strchr(" ,;:-", line->str[line->len - 1]) != NULL) {
        g_string_truncate(line, line->len - 1);
    }
    return g_string_free(g_string_append(line, ELLIPSIS), FALSE);
}

static bool is_word_alone(gunichar c)
{
    GUnicodeScript script = c < 0x2E80 ? G_UNICODE_SCRIPT_LATIN : g_unichar_get_script(c);
    return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
           script == G_UNICODE_SCRIPT_KATAKANA;
}

size_t plain_count_words(const char *text)
{
    size_t words = 0;
    bool in_word = false;
    for (const char *p = text; *p != '\0'; p += g_utf8_skip[(guchar)*p]) {
        gunichar c = g_utf8_get_char(p);
        if (is_word_alone(c)) {
            words++;
            in_word = false;
        } else if (g_unichar_isspace(c)) {
            in_word = false;
        } else if (!in_word && g_unichar_isalnum(c)) {
            words++;
            in_word = true;
        }
    }
    return words;
}
