/* A story's way in the office: stages, publishing, schedule, embargo, correction, withdrawal, task
 * and comments. Each is a button on the story's page (story_view_way.c) and leads back to it. */
#include "desk/story_office.h"

#include "base/error.h"
#include "desk/comment.h"
#include "desk/correction.h"
#include "desk/floor.h"
#include "desk/story_embargo.h"
#include "desk/story_once.h"
#include "desk/story_out.h"
#include "desk/story_seen.h"
#include "desk/story_state.h"
#include "desk/story_view.h"
#include "office/frame.h"
#include "office/once.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

typedef struct Act Act;
typedef bool (*ActBody)(const Act *act, GError **error);

struct Act {
    OfficeVisit *visit;
    StoryDesk desk;
    int64_t story;
    ActBody body;
    const StorySeenHow *how; /* what must be as it was seen; NULL: nothing */
    const char *words;       /* of the form, which may hold what was taken out; NULL: it has none */
    const char *audit;       /* or NULL: not of the kind that is written down */
    const char *done;
};

static bool run(Store *store, void *data, GError **error)
{
    const Act *act = data;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, act->story);
    return (act->words == NULL ||
            floor_check(store, act->story, story_view_floor(act->visit), error)) &&
           (act->how == NULL ||
            story_seen_check(act->visit, store, act->story, *act->how, error)) &&
           act->body(act, error) &&
           (act->audit == NULL || audit_add(store, act->visit->person->id, act->audit, subject, "",
                                            act->visit->now, error));
}

/* Does it, and shows the story: with `done`, or with what stands in the way. Words that were begun
 * below the story's floor stand in no form again. */
static HttpReply *act_on(Act act)
{
    OfficeVisit *visit = act.visit;
    g_autoptr(GError) reason = NULL;
    if (!office_part_number(visit, 0, &act.story)) {
        return office_not_found(visit);
    }
    bool did = story_desk_open(visit->store, &act.desk, &reason) &&
               store_transact(visit->store, run, &act, &reason);
    story_desk_clear(&act.desk);
    if (did) {
        return story_out_redirect(visit, act.story, act.done);
    }
    return act.words != NULL && floor_moved(visit->store, act.story, story_view_floor(visit))
               ? story_view_words_refused(visit, act.story, act.words)
               : story_view_problem(visit, act.story, reason);
}

static HttpReply *answer(OfficeVisit *visit, ActBody body, const char *audit, const char *done)
{
    return act_on((Act){.visit = visit, .body = body, .audit = audit, .done = done});
}

/* The same, of what leads to readers. */
static HttpReply *answer_seen(OfficeVisit *visit, ActBody body, StorySeenHow how, const char *audit,
                              const char *done)
{
    return act_on((Act){.visit = visit, .body = body, .how = &how, .audit = audit, .done = done});
}

static bool moment_field(const Act *act, const char *name, int64_t *moment, GError **error)
{
    return story_desk_moment(&act->desk, office_field(act->visit, name), moment, error);
}

static bool publish(const Act *act, GError **error)
{
    return story_publish(act->visit->store, &act->desk.site, act->story, act->visit->now, error);
}

static HttpReply *answer_publish(OfficeVisit *visit)
{
    return answer_seen(visit, publish, STORY_SEEN_SAVED, "story.publish", "published");
}

static bool schedule(const Act *act, GError **error)
{
    int64_t when = 0;
    return moment_field(act, "schedule-when", &when, error) &&
           story_schedule(act->visit->store, &act->desk.site, act->story, when, act->visit->now,
                          error);
}

static HttpReply *answer_schedule(OfficeVisit *visit)
{
    return answer_seen(visit, schedule, STORY_SEEN_SAVED, "story.schedule", "scheduled");
}

static bool invalid(const Act *act, const char *id, GError **error)
{
    return fail(error, KOLOKOL_ERROR_INVALID, "%s", office_text(act->visit, id));
}

/* Is the embargo the one that the form was made from? CONFLICT says the present one: a page that
 * stood open must not lift what somebody else has set since. */
static bool same_embargo(const Act *act, GError **error)
{
    const char *language = act->visit->language;
    int64_t was = -1;
    g_autoptr(Story) story = story_read(act->visit->store, act->story, error);
    if (story == NULL) {
        return false;
    }
    g_ascii_string_to_signed(office_field(act->visit, "embargo-was"), 10, 0, INT64_MAX, &was, NULL);
    if (story->embargo == was) {
        return true;
    }
    g_autofree char *moment = story_desk_field_moment(&act->desk, story->embargo);
    g_autofree char *present =
        story->embargo == 0 ? g_strdup(office_text(act->visit, "office_embargo_changed_none"))
                            : strings_fill(language, "office_embargo_changed", "moment",
                                           g_strdelimit(moment, "T", ' '), NULL);
    return fail(error, KOLOKOL_ERROR_CONFLICT, "%s", present);
}

static bool embargo(const Act *act, GError **error)
{
    int64_t until = 0;
    return same_embargo(act, error) &&
           (*office_field(act->visit, "embargo-when") != '\0' ||
            invalid(act, "office_embargo_empty", error)) &&
           moment_field(act, "embargo-when", &until, error) &&
           story_set_embargo(act->visit->store, &act->desk.site, act->story, until, act->visit->now,
                             error);
}

static HttpReply *answer_embargo(OfficeVisit *visit)
{
    return answer_seen(visit, embargo, STORY_SEEN_WHOLE, "story.embargo", "changed");
}

static bool lift(const Act *act, GError **error)
{
    return same_embargo(act, error) &&
           (strcmp(office_field(act->visit, "embargo-sure"), "1") == 0 ||
            invalid(act, "office_embargo_unsure", error)) &&
           story_set_embargo(act->visit->store, &act->desk.site, act->story, 0, act->visit->now,
                             error);
}

