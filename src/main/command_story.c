/* `kolokol story`: what changes stories by hand (desk/story_state.h, desk/correction.h). Listing
 * and showing are command_story_show.c. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/correction.h"
#include "desk/discard.h"
#include "desk/story_embargo.h"
#include "desk/story_file.h"
#include "desk/story_state.h"
#include "desk/takedown.h"
#include "main/command_rows.h"
#include "main/story_intake.h"
#include "main/story_result.h"
#include "main/story_verbs.h"
#include "staff/audit.h"

#include <inttypes.h>
#include <string.h>

static StoryInput *read_story(const char *path, StoryFileReport *report, GError **error)
{
    g_autoptr(GBytes) bytes = file_read(path, LIMIT_STORY_FILE, error);
    if (bytes == NULL) {
        return NULL;
    }
    StoryInput *input = story_file_read_markdown(g_bytes_get_data(bytes, NULL),
                                                 g_bytes_get_size(bytes), report, error);
    if (input == NULL) {
        g_prefix_error(error, "%s:%u: ", path, MAX(report->line, 1));
    }
    return input;
}

/* A story without a status stays a draft (DESIGN 8). */
static unsigned flags_of(const StoryInput *input)
{
    return STORY_PUT_WRITTEN | (input->status != NULL ? STORY_PUT_PUBLISH : 0);
}

static bool add_input(StoryResult *result, StoryInput *input, const char *path,
                      const StoryFileReport *report, GError **error)
{
    g_autoptr(StoryInput) owned = input;
    StoryIntakeOptions options = {.desk = &result->desk,
                                  .flags = flags_of(input),
                                  .now = result->now,
                                  .err = result->context->err};
    g_autoptr(StoryIntake) intake = story_intake_new(&options, error);
    if (intake == NULL) {
        return false;
    }
    story_intake_unknown(intake, path, 1, report->unknown);
    Story *before = input->id != NULL     ? story_by_external(result->desk.store, input->id, NULL)
                    : input->path != NULL ? story_by_path(result->desk.store, input->path, NULL)
                                          : NULL;
    bool done = story_intake_take(intake, g_steal_pointer(&owned),
                                  &(StoryOrigin){path, 1, &report->lines}, error) &&
                story_intake_finish(intake, error);
    int64_t id = done ? story_intake_last(intake) : 0;
    if (id == 0) {
        story_free(before);
        result->context->failed = true;
        return done;
    }
    story_result_add(result, id, before);
    return story_result_print(result, error);
}

static bool add(CommandContext *context, GError **error)
{
    g_auto(StoryResult) result = {0};
    g_auto(StoryFileReport) report = {0};
    const char *path = context->arguments[0];
    StoryInput *input = read_story(path, &report, error);
    if (input == NULL || !story_result_begin(&result, context, error)) {
        g_clear_pointer(&input, story_input_free);
        return false;
    }
    return add_input(&result, input, path, &report, error);
}

/* Most reasons name the story by its number. */
static void tell(CommandContext *context, const char *name, const char *reason)
{
    bool named = g_str_has_prefix(reason, "story ");
    fprintf(context->err, "kolokol story: %s%s%s%s\n", named ? "" : "story ", named ? "" : name,
            named ? "" : ": ", reason);
}

static bool publish(CommandContext *context, GError **error)
{
    g_auto(StoryResult) result = {0};
    if (!story_result_begin(&result, context, error)) {
        return false;
    }
    for (unsigned i = 0; i < context->count; i++) {
        g_autoptr(GError) reason = NULL;
        int64_t id = 0;
        if (!story_find(result.desk.store, context->arguments[i], &id, &reason)) {
            fprintf(context->err, "kolokol story: %s\n", reason->message);
            context->failed = true;
            continue;
        }
        Story *before = story_read(result.desk.store, id, &reason);
        if (before == NULL ||
            !story_publish(result.desk.store, &result.desk.site, id, clock_now(), &reason)) {
            tell(context, context->arguments[i], reason->message);
            story_free(before);
            context->failed = true;
            continue;
        }
        story_result_add(&result, id, before);
    }
    return story_result_print(&result, error);
}

/* One story, one change. */
typedef bool (*Change)(StoryResult *result, int64_t id, GError **error);

static bool change(CommandContext *context, Change how, GError **error)
{
    g_auto(StoryResult) result = {0};
    int64_t id = 0;
    return story_result_begin(&result, context, error) &&
           story_result_find(&result, context->arguments[0], &id, error) &&
           how(&result, id, error) && story_result_print(&result, error);
}

static bool schedule_one(StoryResult *result, int64_t id, GError **error)
{
    int64_t when = 0;
    return newsroom_desk_moment(&result->desk, result->context->arguments[1], &when, error) &&
           story_schedule(result->desk.store, &result->desk.site, id, when, clock_now(), error);
}

static bool correct_one(StoryResult *result, int64_t id, GError **error)
{
    int64_t correction = 0;
    return story_correct(result->desk.store, &result->desk.site, id, result->context->arguments[1],
                         clock_now(), &correction, error);
}

static bool withdraw_one(StoryResult *result, int64_t id, GError **error)
{
    return story_withdraw(result->desk.store, &result->desk.site, id, clock_now(), error);
}

static bool take_down_one(StoryResult *result, int64_t id, GError **error)
{
    const char *reason = command_option(result->context, "reason");
    Takedown how = {.reason = reason == NULL ? "" : reason,
                    .person = "",
                    .path = command_option(result->context, "path")};
    return story_takedown(result->desk.store, &result->desk.site, id, &how, clock_now(), error);
}

