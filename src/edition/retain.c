/* Retention and sweep: retain.h. */
#include "edition/retain.h"

#include "base/error.h"
#include "base/file.h"
#include "edition/edition.h"

#include <dirent.h>
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
    static const char *const files[] = {"/EDITION.sig", "/EDITION", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path =
            g_strdup_printf("editions/%" G_GUINT64_FORMAT "%s", number, files[i]);
        if (unlinkat(directory, path, *files[i] == '\0' ? AT_REMOVEDIR : 0) != 0 &&
            errno != ENOENT) {
            return fail_errno(error, "forget an old edition");
        }
    }
    return true;
}

/* An edition's number is its time in ms, or one more than the one before: near enough for its age.
 */
static bool forget_old(int directory, int64_t now, uint64_t *oldest, GError **error)
{
    g_autoptr(GArray) kept = edition_kept(directory, error);
    if (kept == NULL) {
        return false;
    }
    guint first = 0;
    while (kept->len - first > RETAIN_LEAST &&
           (int64_t)g_array_index(kept, uint64_t, first) * 1000 < now - RETAIN_AGE) {
        if (!forget_edition(directory, g_array_index(kept, uint64_t, first), error)) {
            return false;
        }
        first++;
    }
    *oldest = first < kept->len ? g_array_index(kept, uint64_t, first) : 0;
    return true;
}

/* The oldest journal, 0 if there is none. */
static bool first_journal(int directory, uint64_t *number, GError **error)
{
    int folder = openat(directory, "dropped", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *number = 0;
    if (folder < 0) {
        return errno == ENOENT || fail_errno(error, "open edition/dropped");
    }
    DIR *listing = fdopendir(folder);
    if (listing == NULL) {
        close(folder);
        return fail_errno(error, "list edition/dropped");
    }
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        guint64 found = 0;
        if (g_ascii_string_to_unsigned(entry->d_name, 10, 1, INT64_MAX, &found, NULL) &&
            (*number == 0 || found < *number)) {
            *number = found;
        }
    }
    closedir(listing);
    return true;
}

/* Removes from the end of the journal, at most `most`; the journal is shortened, or removed when
 * empty. */
static bool sweep_journal(int directory, ObjectStore *objects, uint64_t number, unsigned most,
                          RetainUsed used, void *data, unsigned *done, GError **error)
{
    g_autofree char *name = journal_name(number);
    g_autoptr(GBytes) bytes = file_read_at(directory, name, JOURNAL_MAX, error);
    if (bytes == NULL) {
        return false;
    }
    gsize length = 0;
    const uint8_t *hashes = g_bytes_get_data(bytes, &length);
    size_t count = length / sizeof(Hash);
    for (*done = 0; *done < most && count > 0; ++*done) {
        Hash hash;
        bool is_used = false;
        memcpy(hash.bytes, hashes + --count * sizeof hash, sizeof hash);
        if (!used(&hash, data, &is_used, error) ||
            (!is_used && !object_store_remove(objects, &hash, error))) {
            return false;
        }
    }
    if (count == 0) {
        return unlinkat(directory, name, 0) == 0 || fail_errno(error, "remove a journal");
    }
    return file_replace(directory, name, hashes, count * sizeof(Hash), 0644, error);
}

bool edition_sweep(int directory, ObjectStore *objects, int64_t now, unsigned most, RetainUsed used,
                   void *data, unsigned *removed, GError **error)
{
    uint64_t oldest = 0;
    unsigned total = 0;
    if (!forget_old(directory, now, &oldest, error)) {
        return false;
    }
    while (total < most) {
        uint64_t journal = 0;
        unsigned done = 0;
        if (!first_journal(directory, &journal, error)) {
            return false;
        }
        if (journal == 0 || journal > oldest) { /* an edition older than the journal's is kept */
            break;
        }
        if (!sweep_journal(directory, objects, journal, most - total, used, data, &done, error)) {
            return false;
        }
        total += done;
    }
    *removed = total;
    return true;
}
