/* A story's way by the API: stage, publishing, schedule, embargo, correction, withdrawal. The same
 * functions and lines of the audit log as the office's buttons (story_state_office.c). */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/correction.h"
#include "desk/discard.h"
#include "desk/story_answer.h"
#include "desk/story_embargo.h"
#include "desk/story_state.h"

#include <inttypes.h>

typedef struct Act Act;
typedef bool (*ActBody)(const Act *act, GError **error);

struct Act {
    ApiCall *call;
    StoryDesk desk;
    int64_t story;
    ActBody body;
    const char *audit; /* or NULL: not of the kind that is written down */
};

static bool run(Store *store, void *data, GError **error)
{
    const Act *act = data;
    ApiCall *call = act->call;
    call->mismatch = false;
    call->pointer = NULL;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, act->story);
    g_autoptr(Story) story = story_answer_load(call, act->story, error);
    return story != NULL && story_answer_match(call, story, error) && act->body(act, error) &&
           (act->audit == NULL || api_audit(call, act->audit, subject, "", error));
}

/* NULL, and *story is the one that was acted upon; else the reply that says what went wrong. */
static HttpReply *act_on(ApiCall *call, ActBody body, const char *audit, int64_t *story)
{
    g_autoptr(GError) reason = NULL;
    Act act = {.call = call, .body = body, .audit = audit};
    if (!api_part(call, 0, &act.story)) {
        return api_not_found(call);
    }
    bool did = story_desk_open(call->store, &act.desk, &reason) &&
               store_transact(call->store, run, &act, &reason);
    story_desk_clear(&act.desk);
    *story = act.story;
    return did ? NULL : api_failed(call, reason);
}

static HttpReply *answer(ApiCall *call, ActBody body, const char *audit)
{
    int64_t story = 0;
    HttpReply *wrong = act_on(call, body, audit, &story);
    return wrong != NULL ? wrong : story_answer_summary(call, story);
}

static bool publish(const Act *act, GError **error)
{
    return story_publish(act->call->store, &act->desk.site, act->story, act->call->now, error);
}

static HttpReply *answer_publish(ApiCall *call)
{
    return answer(call, publish, "story.publish");
}

static bool schedule(const Act *act, GError **error)
{
    int64_t when = 0;
    act->call->pointer = "/when";
    return story_desk_moment(&act->desk, api_text(act->call, "when"), &when, error) &&
           story_schedule(act->call->store, &act->desk.site, act->story, when, act->call->now,
                          error);
}

static HttpReply *answer_schedule(ApiCall *call)
{
    return answer(call, schedule, "story.schedule");
}

/* Empty lifts it. */
static bool embargo(const Act *act, GError **error)
{
    const char *text = api_text(act->call, "until");
    int64_t until = 0;
    act->call->pointer = "/until";
    return (*text == '\0' || story_desk_moment(&act->desk, text, &until, error)) &&
           story_set_embargo(act->call->store, &act->desk.site, act->story, until, act->call->now,
                             error);
}

static HttpReply *answer_embargo(ApiCall *call)
{
    return answer(call, embargo, "story.embargo");
}

static bool withdraw(const Act *act, GError **error)
{
    return story_withdraw(act->call->store, &act->desk.site, act->story, act->call->now, error);
}

static HttpReply *answer_withdraw(ApiCall *call)
{
    return answer(call, withdraw, "story.withdraw");
}

static bool discard(const Act *act, GError **error)
{
    return story_discard(act->call->store, act->story, act->call->person->name, act->call->now,
                         error);
}

static bool reopen(const Act *act, GError **error)
{
    return story_reopen(act->call->store, &act->desk.site, act->story, act->call->now, error);
}

static HttpReply *answer_reopen(ApiCall *call)
{
    return answer(call, reopen, "story.reopen");
}

