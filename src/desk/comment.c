/* What the staff says about a text: comment.h. */
#include "desk/comment.h"

#include "base/error.h"
#include "desk/name.h"
#include "desk/story_change.h"
#include "desk/story_text_find.h"
#include "desk/story_words.h"
#include "desk/working.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

void comment_free(Comment *comment)
{
    if (comment != NULL) {
        g_free(comment->name);
        g_free(comment->passage);
        g_free(comment->text);
        g_free(comment->settled_by);
        g_free(comment);
    }
}

GPtrArray *comment_list(Store *store, int64_t story, GError **error)
{
    g_autoptr(StoreRows) rows = desk_comment_list(store, story, error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)comment_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Comment *comment = g_new0(Comment, 1);
        comment->id = store_number(rows, 0);
        comment->story = store_number(rows, 1);
        comment->person = store_number(rows, 2);
        comment->name = store_text_copy(rows, 3);
        comment->created = store_number(rows, 4);
        comment->passage = store_text_copy(rows, 5);
        comment->text = store_text_copy(rows, 6);
        comment->settled = store_number(rows, 7);
        comment->settled_by = store_text_copy(rows, 8);
        g_ptr_array_add(list, comment);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

typedef struct {
    int64_t story, person, now, id;
    const char *name, *passage, *text;
} Add;

/* A text that a passage may be of: saved, or as somebody is writing it. */
typedef struct {
    const char *title, *lead, *body;
} Text;

/* As its readers read it, or in Markdown, with its marks or as the editor shows it without. */
static bool has_passage(Store *store, const Story *story, const Text *text, const char *passage,
                        bool *there, GError **error)
{
    StoryBody all = {.story = story->id,
                     .kind = story->kind,
                     .format = story->format,
                     .language = story->language,
                     .text = text->body};
    g_autofree char *prose = story_words_text(store, &all, error);
    if (prose == NULL) {
        return false;
    }
    g_autofree char *both = g_strjoin("\n", text->title, text->lead, text->body, NULL);
    *there = *there || comment_stands(both, passage) || comment_stands(prose, passage);
    return true;
}

static bool passage_stands(Store *store, const Add *work, GError **error)
{
    bool there = *work->passage == '\0';
    StoryFormat format = STORY_MARKDOWN;
    g_autofree char *body = NULL;
    g_autoptr(Story) story = there ? NULL : story_read(store, work->story, error);
    if (!there && (story == NULL || !story_text(store, work->story, &body, &format, error) ||
                   !has_passage(store, story, &(Text){story->headline, story->standfirst, body},
                                work->passage, &there, error))) {
        return false;
    }
    g_autoptr(GError) none = NULL;
    g_autoptr(Working) own = there ? NULL : working_read(store, work->story, work->person, &none);
    if (none != NULL && !g_error_matches(none, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&none));
        return false;
    }
    if (own != NULL && !has_passage(store, story, &(Text){own->title, own->lead, own->body},
                                    work->passage, &there, error)) {
        return false;
    }
    return there ||
           fail(error, KOLOKOL_ERROR_INVALID, "the passage does not stand in the story's text");
}

static bool add(Store *store, void *data, GError **error)
{
    Add *work = data;
    g_autoptr(Story) story = story_read(store, work->story, error);
    if (story == NULL || !story_change_open(story, error)) {
        return false;
    }
    g_autoptr(GPtrArray) known = comment_list(store, work->story, error);
    if (known == NULL) {
        return false;
    }
    if (known->len >= COMMENT_MOST) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "story %" PRId64 " has %u comments, which is the most there may be",
                    work->story, COMMENT_MOST);
    }
    return passage_stands(store, work, error) &&
           store_next_id(store, "comment", &work->id, error) &&
           desk_comment_insert(store, work->id, work->story, work->person, work->name, work->now,
                               work->passage, work->text, error);
}

bool comment_add(Store *store, int64_t story, int64_t person, const char *name, const char *passage,
                 const char *text, int64_t now, int64_t *id, GError **error)
{
    g_autofree char *words = g_strstrip(g_strdup(text));
    if (words[0] == '\0') {
        return fail(error, KOLOKOL_ERROR_INVALID, "the comment's text is missing");
    }
    if (!desk_plain_text("comment", words, COMMENT_TEXT, error) ||
        !desk_plain_text("passage", passage, COMMENT_PASSAGE, error)) {
        return false;
    }
    Add work = {.story = story,
                .person = person,
                .now = now,
                .name = name,
                .passage = passage,
                .text = words};
    if (!store_transact(store, add, &work, error)) {
        return false;
    }
    if (id != NULL) {
        *id = work.id;
    }
    return true;
}

bool comment_settle(Store *store, int64_t story, int64_t id, const char *by, int64_t now,
                    GError **error)
{
    bool there = false;
    return store_rows_any(desk_comment_read(store, story, id, error), &there, error) &&
           (there || fail(error, KOLOKOL_ERROR_NOT_FOUND,
                          "story %" PRId64 " has no comment %" PRId64, story, id)) &&
           desk_comment_settle(store, story, id, now, by, error);
}

bool comment_stands(const char *text, const char *passage)
{
    g_autofree char *plain = story_text_unmarked(text);
    g_autofree char *both = g_strjoin("\n", text, plain, NULL);
    g_autofree char *folded = story_text_folded(both);
    g_autofree char *wanted = story_text_folded(passage);
    return *wanted != '\0' && strstr(folded, wanted) != NULL;
}
