/* `kolokol author withhold`: a name that must not be told any more (desk/withhold.h). */
#include "base/clock.h"
#include "desk/withhold.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"

#include <inttypes.h>

typedef struct {
    CommandContext *context;
    unsigned stories;
} Trial;

static bool tell_story(const Story *story, unsigned found, void *data, GError **error)
{
    Trial *trial = data;
    fprintf(trial->context->out, "%6" PRId64 "  %3u times  %s\n", story->id, found,
            story->headline);
    trial->stories++;
    return true;
}

static bool try_it(CommandContext *context, NewsroomDesk *desk, const Withhold *how, GError **error)
{
    Trial trial = {context, 0};
    if (!withhold_try(desk->store, how, tell_story, &trial, error)) {
        return false;
    }
    fprintf(context->out, "%u %s the name; nothing was changed\n", trial.stories,
            trial.stories == 1 ? "story has" : "stories have");
    return true;
}

static bool do_it(CommandContext *context, NewsroomDesk *desk, const Withhold *how, GError **error)
{
    unsigned changed = 0;
    bool more = true;
    if (!withhold_name(desk->store, &desk->site, how, clock_now(), error)) {
        return false;
    }
    while (more) {
        if (!withhold_step(desk->store, &desk->site, clock_now(), &more, &changed, error)) {
            g_prefix_error(error, "the order is kept, and the worker goes on with it: ");
            return false;
        }
    }
    fprintf(
        context->out,
        "withheld in %u stories; the worker does the rest, `kolokol story erasures` tells when\n",
        changed);
    return true;
}

static bool withhold(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    const char *instead = command_option(context, "as");
    const char *reason = command_option(context, "reason");
    Withhold how = {.spellings = (const char *const *)context->arguments,
                    .instead = instead == NULL ? "" : instead,
                    .reason = reason == NULL ? "" : reason,
                    .person = ""};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    return command_option(context, "dry-run") != NULL ? try_it(context, &desk, &how, error)
                                                      : do_it(context, &desk, &how, error);
}

static const CommandVerb verbs[] = {
    {"withhold", "NAME…", "takes a name out of everything, its history too; all its spellings", 1,
     WITHHOLD_SPELLINGS, withhold},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_author = {
    .name = "author",
    .usage = "withhold NAME… [--as TEXT] [--reason TEXT] [--dry-run]",
    .summary = "a name that must not be told any more",
    .help = "NAME is an exact spelling, in whole words; give each that occurs (\"Anna Petrova\" "
            "\"A. Petrova\" \"Анны Петровой\"),\nand \"anna-petrova\" if addresses have it too: "
            "those stories get another address. It cannot be undone.\nSee docs/takedown.md.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"as", OPTION_VALUE, "TEXT",
             "what stands instead; if not given, that the name is withheld, in each language",
             "withhold"},
            {"reason", OPTION_VALUE, "TEXT", "why; kept, not shown, and without the name",
             "withhold"},
            {"dry-run", OPTION_FLAG, NULL, "lists the stories that have the name", "withhold"},
        },
};
