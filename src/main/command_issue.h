/* The verbs of `kolokol newsletter` that are about issues; the table is command_newsletter.c. */
#pragma once

#include "main/command.h"

bool newsletter_verb_compose(CommandContext *context, GError **error);
bool newsletter_verb_preview(CommandContext *context, GError **error);
bool newsletter_verb_send(CommandContext *context, GError **error);
bool newsletter_verb_status(CommandContext *context, GError **error);
bool newsletter_verb_settle(CommandContext *context, GError **error); /* command_settle.c */
