/* Names into slugs on a story: story_names.h. The records are section.c, topic.c and author.c. */
#include "desk/story_names.h"

#include "base/error.h"
#include "desk/name.h"
#include "desk/story_input.h"

#include <string.h>

static const char *const kinds[] = {"section", "topic", "author"};

static const char *kind_word(char kind)
{
    return kinds[kind == 's' ? 0 : kind == 't' ? 1 : 2];
}

const char *story_names_author(const char *given, bool *reporting)
{
    *reporting = g_ascii_strncasecmp(given, "reporting:", 10) == 0;
    given += *reporting ? 10 : 0;
    while (*given == ' ') {
        given++;
    }
    return given;
}

bool story_names_withheld(const char *given)
{
    return g_ascii_strcasecmp(given, "withheld") == 0;
}

static bool check_name(char kind, const char *name, GError **error)
{
    g_autofree char *slug = NULL;
    g_autofree char *line = desk_one_line(name);
    return desk_name_slug(kind_word(kind), line, &slug, error);
}

bool story_names_check(const char *section, const char *const *topics, const char *const *authors,
                       GError **error)
{
    if (section != NULL && section[0] != '\0' && !check_name('s', section, error)) {
        return false;
    }
    for (unsigned i = 0; topics != NULL && topics[i] != NULL; i++) {
        if (i >= STORY_INPUT_TOPICS) {
            return fail(error, KOLOKOL_ERROR_LIMIT, "a story has at most %u topics",
                        STORY_INPUT_TOPICS);
        }
        if (!check_name('t', topics[i], error)) {
            return false;
        }
    }
    for (unsigned i = 0; authors != NULL && authors[i] != NULL; i++) {
        bool reporting = false;
        if (i >= STORY_INPUT_AUTHORS) {
            return fail(error, KOLOKOL_ERROR_LIMIT, "a story has at most %u authors",
                        STORY_INPUT_AUTHORS);
        }
        if (!story_names_withheld(authors[i]) &&
            !check_name('a', story_names_author(authors[i], &reporting), error)) {
            return false;
        }
    }
    return true;
}

static bool ensure(StoryChange *change, char kind, const char *given, char **slug, GPtrArray *notes,
                   GError **error)
{
    bool created = false;
    g_autofree char *name = desk_one_line(given);
    if (!desk_batch_ensure(change->batch, change->store, kind, change->after->language, name, slug,
                           &created, error)) {
        return false;
    }
    if (created && notes != NULL) {
        g_ptr_array_add(notes, g_strdup_printf("%s \"%s\" created", kind_word(kind), name));
    }
    return true;
}

bool story_names_section(StoryChange *change, const char *section, GPtrArray *notes, GError **error)
{
    char *slug = NULL;
    if (section != NULL && section[0] != '\0' &&
        (!story_names_check(section, NULL, NULL, error) ||
         !ensure(change, 's', section, &slug, notes, error))) {
        return false;
    }
    g_free(change->after->section);
    change->after->section = slug;
    return true;
}

static void slugs_add(GPtrArray *slugs, char *slug)
{
    if (g_ptr_array_find_with_equal_func(slugs, slug, g_str_equal, NULL)) {
        g_free(slug);
    } else {
        g_ptr_array_add(slugs, slug);
    }
}

static char **slugs_take(GPtrArray *slugs)
{
    unsigned count = slugs->len;
    char **list = g_new0(char *, count + 1);
    for (unsigned i = 0; i < count; i++) {
        list[i] = g_strdup(slugs->pdata[i]);
    }
    return list;
}

bool story_names_topics(StoryChange *change, const char *const *topics, GPtrArray *notes,
                        GError **error)
{
    if (!story_names_check(NULL, topics, NULL, error)) {
        return false;
    }
    g_autoptr(GPtrArray) slugs = g_ptr_array_new_with_free_func(g_free);
    for (; topics != NULL && *topics != NULL; topics++) {
        char *slug = NULL;
        if (!ensure(change, 't', *topics, &slug, notes, error)) {
            return false;
        }
        slugs_add(slugs, slug);
    }
    g_strfreev(change->after->topics);
    change->after->topics = slugs_take(slugs);
    return true;
}

bool story_names_authors(StoryChange *change, const char *const *authors, GPtrArray *notes,
                         GError **error)
{
    if (!story_names_check(NULL, NULL, authors, error)) {
        return false;
    }
    g_autoptr(GPtrArray) by = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) reporting = g_ptr_array_new_with_free_func(g_free);
    bool withheld = false;
    for (; authors != NULL && *authors != NULL; authors++) {
        if (story_names_withheld(*authors)) {
            withheld = true;
            continue;
        }
        bool report = false;
        const char *name = story_names_author(*authors, &report);
        char *slug = NULL;
        if (!ensure(change, 'a', name, &slug, notes, error)) {
            return false;
        }
        slugs_add(report ? reporting : by, slug);
    }
    g_strfreev(change->after->authors);
    g_strfreev(change->after->reporting);
    change->after->authors = slugs_take(by);
    change->after->reporting = slugs_take(reporting);
    change->after->withheld = withheld;
    return true;
}

static void key_add(GPtrArray *keys, const char *prefix, const char *name)
{
    g_autofree char *slug = NULL;
    g_autofree char *line = desk_one_line(name);
    bool known = desk_name_slug("name", line, &slug, NULL);
    slugs_add(keys, g_strconcat(prefix, known ? ":" : "?", known ? slug : line, NULL));
}

/* Those that are "reporting: NAME", or the others. */
static void keys_add(GPtrArray *keys, const char *const *authors, bool reporting)
{
    for (; *authors != NULL; authors++) {
        bool report = false;
        const char *name = story_names_author(*authors, &report);
        if (report == reporting && !story_names_withheld(*authors)) {
            key_add(keys, report ? "reporting" : "", name);
        }
    }
}

char **story_names_keys(const char *const *names, bool authors)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    bool withheld = false;
    if (authors) {
        keys_add(keys, names, false);
        keys_add(keys, names, true);
    }
    for (; *names != NULL; names++) {
        if (!authors) {
            key_add(keys, "", *names);
        }
        withheld = withheld || (authors && story_names_withheld(*names));
    }
    if (withheld) {
        g_ptr_array_add(keys, g_strdup("withheld"));
    }
    return slugs_take(keys);
}
