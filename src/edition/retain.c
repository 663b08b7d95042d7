/* Retention and sweep: retain.h. */
#include "edition/retain.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "edition/edition.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define JOURNAL_MAX (64u * 1024 * 1024) /* bytes of one journal: two million objects */

static bool fail_errno(GError **error, const char *doing)
{
    return fail(error, KOLOKOL_ERROR_IO, "cannot %s: %s", doing, g_strerror(errno));
}

static char *journal_name(uint64_t number)
{
    return g_strdup_printf("dropped/%" G_GUINT64_FORMAT, number);
}

bool edition_journal_drop(int directory, uint64_t number, const Hash *hashes, size_t count,
                          GError **error)
{
    if (mkdirat(directory, "dropped", 0755) != 0 && errno != EEXIST) {
        return fail_errno(error, "make edition/dropped");
    }
    g_autofree char *name = journal_name(number);
    g_autoptr(GError) reason = NULL;
    g_autoptr(GBytes) before = file_read_at(directory, name, JOURNAL_MAX, &reason);
    if (before == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (before != NULL) {
        g_byte_array_append(bytes, g_bytes_get_data(before, NULL), (guint)g_bytes_get_size(before));
    }
    g_byte_array_append(bytes, (const guint8 *)hashes, (guint)(count * sizeof *hashes));
    return file_replace(directory, name, bytes->data, bytes->len, 0644, error);
}

static bool forget_edition(int directory, uint64_t number, GError **error)
{
    static const char *const files[] = {"/KEY.pub", "/EDITION.sig", "/EDITION", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path =
            g_strdup_printf("editions/%" G_GUINT64_FORMAT "%s", number, files[i]);
        if (fault_here(FAULT_FILE) ||
            (unlinkat(directory, path, *files[i] == '\0' ? AT_REMOVEDIR : 0) != 0 &&
             errno != ENOENT)) {
            return fail_errno(error, "forget an old edition");
        }
    }
    return true;
}

/* One that a commit began and did not end. */
static bool is_whole(int directory, uint64_t number)
{
    g_autofree char *path = g_strdup_printf("editions/%" G_GUINT64_FORMAT "/EDITION", number);
    return faccessat(directory, path, F_OK, 0) == 0;
}

static bool current_number(int directory, uint64_t *number, GError **error)
{
    g_autofree char *target = edition_current(directory);
    return target != NULL && g_str_has_prefix(target, "editions/") &&
                   g_ascii_string_to_unsigned(target + strlen("editions/"), 10, 1, INT64_MAX,
                                              number, NULL)
               ? true
               : fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no current edition");
}

/* An edition's number is its time in ms, or one more than the one before: near enough for its age.
 */
static bool forget_old(int directory, int64_t now, uint64_t *oldest, GError **error)
{
    uint64_t current = 0;
    g_autoptr(GArray) kept = edition_kept(directory, error);
    if (kept == NULL || !current_number(directory, &current, error)) {
        return false;
    }
    unsigned stay = 0;
    *oldest = current;
    for (guint i = kept->len; i > 0; i--) { /* newest first */
        uint64_t number = g_array_index(kept, uint64_t, i - 1);
        bool whole = is_whole(directory, number);
        bool young = (int64_t)number >= (now - RETAIN_AGE) / 1000;
        bool stays = number >= current || (whole && (stay < RETAIN_LEAST || young));
        if (!stays && !forget_edition(directory, number, error)) {
            return false;
        }
        stay += whole && number <= current;
        *oldest = stays ? MIN(*oldest, number) : *oldest;
    }
    return true;
}

bool edition_forget_past(int directory, GError **error)
{
    uint64_t current = 0;
    g_autoptr(GArray) kept = edition_kept(directory, error);
    if (kept == NULL || !current_number(directory, &current, error)) {
        return false;
    }
    for (guint i = 0; i < kept->len; i++) {
        uint64_t number = g_array_index(kept, uint64_t, i);
        if (number < current && !forget_edition(directory, number, error)) {
            return false;
        }
    }
    return true;
}

static guint hash_key(gconstpointer hash)
{
    guint value;
    memcpy(&value, ((const Hash *)hash)->bytes, sizeof value);
    return value;
}

static gboolean hash_same(gconstpointer a, gconstpointer b)
{
    return hash_equal(a, b);
}

/* Takes a journal's hashes as dropped by that edition; later journals come later. */
static bool note_journal(int directory, uint64_t number, GHashTable *last_drop, GError **error)
{
    g_autofree char *name = journal_name(number);
    g_autoptr(GBytes) bytes = file_read_at(directory, name, JOURNAL_MAX, error);
    if (bytes == NULL) {
        return false;
    }
    gsize length = 0;
    const uint8_t *hashes = g_bytes_get_data(bytes, &length);
    for (size_t i = 0; i + sizeof(Hash) <= length; i += sizeof(Hash)) {
        uint64_t *at = g_new(uint64_t, 1);
        *at = number;
        g_hash_table_replace(last_drop, g_memdup2(hashes + i, sizeof(Hash)), at);
    }
    return true;
}

/* The journal that has a hash last. */
static GHashTable *read_last_drops(int directory, const GArray *journals, GError **error)
{
    g_autoptr(GHashTable) last_drop = g_hash_table_new_full(hash_key, hash_same, g_free, g_free);
    for (guint i = 0; i < journals->len; i++) {
        if (!note_journal(directory, g_array_index(journals, uint64_t, i), last_drop, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&last_drop);
}

typedef struct {
    int directory;
    ObjectStore *objects;
    GHashTable *last_drop;
    RetainUsed used;
    void *data;
    unsigned looked, removed;
} Sweep;

static bool sweep_object(Sweep *sweep, uint64_t journal, const Hash *hash, GError **error)
{
    const uint64_t *last = g_hash_table_lookup(sweep->last_drop, hash);
    bool used = false;
    sweep->looked++;
    if (last != NULL && *last > journal) {
        return true;
    }
    if (!sweep->used(hash, sweep->data, &used, error)) {
        return false;
    }
    if (used || !object_store_has(sweep->objects, hash, OBJECT_PLAIN)) {
        return true;
    }
    sweep->removed++;
    return object_store_remove(sweep->objects, hash, error);
}

/* From the end of the journal, which is then shortened, or removed when empty. */
static bool sweep_journal(Sweep *sweep, uint64_t number, unsigned most, GError **error)
{
    g_autofree char *name = journal_name(number);
    g_autoptr(GBytes) bytes = file_read_at(sweep->directory, name, JOURNAL_MAX, error);
    if (bytes == NULL) {
        return false;
    }
    gsize length = 0;
    const uint8_t *hashes = g_bytes_get_data(bytes, &length);
    size_t count = length / sizeof(Hash);
    while (sweep->looked < most && count > 0) {
        Hash hash;
        memcpy(hash.bytes, hashes + --count * sizeof hash, sizeof hash);
        if (!sweep_object(sweep, number, &hash, error)) {
            return false;
        }
    }
    if (count == 0) {
        return unlinkat(sweep->directory, name, 0) == 0 || fail_errno(error, "remove a journal");
    }
    return file_replace(sweep->directory, name, hashes, count * sizeof(Hash), 0644, error);
}

bool edition_sweep(int directory, ObjectStore *objects, int64_t now, unsigned most, RetainUsed used,
                   void *data, unsigned *looked, GError **error)
{
    uint64_t oldest = 0;
    g_autofree char *current = edition_current(directory);
    if (current == NULL) { /* nothing was published yet */
        *looked = 0;
        return true;
    }
    if (!forget_old(directory, now, &oldest, error)) {
        return false;
    }
    g_autoptr(GArray) journals = edition_numbers(directory, "dropped", error);
    g_autoptr(GHashTable) last_drop =
        journals == NULL ? NULL : read_last_drops(directory, journals, error);
    if (last_drop == NULL) {
        return false;
    }
    Sweep sweep = {directory, objects, last_drop, used, data, 0, 0};
    for (guint i = 0; i < journals->len && sweep.looked < most; i++) {
        uint64_t journal = g_array_index(journals, uint64_t, i);
        if (journal > oldest) { /* an edition older than the journal's is kept */
            break;
        }
        if (!sweep_journal(&sweep, journal, most, error)) {
            return false;
        }
    }
    *looked = sweep.looked;
    return true;
}
