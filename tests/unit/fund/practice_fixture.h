/* Gifts through practice, for tests: the jobs of fund, with mail that only counts. */
#pragma once

#include "doubles/stores.h"
#include "fixture.h"
#include "fund/fund_jobs.h"
#include "fund/gift.h"
#include "fund/practice.h"
#include "fund/request.h"

#include <string.h>

static int64_t fixture_time = FIXTURE_NOW;
static unsigned fixture_mails;
static char *fixture_mail; /* the last payload */

static int64_t fixture_clock(void *data)
{
    return fixture_time;
}

static bool fixture_send(Store *store, const Job *job, void *context, GError **error)
{
    fixture_mails++;
    g_free(fixture_mail);
    fixture_mail = g_strdup(job->payload);
    return true;
}

static inline void fixture_begin(void)
{
    static JobKind kinds[20];
    unsigned count = 0;
    for (const JobKind *row = fund_jobs; row->kind != NULL; row++) {
        kinds[count++] = *row;
    }
    kinds[count++] = (JobKind){.kind = "mail.send",
                               .lane = "post",
                               .run = fixture_send,
                               .max_attempts = 3,
                               .lease = CLOCK_MINUTE,
                               .first_delay = CLOCK_SECOND,
                               .help = "-"};
    kinds[count] = (JobKind){.kind = NULL};
    jobs_register(kinds);
    fixture_time = FIXTURE_NOW;
    fixture_mails = 0;
    clock_replace(fixture_clock, NULL);
}

static inline void fixture_run(Store *store, const char *lane)
{
    g_autoptr(GError) error = NULL;
    bool ran = true;
    while (ran) {
        jobs_run_one(store, lane, NULL, &ran, &error);
        g_assert_no_error(error);
    }
}

/* A gift that was asked for; its checkout at practice. */
static inline Gift *fixture_gift(Store *store, const char *form, Frequency frequency, int64_t minor)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Gift) gift = g_new0(Gift, 1);
    gift->form = g_strdup(form);
    gift->frequency = frequency;
    gift->amount = (Money){minor, "EUR"};
    gift->campaign = g_strdup("winter");
    gift->language = g_strdup("en");
    gift->provider = g_strdup("practice");
    gift->checkout = g_strdup("");
    gift->link = g_strdup("");
    gift->address = g_strdup("");
    gift->created = fixture_time;
    bool fresh = false, asked = false;
    gift_intend(store, gift, &fresh, &error);
    g_assert_no_error(error);
    request_write(store, gift, PAYMENT_CHECKOUT, "", fixture_time, &asked, &error);
    g_assert_no_error(error);
    Gift *made = gift_by_id(store, gift->id, &error);
    g_assert_no_error(error);
    return made;
}

static inline void fixture_decide(Store *store, const Gift *gift, PracticeDecision decision)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *code = NULL;
    PracticeDecision holds;
    practice_decide(store, gift->checkout, decision, "reader@example.org", fixture_time, &holds,
                    &code, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(code, ==, gift->code);
}

static inline GiftState fixture_state(Store *store, int64_t id)
{
    g_autoptr(Gift) gift = gift_by_id(store, id, NULL);
    return gift->state;
}
