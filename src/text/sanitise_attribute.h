/*
 * Start tags of the output: the element's name and those of its attributes that are allowed, their
 * values checked, completed and escaped.
 */
#pragma once

#include "text/sanitise.h"
#include "text/sanitise_token.h"

typedef struct {
    const SanitiseResolver *resolver; /* never NULL; may be empty */
    GString *value;                   /* scratch: one decoded value */
    GHashTable *ids;                  /* written so far; NULL until there is one */
} TagWriter;

void tag_writer_init(TagWriter *writer, const SanitiseResolver *resolver);
void tag_writer_clear(TagWriter *writer);

/* What a start tag became. */
typedef struct {
    Element element;  /* NONE: not written, only its end tag is waited for */
    size_t id;        /* where in the tag the id attribute begins, with its blank */
    size_t id_length; /* 0: no id */
} Tag;

/* Replaces `out` by the start tag of `token`, an element of the table that is not a picture. */
Tag tag_write(TagWriter *writer, const HtmlToken *token, GString *out);

/* The same for img. False: there is no picture to show; `link` is then the address of a picture
 * elsewhere, or empty, and `alt` its alternative text. */
bool tag_write_picture(TagWriter *writer, const HtmlToken *token, GString *out, GString *link,
                       GString *alt);

/* Replaces `out` by <a href=…> for an address that is a picture or page elsewhere. */
void tag_write_link(GString *out, const char *url);

void tag_notice(const TagWriter *writer, SanitiseNotice notice, const char *what);
