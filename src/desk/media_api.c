/* Pictures by the API: bytes in (looked into by the worker, incoming.h), lists, words. */
#include "desk/story_api.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/moment.h"
#include "desk/incoming.h"
#include "desk/media_change.h"
#include "desk/media_crop.h"
#include "desk/media_upload.h"
#include "desk/story_answer.h"
#include "seal/hash.h"
#include "web/multipart.h"

#include <inttypes.h>
#include <string.h>

static const char *const yes[] = {"1", NULL};
static const char *const states[] = {"waiting", "done", "refused", NULL};

static const ApiField media_fields[] = {
    {.name = "number",
     .type = API_NUMBER,
     .required = true,
     .help = "its number, for a story's photo"},
    {.name = "mime", .type = API_TEXT, .required = true, .help = "the kind of its file"},
    {.name = "width", .type = API_NUMBER, .required = true, .help = "in pixels"},
    {.name = "height", .type = API_NUMBER, .required = true, .help = "in pixels"},
    {.name = "size", .type = API_NUMBER, .required = true, .help = "bytes of the file"},
    {.name = "sha256", .type = API_TEXT, .required = true, .help = "of the file as it is stored"},
    {.name = "caption", .type = API_TEXT, .required = true, .help = "what it shows"},
    {.name = "alt", .type = API_TEXT, .required = true, .help = "for those who do not see it"},
    {.name = "photographer", .type = API_TEXT, .required = true, .help = "who made it"},
    {.name = "agency", .type = API_TEXT, .required = true, .help = "by whose agency"},
    {.name = "credit", .type = API_TEXT, .required = true, .help = "the two, as pages have them"},
    {.name = "licence", .type = API_TEXT, .required = true, .help = "how it may be used"},
    {.name = "licence_until", .type = API_MOMENT, .help = "when that ends"},
    {.name = "source", .type = API_TEXT, .required = true, .help = "whose it is; on no page"},
    {.name = "taken", .type = API_TEXT, .required = true, .help = "the day, or empty"},
    {.name = "created", .type = API_MOMENT, .required = true, .help = "when it was added"},
    {.name = NULL},
};
static const ApiSchema media_schema = {"Picture", "a picture and what is known of it",
                                       media_fields};
static const ApiField list_fields[] = {
    {.name = "pictures",
     .type = API_OBJECTS,
     .required = true,
     .of = &media_schema,
     .help = "the newest first"},
    {.name = "next", .type = API_TEXT, .help = "where the list goes on; missing at its end"},
    {.name = NULL},
};
static const ApiSchema list_schema = {"PictureList", "pictures, a page at a time", list_fields};
static const ApiField list_query[] = {
    {.name = "words", .type = API_TEXT, .most = 200, .help = "stands in a text of it"},
    {.name = "unused", .type = API_TEXT, .words = yes, .help = "1: only those of no story"},
    {.name = "limit", .type = API_NUMBER, .most = API_PAGE, .help = "how many at most"},
    {.name = "after", .type = API_NUMBER, .help = "\"next\" of the answer before"},
    {.name = NULL},
};

static const ApiField words_fields[] = {
    {.name = "caption", .type = API_TEXT, .most = MEDIA_WORDS, .help = "what it shows"},
    {.name = "alt", .type = API_TEXT, .most = MEDIA_WORDS, .help = "for those who do not see it"},
    {.name = "photographer", .type = API_TEXT, .most = MEDIA_WORDS, .help = "who made it"},
    {.name = "agency", .type = API_TEXT, .most = MEDIA_WORDS, .help = "by whose agency"},
    {.name = "licence", .type = API_TEXT, .most = MEDIA_WORDS, .help = "how it may be used"},
    {.name = "licence_until",
     .type = API_MOMENT,
     .most = 40,
     .help = "when that ends; empty: it does not"},
    {.name = "source", .type = API_TEXT, .most = MEDIA_WORDS, .help = "whose it is; on no page"},
    {.name = "taken", .type = API_TEXT, .most = 40, .help = "the day, as 2026-11-24"},
    {.name = NULL},
};
static const ApiSchema words_schema = {
    "PictureWords", "what is said of a picture; what is not named stays", words_fields};

