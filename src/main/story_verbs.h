/* The verbs of `kolokol story` that only read: command_story_show.c. */
#pragma once

#include "main/command.h"

bool story_verb_list(CommandContext *context, GError **error);
bool story_verb_show(CommandContext *context, GError **error);

/* command_erasures.c */
bool story_verb_erasures(CommandContext *context, GError **error);
