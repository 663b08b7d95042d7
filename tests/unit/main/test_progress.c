/* Progress bars: nothing before a second is over, and nothing where there is no terminal. */
#include "main/progress.h"

#include "base/clock.h"

#include <glib.h>
#include <string.h>

static char *shown(bool terminal, int64_t began, uint64_t total, uint64_t done)
{
    FILE *file = tmpfile();
    Progress progress;
    progress_begin(&progress, file, "stories", total);
    progress.terminal = terminal;
    progress.began -= began;
    progress.shown -= began;
    progress_step(&progress, done, done);
    progress_hide(&progress);
    char text[200];
    rewind(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    fclose(file);
    return g_strdup(text);
}

static void test_silent(void)
{
    g_autofree char *file = shown(false, 5 * CLOCK_SECOND, 100, 50);
    g_autofree char *early = shown(true, 0, 100, 50);
    g_assert_cmpstr(file, ==, "");
    g_assert_cmpstr(early, ==, "");
}

static void test_bar(void)
{
    g_autofree char *half = shown(true, 2 * CLOCK_SECOND, 100, 50);
    g_autofree char *over = shown(true, 2 * CLOCK_SECOND, 100, 900);
    g_autofree char *unknown = shown(true, 2 * CLOCK_SECOND, 0, 7);
    g_assert_nonnull(strstr(half, "[###############               ]  50 %  50 stories"));
    g_assert_nonnull(strstr(over, "] 100 %  900 stories"));
    g_assert_nonnull(strstr(unknown, "7 stories"));
    g_assert_true(g_str_has_suffix(half, "\r\033[K"));
}

/* The next thing is counted by another name; the first second is not waited for again. */
static void test_next(void)
{
    FILE *file = tmpfile();
    Progress progress;
    progress_begin(&progress, file, "pages", 10);
    progress.terminal = true;
    progress.began -= 2 * CLOCK_SECOND;
    progress_next(&progress, "steps");
    progress.shown -= 2 * CLOCK_SECOND;
    progress_step(&progress, 3, 3);
    progress.shown -= 2 * CLOCK_SECOND;
    progress_part(4, 8, &progress);
    char text[200];
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    g_assert_cmpstr(text, ==,
                    "\r3 steps\033[K\r[###############               ]  50 %  4 steps\033[K");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/progress/silent", test_silent);
    g_test_add_func("/progress/bar", test_bar);
    g_test_add_func("/progress/next", test_next);
    return g_test_run();
}