static const ApiField crop_fields[] = {
    {.name = "part",
     .type = API_TEXT,
     .required = true,
     .most = 60,
     .help = "\"25,0,50,100\": per cent from the left and from the top, width and height, of the "
             "picture as it is now; empty: the whole one again"},
    {.name = NULL},
};
static const ApiSchema crop_schema = {"PictureCrop", "which part of a picture pages show",
                                      crop_fields};

static const ApiField upload_fields[] = {
    {.name = "upload", .type = API_NUMBER, .required = true, .help = "number of the upload"},
    {.name = "state",
     .type = API_TEXT,
     .required = true,
     .words = states,
     .help = "what became of it"},
    {.name = "picture", .type = API_NUMBER, .help = "number of the picture that it became"},
    {.name = "reason", .type = API_TEXT, .help = "why it was refused"},
    {.name = NULL},
};
static const ApiSchema upload_schema = {"Upload", "a picture on its way in; kept for a day",
                                        upload_fields};
static const ApiField add_query[] = {
    {.name = "name", .type = API_TEXT, .most = 200, .help = "of the file, for people"},
    {.name = "words",
     .type = API_TEXT,
     .words = yes,
     .help = "1: take over what the file says of itself (IPTC, XMP)"},
    {.name = NULL},
};

/* What is done to one picture. */
typedef struct {
    ApiCall *call;
    int64_t id;
} Changing;

static bool still(Store *store, void *data, GError **error);

/* ---- Uploads -------------------------------------------------------------------------------- */

/* One's own; another's is as one that is not there. */
static HttpReply *show_upload(ApiCall *call, int64_t id, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    g_autoptr(Incoming) incoming = incoming_read(call->store, id, &reason);
    if (incoming == NULL) {
        return api_failed(call, reason);
    }
    if (incoming->person != call->person->id) {
        return api_not_found(call);
    }
    json_writer_open_object(json);
    json_writer_number_member(json, "upload", incoming->id);
    json_writer_text_member(json, "state", incoming->state);
    if (incoming->media != 0) {
        json_writer_number_member(json, "picture", incoming->media);
    }
    json_writer_text_member(json, "reason", *incoming->reason == '\0' ? NULL : incoming->reason);
    json_writer_close(json);
    return api_done(call, status);
}

/* Bytes for the worker; `target` 0 becomes a new picture. */
static HttpReply *give(ApiCall *call, int64_t target)
{
    g_autoptr(GError) reason = NULL;
    Changing replacing = {call, target};
    FILE_AUTO directory = media_directory_open(&reason);
    if (directory < 0) {
        return api_failed(call, reason);
    }
    const char *asked = api_asked(call, "name");
    g_autofree char *name = multipart_file_name(asked == NULL ? "picture" : asked);
    IncomingFile given = {.name = name,
                          .bytes = call->request->body,
                          .length = call->request->body_length,
                          .person = call->person->id,
                          .target = target,
                          .words = api_asked(call, "words") != NULL,
                          .may = target == 0 ? NULL : still,
                          .data = &replacing};
    int64_t id = 0;
    if (!incoming_give(call->store, directory, &given, call->now, &id, &reason)) {
        return api_failed(call, reason);
    }
    call->location = g_strdup_printf(API_ROOT "/uploads/%" PRId64, id);
    return show_upload(call, id, 202);
}

static HttpReply *answer_add(ApiCall *call)
{
    return give(call, 0);
}

static HttpReply *answer_upload(ApiCall *call)
{
    int64_t id = 0;
    return api_part(call, 0, &id) ? show_upload(call, id, 200) : api_not_found(call);
}

/* ---- Pictures ------------------------------------------------------------------------------- */

