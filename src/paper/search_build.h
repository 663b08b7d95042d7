/*
 * From documents to the files of a tier (docs/search.md has their format): postings, words whose
 * stem the rules do not find (aliases), and lists of words for suggestions. In memory, and pure.
 *
 * A large archive goes through in parts: the postings of one part of the files are held at a time,
 * and the documents are added once for each part. Forms of words are taken in the first part.
 */
#pragma once

#include "paper/search_rules.h"
#include "text/stem.h"

typedef struct SearchBuild SearchBuild;

/* `files` is a power of two. */
SearchBuild *search_build_new(unsigned files, unsigned parts);
void search_build_free(SearchBuild *build);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SearchBuild, search_build_free)

/* Forgets the postings; the next ones are of that part. */
void search_build_part(SearchBuild *build, unsigned part);

/* Documents come in growing order. False if the packed terms are broken. */
bool search_build_add(SearchBuild *build, uint32_t doc, const void *terms, size_t length);

/* Rules learned from the words of part 0, and where those are few also from forms that they might
 * have: stems with endings of the language that libstemmer takes off again; these become known
 * forms too, with no document. */
SearchRules *search_build_learn(const SearchBuild *build, Stemmer *stemmer, const char *language);

/* Into another number of files, a power of two; to be finished (again) then. */
void search_build_spread(SearchBuild *build, unsigned files);

/* Orders what was added; to be called before files are made. Rules are borrowed. */
void search_build_finish(SearchBuild *build, const SearchRules *rules);

/* The bytes of one file. `most` > 0: terms lose their weakest postings, then rare forms their
 * aliases, until it is not longer. */
GByteArray *search_build_file(const SearchBuild *build, unsigned file, size_t most);

/* True if the file is of the part that is held. */
bool search_build_holds(const SearchBuild *build, unsigned file);

/* Lists of words by first letter and length: elements SearchWords. */
typedef struct {
    char name[24]; /* "w63-8": U+0063, eight letters */
    GByteArray *bytes;
} SearchWords;

GArray *search_build_words(const SearchBuild *build, unsigned least);
