/* Pictures as the staff sees them: small forms from media/, at addresses that hold their hash.
 * Which form is shown where is media_view.h. */
#include "base/error.h"
#include "base/file.h"
#include "desk/media_office.h"
#include "desk/media_upload.h"
#include "desk/media_view.h"
#include "desk/variant.h"
#include "office/frame.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#define ORIGINAL_MOST 1000000 /* bytes: as on pages (docs/pictures.md) */
#define WIDE_MOST     800     /* pixels */

void media_shown_clear(MediaShown *shown)
{
    g_clear_pointer(&shown->file, g_free);
}

static const char *mime_of(const char *format)
{
    return strcmp(format, "webp") == 0 ? "image/webp" : "image/jpeg";
}

/* WebP of that shape, the widest within bounds. */
static const Variant *best(const GArray *variants, const char *shape)
{
    const Variant *found = NULL;
    for (guint i = 0; i < variants->len; i++) {
        const Variant *it = &g_array_index(variants, Variant, i);
        if (strcmp(it->shape, shape) == 0 && strcmp(it->format, "webp") == 0 &&
            it->width <= WIDE_MOST && (found == NULL || it->width > found->width)) {
            found = it;
        }
    }
    return found;
}

bool media_shown_find(Store *store, const Media *media, const char *shape, MediaShown *shown,
                      GError **error)
{
    g_autoptr(GArray) variants = variant_list(store, media->id, error);
    if (variants == NULL) {
        return false;
    }
    const Variant *variant = best(variants, shape);
    *shown = (MediaShown){0};
    if (variant != NULL) {
        shown->file = variant_file(variant);
        shown->mime = mime_of(variant->format);
        shown->width = variant->width;
        shown->height = variant->height;
        g_strlcpy(shown->hash, variant->sha256, sizeof shown->hash);
    } else if (media->size <= ORIGINAL_MOST) {
        shown->file = media_file(media);
        shown->mime = g_intern_string(media->mime);
        shown->width = media->width;
        shown->height = media->height;
        g_strlcpy(shown->hash, media->sha256, sizeof shown->hash);
    }
    return true;
}

/* The file's name is made of the row's hash, never of what was asked for. */
static HttpReply *answer_file(OfficeVisit *visit, const MediaShown *shown)
{
    g_autoptr(GError) reason = NULL;
    FILE_AUTO directory = media_directory_open(&reason);
    struct stat info;
    if (directory < 0) {
        return office_failed(visit, reason);
    }
    int file = openat(directory, shown->file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        file_close(&file);
        return office_not_found(visit);
    }
    bool fixed = strcmp(office_asked(visit, "v"), shown->hash) == 0;
    HttpReply *reply = http_reply_new_file(200, file, 0, (uint64_t)info.st_size);
    http_reply_header(reply, "Content-Type", shown->mime);
    http_reply_header(reply, "Cache-Control",
                      fixed ? "private, max-age=31536000, immutable" : "no-store");
    http_reply_header(reply, "X-Content-Type-Options", "nosniff");
    http_reply_header(reply, "Content-Security-Policy", "default-src 'none'; sandbox");
    http_reply_header(reply, "Cross-Origin-Resource-Policy", "same-origin");
    return reply;
}

static HttpReply *answer_shape(OfficeVisit *visit, const char *shape)
{
    g_autoptr(GError) reason = NULL;
    g_auto(MediaShown) shown = {0};
    int64_t id = 0;
    g_autoptr(Media) media =
        office_part_number(visit, 0, &id) ? media_read(visit->store, id, &reason) : NULL;
    if (media == NULL) {
        return office_not_found(visit);
    }
    if (!media_shown_find(visit->store, media, shape, &shown, &reason)) {
        return office_failed(visit, reason);
    }
    return shown.file == NULL ? office_not_found(visit) : answer_file(visit, &shown);
}

static HttpReply *answer_small(OfficeVisit *visit)
{
    return answer_shape(visit, VARIANT_SQUARE);
}

static HttpReply *answer_wide(OfficeVisit *visit)
{
    return answer_shape(visit, VARIANT_WIDE);
}

const OfficeRoute media_file_office[] = {
    {.name = "picture-small",
     .method = HTTP_GET,
     .path = "/pictures/:id/small",
     .permission = PERMISSION_WRITE,
     .answer = answer_small,
     .help = "a picture's square, for lists"},
    {.name = "picture-wide",
     .method = HTTP_GET,
     .path = "/pictures/:id/wide",
     .permission = PERMISSION_WRITE,
     .answer = answer_wide,
     .help = "the whole picture, small enough for a page"},
    {.name = NULL},
};
