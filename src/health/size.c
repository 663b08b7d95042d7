/* Walking and asking: size.h. What is measured, and when, is the worker's business. */
#include "health/size.h"

#include "base/error.h"
#include "base/fault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define BLOCK 512 /* bytes that st_blocks counts in */

typedef struct {
    const volatile int *stop;
    unsigned entries;
    int64_t bytes;
} Walk;

static bool over(const Walk *walk)
{
    return walk->entries >= SIZE_ENTRIES || (walk->stop != NULL && *walk->stop);
}

static void walk_directory(Walk *walk, int parent, const char *name, unsigned depth)
{
    int file = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *directory = file < 0 ? NULL : fdopendir(file);
    if (directory == NULL) {
        if (file >= 0) {
            close(file);
        }
        return;
    }
    const struct dirent *entry;
    while (!over(walk) && (entry = readdir(directory)) != NULL) {
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            fstatat(file, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        walk->entries++;
        walk->bytes += (int64_t)status.st_blocks * BLOCK;
        if (S_ISDIR(status.st_mode) && depth < SIZE_DEPTH) {
            walk_directory(walk, file, entry->d_name, depth + 1);
        }
    }
    closedir(directory);
}

bool size_of_tree(const char *path, const volatile int *stop, int64_t *bytes, GError **error)
{
    struct stat status;
    Walk walk = {.stop = stop};
    if (fault_here(FAULT_FILE) || lstat(path, &status) != 0) {
        *bytes = 0;
        return errno == ENOENT ||
               fail(error, KOLOKOL_ERROR_IO, "cannot look at %s: %s", path, g_strerror(errno));
    }
    walk.bytes = (int64_t)status.st_blocks * BLOCK;
    if (S_ISDIR(status.st_mode)) {
        walk_directory(&walk, AT_FDCWD, path, 0);
    }
    *bytes = walk.bytes;
    return true;
}

bool size_of_disk(const char *path, int64_t *free_bytes, int64_t *bytes, GError **error)
{
    struct statvfs status;
    if (fault_here(FAULT_FILE) || statvfs(path, &status) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot ask how full the disk of %s is: %s", path,
                    g_strerror(errno));
    }
    *free_bytes = (int64_t)(status.f_bavail * status.f_frsize);
    *bytes = (int64_t)(status.f_blocks * status.f_frsize);
    return true;
}
