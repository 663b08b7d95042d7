/*
 * What the office's pages of pictures share: how one is shown, the form that sends files, and a
 * picture's page. Handlers are media_office.c and media_edit_office.c.
 */
#pragma once

#include "desk/media_crop.h"
#include "desk/story_desk.h"
#include "office/office.h"
#include "text/html.h"

/* Bytes of a post that sends files, and how many: what does not fit is sent in several. */
#define MEDIA_POST_MOST  (64u * 1024 * 1024)
#define MEDIA_POST_FILES 20u

/* A form of a picture that is small enough to be shown here: a variant, or the original while it
 * has none and is not too large. */
typedef struct {
    char *file; /* below media/ */
    char hash[65];
    const char *mime;
    int64_t width, height;
} MediaShown;

void media_shown_clear(MediaShown *shown);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MediaShown, media_shown_clear)

/* `shape` is VARIANT_SQUARE or VARIANT_WIDE. `file` stays NULL if there is nothing to show yet. */
bool media_shown_find(Store *store, const Media *media, const char *shape, MediaShown *shown,
                      GError **error);

/* <img>, or an empty box while there is nothing to show. `alt` NULL: the picture's. */
bool media_view_image(HtmlWriter *page, Store *store, const Media *media, const char *shape,
                      const char *alt, GError **error);

/* What a picture is called in a list: its caption, else its alt text, else its number. Caller
 * frees. */
char *media_view_title(const Media *media);

/* <form> that sends files to a path; html_close(page, "form") ends it. */
void media_view_send_form(HtmlWriter *page, const OfficeVisit *visit, const char *path, bool many);

/* The head of a page of pictures: style and script. */
void media_view_assets(HtmlWriter *page);

/* The fields of a picture's form. */
typedef enum {
    MEDIA_FIELD_CAPTION,
    MEDIA_FIELD_ALT,
    MEDIA_FIELD_PHOTOGRAPHER,
    MEDIA_FIELD_AGENCY,
    MEDIA_FIELD_LICENCE,
    MEDIA_FIELD_LICENCE_DAY,
    MEDIA_FIELD_SOURCE,
    MEDIA_FIELD_TAKEN,
    MEDIA_FIELD_FOCAL_X,
    MEDIA_FIELD_FOCAL_Y,
    MEDIA_FIELDS
} MediaField;

const char *media_field_name(MediaField field);

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    Media *media;
    GArray *usage; /* ids of stories */
    bool out;      /* one of them goes out: who may not publish changes no words */
    MediaCrop crop;
    char *values[MEDIA_FIELDS]; /* as the form shows them */
    char *stored[MEDIA_FIELDS]; /* as they are */
    char *mark;                 /* of what is stored (office/seen.h) */
    bool differs;               /* somebody changed it since the form was made */
    const char *problem;        /* borrowed, or NULL */
    unsigned status;
} MediaView;

void media_view_clear(MediaView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MediaView, media_view_clear)

/* A focal point that is left empty, which leaves it as it is. */
bool media_field_unsaid(const MediaView *view, unsigned field);

/* The picture as stored. */
bool media_view_load(OfficeVisit *visit, int64_t id, MediaView *view, GError **error);

HttpReply *media_view_page(MediaView *view);

/* media_crop_office.c: the form that cuts it. */
bool media_crop_write(HtmlWriter *page, const MediaView *view, GError **error);
