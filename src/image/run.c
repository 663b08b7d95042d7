/* The process: run.h. What it does inside is child.c. */
#include "image/run.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUT_MOST    (2u * LIMIT_OBJECT)
#define REASON_MOST 1000u
#define STEP        65536u

static const char *program_given;
static int64_t patience_given = IMAGE_PATIENCE;

void image_child(const char *program, int64_t patience)
{
    program_given = program;
    patience_given = patience;
}

static char *program_path(void)
{
    if (program_given != NULL) {
        return g_strdup(program_given);
    }
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(self != NULL ? self : "");
    return g_build_filename(folder, "kolokol-image", NULL);
}

/* The bytes as a file that nobody can change any more. -1 on failure. */
static int memory_file(GBytes *given, GError **error)
{
    size_t length = 0, done = 0;
    const char *bytes = g_bytes_get_data(given, &length);
    int file = memfd_create("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    while (file >= 0 && done < length) {
        ssize_t wrote = fault_here(FAULT_FILE) ? -1 : write(file, bytes + done, length - done);
        if (wrote <= 0) {
            int saved = errno;
            close(file);
            errno = saved;
            file = -1;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    if (file < 0) {
        fail(error, KOLOKOL_ERROR_IO, "no memory for the picture: %s", g_strerror(errno));
        return -1;
    }
    fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    lseek(file, 0, SEEK_SET);
    return file;
}

typedef struct {
    GPid pid;
    int out, reason; /* what it writes; -1 once it has ended */
    GByteArray *bytes, *words;
    bool too_late, too_much;
} Child;

static bool start(Child *child, const char *const *arguments, int in, GError **error)
{
    g_autofree char *path = program_path();
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_autoptr(GError) reason = NULL;
    const char *const nothing[] = {NULL};
    g_ptr_array_add(line, path);
    for (const char *const *at = arguments; *at != NULL; at++) {
        g_ptr_array_add(line, (gpointer)(uintptr_t)*at);
    }
    g_ptr_array_add(line, NULL);
    /* GLib closes all other descriptors in the child. */
    if (!g_spawn_async_with_pipes_and_fds(
            "/", (const char *const *)line->pdata, nothing, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
            in, -1, -1, NULL, NULL, 0, &child->pid, NULL, &child->out, &child->reason, &reason)) {
        return fail(error, KOLOKOL_ERROR_IO,
                    "the reader of pictures cannot be started: %s; it is installed beside kolokol",
                    reason->message);
    }
    return true;
}

/* Reads what is there; an end closes. */
static void take(int *from, GByteArray *into, size_t most, bool *too_much)
{
    uint8_t step[STEP];
    ssize_t got = read(*from, step, sizeof step);
    if (got < 0 && errno == EINTR) {
        return;
    }
    if (got <= 0) {
        file_close(from);
        return;
    }
    size_t room = most - into->len;
    *too_much |= (size_t)got > room;
    g_byte_array_append(into, step, (guint)MIN((size_t)got, room));
}

static void listen(Child *child)
{
    int64_t until = clock_monotonic() + patience_given;
    bool words_cut = false;
    while (child->out >= 0 || child->reason >= 0) {
        int64_t left = until - clock_monotonic();
        struct pollfd wait[] = {{child->out, POLLIN, 0}, {child->reason, POLLIN, 0}};
        if (left <= 0 || child->too_much) {
            child->too_late = left <= 0;
            kill(child->pid, SIGKILL);
            break;
        }
        if (poll(wait, 2, (int)(left / 1000) + 1) <= 0) {
            continue;
        }
        if (wait[0].revents != 0) {
            take(&child->out, child->bytes, OUT_MOST, &child->too_much);
        }
        if (wait[1].revents != 0) {
            take(&child->reason, child->words, REASON_MOST, &words_cut);
        }
    }
    file_close(&child->out);
    file_close(&child->reason);
}

/* "invalid: this PNG picture is broken" as the error that it stands for. */
static bool said(Child *child, GError **error)
{
    static const struct {
        const char *word;
        KolokolError code;
    } rows[] = {{"invalid: ", KOLOKOL_ERROR_INVALID},
                {"limit: ", KOLOKOL_ERROR_LIMIT},
                {"io: ", KOLOKOL_ERROR_IO}};

    g_autofree char *raw = g_strndup((const char *)child->words->data, child->words->len);
    g_autofree char *words = g_utf8_make_valid(raw, -1);
    g_strdelimit(g_strchomp(words), "\n\r\t", ' ');
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (g_str_has_prefix(words, rows[i].word)) {
            return fail(error, rows[i].code, "%s", words + strlen(rows[i].word));
        }
    }
    return fail(error, KOLOKOL_ERROR_INVALID, "the picture's reader failed: %.300s", words);
}

static bool judge(Child *child, int status, GError **error)
{
    if (child->too_late) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the picture's reader was stopped: it was not done after %d seconds; the file "
                    "is broken, or too much for this machine",
                    (int)(patience_given / CLOCK_SECOND));
    }
    if (child->too_much) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the picture becomes more than %u bytes", OUT_MOST);
    }
    if (WIFSIGNALED(status)) {
        return fail(
            error, KOLOKOL_ERROR_INVALID,
            "the picture's reader was ended by signal %d (%s); the file is broken, or needs "
            "more time or memory than one picture may have",
            WTERMSIG(status), strsignal(WTERMSIG(status)));
    }
    return WEXITSTATUS(status) == 0 || said(child, error);
}

GBytes *image_run(const char *const *arguments, GBytes *given, GError **error)
{
    Child child = {.out = -1, .reason = -1};
    FILE_AUTO in = memory_file(given, error);
    if (in < 0 || !start(&child, arguments, in, error)) {
        return NULL;
    }
    int status = 0;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GByteArray) words = g_byte_array_new();
    child.bytes = bytes;
    child.words = words;
    listen(&child);
    while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
    }
    g_spawn_close_pid(child.pid);
    return judge(&child, status, error) ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes))
                                        : NULL;
}
