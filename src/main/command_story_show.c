/* `kolokol story list` and `story show`. What changes stories is command_story.c. */
#include "base/error.h"
#include "base/moment.h"
#include "desk/correction.h"
#include "desk/story_export.h"
#include "desk/story_file.h"
#include "main/newsroom_desk.h"
#include "main/story_verbs.h"
#include "press/weight.h"
#include "text/json.h"

#include <inttypes.h>

#define LIST_FALLBACK 30u
#define LIST_MOST     100000u

static bool limit_of(const CommandContext *context, unsigned *limit, GError **error)
{
    const char *text = command_option(context, "limit");
    guint64 number = LIST_FALLBACK;
    if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 1, LIST_MOST, &number, NULL)) {
        return command_usage(error, "--limit is a number from 1 to %u", LIST_MOST);
    }
    *limit = (unsigned)number;
    return true;
}

static bool state_of(const CommandContext *context, int *state, GError **error)
{
    const char *text = command_option(context, "status");
    StoryState found = STORY_DRAFT;
    *state = -1;
    if (text == NULL) {
        return true;
    }
    if (!story_state_parse(text, &found)) {
        return command_usage(
            error,
            "--status is draft, \"in edit\", ready, scheduled, published, withdrawn or \"taken "
            "down\"");
    }
    *state = (int)found;
    return true;
}

/* What the story's page weighs, if it has been measured. */
static bool weight_of(const NewsroomDesk *desk, const Story *story, PressWeight *weight,
                      GError **error)
{
    g_autofree char *name = g_strdup_printf("story:%" PRId64, story->id);
    return press_weight(desk->store, name, weight, error);
}

static void members(JsonWriter *json, const NewsroomDesk *desk, const Story *story,
                    const PressWeight *weight)
{
    g_autofree char *date =
        story->published == STORY_UNDATED ? NULL : moment_rfc3339(story->published);
    g_autofree char *updated = story->updated == 0 ? NULL : moment_rfc3339(story->updated);
    g_autofree char *embargo = story->embargo == 0 ? NULL : moment_rfc3339(story->embargo);
    g_autofree char *url = story->path == NULL ? NULL : newsroom_desk_address(desk, story->path);
    json_writer_number_member(json, "id", story->id);
    json_writer_text_member(json, "external", story->external);
    json_writer_text_member(json, "status", story_state_name(story->state));
    json_writer_text_member(json, "kind", story_kind_name(story->kind));
    json_writer_text_member(json, "language", story->language);
    json_writer_text_member(json, "date", date);
    json_writer_text_member(json, "updated", updated);
    json_writer_text_member(json, "embargo", embargo);
    json_writer_text_member(json, "section", story->section);
    json_writer_text_member(json, "title", story->headline);
    json_writer_text_member(json, "path", story->path);
    json_writer_text_member(json, "url", url);
    json_writer_number_member(json, "revision", story->revision);
    if (weight->brotli > 0) {
        json_writer_number_member(json, "brotli", weight->brotli);
        json_writer_number_member(json, "gzip", weight->gzip);
        json_writer_bool_member(json, "heavy", weight->heavy);
    }
}

static bool list_json(CommandContext *context, const NewsroomDesk *desk, const GPtrArray *stories,
                      GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < stories->len; i++) {
        JsonWriter json;
        PressWeight weight = {0};
        if (!weight_of(desk, g_ptr_array_index(stories, i), &weight, error)) {
            return false;
        }
        g_string_truncate(out, 0);
        json_writer_init(&json, out, 0);
        json_writer_open_object(&json);
        members(&json, desk, g_ptr_array_index(stories, i), &weight);
        json_writer_close(&json);
        if (!json_writer_finish(&json, error)) {
            return false;
        }
        fprintf(context->out, "%s\n", out->str);
    }
    return true;
}

static bool list_text(CommandContext *context, const NewsroomDesk *desk, const GPtrArray *stories,
                      GError **error)
{
    for (guint i = 0; i < stories->len; i++) {
        const Story *story = g_ptr_array_index(stories, i);
        g_autofree char *date =
            story->published == STORY_UNDATED ? g_strdup("-") : moment_rfc3339(story->published);
        PressWeight weight = {0};
        if (!weight_of(desk, story, &weight, error)) {
            return false;
        }
        fprintf(context->out, "%6" PRId64 "  %-10s  %-20s  %-3s  %s%s\n", story->id,
                story_state_name(story->state), date, story->language, story->headline,
                weight.heavy ? "  (page over its budget)" : "");
    }
    return true;
}

