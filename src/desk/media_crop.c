/* Cutting pictures: media_crop.h. The pixels are cut in image/picture.c. */
#include "desk/media_crop.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/media_change.h"
#include "desk/media_upload.h"
#include "desk_sql.h"
#include "image/header.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <string.h>

#define JOB   "media.crop"
#define WHOLE 1000 /* per mille */

void media_crop_clear(MediaCrop *crop)
{
    g_clear_pointer(&crop->sha256, g_free);
    g_clear_pointer(&crop->extension, g_free);
    g_clear_pointer(&crop->mime, g_free);
}

/* "80.5" as 805. */
static bool per_mille(const char *text, int64_t *value)
{
    g_autofree char *plain = g_strstrip(g_strdup(text));
    char *end = NULL;
    double number = g_ascii_strtod(plain, &end);
    if (end == plain || *end != '\0' || !(number >= 0 && number <= 100)) {
        return false;
    }
    *value = (int64_t)(number * 10 + 0.5);
    return true;
}

bool media_part_parse(const char *text, MediaPart *part, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", 5);
    MediaPart read = {0};
    if (g_strv_length(parts) != 4 || !per_mille(parts[0], &read.x) ||
        !per_mille(parts[1], &read.y) || !per_mille(parts[2], &read.width) ||
        !per_mille(parts[3], &read.height) || read.width == 0 || read.height == 0 ||
        read.x + read.width > WHOLE || read.y + read.height > WHOLE) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.60s\" is no part of the picture; write per cent from the left, from the "
                    "top, width and height, like 10,0,80.5,100",
                    text);
    }
    *part = read;
    return true;
}

bool media_crop_read(Store *store, int64_t id, MediaCrop *crop, GError **error)
{
    g_autoptr(StoreRows) rows = desk_crop_read(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *crop = (MediaCrop){0};
    if (step == STORE_ROW) {
        *crop = (MediaCrop){.cut = true,
                            .area = {store_number(rows, 0), store_number(rows, 1),
                                     store_number(rows, 2), store_number(rows, 3)},
                            .waiting = store_number(rows, 4) != 0,
                            .sha256 = store_text_copy(rows, 5),
                            .extension = store_text_copy(rows, 6),
                            .mime = store_text_copy(rows, 7),
                            .width = store_number(rows, 8),
                            .height = store_number(rows, 9),
                            .size = store_number(rows, 10)};
    }
    return step != STORE_FAILED;
}

static char *file_of(const MediaCrop *crop)
{
    return g_strdup_printf("%.2s/%s.%s", crop->sha256, crop->sha256, crop->extension);
}

bool media_crop_whole(Store *store, int64_t id, char **file, GError **error)
{
    g_auto(MediaCrop) crop = {0};
    if (!media_crop_read(store, id, &crop, error)) {
        return false;
    }
    *file = crop.cut ? file_of(&crop) : NULL;
    return true;
}

bool media_crop_forget(Store *store, int64_t id, GError **error)
{
    return desk_crop_forget(store, id, error);
}

/* ---- The order ------------------------------------------------------------------------------ */

/* The part in pixels of the whole picture, of which `seen` is shown now. */
static ImageArea area_of(const ImageArea *seen, const MediaPart *part)
{
    int64_t left = seen->width * part->x / WHOLE, top = seen->height * part->y / WHOLE;
    int64_t right = (seen->width * (part->x + part->width) + WHOLE - 1) / WHOLE;
    int64_t bottom = (seen->height * (part->y + part->height) + WHOLE - 1) / WHOLE;
    return (ImageArea){seen->x + left, seen->y + top, right - left, bottom - top};
}

typedef struct {
    int64_t id, now;
    const MediaPart *part; /* NULL: whole again */
} Order;

static bool want(Store *store, const Order *order, const Media *media, const MediaCrop *crop,
                 GError **error)
{
    ImageArea whole = {0, 0, media->width, media->height};
    ImageArea area = order->part == NULL ? (ImageArea){0}
                                         : area_of(crop->cut ? &crop->area : &whole, order->part);
    if (order->part != NULL && (area.width < MEDIA_CROP_LEAST || area.height < MEDIA_CROP_LEAST)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "that part has %" PRId64 " × %" PRId64 " pixels; at least %d a side are needed",
                    area.width, area.height, MEDIA_CROP_LEAST);
    }
    return crop->cut
               ? desk_crop_want(store, order->id, area.x, area.y, area.width, area.height, error)
               : desk_crop_insert(store, order->id, area.x, area.y, area.width, area.height,
                                  media->sha256, media->extension, media->mime, media->width,
                                  media->height, media->size, error);
}