/* Of stories under embargo, and of none that readers see. */
static bool hidden(const ApiCall *call, int64_t id, bool *is, GError **error)
{
    *is = false;
    if (api_has(call, API_SCOPE_EMBARGOED)) {
        return true;
    }
    if (!media_embargoed(call->store, id, call->now, is, error)) {
        return false;
    }
    g_autoptr(GArray) shown = *is ? media_shown(call->store, id, error) : NULL;
    if (*is && shown == NULL) {
        return false;
    }
    for (guint i = 0; *is && i < shown->len; i++) {
        g_autoptr(Story) story = story_read(call->store, g_array_index(shown, int64_t, i), error);
        if (story == NULL) {
            return false;
        }
        *is = !story_visible(story, call->now);
    }
    return true;
}

static void write_picture(JsonWriter *json, const Media *media)
{
    g_autofree char *credit = media_credit(media);
    json_writer_open_object(json);
    json_writer_number_member(json, "number", media->id);
    json_writer_text_member(json, "mime", media->mime);
    json_writer_number_member(json, "width", media->width);
    json_writer_number_member(json, "height", media->height);
    json_writer_number_member(json, "size", media->size);
    json_writer_text_member(json, "sha256", media->sha256);
    json_writer_text_member(json, "caption", media->caption);
    json_writer_text_member(json, "alt", media->alt);
    json_writer_text_member(json, "photographer", media->photographer);
    json_writer_text_member(json, "agency", media->agency);
    json_writer_text_member(json, "credit", credit);
    json_writer_text_member(json, "licence", media->licence);
    api_write_moment(json, "licence_until", media->licence_until);
    json_writer_text_member(json, "source", media->source);
    json_writer_text_member(json, "taken", media->taken);
    api_write_moment(json, "created", media->created);
    json_writer_close(json);
}

/* Over the file and all that is said of it. Caller frees. */
static char *etag_of(const Media *media)
{
    char hex[HASH_HEX];
    g_autofree char *all =
        g_strdup_printf("%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%" PRId64, media->sha256, media->caption,
                        media->alt, media->photographer, media->agency, media->licence,
                        media->source, media->taken, media->licence_until);
    Hash hash = hash_of(all, strlen(all));
    hash_hex(&hash, hex);
    return g_strdup_printf("\"%.32s\"", hex);
}

/* NOT_FOUND also for one that this token does not see. */
static Media *load(const ApiCall *call, int64_t id, GError **error)
{
    bool is = false;
    g_autoptr(Media) media = media_read(call->store, id, error);
    if (media == NULL || !hidden(call, id, &is, error)) {
        return NULL;
    }
    if (is) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no picture %" PRId64, id);
        return NULL;
    }
    return g_steal_pointer(&media);
}

static HttpReply *show(ApiCall *call, int64_t id, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Media) media = load(call, id, &reason);
    if (media == NULL) {
        return api_failed(call, reason);
    }
    write_picture(&call->json, media);
    call->etag = etag_of(media);
    return api_done(call, status);
}

static HttpReply *answer_one(ApiCall *call)
{
    int64_t id = 0;
    return api_part(call, 0, &id) ? show(call, id, 200) : api_not_found(call);
}

static HttpReply *answer_list(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    unsigned limit = api_limit(call);
    MediaQuery query = {.text = api_asked(call, "words"),
                        .unused = api_asked(call, "unused") != NULL,
                        .before = api_asked_number(call, "after", 0),
                        .most = limit + 1};
    g_autoptr(GPtrArray) list = media_find(call->store, &query, &reason);
    if (list == NULL) {
        return api_failed(call, reason);
    }
    int64_t last = 0;
    json_writer_open_object(json);
    json_writer_key(json, "pictures");
    json_writer_open_array(json);
    for (guint i = 0; i < MIN(list->len, limit); i++) {
        const Media *media = list->pdata[i];
        bool is = false;
        if (!hidden(call, media->id, &is, &reason)) {
            return api_failed(call, reason);
        }
        if (!is) {
            write_picture(json, media);
        }
        last = media->id;
    }
    json_writer_close(json);
    if (list->len > limit) {
        g_autofree char *next = g_strdup_printf("%" PRId64, last);
        json_writer_text_member(json, "next", next);
    }
    json_writer_close(json);
    return api_done(call, 200);
}

