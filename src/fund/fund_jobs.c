/* The rows of fund's jobs: fund_jobs.h. */
#include "fund/fund_jobs.h"

#include "base/clock.h"
#include "fund/inbox.h"
#include "fund/practice.h"
#include "fund/reminder.h"
#include "fund/request.h"
#include "fund/sweep.h"

const JobKind fund_jobs[] = {
    {.kind = "pay.request",
     .lane = "pay",
     .run = request_run,
     .max_attempts = 60,
     .lease = CLOCK_MINUTE,
     .first_delay = CLOCK_SECOND,
     .help = "asks a payment provider for what was written down"},
    {.kind = "pay.apply",
     .lane = "pay",
     .run = inbox_run,
     .max_attempts = 100,
     .lease = CLOCK_MINUTE,
     .first_delay = CLOCK_SECOND,
     .help = "looks at what a payment provider called about, and books it"},
    {.kind = "pay.sweep",
     .lane = "pay",
     .run = sweep_run,
     .max_attempts = 100,
     .lease = 10 * CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "takes up again what waits, and asks what open gifts have become"},
    {.kind = "practice.renew",
     .lane = "pay",
     .run = practice_renew,
     .max_attempts = 20,
     .lease = CLOCK_MINUTE,
     .first_delay = CLOCK_SECOND,
     .help = "the next payment of a subscription of practice"},
    {.kind = "remind.send",
     .lane = "mail",
     .run = reminder_send,
     .max_attempts = 50,
     .lease = CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "mails a reminder on its day and erases it"},
    {.kind = "remind.forget",
     .lane = "mail",
     .run = reminder_forget,
     .max_attempts = 50,
     .lease = CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "erases a reminder that nobody confirmed"},
    {.kind = NULL},
};
