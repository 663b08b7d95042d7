/*
 * What somebody gave, against the row of the kind: which fields, how long, whether a person.
 */
#pragma once

#include "forms/form.h"
#include "web/fields.h"

typedef enum {
    GIVEN_GOOD,
    GIVEN_MISSING, /* `field` is required and empty */
    GIVEN_WRONG,   /* `field` is too long or has bytes that it may not have */
} GivenState;

#define GIVEN_STAMP "stamp"

/* Fills form->values (borrowed from fields) and says what is wrong, first things first. `token`
 * (NULL: none) stands in for the field "token". */
GivenState given_take(const FormKind *kind, const Fields *fields, const char *token, Form *form,
                      const char **field);

/* Does a robot, or a filling-in program, show itself by the trap or by its haste? */
bool given_doubtful(const Fields *fields);

/* A stamp says when the door itself showed a form: "TIME.MAC" by a key in the door's memory. */
#define STAMP_KEY  32u
#define STAMP_TEXT 48u
void stamp_make(const uint8_t key[STAMP_KEY], const char *kind, int64_t now, char text[STAMP_TEXT]);
/* True for a stamp of this key and kind, FORM_AGE_LEAST seconds to an hour old. */
bool stamp_good(const uint8_t key[STAMP_KEY], const char *kind, int64_t now, const char *text);
