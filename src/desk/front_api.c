/* The front and its breaking line by the API (front.h, breaking.h). What it shows are stories that
 * readers see; so no story under embargo is told of. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/breaking.h"
#include "desk/front.h"
#include "desk/story_answer.h"

#include <inttypes.h>

#define SHOWN 12u /* places that are given */

static const char *const origins[] = {"held", "section", "newest", NULL};

static const ApiField place_fields[] = {
    {.name = "slot", .type = API_NUMBER, .required = true, .help = "from 1"},
    {.name = "origin",
     .type = API_TEXT,
     .required = true,
     .words = origins,
     .help = "why it is there: held by a slot, a section's newest, the newest"},
    {.name = "story", .type = API_NUMBER, .required = true, .help = "its number"},
    {.name = "title", .type = API_TEXT, .required = true, .help = "its headline"},
    {.name = "path", .type = API_TEXT, .required = true, .help = "its place in the edition"},
    {.name = NULL},
};
static const ApiSchema place_schema = {"Place", "what stands in a slot now", place_fields};
static const ApiField front_fields[] = {
    {.name = "language", .type = API_TEXT, .required = true, .help = "whose front it is"},
    {.name = "places",
     .type = API_OBJECTS,
     .required = true,
     .of = &place_schema,
     .help = "the first twelve, as readers see them now"},
    {.name = NULL},
};
static const ApiSchema front_schema = {"Front", "the front as it is now", front_fields};

#define LANGUAGE_FIELD                                                                             \
    {                                                                                              \
        .name = "language", .type = API_TEXT, .most = 20, .help = "else the newsroom's first"      \
    }

static const ApiField language_query[] = {LANGUAGE_FIELD, {.name = NULL}};
static const ApiSchema language_schema = {"Language", "which language's front", language_query};

static const ApiField slot_fields[] = {
    LANGUAGE_FIELD,
    {.name = "story", .type = API_NUMBER, .help = "number of the story that the slot holds"},
    {.name = "section",
     .type = API_TEXT,
     .most = 200,
     .help = "or the slug of the section whose newest story it shows"},
    {.name = "until", .type = API_MOMENT, .most = 40, .help = "until when; else for good"},
    {.name = NULL},
};
static const ApiSchema slot_schema = {"Slot", "what a slot shall hold", slot_fields};

static const ApiField line_fields[] = {
    {.name = "language", .type = API_TEXT, .required = true, .help = "whose front it is"},
    {.name = "text", .type = API_TEXT, .help = "the line; missing if there is none"},
    {.name = "story", .type = API_NUMBER, .help = "where it leads"},
    {.name = "until", .type = API_MOMENT, .help = "until when; missing: until it is taken away"},
    {.name = NULL},
};
static const ApiSchema line_schema = {"Breaking", "the breaking line", line_fields};
static const ApiField new_line_fields[] = {
    LANGUAGE_FIELD,
    {.name = "text", .type = API_TEXT, .required = true, .most = BREAKING_TEXT, .help = "the line"},
    {.name = "story", .type = API_NUMBER, .help = "the story it leads to"},
    {.name = "until", .type = API_MOMENT, .most = 40, .help = "until when"},
    {.name = NULL},
};
static const ApiSchema new_line_schema = {"NewBreaking", "a breaking line", new_line_fields};

typedef struct {
    ApiCall *call;
    StoryDesk desk;
    const char *language;
    int64_t slot, until;
} Work;

