/*
 * Entries of a live story in the office: entering, changing, removing and bringing back, each one
 * step, and out at once where the story is out. What somebody enters who may not publish waits for
 * somebody who may. live_view.c writes the pages; site/office/live.js sends entries in JSON and
 * keeps them while there is no connection: the key that goes with each makes sure that it is there
 * once.
 */
#include "desk/live_office.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/floor.h"
#include "desk/live_view.h"
#include "desk/story_edit.h"
#include "desk/story_out.h"
#include "desk/story_view.h"
#include "office/answer.h"
#include "office/frame.h"
#include "office/reason.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

#define TYPED_MOST (7 * CLOCK_DAY)    /* how long an entry may have lain in a browser */
#define AHEAD_MOST (5 * CLOCK_MINUTE) /* of clocks that are fast */

/* The story of the address, and its entry if there is one in it. False with the reply that says why
 * not. */
static bool open_story(OfficeVisit *visit, bool entry, LiveView *view, HttpReply **wrong)
{
    g_autoptr(GError) reason = NULL;
    int64_t story = 0, id = 0;
    if (!office_part_number(visit, 0, &story) || (entry && !office_part_number(visit, 1, &id))) {
        *wrong = office_not_found(visit);
        return false;
    }
    if (!live_view_load(visit, story, id, view, &reason)) {
        *wrong = office_failed(visit, reason);
        return false;
    }
    return true;
}

static HttpReply *to_list(const LiveView *view, const char *done, int64_t entry)
{
    g_autofree char *path =
        entry == 0 ? g_strdup_printf("/stories/%" PRId64 "/live?done=%s", view->story->id, done)
                   : g_strdup_printf("/stories/%" PRId64 "/live?done=%s&entry=%" PRId64,
                                     view->story->id, done, entry);
    return office_see_other(view->visit, path);
}

static bool note(const LiveView *view, const char *act, int64_t entry, GError **error)
{
    g_autofree char *subject = g_strdup_printf("story %" PRId64, view->story->id);
    g_autofree char *detail = g_strdup_printf("entry %" PRId64, entry);
    return !story_goes_out(view->story) || audit_add(view->visit->store, view->visit->person->id,
                                                     act, subject, detail, view->visit->now, error);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    HttpReply *wrong = NULL;
    return open_story(visit, false, &view, &wrong) ? live_view_page(&view) : wrong;
}

/* ---- Entering ------------------------------------------------------------------------------- */

/* What the form says, else when it was typed, else now. */
static bool time_of(const LiveView *view, int64_t *time, GError **error)
{
    const OfficeVisit *visit = view->visit;
    const char *said = office_field(visit, "time");
    int64_t typed = 0;
    *time = visit->now;
    if (*said != '\0') {
        return story_desk_moment(&view->desk, said, time, error) &&
               (*time <= visit->now + AHEAD_MOST ||
                fail(error, KOLOKOL_ERROR_INVALID,
                     "the entry's time is still to come; leave it empty for now"));
    }
    if (g_ascii_string_to_signed(office_field(visit, "typed"), 10, 0, INT64_MAX / 1000, &typed,
                                 NULL) &&
        typed * 1000 <= visit->now && typed * 1000 >= visit->now - TYPED_MOST) {
        *time = typed * 1000;
    }
    return true;
}

typedef struct {
    LiveView *view;
    LiveNew given;
    int64_t id;
} Entering;

static bool enter(Store *store, void *data, GError **error)
{
    Entering *work = data;
    LiveView *view = work->view;
    bool fresh = false;
    if (!live_view_again(view, error)) {
        return false;
    }
    work->given.waiting = live_view_waits(view);
    return floor_check(store, view->story->id, story_view_floor(view->visit), error) &&
           live_enter(store, &view->desk.site, view->story->id, &work->given, view->visit->now,
                      &work->id, &fresh, error) &&
           (!fresh || note(view, "live.add", work->id, error));
}

static HttpReply *entered(const Entering *work)
{
    OfficeVisit *visit = work->view->visit;
    if (strcmp(office_field(visit, "script"), "1") != 0) {
        return work->given.waiting
                   ? to_list(work->view, "waits", 0)
                   : story_out_redirect_entry(visit, work->view->story->id, work->id, "added");
    }
    OfficeAnswer answer;
    office_answer_begin(&answer);
    json_writer_number_member(&answer.json, "entry", work->id);
    json_writer_bool_member(&answer.json, "waiting", work->given.waiting);
    g_autofree char *out =
        work->given.waiting ? NULL : story_out_entry(visit, work->view->story, work->id, "added");
    if (out != NULL) {
        json_writer_text_member(&answer.json, "out", out);
    }
    return office_answer_done(visit, &answer, 201);
}

