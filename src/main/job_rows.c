/* All kinds of jobs: job_rows.h. Each department's rows stand in its *_jobs.c, ended by kind NULL.
 */
#include "main/job_rows.h"

#include "desk/author_merge.h"
#include "desk/incoming.h"
#include "desk/media_crop.h"
#include "desk/media_upload.h"
#include "desk/topic_merge.h"
#include "fund/fund_jobs.h"
#include "mail/mail_jobs.h"
#include "office/letter.h"

static const JobKind *const tables[] = {
    media_jobs, media_crop_jobs, incoming_jobs, topic_jobs, author_jobs,
    fund_jobs,  mail_jobs,       office_jobs,   NULL,
};

const JobKind *job_rows(void)
{
    static JobKind *all;
    if (all == NULL) {
        GArray *rows = g_array_new(TRUE, TRUE, sizeof(JobKind));
        for (const JobKind *const *table = tables; *table != NULL; table++) {
            for (const JobKind *row = *table; row->kind != NULL; row++) {
                g_array_append_val(rows, *row);
            }
        }
        all = (JobKind *)(void *)g_array_free(rows, FALSE);
    }
    return all;
}
