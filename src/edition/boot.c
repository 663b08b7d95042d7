/* Mending the store after the machine stopped: boot.h. */
#include "edition/boot.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "edition/coded.h"
#include "edition/objects.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BOOT_FILE     "boot"
#define BOOT_ID       "/proc/sys/kernel/random/boot_id"
#define BOOT_ID_MAX   64u
#define TEMPORARY_AGE (CLOCK_DAY / CLOCK_SECOND) /* of a .tmp that nobody is writing any more */

typedef struct {
    int folder;        /* objects/ab */
    int64_t since;     /* seconds: what changed before was on the medium */
    int64_t temporary; /* .tmp files older than this go */
} Mend;

/* This boot's id; false where there is no /proc. */
static bool read_id(char id[BOOT_ID_MAX])
{
    FILE_AUTO file = open(BOOT_ID, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, id, BOOT_ID_MAX - 1);
    if (length <= 0) {
        return false;
    }
    id[length] = '\0';
    return true;
}

bool boot_is_same(int edition_directory)
{
    char id[BOOT_ID_MAX];
    g_autoptr(GBytes) marked = file_read_at(edition_directory, BOOT_FILE, BOOT_ID_MAX, NULL);
    return marked != NULL && read_id(id) && strcmp(id, g_bytes_get_data(marked, NULL)) == 0;
}

bool boot_mark(int edition_directory, GError **error)
{
    char id[BOOT_ID_MAX];
    return !read_id(id) || file_replace(edition_directory, BOOT_FILE, id, strlen(id), 0644, error);
}

void boot_unmark(int edition_directory)
{
    unlinkat(edition_directory, BOOT_FILE, 0);
}

/* The wrong file goes, unless somebody put a good one there meanwhile: it is moved aside first and
 * moved back if it is not the one that was looked at. */
static bool remove_wrong(const Mend *mend, const char *name, const struct stat *looked,
                         GError **error)
{
    g_autofree char *aside = g_strconcat(name, ".torn.tmp", NULL);
    struct stat moved;
    if (fault_here(FAULT_FILE) || renameat(mend->folder, name, mend->folder, aside) != 0 ||
        fstatat(mend->folder, aside, &moved, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ||
               fail(error, KOLOKOL_ERROR_IO, "cannot set the object %s aside: %s", name,
                    g_strerror(errno));
    }
    bool same = moved.st_ino == looked->st_ino && moved.st_dev == looked->st_dev;
    int status =
        same ? unlinkat(mend->folder, aside, 0) : renameat(mend->folder, aside, mend->folder, name);
    return status == 0 ||
           fail(error, KOLOKOL_ERROR_IO, "cannot mend the object %s: %s", name, g_strerror(errno));
}

/* Is the file what its name says? A coded form is measured by the plain one. */
static bool is_right(const Mend *mend, const char *name, const Hash *hash, const char *ending)
{
    g_autoptr(GBytes) own = file_read_at(mend->folder, name, VERIFY_CODED_MAX, NULL);
    if (own == NULL) {
        return false;
    }
    gsize length = 0, plain_length = 0;
    const void *bytes = g_bytes_get_data(own, &length);
    if (*ending == '\0') {
        Hash got = hash_of(bytes, length);
        return hash_equal(&got, hash);
    }
    g_autofree char *plain_name = g_strndup(name, HASH_HEX - 1);
    g_autoptr(GBytes) plain = file_read_at(mend->folder, plain_name, LIMIT_OBJECT, NULL);
    const void *plain_bytes = plain == NULL ? NULL : g_bytes_get_data(plain, &plain_length);
    return plain != NULL && coded_same(strcmp(ending, ".gz") == 0 ? VERIFY_GZIP : VERIFY_BROTLI,
                                       bytes, length, plain_bytes, plain_length);
}

static bool mend_file(const Mend *mend, const char *name, GError **error)
{
    struct stat info;
    char hex[HASH_HEX];
    Hash hash;
    if (fstatat(mend->folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode)) {
        return true;
    }
    g_strlcpy(hex, name, sizeof hex);
    if (!hash_parse(hex, &hash)) {
        return true;
    }
    const char *ending = name + HASH_HEX - 1;
    if (g_str_has_suffix(ending, ".tmp")) {
        if (info.st_mtim.tv_sec < mend->temporary) {
            unlinkat(mend->folder, name, 0);
        }
        return true;
    }
    bool old = info.st_mtim.tv_sec < mend->since && info.st_ctim.tv_sec < mend->since;
    return old || is_right(mend, name, &hash, ending) || remove_wrong(mend, name, &info, error);
}

static bool mend_folder(Mend *mend, int folder, GError **error)
{
    DIR *listing = fdopendir(folder);
    bool going = listing != NULL;
    if (!going) {
        close(folder);
        return fail(error, KOLOKOL_ERROR_IO, "cannot list the objects: %s", g_strerror(errno));
    }
    mend->folder = folder;
    for (struct dirent *entry; going && (entry = readdir(listing)) != NULL;) {
        going = mend_file(mend, entry->d_name, error);
    }
    closedir(listing);
    return going;
}

bool boot_mend(int edition_directory, int objects_directory, GError **error)
{
    struct stat current;
    Mend mend = {.temporary = clock_now() / CLOCK_SECOND - TEMPORARY_AGE};
    if (fstatat(edition_directory, "current/EDITION", &current, 0) == 0) {
        mend.since = current.st_mtim.tv_sec - OBJECTS_CLOCK_SLACK;
    }
    for (unsigned i = 0; i <= 256; i++) {
        char name[4] = "."; /* last: temporary files lie beside the folders */
        if (i < 256) {
            g_snprintf(name, sizeof name, "%02x", i);
        }
        int folder = fault_here(FAULT_FILE)
                         ? -1
                         : openat(objects_directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0 && errno != ENOENT) {
            return fail(error, KOLOKOL_ERROR_IO, "cannot open the objects: %s", g_strerror(errno));
        }
        if (folder >= 0 && !mend_folder(&mend, folder, error)) {
            return false;
        }
    }
    return true;
}
