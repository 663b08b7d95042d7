/* The queue of words to be read, and a story's words: story_words.h. */
#include "desk/story_words.h"

#include "desk/story_count.h"
#include "desk_sql.h"
#include "text/markdown.h"
#include "text/plain.h"

#include <string.h>

static bool counts(const Story *story)
{
    return story != NULL && story->kind != STORY_KIND_PAGE && story_goes_out(story);
}

bool story_words_changed(Store *store, const Story *before, const Story *after, bool revised,
                         GError **error)
{
    bool was = counts(before), is = counts(after);
    if ((!was && !is) || (was == is && !revised && before->published == after->published)) {
        return true;
    }
    return desk_words_put(store, after->id, is ? after->published : before->published, error);
}

GArray *story_words_next(Store *store, unsigned most, GError **error)
{
    g_autoptr(StoreRows) rows = desk_words_next(store, most, error);
    g_autoptr(GArray) next = g_array_new(FALSE, FALSE, sizeof(StoryWordsRow));
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        StoryWordsRow row = {store_number(rows, 0), store_number(rows, 1)};
        g_array_append_val(next, row);
    }
    return step == STORE_END ? g_steal_pointer(&next) : NULL;
}

bool story_words_done(Store *store, const StoryWordsRow *row, GError **error)
{
    return desk_words_done(store, row->story, row->changes, error);
}

void story_words_clear(StoryWords *words)
{
    g_clear_pointer(&words->language, g_free);
    g_clear_pointer(&words->text, g_free);
}

char *story_words_prose(const char *body, StoryFormat format, const char *language)
{
    g_auto(SafeHtml) html = {0};
    MarkdownOptions options = {.language = language};
    bool made = format == STORY_HTML ? sanitise_html(body, strlen(body), NULL, &html, NULL)
                                     : markdown_render(body, strlen(body), &options, &html, NULL);
    return made ? plain_from_html(&html, PLAIN_PROSE) : g_strdup("");
}

bool story_words_read(Store *store, int64_t story, StoryWords *words, GError **error)
{
    g_autoptr(StoreRows) rows = desk_words_of_story(store, story, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    story_words_clear(words);
    *words = (StoryWords){0};
    if (step == STORE_END) {
        return true;
    }
    StoryKind kind = STORY_KIND_STORY;
    StoryFormat format = STORY_MARKDOWN;
    words->language = store_text_copy(rows, 0);
    words->published = store_number(rows, 2);
    words->out = story_kind_parse(store_text(rows, 1), &kind) && kind != STORY_KIND_PAGE &&
                 store_number(rows, 3) != 0 && story_format_parse(store_text(rows, 6), &format);
    if (words->out) {
        g_autofree char *body = story_words_prose(store_text(rows, 7), format, words->language);
        words->text = g_strjoin("\n", store_text(rows, 4), store_text(rows, 5), body, NULL);
    }
    return true;
}

GArray *story_words_walk(Store *store, const char *language, StoryPlace after, unsigned most,
                         GError **error)
{
    g_autofree char *list = g_strconcat("all/", language, NULL);
    g_autoptr(StoreRows) rows =
        desk_words_walk(store, list, after.published, after.story, most, error);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(StoryPlace));
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        StoryPlace place = {store_number(rows, 0), store_number(rows, 1)};
        g_array_append_val(places, place);
    }
    return step == STORE_END ? g_steal_pointer(&places) : NULL;
}

bool story_words_count(Store *store, const char *language, int64_t *count, GError **error)
{
    g_autofree char *list = g_strconcat("list:all/", language, NULL);
    return story_count_list(store, list, INT64_MAX, count, error);
}
