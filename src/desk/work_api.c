/* The work on a story by the API: comments of the staff (comment.h), who is to do it and until when
 * (task.h). No reader sees either. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/comment.h"
#include "desk/story_answer.h"
#include "desk/task.h"
#include "staff/person.h"

#include <inttypes.h>

/* ---- Comments ------------------------------------------------------------------------------- */

static const ApiField comment_fields[] = {
    {.name = "number", .type = API_NUMBER, .required = true, .help = "the newsroom's number of it"},
    {.name = "author", .type = API_TEXT, .required = true, .help = "who said it"},
    {.name = "created", .type = API_MOMENT, .required = true, .help = "when"},
    {.name = "passage", .type = API_TEXT, .help = "the words it is about; else the whole story"},
    {.name = "text", .type = API_TEXT, .required = true, .help = "what it says"},
    {.name = "settled", .type = API_MOMENT, .help = "when it was settled; missing: it is open"},
    {.name = "settled_by", .type = API_TEXT, .help = "by whom"},
    {.name = NULL},
};
static const ApiSchema comment_schema = {"Comment", "a comment of the staff", comment_fields};
static const ApiField comments_fields[] = {
    {.name = "comments",
     .type = API_OBJECTS,
     .required = true,
     .of = &comment_schema,
     .help = "the oldest first, 500 at most"},
    {.name = NULL},
};
static const ApiSchema comments_schema = {"CommentList", "the comments on a story",
                                          comments_fields};
static const ApiField new_comment_fields[] = {
    {.name = "text",
     .type = API_TEXT,
     .required = true,
     .most = COMMENT_TEXT,
     .help = "what it says"},
    {.name = "passage",
     .type = API_TEXT,
     .most = COMMENT_PASSAGE,
     .help = "the words of the story that it is about"},
    {.name = NULL},
};
static const ApiSchema new_comment_schema = {"NewComment", "a comment to be added",
                                             new_comment_fields};

static void write_comment(JsonWriter *json, const Comment *comment)
{
    bool settled = comment->settled != 0;
    json_writer_open_object(json);
    json_writer_number_member(json, "number", comment->id);
    json_writer_text_member(json, "author", comment->name);
    api_write_moment(json, "created", comment->created);
    json_writer_text_member(json, "passage", *comment->passage == '\0' ? NULL : comment->passage);
    json_writer_text_member(json, "text", comment->text);
    api_write_moment(json, "settled", comment->settled);
    json_writer_text_member(json, "settled_by", settled ? comment->settled_by : NULL);
    json_writer_close(json);
}

/* Those of a story that the token sees. */
static GPtrArray *load(ApiCall *call, int64_t story, GError **error)
{
    g_autoptr(Story) seen = story_answer_load(call, story, error);
    return seen == NULL ? NULL : comment_list(call->store, story, error);
}

static HttpReply *answer_comments(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    int64_t story = 0;
    if (!api_part(call, 0, &story)) {
        return api_not_found(call);
    }
    g_autoptr(GPtrArray) list = load(call, story, &reason);
    if (list == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "comments");
    json_writer_open_array(json);
    for (guint i = 0; i < list->len; i++) {
        write_comment(json, list->pdata[i]);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *show_comment(ApiCall *call, int64_t story, int64_t id, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) list = load(call, story, &reason);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Comment *comment = list->pdata[i];
        if (comment->id == id) {
            write_comment(&call->json, comment);
            return api_done(call, status);
        }
    }
    return list == NULL ? api_failed(call, reason) : api_not_found(call);
}

static HttpReply *answer_comment(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    const char *passage = api_text(call, "passage");
    int64_t story = 0, id = 0;
    if (!api_part(call, 0, &story)) {
        return api_not_found(call);
    }
    g_autoptr(Story) seen = story_answer_load(call, story, &reason);
    return seen != NULL && comment_add(call->store, story, call->person->id, call->person->name,
                                       passage == NULL ? "" : passage, api_text(call, "text"),
                                       call->now, &id, &reason)
               ? show_comment(call, story, id, 201)
               : api_failed(call, reason);
}

static HttpReply *answer_settle(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    int64_t story = 0, id = 0;
    if (!api_part(call, 0, &story) || !api_part(call, 1, &id)) {
        return api_not_found(call);
    }
    g_autoptr(Story) seen = story_answer_load(call, story, &reason);
    return seen != NULL &&
                   comment_settle(call->store, story, id, call->person->name, call->now, &reason)
               ? show_comment(call, story, id, 200)
               : api_failed(call, reason);
}

/* ---- Task ----------------------------------------------------------------------------------- */

