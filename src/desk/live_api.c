/* Entries of live stories by the API (live.h), by the rules of the office's pages (live_office.c):
 * what is entered into a story that is out, by who may not publish, waits for somebody who may. */
#include "desk/story_api.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/limits.h"
#include "desk/live.h"
#include "desk/story_answer.h"

#include <inttypes.h>

#define AHEAD_MOST (5 * CLOCK_MINUTE) /* of clocks that are fast */

/* ---- What is given and taken ---------------------------------------------------------------- */

static const ApiField entry_fields[] = {
    {.name = "number", .type = API_NUMBER, .required = true, .help = "the newsroom's number of it"},
    {.name = "story", .type = API_NUMBER, .required = true, .help = "number of its story"},
    {.name = "anchor",
     .type = API_TEXT,
     .required = true,
     .help = "its place in the page's address, behind #"},
    {.name = "time", .type = API_MOMENT, .required = true, .help = "the time shown"},
    {.name = "title", .type = API_TEXT, .help = "its headline"},
    {.name = "body", .type = API_TEXT, .help = "its text, if that is Markdown"},
    {.name = "html", .type = API_TEXT, .help = "its text, if that is HTML"},
    {.name = "waiting",
     .type = API_TRUTH,
     .required = true,
     .help = "not out before somebody who may publish lets it out"},
    {.name = "removed", .type = API_TRUTH, .required = true, .help = "off the page"},
    {.name = NULL},
};
static const ApiSchema entry_schema = {"Entry", "an entry of a live story", entry_fields};

static const ApiField entries_fields[] = {
    {.name = "entries",
     .type = API_OBJECTS,
     .required = true,
     .of = &entry_schema,
     .help = "the newest first"},
    {.name = "next", .type = API_TEXT, .help = "where the list goes on; missing at its end"},
    {.name = NULL},
};
static const ApiSchema entries_schema = {"EntryList", "entries, a page at a time", entries_fields};

static const char *const yes[] = {"1", NULL};
static const ApiField list_query[] = {
    {.name = "removed", .type = API_TEXT, .words = yes, .help = "1: those that were removed"},
    {.name = "limit", .type = API_NUMBER, .most = API_PAGE, .help = "how many at most"},
    {.name = "after", .type = API_NUMBER, .help = "\"next\" of the answer before"},
    {.name = NULL},
};

#define TEXT_FIELDS                                                                                \
    {.name = "title", .type = API_TEXT, .most = LIMIT_TITLE, .help = "its headline"},              \
        {.name = "body", .type = API_TEXT, .most = LIVE_BODY, .help = "its text, in Markdown"},    \
    {                                                                                              \
        .name = "time", .type = API_MOMENT, .most = 40, .help = "the time shown; else now"         \
    }

static const ApiField new_fields[] = {
    {.name = "id",
     .type = API_TEXT,
     .most = LIVE_KEY,
     .help = "your own: sent again with the same headline and text, it is the same entry, which "
             "stays as it is; with others it is 409"},
    TEXT_FIELDS,
    {.name = NULL},
};
static const ApiField change_fields[] = {TEXT_FIELDS, {.name = NULL}};
static const ApiSchema new_schema = {"NewEntry", "an entry to be added", new_fields};
static const ApiSchema change_schema = {"EntryChange", "what is not named stays", change_fields};

static void write_entry(JsonWriter *json, const LiveEntry *entry)
{
    json_writer_open_object(json);
    json_writer_number_member(json, "number", entry->id);
    json_writer_number_member(json, "story", entry->story);
    json_writer_text_member(json, "anchor", entry->anchor);
    api_write_moment(json, "time", entry->time);
    json_writer_text_member(json, "title", *entry->headline == '\0' ? NULL : entry->headline);
    json_writer_text_member(json, entry->format == STORY_HTML ? "html" : "body", entry->body);
    json_writer_bool_member(json, "waiting", entry->waiting);
    json_writer_bool_member(json, "removed", entry->removed);
    json_writer_close(json);
}

static char *etag_of(const LiveEntry *entry)
{
    return g_strdup_printf("\"%" PRId64 ".%" PRId64 "\"", entry->id, entry->serial);
}

/* An entry whose story this token sees. */
static LiveEntry *load(const ApiCall *call, int64_t id, Story **story, GError **error)
{
    g_autoptr(LiveEntry) entry = live_read(call->store, id, error);
    *story = entry == NULL ? NULL : story_answer_load(call, entry->story, NULL);
    if (entry != NULL && *story == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no entry %" PRId64, id);
        return NULL;
    }
    return g_steal_pointer(&entry);
}

