/* Takedowns and withheld names by the API: how far they are, where a name stands, the orders. The
 * same functions and lines of the audit log as the office's forms (takedown_office.c,
 * withhold_office.c). */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/erasure.h"
#include "desk/story_answer.h"
#include "desk/takedown.h"
#include "desk/withhold.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN       200u  /* orders in an answer */
#define LOOK_MOST   2000u /* stories looked through for one answer */
#define REASON_MOST 500u  /* bytes, as in the office's form */

G_STATIC_ASSERT(ERASURE_ONCE >= HASH_HEX - 1);

static const char *const kinds[] = {ERASURE_TAKEDOWN, ERASURE_WITHHOLD, ERASURE_DISCARD, NULL};
static const char *const steps[] = {[ERASURE_STORIES] = "stories",
                                    [ERASURE_SPREAD] = "pages",
                                    [ERASURE_CLEAN] = "files",
                                    [ERASURE_DONE] = "done",
                                    NULL};

static const ApiField erasure_fields[] = {
    {.name = "number", .type = API_NUMBER, .required = true, .help = "of the order"},
    {.name = "kind", .type = API_TEXT, .required = true, .words = kinds, .help = "what it takes"},
    {.name = "story", .type = API_NUMBER, .help = "which story, of a takedown or a draft"},
    {.name = "reason", .type = API_TEXT, .required = true, .help = "as it was given"},
    {.name = "person", .type = API_TEXT, .required = true, .help = "who ordered it"},
    {.name = "step",
     .type = API_TEXT,
     .required = true,
     .words = steps,
     .help = "what is under way; done: nothing of it is left in any file of the newsroom"},
    {.name = "asked", .type = API_MOMENT, .required = true, .help = "when it was ordered"},
    {.name = "finished", .type = API_MOMENT, .help = "when it was done"},
    {.name = "problem", .type = API_TEXT, .help = "what it waits for"},
    {.name = NULL},
};
static const ApiSchema erasure_schema = {
    "Erasure", "a takedown, a name withheld, or a draft thrown away", erasure_fields};
static const ApiField erasures_fields[] = {
    {.name = "erasures",
     .type = API_OBJECTS,
     .required = true,
     .of = &erasure_schema,
     .help = "the newest first, 200 at most"},
    {.name = NULL},
};
static const ApiSchema erasures_schema = {"ErasureList", "takedowns and names withheld",
                                          erasures_fields};

static const ApiField takedown_fields[] = {
    {.name = "reason",
     .type = API_TEXT,
     .required = true,
     .most = REASON_MOST,
     .help = "kept, and on no page"},
    {.name = "path",
     .type = API_TEXT,
     .most = 500,
     .help = "where the tombstone stands in place of the story's own address"},
    {.name = NULL},
};
static const ApiSchema takedown_schema = {"NewTakedown", "a story to be taken down for good",
                                          takedown_fields};

#define SPELLINGS_FIELD                                                                            \
    {                                                                                              \
        .name = "names", .type = API_TEXTS, .required = true, .most = 200,                         \
        .items = WITHHOLD_SPELLINGS, .help = "each exact spelling, in whole words"                 \
    }

static const ApiField look_fields[] = {
    SPELLINGS_FIELD,
    {.name = "after", .type = API_NUMBER, .help = "\"next\" of the answer before"},
    {.name = NULL},
};
static const ApiSchema look_schema = {"NameLook", "a name to be looked for", look_fields};
static const ApiField withhold_fields[] = {
    SPELLINGS_FIELD,
    {.name = "instead",
     .type = API_TEXT,
     .most = 200,
     .help = "what stands in its place; else each language's own words"},
    {.name = "reason",
     .type = API_TEXT,
     .required = true,
     .most = REASON_MOST,
     .help = "kept, and on no page; must not have the name"},
    {.name = NULL},
};
static const ApiSchema withhold_schema = {"NewWithhold", "a name to be withheld everywhere",
                                          withhold_fields};