static const ApiField task_fields[] = {
    {.name = "assignee", .type = API_TEXT, .help = "address of who is to do it; missing: nobody"},
    {.name = "name", .type = API_TEXT, .help = "their name"},
    {.name = "due", .type = API_MOMENT, .help = "until when; missing: at no time"},
    {.name = NULL},
};
static const ApiSchema task_schema = {"Task", "the work on a story", task_fields};
static const ApiField new_task_fields[] = {
    {.name = "assignee",
     .type = API_TEXT,
     .most = 254,
     .help = "address of somebody of the staff; empty for nobody"},
    {.name = "due", .type = API_MOMENT, .most = 40, .help = "until when; empty for at no time"},
    {.name = NULL},
};
static const ApiSchema new_task_schema = {"TaskChange", "what is not named stays", new_task_fields};

static HttpReply *show_task(ApiCall *call, int64_t story)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    Task task = {0};
    g_autoptr(Story) seen = story_answer_load(call, story, &reason);
    if (seen == NULL || !task_read(call->store, story, &task, &reason)) {
        return api_failed(call, reason);
    }
    g_autoptr(Person) person =
        task.assignee == 0 ? NULL : person_read(call->store, task.assignee, NULL);
    json_writer_open_object(json);
    json_writer_text_member(json, "assignee", person == NULL ? NULL : person->email);
    json_writer_text_member(json, "name", person == NULL ? NULL : person->name);
    api_write_moment(json, "due", task.due);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_task(ApiCall *call)
{
    int64_t story = 0;
    return api_part(call, 0, &story) ? show_task(call, story) : api_not_found(call);
}

typedef struct {
    ApiCall *call;
    StoryDesk desk;
    int64_t story;
} Work;

static bool take_assignee(const Work *work, Task *task, GError **error)
{
    const char *address = api_text(work->call, "assignee");
    if (address == NULL) {
        return true;
    }
    task->assignee = 0;
    if (*address == '\0') {
        return true;
    }
    g_autoptr(Person) person = person_by_email(work->call->store, address, NULL);
    if (person == NULL || person->state != PERSON_ACTIVE ||
        !role_may(person->role, PERMISSION_WRITE)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "assignee: \"%.100s\" is nobody of the staff who writes", address);
    }
    task->assignee = person->id;
    return true;
}

static bool take_due(const Work *work, Task *task, GError **error)
{
    const char *due = api_text(work->call, "due");
    if (due != NULL && *due == '\0') {
        task->due = 0;
    }
    if (due == NULL || *due == '\0') {
        return true;
    }
    work->call->pointer = "/due";
    bool good = story_desk_moment(&work->desk, due, &task->due, error);
    work->call->pointer = good ? NULL : "/due";
    return good;
}

static bool task_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    Task task = {0};
    g_autoptr(Story) story = story_answer_load(work->call, work->story, error);
    return story != NULL && task_read(store, story->id, &task, error) &&
           take_assignee(work, &task, error) && take_due(work, &task, error) &&
           task_set(store, story->id, &task, error);
}

static HttpReply *answer_task_set(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    Work work = {.call = call};
    if (!api_part(call, 0, &work.story)) {
        return api_not_found(call);
    }
    bool did = story_desk_open(call->store, &work.desk, &reason) &&
               store_transact(call->store, task_body, &work, &reason);
    story_desk_clear(&work.desk);
    return did ? show_task(call, work.story) : api_failed(call, reason);
}

#define READ_ROW(row, where, handler, out, what)                                                   \
    {                                                                                              \
        .name = row, .method = HTTP_GET, .path = API_ROOT "/stories/:id/" where,                   \
        .permission = PERMISSION_WRITE, .scopes = API_SCOPE_READ, .answer = handler, .gives = out, \
        .help = what                                                                               \
    }
#define CHANGE_ROW(row, where, needs, handler, in, out, code, what)                                \
    {                                                                                              \
        .name = row, .method = HTTP_POST, .path = API_ROOT "/stories/:id/" where,                  \
        .permission = PERMISSION_WRITE, .scopes = needs, .answer = handler, .takes = in,           \
        .gives = out, .status = code, .body_most = API_BODY, .help = what                          \
    }

const ApiRoute work_api[] = {
    READ_ROW("comment-list", "comments", answer_comments, &comments_schema,
             "what the staff says about a story"),
    CHANGE_ROW("comment-add", "comments", API_SCOPE_WRITE, answer_comment, &new_comment_schema,
               &comment_schema, 201, "says something about the text"),
    CHANGE_ROW("comment-settle", "comments/:number/settle", API_SCOPE_READ | API_SCOPE_WRITE,
               answer_settle, &api_nothing_schema, &comment_schema, 0, "a comment is settled"),
    READ_ROW("task-read", "task", answer_task, &task_schema, "who works on a story, until when"),
    CHANGE_ROW("task-set", "task", API_SCOPE_READ | API_SCOPE_WRITE, answer_task_set,
               &new_task_schema, &task_schema, 0, "gives the work to somebody"),
    {.name = NULL},
};
