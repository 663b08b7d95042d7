/* The queue of words to be read, and a story's words: story_words.h. */
#include "desk/story_words.h"

#include "desk/live.h"
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
    bool live = after->kind == STORY_KIND_LIVE; /* an entry changes words, and is no revision */
    if ((!was && !is) ||
        (was == is && !revised && !live && before->published == after->published)) {
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

/* The prose of a body, a line a block; a body that a page could not show has none. Caller frees. */
static char *story_words_prose(const char *body, StoryFormat format, const char *language)
{
    g_auto(SafeHtml) html = {0};
    MarkdownOptions options = {.language = language};
    bool made = format == STORY_HTML ? sanitise_html(body, strlen(body), NULL, &html, NULL)
                                     : markdown_render(body, strlen(body), &options, &html, NULL);
    return made ? plain_from_html(&html, PLAIN_PROSE) : g_strdup("");
}

/* Markup of entries, newest first, until there is enough; then each as prose. */
static bool add_entries(Store *store, int64_t story, const char *language, GString *text,
                        GError **error)
{
    g_autoptr(GPtrArray) entries = live_list(store, story, error);
    size_t read = 0;
    for (guint i = 0; entries != NULL && i < entries->len && read < STORY_WORDS_LIVE; i++) {
        const LiveEntry *entry = entries->pdata[i];
        g_autofree char *prose = story_words_prose(entry->body, entry->format, language);
        g_string_append_printf(text, "\n%s\n%s", entry->headline, prose);
        read += strlen(entry->headline) + strlen(entry->body);
    }
    return entries != NULL;
}

char *story_words_text(Store *store, const StoryBody *body, GError **error)
{
    g_autofree char *prose = story_words_prose(body->text, body->format, body->language);
    g_autoptr(GString) text = g_string_new(prose);
    return body->kind != STORY_KIND_LIVE ||
                   add_entries(store, body->story, body->language, text, error)
               ? g_string_free(g_steal_pointer(&text), FALSE)
               : NULL;
}

bool story_words_read(Store *store, int64_t story, StoryWords *words, GError **error)
{
    g_autofree char *head = NULL;
    g_autofree char *text = NULL;
    StoryBody body = {.story = story};
    story_words_clear(words);
    *words = (StoryWords){0};
    {
        g_autoptr(StoreRows) rows = desk_words_of_story(store, story, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step != STORE_ROW) {
            return step == STORE_END;
        }
        words->language = store_text_copy(rows, 0);
        words->published = store_number(rows, 2);
        words->out = story_kind_parse(store_text(rows, 1), &body.kind) &&
                     body.kind != STORY_KIND_PAGE && store_number(rows, 3) != 0 &&
                     story_format_parse(store_text(rows, 6), &body.format);
        head = g_strjoin("\n", store_text(rows, 4), store_text(rows, 5), NULL);
        text = store_text_copy(rows, 7);
    }
    if (words->out) {
        body.text = text;
        body.language = words->language;
        g_autofree char *prose = story_words_text(store, &body, error);
        words->text = prose == NULL ? NULL : g_strjoin("\n", head, prose, NULL);
        return prose != NULL;
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
