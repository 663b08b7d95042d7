/* Choosing pictures, for the editor's script: what is found, and what has become of an upload. What
 * works without script is media_office.c and the story's form (story_view_photo.c). */
#include "desk/incoming.h"
#include "desk/media_office.h"
#include "desk/media_view.h"
#include "desk/variant.h"
#include "office/answer.h"
#include "office/frame.h"

#include <inttypes.h>
#include <string.h>

#define FOUND 24u

/* {"id", "title", "alt", "caption", "credit", "small"}; "small" is null while there is nothing to
 * show. */
static bool write_picture(JsonWriter *json, Store *store, const Media *media, GError **error)
{
    g_auto(MediaShown) shown = {0};
    if (!media_shown_find(store, media, VARIANT_SQUARE, &shown, error)) {
        return false;
    }
    g_autofree char *title = media_view_title(media);
    g_autofree char *credit = media_credit(media);
    g_autofree char *small =
        shown.file == NULL
            ? NULL
            : g_strdup_printf("/pictures/%" PRId64 "/small?v=%s", media->id, shown.hash);
    json_writer_open_object(json);
    json_writer_number_member(json, "id", media->id);
    json_writer_text_member(json, "title", title);
    json_writer_text_member(json, "alt", media->alt);
    json_writer_text_member(json, "caption", media->caption);
    json_writer_text_member(json, "credit", credit);
    json_writer_text_member(json, "small", small);
    json_writer_close(json);
    return true;
}

/* Answers what was written, or the error that broke it off. */
static HttpReply *answer_with(const OfficeVisit *visit, OfficeAnswer *answer, const GError *reason)
{
    if (reason == NULL) {
        return office_answer_done(visit, answer, 200);
    }
    g_string_free(answer->text, TRUE);
    return office_answer_problem(visit, reason);
}

static HttpReply *answer_find(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const char *words = office_asked(visit, "words");
    MediaQuery query = {.text = *words == '\0' ? NULL : words, .most = FOUND + 1};
    int64_t before = 0;
    if (g_ascii_string_to_signed(office_asked(visit, "before"), 10, 1, INT64_MAX, &before, NULL)) {
        query.before = before;
    }
    g_autoptr(GPtrArray) list = media_find(visit->store, &query, &reason);
    if (list == NULL) {
        return office_answer_problem(visit, reason);
    }
    OfficeAnswer answer;
    office_answer_begin(&answer);
    json_writer_key(&answer.json, "pictures");
    json_writer_open_array(&answer.json);
    for (guint i = 0; i < MIN(list->len, FOUND) && reason == NULL; i++) {
        write_picture(&answer.json, visit->store, list->pdata[i], &reason);
    }
    json_writer_close(&answer.json);
    json_writer_bool_member(&answer.json, "more", list->len > FOUND);
    return answer_with(visit, &answer, reason);
}

/* {"state", "reason", "picture"}: the last once it is done. */
static HttpReply *answer_upload(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    g_autoptr(Incoming) incoming = incoming_read(visit->store, id, &reason);
    if (incoming == NULL) {
        return office_answer_problem(visit, reason);
    }
    g_autoptr(Media) media =
        incoming->media == 0 ? NULL : media_read(visit->store, incoming->media, &reason);
    OfficeAnswer answer;
    office_answer_begin(&answer);
    json_writer_text_member(&answer.json, "state", incoming->state);
    json_writer_text_member(&answer.json, "reason", incoming->reason);
    if (media != NULL) {
        json_writer_key(&answer.json, "picture");
        write_picture(&answer.json, visit->store, media, &reason);
    }
    return answer_with(visit, &answer, reason);
}

const OfficeRoute media_pick_office[] = {
    {.name = "picture-find",
     .method = HTTP_GET,
     .path = "/pictures/find",
     .permission = PERMISSION_WRITE,
     .answer = answer_find,
     .help = "pictures to choose from, newest first"},
    {.name = "picture-upload",
     .method = HTTP_GET,
     .path = "/pictures/uploads/:id",
     .permission = PERMISSION_WRITE,
     .answer = answer_upload,
     .help = "what has become of an upload"},
    {.name = NULL},
};
