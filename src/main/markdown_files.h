/*
 * The Markdown files that somebody names: files as they are, directories walked for *.md and
 * *.markdown, in the byte order of their names. Hidden names are passed over, symbolic links to
 * directories not followed. Each file has a name relative to what was given, by which a story
 * without an `id` is known again.
 */
#pragma once

#include "desk/story_input.h"

#define MARKDOWN_FILES_MOST 1000000u

typedef struct MarkdownFiles MarkdownFiles;

MarkdownFiles *markdown_files_new(void);
void markdown_files_free(MarkdownFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MarkdownFiles, markdown_files_free)

/* Errors: NOT_FOUND, IO, INVALID (a directory without any), LIMIT. */
bool markdown_files_add(MarkdownFiles *files, const char *path, GError **error);

unsigned markdown_files_count(const MarkdownFiles *files);
const char *markdown_files_path(const MarkdownFiles *files, unsigned index);
const char *markdown_files_name(const MarkdownFiles *files, unsigned index);

/* What a file's name says of a story that does not say it: the id "file:NAME", and date and slug of
 * "2026-11-23-fog.md". */
void markdown_file_defaults(StoryInput *input, const char *name);
