/* Verbs of `kolokol staff` about tokens of the API; the rest is command_staff.c. */
#pragma once

#include "main/command.h"

bool staff_token(CommandContext *context, GError **error);
bool staff_tokens(CommandContext *context, GError **error);
bool staff_revoke(CommandContext *context, GError **error);
