/* Stories before they are out: draft.h. Their pages are paper/draft_page.c; saving what was typed
 * is working_save.c and story_desk.c. */
#include "desk/draft.h"

#include "base/error.h"
#include "desk/address.h"
#include "desk/author.h"
#include "desk/name.h"
#include "desk/section.h"
#include "desk/story_desk.h"
#include "desk/story_input.h"
#include "desk/story_names.h"
#include "desk/topic.h"
#include "desk/working.h"
#include "desk_sql.h"
#include "text/slug.h"

#include <string.h>

void story_draft_clear(StoryDraft *draft)
{
    g_clear_pointer(&draft->story, story_free);
    g_clear_pointer(&draft->card, story_card_free);
    g_clear_pointer(&draft->body, g_free);
    g_clear_pointer(&draft->topics, g_strfreev);
}

static void set_text(char **text, const char *value)
{
    g_free(*text);
    *text = g_strdup(value);
}

/* ---- Names ---------------------------------------------------------------------------------- */

/* A name and the slug that it has, or would get. */
typedef struct {
    char *slug, *name;
} Named;

static void named_free(void *data)
{
    Named *named = data;
    g_free(named->slug);
    g_free(named->name);
    g_free(named);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Named, named_free)

typedef StoreRows *(*FindRows)(Store *store, const char *language, const char *text,
                               GError **error);

static const struct {
    const char *what;
    FindRows by_slug, by_name; /* the name is column 2, the slug column 0 */
} kinds[] = {
    {"section", desk_section_read, desk_section_by_name},
    {"topic", desk_topic_read, desk_topic_by_name},
    {"author", desk_author_read, desk_author_by_name},
};

enum { SECTION, TOPIC, AUTHOR };

static bool first_text(StoreRows *taken, int column, char **text, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        g_free(*text);
        *text = store_text_copy(rows, column);
    }
    return step != STORE_FAILED;
}

/* NULL and no error for what is no name yet (somebody is typing it). */
static Named *find(Store *store, unsigned kind, const char *language, const char *given,
                   GError **error)
{
    g_autoptr(Named) named = g_new0(Named, 1);
    named->name = desk_one_line(given);
    if (!desk_name_slug(kinds[kind].what, named->name, &named->slug, NULL)) {
        return NULL;
    }
    char *known = NULL;
    if (!first_text(kinds[kind].by_slug(store, language, named->slug, error), 2, &known, error)) {
        return NULL;
    }
    if (known == NULL && !first_text(kinds[kind].by_name(store, language, named->name, error), 0,
                                     &named->slug, error)) {
        return NULL;
    }
    if (known != NULL) {
        g_free(named->name);
        named->name = known;
    }
    return g_steal_pointer(&named);
}

