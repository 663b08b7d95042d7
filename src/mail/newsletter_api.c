/* Newsletters by the API: issue_api.h. What one may say is newsletter.c's; issues are issue_api.c.
 */
#include "mail/issue_api.h"

#include "base/error.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "press/setting.h"

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

#define SET(called, needed, most_bytes, about)                                                     \
    {                                                                                              \
        .name = called, .type = API_TEXT, .required = needed, .most = most_bytes, .help = about    \
    }
static const ApiField set_fields[] = {
    SET("name", true, NEWSLETTER_NAME_MAX, "a-z, 0-9 and '-': it stands in addresses"),
    SET("language", false, 10, "as \"en\"; a new one needs it"),
    SET("heading", false, NEWSLETTER_TEXT_MAX, "as readers are asked; a new one needs it"),
    SET("description", false, NEWSLETTER_TEXT_MAX, "a sentence or two"),
    SET("schedule", false, NEWSLETTER_TEXT_MAX, "as \"weekly friday 08:00\"; empty: by hand"),
    SET("from", false, NEWSLETTER_TEXT_MAX, "\"The Bell <letters@bell.example>\""),
    {.name = NULL},
};
static const ApiSchema set_schema = {
    "NewNewsletter", "what a newsletter is to be; what is not named stays", set_fields};

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

/* Of the newsletter's own words, or of none. Caller frees. */
static char *etag_of(const Newsletter *newsletter)
{
    g_autofree char *mark = newsletter_mark(newsletter);
    return api_etag(mark);
}

static HttpReply *show(ApiCall *call, const char *name)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Newsletter) newsletter = newsletter_read(call->store, name, &reason);
    if (newsletter == NULL || !write_newsletter(call, newsletter, &reason)) {
        return api_failed(call, reason);
    }
    call->etag = etag_of(newsletter);
    return api_done(call, 200);
}

static HttpReply *answer_one(ApiCall *call)
{
    return show(call, api_asked(call, "name"));
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

/* ---- Setting one ---------------------------------------------------------------------------- */

/* Of one that leaves by itself the API changes only what it says of itself: not when, in whose name
 * and to whom. */
static bool leaves_alone(const Newsletter *known, const NewsletterTexts *texts, GError **error)
{
    return known == NULL || g_strcmp0(known->sending, NEWSLETTER_AUTOMATIC) != 0 ||
           (strcmp(known->schedule, texts->schedule) == 0 &&
            strcmp(known->from, texts->from) == 0 &&
            strcmp(known->language, texts->language) == 0) ||
           fail(error, KOLOKOL_ERROR_CONFLICT,
                "%s leaves by itself: its schedule, sender and language are decided in the office",
                known->name);
}

typedef struct {
    ApiCall *call;
    const char *name; /* without white space around it */
} Set;

static bool set_body(Store *store, void *data, GError **error)
{
    const Set *set = data;
    ApiCall *call = set->call;
    const char *name = set->name;
    bool changed = false;
    g_autoptr(Newsletter) known = NULL;
    if (!newsletter_find(store, name, &known, error)) {
        return false;
    }
    g_autofree char *etag = etag_of(known);
    const NewsletterTexts texts = {
        .name = name,
        .language = api_text_over(call, "language", known == NULL ? NULL : known->language),
        .heading = api_text_over(call, "heading", known == NULL ? NULL : known->heading),
        .description =
            api_text_over(call, "description", known == NULL ? NULL : known->description),
        .schedule = api_text_over(call, "schedule", known == NULL ? NULL : known->schedule),
        .from = api_text_over(call, "from", known == NULL ? NULL : known->from),
        .sending = known == NULL || known->sending == NULL ? "" : known->sending,
    };
    if (!api_match(call, etag, error) || !leaves_alone(known, &texts, error)) {
        return false;
    }
    g_autoptr(Newsletter) newsletter = newsletter_of(&texts, error);
    return newsletter != NULL && setting_has_language(store, newsletter->language, error) &&
           newsletter_set(store, newsletter, &changed, error) &&
           (!changed || api_audit(call, "newsletter.set", name, "", error));
}

static HttpReply *answer_set(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *name = g_strstrip(g_strdup(api_text(call, "name")));
    Set set = {call, name};
    return store_transact(call->store, set_body, &set, &reason) ? show(call, name)
                                                                : api_failed(call, reason);
}

static const ApiField one_query[] = {
    SET("name", true, NEWSLETTER_NAME_MAX, "which one"),
    {.name = NULL},
};

const ApiRoute newsletter_api[] = {
    {.name = "newsletter-list",
     .method = HTTP_GET,
     .path = API_ROOT "/newsletters",
     .permission = PERMISSION_MAIL,
     .scopes = API_SCOPE_NEWSLETTERS,
     .answer = answer_newsletters,
     .gives = &newsletters_schema,
     .help = "the newsletters, and how many read each"},
    {.name = "newsletter-read",
     .method = HTTP_GET,
     .path = API_ROOT "/newsletters/one",
     .permission = PERMISSION_MAIL,
     .scopes = API_SCOPE_NEWSLETTERS,
     .answer = answer_one,
     .query = one_query,
     .gives = &newsletter_schema,
     .tagged = true,
     .help = "one newsletter"},
    {.name = "newsletter-set",
     .method = HTTP_POST,
     .path = API_ROOT "/newsletters",
     .permission = PERMISSION_MAIL,
     .scopes = API_SCOPE_NEWSLETTERS | API_SCOPE_COMPOSE,
     .answer = answer_set,
     .takes = &set_schema,
     .gives = &newsletter_schema,
     .match = API_MATCH_MUST,
     .tagged = true,
     .body_most = API_BODY,
     .help = "sets one, a new one with the ETag \"-\"; whether it leaves by itself is decided in "
             "the office"},
    {.name = NULL},
};
