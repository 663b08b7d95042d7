/*
 * The story's row and the ways to find one: story.h. Writing a story is story_write.c, which every
 * change goes through; cards are story_card.c and lists story_list.c.
 */
#include "desk/story.h"

#include "base/error.h"
#include "desk/story_row.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

static const char *const kinds[] = {"story", "live", "opinion", "page"};
static const char *const states[] = {"draft",     "in edit",   "ready",     "scheduled",
                                     "published", "withdrawn", "taken down"};
static const char *const formats[] = {"markdown", "html"};

static bool word_find(const char *const *words, unsigned count, const char *text, unsigned *found)
{
    for (unsigned i = 0; text != NULL && i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            *found = i;
            return true;
        }
    }
    return false;
}

const char *story_kind_name(StoryKind kind)
{
    return kinds[kind];
}

const char *story_state_name(StoryState state)
{
    return states[state];
}

const char *story_format_name(StoryFormat format)
{
    return formats[format];
}

bool story_kind_parse(const char *text, StoryKind *kind)
{
    unsigned found = 0;
    if (!word_find(kinds, G_N_ELEMENTS(kinds), text, &found)) {
        return false;
    }
    *kind = (StoryKind)found;
    return true;
}

bool story_state_parse(const char *text, StoryState *state)
{
    unsigned found = 0;
    if (!word_find(states, G_N_ELEMENTS(states), text, &found)) {
        return false;
    }
    *state = (StoryState)found;
    return true;
}

bool story_format_parse(const char *text, StoryFormat *format)
{
    unsigned found = 0;
    if (!word_find(formats, G_N_ELEMENTS(formats), text, &found)) {
        return false;
    }
    *format = (StoryFormat)found;
    return true;
}

char **story_slugs_split(const char *joined)
{
    return joined[0] == '\0' ? g_new0(char *, 1) : g_strsplit(joined, " ", -1);
}

char *story_slugs_join(char **slugs)
{
    return g_strjoinv(" ", slugs);
}

void story_byline_split(const char *byline, char ***authors, char ***reporting, bool *withheld)
{
    g_auto(GStrv) tokens = story_slugs_split(byline);
    GPtrArray *by = g_ptr_array_new();
    GPtrArray *report = g_ptr_array_new();
    *withheld = false;
    for (char **token = tokens; *token != NULL; token++) {
        if (strcmp(*token, "-") == 0) {
            *withheld = true;
        } else if (**token == '+') {
            g_ptr_array_add(report, g_strdup(*token + 1));
        } else {
            g_ptr_array_add(by, g_strdup(*token));
        }
    }
    g_ptr_array_add(by, NULL);
    g_ptr_array_add(report, NULL);
    *authors = (char **)g_ptr_array_free(by, FALSE);
    *reporting = (char **)g_ptr_array_free(report, FALSE);
}

char *story_byline_join(const Story *story)
{
    GString *byline = g_string_new(NULL);
    for (char **slug = story->authors; *slug != NULL; slug++) {
        g_string_append_printf(byline, "%s%s", byline->len > 0 ? " " : "", *slug);
    }
    for (char **slug = story->reporting; *slug != NULL; slug++) {
        g_string_append_printf(byline, "%s+%s", byline->len > 0 ? " " : "", *slug);
    }
    if (story->withheld) {
        g_string_append(byline, byline->len > 0 ? " -" : "-");
    }
    return g_string_free(byline, FALSE);
}

