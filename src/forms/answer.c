/* What a form is answered with, and its wire form: form.h. */
#include "base/error.h"
#include "forms/form.h"
#include "text/json.h"

#include <string.h>

#define WIRE_MAX ((FORM_VALUES + 1) * (FORM_VALUE_MAX + 200))
#define PAGE_MAX 60u

typedef struct {
    char *key, *text;
} Text;

struct FormAnswer {
    char *page, *link;
    unsigned count;
    Text texts[FORM_VALUES];
};

FormAnswer *form_answer_new(void)
{
    FormAnswer *answer = g_new0(FormAnswer, 1);
    answer->page = g_strdup("done");
    return answer;
}

void form_answer_free(FormAnswer *answer)
{
    if (answer == NULL) {
        return;
    }
    for (unsigned i = 0; i < answer->count; i++) {
        g_free(answer->texts[i].key);
        g_free(answer->texts[i].text);
    }
    g_free(answer->page);
    g_free(answer->link);
    g_free(answer);
}

static bool page_good(const char *page)
{
    size_t length = strlen(page);
    return length > 0 && length <= PAGE_MAX &&
           strspn(page, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

void form_answer_page(FormAnswer *answer, const char *page)
{
    g_assert(page_good(page));
    g_free(answer->page);
    answer->page = g_strdup(page);
}

static Text *find(const FormAnswer *answer, const char *key)
{
    for (unsigned i = 0; i < answer->count; i++) {
        if (strcmp(answer->texts[i].key, key) == 0) {
            return (Text *)(uintptr_t)&answer->texts[i];
        }
    }
    return NULL;
}

/* Cuts at a whole character. */
static char *cut(const char *text)
{
    size_t length = strlen(text);
    if (length <= FORM_VALUE_MAX) {
        return g_utf8_make_valid(text, (gssize)length);
    }
    const char *end = g_utf8_find_prev_char(text, text + FORM_VALUE_MAX + 1);
    return g_utf8_make_valid(text, end - text);
}

void form_answer_text(FormAnswer *answer, const char *key, const char *text)
{
    Text *known = find(answer, key);
    if (known != NULL) {
        g_free(known->text);
        known->text = text == NULL ? NULL : cut(text);
        return;
    }
    if (text != NULL) {
        g_assert(answer->count < FORM_VALUES);
        answer->texts[answer->count++] = (Text){g_strdup(key), cut(text)};
    }
}

static bool host_is_local(const char *host)
{
    return host != NULL &&
           (strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 ||
            g_str_has_suffix(host, ".localhost") || g_str_has_suffix(host, ".onion"));
}

static bool link_good(const char *url)
{
    if (strlen(url) > FORM_LINK_MAX) {
        return false;
    }
    if (url[0] == '/') {
        return url[1] != '/' && url[1] != '\\' && strpbrk(url, " \"'<>\r\n\\") == NULL;
    }
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_ENCODED, NULL);
    const char *scheme = uri == NULL ? "" : g_uri_get_scheme(uri);
    return strcmp(scheme, "https") == 0 ||
           (strcmp(scheme, "http") == 0 && host_is_local(g_uri_get_host(uri)));
}

void form_answer_link(FormAnswer *answer, const char *url)
{
    g_assert(link_good(url));
    g_free(answer->link);
    answer->link = g_strdup(url);
}

const char *form_answer_page_name(const FormAnswer *answer)
{
    return answer->page;
}

const char *form_answer_get_text(const FormAnswer *answer, const char *key)
{
    const Text *text = find(answer, key);
    return text == NULL ? NULL : text->text;
}

const char *form_answer_get_link(const FormAnswer *answer)
{
    return answer->link;
}

void form_answer_each(const FormAnswer *answer,
                      void (*take)(const char *key, const char *text, void *data), void *data)
{
    for (unsigned i = 0; i < answer->count; i++) {
        if (answer->texts[i].text != NULL) {
            take(answer->texts[i].key, answer->texts[i].text, data);
        }
    }
}

GBytes *form_answer_write(const FormAnswer *answer)
{
    GString *out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "page", answer->page);
    json_writer_text_member(&json, "link", answer->link);
    json_writer_key(&json, "texts");
    json_writer_open_object(&json);
    for (unsigned i = 0; i < answer->count; i++) {
        json_writer_text_member(&json, answer->texts[i].key, answer->texts[i].text);
    }
    json_writer_close(&json);
    json_writer_close(&json);
    g_assert(json_writer_finish(&json, NULL));
    return g_string_free_to_bytes(out);
}

static bool take_texts(FormAnswer *answer, const json_t *texts)
{
    const char *key = NULL;
    json_t *value = NULL;
    if (!json_is_object(texts) || json_object_size(texts) > FORM_VALUES) {
        return false;
    }
    json_object_foreach((json_t *)(uintptr_t)texts, key, value)
    {
        if (!json_is_string(value)) {
            return false;
        }
        form_answer_text(answer, key, json_string_value(value));
    }
    return true;
}

FormAnswer *form_answer_read(const void *bytes, size_t length, GError **error)
{
    g_autoptr(json_t) json = json_read_limited(bytes, length, WIRE_MAX, 3, JSON_READ_STRICT, error);
    if (json == NULL) {
        return NULL;
    }
    g_autoptr(FormAnswer) answer = form_answer_new();
    const char *page = json_string_value(json_object_get(json, "page"));
    const char *link = json_string_value(json_object_get(json, "link"));
    if (page == NULL || !page_good(page) || (link != NULL && !link_good(link)) ||
        !take_texts(answer, json_object_get(json, "texts"))) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "an answer of the intake cannot be read");
        return NULL;
    }
    form_answer_page(answer, page);
    if (link != NULL) {
        form_answer_link(answer, link);
    }
    return g_steal_pointer(&answer);
}
