/*
 * The moment between publishing and being read: story_out.h. The page that waits does not hold the
 * door: it puts its answer off and is asked again (net/server.h). What is not there within a second
 * is said so; site/office/out.js asks on, and without it a link does.
 */
#include "desk/story_out.h"

#include "base/clock.h"
#include "office/asset.h"
#include "office/frame.h"
#include "press/standing.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define PROMPT  (2 * STORY_OUT_WAIT) /* later than this nobody knows how long it took */
#define LONGEST CLOCK_HOUR           /* older than this nobody waits for */

/* What is to be there: the story's page; where it is withdrawn, what stands in its place. */
static bool standing_of(const OfficeVisit *visit, const Story *story, PressStanding *standing,
                        char **reason, GError **error)
{
    const char *edition = office_options(visit->office)->edition_dir;
    bool visible = story_visible(story, visit->now);
    g_autofree char *page = visible ? g_strdup_printf("story:%" PRId64, story->id)
                                    : g_strconcat("stub:", story->path, NULL);
    g_autofree char *input = visible ? g_strdup(page) : g_strconcat("path:", story->path, NULL);
    return press_standing(visit->store, edition, input, page, standing, reason, error);
}

/* Do readers see it, or have they? */
static bool concerns(const OfficeVisit *visit, const Story *story)
{
    return office_options(visit->office)->edition_dir != NULL && story->path != NULL &&
           (story_visible(story, visit->now) || story->state == STORY_WITHDRAWN);
}

/* 0 if the moment is none to wait from. */
static int64_t since(const OfficeVisit *visit)
{
    int64_t moment = 0;
    g_ascii_string_to_signed(office_asked(visit, "since"), 10, 1, INT64_MAX, &moment, NULL);
    return moment <= visit->now && moment > visit->now - LONGEST ? moment : 0;
}

/* "saved"; "" for what is no word. */
static char *word_of(const char *text)
{
    return g_strndup(text, strspn(text, "abcdefghijklmnopqrstuvwxyz"));
}

HttpReply *story_out_redirect(OfficeVisit *visit, int64_t id, const char *done)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *plain = g_strdup_printf("/stories/%" PRId64 "?done=%s", id, done);
    g_autoptr(Story) story = story_read(visit->store, id, &reason);
    if (story == NULL || !concerns(visit, story)) {
        return office_see_other(visit, plain);
    }
    g_autofree char *path =
        g_strdup_printf("/stories/%" PRId64 "/out?done=%s&since=%" PRId64, id, done, visit->now);
    return office_see_other(visit, path);
}

static HttpReply *answer_out(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0, from = since(visit), waited = visit->request->waited;
    PressStanding standing = PRESS_WAITS;
    g_autoptr(Story) story =
        office_part_number(visit, 0, &id) ? story_read(visit->store, id, &reason) : NULL;
    if (story == NULL) {
        return reason == NULL ? office_not_found(visit) : office_failed(visit, reason);
    }
    g_autofree char *done = word_of(office_asked(visit, "done"));
    if (from == 0 || !concerns(visit, story)) {
        g_autofree char *plain = g_strdup_printf("/stories/%" PRId64 "?done=%s", id, done);
        return office_see_other(visit, plain);
    }
    if (!standing_of(visit, story, &standing, NULL, &reason)) {
        return office_failed(visit, reason);
    }
    if (standing == PRESS_WAITS && waited != HTTP_NO_ROOM && waited < STORY_OUT_WAIT) {
        return NULL;
    }
    int64_t took = visit->now - from;
    g_autofree char *path =
        standing == PRESS_STANDS
            ? g_strdup_printf("/stories/%" PRId64 "?done=%s&live=%" PRId64, id, done,
                              took <= PROMPT ? MAX(1, took / 1000) : 0)
            : g_strdup_printf("/stories/%" PRId64 "?done=%s&since=%" PRId64, id, done, from);
    return office_see_other(visit, path);
}

/* ---- On the story's page -------------------------------------------------------------------- */

/* "/stories/1/out?…", to look again. */
static char *again_of(const OfficeVisit *visit, const Story *story)
{
    g_autofree char *done = word_of(office_asked(visit, "done"));
    return g_strdup_printf("/stories/%" PRId64 "/out?done=%s&since=%" PRId64, story->id, done,
                           since(visit));
}

/* With a number of milliseconds where somebody counted. */
static void write_there(HtmlWriter *page, const OfficeVisit *visit, bool visible,
                        const char *address)
{
    gint64 took = 0;
    g_ascii_string_to_signed(office_asked(visit, "live"), 10, 1, PROMPT / 1000, &took, NULL);
    g_autofree char *number = g_strdup_printf("%" PRId64, (int64_t)took);
    g_autofree char *counted = strings_fill(
        visit->language, visible ? "office_out_live" : "office_out_gone", "ms", number, NULL);
    html_text(page, took > 0  ? counted
                    : visible ? office_text(visit, "office_out_there")
                              : office_text(visit, "office_out_not_there"));
    html_text(page, " ");
    if (visible) {
        html_open(page, "a");
        html_url_attribute(page, "href", address);
        html_text(page, address);
        html_close(page, "a");
    }
}

static void write_waiting(HtmlWriter *page, const OfficeVisit *visit, const char *again,
                          const char *reason)
{
    if (reason != NULL) {
        g_autofree char *text =
            strings_fill(visit->language, "office_out_failed", "reason", reason, NULL);
        html_text(page, text);
    } else {
        html_text(page, office_text(visit, "office_out_waits"));
    }
    html_text(page, " ");
    html_open(page, "a");
    html_url_attribute(page, "href", again);
    html_text(page, office_text(visit, "office_out_again"));
    html_close(page, "a");
}

bool story_out_write(HtmlWriter *page, OfficeVisit *visit, const Story *story, const char *address,
                     GError **error)
{
    bool told = *office_asked(visit, "live") != '\0', visible = story_visible(story, visit->now);
    PressStanding standing = PRESS_STANDS;
    g_autofree char *reason = NULL;
    if ((!told && since(visit) == 0) || !concerns(visit, story)) {
        return true;
    }
    if (!told && !standing_of(visit, story, &standing, &reason, error)) {
        return false;
    }
    g_autofree char *again = again_of(visit, story);
    html_open(page, "p");
    html_attribute(page, "id", "out");
    html_attribute(page, "role", "status");
    html_attribute(page, "data-again", standing == PRESS_WAITS ? again : NULL);
    if (standing == PRESS_STANDS) {
        write_there(page, visit, visible, address);
    } else {
        write_waiting(page, visit, again, reason);
    }
    html_close(page, "p");
    if (standing == PRESS_WAITS) {
        html_open(page, "script");
        html_attribute(page, "src", office_asset("out.js"));
        html_flag(page, "defer", true);
        html_close(page, "script");
    }
    return true;
}

const OfficeRoute story_out_office[] = {
    {.name = "story-out",
     .method = HTTP_GET,
     .path = "/stories/:id/out",
     .permission = PERMISSION_WRITE,
     .answer = answer_out,
     .help = "waits a moment until readers have what was done"},
    {.name = NULL},
};