static void work_clear(Work *work)
{
    story_desk_clear(&work->desk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static bool work_begin(Work *work, ApiCall *call, GError **error)
{
    bool get = call->route->method == HTTP_GET;
    const char *asked = get ? api_asked(call, "language") : api_text(call, "language");
    const char *until = api_text(call, "until");
    *work = (Work){.call = call, .until = INT64_MAX};
    if (!story_desk_open(call->store, &work->desk, error)) {
        return false;
    }
    work->language = story_desk_language(&work->desk, asked, error);
    if (work->language == NULL || until == NULL || *until == '\0') {
        return work->language != NULL;
    }
    call->pointer = "/until";
    bool good =
        story_desk_moment(&work->desk, until, &work->until, error) &&
        (work->until > call->now || fail(error, KOLOKOL_ERROR_INVALID, "until: %s is past", until));
    call->pointer = NULL;
    return good;
}

/* ---- The front ------------------------------------------------------------------------------ */

static HttpReply *show_front(const Work *work)
{
    g_autoptr(GError) reason = NULL;
    ApiCall *call = work->call;
    JsonWriter *json = &call->json;
    g_autoptr(Front) front = front_read(call->store, work->language, call->now, SHOWN, &reason);
    if (front == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_text_member(json, "language", work->language);
    json_writer_key(json, "places");
    json_writer_open_array(json);
    for (guint i = 0; i < front->places->len; i++) {
        const FrontPlace *place = front->places->pdata[i];
        json_writer_open_object(json);
        json_writer_number_member(json, "slot", place->slot);
        json_writer_text_member(json, "origin", origins[place->origin]);
        json_writer_number_member(json, "story", place->card->id);
        json_writer_text_member(json, "title", place->card->headline);
        json_writer_text_member(json, "path", place->card->path);
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_front(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {0};
    return work_begin(&work, call, &reason) ? show_front(&work) : api_failed(call, reason);
}

static bool audited(const Work *work, const char *action, GError **error)
{
    return api_audit(work->call, action, work->language, "", error);
}

static bool set_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    ApiCall *call = work->call;
    const char *section = api_text(call, "section");
    int64_t id = api_number(call, "story", 0);
    if ((id == 0) == (section == NULL || *section == '\0')) {
        return fail(error, KOLOKOL_ERROR_INVALID, "send a story or a section, one of the two");
    }
    g_autoptr(Story) story = id == 0 ? NULL : story_answer_load(call, id, error);
    if (id != 0 && story == NULL) {
        return false;
    }
    bool set = id != 0 ? front_set_story(store, work->language, (unsigned)work->slot, id,
                                         work->until, error)
                       : front_set_section(store, work->language, (unsigned)work->slot, section,
                                           work->until, error);
    return set && audited(work, "front.set", error);
}

static bool clear_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    return front_clear(store, work->language, (unsigned)work->slot, error) &&
           audited(work, "front.clear", error);
}

static HttpReply *change_front(ApiCall *call, StoreBody body)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {0};
    int64_t slot = 0;
    if (!api_part(call, 0, &slot) || slot > FRONT_SLOTS) {
        return api_not_found(call);
    }
    if (!work_begin(&work, call, &reason)) {
        return api_failed(call, reason);
    }
    work.slot = slot;
    return store_transact(call->store, body, &work, &reason) ? show_front(&work)
                                                             : api_failed(call, reason);
}

static HttpReply *answer_set(ApiCall *call)
{
    return change_front(call, set_body);
}

static HttpReply *answer_clear(ApiCall *call)
{
    return change_front(call, clear_body);
}

/* ---- The breaking line ---------------------------------------------------------------------- */

static HttpReply *show_line(const Work *work)
{
    g_autoptr(GError) reason = NULL;
    ApiCall *call = work->call;
    JsonWriter *json = &call->json;
    g_autoptr(Breaking) line = breaking_read(call->store, work->language, call->now, &reason);
    if (line == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return api_failed(call, reason);
    }
    g_autoptr(Story) story =
        line == NULL || line->story == 0 ? NULL : story_answer_load(call, line->story, NULL);
    json_writer_open_object(json);
    json_writer_text_member(json, "language", work->language);
    json_writer_text_member(json, "text", line == NULL ? NULL : line->text);
    if (story != NULL) {
        json_writer_number_member(json, "story", story->id);
    }
    if (line != NULL && line->until != INT64_MAX) {
        api_write_moment(json, "until", line->until);
    }
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_line(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {0};
    return work_begin(&work, call, &reason) ? show_line(&work) : api_failed(call, reason);
}

static bool line_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    ApiCall *call = work->call;
    int64_t id = api_number(call, "story", 0);
    g_autoptr(Story) story = id == 0 ? NULL : story_answer_load(call, id, error);
    return (id == 0 || story != NULL) &&
           breaking_set(store, work->language, api_text(call, "text"), id, work->until, call->now,
                        error) &&
           audited(work, "breaking.set", error);
}

static bool no_line_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    return breaking_clear(store, work->language, error) && audited(work, "breaking.clear", error);
}

static HttpReply *change_line(ApiCall *call, StoreBody body)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {0};
    return work_begin(&work, call, &reason) && store_transact(call->store, body, &work, &reason)
               ? show_line(&work)
               : api_failed(call, reason);
}

static HttpReply *answer_line_set(ApiCall *call)
{
    return change_line(call, line_body);
}

static HttpReply *answer_line_clear(ApiCall *call)
{
    return change_line(call, no_line_body);
}

#define READ_ROW(row, where, handler, schema, what)                                                \
    {                                                                                              \
        .name = row, .method = HTTP_GET, .path = API_ROOT where, .permission = PERMISSION_WRITE,   \
        .scopes = API_SCOPE_READ, .answer = handler, .query = language_query, .gives = schema,     \
        .help = what                                                                               \
    }
#define CHANGE_ROW(row, where, handler, in, out, what)                                             \
    {                                                                                              \
        .name = row, .method = HTTP_POST, .path = API_ROOT where,                                  \
        .permission = PERMISSION_PUBLISH, .scopes = API_SCOPE_READ | API_SCOPE_FRONT,              \
        .answer = handler, .takes = in, .gives = out, .body_most = API_BODY, .help = what          \
    }

const ApiRoute front_api[] = {
    READ_ROW("front", "/front", answer_front, &front_schema, "what stands where on the front"),
    CHANGE_ROW("front-set", "/front/:slot", answer_set, &slot_schema, &front_schema,
               "holds a slot for a story or for a section's newest"),
    CHANGE_ROW("front-clear", "/front/:slot/clear", answer_clear, &language_schema, &front_schema,
               "the slot takes the newest story again"),
    READ_ROW("breaking", "/breaking", answer_line, &line_schema, "the breaking line"),
    CHANGE_ROW("breaking-set", "/breaking", answer_line_set, &new_line_schema, &line_schema,
               "sets the breaking line; it takes the place of the old"),
    CHANGE_ROW("breaking-clear", "/breaking/clear", answer_line_clear, &language_schema,
               &line_schema, "takes the breaking line away"),
    {.name = NULL},
};
