/* One picture in the office: its words, other bytes, its end: media_view.h writes the page. Other
 * bytes are an upload like any (incoming.h), with the picture as its target. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/moment.h"
#include "desk/incoming.h"
#include "desk/media_change.h"
#include "desk/media_office.h"
#include "desk/media_upload.h"
#include "desk/media_view.h"
#include "office/frame.h"
#include "office/reason.h"
#include "office/seen.h"
#include "seal/hash.h"
#include "web/multipart.h"

#include <inttypes.h>
#include <string.h>

/* Per mille as a form has it: "40", "40.5", "" if not said. Caller frees. */
static char *per_cent(int64_t value)
{
    return value < 0         ? g_strdup("")
           : value % 10 == 0 ? g_strdup_printf("%" PRId64, value / 10)
                             : g_strdup_printf("%" PRId64 ".%" PRId64, value / 10, value % 10);
}

/* What the form shows of a picture. */
static void take_stored(const Media *media, GTimeZone *zone, char *stored[MEDIA_FIELDS])
{
    const char *const said[] = {
        [MEDIA_FIELD_CAPTION] = media->caption,
        [MEDIA_FIELD_ALT] = media->alt,
        [MEDIA_FIELD_PHOTOGRAPHER] = media->photographer,
        [MEDIA_FIELD_AGENCY] = media->agency,
        [MEDIA_FIELD_LICENCE] = media->licence,
        [MEDIA_FIELD_SOURCE] = media->source,
        [MEDIA_FIELD_TAKEN] = media->taken,
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(said); i++) {
        stored[i] = g_strdup(said[i]);
    }
    stored[MEDIA_FIELD_LICENCE_DAY] =
        media->licence_until == 0 ? g_strdup("") : moment_day(media->licence_until - 1, zone);
    stored[MEDIA_FIELD_FOCAL_X] = per_cent(media->focal_x);
    stored[MEDIA_FIELD_FOCAL_Y] = per_cent(media->focal_y);
}

static char *mark_of(char *const stored[MEDIA_FIELDS])
{
    const char *texts[MEDIA_FIELDS + 1] = {NULL};
    for (unsigned i = 0; i < MEDIA_FIELDS; i++) {
        texts[i] = stored[i];
    }
    return hash_mark(texts);
}

bool media_view_load(OfficeVisit *visit, int64_t id, MediaView *view, GError **error)
{
    view->visit = visit;
    view->status = 200;
    view->media = media_read(visit->store, id, error);
    view->usage = view->media == NULL ? NULL : media_usage(visit->store, id, error);
    if (view->usage == NULL || !media_goes_out(visit->store, id, &view->out, error) ||
        !media_crop_read(visit->store, id, &view->crop, error) ||
        !story_desk_open(visit->store, &view->desk, error)) {
        return false;
    }
    take_stored(view->media, view->desk.site.zone, view->stored);
    view->mark = mark_of(view->stored);
    for (unsigned i = 0; i < MEDIA_FIELDS; i++) {
        view->values[i] = g_strdup(view->stored[i]);
    }
    return true;
}

/* The picture that the address names; or false and a reply. */
static bool open_picture(OfficeVisit *visit, MediaView *view, HttpReply **wrong)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        *wrong = office_not_found(visit);
        return false;
    }
    if (!media_view_load(visit, id, view, &reason)) {
        *wrong = office_failed(visit, reason);
        return false;
    }
    return true;
}

static HttpReply *problem(MediaView *view, const GError *reason)
{
    view->problem = office_reason(view->visit, reason);
    view->status = office_status(reason);
    return media_view_page(view);
}

static HttpReply *back(OfficeVisit *visit, const MediaView *view)
{
    g_autofree char *path = g_strdup_printf("/pictures/%" PRId64 "?done=changed", view->media->id);
    return office_see_other(visit, path);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    g_auto(MediaView) view = {0};
    HttpReply *wrong = NULL;
    return open_picture(visit, &view, &wrong) ? media_view_page(&view) : wrong;
}

