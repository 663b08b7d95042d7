/* Telling what became of stories: story_result.h. */
#include "main/story_result.h"

#include "base/clock.h"
#include "base/moment.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

static void story_free_maybe(gpointer story)
{
    story_free(story);
}

bool story_result_begin(StoryResult *result, CommandContext *context, GError **error)
{
    *result = (StoryResult){.context = context, .now = clock_now()};
    result->before = g_ptr_array_new_with_free_func(story_free_maybe);
    result->ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!newsroom_desk_open(&result->desk, context->newsroom, error)) {
        return false;
    }
    result->appearance = appearance_new(context->newsroom, error);
    return result->appearance != NULL;
}

void story_result_clear(StoryResult *result)
{
    g_clear_pointer(&result->appearance, appearance_free);
    g_clear_pointer(&result->before, g_ptr_array_unref);
    g_clear_pointer(&result->ids, g_array_unref);
    newsroom_desk_clear(&result->desk);
}

bool story_result_find(StoryResult *result, const char *name, int64_t *id, GError **error)
{
    int64_t found = 0;
    if (!story_find(result->desk.store, name, &found, error)) {
        return false;
    }
    Story *before = story_read(result->desk.store, found, error);
    if (before == NULL) {
        return false;
    }
    story_result_add(result, found, before);
    *id = found;
    return true;
}

void story_result_add(StoryResult *result, int64_t id, Story *before)
{
    g_array_append_val(result->ids, id);
    g_ptr_array_add(result->before, before);
}

/* One story, and its page if readers can see a change of it. */
typedef struct {
    Story *after;
    const Story *before;
    const AppearancePage *page;
} Told;

/* The page where a change is to be seen, or NULL. */
static char *page_of(const StoryResult *result, const Story *before, const Story *after)
{
    bool was = before != NULL && story_visible(before, result->now);
    bool is = story_visible(after, clock_now());
    bool differs = before == NULL || before->version != after->version;
    return differs && (was || is) ? after->path : NULL;
}

static const char *verdict(const Told *told)
{
    switch (told->page->outcome) {
    case APPEARANCE_LIVE:
        return told->after->state == STORY_PUBLISHED || told->after->state == STORY_SCHEDULED
                   ? "live at"
                   : "gone from";
    case APPEARANCE_SAME:
        return "the page is as it was:";
    case APPEARANCE_LATE:
        break;
    }
    return "not yet live; `kolokol press` says why:";
}

static void print_text(const StoryResult *result, const Told *told)
{
    FILE *out = result->context->out;
    const Story *after = told->after;
    bool unchanged = told->before != NULL && told->before->version == after->version &&
                     told->before->state == after->state;
    fprintf(out, "story %" PRId64 ": %s%s: %s\n", after->id,
            unchanged              ? "unchanged, "
            : told->before == NULL ? "created, "
                                   : "",
            story_state_name(after->state), after->headline);
    g_autofree char *url =
        after->path == NULL ? NULL : newsroom_desk_address(&result->desk, after->path);
    if (told->page == NULL) {
        if (after->state == STORY_SCHEDULED) {
            g_autofree char *when = moment_rfc3339(after->published);
            fprintf(out, "appears %s at %s\n", when, url);
        }
    } else if (told->page->outcome == APPEARANCE_LIVE) {
        fprintf(out, "%s %s in %.0f ms\n", verdict(told), url,
                (double)told->page->microseconds / 1000);
    } else {
        fprintf(out, "%s %s\n", verdict(told), url);
    }
}

static bool print_json(const StoryResult *result, const Told *told, GError **error)
{
    const Story *after = told->after;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *url =
        after->path == NULL ? NULL : newsroom_desk_address(&result->desk, after->path);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", after->id);
    json_writer_text_member(&json, "status", story_state_name(after->state));
    json_writer_bool_member(&json, "created", told->before == NULL);
    json_writer_bool_member(&json, "changed",
                            told->before == NULL || told->before->version != after->version ||
                                told->before->state != after->state);
    json_writer_text_member(&json, "title", after->headline);
    json_writer_text_member(&json, "path", after->path);
    json_writer_text_member(&json, "url", url);
    if (told->page != NULL) {
        bool live = told->page->outcome == APPEARANCE_LIVE;
        json_writer_bool_member(&json, "live", live);
        if (live) {
            json_writer_number_member(&json, "milliseconds", told->page->microseconds / 1000);
        }
    }
    json_writer_close(&json);
    if (!json_writer_finish(&json, error)) {
        return false;
    }
    fprintf(result->context->out, "%s\n", out->str);
    return true;
}

static bool say_failure(StoryResult *result, const Told *told, GError **error)
{
    g_autofree char *name = g_strdup_printf("story:%" PRId64, told->after->id);
    return appearance_tell_failure(result->appearance, result->context, name, "its page", error);
}

static bool print_one(StoryResult *result, const Told *told, GError **error)
{
    if (told->page != NULL && told->page->outcome == APPEARANCE_SAME &&
        !say_failure(result, told, error)) {
        return false;
    }
    if (told->page != NULL && told->page->outcome == APPEARANCE_LATE) {
        result->context->failed = true;
    }
    if (result->context->json) {
        return print_json(result, told, error);
    }
    print_text(result, told);
    return true;
}

bool story_result_print(StoryResult *result, GError **error)
{
    guint count = result->ids->len;
    g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func(story_free_maybe);
    g_autofree AppearancePage *pages = g_new0(AppearancePage, count + 1);
    g_autofree int *page_at = g_new0(int, count + 1); /* by story, -1 for none */
    unsigned shown = 0;
    for (guint i = 0; i < count; i++) {
        int64_t id = g_array_index(result->ids, int64_t, i);
        Story *story = story_read(result->desk.store, id, error);
        if (story == NULL) {
            return false;
        }
        g_ptr_array_add(after, story);
        char *path = page_of(result, g_ptr_array_index(result->before, i), story);
        page_at[i] = path == NULL ? -1 : (int)shown;
        if (path != NULL) {
            pages[shown++].path = path;
        }
    }
    if (shown > 0 && !appearance_wait(result->appearance, pages, shown, error)) {
        g_prefix_error(error, "the change is kept, but the edition could not be made: ");
        return false;
    }
    for (guint i = 0; i < count; i++) {
        Told told = {g_ptr_array_index(after, i), g_ptr_array_index(result->before, i),
                     page_at[i] < 0 ? NULL : &pages[page_at[i]]};
        if (!print_one(result, &told, error)) {
            return false;
        }
    }
    fflush(result->context->out);
    return appearance_finish(result->appearance, error);
}
