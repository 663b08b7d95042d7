/* Word breaks by ICU, folding, stems by libstemmer: stem.h. */
#include "text/stem.h"

#include "base/error.h"

#include <libstemmer.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#define WORD_UNITS ((int32_t)STEM_WORD_MAX * 4) /* UTF-16 units while a word is folded */

struct Stemmer {
    UBreakIterator *breaks;
    const UNormalizer2 *fold, *decompose, *compose;
    struct sb_stemmer *snowball; /* NULL: the language has none */
    bool russian;
    UChar *units; /* the text; grows to the longest one */
    int32_t room;
};

void stemmer_free(Stemmer *stemmer)
{
    if (stemmer == NULL) {
        return;
    }
    g_clear_pointer(&stemmer->breaks, ubrk_close);
    g_clear_pointer(&stemmer->snowball, sb_stemmer_delete);
    g_free(stemmer->units);
    g_free(stemmer);
}

static bool is_russian(const char *language)
{
    return strncmp(language, "ru", 2) == 0 && strcspn(language, "-_") == 2;
}

unsigned stemmer_version(const char *language)
{
    return is_russian(language) ? 1 : 0; /* 1: nouns without an ending meet their other forms */
}

Stemmer *stemmer_new(const char *language, GError **error)
{
    g_autofree char *primary = g_strndup(language, strcspn(language, "-_"));
    g_autoptr(Stemmer) stemmer = g_new0(Stemmer, 1);
    UErrorCode status = U_ZERO_ERROR;
    stemmer->breaks = ubrk_open(UBRK_WORD, language, NULL, 0, &status);
    stemmer->fold = unorm2_getNFKCCasefoldInstance(&status);
    stemmer->decompose = unorm2_getNFKDInstance(&status);
    stemmer->compose = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status)) {
        fail(error, KOLOKOL_ERROR_IO, "no word breaks for the language \"%s\": ICU says %s",
             language, u_errorName(status));
        return NULL;
    }
    stemmer->snowball = sb_stemmer_new(primary, NULL);
    stemmer->russian = is_russian(language);
    return g_steal_pointer(&stemmer);
}

/* Marks that writers may leave out: stress, vowel points of Arabic and Hebrew, tatweel. */
static bool is_optional(UChar c)
{
    return c == 0x0301 || (c >= 0x0591 && c <= 0x05bd) || c == 0x05bf || c == 0x05c1 ||
           c == 0x05c2 || c == 0x0640 || (c >= 0x064b && c <= 0x0655) || c == 0x0670;
}

static bool is_mark(UChar c)
{
    return c >= 0x0300 && c <= 0x036f;
}

/* Letters that writers use one for the other: apostrophes, alef with hamza or madda, Russian ё. */
static UChar same_letter(const Stemmer *stemmer, UChar c)
{
    switch (c) {
    case 0x2019:
    case 0x02bc:
        return '\'';
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
        return 0x0627;
    case 0x0451:
        return stemmer->russian ? 0x0435 : c;
    default:
        return c;
    }
}

/* Folds a word in place of `word`; its new length, 0 if it does not fit. */
static int32_t folded(const Stemmer *stemmer, const UChar *from, int32_t length, UChar *word)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t made = unorm2_normalize(stemmer->fold, from, length, word, WORD_UNITS, &status);
    if (U_FAILURE(status)) {
        return 0;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < made; i++) {
        UChar c = word[i];
        if (!is_optional(c)) {
            word[kept++] = same_letter(stemmer, c);
        }
    }
    return kept;
}

/* The same for a word of ASCII alone; false if it is not one. */
static bool folded_ascii(const UChar *from, int32_t length, char word[STEM_WORD_MAX + 1])
{
    for (int32_t i = 0; i < length; i++) {
        if (from[i] >= 128) {
            return false;
        }
        word[i] = g_ascii_tolower((char)from[i]);
    }
    word[length] = '\0';
    return true;
}

static bool to_utf8(const UChar *from, int32_t length, char out[STEM_WORD_MAX + 1])
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t made = 0;
    u_strToUTF8(out, (int32_t)STEM_WORD_MAX, &made, from, length, &status);
    if (U_FAILURE(status) || made <= 0) {
        return false;
    }
    out[made] = '\0';
    return true;
}

/* Drops what is_mark() says of the term; a term that is nothing else stays. */
static void strip_marks(const Stemmer *stemmer, char term[STEM_WORD_MAX + 1])
{
    UChar units[WORD_UNITS];
    UChar apart[WORD_UNITS];
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(units, WORD_UNITS, &length, term, -1, &status);
    int32_t made = unorm2_normalize(stemmer->decompose, units, length, apart, WORD_UNITS, &status);
    if (U_FAILURE(status)) {
        return;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < made; i++) {
        if (!is_mark(apart[i])) {
            apart[kept++] = apart[i];
        }
    }
    length = unorm2_normalize(stemmer->compose, apart, kept, units, WORD_UNITS, &status);
    char stripped[STEM_WORD_MAX + 1];
    if (U_SUCCESS(status) && to_utf8(units, length, stripped)) {
        g_strlcpy(term, stripped, STEM_WORD_MAX + 1);
    }
}

