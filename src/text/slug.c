/*
 * Slugs: Cyrillic by the tables here, other scripts by ICU, then words and hyphens. Whether a slug
 * is free is the desk's question.
 *
 * Opening ICU's transliterator took 100 ms and 7 MB where it was measured, a title after that 40 µs
 * (Russian: 2 µs); hence one a thread, opened late.
 */
#include "text/slug.h"

#include "base/limits.h"

#include <string.h>
#include <unicode/utrans.h>

#define TITLE_READ    4096u
#define SLUG_AT_LEAST 8u
#define ICU_ROOM_TIMES                                                                             \
    8u /* characters that one of the title may become, at most: Any-Latin needs fewer */

typedef enum { RUSSIAN, UKRAINIAN, BELARUSIAN } Alphabet;

typedef struct {
    gunichar letter;
    const char *russian;
    const char *ukrainian;         /* NULL: as Russian */
    const char *ukrainian_initial; /* at the start of a word; NULL: as elsewhere */
} Letter;

static const Letter letters[] = {
    {0x430, "a", NULL, NULL},  {0x431, "b", NULL, NULL},    {0x432, "v", NULL, NULL},
    {0x433, "g", "h", NULL},   {0x434, "d", NULL, NULL},    {0x435, "e", NULL, NULL},
    {0x436, "zh", NULL, NULL}, {0x437, "z", NULL, NULL},    {0x438, "i", "y", NULL},
    {0x439, "y", "i", "y"},    {0x43A, "k", NULL, NULL},    {0x43B, "l", NULL, NULL},
    {0x43C, "m", NULL, NULL},  {0x43D, "n", NULL, NULL},    {0x43E, "o", NULL, NULL},
    {0x43F, "p", NULL, NULL},  {0x440, "r", NULL, NULL},    {0x441, "s", NULL, NULL},
    {0x442, "t", NULL, NULL},  {0x443, "u", NULL, NULL},    {0x444, "f", NULL, NULL},
    {0x445, "kh", NULL, NULL}, {0x446, "ts", NULL, NULL},   {0x447, "ch", NULL, NULL},
    {0x448, "sh", NULL, NULL}, {0x449, "shch", NULL, NULL}, {0x44A, "", NULL, NULL},
    {0x44B, "y", NULL, NULL},  {0x44C, "", NULL, NULL},     {0x44D, "e", NULL, NULL},
    {0x44E, "yu", "iu", "yu"}, {0x44F, "ya", "ia", "ya"},   {0x451, "yo", NULL, NULL},
    {0x454, "ye", "ie", "ye"}, {0x456, "i", NULL, NULL},    {0x457, "yi", "i", "yi"},
    {0x45E, "u", NULL, NULL},  {0x491, "g", NULL, NULL},    {0x493, "g", NULL, NULL},
    {0x497, "zh", NULL, NULL}, {0x49B, "k", NULL, NULL},    {0x4A3, "n", NULL, NULL},
    {0x4AF, "u", NULL, NULL},  {0x4B1, "u", NULL, NULL},    {0x4BB, "h", NULL, NULL},
    {0x4D9, "a", NULL, NULL},  {0x4E9, "o", NULL, NULL},
};

static const Letter *letter_of(gunichar character)
{
    if (character < 0x430 || character > 0x4E9) {
        return NULL;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(letters); i++) {
        if (letters[i].letter == character) {
            return &letters[i];
        }
    }
    return NULL;
}

/* By letters that the others do not have; `text` is in lower case. */
static Alphabet alphabet_of(const char *text)
{
    bool i = false;
    bool ukrainian = false;
    bool belarusian = false;
    bool russian = false;
    bool turkic = false; /* Kazakh and its neighbours have і and ы too, and read г as g */
    for (const char *p = text; *p != '\0'; p += g_utf8_skip[(unsigned char)*p]) {
        gunichar c = g_utf8_get_char(p);
        i = i || c == 0x456;
        ukrainian = ukrainian || c == 0x454 || c == 0x457 || c == 0x491;
        belarusian = belarusian || c == 0x45E;
        turkic = turkic || (c >= 0x492 && c <= 0x4E9);
        russian = russian || c == 0x44B || c == 0x44D || c == 0x451;
    }
    if (turkic) {
        return RUSSIAN;
    }
    if (belarusian || (i && russian)) {
        return BELARUSIAN;
    }
    return i || ukrainian ? UKRAINIAN : RUSSIAN;
}

static bool is_apostrophe(gunichar c)
{
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 ||
           (c >= 0x2B9 && c <= 0x2BF);
}

static const char *written(const Letter *letter, Alphabet alphabet, gunichar before, bool initial)
{
    if (alphabet == UKRAINIAN && letter->ukrainian != NULL) {
        if (letter->letter == 0x433 && before == 0x437) {
            return "gh"; /* зг, or it would read as ж */
        }
        return initial && letter->ukrainian_initial != NULL ? letter->ukrainian_initial
                                                            : letter->ukrainian;
    }
    if (alphabet == BELARUSIAN && letter->letter == 0x433) {
        return "h";
    }
    if (letter->letter == 0x451 && (before == 0x436 || (before >= 0x447 && before <= 0x449))) {
        return "e"; /* ё after ж, ч, ш, щ */
    }
    return letter->russian;
}

