/* The table: every row says all that its help and the manual need, and has a scenario. */
#include "main/command.h"
#include "main/command_rows.h"

#include <string.h>

static void check_line(const char *text)
{
    g_assert_nonnull(text);
    g_assert_cmpstr(text, !=, "");
    g_assert_null(strchr(text, '\n'));
}

static void test_complete(void)
{
    for (const Command *const *each = commands; *each != NULL; each++) {
        const Command *command = *each;
        g_test_message("%s", command->name);
        check_line(command->name);
        check_line(command->summary);
        g_assert_nonnull(command->usage);
        g_assert_true(g_str_has_suffix(command->help, "\n"));
        g_assert_true((command->run == NULL) == (command->verbs != NULL));
        for (const CommandVerb *verb = command->verbs; verb != NULL && verb->name != NULL; verb++) {
            check_line(verb->name);
            check_line(verb->help);
            g_assert_nonnull(verb->usage);
            g_assert_nonnull(verb->run);
            g_assert_cmpuint(verb->least, <=, verb->most);
            g_assert_true(verb->most > 0 || *verb->usage == '\0');
        }
    }
}

static void test_options(void)
{
    for (const Command *const *each = commands; *each != NULL; each++) {
        const Command *command = *each;
        for (int i = 0; i < COMMAND_OPTIONS_MAX && command->options[i].name != NULL; i++) {
            const CommandOption *option = &command->options[i];
            check_line(option->help);
            g_assert_true((option->kind == OPTION_VALUE) == (option->value != NULL));
            g_assert_cmpint(strncmp(option->name, "--", 2), !=, 0);
            g_auto(GStrv) verbs = g_strsplit(option->verbs == NULL ? "" : option->verbs, " ", -1);
            for (char **name = verbs; *name != NULL; name++) {
                const CommandVerb *verb = command->verbs;
                while (verb->name != NULL && strcmp(verb->name, *name) != 0) {
                    verb++;
                }
                g_assert_nonnull(verb->name);
            }
        }
    }
}

static void test_order(void)
{
    for (const Command *const *each = commands; *each != NULL; each++) {
        for (const Command *const *other = each + 1; *other != NULL; other++) {
            g_assert_cmpstr((*each)->name, !=, (*other)->name);
        }
    }
}

static char *all_scenarios(void)
{
    g_autofree char *folder = g_build_filename(g_getenv("KOLOKOL_SOURCE"), "tests/scenario", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    GString *all = g_string_new(NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        if (g_str_has_suffix(name, ".txt") && g_file_get_contents(path, &text, NULL, NULL)) {
            g_string_append(all, text);
        }
    }
    return g_string_free(all, FALSE);
}

/* Each command, and each verb, is run by a scenario. */
static void test_tested(void)
{
    if (g_getenv("KOLOKOL_SOURCE") == NULL) {
        g_test_skip("KOLOKOL_SOURCE is not set");
        return;
    }
    g_autofree char *all = all_scenarios();
    for (const Command *const *each = commands; *each != NULL; each++) {
        const CommandVerb *verb = (*each)->verbs;
        do {
            g_autofree char *words =
                g_strjoin(" ", "", (*each)->name, verb == NULL ? NULL : verb->name, NULL);
            g_autofree char *pattern =
                g_strdup_printf("^\\$ .*kolokol (-C [a-z]+ )?%s\\b", words + 1);
            if (!g_regex_match_simple(pattern, all, G_REGEX_MULTILINE, 0)) {
                g_test_message("no scenario runs `kolokol%s`", words);
                g_test_fail();
            }
        } while (verb != NULL && (++verb)->name != NULL);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/commands/complete", test_complete);
    g_test_add_func("/commands/options", test_options);
    g_test_add_func("/commands/names", test_order);
    g_test_add_func("/commands/tested", test_tested);
    return g_test_run();
}