/* Is the picture there, as If-Match has it? Asked in the transaction that changes it. */
static bool still(Store *store, void *data, GError **error)
{
    const Changing *changing = data;
    changing->call->mismatch = false;
    g_autoptr(Media) media = load(changing->call, changing->id, error);
    g_autofree char *etag = media == NULL ? NULL : etag_of(media);
    return media != NULL && api_match(changing->call, etag, error);
}

/* ---- Words ---------------------------------------------------------------------------------- */

static bool take_licence_end(const Changing *describing, int64_t *until, GError **error)
{
    g_auto(StoryDesk) desk = {0};
    const char *text = api_text(describing->call, "licence_until");
    if (text == NULL) {
        return true;
    }
    *until = 0;
    describing->call->pointer = "/licence_until";
    return *text == '\0' || (story_desk_open(describing->call->store, &desk, error) &&
                             moment_parse(text, desk.site.zone, until, error));
}

/* What readers see is changed by who publishes. */
static bool may_describe(const ApiCall *call, int64_t id, GError **error)
{
    bool out = false;
    return api_has(call, API_SCOPE_PUBLISH) ||
           (media_goes_out(call->store, id, &out, error) &&
            (!out || fail(error, KOLOKOL_ERROR_DENIED,
                          "a story that is out or scheduled shows picture %" PRId64
                          "; changing its words needs a token with the scope publish",
                          id)));
}

static bool describe_body(Store *store, void *data, GError **error)
{
    const Changing *describing = data;
    ApiCall *call = describing->call;
    call->mismatch = false;
    call->pointer = NULL;
    g_autoptr(Media) media = load(call, describing->id, error);
    g_autofree char *etag = media == NULL ? NULL : etag_of(media);
    if (media == NULL || !may_describe(call, media->id, error) || !api_match(call, etag, error)) {
        return false;
    }
    MediaWords words = {.caption = api_text(call, "caption"),
                        .alt = api_text(call, "alt"),
                        .photographer = api_text(call, "photographer"),
                        .agency = api_text(call, "agency"),
                        .licence = api_text(call, "licence"),
                        .source = api_text(call, "source"),
                        .taken = api_text(call, "taken"),
                        .licence_until = media->licence_until};
    if (!take_licence_end(describing, &words.licence_until, error)) {
        return false;
    }
    call->pointer = NULL;
    return media_describe_upload(store, describing->id, &words, call->now, error);
}

static HttpReply *answer_describe(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    Changing describing = {.call = call};
    if (!api_part(call, 0, &describing.id)) {
        return api_not_found(call);
    }
    return store_transact(call->store, describe_body, &describing, &reason)
               ? show(call, describing.id, 200)
               : api_failed(call, reason);
}

/* ---- A part of it --------------------------------------------------------------------------- */

/* As the office has it, and by which token. */
static bool note_crop(const ApiCall *call, int64_t id, const char *part, GError **error)
{
    g_autofree char *subject = g_strdup_printf("picture %" PRId64, id);
    return api_audit(call, *part == '\0' ? "picture.whole" : "picture.crop", subject, part, error);
}

static bool crop_body(Store *store, void *data, GError **error)
{
    const Changing *cropping = data;
    ApiCall *call = cropping->call;
    const char *text = api_text(call, "part");
    MediaPart part = {0};
    call->pointer = NULL;
    if (!still(store, data, error)) {
        return false;
    }
    call->pointer = "/part";
    return (*text == '\0' || media_part_parse(text, &part, error)) &&
           media_crop_order(store, cropping->id, *text == '\0' ? NULL : &part, call->now, error) &&
           note_crop(call, cropping->id, text, error);
}

