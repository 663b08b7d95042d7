/*
 * Words of a text and their stems, for related stories and for search.
 *
 * A word is what Unicode's word breaks (UAX 29, by ICU with the language's dictionary where it has
 * one) call a word with a letter or digit. It is folded (NFKC_Casefold, typographic apostrophes to
 * "'", Russian ё to е, forms of alef to alef, stress marks, Arabic and Hebrew vowel points and
 * tatweel away) and then stemmed by the Snowball algorithm of its language (libstemmer), a Russian
 * noun so that its form without an ending meets the others (stem.c); last,
 * marks above and below letters are dropped (U+0300 to U+036F of the decomposed stem), so that
 * "Málaga" and "Malaga" are one term. A language that Snowball does not know keeps its folded
 * words. No list of stop words: who counts terms knows better which are frequent.
 *
 * The term depends on language and word alone, and on the versions of ICU and libstemmer. One
 * object is for one thread. It costs some ms to open; words go through at about 10 MB of text a
 * second.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define STEM_WORD_MAX 64u /* bytes of a folded word; longer ones are passed over */

typedef struct Stemmer Stemmer;

/* `language` is a BCP 47 tag, of which the first part chooses the algorithm. IO if ICU's
 * data is missing. */
Stemmer *stemmer_new(const char *language, GError **error);
void stemmer_free(Stemmer *stemmer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stemmer, stemmer_free)

/* Grows when words of a language have other terms than they had: what was made with an older one is
 * then made anew. */
unsigned stemmer_version(const char *language);

/* Takes one word in the order of the text: its term and the folded word that it was made of, both
 * UTF-8 and valid during the call. */
typedef void (*StemTaker)(const char *term, const char *word, void *data);

/* All words of the text; invalid UTF-8 parts words. */
void stemmer_words(Stemmer *stemmer, const char *text, size_t length, StemTaker take, void *data);
