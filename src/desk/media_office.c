/* The list of pictures, searched, and uploads: media_office.h. An upload is only kept here; what is
 * made of it is the worker's (incoming.h). */
#include "desk/media_office.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/incoming.h"
#include "desk/media_upload.h"
#include "desk/media_view.h"
#include "desk/story_view_private.h"
#include "desk/variant.h"
#include "office/frame.h"
#include "office/reason.h"
#include "web/multipart.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN    24u
#define UPLOADS  50u
#define EXPIRING (7 * CLOCK_DAY)

typedef struct {
    const char *words, *which;
    MediaQuery query;
} Asked;

static void asked_read(const OfficeVisit *visit, Asked *asked)
{
    int64_t before = 0;
    *asked = (Asked){.words = office_asked(visit, "words"), .which = office_asked(visit, "which")};
    asked->query = (MediaQuery){.text = *asked->words == '\0' ? NULL : asked->words,
                                .unused = strcmp(asked->which, "unused") == 0,
                                .most = SHOWN + 1};
    if (strcmp(asked->which, "expiring") == 0) {
        asked->query.expires_before = visit->now + EXPIRING;
    }
    if (g_ascii_string_to_signed(office_asked(visit, "before"), 10, 1, INT64_MAX, &before, NULL)) {
        asked->query.before = before;
    }
}

/* ---- Uploads -------------------------------------------------------------------------------- */

static void write_send(HtmlWriter *page, const OfficeVisit *visit)
{
    html_element(page, "h2", office_text(visit, "office_pictures_add"));
    media_view_send_form(page, visit, "/pictures/add", true);
    office_tick(page, office_text(visit, "office_pictures_words"), "words", "checked");
    office_button(page, office_text(visit, "office_pictures_send"), "strong");
    html_close(page, "form");
    html_open(page, "ul");
    html_attribute(page, "id", "sending");
    html_attribute(page, "aria-live", "polite");
    html_close(page, "ul");
}

static void write_upload(HtmlWriter *page, const OfficeVisit *visit, const Incoming *incoming)
{
    bool waiting = strcmp(incoming->state, "waiting") == 0;
    bool done = strcmp(incoming->state, "done") == 0;
    html_open(page, "li");
    html_attribute(page, "class", incoming->state);
    html_element(page, "bdi", incoming->name);
    html_text(page, " ");
    office_state(page,
                 waiting ? "scheduled"
                 : done  ? "published"
                         : "withdrawn",
                 office_text(visit, waiting ? "office_upload_waiting"
                                    : done  ? "office_upload_done"
                                            : "office_upload_refused"));
    if (done) {
        g_autofree char *address = g_strdup_printf("/pictures/%" PRId64, incoming->media);
        g_autofree char *words =
            g_strdup_printf("%s %" PRId64, office_text(visit, "office_picture"), incoming->media);
        html_text(page, " ");
        story_view_link(page, address, words);
    } else if (!waiting) {
        html_element(page, "small", incoming->reason);
    }
    html_close(page, "li");
}

static bool write_uploads(HtmlWriter *page, const OfficeVisit *visit, GError **error)
{
    g_autoptr(GPtrArray) list = incoming_list(visit->store, UPLOADS, error);
    if (list == NULL) {
        return false;
    }
    unsigned waiting = 0;
    html_open(page, "div");
    html_attribute(page, "id", "uploads");
    html_attribute(page, "aria-live", "polite");
    if (list->len > 0) {
        html_element(page, "h2", office_text(visit, "office_pictures_uploads"));
        html_open(page, "ul");
        for (guint i = 0; i < list->len; i++) {
            const Incoming *incoming = list->pdata[i];
            waiting += strcmp(incoming->state, "waiting") == 0 ? 1 : 0;
            write_upload(page, visit, incoming);
        }
        html_close(page, "ul");
    }
    if (waiting > 0) {
        html_open(page, "p");
        story_view_link(page, "/pictures", office_text(visit, "office_pictures_again"));
        html_close(page, "p");
    }
    html_close(page, "div");
    return true;
}

/* ---- The list ------------------------------------------------------------------------------- */

