/* The command line: command.h. The rows are in commands.c, what they do in command_*.c. */
#include "main/command.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>

G_DEFINE_QUARK(kolokol - command - usage, command_usage)

bool command_usage(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_propagate_error(error, g_error_new_valist(COMMAND_USAGE, 2, format, args));
    va_end(args);
    return false;
}

const char *command_option(const CommandContext *context, const char *name)
{
    for (int i = 0; i < COMMAND_OPTIONS_MAX && context->command->options[i].name != NULL; i++) {
        if (strcmp(context->command->options[i].name, name) == 0) {
            return context->values[i];
        }
    }
    return NULL;
}

static const Command *command_find(const char *name)
{
    for (const Command *const *command = commands; *command != NULL; command++) {
        if (strcmp((*command)->name, name) == 0) {
            return *command;
        }
    }
    return NULL;
}

static void help_all(FILE *out)
{
    fputs("kolokol: an independent newsroom in one program.\n\n"
          "Usage: kolokol [-C NEWSROOM] COMMAND …\n\nCommands:\n",
          out);
    for (const Command *const *command = commands; *command != NULL; command++) {
        fprintf(out, "  %-12s %s\n", (*command)->name, (*command)->summary);
    }
    fputs("\n`kolokol COMMAND --help` tells more. -C names the newsroom's directory; without it, "
          "the present one.\n"
          "`kolokol --version` says which this is.\n"
          "Exit status: 0 done, 1 refused or failed (one line on stderr), 2 wrong usage.\n",
          out);
}

/* A row of help: the columns are letters, not bytes. */
static void help_row(const char *left, const char *help, FILE *out)
{
    int letters = (int)g_utf8_strlen(left, -1);
    fprintf(out, "  %s%*s %s\n", left, MAX(26 - letters, 0), "", help);
}

static void help_one(const Command *command, FILE *out)
{
    fprintf(out, "kolokol %s: %s\n\nUsage: kolokol [-C NEWSROOM] %s%s%s\n\n%s\n", command->name,
            command->summary, command->name, *command->usage == '\0' ? "" : " ", command->usage,
            command->help);
    for (const CommandVerb *verb = command->verbs; verb != NULL && verb->name != NULL; verb++) {
        g_autofree char *left = g_strconcat(verb->name, " ", verb->usage, NULL);
        help_row(left, verb->help, out);
    }
    if (command->verbs != NULL && command->options[0].name != NULL) {
        fputc('\n', out);
    }
    for (int i = 0; i < COMMAND_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        const CommandOption *option = &command->options[i];
        g_autofree char *left =
            g_strdup_printf("--%s%s%s", option->name, option->kind == OPTION_VALUE ? " " : "",
                            option->kind == OPTION_VALUE ? option->value : "");
        help_row(left, option->help, out);
    }
}

