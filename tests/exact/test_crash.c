/*
 * What happens to a newsroom whose press is stopped at any moment (issue: Crash): a reader never
 * sees a torn edition, no story that was reported saved is lost, and the next press makes the same
 * edition as a full one. Then a full disk, a directory that cannot be written, and two presses.
 *
 * KOLOKOL_FULL=1 kills 200 times instead of 20; KOLOKOL_SEED sets the seed.
 */
#include "base/error.h"
#include "desk/import.h"
#include "desk/story_edit.h"
#include "doubles/stores.h"
#include "edition/reader.h"
#include "exact/newsroom.h"
#include "press/lease.h"
#include "press/tidy.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define STORIES    200u
#define KILLS      20u
#define ALL_KILLS  200u
#define WAIT_MOST  150000u /* µs before a kill */
#define NOBODY     65534
#define CANNOT     77 /* exit status: this machine does not allow it */
#define SMALL_DISK "size=12m"
#define ROOM_LEFT  (96 * 1024)

static uint64_t seed;

static unsigned pick(unsigned below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((seed >> 33) % below);
}

/* ---- stories ---- */

static void set(StoryInput *input, const char *key, const char *value)
{
    g_autoptr(GError) error = NULL;
    story_input_set(input, key, value, strlen(value), &error);
    g_assert_no_error(error);
}

static bool put(TestNewsroom *newsroom, unsigned number, unsigned version, GError **error)
{
    g_autoptr(StoryInput) input = story_input_new();
    g_auto(StoryPut) made = {0};
    g_autofree char *id = g_strdup_printf("c%u", number);
    g_autofree char *title = g_strdup_printf("Story %u as of %u", number, version);
    g_autofree char *section = g_strdup_printf("Section %u", number % 4);
    g_autofree char *topic = g_strdup_printf("Topic %u", number % 7);
    g_autofree char *date =
        g_strdup_printf("2026-%02u-%02uT10:00:00Z", 1 + number % 10, 1 + number % 28);
    set(input, "id", id);
    set(input, "title", title);
    set(input, "language", "en");
    set(input, "date", date);
    set(input, "section", section);
    set(input, "topics", topic);
    set(input, "authors", "Anna Li");
    set(input, "body", title);
    return story_put(test_newsroom_store(newsroom), test_newsroom_site(newsroom), input,
                     STORY_PUT_PUBLISH, clock_now(), &made, error);
}

static void put_all(TestNewsroom *newsroom, unsigned stories)
{
    for (unsigned i = 0; i < stories; i++) {
        g_autoptr(GError) error = NULL;
        put(newsroom, i, 0, &error);
        g_assert_no_error(error);
    }
}

/* The version in the story's headline. */
static unsigned version_of(TestNewsroom *newsroom, unsigned number, char **path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *id = g_strdup_printf("c%u", number);
    g_autoptr(Story) story = story_by_external(test_newsroom_store(newsroom), id, &error);
    g_assert_no_error(error);
    g_assert_true(story_visible(story, clock_now()));
    *path = g_strdup(story->path);
    const char *last = strrchr(story->headline, ' ');
    return (unsigned)g_ascii_strtoull(last, NULL, 10);
}

/* A story that was reported is in the database and, whole, in the edition. */
static void check_story(TestNewsroom *newsroom, EditionReader *reader, unsigned number,
                        unsigned reported)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    unsigned version = version_of(newsroom, number, &path);
    g_assert_cmpuint(version, >=, reported);
    g_autoptr(GBytes) bytes = edition_reader_read(reader, path, 1024 * 1024, &error);
    g_assert_no_error(error);
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    g_autofree char *title = g_strdup_printf("Story %u as of %u<", number, version);
    g_assert_nonnull(strstr(text, title));
}

static EditionReader *open_reader(TestNewsroom *newsroom)
{
    g_autoptr(GError) error = NULL;
    EditionReader *reader =
        edition_reader_open(press_directory(test_newsroom_press(newsroom)), 1024 * 1024, &error);
    g_assert_no_error(error);
    return reader;
}

static void check_full(TestNewsroom *newsroom)
{
    PressReport partly = test_newsroom_run(newsroom, false);
    PressReport whole = test_newsroom_run(newsroom, true);
    g_assert_cmpuint(partly.tally.failed, ==, 0);
    g_assert_cmpuint(whole.tally.written, ==, 0);
    g_assert_cmpuint(whole.tally.removed, ==, 0);
    g_assert_true(hash_equal(&partly.root, &whole.root));
    test_newsroom_verify(newsroom);
}

