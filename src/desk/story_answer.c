/* A story as the API gives it: story_answer.h. The fields are those of a story's file
 * (story_input.h), with what only the newsroom knows. */
#include "desk/story_answer.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/story_export.h"
#include "text/markdown.h"

#include <inttypes.h>

static const char *const kinds[] = {"story", "live", "opinion", "page", NULL};
static const char *const states[] = {"draft",     "in edit",   "ready",      "scheduled",
                                     "published", "withdrawn", "taken down", NULL};

/* What both have. */
#define COMMON_FIELDS                                                                              \
    {.name = "number",                                                                             \
     .type = API_NUMBER,                                                                           \
     .required = true,                                                                             \
     .help = "the newsroom's number of it"},                                                       \
        {.name = "id", .type = API_TEXT, .help = "the giver's own id"},                            \
        {.name = "title", .type = API_TEXT, .required = true, .help = "the headline"},             \
        {.name = "language", .type = API_TEXT, .required = true, .help = "as \"en\""},             \
        {.name = "kind",                                                                           \
         .type = API_TEXT,                                                                         \
         .required = true,                                                                         \
         .words = kinds,                                                                           \
         .help = "what it is"},                                                                    \
        {.name = "status",                                                                         \
         .type = API_TEXT,                                                                         \
         .required = true,                                                                         \
         .words = states,                                                                          \
         .help = "its state"},                                                                     \
        {.name = "section", .type = API_TEXT, .help = "its section"},                              \
        {.name = "agency", .type = API_TEXT, .help = "the wire agency it is credited to"},         \
        {.name = "lead", .type = API_TEXT, .help = "the standfirst"},                              \
        {.name = "date", .type = API_MOMENT, .help = "the date shown, from which it is visible"},  \
        {.name = "embargo", .type = API_MOMENT, .help = "no reader sees it before"},               \
        {.name = "path", .type = API_TEXT, .help = "its place in the edition"},                    \
        {.name = "url", .type = API_TEXT, .help = "where readers find it, once it is out"},        \
        {.name = "photo", .type = API_NUMBER, .help = "number of its lead picture"},               \
        {.name = "revision",                                                                       \
         .type = API_NUMBER,                                                                       \
         .required = true,                                                                         \
         .help = "number of the present revision of its text"},                                    \
        {.name = "created", .type = API_MOMENT, .required = true, .help = "when it was made"},     \
    {                                                                                              \
        .name = "changed", .type = API_MOMENT, .required = true,                                   \
        .help = "when it was last changed"                                                         \
    }

static const ApiField summary_fields[] = {COMMON_FIELDS, {.name = NULL}};

static const ApiField whole_fields[] = {
    COMMON_FIELDS,
    {.name = "topics", .type = API_TEXTS, .required = true, .help = "names of its topics"},
    {.name = "authors",
     .type = API_TEXTS,
     .required = true,
     .help = "its byline; \"reporting: NAME\" for who reported, \"withheld\" for a name that is "
             "not given"},
    {.name = "slug", .type = API_TEXT, .help = "the last part of its address"},
    {.name = "translation_of", .type = API_TEXT, .help = "id or path of the original"},
    {.name = "caption", .type = API_TEXT, .help = "of its picture, instead of the picture's own"},
    {.name = "credit", .type = API_TEXT, .help = "the same"},
    {.name = "alt", .type = API_TEXT, .help = "the same"},
    {.name = "body", .type = API_TEXT, .help = "its text, if that is Markdown"},
    {.name = "html", .type = API_TEXT, .help = "its text, if that is HTML: as it was given"},
    {.name = "rendered",
     .type = API_TEXT,
     .help = "its text as HTML, made safe; where that was asked for"},
    {.name = NULL},
};

const ApiSchema story_summary_schema = {"StorySummary", "a story without its text", summary_fields};
const ApiSchema story_answer_schema = {"Story", "a story with its text", whole_fields};

/* ---- Who may see it ------------------------------------------------------------------------- */

bool story_answer_hidden(const ApiCall *call, const Story *story)
{
    return story->embargo > call->now && !api_has(call, API_SCOPE_EMBARGOED);
}

Story *story_answer_load(const ApiCall *call, int64_t id, GError **error)
{
    g_autoptr(Story) story = story_read(call->store, id, error);
    if (story != NULL && story_answer_hidden(call, story)) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no story %" PRId64, id);
        return NULL;
    }
    return g_steal_pointer(&story);
}

char *story_answer_etag(const Story *story)
{
    return g_strdup_printf("\"%" PRId64 ".%" PRId64 "\"", story->revision, story->version);
}

bool story_answer_match(ApiCall *call, const Story *story, GError **error)
{
    g_autofree char *etag = story_answer_etag(story);
    return api_match(call, etag, error);
}