/* Was the form made before something was taken out of the story? Then its words stand in no form
 * again (floor.h). */
static bool moved(const LiveView *view)
{
    const OfficeVisit *visit = view->visit;
    return floor_moved(visit->store, view->story->id, story_view_floor(visit));
}

/* The page as it is now, with what was typed beside it. */
static void give_back(LiveView *view)
{
    OfficeVisit *visit = view->visit;
    g_autofree char *words =
        g_strdup_printf("%s\n\n%s", office_field(visit, "headline"), office_field(visit, "body"));
    g_autofree char *clean =
        view->entry == NULL ? g_strdup("")
                            : g_strdup_printf("%s\n\n%s", view->entry->headline, view->entry->body);
    bool gone = view->story->state == STORY_TAKEN_DOWN;
    view->typed = gone ? NULL : floor_mend(visit->store, view->story->language, words, clean, NULL);
    view->problem = office_text(visit, gone ? "office_floor_gone" : "office_live_moved");
    view->status = 409;
}

static HttpReply *answer_add(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!open_story(visit, false, &view, &wrong)) {
        return wrong;
    }
    Entering work = {.view = &view,
                     .given = {.person = visit->person->id,
                               .headline = office_field(visit, "headline"),
                               .body = office_field(visit, "body"),
                               .format = STORY_MARKDOWN,
                               .key = office_field(visit, "key")}};
    if (time_of(&view, &work.given.time, &reason) &&
        store_transact(visit->store, enter, &work, &reason)) {
        return entered(&work);
    }
    if (strcmp(office_field(visit, "script"), "1") == 0) {
        return story_view_script_refused(visit, moved(&view), "office_live_moved", reason);
    }
    if (moved(&view)) {
        give_back(&view);
        return live_view_page(&view);
    }
    view.headline = work.given.headline;
    view.body = work.given.body;
    view.time = office_field(visit, "time");
    view.problem = office_reason(visit, reason);
    view.status = office_status(reason);
    return live_view_page(&view);
}

/* ---- One entry ------------------------------------------------------------------------------ */

static HttpReply *answer_entry(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    HttpReply *wrong = NULL;
    if (!open_story(visit, true, &view, &wrong)) {
        return wrong;
    }
    g_autofree char *time = story_desk_field_moment(&view.desk, view.entry->time);
    view.headline = view.entry->headline;
    view.body = view.entry->body;
    view.time = time;
    return live_view_entry(&view);
}

typedef struct {
    LiveView *view;
    LiveChange wanted;
    const char *act;
} Changing;

static bool refuse(const LiveView *view, GError **error)
{
    return fail(error, KOLOKOL_ERROR_DENIED, "%s", office_text(view->visit, "office_story_out"));
}

static bool change(Store *store, void *data, GError **error)
{
    const Changing *work = data;
    LiveView *view = work->view;
    if (!live_view_again(view, error)) {
        return false;
    }
    if (!live_view_may(view, view->entry)) {
        return refuse(view, error);
    }
    bool writes = work->wanted.headline != NULL || work->wanted.body != NULL;
    return (!writes || floor_check(store, view->story->id, story_view_floor(view->visit), error)) &&
           live_change(store, &view->desk.site, view->entry->id, &work->wanted, view->visit->now,
                       error) &&
           note(view, work->act, view->entry->id, error);
}

/* The serial that the form was made with; one that is missing was never seen. */
static int64_t seen(const OfficeVisit *visit)
{
    int64_t serial = 0;
    return g_ascii_string_to_signed(office_field(visit, "seen"), 10, 1, INT64_MAX, &serial, NULL)
               ? serial
               : -1;
}

/* The page with what was typed, and beside it what stands there now. */
static HttpReply *not_changed(OfficeVisit *visit, const GError *reason)
{
    g_auto(LiveView) view = {0};
    HttpReply *wrong = NULL;
    if (!open_story(visit, true, &view, &wrong)) {
        return wrong;
    }
    bool stale = fields_get(visit->fields, "body") != NULL && moved(&view);
    const char *headline = stale ? NULL : fields_get(visit->fields, "headline");
    const char *body = stale ? NULL : fields_get(visit->fields, "body");
    g_autofree char *time = story_desk_field_moment(&view.desk, view.entry->time);
    view.headline = headline != NULL ? headline : view.entry->headline;
    view.body = body != NULL ? body : view.entry->body;
    view.time = *office_field(visit, "time") != '\0' ? office_field(visit, "time") : time;
    view.problem = office_reason(visit, reason);
    view.conflict = !stale && g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    view.status = office_status(reason);
    if (stale) {
        give_back(&view);
    }
    return live_view_entry(&view);
}

