/*
 * What is given becomes a change: story_given.h. Checks of form are story_input.c; names (section,
 * topics, authors) and old addresses, which are written, are import.c.
 */
#include "desk/story_given.h"

#include "base/error.h"
#include "base/moment.h"
#include "desk/address.h"
#include "desk/media.h"
#include "desk/name.h"

#include <string.h>

static Story *blank_story(const StoryInput *input, const char *language)
{
    Story *story = g_new0(Story, 1);
    story->language = g_strdup(language);
    story->external = input->id != NULL && input->id[0] != '\0' ? g_strdup(input->id) : NULL;
    story->published = STORY_UNDATED;
    char **const texts[] = {&story->headline, &story->standfirst, &story->agency, &story->caption,
                            &story->credit,   &story->alt,        &story->reason};
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        *texts[i] = g_strdup("");
    }
    story->topics = g_new0(char *, 1);
    story->authors = g_new0(char *, 1);
    story->reporting = g_new0(char *, 1);
    return story;
}

static bool begin_change(StoryChange *change, const StoryInput *input, GError **error)
{
    const char *language =
        input->language != NULL ? input->language : desk_site_first_language(change->site);
    if (change->before == NULL) {
        change->after = blank_story(input, language);
        return true;
    }
    if (input->language != NULL && strcmp(change->before->language, input->language) != 0) {
        return fail(
            error, KOLOKOL_ERROR_CONFLICT,
            "the story with the id \"%.100s\" is in \"%s\"; a translation needs an id of its own",
            input->id, change->before->language);
    }
    change->after = story_copy(change->before);
    return true;
}

static void set_text(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text != NULL ? text : "");
}

static bool take_photo(StoryChange *change, const StoryInput *input, GError **error)
{
    int64_t photo = 0;
    if (input->photo != NULL && input->photo[0] != '\0') {
        g_ascii_string_to_signed(input->photo, 10, 1, INT64_MAX, &photo, NULL);
        g_autoptr(Media) media = media_read(change->store, photo, error);
        if (media == NULL) {
            return false;
        }
    }
    change->after->photo = photo;
    return true;
}

static bool take_texts(StoryChange *change, const StoryInput *input, GError **error)
{
    Story *after = change->after;
    g_free(after->headline);
    after->headline = desk_one_line(input->title);
    set_text(&after->standfirst, input->lead);
    set_text(&after->agency, input->agency);
    set_text(&after->caption, input->caption);
    set_text(&after->credit, input->credit);
    set_text(&after->alt, input->alt);
    after->format = input->html != NULL ? STORY_HTML : STORY_MARKDOWN;
    change->body = input->html != NULL ? input->html : input->body != NULL ? input->body : "";
    if (input->kind != NULL) {
        story_kind_parse(input->kind, &after->kind);
    }
    return take_photo(change, input, error);
}

static bool take_address(StoryChange *change, const StoryInput *input, GError **error)
{
    if (input->slug != NULL && !story_change_slug(change, input->slug, error)) {
        return false;
    }
    if (input->path != NULL) {
        char *path = address_given(change->site, input->path, error);
        if (path == NULL) {
            return false;
        }
        g_free(change->after->path);
        change->after->path = path;
    }
    return true;
}

static bool take_group(StoryChange *change, const StoryInput *input, GError **error)
{
    if (input->translation_of == NULL || input->translation_of[0] == '\0') {
        return true;
    }
    int64_t other = 0;
    g_autoptr(GError) why = NULL;
    if (!story_find(change->store, input->translation_of, &other, &why)) {
        if (g_error_matches(why, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "translation_of: %s; bring the original in first", why->message);
        }
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    g_autoptr(Story) original = story_read(change->store, other, error);
    if (original == NULL) {
        return false;
    }
    change->after->group = original->group;
    return true;
}

static bool dead(StoryState state)
{
    return state == STORY_WITHDRAWN || state == STORY_TAKEN_DOWN;
}

/* The state wanted, given what it is. An import publishes and withdraws, but brings nothing back
 * that the newsroom has withdrawn, and makes no draft of what is out. */
static void take_state(StoryChange *change, const StoryInput *input, bool publish)
{
    Story *after = change->after;
    StoryState asked = STORY_PUBLISHED;
    bool given = input->status != NULL && story_state_parse(input->status, &asked);
    bool out = story_goes_out(after);
    if (change->before != NULL && dead(change->before->state)) {
        return;
    }
    if (given && dead(asked)) {
        after->state = change->before != NULL && !out ? after->state : asked;
    } else if (publish && (!given || asked == STORY_PUBLISHED || asked == STORY_SCHEDULED)) {
        if (after->published == STORY_UNDATED) {
            story_change_date(change, change->now);
        }
        if (!out) {
            after->state = after->published > change->now ? STORY_SCHEDULED : STORY_PUBLISHED;
        }
    } else if (given && !out) {
        after->state = asked == STORY_DRAFT || asked == STORY_IN_EDIT ? asked : STORY_READY;
    }
}

static bool take_date(StoryChange *change, const StoryInput *input, GError **error)
{
    int64_t moment = 0;
    if (input->date == NULL) {
        return true;
    }
    if (!moment_parse(input->date, change->site->zone, &moment, error)) {
        return false;
    }
    if (moment != change->after->published) {
        story_change_date(change, moment);
    }
    return true;
}

static bool take_embargo(StoryChange *change, const StoryInput *input, GError **error)
{
    return input->embargo == NULL ||
           moment_parse(input->embargo, change->site->zone, &change->after->embargo, error);
}

bool story_given_take(StoryChange *change, const StoryInput *input, bool publish, GError **error)
{
    if (!begin_change(change, input, error) || !take_texts(change, input, error) ||
        !take_date(change, input, error) || !take_embargo(change, input, error) ||
        !take_address(change, input, error) || !take_group(change, input, error)) {
        return false;
    }
    take_state(change, input, publish);
    return true;
}
