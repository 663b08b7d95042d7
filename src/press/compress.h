/*
 * Bytes made small as the press does it: for the coded forms of pages, and for saying what a page
 * weighs. NULL if the library refuses.
 */
#pragma once

#include <glib.h>

#define PRESS_GZIP_LEVEL   9
#define PRESS_BROTLI_LEVEL 11

/* A gzip member without a time stamp or name, so that equal bytes give equal bytes. */
GBytes *press_gzip(const char *bytes, size_t length);

/* `level` is PRESS_BROTLI_LEVEL, or a lower one where only a share is wanted. */
GBytes *press_brotli(const char *bytes, size_t length, int level);
