/* A story back as a story's file gives it: story_export.h. Writing files is done by who calls. */
#include "desk/story_export.h"

#include "base/error.h"
#include "base/moment.h"
#include "desk/author.h"
#include "desk/section.h"
#include "desk/topic.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

static bool missing(const GError *error)
{
    return g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

/* The display name, or the slug where there is no record. NULL on failure. */
static char *name_of(Store *store, char kind, const char *language, const char *slug,
                     GError **error)
{
    g_autoptr(GError) why = NULL;
    char *name = NULL;
    if (kind == 's') {
        g_autoptr(Section) section = section_read(store, language, slug, &why);
        name = section != NULL ? g_strdup(section->name) : NULL;
    } else if (kind == 't') {
        g_autoptr(Topic) topic = topic_read(store, language, slug, &why);
        name = topic != NULL ? g_strdup(topic->name) : NULL;
    } else {
        g_autoptr(Author) author = author_read(store, language, slug, &why);
        name = author != NULL ? g_strdup(author->name) : NULL;
    }
    if (name == NULL && missing(why)) {
        return g_strdup(slug);
    }
    if (name == NULL) {
        g_propagate_error(error, g_steal_pointer(&why));
    }
    return name;
}

static bool names_add(Store *store, char kind, const char *language, char *const *slugs,
                      const char *prefix, GPtrArray *names, GError **error)
{
    for (; *slugs != NULL; slugs++) {
        g_autofree char *name = name_of(store, kind, language, *slugs, error);
        if (name == NULL) {
            return false;
        }
        g_ptr_array_add(names, g_strconcat(prefix, name, NULL));
    }
    return true;
}

static bool take_names(Store *store, const Story *story, StoryInput *input, GError **error)
{
    const char *language = story->language;
    if (story->section != NULL) {
        input->section = name_of(store, 's', language, story->section, error);
        if (input->section == NULL) {
            return false;
        }
    }
    if (!names_add(store, 't', language, story->topics, "", input->topics, error) ||
        !names_add(store, 'a', language, story->authors, "", input->authors, error) ||
        !names_add(store, 'a', language, story->reporting, "reporting: ", input->authors, error)) {
        return false;
    }
    if (story->withheld) {
        g_ptr_array_add(input->authors, g_strdup("withheld"));
    }
    return true;
}

/* The group's oldest story, unless it is this one. */
static bool take_original(Store *store, const Story *story, StoryInput *input, GError **error)
{
    g_autoptr(StoreRows) rows = desk_group_first(store, story->group, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW && store_number(rows, 0) != story->id) {
        input->translation_of = store_text_copy(rows, 1);
        if (input->translation_of == NULL) {
            input->translation_of = store_text_copy(rows, 2);
        }
    }
    return step != STORE_FAILED;
}

static bool take_aliases(Store *store, const Story *story, StoryInput *input, GError **error)
{
    g_autoptr(StoreRows) rows = desk_paths_of_story(store, story->id, error);
    if (rows == NULL) {
        return false;
    }
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        if (store_number(rows, 1) == 301) {
            g_ptr_array_add(input->aliases, store_text_copy(rows, 0));
        }
    }
    return step == STORE_END;
}

static char *unless_empty(const char *text)
{
    return text[0] != '\0' ? g_strdup(text) : NULL;
}

/* To the microsecond where it has them, so that the same date comes back. */
static char *exact_date(int64_t moment)
{
    char *whole = moment_rfc3339(moment);
    int64_t fraction = (moment % 1000000 + 1000000) % 1000000;
    if (fraction == 0) {
        return whole;
    }
    whole[strlen(whole) - 1] = '\0';
    char *exact = g_strdup_printf("%s.%06" PRId64 "Z", whole, fraction);
    g_free(whole);
    return exact;
}

static void take_row(const Story *story, StoryInput *input)
{
    input->title = g_strdup(story->headline);
    input->date = story->published != STORY_UNDATED ? exact_date(story->published) : NULL;
    input->language = g_strdup(story->language);
    input->slug = g_strdup(story->slug);
    input->path = g_strdup(story->path);
    input->kind = g_strdup(story_kind_name(story->kind));
    input->agency = unless_empty(story->agency);
    input->lead = unless_empty(story->standfirst);
    input->photo = story->photo != 0 ? g_strdup_printf("%" PRId64, story->photo) : NULL;
    input->caption = unless_empty(story->caption);
    input->credit = unless_empty(story->credit);
    input->alt = unless_empty(story->alt);
    input->status = g_strdup(story_state_name(story->state));
    input->embargo = story->embargo != 0 ? exact_date(story->embargo) : NULL;
    input->id = g_strdup(story->external);
}

StoryInput *story_export(Store *store, int64_t id, GError **error)
{
    g_autoptr(Story) story = story_read(store, id, error);
    if (story == NULL) {
        return NULL;
    }
    g_autoptr(StoryInput) input = story_input_new();
    take_row(story, input);
    StoryFormat format = STORY_MARKDOWN;
    g_autofree char *body = NULL;
    if (!take_names(store, story, input, error) || !take_original(store, story, input, error) ||
        !take_aliases(store, story, input, error) ||
        !story_text(store, id, &body, &format, error)) {
        return NULL;
    }
    *(format == STORY_HTML ? &input->html : &input->body) = g_steal_pointer(&body);
    return g_steal_pointer(&input);
}
