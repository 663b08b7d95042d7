/* Writing the pages of pictures: media_view.h. The list is media_office.c. */
#include "desk/media_view.h"

#include "desk/story_view_private.h"
#include "desk/variant.h"
#include "office/asset.h"
#include "office/frame.h"
#include "office/seen.h"

#include <inttypes.h>
#include <string.h>

/* ---- Parts ---------------------------------------------------------------------------------- */

bool media_view_image(HtmlWriter *page, Store *store, const Media *media, const char *shape,
                      const char *alt, GError **error)
{
    g_auto(MediaShown) shown = {0};
    if (!media_shown_find(store, media, shape, &shown, error)) {
        return false;
    }
    if (shown.file == NULL) {
        html_open(page, "span");
        html_attribute(page, "class", "no-picture");
        html_close(page, "span");
        return true;
    }
    bool square = strcmp(shape, VARIANT_SQUARE) == 0;
    g_autofree char *address = g_strdup_printf("/pictures/%" PRId64 "/%s?v=%s", media->id,
                                               square ? "small" : "wide", shown.hash);
    g_autofree char *width = g_strdup_printf("%" PRId64, shown.width);
    g_autofree char *height = g_strdup_printf("%" PRId64, shown.height);
    html_open(page, "img");
    html_url_attribute(page, "src", address);
    html_attribute(page, "alt", alt == NULL ? media->alt : alt);
    html_attribute(page, "width", width);
    html_attribute(page, "height", height);
    html_attribute(page, "loading", square ? "lazy" : NULL);
    return true;
}

char *media_view_title(const Media *media)
{
    const char *text = *media->caption != '\0' ? media->caption : media->alt;
    return *text != '\0' ? g_strdup(text) : g_strdup_printf("%" PRId64, media->id);
}

void media_view_send_form(HtmlWriter *page, const OfficeVisit *visit, const char *path, bool many)
{
    g_autofree char *action = g_strconcat(path, "?csrf=", visit->csrf, NULL);
    html_open(page, "form");
    html_attribute(page, "method", "post");
    html_attribute(page, "enctype", "multipart/form-data");
    html_url_attribute(page, "action", action);
    html_attribute(page, "id", many ? "send-pictures" : NULL);
    html_attribute(page, "data-too-large",
                   many ? office_text(visit, "office_picture_too_large") : NULL);
    html_attribute(page, "data-sent", many ? office_text(visit, "office_picture_sent") : NULL);
    html_attribute(page, "data-failed", many ? office_text(visit, "office_trouble") : NULL);
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", "pictures");
    html_text(page, office_text(visit, many ? "office_pictures_files" : "office_picture_file"));
    html_close(page, "label");
    html_open(page, "input");
    html_attribute(page, "type", "file");
    html_attribute(page, "id", "pictures");
    html_attribute(page, "name", "pictures");
    html_attribute(page, "accept",
                   "image/jpeg,image/png,image/webp,image/gif,image/heic,image/avif,.heic,.avif");
    html_attribute(page, "aria-describedby", "pictures-hint");
    html_flag(page, "multiple", many);
    html_flag(page, "required", true);
    html_open(page, "small");
    html_attribute(page, "id", "pictures-hint");
    html_text(page,
              office_text(visit, many ? "office_pictures_hint" : "office_picture_replace_hint"));
    html_close(page, "small");
    html_close(page, "p");
}

void media_view_assets(HtmlWriter *page)
{
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("story.css"));
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("pictures.css"));
    html_open(page, "script");
    html_attribute(page, "src", office_asset("pictures.js"));
    html_flag(page, "defer", true);
    html_close(page, "script");
}

/* ---- One picture ---------------------------------------------------------------------------- */

static const char *say(const MediaView *view, const char *id)
{
    return office_text(view->visit, id);
}