static HttpReply *show(ApiCall *call, int64_t id, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = NULL;
    g_autoptr(LiveEntry) entry = load(call, id, &story, &reason);
    if (entry == NULL) {
        return api_failed(call, reason);
    }
    call->etag = etag_of(entry);
    write_entry(&call->json, entry);
    return api_done(call, status);
}

/* ---- Reading -------------------------------------------------------------------------------- */

static GPtrArray *read_page(ApiCall *call, int64_t story, GError **error)
{
    int64_t after = api_asked_number(call, "after", 0);
    g_autoptr(Story) seen = story_answer_load(call, story, error);
    g_autoptr(LiveEntry) last =
        seen == NULL || after == 0 ? NULL : live_read(call->store, after, error);
    if (seen == NULL || (after != 0 && last == NULL)) {
        return NULL;
    }
    if (last != NULL && last->story != story) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "after: the story has no such entry");
        return NULL;
    }
    return live_page(call->store, story, api_asked(call, "removed") != NULL, last,
                     api_limit(call) + 1, error);
}

static HttpReply *answer_list(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    int64_t story = 0;
    unsigned limit = api_limit(call);
    if (!api_part(call, 0, &story)) {
        return api_not_found(call);
    }
    g_autoptr(GPtrArray) entries = read_page(call, story, &reason);
    if (entries == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "entries");
    json_writer_open_array(json);
    for (guint i = 0; i < MIN(entries->len, limit); i++) {
        write_entry(json, entries->pdata[i]);
    }
    json_writer_close(json);
    if (limit > 0 && entries->len > limit) {
        const LiveEntry *last = entries->pdata[limit - 1];
        g_autofree char *next = g_strdup_printf("%" PRId64, last->id);
        json_writer_text_member(json, "next", next);
    }
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_one(ApiCall *call)
{
    int64_t id = 0;
    return api_part(call, 0, &id) ? show(call, id, 200) : api_not_found(call);
}

/* ---- Changes -------------------------------------------------------------------------------- */

typedef struct {
    ApiCall *call;
    StoryDesk desk;
    int64_t story, id; /* id: of the entry */
    bool fresh;
    LiveChange wanted;
    const char *act; /* for the audit log */
} Work;

static bool time_of(const Work *work, int64_t *time, GError **error)
{
    const char *said = api_text(work->call, "time");
    if (said == NULL || *said == '\0') {
        return true;
    }
    work->call->pointer = "/time";
    bool good = story_desk_moment(&work->desk, said, time, error) &&
                (*time <= work->call->now + AHEAD_MOST ||
                 fail(error, KOLOKOL_ERROR_INVALID, "time: %s is still to come", said));
    work->call->pointer = good ? NULL : work->call->pointer;
    return good;
}

/* May the token put something onto a page that readers see? */
static bool publishes(const ApiCall *call, const Story *story)
{
    return !story_goes_out(story) || api_has(call, API_SCOPE_PUBLISH);
}

static bool note(const Work *work, const Story *story, GError **error)
{
    const ApiCall *call = work->call;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, story->id);
    g_autofree char *detail = g_strdup_printf("entry %" PRId64, work->id);
    return !story_goes_out(story) || api_audit(call, work->act, subject, detail, error);
}

static bool add_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    ApiCall *call = work->call;
    const char *title = api_text(call, "title"), *body = api_text(call, "body"),
               *key = api_text(call, "id");
    LiveNew given = {.time = call->now,
                     .person = call->person->id,
                     .headline = title == NULL ? "" : title,
                     .body = body == NULL ? "" : body,
                     .format = STORY_MARKDOWN,
                     .key = key == NULL ? "" : key};
    g_autoptr(Story) story = story_answer_load(call, work->story, error);
    if (story == NULL || !time_of(work, &given.time, error)) {
        return false;
    }
    given.waiting = !publishes(call, story);
    return live_enter(store, &work->desk.site, story->id, &given, call->now, &work->id,
                      &work->fresh, error) &&
           (!work->fresh || note(work, story, error));
}

static HttpReply *answer_add(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    Work work = {.call = call, .act = "live.add"};
    if (!api_part(call, 0, &work.story)) {
        return api_not_found(call);
    }
    bool did = story_desk_open(call->store, &work.desk, &reason) &&
               store_transact(call->store, add_body, &work, &reason);
    story_desk_clear(&work.desk);
    return did ? show(call, work.id, work.fresh ? 201 : 200) : api_failed(call, reason);
}

