/* Private to image.c: one run of kolokol-image. */
#pragma once

#include "image/image.h"

/* Gives the child `given`, waits for it, and is what it wrote (at most 2 * LIMIT_OBJECT). A child
 * that says on its standard error "invalid: …" or "limit: …" becomes that error; one that is
 * killed, by itself or after IMAGE_PATIENCE, INVALID. */
GBytes *image_run(const char *const *arguments, GBytes *given, GError **error);
