/* Taking a story down in the office: erasure_office.h. What will go is takedown_reach.h, the order
 * takedown.h. */
#include "base/error.h"
#include "desk/erasure.h"
#include "desk/erasure_office.h"
#include "desk/media_view.h"
#include "desk/revision.h"
#include "desk/story_view_private.h"
#include "desk/takedown.h"
#include "desk/takedown_reach.h"
#include "desk/variant.h"
#include "desk_erase_sql.h"
#include "office/frame.h"
#include "office/once.h"
#include "office/reason.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

G_STATIC_ASSERT(OFFICE_ONCE <= ERASURE_ONCE);

#define VERSIONS_MOST 10000u

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    Story *story;
    TakedownReach reach;
    const char *problem; /* borrowed, or NULL */
    unsigned status;
} Page;

static void page_clear(Page *page)
{
    story_desk_clear(&page->desk);
    g_clear_pointer(&page->story, story_free);
    takedown_reach_clear(&page->reach);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Page, page_clear)

static const char *say(const Page *all, const char *id)
{
    return office_text(all->visit, id);
}

static bool load(Page *all, GError **error)
{
    int64_t id = 0;
    if (!office_part_number(all->visit, 0, &id)) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such story");
        return false;
    }
    all->story = story_read(all->visit->store, id, error);
    return all->story != NULL && story_desk_open(all->visit->store, &all->desk, error) &&
           takedown_reach_read(all->visit->store, all->story, &all->reach, error);
}

/* ---- What will go ---------------------------------------------------------------------------- */

static void write_paths(HtmlWriter *page, const Page *all)
{
    html_element(page, "h2", say(all, "office_takedown_addresses"));
    if (all->reach.paths->len == 0) {
        html_element(page, "p", say(all, "office_takedown_no_addresses"));
        return;
    }
    html_open(page, "ul");
    for (guint i = 0; i < all->reach.paths->len; i++) {
        g_autofree char *address =
            g_strconcat(all->desk.url, "/", (const char *)all->reach.paths->pdata[i], NULL);
        html_open(page, "li");
        html_open(page, "bdi");
        html_text(page, address);
        html_close(page, "bdi");
        html_close(page, "li");
    }
    html_close(page, "ul");
}

static bool write_picture(HtmlWriter *page, const Page *all, int64_t id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Media) media = media_read(all->visit->store, id, &reason);
    bool goes = false;
    if (media == NULL) { /* removed from the library before */
        return office_status(reason) == 404;
    }
    if (!takedown_reach_goes(all->visit->store, all->story->id, id, &goes, error)) {
        return false;
    }
    g_autofree char *address = g_strdup_printf("/pictures/%" PRId64, id);
    g_autofree char *title = media_view_title(media);
    html_open(page, "li");
    html_open(page, "a");
    html_url_attribute(page, "href", address);
    if (!media_view_image(page, all->visit->store, media, VARIANT_SQUARE, "", error)) {
        return false;
    }
    html_open(page, "span");
    html_attribute(page, "class", "title");
    html_text(page, title);
    html_close(page, "span");
    html_close(page, "a");
    html_element(page, "small", say(all, goes ? "office_takedown_goes" : "office_takedown_stays"));
    html_close(page, "li");
    return true;
}

static bool write_pictures(HtmlWriter *page, const Page *all, GError **error)
{
    if (all->reach.media->len == 0) {
        return true;
    }
    media_view_assets(page);
    html_element(page, "h2", say(all, "office_takedown_pictures"));
    html_open(page, "ul");
    html_attribute(page, "class", "pictures");
    for (guint i = 0; i < all->reach.media->len; i++) {
        if (!write_picture(page, all, g_array_index(all->reach.media, int64_t, i), error)) {
            return false;
        }
    }
    html_close(page, "ul");
    return true;
}

static bool write_translation(HtmlWriter *page, const Page *all, int64_t id, GError **error)
{
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64 "/take-down", id);
    g_autoptr(Story) story = story_read(all->visit->store, id, error);
    if (story == NULL) {
        return false;
    }
    html_open(page, "li");
    story_view_link(page, path, story->headline);
    html_text(page, " ");
    html_element(page, "span", story->language);
    html_text(page, " ");
    story_view_state(page, all->visit, story->state);
    html_close(page, "li");
    return true;
}

/* The rest of its group: each a story of its own, which stays. */
static bool write_translations(HtmlWriter *page, const Page *all, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(StoreRows) rows =
            desk_erase_group_stories(all->visit->store, all->story->group, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            int64_t id = store_number(rows, 0);
            if (id != all->story->id) {
                g_array_append_val(ids, id);
            }
        }
        if (step != STORE_END) {
            return false;
        }
    }
    if (ids->len == 0) {
        return true;
    }
    html_element(page, "h2", say(all, "office_takedown_translations"));
    html_element(page, "p", say(all, "office_takedown_translations_text"));
    html_open(page, "ul");
    for (guint i = 0; i < ids->len; i++) {
        if (!write_translation(page, all, g_array_index(ids, int64_t, i), error)) {
            return false;
        }
    }
    html_close(page, "ul");
    return true;
}

static bool write_reach(HtmlWriter *page, const Page *all, GError **error)
{
    g_autoptr(GPtrArray) versions =
        revision_list(all->visit->store, all->story->id, VERSIONS_MOST, error);
    if (versions == NULL) {
        return false;
    }
    g_autofree char *text =
        g_strdup_printf("%s %u.", say(all, "office_takedown_versions"), versions->len);
    html_element(page, "p", say(all, "office_takedown_goes_text"));
    html_element(page, "p", text);
    write_paths(page, all);
    return write_pictures(page, all, error) && write_translations(page, all, error);
}