static const struct {
    const char *name, *label, *hint, *type;
    unsigned most;
} fields[MEDIA_FIELDS] = {
    [MEDIA_FIELD_CAPTION] = {"caption", "office_caption", NULL, NULL, 0},
    [MEDIA_FIELD_ALT] = {"alt", "office_alt", "office_alt_hint", NULL, 0},
    [MEDIA_FIELD_PHOTOGRAPHER] = {"photographer", "office_photographer", NULL, "text", 500},
    [MEDIA_FIELD_AGENCY] = {"agency", "office_agency", NULL, "text", 500},
    [MEDIA_FIELD_LICENCE] = {"licence", "office_licence", NULL, "text", 500},
    [MEDIA_FIELD_LICENCE_DAY] = {"licence-day", "office_licence_day", "office_licence_day_hint",
                                 "date", 0},
    [MEDIA_FIELD_SOURCE] = {"source", "office_picture_source", "office_picture_source_hint", "text",
                            500},
    [MEDIA_FIELD_TAKEN] = {"taken", "office_taken", NULL, "date", 0},
    [MEDIA_FIELD_FOCAL_X] = {"focal-x", "office_focal_x", NULL, "number", 0},
    [MEDIA_FIELD_FOCAL_Y] = {"focal-y", "office_focal_y", "office_focal_hint", "number", 0},
};

const char *media_field_name(MediaField field)
{
    return fields[field].name;
}

bool media_field_unsaid(const MediaView *view, unsigned field)
{
    return (field == MEDIA_FIELD_FOCAL_X || field == MEDIA_FIELD_FOCAL_Y) &&
           *view->values[field] == '\0';
}

void media_view_clear(MediaView *view)
{
    story_desk_clear(&view->desk);
    g_clear_pointer(&view->media, media_free);
    g_clear_pointer(&view->usage, g_array_unref);
    media_crop_clear(&view->crop);
    g_clear_pointer(&view->mark, g_free);
    for (unsigned i = 0; i < MEDIA_FIELDS; i++) {
        g_clear_pointer(&view->values[i], g_free);
        g_clear_pointer(&view->stored[i], g_free);
    }
}

static void write_stories(HtmlWriter *page, const MediaView *view)
{
    html_element(page, "h2", say(view, "office_picture_stories"));
    if (view->usage->len == 0) {
        html_element(page, "p", say(view, "office_picture_no_stories"));
        return;
    }
    html_open(page, "ul");
    for (guint i = 0; i < MIN(view->usage->len, 50); i++) {
        int64_t id = g_array_index(view->usage, int64_t, i);
        g_autoptr(Story) story = story_read(view->visit->store, id, NULL);
        g_autofree char *address = g_strdup_printf("/stories/%" PRId64, id);
        html_open(page, "li");
        html_attribute(page, "lang", story == NULL ? NULL : story->language);
        story_view_link(page, address,
                        story == NULL || *story->headline == '\0' ? address : story->headline);
        html_close(page, "li");
    }
    html_close(page, "ul");
}

static void write_area(HtmlWriter *page, const MediaView *view, MediaField field)
{
    const char *name = fields[field].name;
    g_autofree char *hint = fields[field].hint == NULL ? NULL : g_strconcat(name, "-hint", NULL);
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", name);
    html_text(page, say(view, fields[field].label));
    html_close(page, "label");
    html_open(page, "textarea");
    html_attribute(page, "id", name);
    html_attribute(page, "name", name);
    html_attribute(page, "rows", "3");
    html_attribute(page, "dir", "auto");
    html_attribute(page, "aria-describedby", hint);
    html_text(page, "\n"); /* which a browser leaves out */
    html_text(page, view->values[field]);
    html_close(page, "textarea");
    if (hint != NULL) {
        html_open(page, "small");
        html_attribute(page, "id", hint);
        html_text(page, say(view, fields[field].hint));
        html_close(page, "small");
    }
    html_close(page, "p");
}

static void write_field(HtmlWriter *page, const MediaView *view, MediaField field)
{
    const char *hint = fields[field].hint;
    OfficeInput input = {.label = say(view, fields[field].label),
                         .name = fields[field].name,
                         .type = fields[field].type,
                         .value = view->values[field],
                         .hint = hint == NULL ? NULL : say(view, hint),
                         .most = fields[field].most};
    office_input(page, &input);
}

/* What is stored now where the form says something else. */
static void write_stored(HtmlWriter *page, const MediaView *view)
{
    SeenField list[MEDIA_FIELDS + 1] = {{NULL, NULL, NULL}};
    for (unsigned i = 0; i < MEDIA_FIELDS; i++) {
        const char *typed = media_field_unsaid(view, i) ? view->stored[i] : view->values[i];
        list[i] = (SeenField){fields[i].label, typed, view->stored[i]};
    }
    seen_differences(page, view->visit, list);
}