static bool embargo_one(StoryResult *result, int64_t id, GError **error)
{
    const CommandContext *context = result->context;
    bool lift = command_option(context, "lift") != NULL;
    int64_t until = 0;
    if (lift == (context->count > 1)) {
        return command_usage(error, "give either the moment or --lift");
    }
    return (lift || newsroom_desk_moment(&result->desk, context->arguments[1], &until, error)) &&
           story_set_embargo(result->desk.store, &result->desk.site, id, until, clock_now(), error);
}

static bool embargo(CommandContext *context, GError **error)
{
    return change(context, embargo_one, error);
}

static bool schedule(CommandContext *context, GError **error)
{
    return change(context, schedule_one, error);
}

static bool correct(CommandContext *context, GError **error)
{
    return change(context, correct_one, error);
}

static bool withdraw(CommandContext *context, GError **error)
{
    return change(context, withdraw_one, error);
}

static bool take_down(CommandContext *context, GError **error)
{
    return change(context, take_down_one, error);
}

typedef struct {
    int64_t id, now;
} Discarding;

static bool discard_body(Store *store, void *data, GError **error)
{
    const Discarding *act = data;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, act->id);
    return story_discard(store, act->id, "", act->now, error) &&
           audit_add(store, 0, "story.discard", subject, "", act->now, error);
}

/* Says what goes, and does it when told that this is known. */
static bool discard(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    Discard what = {0};
    int64_t id = 0;
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !story_find(desk.store, context->arguments[0], &id, error) ||
        !story_discard_look(desk.store, id, &what, error)) {
        return false;
    }
    if (command_option(context, "sure") == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "story %" PRId64 " goes for good, with %" PRId64 " versions, %" PRId64
                    " comments, %" PRId64 " entries and %" PRId64
                    " unsaved texts; give --sure to throw it away",
                    id, what.revisions, what.comments, what.entries, what.unsaved);
    }
    Discarding act = {.id = id, .now = clock_now()};
    if (!store_transact(desk.store, discard_body, &act, error)) {
        return false;
    }
    fprintf(context->out, "story %" PRId64 ": thrown away; the worker clears the database of it\n",
            id);
    return true;
}

static const CommandVerb verbs[] = {
    {"list", "", "the stories changed last", 0, 0, story_verb_list},
    {"show", "ID", "a story as its file would be, for `story add`; more about it on stderr", 1, 1,
     story_verb_show},
    {"add", "FILE.md", "a story from a Markdown file; again, it changes it", 1, 1, add},
    {"publish", "ID…", "visible now, or at its date", 1, COMMAND_MANY, publish},
    {"schedule", "ID TIME", "visible from then on: \"2026-11-24 08:00\"", 2, 2, schedule},
    {"embargo", "ID TIME", "no reader sees it before, however it is published", 1, 2, embargo},
    {"correct", "ID TEXT", "adds a dated correction", 2, 2, correct},
    {"withdraw", "ID", "no longer visible, by our own will", 1, 1, withdraw},
    {"discard", "ID", "throws a draft away that was never out: --sure", 1, 1, discard},
    {"takedown", "ID", "gone for good, text and pictures, because somebody demanded it", 1, 1,
     take_down},
    {"erasures", "", "takedowns and withheld names, and whether anything is left of them", 0, 0,
     story_verb_erasures},
    {"readings", "ID", "its links for readers outside, and how often each was opened", 1, 1,
     story_verb_readings},
    {"reading", "ID", "makes such a link and shows it this once: --for NAME --by EMAIL", 1, 1,
     story_verb_reading},
    {"reading-end", "ID LINK", "a link is good no longer, by its number: --by EMAIL", 2, 2,
     story_verb_reading_end},
    {"translation", "ID", "what has changed in its original since it was marked", 1, 1,
     story_verb_translation},
    {"match", "ID", "marks it as saying what its original says now: --by EMAIL", 1, 1,
     story_verb_match},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_story = {
    .name = "story",
    .usage = "list | show ID | add FILE.md | publish ID… | schedule ID TIME | embargo ID TIME | "
             "correct ID TEXT | "
             "withdraw ID | discard ID | takedown ID | erasures | readings ID | reading ID | "
             "reading-end ID LINK | "
             "translation ID | match ID",
    .summary = "stories, by hand",
    .help =
        "ID is the number that `story list` shows, an importer's id, or a path of the paper. "
        "What changes pages waits\nuntil readers have them and prints how long that took: the "
        "worker presses them, or, where none runs, this\ncommand.\nFor a link and a mark somebody "
        "of the staff answers, whom --by names; who makes a link must be one who may publish, "
        "and\nthe link ends when they may no more.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"language", OPTION_VALUE, "LANG", "only stories in this language", "list"},
            {"status", OPTION_VALUE, "STATUS", "only stories in this state", "list"},
            {"limit", OPTION_VALUE, "N", "at most so many, else 30", "list"},
            {"lift", OPTION_FLAG, NULL, "no embargo any more", "embargo"},
            {"sure", OPTION_FLAG, NULL, "what goes with it is known: it cannot be undone",
             "discard"},
            {"reason", OPTION_VALUE, "TEXT", "who demanded it and why; kept, not shown",
             "takedown"},
            {"path", OPTION_VALUE, "PATH",
             "where the tombstone stands, if the address tells too much", "takedown"},
            {"for", OPTION_VALUE, "NAME", "whom the link is for; on no page", "reading"},
            {"by", OPTION_VALUE, "EMAIL", "who of the staff does it", "reading reading-end match"},
            {"hours", OPTION_VALUE, "N", "how long the link is good, 24 unless said", "reading"},
            {"of", OPTION_VALUE, "ID", "the original, if it is not the one marked or the oldest",
             "translation match"},
            {"revision", OPTION_VALUE, "N", "of the original, the one that was read", "match"},
            {"json", OPTION_FLAG, NULL, "a JSON object a story", NULL},
        },
};
