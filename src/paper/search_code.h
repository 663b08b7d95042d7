/*
 * The bytes of search files (docs/search.md has the format): numbers as LEB128, texts with their
 * length before them, and the small tables that the press, the tool and the reader's script share.
 * Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define SEARCH_FILE_MOST 12000u /* bytes of a file: one connection behind a 16 KB wall */
#define SEARCH_TERM_MOST 4000u  /* postings of a term: its strongest */
#define SEARCH_ARCHIVE   2048u  /* files of the archive tier, at most */
#define SEARCH_MONTH     64u    /* of the month tier */
#define SEARCH_CARDS     32u    /* documents in a file of cards */
#define SEARCH_TITLE     3u     /* a word of the headline counts as so many */
#define SEARCH_TF_MOST   15u

void search_put_number(GByteArray *out, uint64_t number);
void search_put_text(GByteArray *out, const char *text, size_t length);

/* A text of a sorted row: how many bytes it shares with the one before, and the rest. */
void search_put_next(GByteArray *out, const char *text, const char *before);

/* Reads what was put. Past the end, or of what is broken, everything is 0 and `bad` is set. */
typedef struct {
    const uint8_t *at, *end;
    bool bad;
} SearchReader;

SearchReader search_reader(const void *bytes, size_t length);
uint64_t search_get_number(SearchReader *reader);
uint8_t search_get_byte(SearchReader *reader);
/* Caller frees. */
char *search_get_text(SearchReader *reader);
/* Replaces `text`, which is the one before, by the next. */
void search_get_next(SearchReader *reader, GString *text);

/* FNV-1a, 32 bits, of the text's UTF-8. */
uint32_t search_hash(const char *text);

/* The smallest power of two that is not below number, at most `most`. */
unsigned search_files(int64_t number, unsigned most);

/* A story's length in words in 16 steps, and what a step stands for. */
unsigned search_length_step(int64_t words);
int64_t search_step_words(unsigned step);

/* A number with all but its first two digits 0, rounded. */
int64_t search_two_digits(int64_t number);

/* The folded word as files have it: without marks above and below letters. Caller frees. */
char *search_form(const char *word);