/* ---- the reader ---- */

/* Shared between processes. */
typedef struct {
    volatile int stop;
    volatile unsigned passes;
    volatile int wrong;
    char message[1000];
} Watch;

static pid_t watch_begin(Watch *watch, const char *folder)
{
    pid_t child = fork();
    if (child != 0) {
        return child;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (!watch->stop) {
        char message[sizeof watch->message];
        if (!test_newsroom_check(folder, message, sizeof message)) {
            g_strlcpy(watch->message, message, sizeof watch->message);
            watch->wrong = 1;
            _exit(1);
        }
        watch->passes++;
    }
    _exit(0);
}

static void watch_end(Watch *watch, pid_t child)
{
    watch->stop = 1;
    waitpid(child, NULL, 0);
    if (watch->wrong) {
        g_error("a reader saw a torn edition: %s", watch->message);
    }
    g_test_message("the reader checked the whole edition %u times", watch->passes);
    g_assert_cmpuint(watch->passes, >, 0);
}

/* ---- the press that is killed ---- */

static void report(int pipe, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void report(int pipe, const char *format, ...)
{
    char line[100];
    va_list arguments;
    va_start(arguments, format);
    int length = g_vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (write(pipe, line, (size_t)length) != length) {
        _exit(2);
    }
}

static void must(bool done, GError *error)
{
    if (!done) {
        fprintf(stderr, "# the press that is to be killed failed: %s\n", error->message);
        _exit(3);
    }
}

/* Publishes, edits and presses until it is killed. Every fourth one presses all on two cores. */
static void work(TestNewsroom *newsroom, unsigned round, unsigned *made, int pipe)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    test_newsroom_open(newsroom, round % 4 == 3 ? 2 : 1);
    report(pipe, "ready\n");
    for (unsigned version = round * 1000 + 1;; version++) {
        GError *error = NULL;
        PressReport done = {0};
        bool more = false;
        unsigned number = pick(3) == 0 ? pick(*made) : (*made)++;
        PressRun how = {.full = round % 4 == 3, .plain = pick(2) == 0};
        must(put(newsroom, number, version, &error), error);
        report(pipe, "%u %u\n", number, version);
        must(press_run(test_newsroom_press(newsroom), &how, &done, &error), error);
        if (pick(4) == 0) {
            must(press_tidy(test_newsroom_press(newsroom), &more, &error), error);
        }
    }
}

/* number → the newest version that was reported */
typedef GHashTable Reported;

static void take_line(Reported *reported, const char *line, unsigned *made)
{
    unsigned number = 0, version = 0;
    if (sscanf(line, "%u %u", &number, &version) == 2) {
        g_hash_table_insert(reported, GUINT_TO_POINTER(number + 1), GUINT_TO_POINTER(version));
        *made = MAX(*made, number + 1);
    }
}

/* Reads to the end of the pipe. */
static void take_lines(FILE *lines, Reported *reported, unsigned *made)
{
    char line[100];
    while (fgets(line, sizeof line, lines) != NULL) {
        take_line(reported, line, made);
    }
}

static void kill_once(TestNewsroom *newsroom, unsigned round, unsigned *made, Reported *reported)
{
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        seed += round;
        work(newsroom, round, made, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    FILE *lines = fdopen(ends[0], "r");
    char line[100];
    g_assert_nonnull(fgets(line, sizeof line, lines));
    g_assert_cmpstr(line, ==, "ready\n");
    g_usleep(1000 + pick(WAIT_MOST));
    int status = 0;
    g_assert_cmpint(kill(child, SIGKILL), ==, 0);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    take_lines(lines, reported, made);
    (*made)++; /* one may have been saved and not reported */
    fclose(lines);
}

static void check_reported(TestNewsroom *newsroom, Reported *reported)
{
    g_autoptr(EditionReader) reader = open_reader(newsroom);
    GHashTableIter each;
    gpointer number, version;
    g_hash_table_iter_init(&each, reported);
    while (g_hash_table_iter_next(&each, &number, &version)) {
        check_story(newsroom, reader, GPOINTER_TO_UINT(number) - 1, GPOINTER_TO_UINT(version));
    }
}

static void test_kill(void)
{
    bool all = g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0;
    unsigned kills = all ? ALL_KILLS : KILLS, made = STORIES;
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en");
    g_autoptr(GHashTable) reported = g_hash_table_new(NULL, NULL);
    put_all(newsroom, STORIES);
    test_newsroom_run(newsroom, false);
    test_newsroom_close(newsroom);
    Watch *watch =
        mmap(NULL, sizeof *watch, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fflush(NULL);
    pid_t reader = watch_begin(watch, test_newsroom_folder(newsroom));
    for (unsigned round = 0; round < kills; round++) {
        kill_once(newsroom, round, &made, reported);
        test_newsroom_open(newsroom, 1);
        test_newsroom_run(newsroom, false);
        check_reported(newsroom, reported);
        check_full(newsroom);
        test_newsroom_close(newsroom);
        g_assert_false(watch->wrong);
    }
    watch_end(watch, reader);
    munmap(watch, sizeof *watch);
    g_test_message("%u kills, %u stories reported", kills, g_hash_table_size(reported));
    g_assert_cmpuint(g_hash_table_size(reported), >, 0);
}

/* ---- two presses ---- */

static void test_busy(void)
{
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en");
    g_autoptr(GError) error = NULL;
    PressLease lease;
    PressReport unused = {0};
    PressRun how = {.plain = true};
    put_all(newsroom, 3);
    g_assert_true(press_lease_take(&lease, test_newsroom_store(newsroom),
                                   press_directory(test_newsroom_press(newsroom)), NULL));
    test_newsroom_close(newsroom); /* the lock goes on */
    test_newsroom_open(newsroom, 1);
    g_assert_false(press_run(test_newsroom_press(newsroom), &how, &unused, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_assert_null(strchr(error->message, '\n'));
    lease.store = test_newsroom_store(newsroom);
    press_lease_drop(&lease);
    check_full(newsroom);
}

/* One of two that press as fast as they can. */
static void compete(TestNewsroom *newsroom, unsigned which)
{
    test_newsroom_open(newsroom, 1);
    for (unsigned i = 0; i < 25; i++) {
        GError *error = NULL;
        PressReport done = {0};
        PressRun how = {.plain = true};
        must(put(newsroom, 10 + which * 100 + i, i, &error), error);
        bool pressed = press_run(test_newsroom_press(newsroom), &how, &done, &error);
        must(pressed || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY), error);
        g_clear_error(&error);
    }
    test_newsroom_close(newsroom);
}

static void test_two(void)
{
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en");
    put_all(newsroom, 10);
    test_newsroom_run(newsroom, false);
    test_newsroom_close(newsroom);
    pid_t children[2];
    fflush(NULL);
    for (unsigned i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            compete(newsroom, i);
            _exit(0);
        }
    }
    for (unsigned i = 0; i < 2; i++) {
        int status = -1;
        waitpid(children[i], &status, 0);
        g_assert_cmpint(status, ==, 0);
    }
    test_newsroom_open(newsroom, 1);
    check_full(newsroom);
    g_autoptr(EditionReader) reader = open_reader(newsroom);
    for (unsigned i = 0; i < 25; i++) {
        check_story(newsroom, reader, 10 + i, i);
        check_story(newsroom, reader, 110 + i, i);
    }
}

/* ---- a machine that refuses ---- */

static void one_clear_line(const GError *error)
{
    g_assert_nonnull(error);
    g_test_message("the line: %s", error->message);
    g_assert_cmpuint(error->domain, ==, KOLOKOL_ERROR);
    g_assert_null(strchr(error->message, '\n'));
    g_assert_cmpuint(strlen(error->message), >, 15);
}

/* Publishes and presses until the machine refuses; how far stories were reported saved. */
static unsigned until_refused(TestNewsroom *newsroom, unsigned first)
{
    for (unsigned number = first; number < first + 500; number++) {
        g_autoptr(GError) error = NULL;
        PressReport done = {0};
        PressRun how = {.plain = false};
        if (!put(newsroom, number, 1, &error)) {
            one_clear_line(error);
            return number;
        }
        if (!press_run(test_newsroom_press(newsroom), &how, &done, &error)) {
            one_clear_line(error);
            return number + 1;
        }
    }
    g_error("the machine refused nothing");
}

/* After the machine has become kind again. */
static void check_mended(TestNewsroom *newsroom, unsigned stories)
{
    check_full(newsroom);
    g_autoptr(EditionReader) reader = open_reader(newsroom);
    for (unsigned i = 0; i < stories; i++) {
        check_story(newsroom, reader, i, 0);
    }
}

/* Fills a file until nothing more goes in, and leaves some room again. */
static void fill_disk(const char *path)
{
    static char block[4096];
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    off_t size = 0;
    g_assert_cmpint(file, >=, 0);
    memset(block, 'x', sizeof block);
    for (ssize_t put = 0; (put = write(file, block, sizeof block)) > 0;) {
        size += put;
    }
    g_assert_cmpint(ftruncate(file, MAX(size - ROOM_LEFT, 0)), ==, 0);
    close(file);
}

static void disk_full(void)
{
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en");
    g_autofree char *ballast = g_build_filename(test_newsroom_folder(newsroom), "ballast", NULL);
    put_all(newsroom, 10);
    test_newsroom_run(newsroom, false);
    fill_disk(ballast);
    unsigned stories = until_refused(newsroom, 10);
    test_newsroom_verify(newsroom);
    g_autoptr(GError) error = NULL;
    PressReport done = {0};
    PressRun how = {.full = true};
    if (!press_run(test_newsroom_press(newsroom), &how, &done, &error)) {
        one_clear_line(error);
    }
    test_newsroom_verify(newsroom);
    g_assert_cmpint(unlink(ballast), ==, 0);
    check_mended(newsroom, stories);
}

/* A small disk of our own, in a mount namespace that ends with the process. */
static void on_small_disk(void)
{
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", g_get_tmp_dir(), "tmpfs", 0, SMALL_DISK) != 0) {
        _exit(CANNOT);
    }
    disk_full();
}

/* Without the right to mount: files that may not grow beyond a few kilobytes. */
static void with_small_files(void)
{
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en");
    struct rlimit before, small = {0};
    put_all(newsroom, 10);
    test_newsroom_run(newsroom, false);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){6000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    unsigned stories = until_refused(newsroom, 10);
    test_newsroom_verify(newsroom);
    setrlimit(RLIMIT_FSIZE, &before);
    check_mended(newsroom, stories);
}

static int chown_one(const char *path, const struct stat *info, int flag, struct FTW *where)
{
    return lchown(path, NOBODY, NOBODY);
}

static mode_t folder_mode;

static int chmod_folder(const char *path, const struct stat *info, int flag, struct FTW *where)
{
    return S_ISDIR(info->st_mode) ? chmod(path, folder_mode) : 0;
}

static void folders(const char *path, mode_t mode)
{
    folder_mode = mode;
    nftw(path, chmod_folder, 16, FTW_PHYS | FTW_DEPTH);
}

/* As somebody to whom permissions apply. */
static void unwritable(void)
{
    g_autoptr(TestNewsroom) newsroom = test_newsroom_new(NULL, "en");
    g_autofree char *edition = g_build_filename(test_newsroom_folder(newsroom), "edition", NULL);
    put_all(newsroom, 10);
    test_newsroom_run(newsroom, false);
    test_newsroom_close(newsroom);
    if (geteuid() == 0) {
        nftw(test_newsroom_folder(newsroom), chown_one, 16, FTW_PHYS);
        if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0) {
            _exit(CANNOT);
        }
    }
    folders(edition, 0555);
    test_newsroom_open(newsroom, 1);
    unsigned stories = until_refused(newsroom, 10);
    test_newsroom_verify(newsroom);
    folders(edition, 0755);
    check_mended(newsroom, stories);
}

/* Runs a body in a process of its own; its exit status. */
static int apart(void (*body)(void))
{
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        body();
        fflush(NULL);
        _exit(0);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void test_disk_full(void)
{
    int status = apart(on_small_disk);
    if (status == CANNOT) {
        g_test_message("no right to mount: files are kept small instead");
        status = apart(with_small_files);
    }
    g_assert_cmpint(status, ==, 0);
}

static void test_small_files(void)
{
    g_assert_cmpint(apart(with_small_files), ==, 0);
}

static void test_unwritable(void)
{
    int status = apart(unwritable);
    if (status == CANNOT) {
        g_test_skip("cannot become another user");
        return;
    }
    g_assert_cmpint(status, ==, 0);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    const char *given = g_getenv("KOLOKOL_SEED");
    seed = given == NULL ? (uint64_t)g_get_real_time() : g_ascii_strtoull(given, NULL, 10);
    g_test_message("KOLOKOL_SEED=%" G_GUINT64_FORMAT, seed);
    g_test_add_func("/crash/kill", test_kill);
    g_test_add_func("/crash/busy", test_busy);
    g_test_add_func("/crash/two-presses", test_two);
    g_test_add_func("/crash/disk-full", test_disk_full);
    g_test_add_func("/crash/small-files", test_small_files);
    g_test_add_func("/crash/unwritable", test_unwritable);
    return g_test_run();
}
