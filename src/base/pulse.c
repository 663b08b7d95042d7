/* The mapped file and its lock: pulse.h. What stands in the room is its owner's business. */
#include "base/pulse.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC UINT64_C(0x31736c75706c6b6b) /* "kklpuls1" as bytes */

typedef struct {
    uint64_t magic, room;
    int64_t started, beat;
} Head;

struct Pulse {
    int file;
    size_t length;
    Head *head;
};

static bool name_good(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length < PULSE_NAME &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz-") == length;
}

static char *path_of(const char *directory, const char *name, GError **error)
{
    if (!name_good(name)) {
        fail(error, KOLOKOL_ERROR_INVALID, "\"%.40s\" is no name of a pulse", name);
        return NULL;
    }
    g_autofree char *file = g_strconcat(name, ".pulse", NULL);
    return g_build_filename(directory, file, NULL);
}

static bool fail_file(GError **error, const char *what, const char *path, int code)
{
    return fail(error, code == ENOENT ? KOLOKOL_ERROR_NOT_FOUND : KOLOKOL_ERROR_IO,
                "cannot %s %s: %s", what, path, g_strerror(code));
}

/* Locks of an open file: they end with its last descriptor and hold within one process too. */
static bool lock_free(int file, short type, bool take)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET};
    if (take) {
        return fcntl(file, F_OFD_SETLK, &lock) == 0;
    }
    return fcntl(file, F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK;
}

static bool has_length(int file, size_t length)
{
    struct stat status;
    return fstat(file, &status) == 0 && (uint64_t)status.st_size == length;
}

/* All its blocks are there before it is mapped: a full disk is an error here, not a signal later.
 */
static bool make_room(int file, size_t length, const char *path, GError **error)
{
    int code = fault_here(FAULT_FILE) ? ENOSPC : 0;
    if (code == 0 && !has_length(file, length) && ftruncate(file, 0) != 0) {
        code = errno;
    }
    code = code != 0 ? code : posix_fallocate(file, 0, (off_t)length);
    return code == 0 || fail_file(error, "make room in", path, code);
}

static bool map(Pulse *pulse, const char *path, GError **error)
{
    void *at = mmap(NULL, pulse->length, PROT_READ | PROT_WRITE, MAP_SHARED, pulse->file, 0);
    if (at == MAP_FAILED) {
        return fail_file(error, "map", path, errno);
    }
    pulse->head = at;
    return true;
}

Pulse *pulse_take(const char *directory, const char *name, size_t room, int64_t now, GError **error)
{
    g_autofree char *path = path_of(directory, name, error);
    if (path == NULL) {
        return NULL;
    }
    if (room > PULSE_ROOM) {
        fail(error, KOLOKOL_ERROR_INVALID, "a pulse has at most %u bytes of room", PULSE_ROOM);
        return NULL;
    }
    g_autoptr(Pulse) pulse = g_new0(Pulse, 1);
    pulse->length = sizeof(Head) + room;
    pulse->file =
        fault_here(FAULT_FILE) ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (pulse->file < 0) {
        fail_file(error, "open", path, errno);
        return NULL;
    }
    if (!lock_free(pulse->file, F_WRLCK, true)) {
        fail(error, KOLOKOL_ERROR_BUSY, "another process has %s", path);
        return NULL;
    }
    if (!make_room(pulse->file, pulse->length, path, error) || !map(pulse, path, error)) {
        return NULL;
    }
    g_assert(pulse->head != NULL); /* map() has set it */
    if (pulse->head->magic != MAGIC || pulse->head->room != room) {
        memset(pulse->head, 0, pulse->length);
        pulse->head->room = room;
    }
    pulse->head->started = now;
    pulse_beat(pulse, now);
    __atomic_store_n(&pulse->head->magic, MAGIC, __ATOMIC_RELEASE);
    return g_steal_pointer(&pulse);
}

void pulse_free(Pulse *pulse)
{
    if (pulse != NULL) {
        if (pulse->head != NULL) {
            munmap(pulse->head, pulse->length);
        }
        file_close(&pulse->file);
        g_free(pulse);
    }
}

void *pulse_room(Pulse *pulse)
{
    return pulse->head + 1;
}

void pulse_beat(Pulse *pulse, int64_t now)
{
    if (pulse != NULL) {
        __atomic_store_n(&pulse->head->beat, now, __ATOMIC_RELAXED);
    }
}

/* ---- Looking -------------------------------------------------------------------------------- */

/* An open file and its head. *file stays -1 if there is none. */
static bool look(const char *directory, const char *name, int *file, Head *head, GError **error)
{
    g_autofree char *path = path_of(directory, name, error);
    if (path == NULL) {
        return false;
    }
    *file = fault_here(FAULT_FILE) ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (*file < 0) {
        return errno == ENOENT || fail_file(error, "open", path, errno);
    }
    if (pread(*file, head, sizeof *head, 0) != sizeof *head || head->magic != MAGIC ||
        head->room > PULSE_ROOM || !has_length(*file, sizeof *head + head->room)) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "%s is no pulse; remove it", path);
    }
    return true;
}

bool pulse_look(const char *directory, const char *name, PulseSign *sign, GError **error)
{
    FILE_AUTO file = -1;
    Head head = {0};
    if (!look(directory, name, &file, &head, error)) {
        return false;
    }
    *sign = (PulseSign){0};
    if (file >= 0) {
        *sign = (PulseSign){true, !lock_free(file, F_RDLCK, false), head.started, head.beat};
    }
    return true;
}

GBytes *pulse_read_room(const char *directory, const char *name, GError **error)
{
    FILE_AUTO file = -1;
    Head head = {0};
    if (!look(directory, name, &file, &head, error) || file < 0) {
        return NULL;
    }
    g_autofree char *bytes = g_malloc0(head.room + 1);
    if (pread(file, bytes, head.room, sizeof head) != (ssize_t)head.room) {
        fail(error, KOLOKOL_ERROR_IO, "cannot read %s/%s.pulse", directory, name);
        return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&bytes), head.room);
}
