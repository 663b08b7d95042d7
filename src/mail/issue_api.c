/* Issues of newsletters by the API: issue_api.h. Newsletters themselves are newsletter_api.c. */
#include "mail/issue_api.h"

#include "base/error.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/issue_text.h"
#include "mail/newsletter.h"
#include "office/office.h"

#include <string.h>

static const char *const states[] = {"draft", "frozen", "sending", "sent", NULL};

#define ISSUE_FIELDS                                                                               \
    {.name = "number",                                                                             \
     .type = API_NUMBER,                                                                           \
     .required = true,                                                                             \
     .help = "the newsroom's number of it"},                                                       \
        {.name = "newsletter", .type = API_TEXT, .required = true, .help = "its newsletter"},      \
        {.name = "language", .type = API_TEXT, .required = true, .help = "as \"en\""},             \
        {.name = "issue",                                                                          \
         .type = API_NUMBER,                                                                       \
         .required = true,                                                                         \
         .help = "its number within the newsletter, from 1"},                                      \
        {.name = "state",                                                                          \
         .type = API_TEXT,                                                                         \
         .required = true,                                                                         \
         .words = states,                                                                          \
         .help = "how far it is"},                                                                 \
        {.name = "subject", .type = API_TEXT, .help = "its subject, once it is no draft"},         \
        {.name = "covers_from",                                                                    \
         .type = API_MOMENT,                                                                       \
         .required = true,                                                                         \
         .help = "stories published from then on"},                                                \
        {.name = "covers_until", .type = API_MOMENT, .required = true, .help = "until then"},      \
        {.name = "created", .type = API_MOMENT, .required = true, .help = "when it was composed"}, \
        {.name = "frozen", .type = API_MOMENT, .help = "when it was let go"},                      \
    {                                                                                              \
        .name = "finished", .type = API_MOMENT, .help = "when nobody was left"                     \
    }

#define COUNT(state)                                                                               \
    {                                                                                              \
        .name = state, .type = API_NUMBER, .required = true, .help = "letters in this state"       \
    }

static const ApiField issue_fields[] = {ISSUE_FIELDS, {.name = NULL}};
static const char *const letters[] = {"ready",    "attempting", "accepted", "rejected",
                                      "deferred", "uncertain",  "excluded", NULL};
static const ApiField issue_whole_fields[] = {
    ISSUE_FIELDS,       COUNT("ready"),    COUNT("attempting"),
    COUNT("accepted"),  COUNT("rejected"), COUNT("deferred"),
    COUNT("uncertain"), COUNT("excluded"), {.name = NULL},
};
static const ApiSchema issue_schema = {"Issue", "an issue of a newsletter", issue_fields};
static const ApiSchema issue_whole_schema = {"IssueStatus", "an issue, and who has it",
                                             issue_whole_fields};
static const ApiField issues_fields[] = {
    {.name = "issues",
     .type = API_OBJECTS,
     .required = true,
     .of = &issue_schema,
     .help = "the newest first, 100 at most"},
    {.name = NULL},
};
static const ApiSchema issues_schema = {"IssueList", "issues", issues_fields};

static const ApiField issues_query[] = {
    {.name = "newsletter",
     .type = API_TEXT,
     .most = NEWSLETTER_NAME_MAX,
     .help = "of this one only"},
    {.name = "limit", .type = API_NUMBER, .most = API_PAGE, .help = "how many at most"},
    {.name = NULL},
};

static const ApiField compose_fields[] = {
    {.name = "newsletter",
     .type = API_TEXT,
     .required = true,
     .most = NEWSLETTER_NAME_MAX,
     .help = "whose next issue is to be made"},
    {.name = NULL},
};
static const ApiSchema compose_schema = {"NewIssue", "an issue to be composed", compose_fields};
static const ApiField letter_fields[] = {
    {.name = "subject", .type = API_TEXT, .required = true, .help = "of the letter"},
    {.name = "html", .type = API_TEXT, .required = true, .help = "its HTML form"},
    {.name = "text", .type = API_TEXT, .required = true, .help = "its plain form"},
    {.name = NULL},
};
static const ApiSchema letter_schema = {
    "IssueLetter", "the letter, with a code where a reader's own token goes", letter_fields};

/* ---- Issues --------------------------------------------------------------------------------- */

