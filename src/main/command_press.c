/* `kolokol press`: brings the edition up to date (press/run.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "desk/story_state.h"
#include "main/command.h"
#include "main/command_rows.h"
#include "main/press_newsroom.h"
#include "main/progress.h"
#include "paper/related_work.h"
#include "paper/search_work.h"
#include "press/setting.h"
#include "press/weight.h"

#include <inttypes.h>

/* What is worked out beside the press. Times in µs. */
typedef struct {
    unsigned stories; /* entered */
    int64_t microseconds;
    int64_t search;    /* for its index */
    PressReport after; /* of the press that followed: search's files, stories with related ones */
} Related;

#define LOCK_WAIT  50000 /* µs between tries while another process presses */
#define LOCK_TRIES 1200  /* a minute */
#define LOCK_TOLD  20    /* after a second it is told, once */

static bool read_as_of(CommandContext *context, Store *store, int64_t *as_of, GError **error)
{
    const char *text = command_option(context, "as-of");
    if (text == NULL) {
        return true;
    }
    if (command_option(context, "full") == NULL) {
        return command_usage(error, "--as-of needs --full");
    }
    g_autoptr(GTimeZone) zone = setting_timezone(store, error);
    if (zone == NULL || !moment_parse(text, zone, as_of, error)) {
        g_prefix_error(error, "--as-of: ");
        return false;
    }
    return *as_of <= clock_now() ||
           fail(error, KOLOKOL_ERROR_INVALID,
                "--as-of: %s is to come; pressing it would publish what is not due", text);
}

static void show(unsigned done, void *data)
{
    progress_step(data, done, done);
}

