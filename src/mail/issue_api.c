/* Newsletters and issues by the API: issue_api.h. */
#include "mail/issue_api.h"

#include "base/error.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"

#include <string.h>

static const ApiField newsletter_fields[] = {
    {.name = "name", .type = API_TEXT, .required = true, .help = "as in its address"},
    {.name = "language", .type = API_TEXT, .required = true, .help = "as \"en\""},
    {.name = "heading", .type = API_TEXT, .required = true, .help = "as readers are asked"},
    {.name = "description", .type = API_TEXT, .help = "a sentence or two"},
    {.name = "schedule", .type = API_TEXT, .help = "when an issue is composed by itself"},
    {.name = "from", .type = API_TEXT, .help = "who it is from"},
    {.name = "automatic", .type = API_TRUTH, .required = true, .help = "it also leaves by itself"},
    {.name = "subscribers",
     .type = API_NUMBER,
     .required = true,
     .help = "how many have confirmed"},
    {.name = "next", .type = API_MOMENT, .help = "when the next issue is due"},
    {.name = NULL},
};
static const ApiSchema newsletter_schema = {"Newsletter", "a newsletter", newsletter_fields};
static const ApiField newsletters_fields[] = {
    {.name = "newsletters",
     .type = API_OBJECTS,
     .required = true,
     .of = &newsletter_schema,
     .help = "by language"},
    {.name = NULL},
};
static const ApiSchema newsletters_schema = {"NewsletterList", "all newsletters",
                                             newsletters_fields};

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

/* ---- Newsletters ---------------------------------------------------------------------------- */

static const char *or_null(const char *text)
{
    return text == NULL || *text == '\0' ? NULL : text;
}

static bool write_newsletter(ApiCall *call, const Newsletter *newsletter, GError **error)
{
    JsonWriter *json = &call->json;
    int64_t counts[4] = {0};
    if (!subscriber_count(call->store, newsletter->id, counts, error)) {
        return false;
    }
    bool automatic =
        newsletter->sending != NULL && strcmp(newsletter->sending, NEWSLETTER_AUTOMATIC) == 0;
    json_writer_open_object(json);
    json_writer_text_member(json, "name", newsletter->name);
    json_writer_text_member(json, "language", newsletter->language);
    json_writer_text_member(json, "heading", newsletter->heading);
    json_writer_text_member(json, "description", or_null(newsletter->description));
    json_writer_text_member(json, "schedule", or_null(newsletter->schedule));
    json_writer_text_member(json, "from", or_null(newsletter->from));
    json_writer_bool_member(json, "automatic", automatic);
    json_writer_number_member(json, "subscribers", counts[SUBSCRIBER_STATE_CONFIRMED]);
    api_write_moment(json, "next", newsletter->due);
    json_writer_close(json);
    return true;
}

static HttpReply *answer_newsletters(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) all = newsletter_list(call->store, &reason);
    if (all == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    json_writer_key(&call->json, "newsletters");
    json_writer_open_array(&call->json);
    for (guint i = 0; i < all->len; i++) {
        if (!write_newsletter(call, all->pdata[i], &reason)) {
            return api_failed(call, reason);
        }
    }
    json_writer_close(&call->json);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

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

#define ROW(row, where, handler, out, what)                                                        \
    .name = row, .method = HTTP_GET, .path = API_ROOT where, .permission = PERMISSION_MAIL,        \
    .scopes = API_SCOPE_NEWSLETTERS, .answer = handler, .gives = out, .help = what

const ApiRoute issue_api[] = {
    {ROW("newsletter-list", "/newsletters", answer_newsletters, &newsletters_schema,
         "the newsletters, and how many read each")},
    {ROW("issue-list", "/issues", answer_issues, &issues_schema, "issues, the newest first"),
     .query = issues_query},
    {ROW("issue-read", "/issues/:id", answer_issue, &issue_whole_schema,
         "one issue, and how far its letters are")},
    {.name = NULL},
};
