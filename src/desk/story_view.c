/* Loading what a story's page shows: story_view.h. Writing the page is story_view_page.c. */
#include "desk/story_view.h"

#include "base/error.h"
#include "desk/floor.h"
#include "desk/revision.h"
#include "desk/story_seen.h"
#include "desk/story_view_private.h"
#include "office/answer.h"
#include "office/frame.h"
#include "office/reason.h"

void story_view_clear(StoryView *view)
{
    story_desk_clear(&view->desk);
    g_clear_pointer(&view->story, story_free);
    story_fields_clear(&view->stored);
    story_fields_clear(&view->was);
    story_fields_clear(&view->now);
    story_fields_clear(&view->theirs);
    g_clear_pointer(&view->title, g_free);
    g_clear_pointer(&view->lead, g_free);
    g_clear_pointer(&view->body, g_free);
    g_clear_pointer(&view->typed, g_free);
}

static void take_working(StoryView *view, const Working *working)
{
    view->title = g_strdup(working->title);
    view->lead = g_strdup(working->lead);
    view->body = g_strdup(working->body);
    view->base = working->base;
    view->floor = working->floor;
    view->serial = working->serial;
    view->working = true;
    story_fields_split(working->rest, &view->stored, &view->was, &view->now);
    story_view_settle(view);
}

static bool take_revision(StoryView *view, GError **error)
{
    g_autoptr(Revision) current =
        revision_read(view->visit->store, view->story->id, view->story->revision, error);
    if (current == NULL) {
        return false;
    }
    view->title = g_strdup(current->title);
    view->lead = g_strdup(current->lead);
    view->body = g_strdup(current->body);
    view->base = current->number;
    story_fields_split("", &view->stored, &view->was, &view->now);
    return true;
}

