/* A story as it is given: story_input.h. Bringing it in is import.c; reading files and lines is
 * done by who calls. */
#include "desk/story_input.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/moment.h"
#include "desk/address.h"
#include "desk/name.h"
#include "desk/story_names.h"
#include "text/markdown.h"
#include "text/sanitise.h"
#include "text/slug.h"

#include <stddef.h>
#include <string.h>

#define MARKUP_SURE (LIMIT_PAGE / 16)         /* bytes of a body that makes no page of it */
#define MARKUP_MOST (LIMIT_PAGE - 256 * 1024) /* bytes of markup; the rest is for the page */

typedef struct {
    const char *name;
    size_t offset;
    size_t limit;  /* bytes */
    unsigned many; /* how many values, 0 for a scalar */
} Key;

#define SCALAR(field, most)                                                                        \
    {                                                                                              \
#field, offsetof(StoryInput, field), most, 0                                               \
    }
#define LIST(field, most, count)                                                                   \
    {                                                                                              \
#field, offsetof(StoryInput, field), most, count                                           \
    }

static const Key keys[] = {
    SCALAR(title, LIMIT_TITLE),
    SCALAR(date, STORY_INPUT_VALUE),
    SCALAR(language, STORY_INPUT_VALUE),
    SCALAR(slug, STORY_INPUT_VALUE),
    SCALAR(path, STORY_INPUT_VALUE),
    SCALAR(kind, STORY_INPUT_VALUE),
    SCALAR(section, STORY_INPUT_NAME),
    LIST(topics, STORY_INPUT_NAME, STORY_INPUT_TOPICS),
    LIST(authors, STORY_INPUT_NAME, STORY_INPUT_AUTHORS),
    SCALAR(agency, STORY_INPUT_NAME),
    SCALAR(lead, STORY_INPUT_LEAD),
    SCALAR(photo, STORY_INPUT_VALUE),
    SCALAR(caption, STORY_INPUT_CAPTION),
    SCALAR(credit, STORY_INPUT_CAPTION),
    SCALAR(alt, STORY_INPUT_CAPTION),
    SCALAR(translation_of, STORY_INPUT_VALUE),
    SCALAR(status, STORY_INPUT_VALUE),
    SCALAR(embargo, STORY_INPUT_VALUE),
    SCALAR(body, LIMIT_BODY),
    SCALAR(html, LIMIT_BODY),
    SCALAR(id, STORY_INPUT_VALUE),
    LIST(aliases, STORY_INPUT_VALUE, STORY_INPUT_ALIASES),
};

StoryInput *story_input_new(void)
{
    StoryInput *input = g_new0(StoryInput, 1);
    input->topics = g_ptr_array_new_with_free_func(g_free);
    input->authors = g_ptr_array_new_with_free_func(g_free);
    input->aliases = g_ptr_array_new_with_free_func(g_free);
    return input;
}

static char **scalar(const StoryInput *input, const Key *key)
{
    return (char **)((uintptr_t)input + key->offset);
}

static GPtrArray *list(const StoryInput *input, const Key *key)
{
    return *(GPtrArray **)((uintptr_t)input + key->offset);
}

void story_input_free(StoryInput *input)
{
    if (input == NULL) {
        return;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].many == 0) {
            g_free(*scalar(input, &keys[i]));
        } else {
            g_ptr_array_unref(list(input, &keys[i]));
        }
    }
    g_free(input);
}

static const Key *key_find(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

bool story_input_key(const char *key)
{
    return key_find(key) != NULL;
}

bool story_input_check_text(const char *what, const char *bytes, size_t length, size_t limit,
                            GError **error)
{
    if (length > limit) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "the %s has %zu bytes; at most %zu are allowed",
                    what, length, limit);
    }
    if (length > 0 && memchr(bytes, '\0', length) != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "the %s has a NUL byte; is it a text?", what);
    }
    const char *end = NULL;
    if (!g_utf8_validate(bytes, (gssize)length, &end)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the %s is not valid UTF-8 at its byte %td; save it as UTF-8", what,
                    end - bytes + 1);
    }
    return true;
}

/* A short body never fills a page; of a long one the markup is made, to know. */
static bool fits_page(const char *body, size_t length, StoryFormat format, GError **error)
{
    g_auto(SafeHtml) html = {0};
    if (length < MARKUP_SURE) {
        return true;
    }
    if (!(format == STORY_HTML ? sanitise_html(body, length, NULL, &html, error)
                               : markdown_render(body, length, NULL, &html, error))) {
        return false;
    }
    size_t made = strlen(safe_html_markup(&html));
    return made <= MARKUP_MOST ||
           fail(error, KOLOKOL_ERROR_LIMIT,
                "the body makes %zu bytes of HTML; at most %u fit on a page; divide it into "
                "several stories",
                made, MARKUP_MOST);
}

bool story_input_check_body(const char *body, StoryFormat format, GError **error)
{
    size_t length = strlen(body);
    return story_input_check_text("body", body, length, LIMIT_BODY, error) &&
           (format == STORY_HTML || markdown_check(body, length, error)) &&
           fits_page(body, length, format, error);
}

