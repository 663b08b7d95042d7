/* The history of a story in the office: its revisions, what each changed, bringing one back; and
 * what a colleague has typed and not saved. */
#include "desk/story_office.h"

#include "base/error.h"
#include "desk/difference_view.h"
#include "desk/revision.h"
#include "desk/story_edit.h"
#include "desk/story_seen.h"
#include "desk/story_view_private.h"
#include "office/area.h"
#include "office/asset.h"
#include "office/frame.h"
#include "office/reason.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN   500u /* revisions on the page, newest first */
#define CONTEXT 1u   /* unchanged paragraphs around a change */

/* The whole text of a revision in one, for comparing. Caller frees. */
static char *whole(const char *title, const char *lead, const char *body)
{
    return g_strconcat(title, "\n\n", lead, "\n\n", body, NULL);
}

static HtmlWriter *begin(OfficeVisit *visit, const Story *story)
{
    HtmlWriter *page = office_page(visit, story->headline);
    g_autofree char *back = g_strdup_printf("/stories/%" PRId64, story->id);
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("story.css"));
    html_open(page, "p");
    story_view_link(page, back, office_text(visit, "office_back_to_story"));
    html_close(page, "p");
    return page;
}

/* ---- The list ------------------------------------------------------------------------------- */

static void write_revision(HtmlWriter *page, const OfficeVisit *visit, const Story *story,
                           const Revision *revision, GTimeZone *zone)
{
    g_autofree char *address =
        g_strdup_printf("/stories/%" PRId64 "/history/%" PRId64, story->id, revision->number);
    g_autofree char *number = g_strdup_printf("%" PRId64, revision->number);
    g_autofree char *size = g_strdup_printf("%" PRId64, revision->size);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    story_view_link(page, address, number);
    html_close(page, "th");
    html_open(page, "td");
    office_time(page, visit, revision->created, zone);
    html_close(page, "td");
    html_element(page, "td", *revision->editor != '\0' ? revision->editor : "–");
    html_element(page, "td", revision->title);
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, "office_bytes"));
    html_text(page, size);
    html_close(page, "td");
    html_close(page, "tr");
}

static HttpReply *answer_history(OfficeVisit *visit)
{
    static const char *const heads[] = {"office_revision", "office_changed", "office_editor",
                                        "office_title",    "office_bytes",   NULL};
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    g_auto(StoryDesk) desk = {0};
    g_autoptr(Story) story = story_read(visit->store, id, &reason);
    g_autoptr(GPtrArray) list = story != NULL && story_desk_open(visit->store, &desk, &reason)
                                    ? revision_list(visit->store, id, SHOWN, &reason)
                                    : NULL;
    if (list == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = begin(visit, story);
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (unsigned i = 0; i < list->len; i++) {
        write_revision(page, visit, story, list->pdata[i], desk.site.zone);
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return office_page_done(visit, page, 200);
}

/* ---- One of them ---------------------------------------------------------------------------- */

/* The form says what the story was when its page was made (story_seen.h). */
static void write_restore(HtmlWriter *page, const OfficeVisit *visit, const Story *story,
                          int64_t number)
{
    g_autofree char *action = g_strdup_printf("/stories/%" PRId64 "/restore", story->id);
    g_autofree char *value = g_strdup_printf("%" PRId64, number);
    g_autofree char *seen = story_seen_value(story);
    bool may = !story_goes_out(story) || office_may(visit, PERMISSION_PUBLISH);
    if (number == story->revision || !may) {
        return;
    }
    office_form(page, visit, action);
    office_hidden(page, "revision", value);
    office_hidden(page, STORY_SEEN_FIELD, seen);
    office_button(page, office_text(visit, "office_restore"), NULL);
    html_close(page, "form");
}

/* Why it was not brought back, and where to see what somebody has saved since. */
static void write_refusal(HtmlWriter *page, const OfficeVisit *visit, const Story *story,
                          const GError *why)
{
    int64_t newer = story_seen_newer(visit, story);
    g_autofree char *path =
        g_strdup_printf("/stories/%" PRId64 "/history/%" PRId64, story->id, newer);
    office_problem(page, office_reason(visit, why));
    if (newer != 0) {
        office_link_line(page, path, office_text(visit, "office_seen_link"));
    }
}

/* `why` it was not brought back, or NULL. */
static HttpReply *revision_page(OfficeVisit *visit, int64_t id, int64_t number, const GError *why)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    g_autoptr(Story) story = story_read(visit->store, id, &reason);
    g_autoptr(Revision) this =
        story == NULL ? NULL : revision_read(visit->store, id, number, &reason);
    g_autoptr(Revision) before =
        this == NULL || number == 1 ? NULL : revision_read(visit->store, id, number - 1, &reason);
    if (this == NULL || reason != NULL || !story_desk_open(visit->store, &desk, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *new = whole(this->title, this->lead, this->body);
    g_autofree char *old =
        before == NULL ? g_strdup("") : whole(before->title, before->lead, before->body);
    g_autofree char *heading = g_strdup_printf(
        "%s %" PRId64 " · %s", office_text(visit, "office_revision"), number, this->editor);
    HtmlWriter *page = begin(visit, story);
    if (why != NULL) {
        write_refusal(page, visit, story, why);
    }
    html_element(page, "h2", heading);
    html_open(page, "p");
    office_time(page, visit, this->created, desk.site.zone);
    html_close(page, "p");
    write_restore(page, visit, story, number);
    difference_view_write(page, old, new, story->language, CONTEXT);
    return office_page_done(visit, page, why == NULL ? 200 : office_status(why));
}

static HttpReply *answer_revision(OfficeVisit *visit)
{
    int64_t id = 0, number = 0;
    return office_part_number(visit, 0, &id) && office_part_number(visit, 1, &number)
               ? revision_page(visit, id, number, NULL)
               : office_not_found(visit);
}

typedef struct {
    OfficeVisit *visit;
    const DeskSite *site;
    int64_t story, number;
} Restore;

static bool restore(Store *store, void *data, GError **error)
{
    const Restore *work = data;
    const OfficeVisit *visit = work->visit;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, work->story);
    g_autofree char *detail = g_strdup_printf("revision %" PRId64, work->number);
    g_autoptr(Story) story = story_read(store, work->story, error);
    if (story == NULL) {
        return false;
    }
    if (story_goes_out(story) && !office_may(visit, PERMISSION_PUBLISH)) {
        return fail(error, KOLOKOL_ERROR_DENIED, "%s", story_view_denied(visit, story));
    }
    return story_seen_check(visit, store, work->story, STORY_SEEN_TEXT, error) &&
           story_restore(store, work->site, work->story, work->number, visit->person->name,
                         visit->now, NULL, error) &&
           audit_add(store, visit->person->id, "story.restore", subject, detail, visit->now, error);
}

static HttpReply *answer_restore(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    Restore work = {.visit = visit, .site = &desk.site};
    if (!office_part_number(visit, 0, &work.story)) {
        return office_not_found(visit);
    }
    g_ascii_string_to_signed(office_field(visit, "revision"), 10, 1, INT64_MAX, &work.number, NULL);
    if (!story_desk_open(visit->store, &desk, &reason) ||
        !store_transact(visit->store, restore, &work, &reason)) {
        return g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT)
                   ? revision_page(visit, work.story, work.number, reason)
                   : story_view_problem(visit, work.story, reason);
    }
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64 "?done=restored", work.story);
    return office_see_other(visit, path);
}

