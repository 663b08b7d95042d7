/* Previews: preview_office.h. The page's bytes are draft_reply.c; the script that shows them anew
 * while somebody types is site/editor/preview.js. */
#include "desk/preview_office.h"

#include "desk/draft_reply.h"
#include "desk/story_view_private.h"
#include "office/asset.h"
#include "office/frame.h"
#include "press/weight.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define BASE "/stories/%" PRId64 "/draft"

/* The story of the path and its page; a reply if there is none. Another's unsaved text is on a page
 * of its own (revision_office.c); what is shown here is the visitor's. */
static HttpReply *find(OfficeVisit *visit, int64_t *id, PressShown *shown)
{
    g_autoptr(GError) reason = NULL;
    if (!office_part_number(visit, 0, id)) {
        return office_not_found(visit);
    }
    return draft_show(visit, *id, visit->person->id, shown, &reason) ? NULL
                                                                     : office_failed(visit, reason);
}

static HttpReply *answer_draft(OfficeVisit *visit)
{
    g_auto(PressShown) shown = {0};
    int64_t id = 0;
    HttpReply *wrong = find(visit, &id, &shown);
    g_autofree char *base = g_strdup_printf(BASE, id);
    return wrong != NULL ? wrong : draft_to_page(visit, base, &shown);
}

static HttpReply *answer_draft_path(OfficeVisit *visit)
{
    g_auto(PressShown) shown = {0};
    int64_t id = 0;
    g_autofree char *path = office_part(visit, 1);
    HttpReply *wrong = find(visit, &id, &shown);
    return wrong != NULL ? wrong : draft_reply(visit, &shown, path, true);
}

/* ---- What it weighs ------------------------------------------------------------------------- */

typedef struct {
    PressWeight whole;
    int64_t parts[PRESS_PARTS];
} Weighed;

static bool weigh(const PressShown *shown, Weighed *weighed, GError **error)
{
    size_t length = 0;
    const char *html = g_bytes_get_data(shown->html, &length);
    if (!press_weigh(html, length, &weighed->whole, error)) {
        return false;
    }
    press_weigh_parts(html, weighed->whole.brotli, weighed->parts);
    return true;
}

static const char *part_text(const OfficeVisit *visit, PressPart part)
{
    g_autofree char *id = g_strconcat("office_preview_part_", press_part_name(part), NULL);
    return office_text(visit, id);
}

static HttpReply *answer_weight(OfficeVisit *visit)
{
    g_auto(PressShown) shown = {0};
    g_autoptr(GError) reason = NULL;
    Weighed weighed = {0};
    int64_t id = 0;
    HttpReply *wrong = find(visit, &id, &shown);
    if (wrong != NULL) {
        return wrong;
    }
    if (!weigh(&shown, &weighed, &reason)) {
        return office_failed(visit, reason);
    }
    JsonWriter json;
    GString *text = g_string_new(NULL);
    json_writer_init(&json, text, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "brotli", weighed.whole.brotli);
    json_writer_number_member(&json, "gzip", weighed.whole.gzip);
    json_writer_number_member(&json, "budget", PRESS_BUDGET_BROTLI);
    json_writer_bool_member(&json, "heavy", weighed.whole.heavy);
    json_writer_key(&json, "parts");
    json_writer_open_array(&json);
    for (unsigned i = 0; i < PRESS_PARTS; i++) {
        json_writer_open_object(&json);
        json_writer_text_member(&json, "name", part_text(visit, (PressPart)i));
        json_writer_number_member(&json, "bytes", weighed.parts[i]);
        json_writer_close(&json);
    }
    json_writer_close(&json);
    json_writer_close(&json);
    json_writer_finish(&json, NULL);
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);
    HttpReply *reply = http_reply_new(200, bytes);
    office_headers(visit, reply);
    http_reply_header(reply, "Content-Type", "application/json");
    return reply;
}

/* "9.7 KB of 10 KB": the same words as the script writes. */
static void write_sum(HtmlWriter *page, const OfficeVisit *visit, const Weighed *weighed)
{
    unsigned heaviest = 0;
    g_autofree char *size = office_size(visit, weighed->whole.brotli);
    g_autofree char *budget = office_size(visit, PRESS_BUDGET_BROTLI);
    html_element(page, "b", size);
    html_text(page, " ");
    html_text(page, office_text(visit, "office_preview_of"));
    html_text(page, " ");
    html_text(page, budget);
    if (!weighed->whole.heavy) {
        return;
    }
    for (unsigned i = 1; i < PRESS_PARTS; i++) {
        heaviest = weighed->parts[i] > weighed->parts[heaviest] ? i : heaviest;
    }
    html_open(page, "span");
    html_attribute(page, "class", "heavy");
    html_text(page, " · ");
    html_text(page, office_text(visit, "office_preview_heavy"));
    html_text(page, " ");
    html_text(page, part_text(visit, (PressPart)heaviest));
    html_close(page, "span");
}

