/*
 * Writing a story in the office: a new one, its page, saving, and the working copy that the page
 * keeps while somebody types. Each works from a plain form; the script of site/editor calls `keep`
 * and `here`.
 */
#include "desk/story_office.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/floor.h"
#include "desk/import.h"
#include "desk/presence.h"
#include "desk/story_find.h"
#include "desk/story_once.h"
#include "desk/story_out.h"
#include "desk/story_view.h"
#include "desk/task.h"
#include "office/answer.h"
#include "office/frame.h"
#include "office/once.h"
#include "office/reason.h"
#include "press/setting.h"
#include "staff/audit.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define FOUND 10u /* stories that a search for a link shows */

static HttpReply *to_story(OfficeVisit *visit, int64_t id, const char *done)
{
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64 "%s%s", id,
                                            done == NULL ? "" : "?done=", done == NULL ? "" : done);
    return office_see_other(visit, path);
}

/* ---- A new one ------------------------------------------------------------------------------ */

static HttpReply *new_page(OfficeVisit *visit, const char *problem, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    g_auto(GStrv) languages = setting_languages(visit->store, &reason);
    if (languages == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_story_new"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    office_form(page, visit, "/stories/new");
    office_once(page, visit);
    OfficeInput title = {.label = office_text(visit, "office_title"),
                         .name = "title",
                         .value = office_field(visit, "title"),
                         .most = LIMIT_TITLE,
                         .required = true,
                         .focus = true};
    office_input(page, &title);
    office_choice(page, office_text(visit, "office_language"), "language");
    for (char **language = languages; *language != NULL; language++) {
        office_option(page, *language, *language, false);
    }
    office_choice_end(page);
    story_view_kinds(page, visit, office_field(visit, "kind"));
    office_button(page, office_text(visit, "office_story_begin"), "strong");
    html_close(page, "form");
    return office_page_done(visit, page, status);
}

static HttpReply *answer_new(OfficeVisit *visit)
{
    return new_page(visit, NULL, 200);
}

typedef struct {
    OfficeVisit *visit;
    int64_t id;
} New;

/* A page of the newspaper is made by who may publish (page_office.c); the form offers none. */
static bool kind_good(const char *name, GError **error)
{
    StoryKind kind = STORY_KIND_STORY;
    return !story_kind_parse(name, &kind) || kind != STORY_KIND_PAGE ||
           fail(error, KOLOKOL_ERROR_INVALID,
                "a page of the newspaper is made where its pages are");
}

/* A button that was pressed twice made one. */
static bool create(Store *store, void *data, GError **error)
{
    New *new = data;
    OfficeVisit *visit = new->visit;
    g_auto(StoryDesk) desk = {0};
    g_auto(StoryPut) put = {0};
    g_autoptr(StoryInput) input = story_input_new();
    const char *title = office_field(visit, "title"), *language = office_field(visit, "language");
    const char *word = office_once_word(visit), *kind = office_field(visit, "kind");
    g_autofree char *rest = g_strconcat(language, *kind == '\0' ? "" : " ", kind, NULL);
    FormOnce once = {visit->person->id, word == NULL ? "" : word, title, rest};
    if (!form_once_find(store, &once, visit->now, &new->id, error) || new->id != 0) {
        return new->id != 0;
    }
    if (!kind_good(kind, error) || !story_desk_open(store, &desk, error) ||
        !story_input_set(input, "title", title, strlen(title), error) ||
        (*language != '\0' &&
         !story_input_set(input, "language", language, strlen(language), error)) ||
        (*kind != '\0' && !story_input_set(input, "kind", kind, strlen(kind), error)) ||
        !story_input_set(input, "status", "draft", strlen("draft"), error) ||
        !story_put(store, &desk.site, input, 0, visit->now, &put, error)) {
        return false;
    }
    new->id = put.id;
    return task_begun(store, put.id, visit->person->id, error) &&
           form_once_keep(store, &once, put.id, visit->now, error);
}

static HttpReply *answer_create(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    New new = {.visit = visit};
    return store_transact(visit->store, create, &new, &reason)
               ? to_story(visit, new.id, NULL)
               : new_page(visit, office_reason(visit, reason), office_status(reason));
}

/* ---- Its page, and saving ------------------------------------------------------------------- */

static HttpReply *answer_show(OfficeVisit *visit)
{
    g_auto(StoryView) view = {0};
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    if (!story_view_load(visit, id, &view, &reason)) {
        return office_failed(visit, reason);
    }
    view.done = office_asked(visit, "done");
    return story_view_page(&view);
}

typedef struct {
    StoryView *view;
    WorkingSaved saved;
    bool theirs; /* nothing is saved: somebody else has changed the same fields */
} Save;

static bool save_all(Store *store, void *data, GError **error)
{
    Save *save = data;
    StoryView *view = save->view;
    const OfficeVisit *visit = view->visit;
    g_autofree char *rest = NULL;
    WorkingText text = story_view_text(view, &rest);
    working_saved_clear(&save->saved);
    if (!story_view_check(view, error)) {
        return false;
    }
    g_auto(StoryFields) theirs = {0};
    save->theirs = story_fields_theirs(&view->was, &view->now, &view->stored, &theirs);
    if (save->theirs) {
        return working_check(store, view->story, &text, error);
    }
    if (!working_save(store, &view->desk.site, &text, view->serial, visit->now, &save->saved,
                      error)) {
        return false;
    }
    if (save->saved.outcome == WORKING_CONFLICT) {
        return true;
    }
    g_autofree char *subject = g_strdup_printf("story %" PRId64, view->story->id);
    return story_fields_write(store, &view->desk.site, view->story->id, &view->was, &view->now,
                              visit->now, error) &&
           (!story_goes_out(view->story) ||
            audit_add(store, visit->person->id, "story.change", subject, "", visit->now, error));
}

/* What could not be saved stays as a working copy, or, with script, in the browser. */
static void keep_anyway(StoryView *view)
{
    g_autofree char *rest = NULL;
    WorkingText text = story_view_text(view, &rest);
    view->loose = !working_keep(view->visit->store, &text, view->serial, view->visit->now,
                                &view->serial, NULL);
}

static HttpReply *not_saved(StoryView *view, const char *problem, unsigned status)
{
    if (story_view_moved(view)) {
        return story_view_refused(view);
    }
    keep_anyway(view);
    view->problem = problem;
    view->status = status;
    return story_view_page(view);
}

/* The same form, which says what somebody else has stored. */
static HttpReply *theirs_page(StoryView *view)
{
    keep_anyway(view);
    story_view_settle(view);
    view->status = 409;
    return story_view_page(view);
}

/* Both texts, for the person to decide. */
static HttpReply *conflict_page(StoryView *view, const WorkingSaved *saved)
{
    g_auto(StoryView) both = {0};
    g_autoptr(GError) reason = NULL;
    if (!story_view_load(view->visit, view->story->id, &both, &reason)) {
        return office_failed(view->visit, reason);
    }
    g_autoptr(GString) words = g_string_new(NULL);
    g_string_printf(words, "%s %s", saved->theirs,
                    office_text(view->visit, "office_story_conflict"));
    if (saved->their_title != NULL) {
        g_string_append_printf(words, " %s: “%s”.", office_text(view->visit, "office_title"),
                               saved->their_title);
    }
    if (saved->their_lead != NULL) {
        g_string_append_printf(words, " %s: “%s”.", office_text(view->visit, "office_lead"),
                               saved->their_lead);
    }
    both.problem = words->str;
    both.status = 409;
    return story_view_page(&both);
}

static const char *done_word(const WorkingSaved *saved)
{
    return saved->other ? "other" : saved->outcome == WORKING_MERGED ? "merged" : "saved";
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    g_auto(StoryView) view = {0};
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    if (!story_view_load(visit, id, &view, &reason)) {
        return office_failed(visit, reason);
    }
    story_view_take_form(&view);
    Save save = {.view = &view};
    bool saved = store_transact(visit->store, save_all, &save, &reason);
    HttpReply *reply = !saved
                           ? not_saved(&view, office_reason(visit, reason), office_status(reason))
                       : save.theirs ? theirs_page(&view)
                       : save.saved.outcome == WORKING_CONFLICT
                           ? conflict_page(&view, &save.saved)
                           : story_out_redirect(visit, id, done_word(&save.saved));
    working_saved_clear(&save.saved);
    return reply;
}

/* Searching for a lead picture without script: what is typed is kept, and shown again with what was
 * found. */
static HttpReply *answer_pictures(OfficeVisit *visit)
{
    g_auto(StoryView) view = {0};
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    if (!story_view_load(visit, id, &view, &reason)) {
        return office_failed(visit, reason);
    }
    story_view_take_form(&view);
    g_autofree char *rest = NULL;
    WorkingText text = story_view_text(&view, &rest);
    if (working_keep(visit->store, &text, view.serial, visit->now, &view.serial, &reason)) {
        view.working = true;
    } else if (story_view_moved(&view)) {
        return story_view_refused(&view);
    } else {
        view.problem = office_reason(visit, reason);
        view.status = office_status(reason);
        view.loose = true;
    }
    return story_view_page(&view);
}

static HttpReply *answer_drop(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    g_autoptr(Story) story = story_read(visit->store, id, &reason);
    return story != NULL && working_drop(visit->store, id, visit->person->id, &reason)
               ? to_story(visit, id, "dropped")
               : office_failed(visit, reason);
}

/* ---- For the script ------------------------------------------------------------------------- */

static HttpReply *json_reply(OfficeVisit *visit, unsigned status, GString *text)
{
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);
    HttpReply *reply = http_reply_new(status, bytes);
    office_headers(visit, reply);
    http_reply_header(reply, "Content-Type", "application/json");
    return reply;
}