bool story_verb_list(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    unsigned limit = 0;
    int state = -1;
    const char *language = command_option(context, "language");
    if (!limit_of(context, &limit, error) || !state_of(context, &state, error) ||
        !newsroom_desk_open(&desk, context->newsroom, error) ||
        (language != NULL && newsroom_desk_language(&desk, language, error) == NULL)) {
        return false;
    }
    g_autoptr(GPtrArray) stories = story_recent(desk.store, language, state, limit, error);
    if (stories == NULL) {
        return false;
    }
    if (context->json) {
        return list_json(context, &desk, stories, error);
    }
    return list_text(context, &desk, stories, error);
}

static bool show_json(CommandContext *context, const NewsroomDesk *desk, const Story *story,
                      const StoryInput *input, const GPtrArray *corrections,
                      const PressWeight *weight, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    members(&json, desk, story, weight);
    json_writer_text_member(&json, "lead", input->lead);
    json_writer_text_member(&json, "agency", input->agency);
    json_writer_text_member(&json, "body", input->body);
    json_writer_text_member(&json, "html", input->html);
    json_writer_key(&json, "corrections");
    json_writer_open_array(&json);
    for (guint i = 0; i < corrections->len; i++) {
        const Correction *correction = g_ptr_array_index(corrections, i);
        g_autofree char *time = moment_rfc3339(correction->created);
        json_writer_open_object(&json);
        json_writer_text_member(&json, "time", time);
        json_writer_text_member(&json, "text", correction->text);
        json_writer_close(&json);
    }
    json_writer_close(&json);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

/* The file, so that `story add` takes it back; what it cannot say goes to the person, on the other
 * stream. */
static void show_text(CommandContext *context, const NewsroomDesk *desk, const Story *story,
                      const StoryInput *input, const GPtrArray *corrections,
                      const PressWeight *weight)
{
    g_autofree char *url = story->path == NULL ? NULL : newsroom_desk_address(desk, story->path);
    g_autofree char *file = story_file_write_markdown(input);
    fprintf(context->err, "story %" PRId64 ", %s, revision %" PRId64 "%s%s\n", story->id,
            story_state_name(story->state), story->revision, url == NULL ? "" : ", ",
            url == NULL ? "" : url);
    if (story->external == NULL) {
        fputs("it has no id of its own, so `story add` of a changed file does not change it\n",
              context->err);
    }
    if (story->embargo != 0) {
        g_autofree char *embargo = moment_rfc3339(story->embargo);
        fprintf(context->err, "under embargo until %s\n", embargo);
    }
    if (weight->brotli > 0) {
        fprintf(context->err, "page: %" PRId64 " bytes in brotli, %" PRId64 " in gzip%s\n",
                weight->brotli, weight->gzip, weight->heavy ? ": over its budget" : "");
    }
    for (guint i = 0; i < corrections->len; i++) {
        const Correction *correction = g_ptr_array_index(corrections, i);
        g_autofree char *time = moment_rfc3339(correction->created);
        fprintf(context->err, "corrected %s: %s\n", time, correction->text);
    }
    fprintf(context->out, "%s%s", file, g_str_has_suffix(file, "\n") ? "" : "\n");
}

bool story_verb_show(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t id = 0;
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !story_find(desk.store, context->arguments[0], &id, error)) {
        return false;
    }
    g_autoptr(Story) story = story_read(desk.store, id, error);
    g_autoptr(StoryInput) input = story == NULL ? NULL : story_export(desk.store, id, error);
    g_autoptr(GPtrArray) corrections =
        input == NULL ? NULL : correction_of_story(desk.store, id, error);
    PressWeight weight = {0};
    if (corrections == NULL || !weight_of(&desk, story, &weight, error)) {
        return false;
    }
    if (context->json) {
        return show_json(context, &desk, story, input, corrections, &weight, error);
    }
    show_text(context, &desk, story, input, corrections, &weight);
    return true;
}
