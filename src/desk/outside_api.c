/* What goes beyond a story's own page by the API: links for readers outside (staff/reading.h), and
 * its translations (match.h). */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/story_answer.h"
#include "desk/translation.h"
#include "office/office.h"
#include "staff/audit.h"
#include "staff/reading.h"

#include <inttypes.h>

#define SHOWN 100u /* links in an answer */

typedef struct {
    ApiCall *call;
    StoryDesk desk;
    int64_t story, other; /* other: the link, or the translation that was begun */
    char token[READING_TOKEN];
} Work;

/* Does it in one transaction; a reply if that failed. */
static HttpReply *run(Work *work, StoreBody body)
{
    g_autoptr(GError) reason = NULL;
    ApiCall *call = work->call;
    if (!api_part(call, 0, &work->story)) {
        return api_not_found(call);
    }
    bool did = story_desk_open(call->store, &work->desk, &reason) &&
               store_transact(call->store, body, work, &reason);
    story_desk_clear(&work->desk);
    return did ? NULL : api_failed(call, reason);
}

/* ---- Links for readers outside -------------------------------------------------------------- */

static const ApiField reading_fields[] = {
    {.name = "number", .type = API_NUMBER, .required = true, .help = "the newsroom's number of it"},
    {.name = "name", .type = API_TEXT, .required = true, .help = "for whom it is"},
    {.name = "maker", .type = API_TEXT, .required = true, .help = "who made it"},
    {.name = "created", .type = API_MOMENT, .required = true, .help = "when"},
    {.name = "ends", .type = API_MOMENT, .required = true, .help = "until when it is good"},
    {.name = "ended", .type = API_MOMENT, .help = "when it was ended before its time"},
    {.name = "opened", .type = API_NUMBER, .required = true, .help = "how often it was opened"},
    {.name = "last", .type = API_MOMENT, .help = "when it was opened last"},
    {.name = NULL},
};
static const ApiSchema reading_schema = {"Reading", "a link for a reader outside", reading_fields};
static const ApiField readings_fields[] = {
    {.name = "readings",
     .type = API_OBJECTS,
     .required = true,
     .of = &reading_schema,
     .help = "the newest first, 100 at most"},
    {.name = NULL},
};
static const ApiSchema readings_schema = {"ReadingList", "a story's links for readers outside",
                                          readings_fields};
static const ApiField new_reading_fields[] = {
    {.name = "name",
     .type = API_TEXT,
     .required = true,
     .most = READING_NAME,
     .help = "for whom it is; on no page"},
    {.name = "hours",
     .type = API_NUMBER,
     .most = READING_HOURS_MOST,
     .help = "how long it is good; 24 unless said"},
    {.name = NULL},
};
static const ApiSchema new_reading_schema = {"NewReading", "a link to be made", new_reading_fields};
static const ApiField made_fields[] = {
    {.name = "link",
     .type = API_TEXT,
     .required = true,
     .help = "its address; told this once, the database has only its hash"},
    {.name = NULL},
};
static const ApiSchema made_schema = {"ReadingMade", "a link that was made", made_fields};

static void write_reading(JsonWriter *json, const Reading *reading)
{
    json_writer_open_object(json);
    json_writer_number_member(json, "number", reading->id);
    json_writer_text_member(json, "name", reading->name);
    json_writer_text_member(json, "maker", reading->maker);
    api_write_moment(json, "created", reading->created);
    api_write_moment(json, "ends", reading->ends);
    api_write_moment(json, "ended", reading->ended);
    json_writer_number_member(json, "opened", reading->opened);
    api_write_moment(json, "last", reading->last);
    json_writer_close(json);
}

static HttpReply *show_readings(ApiCall *call, int64_t id)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    g_autoptr(Story) story = story_answer_load(call, id, &reason);
    g_autoptr(GPtrArray) list =
        story == NULL ? NULL : reading_list(call->store, id, SHOWN, &reason);
    if (list == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "readings");
    json_writer_open_array(json);
    for (guint i = 0; i < list->len; i++) {
        write_reading(json, list->pdata[i]);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_readings(ApiCall *call)
{
    int64_t id = 0;
    return api_part(call, 0, &id) ? show_readings(call, id) : api_not_found(call);
}

static bool make_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    const ApiCall *call = work->call;
    ReadingActor by = {call->person->id, call->token->name};
    g_autoptr(Story) story = story_answer_load(call, work->story, error);
    if (story != NULL && story->state == STORY_TAKEN_DOWN) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " was taken down; there is nothing to read", story->id);
    }
    return story != NULL &&
           reading_make(store, story->id, &by, api_text(call, "name"),
                        (unsigned)api_number(call, "hours", 24), call->now, work->token, error);
}

