/*
 * The encoding of a text from outside: UTF-8 without NUL, or refused.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* INVALID unless the bytes are UTF-8 without NUL. The message begins with `what` ("body") and names
 * the line. */
bool encoding_check(const char *text, size_t length, const char *what, GError **error);

/* The number, from 1, of the line in which the byte at `offset` stands. */
unsigned encoding_line(const char *text, size_t offset);
