/* The demo newspaper: demo.h. Its other pages are first_pages.c. */
#include "main/demo.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/moment.h"
#include "desk/author.h"
#include "desk/breaking.h"
#include "desk/correction.h"
#include "desk/front.h"
#include "desk/media_upload.h"
#include "desk/section.h"
#include "fund/campaign.h"
#include "mail/newsletter.h"
#include "press/setting.h"
#include "staff/person.h"
#include "text/json.h"
#include "theme/embedded.h"

#include <stdlib.h>
#include <string.h>

#define JSON_MOST (64u * 1024)

static json_t *read_json(GError **error)
{
    const EmbeddedFile *file = embedded_read("demo/demo.json");
    if (file == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "the program has no demo");
        return NULL;
    }
    return json_read_limited(file->bytes, file->length, JSON_MOST, 0, JSON_READ_STRICT, error);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

bool demo_values(char *values[INI_KEYS], GError **error)
{
    g_autoptr(json_t) demo = read_json(error);
    if (demo == NULL) {
        return false;
    }
    GString *languages = g_string_new(NULL);
    size_t i;
    json_t *language;
    json_array_foreach(json_object_get(demo, "languages"), i, language)
    {
        g_string_append_printf(languages, "%s%s", i == 0 ? "" : ",", json_string_value(language));
    }
    values[INI_SITE_NAME] = g_strdup(text_of(demo, "name"));
    values[INI_SITE_TIMEZONE] = g_strdup(text_of(demo, "timezone"));
    values[INI_SITE_LANGUAGES] = g_string_free(languages, FALSE);
    return true;
}

bool demo_date(const char *text, int64_t today, GTimeZone *zone, int64_t *moment)
{
    if (!g_str_has_prefix(text, "today")) {
        return false;
    }
    const char *rest = text + strlen("today");
    char *end = NULL;
    long days = *rest == '-' || *rest == '+' ? strtol(rest, &end, 10) : 0;
    rest = end == NULL ? rest : end;
    /* Noon of the day, so that a change to summer time does not lead to another one. */
    g_autofree char *day = moment_day(today + CLOCK_DAY / 2 + days * CLOCK_DAY, zone);
    g_autofree char *said = g_strconcat(day, rest, NULL);
    return (*rest == ' ' || *rest == '\0') && moment_parse(said, zone, moment, NULL);
}

typedef struct {
    NewsroomDesk *desk;
    FILE *err;
    FirstPages *put;
    json_t *json;
    StoryIntake *intake;
    int media; /* the newsroom's media/ */
    int64_t now;
    int64_t today; /* the midnight that dates count from */
} Demo;

static bool has_language(const Demo *demo, const char *language)
{
    return desk_site_has_language(&demo->desk->site, language);
}

/* The files of the demo's stories. */
static const EmbeddedFile *story_files(size_t *count)
{
    return embedded_list("demo/stories/", count);
}

/* Midnight of today, or of yesterday while a story of today is still to come. */
static bool find_today(Demo *demo, GError **error)
{
    g_autofree char *day = moment_day(demo->now, demo->desk->zone);
    size_t count = 0;
    const EmbeddedFile *files = story_files(&count);
    bool early = false;
    moment_of_day(day, demo->desk->zone, &demo->today);
    for (size_t i = 0; i < count; i++) {
        g_autoptr(StoryInput) input = first_page_read(files[i].name, error);
        int64_t moment = 0;
        if (input == NULL) {
            return false;
        }
        early |= input->date != NULL &&
                 demo_date(input->date, demo->today, demo->desk->zone, &moment) &&
                 moment > demo->now;
    }
    if (early) {
        g_autofree char *before = moment_day(demo->today - CLOCK_DAY / 2, demo->desk->zone);
        moment_of_day(before, demo->desk->zone, &demo->today);
    }
    return true;
}

