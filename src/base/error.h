/*
 * The one error domain. Codes are grouped by what the caller should do, not by where the failure
 * arose; the message is one line that says what, where and how to mend it, and is shown to a person
 * unchanged. Functions that can fail return false or NULL and set a GError; outputs come last and
 * are untouched on failure. Library code neither logs nor exits.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    KOLOKOL_ERROR_INVALID,   /* the input is wrong: the person who gave it must mend it */
    KOLOKOL_ERROR_NOT_FOUND, /* the thing named does not exist */
    KOLOKOL_ERROR_CONFLICT,  /* a different thing has that name or state already */
    KOLOKOL_ERROR_LIMIT,     /* a stated ceiling was passed; the message names the ceiling */
    KOLOKOL_ERROR_BUSY,      /* somebody else holds it: try again later */
    KOLOKOL_ERROR_DENIED,    /* not allowed */
    KOLOKOL_ERROR_IO,        /* the machine refused: disk, network, database */
    KOLOKOL_ERROR_CORRUPT,   /* stored bytes are not what was stored, or a signature is wrong */
} KolokolError;

#define KOLOKOL_ERROR (kolokol_error_quark())
GQuark kolokol_error_quark(void);

/* Sets an error and is false, so that a failing line reads `return fail(error, CODE, "…", …);`. */
bool fail(GError **error, KolokolError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* What the message was made of, for a door that says it in another language (office/reason.h): the
 * format with its arguments as places, "there is no story {1}", and these as the message has them,
 * ended by NULL. NULL for an error that fail() has not made. Borrowed from the error. */
const char *error_sentence(const GError *error);
const char *const *error_arguments(const GError *error);