static void write_weight(HtmlWriter *page, const OfficeVisit *visit, const Weighed *weighed)
{
    html_open(page, "details");
    html_attribute(page, "class", "weight");
    html_open(page, "summary");
    write_sum(page, visit, weighed);
    html_close(page, "summary");
    html_open(page, "table");
    html_attribute(page, "class", "weights");
    html_element(page, "caption", office_text(visit, "office_preview_parts"));
    html_open(page, "tbody");
    for (unsigned i = 0; i < PRESS_PARTS; i++) {
        g_autofree char *size = office_size(visit, weighed->parts[i]);
        html_open(page, "tr");
        html_open(page, "th");
        html_attribute(page, "scope", "row");
        html_text(page, part_text(visit, (PressPart)i));
        html_close(page, "th");
        html_element(page, "td", size);
        html_close(page, "tr");
    }
    html_close(page, "tbody");
    html_close(page, "table");
    html_close(page, "details");
}

/* ---- The page around it --------------------------------------------------------------------- */

static void write_style(HtmlWriter *page)
{
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("preview.css"));
}

static void write_width(HtmlWriter *page, const OfficeVisit *visit, const char *address,
                        const char *text, bool here)
{
    html_open(page, "a");
    html_url_attribute(page, "href", address);
    html_attribute(page, "aria-current", here ? "true" : NULL);
    html_text(page, office_text(visit, text));
    html_close(page, "a");
    html_text(page, " ");
}

static void write_ways(HtmlWriter *page, const OfficeVisit *visit, int64_t id, bool narrow)
{
    g_autofree char *back = g_strdup_printf("/stories/%" PRId64, id);
    g_autofree char *wide = g_strdup_printf("/stories/%" PRId64 "/preview", id);
    g_autofree char *phone = g_strconcat(wide, "?width=390", NULL);
    g_autofree char *alone = g_strdup_printf(BASE, id);
    html_open(page, "p");
    html_attribute(page, "class", "preview-ways");
    write_width(page, visit, back, "office_back_to_story", false);
    write_width(page, visit, wide, "office_preview_full", !narrow);
    write_width(page, visit, phone, "office_preview_phone", narrow);
    write_width(page, visit, alone, "office_preview_alone", false);
    html_close(page, "p");
}

static void write_frame(HtmlWriter *page, const OfficeVisit *visit, int64_t id, bool narrow)
{
    g_autofree char *base = g_strdup_printf(BASE, id);
    html_open(page, "iframe");
    html_attribute(page, "class", narrow ? "preview phone" : "preview");
    html_attribute(page, "title", office_text(visit, "office_preview_title"));
    html_attribute(page, "sandbox",
                   "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    html_attribute(page, "referrerpolicy", "no-referrer");
    html_url_attribute(page, "src", base);
    html_close(page, "iframe");
}

static HttpReply *answer_preview(OfficeVisit *visit)
{
    g_auto(PressShown) shown = {0};
    g_autoptr(GError) reason = NULL;
    Weighed weighed = {0};
    int64_t id = 0;
    bool narrow = strcmp(office_asked(visit, "width"), "390") == 0;
    HttpReply *wrong = find(visit, &id, &shown);
    if (wrong != NULL) {
        return wrong;
    }
    if (!weigh(&shown, &weighed, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_preview"));
    write_style(page);
    write_ways(page, visit, id, narrow);
    html_element(page, "p", office_text(visit, "office_preview_what"));
    write_weight(page, visit, &weighed);
    write_frame(page, visit, id, narrow);
    return office_page_done(visit, page, 200);
}

/* ---- Beside the editor ---------------------------------------------------------------------- */

void preview_write_place(HtmlWriter *page, const StoryView *view)
{
    static const char *const words[][2] = {
        {"data-show", "office_preview_show"},   {"data-hide", "office_preview_hide"},
        {"data-full", "office_preview_full"},   {"data-phone", "office_preview_phone"},
        {"data-title", "office_preview_title"}, {"data-of", "office_preview_of"},
        {"data-size", "office_size"},           {"data-heavy", "office_preview_heavy"},
        {"data-parts", "office_preview_parts"}, {"data-out", "office_preview_out"},
    };
    const OfficeVisit *visit = view->visit;
    g_autofree char *address = g_strdup_printf("/stories/%" PRId64 "/preview", view->story->id);
    g_autofree char *story = g_strdup_printf("%" PRId64, view->story->id);
    if (office_options(visit->office)->drafts == NULL) {
        return;
    }
    write_style(page);
    html_open(page, "section");
    html_attribute(page, "id", "preview");
    html_attribute(page, "aria-label", office_text(visit, "office_preview"));
    html_attribute(page, "data-story", story);
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        html_attribute(page, words[i][0], office_text(visit, words[i][1]));
    }
    html_open(page, "p");
    html_attribute(page, "class", "preview-ways");
    story_view_link(page, address, office_text(visit, "office_preview"));
    html_close(page, "p");
    html_close(page, "section");
}

#define LOOK(called, at, does, explained)                                                          \
    {                                                                                              \
        .name = called, .method = HTTP_GET, .path = "/stories/:id/" at,                            \
        .permission = PERMISSION_WRITE, .answer = does, .help = explained                          \
    }

const OfficeRoute preview_office[] = {
    LOOK("story-preview", "preview", answer_preview, "the story's page as it would be"),
    LOOK("story-draft", "draft", answer_draft, "the page itself, as the press would make it"),
    LOOK("story-draft-path", "draft/*path", answer_draft_path, "that page and what it uses"),
    LOOK("story-weight", "weight", answer_weight, "what the page would weigh"),
    {.name = NULL},
};
