/* The forms as they come out of the child, and the calls on it: image.h. The process itself is
 * run.c. */
#include "image/image.h"

#include "base/error.h"
#include "base/limits.h"
#include "image/run.h"

#include <stdlib.h>
#include <string.h>

#define FORMS_MOST 32u
#define HEAD_MOST  100u /* bytes of a form's line */

void image_form_free(ImageForm *form)
{
    if (form != NULL) {
        g_clear_pointer(&form->bytes, g_bytes_unref);
        g_free(form);
    }
}

/* "SHAPE FORMAT WIDTH HEIGHT LENGTH\n" and that many bytes. The child is not trusted. */
static ImageForm *read_form(GBytes *out, size_t *at)
{
    size_t size = 0;
    const char *bytes = g_bytes_get_data(out, &size);
    const char *end = memchr(bytes + *at, '\n', MIN(size - *at, HEAD_MOST));
    if (end == NULL) {
        return NULL;
    }
    g_autofree char *line = g_strndup(bytes + *at, (size_t)(end - bytes) - *at);
    g_auto(GStrv) parts = g_strsplit(line, " ", 6);
    guint64 width = 0, height = 0, length = 0;
    size_t from = (size_t)(end - bytes) + 1;
    if (g_strv_length(parts) != 5 || strlen(parts[0]) >= 12 || strlen(parts[1]) >= 8 ||
        !g_ascii_string_to_unsigned(parts[2], 10, 1, 65535, &width, NULL) ||
        !g_ascii_string_to_unsigned(parts[3], 10, 1, 65535, &height, NULL) ||
        !g_ascii_string_to_unsigned(parts[4], 10, 1, LIMIT_OBJECT, &length, NULL) ||
        length > size - from) {
        return NULL;
    }
    ImageForm *form = g_new0(ImageForm, 1);
    g_strlcpy(form->shape, parts[0], sizeof form->shape);
    g_strlcpy(form->format, parts[1], sizeof form->format);
    form->width = (int64_t)width;
    form->height = (int64_t)height;
    form->bytes = g_bytes_new_from_bytes(out, from, length);
    *at = from + length;
    return form;
}

static GPtrArray *forms(const char *const *arguments, GBytes *given, GError **error)
{
    if (g_bytes_get_size(given) > LIMIT_OBJECT) {
        fail(error, KOLOKOL_ERROR_LIMIT, "the picture has %zu bytes; at most %u are accepted",
             g_bytes_get_size(given), LIMIT_OBJECT);
        return NULL;
    }
    g_autoptr(GBytes) out = image_run(arguments, given, error);
    if (out == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)image_form_free);
    size_t at = 0;
    while (at < g_bytes_get_size(out) && list->len < FORMS_MOST) {
        ImageForm *form = read_form(out, &at);
        if (form == NULL) {
            break;
        }
        g_ptr_array_add(list, form);
    }
    if (list->len == 0 || at != g_bytes_get_size(out)) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "the picture's reader gave an answer that makes no sense");
        return NULL;
    }
    return g_steal_pointer(&list);
}

static ImageForm *first_form(const char *const *arguments, GBytes *given, GError **error)
{
    g_autoptr(GPtrArray) list = forms(arguments, given, error);
    return list == NULL ? NULL : g_ptr_array_steal_index(list, 0);
}

static ImageForm *only_form(const char *verb, GBytes *given, GError **error)
{
    const char *const arguments[] = {verb, NULL};
    return first_form(arguments, given, error);
}

ImageForm *image_crop(GBytes *picture, const ImageArea *area, GError **error)
{
    g_autofree char *x = g_strdup_printf("%" G_GINT64_FORMAT, area->x);
    g_autofree char *y = g_strdup_printf("%" G_GINT64_FORMAT, area->y);
    g_autofree char *width = g_strdup_printf("%" G_GINT64_FORMAT, area->width);
    g_autofree char *height = g_strdup_printf("%" G_GINT64_FORMAT, area->height);
    const char *const arguments[] = {"crop", x, y, width, height, NULL};
    return first_form(arguments, picture, error);
}

ImageForm *image_take(GBytes *given, GError **error)
{
    return only_form("take", given, error);
}

GBytes *image_strip(GBytes *given, GError **error)
{
    g_autoptr(ImageForm) form = only_form("strip", given, error);
    return form == NULL ? NULL : g_steal_pointer(&form->bytes);
}

static const size_t fields[] = {
    G_STRUCT_OFFSET(ImageWords, caption), G_STRUCT_OFFSET(ImageWords, alt),
    G_STRUCT_OFFSET(ImageWords, creator), G_STRUCT_OFFSET(ImageWords, credit),
    G_STRUCT_OFFSET(ImageWords, source),  G_STRUCT_OFFSET(ImageWords, rights),
    G_STRUCT_OFFSET(ImageWords, taken)};

void image_words_clear(ImageWords *words)
{
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_clear_pointer((char **)G_STRUCT_MEMBER_P(words, fields[i]), g_free);
    }
}

/* The child is not trusted: no controls, no line breaks, no more than a field holds. */
static char *one_line(const char *bytes, size_t length)
{
    g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)length);
    g_autoptr(GString) line = g_string_new(NULL);
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        g_string_append_unichar(line, g_unichar_iscntrl(letter) ? ' ' : letter);
    }
    if (line->len > IMAGE_WORD) {
        const char *end = g_utf8_find_prev_char(line->str, line->str + IMAGE_WORD + 1);
        g_string_truncate(line, (gsize)(end - line->str));
    }
    return g_strstrip(g_string_free(g_steal_pointer(&line), FALSE));
}

/* Each field with its byte 0, in the order of `fields`. */
bool image_words(GBytes *given, ImageWords *words, GError **error)
{
    g_autoptr(ImageForm) form = only_form("words", given, error);
    if (form == NULL) {
        return false;
    }
    size_t left = 0;
    const char *at = g_bytes_get_data(form->bytes, &left);
    g_auto(ImageWords) read = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        const char *end = memchr(at, '\0', left);
        size_t length = end == NULL ? left : (size_t)(end - at);
        *(char **)G_STRUCT_MEMBER_P(&read, fields[i]) = one_line(at, length);
        at += end == NULL ? left : length + 1;
        left -= end == NULL ? left : length + 1;
    }
    *words = read;
    read = (ImageWords){0};
    return true;
}

GPtrArray *image_variants(GBytes *picture, int64_t focal_x, int64_t focal_y, GError **error)
{
    g_autofree char *x = g_strdup_printf("%" G_GINT64_FORMAT, focal_x);
    g_autofree char *y = g_strdup_printf("%" G_GINT64_FORMAT, focal_y);
    const char *const arguments[] = {"variants", x, y, NULL};
    return forms(arguments, picture, error);
}

char *image_sandbox(GError **error)
{
    const char *const arguments[] = {"sandbox", NULL};
    g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);
    g_autoptr(GBytes) out = image_run(arguments, nothing, error);
    return out == NULL ? NULL
                       : g_strchomp(g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out)));
}