static bool order_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    g_auto(MediaCrop) crop = {0};
    g_autofree char *key = g_strdup_printf("%" PRId64, order->id);
    g_autoptr(Media) media = media_read(store, order->id, error);
    if (media == NULL || !media_crop_read(store, order->id, &crop, error)) {
        return false;
    }
    if (crop.waiting) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "picture %" PRId64 " is being cut already; try again in a moment", order->id);
    }
    if (order->part == NULL && !crop.cut) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "picture %" PRId64 " is whole", order->id);
    }
    return want(store, order, media, &crop, error) &&
           job_enqueue(store, JOB, key, NULL, order->now, error);
}

bool media_crop_order(Store *store, int64_t id, const MediaPart *part, int64_t now, GError **error)
{
    Order order = {id, now, part};
    return store_transact(store, order_body, &order, error);
}

/* ---- The work ------------------------------------------------------------------------------- */

typedef struct {
    int64_t id, now;
    MediaCrop crop;     /* as it was found */
    const char *sha256; /* of what is shown from now on */
    const char *extension, *mime;
    int64_t width, height, size;
    GPtrArray *old; /* files that may go */
} Work;

static bool same_wish(const MediaCrop *a, const MediaCrop *b)
{
    return a->waiting && b->waiting && strcmp(a->sha256, b->sha256) == 0 &&
           memcmp(&a->area, &b->area, sizeof a->area) == 0;
}

static bool put_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    g_auto(MediaCrop) now = {0};
    g_autoptr(Media) media = media_read(store, work->id, error);
    if (media == NULL || !media_crop_read(store, work->id, &now, error)) {
        return false;
    }
    if (!now.cut || !same_wish(&now, &work->crop)) {
        return true; /* other bytes, or done meanwhile */
    }
    bool whole = now.area.width == 0;
    return media_files_of(store, media, work->old, error) &&
           desk_media_replace(store, work->id, work->sha256, work->extension, work->mime,
                              work->width, work->height, work->size, error) &&
           (whole ? desk_crop_forget(store, work->id, error)
                  : desk_crop_done(store, work->id, error)) &&
           desk_variant_clear(store, work->id, error) &&
           media_variants_due(store, work->id, work->now, error) &&
           media_touch(store, work->id, error);
}

static bool put(Store *store, int directory, Work *work, GError **error)
{
    g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func(g_free);
    work->old = old;
    return store_transact(store, put_body, work, error) &&
           media_files_drop(store, directory, old, error);
}

static bool cut(Store *store, int directory, Work *work, GError **error)
{
    char sha256[HASH_HEX];
    ImageHeader header = {0};
    g_autofree char *file = file_of(&work->crop);
    g_autoptr(GBytes) bytes = file_read_at(directory, file, LIMIT_OBJECT, error);
    g_autoptr(ImageForm) form = bytes == NULL ? NULL : image_crop(bytes, &work->crop.area, error);
    if (form == NULL) {
        g_prefix_error(error, "picture %" PRId64 ": ", work->id);
        return false;
    }
    size_t length = 0;
    const void *made = g_bytes_get_data(form->bytes, &length);
    Hash hash = hash_of(made, length);
    hash_hex(&hash, sha256);
    if (!image_header_read(made, length, &header, error) ||
        !media_keep_file(directory, sha256, header.extension, made, length, error)) {
        return false;
    }
    work->sha256 = sha256;
    work->extension = header.extension;
    work->mime = header.mime;
    work->width = form->width;
    work->height = form->height;
    work->size = (int64_t)length;
    return put(store, directory, work, error);
}

bool media_crop_run(Store *store, int directory, int64_t id, int64_t now, GError **error)
{
    Work work = {.id = id, .now = now};
    bool done = media_crop_read(store, id, &work.crop, error);
    if (done && work.crop.waiting && work.crop.area.width == 0) {
        work.sha256 = work.crop.sha256;
        work.extension = work.crop.extension;
        work.mime = work.crop.mime;
        work.width = work.crop.width;
        work.height = work.crop.height;
        work.size = work.crop.size;
        done = put(store, directory, &work, error);
    } else if (done && work.crop.waiting) {
        done = cut(store, directory, &work, error);
    }
    media_crop_clear(&work.crop);
    return done;
}

/* ---- The job -------------------------------------------------------------------------------- */

static bool run_crop(Store *store, const Job *job, void *context, GError **error)
{
    FILE_AUTO directory = media_directory_open(error);
    return directory >= 0 && media_crop_run(store, directory, g_ascii_strtoll(job->key, NULL, 10),
                                            clock_now(), error);
}

const JobKind media_crop_jobs[] = {
    {.kind = JOB,
     .lane = "slow",
     .run = run_crop,
     .max_attempts = 5,
     .lease = 10 * CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "cuts a picture, or makes it whole again"},
    {.kind = NULL},
};
