/* Progress bars: progress.h. */
#include "main/progress.h"

#include "base/clock.h"

#include <inttypes.h>
#include <unistd.h>

#define WIDTH 30
#define AGAIN (CLOCK_SECOND / 10)

void progress_begin(Progress *progress, FILE *out, const char *what, uint64_t total)
{
    int64_t now = clock_monotonic();
    *progress = (Progress){.out = out,
                           .what = what,
                           .total = total,
                           .began = now,
                           .shown = now,
                           .terminal = isatty(fileno(out)) == 1};
}

void progress_next(Progress *progress, const char *what)
{
    progress_hide(progress);
    progress->what = what;
    progress->total = 0;
}

void progress_step(Progress *progress, uint64_t done, uint64_t count)
{
    int64_t now = progress->terminal ? clock_monotonic() : 0;
    if (!progress->terminal || now - progress->began < CLOCK_SECOND ||
        now - progress->shown < AGAIN) {
        return;
    }
    progress->shown = now;
    progress->visible = true;
    if (progress->total == 0) {
        fprintf(progress->out, "\r%" PRIu64 " %s\033[K", count, progress->what);
    } else {
        uint64_t part = done > progress->total ? progress->total : done;
        int filled = (int)(part * WIDTH / progress->total);
        fprintf(progress->out, "\r[%.*s%*s] %3d %%  %" PRIu64 " %s\033[K", filled,
                "##############################", WIDTH - filled, "",
                (int)(part * 100 / progress->total), count, progress->what);
    }
    fflush(progress->out);
}

void progress_part(unsigned done, unsigned total, void *data)
{
    Progress *progress = data;
    progress->total = total;
    progress_step(progress, done, done);
}

void progress_hide(Progress *progress)
{
    if (progress->visible) {
        fputs("\r\033[K", progress->out);
        fflush(progress->out);
        progress->visible = false;
    }
}
