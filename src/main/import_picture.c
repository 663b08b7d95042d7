/* Pictures beside a story's file: import_picture.h. Kinds and limits are desk/media.h's. */
#include "main/import_picture.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/media_upload.h"
#include "image/image.h"

#include <string.h>

#define NAME_MOST 1000u /* bytes of a file's name in a body */

static bool is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

static bool stays_below(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    return *name != '/' && *name != '\0' && !g_strv_contains((const char *const *)parts, "..");
}

static GBytes *read_picture(const ImportPictures *where, const char *name, GError **error)
{
    if (!stays_below(name)) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "photo: \"%.100s\" must be a media id or a file below the story's own directory",
             name);
        return NULL;
    }
    g_autofree char *path = g_build_filename(where->beside, name, NULL);
    g_autoptr(GError) reason = NULL;
    GBytes *bytes = file_read(path, LIMIT_OBJECT, &reason);
    if (bytes == NULL) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            fail(error, KOLOKOL_ERROR_NOT_FOUND,
                 "photo: there is no file %s; put it there, or take the key away", path);
        } else {
            g_propagate_prefixed_error(error, g_steal_pointer(&reason), "photo: ");
        }
    }
    return bytes;
}

/* A credit is "Photographer / AGENCY". */
static void split_credit(const char *credit, char **photographer, char **agency)
{
    const char *slash = credit == NULL ? NULL : strstr(credit, " / ");
    *photographer = slash == NULL ? g_strdup(credit) : g_strndup(credit, (size_t)(slash - credit));
    *agency = slash == NULL ? NULL : g_strdup(slash + strlen(" / "));
}

/* Is it a picture? Nothing is kept. */
static bool look(const char *name, GBytes *bytes, GError **error)
{
    g_autoptr(ImageForm) form = image_take(bytes, error);
    if (form == NULL) {
        g_prefix_error(error, "photo: %s: ", name);
    }
    return form != NULL;
}

static bool add(const ImportPictures *where, const char *name, const StoryInput *words, int64_t *id,
                GError **error)
{
    g_autoptr(GBytes) bytes = read_picture(where, name, error);
    if (bytes == NULL) {
        return false;
    }
    if (where->dry) {
        *id = 0;
        return look(name, bytes, error);
    }
    g_autofree char *photographer = NULL, *agency = NULL;
    split_credit(words == NULL ? NULL : words->credit, &photographer, &agency);
    MediaWords said = {.caption = words == NULL ? NULL : words->caption,
                       .photographer = photographer,
                       .agency = agency,
                       .alt = words == NULL ? NULL : words->alt};
    if (!media_upload(where->store, where->media, bytes, &said, where->now, id, NULL, error)) {
        g_prefix_error(error, "photo: %s: ", name);
        return false;
    }
    return true;
}

/* The destination of "](destination" ends at white space or at the closing parenthesis. */
static size_t destination_length(const char *text)
{
    return strcspn(text, " \t\r\n)");
}

/* Looks like a picture's file, and is there. */
static bool is_local(const ImportPictures *where, const char *name)
{
    static const char *const endings[] = {".jpg",  ".jpeg", ".png",  ".gif",
                                          ".webp", ".avif", ".heic", ".heif"};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    bool picture = false;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        picture |= g_str_has_suffix(lower, endings[i]);
    }
    if (!picture || strstr(name, "://") != NULL || !stays_below(name)) {
        return false;
    }
    g_autofree char *path = g_build_filename(where->beside, name, NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* Only destinations are replaced; the rest of the body is copied as it is. */
static bool replace_in_body(const ImportPictures *where, StoryInput *input, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *copied = input->body, *at = input->body;
    while ((at = strstr(at, "](")) != NULL) {
        at += 2;
        size_t length = destination_length(at);
        g_autofree char *name = g_strndup(at, MIN(length, NAME_MOST));
        int64_t id = 0;
        if (length >= NAME_MOST || !is_local(where, name)) {
            continue;
        }
        if (!add(where, name, NULL, &id, error)) {
            return false;
        }
        if (id != 0) {
            g_string_append_len(out, copied, at - copied);
            g_string_append_printf(out, "media:%" G_GINT64_FORMAT, id);
            copied = at + length;
        }
    }
    if (copied != input->body) {
        g_string_append(out, copied);
        g_free(input->body);
        input->body = g_string_free(g_steal_pointer(&out), FALSE);
    }
    return true;
}

bool import_pictures(const ImportPictures *where, StoryInput *input, GError **error)
{
    if (input->photo != NULL && !is_number(input->photo)) {
        int64_t id = 0;
        if (!add(where, input->photo, input, &id, error)) {
            return false;
        }
        g_free(input->photo);
        input->photo = where->dry ? NULL : g_strdup_printf("%" G_GINT64_FORMAT, id);
    }
    return input->body == NULL || replace_in_body(where, input, error);
}

char *import_pictures_outward(const char *body, ImportPictureTaker take, void *data, GError **error)
{
    static const char mark[] = "](media:";
    g_autoptr(GString) out = g_string_new(NULL);
    const char *copied = body, *at = body;
    while ((at = strstr(at, mark)) != NULL) {
        const char *digits = at + strlen(mark);
        char *end = NULL;
        int64_t id = g_ascii_strtoll(digits, &end, 10);
        g_autofree char *path = NULL;
        at = digits;
        if (end == digits) {
            continue;
        }
        if (!take(id, &path, data, error)) {
            return NULL;
        }
        if (path != NULL) {
            g_string_append_len(out, copied, digits - (strlen(mark) - 2) - copied);
            g_string_append(out, path);
            copied = end;
        }
    }
    g_string_append(out, copied);
    return g_string_free(g_steal_pointer(&out), FALSE);
}