static bool take_section(Store *store, StoryDraft *draft, const char *given, GError **error)
{
    g_autoptr(GError) reason = NULL;
    Story *story = draft->story;
    g_autoptr(Named) named = find(store, SECTION, story->language, given, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    set_text(&story->section, named == NULL ? NULL : named->slug);
    set_text(&draft->card->section, story->section);
    set_text(&draft->card->section_name, named == NULL ? NULL : named->name);
    return true;
}

/* What is typed as a list of names: no more of them than a story may have. Caller frees. */
static char **names_of(const char *given, unsigned most)
{
    char **names = story_fields_names(given);
    for (unsigned count = g_strv_length(names); count > most; count--) {
        g_clear_pointer(&names[count - 1], g_free);
    }
    return names;
}

static bool take_topics(Store *store, StoryDraft *draft, const char *given, GError **error)
{
    g_auto(GStrv) all = names_of(given, STORY_INPUT_TOPICS);
    g_autoptr(GStrvBuilder) slugs = g_strv_builder_new();
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (char **each = all; *each != NULL; each++) {
        g_autoptr(GError) reason = NULL;
        g_autoptr(Named) named = find(store, TOPIC, draft->story->language, *each, &reason);
        if (reason != NULL) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        if (named != NULL) {
            g_strv_builder_add(slugs, named->slug);
            g_strv_builder_add(names, named->name);
        }
    }
    g_strfreev(draft->story->topics);
    g_strfreev(draft->topics);
    draft->story->topics = g_strv_builder_end(slugs);
    draft->topics = g_strv_builder_end(names);
    return true;
}

static void add_byline(StoryCard *card, const Named *named, bool reporting)
{
    StoryByline *byline = g_new0(StoryByline, 1);
    byline->slug = g_strdup(named->slug);
    byline->name = g_strdup(named->name);
    byline->reporting = reporting;
    g_ptr_array_add(card->bylines, byline);
}

/* Authors first, then who reported, as on every card. */
static bool take_authors(Store *store, StoryDraft *draft, const char *given, GError **error)
{
    g_auto(GStrv) all = names_of(given, STORY_INPUT_AUTHORS);
    g_ptr_array_set_size(draft->card->bylines, 0);
    draft->card->withheld = false;
    for (unsigned reporters = 0; reporters < 2; reporters++) {
        for (char **each = all; *each != NULL; each++) {
            bool reporting = false;
            g_autoptr(GError) reason = NULL;
            const char *name = story_names_author(*each, &reporting);
            if (story_names_withheld(*each)) {
                draft->card->withheld = true;
                continue;
            }
            g_autoptr(Named) named =
                reporting != (reporters == 1)
                    ? NULL
                    : find(store, AUTHOR, draft->story->language, name, &reason);
            if (reason != NULL) {
                g_propagate_error(error, g_steal_pointer(&reason));
                return false;
            }
            if (named != NULL) {
                add_byline(draft->card, named, reporting);
            }
        }
    }
    draft->story->withheld = draft->card->withheld;
    return true;
}

/* ---- Texts ---------------------------------------------------------------------------------- */

static void take_texts(StoryDraft *draft, const StoryFields *fields)
{
    Story *story = draft->story;
    char *const *values = fields->values;
    story_kind_parse(values[STORY_FIELD_KIND], &story->kind);
    int64_t photo = 0;
    g_ascii_string_to_signed(values[STORY_FIELD_PHOTO], 10, 1, INT64_MAX, &photo, NULL);
    story->photo = photo;
    set_text(&story->agency, values[STORY_FIELD_AGENCY]);
    set_text(&story->caption, values[STORY_FIELD_CAPTION]);
    set_text(&story->credit, values[STORY_FIELD_CREDIT]);
    set_text(&story->alt, values[STORY_FIELD_ALT]);
    if (slug_valid(values[STORY_FIELD_SLUG], 0)) {
        set_text(&story->slug, values[STORY_FIELD_SLUG]);
    }
}

/* What goes out has its path; the others get what they would have today. */
static void take_place(StoryDraft *draft, const DeskSite *site, int64_t now)
{
    Story *story = draft->story;
    if (story->published == STORY_UNDATED) {
        story->published = now;
        story->day = desk_site_day(site, now);
    }
    if (story->path == NULL) {
        g_autofree char *slug =
            story->slug != NULL ? g_strdup(story->slug) : slug_from_title(story->headline, 0);
        story->path = address_default(site, story->kind, story->language, story->day, slug);
    }
}

static void fill_card(StoryDraft *draft)
{
    const Story *story = draft->story;
    StoryCard *card = draft->card;
    card->id = story->id;
    card->group = story->group;
    card->kind = story->kind;
    card->language = g_strdup(story->language);
    card->path = g_strdup(story->path);
    card->headline = g_strdup(story->headline);
    card->standfirst = g_strdup(story->standfirst);
    card->agency = g_strdup(story->agency);
    card->photo = story->photo;
    card->alt = g_strdup(story->alt);
    card->published = story->published;
    card->updated = story->updated;
    card->day = story->day;
}

/* ---- Reading -------------------------------------------------------------------------------- */

/* *working stays NULL if the person has typed nothing. */
static bool read_working(Store *store, int64_t id, int64_t person, Working **working,
                         GError **error)
{
    g_autoptr(GError) reason = NULL;
    *working = person == 0 ? NULL : working_read(store, id, person, &reason);
    if (reason != NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

static void put_over(StoryDraft *draft, const Working *working)
{
    if (*working->title != '\0') {
        set_text(&draft->story->headline, working->title);
    }
    set_text(&draft->story->standfirst, working->lead);
    set_text(&draft->body, working->body);
}

bool story_draft_read(Store *store, const DeskSite *site, int64_t id, int64_t person, int64_t now,
                      StoryDraft *draft, GError **error)
{
    g_auto(StoryFields) saved = {0}, began = {0}, fields = {0};
    g_autoptr(Working) working = NULL;
    g_auto(StoryDraft) made = {.card = story_card_new()};
    StoryFormat format = STORY_MARKDOWN;
    made.story = story_read(store, id, error);
    if (made.story == NULL || !story_text(store, id, &made.body, &format, error) ||
        !story_fields_read(store, id, &saved, error) ||
        !read_working(store, id, person, &working, error)) {
        return false;
    }
    story_fields_split(working == NULL ? "" : working->rest, &saved, &began, &fields);
    if (working != NULL) {
        put_over(&made, working);
    }
    take_texts(&made, &fields);
    take_place(&made, site, now);
    fill_card(&made);
    if (!take_section(store, &made, fields.values[STORY_FIELD_SECTION], error) ||
        !take_topics(store, &made, fields.values[STORY_FIELD_TOPICS], error) ||
        !take_authors(store, &made, fields.values[STORY_FIELD_AUTHORS], error)) {
        return false;
    }
    *draft = made;
    made = (StoryDraft){0};
    return true;
}
