/* `kolokol press`: brings the edition up to date (press/run.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "desk/story_state.h"
#include "main/command.h"
#include "main/command_rows.h"
#include "main/press_newsroom.h"
#include "paper/related_work.h"
#include "paper/search_work.h"
#include "press/setting.h"
#include "press/weight.h"

#include <inttypes.h>
#include <unistd.h>

typedef struct {
    unsigned stories; /* entered */
    int64_t microseconds;
    int64_t search; /* µs for its files */
} Related;

#define LOCK_WAIT  50000 /* µs between tries while another process presses */
#define LOCK_TRIES 1200  /* a minute */

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

static void progress(unsigned done, void *data)
{
    fprintf(stderr, "\r%u pages…", done);
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
        g_usleep(LOCK_WAIT);
    }
}

static void add_report(PressReport *sum, const PressReport *more)
{
    PressTally tally = sum->tally;
    unsigned nodes = sum->nodes, editions = sum->editions;
    int64_t microseconds = sum->microseconds;
    *sum = *more;
    sum->tally.rendered += tally.rendered;
    sum->tally.written += tally.written;
    sum->tally.removed += tally.removed;
    sum->tally.bytes += tally.bytes;
    sum->nodes += nodes;
    sum->editions += editions;
    sum->microseconds += microseconds;
}

/* Related stories and the files of search, which are worked out beside the press
 * (paper/related_work.h, paper/search_work.h), and the pages that show them. `--full` takes them as
 * they stand. */
static bool relate(NewsroomPress *press, const PressRun *how, PressReport *report, Related *related,
                   GError **error)
{
    int64_t began = clock_monotonic();
    g_autoptr(RelatedWork) work = related_work_new(newsroom_press_store(press));
    if (!related_work_all(work, NULL, &related->stories, error)) {
        return false;
    }
    related->microseconds = clock_monotonic() - began;
    began = clock_monotonic();
    bool pending = false, changed = false;
    g_autoptr(SearchWork) search = search_work_new(newsroom_press_store(press), NULL);
    if (!search_work_all(search, &changed, error)) {
        return false;
    }
    related->search = clock_monotonic() - began;
    PressReport more = {0};
    if (!press_pending(newsroom_press_engine(press), 0, &pending, error)) {
        return false;
    }
    /* A new index is an input that nobody touches: each run asks for its version. */
    if (related->stories == 0 && !pending) {
        return true;
    }
    if (!run_patiently(press, how, &more, error)) {
        return false;
    }
    add_report(report, &more);
    return true;
}

static void print_failure(const char *name, const char *reason, void *data)
{
    CommandContext *context = data;
    fprintf(stderr, "kolokol press: %s: %s\n", name, reason);
    context->failed = true;
}

static void print_report(CommandContext *context, const PressReport *report, const Related *related)
{
    const PressTally *tally = &report->tally;
    char root[HASH_HEX];
    hash_hex(&report->root, root);
    if (context->json) {
        fprintf(context->out,
                "{\"edition\":%" G_GUINT64_FORMAT
                ",\"rendered\":%u,\"written\":%u,\"removed\":%u,\"failed\":%u,"
                "\"nodes\":%u,\"editions\":%u,\"bytes\":%" G_GUINT64_FORMAT
                ",\"root\":\"%s\",\"milliseconds\":%.1f,\"related\":%u,\"related_milliseconds\":%."
                "1f,\"search_milliseconds\":%.1f}\n",
                report->number, tally->rendered, tally->written, tally->removed, tally->failed,
                report->nodes, report->editions, tally->bytes, root,
                (double)report->microseconds / 1000, related->stories,
                (double)related->microseconds / 1000, (double)related->search / 1000);
        return;
    }
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
    bool shown = isatty(STDERR_FILENO) != 0;
    how.progress = shown ? progress : NULL;
    how.plain = command_option(context, "plain") != NULL;
    bool done = run_patiently(press, &how, &report, error) &&
                (how.full || relate(press, &how, &report, &related, error));
    if (shown) {
        fputs("\r\033[K", stderr);
    }
    if (!done) {
        return false;
    }
    for (const char *const *problem = newsroom_press_problems(press); *problem != NULL; problem++) {
        fprintf(stderr, "kolokol press: %s\n", *problem);
        context->failed = true;
    }
    print_report(context, &report, &related);
    if (!warn_heavy(press, error)) {
        return false;
    }
    return press_each_failure(newsroom_press_engine(press), print_failure, context, error);
}

const Command command_press = {
    .name = "press",
    .usage = "[--full] [--as-of T] [--json]",
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
