/* Making and changing stories by the API. What is given is what a story's file gives
 * (story_input.h); a state is set by the routes of story_state_api.c only. */
#include "desk/story_api.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/moment.h"
#include "desk/import.h"
#include "desk/story_answer.h"
#include "desk/story_edit.h"
#include "desk/story_export.h"
#include "desk/story_once.h"
#include "desk/task.h"

#include <inttypes.h>
#include <string.h>

static const char *const kinds[] = {"story", "live", "opinion", "page", NULL};

/* What can be said of a story when it is made and later. */
#define COMMON_FIELDS                                                                              \
    {.name = "section",                                                                            \
     .type = API_TEXT,                                                                             \
     .most = STORY_INPUT_NAME,                                                                     \
     .help = "name or slug; a new name makes a section"},                                          \
        {.name = "topics",                                                                         \
         .type = API_TEXTS,                                                                        \
         .most = STORY_INPUT_NAME,                                                                 \
         .items = STORY_INPUT_TOPICS,                                                              \
         .help = "names or slugs; new ones are made"},                                             \
        {.name = "authors",                                                                        \
         .type = API_TEXTS,                                                                        \
         .most = STORY_INPUT_NAME,                                                                 \
         .items = STORY_INPUT_AUTHORS,                                                             \
         .help = "the byline; \"reporting: NAME\" for who reported, \"withheld\" for a name that " \
                 "is not given"},                                                                  \
        {.name = "agency",                                                                         \
         .type = API_TEXT,                                                                         \
         .most = STORY_INPUT_NAME,                                                                 \
         .help = "the wire agency it is credited to"},                                             \
        {.name = "lead", .type = API_TEXT, .most = STORY_INPUT_LEAD, .help = "the standfirst"},    \
        {.name = "body",                                                                           \
         .type = API_TEXT,                                                                         \
         .most = LIMIT_BODY,                                                                       \
         .help = "the text as Markdown; not with html"},                                           \
        {.name = "html",                                                                           \
         .type = API_TEXT,                                                                         \
         .most = LIMIT_BODY,                                                                       \
         .help = "the text as HTML: kept as it is, made safe when it is shown"},                   \
        {.name = "slug",                                                                           \
         .type = API_TEXT,                                                                         \
         .most = LIMIT_SLUG,                                                                       \
         .help = "the last part of its address"},                                                  \
        {.name = "date", .type = API_MOMENT, .most = 40, .help = "the date shown"},                \
        {.name = "kind", .type = API_TEXT, .words = kinds, .help = "what it is"},                  \
        {.name = "photo", .type = API_NUMBER, .help = "number of a picture; 0 for none"},          \
        {.name = "caption",                                                                        \
         .type = API_TEXT,                                                                         \
         .most = STORY_INPUT_CAPTION,                                                              \
         .help = "of its picture, instead of the picture's own"},                                  \
        {.name = "credit", .type = API_TEXT, .most = STORY_INPUT_CAPTION, .help = "the same"},     \
    {                                                                                              \
        .name = "alt", .type = API_TEXT, .most = STORY_INPUT_CAPTION, .help = "the same"           \
    }

static const ApiField new_fields[] = {
    {.name = "id",
     .type = API_TEXT,
     .most = STORY_INPUT_VALUE,
     .help = "your own id of it: sent again, the story is changed, and only if what is sent "
             "differs"},
    {.name = "title",
     .type = API_TEXT,
     .most = LIMIT_TITLE,
     .required = true,
     .help = "the headline"},
    {.name = "language",
     .type = API_TEXT,
     .most = 20,
     .help = "as \"en\"; else the newsroom's first"},
    {.name = "embargo",
     .type = API_MOMENT,
     .most = 40,
     .help = "no reader sees it before; needs the scope embargoed"},
    {.name = "translation_of",
     .type = API_TEXT,
     .most = STORY_INPUT_VALUE,
     .help = "id, path or number of the original"},
    COMMON_FIELDS,
    {.name = NULL},
};

static const ApiField change_fields[] = {
    {.name = "title", .type = API_TEXT, .most = LIMIT_TITLE, .help = "the headline"},
    COMMON_FIELDS,
    {.name = NULL},
};

static const ApiSchema new_schema = {"NewStory", "a story that is brought in, as a draft",
                                     new_fields};
static const ApiSchema change_schema = {
    "StoryChange", "what of a story is changed; what is not named stays", change_fields};

/* Readers see it, or will at a time: changing it is publishing. */
static bool may_change(const ApiCall *call, const Story *story, GError **error)
{
    return !story_goes_out(story) || api_has(call, API_SCOPE_PUBLISH) ||
           fail(error, KOLOKOL_ERROR_DENIED,
                "story %" PRId64 " is %s; changing it needs a token with the scope publish",
                story->id, story_state_name(story->state));
}

