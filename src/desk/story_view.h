/*
 * The page of one story in the office: what it shows, and writing it. Handlers are
 * story_edit_office.c (the text) and story_state_office.c (its way to readers).
 */
#pragma once

#include "desk/story_desk.h"
#include "desk/task.h"
#include "desk/working.h"
#include "office/office.h"
#include "text/html.h"

#define STORY_FORM_MOST                                                                            \
    (8u * 1024 * 1024) /* bytes: LIMIT_BODY with its percent escapes, mostly                       \
                        */

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    Story *story;
    Task task;
    StoryFields stored;   /* now, the same in each line */
    StoryFields was, now; /* when the form was made; as in the form */
    StoryFields theirs;   /* what somebody else has stored where the form changes it too; or NULL */
    char *title, *lead, *body;
    int64_t base, floor, serial;
    bool working;        /* the form shows a working copy */
    bool loose;          /* what the form shows is kept nowhere else */
    const char *problem; /* shown above; borrowed */
    const char *done;    /* the same, good news; borrowed */
    int64_t newer;       /* a revision that the form was made before; 0: none */
    char *typed;         /* words that cannot be kept, to be copied from the page; NULL: none */
    unsigned status;
} StoryView;

void story_view_clear(StoryView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryView, story_view_clear)

/* The story as stored, or the visitor's working copy of it if there is one. */
bool story_view_load(OfficeVisit *visit, int64_t id, StoryView *view, GError **error);

/* What was sent instead: so that a page with a problem shows every word of it. */
void story_view_take_form(StoryView *view);

/* Somebody else's fields are said, and the form goes on from them; false: there are none. Such a
 * form is not saved: the next press decides. */
bool story_view_settle(StoryView *view);

/* The texts in the form, for working.h; borrowed from the view. `rest` is the caller's to free. */
WorkingText story_view_text(const StoryView *view, char **rest);

/* Reads the story and its fields again, as they are in the transaction that changes them: DENIED if
 * this person may not change it. What readers see, only who may publish may. */
bool story_view_check(StoryView *view, GError **error);

/* Why this person may not: readers see it, or will. */
const char *story_view_denied(const OfficeVisit *visit, const Story *story);

HttpReply *story_view_page(StoryView *view);

/* The kinds to choose from, but a page of the newspaper: for the story's form and that of a new
 * one.
 */
void story_view_kinds(HtmlWriter *page, const OfficeVisit *visit, const char *chosen);

/* The floor that a form says it was made after; 0 if it says none. */
int64_t story_view_floor(const OfficeVisit *visit);

/* Was the form made before something was taken out of the story (floor.h)? */
bool story_view_moved(const StoryView *view);

/* The story as it is now, 409, and the words of such a form beside it: the story's own form, or
 * another (a comment's). Of one that was taken down no word is given back. */
HttpReply *story_view_refused(const StoryView *sent);
HttpReply *story_view_words_refused(OfficeVisit *visit, int64_t id, const char *words);

/* The same for a script, {"problem", "moved"}: moved, if what was typed must not come back, from
 * the browser neither; then the problem is the text `id`. */
HttpReply *story_view_script_refused(const OfficeVisit *visit, bool moved, const char *id,
                                     const GError *error);

/* The page of a story again, with what went wrong; the status is the error's. */
HttpReply *story_view_problem(OfficeVisit *visit, int64_t id, const GError *error);
