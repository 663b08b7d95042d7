/* Files with ceilings and durability: file.h. */
#include "base/file.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_errno(GError **error, const char *doing, const char *name)
{
    int code = errno;
    return fail(error, code == ENOENT ? KOLOKOL_ERROR_NOT_FOUND : KOLOKOL_ERROR_IO,
                "cannot %s %s: %s", doing, name, g_strerror(code));
}

void file_close(int *descriptor)
{
    if (*descriptor >= 0) {
        close(*descriptor);
        *descriptor = -1;
    }
}

int directory_open(const char *path, bool secret, GError **error)
{
    if (fault_here(FAULT_FILE) || g_mkdir_with_parents(path, secret ? 0700 : 0755) != 0) {
        fail_errno(error, "make the directory", path);
        return -1;
    }
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        fail_errno(error, "open the directory", path);
    }
    return directory;
}

static bool read_whole(int file, char *bytes, size_t length, const char *name, GError **error)
{
    for (size_t done = 0; done < length;) {
        ssize_t got = fault_here(FAULT_FILE) ? -1 : read(file, bytes + done, length - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return fail_errno(error, "read", name);
        }
        done += (size_t)got;
    }
    return true;
}

GBytes *file_read_at(int directory, const char *name, size_t limit, GError **error)
{
    FILE_AUTO file = fault_here(FAULT_FILE) ? -1 : openat(directory, name, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (file < 0 || fstat(file, &info) != 0) {
        fail_errno(error, "open", name);
        return NULL;
    }
    if (!S_ISREG(info.st_mode)) {
        fail(error, KOLOKOL_ERROR_INVALID, "%s is not an ordinary file", name);
        return NULL;
    }
    if ((uint64_t)info.st_size > limit) {
        fail(error, KOLOKOL_ERROR_LIMIT, "%s has %" G_GINT64_FORMAT " bytes; the limit is %zu",
             name, (gint64)info.st_size, limit);
        return NULL;
    }
    size_t length = (size_t)info.st_size;
    g_autofree char *bytes = g_try_malloc(length + 1);
    if (bytes == NULL) {
        fail(error, KOLOKOL_ERROR_LIMIT, "not enough memory to read %s (%zu bytes)", name, length);
        return NULL;
    }
    if (!read_whole(file, bytes, length, name, error)) {
        return NULL;
    }
    bytes[length] = '\0';
    return g_bytes_new_take(g_steal_pointer(&bytes), length);
}

GBytes *file_read(const char *path, size_t limit, GError **error)
{
    return file_read_at(AT_FDCWD, path, limit, error);
}

static bool write_whole(int file, const char *bytes, size_t length, const char *name,
                        GError **error)
{
    for (size_t done = 0; done < length;) {
        ssize_t put = fault_here(FAULT_FILE) ? -1 : write(file, bytes + done, length - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return fail_errno(error, "write", name);
        }
        done += (size_t)put;
    }
    return true;
}

static bool write_and_rename(int directory, const char *temporary, const char *name,
                             const void *bytes, size_t length, unsigned mode, bool durable,
                             GError **error)
{
    FILE_AUTO file =
        fault_here(FAULT_FILE)
            ? -1
            : openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    if (file < 0) {
        return fail_errno(error, "create", name);
    }
    if (!write_whole(file, bytes, length, name, error)) {
        return false;
    }
    if (durable && (fault_here(FAULT_FILE) || fsync(file) != 0)) {
        return fail_errno(error, "write to disk", name);
    }
    if (fault_here(FAULT_FILE) || renameat(directory, temporary, directory, name) != 0) {
        return fail_errno(error, "rename into place", name);
    }
    return true;
}

/* Unless somebody has put another file there meanwhile. */
static void remove_own(int directory, const char *name, int file)
{
    struct stat own, there;
    if (fstat(file, &own) == 0 && fstatat(directory, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
        own.st_ino == there.st_ino && own.st_dev == there.st_dev) {
        unlinkat(directory, name, 0);
    }
}

bool file_make(int directory, const char *name, const void *bytes, size_t length, unsigned mode,
               bool *made, GError **error)
{
    FILE_AUTO file =
        fault_here(FAULT_FILE)
            ? -1
            : openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    if (file < 0 && errno == EEXIST) {
        *made = false;
        return true;
    }
    if (file < 0) {
        return fail_errno(error, "create", name);
    }
    if (!write_whole(file, bytes, length, name, error)) {
        remove_own(directory, name, file);
        return false;
    }
    *made = true;
    return true;
}

static bool put(int directory, const char *name, const void *bytes, size_t length, unsigned mode,
                bool durable, GError **error)
{
    g_autofree char *temporary =
        g_strdup_printf("%s.%016" G_GINT64_MODIFIER "x.tmp", name, random_unseen());
    if (!write_and_rename(directory, temporary, name, bytes, length, mode, durable, error)) {
        unlinkat(directory, temporary, 0);
        return false;
    }
    return true;
}

bool file_create_via(int directory, const char *temporary, const char *name, const void *bytes,
                     size_t length, unsigned mode, GError **error)
{
    if (!write_and_rename(directory, temporary, name, bytes, length, mode, false, error)) {
        unlinkat(directory, temporary, 0);
        return false;
    }
    return true;
}

bool file_create(int directory, const char *name, const void *bytes, size_t length, unsigned mode,
                 GError **error)
{
    return put(directory, name, bytes, length, mode, false, error);
}

bool file_replace(int directory, const char *name, const void *bytes, size_t length, unsigned mode,
                  GError **error)
{
    return put(directory, name, bytes, length, mode, true, error) &&
           directory_sync(directory, error);
}

bool file_sync_tree(int directory, GError **error)
{
    if (fault_here(FAULT_FILE) || syncfs(directory) != 0) {
        return fail_errno(error, "write to disk", "the file system");
    }
    return true;
}

bool directory_sync(int directory, GError **error)
{
    if (fault_here(FAULT_FILE) || fsync(directory) != 0) {
        return fail_errno(error, "write to disk", "a directory");
    }
    return true;
}