static HttpReply *answer_discard(ApiCall *call)
{
    int64_t story = 0;
    HttpReply *wrong = act_on(call, discard, "story.discard", &story);
    if (wrong != NULL) {
        return wrong;
    }
    json_writer_open_object(&call->json);
    json_writer_number_member(&call->json, "id", story);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

static bool correct(const Act *act, GError **error)
{
    act->call->pointer = "/text";
    return story_correct(act->call->store, &act->desk.site, act->story, api_text(act->call, "text"),
                         act->call->now, NULL, error);
}

static HttpReply *answer_correct(ApiCall *call)
{
    return answer(call, correct, "story.correct");
}

static bool stage(const Act *act, GError **error)
{
    StoryState wanted = STORY_TAKEN_DOWN; /* which is no stage */
    act->call->pointer = "/status";
    story_state_parse(api_text(act->call, "status"), &wanted);
    return story_set_stage(act->call->store, &act->desk.site, act->story, wanted, act->call->now,
                           error);
}

static HttpReply *answer_stage(ApiCall *call)
{
    return answer(call, stage, NULL);
}

static const char *const stages[] = {"draft", "in edit", "ready", NULL};

static const ApiField schedule_fields[] = {
    {.name = "when",
     .type = API_MOMENT,
     .required = true,
     .most = 40,
     .help = "from when on readers see it"},
    {.name = NULL},
};
static const ApiField embargo_fields[] = {
    {.name = "until",
     .type = API_MOMENT,
     .required = true,
     .most = 40,
     .help = "no reader sees it before; empty lifts the embargo"},
    {.name = NULL},
};
static const ApiField correct_fields[] = {
    {.name = "text",
     .type = API_TEXT,
     .required = true,
     .most = 4000,
     .help = "what is corrected; it stands on the story from now on"},
    {.name = NULL},
};
static const ApiField stage_fields[] = {
    {.name = "status",
     .type = API_TEXT,
     .required = true,
     .words = stages,
     .help = "where it stands before it goes out"},
    {.name = NULL},
};

static const ApiSchema schedule_schema = {"Schedule", "when a story goes out", schedule_fields};
static const ApiSchema embargo_schema = {"Embargo", "until when a story is held", embargo_fields};
static const ApiSchema correct_schema = {"NewCorrection", "a correction", correct_fields};
static const ApiSchema stage_schema = {"Stage", "how far a story is", stage_fields};

static const ApiField discarded_fields[] = {
    {.name = "id", .type = API_NUMBER, .required = true, .help = "of the draft that is gone"},
    {.name = NULL},
};
static const ApiSchema discarded_schema = {"Discarded", "a draft that was thrown away",
                                           discarded_fields};

#define WAY(verb, where, who, needs, schema, wants, does)                                          \
    {                                                                                              \
        .name = "story-" #verb, .method = HTTP_POST, .path = API_ROOT "/stories/:id/" where,       \
        .permission = who, .scopes = API_SCOPE_READ | (needs), .answer = answer_##verb,            \
        .takes = schema, .gives = &story_summary_schema, .match = wants, .tagged = true,           \
        .body_most = API_BODY, .help = does                                                        \
    }

const ApiRoute story_state_api[] = {
    WAY(stage, "stage", PERMISSION_WRITE, API_SCOPE_WRITE, &stage_schema, API_MATCH_MAY,
        "between draft, in edit and ready"),
    WAY(publish, "publish", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, &api_nothing_schema,
        API_MATCH_MUST, "visible now"),
    WAY(schedule, "schedule", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, &schedule_schema,
        API_MATCH_MUST, "visible from a moment on"),
    WAY(withdraw, "withdraw", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, &api_nothing_schema,
        API_MATCH_MAY, "no longer visible"),
    WAY(reopen, "reopen", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, &api_nothing_schema, API_MATCH_MAY,
        "a withdrawn story becomes a draft"),
    WAY(correct, "corrections", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, &correct_schema,
        API_MATCH_MAY, "adds a dated correction"),
    WAY(embargo, "embargo", PERMISSION_PUBLISH, API_SCOPE_PUBLISH | API_SCOPE_EMBARGOED,
        &embargo_schema, API_MATCH_MAY, "sets or lifts an embargo"),
    {.name = "story-discard",
     .method = HTTP_POST,
     .path = API_ROOT "/stories/:id/discard",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_READ | API_SCOPE_WRITE,
     .answer = answer_discard,
     .takes = &api_nothing_schema,
     .gives = &discarded_schema,
     .match = API_MATCH_MUST,
     .body_most = API_BODY,
     .help = "a draft that was never out goes for good, with all its versions"},
    {.name = NULL},
};
