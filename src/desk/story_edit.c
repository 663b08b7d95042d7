/* Changes of a story by hand: story_edit.h. Its states are story_state.c; writing is
 * story_change.c. */
#include "desk/story_edit.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/address.h"
#include "desk/media.h"
#include "desk/name.h"
#include "desk/revision.h"
#include "desk/story_change.h"
#include "desk/story_input.h"
#include "desk/story_names.h"
#include "desk/story_row.h"
#include "desk_sql.h"
#include "text/slug.h"

#include <inttypes.h>
#include <string.h>

static void set_text(char **field, const char *text)
{
    if (g_strcmp0(*field, text) != 0) {
        g_free(*field);
        *field = g_strdup(text);
    }
}

typedef struct {
    const char *title, *lead, *body, *editor;
    StoryFormat format;
    int64_t number;
} Save;

static bool save(StoryChange *change, void *data, GError **error)
{
    Save *texts = data;
    set_text(&change->after->headline, texts->title);
    set_text(&change->after->standfirst, texts->lead);
    change->after->format = texts->format;
    change->body = texts->body;
    change->editor = texts->editor;
    return true;
}

bool story_save(Store *store, const DeskSite *site, int64_t id, const char *title, const char *lead,
                const char *body, StoryFormat format, const char *editor, int64_t now,
                int64_t *number, GError **error)
{
    g_autofree char *one_line = desk_one_line(title);
    if (one_line[0] == '\0') {
        return fail(error, KOLOKOL_ERROR_INVALID, "the title is missing");
    }
    if (!desk_plain_text("title", one_line, LIMIT_TITLE, error) ||
        !desk_plain_text("lead", lead, STORY_INPUT_LEAD, error) ||
        !story_input_check_body(body, format, error)) {
        return false;
    }
    Save texts = {
        .title = one_line, .lead = lead, .body = body, .editor = editor, .format = format};
    if (!story_change_run(store, site, id, now, save, &texts, error)) {
        return false;
    }
    if (number != NULL) {
        g_autoptr(Story) story = story_read(store, id, error);
        if (story == NULL) {
            return false;
        }
        *number = story->revision;
    }
    return true;
}

bool story_restore(Store *store, const DeskSite *site, int64_t id, int64_t revision,
                   const char *editor, int64_t now, int64_t *number, GError **error)
{
    g_autoptr(Revision) old = revision_read(store, id, revision, error);
    return old != NULL && story_save(store, site, id, old->title, old->lead, old->body, old->format,
                                     editor, now, number, error);
}

static bool set_path(StoryChange *change, void *data, GError **error)
{
    set_text(&change->after->path, data);
    return true;
}

bool story_rename(Store *store, const DeskSite *site, int64_t id, const char *path, int64_t now,
                  GError **error)
{
    g_autofree char *chosen = address_given(site, path, error);
    return chosen != NULL && story_change_run(store, site, id, now, set_path, chosen, error);
}

/* Is the path in the folder where the story's default path would be? */
static bool path_is_default(const DeskSite *site, const Story *story)
{
    g_autofree char *usual = address_default(site, story->kind, story->language, story->day, "");
    size_t folder = strlen(usual) - strlen(".html");
    return story->path != NULL && strncmp(story->path, usual, folder) == 0 &&
           strchr(story->path + folder, '/') == NULL && g_str_has_suffix(story->path, ".html");
}

bool story_change_slug(StoryChange *change, const char *slug, GError **error)
{
    Story *story = change->after;
    if (!slug_valid(slug, 0)) {
        return fail(
            error, KOLOKOL_ERROR_INVALID,
            "the slug \"%.100s\" is no address part; use a-z, 0-9 and single hyphens, at most %u",
            slug, LIMIT_SLUG);
    }
    if (g_strcmp0(story->slug, slug) == 0) {
        return true;
    }
    if (change->before != NULL && path_is_default(change->site, change->before)) {
        const Story *was = change->before;
        g_autofree char *path =
            address_default(change->site, was->kind, was->language, was->day, slug);
        if (address_reserved(change->site, path)) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "the slug \"%s\" makes the path %s, which the edition uses itself", slug,
                        path);
        }
        set_text(&story->path, path);
    }
    set_text(&story->slug, slug);
    return true;
}

static bool set_slug(StoryChange *change, void *data, GError **error)
{
    return story_change_slug(change, data, error);
}

bool story_set_slug(Store *store, const DeskSite *site, int64_t id, const char *slug, int64_t now,
                    GError **error)
{
    g_autofree char *copy = g_strdup(slug);
    return story_change_run(store, site, id, now, set_slug, copy, error);
}

static bool set_section(StoryChange *change, void *data, GError **error)
{
    return story_names_section(change, data, NULL, error);
}

bool story_set_section(Store *store, const DeskSite *site, int64_t id, const char *section,
                       int64_t now, GError **error)
{
    g_autofree char *copy = g_strdup(section);
    return story_change_run(store, site, id, now, set_section, copy, error);
}

