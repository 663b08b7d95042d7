/* Signs of life: who holds a name, what is left of who is gone, files that are no pulse. */
#include "base/pulse.h"

#include "base/error.h"
#include "base/fault.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;

static PulseSign look(const char *name)
{
    g_autoptr(GError) error = NULL;
    PulseSign sign = {.beat = -1};
    g_assert_true(pulse_look(folder, name, &sign, &error));
    g_assert_no_error(error);
    return sign;
}

static void test_life(void)
{
    g_autoptr(GError) error = NULL;
    PulseSign sign = look("stand");
    g_assert_false(sign.known || sign.alive);
    Pulse *pulse = pulse_take(folder, "stand", 16, 1000, &error);
    g_assert_no_error(error);
    sign = look("stand");
    g_assert_true(sign.known && sign.alive);
    g_assert_cmpint(sign.started, ==, 1000);
    g_assert_cmpint(sign.beat, ==, 1000);
    pulse_beat(pulse, 5000);
    pulse_beat(NULL, 6000);
    g_assert_cmpint(look("stand").beat, ==, 5000);
    pulse_free(pulse);
    sign = look("stand");
    g_assert_true(sign.known && !sign.alive);
    g_assert_cmpint(sign.beat, ==, 5000);
}

static void test_one_owner(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Pulse) pulse = pulse_take(folder, "forms", 0, 1, &error);
    g_assert_no_error(error);
    g_assert_nonnull(pulse);
    g_assert_null(pulse_take(folder, "forms", 0, 2, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_autoptr(Pulse) other = pulse_take(folder, "office", 0, 2, NULL);
    g_assert_nonnull(other);
}

/* A killed process is not alive, and a child that it left without exec is no matter of ours. */
static void test_killed(void)
{
    int told[2];
    char byte;
    g_assert_cmpint(pipe(told), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        Pulse *own = pulse_take(folder, "worker-press", 8, 77, NULL);
        g_assert_nonnull(own);
        memcpy(pulse_room(own), "rest", 5);
        g_assert_cmpint(write(told[1], "x", 1), ==, 1);
        for (;;) {
            pause();
        }
    }
    g_assert_cmpint(read(told[0], &byte, 1), ==, 1);
    g_assert_true(look("worker-press").alive);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(told[0]);
    close(told[1]);
    g_assert_false(look("worker-press").alive);
    g_autoptr(GBytes) left = pulse_read_room(folder, "worker-press", NULL);
    g_assert_cmpuint(g_bytes_get_size(left), ==, 8);
    g_assert_cmpstr(g_bytes_get_data(left, NULL), ==, "rest");
    g_autoptr(Pulse) next = pulse_take(folder, "worker-press", 8, 99, NULL);
    g_assert_cmpstr(pulse_room(next), ==, "rest");
    g_assert_cmpint(look("worker-press").started, ==, 99);
}

static void test_other_room(void)
{
    Pulse *pulse = pulse_take(folder, "stand-b", 8, 1, NULL);
    memcpy(pulse_room(pulse), "seven..", 8);
    pulse_free(pulse);
    g_autoptr(Pulse) wider = pulse_take(folder, "stand-b", 64, 2, NULL);
    g_assert_cmpstr(pulse_room(wider), ==, "");
    g_autoptr(GBytes) room = pulse_read_room(folder, "stand-b", NULL);
    g_assert_cmpuint(g_bytes_get_size(room), ==, 64);
    g_assert_null(pulse_read_room(folder, "nobody", NULL));
}

static void test_refused(void)
{
    static const char *const names[] = {"",  "../x", "a.b",
                                        "A", "a/b",  "abcdefghijklmnopqrstuvwxyzabcdef"};
    g_autoptr(GError) error = NULL;
    PulseSign sign;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_assert_null(pulse_take(folder, names[i], 0, 1, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_clear_error(&error);
        g_assert_false(pulse_look(folder, names[i], &sign, NULL));
    }
    g_assert_null(pulse_take(folder, "x", PULSE_ROOM + 1, 1, NULL));
    g_assert_null(pulse_take("/nowhere/at/all", "x", 0, 1, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_autofree char *path = g_build_filename(folder, "bad.pulse", NULL);
    g_assert_true(
        g_file_set_contents(path, "no pulse, but long enough for a head of one", -1, NULL));
    g_assert_false(pulse_look(folder, "bad", &sign, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_autoptr(Pulse) mended = pulse_take(folder, "bad", 0, 3, NULL);
    g_assert_nonnull(mended);
    g_assert_true(look("bad").alive);
}

/* A disk without space is an error at the start and no signal later. */
static void test_faults(void)
{
    for (uint64_t nth = 1; nth <= 2; nth++) {
        g_autoptr(GError) error = NULL;
        fault_plan(FAULT_FILE, nth, false);
        g_assert_null(pulse_take(folder, "fault", 8, 1, &error));
        fault_end();
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    }
    g_autoptr(Pulse) pulse = pulse_take(folder, "fault", 8, 1, NULL);
    g_assert_nonnull(pulse);
    PulseSign sign;
    fault_plan(FAULT_FILE, 1, false);
    g_assert_false(pulse_look(folder, "fault", &sign, NULL));
    fault_end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("kolokol-pulse-XXXXXX", NULL);
    g_test_add_func("/pulse/life", test_life);
    g_test_add_func("/pulse/one-owner", test_one_owner);
    g_test_add_func("/pulse/killed", test_killed);
    g_test_add_func("/pulse/other-room", test_other_room);
    g_test_add_func("/pulse/refused", test_refused);
    g_test_add_func("/pulse/faults", test_faults);
    int status = g_test_run();
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
    g_free(folder);
    return status;
}
