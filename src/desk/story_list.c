/*
 * Lists of stories: story_list.h. Which lists a story is in is decided by story_facts_lists()
 * (story_touch.c), and the rows of desk_listed are written by story_change.c.
 */
#include "desk/story_list.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/calendar.h"
#include "desk/card_row.h"
#include "desk/story_row.h"
#include "desk_sql.h"

#include <string.h>

typedef enum { WHOLE, MONTH, DAY } Span;

typedef struct {
    const char *prefix; /* of the list's name */
    const char *key;    /* class in desk_listed */
    unsigned names;     /* parts between class and date: LANG, or LANG and NAME */
    Span span;
} Shape;

static const Shape shapes[] = {
    {"list:all/", "all", 1, WHOLE},
    {"list:opinion/", "opinion", 1, WHOLE},
    {"list:pages/", "pages", 1, WHOLE},
    {"list:section/", "section", 2, WHOLE},
    {"list:topic/", "topic", 2, WHOLE},
    {"list:author/", "author", 2, WHOLE},
    {"list:section-month/", "section", 2, MONTH},
    {"list:topic-month/", "topic", 2, MONTH},
    {"list:author-month/", "author", 2, MONTH},
    {"list:day/", "all", 1, DAY},
    {"text:all/", "all", 1, WHOLE},
    {"text:section/", "section", 2, WHOLE},
    {"sitemap:", "all", 1, MONTH},
};

static bool parse_span(Span span, const char *date, StoryList *list)
{
    if (span == DAY) {
        return calendar_day_parse(date, &list->day_first) &&
               (list->day_last = list->day_first) != 0;
    }
    int64_t month = 0;
    if (!calendar_month_parse(date, &month)) {
        return false;
    }
    list->day_first = month * 100 + 1;
    list->day_last = month * 100 + 31;
    return true;
}

static bool parse_as(const Shape *shape, const char *rest, StoryList *list)
{
    g_auto(GStrv) parts = g_strsplit(rest, "/", 4);
    unsigned count = g_strv_length(parts);
    StoryList found = {0};
    if (count != shape->names + (shape->span != WHOLE) || parts[0][0] == '\0') {
        return false;
    }
    if (shape->span != WHOLE && !parse_span(shape->span, parts[shape->names], &found)) {
        return false;
    }
    int length = g_snprintf(found.key, sizeof found.key, "%s/%s%s%s", shape->key, parts[0],
                            shape->names == 2 ? "/" : "", shape->names == 2 ? parts[1] : "");
    if ((size_t)length >= sizeof found.key || (shape->names == 2 && parts[1][0] == '\0')) {
        return false;
    }
    *list = found;
    return true;
}

bool story_list_parse(const char *name, StoryList *list)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(shapes); i++) {
        if (g_str_has_prefix(name, shapes[i].prefix)) {
            return parse_as(&shapes[i], name + strlen(shapes[i].prefix), list);
        }
    }
    return false;
}

/* The range of desk_listed's key: below (before, before_id), from since on. */
typedef struct {
    StoryList list;
    int64_t before, before_id, since, day_first, day_last, most;
} Range;

static bool range_of(const char *name, int64_t as_of, int64_t published, int64_t id, unsigned limit,
                     Range *range, GError **error)
{
    if (!story_list_parse(name, &range->list)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no list \"%.200s\"", name);
    }
    range->since = INT64_MIN;
    range->before = as_of == INT64_MAX ? as_of : as_of + 1;
    range->before_id = as_of == INT64_MAX ? INT64_MAX : 0;
    range->day_first = 0;
    range->day_last = INT64_MAX;
    range->most = limit == 0 ? INT64_MAX : limit;
    if (range->list.day_first != 0) {
        range->day_first = range->list.day_first;
        range->day_last = range->list.day_last;
        range->since = calendar_earliest(range->day_first);
        int64_t end = calendar_latest(range->day_last);
        if (end < range->before) {
            range->before = end;
        }
    }
    if (published < range->before) {
        range->before = published;
        range->before_id = id;
    }
    return true;
}

bool story_list_read_before(Store *store, const char *name, int64_t as_of, int64_t published,
                            int64_t id, unsigned limit, GPtrArray **cards, GError **error)
{
    Range r = {0};
    if (!range_of(name, as_of, published, id, limit, &r, error)) {
        return false;
    }
    StoreRows *rows = desk_list_cards(store, r.list.key, r.before, r.before_id, r.since,
                                      r.day_first, r.day_last, r.most, error);
    GPtrArray *found = story_cards_of_rows(store, rows, error);
    if (found == NULL) {
        return false;
    }
    *cards = found;
    return true;
}

bool story_list_read(Store *store, const char *name, int64_t as_of, unsigned limit,
                     GPtrArray **cards, GError **error)
{
    return story_list_read_before(store, name, as_of, INT64_MAX, INT64_MAX, limit, cards, error);
}

bool story_list_ids(Store *store, const char *name, int64_t as_of, unsigned limit, GArray **ids,
                    GError **error)
{
    Range r = {0};
    if (!range_of(name, as_of, INT64_MAX, INT64_MAX, limit, &r, error)) {
        return false;
    }
    GArray *found =
        story_ids_of_rows(desk_list_ids(store, r.list.key, r.before, r.before_id, r.since,
                                        r.day_first, r.day_last, r.most, error),
                          error);
    if (found == NULL) {
        return false;
    }
    *ids = found;
    return true;
}