/* A worker of the same newsroom may be at it: it is done in moments. */
static bool run_patiently(NewsroomPress *press, const PressRun *how, PressReport *report,
                          GError **error)
{
    for (unsigned tries = 1;; tries++) {
        g_autoptr(GError) reason = NULL;
        if (press_run(newsroom_press_engine(press), how, report, &reason)) {
            return true;
        }
        if (tries == LOCK_TRIES || !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        if (tries == LOCK_TOLD) {
            Progress *progress = how->progress_data;
            progress_hide(progress);
            fprintf(progress->out, "kolokol press: another press is at work; waiting\n");
        }
        g_usleep(LOCK_WAIT);
    }
}

static void add_report(PressReport *sum, const PressReport *more)
{
    PressReport both = *more;
    both.tally.rendered += sum->tally.rendered;
    both.tally.written += sum->tally.written;
    both.tally.removed += sum->tally.removed;
    both.tally.failed += sum->tally.failed;
    both.tally.bytes += sum->tally.bytes;
    both.nodes += sum->nodes;
    both.editions += sum->editions;
    both.microseconds += sum->microseconds;
    both.stale += sum->stale;
    both.render += sum->render;
    both.publish += sum->publish;
    for (unsigned i = 0; i < PRESS_KINDS_MAX; i++) {
        both.kinds[i].pages += sum->kinds[i].pages;
        both.kinds[i].microseconds += sum->kinds[i].microseconds;
    }
    *sum = both;
}

/* Related stories and the files of search, which are worked out beside the press
 * (paper/related_work.h, paper/search_work.h), and the pages that show them. `--full` takes them as
 * they stand. */
static bool relate(NewsroomPress *press, const PressRun *how, PressReport *report, Related *related,
                   GError **error)
{
    int64_t began = clock_monotonic();
    Progress *progress = how->progress_data;
    RelatedDone done = {0};
    g_autoptr(RelatedWork) work = related_work_new(newsroom_press_store(press));
    progress_next(progress, "stories and lists of related ones");
    related_work_watch(work, show, progress);
    if (!related_work_all(work, NULL, &done, error)) {
        return false;
    }
    related->stories = done.entered;
    related->microseconds = clock_monotonic() - began;
    began = clock_monotonic();
    bool pending = false, changed = false;
    g_autoptr(SearchWork) search = search_work_new(newsroom_press_store(press), NULL);
    progress_next(progress, "steps of indexing for search");
    search_work_watch(search, show, progress);
    if (!search_work_all(search, &changed, error)) {
        return false;
    }
    related->search = clock_monotonic() - began;
    if (!press_pending(newsroom_press_engine(press), 0, &pending, error)) {
        return false;
    }
    /* A new index is an input that nobody touches: each run asks for its version. */
    if (!done.in_force && !pending) {
        return true;
    }
    progress_next(progress, "pages that show related stories and search");
    if (!run_patiently(press, how, &related->after, error)) {
        return false;
    }
    add_report(report, &related->after);
    return true;
}

static void print_failure(const char *name, const char *reason, void *data)
{
    CommandContext *context = data;
    fprintf(stderr, "kolokol press: %s: %s\n", name, reason);
    context->failed = true;
}

static double milliseconds(int64_t microseconds)
{
    return (double)microseconds / 1000;
}

/* "press_milliseconds" is without what was worked out beside the press, and the pages that followed
 * from it. A kind's time is what rendering it took of the processors, in all processes together. */
static void print_times(const CommandContext *context, const PressKind *const *kinds,
                        const PressReport *report, const Related *related)
{
    FILE *out = context->out;
    fprintf(out,
            "\"press_milliseconds\":%.1f,\"stale_milliseconds\":%.1f,\"render_milliseconds\":%.1f,"
            "\"publish_milliseconds\":%.1f,\"related\":%u,\"related_milliseconds\":%.1f,"
            "\"search_milliseconds\":%.1f,\"after_rendered\":%u,\"after_milliseconds\":%.1f,"
            "\"kinds\":{",
            milliseconds(report->microseconds - related->after.microseconds),
            milliseconds(report->stale), milliseconds(report->render),
            milliseconds(report->publish), related->stories, milliseconds(related->microseconds),
            milliseconds(related->search), related->after.tally.rendered,
            milliseconds(related->after.microseconds));
    const char *comma = "";
    for (unsigned i = 0; i < PRESS_KINDS_MAX && kinds[i] != NULL; i++) {
        if (report->kinds[i].pages > 0) {
            fprintf(out, "%s\"%s\":{\"rendered\":%u,\"milliseconds\":%.1f}", comma, kinds[i]->name,
                    report->kinds[i].pages, milliseconds(report->kinds[i].microseconds));
            comma = ",";
        }
    }
    fputc('}', out);
}

static void print_json(const CommandContext *context, const PressKind *const *kinds,
                       const PressReport *report, const Related *related)
{
    const PressTally *tally = &report->tally;
    char root[HASH_HEX];
    hash_hex(&report->root, root);
    fprintf(context->out,
            "{\"edition\":%" G_GUINT64_FORMAT
            ",\"rendered\":%u,\"written\":%u,\"removed\":%u,\"failed\":%u,"
            "\"nodes\":%u,\"editions\":%u,\"bytes\":%" G_GUINT64_FORMAT
            ",\"root\":\"%s\",\"milliseconds\":%.1f,",
            report->number, tally->rendered, tally->written, tally->removed, tally->failed,
            report->nodes, report->editions, tally->bytes, root,
            milliseconds(report->microseconds));
    print_times(context, kinds, report, related);
    fputs("}\n", context->out);
}

static void print_report(CommandContext *context, const PressReport *report, const Related *related)
{
    const PressTally *tally = &report->tally;
    fprintf(context->out,
            "edition %" G_GUINT64_FORMAT
            ": %u pages rendered, %u written, %u removed, %u nodes, %.3f s\n",
            report->number, tally->rendered, tally->written, tally->removed, report->nodes,
            (double)report->microseconds / (double)CLOCK_SECOND);
    if (related->stories > 0) {
        fprintf(context->out, "related stories: %u read, %.3f s\n", related->stories,
                (double)related->microseconds / (double)CLOCK_SECOND);
    }
}

#define HEAVY_SHOWN 10u

static void print_heavy(const char *path, const PressWeight *weight, void *data)
{
    fprintf(stderr,
            "kolokol press: %s is over its budget: %" PRId64 " bytes in brotli (%d), %" PRId64
            " in gzip (%d)\n",
            path, weight->brotli, PRESS_BUDGET_BROTLI, weight->gzip, PRESS_BUDGET_GZIP);
}

/* A warning, no failure: the page is as good as its author made it. */
static bool warn_heavy(NewsroomPress *press, GError **error)
{
    int64_t count = 0;
    if (!press_each_heavy(newsroom_press_store(press), HEAVY_SHOWN, print_heavy, NULL, &count,
                          error)) {
        return false;
    }
    if (count > HEAVY_SHOWN) {
        fprintf(stderr, "kolokol press: %" PRId64 " pages are over their budget, these the most\n",
                count);
    }
    return true;
}

static bool run(CommandContext *context, GError **error)
{
    if (context->count > 0) {
        return command_usage(error, "press takes no argument");
    }
    g_autoptr(NewsroomPress) press = newsroom_press_open(context->newsroom, error);
    PressRun how = {.retry = true, .full = command_option(context, "full") != NULL};
    PressReport report = {0};
    Related related = {0};
    int64_t settled = 0;
    if (press == NULL || !read_as_of(context, newsroom_press_store(press), &how.as_of, error) ||
        !story_settle(newsroom_press_store(press), clock_now(), &settled, error)) {
        return false;
    }
    Progress progress;
    progress_begin(&progress, context->err, "pages", 0);
    how.progress = progress_part;
    how.progress_data = &progress;
    how.plain = command_option(context, "plain") != NULL;
    bool done = run_patiently(press, &how, &report, error) &&
                (how.full || relate(press, &how, &report, &related, error));
    progress_hide(&progress);
    if (!done) {
        return false;
    }
    for (const char *const *problem = newsroom_press_problems(press); *problem != NULL; problem++) {
        fprintf(stderr, "kolokol press: %s\n", *problem);
        context->failed = true;
    }
    if (context->json) {
        print_json(context, press_kinds(newsroom_press_engine(press)), &report, &related);
    } else {
        print_report(context, &report, &related);
    }
    if (!warn_heavy(press, error)) {
        return false;
    }
    return press_each_failure(newsroom_press_engine(press), print_failure, context, error);
}

const Command command_press = {
    .name = "press",
    .usage = "[--full] [--as-of T] [--plain] [--json]",
    .summary = "brings the edition up to date",
    .help = "Renders the pages that are stale, signs an edition if anything differs, and prints "
            "its number, the pages and the\n"
            "time. Works with or without `serve` running. Related stories and search are worked "
            "out as well, "
            "and said apart; --full takes\n"
            "them as they stand.\n",
    .needs_newsroom = true,
    .run = run,
    .options = {{"full", OPTION_FLAG, NULL, "renders every page again"},
                {"as-of", OPTION_VALUE, "T",
                 "with --full: as the paper was at that moment, not to come"},
                {"plain", OPTION_FLAG, NULL, "leaves the gzip forms to the worker"},
                {"json", OPTION_FLAG, NULL, "the report as JSON"}},
};