/* The subject of a draft may be the headline of a story that has come under embargo since. */
static void write_issue(JsonWriter *json, const Issue *issue)
{
    json_writer_number_member(json, "number", issue->id);
    json_writer_text_member(json, "newsletter", issue->name);
    json_writer_text_member(json, "language", issue->language);
    json_writer_number_member(json, "issue", issue->number);
    json_writer_text_member(json, "state", states[issue->state - ISSUE_DRAFT]);
    json_writer_text_member(json, "subject", issue->state == ISSUE_DRAFT ? NULL : issue->subject);
    api_write_moment(json, "covers_from", issue->covers_from);
    api_write_moment(json, "covers_until", issue->covers_until);
    api_write_moment(json, "created", issue->created);
    api_write_moment(json, "frozen", issue->frozen);
    api_write_moment(json, "finished", issue->finished);
}

static HttpReply *answer_issues(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    const char *name = api_asked(call, "newsletter");
    g_autoptr(Newsletter) newsletter =
        name == NULL ? NULL : newsletter_read(call->store, name, &reason);
    g_autoptr(GPtrArray) all =
        name != NULL && newsletter == NULL
            ? NULL
            : issue_list(call->store, newsletter == NULL ? 0 : newsletter->id, api_limit(call),
                         &reason);
    if (all == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "issues");
    json_writer_open_array(json);
    for (guint i = 0; i < all->len; i++) {
        json_writer_open_object(json);
        write_issue(json, all->pdata[i]);
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

static HttpReply *answer_issue(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    int64_t id = 0, counts[DELIVERY_STATES] = {0};
    if (!api_part(call, 0, &id)) {
        return api_not_found(call);
    }
    g_autoptr(Issue) issue = issue_read(call->store, id, &reason);
    if (issue == NULL || !delivery_count(call->store, id, counts, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    write_issue(json, issue);
    for (unsigned i = 0; letters[i] != NULL; i++) {
        json_writer_number_member(json, letters[i], counts[DELIVERY_READY + i]);
    }
    json_writer_close(json);
    return api_done(call, 200);
}

/* ---- Composing ------------------------------------------------------------------------------ */

/* A draft's letter may hold a story that has come under embargo since. */
static HttpReply *answer_letter(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) plain = g_string_new(NULL);
    int64_t id = 0;
    if (!api_part(call, 0, &id)) {
        return api_not_found(call);
    }
    g_autoptr(Issue) issue = issue_read(call->store, id, &reason);
    if (issue == NULL) {
        return api_failed(call, reason);
    }
    if (issue->state == ISSUE_DRAFT && !api_has(call, API_SCOPE_EMBARGOED)) {
        return api_problem(call, 403, NULL, "the letter of a draft needs the scope \"embargoed\"");
    }
    const Mailroom *room = office_options(call->office)->mailroom;
    if (!issue_text_letter(call->store, room, issue, html, plain, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    json_writer_text_member(&call->json, "subject", issue->subject);
    json_writer_text_member(&call->json, "html", html->str);
    json_writer_text_member(&call->json, "text", plain->str);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

typedef struct {
    const ApiCall *call;
    int64_t id;
} Compose;

static bool compose_body(Store *store, void *data, GError **error)
{
    Compose *compose = data;
    const char *name = api_text(compose->call, "newsletter");
    return issue_compose(store, name, &compose->id, error) &&
           api_audit(compose->call, "newsletter.compose", name, "", error);
}

static HttpReply *answer_compose(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    Compose compose = {call, 0};
    if (!store_transact(call->store, compose_body, &compose, &reason)) {
        return api_failed(call, reason);
    }
    g_autoptr(Issue) issue = issue_read(call->store, compose.id, &reason);
    if (issue == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    write_issue(&call->json, issue);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

#define ROW(row, where, handler, out, what)                                                        \
    .name = row, .method = HTTP_GET, .path = API_ROOT where, .permission = PERMISSION_MAIL,        \
    .scopes = API_SCOPE_NEWSLETTERS, .answer = handler, .gives = out, .help = what

const ApiRoute issue_api[] = {
    {ROW("issue-list", "/issues", answer_issues, &issues_schema, "issues, the newest first"),
     .query = issues_query},
    {ROW("issue-read", "/issues/:id", answer_issue, &issue_whole_schema,
         "one issue, and how far its letters are")},
    {ROW("issue-letter", "/issues/:id/letter", answer_letter, &letter_schema,
         "its letter, as it left or, of a draft, as it would")},
    {.name = "issue-compose",
     .method = HTTP_POST,
     .path = API_ROOT "/issues",
     .permission = PERMISSION_MAIL,
     .scopes = API_SCOPE_NEWSLETTERS | API_SCOPE_COMPOSE,
     .answer = answer_compose,
     .takes = &compose_schema,
     .gives = &issue_schema,
     .body_most = API_BODY,
     .help = "makes the draft of the next issue, or makes it anew"},
    {.name = NULL},
};
