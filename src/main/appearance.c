/* From a change to the reader: appearance.h. The press itself is press_newsroom.h, the worker
 * worker.h. */
#include "main/appearance.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "edition/reader.h"
#include "jobs/wake.h"
#include "main/press_newsroom.h"
#include "press/page.h"

#include <string.h>

#define CACHE      (256u * 1024)
#define LOOK       2000               /* µs between looks at the edition */
#define ASK        CLOCK_SECOND       /* then the press is asked whether anything is left to do */
#define AFTERWARDS (CLOCK_SECOND / 2) /* from "nothing is left" to "it will not come" */

struct Appearance {
    const Newsroom *newsroom;
    int directory;
    EditionReader *before; /* NULL: there was no edition */
    int64_t began;
    bool unfinished;      /* this process presses, and has not done everything */
    NewsroomPress *press; /* for asking what is pending, NULL until needed */
};

static EditionReader *open_edition(int directory, GError **error)
{
    g_autoptr(GError) reason = NULL;
    EditionReader *reader = edition_reader_open(directory, CACHE, &reason);
    if (reader == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return reader;
}

Appearance *appearance_new(const Newsroom *newsroom, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Appearance) appearance = g_new0(Appearance, 1);
    appearance->newsroom = newsroom;
    appearance->began = clock_monotonic();
    appearance->directory = directory_open(newsroom->edition_dir, false, error);
    if (appearance->directory < 0) {
        return NULL;
    }
    appearance->before = open_edition(appearance->directory, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    return g_steal_pointer(&appearance);
}

void appearance_free(Appearance *appearance)
{
    if (appearance != NULL) {
        g_clear_pointer(&appearance->before, edition_reader_free);
        g_clear_pointer(&appearance->press, newsroom_press_free);
        file_close(&appearance->directory);
        g_free(appearance);
    }
}

static bool find(EditionReader *reader, const char *path, Hash *hash)
{
    return reader != NULL && edition_reader_find(reader, path, hash, NULL);
}

/* Marks the pages that differ in the present edition; true if all have been seen. */
static bool look(const Appearance *appearance, AppearancePage *pages, unsigned count)
{
    g_autoptr(EditionReader) now = edition_reader_open(appearance->directory, CACHE, NULL);
    unsigned seen = 0;
    for (unsigned i = 0; i < count; i++) {
        AppearancePage *page = &pages[i];
        Hash hash_before, hash_now;
        bool was = find(appearance->before, page->path, &hash_before);
        bool is = find(now, page->path, &hash_now);
        bool differs = was != is || (was && memcmp(&hash_before, &hash_now, sizeof hash_now) != 0);
        if (differs && page->outcome != APPEARANCE_LIVE) {
            page->outcome = APPEARANCE_LIVE;
            page->microseconds = clock_monotonic() - appearance->began;
        }
        seen += page->outcome == APPEARANCE_LIVE;
    }
    return seen == count;
}

/* Everything is pressed: what has not changed by now stays as it is. */
static void settle(AppearancePage *pages, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (pages[i].outcome != APPEARANCE_LIVE) {
            pages[i].outcome = APPEARANCE_SAME;
        }
    }
}

static bool press_opened(Appearance *appearance, GError **error)
{
    if (appearance->press == NULL) {
        appearance->press = newsroom_press_open(appearance->newsroom, error);
    }
    return appearance->press != NULL;
}

static bool pending(Appearance *appearance, bool *left, GError **error)
{
    return press_opened(appearance, error) &&
           press_pending(newsroom_press_engine(appearance->press), PRESS_WAVE_NEWS, left, error);
}

/* Somebody else presses. */
static bool watch(Appearance *appearance, AppearancePage *pages, unsigned count, GError **error)
{
    int64_t began = clock_monotonic(), idle_since = 0, asked = began;
    g_autofree char *last = NULL;
    while (clock_monotonic() - began < APPEARANCE_PATIENCE) {
        g_autofree char *current = edition_current(appearance->directory);
        if (g_strcmp0(current, last) != 0) {
            g_free(last);
            last = g_steal_pointer(&current);
            if (look(appearance, pages, count)) {
                return true;
            }
        }
        int64_t now = clock_monotonic();
        bool left = true;
        if (now - began > ASK && now - asked > ASK / 10) {
            asked = now;
            if (!pending(appearance, &left, error)) {
                return false;
            }
            idle_since = left ? 0 : idle_since != 0 ? idle_since : now;
        }
        if (idle_since != 0 && now - idle_since > AFTERWARDS) {
            settle(pages, count);
            return true;
        }
        g_usleep(LOOK);
    }
    return true;
}

bool appearance_wait(Appearance *appearance, AppearancePage *pages, unsigned count, GError **error)
{
    for (unsigned i = 0; i < count; i++) {
        pages[i].outcome = APPEARANCE_LATE;
    }
    if (jobs_wake_heard("press")) {
        return watch(appearance, pages, count, error);
    }
    g_autoptr(GError) reason = NULL;
    PressRun how = {.last_wave = PRESS_WAVE_NEWS};
    PressReport report = {0};
    if (!newsroom_press(appearance->newsroom, &how, &report, &reason)) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
            return watch(appearance, pages, count, error);
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    appearance->unfinished = true;
    look(appearance, pages, count);
    settle(pages, count);
    return true;
}

typedef struct {
    const char *name;
    char *reason;
} Failure;

static void take_failure(const char *name, const char *reason, void *data)
{
    Failure *failure = data;
    if (strcmp(name, failure->name) == 0) {
        g_free(failure->reason);
        failure->reason = g_strdup(reason);
    }
}

bool appearance_tell_failure(Appearance *appearance, CommandContext *context, const char *name,
                             const char *what, GError **error)
{
    Failure failure = {name, NULL};
    bool looked =
        press_opened(appearance, error) &&
        press_each_failure(newsroom_press_engine(appearance->press), take_failure, &failure, error);
    if (looked && failure.reason != NULL) {
        fprintf(context->err, "kolokol %s: the change is kept, but %s cannot be made: %s\n",
                context->command->name, what, failure.reason);
        context->failed = true;
    }
    g_free(failure.reason);
    return looked;
}

bool appearance_finish(Appearance *appearance, GError **error)
{
    if (!appearance->unfinished) {
        return true;
    }
    appearance->unfinished = false;
    g_autoptr(GError) reason = NULL;
    PressRun how = {0};
    PressReport report = {0};
    if (!newsroom_press(appearance->newsroom, &how, &report, &reason) &&
        !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}