static void write_search(HtmlWriter *page, const OfficeVisit *visit, const Asked *asked)
{
    static const char *const which[][2] = {{"", "office_any"},
                                           {"unused", "office_pictures_unused"},
                                           {"expiring", "office_pictures_expiring"}};
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", "/pictures");
    html_attribute(page, "role", "search");
    html_attribute(page, "class", "search");
    html_open(page, "label");
    html_text(page, office_text(visit, "office_pictures_search"));
    html_open(page, "input");
    html_attribute(page, "type", "search");
    html_attribute(page, "name", "words");
    html_attribute(page, "value", asked->words);
    html_close(page, "label");
    html_open(page, "label");
    html_text(page, office_text(visit, "office_pictures_which"));
    html_open(page, "select");
    html_attribute(page, "name", "which");
    for (size_t i = 0; i < G_N_ELEMENTS(which); i++) {
        office_option(page, which[i][0], office_text(visit, which[i][1]),
                      strcmp(which[i][0], asked->which) == 0);
    }
    html_close(page, "select");
    html_close(page, "label");
    office_button(page, office_text(visit, "office_search"), NULL);
    html_close(page, "form");
}

static bool write_picture(HtmlWriter *page, const OfficeVisit *visit, const Media *media,
                          GTimeZone *zone, GError **error)
{
    g_autofree char *address = g_strdup_printf("/pictures/%" PRId64, media->id);
    g_autofree char *title = media_view_title(media);
    g_autofree char *credit = media_credit(media);
    g_autofree char *number = g_strdup_printf("%" PRId64, media->id);
    html_open(page, "li");
    html_open(page, "a");
    html_url_attribute(page, "href", address);
    if (!media_view_image(page, visit->store, media, VARIANT_SQUARE, "", error)) {
        return false;
    }
    html_open(page, "span");
    html_attribute(page, "class", "title");
    html_attribute(page, "dir", "auto");
    html_text(page, title);
    html_close(page, "span");
    html_close(page, "a");
    html_open(page, "small");
    html_text(page, number);
    if (*credit != '\0') {
        html_text(page, " · ");
        html_element(page, "bdi", credit);
    }
    html_close(page, "small");
    if (*media->alt == '\0' || *credit == '\0') {
        html_element(page, "small", office_text(visit, "office_picture_lacks"));
    }
    if (media->licence_until != 0) {
        html_open(page, "small");
        html_text(page, office_text(visit, "office_licence_ends"));
        html_text(page, " ");
        office_time(page, visit, media->licence_until, zone);
        html_close(page, "small");
    }
    html_close(page, "li");
    return true;
}

static void write_next(HtmlWriter *page, const OfficeVisit *visit, const Asked *asked,
                       const Media *last)
{
    g_autofree char *words = g_uri_escape_string(asked->words, NULL, FALSE);
    g_autofree char *which = g_uri_escape_string(asked->which, NULL, FALSE);
    g_autofree char *address =
        g_strdup_printf("/pictures?before=%" PRId64 "&words=%s&which=%s", last->id, words, which);
    html_open(page, "p");
    story_view_link(page, address, office_text(visit, "office_older"));
    html_close(page, "p");
}

static bool write_list(HtmlWriter *page, const OfficeVisit *visit, const Asked *asked,
                       GError **error)
{
    g_auto(StoryDesk) desk = {0};
    g_autoptr(GPtrArray) list = story_desk_open(visit->store, &desk, error)
                                    ? media_find(visit->store, &asked->query, error)
                                    : NULL;
    if (list == NULL) {
        return false;
    }
    html_open(page, "div");
    html_attribute(page, "id", "pictures-list");
    html_element(
        page, list->len == 0 ? "p" : "h2",
        office_text(visit, list->len == 0 ? "office_pictures_none" : "office_pictures_newest"));
    html_open(page, list->len == 0 ? "div" : "ul");
    html_attribute(page, "class", "pictures");
    for (guint i = 0; i < MIN(list->len, SHOWN); i++) {
        if (!write_picture(page, visit, list->pdata[i], desk.site.zone, error)) {
            return false;
        }
    }
    html_close(page, list->len == 0 ? "div" : "ul");
    if (list->len > SHOWN) {
        write_next(page, visit, asked, list->pdata[SHOWN - 1]);
    }
    html_close(page, "div");
    return true;
}