static HttpReply *answer_crop(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    Changing cropping = {.call = call};
    if (!api_part(call, 0, &cropping.id)) {
        return api_not_found(call);
    }
    if (store_transact(call->store, crop_body, &cropping, &reason)) {
        return show(call, cropping.id, 202);
    }
    /* The part is to blame if it is none or too small, not if the picture is being cut. */
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID)) {
        call->pointer = NULL;
    }
    return api_failed(call, reason);
}

/* ---- Other bytes, and its end --------------------------------------------------------------- */

static HttpReply *answer_replace(ApiCall *call)
{
    int64_t id = 0;
    return api_part(call, 0, &id) ? give(call, id) : api_not_found(call);
}

static HttpReply *answer_remove(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    Changing removing = {.call = call};
    if (!api_part(call, 0, &removing.id)) {
        return api_not_found(call);
    }
    MediaRemover by = {call->person->id, call->token->name, still, &removing};
    FILE_AUTO directory = media_directory_open(&reason);
    if (directory < 0 ||
        !media_remove_by(call->store, directory, removing.id, &by, call->now, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

#define ROW(row, how, where, needs, handler, schema, what)                                         \
    .name = row, .method = how, .path = API_ROOT where, .permission = PERMISSION_WRITE,            \
    .scopes = needs, .answer = handler, .gives = schema, .help = what

const ApiRoute media_api[] = {
    {ROW("picture-list", HTTP_GET, "/pictures", API_SCOPE_READ, answer_list, &list_schema,
         "pictures, the newest first"),
     .query = list_query},
    {ROW("picture-read", HTTP_GET, "/pictures/:id", API_SCOPE_READ, answer_one, &media_schema,
         "a picture and its words"),
     .tagged = true},
    {ROW("picture-add", HTTP_POST, "/pictures", API_SCOPE_MEDIA, answer_add, &upload_schema,
         "brings a picture in; the worker looks into it"),
     .query = add_query, .bytes = "image/*", .status = 202, .body_most = LIMIT_OBJECT},
    {ROW("picture-describe", HTTP_POST, "/pictures/:id", API_SCOPE_READ | API_SCOPE_MEDIA,
         answer_describe, &media_schema,
         "changes what is said of a picture; with publish where readers see it"),
     .takes = &words_schema, .match = API_MATCH_MUST, .tagged = true, .body_most = API_BODY},
    {.name = "picture-crop",
     .method = HTTP_POST,
     .path = API_ROOT "/pictures/:id/crop",
     .permission = PERMISSION_PUBLISH,
     .scopes = API_SCOPE_READ | API_SCOPE_MEDIA | API_SCOPE_PUBLISH,
     .answer = answer_crop,
     .takes = &crop_schema,
     .gives = &media_schema,
     .status = 202,
     .match = API_MATCH_MUST,
     .tagged = true,
     .body_most = API_BODY,
     .help = "pages show a part of a picture; the worker cuts it"},
    {.name = "picture-replace",
     .method = HTTP_POST,
     .path = API_ROOT "/pictures/:id/file",
     .permission = PERMISSION_PUBLISH,
     .scopes = API_SCOPE_READ | API_SCOPE_MEDIA | API_SCOPE_PUBLISH,
     .answer = answer_replace,
     .query = add_query,
     .bytes = "image/*",
     .gives = &upload_schema,
     .status = 202,
     .match = API_MATCH_MUST,
     .body_most = LIMIT_OBJECT,
     .help = "another file in its place, on every page; the worker looks into it"},
    {.name = "picture-remove",
     .method = HTTP_POST,
     .path = API_ROOT "/pictures/:id/remove",
     .permission = PERMISSION_PUBLISH,
     .scopes = API_SCOPE_READ | API_SCOPE_MEDIA | API_SCOPE_PUBLISH,
     .answer = answer_remove,
     .takes = &api_nothing_schema,
     .gives = &api_nothing_schema,
     .match = API_MATCH_MUST,
     .body_most = API_BODY,
     .help = "removes one that no story shows"},
    {ROW("upload-read", HTTP_GET, "/uploads/:id", API_SCOPE_MEDIA, answer_upload, &upload_schema,
         "what became of an upload of one's own")},
    {.name = NULL},
};