/* ---- Russian words that end in nothing ------------------------------------------------------- */

static bool is_one_of(const char *const *list, const char *text)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, text) == 0) {
            return true;
        }
    }
    return false;
}

/* The nominative of most masculine nouns, and the genitive plural of others, ends in nothing; where
 * their last letters look like an ending, Snowball takes those: "Иран" is "ира" (as "брал"),
 * "журнал" "журна", "Медведев" and "Киев" lose "ев", "Йемен" "ен", "Газпром" and "систем" "ом" and
 * "ем". Their other forms lose their real ending only: "Ирана" is "иран". So a stem with such an
 * end that is left by an ending of nouns, or of adjectives made of them ("мировая"), is stemmed
 * once more, as that form is. What Snowball took for anything else, verbs above all, stays. */
static bool looks_ended(const char *word, const char *stem)
{
    static const char *const ends[] = {"ан", "ян", "ал", "ял", "ен", "ов", "ев", NULL};
    static const char *const rarer[] = {"ом", "ем", NULL};
    static const char *const nouns[] = {"а",  "я",  "у",  "ю",  "е",  "ы",  "и",   "ов", "ев",
                                        "ам", "ям", "ах", "ях", "ом", "ем", "ами", "ой", "ями",
                                        "ей", "ою", "ею", "о",  "ь",  "ью", NULL};
    static const char *const adjectives[] = {"ая",  "яя",  "ую", "юю", "ое", "ее", "ого", "его",
                                             "ому", "ему", "ые", "ый", "ым", "ых", "ыми", NULL};
    size_t length = strlen(stem);
    if (length < 6 || strncmp(word, stem, length) != 0 || word[length] == '\0') {
        return false;
    }
    const char *end = stem + length - 4, *ending = word + length; /* two letters of two bytes */
    return is_one_of(ends, end) ? is_one_of(nouns, ending) || is_one_of(adjectives, ending)
                                : is_one_of(rarer, end) && is_one_of(nouns, ending);
}

static const char *stem_of(const Stemmer *stemmer, const char *word)
{
    const sb_symbol *stem = sb_stemmer_stem(
        stemmer->snowball, (const sb_symbol *)(const void *)word, (int)strlen(word));
    return stem == NULL || *stem == '\0' ? word : (const char *)(const void *)stem;
}

static void take_word(Stemmer *stemmer, const UChar *from, int32_t length, StemTaker take,
                      void *data)
{
    char word[STEM_WORD_MAX + 1];
    char term[STEM_WORD_MAX + 1];
    if (length > (int32_t)STEM_WORD_MAX) {
        return;
    }
    bool ascii = folded_ascii(from, length, word);
    if (!ascii) {
        UChar units[WORD_UNITS];
        int32_t made = folded(stemmer, from, length, units);
        if (made == 0 || !to_utf8(units, made, word)) {
            return;
        }
    }
    g_strlcpy(term, stemmer->snowball == NULL ? word : stem_of(stemmer, word), sizeof term);
    if (stemmer->russian && looks_ended(word, term)) {
        char once[STEM_WORD_MAX + 1];
        g_strlcpy(once, term, sizeof once); /* the stem is the stemmer's own memory */
        g_strlcpy(term, stem_of(stemmer, once), sizeof term);
    }
    if (!ascii) {
        strip_marks(stemmer, term);
    }
    take(term, word, data);
}

/* The text in UTF-16, as ICU wants it; its length in units. */
static int32_t set_text(Stemmer *stemmer, const char *text, size_t length)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t made = 0;
    if ((size_t)stemmer->room < length) {
        stemmer->room = (int32_t)length;
        stemmer->units = g_realloc_n(stemmer->units, length, sizeof(UChar));
    }
    u_strFromUTF8WithSub(stemmer->units, stemmer->room, &made, text, (int32_t)length, 0xfffd, NULL,
                         &status);
    ubrk_setText(stemmer->breaks, stemmer->units, made, &status);
    return U_FAILURE(status) ? 0 : made;
}

void stemmer_words(Stemmer *stemmer, const char *text, size_t length, StemTaker take, void *data)
{
    if (length == 0 || length > G_MAXINT32 || set_text(stemmer, text, length) == 0) {
        return;
    }
    int32_t start = ubrk_first(stemmer->breaks);
    for (int32_t end; (end = ubrk_next(stemmer->breaks)) != UBRK_DONE; start = end) {
        if (ubrk_getRuleStatus(stemmer->breaks) >= UBRK_WORD_NONE_LIMIT) {
            take_word(stemmer, stemmer->units + start, end - start, take, data);
        }
    }
}