static void write_done(HtmlWriter *page, const OfficeVisit *visit)
{
    static const char *const known[][2] = {{"sent", "office_done_picture_sent"},
                                           {"removed", "office_done_picture_removed"}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(office_asked(visit, "done"), known[i][0]) == 0) {
            office_done(page, office_text(visit, known[i][1]));
        }
    }
}

static HttpReply *show_list(OfficeVisit *visit, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    Asked asked;
    asked_read(visit, &asked);
    HtmlWriter *page = office_page(visit, office_text(visit, "office_pictures"));
    media_view_assets(page);
    if (problem != NULL) {
        office_problem(page, office_reason(visit, problem));
    } else {
        write_done(page, visit);
    }
    write_search(page, visit, &asked);
    write_send(page, visit);
    if (!write_uploads(page, visit, &reason) || !write_list(page, visit, &asked, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    return office_page_done(visit, page, problem == NULL ? 200 : office_status(problem));
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    return show_list(visit, NULL);
}

/* ---- Adding --------------------------------------------------------------------------------- */

/* From script: the body is one file, its name is in the query, and the answer is a number. */
static HttpReply *add_one(OfficeVisit *visit, int directory)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *name = multipart_file_name(office_asked(visit, "name"));
    IncomingFile given = {.name = name,
                          .bytes = visit->request->body,
                          .length = visit->request->body_length,
                          .person = visit->person->id,
                          .words = strcmp(office_asked(visit, "words"), "1") == 0};
    int64_t id = 0;
    if (!incoming_give(visit->store, directory, &given, visit->now, &id, &reason)) {
        HttpReply *refused =
            http_reply_new_text(office_status(reason), office_reason(visit, reason));
        office_headers(visit, refused);
        return refused;
    }
    g_autofree char *text = g_strdup_printf("{\"upload\":%" PRId64 "}\n", id);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    HttpReply *reply = http_reply_new(201, bytes);
    http_reply_header(reply, "Content-Type", "application/json");
    office_headers(visit, reply);
    return reply;
}

static bool wants_words(const GArray *parts)
{
    for (guint i = 0; i < parts->len; i++) {
        const MultipartPart *part = &g_array_index(parts, MultipartPart, i);
        if (part->file == NULL && strcmp(part->name, "words") == 0) {
            return part->length == 1 && *part->bytes == '1';
        }
    }
    return false;
}

/* From a form: as many files as there are. Those before one that is refused are in. */
static bool add_form(OfficeVisit *visit, int directory, GError **error)
{
    unsigned count = 0;
    int64_t id = 0;
    g_autoptr(GArray) parts = multipart_of_request(visit->request, MEDIA_POST_FILES + 1, error);
    if (parts == NULL) {
        return false;
    }
    bool words = wants_words(parts);
    for (guint i = 0; i < parts->len; i++) {
        const MultipartPart *part = &g_array_index(parts, MultipartPart, i);
        IncomingFile given = {.name = part->file,
                              .bytes = part->bytes,
                              .length = part->length,
                              .person = visit->person->id,
                              .words = words};
        if (part->file == NULL || *part->file == '\0') {
            continue;
        }
        if (!incoming_give(visit->store, directory, &given, visit->now, &id, error)) {
            return false;
        }
        count++;
    }
    return count > 0 ||
           fail(error, KOLOKOL_ERROR_INVALID, "%s", office_text(visit, "office_picture_none"));
}

static HttpReply *answer_add(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    FILE_AUTO directory = media_directory_open(&reason);
    if (directory < 0) {
        return office_failed(visit, reason);
    }
    if (fields_get(visit->query, "name") != NULL) {
        return add_one(visit, directory);
    }
    return add_form(visit, directory, &reason) ? office_see_other(visit, "/pictures?done=sent")
                                               : show_list(visit, reason);
}

const OfficeRoute media_office[] = {
    {.name = "picture-list",
     .method = HTTP_GET,
     .path = "/pictures",
     .permission = PERMISSION_WRITE,
     .answer = answer_list,
     .help = "the pictures, newest first, and uploads",
     .menu = "office_pictures"},
    {.name = "picture-add",
     .method = HTTP_POST,
     .path = "/pictures/add",
     .permission = PERMISSION_WRITE,
     .answer = answer_add,
     .body_most = MEDIA_POST_MOST,
     .body = OFFICE_BYTES,
     .help = "takes files: the worker looks into them"},
    {.name = NULL},
};
