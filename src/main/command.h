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
} CommandOption;

#define COMMAND_OPTIONS_MAX 12

typedef struct Command Command;

typedef struct {
    const Command *command;
    const char *newsroom_dir;                /* -C, or "." */
    Newsroom *newsroom;                      /* loaded, unless the row says it needs none */
    char **arguments;                        /* after the options, NULL-ended */
    unsigned count;                          /* of arguments */
    const char *values[COMMAND_OPTIONS_MAX]; /* by the row's order; "" for a flag that was given */
    bool json;
    bool failed; /* status 1 though the command ran to its end */
    FILE *out;   /* stdout, or a test's */
} CommandContext;

struct Command {
    const char *name;
    const char *usage;   /* what follows the name */
    const char *summary; /* one line for the list */
    const char *help;    /* paragraphs */
    bool needs_newsroom;
    bool (*run)(CommandContext *context, GError **error);
    CommandOption options[COMMAND_OPTIONS_MAX];
};

/* All commands, NULL-ended, in the order of the help. */
extern const Command *const commands[];

/* Was the flag or value with that name given? The value, "" for a flag, or NULL. */
const char *command_option(const CommandContext *context, const char *name);

/* Runs a command line (argv[0] is the program's name); returns the exit status. Prints to out and
 * err. */
int command_main(int argc, char **argv, FILE *out, FILE *err);