static const ApiField found_fields[] = {
    {.name = "story", .type = API_NUMBER, .required = true, .help = "its number"},
    {.name = "title", .type = API_TEXT, .required = true, .help = "its headline"},
    {.name = "times",
     .type = API_NUMBER,
     .required = true,
     .help = "how often it stands there, with all its history"},
    {.name = NULL},
};
static const ApiSchema found_schema = {"NameFound", "a story that has the name", found_fields};
static const ApiField where_fields[] = {
    {.name = "stories",
     .type = API_OBJECTS,
     .required = true,
     .of = &found_schema,
     .help = "of those that were looked through"},
    {.name = "places",
     .type = API_NUMBER,
     .required = true,
     .help = "outside stories: pictures, sections, topics, authors, settings, breaking lines"},
    {.name = "next", .type = API_NUMBER, .help = "where to look further; missing at the end"},
    {.name = NULL},
};
static const ApiSchema where_schema = {"NamePlaces", "where a name stands", where_fields};

/* ---- The list ------------------------------------------------------------------------------- */

static void write_erasure(JsonWriter *json, const Erasure *erasure)
{
    bool done = erasure->step == ERASURE_DONE;
    json_writer_open_object(json);
    json_writer_number_member(json, "number", erasure->id);
    json_writer_text_member(json, "kind", erasure->kind);
    if (erasure->story != 0) {
        json_writer_number_member(json, "story", erasure->story);
    }
    json_writer_text_member(json, "reason", erasure->reason);
    json_writer_text_member(json, "person", erasure->person);
    json_writer_text_member(json, "step", steps[MIN(erasure->step, ERASURE_DONE)]);
    api_write_moment(json, "asked", erasure->asked);
    api_write_moment(json, "finished", done ? erasure->finished : 0);
    json_writer_text_member(json, "problem", *erasure->problem == '\0' ? NULL : erasure->problem);
    json_writer_close(json);
}

static HttpReply *show(ApiCall *call, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    g_autoptr(GPtrArray) list = erasure_list(call->store, SHOWN, &reason);
    if (list == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "erasures");
    json_writer_open_array(json);
    for (guint i = 0; i < list->len; i++) {
        write_erasure(json, list->pdata[i]);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, status);
}

static HttpReply *answer_list(ApiCall *call)
{
    return show(call, 200);
}

/* ---- Orders --------------------------------------------------------------------------------- */

typedef struct {
    ApiCall *call;
    StoryDesk desk;
    int64_t story;
    char once[HASH_HEX]; /* "" without an Idempotency-Key */
    const char **names;  /* NULL-ended; borrowed texts */
    unsigned places;
} Order;

static void order_clear(Order *order)
{
    story_desk_clear(&order->desk);
    g_clear_pointer(&order->names, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

/* The order's own word: of this token, its key and what it orders, so that a key used again for
 * another order does not say of it that it was given. */
static bool take_key(Order *order, GError **error)
{
    const ApiCall *call = order->call;
    const char *key = NULL;
    if (!api_key(call, &key, error)) {
        return false;
    }
    if (key == NULL) {
        return true;
    }
    g_autoptr(GString) whole = g_string_new(NULL);
    g_string_append_printf(whole, "%" PRId64 "\n%s\n%s %" PRId64 "\n", call->token->id, key,
                           call->route->name, order->story);
    g_string_append_len(whole, call->request->body, (gssize)call->request->body_length);
    Hash hash = hash_of(whole->str, whole->len);
    hash_hex(&hash, order->once);
    return true;
}

static void take_names(Order *order)
{
    const json_t *names = json_object_get(order->call->given, "names");
    size_t count = json_array_size(names);
    order->names = g_new0(const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        order->names[i] = json_string_value(json_array_get(names, i));
    }
}

static bool order_open(Order *order, GError **error)
{
    take_names(order);
    return take_key(order, error) && story_desk_open(order->call->store, &order->desk, error);
}

/* Gives the order in a transaction; the list of orders, or why not. */
static HttpReply *give(Order *order, StoreBody body)
{
    g_autoptr(GError) reason = NULL;
    ApiCall *call = order->call;
    g_autofree char *why = g_strstrip(g_strdup(api_text(call, "reason")));
    if (*why == '\0') {
        return api_problem(call, 422, "/reason", "say why: the reason is kept, and on no page");
    }
    return order_open(order, &reason) && store_transact(call->store, body, order, &reason)
               ? show(call, 202)
               : api_failed(call, reason);
}

static bool takedown_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    ApiCall *call = order->call;
    bool known = false;
    call->mismatch = false;
    if (!erasure_known(store, order->once, &known, error) || known) {
        return known;
    }
    g_autofree char *subject = g_strdup_printf("story %" PRId64, order->story);
    g_autoptr(Story) story = story_answer_load(call, order->story, error);
    Takedown how = {.reason = api_text(call, "reason"),
                    .person = call->person->name,
                    .path = api_text(call, "path"),
                    .once = order->once};
    return story != NULL && story_answer_match(call, story, error) &&
           story_takedown(store, &order->desk.site, order->story, &how, call->now, error) &&
           api_audit(call, "story.takedown", subject, "", error);
}

static HttpReply *answer_takedown(ApiCall *call)
{
    g_auto(Order) order = {.call = call};
    if (!api_part(call, 0, &order.story)) {
        return api_not_found(call);
    }
    return give(&order, takedown_body);
}

static Withhold how_of(const Order *order)
{
    const char *instead = api_text(order->call, "instead"),
               *reason = api_text(order->call, "reason");
    return (Withhold){.spellings = order->names,
                      .instead = instead == NULL ? "" : instead,
                      .reason = reason == NULL ? "" : reason,
                      .person = order->call->person->name,
                      .once = order->once};
}

static bool withhold_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    Withhold how = how_of(order);
    bool known = false;
    if (!erasure_known(store, order->once, &known, error) || known) {
        return known;
    }
    return withhold_name(store, &order->desk.site, &how, order->call->now, error) &&
           api_audit(order->call, "name.withhold", "", "", error);
}

