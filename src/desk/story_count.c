/* Counts for archives: story_count.h. The counters are written by batch.c. */
#include "desk/story_count.h"

#include "base/error.h"
#include "desk/calendar.h"
#include "desk/story_list.h"
#include "desk_sql.h"

#include <string.h>

typedef enum { DAYS, MONTHS, YEARS } Step;

typedef struct {
    const char *prefix, *key;
    unsigned names;
    Step step;
} Shape;

static const Shape shapes[] = {
    {"count:month/", "all", 1, DAYS},
    {"count:year/", "all", 1, MONTHS},
    {"count:years/", "all", 1, YEARS},
    {"count:section-year/", "section", 2, MONTHS},
    {"count:section-years/", "section", 2, YEARS},
    {"count:topic-year/", "topic", 2, MONTHS},
    {"count:topic-years/", "topic", 2, YEARS},
    {"count:author-year/", "author", 2, MONTHS},
    {"count:author-years/", "author", 2, YEARS},
};

typedef struct {
    char key[256];
    Step step;
    int64_t date; /* YYYYMM of DAYS, YYYY of MONTHS */
} Wish;

static bool parse_as(const Shape *shape, const char *rest, Wish *wish)
{
    g_auto(GStrv) parts = g_strsplit(rest, "/", 4);
    if (g_strv_length(parts) != shape->names + (shape->step != YEARS) || parts[0][0] == '\0') {
        return false;
    }
    const char *date = parts[shape->names];
    if ((shape->step == DAYS && !calendar_month_parse(date, &wish->date)) ||
        (shape->step == MONTHS && !calendar_year_parse(date, &wish->date))) {
        return false;
    }
    wish->step = shape->step;
    int length = g_snprintf(wish->key, sizeof wish->key, "%s/%s%s%s", shape->key, parts[0],
                            shape->names == 2 ? "/" : "", shape->names == 2 ? parts[1] : "");
    return (size_t)length < sizeof wish->key;
}

static bool parse(const char *input, Wish *wish)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(shapes); i++) {
        if (g_str_has_prefix(input, shapes[i].prefix)) {
            return parse_as(&shapes[i], input + strlen(shapes[i].prefix), wish);
        }
    }
    return false;
}

/* A number and how often: rows of two columns. */
typedef struct {
    int64_t number, count;
} Pair;

static GArray *pairs_of_rows(StoreRows *taken, GError **error)
{
    if (taken == NULL) {
        return NULL;
    }
    g_autoptr(StoreRows) rows = taken;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        Pair pair = {store_number(rows, 0), store_number(rows, 1)};
        g_array_append_val(pairs, pair);
    }
    return step == STORE_END ? g_steal_pointer(&pairs) : NULL;
}

/* Months of a list with what is visible at as_of. */
static GArray *visible_months(Store *store, const char *key, int64_t first, int64_t last,
                              int64_t as_of, GError **error)
{
    g_autoptr(GArray) months =
        pairs_of_rows(desk_count_months(store, key, first, last, error), error);
    g_autoptr(GArray) later =
        months == NULL ? NULL : pairs_of_rows(desk_count_later(store, key, as_of, error), error);
    if (later == NULL) {
        return NULL;
    }
    for (unsigned i = 0; i < months->len; i++) {
        Pair *month = &g_array_index(months, Pair, i);
        for (unsigned k = 0; k < later->len; k++) {
            const Pair *hidden = &g_array_index(later, Pair, k);
            month->count -= hidden->number == month->number ? hidden->count : 0;
        }
    }
    return g_steal_pointer(&months);
}

static void add_count(GArray *counts, Step step, int64_t number, int64_t count)
{
    StoryCount made = {.count = count};
    if (step == YEARS) {
        g_snprintf(made.key, sizeof made.key, "%04d", (int)number);
    } else if (step == MONTHS) {
        g_snprintf(made.key, sizeof made.key, "%04d-%02d", (int)(number / 100 % 10000),
                   (int)(number % 100));
    } else {
        g_snprintf(made.key, sizeof made.key, "%04d-%02d-%02d", (int)(number / 10000 % 10000),
                   (int)(number / 100 % 100), (int)(number % 100));
    }
    StoryCount *last = counts->len > 0 ? &g_array_index(counts, StoryCount, counts->len - 1) : NULL;
    if (last != NULL && strcmp(last->key, made.key) == 0) {
        last->count += count;
    } else if (count > 0) {
        g_array_append_val(counts, made);
    }
}

static GArray *pairs_wished(Store *store, const Wish *wish, int64_t as_of, GError **error)
{
    if (wish->step == YEARS) {
        return visible_months(store, wish->key, 0, INT64_MAX, as_of, error);
    }
    if (wish->step == MONTHS) {
        return visible_months(store, wish->key, wish->date * 100, wish->date * 100 + 12, as_of,
                              error);
    }
    int64_t first = wish->date * 100 + 1;
    int64_t last = wish->date * 100 + 31;
    int64_t until = MIN(calendar_latest(last), as_of);
    return pairs_of_rows(
        desk_count_days(store, wish->key, calendar_earliest(first), until, first, last, error),
        error);
}

bool story_counts_read(Store *store, const char *input, int64_t as_of, GArray **counts,
                       GError **error)
{
    Wish wish = {0};
    if (!parse(input, &wish)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no count \"%.200s\"", input);
    }
    g_autoptr(GArray) pairs = pairs_wished(store, &wish, as_of, error);
    if (pairs == NULL) {
        return false;
    }
    GArray *found = g_array_new(FALSE, FALSE, sizeof(StoryCount));
    for (unsigned i = 0; i < pairs->len; i++) {
        const Pair *pair = &g_array_index(pairs, Pair, i);
        if (pair->count > 0) {
            add_count(found, wish.step, wish.step == YEARS ? pair->number / 100 : pair->number,
                      pair->count);
        }
    }
    *counts = found;
    return true;
}

bool story_count_list(Store *store, const char *list, int64_t as_of, int64_t *count, GError **error)
{
    StoryList parsed = {0};
    if (!story_list_parse(list, &parsed) || parsed.day_first != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no list \"%.200s\" to count", list);
    }
    g_autoptr(GArray) months = visible_months(store, parsed.key, 0, INT64_MAX, as_of, error);
    if (months == NULL) {
        return false;
    }
    int64_t sum = 0;
    for (unsigned i = 0; i < months->len; i++) {
        sum += g_array_index(months, Pair, i).count;
    }
    *count = sum;
    return true;
}