static HttpReply *run_change(LiveView *view, const LiveChange *wanted, const char *act,
                             const char *done)
{
    OfficeVisit *visit = view->visit;
    g_autoptr(GError) reason = NULL;
    Changing work = {.view = view, .wanted = *wanted, .act = act};
    if (!store_transact(visit->store, change, &work, &reason)) {
        return not_changed(visit, reason);
    }
    const LiveEntry *before = view->entry;
    return before->waiting && !wanted->release
               ? to_list(view, done, wanted->remove ? before->id : 0)
               : story_out_redirect_entry(visit, view->story->id, before->id, done);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!open_story(visit, true, &view, &wrong)) {
        return wrong;
    }
    LiveChange wanted = {.seen = seen(visit),
                         .headline = office_field(visit, "headline"),
                         .body = office_field(visit, "body")};
    g_autofree char *stands = story_desk_field_moment(&view.desk, view.entry->time);
    const char *time = office_field(visit, "time");
    /* The field has minutes, the entry seconds: what was not touched stays. */
    if (*time != '\0' && strcmp(time, stands) != 0 && !time_of(&view, &wanted.time, &reason)) {
        return not_changed(visit, reason);
    }
    return run_change(&view, &wanted, "live.change", "changed");
}

static HttpReply *answer_remove(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    HttpReply *wrong = NULL;
    LiveChange wanted = {.seen = seen(visit), .remove = true};
    return open_story(visit, true, &view, &wrong)
               ? run_change(&view, &wanted, "live.remove", "removed")
               : wrong;
}

static HttpReply *answer_restore(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    HttpReply *wrong = NULL;
    LiveChange wanted = {.restore = true};
    return open_story(visit, true, &view, &wrong)
               ? run_change(&view, &wanted, "live.restore", "changed")
               : wrong;
}

static HttpReply *answer_release(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    HttpReply *wrong = NULL;
    LiveChange wanted = {.seen = seen(visit), .release = true};
    return open_story(visit, true, &view, &wrong)
               ? run_change(&view, &wanted, "live.release", "released")
               : wrong;
}

/* ---- Becoming a live story ------------------------------------------------------------------ */

static bool become(Store *store, void *data, GError **error)
{
    LiveView *view = data;
    if (!live_view_again(view, error)) {
        return false;
    }
    return live_view_waits(view) ? refuse(view, error)
                                 : story_set_kind(store, &view->desk.site, view->story->id,
                                                  STORY_KIND_LIVE, view->visit->now, error);
}

static HttpReply *answer_begin(OfficeVisit *visit)
{
    g_auto(LiveView) view = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!open_story(visit, false, &view, &wrong)) {
        return wrong;
    }
    return store_transact(visit->store, become, &view, &reason) ? to_list(&view, "begun", 0)
                                                                : office_failed(visit, reason);
}

const OfficeRoute live_office[] = {
    {.name = "live-list",
     .method = HTTP_GET,
     .path = "/stories/:id/live",
     .permission = PERMISSION_WRITE,
     .answer = answer_show,
     .help = "a live story's entries, and the form for one"},
    {.name = "live-add",
     .method = HTTP_POST,
     .path = "/stories/:id/live",
     .permission = PERMISSION_WRITE,
     .answer = answer_add,
     .body_most = LIVE_FORM_MOST,
     .help = "enters one; sent twice with a key it is there once"},
    {.name = "live-begin",
     .method = HTTP_POST,
     .path = "/stories/:id/live/begin",
     .permission = PERMISSION_WRITE,
     .answer = answer_begin,
     .body_most = OFFICE_FORM,
     .help = "makes a story a live one"},
    {.name = "live-entry",
     .method = HTTP_GET,
     .path = "/stories/:id/live/:entry",
     .permission = PERMISSION_WRITE,
     .answer = answer_entry,
     .help = "one entry"},
    {.name = "live-save",
     .method = HTTP_POST,
     .path = "/stories/:id/live/:entry/save",
     .permission = PERMISSION_WRITE,
     .answer = answer_save,
     .body_most = LIVE_FORM_MOST,
     .help = "changes an entry"},
    {.name = "live-remove",
     .method = HTTP_POST,
     .path = "/stories/:id/live/:entry/remove",
     .permission = PERMISSION_WRITE,
     .answer = answer_remove,
     .body_most = OFFICE_FORM,
     .help = "takes an entry off the page"},
    {.name = "live-restore",
     .method = HTTP_POST,
     .path = "/stories/:id/live/:entry/restore",
     .permission = PERMISSION_WRITE,
     .answer = answer_restore,
     .body_most = OFFICE_FORM,
     .help = "brings a removed entry back"},
    {.name = "live-release",
     .method = HTTP_POST,
     .path = "/stories/:id/live/:entry/release",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_release,
     .body_most = OFFICE_FORM,
     .help = "lets out an entry that waits"},
    {.name = NULL},
};