static bool change_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    ApiCall *call = work->call;
    LiveChange wanted = work->wanted;
    call->mismatch = false;
    g_autoptr(Story) story = NULL;
    g_autoptr(LiveEntry) entry = load(call, work->id, &story, error);
    g_autofree char *etag = entry == NULL ? NULL : etag_of(entry);
    if (entry == NULL || !api_match(call, etag, error) || !time_of(work, &wanted.time, error)) {
        return false;
    }
    if (!entry->waiting && !publishes(call, story)) {
        return fail(error, KOLOKOL_ERROR_DENIED,
                    "the entry is out; to change it a token needs the scope \"publish\"");
    }
    wanted.seen = entry->serial;
    return live_change(store, &work->desk.site, entry->id, &wanted, call->now, error) &&
           note(work, story, error);
}

static HttpReply *change(ApiCall *call, const LiveChange *wanted, const char *act)
{
    g_autoptr(GError) reason = NULL;
    Work work = {.call = call, .wanted = *wanted, .act = act};
    if (!api_part(call, 0, &work.id)) {
        return api_not_found(call);
    }
    bool did = story_desk_open(call->store, &work.desk, &reason) &&
               store_transact(call->store, change_body, &work, &reason);
    story_desk_clear(&work.desk);
    return did ? show(call, work.id, 200) : api_failed(call, reason);
}

static HttpReply *answer_change(ApiCall *call)
{
    LiveChange wanted = {.headline = api_text(call, "title"), .body = api_text(call, "body")};
    return change(call, &wanted, "live.change");
}

static HttpReply *answer_remove(ApiCall *call)
{
    return change(call, &(LiveChange){.remove = true}, "live.remove");
}

static HttpReply *answer_restore(ApiCall *call)
{
    return change(call, &(LiveChange){.restore = true}, "live.restore");
}

static HttpReply *answer_release(ApiCall *call)
{
    return change(call, &(LiveChange){.release = true}, "live.release");
}

#define CHANGE_ROW(row, where, who, needs, handler, in, wants, what)                               \
    {                                                                                              \
        .name = row, .method = HTTP_POST, .path = API_ROOT "/entries/:id" where,                   \
        .permission = who, .scopes = API_SCOPE_READ | (needs), .answer = handler, .takes = in,     \
        .gives = &entry_schema, .match = wants, .tagged = true, .body_most = 2 * LIVE_BODY,        \
        .help = what                                                                               \
    }

const ApiRoute live_api[] = {
    {.name = "entry-list",
     .method = HTTP_GET,
     .path = API_ROOT "/stories/:id/entries",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_READ,
     .answer = answer_list,
     .query = list_query,
     .gives = &entries_schema,
     .help = "the entries of a live story"},
    {.name = "entry-add",
     .method = HTTP_POST,
     .path = API_ROOT "/stories/:id/entries",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_WRITE,
     .answer = answer_add,
     .takes = &new_schema,
     .gives = &entry_schema,
     .status = 201,
     .other_status = 200,
     .tagged = true,
     .body_most = 2 * LIVE_BODY,
     .help = "adds one: out at once where the story is out and the token may publish, else it "
             "waits"},
    {.name = "entry-read",
     .method = HTTP_GET,
     .path = API_ROOT "/entries/:id",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_READ,
     .answer = answer_one,
     .gives = &entry_schema,
     .tagged = true,
     .help = "one entry"},
    CHANGE_ROW("entry-change", "", PERMISSION_WRITE, API_SCOPE_WRITE, answer_change, &change_schema,
               API_MATCH_MUST, "changes an entry"),
    CHANGE_ROW("entry-remove", "/remove", PERMISSION_WRITE, API_SCOPE_WRITE, answer_remove,
               &api_nothing_schema, API_MATCH_MAY, "takes an entry off the page"),
    CHANGE_ROW("entry-restore", "/restore", PERMISSION_WRITE, API_SCOPE_WRITE, answer_restore,
               &api_nothing_schema, API_MATCH_MAY, "brings a removed entry back"),
    CHANGE_ROW("entry-release", "/release", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, answer_release,
               &api_nothing_schema, API_MATCH_MAY, "lets out an entry that waits"),
    {.name = NULL},
};