/* ---- Its words ------------------------------------------------------------------------------ */

/* "40.5" as 405. */
static bool per_mille(const char *text, int64_t *value, GError **error)
{
    char *end = NULL;
    double number = g_ascii_strtod(text, &end);
    if (end == text || *end != '\0' || !(number >= 0 && number <= 100)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.40s\" is no place in the picture; write per cent from the left and from "
                    "the top, from 0 to 100",
                    text);
    }
    *value = (int64_t)(number * 10 + 0.5);
    return true;
}

static void put(MediaView *view, MediaField field, char *taken)
{
    g_free(view->values[field]);
    view->values[field] = taken;
}

/* Both or neither; neither changes nothing. */
static bool take_focal(MediaView *view, MediaFocal *focal, const MediaFocal **said, GError **error)
{
    const char *x = view->values[MEDIA_FIELD_FOCAL_X], *y = view->values[MEDIA_FIELD_FOCAL_Y];
    if (*x == '\0' && *y == '\0') {
        return true;
    }
    if (!per_mille(x, &focal->x, error) || !per_mille(y, &focal->y, error)) {
        return false;
    }
    put(view, MEDIA_FIELD_FOCAL_X, per_cent(focal->x)); /* as it will be stored */
    put(view, MEDIA_FIELD_FOCAL_Y, per_cent(focal->y));
    *said = focal;
    return true;
}

static bool take_licence_day(const MediaView *view, int64_t *until, GError **error)
{
    const char *day = view->values[MEDIA_FIELD_LICENCE_DAY];
    int64_t midnight = 0;
    if (*day == '\0') {
        return true;
    }
    if (!moment_of_day(day, view->desk.site.zone, &midnight)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.40s\" is no day; write the licence's last one as 2026-11-24", day);
    }
    *until = midnight + CLOCK_DAY;
    return true;
}

typedef struct {
    MediaView *view;
    const MediaWords *words;
} Saving;

/* By a button pressed twice. */
static bool same_values(const MediaView *view)
{
    for (unsigned i = 0; i < MEDIA_FIELDS; i++) {
        if (strcmp(view->values[i], view->stored[i]) != 0 && !media_field_unsaid(view, i)) {
            return false;
        }
    }
    return true;
}

/* The picture is as the form saw it; else the view has it as it is now. */
static bool still_seen(Store *store, MediaView *view, GError **error)
{
    char *stored[MEDIA_FIELDS] = {NULL};
    g_autoptr(Media) media = media_read(store, view->media->id, error);
    if (media == NULL) {
        return false;
    }
    take_stored(media, view->desk.site.zone, stored);
    for (unsigned i = 0; i < MEDIA_FIELDS; i++) {
        g_free(view->stored[i]);
        view->stored[i] = stored[i];
    }
    g_free(view->mark);
    view->mark = mark_of(view->stored);
    view->differs = !same_values(view) && !seen_match(view->visit, view->mark, error);
    return !view->differs;
}

/* What readers see is changed by who publishes. */
static bool save_body(Store *store, void *data, GError **error)
{
    const Saving *work = data;
    MediaView *view = work->view;
    bool out = false;
    if (!still_seen(store, view, error)) {
        return false;
    }
    if (!office_may(view->visit, PERMISSION_PUBLISH) &&
        !media_goes_out(store, view->media->id, &out, error)) {
        return false;
    }
    return out ? fail(error, KOLOKOL_ERROR_DENIED, "%s",
                      office_text(view->visit, "office_picture_out"))
               : media_describe_upload(store, view->media->id, work->words, view->visit->now,
                                       error);
}

