/* A story's fields as a form has them: story_desk.h. */
#include "desk/story_desk.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "desk/story_edit.h"
#include "desk/story_export.h"
#include "desk/story_names.h"
#include "press/setting.h"

#include <string.h>

bool story_desk_open(Store *store, StoryDesk *desk, GError **error)
{
    *desk = (StoryDesk){0};
    desk->languages = setting_languages(store, error);
    desk->site.languages = (const char *const *)desk->languages;
    desk->site.zone = desk->languages == NULL ? NULL : setting_timezone(store, error);
    desk->url = desk->site.zone == NULL ? NULL : setting_get(store, "url", error);
    desk->site.url = desk->url;
    return desk->url != NULL;
}

void story_desk_clear(StoryDesk *desk)
{
    g_strfreev(desk->languages);
    g_clear_pointer(&desk->site.zone, g_time_zone_unref);
    g_free(desk->url);
    *desk = (StoryDesk){0};
}

const char *story_desk_language(const StoryDesk *desk, const char *asked, GError **error)
{
    const char *language =
        asked == NULL || *asked == '\0' ? desk_site_first_language(&desk->site) : asked;
    if (!desk_site_has_language(&desk->site, language)) {
        fail(error, KOLOKOL_ERROR_INVALID, "language: the newspaper has no \"%.20s\"", language);
        return NULL;
    }
    return language;
}

char *story_desk_address(const StoryDesk *desk, const Story *story)
{
    if (story->path == NULL) {
        return NULL;
    }
    bool index = g_str_has_suffix(story->path, "/index.html");
    size_t length = strlen(story->path) - (index ? strlen("index.html") : 0);
    return g_strdup_printf("%s/%.*s", desk->url, (int)length, story->path);
}

bool story_desk_moment(const StoryDesk *desk, const char *text, int64_t *moment, GError **error)
{
    g_autofree char *spaced = g_strdup(text);
    if (strlen(spaced) == strlen("2026-11-24T08:00") && spaced[10] == 'T') {
        spaced[10] = ' ';
    }
    return moment_parse(spaced, desk->site.zone, moment, error);
}

char *story_desk_field_moment(const StoryDesk *desk, int64_t moment)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment / CLOCK_SECOND);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, desk->site.zone);
    return g_date_time_format(local, "%Y-%m-%dT%H:%M");
}

void story_fields_clear(StoryFields *fields)
{
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        g_clear_pointer(&fields->values[i], g_free);
    }
}

const char *story_field_name(StoryField field)
{
    static const char *const names[STORY_FIELDS] = {
        [STORY_FIELD_SECTION] = "section", [STORY_FIELD_TOPICS] = "topics",
        [STORY_FIELD_AUTHORS] = "authors", [STORY_FIELD_AGENCY] = "agency",
        [STORY_FIELD_PHOTO] = "photo",     [STORY_FIELD_CAPTION] = "caption",
        [STORY_FIELD_CREDIT] = "credit",   [STORY_FIELD_ALT] = "alt",
        [STORY_FIELD_SLUG] = "slug",       [STORY_FIELD_KIND] = "kind",
    };
    return names[field];
}

/* A name with a comma, or one that begins like it, stands between quotation marks, with its own
 * doubled. */
static void add_name(GString *all, const char *name)
{
    bool quoted = strchr(name, ',') != NULL || *name == '"';
    g_string_append(all, quoted ? "\"" : "");
    for (const char *c = name; *c != '\0'; c++) {
        g_string_append(all, quoted && *c == '"' ? "\"" : "");
        g_string_append_c(all, *c);
    }
    g_string_append(all, quoted ? "\"" : "");
}

char *story_fields_name(const char *name)
{
    GString *text = g_string_new(NULL);
    add_name(text, name);
    return g_string_free(text, FALSE);
}

