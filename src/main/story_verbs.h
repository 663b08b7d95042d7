/* Verbs of `kolokol story`; those that change stories are command_story.c. */
#pragma once

#include "main/command.h"

/* command_story_show.c */
bool story_verb_list(CommandContext *context, GError **error);
bool story_verb_show(CommandContext *context, GError **error);

/* command_story_outside.c */
bool story_verb_readings(CommandContext *context, GError **error);
bool story_verb_reading(CommandContext *context, GError **error);
bool story_verb_reading_end(CommandContext *context, GError **error);
bool story_verb_translation(CommandContext *context, GError **error);
bool story_verb_match(CommandContext *context, GError **error);

/* command_erasures.c */
bool story_verb_erasures(CommandContext *context, GError **error);
