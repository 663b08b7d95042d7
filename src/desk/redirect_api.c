/* Redirects by the API: what stands at addresses where no page is. Which may be there is
 * redirect.h's. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/redirect.h"
#include "desk/story_answer.h"

#include <inttypes.h>

#define PATH_MOST 1000u /* bytes */

static const ApiField redirect_fields[] = {
    {.name = "path", .type = API_TEXT, .required = true, .help = "the address without a page"},
    {.name = "status", .type = API_NUMBER, .required = true, .help = "301, or 410 for one gone"},
    {.name = "target", .type = API_TEXT, .help = "where it leads: a path, or an http(s) address"},
    {.name = "story", .type = API_NUMBER, .help = "the story that it leads to"},
    {.name = "since", .type = API_MOMENT, .required = true, .help = "since when"},
    {.name = NULL},
};
static const ApiSchema redirect_schema = {"Redirect", "what stands at an address without a page",
                                          redirect_fields};
static const ApiField list_fields[] = {
    {.name = "redirects",
     .type = API_OBJECTS,
     .required = true,
     .of = &redirect_schema,
     .help = "by path"},
    {.name = "next", .type = API_TEXT, .help = "where the list goes on; missing at its end"},
    {.name = NULL},
};
static const ApiSchema list_schema = {"RedirectList", "redirects, a page at a time", list_fields};
static const ApiField list_query[] = {
    {.name = "limit", .type = API_NUMBER, .most = API_PAGE, .help = "how many at most"},
    {.name = "after", .type = API_TEXT, .most = PATH_MOST, .help = "\"next\" of the answer before"},
    {.name = NULL},
};
static const ApiField new_fields[] = {
    {.name = "path",
     .type = API_TEXT,
     .required = true,
     .most = PATH_MOST,
     .help = "the old address, as \"2019/05/harbour.html\""},
    {.name = "story", .type = API_NUMBER, .help = "the story it leads to, wherever that goes"},
    {.name = "target",
     .type = API_TEXT,
     .most = PATH_MOST,
     .help = "or an address of the newspaper, or any http(s) address; a story's leads to the "
             "story, which must be out"},
    {.name = NULL},
};
static const ApiSchema new_schema = {"NewRedirect", "an address that is to lead on", new_fields};
static const ApiField remove_fields[] = {
    {.name = "path",
     .type = API_TEXT,
     .required = true,
     .most = PATH_MOST,
     .help = "the address that leads nowhere any more"},
    {.name = NULL},
};
static const ApiSchema remove_schema = {"RedirectPath", "an address", remove_fields};

typedef struct {
    ApiCall *call;
    StoryDesk desk;
} Work;

static void work_clear(Work *work)
{
    story_desk_clear(&work->desk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static void write_redirect(JsonWriter *json, const Redirect *redirect)
{
    json_writer_open_object(json);
    json_writer_text_member(json, "path", redirect->path);
    json_writer_number_member(json, "status", redirect->status);
    json_writer_text_member(json, "target", redirect->target);
    if (redirect->story != 0) {
        json_writer_number_member(json, "story", redirect->story);
    }
    api_write_moment(json, "since", redirect->since);
    json_writer_close(json);
}

static HttpReply *answer_list(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) list = NULL;
    g_autofree char *last = NULL;
    JsonWriter *json = &call->json;
    const char *after = api_asked(call, "after");
    if (!redirect_list_after(call->store, after == NULL ? "" : after, call->now, api_limit(call),
                             &list, &last, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "redirects");
    json_writer_open_array(json);
    for (guint i = 0; i < list->len; i++) {
        write_redirect(json, list->pdata[i]);
    }
    json_writer_close(json);
    json_writer_text_member(json, "next", last);
    json_writer_close(json);
    return api_done(call, 200);
}

static bool add_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    ApiCall *call = work->call;
    const char *path = api_text(call, "path"), *target = api_text(call, "target");
    int64_t id = api_number(call, "story", 0);
    if ((id == 0) == (target == NULL || *target == '\0')) {
        return fail(error, KOLOKOL_ERROR_INVALID, "send a story or a target, one of the two");
    }
    g_autoptr(Story) story = id == 0 ? NULL : story_answer_load(call, id, error);
    g_autofree char *to = id == 0 ? g_strdup(target) : g_strdup_printf("story %" PRId64, id);
    return (id == 0 || story != NULL) &&
           redirect_add(store, &work->desk.site, path, id, id == 0 ? target : NULL, call->now,
                        error) &&
           api_audit(work->call, "redirect.add", path, to, error);
}

static bool remove_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    const char *path = api_text(work->call, "path");
    return redirect_remove(store, path, work->call->now, error) &&
           api_audit(work->call, "redirect.remove", path, "", error);
}

static HttpReply *change(ApiCall *call, StoreBody body, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {.call = call};
    if (!story_desk_open(call->store, &work.desk, &reason) ||
        !store_transact(call->store, body, &work, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    json_writer_close(&call->json);
    return api_done(call, status);
}

static HttpReply *answer_add(ApiCall *call)
{
    return change(call, add_body, 201);
}

static HttpReply *answer_remove(ApiCall *call)
{
    return change(call, remove_body, 200);
}

const ApiRoute redirect_api[] = {
    {.name = "redirect-list",
     .method = HTTP_GET,
     .path = API_ROOT "/redirects",
     .permission = PERMISSION_PUBLISH,
     .scopes = API_SCOPE_READ,
     .answer = answer_list,
     .query = list_query,
     .gives = &list_schema,
     .help = "addresses that lead on, and those that are gone"},
    {.name = "redirect-add",
     .method = HTTP_POST,
     .path = API_ROOT "/redirects",
     .permission = PERMISSION_PUBLISH,
     .scopes = API_SCOPE_READ | API_SCOPE_PUBLISH,
     .answer = answer_add,
     .takes = &new_schema,
     .gives = &api_nothing_schema,
     .status = 201,
     .body_most = API_BODY,
     .help = "lets an address lead on"},
    {.name = "redirect-remove",
     .method = HTTP_POST,
     .path = API_ROOT "/redirects/remove",
     .permission = PERMISSION_PUBLISH,
     .scopes = API_SCOPE_READ | API_SCOPE_PUBLISH,
     .answer = answer_remove,
     .takes = &remove_schema,
     .gives = &api_nothing_schema,
     .body_most = API_BODY,
     .help = "an address leads nowhere any more"},
    {.name = NULL},
};
