/*
 * Pages of the office as a hostile reader sees them: is each well-formed and harmless, and which
 * forms does it have? For tests that walk the table of rows.
 *
 * The reader is strict: names in lower case, values in double quotes, as text/html.h writes them;
 * whatever else a '<' begins is a finding. So a value that got out of its place is seen wherever it
 * stands.
 */
#pragma once

#include "office_visitor.h"

typedef struct {
    char *name, *type; /* of an input; "textarea", "select", "button" */
    char *value;       /* as the page has it; of a select the chosen one, else the first */
    bool required;
} WalkField;

typedef struct {
    char *action;
    GPtrArray *fields; /* WalkField */
} WalkForm;

/* The path of a row with a part in the place of each `:name`, WALK_FILE being the "1" of `:file`.
 * Caller frees. */
#define WALK_FILE "card.mustache"
char *walk_path(const OfficeRoute *row, const char *part);

/* Is this path one of the row's? */
bool walk_matches(const OfficeRoute *row, const char *path);

/* NULL, or what is wrong with a page: an element that no page of the office has, script or style
 * within, an attribute on…, an address with another scheme. What is no HTML must say so. Caller
 * frees. */
char *walk_judge(const HttpReply *reply);

/* Those that post to this door; elements WalkForm. */
GPtrArray *walk_forms(const HttpReply *reply);

/* The value in place of a field's own: static or NULL to keep what the page has. */
typedef const char *(*WalkValue)(const WalkField *field, void *data);

/* Sends the form, with the page's own token; a button's name and value too if it has any. */
HttpReply *walk_send(Browser *browser, const WalkForm *form, WalkValue value, void *data);