/* Who looks after copies in their browser is not here. */
static bool note_here(const OfficeVisit *visit, int64_t id, GError **error)
{
    return *office_field(visit, "look") != '\0' ||
           presence_note(visit->store, id, visit->person->id, visit->person->name, visit->now,
                         error);
}

/* Notes the visitor and answers {"serial", "floor", "people"}: who else is here. */
static HttpReply *here_reply(OfficeVisit *visit, int64_t id, int64_t serial)
{
    g_autoptr(GError) reason = NULL;
    const Person *person = visit->person;
    int64_t floor = 0;
    g_autoptr(GPtrArray) people =
        floor_read(visit->store, id, &floor, &reason) && note_here(visit, id, &reason)
            ? presence_list(visit->store, id, visit->now, &reason)
            : NULL;
    if (people == NULL) {
        return office_answer_problem(visit, reason);
    }
    OfficeAnswer answer;
    office_answer_begin(&answer);
    JsonWriter *json = &answer.json;
    json_writer_number_member(json, "serial", serial);
    json_writer_number_member(json, "floor", floor);
    json_writer_key(json, "people");
    json_writer_open_array(json);
    for (unsigned i = 0; i < people->len; i++) {
        const Presence *there = people->pdata[i];
        if (there->person != person->id) {
            json_writer_open_object(json);
            json_writer_text_member(json, "name", there->name);
            json_writer_bool_member(json, "typing", there->typing);
            json_writer_close(json);
        }
    }
    json_writer_close(json);
    return office_answer_done(visit, &answer, 200);
}