static bool put_picture(Demo *demo, StoryInput *input, GError **error)
{
    if (input->photo == NULL) {
        return true;
    }
    g_autofree char *name = g_strconcat("demo/pictures/", input->photo, NULL);
    const EmbeddedFile *file = embedded_read(name);
    if (file == NULL) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "the program has no picture %s", name);
    }
    const char *slash = input->credit == NULL ? NULL : strstr(input->credit, " / ");
    g_autofree char *photographer = slash == NULL
                                        ? g_strdup(input->credit)
                                        : g_strndup(input->credit, (size_t)(slash - input->credit));
    MediaWords words = {.caption = input->caption,
                        .photographer = photographer,
                        .agency = slash == NULL ? NULL : slash + strlen(" / "),
                        .alt = input->alt};
    int64_t id = 0;
    bool created = false;
    g_autoptr(GBytes) bytes = g_bytes_new_static(file->bytes, file->length);
    if (!media_add_clean(demo->desk->store, demo->media, bytes, &words, demo->now, &id, &created,
                         error)) {
        return false;
    }
    demo->put->pictures += created;
    g_free(input->photo);
    input->photo = g_strdup_printf("%" G_GINT64_FORMAT, id);
    return true;
}

/* A story's id is its file's name: demo.json and translations name it so. */
static bool put_story(Demo *demo, const char *file, GError **error)
{
    g_autoptr(StoryInput) input = first_page_read(file, error);
    if (input == NULL || !has_language(demo, input->language)) {
        return input != NULL;
    }
    int64_t moment = 0;
    g_autofree char *base = g_path_get_basename(file);
    if (input->date != NULL && demo_date(input->date, demo->today, demo->desk->zone, &moment)) {
        g_free(input->date);
        input->date = moment_rfc3339(moment);
    }
    input->id = g_strndup(base, strlen(base) - strlen(".md"));
    if (input->language != NULL && !has_language(demo, "en")) {
        g_clear_pointer(&input->translation_of, g_free); /* the originals are not there */
    }
    if (!put_picture(demo, input, error)) {
        return false;
    }
    demo->put->stories++;
    return story_intake_take(demo->intake, g_steal_pointer(&input), &(StoryOrigin){file, 1, NULL},
                             error);
}

static bool put_stories(Demo *demo, GError **error)
{
    size_t count = 0;
    const EmbeddedFile *files = story_files(&count);
    for (size_t i = 0; i < count; i++) {
        if (!put_story(demo, files[i].name, error)) {
            return false;
        }
    }
    return story_intake_finish(demo->intake, error) && first_pages_all_in(demo->intake, error);
}

/* A newspaper that was given a name of its own has that one in all languages. */
static bool put_names(Demo *demo, GError **error)
{
    const char *language;
    json_t *name;
    g_autofree char *general = setting_get(demo->desk->store, "name", error);
    if (general == NULL || strcmp(general, text_of(demo->json, "name")) != 0) {
        return general != NULL;
    }
    json_object_foreach(json_object_get(demo->json, "names"), language, name)
    {
        g_autofree char *setting = g_strconcat("name.", language, NULL);
        bool changed = false;
        if (has_language(demo, language) &&
            !setting_set(demo->desk->store, setting, json_string_value(name), &changed, error)) {
            return false;
        }
    }
    return true;
}

/* So that it has a security.txt like any paper. */
static bool put_contact(Demo *demo, GError **error)
{
    bool changed = false;
    return setting_set(demo->desk->store, "contact", text_of(demo->json, "contact"), &changed,
                       error);
}

/* Sections in the order of the menu. */
static bool put_sections(Demo *demo, GError **error)
{
    const char *language;
    json_t *names, *name;
    size_t i;
    json_object_foreach(json_object_get(demo->json, "sections"), language, names)
    {
        json_array_foreach(names, i, name)
        {
            g_autofree char *slug = NULL;
            if (has_language(demo, language) &&
                !section_ensure(demo->desk->store, language, json_string_value(name), &slug, NULL,
                                error)) {
                return false;
            }
        }
    }
    return true;
}

static bool put_authors(Demo *demo, GError **error)
{
    const char *language, *name;
    json_t *authors, *about;
    Store *store = demo->desk->store;
    json_object_foreach(json_object_get(demo->json, "authors"), language, authors)
    {
        if (!has_language(demo, language)) {
            continue;
        }
        json_object_foreach(authors, name, about)
        {
            g_autofree char *slug = NULL;
            if (!author_ensure(store, language, name, &slug, NULL, error) ||
                !author_describe(store, language, slug, json_string_value(about), error)) {
                return false;
            }
        }
    }
    return true;
}

