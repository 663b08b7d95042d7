/*
 * multipart/form-data (RFC 7578) with files, in place: nothing is copied, so a form with many
 * pictures costs its body and no more.
 *
 *     g_autoptr(GArray) parts = multipart_of_request(request, 24, &reason);
 *     const MultipartPart *part = &g_array_index(parts, MultipartPart, 0);
 *
 * Each part needs a Content-Disposition of form-data with a name; what its Content-Type says is not
 * believed and not kept. A file's name is whatever the sender wrote: for showing to a person, never
 * a path. A field of files in which nothing was chosen comes as a part with the file name "" and no
 * bytes. Preamble and epilogue are ignored, folded header lines refused. Forms without files are
 * fields.h's.
 */
#pragma once

#include "net/request.h"

#include <glib.h>

#define MULTIPART_NAME 100u /* bytes of a part's name */
#define MULTIPART_FILE 200u /* bytes of a file's name; what is longer is cut at a character */

typedef struct {
    char *name; /* UTF-8 */
    char *file; /* UTF-8 without control characters and without folders; NULL: a simple field */
    const char *bytes; /* in the request's body */
    size_t length;
} MultipartPart;

/* Elements MultipartPart, in their order. NOT_FOUND if the body is of another kind (the caller
 * answers 415), INVALID, LIMIT (more than `most` parts). */
GArray *multipart_of_request(const HttpRequest *request, unsigned most, GError **error);

/* A file's name as a person may see it: UTF-8, one line, without folders of whatever system, at
 * most MULTIPART_FILE bytes; "picture" if nothing is left. Caller frees. */
char *multipart_file_name(const char *given);