static Story *story_of_row(StoreRows *rows, GError **error)
{
    g_autoptr(Story) story = g_new0(Story, 1);
    story->id = store_number(rows, 0);
    story->group = store_number(rows, 1);
    if (!story_kind_parse(store_text(rows, 2), &story->kind) ||
        !story_state_parse(store_text(rows, 4), &story->state) ||
        !story_format_parse(store_text(rows, 23), &story->format)) {
        fail(error, KOLOKOL_ERROR_CORRUPT,
             "story %" PRId64 " has a kind, state or format that is unknown", story->id);
        return NULL;
    }
    story->language = store_text_copy(rows, 3);
    story->section = store_text_copy(rows, 5);
    story->slug = store_text_copy(rows, 6);
    story->path = store_text_copy(rows, 7);
    story->external = store_text_copy(rows, 8);
    story->published = store_number(rows, 10) == 1 ? store_number(rows, 9) : STORY_UNDATED;
    story->day = store_number(rows, 11);
    story->updated = store_number(rows, 12);
    story->headline = store_text_copy(rows, 13);
    story->standfirst = store_text_copy(rows, 14);
    story->topics = story_slugs_split(store_text(rows, 15));
    story_byline_split(store_text(rows, 16), &story->authors, &story->reporting, &story->withheld);
    story->agency = store_text_copy(rows, 17);
    story->photo = store_number(rows, 18);
    story->caption = store_text_copy(rows, 19);
    story->credit = store_text_copy(rows, 20);
    story->alt = store_text_copy(rows, 21);
    story->revision = store_number(rows, 22);
    story->version = store_number(rows, 24);
    story->created = store_number(rows, 25);
    story->changed = store_number(rows, 26);
    story->reason = store_text_copy(rows, 27);
    story->embargo = store_number(rows, 28);
    return g_steal_pointer(&story);
}

Story *story_read(Store *store, int64_t id, GError **error)
{
    g_autoptr(StoreRows) rows = desk_story_by_id(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        return story_of_row(rows, error);
    }
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no story %" PRId64, id);
    }
    return NULL;
}

/* The first row's first column: 1 found, 0 none, -1 failed. Frees the rows. */
static int first_id(StoreRows *rows, int64_t *id, GError **error)
{
    if (rows == NULL) {
        return -1;
    }
    StoreStep step = store_rows_next(rows, error);
    int64_t found = step == STORE_ROW ? store_number(rows, 0) : 0;
    store_rows_free(rows);
    if (step == STORE_FAILED) {
        return -1;
    }
    if (found != 0) {
        *id = found;
    }
    return found != 0;
}

static Story *story_at(Store *store, StoreRows *rows, const char *path, GError **error)
{
    int64_t id = 0;
    int found = first_id(rows, &id, error);
    if (found == 0) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no story at %s", path);
    }
    return found == 1 ? story_read(store, id, error) : NULL;
}

Story *story_by_path(Store *store, const char *path, GError **error)
{
    return story_at(store, desk_story_id_by_path(store, path, error), path, error);
}

Story *story_by_address(Store *store, const char *path, GError **error)
{
    return story_at(store, desk_story_id_by_address(store, path, error), path, error);
}

Story *story_by_external(Store *store, const char *external, GError **error)
{
    int64_t id = 0;
    int found = first_id(desk_story_by_external(store, external, error), &id, error);
    if (found == 0) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no story with the id \"%s\"", external);
    }
    return found == 1 ? story_read(store, id, error) : NULL;
}

bool story_find(Store *store, const char *name, int64_t *id, GError **error)
{
    int64_t number = 0;
    int found = first_id(desk_story_by_external(store, name, error), &number, error);
    if (found == 0) {
        found = first_id(desk_story_id_by_path(store, name[0] == '/' ? name + 1 : name, error),
                         &number, error);
    }
    if (found == 0 && g_ascii_string_to_signed(name, 10, 1, INT64_MAX, &number, NULL)) {
        g_autoptr(Story) story = story_read(store, number, error);
        found = story != NULL ? 1 : -1;
    } else if (found == 0) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "there is no story with the id, path or number \"%.200s\"", name);
    }
    if (found == 1) {
        *id = number;
    }
    return found == 1;
}