bool story_input_set(StoryInput *input, const char *key, const char *bytes, size_t length,
                     GError **error)
{
    const Key *known = key_find(key);
    if (known == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a story has no key \"%.60s\"", key);
    }
    if (!story_input_check_text(key, bytes, length, known->limit, error)) {
        return false;
    }
    if (known->many > 0) {
        GPtrArray *values = list(input, known);
        if (values->len >= known->many) {
            return fail(error, KOLOKOL_ERROR_LIMIT, "a story has at most %u %s", known->many, key);
        }
        g_ptr_array_add(values, g_strndup(bytes, length));
        return true;
    }
    char **value = scalar(input, known);
    if (*value != NULL) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "the key \"%s\" is given twice", key);
    }
    *value = g_strndup(bytes, length);
    return true;
}

/* A caller may have set fields by hand: everything again. */
static bool texts_ok(const StoryInput *input, GError **error)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        const Key *key = &keys[i];
        const char *value = key->many == 0 ? *scalar(input, key) : NULL;
        if (value != NULL &&
            !story_input_check_text(key->name, value, strlen(value), key->limit, error)) {
            return false;
        }
        const GPtrArray *values = key->many > 0 ? list(input, key) : NULL;
        for (unsigned k = 0; values != NULL && k < values->len; k++) {
            const char *one = values->pdata[k];
            if (!story_input_check_text(key->name, one, strlen(one), key->limit, error)) {
                return false;
            }
        }
        if (values != NULL && values->len > key->many) {
            return fail(error, KOLOKOL_ERROR_LIMIT, "a story has at most %u %s", key->many,
                        key->name);
        }
    }
    return true;
}

static bool title_ok(const StoryInput *input, GError **error)
{
    g_autofree char *title = input->title != NULL ? desk_one_line(input->title) : NULL;
    if (title == NULL || title[0] == '\0') {
        return fail(error, KOLOKOL_ERROR_INVALID, "the title is missing");
    }
    return desk_plain_text("title", title, LIMIT_TITLE, error);
}

static bool words_ok(const StoryInput *input, const DeskSite *site, GError **error)
{
    StoryKind kind = STORY_KIND_STORY;
    StoryState state = STORY_DRAFT;
    if (input->language != NULL && !desk_site_has_language(site, input->language)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the language \"%.40s\" is not one of this newsroom's", input->language);
    }
    if (input->kind != NULL && !story_kind_parse(input->kind, &kind)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the kind \"%.40s\" is unknown; it is story, live, opinion or page",
                    input->kind);
    }
    if (input->status != NULL && !story_state_parse(input->status, &state)) {
        return fail(
            error, KOLOKOL_ERROR_INVALID,
            "the status \"%.40s\" is unknown; it is draft, in edit, ready, scheduled, published or "
            "withdrawn",
            input->status);
    }
    return true;
}

static bool places_ok(const StoryInput *input, const DeskSite *site, GError **error)
{
    int64_t moment = 0;
    if (input->date != NULL) {
        GError *why = NULL;
        if (!moment_parse(input->date, site->zone, &moment, &why)) {
            g_propagate_prefixed_error(error, why, "date: ");
            return false;
        }
    }
    if (input->embargo != NULL) {
        GError *why = NULL;
        if (!moment_parse(input->embargo, site->zone, &moment, &why)) {
            g_propagate_prefixed_error(error, why, "embargo: ");
            return false;
        }
    }
    if (input->slug != NULL && !slug_valid(input->slug, 0)) {
        return fail(
            error, KOLOKOL_ERROR_INVALID,
            "the slug \"%.100s\" is no address part; use a-z, 0-9 and single hyphens, at most %u",
            input->slug, LIMIT_SLUG);
    }
    g_autofree char *path = input->path != NULL ? address_given(site, input->path, error) : NULL;
    return input->path == NULL || path != NULL;
}

bool story_input_check(const StoryInput *input, const DeskSite *site, GError **error)
{
    if (!texts_ok(input, error) || !title_ok(input, error) || !words_ok(input, site, error) ||
        !places_ok(input, site, error)) {
        return false;
    }
    if (input->body != NULL && input->html != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a story has a body or html, not both");
    }
    if ((input->body != NULL && !story_input_check_body(input->body, STORY_MARKDOWN, error)) ||
        (input->html != NULL && !story_input_check_body(input->html, STORY_HTML, error))) {
        return false;
    }
    if (input->photo != NULL && input->photo[0] != '\0' &&
        !g_ascii_string_to_unsigned(input->photo, 10, 1, INT64_MAX, NULL, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the photo \"%.100s\" is missing; give a media id or a file beside the "
                    "story",
                    input->photo);
    }
    g_autofree const char **topics = g_new0(const char *, input->topics->len + 1);
    g_autofree const char **authors = g_new0(const char *, input->authors->len + 1);
    for (guint i = 0; i < input->topics->len; i++) {
        topics[i] = input->topics->pdata[i];
    }
    for (guint i = 0; i < input->authors->len; i++) {
        authors[i] = input->authors->pdata[i];
    }
    return story_names_check(input->section, topics, authors, error);
}
