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

static const NameMergeKind kind = {.word = "topic",
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

bool topic_merge(Store *store, const DeskSite *site, const char *language, const char *slug,
                 const char *target, int64_t now, GError **error)
{
    return name_merge(store, &kind, site, language, slug, target, now, error);
}

bool topic_merge_step(Store *store, const DeskSite *site, const char *language, const char *slug,
                      int64_t now, bool *more, GError **error)
{
    return name_merge_step(store, &kind, site, language, slug, now, more, error);
}

bool topic_merge_release(Store *store, const DeskSite *site, const char *language, const char *slug,
                         int64_t now, GError **error)
{
    return name_merge_release(store, &kind, site, language, slug, now, error);
}

bool topic_merge_erase(Store *store, const DeskSite *site, const char *name, int64_t now,
                       GError **error)
{
    return name_merge_erase(store, &kind, site, name, now, error);
}

bool topic_merge_target(Store *store, const char *language, const char *slug, const char *name,
                        char **target, GError **error)
{
    return name_merge_target(store, &kind, language, slug, name, target, error);
}

GPtrArray *topic_merge_list(Store *store, const char *language, const char *target, unsigned most,
                            GError **error)
{
    return name_merge_list(store, &kind, language, target, most, error);
}

static bool run_merge(Store *store, const Job *job, void *context, GError **error)
{
    return name_merge_run(store, &kind, job, error);
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
