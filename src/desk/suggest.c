/* What a story's form offers: suggest.h. */
#include "desk/suggest.h"

#include "desk/section.h"
#include "desk_suggest_sql.h"

/* SUGGEST_MONTHS before: 202511 of a day in 202611. */
static int64_t month_since(const DeskSite *site, int64_t now)
{
    int64_t month = desk_site_day(site, now) / 100;
    int64_t count = month / 100 * 12 + month % 100 - 1 - SUGGEST_MONTHS;
    return count / 12 * 100 + count % 12 + 1;
}

static bool add_sections(Store *store, const char *language, GPtrArray *names, GError **error)
{
    g_autoptr(GPtrArray) sections = section_list(store, language, error);
    for (guint i = 0; sections != NULL && i < MIN(sections->len, SUGGEST_MOST); i++) {
        g_ptr_array_add(names, g_strdup(((const Section *)sections->pdata[i])->name));
    }
    return sections != NULL;
}

/* Takes the rows. */
static bool add_rows(StoreRows *taken, GPtrArray *names, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(names, story_fields_name(store_text(rows, 0)));
    }
    return step == STORE_END;
}

GPtrArray *suggest_names(Store *store, const DeskSite *site, StoryField field, const char *language,
                         int64_t now, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    int64_t month = month_since(site, now);
    bool read = true;
    if (field == STORY_FIELD_SECTION) {
        read = add_sections(store, language, names, error);
    } else if (field == STORY_FIELD_TOPICS) {
        read = add_rows(desk_suggest_topics(store, language, month, SUGGEST_MOST, error), names,
                        error);
    } else if (field == STORY_FIELD_AUTHORS) {
        read = add_rows(desk_suggest_authors(store, language, month, SUGGEST_MOST, error), names,
                        error);
    }
    return read ? g_steal_pointer(&names) : NULL;
}
