/* The queue of search, and a story's prose: story_search.h. */
#include "desk/story_search.h"

#include "desk/story_words.h"
#include "desk_sql.h"

static bool counts(const Story *story)
{
    return story != NULL && story->kind != STORY_KIND_PAGE && story_goes_out(story);
}

bool story_search_changed(Store *store, const Story *before, const Story *after, int64_t now,
                          GError **error)
{
    if (!counts(before) && !counts(after)) {
        return true;
    }
    bool later =
        counts(after) && after->published > now && (!counts(before) || before->published > now);
    return desk_search_put(store, after->id, later ? after->published : 0, error);
}

bool story_search_renamed(Store *store, const char *language, const char *section, GError **error)
{
    g_autofree char *list = g_strconcat("section/", language, "/", section, NULL);
    return desk_search_put_listed(store, list, STORY_SEARCH_BACKLOG, error);
}

GArray *story_search_next(Store *store, int64_t now, unsigned most, GError **error)
{
    g_autoptr(StoreRows) rows = desk_search_next(store, now, most, error);
    g_autoptr(GArray) next = g_array_new(FALSE, FALSE, sizeof(StorySearchRow));
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        StorySearchRow row = {store_number(rows, 0), store_number(rows, 1)};
        g_array_append_val(next, row);
    }
    return step == STORE_END ? g_steal_pointer(&next) : NULL;
}

bool story_search_done(Store *store, const StorySearchRow *row, GError **error)
{
    return desk_search_done(store, row->story, row->changes, error);
}

char *story_search_prose(Store *store, const Story *story, GError **error)
{
    g_autofree char *body = NULL;
    StoryFormat format = STORY_MARKDOWN;
    if (!story_text(store, story->id, &body, &format, error)) {
        return NULL;
    }
    StoryBody whole = {.story = story->id,
                       .kind = story->kind,
                       .format = format,
                       .language = story->language,
                       .text = body};
    return story_words_text(store, &whole, error);
}