/* ---- What is given -------------------------------------------------------------------------- */

static bool set_one(StoryInput *input, const char *name, const json_t *value, GError **error)
{
    if (json_is_integer(value)) {
        g_autofree char *digits = g_strdup_printf("%" PRId64, (int64_t)json_integer_value(value));
        return strcmp(digits, "0") == 0 ||
               story_input_set(input, name, digits, strlen(digits), error);
    }
    size_t length = json_string_length(value);
    bool body = strcmp(name, "body") == 0 || strcmp(name, "html") == 0;
    return (length == 0 && !body) ||
           story_input_set(input, name, json_string_value(value), length, error);
}

/* The body, whose fields the schema has checked, as a story's file would give it. */
static StoryInput *input_of(const ApiCall *call, GError **error)
{
    g_autoptr(StoryInput) input = story_input_new();
    const char *name;
    json_t *value;
    json_object_foreach(call->given, name, value)
    {
        size_t count = json_is_array(value) ? json_array_size(value) : 1;
        for (size_t i = 0; i < count; i++) {
            const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
            if (!set_one(input, name, item, error)) {
                return NULL;
            }
        }
    }
    return g_steal_pointer(&input);
}

/* ---- A new one ------------------------------------------------------------------------------ */

typedef struct {
    ApiCall *call;
    const StoryDesk *desk;
    const StoryInput *input;
    StoryOnce once; /* key NULL: none was sent */
    int64_t id;
    bool created;
} Making;

/* The story of the same id, which must be one that this token may change. NULL with no error: there
 * is none. */
static Story *find_before(Making *making, GError **error)
{
    ApiCall *call = making->call;
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = making->input->id == NULL
                                 ? NULL
                                 : story_by_external(call->store, making->input->id, &reason);
    if (story == NULL) {
        if (reason != NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&reason));
        }
        return NULL;
    }
    call->pointer = "/id";
    if (story_answer_hidden(call, story)) {
        fail(error, KOLOKOL_ERROR_CONFLICT,
             "this id belongs to a story that this token may not see");
        return NULL;
    }
    return may_change(call, story, error) && story_answer_match(call, story, error)
               ? g_steal_pointer(&story)
               : NULL;
}

/* Nobody else has changed it since the API put it, or the caller has seen that (If-Match). */
static bool not_unseen(const Making *making, const Story *before, GError **error)
{
    bool untouched = false;
    if (http_request_header(making->call->request, "If-Match") != NULL) {
        return true;
    }
    return story_once_untouched(making->call->store, before->id, before->version, &untouched,
                                error) &&
           (untouched ||
            fail(error, KOLOKOL_ERROR_CONFLICT,
                 "story %" PRId64 " was changed in the newsroom since it was brought in; read it, "
                 "and send If-Match with its ETag to change it all the same",
                 before->id));
}

