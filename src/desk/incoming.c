/* Pictures on their way in, from the office to the worker: incoming.h. What is made of them is
 * media_upload.c and media_change.c; what is left behind is swept by incoming_sweep.c. */
#include "desk/incoming.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/random.h"
#include "desk/incoming_private.h"
#include "desk/media_change.h"
#include "desk/media_upload.h"
#include "desk_sql.h"
#include "staff/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define JOB      "media.take"
#define ATTEMPTS 5u

void incoming_free(Incoming *incoming)
{
    if (incoming == NULL) {
        return;
    }
    g_free(incoming->name);
    g_free(incoming->file);
    g_free(incoming->state);
    g_free(incoming->reason);
    g_free(incoming);
}

static Incoming *of_row(StoreRows *rows)
{
    Incoming *incoming = g_new0(Incoming, 1);
    incoming->id = store_number(rows, 0);
    incoming->name = store_text_copy(rows, 1);
    incoming->person = store_number(rows, 2);
    incoming->created = store_number(rows, 3);
    incoming->target = store_number(rows, 4);
    incoming->words = store_number(rows, 5) != 0;
    incoming->file = store_text_copy(rows, 6);
    incoming->state = store_text_copy(rows, 7);
    incoming->media = store_number(rows, 8);
    incoming->ended = store_number(rows, 9);
    incoming->reason = store_text_copy(rows, 10);
    return incoming;
}

Incoming *incoming_read(Store *store, int64_t id, GError **error)
{
    g_autoptr(StoreRows) rows = desk_upload_read(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no upload %" PRId64, id);
    }
    return step == STORE_ROW ? of_row(rows) : NULL;
}

GPtrArray *incoming_list(Store *store, unsigned most, GError **error)
{
    g_autoptr(StoreRows) rows = desk_upload_list(store, most, error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)incoming_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(list, of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

/* ---- Giving --------------------------------------------------------------------------------- */

int incoming_folder(int directory, GError **error)
{
    bool made = mkdirat(directory, INCOMING_FOLDER, 0700) == 0;
    if (made && !directory_sync(directory, error)) {
        return -1;
    }
    int folder =
        openat(directory, INCOMING_FOLDER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) {
        fail(error, KOLOKOL_ERROR_IO, "media/" INCOMING_FOLDER " cannot be opened: %s",
             g_strerror(errno));
    }
    return folder;
}

bool incoming_drop(int folder, const char *file, GError **error)
{
    return unlinkat(folder, file, 0) == 0 || errno == ENOENT ||
           fail(error, KOLOKOL_ERROR_IO, "media/" INCOMING_FOLDER "/%s cannot be removed: %s", file,
                g_strerror(errno));
}

typedef struct {
    const IncomingFile *given;
    const char *file;
    int64_t now, id;
} Giving;

static bool count_waiting(Store *store, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = desk_upload_count_waiting(store, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *count = store_number(rows, 0);
    return true;
}

static bool give_body(Store *store, void *data, GError **error)
{
    Giving *giving = data;
    const IncomingFile *given = giving->given;
    int64_t waiting = 0;
    if (given->may != NULL && !given->may(store, given->data, error)) {
        return false;
    }
    if (!count_waiting(store, &waiting, error)) {
        return false;
    }
    if (waiting >= INCOMING_MOST) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "%u pictures are waiting to be looked into; send this one when some are done",
                    INCOMING_MOST);
    }
    if (!store_next_id(store, "upload", &giving->id, error)) {
        return false;
    }
    g_autofree char *key = g_strdup_printf("%" PRId64, giving->id);
    return desk_upload_insert(store, giving->id, given->name, given->person, giving->now,
                              given->target, given->words, giving->file, error) &&
           job_enqueue(store, JOB, key, NULL, giving->now, error);
}

bool incoming_give(Store *store, int directory, const IncomingFile *given, int64_t now, int64_t *id,
                   GError **error)
{
    if (given->length == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s is empty", given->name);
    }
    if (given->length > LIMIT_OBJECT) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "%s has %zu bytes; a picture has at most %u",
                    given->name, given->length, LIMIT_OBJECT);
    }
    FILE_AUTO folder = incoming_folder(directory, error);
    g_autofree char *file = random_id();
    if (folder < 0) {
        return false;
    }
    Giving giving = {.given = given, .file = file, .now = now};
    if (!file_replace(folder, file, given->bytes, given->length, 0600, error) ||
        !store_transact(store, give_body, &giving, error)) {
        incoming_drop(folder, file, NULL);
        return false;
    }
    *id = giving.id;
    return true;
}

