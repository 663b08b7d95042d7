/* The worker's lanes: worker.h. What the press does is press/run.c, what it does at rest
 * press/tidy.c. */
#include "main/worker.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/incoming.h"
#include "desk/media_upload.h"
#include "desk/story_state.h"
#include "image/image.h"
#include "jobs/jobs.h"
#include "jobs/wake.h"
#include "main/erase.h"
#include "main/forms_newsroom.h"
#include "main/housekeeping.h"
#include "main/newsroom_mail.h"
#include "main/press_newsroom.h"
#include "main/process_pulse.h"
#include "main/progress.h"
#include "paper/related_work.h"
#include "paper/search_work.h"
#include "press/stale.h"
#include "press/tidy.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define IDLE_ROUNDS 3u
#define LOOK_AGAIN  CLOCK_SECOND /* a lost wake-up costs no more */
#define LOOK_ANYWAY                                                                                \
    CLOCK_HOUR /* with no news: an edition is signed again before it expires, and                  \
                  a template that was edited is seen */

typedef struct {
    const Newsroom *newsroom;
    NewsroomPress *press;
    NewsroomForms *forms; /* of the lanes that need them */
    Mailroom *mail;
    int socket; /* of wake-ups, -1 without */
    const volatile int *stop;
    RelatedWork *related;
    bool said_sandbox;
    SearchWork *search;
    Progress pages, *progress; /* of --until-idle; NULL in a lane that stays */
    int64_t swept;             /* uploads; monotone, 0: not yet */
    EraseWork erase;
    Housekeeping house;
    Pulse *pulse;                  /* of a lane that stays; may be NULL */
    int64_t rest_since, last_news; /* monotone; 0: nothing of wave 2 is waiting */
    bool owes_rest;                /* a run of all waves since the last news */
} Worker;

static void rest(Worker *worker, int64_t microseconds)
{
    pulse_beat(worker->pulse, clock_now());
    jobs_wake_wait(worker->socket, newsroom_press_store(worker->press), microseconds);
    pulse_beat(worker->pulse, clock_now());
}

static void hide(Worker *worker)
{
    if (worker->progress != NULL) {
        progress_hide(worker->progress);
    }
}

static void say_failures(const PressReport *report)
{
    if (report->tally.failed > 0) {
        fprintf(
            stderr,
            "kolokol worker: pages that could not be rendered and stay as they were: %u; `kolokol "
            "press` says which\n",
            report->tally.failed);
    }
}

/* Of a lane that stays; known when the first page has been rendered. */
static void say_sandbox(Worker *worker)
{
    const char *line = press_sandbox(newsroom_press_engine(worker->press));
    if (line != NULL && worker->socket >= 0 && !worker->said_sandbox) {
        fprintf(stderr, "kolokol worker: pages are rendered in a %s\n", line);
        worker->said_sandbox = true;
    }
}

/* Somebody else may press just now (the command): then it is done by them, or at the next look. */
static bool press_now(Worker *worker, int last_wave, GError **error)
{
    PressRun how = {.last_wave = last_wave,
                    .progress = worker->progress == NULL ? NULL : progress_part,
                    .progress_data = worker->progress};
    PressReport report = {0};
    g_autoptr(GError) reason = NULL;
    bool done = press_run(newsroom_press_engine(worker->press), &how, &report, &reason);
    hide(worker);
    if (!done) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    say_failures(&report);
    say_sandbox(worker);
    return true;
}

static bool settle(Worker *worker, GError **error)
{
    int64_t settled = 0;
    return story_settle(newsroom_press_store(worker->press), clock_now(), &settled, error);
}

/* News at once; the rest when it has been quiet, or has waited long enough. What was touched may be
 * the frame or the theme, for which no page is marked: only a run of all waves looks at those, so
 * each change owes one. */
static bool press_step(Worker *worker, GError **error)
{
    bool news = false, any = false;
    int64_t now = clock_monotonic();
    Press *engine = newsroom_press_engine(worker->press);
    if (!press_pending(engine, PRESS_WAVE_NEWS, &news, error)) {
        return false;
    }
    if (news) {
        worker->last_news = now;
        worker->owes_rest = true;
        if (!settle(worker, error) || !press_now(worker, PRESS_WAVE_NEWS, error)) {
            return false;
        }
    }
    if (!press_pending(engine, 0, &any, error)) {
        return false;
    }
    if (!any && !worker->owes_rest) {
        worker->rest_since = 0;
        return true;
    }
    worker->rest_since = worker->rest_since == 0 ? now : worker->rest_since;
    bool due =
        now - worker->last_news >= WORKER_QUIET || now - worker->rest_since >= WORKER_COALESCE;
    if (!due) {
        return true;
    }
    worker->owes_rest = false;
    return press_now(worker, 0, error);
}

/* When to look again: at the next moment of the clock, at the latest in a second. */
static int64_t wait_for(Worker *worker)
{
    int64_t next = 0, now = clock_now();
    if (!press_stale_next(newsroom_press_store(worker->press), now, &next, NULL)) {
        return LOOK_AGAIN;
    }
    return CLAMP(next - now, CLOCK_SECOND / 100, LOOK_AGAIN);
}