static bool save(MediaView *view, GError **error)
{
    MediaFocal focal = {0};
    char *const *values = view->values;
    MediaWords words = {.caption = values[MEDIA_FIELD_CAPTION],
                        .alt = values[MEDIA_FIELD_ALT],
                        .photographer = values[MEDIA_FIELD_PHOTOGRAPHER],
                        .agency = values[MEDIA_FIELD_AGENCY],
                        .licence = values[MEDIA_FIELD_LICENCE],
                        .source = values[MEDIA_FIELD_SOURCE],
                        .taken = values[MEDIA_FIELD_TAKEN]};
    Saving work = {view, &words};
    return take_focal(view, &focal, &words.focal, error) &&
           take_licence_day(view, &words.licence_until, error) &&
           store_transact(view->visit->store, save_body, &work, error);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    g_auto(MediaView) view = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!open_picture(visit, &view, &wrong)) {
        return wrong;
    }
    for (unsigned i = 0; i < MEDIA_FIELDS; i++) {
        const char *sent = fields_get(visit->fields, media_field_name((MediaField)i));
        if (sent != NULL) {
            put(&view, (MediaField)i, g_strstrip(g_strdup(sent)));
        }
    }
    return save(&view, &reason) ? back(visit, &view) : problem(&view, reason);
}

/* ---- Other bytes, and its end --------------------------------------------------------------- */

static bool replace(const MediaView *view, GError **error)
{
    OfficeVisit *visit = view->visit;
    int64_t id = 0;
    g_autoptr(GArray) parts = multipart_of_request(visit->request, MEDIA_POST_FILES, error);
    if (parts == NULL) {
        return false;
    }
    for (guint i = 0; i < parts->len; i++) {
        const MultipartPart *part = &g_array_index(parts, MultipartPart, i);
        if (part->file == NULL || *part->file == '\0') {
            continue;
        }
        IncomingFile given = {.name = part->file,
                              .bytes = part->bytes,
                              .length = part->length,
                              .person = visit->person->id,
                              .target = view->media->id};
        FILE_AUTO directory = media_directory_open(error);
        return directory >= 0 &&
               incoming_give(visit->store, directory, &given, visit->now, &id, error);
    }
    return fail(error, KOLOKOL_ERROR_INVALID, "%s", office_text(visit, "office_picture_none"));
}

static HttpReply *answer_replace(OfficeVisit *visit)
{
    g_auto(MediaView) view = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!open_picture(visit, &view, &wrong)) {
        return wrong;
    }
    return replace(&view, &reason) ? office_see_other(visit, "/pictures?done=sent")
                                   : problem(&view, reason);
}

static bool remove_picture(const MediaView *view, GError **error)
{
    const OfficeVisit *visit = view->visit;
    if (strcmp(office_field(visit, "sure"), "1") != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s",
                    office_text(visit, "office_picture_not_sure"));
    }
    MediaRemover by = {.person = visit->person->id};
    FILE_AUTO directory = media_directory_open(error);
    return directory >= 0 &&
           media_remove_by(visit->store, directory, view->media->id, &by, visit->now, error);
}

static HttpReply *answer_remove(OfficeVisit *visit)
{
    g_auto(MediaView) view = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!open_picture(visit, &view, &wrong)) {
        return wrong;
    }
    return remove_picture(&view, &reason) ? office_see_other(visit, "/pictures?done=removed")
                                          : problem(&view, reason);
}

const OfficeRoute media_edit_office[] = {
    {.name = "picture-show",
     .method = HTTP_GET,
     .path = "/pictures/:id",
     .permission = PERMISSION_WRITE,
     .answer = answer_show,
     .help = "one picture: its words, the stories that show it"},
    {.name = "picture-save",
     .method = HTTP_POST,
     .path = "/pictures/:id/save",
     .permission = PERMISSION_WRITE,
     .answer = answer_save,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "its words, licence and focal point"},
    {.name = "picture-replace",
     .method = HTTP_POST,
     .path = "/pictures/:id/replace",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_replace,
     .body_most = MEDIA_POST_MOST,
     .body = OFFICE_BYTES,
     .help = "another file in its place, on every page"},
    {.name = "picture-remove",
     .method = HTTP_POST,
     .path = "/pictures/:id/remove",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_remove,
     .body_most = OFFICE_FORM,
     .help = "removes one that no story shows"},
    {.name = NULL},
};
