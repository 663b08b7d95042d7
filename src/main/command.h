/*
 * Commands: one row each (DESIGN 8). The row alone makes a command run, parses its options, and
 * writes its help; a test proves that every row has all of it.
 *
 * A command returns true for exit status 0. False with an error is status 1 and the error's one
 * line on stderr; COMMAND_USAGE as the error's domain is status 2. A command that has already said
 * what is wrong (one line an item, as import does) sets `context->failed` and returns true.
 */
#pragma once

#include "main/newsroom.h"
#include "text/json.h"

#include <stdio.h>

#define COMMAND_USAGE (command_usage_quark())
GQuark command_usage_quark(void);

/* Wrong usage: false, with the reason; the command's usage line is printed after it. */
bool command_usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

typedef enum { OPTION_FLAG, OPTION_VALUE } OptionKind;

typedef struct {
    const char *name; /* without the dashes */
    OptionKind kind;
    const char *value; /* what the help calls the value: "FILE" */
    const char *help;
    const char *verbs; /* the verbs it goes with, separated by spaces; NULL: all */
} CommandOption;

#define COMMAND_OPTIONS_MAX 16

typedef struct Command Command;
typedef struct CommandVerb CommandVerb;

typedef struct {
    const Command *command;
    const CommandVerb *verb;                 /* or NULL, if the command has none */
    const char *newsroom_dir;                /* -C, or "." */
    Newsroom *newsroom;                      /* loaded, unless the row says it needs none */
    char **arguments;                        /* without options and verb, NULL-ended */
    unsigned count;                          /* of arguments */
    const char *values[COMMAND_OPTIONS_MAX]; /* by the row's order; "" for a flag that was given */
    bool json;
    bool failed; /* status 1 though the command ran to its end */
    FILE *out;   /* stdout, or a test's */
    FILE *err;   /* stderr: lines on single items, progress */
} CommandContext;

/* The first argument of a command that does several things: `story publish`. */
struct CommandVerb {
    const char *name;
    const char *usage;    /* what follows it */
    const char *help;     /* one line */
    unsigned least, most; /* arguments after the verb */
    bool (*run)(CommandContext *context, GError **error);
};

#define COMMAND_MANY 100000u /* as CommandVerb.most: any number */

struct Command {
    const char *name;
    const char *usage;   /* what follows the name */
    const char *summary; /* one line for the list */
    const char *help;    /* paragraphs */
    bool needs_newsroom;
    bool (*run)(CommandContext *context, GError **error); /* NULL if it has verbs: */
    const CommandVerb *verbs;                             /* ended by name NULL; or NULL */
    CommandOption options[COMMAND_OPTIONS_MAX];
};

/* All commands, NULL-ended, in the order of the help. */
extern const Command *const commands[];

/* Was the flag or value with that name given? The value, "" for a flag, or NULL. */
const char *command_option(const CommandContext *context, const char *name);

/* Ends what `json` has written into `line`, and prints it with a line end. */
bool command_print_json(FILE *out, JsonWriter *json, const GString *line, GError **error);

/* An argument as the number of a story, a slot …; `what` names it in the message. */
bool command_number(const char *text, const char *what, int64_t *number, GError **error);

/* Runs a command line (argv[0] is the program's name); returns the exit status. Prints to out and
 * err. */
int command_main(int argc, char **argv, FILE *out, FILE *err);