static char *joined(const GPtrArray *names)
{
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < names->len; i++) {
        g_string_append(all, i > 0 ? ", " : "");
        add_name(all, names->pdata[i]);
    }
    return g_string_free(all, FALSE);
}

bool story_fields_read(Store *store, int64_t story, StoryFields *fields, GError **error)
{
    g_autoptr(StoryInput) input = story_export(store, story, error);
    if (input == NULL) {
        return false;
    }
    *fields = (StoryFields){{
        [STORY_FIELD_SECTION] = g_strdup(input->section),
        [STORY_FIELD_TOPICS] = joined(input->topics),
        [STORY_FIELD_AUTHORS] = joined(input->authors),
        [STORY_FIELD_AGENCY] = g_strdup(input->agency),
        [STORY_FIELD_PHOTO] = g_strdup(input->photo),
        [STORY_FIELD_CAPTION] = g_strdup(input->caption),
        [STORY_FIELD_CREDIT] = g_strdup(input->credit),
        [STORY_FIELD_ALT] = g_strdup(input->alt),
        [STORY_FIELD_SLUG] = g_strdup(input->slug),
        [STORY_FIELD_KIND] = g_strdup(input->kind),
    }};
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        fields->values[i] = fields->values[i] != NULL ? fields->values[i] : g_strdup("");
    }
    return true;
}

void story_fields_take(StoryFields *fields, const Fields *form, const char *prefix,
                       const StoryFields *fallback)
{
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        g_autofree char *name = g_strconcat(prefix, story_field_name((StoryField)i), NULL);
        const char *value = fields_get(form, name);
        fields->values[i] = g_strdup(value != NULL ? value : fallback->values[i]);
    }
}

static void set_field(StoryFields *fields, unsigned field, const char *value)
{
    char *copy = g_strdup(value);
    g_free(fields->values[field]);
    fields->values[field] = copy;
}

static void add_field(GString *all, const char *prefix, unsigned field, const StoryFields *fields)
{
    g_autofree char *value = g_uri_escape_string(fields->values[field], NULL, FALSE);
    g_string_append_printf(all, "%s%s%s=%s", all->len > 0 ? "&" : "", prefix,
                           story_field_name((StoryField)field), value);
}

static bool changed(const StoryFields *was, const StoryFields *now, unsigned field)
{
    return strcmp(was->values[field], now->values[field]) != 0;
}

char *story_fields_join(const StoryFields *was, const StoryFields *now)
{
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        if (changed(was, now, i)) {
            add_field(all, "", i, now);
            add_field(all, STORY_FIELD_WAS, i, was);
        }
    }
    return g_string_free(all, FALSE);
}

void story_fields_split(const char *joined, const StoryFields *stored, StoryFields *was,
                        StoryFields *now)
{
    g_autoptr(Fields) parsed = fields_parse(joined, strlen(joined), NULL);
    g_autoptr(Fields) none = parsed == NULL ? fields_parse("", 0, NULL) : NULL;
    const Fields *form = parsed != NULL ? parsed : none;
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        const char *name = story_field_name((StoryField)i);
        g_autofree char *before = g_strconcat(STORY_FIELD_WAS, name, NULL);
        const char *value = fields_get(form, name), *base = fields_get(form, before);
        base = base != NULL ? base : "";
        bool touched = value != NULL && strcmp(value, base) != 0;
        set_field(was, i, touched ? base : stored->values[i]);
        set_field(now, i, touched ? value : stored->values[i]);
    }
}

/* What a field means: names as the office finds them, since it stores them as it knows them; other
 * text in lines, since what is stored may have CR LF, which no form sends back. Caller frees. */
static char **meaning(unsigned field, const char *value)
{
    bool authors = field == STORY_FIELD_AUTHORS;
    if (field == STORY_FIELD_SECTION) {
        const char *section[] = {*value == '\0' ? NULL : value, NULL};
        return story_names_keys(section, false);
    }
    if (!authors && field != STORY_FIELD_TOPICS) {
        return g_strsplit(value, "\r\n", -1);
    }
    g_auto(GStrv) names = story_fields_names(value);
    return story_names_keys((const char *const *)names, authors);
}

