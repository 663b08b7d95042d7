/* A working copy becomes a revision, merged where somebody else saved one: working.h. */
#include "base/error.h"
#include "desk/revision.h"
#include "desk/story_change.h"
#include "desk/story_edit.h"
#include "desk/task.h"
#include "desk/working.h"
#include "desk_sql.h"
#include "text/merge.h"

#include <inttypes.h>
#include <string.h>

void working_saved_clear(WorkingSaved *saved)
{
    g_free(saved->theirs);
    g_free(saved->their_title);
    g_free(saved->their_lead);
    *saved = (WorkingSaved){0};
}

typedef struct {
    const DeskSite *site;
    const WorkingText *text;
    int64_t seen, now;
    const Working *before; /* the copy until now; NULL: none */
    WorkingSaved *saved;
} Save;

/* Browsers' forms and ours have line feeds only; what was imported may have CR LF. Caller frees. */
static char *with_feeds(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    return g_strjoinv("\n", lines);
}

/* The text's one value of what both sides have: *theirs is set where both changed it. */
static const char *decide(const char *base, const char *mine, const char *current, char **theirs)
{
    if (strcmp(mine, base) == 0) {
        return current;
    }
    if (strcmp(current, base) != 0 && strcmp(current, mine) != 0) {
        *theirs = g_strdup(current);
    }
    return mine;
}

/* The copy ends, unless another window's words are in it. */
static bool end_copy(Store *store, const Save *save, GError **error)
{
    save->saved->other = !working_alone(save->before, save->text, save->seen, NULL);
    return save->saved->other ||
           desk_working_delete(store, save->text->story, save->text->person, error);
}

/* The story gets these texts, and the working copy ends. */
static bool finish(Store *store, const Save *save, const Revision *current, const char *title,
                   const char *lead, const char *body, GError **error)
{
    const WorkingText *text = save->text;
    g_autofree char *same = with_feeds(current->body);
    const char *exact = strcmp(same, body) == 0 ? current->body : body;
    return story_save(store, save->site, text->story, title, lead, exact, current->format,
                      text->name, save->now, &save->saved->revision, error) &&
           task_begun(store, text->story, text->person, error) && end_copy(store, save, error);
}

/* Nothing is saved: the working copy holds both. */
static bool leave(Store *store, const Save *save, const Revision *current, const char *title,
                  const char *lead, const char *body, GError **error)
{
    const WorkingText *text = save->text;
    if (!working_alone(save->before, text, save->seen, error)) {
        return false;
    }
    save->saved->outcome = WORKING_CONFLICT;
    save->saved->revision = current->number;
    return desk_working_put(store, text->story, text->person, current->number,
                            working_next(save->before, save->now), save->now, text->name, title,
                            lead, body, text->rest, text->floor, error);
}

static bool merge(Store *store, const Save *save, const Revision *current, GError **error)
{
    const WorkingText *text = save->text;
    WorkingSaved *saved = save->saved;
    g_autoptr(Revision) base = revision_read(store, text->story, text->base, error);
    if (base == NULL) {
        return false;
    }
    g_autofree char *base_body = with_feeds(base->body);
    g_autofree char *their_body = with_feeds(current->body);
    unsigned conflicts = 0;
    g_autofree char *body =
        merge_texts(base_body, text->body, their_body, text->name, current->editor, &conflicts);
    const char *title = decide(base->title, text->title, current->title, &saved->their_title);
    const char *lead = decide(base->lead, text->lead, current->lead, &saved->their_lead);
    saved->theirs = g_strdup(current->editor);
    saved->outcome = WORKING_MERGED;
    if (conflicts > 0 || saved->their_title != NULL || saved->their_lead != NULL) {
        return leave(store, save, current, title, lead, body, error);
    }
    return finish(store, save, current, title, lead, body, error);
}

/* The same form sent again, or one's own save from another window: nobody else's text is in it. */
static bool is_own(const WorkingText *text, const Revision *current)
{
    return text->base == current->number - 1 && strcmp(text->name, current->editor) == 0;
}

/* *working stays NULL if there is none. */
static bool read_before(Store *store, const WorkingText *text, Working **working, GError **error)
{
    g_autoptr(GError) why = NULL;
    *working = working_read(store, text->story, text->person, &why);
    if (why != NULL && !g_error_matches(why, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return true;
}

static bool save_body(Store *store, void *data, GError **error)
{
    Save *save = data;
    const WorkingText *text = save->text;
    g_autoptr(Working) before = NULL;
    working_saved_clear(save->saved);
    if (!read_before(store, text, &before, error)) {
        return false;
    }
    save->before = before;
    g_autoptr(Story) story = story_read(store, text->story, error);
    g_autoptr(Revision) current =
        story == NULL ? NULL : revision_read(store, text->story, story->revision, error);
    if (current == NULL) {
        return false;
    }
    if (!working_check(store, story, text, error)) {
        return false;
    }
    if (text->base != current->number) {
        bool done = merge(store, save, current, error);
        if (done && save->saved->outcome == WORKING_MERGED && is_own(text, current)) {
            save->saved->outcome = WORKING_SAVED;
        }
        return done;
    }
    save->saved->outcome = WORKING_SAVED;
    return finish(store, save, current, text->title, text->lead, text->body, error);
}

bool working_save(Store *store, const DeskSite *site, const WorkingText *text, int64_t seen,
                  int64_t now, WorkingSaved *saved, GError **error)
{
    WorkingSaved made = {0};
    Save save = {.site = site, .text = text, .seen = seen, .now = now, .saved = &made};
    if (!store_transact(store, save_body, &save, error)) {
        working_saved_clear(&made);
        return false;
    }
    *saved = made;
    return true;
}
