/*
 * What a story lacks before readers may see it, as a list for a person. What blocks is refused by
 * publishing itself, whoever asks (story_change.h); the rest is advice.
 */
#pragma once

#include "desk/story_change.h"

typedef enum {
    CHECK_CONFLICT,        /* marks of a merge are left in the text; number: the line. Blocks */
    CHECK_EMBARGO,         /* under embargo; number: until when. Blocks until then */
    CHECK_PHOTO_ALT,       /* number: the picture. Blocks where `picture-words` is "required" */
    CHECK_PHOTO_CREDIT,    /* the same */
    CHECK_PICTURE_ALT,     /* of one in the body, or in an entry; the same */
    CHECK_PICTURE_CREDIT,  /* the same */
    CHECK_PICTURE_MISSING, /* it is not in the library; the same. All that follows is advice */
    CHECK_NO_TEXT,
    CHECK_NO_STANDFIRST,
    CHECK_NO_SECTION,
    CHECK_NO_BYLINE,
    CHECK_COMMENTS, /* number: how many are open */
    CHECKS
} CheckKind;

#define CHECK_ENTRY 24u /* bytes of an anchor with its end */

typedef struct {
    CheckKind kind;
    bool blocks;
    int64_t number;
    StoryFormat format;      /* of the text that a picture stands in */
    char entry[CHECK_ENTRY]; /* of a picture in a live entry: its anchor; else "" */
} Check;

/* A body, or an entry of a live story. Borrowed. */
typedef struct {
    const char *body;
    StoryFormat format;
} CheckedText;

/* "conflict", "photo-alt" …: what the interface texts are named by. */
const char *check_name(CheckKind kind);

/* In the order of CheckKind. Elements Check. Errors: NOT_FOUND, the store's. */
GArray *checklist_of_story(Store *store, int64_t id, int64_t now, GError **error);

/* For story_change.c: refuses a change after which a story that is out has marks of a merge in a
 * text that is new, or that goes out by it, or pictures in it without their words or that are not
 * there, in the entries of a live story that goes out too (where `picture-words` is "required";
 * what the text lacked before, while it was out, stays; an import is told of them instead,
 * import.h). INVALID names the line, each picture. The
 * embargo is story_embargo.h, the lead photo story_photo.h. */
bool checklist_check(const StoryChange *change, GError **error);

/* For a text that readers see: each picture of the library in it is there and has its words (in
 * Markdown ![alt](media:ID "caption | credit"); in HTML an alt, and a figure whose caption says
 * something), where `picture-words` is "required". What the text lacked before, while it was out
 * (`old`; NULL: it was not), it may lack still. INVALID names the picture. */
bool checklist_pictures(Store *store, const CheckedText *text, const CheckedText *old,
                        GError **error);

/* How many pictures of the library such a text shows without their words, where `picture-words` is
 * "required"; else 0. */
bool checklist_lacking(Store *store, const CheckedText *text, guint *lacking, GError **error);