static bool story_id(Demo *demo, const char *name, int64_t *id, GError **error)
{
    g_autoptr(Story) story = story_by_external(demo->desk->store, name, error);
    if (story == NULL) {
        return false;
    }
    *id = story->id;
    return true;
}

static bool put_front(Demo *demo, GError **error)
{
    const char *language;
    json_t *names, *name, *line;
    size_t i;
    int64_t id = 0;
    Store *store = demo->desk->store;
    json_object_foreach(json_object_get(demo->json, "front"), language, names)
    {
        json_array_foreach(names, i, name)
        {
            if (has_language(demo, language) &&
                (!story_id(demo, json_string_value(name), &id, error) ||
                 !front_set_story(store, language, (unsigned)i + 1, id, INT64_MAX, error))) {
                return false;
            }
        }
    }
    json_object_foreach(json_object_get(demo->json, "breaking"), language, line)
    {
        if (has_language(demo, language) && (!story_id(demo, text_of(line, "story"), &id, error) ||
                                             !breaking_set(store, language, text_of(line, "text"),
                                                           id, INT64_MAX, demo->now, error))) {
            return false;
        }
    }
    return true;
}

static bool put_corrections(Demo *demo, GError **error)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(demo->json, "corrections"), i, row)
    {
        int64_t story = 0, id = 0;
        if (has_language(demo, text_of(row, "language")) &&
            (!story_id(demo, text_of(row, "story"), &story, error) ||
             !story_correct(demo->desk->store, &demo->desk->site, story, text_of(row, "text"),
                            demo->now, &id, error))) {
            return false;
        }
    }
    return true;
}

static bool put_departments(Demo *demo, GError **error)
{
    size_t count = 0;
    bool changed = false;
    Store *store = demo->desk->store;
    const EmbeddedFile *files = embedded_list("demo/campaign.", &count);
    for (size_t i = 0; i < count; i++) {
        g_autoptr(Campaign) campaign =
            campaign_parse(files[i].bytes, files[i].length, demo->desk->zone, demo->now, error);
        if (campaign == NULL || (has_language(demo, campaign->language) &&
                                 !campaign_set(store, campaign, demo->now, &changed, error))) {
            return false;
        }
    }
    files = embedded_list("demo/newsletter.", &count);
    for (size_t i = 0; i < count; i++) {
        g_autoptr(Newsletter) newsletter = newsletter_parse(files[i].bytes, files[i].length, error);
        if (newsletter == NULL || (has_language(demo, newsletter->language) &&
                                   !newsletter_set(store, newsletter, &changed, error))) {
            return false;
        }
    }
    return true;
}

static bool put_staff(Demo *demo, GError **error)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(demo->json, "staff"), i, row)
    {
        Role role;
        int64_t id = 0;
        if (!role_parse(text_of(row, "role"), &role)) {
            return fail(error, KOLOKOL_ERROR_CORRUPT, "demo.json: there is no role \"%s\"",
                        text_of(row, "role"));
        }
        if (!person_add_demo(demo->desk->store, text_of(row, "name"), text_of(row, "email"), role,
                             demo->now, &id, error)) {
            return false;
        }
    }
    return true;
}

bool demo_put(NewsroomDesk *desk, FILE *err, FirstPages *put, GError **error)
{
    g_autoptr(json_t) json = read_json(error);
    StoryIntakeOptions options = {
        .desk = desk, .flags = STORY_PUT_PUBLISH, .now = clock_now(), .err = err};
    g_autoptr(StoryIntake) intake = json == NULL ? NULL : story_intake_new(&options, error);
    FILE_AUTO media = intake == NULL ? -1 : directory_open(desk->newsroom->media_dir, true, error);
    Demo demo = {.desk = desk,
                 .err = err,
                 .put = put,
                 .json = json,
                 .intake = intake,
                 .media = media,
                 .now = options.now};
    return media >= 0 && find_today(&demo, error) && put_names(&demo, error) &&
           put_contact(&demo, error) && put_sections(&demo, error) && put_stories(&demo, error) &&
           put_authors(&demo, error) && put_front(&demo, error) && put_corrections(&demo, error) &&
           put_departments(&demo, error) && put_staff(&demo, error);
}
