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

/* The entry that the address names; 0: it is about the story. */
static int64_t entry_of(const OfficeVisit *visit)
{
    int64_t entry = 0;
    g_ascii_string_to_signed(office_asked(visit, "entry"), 10, 1, INT64_MAX, &entry, NULL);
    return entry;
}

/* "" without an entry. */
static char *about(int64_t entry)
{
    return entry == 0 ? g_strdup("") : g_strdup_printf("&entry=%" PRId64, entry);
}

/* The story's page, or its list of entries; `name` NULL: with nothing more to say. */
static char *back(int64_t id, int64_t entry, const char *done, const char *name, int64_t value)
{
    g_autofree char *which = about(entry);
    g_autofree char *more =
        name == NULL ? g_strdup("") : g_strdup_printf("&%s=%" PRId64, name, value);
    return g_strdup_printf("/stories/%" PRId64 "%s?done=%s%s%s", id, entry == 0 ? "" : "/live",
                           done, which, more);
}

/* The page that waits. */
static char *waiting(int64_t id, int64_t entry, const char *done, int64_t from)
{
    g_autofree char *which = about(entry);
    return g_strdup_printf("/stories/%" PRId64 "/out?done=%s%s&since=%" PRId64, id, done, which,
                           from);
}

char *story_out_entry(OfficeVisit *visit, const Story *story, int64_t entry, const char *done)
{
    return concerns(visit, story) ? waiting(story->id, entry, done, visit->now) : NULL;
}

HttpReply *story_out_redirect_entry(OfficeVisit *visit, int64_t id, int64_t entry, const char *done)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = story_read(visit->store, id, &reason);
    bool waits = story != NULL && concerns(visit, story);
    g_autofree char *path =
        waits ? waiting(id, entry, done, visit->now) : back(id, entry, done, NULL, 0);
    return office_see_other(visit, path);
}

HttpReply *story_out_redirect(OfficeVisit *visit, int64_t id, const char *done)
{
    return story_out_redirect_entry(visit, id, 0, done);
}

static HttpReply *answer_out(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0, entry = entry_of(visit), from = since(visit), waited = visit->request->waited;
    PressStanding standing = PRESS_WAITS;
    g_autoptr(Story) story =
        office_part_number(visit, 0, &id) ? story_read(visit->store, id, &reason) : NULL;
    if (story == NULL) {
        return reason == NULL ? office_not_found(visit) : office_failed(visit, reason);
    }
    g_autofree char *done = word_of(office_asked(visit, "done"));
    if (from == 0 || !concerns(visit, story)) {
        g_autofree char *plain = back(id, entry, done, NULL, 0);
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
            ? back(id, entry, done, "live", took <= PROMPT ? MAX(1, took / 1000) : 0)
            : back(id, entry, done, "since", from);
    return office_see_other(visit, path);
}

/* ---- On the story's page -------------------------------------------------------------------- */

/* "/stories/1/out?…", to look again. */
static char *again_of(const OfficeVisit *visit, const Story *story, int64_t entry)
{
    g_autofree char *done = word_of(office_asked(visit, "done"));
    return waiting(story->id, entry, done, since(visit));
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

bool story_out_write(HtmlWriter *page, OfficeVisit *visit, const Story *story, int64_t entry,
                     const char *address, GError **error)
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
    g_autofree char *again = again_of(visit, story, entry);
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
    if (standing == PRESS_WAITS && entry == 0) {
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
