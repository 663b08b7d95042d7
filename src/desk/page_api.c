/* The paper's own pages by the API: which there are, in the order of the foot, and that order. A
 * page's text is a story's (story_change_api.c, kind "page"); the order is page_list.h's. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/page_list.h"
#include "desk/story_answer.h"

#include <inttypes.h>
#include <string.h>

static const ApiField page_fields[] = {
    {.name = "number", .type = API_NUMBER, .required = true, .help = "as that of a story"},
    {.name = "title", .type = API_TEXT, .required = true, .help = "its headline"},
    {.name = "path", .type = API_TEXT, .help = "its address; missing while it has none"},
    {.name = "status", .type = API_TEXT, .required = true, .help = "as that of a story"},
    {.name = "place", .type = API_NUMBER, .required = true, .help = "in the foot, from 1"},
    {.name = "hidden", .type = API_TRUTH, .required = true, .help = "the foot leaves it out"},
    {.name = NULL},
};
static const ApiSchema page_schema = {"Page", "one of the paper's own pages", page_fields};
static const ApiField list_fields[] = {
    {.name = "language", .type = API_TEXT, .required = true, .help = "whose they are"},
    {.name = "pages",
     .type = API_OBJECTS,
     .required = true,
     .of = &page_schema,
     .help = "in the order of the foot"},
    {.name = NULL},
};
static const ApiSchema list_schema = {"PageList", "the paper's own pages", list_fields};
static const ApiField list_query[] = {
    {.name = "language", .type = API_TEXT, .most = 20, .help = "else the newsroom's first"},
    {.name = NULL},
};
static const ApiField order_fields[] = {
    {.name = "place", .type = API_NUMBER, .most = PAGE_MOST, .help = "in the foot, from 1"},
    {.name = "hidden", .type = API_TRUTH, .help = "the foot leaves it out; its address stays"},
    {.name = NULL},
};
static const ApiSchema order_schema = {"PageOrder", "where a page stands; what is not named stays",
                                       order_fields};

/* A page under embargo is told to nobody who may not see it, but its place stays its own. */
static bool write_page(ApiCall *call, const PageRow *row, unsigned place, GError **error)
{
    JsonWriter *json = &call->json;
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = story_answer_load(call, row->id, &reason);
    if (story == NULL) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    json_writer_open_object(json);
    json_writer_number_member(json, "number", row->id);
    json_writer_text_member(json, "title", row->headline);
    json_writer_text_member(json, "path", row->path);
    json_writer_text_member(json, "status", story_state_name(row->state));
    json_writer_number_member(json, "place", place);
    json_writer_bool_member(json, "hidden", row->hidden);
    json_writer_close(json);
    return true;
}

static HttpReply *show(ApiCall *call, const char *language)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) pages = page_list(call->store, language, &reason);
    if (pages == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    json_writer_text_member(&call->json, "language", language);
    json_writer_key(&call->json, "pages");
    json_writer_open_array(&call->json);
    for (guint i = 0; i < pages->len; i++) {
        if (!write_page(call, pages->pdata[i], i + 1, &reason)) {
            return api_failed(call, reason);
        }
    }
    json_writer_close(&call->json);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

static HttpReply *answer_list(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(StoryDesk) desk = {0};
    const char *language = story_desk_open(call->store, &desk, &reason)
                               ? story_desk_language(&desk, api_asked(call, "language"), &reason)
                               : NULL;
    return language == NULL ? api_failed(call, reason) : show(call, language);
}

/* ---- The order ------------------------------------------------------------------------------ */

typedef struct {
    ApiCall *call;
    int64_t id;
    Story *page;
} Order;

static void order_clear(Order *order)
{
    g_clear_pointer(&order->page, story_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

/* "page.move" of the page, as the office's page writes it. */
static bool noted(const Order *order, const char *action, const char *detail, GError **error)
{
    g_autofree char *subject = g_strdup_printf("%s/%" PRId64, order->page->language, order->id);
    return api_audit(order->call, action, subject, detail, error);
}

static bool hide(Store *store, const Order *order, bool hidden, GError **error)
{
    return page_hide(store, order->page->language, order->id, hidden, error) &&
           noted(order, hidden ? "page.hide" : "page.show", "", error);
}

static bool move(Store *store, const Order *order, int64_t place, GError **error)
{
    g_autofree char *to = g_strdup_printf("%" PRId64, place);
    return page_move(store, order->page->language, order->id, place, error) &&
           noted(order, "page.move", to, error);
}

static bool order_body(Store *store, void *data, GError **error)
{
    Order *order = data;
    const json_t *hidden = json_object_get(order->call->given, "hidden");
    const json_t *place = json_object_get(order->call->given, "place");
    order_clear(order);
    order->page = story_answer_load(order->call, order->id, error);
    if (order->page == NULL) {
        return false;
    }
    if (order->page->kind != STORY_KIND_PAGE) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "story %" PRId64 " is no page", order->id);
    }
    return (place == NULL || move(store, order, json_integer_value(place), error)) &&
           (hidden == NULL || hide(store, order, json_is_true(hidden), error));
}

/* Answers the list. */
static HttpReply *answer_order(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Order) order = {.call = call};
    if (!api_part(call, 0, &order.id)) {
        return api_not_found(call);
    }
    return store_transact(call->store, order_body, &order, &reason)
               ? show(call, order.page->language)
               : api_failed(call, reason);
}

const ApiRoute page_api[] = {
    {.name = "page-list",
     .method = HTTP_GET,
     .path = API_ROOT "/pages",
     .permission = PERMISSION_WRITE,
     .scopes = API_SCOPE_READ,
     .answer = answer_list,
     .query = list_query,
     .gives = &list_schema,
     .help = "the paper's own pages in the order of its foot"},
    {.name = "page-order",
     .method = HTTP_POST,
     .path = API_ROOT "/pages/:id",
     .permission = PERMISSION_PUBLISH,
     .scopes = API_SCOPE_READ | API_SCOPE_PUBLISH,
     .answer = answer_order,
     .takes = &order_schema,
     .gives = &list_schema,
     .body_most = API_BODY,
     .help = "another place in the foot, or none"},
    {.name = NULL},
};
