/* `kolokol jobs`: a job that was given up is shown, run again, forgotten. */
#include "main/command.h"

#include "base/error.h"
#include "forms/intake.h"
#include "jobs/jobs.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned ran;

static bool refuse(Store *store, const Job *job, void *context, GError **error)
{
    ran++;
    return fail(error, KOLOKOL_ERROR_INVALID, "the picture is broken");
}

static const JobKind kinds[] = {
    {"picture", "slow", refuse, 2, INT64_C(60000000), INT64_C(1000000), "Refuses."},
    {.kind = NULL}};

/* What "kolokol WORDS" prints; the status must be that. */
static char *run(int status, const char *const *words)
{
    g_auto(GStrv) copy = g_strdupv((char **)words);
    char *out_text, *err_text;
    size_t length;
    FILE *out = open_memstream(&out_text, &length), *err = open_memstream(&err_text, &length);
    g_assert_cmpint(command_main((int)g_strv_length(copy), copy, out, err), ==, status);
    fclose(out);
    fclose(err);
    char *text = g_strconcat(out_text, err_text, NULL);
    free(out_text);
    free(err_text);
    return text;
}

static char *run_jobs(const char *dir, int status, const char *verb, const char *word,
                      const char *flag)
{
    return run(status, (const char *const[]){"kolokol", "-C", dir, "jobs", verb, word, flag, NULL});
}

static void work(Store *store)
{
    g_autoptr(GError) error = NULL;
    bool one = true;
    while (one) {
        jobs_run_one(store, "slow", NULL, &one, &error);
        g_assert_no_error(error);
    }
}

static void test_dead_job(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("jobs-XXXXXX", &error), *dir = NULL;
    g_assert_no_error(error);
    dir = g_build_filename(folder, "d", NULL);
    g_autofree char *made = run(0, (const char *const[]){"kolokol", "init", dir, NULL});
    g_assert_nonnull(strstr(made, dir));
    g_autofree char *none = run_jobs(dir, 0, "list", NULL, NULL);
    g_assert_cmpstr(none, ==, "");

    g_autoptr(Newsroom) newsroom = newsroom_load(dir, &error);
    g_autoptr(Store) store = newsroom_store(newsroom, &error);
    g_assert_no_error(error);
    jobs_register(kinds);
    g_assert_true(job_enqueue(store, "picture", "media/7", "secret@example.org", 0, &error));
    work(store);
    g_assert_cmpuint(ran, ==, 1);

    g_autofree char *listed = run_jobs(dir, 0, "list", NULL, NULL);
    g_assert_nonnull(strstr(listed, "picture media/7, 1 attempts: the picture is broken\n"));
    g_assert_null(strstr(listed, "secret"));
    g_autofree char *json = run_jobs(dir, 0, "list", "--json", NULL);
    g_assert_nonnull(strstr(json, "\"kind\":\"picture\",\"key\":\"media/7\",\"attempts\":1"));
    g_autofree char *id = g_strdup_printf("%d", atoi(listed));

    g_autofree char *again = run_jobs(dir, 0, "retry", id, NULL);
    g_assert_true(g_str_has_suffix(again, ": runs again\n"));
    jobs_register(kinds); /* the command has registered the program's own */
    work(store);
    g_assert_cmpuint(ran, ==, 2);
    g_autofree char *forgotten = run_jobs(dir, 0, "forget", id, "--json");
    g_assert_true(g_str_has_suffix(forgotten, "\"done\":\"forgotten\"}\n"));
    g_autofree char *gone = run_jobs(dir, 1, "forget", id, NULL);
    g_assert_true(g_str_has_prefix(gone, "kolokol jobs: "));
    g_autofree char *wrong = run_jobs(dir, 2, "retry", "x", NULL);
    g_assert_nonnull(strstr(wrong, "Usage:"));
    jobs_register(NULL);
}

/* What a reader sent and the worker could not do. */
static void test_set_aside(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("jobs-XXXXXX", &error);
    g_autofree char *dir = g_build_filename(folder, "d", NULL);
    g_autofree char *made = run(0, (const char *const[]){"kolokol", "init", dir, NULL});
    g_assert_nonnull(strstr(made, dir));
    g_autoptr(Newsroom) newsroom = newsroom_load(dir, &error);
    g_autoptr(Store) intake = intake_open(newsroom->intake, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) sealed = g_bytes_new_static("x", 1);
    Hash ticket = hash_of("ticket", 6);
    char hex[HASH_HEX];
    hash_hex(&ticket, hex);
    g_autofree char *name = g_strdup_printf("f%.12s", hex);
    g_assert_true(intake_put(intake, &ticket, sealed, 1, &error));
    g_autofree char *none = run_jobs(dir, 0, "list", NULL, NULL); /* it waits, nothing is wrong */
    g_assert_cmpstr(none, ==, "");
    g_assert_true(intake_postpone(intake, &ticket, INT64_MAX, "the disk", &error));

    g_autofree char *listed = run_jobs(dir, 0, "list", NULL, NULL);
    g_assert_true(g_str_has_prefix(listed, name));
    g_assert_nonnull(strstr(listed, "form, 0 attempts: the disk\n"));
    g_autofree char *json = run_jobs(dir, 0, "list", "--json", NULL);
    g_assert_nonnull(strstr(json, "\"lane\":\"forms\",\"kind\":\"form\""));
    g_autofree char *again = run_jobs(dir, 0, "retry", name, NULL);
    g_assert_true(g_str_has_suffix(again, ": runs again\n"));
    g_autofree char *not_there = run_jobs(dir, 1, "forget", name, NULL);
    g_assert_nonnull(strstr(not_there, "there is no form f"));
    g_assert_true(intake_postpone(intake, &ticket, INT64_MAX, "the disk", &error));
    g_autofree char *forgotten = run_jobs(dir, 0, "forget", name, "--json");
    g_assert_nonnull(strstr(forgotten, "\"done\":\"forgotten\"}"));
    g_autofree char *empty = run_jobs(dir, 0, "list", NULL, NULL);
    g_assert_cmpstr(empty, ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/command-jobs/dead-job", test_dead_job);
    g_test_add_func("/command-jobs/set-aside", test_set_aside);
    return g_test_run();
}