static HttpReply *answer_keep(OfficeVisit *visit)
{
    g_auto(StoryView) view = {0};
    g_autoptr(GError) reason = NULL;
    int64_t id = 0, serial = 0;
    if (!office_part_number(visit, 0, &id)) {
        return office_not_found(visit);
    }
    if (!story_view_load(visit, id, &view, &reason)) {
        return office_answer_problem(visit, reason);
    }
    story_view_take_form(&view);
    g_autofree char *rest = NULL;
    WorkingText text = story_view_text(&view, &rest);
    if (!working_keep(visit->store, &text, view.serial, visit->now, &serial, &reason)) {
        return story_view_script_refused(visit, story_view_moved(&view), "office_editor_moved",
                                         reason);
    }
    return here_reply(visit, id, serial);
}

/* What is answered where the address names no story; NULL: it does, and *id is set. */
static HttpReply *no_story(OfficeVisit *visit, int64_t *id)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story =
        office_part_number(visit, 0, id) ? story_read(visit->store, *id, &reason) : NULL;
    if (story == NULL) {
        return reason == NULL ? office_not_found(visit) : office_answer_problem(visit, reason);
    }
    return NULL;
}

static HttpReply *answer_here(OfficeVisit *visit)
{
    int64_t id = 0;
    HttpReply *wrong = no_story(visit, &id);
    if (wrong != NULL) {
        return wrong;
    }
    return here_reply(visit, id, 0);
}

/* Sent as the page is closed; nobody reads the answer. */
static HttpReply *answer_leave(OfficeVisit *visit)
{
    int64_t id = 0;
    HttpReply *wrong = no_story(visit, &id);
    if (wrong != NULL) {
        return wrong;
    }
    g_autoptr(GError) reason = NULL;
    return presence_leave(visit->store, id, visit->person->id, &reason)
               ? json_reply(visit, 200, g_string_new("{}"))
               : office_answer_problem(visit, reason);
}

