/* The breaking line: breaking.h. */
#include "desk/breaking.h"

#include "base/error.h"
#include "base/moment.h"
#include "desk/name.h"
#include "desk/story.h"
#include "desk_sql.h"
#include "press/press.h"

#include <inttypes.h>
#include <string.h>

void breaking_free(Breaking *breaking)
{
    if (breaking != NULL) {
        g_free(breaking->text);
        g_free(breaking);
    }
}

/* The line, ended or not; *found is NULL where there is none. */
static bool read_line(Store *store, const char *language, Breaking **found, GError **error)
{
    g_autoptr(StoreRows) rows = desk_breaking_read(store, language, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        Breaking *breaking = g_new0(Breaking, 1);
        breaking->text = store_text_copy(rows, 0);
        breaking->story = store_number(rows, 1);
        breaking->until = store_number(rows, 2);
        breaking->since = store_number(rows, 3);
        *found = breaking;
    }
    return step != STORE_FAILED;
}

Breaking *breaking_read(Store *store, const char *language, int64_t as_of, GError **error)
{
    g_autoptr(Breaking) breaking = NULL;
    if (!read_line(store, language, &breaking, error)) {
        return NULL;
    }
    if (breaking == NULL || breaking->until <= as_of) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no breaking line in the language \"%s\"",
             language);
        return NULL;
    }
    return g_steal_pointer(&breaking);
}

typedef struct {
    const char *language, *text;
    int64_t story, until, now;
} Line;

static bool touch(Store *store, const char *language, GError **error)
{
    g_autofree char *input = g_strconcat("breaking:", language, NULL);
    return press_touch(store, input, error);
}

/* A line is public at once, and a story under embargo is not to be known of. */
static bool may_lead_to(Store *store, const Line *line, GError **error)
{
    g_autoptr(Story) story = story_read(store, line->story, error);
    if (story == NULL || story->embargo <= line->now) {
        return story != NULL;
    }
    g_autofree char *until = moment_rfc3339(story->embargo);
    return fail(error, KOLOKOL_ERROR_INVALID,
                "story %" PRId64 " is under embargo until %s, and a breaking line is public at "
                "once: it cannot lead to the story; lift the embargo first",
                line->story, until);
}

static bool set_body(Store *store, void *data, GError **error)
{
    const Line *line = data;
    g_autoptr(Breaking) old = NULL;
    if (!read_line(store, line->language, &old, error)) {
        return false;
    }
    if (old != NULL && strcmp(old->text, line->text) == 0 && old->story == line->story &&
        old->until == line->until) {
        return true;
    }
    if (line->story != 0 && !may_lead_to(store, line, error)) {
        return false;
    }
    return desk_breaking_put(store, line->language, line->text,
                             line->story != 0 ? &line->story : NULL, line->until, line->now,
                             error) &&
           touch(store, line->language, error);
}

bool breaking_set(Store *store, const char *language, const char *text, int64_t story,
                  int64_t until, int64_t now, GError **error)
{
    g_autofree char *line = desk_one_line(text);
    if (line[0] == '\0') {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the breaking line is empty; to end it, clear it");
    }
    Line given = {language, line, story, until, now};
    return desk_plain_text("breaking line", line, BREAKING_TEXT, error) &&
           store_transact(store, set_body, &given, error);
}

static bool clear_body(Store *store, void *data, GError **error)
{
    int64_t changed = 0;
    return desk_breaking_delete_counted(store, data, &changed, error) &&
           (changed == 0 || touch(store, data, error));
}

bool breaking_clear(Store *store, const char *language, GError **error)
{
    g_autofree char *copy = g_strdup(language);
    return store_transact(store, clear_body, copy, error);
}