static HttpReply *answer_lift(OfficeVisit *visit)
{
    return answer_seen(visit, lift, STORY_SEEN_WHOLE, "story.embargo", "changed");
}

static bool withdraw(const Act *act, GError **error)
{
    return story_withdraw(act->visit->store, &act->desk.site, act->story, act->visit->now, error);
}

static HttpReply *answer_withdraw(OfficeVisit *visit)
{
    return answer_seen(visit, withdraw, STORY_SEEN_TEXT, "story.withdraw", "withdrawn");
}

static bool reopen(const Act *act, GError **error)
{
    return story_reopen(act->visit->store, &act->desk.site, act->story, act->visit->now, error);
}

static HttpReply *answer_reopen(OfficeVisit *visit)
{
    return answer_seen(visit, reopen, STORY_SEEN_TEXT, "story.reopen", "changed");
}

static bool correct(const Act *act, GError **error)
{
    return story_correct(act->visit->store, &act->desk.site, act->story,
                         office_field(act->visit, "correction"), act->visit->now, NULL, error);
}

static HttpReply *answer_correct(OfficeVisit *visit)
{
    const StorySeenHow how = STORY_SEEN_TEXT;
    return act_on((Act){.visit = visit,
                        .body = correct,
                        .how = &how,
                        .words = office_field(visit, "correction"),
                        .audit = "story.correct",
                        .done = "corrected"});
}

static bool stage(const Act *act, GError **error)
{
    StoryState wanted = STORY_TAKEN_DOWN; /* which is no stage */
    story_state_parse(office_field(act->visit, "stage"), &wanted);
    return story_set_stage(act->visit->store, &act->desk.site, act->story, wanted, act->visit->now,
                           error);
}

static HttpReply *answer_stage(OfficeVisit *visit)
{
    return answer_seen(visit, stage, STORY_SEEN_SAVED, NULL, "changed");
}

static bool task(const Act *act, GError **error)
{
    Task wanted = {0};
    const char *assignee = office_field(act->visit, "assignee");
    if (*assignee != '\0' &&
        !g_ascii_string_to_signed(assignee, 10, 0, INT64_MAX, &wanted.assignee, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "\"%.40s\" is nobody of the staff", assignee);
    }
    g_autoptr(Person) person =
        wanted.assignee == 0 ? NULL : person_read(act->visit->store, wanted.assignee, error);
    if (wanted.assignee != 0 && person == NULL) {
        return false;
    }
    if (person != NULL && person->state == PERSON_DISABLED) {
        return invalid(act, "office_task_left", error);
    }
    if (person != NULL && !role_may(person->role, PERMISSION_WRITE)) {
        return invalid(act, "office_task_not_theirs", error);
    }
    return (*office_field(act->visit, "due") == '\0' ||
            moment_field(act, "due", &wanted.due, error)) &&
           task_set(act->visit->store, act->story, &wanted, error);
}

static HttpReply *answer_task(OfficeVisit *visit)
{
    return answer(visit, task, NULL, "changed");
}

static bool comment(const Act *act, GError **error)
{
    const OfficeVisit *visit = act->visit;
    const char *passage = office_field(visit, "passage"), *text = office_field(visit, "comment");
    const char *word = office_once_word(visit);
    FormOnce once = {visit->person->id, word == NULL ? "" : word, passage, text};
    int64_t before = 0;
    return form_once_find(visit->store, &once, visit->now, &before, error) &&
           (before == act->story ||
            (comment_add(visit->store, act->story, visit->person->id, visit->person->name, passage,
                         text, visit->now, NULL, error) &&
             form_once_keep(visit->store, &once, act->story, visit->now, error)));
}

static HttpReply *answer_comment(OfficeVisit *visit)
{
    g_autofree char *words =
        g_strdup_printf("%s\n\n%s", office_field(visit, "passage"), office_field(visit, "comment"));
    return act_on((Act){.visit = visit, .body = comment, .words = words, .done = "changed"});
}

static bool settle(const Act *act, GError **error)
{
    int64_t id = 0;
    g_ascii_string_to_signed(office_field(act->visit, "comment-id"), 10, 1, INT64_MAX, &id, NULL);
    return comment_settle(act->visit->store, act->story, id, act->visit->person->name,
                          act->visit->now, error);
}

static HttpReply *answer_settle(OfficeVisit *visit)
{
    return answer(visit, settle, NULL, "changed");
}

#define WAY(verb, who, does)                                                                       \
    {                                                                                              \
        .name = "story-" #verb, .method = HTTP_POST, .path = "/stories/:id/" #verb,                \
        .permission = who, .answer = answer_##verb, .body_most = OFFICE_FORM, .help = does         \
    }

const OfficeRoute story_state_office[] = {
    WAY(stage, PERMISSION_WRITE, "between draft, in edit and ready"),
    WAY(publish, PERMISSION_PUBLISH, "visible now"),
    WAY(schedule, PERMISSION_PUBLISH, "visible from a moment on"),
    WAY(embargo, PERMISSION_PUBLISH, "sets an embargo"),
    WAY(lift, PERMISSION_PUBLISH, "lifts the embargo"),
    WAY(withdraw, PERMISSION_PUBLISH, "no longer visible"),
    WAY(reopen, PERMISSION_PUBLISH, "a withdrawn story becomes a draft"),
    WAY(correct, PERMISSION_PUBLISH, "adds a dated correction"),
    WAY(task, PERMISSION_WRITE, "who works on it, until when"),
    WAY(comment, PERMISSION_WRITE, "says something about the text"),
    WAY(settle, PERMISSION_WRITE, "a comment is settled"),
    {.name = NULL},
};