static HttpReply *answer_withhold(ApiCall *call)
{
    g_auto(Order) order = {.call = call};
    return give(&order, withhold_body);
}

/* ---- Where a name stands -------------------------------------------------------------------- */

static bool write_found(const Story *story, unsigned found, void *data, GError **error)
{
    JsonWriter *json = &((const Order *)data)->call->json;
    json_writer_open_object(json);
    json_writer_number_member(json, "story", story->id);
    json_writer_text_member(json, "title", story->headline);
    json_writer_number_member(json, "times", found);
    json_writer_close(json);
    return true;
}

static bool count_place(WithholdPlace place, const char *what, void *data, GError **error)
{
    ((Order *)data)->places++;
    return true;
}

/* Stories part by part; the rest with the first part. */
static HttpReply *answer_look(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Order) order = {.call = call};
    JsonWriter *json = &call->json;
    WithholdLook look = {.after = api_number(call, "after", 0), .most = LOOK_MOST};
    bool first = look.after == 0;
    take_names(&order);
    Withhold how = how_of(&order);
    json_writer_open_object(json);
    json_writer_key(json, "stories");
    json_writer_open_array(json);
    if (!withhold_look(call->store, &how, &look, write_found, &order, &reason) ||
        (first && !withhold_places(call->store, &how, count_place, &order, &reason))) {
        return api_failed(call, reason);
    }
    json_writer_close(json);
    json_writer_number_member(json, "places", order.places);
    if (look.more) {
        json_writer_number_member(json, "next", look.after);
    }
    json_writer_close(json);
    return api_done(call, 200);
}

#define ROW(row, how, where, needs, handler, out, what)                                            \
    .name = row, .method = how, .path = API_ROOT where, .permission = PERMISSION_TAKE_DOWN,        \
    .scopes = API_SCOPE_ERASE | (needs), .answer = handler, .gives = out, .help = what

const ApiRoute erasure_api[] = {
    {ROW("erasure-list", HTTP_GET, "/erasures", API_SCOPE_NONE, answer_list, &erasures_schema,
         "takedowns and names withheld, and how far they are")},
    {ROW("story-takedown", HTTP_POST, "/stories/:id/takedown", API_SCOPE_READ, answer_takedown,
         &erasures_schema, "takes a story down for good, with all that is kept of it"),
     .takes = &takedown_schema, .status = 202, .match = API_MATCH_MUST, .keyed = true,
     .body_most = API_BODY},
    {ROW("name-look", HTTP_POST, "/withheld/look", API_SCOPE_READ | API_SCOPE_EMBARGOED,
         answer_look, &where_schema, "where a name stands; changes nothing"),
     .takes = &look_schema, .body_most = API_BODY},
    {ROW("name-withhold", HTTP_POST, "/withheld", API_SCOPE_NONE, answer_withhold, &erasures_schema,
         "withholds a name everywhere, with all that is kept of it"),
     .takes = &withhold_schema, .status = 202, .keyed = true, .body_most = API_BODY},
    {.name = NULL},
};