static bool same_value(unsigned field, const char *a, const char *b)
{
    g_auto(GStrv) left = meaning(field, a);
    g_auto(GStrv) right = meaning(field, b);
    g_autofree char *one = g_strjoinv("\n", left);
    g_autofree char *other = g_strjoinv("\n", right);
    return strcmp(one, other) == 0;
}

/* Does the form change the photo, or the words that stand under it? */
static bool changes_other(const StoryFields *was, const StoryFields *now, unsigned field)
{
    bool words = changed(was, now, STORY_FIELD_CAPTION) || changed(was, now, STORY_FIELD_CREDIT) ||
                 changed(was, now, STORY_FIELD_ALT);
    return field == STORY_FIELD_PHOTO ? words
           : field == STORY_FIELD_CAPTION || field == STORY_FIELD_CREDIT || field == STORY_FIELD_ALT
               ? changed(was, now, STORY_FIELD_PHOTO)
               : false;
}

bool story_fields_theirs(const StoryFields *was, const StoryFields *now, const StoryFields *stored,
                         StoryFields *theirs)
{
    bool any = false;
    story_fields_clear(theirs);
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        const char *other = stored->values[i];
        if (!same_value(i, other, was->values[i]) && !same_value(i, other, now->values[i]) &&
            (changed(was, now, i) || changes_other(was, now, i))) {
            set_field(theirs, i, other);
            any = true;
        }
    }
    return any;
}

void story_fields_settle(StoryFields *was, StoryFields *now, const StoryFields *stored)
{
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        if (!changed(was, now, i)) {
            set_field(now, i, stored->values[i]);
        }
        set_field(was, i, stored->values[i]);
    }
}

/* A name between quotation marks, from behind the first; *end gets the comma or the end behind the
 * last. NULL if they do not go around all of it: then it is a name like any other. */
static char *quoted_name(const char *from, const char **end)
{
    g_autoptr(GString) name = g_string_new(NULL);
    for (const char *c = from; *c != '\0'; c++) {
        if (*c == '"' && c[1] != '"') {
            const char *behind = c + 1 + strspn(c + 1, " \t");
            if (*behind != ',' && *behind != '\0') {
                return NULL;
            }
            *end = behind;
            return g_string_free(g_steal_pointer(&name), FALSE);
        }
        c += *c == '"' ? 1 : 0;
        g_string_append_c(name, *c);
    }
    return NULL;
}

/* The name that begins here; *at goes behind it. */
static char *next_name(const char **at)
{
    const char *from = *at, *comma = from + strcspn(from, ",");
    char *quoted = *from == '"' ? quoted_name(from + 1, at) : NULL;
    if (quoted != NULL) {
        return g_strstrip(quoted);
    }
    *at = comma;
    return g_strstrip(g_strndup(from, (size_t)(comma - from)));
}

