/* `kolokol front` and `kolokol breaking`: what stands on top of the front (desk/front.h,
 * desk/breaking.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "desk/breaking.h"
#include "desk/front.h"
#include "main/appearance.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define PRINTED 12u /* slots that `front show` fills */

typedef struct {
    CommandContext *context;
    NewsroomDesk desk;
    const char *language;
    Appearance *appearance;
    int64_t until;
} Work;

static void work_clear(Work *work)
{
    g_clear_pointer(&work->appearance, appearance_free);
    newsroom_desk_clear(&work->desk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static bool work_begin(Work *work, CommandContext *context, GError **error)
{
    *work = (Work){.context = context, .until = INT64_MAX};
    const char *until = command_option(context, "until");
    if (!newsroom_desk_open(&work->desk, context->newsroom, error)) {
        return false;
    }
    work->language =
        newsroom_desk_language(&work->desk, command_option(context, "language"), error);
    if (work->language == NULL) {
        return false;
    }
    if (until != NULL && !newsroom_desk_moment(&work->desk, until, &work->until, error)) {
        g_prefix_error(error, "--until: ");
        return false;
    }
    if (work->until <= clock_now()) {
        return fail(error, KOLOKOL_ERROR_INVALID, "--until: %s is past", until);
    }
    return true;
}

/* Changes that the front shows: waits, and says when. */
static bool work_show(Work *work, const char *what, GError **error)
{
    bool first = strcmp(work->language, desk_site_first_language(&work->desk.site)) == 0;
    g_autofree char *path =
        first ? g_strdup("index.html") : g_strconcat(work->language, "/index.html", NULL);
    g_autofree char *url = newsroom_desk_address(&work->desk, path);
    AppearancePage page = {.path = path};
    if (!appearance_wait(work->appearance, &page, 1, error)) {
        g_prefix_error(error, "the change is kept, but the edition could not be made: ");
        return false;
    }
    bool live = page.outcome == APPEARANCE_LIVE;
    if (work->context->json) {
        fprintf(work->context->out, "{\"url\":\"%s\",\"live\":%s,\"milliseconds\":%" PRId64 "}\n",
                url, live ? "true" : "false", live ? page.microseconds / 1000 : 0);
    } else if (live) {
        fprintf(work->context->out, "%s; live at %s in %.0f ms\n", what, url,
                (double)page.microseconds / 1000);
    } else {
        fprintf(work->context->out, "%s; %s %s\n", what,
                page.outcome == APPEARANCE_SAME ? "the page is as it was:"
                                                : "not yet live; `kolokol press` says why:",
                url);
    }
    fflush(work->context->out);
    work->context->failed |= page.outcome == APPEARANCE_LATE;
    g_autofree char *name = g_strconcat("front:", work->language, NULL);
    if (page.outcome == APPEARANCE_SAME &&
        !appearance_tell_failure(work->appearance, work->context, name, "the front", error)) {
        return false;
    }
    return appearance_finish(work->appearance, error);
}

static const char *origin_name(FrontOrigin origin)
{
    return origin == FRONT_HELD ? "held" : origin == FRONT_SECTION ? "section" : "newest";
}

static bool print_places(const Work *work, const Front *front, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < front->places->len; i++) {
        const FrontPlace *place = g_ptr_array_index(front->places, i);
        if (!work->context->json) {
            fprintf(work->context->out, "%2u  %-7s  %6" PRId64 "  %s\n", place->slot,
                    origin_name(place->origin), place->card->id, place->card->headline);
            continue;
        }
        JsonWriter json;
        g_string_truncate(out, 0);
        json_writer_init(&json, out, 0);
        json_writer_open_object(&json);
        json_writer_number_member(&json, "slot", place->slot);
        json_writer_text_member(&json, "origin", origin_name(place->origin));
        json_writer_number_member(&json, "story", place->card->id);
        json_writer_text_member(&json, "title", place->card->headline);
        json_writer_text_member(&json, "path", place->card->path);
        json_writer_close(&json);
        if (!json_writer_finish(&json, error)) {
            return false;
        }
        fprintf(work->context->out, "%s\n", out->str);
    }
    return true;
}

static bool show(CommandContext *context, GError **error)
{
    g_auto(Work) work = {0};
    if (!work_begin(&work, context, error)) {
        return false;
    }
    g_autoptr(GError) reason = NULL;
    g_autoptr(Breaking) breaking =
        breaking_read(work.desk.store, work.language, clock_now(), &reason);
    if (breaking == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (breaking != NULL && !context->json) {
        fprintf(context->out, "breaking: %s\n", breaking->text);
    }
    g_autoptr(Front) front =
        front_read(work.desk.store, work.language, clock_now(), PRINTED, error);
    return front != NULL && print_places(&work, front, error);
}

static bool set_slot(Work *work, unsigned slot, GError **error)
{
    CommandContext *context = work->context;
    const char *section = command_option(context, "section");
    Store *store = work->desk.store;
    int64_t id = 0;
    if (section != NULL) {
        return front_set_section(store, work->language, slot, section, work->until, error);
    }
    return story_find(store, context->arguments[1], &id, error) &&
           front_set_story(store, work->language, slot, id, work->until, error);
}

/* SLOT and ID, or SLOT and --section. */
static bool set(CommandContext *context, GError **error)
{
    g_auto(Work) work = {0};
    int64_t slot = 0;
    bool section = command_option(context, "section") != NULL;
    if (section ? context->count != 1 : context->count != 2) {
        return command_usage(error, "front set takes a slot and a story, or a slot and --section");
    }
    if (!command_number(context->arguments[0], "the slot", &slot, error) ||
        !work_begin(&work, context, error)) {
        return false;
    }
    if (slot > FRONT_SLOTS) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there are %u slots", FRONT_SLOTS);
    }
    work.appearance = appearance_new(context->newsroom, error);
    g_autofree char *what = g_strdup_printf("slot %" PRId64 " set", slot);
    return work.appearance != NULL && set_slot(&work, (unsigned)slot, error) &&
           work_show(&work, what, error);
}

static bool clear(CommandContext *context, GError **error)
{
    g_auto(Work) work = {0};
    int64_t slot = 0;
    if (!command_number(context->arguments[0], "the slot", &slot, error) ||
        !work_begin(&work, context, error)) {
        return false;
    }
    work.appearance = appearance_new(context->newsroom, error);
    g_autofree char *what = g_strdup_printf("slot %" PRId64 " takes the newest story", slot);
    return work.appearance != NULL &&
           front_clear(work.desk.store, work.language, (unsigned)MIN(slot, 1000), error) &&
           work_show(&work, what, error);
}

static const CommandVerb verbs[] = {
    {"show", "", "the front as it is now, slot by slot", 0, 0, show},
    {"set", "SLOT ID", "holds a slot for a story, or with --section for a section's newest", 1, 2,
     set},
    {"clear", "SLOT", "the slot takes the newest story again", 1, 1, clear},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_front = {
    .name = "front",
    .usage = "show | set SLOT ID | set SLOT --section NAME | clear SLOT [--language L] [--until T]",
    .summary = "what stands where on the front",
    .help =
        "Slots count from 1. A slot that nothing holds takes the newest story that is not shown "
        "yet.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"language", OPTION_VALUE, "LANG", "the front of that language, else the first", NULL},
            {"until", OPTION_VALUE, "TIME", "holds until then", "set"},
            {"section", OPTION_VALUE, "NAME", "the section's slug instead of a story", "set"},
            {"json", OPTION_FLAG, NULL, "a JSON object a line", NULL},
        },
};

static bool run_breaking(CommandContext *context, GError **error)
{
    g_auto(Work) work = {0};
    bool clears = command_option(context, "clear") != NULL;
    const char *link = command_option(context, "story");
    int64_t story = 0;
    if (clears ? context->count != 0 : context->count != 1) {
        return command_usage(error, "breaking takes one text, or --clear");
    }
    if (!work_begin(&work, context, error) ||
        (link != NULL && !story_find(work.desk.store, link, &story, error))) {
        return false;
    }
    work.appearance = appearance_new(context->newsroom, error);
    if (work.appearance == NULL) {
        return false;
    }
    bool done = clears ? breaking_clear(work.desk.store, work.language, error)
                       : breaking_set(work.desk.store, work.language, context->arguments[0], story,
                                      work.until, clock_now(), error);
    return done && work_show(&work, clears ? "no breaking line" : "breaking line set", error);
}

const Command command_breaking = {
    .name = "breaking",
    .usage = "TEXT | --clear [--language L] [--story ID] [--until T]",
    .summary = "the breaking line on the front",
    .help = "One short line a language, on the front only; a new one takes the place of the old.\n",
    .needs_newsroom = true,
    .run = run_breaking,
    .options =
        {
            {"clear", OPTION_FLAG, NULL, "takes the line away", NULL},
            {"language", OPTION_VALUE, "LANG", "the front of that language, else the first", NULL},
            {"story", OPTION_VALUE, "ID", "the story that the line leads to", NULL},
            {"until", OPTION_VALUE, "TIME", "goes away by itself then", NULL},
            {"json", OPTION_FLAG, NULL, "the result as JSON", NULL},
        },
};
