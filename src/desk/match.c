/* Translations and their originals: match.h. What is shown of them is translation_office.c. */
#include "desk/match.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/import.h"
#include "desk/revision.h"
#include "desk/section.h"
#include "desk/story_edit.h"
#include "desk/story_export.h"
#include "desk/topic.h"
#include "desk_match_sql.h"

#include <inttypes.h>
#include <string.h>

void match_clear(Match *match)
{
    g_clear_pointer(&match->person, g_free);
    *match = (Match){0};
}

bool match_read(Store *store, int64_t story, Match *match, GError **error)
{
    g_autoptr(StoreRows) rows = desk_match_read(store, story, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    match_clear(match);
    match->person = g_strdup("");
    if (step == STORE_ROW) {
        g_free(match->person);
        *match = (Match){.original = store_number(rows, 0),
                         .revision = store_number(rows, 1),
                         .moment = store_number(rows, 2),
                         .person = store_text_copy(rows, 3),
                         .current = store_number(rows, 4)};
        match->behind = match->current > match->revision &&
                        strcmp(store_text(rows, 5), story_state_name(STORY_TAKEN_DOWN)) != 0;
    }
    return true;
}

typedef struct {
    int64_t story, original, revision, now;
    const char *person;
} Setting;

static bool set_body(Store *store, void *data, GError **error)
{
    const Setting *set = data;
    g_autoptr(Story) story = story_read(store, set->story, error);
    g_autoptr(Story) original = story == NULL ? NULL : story_read(store, set->original, error);
    if (original == NULL) {
        return false;
    }
    if (story->id == original->id || story->group != original->group) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "story %" PRId64 " is no translation of story %" PRId64, set->story,
                    set->original);
    }
    g_autoptr(Revision) revision = revision_read(store, set->original, set->revision, error);
    return revision != NULL && desk_match_put(store, set->story, set->original, set->revision,
                                              set->now, set->person, error);
}

bool match_set(Store *store, int64_t story, int64_t original, int64_t revision, const char *person,
               int64_t now, GError **error)
{
    Setting set = {
        .story = story, .original = original, .revision = revision, .now = now, .person = person};
    return store_transact(store, set_body, &set, error);
}

GPtrArray *match_group(Store *store, int64_t group, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(StoreRows) rows = desk_match_group(store, group, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            int64_t id = store_number(rows, 0);
            g_array_append_val(ids, id);
        }
        if (step != STORE_END) {
            return NULL;
        }
    }
    g_autoptr(GPtrArray) stories = g_ptr_array_new_with_free_func((GDestroyNotify)story_free);
    for (guint i = 0; i < ids->len; i++) {
        Story *story = story_read(store, g_array_index(ids, int64_t, i), error);
        if (story == NULL) {
            return NULL;
        }
        g_ptr_array_add(stories, story);
    }
    return g_steal_pointer(&stories);
}

/* ---- Beginning one -------------------------------------------------------------------------- */

typedef struct {
    const DeskSite *site;
    const char *language, *person;
    int64_t original, now, story;
} Beginning;

static void add_author(Store *store, const char *language, const char *slug, const char *before,
                       GPtrArray *authors)
{
    g_autoptr(Author) author = author_read(store, language, slug, NULL);
    if (author != NULL) {
        g_ptr_array_add(authors, g_strconcat(before, author->name, NULL));
    }
}

/* Names are the language's own: those that it has by the same slug. */
static void take_names(Store *store, const Story *story, const char *language, StoryInput *input)
{
    g_autoptr(Section) section =
        story->section == NULL ? NULL : section_read(store, language, story->section, NULL);
    g_clear_pointer(&input->section, g_free);
    input->section = section == NULL ? NULL : g_strdup(section->name);
    g_ptr_array_set_size(input->topics, 0);
    g_ptr_array_set_size(input->authors, 0);
    for (char **slug = story->topics; *slug != NULL; slug++) {
        g_autoptr(Topic) topic = topic_read(store, language, *slug, NULL);
        if (topic != NULL) {
            g_ptr_array_add(input->topics, g_strdup(topic->name));
        }
    }
    for (char **slug = story->authors; *slug != NULL; slug++) {
        add_author(store, language, *slug, "", input->authors);
    }
    for (char **slug = story->reporting; *slug != NULL; slug++) {
        add_author(store, language, *slug, "reporting: ", input->authors);
    }
    if (story->withheld) {
        g_ptr_array_add(input->authors, g_strdup("withheld"));
    }
}

/* What the original's file would say, without what is its own. */
static StoryInput *input_of(Store *store, const Story *story, const Beginning *begin,
                            GError **error)
{
    g_autoptr(StoryInput) input = story_export(store, story->id, error);
    if (input == NULL) {
        return NULL;
    }
    g_clear_pointer(&input->slug, g_free);
    g_clear_pointer(&input->path, g_free);
    g_clear_pointer(&input->date, g_free);
    g_clear_pointer(&input->id, g_free);
    g_clear_pointer(&input->translation_of, g_free);
    g_clear_pointer(&input->status, g_free);
    g_clear_pointer(&input->language, g_free);
    g_ptr_array_set_size(input->aliases, 0);
    input->status = g_strdup(story_state_name(STORY_DRAFT));
    input->language = g_strdup(begin->language);
    if (story->embargo <= begin->now) {
        g_clear_pointer(&input->embargo, g_free);
    }
    take_names(store, story, begin->language, input);
    return g_steal_pointer(&input);
}

static bool begin_body(Store *store, void *data, GError **error)
{
    Beginning *begin = data;
    g_auto(StoryPut) put = {0};
    g_autoptr(Story) story = story_read(store, begin->original, error);
    if (story == NULL) {
        return false;
    }
    if (story->state == STORY_TAKEN_DOWN) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "story %" PRId64 " was taken down", story->id);
    }
    if (strcmp(story->language, begin->language) == 0) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "story %" PRId64 " is in \"%s\" itself",
                    story->id, story->language);
    }
    g_autoptr(StoryInput) input = input_of(store, story, begin, error);
    if (input == NULL || !story_put(store, begin->site, input, 0, begin->now, &put, error)) {
        return false;
    }
    begin->story = put.id;
    return story_set_translation_of(store, begin->site, put.id, story->id, begin->now, error) &&
           match_set(store, put.id, story->id, story->revision, begin->person, begin->now, error);
}

bool match_begin(Store *store, const DeskSite *site, int64_t original, const char *language,
                 const char *person, int64_t now, int64_t *story, GError **error)
{
    Beginning begin = {
        .site = site, .language = language, .person = person, .original = original, .now = now};
    if (!store_transact(store, begin_body, &begin, error)) {
        return false;
    }
    *story = begin.story;
    return true;
}