typedef struct {
    const char *const *topics;
} Topics;

static bool set_topics(StoryChange *change, void *data, GError **error)
{
    const Topics *given = data;
    return story_names_topics(change, given->topics, NULL, error);
}

bool story_set_topics(Store *store, const DeskSite *site, int64_t id, const char *const *topics,
                      int64_t now, GError **error)
{
    Topics given = {topics};
    return story_change_run(store, site, id, now, set_topics, &given, error);
}

typedef struct {
    const char *const *authors;
    const char *agency;
} Byline;

static bool set_authors(StoryChange *change, void *data, GError **error)
{
    const Byline *byline = data;
    set_text(&change->after->agency, byline->agency);
    return story_names_authors(change, byline->authors, NULL, error);
}

bool story_set_authors(Store *store, const DeskSite *site, int64_t id, const char *const *authors,
                       const char *agency, int64_t now, GError **error)
{
    Byline byline = {authors, agency};
    return desk_plain_text("agency", agency, DESK_NAME, error) &&
           story_change_run(store, site, id, now, set_authors, &byline, error);
}

typedef struct {
    int64_t media;
    const char *caption, *credit, *alt;
} Photo;

static bool set_photo(StoryChange *change, void *data, GError **error)
{
    const Photo *photo = data;
    if (photo->media != 0) {
        g_autoptr(Media) media = media_read(change->store, photo->media, error);
        if (media == NULL) {
            return false;
        }
    }
    change->after->photo = photo->media;
    set_text(&change->after->caption, photo->caption);
    set_text(&change->after->credit, photo->credit);
    set_text(&change->after->alt, photo->alt);
    return true;
}

bool story_set_photo(Store *store, const DeskSite *site, int64_t id, int64_t media,
                     const char *caption, const char *credit, const char *alt, int64_t now,
                     GError **error)
{
    Photo photo = {media, caption, credit, alt};
    return desk_plain_text("caption", caption, STORY_INPUT_CAPTION, error) &&
           desk_plain_text("credit", credit, STORY_INPUT_CAPTION, error) &&
           desk_plain_text("alt text", alt, STORY_INPUT_CAPTION, error) &&
           story_change_run(store, site, id, now, set_photo, &photo, error);
}

void story_change_date(StoryChange *change, int64_t published)
{
    Story *story = change->after;
    story->published = published;
    if (story_goes_out(story)) {
        bool later = published > change->now;
        if (later || story->state == STORY_SCHEDULED) {
            story->state = later ? STORY_SCHEDULED : STORY_PUBLISHED;
        }
    }
}

static bool set_date(StoryChange *change, void *data, GError **error)
{
    int64_t published = *(const int64_t *)data;
    if (published != change->after->published) {
        story_change_date(change, published);
    }
    return true;
}

bool story_set_date(Store *store, const DeskSite *site, int64_t id, int64_t published, int64_t now,
                    GError **error)
{
    if (published == STORY_UNDATED) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a date is needed");
    }
    return story_change_run(store, site, id, now, set_date, &published, error);
}

static bool set_kind(StoryChange *change, void *data, GError **error)
{
    StoryKind kind = *(const StoryKind *)data;
    bool entries = false;
    if (change->before->kind == STORY_KIND_LIVE && kind != STORY_KIND_LIVE &&
        story_goes_out(change->before) &&
        !store_rows_any(desk_live_stands(change->store, change->before->id, error), &entries,
                        error)) {
        return false;
    }
    change->after->kind = kind;
    return !entries || fail(error, KOLOKOL_ERROR_CONFLICT,
                            "story %" PRId64 " has live entries; remove them before it is no live "
                            "story any more",
                            change->before->id);
}

bool story_set_kind(Store *store, const DeskSite *site, int64_t id, StoryKind kind, int64_t now,
                    GError **error)
{
    return story_change_run(store, site, id, now, set_kind, &kind, error);
}

/* A group that is nobody's: a number that no story will have. */
static bool leave_group(StoryChange *change, GError **error)
{
    Story *story = change->after;
    g_autoptr(GArray) others =
        story_ids_of_rows(desk_group_other(change->store, story->group, story->id, error), error);
    return others != NULL &&
           (others->len == 0 || store_next_id(change->store, "story", &story->group, error));
}

static bool set_translation(StoryChange *change, void *data, GError **error)
{
    int64_t other = *(const int64_t *)data;
    if (other == 0) {
        return leave_group(change, error);
    }
    g_autoptr(Story) original = story_read(change->store, other, error);
    if (original == NULL) {
        return false;
    }
    change->after->group = original->group;
    return true;
}

bool story_set_translation_of(Store *store, const DeskSite *site, int64_t id, int64_t other,
                              int64_t now, GError **error)
{
    return story_change_run(store, site, id, now, set_translation, &other, error);
}