static bool put(Making *making, GError **error)
{
    ApiCall *call = making->call;
    g_autoptr(GError) reason = NULL;
    g_auto(StoryPut) done = {0};
    g_autoptr(Story) before = find_before(making, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    call->pointer = NULL;
    if (!story_put(call->store, &making->desk->site, making->input, 0, call->now, &done, error)) {
        return false;
    }
    if (before != NULL && done.changed && !not_unseen(making, before, error)) {
        call->pointer = "/id";
        return false;
    }
    g_autoptr(Story) after = story_read(call->store, done.id, error);
    making->id = done.id;
    making->created = done.created;
    /* What has an id of its giver's is brought in; nobody here began it. */
    return after != NULL &&
           (!done.created || making->input->id != NULL ||
            task_begun(call->store, done.id, call->person->id, error)) &&
           ((!done.created && !done.changed) ||
            story_once_put(call->store, after->id, after->version, error));
}

static bool make_body(Store *store, void *data, GError **error)
{
    Making *making = data;
    int64_t now = making->call->now, same = 0;
    making->created = false;
    making->call->mismatch = false;
    if (making->once.key == NULL) {
        return put(making, error);
    }
    if (!story_once_find(store, &making->once, now, &same, error)) {
        return false;
    }
    if (same != 0) {
        making->id = same;
        return true;
    }
    return put(making, error) && story_once_keep(store, &making->once, making->id, now, error);
}

/* The original must be one that this token sees. */
static bool original_seen(const ApiCall *call, const char *name, GError **error)
{
    int64_t id = 0;
    g_autoptr(Story) story = name != NULL && story_find(call->store, name, &id, NULL)
                                 ? story_read(call->store, id, NULL)
                                 : NULL;
    return story == NULL || !story_answer_hidden(call, story) ||
           fail(error, KOLOKOL_ERROR_INVALID,
                "translation_of: there is no story \"%.100s\"; bring the original in first", name);
}

static HttpReply *made(ApiCall *call, const Making *making)
{
    call->location = g_strdup_printf(API_ROOT "/stories/%" PRId64, making->id);
    return story_answer_whole(call, making->id, false, making->created ? 201 : 200);
}

static HttpReply *answer_make(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    const char *key = NULL;
    if (!api_key(call, &key, &reason)) {
        return api_failed(call, reason);
    }
    if (api_text(call, "embargo") != NULL && !api_has(call, API_SCOPE_EMBARGOED)) {
        return api_problem(call, 403, "/embargo", "this needs a token with the scope embargoed");
    }
    g_autoptr(StoryInput) input = input_of(call, &reason);
    if (input == NULL || !original_seen(call, input->translation_of, &reason) ||
        !story_desk_open(call->store, &desk, &reason)) {
        return api_failed(call, reason);
    }
    Making making = {
        .call = call,
        .desk = &desk,
        .input = input,
        .once = {call->token->id, key, call->request->body, call->request->body_length}};
    return store_transact(call->store, make_body, &making, &reason) ? made(call, &making)
                                                                    : api_failed(call, reason);
}

/* ---- A change ------------------------------------------------------------------------------- */

typedef struct {
    ApiCall *call;
    const StoryDesk *desk;
    int64_t id, revision; /* revision: that is to hold again */
} Changing;

static bool given(const ApiCall *call, const char *name)
{
    return json_object_get(call->given, name) != NULL;
}

/* What is sent, else what is there. Never NULL. */
static const char *text_or(const ApiCall *call, const char *name, const char *other)
{
    const char *text = api_text(call, name);
    return text != NULL ? text : other != NULL ? other : "";
}

static bool change_texts(const Changing *changing, const StoryInput *was, GError **error)
{
    const ApiCall *call = changing->call;
    if (!given(call, "title") && !given(call, "lead") && !given(call, "body") &&
        !given(call, "html")) {
        return true;
    }
    bool html = given(call, "html") || (was->html != NULL && !given(call, "body"));
    const char *body = html ? text_or(call, "html", was->html) : text_or(call, "body", was->body);
    return story_save(call->store, &changing->desk->site, changing->id,
                      text_or(call, "title", was->title), text_or(call, "lead", was->lead), body,
                      html ? STORY_HTML : STORY_MARKDOWN, call->person->name, call->now, NULL,
                      error) &&
           task_begun(call->store, changing->id, call->person->id, error);
}

/* The names that are sent, else those that are there; NULL-ended, of borrowed texts. Caller frees
 * the array. */
static const char **names_or(const ApiCall *call, const char *name, const GPtrArray *other)
{
    const json_t *sent = json_object_get(call->given, name);
    size_t count = sent != NULL ? json_array_size(sent) : other->len;
    const char **names = g_new0(const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        names[i] = sent != NULL ? json_string_value(json_array_get(sent, i)) : other->pdata[i];
    }
    return names;
}

static bool change_names(const Changing *changing, const StoryInput *was, GError **error)
{
    ApiCall *call = changing->call;
    const DeskSite *site = &changing->desk->site;
    g_autofree const char **topics = names_or(call, "topics", was->topics);
    g_autofree const char **authors = names_or(call, "authors", was->authors);
    call->pointer = "/section";
    if (given(call, "section") && !story_set_section(call->store, site, changing->id,
                                                     api_text(call, "section"), call->now, error)) {
        return false;
    }
    call->pointer = "/topics";
    if (given(call, "topics") &&
        !story_set_topics(call->store, site, changing->id, topics, call->now, error)) {
        return false;
    }
    call->pointer = given(call, "authors") ? "/authors" : "/agency";
    return (!given(call, "authors") && !given(call, "agency")) ||
           story_set_authors(call->store, site, changing->id, authors,
                             text_or(call, "agency", was->agency), call->now, error);
}

static bool change_photo(const Changing *changing, const StoryInput *was, GError **error)
{
    ApiCall *call = changing->call;
    int64_t photo = was->photo == NULL ? 0 : g_ascii_strtoll(was->photo, NULL, 10);
    if (!given(call, "photo") && !given(call, "caption") && !given(call, "credit") &&
        !given(call, "alt")) {
        return true;
    }
    call->pointer = given(call, "photo") ? "/photo" : NULL;
    return story_set_photo(call->store, &changing->desk->site, changing->id,
                           api_number(call, "photo", photo), text_or(call, "caption", was->caption),
                           text_or(call, "credit", was->credit), text_or(call, "alt", was->alt),
                           call->now, error);
}

static bool change_rest(const Changing *changing, GError **error)
{
    ApiCall *call = changing->call;
    const DeskSite *site = &changing->desk->site;
    StoryKind kind = STORY_KIND_STORY;
    int64_t date = 0;
    call->pointer = "/kind";
    if (given(call, "kind") && story_kind_parse(api_text(call, "kind"), &kind) &&
        !story_set_kind(call->store, site, changing->id, kind, call->now, error)) {
        return false;
    }
    call->pointer = "/slug";
    if (given(call, "slug") && !story_set_slug(call->store, site, changing->id,
                                               api_text(call, "slug"), call->now, error)) {
        return false;
    }
    call->pointer = "/date";
    return !given(call, "date") ||
           (moment_parse(api_text(call, "date"), site->zone, &date, error) &&
            story_set_date(call->store, site, changing->id, date, call->now, error));
}

static bool change_body(Store *store, void *data, GError **error)
{
    const Changing *changing = data;
    ApiCall *call = changing->call;
    call->mismatch = false;
    call->pointer = NULL;
    g_autoptr(Story) story = story_answer_load(call, changing->id, error);
    if (story == NULL || !may_change(call, story, error) ||
        !story_answer_match(call, story, error)) {
        return false;
    }
    g_autoptr(StoryInput) was = story_export(store, changing->id, error);
    return was != NULL && change_texts(changing, was, error) &&
           change_names(changing, was, error) && change_photo(changing, was, error) &&
           change_rest(changing, error);
}

static HttpReply *answer_change(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    Changing changing = {.call = call, .desk = &desk};
    if (!api_part(call, 0, &changing.id)) {
        return api_not_found(call);
    }
    if (given(call, "body") && given(call, "html")) {
        return api_problem(call, 422, "/html", "send body or html, not both");
    }
    return story_desk_open(call->store, &desk, &reason) &&
                   store_transact(call->store, change_body, &changing, &reason)
               ? story_answer_whole(call, changing.id, false, 200)
               : api_failed(call, reason);
}

/* ---- A revision again ----------------------------------------------------------------------- */

static bool restore_body(Store *store, void *data, GError **error)
{
    const Changing *changing = data;
    ApiCall *call = changing->call;
    call->mismatch = false;
    call->pointer = NULL;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, changing->id);
    g_autofree char *detail = g_strdup_printf("revision %" PRId64, changing->revision);
    g_autoptr(Story) story = story_answer_load(call, changing->id, error);
    return story != NULL && may_change(call, story, error) &&
           story_answer_match(call, story, error) &&
           story_restore(store, &changing->desk->site, changing->id, changing->revision,
                         call->person->name, call->now, NULL, error) &&
           api_audit(call, "story.restore", subject, detail, error);
}

