/* Other bytes for a picture, and its removal: media_change.h. Words and focal point are media.c. */
#include "desk/media_change.h"

#include "base/error.h"
#include "desk/media_crop.h"
#include "desk/media_upload.h"
#include "desk/story_row.h"
#include "desk/variant.h"
#include "desk_sql.h"
#include "image/header.h"
#include "seal/hash.h"
#include "staff/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    int directory;
    int64_t id, now;
    const MediaRemover *by;
    ImageForm *form;
    ImageHeader header;
    char sha256[HASH_HEX];
    GPtrArray *old; /* files that were its: "ab/<sha256>.jpg" */
} Change;

bool media_files_of(Store *store, const Media *media, GPtrArray *files, GError **error)
{
    g_autoptr(GArray) variants = variant_list(store, media->id, error);
    if (variants == NULL) {
        return false;
    }
    g_autofree char *whole = NULL;
    if (!media_crop_whole(store, media->id, &whole, error)) {
        return false;
    }
    g_ptr_array_set_size(files, 0);
    g_ptr_array_add(files, media_file(media));
    if (whole != NULL) {
        g_ptr_array_add(files, g_steal_pointer(&whole));
    }
    for (guint i = 0; i < variants->len; i++) {
        g_ptr_array_add(files, variant_file(&g_array_index(variants, Variant, i)));
    }
    return true;
}

/* Two pictures may have a form in common. */
bool media_files_drop(Store *store, int directory, const GPtrArray *files, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const char *file = files->pdata[i];
        g_autofree char *sha256 = g_strndup(file + strlen("ab/"), HASH_HEX - 1);
        g_autoptr(GArray) users =
            story_ids_of_rows(desk_media_file_users(store, sha256, error), error);
        if (users == NULL) {
            return false;
        }
        if (users->len == 0 && unlinkat(directory, file, 0) != 0 && errno != ENOENT) {
            return fail(error, KOLOKOL_ERROR_IO, "media/%s cannot be removed: %s", file,
                        g_strerror(errno));
        }
    }
    return true;
}

static bool replace_body(Store *store, void *data, GError **error)
{
    Change *change = data;
    g_autoptr(Media) media = media_read(store, change->id, error);
    g_autoptr(GArray) known =
        media == NULL
            ? NULL
            : story_ids_of_rows(desk_media_by_sha256(store, change->sha256, error), error);
    if (known == NULL) {
        return false;
    }
    g_ptr_array_set_size(change->old, 0);
    if (known->len > 0) {
        int64_t other = g_array_index(known, int64_t, 0);
        return other == change->id || fail(error, KOLOKOL_ERROR_CONFLICT,
                                           "that picture is there already, as %" PRId64
                                           "; let the stories show that one, or remove it first",
                                           other);
    }
    return media_files_of(store, media, change->old, error) &&
           desk_media_replace(store, change->id, change->sha256, change->header.extension,
                              change->header.mime, change->form->width, change->form->height,
                              (int64_t)g_bytes_get_size(change->form->bytes), error) &&
           desk_variant_clear(store, change->id, error) &&
           desk_crop_forget(store, change->id, error) &&
           media_variants_due(store, change->id, change->now, error) &&
           media_touch(store, change->id, error);
}

bool media_replace(Store *store, int directory, int64_t id, GBytes *given, int64_t now,
                   GError **error)
{
    g_autoptr(ImageForm) form = image_take(given, error);
    g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func(g_free);
    Change change = {.directory = directory, .id = id, .now = now, .form = form, .old = old};
    if (form == NULL) {
        return false;
    }
    size_t length = 0;
    const void *bytes = g_bytes_get_data(form->bytes, &length);
    Hash hash = hash_of(bytes, length);
    hash_hex(&hash, change.sha256);
    return image_header_read(bytes, length, &change.header, error) &&
           media_keep_file(directory, change.sha256, change.header.extension, bytes, length,
                           error) &&
           store_transact(store, replace_body, &change, error) &&
           media_files_drop(store, directory, old, error);
}

/* What nobody has saved yet holds it too; who typed it would have a hole where it was. */
static bool in_unsaved(Store *store, int64_t id, GError **error)
{
    int64_t story = 0;
    if (!media_unsaved(store, id, &story, error)) {
        return true;
    }
    return story != 0 && !fail(error, KOLOKOL_ERROR_CONFLICT,
                               "picture %" PRId64 " is in a text of story %" PRId64
                               " that somebody has not saved yet",
                               id, story);
}

static bool in_use(Store *store, int64_t id, GError **error)
{
    g_autoptr(GArray) users = media_usage(store, id, error);
    if (users == NULL) {
        return true;
    }
    if (users->len == 0) {
        return in_unsaved(store, id, error);
    }
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < MIN(users->len, 5); i++) {
        g_string_append_printf(list, "%s%" PRId64, i == 0 ? "" : ", ",
                               g_array_index(users, int64_t, i));
    }
    fail(error, KOLOKOL_ERROR_CONFLICT, "picture %" PRId64 " is shown by %u %s (%s%s)", id,
         users->len, users->len == 1 ? "story" : "stories", list->str, users->len > 5 ? ", …" : "");
    return true;
}

static bool note_removal(Store *store, const Change *change, const Media *media, GError **error)
{
    g_autofree char *subject = g_strdup_printf("picture %" PRId64, change->id);
    return change->by->person == 0 ||
           audit_add_by(store, change->by->person, change->by->token, "picture.remove", subject,
                        media->sha256, change->now, error);
}

static bool remove_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    const MediaRemover *by = change->by;
    if (by->may != NULL && !by->may(store, by->data, error)) {
        return false;
    }
    g_autoptr(Media) media = media_read(store, change->id, error);
    return media != NULL && !in_use(store, change->id, error) &&
           media_files_of(store, media, change->old, error) &&
           desk_variant_clear(store, change->id, error) &&
           desk_crop_forget(store, change->id, error) &&
           desk_media_delete(store, change->id, error) && media_touch(store, change->id, error) &&
           note_removal(store, change, media, error);
}

bool media_remove(Store *store, int directory, int64_t id, GError **error)
{
    MediaRemover nobody = {0};
    return media_remove_by(store, directory, id, &nobody, 0, error);
}

bool media_remove_by(Store *store, int directory, int64_t id, const MediaRemover *by, int64_t now,
                     GError **error)
{
    g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func(g_free);
    Change change = {.directory = directory, .id = id, .now = now, .by = by, .old = old};
    return store_transact(store, remove_body, &change, error) &&
           media_files_drop(store, directory, old, error);
}