static HttpReply *answer_make(ApiCall *call)
{
    Work work = {.call = call};
    HttpReply *wrong = run(&work, make_body);
    if (wrong != NULL) {
        return wrong;
    }
    g_autofree char *link =
        g_strconcat(office_options(call->office)->url, "/read/", work.token, NULL);
    json_writer_open_object(&call->json);
    json_writer_text_member(&call->json, "link", link);
    json_writer_close(&call->json);
    return api_done(call, 201);
}

static bool end_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    const ApiCall *call = work->call;
    ReadingActor by = {call->person->id, call->token->name};
    g_autoptr(Story) story = story_answer_load(call, work->story, error);
    return story != NULL && reading_end(store, story->id, work->other, &by, call->now, error);
}

static HttpReply *answer_end(ApiCall *call)
{
    Work work = {.call = call};
    if (!api_part(call, 1, &work.other)) {
        return api_not_found(call);
    }
    HttpReply *wrong = run(&work, end_body);
    return wrong != NULL ? wrong : show_readings(call, work.story);
}

/* ---- Translations --------------------------------------------------------------------------- */

static const ApiField translation_fields[] = {
    {.name = "original",
     .type = API_NUMBER,
     .help = "the story that it was last marked as matching; missing: nobody has said so"},
    {.name = "revision", .type = API_NUMBER, .help = "the original's revision then"},
    {.name = "current", .type = API_NUMBER, .help = "the original's revision now"},
    {.name = "behind",
     .type = API_TRUTH,
     .required = true,
     .help = "the original has changed since"},
    {.name = "marked", .type = API_MOMENT, .help = "when it was marked"},
    {.name = "marked_by", .type = API_TEXT, .help = "by whom"},
    {.name = "others",
     .type = API_OBJECTS,
     .required = true,
     .of = &story_summary_schema,
     .help = "the story in other languages, the oldest first"},
    {.name = NULL},
};
static const ApiSchema translation_schema = {
    "Translation", "whether a story still says what its original says", translation_fields};
static const ApiField mark_fields[] = {
    {.name = "original", .type = API_NUMBER, .required = true, .help = "number of the original"},
    {.name = "revision",
     .type = API_NUMBER,
     .required = true,
     .help = "the revision of it that was read"},
    {.name = NULL},
};
static const ApiSchema mark_schema = {"TranslationMark", "the story says what that revision says",
                                      mark_fields};
static const ApiField begin_fields[] = {
    {.name = "language", .type = API_TEXT, .required = true, .most = 40, .help = "as \"ru\""},
    {.name = NULL},
};
static const ApiSchema begin_schema = {"NewTranslation", "a translation to be begun", begin_fields};

/* Nothing of an original that the token may not see. */
static bool write_match(const ApiCall *call, JsonWriter *json, int64_t id, GError **error)
{
    g_auto(Match) match = {0};
    if (!match_read(call->store, id, &match, error)) {
        return false;
    }
    g_autoptr(Story) original =
        match.original == 0 ? NULL : story_read(call->store, match.original, error);
    if (match.original != 0 && original == NULL) {
        return false;
    }
    bool told = original != NULL && !story_answer_hidden(call, original);
    if (told) {
        json_writer_number_member(json, "original", match.original);
        json_writer_number_member(json, "revision", match.revision);
        json_writer_number_member(json, "current", match.current);
        api_write_moment(json, "marked", match.moment);
        json_writer_text_member(json, "marked_by", match.person);
    }
    json_writer_bool_member(json, "behind", told && match.behind);
    return true;
}

static bool write_others(const ApiCall *call, JsonWriter *json, const Story *story, GError **error)
{
    g_auto(StoryDesk) desk = {0};
    g_autoptr(GPtrArray) group = story_desk_open(call->store, &desk, error)
                                     ? match_group(call->store, story->group, error)
                                     : NULL;
    json_writer_key(json, "others");
    json_writer_open_array(json);
    for (guint i = 0; group != NULL && i < group->len; i++) {
        const Story *other = group->pdata[i];
        if (other->id != story->id && !story_answer_hidden(call, other)) {
            story_answer_write_summary(json, &desk, other);
        }
    }
    json_writer_close(json);
    return group != NULL;
}

