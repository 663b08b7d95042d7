/* The list of commands, in the order of the help: command.h. */
#include "main/command_rows.h"

const Command *const commands[] = {
    &command_serve, &command_stand, &command_worker, &command_press, &command_edition,
    &command_keys,  NULL,
};
