/* Keeping what is typed: working.h. Saving it is working_save.c. */
#include "desk/working.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/floor.h"
#include "desk/story_input.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

void working_free(Working *working)
{
    if (working != NULL) {
        g_free(working->name);
        g_free(working->title);
        g_free(working->lead);
        g_free(working->body);
        g_free(working->rest);
        g_free(working);
    }
}

static Working *of_row(StoreRows *rows)
{
    Working *working = g_new0(Working, 1);
    working->story = store_number(rows, 0);
    working->person = store_number(rows, 1);
    working->base = store_number(rows, 2);
    working->serial = store_number(rows, 3);
    working->changed = store_number(rows, 4);
    working->name = store_text_copy(rows, 5);
    working->title = store_text_copy(rows, 6);
    working->lead = store_text_copy(rows, 7);
    working->body = store_text_copy(rows, 8);
    working->rest = store_text_copy(rows, 9);
    working->floor = store_number(rows, 10);
    return working;
}

/* Takes the rows, which may be NULL. */
static GPtrArray *of_rows(StoreRows *taken, GError **error)
{
    if (taken == NULL) {
        return NULL;
    }
    g_autoptr(StoreRows) rows = taken;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)working_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(list, of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

GPtrArray *working_list(Store *store, int64_t story, GError **error)
{
    return of_rows(desk_working_of_story(store, story, error), error);
}

GPtrArray *working_of_person(Store *store, int64_t person, unsigned most, GError **error)
{
    return of_rows(desk_working_of_person(store, person, most, error), error);
}

Working *working_read(Store *store, int64_t story, int64_t person, GError **error)
{
    g_autoptr(GPtrArray) list = of_rows(desk_working_read(store, story, person, error), error);
    if (list == NULL) {
        return NULL;
    }
    if (list->len == 0) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no unsaved text of story %" PRId64, story);
        return NULL;
    }
    return g_ptr_array_steal_index(list, 0);
}

static bool check(const WorkingText *text, GError **error)
{
    return story_input_check_text("title", text->title, strlen(text->title), LIMIT_TITLE, error) &&
           story_input_check_text("lead", text->lead, strlen(text->lead), STORY_INPUT_LEAD,
                                  error) &&
           story_input_check_text("body", text->body, strlen(text->body), LIMIT_BODY, error) &&
           story_input_check_text("rest of the form", text->rest, strlen(text->rest), WORKING_REST,
                                  error);
}

static bool same_words(const Working *working, const WorkingText *text)
{
    return strcmp(working->title, text->title) == 0 && strcmp(working->lead, text->lead) == 0 &&
           strcmp(working->body, text->body) == 0 && strcmp(working->rest, text->rest) == 0;
}

static bool same(const Working *working, const WorkingText *text)
{
    return working->base == text->base && same_words(working, text);
}

static bool other_window(const WorkingText *text, GError **error)
{
    return fail(error, KOLOKOL_ERROR_CONFLICT,
                "another window has typed into story %" PRId64 " since; its text is kept, and "
                "this one stays in this window",
                text->story);
}

bool working_alone(const Working *working, const WorkingText *text, int64_t seen, GError **error)
{
    return working == NULL || working->serial == seen || same_words(working, text) ||
           other_window(text, error);
}

int64_t working_next(const Working *before, int64_t now)
{
    return before == NULL ? MAX(now, 1) : MAX(now, before->serial + 1);
}

typedef struct {
    const WorkingText *text;
    int64_t seen, now, serial;
} Keep;

bool working_check(Store *store, const Story *story, const WorkingText *text, GError **error)
{
    if (story->state == STORY_TAKEN_DOWN) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " has been taken down; nothing of it is kept", text->story);
    }
    return floor_check(store, text->story, text->floor, error);
}

static bool check_base(Store *store, const WorkingText *text, GError **error)
{
    g_autoptr(Story) story = story_read(store, text->story, error);
    if (story == NULL || !working_check(store, story, text, error)) {
        return false;
    }
    return (text->base >= 1 && text->base <= story->revision) ||
           fail(error, KOLOKOL_ERROR_INVALID, "story %" PRId64 " has no revision %" PRId64,
                text->story, text->base);
}

static bool keep(Store *store, void *data, GError **error)
{
    Keep *work = data;
    const WorkingText *text = work->text;
    if (!check_base(store, text, error)) {
        return false;
    }
    g_autoptr(GPtrArray) known =
        of_rows(desk_working_read(store, text->story, text->person, error), error);
    if (known == NULL) {
        return false;
    }
    const Working *before = known->len > 0 ? known->pdata[0] : NULL;
    work->serial = before != NULL ? before->serial : 0;
    if (before != NULL && same(before, text)) {
        return true;
    }
    if (before != NULL && before->serial != work->seen) {
        return other_window(text, error);
    }
    work->serial = working_next(before, work->now);
    return desk_working_put(store, text->story, text->person, text->base, work->serial, work->now,
                            text->name, text->title, text->lead, text->body, text->rest,
                            text->floor, error);
}

bool working_keep(Store *store, const WorkingText *text, int64_t seen, int64_t now, int64_t *serial,
                  GError **error)
{
    Keep work = {.text = text, .seen = seen, .now = now};
    if (!check(text, error) || !store_transact(store, keep, &work, error)) {
        return false;
    }
    if (serial != NULL) {
        *serial = work.serial;
    }
    return true;
}

bool working_drop(Store *store, int64_t story, int64_t person, GError **error)
{
    return desk_working_delete(store, story, person, error);
}
