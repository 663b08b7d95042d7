/* Uploads and the job that makes variants: media_upload.h. */
#include "desk/media_upload.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/variant.h"

#include <inttypes.h>
#include <string.h>

#define JOB "media.variants"

static char *jobs_directory;

void media_jobs_directory(const char *path)
{
    g_free(jobs_directory);
    jobs_directory = g_strdup(path);
}

int media_directory_open(GError **error)
{
    return directory_open(jobs_directory, true, error);
}

bool media_variants_due(Store *store, int64_t id, int64_t now, GError **error)
{
    g_autofree char *key = g_strdup_printf("%" PRId64, id);
    return job_enqueue(store, JOB, key, NULL, now, error);
}

typedef struct {
    int directory;
    GBytes *bytes;
    const MediaWords *words;
    int64_t now, id;
    int64_t width, height; /* upright; 0: as in the file */
    bool created;
} Upload;

static bool upload_body(Store *store, void *data, GError **error)
{
    Upload *upload = data;
    size_t length = 0;
    const void *bytes = g_bytes_get_data(upload->bytes, &length);
    return media_add(store, upload->directory, bytes, length, upload->words, upload->now,
                     &upload->id, &upload->created, error) &&
           (!upload->created || upload->width == 0 ||
            media_set_size(store, upload->id, upload->width, upload->height, error)) &&
           (!upload->created || media_variants_due(store, upload->id, upload->now, error));
}

static bool run_upload(Store *store, Upload *upload, int64_t *id, bool *created, GError **error)
{
    if (!store_transact(store, upload_body, upload, error)) {
        return false;
    }
    *id = upload->id;
    if (created != NULL) {
        *created = upload->created;
    }
    return true;
}

static void fill(const char **word, const char *said)
{
    if (*word == NULL && *said != '\0') {
        *word = said;
    }
}

void media_words_of_file(MediaWords *words, const ImageWords *said)
{
    bool named = *said->credit != '\0' && strcmp(said->credit, said->creator) != 0;
    const char *agency = named ? said->credit : said->source;
    fill(&words->caption, said->caption);
    fill(&words->alt, said->alt);
    fill(&words->photographer, said->creator);
    if (strcmp(agency, said->creator) != 0) {
        fill(&words->agency, agency);
    }
    fill(&words->licence, said->rights);
    fill(&words->source, said->source);
    fill(&words->taken, said->taken);
}

bool media_upload(Store *store, int directory, GBytes *given, const MediaWords *words, int64_t now,
                  int64_t *id, bool *created, GError **error)
{
    g_autoptr(ImageForm) form = image_take(given, error);
    if (form == NULL) {
        return false;
    }
    Upload upload = {.directory = directory,
                     .bytes = form->bytes,
                     .words = words,
                     .now = now,
                     .width = form->width,
                     .height = form->height};
    return run_upload(store, &upload, id, created, error);
}

bool media_add_clean(Store *store, int directory, GBytes *bytes, const MediaWords *words,
                     int64_t now, int64_t *id, bool *created, GError **error)
{
    Upload upload = {.directory = directory, .bytes = bytes, .words = words, .now = now};
    return run_upload(store, &upload, id, created, error);
}

typedef struct {
    int64_t id, now;
    const MediaWords *words;
} Description;

static bool describe_body(Store *store, void *data, GError **error)
{
    const Description *given = data;
    const MediaFocal *focal = given->words->focal;
    g_autoptr(Media) before = media_read(store, given->id, error);
    if (before == NULL || !media_describe(store, given->id, given->words, error)) {
        return false;
    }
    bool moved = focal != NULL && (focal->x != before->focal_x || focal->y != before->focal_y);
    return !moved || media_variants_due(store, given->id, given->now, error);
}

bool media_describe_upload(Store *store, int64_t id, const MediaWords *words, int64_t now,
                           GError **error)
{
    Description given = {id, now, words};
    return store_transact(store, describe_body, &given, error);
}

bool media_make_variants(Store *store, int directory, int64_t id, GError **error)
{
    g_autoptr(Media) media = media_read(store, id, error);
    if (media == NULL) {
        return false;
    }
    g_autofree char *file = media_file(media);
    g_autoptr(GBytes) bytes = file_read_at(directory, file, LIMIT_OBJECT, error);
    g_autoptr(GPtrArray) forms =
        bytes == NULL ? NULL : image_variants(bytes, media->focal_x, media->focal_y, error);
    if (forms == NULL) {
        g_prefix_error(error, "picture %" PRId64 ": ", id);
        return false;
    }
    VariantMade made[VARIANT_MOST];
    unsigned count = MIN(forms->len, VARIANT_MOST);
    for (unsigned i = 0; i < count; i++) {
        const ImageForm *form = forms->pdata[i];
        made[i] = (VariantMade){form->shape, form->format, form->width, form->height, form->bytes};
    }
    return variant_put(store, directory, id, made, count, error);
}

static bool run_variants(Store *store, const Job *job, void *context, GError **error)
{
    FILE_AUTO directory = media_directory_open(error);
    return directory >= 0 &&
           media_make_variants(store, directory, g_ascii_strtoll(job->key, NULL, 10), error);
}

const JobKind media_jobs[] = {
    {.kind = JOB,
     .lane = "slow",
     .run = run_variants,
     .max_attempts = 5,
     .lease = 10 * CLOCK_MINUTE,
     .first_delay = CLOCK_MINUTE,
     .help = "makes the forms of a picture that pages show"},
    {.kind = NULL},
};