static HttpReply *show_translation(ApiCall *call, int64_t id)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    g_autoptr(Story) story = story_answer_load(call, id, &reason);
    if (story == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    if (!write_match(call, json, id, &reason) || !write_others(call, json, story, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_translation(ApiCall *call)
{
    int64_t id = 0;
    return api_part(call, 0, &id) ? show_translation(call, id) : api_not_found(call);
}

static bool mark_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    const ApiCall *call = work->call;
    TranslationActor by = {call->person->id, call->person->name, call->token->name};
    g_autoptr(Story) story = story_answer_load(call, work->story, error);
    g_autoptr(Story) original =
        story == NULL ? NULL : story_answer_load(call, api_number(call, "original", 0), error);
    return original != NULL &&
           translation_mark(store, story->id, original->id, api_number(call, "revision", 0), &by,
                            call->now, error);
}

static HttpReply *answer_mark(ApiCall *call)
{
    Work work = {.call = call};
    HttpReply *wrong = run(&work, mark_body);
    return wrong != NULL ? wrong : show_translation(call, work.story);
}

static bool begin_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    ApiCall *call = work->call;
    const char *language = api_text(call, "language");
    TranslationActor by = {call->person->id, call->person->name, call->token->name};
    g_autoptr(Story) story = story_answer_load(call, work->story, error);
    if (story != NULL && !desk_site_has_language(&work->desk.site, language)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "language: \"%.40s\" is none of the paper's",
                    language);
    }
    return story != NULL && translation_begin(store, &work->desk.site, story->id, language, &by,
                                              call->now, &work->other, error);
}

static HttpReply *answer_begin(ApiCall *call)
{
    Work work = {.call = call};
    HttpReply *wrong = run(&work, begin_body);
    if (wrong != NULL) {
        return wrong;
    }
    call->location = g_strdup_printf(API_ROOT "/stories/%" PRId64, work.other);
    return story_answer_whole(call, work.other, false, 201);
}

#define ROW(row, how, where, who, needs, handler, out)                                             \
    .name = row, .method = how, .path = API_ROOT "/stories/:id/" where, .permission = who,         \
    .scopes = needs, .answer = handler, .gives = out

const ApiRoute outside_api[] = {
    /* For whom a link is may be a source: told to who may make one. */
    {ROW("reading-list", HTTP_GET, "readings", PERMISSION_PUBLISH,
         API_SCOPE_READ | API_SCOPE_PUBLISH, answer_readings, &readings_schema),
     .help = "a story's links for readers outside, and how often each was opened"},
    {ROW("reading-make", HTTP_POST, "readings", PERMISSION_PUBLISH,
         API_SCOPE_READ | API_SCOPE_PUBLISH, answer_make, &made_schema),
     .takes = &new_reading_schema, .status = 201, .body_most = API_BODY,
     .help = "makes a link with which somebody outside reads a story as it is saved"},
    {ROW("reading-end", HTTP_POST, "readings/:number/end", PERMISSION_PUBLISH,
         API_SCOPE_READ | API_SCOPE_PUBLISH, answer_end, &readings_schema),
     .takes = &api_nothing_schema, .body_most = API_BODY, .help = "a link is good no longer"},
    {ROW("translation-read", HTTP_GET, "translation", PERMISSION_WRITE, API_SCOPE_READ,
         answer_translation, &translation_schema),
     .help = "whether a story is behind its original, and the story in other languages"},
    /* Both answer what others have written. */
    {ROW("translation-mark", HTTP_POST, "translation", PERMISSION_WRITE,
         API_SCOPE_READ | API_SCOPE_WRITE, answer_mark, &translation_schema),
     .takes = &mark_schema, .body_most = API_BODY,
     .help = "the story says what that revision of its original says"},
    {ROW("translation-begin", HTTP_POST, "translations", PERMISSION_WRITE,
         API_SCOPE_READ | API_SCOPE_WRITE, answer_begin, &story_answer_schema),
     .takes = &begin_schema, .status = 201, .tagged = true, .body_most = API_BODY,
     .help = "a draft in another language, of the story's text"},
    {.name = NULL},
};
