/* A story's page below its form: what it lacks, its way to readers, who works on it, what is said
 * about it. The handlers are story_state_office.c. */
#include "desk/checklist.h"
#include "desk/comment.h"
#include "desk/story_seen.h"
#include "desk/story_view_private.h"
#include "office/frame.h"
#include "office/once.h"
#include "staff/person.h"

#include <inttypes.h>

static const char *say(const StoryView *view, const char *id)
{
    return office_text(view->visit, id);
}

static void begin(HtmlWriter *page, const StoryView *view, const char *verb)
{
    g_autofree char *action = g_strdup_printf("/stories/%" PRId64 "/%s", view->story->id, verb);
    office_form(page, view->visit, action);
}

/* A form that leads to readers says what it was made from. */
static void begin_seen(HtmlWriter *page, const StoryView *view, const char *verb)
{
    g_autofree char *seen = story_seen_value(view->story);
    begin(page, view, verb);
    office_hidden(page, STORY_SEEN_FIELD, seen);
}

/* What was typed into a field of a form that was refused, or NULL. */
static const char *again(const StoryView *view, const char *name)
{
    const char *typed = office_field(view->visit, name);
    return view->problem != NULL && *typed != '\0' ? typed : NULL;
}

/* The same of words: what was begun below the story's floor stands in no form again (floor.h). */
static const char *words_again(const StoryView *view, const char *name)
{
    return story_view_floor(view->visit) < view->floor ? NULL : again(view, name);
}

static void one_button(HtmlWriter *page, const StoryView *view, const char *verb, const char *text,
                       const char *style)
{
    begin_seen(page, view, verb);
    office_button(page, say(view, text), style);
    html_close(page, "form");
}

/* A field for a moment and a button; `was`, if not NULL, goes along as "VERB-was". */
static void moment_form(HtmlWriter *page, const StoryView *view, const char *verb,
                        const char *label, const char *text, int64_t moment, const char *was)
{
    g_autofree char *value = moment == 0 ? NULL : story_desk_field_moment(&view->desk, moment);
    g_autofree char *name = g_strconcat(verb, "-when", NULL);
    g_autofree char *known = g_strconcat(verb, "-was", NULL);
    const char *typed =
        was == NULL ? again(view, name) : NULL; /* an embargo's is the present one */
    begin_seen(page, view, verb);
    if (was != NULL) {
        office_hidden(page, known, was);
    }
    OfficeInput input = {.label = say(view, label),
                         .name = name,
                         .type = "datetime-local",
                         .value = typed != NULL ? typed : value,
                         .required = was != NULL};
    office_input(page, &input);
    office_button(page, say(view, text), NULL);
    html_close(page, "form");
}

/* Both forms say which embargo they were made from. */
static void write_embargo(HtmlWriter *page, const StoryView *view)
{
    int64_t until = view->story->embargo;
    g_autofree char *was = g_strdup_printf("%" PRId64, until);
    moment_form(page, view, "embargo", "office_embargo_when", "office_embargo_set", until, was);
    if (until <= view->visit->now) {
        return;
    }
    begin_seen(page, view, "lift");
    office_hidden(page, "embargo-was", was);
    office_tick(page, say(view, "office_embargo_sure"), "embargo-sure", "required");
    office_button(page, say(view, "office_embargo_lift"), "danger");
    html_close(page, "form");
}