bool story_view_load(OfficeVisit *visit, int64_t id, StoryView *view, GError **error)
{
    Store *store = visit->store;
    view->visit = visit;
    view->status = 200;
    view->story = story_read(store, id, error);
    if (view->story == NULL || !story_desk_open(store, &view->desk, error) ||
        !task_read(store, id, &view->task, error) || !floor_read(store, id, &view->floor, error) ||
        !story_fields_read(store, id, &view->stored, error)) {
        return false;
    }
    g_autoptr(GError) why = NULL;
    g_autoptr(Working) working = working_read(store, id, visit->person->id, &why);
    if (working != NULL) {
        take_working(view, working);
        return true;
    }
    if (!g_error_matches(why, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return take_revision(view, error);
}

static void take_text(const StoryView *view, const char *name, char **text)
{
    const char *sent = fields_get(view->visit->fields, name);
    if (sent != NULL) {
        g_free(*text);
        *text = g_strdup(sent);
    }
}

static int64_t number_of(const OfficeVisit *visit, const char *name, int64_t fallback)
{
    int64_t number = 0;
    return g_ascii_string_to_signed(office_field(visit, name), 10, 0, INT64_MAX, &number, NULL)
               ? number
               : fallback;
}

void story_view_take_form(StoryView *view)
{
    StoryFields shown = {0}, given = {0};
    take_text(view, "title", &view->title);
    take_text(view, "lead", &view->lead);
    take_text(view, "body", &view->body);
    view->base = number_of(view->visit, "base", view->base);
    view->floor = story_view_floor(view->visit);
    view->serial = number_of(view->visit, "serial", view->serial);
    story_fields_take(&shown, view->visit->fields, STORY_FIELD_WAS, &view->was);
    story_fields_take(&given, view->visit->fields, "", &shown);
    if (*office_field(view->visit, STORY_PHOTO_PICK) != '\0') {
        take_text(view, STORY_PHOTO_PICK, &given.values[STORY_FIELD_PHOTO]);
    }
    story_fields_clear(&view->was);
    story_fields_clear(&view->now);
    story_fields_clear(&view->theirs); /* of what was loaded */
    view->was = shown;
    view->now = given;
}

bool story_view_settle(StoryView *view)
{
    bool any = story_fields_theirs(&view->was, &view->now, &view->stored, &view->theirs);
    if (any) {
        story_fields_settle(&view->was, &view->now, &view->stored);
    }
    return any;
}

WorkingText story_view_text(const StoryView *view, char **rest)
{
    *rest = story_fields_join(&view->was, &view->now);
    return (WorkingText){.story = view->story->id,
                         .person = view->visit->person->id,
                         .base = view->base,
                         .floor = view->floor,
                         .name = view->visit->person->name,
                         .title = view->title,
                         .lead = view->lead,
                         .body = view->body,
                         .rest = *rest};
}

bool story_view_check(StoryView *view, GError **error)
{
    Story *now = story_read(view->visit->store, view->story->id, error);
    if (now == NULL) {
        return false;
    }
    story_free(view->story);
    view->story = now;
    story_fields_clear(&view->stored);
    if (!story_fields_read(view->visit->store, now->id, &view->stored, error)) {
        return false;
    }
    return !story_goes_out(now) || office_may(view->visit, PERMISSION_PUBLISH) ||
           fail(error, KOLOKOL_ERROR_DENIED, "%s", story_view_denied(view->visit, view->story));
}

const char *story_view_denied(const OfficeVisit *visit, const Story *story)
{
    return office_text(visit,
                       story_visible(story, visit->now) ? "office_story_out" : "office_story_soon");
}

/* ---- Words that cannot be kept -------------------------------------------------------------- */

int64_t story_view_floor(const OfficeVisit *visit)
{
    return number_of(visit, FLOOR_FIELD, 0);
}

bool story_view_moved(const StoryView *view)
{
    return floor_moved(view->visit->store, view->story->id, view->floor);
}

HttpReply *story_view_script_refused(const OfficeVisit *visit, bool moved, const char *id,
                                     const GError *error)
{
    OfficeAnswer answer;
    office_answer_begin(&answer);
    json_writer_text_member(&answer.json, "problem",
                            moved ? office_text(visit, id) : office_reason(visit, error));
    json_writer_bool_member(&answer.json, "moved", moved);
    return office_answer_done(visit, &answer, office_status(error));
}

/* All that was typed, one below the other: what the form has and the story had not. Caller frees.
 */
static char *typed_words(const StoryView *sent)
{
    g_autoptr(GString) words = g_string_new(NULL);
    g_string_printf(words, "%s\n\n%s\n\n%s\n", sent->title, sent->lead, sent->body);
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        if (g_strcmp0(sent->now.values[i], sent->was.values[i]) != 0) {
            g_string_append_printf(words, "\n%s\n", sent->now.values[i]);
        }
    }
    return g_strdup(words->str);
}

/* The text that the form began with, as it is now. Caller frees; NULL: there is no such revision.
 */
static char *clean_words(const StoryView *sent)
{
    g_autoptr(Revision) base = revision_read(sent->visit->store, sent->story->id, sent->base, NULL);
    return base == NULL ? NULL
                        : g_strdup_printf("%s\n\n%s\n\n%s\n", base->title, base->lead, base->body);
}

/* The page with those words beside the form. Of a story that was taken down none is given back. */
static HttpReply *give_back(StoryView *view, const char *words, const char *clean)
{
    OfficeVisit *visit = view->visit;
    bool gone = view->story->state == STORY_TAKEN_DOWN;
    view->typed = gone ? NULL : floor_mend(visit->store, view->story->language, words, clean, NULL);
    view->problem = office_text(visit, gone ? "office_floor_gone" : "office_floor_moved");
    view->status = 409;
    return story_view_page(view);
}

HttpReply *story_view_refused(const StoryView *sent)
{
    OfficeVisit *visit = sent->visit;
    g_auto(StoryView) view = {0};
    g_autoptr(GError) reason = NULL;
    if (!story_view_load(visit, sent->story->id, &view, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *words = typed_words(sent);
    g_autofree char *clean = clean_words(sent);
    return give_back(&view, words, clean != NULL ? clean : view.body);
}

HttpReply *story_view_problem(OfficeVisit *visit, int64_t id, const GError *error)
{
    g_auto(StoryView) view = {0};
    g_autoptr(GError) reason = NULL;
    if (!story_view_load(visit, id, &view, &reason)) {
        return office_failed(visit, reason);
    }
    view.problem = office_reason(visit, error);
    view.status = office_status(error);
    view.newer = view.status == 409 ? story_seen_newer(visit, view.story) : 0;
    return story_view_page(&view);
}

HttpReply *story_view_words_refused(OfficeVisit *visit, int64_t id, const char *words)
{
    g_auto(StoryView) view = {0};
    g_autoptr(GError) reason = NULL;
    return story_view_load(visit, id, &view, &reason) ? give_back(&view, words, view.body)
                                                      : office_failed(visit, reason);
}
