/* Merging authors: author_merge.h. The work is name_merge.c. */
#include "desk/author_merge.h"

#include "base/clock.h"
#include "desk/author.h"
#include "desk_merge_sql.h"

#include <string.h>

#define JOB "author.merge"

/* Who wrote a story is not named again among those who reported. */
static void replace(StoryChange *change, const char *from, const char *to)
{
    Story *after = change->after;
    g_auto(GStrv) reporting = name_merge_slugs(change->before->reporting, from, to);
    g_autoptr(GStrvBuilder) rest = g_strv_builder_new();
    g_strfreev(after->authors);
    after->authors = name_merge_slugs(change->before->authors, from, to);
    for (char **slug = reporting; *slug != NULL; slug++) {
        if (strcmp(*slug, to) != 0 || !g_strv_contains((const char *const *)after->authors, to)) {
            g_strv_builder_add(rest, *slug);
        }
    }
    g_strfreev(after->reporting);
    after->reporting = g_strv_builder_end(rest);
}

static bool read_author(Store *store, const char *language, const char *slug, char **name,
                        GError **error)
{
    g_autoptr(Author) author = author_read(store, language, slug, error);
    if (author != NULL && name != NULL) {
        *name = g_strdup(author->name);
    }
    return author != NULL;
}

const NameMergeKind author_merging = {.word = "author",
                                      .one = "an author",
                                      .job = JOB,
                                      .replace = replace,
                                      .read = read_author,
                                      .stories = desk_merge_stories_by_author,
                                      .forget = desk_merge_author_forget,
                                      .put = desk_merge_author_put,
                                      .lead_on = desk_merge_author_lead_on,
                                      .open = desk_merge_author_open,
                                      .reached = desk_merge_author_reached,
                                      .target = desk_merge_author_target,
                                      .target_by_name = desk_merge_author_target_by_name,
                                      .into = desk_merge_authors_into,
                                      .unmerge = desk_merge_author_unmerge,
                                      .unmerge_counted = desk_merge_author_unmerge_counted,
                                      .named = desk_merge_authors_named};

static bool run_merge(Store *store, const Job *job, void *context, GError **error)
{
    return name_merge_run(store, &author_merging, job, error);
}

const JobKind author_jobs[] = {
    {.kind = JOB,
     .lane = "slow",
     .run = run_merge,
     .max_attempts = 10,
     .lease = 10 * CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "changes the stories of an author that became one with another"},
    {.kind = NULL},
};
