/* Translations and their originals: translation.h. How a pair is shown is translation_office.c and
 * `kolokol story translation`. */
#include "desk/translation.h"

#include "desk/revision.h"
#include "desk/task.h"
#include "staff/audit.h"
#include "text/parallel.h"

#include <inttypes.h>
#include <string.h>

void translation_clear(Translation *translation)
{
    g_clear_pointer(&translation->story, story_free);
    g_clear_pointer(&translation->group, g_ptr_array_unref);
    match_clear(&translation->match);
}

static const Story *of_group(const Translation *translation, int64_t id)
{
    for (guint i = 0; i < translation->group->len; i++) {
        const Story *story = translation->group->pdata[i];
        if (story->id == id && id != translation->story->id) {
            return story;
        }
    }
    return NULL;
}

static void choose_original(Translation *translation, int64_t asked)
{
    const Story *oldest = translation->group->pdata[0];
    translation->original = of_group(translation, asked);
    if (translation->original == NULL && translation->match.original != 0) {
        translation->original = of_group(translation, translation->match.original);
    }
    if (translation->original == NULL) {
        translation->original = of_group(translation, oldest->id);
    }
    if (translation->original == NULL || translation->original->id != translation->match.original) {
        match_clear(&translation->match);
    }
}

bool translation_read(Store *store, int64_t story, int64_t asked, Translation *translation,
                      GError **error)
{
    g_auto(Translation) read = {0};
    read.story = story_read(store, story, error);
    if (read.story == NULL || !match_read(store, story, &read.match, error)) {
        return false;
    }
    read.group = match_group(store, read.story->group, error);
    if (read.group == NULL) {
        return false;
    }
    choose_original(&read, asked);
    *translation = read;
    read = (Translation){0};
    return true;
}

/* Headline and standfirst, which always stand beside each other. */
static void put_line(GPtrArray *rows, int at, const char *before, const char *now,
                     const char *translation)
{
    bool same = strcmp(before, now) == 0;
    ParallelRow *row = g_new0(ParallelRow, 1);
    row->kind = same ? PARALLEL_SAME : PARALLEL_CHANGED;
    row->before = same ? NULL : g_strdup(before);
    row->original = g_strdup(now);
    row->translation = g_strdup(translation);
    g_ptr_array_insert(rows, at, row);
}

GPtrArray *translation_rows(Store *store, const Translation *translation, GError **error)
{
    const Story *original = translation->original, *story = translation->story;
    const Match *match = &translation->match;
    int64_t then = match->original == 0 ? original->revision : match->revision;
    g_autoptr(Revision) now = revision_read(store, original->id, original->revision, error);
    g_autoptr(Revision) mine =
        now == NULL ? NULL : revision_read(store, story->id, story->revision, error);
    if (mine == NULL) {
        return NULL;
    }
    g_autoptr(Revision) old = revision_read(store, original->id, then, NULL);
    const Revision *before = old == NULL ? now : old;
    GPtrArray *rows = parallel_rows(before->body, now->body, mine->body);
    if (*before->lead != '\0' || *now->lead != '\0' || *mine->lead != '\0') {
        put_line(rows, 0, before->lead, now->lead, mine->lead);
    }
    put_line(rows, 0, before->title, now->title, mine->title);
    return rows;
}

static bool audited(Store *store, int64_t story, const char *action, const char *what,
                    const TranslationActor *by, int64_t now, GError **error)
{
    g_autofree char *subject = g_strdup_printf("story %" PRId64, story);
    return audit_add_by(store, by->person, by->token, action, subject, what, now, error);
}

bool translation_mark(Store *store, int64_t story, int64_t original, int64_t revision,
                      const TranslationActor *by, int64_t now, GError **error)
{
    g_autofree char *what =
        g_strdup_printf("story %" PRId64 ", revision %" PRId64, original, revision);
    return match_set(store, story, original, revision, by->name, now, error) &&
           audited(store, story, "story.match", what, by, now, error);
}

bool translation_begin(Store *store, const DeskSite *site, int64_t original, const char *language,
                       const TranslationActor *by, int64_t now, int64_t *story, GError **error)
{
    g_autofree char *what = g_strdup_printf("of story %" PRId64 ", %s", original, language);
    return match_begin(store, site, original, language, by->name, now, story, error) &&
           task_begun(store, *story, by->person, error) &&
           audited(store, *story, "story.translate", what, by, now, error);
}