static int option_index(const Command *command, const char *name, size_t length)
{
    for (int i = 0; i < COMMAND_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        if (strlen(command->options[i].name) == length &&
            strncmp(command->options[i].name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

/* Takes "--name", "--name value" or "--name=value"; *next is the word after it. */
static bool take_option(CommandContext *context, char **words, int count, int *next, GError **error)
{
    const char *name = words[*next - 1] + 2;
    size_t length = strcspn(name, "=");
    int index = option_index(context->command, name, length);
    if (index < 0) {
        return command_usage(error, "there is no option --%.*s", (int)length, name);
    }
    bool has_value = name[length] == '=';
    if (context->command->options[index].kind == OPTION_FLAG) {
        context->values[index] = "";
        return !has_value || command_usage(error, "--%.*s takes no value", (int)length, name);
    }
    if (has_value) {
        context->values[index] = name + length + 1;
        return true;
    }
    if (*next >= count) {
        return command_usage(error, "--%s needs a value", name);
    }
    context->values[index] = words[(*next)++];
    return true;
}

static bool parse(CommandContext *context, char **words, int count, GError **error)
{
    bool only_arguments = false;
    for (int next = 0; next < count;) {
        char *word = words[next++];
        if (!only_arguments && strcmp(word, "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && g_str_has_prefix(word, "--")) {
            if (!take_option(context, words, count, &next, error)) {
                return false;
            }
        } else {
            context->arguments[context->count++] = word;
        }
    }
    context->json = command_option(context, "json") != NULL;
    return true;
}

static bool names_verb(const char *verbs, const char *verb)
{
    g_auto(GStrv) each = g_strsplit(verbs, " ", -1);
    return g_strv_contains((const char *const *)each, verb);
}

/* The first argument is the verb; the rest must be as many as it takes, the options its own. */
static bool take_verb(CommandContext *context, GError **error)
{
    const CommandVerb *verb = context->command->verbs;
    const char *word = context->arguments[0];
    if (word == NULL) {
        return command_usage(error, "say what to do");
    }
    while (verb->name != NULL && strcmp(verb->name, word) != 0) {
        verb++;
    }
    if (verb->name == NULL) {
        return command_usage(error, "there is no `%s %.40s`", context->command->name, word);
    }
    context->verb = verb;
    context->arguments++;
    context->count--;
    if (context->count < verb->least) {
        return command_usage(error, "more arguments are needed");
    }
    if (context->count > verb->most) {
        return command_usage(error, "there are too many arguments");
    }
    for (int i = 0; i < COMMAND_OPTIONS_MAX && context->command->options[i].name != NULL; i++) {
        const CommandOption *option = &context->command->options[i];
        if (context->values[i] != NULL && option->verbs != NULL &&
            !names_verb(option->verbs, verb->name)) {
            return command_usage(error, "--%s does not go with `%s %s`", option->name,
                                 context->command->name, verb->name);
        }
    }
    return true;
}

bool command_print_json(FILE *out, JsonWriter *json, const GString *line, GError **error)
{
    if (!json_writer_finish(json, error)) {
        return false;
    }
    fprintf(out, "%s\n", line->str);
    return true;
}

bool command_number(const char *text, const char *what, int64_t *number, GError **error)
{
    guint64 value = 0;
    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &value, NULL)) {
        return command_usage(error, "%s is a number from 1, not \"%.40s\"", what, text);
    }
    *number = (int64_t)value;
    return true;
}

/* Does its usage name options only, "[--lane LANE]"? */
static bool takes_none(const Command *command)
{
    const char *at = command->usage;
    while (command->verbs == NULL && *at != '\0') {
        if (*at == ' ') {
            at++;
        } else if (g_str_has_prefix(at, "[--")) {
            at += strcspn(at, "]");
            at += *at == ']';
        } else {
            return false;
        }
    }
    return command->verbs == NULL;
}

static bool run(CommandContext *context, char **words, int count, GError **error)
{
    if (!parse(context, words, count, error) ||
        (context->command->verbs != NULL && !take_verb(context, error))) {
        return false;
    }
    if (context->count > 0 && takes_none(context->command)) {
        return command_usage(error, "`%s` takes no arguments, only options",
                             context->command->name);
    }
    if (context->command->needs_newsroom) {
        context->newsroom = newsroom_load(context->newsroom_dir, error);
        if (context->newsroom == NULL) {
            return false;
        }
    }
    return context->verb != NULL ? context->verb->run(context, error)
                                 : context->command->run(context, error);
}

/* The words after an error: what was begun, with the options that go with it. Where no verb was
 * found, the verbs are what is wanted. */
static char *usage_of(const Command *command, const CommandVerb *verb)
{
    GString *line = g_string_new(command->name);
    const char *usage = verb == NULL ? command->usage : verb->usage;
    if (verb != NULL) {
        g_string_append_printf(line, " %s", verb->name);
    }
    g_string_append_printf(line, "%s%s", *usage == '\0' ? "" : " ", usage);
    bool with_options = verb != NULL || command->verbs == NULL;
    for (int i = 0; with_options && i < COMMAND_OPTIONS_MAX && command->options[i].name != NULL;
         i++) {
        const CommandOption *option = &command->options[i];
        g_autofree char *word = g_strconcat("--", option->name, NULL);
        bool goes = verb == NULL || option->verbs == NULL || names_verb(option->verbs, verb->name);
        if (goes && strstr(usage, word) == NULL) {
            g_string_append_printf(line, " [%s%s%s]", word, option->kind == OPTION_VALUE ? " " : "",
                                   option->kind == OPTION_VALUE ? option->value : "");
        }
    }
    return g_string_free(line, FALSE);
}

static int status_of(const CommandContext *context, bool done, const GError *error)
{
    FILE *err = context->err;
    if (fflush(context->out) != 0 || ferror(context->out)) {
        if (errno == EPIPE) { /* `… | head` has seen enough */
            return 1;
        }
        fprintf(err, "kolokol %s: cannot write the output: %s\n", context->command->name,
                g_strerror(errno));
        return 1;
    }
    if (done) {
        return context->failed ? 1 : 0;
    }
    fprintf(err, "kolokol %s: %s\n", context->command->name, error->message);
    if (error->domain == COMMAND_USAGE) {
        g_autofree char *usage = usage_of(context->command, context->verb);
        fprintf(err, "Usage: kolokol [-C NEWSROOM] %s\n", usage);
        return 2;
    }
    return 1;
}

static bool wants_help(char **words, int count)
{
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

int command_main(int argc, char **argv, FILE *out, FILE *err)
{
    const char *dir = ".";
    int at = 1;
    if (argc == 2 && strcmp(argv[at], "-C") == 0) {
        fputs("kolokol: -C needs the newsroom's directory\n", err);
        return 2;
    }
    if (at + 1 < argc && strcmp(argv[at], "-C") == 0) {
        dir = argv[at + 1];
        at += 2;
    }
    if (at >= argc || strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0 ||
        strcmp(argv[at], "help") == 0) {
        help_all(at >= argc ? err : out);
        return at >= argc ? 2 : 0;
    }
    if (strcmp(argv[at], "--version") == 0) {
        fputs("kolokol " KOLOKOL_VERSION "\n", out);
        return 0;
    }
    const Command *command = command_find(argv[at]);
    if (command == NULL) {
        fprintf(err, "kolokol: there is no command \"%s\"; `kolokol --help` lists them\n",
                argv[at]);
        return 2;
    }
    if (wants_help(argv + at + 1, argc - at - 1)) {
        help_one(command, out);
        return 0;
    }
    g_autofree char **arguments = g_new0(char *, (gsize)argc + 1);
    CommandContext context = {
        .command = command, .newsroom_dir = dir, .arguments = arguments, .out = out, .err = err};
    g_autoptr(GError) error = NULL;
    bool done = run(&context, argv + at + 1, argc - at - 1, &error);
    newsroom_free(context.newsroom);
    return status_of(&context, done, error);
}
