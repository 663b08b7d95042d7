/* What somebody saw of a story before they let it go out: story_seen.h. */
#include "desk/story_seen.h"

#include "base/error.h"
#include "desk/revision.h"
#include "desk/story_desk.h"
#include "desk/working.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define NAMES_MOST 3u    /* of who saved since */
#define SINCE_MOST 1000u /* revisions that are looked at for names */

char *story_seen_value(const Story *story)
{
    return g_strdup_printf("%" PRId64 ".%" PRId64, story->revision, story->version);
}

/* False for what no page of ours has written. */
static bool parse(const char *said, int64_t *revision, int64_t *version)
{
    g_auto(GStrv) parts = g_strsplit(said, ".", 3);
    return g_strv_length(parts) == 2 &&
           g_ascii_string_to_signed(parts[0], 10, 1, INT64_MAX, revision, NULL) &&
           g_ascii_string_to_signed(parts[1], 10, 1, INT64_MAX, version, NULL);
}

int64_t story_seen_newer(const OfficeVisit *visit, const Story *story)
{
    int64_t revision = 0, version = 0;
    return parse(office_field(visit, STORY_SEEN_FIELD), &revision, &version) &&
                   revision < story->revision
               ? story->revision
               : 0;
}

/* Who has saved since that revision: "Vera, Ilya". "" for what nobody's name stands at. Caller
 * frees. */
static char *savers(Store *store, const Story *story, int64_t since, GError **error)
{
    g_autoptr(GPtrArray) list = revision_list(store, story->id, SINCE_MOST, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; list != NULL && i < list->len && names->len < NAMES_MOST; i++) {
        const Revision *revision = list->pdata[i];
        if (revision->number > since && *revision->editor != '\0' &&
            !g_ptr_array_find_with_equal_func(names, revision->editor, g_str_equal, NULL)) {
            g_ptr_array_add(names, revision->editor);
        }
    }
    g_ptr_array_add(names, NULL);
    return list == NULL ? NULL : g_strjoinv(", ", (char **)names->pdata);
}

static bool changed(const OfficeVisit *visit, Store *store, const Story *story, int64_t revision,
                    GError **error)
{
    if (revision >= story->revision) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s", office_text(visit, "office_seen_other"));
    }
    g_autofree char *who = savers(store, story, revision, error);
    if (who == NULL) {
        return false;
    }
    g_autofree char *text =
        *who == '\0' ? g_strdup(office_text(visit, "office_seen_other"))
                     : strings_fill(visit->language, "office_seen_text", "who", who, NULL);
    return fail(error, KOLOKOL_ERROR_CONFLICT, "%s", text);
}

static bool same_texts(const Working *working, const Revision *saved)
{
    g_auto(GStrv) lines = g_strsplit(saved->body, "\r\n", -1); /* a browser's form has none */
    g_autofree char *body = g_strjoinv("\n", lines);
    return strcmp(working->title, saved->title) == 0 && strcmp(working->lead, saved->lead) == 0 &&
           strcmp(working->body, body) == 0;
}

/* Has this person typed nothing that the story has not? */
static bool saved(const OfficeVisit *visit, Store *store, const Story *story, GError **error)
{
    g_autoptr(GError) none = NULL;
    g_autoptr(Working) working = working_read(store, story->id, visit->person->id, &none);
    if (working == NULL) {
        if (g_error_matches(none, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&none));
        return false;
    }
    g_auto(StoryFields) stored = {0}, began = {0}, typed = {0};
    g_autoptr(Revision) now = revision_read(store, story->id, story->revision, error);
    if (now == NULL || !story_fields_read(store, story->id, &stored, error)) {
        return false;
    }
    story_fields_split(working->rest, &stored, &began, &typed);
    bool same = same_texts(working, now);
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        same = same && strcmp(typed.values[i], stored.values[i]) == 0;
    }
    return same ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "%s", office_text(visit, "office_seen_unsaved"));
}

bool story_seen_check(const OfficeVisit *visit, Store *store, int64_t id, StorySeenHow how,
                      GError **error)
{
    int64_t revision = 0, version = 0;
    g_autoptr(Story) story = story_read(store, id, error);
    if (story == NULL) {
        return false;
    }
    if (!parse(office_field(visit, STORY_SEEN_FIELD), &revision, &version)) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s", office_text(visit, "office_seen_never"));
    }
    bool entries = how == STORY_SEEN_TEXT && story->kind == STORY_KIND_LIVE;
    if (revision != story->revision || (version != story->version && !entries)) {
        return changed(visit, store, story, revision, error);
    }
    return how != STORY_SEEN_SAVED || saved(visit, store, story, error);
}