static void write_form(HtmlWriter *page, const MediaView *view)
{
    g_autofree char *action = g_strdup_printf("/pictures/%" PRId64 "/save", view->media->id);
    if (view->differs) {
        write_stored(page, view);
    }
    office_form(page, view->visit, action);
    seen_write(page, view->visit, view->mark, view->differs);
    write_area(page, view, MEDIA_FIELD_CAPTION);
    write_area(page, view, MEDIA_FIELD_ALT);
    html_open(page, "div");
    html_attribute(page, "class", "fields");
    for (unsigned field = MEDIA_FIELD_PHOTOGRAPHER; field < MEDIA_FIELDS; field++) {
        write_field(page, view, (MediaField)field);
    }
    html_close(page, "div");
    office_button(page, say(view, "office_save"), "strong");
    html_close(page, "form");
}

/* What is said of it, where this person may not say otherwise. */
static void write_said(HtmlWriter *page, const MediaView *view)
{
    html_element(page, "p", say(view, "office_picture_out"));
    html_open(page, "dl");
    for (unsigned field = 0; field < MEDIA_FIELD_FOCAL_X; field++) {
        if (*view->values[field] != '\0') {
            html_element(page, "dt", say(view, fields[field].label));
            html_open(page, "dd");
            html_attribute(page, "dir", "auto");
            html_text(page, view->values[field]);
            html_close(page, "dd");
        }
    }
    html_close(page, "dl");
}

static void write_replace(HtmlWriter *page, const MediaView *view)
{
    g_autofree char *path = g_strdup_printf("/pictures/%" PRId64 "/replace", view->media->id);
    html_element(page, "h2", say(view, "office_picture_replace"));
    media_view_send_form(page, view->visit, path, false);
    office_button(page, say(view, "office_picture_replace"), NULL);
    html_close(page, "form");
}

static void write_remove(HtmlWriter *page, const MediaView *view)
{
    html_element(page, "h2", say(view, "office_picture_remove"));
    if (view->usage->len > 0) {
        html_element(page, "p", say(view, "office_picture_in_use"));
        return;
    }
    g_autofree char *action = g_strdup_printf("/pictures/%" PRId64 "/remove", view->media->id);
    office_form(page, view->visit, action);
    office_tick(page, say(view, "office_picture_remove_sure"), "sure", "required");
    office_button(page, say(view, "office_picture_remove"), "danger");
    html_close(page, "form");
}

static bool write_picture(HtmlWriter *page, const MediaView *view, GError **error)
{
    const Media *media = view->media;
    g_autofree char *size = office_size(view->visit, media->size);
    g_autofree char *facts = g_strdup_printf("%s, %" PRId64 " × %" PRId64 ", %s", media->extension,
                                             media->width, media->height, size);
    html_open(page, "p");
    html_attribute(page, "class", "picture");
    html_attribute(page, "id", "picture");
    if (!media_view_image(page, view->visit->store, media, VARIANT_WIDE, NULL, error)) {
        return false;
    }
    html_close(page, "p");
    html_open(page, "p");
    html_element(page, "bdi", facts);
    html_text(page, " · ");
    office_time(page, view->visit, media->created, view->desk.site.zone);
    html_close(page, "p");
    return true;
}

HttpReply *media_view_page(MediaView *view)
{
    g_autoptr(GError) reason = NULL;
    OfficeVisit *visit = view->visit;
    g_autofree char *title =
        g_strdup_printf("%s %" PRId64, say(view, "office_picture"), view->media->id);
    HtmlWriter *page = office_page(visit, title);
    media_view_assets(page);
    if (view->problem != NULL) {
        office_problem(page, view->problem);
    } else if (strcmp(office_asked(visit, "done"), "changed") == 0) {
        office_done(page, say(view, "office_done_changed"));
    }
    if (!write_picture(page, view, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    if (view->out && view->problem == NULL && !office_may(visit, PERMISSION_PUBLISH)) {
        write_said(page, view);
    } else {
        write_form(page, view);
    }
    write_stories(page, view);
    if (office_may(visit, PERMISSION_PUBLISH)) {
        if (!media_crop_write(page, view, &reason)) {
            html_writer_free(page);
            return office_failed(visit, reason);
        }
        write_replace(page, view);
        write_remove(page, view);
    }
    return office_page_done(visit, page, view->status);
}
