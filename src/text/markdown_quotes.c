/*
 * The marks of each language (Unicode CLDR, "delimiters"), and how the author's own curly marks
 * are told from those that cmark made: before parsing they are replaced by rare marks of the same
 * length and class (half brackets, U+2E22 to U+2E25), afterwards put back.
 */
#include "text/markdown_quotes.h"

#include <string.h>

static const QuoteMarks GUILLEMETS = {{"«", "„"}, {"»", "“"}};
static const QuoteMarks FRENCH = {{"«\xC2\xA0", "“"}, {"\xC2\xA0»", "”"}};
static const QuoteMarks SOUTHERN = {{"«", "“"}, {"»", "”"}};
static const QuoteMarks GERMAN = {{"„", "‚"}, {"“", "‘"}};
static const QuoteMarks POLISH = {{"„", "«"}, {"”", "»"}};

static const struct {
    char language[4];
    const QuoteMarks *marks;
} LANGUAGES[] = {
    {"be", &GUILLEMETS}, {"bg", &GERMAN},     {"cs", &GERMAN},     {"de", &GERMAN},
    {"el", &SOUTHERN},   {"es", &SOUTHERN},   {"et", &GERMAN},     {"fr", &FRENCH},
    {"hu", &POLISH},     {"hy", &SOUTHERN},   {"is", &GERMAN},     {"it", &SOUTHERN},
    {"ka", &GERMAN},     {"kk", &GUILLEMETS}, {"ky", &GUILLEMETS}, {"lt", &GERMAN},
    {"lv", &SOUTHERN},   {"no", &SOUTHERN},   {"nb", &SOUTHERN},   {"nn", &SOUTHERN},
    {"pl", &POLISH},     {"pt", &SOUTHERN},   {"ro", &POLISH},     {"ru", &GUILLEMETS},
    {"sk", &GERMAN},     {"sl", &GERMAN},     {"tg", &GUILLEMETS}, {"uk", &GUILLEMETS},
    {"uz", &SOUTHERN},
};

static const QuoteMarks *marks_find(const char *language)
{
    size_t length = language == NULL ? 0 : strcspn(language, "-_");
    for (size_t i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        if (strlen(LANGUAGES[i].language) == length &&
            g_ascii_strncasecmp(LANGUAGES[i].language, language, length) == 0) {
            return LANGUAGES[i].marks;
        }
    }
    return NULL;
}

/* U+2018, U+2019, U+201C, U+201D: E2 80 98, 99, 9C, 9D. */
static bool is_curly(const char *p, size_t left)
{
    return left >= 3 && memcmp(p, "\xE2\x80", 2) == 0 && strchr("\x98\x99\x9C\x9D", p[2]) != NULL &&
           p[2] != '\0';
}

/* U+2E22 to U+2E25: E2 B8 A2 to A5. */
static bool is_half_bracket(const char *p, size_t left)
{
    return left >= 3 && memcmp(p, "\xE2\xB8", 2) == 0 && (guchar)p[2] >= 0xA2 &&
           (guchar)p[2] <= 0xA5;
}

static char hide_last_byte(char last)
{
    switch ((guchar)last) {
    case 0x98:
        return '\xA2';
    case 0x99:
        return '\xA3';
    case 0x9C:
        return '\xA4';
    default:
        return '\xA5';
    }
}

char *quotes_prepare(Quotes *quotes, const char *language, const char *text, size_t length)
{
    *quotes = (Quotes){.marks = marks_find(language)};
    if (quotes->marks == NULL) {
        return NULL;
    }
    bool curly = false;
    const char *end = text + length;
    for (const char *p = memchr(text, 0xE2, length); p != NULL;
         p = memchr(p + 1, 0xE2, (size_t)(end - p - 1))) {
        curly = curly || is_curly(p, (size_t)(end - p));
        if (is_half_bracket(p, (size_t)(end - p))) {
            quotes->marks = NULL; /* no mark is free to hide behind */
            return NULL;
        }
    }
    if (!curly) {
        return NULL;
    }
    char *copy = g_malloc(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    for (char *p = copy; p + 3 <= copy + length; p++) {
        if (is_curly(p, 3)) {
            p[1] = '\xB8';
            p[2] = hide_last_byte(p[2]);
        }
    }
    quotes->hidden = true;
    return copy;
}

void quotes_restart(Quotes *quotes)
{
    quotes->depth = 0;
}

void quotes_append(Quotes *quotes, const char *text, GString *out)
{
    const QuoteMarks *marks = quotes->marks;
    const char *run = text;
    for (const char *p = text; marks != NULL && (p = strstr(p, "\xE2\x80")) != NULL;) {
        if ((guchar)p[2] == 0x9C) {
            g_string_append_len(out, run, p - run);
            g_string_append(out, marks->open[MIN(quotes->depth, 1)]);
            quotes->depth++;
            run = p + 3;
        } else if ((guchar)p[2] == 0x9D) {
            g_string_append_len(out, run, p - run);
            quotes->depth -= quotes->depth > 0;
            g_string_append(out, marks->close[MIN(quotes->depth, 1)]);
            run = p + 3;
        }
        p += 2;
    }
    g_string_append(out, run);
}

void quotes_restore(const Quotes *quotes, GString *html)
{
    for (char *p = quotes->hidden ? html->str : NULL; p != NULL && (p = strstr(p, "\xE2\xB8"));
         p += 2) {
        if (is_half_bracket(p, 3)) {
            static const char shown[] = "\x98\x99\x9C\x9D";
            p[2] = shown[(guchar)p[2] - 0xA2];
            p[1] = '\x80';
        }
    }
}
