/* Verbs of `kolokol tool` that have a file of their own; the rest is command_tool.c. */
#pragma once

#include "main/command.h"

bool tool_openapi(CommandContext *context, GError **error);
bool tool_related(CommandContext *context, GError **error);
bool tool_search(CommandContext *context, GError **error);

/* A line for a story that `related` or `search` found: its number, or with --json what names it. */
bool tool_print_story(CommandContext *context, Store *store, int64_t id, GError **error);
