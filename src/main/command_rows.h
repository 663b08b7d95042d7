/* The rows of all commands, each in the file of its subject; commands.c lists them. */
#pragma once

#include "main/command.h"

extern const Command command_press, command_worker, command_serve, command_forms, command_stand,
    command_edition, command_keys, command_init, command_import, command_export, command_story,
    command_front, command_breaking, command_media, command_newsletter, command_campaign,
    command_gift, command_settings, command_subscriber, command_jobs, command_office, command_staff,
    command_author, command_theme, command_tool;