/* Cyrillic into Latin, apostrophes away, punctuation into hyphens. What is left above ASCII is
 * letters, marks and digits of other scripts; `others` says whether there are any. */
static GString *simplified(const char *text, bool *others)
{
    GString *out = g_string_sized_new(strlen(text));
    Alphabet alphabet = alphabet_of(text);
    gunichar before = 0;
    *others = false;
    for (const char *p = text; *p != '\0'; p += g_utf8_skip[(unsigned char)*p]) {
        gunichar c = g_utf8_get_char(p);
        if (is_apostrophe(c)) {
            continue;
        }
        const Letter *letter = letter_of(c);
        if (letter != NULL) {
            g_string_append(out, written(letter, alphabet, before, !g_unichar_isalnum(before)));
        } else if (c < 128) {
            g_string_append_c(out, (char)c);
        } else if (g_unichar_isalnum(c) || g_unichar_ismark(c)) {
            g_string_append_unichar(out, c);
            *others = true;
        } else {
            g_string_append_c(out, '-');
        }
        before = c;
    }
    return out;
}

static void transliterator_close(gpointer transliterator)
{
    utrans_close(transliterator);
}

/* The thread's transliterator; NULL if this ICU has none (its data is missing). */
static UTransliterator *transliterator(void)
{
    static GPrivate held = G_PRIVATE_INIT(transliterator_close);
    UTransliterator *found = g_private_get(&held);
    if (found == NULL) {
        static const UChar id[] = u"Any-Latin; NFD; [:Mn:] Remove; NFC; Latin-ASCII";
        UErrorCode status = U_ZERO_ERROR;
        found = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
        if (U_FAILURE(status)) {
            return NULL;
        }
        g_private_set(&held, found);
    }
    return found;
}

/* `text` in ASCII as far as ICU can; NULL if it cannot at all. */
static char *romanised(const char *text)
{
    UTransliterator *latin = transliterator();
    glong length = 0;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &length, NULL);
    if (latin == NULL || wide == NULL) {
        return NULL;
    }
    size_t room = (size_t)length * ICU_ROOM_TIMES + 16;
    g_autofree UChar *buffer = g_new0(UChar, room);
    memcpy(buffer, wide, (size_t)length * sizeof(UChar));
    int32_t used = (int32_t)length;
    int32_t limit = used;
    UErrorCode status = U_ZERO_ERROR;
    utrans_transUChars(latin, buffer, &used, (int32_t)room, 0, &limit, &status);
    if (U_FAILURE(status)) {
        return NULL;
    }
    return g_utf16_to_utf8(buffer, used, NULL, NULL, NULL);
}

/* Part of a word, though not written: an apostrophe, a letter that has no Latin form here. */
static bool is_dropped(char c)
{
    return c == '\'' || (unsigned char)c >= 128;
}

/* The words of [a-z0-9] in `text` joined by hyphens, up to `limit` bytes; a first word that is
 * longer is cut. */
static char *joined_words(const char *text, size_t limit)
{
    GString *slug = g_string_new(NULL);
    for (const char *p = text; *p != '\0';) {
        if (!g_ascii_isalnum(*p)) {
            p++;
            continue;
        }
        size_t start = slug->len;
        if (start > 0) {
            g_string_append_c(slug, '-');
        }
        for (; g_ascii_isalnum(*p) || is_dropped(*p); p++) {
            if (!is_dropped(*p)) {
                g_string_append_c(slug, g_ascii_tolower(*p));
            }
        }
        if (slug->len > limit) {
            g_string_truncate(slug, start > 0 ? start : limit);
            break;
        }
    }
    return g_string_free(slug, FALSE);
}

char *slug_from_title(const char *title, size_t limit)
{
    limit = MAX(limit == 0 ? LIMIT_SLUG : limit, SLUG_AT_LEAST);
    g_autofree char *valid = g_utf8_make_valid(title, (gssize)strnlen(title, TITLE_READ));
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
    g_autofree char *lower = g_utf8_strdown(composed, -1);
    bool others;
    g_autoptr(GString) simple = simplified(lower, &others);
    g_autofree char *latin = others ? romanised(simple->str) : NULL;
    g_autofree char *slug = joined_words(latin == NULL ? simple->str : latin, limit);
    return slug[0] == '\0' ? g_strdup("story") : g_steal_pointer(&slug);
}

bool slug_valid(const char *slug, size_t limit)
{
    size_t length = strlen(slug);
    if (length == 0 || length > (limit == 0 ? LIMIT_SLUG : limit) || slug[length - 1] == '-') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        bool word = g_ascii_isdigit(slug[i]) || g_ascii_islower(slug[i]);
        if (!word && (slug[i] != '-' || i == 0 || slug[i - 1] == '-')) {
            return false;
        }
    }
    return true;
}
