/*
 * Paths of an edition (DESIGN 6): relative, '/' between names, UTF-8.
 *
 * Valid: 1 to LIMIT_PATH bytes; no empty, "." or ".." name; no name that begins with '.' (save
 * ".well-known" at the root) or ends with one; no space or control character, none of \ " < > | * ?
 * : that some file systems refuse, no parentheses, which would make the lines of a node ambiguous.
 * Other scripts than Latin are fine: old addresses have them. Not ending in .gz or .br, for those
 * stand beside the file of the plain name. And none of the names that the edition itself has:
 * MANIFEST, MANIFEST.xx, OBJECTS, OBJECTS.xx in any directory; EDITION, EDITION.sig, FRESH,
 * KEY.pub, KEYS, KEYS.… and o at the root, as a file or as a directory. STATUS/… are pages to this
 * folder; that no story has such a path is the desk's rule (desk/address.h).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* INVALID or LIMIT, with the path and what is wrong with it. */
bool edition_path_valid(const char *path, GError **error);

/* "2026/11" of "2026/11/index.html" and of "2026/11/26"; "" of "index.html". Caller frees. */
char *edition_path_directory(const char *path);

/* 0 to 255: the first byte of SHA-256 of the root-relative name, which decides the shard in a split
 * directory. */
int64_t edition_path_shard(const char *name);

/* "o/ab/<sha256>.<ext>": where a hash-named file lies. False if `name` is not of that form. */
bool edition_object_name_valid(const char *name);
