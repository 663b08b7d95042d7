/* Reading stories by the API: lists, one with its text, revisions, corrections. What a story looks
 * like is story_answer.c. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/correction.h"
#include "desk/revision.h"
#include "desk/story_answer.h"
#include "desk/story_find.h"

#include <inttypes.h>

#define STEPS_MOST     50u  /* of API_PAGE stories that are looked at for one answer */
#define REVISIONS_MOST 500u /* newest ones that are listed */

static const char *const states[] = {"draft",     "in edit",   "ready",      "scheduled",
                                     "published", "withdrawn", "taken down", NULL};
static const char *const yes[] = {"1", NULL};

/* ---- The list ------------------------------------------------------------------------------- */

static const ApiField list_query[] = {
    {.name = "words",
     .type = API_TEXT,
     .most = 200,
     .help = "words of the headline or topics, or a phrase in quotation marks; eight at most"},
    {.name = "status", .type = API_TEXT, .words = states, .help = "only in this state"},
    {.name = "language", .type = API_TEXT, .most = 20, .help = "only in this language"},
    {.name = "section", .type = API_TEXT, .most = 200, .help = "only of this section: its slug"},
    {.name = "author", .type = API_TEXT, .most = 200, .help = "only by this author: the slug"},
    {.name = "id", .type = API_TEXT, .most = 1000, .help = "only the one with the giver's own id"},
    {.name = "limit", .type = API_NUMBER, .most = API_PAGE, .help = "how many at most"},
    {.name = "after", .type = API_TEXT, .most = 50, .help = "\"next\" of the answer before"},
    {.name = NULL},
};

static const ApiField list_fields[] = {
    {.name = "stories",
     .type = API_OBJECTS,
     .required = true,
     .of = &story_summary_schema,
     .help = "last changed first"},
    {.name = "next", .type = API_TEXT, .help = "where the list goes on; missing at its end"},
    {.name = NULL},
};

static const ApiSchema list_schema = {"StoryList", "stories, a page at a time", list_fields};

static bool read_cursor(const ApiCall *call, StoryFind *find)
{
    const char *text = api_asked(call, "after");
    if (text == NULL) {
        return true;
    }
    g_auto(GStrv) parts = g_strsplit(text, ".", -1);
    return g_strv_length(parts) == 2 &&
           g_ascii_string_to_signed(parts[0], 10, 0, G_MAXINT64, &find->before, NULL) &&
           g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &find->before_id, NULL);
}

typedef struct {
    GPtrArray *shown; /* Story */
    bool more;
} Found;