/* ---- What a colleague has not saved --------------------------------------------------------- */

static HttpReply *answer_unsaved(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0, person = 0;
    if (!office_part_number(visit, 0, &id) || !office_part_number(visit, 1, &person)) {
        return office_not_found(visit);
    }
    g_auto(StoryDesk) desk = {0};
    g_autoptr(Story) story = story_read(visit->store, id, &reason);
    g_autoptr(Working) working =
        story == NULL ? NULL : working_read(visit->store, id, person, &reason);
    g_autoptr(Revision) base =
        working == NULL ? NULL : revision_read(visit->store, id, working->base, &reason);
    if (base == NULL || !story_desk_open(visit->store, &desk, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *old = whole(base->title, base->lead, base->body);
    g_autofree char *new = whole(working->title, working->lead, working->body);
    HtmlWriter *page = begin(visit, story);
    html_element(page, "h2", working->name);
    html_open(page, "p");
    office_time(page, visit, working->changed, desk.site.zone);
    html_close(page, "p");
    g_autofree char *take =
        g_strdup_printf("/stories/%" PRId64 "/unsaved/%" PRId64, id, working->person);
    office_button_form(page, visit, take, NULL, NULL, office_text(visit, "office_take"), NULL);
    difference_view_write(page, old, new, story->language, CONTEXT);
    html_open(page, "textarea");
    html_attribute(page, "readonly", "readonly");
    html_attribute(page, "rows", "20");
    html_attribute(page, "aria-label", office_text(visit, "office_body"));
    html_text(page, "\n");
    html_text(page, working->body);
    html_close(page, "textarea");
    return office_page_done(visit, page, 200);
}

/* The visitor goes on with a colleague's text: it becomes their own working copy, too. */
static HttpReply *answer_take(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0, person = 0;
    if (!office_part_number(visit, 0, &id) || !office_part_number(visit, 1, &person)) {
        return office_not_found(visit);
    }
    g_autoptr(Working) theirs = working_read(visit->store, id, person, &reason);
    if (theirs == NULL) {
        return office_failed(visit, reason);
    }
    WorkingText text = {.story = id,
                        .person = visit->person->id,
                        .base = theirs->base,
                        .floor = theirs->floor,
                        .name = visit->person->name,
                        .title = theirs->title,
                        .lead = theirs->lead,
                        .body = theirs->body,
                        .rest = theirs->rest};
    if (!working_keep(visit->store, &text, 0, visit->now, NULL, &reason)) {
        return story_view_problem(visit, id, reason);
    }
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64, id);
    return office_see_other(visit, path);
}

const OfficeRoute revision_office[] = {
    {.name = "story-history",
     .method = HTTP_GET,
     .path = "/stories/:id/history",
     .permission = PERMISSION_WRITE,
     .answer = answer_history,
     .help = "a story's revisions"},
    {.name = "story-revision",
     .method = HTTP_GET,
     .path = "/stories/:id/history/:number",
     .permission = PERMISSION_WRITE,
     .answer = answer_revision,
     .help = "what a revision changed"},
    {.name = "story-restore",
     .method = HTTP_POST,
     .path = "/stories/:id/restore",
     .permission = PERMISSION_WRITE,
     .answer = answer_restore,
     .body_most = OFFICE_FORM,
     .help = "an old revision becomes the newest"},
    {.name = "story-unsaved",
     .method = HTTP_GET,
     .path = "/stories/:id/unsaved/:person",
     .permission = PERMISSION_WRITE,
     .answer = answer_unsaved,
     .help = "what a colleague has typed and not saved"},
    {.name = "story-take",
     .method = HTTP_POST,
     .path = "/stories/:id/unsaved/:person",
     .permission = PERMISSION_WRITE,
     .answer = answer_take,
     .body_most = OFFICE_FORM,
     .help = "goes on with a colleague's text"},
    {.name = NULL},
};
