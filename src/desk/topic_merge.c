/* Merging topics: topic_merge.h. The work is name_merge.c. */
#include "desk/topic_merge.h"

#include "base/clock.h"
#include "desk/topic.h"
#include "desk_merge_sql.h"

#define JOB "topic.merge"

static void replace(StoryChange *change, const char *from, const char *to)
{
    g_strfreev(change->after->topics);
    change->after->topics = name_merge_slugs(change->before->topics, from, to);
}

static bool read_topic(Store *store, const char *language, const char *slug, char **name,
                       GError **error)
{
    g_autoptr(Topic) topic = topic_read(store, language, slug, error);
    if (topic != NULL && name != NULL) {
        *name = g_strdup(topic->name);
    }
    return topic != NULL;
}

const NameMergeKind topic_merging = {.word = "topic",
                                     .one = "a topic",
                                     .job = JOB,
                                     .replace = replace,
                                     .read = read_topic,
                                     .stories = desk_merge_stories_with_topic,
                                     .forget = desk_merge_topic_forget,
                                     .put = desk_merge_topic_put,
                                     .lead_on = desk_merge_topic_lead_on,
                                     .open = desk_merge_topic_open,
                                     .reached = desk_merge_topic_reached,
                                     .target = desk_merge_topic_target,
                                     .target_by_name = desk_merge_topic_target_by_name,
                                     .into = desk_merge_topics_into,
                                     .unmerge = desk_merge_topic_unmerge,
                                     .unmerge_counted = desk_merge_topic_unmerge_counted,
                                     .named = desk_merge_topics_named};

static bool run_merge(Store *store, const Job *job, void *context, GError **error)
{
    return name_merge_run(store, &topic_merging, job, error);
}

const JobKind topic_jobs[] = {
    {.kind = JOB,
     .lane = "slow",
     .run = run_merge,
     .max_attempts = 10,
     .lease = 10 * CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "changes the stories of a topic that became one with another"},
    {.kind = NULL},
};
