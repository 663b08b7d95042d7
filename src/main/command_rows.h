/* The rows of all commands, each in the file of its subject; commands.c lists them. */
#pragma once

#include "main/command.h"

extern const Command command_press, command_worker, command_serve, command_stand, command_edition,
    command_keys;