static HttpReply *answer_restore(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    Changing changing = {.call = call, .desk = &desk};
    if (!api_part(call, 0, &changing.id) || !api_part(call, 1, &changing.revision)) {
        return api_not_found(call);
    }
    return story_desk_open(call->store, &desk, &reason) &&
                   store_transact(call->store, restore_body, &changing, &reason)
               ? story_answer_whole(call, changing.id, false, 200)
               : api_failed(call, reason);
}

const ApiRoute story_change_api[] = {
    {.name = "story-make",
     .method = HTTP_POST,
     .path = API_ROOT "/stories",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_WRITE,
     .answer = answer_make,
     .takes = &new_schema,
     .gives = &story_answer_schema,
     .status = 201,
     .other_status = 200,
     .match = API_MATCH_MAY,
     .keyed = true,
     .tagged = true,
     .body_most = LIMIT_STORY_FILE,
     .help = "brings a story in as a draft, or changes the one of the same id"},
    {.name = "story-change",
     .method = HTTP_POST,
     .path = API_ROOT "/stories/:id",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_READ | API_SCOPE_WRITE,
     .answer = answer_change,
     .takes = &change_schema,
     .gives = &story_answer_schema,
     .match = API_MATCH_MUST,
     .tagged = true,
     .body_most = LIMIT_STORY_FILE,
     .help = "changes what is named of a story"},
    {.name = "story-restore",
     .method = HTTP_POST,
     .path = API_ROOT "/stories/:id/revisions/:number/restore",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_READ | API_SCOPE_WRITE,
     .answer = answer_restore,
     .takes = &api_nothing_schema,
     .gives = &story_answer_schema,
     .match = API_MATCH_MUST,
     .tagged = true,
     .body_most = API_BODY,
     .help = "the text of an earlier revision holds again, as a new one"},
    {.name = NULL},
};
