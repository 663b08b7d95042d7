/* Arranging the front in the office: what its buttons do. The pages are front_view.h, the slots
 * front_order.h and front.h. Who comes second is answered 409 with what was wanted, to be sent
 * again. */
#include "desk/front_office.h"

#include "base/error.h"
#include "desk/front_view.h"
#include "office/frame.h"
#include "office/reason.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

typedef struct Act Act;
typedef bool (*ActBody)(const Act *act, GError **error);

static bool put(const Act *act, GError **error);
static bool put_section(const Act *act, GError **error);

struct Act {
    OfficeVisit *visit;
    const FrontView *view;
    ActBody body;
    const char *audit;
    bool line;         /* it is about the breaking line, not about the slots */
    unsigned from, to; /* slots, 0: not said */
    int64_t story, until;
};

static bool same_line(const Act *act, GError **error)
{
    char present[FRONT_VERSION];
    FrontView now = {.visit = act->visit};
    g_autoptr(GError) quiet = NULL;
    now.breaking = breaking_read(act->visit->store, act->view->language, act->visit->now, &quiet);
    if (now.breaking == NULL && !g_error_matches(quiet, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&quiet));
        return false;
    }
    front_view_line(&now, present);
    front_view_clear(&now);
    return strcmp(present, office_field(act->visit, "line")) == 0 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "the breaking line was changed since");
}

static bool run(Store *store, void *data, GError **error)
{
    const Act *act = data;
    const char *language = act->view->language;
    g_autofree char *detail =
        act->line ? g_strdup("") : g_strdup_printf("slot %u, story %" PRId64, act->to, act->story);
    bool same = act->line
                    ? same_line(act, error)
                    : front_expect(store, language, office_field(act->visit, "version"), error);
    return same && act->body(act, error) &&
           audit_add(store, act->visit->person->id, act->audit, language, detail, act->visit->now,
                     error);
}

static bool take_slot(const OfficeVisit *visit, const char *name, unsigned *slot, GError **error)
{
    const char *text = office_field(visit, name);
    guint64 number = 0;
    if (*text == '\0') {
        return true;
    }
    if (!g_ascii_string_to_unsigned(text, 10, 1, FRONT_SLOTS, &number, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is no slot; they are 1 to %u", text,
                    FRONT_SLOTS);
    }
    *slot = (unsigned)number;
    return true;
}

static bool take_until(Act *act, GError **error)
{
    const char *until = office_field(act->visit, "until");
    act->until = INT64_MAX;
    if (*until == '\0') {
        return true;
    }
    return story_desk_moment(&act->view->desk, until, &act->until, error) &&
           (act->until > act->visit->now ||
            fail(error, KOLOKOL_ERROR_INVALID, "%s", office_text(act->visit, "office_front_past")));
}

static bool take(Act *act, GError **error)
{
    const char *story = office_field(act->visit, "story");
    if (*story != '\0' && !g_ascii_string_to_signed(story, 10, 0, INT64_MAX, &act->story, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is no story", story);
    }
    return take_slot(act->visit, "from", &act->from, error) &&
           take_slot(act->visit, "to", &act->to, error) && take_until(act, error);
}

/* The page again, as it is now, with what stood in the way. */
static HttpReply *problem(const Act *act, const GError *reason)
{
    g_auto(FrontView) fresh = {0};
    bool picked = act->body == put || act->body == put_section;
    if (!front_view_open(act->visit, &fresh, NULL)) {
        return office_failed(act->visit, reason);
    }
    fresh.status = office_status(reason);
    fresh.problem = office_reason(act->visit, reason);
    fresh.changed = g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT);
    return picked && !fresh.changed && act->to != 0 ? front_view_slot(&fresh, act->to)
                                                    : front_view_page(&fresh);
}

static HttpReply *answer(OfficeVisit *visit, ActBody body, const char *audit, bool line)
{
    g_autoptr(GError) reason = NULL;
    g_auto(FrontView) view = {0};
    Act act = {.visit = visit, .view = &view, .body = body, .audit = audit, .line = line};
    if (!front_view_open(visit, &view, &reason)) {
        return office_failed(visit, reason);
    }
    if (!take(&act, &reason) || !store_transact(visit->store, run, &act, &reason)) {
        return problem(&act, reason);
    }
    g_autofree char *path =
        line ? front_view_address(&view, "&done=1#breaking")
             : front_view_address(&view, "&done=1&at=%u#slot-%u", act.to, act.to);
    return office_see_other(visit, path);
}

