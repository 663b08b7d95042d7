/*
 * Replays inputs through one fuzz target without a fuzzing engine, so that the corpora and the old
 * crashers are ordinary tests with any compiler (after systemd's fuzz-main.c). One TAP subtest a
 * file.
 *
 *   replay_TARGET FOLDER… [--shared KIND]
 *
 * A folder that does not exist has no files: a target without crashers is a good target. --shared
 * adds one subtest that runs every file of $KOLOKOL_SHARED/data/fuzz-seeds/KIND.tar.zst, skipped
 * where that material is absent. A file that takes longer than FILE_SECONDS, or that crashes, is
 * named on standard error before the end.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_SECONDS 20

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* libFuzzer's optional start-up hook; a target that needs none does not define it. */
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static char running[512];

static void name_and_die(int signal_number)
{
    (void)!write(STDERR_FILENO, "# the input was ", 16);
    (void)!write(STDERR_FILENO, running, strlen(running));
    (void)!write(STDERR_FILENO, "\n", 1);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static bool replay_file(const char *path)
{
    g_autofree char *bytes = NULL;
    size_t length = 0;
    if (!g_file_get_contents(path, &bytes, &length, NULL)) {
        return false;
    }
    g_strlcpy(running, path, sizeof running);
    /* An exact copy, so that a sanitizer sees a read past the end (GLib's buffer has a NUL there).
     */
    uint8_t *exact = g_malloc(length > 0 ? length : 1);
    memcpy(exact, bytes, length);
    alarm(FILE_SECONDS);
    LLVMFuzzerTestOneInput(exact, length);
    alarm(0);
    g_free(exact);
    return true;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Names of the files in a folder, in order; empty if there is no such folder. */
static GPtrArray *names_in(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (name[0] != '.' && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static unsigned replay_folder(const char *folder, unsigned number)
{
    g_autoptr(GPtrArray) names = names_in(folder);
    g_autofree char *kind = g_path_get_basename(folder);
    g_autofree char *parent = g_path_get_dirname(folder);
    g_autofree char *set = g_path_get_basename(parent);
    for (unsigned i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        bool done = replay_file(path);
        printf("%sok %u - %s/%s/%s\n", done ? "" : "not ", ++number, set, kind,
               (const char *)names->pdata[i]);
        fflush(stdout);
    }
    return number;
}

static void remove_folder(const char *folder)
{
    g_autoptr(GPtrArray) names = names_in(folder);
    for (unsigned i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
}

/* Unpacks the shared seeds of a kind, all files into one folder. NULL if the material or tar is
 * absent. */
static char *unpack_shared(const char *kind)
{
    const char *shared = g_getenv("KOLOKOL_SHARED");
    if (shared == NULL) {
        return NULL;
    }
    g_autofree char *archive = g_strdup_printf("%s/data/fuzz-seeds/%s.tar.zst", shared, kind);
    if (!g_file_test(archive, G_FILE_TEST_EXISTS)) {
        return NULL;
    }
    g_autofree char *folder = g_dir_make_tmp("kolokol-seeds-XXXXXX", NULL);
    g_autofree char *quoted = g_shell_quote(archive);
    g_autofree char *command =
        g_strdup_printf("tar --zstd -xf %s -C %s --transform s,.*/,,", quoted, folder);
    int status = 0;
    if (folder == NULL || !g_spawn_command_line_sync(command, NULL, NULL, &status, NULL)) {
        return NULL;
    }
    return status == 0 ? g_steal_pointer(&folder) : NULL;
}

static unsigned replay_shared(const char *kind, unsigned number)
{
    g_autofree char *folder = unpack_shared(kind);
    if (folder == NULL) {
        printf("ok %u - shared/%s # SKIP no shared test material\n", ++number, kind);
        return number;
    }
    g_autoptr(GPtrArray) names = names_in(folder);
    bool all = names->len > 0;
    for (unsigned i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        all = replay_file(path) && all;
    }
    printf("%sok %u - shared/%s (%u files)\n", all ? "" : "not ", ++number, kind, names->len);
    remove_folder(folder);
    return number;
}

int main(int argc, char **argv)
{
    signal(SIGABRT, name_and_die);
    signal(SIGSEGV, name_and_die);
    signal(SIGALRM, name_and_die);
    if (LLVMFuzzerInitialize != NULL) {
        LLVMFuzzerInitialize(&argc, &argv);
    }
    unsigned number = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--shared") == 0 && i + 1 < argc) {
            number = replay_shared(argv[++i], number);
        } else {
            number = replay_folder(argv[i], number);
        }
    }
    if (number == 0) {
        printf("not ok 1 - no seeds: put some into fuzz/corpus/\n");
        number = 1;
    }
    printf("1..%u\n", number);
    return 0;
}
