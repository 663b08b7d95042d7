/* Settling uncertain mails: uncertain.h. The journal itself is delivery.c. */
#include "mail/uncertain.h"

#include "base/clock.h"
#include "base/error.h"
#include "jobs/jobs.h"
#include "mail_sql.h"

#include <string.h>

#define PART 200u /* rows a transaction: far below 20 ms */

static const char *const words[] = {[UNCERTAIN_ACCEPTED] = "accepted",
                                    [UNCERTAIN_REJECTED] = "rejected",
                                    [UNCERTAIN_AGAIN] = "again"};

bool uncertain_verdict_parse(const char *word, UncertainVerdict *verdict)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(word, words[i]) == 0) {
            *verdict = (UncertainVerdict)i;
            return true;
        }
    }
    return false;
}

typedef struct {
    int64_t issue;
    UncertainVerdict verdict;
    UncertainPick wanted;
    void *pick;
    GPtrArray *rows; /* of this part */
    int64_t part;    /* how many of them were settled */
} Settle;

static bool settle_one(Store *store, const Settle *settle, const Delivery *row, int64_t *changed,
                       GError **error)
{
    int64_t now = clock_now();
    switch (settle->verdict) {
    case UNCERTAIN_AGAIN:
        if (*row->address == '\0') {
            return mail_uncertain_end_counted(store, row->id, DELIVERY_EXCLUDED, now, "erased",
                                              changed, error);
        }
        return mail_uncertain_again_counted(store, row->id, now, "sent again by hand", changed,
                                            error);
    case UNCERTAIN_ACCEPTED:
        return mail_uncertain_end_counted(store, row->id, DELIVERY_ACCEPTED, now,
                                          "settled by hand: it arrived", changed, error);
    default:
        return mail_uncertain_end_counted(store, row->id, DELIVERY_REJECTED, now,
                                          "settled by hand: it did not arrive", changed, error);
    }
}

static bool settle_body(Store *store, void *data, GError **error)
{
    Settle *settle = data;
    settle->part = 0;
    for (guint i = 0; i < settle->rows->len; i++) {
        const Delivery *row = settle->rows->pdata[i];
        int64_t changed = 0;
        if (settle->wanted != NULL && !settle->wanted(row, settle->pick)) {
            continue;
        }
        if (!settle_one(store, settle, row, &changed, error)) {
            return false;
        }
        settle->part += changed;
    }
    return settle->part == 0 || settle->verdict != UNCERTAIN_AGAIN ||
           (mail_issue_reopen(store, settle->issue, error) &&
            job_enqueue(store, "mail.deliver", "", NULL, clock_now(), error));
}

bool uncertain_settle(Store *store, int64_t issue, UncertainVerdict verdict, UncertainPick wanted,
                      void *data, int64_t *settled, GError **error)
{
    Settle settle = {.issue = issue, .verdict = verdict, .wanted = wanted, .pick = data};
    int64_t after = 0, sum = 0;
    for (bool more = true; more;) {
        g_autoptr(GPtrArray) rows =
            delivery_list(store, issue, DELIVERY_UNCERTAIN, after, PART, error);
        settle.rows = rows;
        if (rows == NULL || !store_transact(store, settle_body, &settle, error)) {
            return false;
        }
        sum += settle.part;
        more = rows->len == PART;
        after = more ? ((const Delivery *)rows->pdata[PART - 1])->id : after;
    }
    *settled = sum;
    return true;
}

bool uncertain_count(Store *store, int64_t issue, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = mail_uncertain_count(store, issue, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *count = store_number(rows, 0);
    return true;
}