/* ---- Slots ---------------------------------------------------------------------------------- */

static bool move(const Act *act, GError **error)
{
    return front_move(act->visit->store, act->view->language, act->from, act->story, act->to,
                      act->visit->now, error);
}

static HttpReply *answer_move(OfficeVisit *visit)
{
    return answer(visit, move, "front.move", false);
}

static bool put(const Act *act, GError **error)
{
    bool push = strcmp(office_field(act->visit, "place"), "1") == 0;
    return push ? front_insert(act->visit->store, act->view->language, act->to, act->story,
                               act->until, act->visit->now, error)
                : front_set_story(act->visit->store, act->view->language, act->to, act->story,
                                  act->until, error);
}

static HttpReply *answer_put(OfficeVisit *visit)
{
    return answer(visit, put, "front.set", false);
}

static bool put_section(const Act *act, GError **error)
{
    return front_set_section(act->visit->store, act->view->language, act->to,
                             office_field(act->visit, "section"), act->until, error);
}

static HttpReply *answer_section(OfficeVisit *visit)
{
    return answer(visit, put_section, "front.set", false);
}

static bool let_go(const Act *act, GError **error)
{
    return front_clear(act->visit->store, act->view->language, act->to, error);
}

static HttpReply *answer_free(OfficeVisit *visit)
{
    return answer(visit, let_go, "front.clear", false);
}

/* ---- The breaking line ---------------------------------------------------------------------- */

static bool set_line(const Act *act, GError **error)
{
    const char *link = office_field(act->visit, "link");
    int64_t story = 0;
    return (*link == '\0' || story_find(act->visit->store, link, &story, error)) &&
           breaking_set(act->visit->store, act->view->language, office_field(act->visit, "text"),
                        story, act->until, act->visit->now, error);
}

static HttpReply *answer_breaking(OfficeVisit *visit)
{
    return answer(visit, set_line, "breaking.set", true);
}

static bool clear_line(const Act *act, GError **error)
{
    return breaking_clear(act->visit->store, act->view->language, error);
}

static HttpReply *answer_quiet(OfficeVisit *visit)
{
    return answer(visit, clear_line, "breaking.clear", true);
}

/* ---- Pages ---------------------------------------------------------------------------------- */

static HttpReply *answer_front(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(FrontView) view = {0};
    return front_view_open(visit, &view, &reason) ? front_view_page(&view)
                                                  : office_failed(visit, reason);
}

static HttpReply *answer_slot(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(FrontView) view = {0};
    int64_t slot = 0;
    if (!office_part_number(visit, 0, &slot) || slot > FRONT_SLOTS) {
        return office_not_found(visit);
    }
    return front_view_open(visit, &view, &reason) ? front_view_slot(&view, (unsigned)slot)
                                                  : office_failed(visit, reason);
}

#define WAY(does, where, handler, about)                                                           \
    {                                                                                              \
        .name = "front-" does, .method = HTTP_POST, .path = where,                                 \
        .permission = PERMISSION_PUBLISH, .answer = handler, .body_most = OFFICE_FORM,             \
        .help = about                                                                              \
    }

const OfficeRoute front_office[] = {
    {.name = "front",
     .method = HTTP_GET,
     .path = "/front",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_front,
     .paper = "office_front",
     .help = "the front of a language, and the breaking line"},
    WAY("move", "/front/move", answer_move, "what stands in a slot goes to another"),
    WAY("put", "/front/put", answer_put, "holds a slot for a story"),
    WAY("section", "/front/section", answer_section, "a slot takes a section's newest"),
    WAY("free", "/front/free", answer_free, "a slot takes the newest story again"),
    {.name = "front-breaking",
     .method = HTTP_POST,
     .path = "/front/breaking",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_breaking,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "sets the breaking line"},
    WAY("quiet", "/front/breaking/clear", answer_quiet, "takes the breaking line away"),
    {.name = "front-slot",
     .method = HTTP_GET,
     .path = "/front/:slot",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_slot,
     .help = "what may stand in a slot"},
    {.name = NULL},
};