/* The jobs of a lane, until none is due. Those of the lane mail are given the mailroom. */
static bool run_jobs(Worker *worker, const char *lane, GError **error)
{
    void *context = strcmp(lane, "mail") == 0 ? (void *)worker->mail : worker;
    bool ran = true;
    while (ran && !*worker->stop) {
        pulse_beat(worker->pulse, clock_now());
        if (!jobs_run_one(newsroom_press_store(worker->press), lane, context, &ran, error)) {
            return false;
        }
    }
    return true;
}

static bool serve_press(Worker *worker, GError **error)
{
    /* Once from the beginning: what an earlier run left, changed templates, a new program. */
    int64_t looked = INT64_MIN;
    while (!*worker->stop) {
        int64_t now = clock_monotonic();
        if (looked == INT64_MIN || now - looked > LOOK_ANYWAY) {
            looked = now;
            if (!press_now(worker, 0, error)) {
                return false;
            }
        }
        if (!press_step(worker, error) || !run_jobs(worker, "press", error)) {
            return false;
        }
        rest(worker, wait_for(worker));
    }
    return true;
}

/* Without kolokol-image pictures wait; the lane's other work does not. */
static void say_image_sandbox(void)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *line = image_sandbox(&reason);
    if (line == NULL) {
        fprintf(stderr, "kolokol worker: pictures are not made: %s\n", reason->message);
    } else {
        fprintf(stderr, "kolokol worker: pictures are made in a %s\n", line);
    }
}

static bool sweep_uploads(Worker *worker, GError **error)
{
    int64_t now = clock_monotonic();
    if (worker->swept != 0 && now - worker->swept < LOOK_ANYWAY) {
        return true;
    }
    worker->swept = now;
    FILE_AUTO directory = media_directory_open(error);
    return directory >= 0 &&
           incoming_sweep(newsroom_press_store(worker->press), directory, clock_now(), error);
}

/* A part of erasing, with its line for people. */
static bool erase(Worker *worker, bool (*part)(EraseWork *work, char **said, GError **error),
                  GError **error)
{
    g_autofree char *said = NULL;
    bool done = part(&worker->erase, &said, error);
    if (said != NULL) {
        fprintf(stderr, "kolokol worker: %s\n", said);
    }
    return done;
}

static bool serve_slow(Worker *worker, GError **error)
{
    say_image_sandbox();
    while (!*worker->stop) {
        bool more = false, words = false, files = false;
        pulse_beat(worker->pulse, clock_now());
        if (!housekeeping_step(&worker->house, false, error) ||
            !erase(worker, erase_spread, error) ||
            !related_work_step(worker->related, &words, error) ||
            !search_work_step(worker->search, &files, error)) {
            return false;
        }
        words |= files;
        /* What comes of words readers see, what comes of tidying they do not. */
        if ((!words && !press_tidy(newsroom_press_engine(worker->press), &more, error)) ||
            !run_jobs(worker, "slow", error) || !sweep_uploads(worker, error) ||
            (!more && !words && !erase(worker, erase_clean, error))) {
            return false;
        }
        if (!more && !words) {
            rest(worker, LOOK_AGAIN);
        }
    }
    return true;
}

/* Forms, and the jobs of that lane. */
static bool serve_forms(Worker *worker, GError **error)
{
    while (!*worker->stop) {
        if (!newsroom_forms_drain(worker->forms, worker->stop, error) ||
            !run_jobs(worker, "forms", error)) {
            return false;
        }
        rest(worker, LOOK_AGAIN);
    }
    return true;
}

static bool serve_jobs(Worker *worker, const char *lane, GError **error)
{
    Store *store = newsroom_press_store(worker->press);
    while (!*worker->stop) {
        int64_t due = INT64_MAX;
        if (!run_jobs(worker, lane, error) || !jobs_next_due(store, lane, &due, error)) {
            return false;
        }
        rest(worker, MIN(due - clock_now(), LOOK_AGAIN));
    }
    return true;
}

static bool serve_pay(Worker *worker, GError **error)
{
    return serve_jobs(worker, "pay", error);
}

static bool serve_mail(Worker *worker, GError **error)
{
    return serve_jobs(worker, "mail", error);
}

/* News first; then what related stories and files of search come of them, and their pages. */
static bool idle_press(Worker *worker, GError **error)
{
    bool changed = false;
    return settle(worker, error) && press_now(worker, 0, error) &&
           erase(worker, erase_spread, error) &&
           related_work_all(worker->related, worker->stop, NULL, error) &&
           search_work_all(worker->search, &changed, error) && press_now(worker, 0, error);
}

static bool idle_forms(Worker *worker, GError **error)
{
    return newsroom_forms_drain(worker->forms, worker->stop, error);
}

