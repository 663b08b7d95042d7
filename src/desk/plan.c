/* What is planned: plan.h. The calendar itself is plan_office.c. */
#include "desk/plan.h"

#include "desk_plan_sql.h"

typedef struct {
    GPtrArray *items;
    const PlanAsked *asked;
    bool more;
} Collected;

static void item_free(gpointer data)
{
    PlanItem *item = data;
    g_free(item->title);
    g_free(item->language);
    g_free(item);
}

const char *plan_kind_name(PlanKind kind)
{
    static const char *const names[PLAN_KINDS] = {
        [PLAN_PUBLISHED] = "published", [PLAN_SCHEDULED] = "scheduled", [PLAN_DUE] = "due",
        [PLAN_EMBARGO] = "embargo",     [PLAN_HOLD] = "hold",
    };
    return names[kind];
}

static bool may_see(const PlanAsked *asked, int64_t embargo, int64_t assignee)
{
    return asked->embargoed || embargo <= asked->now || assignee == asked->person;
}

/* Takes the rows, which are as plan.sql says. */
static bool collect(Collected *all, PlanKind kind, StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    unsigned count = 0;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t moment = store_number(rows, 3), embargo = store_number(rows, 4);
        if (++count > PLAN_MOST) {
            all->more = true;
            return true;
        }
        if (!may_see(all->asked, embargo, store_number(rows, 5))) {
            continue;
        }
        PlanItem *item = g_new0(PlanItem, 1);
        *item = (PlanItem){
            .kind = kind == PLAN_PUBLISHED && moment > all->asked->now ? PLAN_SCHEDULED : kind,
            .story = store_number(rows, 0),
            .title = store_text_copy(rows, 1),
            .language = store_text_copy(rows, 2),
            .moment = moment,
            .embargo = embargo};
        g_ptr_array_add(all->items, item);
    }
    return step == STORE_END;
}

static bool read_language(Store *store, Collected *all, const char *language, GError **error)
{
    const PlanAsked *asked = all->asked;
    const char *section = asked->section;
    int64_t since = asked->since, until = asked->until;
    int64_t most = PLAN_MOST + 1;
    g_autofree char *list = *section == '\0'
                                ? g_strconcat("all/", language, NULL)
                                : g_strconcat("section/", language, "/", section, NULL);
    return collect(all, PLAN_PUBLISHED, desk_plan_out(store, list, since, until, most, error),
                   error) &&
           collect(all, PLAN_DUE,
                   desk_plan_due(store, since, until, language, section, most, error), error) &&
           collect(all, PLAN_EMBARGO,
                   desk_plan_embargoes(store, since, until, language, section, most, error),
                   error) &&
           collect(all, PLAN_HOLD, desk_plan_holds(store, since, until, language, section, error),
                   error);
}

static int by_moment(gconstpointer left, gconstpointer right)
{
    const PlanItem *a = *(const PlanItem *const *)left, *b = *(const PlanItem *const *)right;
    int64_t difference = a->moment != b->moment ? (a->moment < b->moment ? -1 : 1)
                         : a->story != b->story ? (a->story < b->story ? -1 : 1)
                                                : (int64_t)a->kind - (int64_t)b->kind;
    return (int)difference;
}

GPtrArray *plan_read(Store *store, const PlanAsked *asked, bool *more, GError **error)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(item_free);
    Collected all = {.items = items, .asked = asked};
    for (const char *const *language = asked->languages; *language != NULL; language++) {
        if (!read_language(store, &all, *language, error)) {
            return NULL;
        }
    }
    g_ptr_array_sort(items, by_moment);
    *more = all.more;
    return g_steal_pointer(&items);
}