/* ---- What is given -------------------------------------------------------------------------- */

static void text_unless_empty(JsonWriter *json, const char *name, const char *text)
{
    json_writer_text_member(json, name, text == NULL || *text == '\0' ? NULL : text);
}

/* `section`: as it shall be given. */
static void write_common(JsonWriter *json, const StoryDesk *desk, const Story *story,
                         const char *section)
{
    bool out = story->state == STORY_PUBLISHED || story->state == STORY_SCHEDULED;
    g_autofree char *address = out ? story_desk_address(desk, story) : NULL;
    json_writer_number_member(json, "number", story->id);
    text_unless_empty(json, "id", story->external);
    json_writer_text_member(json, "title", story->headline);
    json_writer_text_member(json, "language", story->language);
    json_writer_text_member(json, "kind", story_kind_name(story->kind));
    json_writer_text_member(json, "status", story_state_name(story->state));
    text_unless_empty(json, "section", section);
    text_unless_empty(json, "agency", story->agency);
    text_unless_empty(json, "lead", story->standfirst);
    if (story->published != STORY_UNDATED) {
        api_write_moment(json, "date", story->published);
    }
    api_write_moment(json, "embargo", story->embargo);
    text_unless_empty(json, "path", story->path);
    text_unless_empty(json, "url", address);
    if (story->photo != 0) {
        json_writer_number_member(json, "photo", story->photo);
    }
    json_writer_number_member(json, "revision", story->revision);
    api_write_moment(json, "created", story->created);
    api_write_moment(json, "changed", story->changed);
}

void story_answer_write_summary(JsonWriter *json, const StoryDesk *desk, const Story *story)
{
    json_writer_open_object(json);
    write_common(json, desk, story, story->section);
    json_writer_close(json);
}

static void write_names(JsonWriter *json, const char *name, const GPtrArray *names)
{
    json_writer_key(json, name);
    json_writer_open_array(json);
    for (guint i = 0; i < names->len; i++) {
        json_writer_text(json, names->pdata[i]);
    }
    json_writer_close(json);
}

/* The original may be one that this token does not see. */
static bool original_shown(const ApiCall *call, const char *name)
{
    int64_t id = 0;
    g_autoptr(Story) original = name != NULL && story_find(call->store, name, &id, NULL)
                                    ? story_read(call->store, id, NULL)
                                    : NULL;
    return original != NULL && !story_answer_hidden(call, original);
}

static bool write_rendered(ApiCall *call, const Story *story, const StoryInput *input,
                           GError **error)
{
    g_auto(SafeHtml) html = {0};
    const char *text = input->html != NULL ? input->html : input->body != NULL ? input->body : "";
    MarkdownOptions options = {.language = story->language};
    if (input->html != NULL ? !sanitise_html(text, strlen(text), NULL, &html, error)
                            : !markdown_render(text, strlen(text), &options, &html, error)) {
        return false;
    }
    json_writer_text_member(&call->json, "rendered", safe_html_markup(&html));
    return true;
}

static bool write_whole(ApiCall *call, const StoryDesk *desk, const Story *story, bool rendered,
                        GError **error)
{
    JsonWriter *json = &call->json;
    g_autoptr(StoryInput) input = story_export(call->store, story->id, error);
    if (input == NULL) {
        return false;
    }
    json_writer_open_object(json);
    write_common(json, desk, story, input->section);
    write_names(json, "topics", input->topics);
    write_names(json, "authors", input->authors);
    text_unless_empty(json, "slug", story->slug);
    if (original_shown(call, input->translation_of)) {
        json_writer_text_member(json, "translation_of", input->translation_of);
    }
    text_unless_empty(json, "caption", input->caption);
    text_unless_empty(json, "credit", input->credit);
    text_unless_empty(json, "alt", input->alt);
    json_writer_text_member(json, "body", input->body);
    json_writer_text_member(json, "html", input->html);
    if (rendered && !write_rendered(call, story, input, error)) {
        return false;
    }
    json_writer_close(json);
    return true;
}

static HttpReply *whole(ApiCall *call, int64_t id, bool text, bool rendered, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    g_autoptr(Story) story =
        story_desk_open(call->store, &desk, &reason) ? story_answer_load(call, id, &reason) : NULL;
    if (story == NULL || (text && !write_whole(call, &desk, story, rendered, &reason))) {
        return api_failed(call, reason);
    }
    if (!text) {
        story_answer_write_summary(&call->json, &desk, story);
    }
    call->etag = story_answer_etag(story);
    return api_done(call, status);
}

HttpReply *story_answer_whole(ApiCall *call, int64_t id, bool rendered, unsigned status)
{
    return whole(call, id, true, rendered, status);
}

HttpReply *story_answer_summary(ApiCall *call, int64_t id)
{
    return whole(call, id, false, false, 200);
}
