/* Cutting a picture in the office: a rectangle by pointer (site/office/crop.js) or four numbers.
 * The cutting itself is a job (media_crop.h); the page says while it waits. */
#include "base/error.h"
#include "desk/media_office.h"
#include "desk/media_view.h"
#include "desk/variant.h"
#include "office/asset.h"
#include "office/frame.h"
#include "office/reason.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

static const struct {
    const char *name, *label, *whole;
} numbers[] = {
    {"crop-left", "office_crop_left", "0"},
    {"crop-top", "office_crop_top", "0"},
    {"crop-width", "office_crop_width", "100"},
    {"crop-height", "office_crop_height", "100"},
};

static const char *say(const MediaView *view, const char *id)
{
    return office_text(view->visit, id);
}

/* ---- The page ------------------------------------------------------------------------------- */

static void write_number(HtmlWriter *page, const MediaView *view, unsigned which)
{
    const char *sent = fields_get(view->visit->fields, numbers[which].name);
    OfficeInput input = {.label = say(view, numbers[which].label),
                         .name = numbers[which].name,
                         .value = sent != NULL ? sent : numbers[which].whole,
                         .most = 6,
                         .required = true};
    office_input(page, &input);
}

static void write_undo(HtmlWriter *page, const MediaView *view)
{
    g_autofree char *action = g_strdup_printf("/pictures/%" PRId64 "/whole", view->media->id);
    office_form(page, view->visit, action);
    office_button(page, say(view, "office_crop_undo"), NULL);
    html_close(page, "form");
}

bool media_crop_write(HtmlWriter *page, const MediaView *view, GError **error)
{
    g_autofree char *action = g_strdup_printf("/pictures/%" PRId64 "/crop", view->media->id);
    g_autofree char *here = g_strdup_printf("/pictures/%" PRId64, view->media->id);
    html_element(page, "h2", say(view, "office_crop"));
    if (view->crop.waiting) {
        html_open(page, "p");
        html_text(page, say(view, "office_crop_waits"));
        html_text(page, " ");
        html_open(page, "a");
        html_url_attribute(page, "href", here);
        html_text(page, say(view, "office_out_again"));
        html_close(page, "a");
        html_close(page, "p");
        return true;
    }
    html_element(page, "p", say(view, "office_crop_about"));
    html_open(page, "div");
    html_attribute(page, "id", "crop-picture");
    if (!media_view_image(page, view->visit->store, view->media, VARIANT_WIDE, "", error)) {
        return false;
    }
    html_close(page, "div");
    office_form(page, view->visit, action);
    html_open(page, "div");
    html_attribute(page, "class", "fields");
    for (unsigned i = 0; i < G_N_ELEMENTS(numbers); i++) {
        write_number(page, view, i);
    }
    html_close(page, "div");
    office_button(page, say(view, "office_crop_button"), NULL);
    html_close(page, "form");
    if (view->crop.cut) {
        write_undo(page, view);
    }
    html_open(page, "script");
    html_attribute(page, "src", office_asset("crop.js"));
    html_flag(page, "defer", true);
    html_close(page, "script");
    return true;
}

/* ---- Changes -------------------------------------------------------------------------------- */

typedef struct {
    const OfficeVisit *visit;
    int64_t id;
    const MediaPart *part; /* NULL: whole again */
    const char *text;
} Cutting;

static bool cut_body(Store *store, void *data, GError **error)
{
    const Cutting *work = data;
    g_autofree char *subject = g_strdup_printf("picture %" PRId64, work->id);
    return media_crop_order(store, work->id, work->part, work->visit->now, error) &&
           audit_add(store, work->visit->person->id,
                     work->part == NULL ? "picture.whole" : "picture.crop", subject, work->text,
                     work->visit->now, error);
}

static HttpReply *change(OfficeVisit *visit, bool undo)
{
    g_auto(MediaView) view = {0};
    g_autoptr(GError) reason = NULL;
    MediaPart part = {0};
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    if (!media_view_load(visit, id, &view, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *text =
        undo ? g_strdup("")
             : g_strjoin(",", office_field(visit, numbers[0].name),
                         office_field(visit, numbers[1].name), office_field(visit, numbers[2].name),
                         office_field(visit, numbers[3].name), NULL);
    Cutting work = {visit, id, undo ? NULL : &part, text};
    if ((!undo && !media_part_parse(text, &part, &reason)) ||
        !store_transact(visit->store, cut_body, &work, &reason)) {
        view.problem = office_reason(visit, reason);
        view.status = office_status(reason);
        return media_view_page(&view);
    }
    g_autofree char *path = g_strdup_printf("/pictures/%" PRId64 "?done=changed", id);
    return office_see_other(visit, path);
}

static HttpReply *answer_crop(OfficeVisit *visit)
{
    return change(visit, false);
}

static HttpReply *answer_whole(OfficeVisit *visit)
{
    return change(visit, true);
}

const OfficeRoute media_crop_office[] = {
    {.name = "picture-crop",
     .method = HTTP_POST,
     .path = "/pictures/:id/crop",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_crop,
     .body_most = OFFICE_FORM,
     .help = "cuts it, on every page"},
    {.name = "picture-whole",
     .method = HTTP_POST,
     .path = "/pictures/:id/whole",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_whole,
     .body_most = OFFICE_FORM,
     .help = "a cut one is whole again"},
    {.name = NULL},
};
