/*
 * HtmlReader: HTML bytes as a run of tokens (text, start tag, end tag), and the decoding of
 * character references.
 *
 * It follows the tokenizer of the HTML Living Standard (13.2.5) for what a news body can hold, in
 * one pass without allocation: linear in the input whatever the input is. Comments, doctypes,
 * processing instructions and CDATA are skipped; a tag cut off by the end is dropped. Raw text
 * (script, style …) is not recognised by itself: the caller, which knows the element, asks
 * html_reader_skip_raw(). Nothing here is trusted for safety: what comes out of the sanitiser is
 * written anew from these tokens, so a misreading can change a text, never let markup through.
 *
 * All pointers point into the input, which must outlive the token and must be valid UTF-8.
 */
#pragma once

#include "text/sanitise_rules.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define HTML_ATTRIBUTE_LIMIT 32u /* of one tag; further ones are read past and forgotten */

typedef enum { HTML_TOKEN_TEXT, HTML_TOKEN_START, HTML_TOKEN_END } HtmlTokenType;

typedef struct {
    const char *name;
    const char *value; /* with its character references */
    guint32 name_length;
    guint32 value_length;
} HtmlAttribute;

typedef struct {
    HtmlTokenType type;
    const Rule *rule; /* of a tag; NULL for an element that is unwrapped */
    const char *text; /* text with its character references; of a tag: its name */
    size_t length;
    bool self_closing;
    unsigned attribute_count;
    HtmlAttribute attributes[HTML_ATTRIBUTE_LIMIT];
} HtmlToken;

typedef struct {
    const char *at;
    const char *end;
} HtmlReader;

/* The next token; false at the end of the input. */
bool html_reader_next(HtmlReader *reader, HtmlToken *token);

/* Moves behind the end tag of a raw text element just started; to the end if there is none. */
void html_reader_skip_raw(HtmlReader *reader, const char *name, size_t length);

/* Decodes the reference at `at` (an ampersand) into UTF-8 and returns its length in the input;
 * 0 if it is none. `in_attribute`: HTML 13.2.5.73, a name without semicolon is literal there. */
size_t html_reference_decode(const char *at, const char *end, bool in_attribute,
                             char utf8[static 12], size_t *utf8_length);

/* Characters above U+007F that HTML forbids in a document: C1 controls and noncharacters
 * (13.2.3.5). `at` is the first byte of a valid UTF-8 sequence. */
bool html_is_forbidden(const char *at);

/* Replaces `out` by the value with its references decoded, without forbidden characters. */
void html_attribute_value(const HtmlAttribute *attribute, GString *out);