static bool idle_slow(Worker *worker, GError **error)
{
    bool more = true, done = true;
    Progress progress;
    progress_begin(&progress, stderr, "rounds of compressing and sweeping", 0);
    for (unsigned round = 1; done && more && !*worker->stop; round++) {
        done = press_tidy(newsroom_press_engine(worker->press), &more, error);
        progress_step(&progress, round, round);
    }
    progress_hide(&progress);
    return done && housekeeping_step(&worker->house, true, error) && sweep_uploads(worker, error) &&
           (*worker->stop || erase(worker, erase_clean, error));
}

struct WorkerLane {
    const char *name;
    bool (*serve)(Worker *worker, GError **error); /* until it is told to stop */
    bool (*idle)(Worker *worker, GError **error);  /* once, beside the lane's jobs; or NULL */
};

/* In the order in which --until-idle goes through them: what makes work for others comes first. */
static const WorkerLane lanes[] = {
    {"forms", serve_forms, idle_forms}, {"pay", serve_pay, NULL},        {"mail", serve_mail, NULL},
    {"press", serve_press, idle_press}, {"slow", serve_slow, idle_slow},
};

const WorkerLane *worker_lane(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(lanes); i++) {
        if (strcmp(lanes[i].name, name) == 0) {
            return &lanes[i];
        }
    }
    return NULL;
}

char *worker_lanes(void)
{
    GString *names = g_string_new(lanes[0].name);
    for (size_t i = 1; i < G_N_ELEMENTS(lanes); i++) {
        g_string_append_printf(names, ", %s", lanes[i].name);
    }
    return g_string_free(names, FALSE);
}

static bool once(Worker *worker, const char *only, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(lanes); i++) {
        const WorkerLane *lane = &lanes[i];
        if (only != NULL && strcmp(only, lane->name) != 0) {
            continue;
        }
        if ((lane->idle != NULL && !lane->idle(worker, error)) ||
            !run_jobs(worker, lane->name, error)) {
            return false;
        }
    }
    return true;
}

/* What the slow lane made (pictures) is pressed in another round. */
static bool until_idle(Worker *worker, const char *only, GError **error)
{
    bool again = true;
    progress_begin(&worker->pages, stderr, "pages", 0);
    worker->progress = &worker->pages;
    for (unsigned round = 0; again && round < IDLE_ROUNDS && !*worker->stop; round++) {
        if (!once(worker, only, error) ||
            !press_pending(newsroom_press_engine(worker->press), 0, &again, error)) {
            return false;
        }
        again = again && only == NULL;
    }
    return true;
}

static bool run_lane(Worker *worker, const char *lane, GError **error)
{
    worker->socket = jobs_wake_listen(lane, error);
    if (worker->socket < 0) {
        return false;
    }
    g_autofree char *name = g_strconcat("worker-", lane, NULL);
    worker->pulse = process_pulse(worker->newsroom, name, 0);
    bool done = worker_lane(lane)->serve(worker, error);
    close(worker->socket);
    pulse_free(worker->pulse);
    return done;
}

/* What a lane needs beside the press; another lane does not open it. */
static bool open_rooms(Worker *worker, const char *lane, GError **error)
{
    if (lane == NULL || strcmp(lane, "forms") == 0) {
        worker->forms =
            newsroom_forms_open(worker->newsroom, newsroom_press_store(worker->press), error);
        if (worker->forms == NULL) {
            return false;
        }
    }
    if (lane == NULL || strcmp(lane, "mail") == 0) {
        worker->mail = newsroom_mailroom(worker->newsroom, error);
        return worker->mail != NULL;
    }
    return true;
}

bool worker_run(const Newsroom *newsroom, const char *lane, bool until_idle_only,
                const volatile int *stop, GError **error)
{
    Worker worker = {.newsroom = newsroom, .socket = -1, .stop = stop};
    worker.press = newsroom_press_open(newsroom, error);
    if (worker.press == NULL) {
        return false;
    }
    for (const char *const *problem = newsroom_press_problems(worker.press); *problem != NULL;
         problem++) {
        fprintf(stderr, "kolokol worker: %s\n", *problem);
    }
    jobs_wake_directory(newsroom->run_dir);
    worker.related = related_work_new(newsroom_press_store(worker.press));
    worker.search = search_work_new(newsroom_press_store(worker.press), stop);
    worker.house = (Housekeeping){
        .newsroom = newsroom, .store = newsroom_press_store(worker.press), .stop = stop};
    worker.erase = (EraseWork){.newsroom = newsroom,
                               .press = worker.press,
                               .search = worker.search,
                               .patient = !until_idle_only};
    bool done =
        open_rooms(&worker, lane, error) &&
        (until_idle_only ? until_idle(&worker, lane, error) : run_lane(&worker, lane, error));
    g_clear_pointer(&worker.mail, mailroom_free);
    housekeeping_clear(&worker.house);
    newsroom_forms_free(worker.forms);
    related_work_free(worker.related);
    search_work_free(worker.search);
    newsroom_press_free(worker.press);
    return done;
}