/* Why readers may not see a story now, in words; NULL if they may. */
static const char *not_out(const OfficeVisit *visit, const Story *story)
{
    if (story_visible(story, visit->now)) {
        return NULL;
    }
    if (story->embargo > visit->now) {
        return office_text(visit, "office_find_embargo");
    }
    g_autofree char *id = g_strconcat("office_state_", story_state_name(story->state), NULL);
    return office_text(visit, g_strdelimit(id, " ", '_'));
}

static void write_found(JsonWriter *json, const OfficeVisit *visit, const Story *story)
{
    g_autofree char *path = story->path == NULL ? NULL : g_strconcat("/", story->path, NULL);
    const char *state = not_out(visit, story);
    if (path != NULL && story->state != STORY_TAKEN_DOWN) {
        json_writer_open_object(json);
        json_writer_text_member(json, "title", story->headline);
        json_writer_text_member(json, "path", path);
        if (state != NULL) {
            json_writer_text_member(json, "state", state);
        }
        json_writer_close(json);
    }
}

/* Stories to link to, by words of the headline: [{"title", "path", "state"}], the state only of
 * what is not out: a link to it is none until it is. */
static HttpReply *answer_find(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    StoryFind find = {.words = office_asked(visit, "words"), .state = -1};
    bool more = false;
    g_autoptr(GPtrArray) stories = story_find_list(visit->store, &find, FOUND, &more, &reason);
    if (stories == NULL) {
        return office_answer_problem(visit, reason);
    }
    JsonWriter json;
    GString *text = g_string_new(NULL);
    json_writer_init(&json, text, 0);
    json_writer_open_array(&json);
    for (unsigned i = 0; i < stories->len; i++) {
        write_found(&json, visit, stories->pdata[i]);
    }
    json_writer_close(&json);
    json_writer_finish(&json, NULL);
    return json_reply(visit, 200, text);
}

const OfficeRoute story_edit_office[] = {
    {.name = "story-find",
     .method = HTTP_GET,
     .path = "/stories/find",
     .permission = PERMISSION_WRITE,
     .answer = answer_find,
     .help = "stories to link to"},
    {.name = "story-new",
     .method = HTTP_GET,
     .path = "/stories/new",
     .permission = PERMISSION_WRITE,
     .answer = answer_new,
     .help = "begins a story"},
    {.name = "story-create",
     .method = HTTP_POST,
     .path = "/stories/new",
     .permission = PERMISSION_WRITE,
     .answer = answer_create,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "makes a draft"},
    {.name = "story-show",
     .method = HTTP_GET,
     .path = "/stories/:id",
     .permission = PERMISSION_WRITE,
     .answer = answer_show,
     .help = "one story, to be written"},
    {.name = "story-save",
     .method = HTTP_POST,
     .path = "/stories/:id/save",
     .permission = PERMISSION_WRITE,
     .answer = answer_save,
     .body_most = STORY_FORM_MOST,
     .help = "saves a revision"},
    {.name = "story-keep",
     .method = HTTP_POST,
     .path = "/stories/:id/keep",
     .permission = PERMISSION_WRITE,
     .answer = answer_keep,
     .body_most = STORY_FORM_MOST,
     .help = "keeps what is typed as a working copy"},
    {.name = "story-pictures",
     .method = HTTP_POST,
     .path = "/stories/:id/pictures",
     .permission = PERMISSION_WRITE,
     .answer = answer_pictures,
     .body_most = STORY_FORM_MOST,
     .help = "keeps what is typed and searches for a lead picture"},
    {.name = "story-drop",
     .method = HTTP_POST,
     .path = "/stories/:id/drop",
     .permission = PERMISSION_WRITE,
     .answer = answer_drop,
     .body_most = OFFICE_FORM,
     .help = "gives one's working copy up"},
    {.name = "story-here",
     .method = HTTP_POST,
     .path = "/stories/:id/here",
     .permission = PERMISSION_WRITE,
     .answer = answer_here,
     .body_most = OFFICE_FORM,
     .help = "says that one has the story open, and who else"},
    {.name = "story-leave",
     .method = HTTP_POST,
     .path = "/stories/:id/leave",
     .permission = PERMISSION_WRITE,
     .answer = answer_leave,
     .body_most = OFFICE_FORM,
     .help = "says that one has closed the story's page"},
    {.name = NULL},
};