char **story_fields_names(const char *text)
{
    GPtrArray *names = g_ptr_array_new();
    for (const char *at = text; *at != '\0';) {
        at += strspn(at, " \t\r\n,");
        g_autofree char *name = next_name(&at);
        if (*name != '\0') {
            g_ptr_array_add(names, g_steal_pointer(&name));
        }
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

typedef struct {
    Store *store;
    const DeskSite *site;
    int64_t story, moment;
    const StoryFields *was, *now;
    const char *values[STORY_FIELDS]; /* to be stored; borrowed */
    StoryKind kind;                   /* that is stored */
} Write;

static bool differs(const Write *write, StoryField first, StoryField last)
{
    bool any = false;
    for (unsigned i = first; i <= last; i++) {
        any = any || changed(write->was, write->now, i);
    }
    return any;
}

/* Fields are written in groups: one that the form leaves as it was is as the story has it now. */
static void take_values(Write *write, const StoryFields *stored)
{
    for (unsigned i = 0; i < STORY_FIELDS; i++) {
        const StoryFields *from = changed(write->was, write->now, i) ? write->now : stored;
        write->values[i] = from->values[i];
    }
    story_kind_parse(stored->values[STORY_FIELD_KIND], &write->kind);
}

static bool write_photo(const Write *write, GError **error)
{
    const char *const *now = write->values;
    int64_t media = 0;
    if (*now[STORY_FIELD_PHOTO] != '\0' &&
        !g_ascii_string_to_signed(now[STORY_FIELD_PHOTO], 10, 1, INT64_MAX, &media, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.100s\" is no number of a picture; it stands on the picture's page",
                    now[STORY_FIELD_PHOTO]);
    }
    return story_set_photo(write->store, write->site, write->story, media, now[STORY_FIELD_CAPTION],
                           now[STORY_FIELD_CREDIT], now[STORY_FIELD_ALT], write->moment, error);
}

static bool write_byline(const Write *write, GError **error)
{
    g_auto(GStrv) authors = story_fields_names(write->values[STORY_FIELD_AUTHORS]);
    return story_set_authors(write->store, write->site, write->story, (const char *const *)authors,
                             write->values[STORY_FIELD_AGENCY], write->moment, error);
}

static bool write_topics(const Write *write, GError **error)
{
    g_auto(GStrv) topics = story_fields_names(write->values[STORY_FIELD_TOPICS]);
    return story_set_topics(write->store, write->site, write->story, (const char *const *)topics,
                            write->moment, error);
}

static bool write_slug(const Write *write, GError **error)
{
    const char *slug = write->values[STORY_FIELD_SLUG];
    return *slug == '\0' ||
           story_set_slug(write->store, write->site, write->story, slug, write->moment, error);
}

/* A page has a place of its own in the paper, and is made there (page_office.c). What is one is the
 * stored story, whatever the form says that it was. */
static bool write_kind(const Write *write, GError **error)
{
    const char *now = write->now->values[STORY_FIELD_KIND];
    StoryKind kind = STORY_KIND_STORY;
    if (!story_kind_parse(now, &kind)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the kind \"%.40s\" is unknown; it is story, live, opinion or page", now);
    }
    if (kind == STORY_KIND_PAGE || write->kind == STORY_KIND_PAGE) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "a page of the newspaper stays one, and a story does not become one");
    }
    return story_set_kind(write->store, write->site, write->story, kind, write->moment, error);
}

static bool write_all(Store *store, void *data, GError **error)
{
    Write *write = data;
    g_auto(StoryFields) stored = {0};
    if (!story_fields_read(store, write->story, &stored, error)) {
        return false;
    }
    take_values(write, &stored);
    return (!differs(write, STORY_FIELD_KIND, STORY_FIELD_KIND) || write_kind(write, error)) &&
           (!differs(write, STORY_FIELD_SECTION, STORY_FIELD_SECTION) ||
            story_set_section(store, write->site, write->story, write->values[STORY_FIELD_SECTION],
                              write->moment, error)) &&
           (!differs(write, STORY_FIELD_TOPICS, STORY_FIELD_TOPICS) ||
            write_topics(write, error)) &&
           (!differs(write, STORY_FIELD_AUTHORS, STORY_FIELD_AGENCY) ||
            write_byline(write, error)) &&
           (!differs(write, STORY_FIELD_PHOTO, STORY_FIELD_ALT) || write_photo(write, error)) &&
           (!differs(write, STORY_FIELD_SLUG, STORY_FIELD_SLUG) || write_slug(write, error));
}

bool story_fields_write(Store *store, const DeskSite *site, int64_t story, const StoryFields *was,
                        const StoryFields *now, int64_t moment, GError **error)
{
    Write write = {
        .store = store, .site = site, .story = story, .moment = moment, .was = was, .now = now};
    return store_transact(store, write_all, &write, error);
}