static void found_clear(Found *found)
{
    g_clear_pointer(&found->shown, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

/* Up to `most` that this token sees; those it does not are passed over, also when the cursor is
 * made, and more at a time from the second look on: there may be many of them. */
static bool find_shown(ApiCall *call, StoryFind *find, unsigned most, Found *found, GError **error)
{
    found->shown = g_ptr_array_new_with_free_func((GDestroyNotify)story_free);
    found->more = true;
    for (unsigned i = 0; found->more && found->shown->len < most && i < STEPS_MOST; i++) {
        unsigned wanted = i == 0 ? most : API_PAGE;
        g_autoptr(GPtrArray) list = story_find_list(call->store, find, wanted, &found->more, error);
        if (list == NULL) {
            return false;
        }
        for (guint j = 0; j < list->len; j++) {
            if (found->shown->len == most) { /* the rest of the part is for the next answer */
                found->more = true;
                return true;
            }
            Story *story = list->pdata[j];
            find->before = story->changed;
            find->before_id = story->id;
            if (!story_answer_hidden(call, story)) {
                g_ptr_array_add(found->shown, story_copy(story));
            }
        }
        found->more = found->more && list->len > 0;
    }
    return true;
}

static bool find_one(ApiCall *call, const char *external, Found *found, GError **error)
{
    g_autoptr(GError) reason = NULL;
    Story *story = story_by_external(call->store, external, &reason);
    found->shown = g_ptr_array_new_with_free_func((GDestroyNotify)story_free);
    if (story == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (story != NULL && !story_answer_hidden(call, story)) {
        g_ptr_array_add(found->shown, story);
    } else {
        story_free(story);
    }
    return true;
}

static HttpReply *write_found(ApiCall *call, const Found *found)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    JsonWriter *json = &call->json;
    if (!story_desk_open(call->store, &desk, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "stories");
    json_writer_open_array(json);
    for (guint i = 0; i < found->shown->len; i++) {
        story_answer_write_summary(json, &desk, found->shown->pdata[i]);
    }
    json_writer_close(json);
    if (found->more && found->shown->len > 0) {
        const Story *last = found->shown->pdata[found->shown->len - 1];
        g_autofree char *next = g_strdup_printf("%" PRId64 ".%" PRId64, last->changed, last->id);
        json_writer_text_member(json, "next", next);
    }
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_list(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Found) found = {0};
    StoryState state = STORY_DRAFT;
    const char *status = api_asked(call, "status");
    const char *external = api_asked(call, "id");
    StoryFind find = {.words = api_asked(call, "words"),
                      .state =
                          status != NULL && story_state_parse(status, &state) ? (int)state : -1,
                      .language = api_asked(call, "language"),
                      .section = api_asked(call, "section"),
                      .author = api_asked(call, "author")};
    if (!read_cursor(call, &find)) {
        return api_problem(call, 422, NULL, "after: send \"next\" of the answer before as it is");
    }
    bool done = external != NULL ? find_one(call, external, &found, &reason)
                                 : find_shown(call, &find, api_limit(call), &found, &reason);
    return done ? write_found(call, &found) : api_failed(call, reason);
}

/* ---- One ------------------------------------------------------------------------------------ */

static const ApiField one_query[] = {
    {.name = "rendered", .type = API_TEXT, .words = yes, .help = "1: also the text as safe HTML"},
    {.name = NULL},
};

static HttpReply *answer_one(ApiCall *call)
{
    int64_t id = 0;
    return api_part(call, 0, &id)
               ? story_answer_whole(call, id, api_asked(call, "rendered") != NULL, 200)
               : api_not_found(call);
}

/* ---- Revisions ------------------------------------------------------------------------------ */

#define REVISION_FIELDS                                                                            \
    {.name = "revision", .type = API_NUMBER, .required = true, .help = "its number, from 1"},      \
        {.name = "editor",                                                                         \
         .type = API_TEXT,                                                                         \
         .required = true,                                                                         \
         .help = "who made it; empty for a machine"},                                              \
        {.name = "created", .type = API_MOMENT, .required = true, .help = "when"},                 \
        {.name = "title", .type = API_TEXT, .required = true, .help = "the headline then"},        \
    {                                                                                              \
        .name = "size", .type = API_NUMBER, .required = true, .help = "bytes of the text"          \
    }

static const ApiField revision_fields[] = {REVISION_FIELDS, {.name = NULL}};
static const ApiField revision_whole_fields[] = {
    REVISION_FIELDS,
    {.name = "lead", .type = API_TEXT, .required = true, .help = "the standfirst then"},
    {.name = "body", .type = API_TEXT, .help = "the text, if it was Markdown"},
    {.name = "html", .type = API_TEXT, .help = "the text, if it was HTML"},
    {.name = NULL},
};
static const ApiSchema revision_schema = {"Revision", "a revision without its text",
                                          revision_fields};
static const ApiSchema revision_whole_schema = {"RevisionText", "a revision of a story's text",
                                                revision_whole_fields};

static const ApiField revisions_fields[] = {
    {.name = "revisions",
     .type = API_OBJECTS,
     .required = true,
     .of = &revision_schema,
     .help = "the newest first, 500 at most"},
    {.name = NULL},
};
static const ApiSchema revisions_schema = {"RevisionList", "the revisions of a story",
                                           revisions_fields};

static void write_revision(JsonWriter *json, const Revision *revision)
{
    json_writer_number_member(json, "revision", revision->number);
    json_writer_text_member(json, "editor", revision->editor);
    api_write_moment(json, "created", revision->created);
    json_writer_text_member(json, "title", revision->title);
    json_writer_number_member(json, "size", revision->size);
}

static HttpReply *answer_revisions(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    int64_t id = 0;
    if (!api_part(call, 0, &id)) {
        return api_not_found(call);
    }
    g_autoptr(Story) story = story_answer_load(call, id, &reason);
    g_autoptr(GPtrArray) list =
        story == NULL ? NULL : revision_list(call->store, id, REVISIONS_MOST, &reason);
    if (list == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "revisions");
    json_writer_open_array(json);
    for (guint i = 0; i < list->len; i++) {
        json_writer_open_object(json);
        write_revision(json, list->pdata[i]);
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_revision(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    int64_t id = 0, number = 0;
    if (!api_part(call, 0, &id) || !api_part(call, 1, &number)) {
        return api_not_found(call);
    }
    g_autoptr(Story) story = story_answer_load(call, id, &reason);
    g_autoptr(Revision) revision =
        story == NULL ? NULL : revision_read(call->store, id, number, &reason);
    if (revision == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    write_revision(json, revision);
    json_writer_text_member(json, "lead", revision->lead);
    json_writer_text_member(json, revision->format == STORY_HTML ? "html" : "body", revision->body);
    json_writer_close(json);
    return api_done(call, 200);
}

/* ---- Corrections ---------------------------------------------------------------------------- */

static const ApiField correction_fields[] = {
    {.name = "text", .type = API_TEXT, .required = true, .help = "what it says"},
    {.name = "created", .type = API_MOMENT, .required = true, .help = "when it was added"},
    {.name = NULL},
};
static const ApiSchema correction_schema = {"Correction", "a dated correction", correction_fields};
static const ApiField corrections_fields[] = {
    {.name = "corrections",
     .type = API_OBJECTS,
     .required = true,
     .of = &correction_schema,
     .help = "the oldest first"},
    {.name = NULL},
};
static const ApiSchema corrections_schema = {"CorrectionList", "the corrections of a story",
                                             corrections_fields};

static HttpReply *answer_corrections(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    int64_t id = 0;
    if (!api_part(call, 0, &id)) {
        return api_not_found(call);
    }
    g_autoptr(Story) story = story_answer_load(call, id, &reason);
    g_autoptr(GPtrArray) list =
        story == NULL ? NULL : correction_of_story(call->store, id, &reason);
    if (list == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "corrections");
    json_writer_open_array(json);
    for (guint i = 0; i < list->len; i++) {
        const Correction *correction = list->pdata[i];
        json_writer_open_object(json);
        json_writer_text_member(json, "text", correction->text);
        api_write_moment(json, "created", correction->created);
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

#define READ_ROW(row, where, handler, schema, what)                                                \
    .name = row, .method = HTTP_GET, .path = API_ROOT where, .permission = PERMISSION_WRITE,       \
    .scopes = API_SCOPE_READ, .answer = handler, .gives = schema, .help = what

const ApiRoute story_api[] = {
    {READ_ROW("story-list", "/stories", answer_list, &list_schema, "stories, last changed first"),
     .query = list_query},
    {READ_ROW("story-read", "/stories/:id", answer_one, &story_answer_schema,
              "a story with its text"),
     .query = one_query, .tagged = true},
    {READ_ROW("story-revisions", "/stories/:id/revisions", answer_revisions, &revisions_schema,
              "the revisions of a story's text")},
    {READ_ROW("story-revision", "/stories/:id/revisions/:number", answer_revision,
              &revision_whole_schema, "the text of one revision")},
    {READ_ROW("story-corrections", "/stories/:id/corrections", answer_corrections,
              &corrections_schema, "the corrections of a story")},
    {.name = NULL},
};