static bool write_checklist(HtmlWriter *page, const StoryView *view, GError **error)
{
    g_autoptr(GArray) list =
        checklist_of_story(view->visit->store, view->story->id, view->visit->now, error);
    if (list == NULL) {
        return false;
    }
    html_open(page, "ul");
    html_attribute(page, "class", "checklist");
    for (unsigned i = 0; i < list->len; i++) {
        const Check *check = &g_array_index(list, Check, i);
        g_autofree char *id = g_strconcat("office_check_", check_name(check->kind), NULL);
        html_open(page, "li");
        html_attribute(page, "class", check->blocks ? "blocks" : NULL);
        if (*check->entry != '\0') {
            html_element(page, "bdi", check->entry);
            html_text(page, ": ");
        }
        html_text(page, say(view, g_strdelimit(id, "-", '_')));
        html_text(page, check->number != 0 ? " " : "");
        if (check->kind == CHECK_EMBARGO) {
            office_time(page, view->visit, check->number, view->desk.site.zone);
        } else if (check->kind >= CHECK_PHOTO_ALT && check->kind <= CHECK_PICTURE_CREDIT) {
            g_autofree char *picture = g_strdup_printf("/pictures/%" PRId64, check->number);
            g_autofree char *shown = g_strdup_printf("(%" PRId64 ")", check->number);
            story_view_link(page, picture, shown);
        } else if (check->number != 0) {
            g_autofree char *number = g_strdup_printf("(%" PRId64 ")", check->number);
            html_text(page, number);
        }
        html_close(page, "li");
    }
    html_close(page, "ul");
    return true;
}

static void write_stages(HtmlWriter *page, const StoryView *view)
{
    static const StoryState stages[] = {STORY_DRAFT, STORY_IN_EDIT, STORY_READY};
    StoryState now = view->story->state;
    if (now != STORY_DRAFT && now != STORY_IN_EDIT && now != STORY_READY) {
        return;
    }
    begin_seen(page, view, "stage");
    html_open(page, "p");
    for (unsigned i = 0; i < G_N_ELEMENTS(stages); i++) {
        if (stages[i] != now) {
            g_autofree char *id = g_strconcat("office_to_", story_state_name(stages[i]), NULL);
            html_open(page, "button");
            html_attribute(page, "name", "stage");
            html_attribute(page, "value", story_state_name(stages[i]));
            html_text(page, say(view, g_strdelimit(id, " ", '_')));
            html_close(page, "button");
            html_text(page, " ");
        }
    }
    html_close(page, "p");
    html_close(page, "form");
}

static void write_correct(HtmlWriter *page, const StoryView *view)
{
    begin_seen(page, view, "correct");
    story_view_floor_field(page, view);
    OfficeInput input = {.label = say(view, "office_correction"),
                         .name = "correction",
                         .value = words_again(view, "correction"),
                         .hint = say(view, "office_correction_hint"),
                         .required = true};
    office_input(page, &input);
    office_button(page, say(view, "office_correct"), NULL);
    html_close(page, "form");
}

static void write_publishing(HtmlWriter *page, const StoryView *view)
{
    const Story *story = view->story;
    bool visible = story_visible(story, view->visit->now);
    write_stages(page, view);
    if (!office_may(view->visit, PERMISSION_PUBLISH)) {
        html_element(page, "p", say(view, "office_publish_others"));
        return;
    }
    if (visible) {
        write_correct(page, view);
    } else if (story->state == STORY_TAKEN_DOWN) {
        html_element(page, "p", say(view, "office_taken_down"));
    } else {
        one_button(page, view, "publish", "office_publish", "strong");
        moment_form(page, view, "schedule", "office_schedule_when", "office_schedule",
                    story_goes_out(story) ? story->published : 0, NULL);
        write_embargo(page, view);
    }
    if (visible || story_goes_out(story)) {
        one_button(page, view, "withdraw", "office_withdraw", "danger");
    } else if (story->state == STORY_WITHDRAWN) {
        one_button(page, view, "reopen", "office_reopen", NULL);
    }
    if (office_may(view->visit, PERMISSION_TAKE_DOWN)) {
        g_autofree char *path = g_strdup_printf("/stories/%" PRId64 "/take-down", story->id);
        html_open(page, "p");
        story_view_link(page, path, say(view, "office_takedown_link"));
        html_close(page, "p");
    }
}

