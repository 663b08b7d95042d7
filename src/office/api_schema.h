/*
 * What the API takes and gives, as `const` rows: the fields of an object, of a query. The rows
 * check every body before a handler sees it, and are the schemas of the OpenAPI document
 * (api_document.h), so that the two cannot differ.
 *
 * A field that no row names is refused: nothing is set because somebody sent its name (mass
 * assignment). null is refused; an empty text is how a text is taken away. Limits are in bytes of
 * UTF-8.
 */
#pragma once

#include "web/fields.h"

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
    API_TEXT,
    API_MOMENT, /* a text: RFC 3339 in what is given; what is taken may also be a day, or without
                   zone (base/moment.h) */
    API_NUMBER, /* a whole one, from 0 on */
    API_TRUTH,
    API_TEXTS,   /* an array of texts */
    API_OBJECTS, /* an array of objects of `of` */
    API_ANY,     /* an object that is not described further; given only */
} ApiType;

typedef struct ApiSchema ApiSchema;

typedef struct {
    const char *name;
    ApiType type;
    bool required; /* must be sent, and is always given */
    const char *help;
    size_t most;              /* bytes of a text or of each text; the largest number; 0: no limit */
    size_t items;             /* of an array; 0: no limit */
    const char *const *words; /* the only texts there are, NULL-ended; NULL: any */
    const ApiSchema *of;
} ApiField;

struct ApiSchema {
    const char *name; /* in the document: "Story" */
    const char *help;
    const ApiField *fields; /* ended by name NULL */
};

/* What is wrong with a body or a query: the JSON pointer of the field (RFC 6901; "" is the whole),
 * and one line. */
typedef struct {
    char *pointer;
    char *detail;
} ApiWrong;

void api_wrong_clear(ApiWrong *wrong);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ApiWrong, api_wrong_clear)

/* True if `given` is an object as the schema has it. */
bool api_schema_check(const ApiSchema *schema, const json_t *given, ApiWrong *wrong);

/* The same for a query; `rows` may be NULL: none is taken. Empty values count as not given. */
bool api_query_check(const ApiField *rows, const Fields *query, ApiWrong *wrong);
