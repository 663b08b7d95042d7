/*
 * What the office's pages of stories share: the site as the settings have it, and a story's fields
 * as a form has them.
 */
#pragma once

#include "desk/site.h"
#include "desk/story.h"
#include "web/fields.h"

typedef struct {
    DeskSite site;
    char **languages;
    char *url; /* of the newspaper, without a slash at the end */
} StoryDesk;

bool story_desk_open(Store *store, StoryDesk *desk, GError **error);
void story_desk_clear(StoryDesk *desk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryDesk, story_desk_clear)

/* The language that somebody asked for, by NULL or "" the first; INVALID if the site has it not. */
const char *story_desk_language(const StoryDesk *desk, const char *asked, GError **error);

/* Where readers find the story, or NULL while it has no path. Caller frees. */
char *story_desk_address(const StoryDesk *desk, const Story *story);

/* "2026-11-24T08:00", as a browser's field for a moment has it, or as in a story's file; in the
 * site's zone. INVALID. */
bool story_desk_moment(const StoryDesk *desk, const char *text, int64_t *moment, GError **error);

/* The other way, for the field. Caller frees. */
char *story_desk_field_moment(const StoryDesk *desk, int64_t moment);

/* The fields of a story's form beside title, lead and body. */
typedef enum {
    STORY_FIELD_SECTION,
    STORY_FIELD_TOPICS,  /* names, parted by commas; so is the next */
    STORY_FIELD_AUTHORS, /* "reporting: NAME" and "withheld" as in a story's file */
    STORY_FIELD_AGENCY,
    STORY_FIELD_PHOTO,
    STORY_FIELD_CAPTION,
    STORY_FIELD_CREDIT,
    STORY_FIELD_ALT,
    STORY_FIELD_SLUG,
    STORY_FIELD_KIND, /* "story", "opinion" or "live"; of a page "page", which it stays */
    STORY_FIELDS
} StoryField;

typedef struct {
    char *values[STORY_FIELDS]; /* never NULL once filled, but in story_fields_theirs() */
} StoryFields;

void story_fields_clear(StoryFields *fields);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryFields, story_fields_clear)

/* Before the name of a hidden field: what the field was when the form was made. */
#define STORY_FIELD_WAS "was-"

/* "section" …: the names in the form. */
const char *story_field_name(StoryField field);

bool story_fields_read(Store *store, int64_t story, StoryFields *fields, GError **error);

/* From a form; `prefix` before each name; a field that was not sent is as in `fallback`. */
void story_fields_take(StoryFields *fields, const Fields *form, const char *prefix,
                       const StoryFields *fallback);

/* What of a form differs from what it began with, and that too, as one text for a working copy
 * (working.h): "alt=A%20crane&was-alt=". Caller frees. */
char *story_fields_join(const StoryFields *was, const StoryFields *now);

/* And back. What is not in it is as stored now, in both. What has nothing that it began with, as in
 * working copies of older versions, began empty. */
void story_fields_split(const char *joined, const StoryFields *stored, StoryFields *was,
                        StoryFields *now);

/* Has somebody else stored something since, where this form changes it too? Or another photo under
 * its words, other words for its photo? *theirs gets that, NULL elsewhere. */
bool story_fields_theirs(const StoryFields *was, const StoryFields *now, const StoryFields *stored,
                         StoryFields *theirs);

/* Brings a form to what is stored, once that was said: what it leaves as it was is as stored now,
 * and what it changes it changes from there. */
void story_fields_settle(StoryFields *was, StoryFields *now, const StoryFields *stored);

/* A name as it stands in such a list. Caller frees. */
char *story_fields_name(const char *name);

/* "A, B" as names, none of them empty. One with a comma in it stands between quotation marks, with
 * its own doubled: "Lind, Vera", Ilya. Caller frees. */
char **story_fields_names(const char *text);

/* Writes what differs between `was` and `now`, so that what somebody else changed in the meantime
 * stays, in the other fields of the same photo or byline too. Errors: as story_edit.h. */
bool story_fields_write(Store *store, const DeskSite *site, int64_t story, const StoryFields *was,
                        const StoryFields *now, int64_t moment, GError **error);
