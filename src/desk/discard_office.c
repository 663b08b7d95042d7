/* The page that asks before a draft is thrown away (discard.h), and the throwing away. */
#include "desk/discard_office.h"
#include "desk/discard.h"

#include "base/error.h"
#include "desk/story_seen.h"
#include "desk/story_view_private.h"
#include "office/frame.h"
#include "office/reason.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define GOES_FIELD "goes" /* what the page said, beside the story itself (story_seen.h) */

/* All that is no part of the story's version: unsaved text of others above all. Caller frees. */
static char *goes_value(const Discard *what)
{
    return g_strdup_printf("%" PRId64 ".%" PRId64 ".%" PRId64 ".%" PRId64 ".%" PRId64 ".%" PRId64,
                           what->revisions, what->comments, what->entries, what->unsaved,
                           what->entered, what->typed);
}

static void write_question(HtmlWriter *page, const OfficeVisit *visit, const Story *story,
                           const Discard *what)
{
    char numbers[4][24];
    const int64_t counts[] = {what->revisions, what->comments, what->entries, what->unsaved};
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_snprintf(numbers[i], sizeof numbers[i], "%" PRId64, counts[i]);
    }
    g_autofree char *goes =
        strings_fill(visit->language, "office_discard_goes", "revisions", numbers[0], "comments",
                     numbers[1], "entries", numbers[2], "unsaved", numbers[3], NULL);
    g_autofree char *action = g_strdup_printf("/stories/%" PRId64 "/discard", story->id);
    story_view_back(page, visit, story);
    html_element(page, "p", goes);
    html_element(page, "p", office_text(visit, "office_discard_stays"));
    g_autofree char *seen = story_seen_value(story);
    g_autofree char *value = goes_value(what);
    office_form(page, visit, action);
    office_hidden(page, STORY_SEEN_FIELD, seen);
    office_hidden(page, GOES_FIELD, value);
    office_tick(page, office_text(visit, "office_discard_sure"), "sure", "required");
    office_button(page, office_text(visit, "office_discard"), "danger");
    html_close(page, "form");
}

static HttpReply *ask(OfficeVisit *visit, const Story *story, const char *problem, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    Discard what = {0};
    bool may = story_discard_look(visit->store, story->id, &what, &reason);
    HtmlWriter *page = office_page(visit, office_text(visit, "office_discard_title"));
    if (!may) {
        story_view_back(page, visit, story);
        office_problem(page, office_reason(visit, reason));
        return office_page_done(visit, page, office_status(reason));
    }
    if (problem != NULL) {
        office_problem(page, problem);
    }
    write_question(page, visit, story, &what);
    return office_page_done(visit, page, status);
}

static Story *story_of(OfficeVisit *visit, GError **error)
{
    int64_t id = 0;
    return office_part_number(visit, 0, &id) ? story_read(visit->store, id, error) : NULL;
}

static HttpReply *answer_ask(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = story_of(visit, &reason);
    return story != NULL    ? ask(visit, story, NULL, 200)
           : reason == NULL ? office_not_found(visit)
                            : office_failed(visit, reason);
}

typedef struct {
    const OfficeVisit *visit;
    int64_t story;
} Act;

/* Does no more go than the page said? */
static bool same(const Act *act, Store *store, GError **error)
{
    Discard what = {0};
    if (!story_discard_look(store, act->story, &what, error) ||
        !story_seen_check(act->visit, store, act->story, STORY_SEEN_WHOLE, error)) {
        return false;
    }
    g_autofree char *now = goes_value(&what);
    return strcmp(office_field(act->visit, GOES_FIELD), now) == 0 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "%s",
                office_text(act->visit, "office_discard_changed"));
}

static bool discard(Store *store, void *data, GError **error)
{
    const Act *act = data;
    const OfficeVisit *visit = act->visit;
    g_autofree char *subject = g_strdup_printf("story %" PRId64, act->story);
    return same(act, store, error) &&
           story_discard(store, act->story, visit->person->name, visit->now, error) &&
           audit_add(store, visit->person->id, "story.discard", subject, "", visit->now, error);
}

static HttpReply *answer_discard(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = story_of(visit, &reason);
    if (story == NULL) {
        return reason == NULL ? office_not_found(visit) : office_failed(visit, reason);
    }
    if (g_strcmp0(office_field(visit, "sure"), "1") != 0) {
        return ask(visit, story, office_text(visit, "office_discard_unsure"), 422);
    }
    Act act = {visit, story->id};
    if (store_transact(visit->store, discard, &act, &reason)) {
        return office_see_other(visit, "/stories?done=discarded");
    }
    g_autoptr(GError) none = NULL;
    g_autoptr(Story) now = story_read(visit->store, story->id, &none); /* what is asked of next */
    return ask(visit, now != NULL ? now : story, office_reason(visit, reason),
               office_status(reason));
}

const OfficeRoute discard_office[] = {
    {.name = "story-discard-ask",
     .method = HTTP_GET,
     .path = "/stories/:id/discard",
     .permission = PERMISSION_WRITE,
     .answer = answer_ask,
     .help = "what goes with a draft that is thrown away"},
    {.name = "story-discard",
     .method = HTTP_POST,
     .path = "/stories/:id/discard",
     .permission = PERMISSION_WRITE,
     .answer = answer_discard,
     .body_most = OFFICE_FORM,
     .help = "throws a draft away for good"},
    {.name = NULL},
};