static bool write_task(HtmlWriter *page, const StoryView *view, GError **error)
{
    g_autoptr(GPtrArray) people = person_list(view->visit->store, error);
    if (people == NULL) {
        return false;
    }
    g_autofree char *due =
        view->task.due == 0 ? NULL : story_desk_field_moment(&view->desk, view->task.due);
    begin(page, view, "task");
    office_choice(page, say(view, "office_assignee"), "assignee");
    office_option(page, "0", say(view, "office_nobody"), false);
    for (unsigned i = 0; i < people->len; i++) {
        const Person *person = people->pdata[i];
        g_autofree char *id = g_strdup_printf("%" PRId64, person->id);
        if (person->state != PERSON_DISABLED && role_may(person->role, PERMISSION_WRITE)) {
            office_option(page, id, person->name, person->id == view->task.assignee);
        }
    }
    office_choice_end(page);
    OfficeInput input = {
        .label = say(view, "office_due"), .name = "due", .type = "datetime-local", .value = due};
    office_input(page, &input);
    office_button(page, say(view, "office_task_set"), NULL);
    html_close(page, "form");
    return true;
}

static void write_comment(HtmlWriter *page, const StoryView *view, const Comment *comment)
{
    g_autofree char *id = g_strdup_printf("%" PRId64, comment->id);
    bool there = comment_stands(view->body, comment->passage);
    html_open(page, "li");
    html_attribute(page, "class", comment->settled != 0 ? "settled" : NULL);
    if (*comment->passage != '\0') {
        html_element(page, there ? "q" : "del", comment->passage);
        html_text(page, " ");
    }
    html_element(page, "b", comment->name);
    html_text(page, " ");
    office_time(page, view->visit, comment->created, view->desk.site.zone);
    html_element(page, "p", comment->text);
    if (comment->settled == 0) {
        begin(page, view, "settle");
        office_hidden(page, "comment-id", id);
        office_button(page, say(view, "office_settle"), "plain");
        html_close(page, "form");
    }
    html_close(page, "li");
}

static bool write_comments(HtmlWriter *page, const StoryView *view, GError **error)
{
    g_autoptr(GPtrArray) comments = comment_list(view->visit->store, view->story->id, error);
    if (comments == NULL) {
        return false;
    }
    html_open(page, "ol");
    html_attribute(page, "class", "comments");
    for (unsigned i = 0; i < comments->len; i++) {
        write_comment(page, view, comments->pdata[i]);
    }
    html_close(page, "ol");
    if (view->story->state == STORY_TAKEN_DOWN) {
        return true;
    }
    begin(page, view, "comment");
    story_view_floor_field(page, view);
    office_once(page, view->visit);
    OfficeInput passage = {.label = say(view, "office_passage"),
                           .name = "passage",
                           .hint = say(view, "office_passage_hint"),
                           .value = words_again(view, "passage"),
                           .most = COMMENT_PASSAGE};
    OfficeInput text = {.label = say(view, "office_comment"),
                        .name = "comment",
                        .value = words_again(view, "comment"),
                        .most = COMMENT_TEXT,
                        .required = true};
    office_input(page, &passage);
    office_input(page, &text);
    office_button(page, say(view, "office_comment_add"), NULL);
    html_close(page, "form");
    return true;
}

/* Whoever may write a draft may throw it away; the page that it leads to asks. */
static void write_discard(HtmlWriter *page, const StoryView *view)
{
    StoryState state = view->story->state;
    if (state == STORY_DRAFT || state == STORY_IN_EDIT || state == STORY_READY) {
        g_autofree char *path = g_strdup_printf("/stories/%" PRId64 "/discard", view->story->id);
        html_open(page, "p");
        story_view_link(page, path, say(view, "office_discard_link"));
        html_close(page, "p");
    }
}

bool story_view_way(HtmlWriter *page, const StoryView *view, GError **error)
{
    html_element(page, "h2", say(view, "office_publishing"));
    if (!write_checklist(page, view, error)) {
        return false;
    }
    write_publishing(page, view);
    if (view->working) {
        one_button(page, view, "drop", "office_drop", "plain");
    }
    write_discard(page, view);
    html_element(page, "h2", say(view, "office_task"));
    if (!write_task(page, view, error)) {
        return false;
    }
    html_element(page, "h2", say(view, "office_comments"));
    return write_comments(page, view, error);
}