/* ---- Taking --------------------------------------------------------------------------------- */

typedef struct {
    const Incoming *incoming;
    const char *state, *reason;
    int64_t media, now;
} End;

/* Once only, so that the log has one line of a replacement however often this runs. */
static bool end_body(Store *store, void *data, GError **error)
{
    const End *end = data;
    const Incoming *incoming = end->incoming;
    int64_t changed = 0;
    if (!desk_upload_end_counted(store, incoming->id, end->state, end->media, end->now, end->reason,
                                 &changed, error)) {
        return false;
    }
    if (changed == 0 || incoming->target == 0 || end->media == 0) {
        return true;
    }
    g_autofree char *subject = g_strdup_printf("picture %" PRId64, end->media);
    return audit_add(store, incoming->person, "picture.replace", subject, incoming->name, end->now,
                     error);
}

bool incoming_end(Store *store, const Incoming *incoming, int64_t media, const char *reason,
                  int64_t now, GError **error)
{
    End end = {.incoming = incoming,
               .state = media == 0 ? "refused" : "done",
               .reason = reason,
               .media = media,
               .now = now};
    return store_transact(store, end_body, &end, error);
}

static bool make_new(Store *store, int directory, const Incoming *incoming, GBytes *bytes,
                     int64_t now, int64_t *media, GError **error)
{
    g_auto(ImageWords) said = {0};
    MediaWords words = {0};
    if (incoming->words) {
        if (!image_words(bytes, &said, error)) {
            return false;
        }
        media_words_of_file(&words, &said);
    }
    return media_upload(store, directory, bytes, &words, now, media, NULL, error);
}

static bool make(Store *store, int directory, int folder, const Incoming *incoming, int64_t now,
                 int64_t *media, GError **error)
{
    g_autoptr(GBytes) bytes = file_read_at(folder, incoming->file, LIMIT_OBJECT, error);
    if (bytes == NULL) {
        return false;
    }
    if (incoming->target == 0) {
        return make_new(store, directory, incoming, bytes, now, media, error);
    }
    if (!media_replace(store, directory, incoming->target, bytes, now, error)) {
        return false;
    }
    *media = incoming->target;
    return true;
}

/* What no repetition would mend. */
static bool for_good(const GError *reason)
{
    static const KolokolError codes[] = {KOLOKOL_ERROR_INVALID, KOLOKOL_ERROR_LIMIT,
                                         KOLOKOL_ERROR_NOT_FOUND, KOLOKOL_ERROR_CONFLICT};
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        if (g_error_matches(reason, KOLOKOL_ERROR, (int)codes[i])) {
            return true;
        }
    }
    return false;
}

bool incoming_take(Store *store, int directory, int64_t id, bool last, int64_t now, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Incoming) incoming = incoming_read(store, id, error);
    FILE_AUTO folder = incoming == NULL ? -1 : incoming_folder(directory, error);
    int64_t media = 0;
    if (folder < 0) {
        return false;
    }
    if (strcmp(incoming->state, "waiting") != 0) {
        return incoming_drop(folder, incoming->file, error);
    }
    if (!make(store, directory, folder, incoming, now, &media, &reason)) {
        if (!last && !for_good(reason)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        media = 0;
    }
    return incoming_end(store, incoming, media, reason == NULL ? "" : reason->message, now,
                        error) &&
           incoming_drop(folder, incoming->file, error);
}

static bool run_take(Store *store, const Job *job, void *context, GError **error)
{
    FILE_AUTO directory = media_directory_open(error);
    return directory >= 0 && incoming_take(store, directory, g_ascii_strtoll(job->key, NULL, 10),
                                           job->attempts >= ATTEMPTS, clock_now(), error);
}

const JobKind incoming_jobs[] = {
    {.kind = JOB,
     .lane = "slow",
     .run = run_take,
     .max_attempts = ATTEMPTS,
     .lease = 10 * CLOCK_MINUTE,
     .first_delay = 10 * CLOCK_SECOND,
     .help = "looks into a picture that the office was given"},
    {.kind = NULL},
};
