/*
 * Files: reads with a ceiling, writes that survive a power cut.
 *
 * Durability: file_replace() writes a temporary beside the target, fsyncs it, renames it over the
 * target and fsyncs the directory: a reader sees the old bytes or the new, never a part.
 * file_create() only writes and renames; a caller that makes thousands ends the batch with one
 * file_sync_tree(). All directory arguments are open directory descriptors (O_PATH will not do);
 * names are relative to them. Every call asks fault.h first (FAULT_FILE). Errors: IO, with the name
 * and the system's reason.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Opens a directory, making it and its parents (mode 0700 & ~umask if secret, else 0755). -1 on
 * failure. */
int directory_open(const char *path, bool secret, GError **error);

/* The whole file, refused above `limit` bytes (LIMIT); NOT_FOUND if absent. */
GBytes *file_read_at(int directory, const char *name, size_t limit, GError **error);
GBytes *file_read(const char *path, size_t limit, GError **error);

/* Durable replacement, described above. mode is the file's permission bits. */
bool file_replace(int directory, const char *name, const void *bytes, size_t length, unsigned mode,
                  GError **error);

/* As file_replace without any fsync: atomic for readers, durable only after file_sync_tree(). */
bool file_create(int directory, const char *name, const void *bytes, size_t length, unsigned mode,
                 GError **error);

/* As file_create, with the temporary's name, which must be nobody else's: in another folder, say,
 * where the file system finds a free inode sooner. */
bool file_create_via(int directory, const char *temporary, const char *name, const void *bytes,
                     size_t length, unsigned mode, GError **error);

/* Straight at its own name, without a temporary: the cheapest way to make a file, for bytes whose
 * reader knows their length. *made is false if there is such a file, which is left alone. A kill
 * may leave a shorter file behind. */
bool file_make(int directory, const char *name, const void *bytes, size_t length, unsigned mode,
               bool *made, GError **error);

/* One syncfs(2): everything written so far on that file system is on the medium. */
bool file_sync_tree(int directory, GError **error);

/* fsync of the directory itself, after renames in it. */
bool directory_sync(int directory, GError **error);

/* Closes if >= 0 and sets to -1; for `cleanup`. */
void file_close(int *descriptor);
#define FILE_AUTO __attribute__((cleanup(file_close))) int
