/* The command line: words into options and arguments, help, exit statuses. */
#include "main/command.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static char *out_text, *err_text;

/* Runs "kolokol WORDS…"; what it printed is in out_text and err_text. */
static int run(const char *first, ...)
{
    char *words[16] = {g_strdup("kolokol")};
    int count = 1;
    va_list args;
    va_start(args, first);
    for (const char *word = first; word != NULL; word = va_arg(args, const char *)) {
        words[count++] = g_strdup(word);
    }
    va_end(args);
    size_t length;
    free(out_text);
    free(err_text);
    FILE *out = open_memstream(&out_text, &length), *err = open_memstream(&err_text, &length);
    int status = command_main(count, words, out, err);
    fclose(out);
    fclose(err);
    for (int i = 0; i < count; i++) {
        g_free(words[i]);
    }
    return status;
}

static void test_help(void)
{
    g_assert_cmpint(run("--help", NULL), ==, 0);
    for (const Command *const *command = commands; *command != NULL; command++) {
        g_assert_nonnull(strstr(out_text, (*command)->summary));
    }
    for (const Command *const *command = commands; *command != NULL; command++) {
        g_assert_cmpint(run((*command)->name, "--help", NULL), ==, 0);
        g_assert_nonnull(strstr(out_text, (*command)->help));
        g_assert_cmpstr(err_text, ==, "");
    }
    g_assert_cmpint(run("--version", NULL), ==, 0);
    g_assert_true(g_str_has_prefix(out_text, "kolokol "));
    g_assert_cmpint(run("story", "--help", NULL), ==, 0); /* … is one column */
    g_assert_nonnull(strstr(out_text, "\n  publish ID…                visible now"));
    g_assert_cmpint(run(NULL), ==, 2);
    g_assert_cmpstr(out_text, ==, "");
}

static void test_usage(void)
{
    g_assert_cmpint(run("nothing", NULL), ==, 2);
    g_assert_nonnull(strstr(err_text, "there is no command \"nothing\""));
    g_assert_cmpint(run("-C", NULL), ==, 2);
    g_assert_cmpstr(err_text, ==, "kolokol: -C needs the newsroom's directory\n");
    g_assert_cmpint(run("tool", NULL), ==, 2);
    g_assert_cmpint(run("tool", "nothing", NULL), ==, 2);
    g_assert_cmpint(run("tool", "markdown", NULL), ==, 2);
    g_assert_cmpint(run("tool", "markdown", "a", "b", NULL), ==, 2);
    g_assert_nonnull(strstr(err_text, "Usage: kolokol [-C NEWSROOM] tool markdown FILE"));
    g_assert_cmpint(run("tool", "markdown", "a", "--nothing", NULL), ==, 2);
    g_assert_nonnull(strstr(err_text, "there is no option --nothing"));
    g_assert_cmpint(run("tool", "markdown", "a", "--language", NULL), ==, 2);
    g_assert_nonnull(strstr(err_text, "--language needs a value"));
    g_assert_cmpint(run("tool", "markdown", "a", "--partials=x", NULL), ==, 2);
    g_assert_nonnull(strstr(err_text, "--partials does not go with `tool markdown`"));
    g_assert_cmpint(run("init", "--demo=yes", "a", NULL), ==, 2);
    g_assert_nonnull(strstr(err_text, "--demo takes no value"));
    static const char *const bare[] = {"serve", "forms", "office", "worker", "stand", NULL};
    for (const char *const *name = bare; *name != NULL; name++) {
        g_assert_cmpint(run(*name, "x", NULL), ==, 2);
        g_assert_nonnull(strstr(err_text, "takes no arguments, only options"));
    }
}

/* One line says what is wrong; the status is 1. */
static void test_failure(void)
{
    g_assert_cmpint(run("tool", "markdown", "/nowhere/a.md", NULL), ==, 1);
    g_assert_cmpstr(out_text, ==, "");
    g_assert_true(g_str_has_prefix(err_text, "kolokol tool: "));
    g_assert_true(strchr(err_text, '\n') == err_text + strlen(err_text) - 1);
    g_assert_cmpint(run("-C", "/nowhere", "story", "list", NULL), ==, 1);
    g_assert_nonnull(strstr(err_text, "/nowhere is not a newsroom"));
}

/* After "--" everything is an argument, also what looks like an option or a cry for help. */
static void test_only_arguments(void)
{
    g_assert_cmpint(run("tool", "markdown", "--", "--help", NULL), ==, 1);
    g_assert_nonnull(strstr(err_text, "--help"));
    g_assert_cmpint(run("tool", "markdown", "--language=ru", "--", "--x", NULL), ==, 1);
}

static void test_number(void)
{
    static const char *const wrong[] = {"", "0", "-1", "+1", "1x", "9223372036854775808", " 1"};
    int64_t number = 0;
    g_assert_true(command_number("9223372036854775807", "it", &number, NULL));
    g_assert_cmpint(number, ==, G_MAXINT64);
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(command_number(wrong[i], "it", &number, &error));
        g_assert_error(error, COMMAND_USAGE, 2);
    }
    g_assert_cmpint(number, ==, G_MAXINT64);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/command/help", test_help);
    g_test_add_func("/command/usage", test_usage);
    g_test_add_func("/command/failure", test_failure);
    g_test_add_func("/command/only-arguments", test_only_arguments);
    g_test_add_func("/command/number", test_number);
    int status = g_test_run();
    free(out_text);
    free(err_text);
    return status;
}