void story_free(Story *story)
{
    if (story == NULL) {
        return;
    }
    char *const texts[] = {story->language, story->section,  story->slug,       story->path,
                           story->external, story->headline, story->standfirst, story->agency,
                           story->caption,  story->credit,   story->alt,        story->reason};
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(texts[i]);
    }
    g_strfreev(story->topics);
    g_strfreev(story->authors);
    g_strfreev(story->reporting);
    g_free(story);
}

Story *story_copy(const Story *story)
{
    Story *copy = g_memdup2(story, sizeof *story);
    char **const texts[] = {&copy->language, &copy->section,  &copy->slug,       &copy->path,
                            &copy->external, &copy->headline, &copy->standfirst, &copy->agency,
                            &copy->caption,  &copy->credit,   &copy->alt,        &copy->reason};
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        *texts[i] = g_strdup(*texts[i]);
    }
    copy->topics = g_strdupv(story->topics);
    copy->authors = g_strdupv(story->authors);
    copy->reporting = g_strdupv(story->reporting);
    return copy;
}

bool story_goes_out(const Story *story)
{
    return (story->state == STORY_SCHEDULED || story->state == STORY_PUBLISHED) &&
           story->published != STORY_UNDATED;
}

bool story_visible(const Story *story, int64_t at)
{
    return story_goes_out(story) && story->published <= at;
}

bool story_text(Store *store, int64_t id, char **body, StoryFormat *format, GError **error)
{
    g_autoptr(StoreRows) rows = desk_story_text(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no story %" PRId64, id);
    }
    if (step != STORE_ROW) {
        return false;
    }
    if (!story_format_parse(store_text(rows, 1), format)) {
        return fail(error, KOLOKOL_ERROR_CORRUPT,
                    "story %" PRId64 " has a body of an unknown format", id);
    }
    *body = store_text_copy(rows, 0);
    return true;
}

GArray *story_ids_of_rows(StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t id = store_number(rows, 0);
        g_array_append_val(ids, id);
    }
    return step == STORE_END ? g_steal_pointer(&ids) : NULL;
}

GArray *story_ids_after(Store *store, int64_t after, unsigned most, GError **error)
{
    return story_ids_of_rows(desk_story_ids_after(store, after, most, error), error);
}

static StoreRows *recent_rows(Store *store, const char *language, int state, unsigned most,
                              GError **error)
{
    const char *word = state >= 0 && state < (int)G_N_ELEMENTS(states) ? states[state] : NULL;
    if (language != NULL && word != NULL) {
        return desk_story_recent_in_both(store, language, word, most, error);
    }
    if (language != NULL) {
        return desk_story_recent_in_language(store, language, most, error);
    }
    return word != NULL ? desk_story_recent_in_state(store, word, most, error)
                        : desk_story_recent(store, most, error);
}

GPtrArray *story_recent(Store *store, const char *language, int state, unsigned most,
                        GError **error)
{
    g_autoptr(GArray) ids =
        story_ids_of_rows(recent_rows(store, language, state, most, error), error);
    if (ids == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) stories = g_ptr_array_new_with_free_func((GDestroyNotify)story_free);
    for (unsigned i = 0; i < ids->len; i++) {
        Story *story = story_read(store, g_array_index(ids, int64_t, i), error);
        if (story == NULL) {
            return NULL;
        }
        g_ptr_array_add(stories, story);
    }
    return g_steal_pointer(&stories);
}

bool story_state_counts(Store *store, int64_t counts[STORY_STATES], GError **error)
{
    g_autoptr(StoreRows) rows = desk_story_state_counts(store, error);
    if (rows == NULL) {
        return false;
    }
    int64_t found[STORY_STATES] = {0};
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        StoryState state = STORY_DRAFT;
        if (story_state_parse(store_text(rows, 0), &state)) {
            found[state] = store_number(rows, 1);
        }
    }
    if (step == STORE_END) {
        memcpy(counts, found, sizeof found);
    }
    return step == STORE_END;
}