/* ---- The order ------------------------------------------------------------------------------- */

/* Where the tombstone stands: at the address, or at a path that tells nothing. */
static void write_place(HtmlWriter *page, const Page *all)
{
    g_autofree char *offered = g_strdup_printf("removed/%" PRId64 ".html", all->story->id);
    const char *typed = office_field(all->visit, "path");
    bool neutral = strcmp(office_field(all->visit, "place"), "neutral") == 0;
    OfficeInput path = {.label = say(all, "office_takedown_path"),
                        .name = "path",
                        .value = *typed == '\0' ? offered : typed,
                        .hint = say(all, "office_takedown_path_hint"),
                        .most = 500};
    if (all->reach.paths->len == 0) {
        return;
    }
    office_choice(page, say(all, "office_takedown_place"), "place");
    office_option(page, "own", say(all, "office_takedown_place_own"), !neutral);
    office_option(page, "neutral", say(all, "office_takedown_place_neutral"), neutral);
    office_choice_end(page);
    office_input(page, &path);
}

static void write_order(HtmlWriter *page, const Page *all)
{
    g_autofree char *action = g_strdup_printf("/stories/%" PRId64 "/take-down", all->story->id);
    g_autofree char *label =
        g_strdup_printf("%s %" PRId64, say(all, "office_takedown_confirm"), all->story->id);
    html_element(page, "h2", say(all, "office_takedown_order"));
    office_form(page, all->visit, action);
    office_once(page, all->visit);
    erasure_office_reason(page, all->visit);
    write_place(page, all);
    erasure_office_confirm(page, all->visit, label, "office_takedown_do");
    html_close(page, "form");
}

static HttpReply *show(Page *all)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *back = g_strdup_printf("/stories/%" PRId64, all->story->id);
    HtmlWriter *page = office_page(all->visit, say(all, "office_takedown"));
    if (all->problem != NULL) {
        office_problem(page, all->problem);
    }
    html_open(page, "p");
    html_attribute(page, "lang", all->story->language);
    html_attribute(page, "dir", "auto");
    story_view_link(page, back, all->story->headline);
    html_close(page, "p");
    html_element(page, "p", say(all, "office_takedown_warning"));
    if (!write_reach(page, all, &reason)) {
        html_writer_free(page);
        return office_failed(all->visit, reason);
    }
    write_order(page, all);
    return office_page_done(all->visit, page, all->status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Page) all = {.visit = visit, .status = 200};
    return load(&all, &reason) ? show(&all) : office_failed(visit, reason);
}

static bool order_body(Store *store, void *data, GError **error)
{
    const Page *all = data;
    const OfficeVisit *visit = all->visit;
    bool neutral =
        all->reach.paths->len > 0 && strcmp(office_field(visit, "place"), "neutral") == 0;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, all->story->id);
    Takedown how = {.reason = office_field(visit, "reason"),
                    .person = visit->person->name,
                    .path = neutral ? office_field(visit, "path") : NULL,
                    .once = office_once_word(visit)};
    bool known = false;
    if (!erasure_known(store, how.once, &known, error) || known) {
        return known;
    }
    return story_takedown(store, &all->desk.site, all->story->id, &how, visit->now, error) &&
           audit_add(store, visit->person->id, "story.takedown", subject, "", visit->now, error);
}

static bool is_place(const char *place)
{
    return strcmp(place, "own") == 0 || strcmp(place, "neutral") == 0;
}

/* What is missing in the form, or NULL. */
static const char *missing(const Page *all)
{
    g_autofree char *number = g_strdup_printf("%" PRId64, all->story->id);
    g_autofree char *typed = g_strstrip(g_strdup(office_field(all->visit, "confirm")));
    g_autofree char *reason = g_strstrip(g_strdup(office_field(all->visit, "reason")));
    if (office_once_word(all->visit) == NULL) {
        return "office_erasure_stale";
    }
    if (*reason == '\0') {
        return "office_erasure_no_reason";
    }
    if (all->reach.paths->len > 0 && !is_place(office_field(all->visit, "place"))) {
        return "office_takedown_no_place";
    }
    return strcmp(number, typed) != 0 ? "office_takedown_not_confirmed" : NULL;
}

static HttpReply *answer_order(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Page) all = {.visit = visit, .status = 422};
    if (!load(&all, &reason)) {
        return office_failed(visit, reason);
    }
    const char *lacks = missing(&all);
    if (lacks != NULL) {
        all.problem = office_text(visit, lacks);
        return show(&all);
    }
    if (store_transact(visit->store, order_body, &all, &reason)) {
        return office_see_other(visit, "/erasures?done=ordered");
    }
    all.problem = office_reason(visit, reason);
    all.status = office_status(reason);
    return all.status == 422 || all.status == 409 ? show(&all) : office_failed(visit, reason);
}

const OfficeRoute takedown_office[] = {
    {.name = "takedown",
     .method = HTTP_GET,
     .path = "/stories/:id/take-down",
     .permission = PERMISSION_TAKE_DOWN,
     .answer = answer_show,
     .help = "what a takedown of a story takes along"},
    {.name = "takedown-order",
     .method = HTTP_POST,
     .path = "/stories/:id/take-down",
     .permission = PERMISSION_TAKE_DOWN,
     .answer = answer_order,
     .body_most = OFFICE_FORM,
     .help = "takes a story down for good"},
    {.name = NULL},
};
