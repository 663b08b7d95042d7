/* Editions: edition.h. The tree below is node.c's and the press's; forgetting old ones is retain.c.
 */
#include "edition/edition.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/moment.h"
#include "edition/node.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD          "kolokol-edition 1 "
#define SIGNATURE_MAX 4096u
#define HOST_MAX      253u

void edition_clear(Edition *edition)
{
    g_clear_pointer(&edition->host, g_free);
    g_clear_pointer(&edition->entries, g_free);
}

char *edition_text(const Edition *edition, GError **error)
{
    char previous[HASH_HEX];
    hash_hex(&edition->previous, previous);
    g_autofree char *time = moment_rfc3339(edition->time);
    g_autofree char *expires = moment_rfc3339(edition->expires);
    g_autofree char *text = g_strdup_printf(
        HEAD "%s\nepoch: %" G_GINT64_FORMAT "\nedition: %" G_GUINT64_FORMAT
             "\ntime: %s\nexpires: %s\nprevious: %s\n%s",
        edition->host, edition->epoch, edition->number, time, expires, previous, edition->entries);
    if (strlen(text) > LIMIT_NODE) {
        fail(error, KOLOKOL_ERROR_LIMIT, "EDITION has %zu bytes; the limit is %u", strlen(text),
             LIMIT_NODE);
        return NULL;
    }
    return g_steal_pointer(&text);
}

/* Takes a line "LABEL VALUE"; the value is copied. */
static bool take(const char **cursor, const char *end, const char *label, char **value)
{
    const char *stop = memchr(*cursor, '\n', (size_t)(end - *cursor));
    size_t length = strlen(label);
    if (stop == NULL || (size_t)(stop - *cursor) <= length ||
        strncmp(*cursor, label, length) != 0) {
        return false;
    }
    *value = g_strndup(*cursor + length, (size_t)(stop - *cursor) - length);
    *cursor = stop + 1;
    return true;
}

static bool take_number(const char **cursor, const char *end, const char *label, uint64_t *number)
{
    g_autofree char *value = NULL;
    return take(cursor, end, label, &value) && strlen(value) <= 19 &&
           g_ascii_string_to_unsigned(value, 10, 0, INT64_MAX, number, NULL);
}

static bool take_moment(const char **cursor, const char *end, const char *label, int64_t *moment)
{
    g_autofree char *value = NULL;
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    return take(cursor, end, label, &value) && strlen(value) == 20 && value[19] == 'Z' &&
           moment_parse(value, utc, moment, NULL);
}

static bool take_hash(const char **cursor, const char *end, const char *label, Hash *hash)
{
    g_autofree char *value = NULL;
    return take(cursor, end, label, &value) && strlen(value) == 64 && hash_parse(value, hash);
}

static const char *take_header(Edition *edition, const char **cursor, const char *end)
{
    uint64_t epoch = 0;
    if (!take(cursor, end, HEAD, &edition->host) || strlen(edition->host) > HOST_MAX ||
        strchr(edition->host, ' ') != NULL) {
        return "kolokol-edition 1 HOST";
    }
    if (!take_number(cursor, end, "epoch: ", &epoch)) {
        return "epoch:";
    }
    edition->epoch = (int64_t)epoch;
    return !take_number(cursor, end, "edition: ", &edition->number)    ? "edition:"
           : !take_moment(cursor, end, "time: ", &edition->time)       ? "time:"
           : !take_moment(cursor, end, "expires: ", &edition->expires) ? "expires:"
           : !take_hash(cursor, end, "previous: ", &edition->previous) ? "previous:"
                                                                       : NULL;
}

bool edition_parse(const char *text, size_t length, Edition *edition, GError **error)
{
    g_auto(Edition) parsed = {0};
    const char *cursor = text, *end = text + length;
    if (length > LIMIT_NODE) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "EDITION has %zu bytes; the limit is %u", length,
                    LIMIT_NODE);
    }
    const char *missing =
        memchr(text, '\0', length) != NULL ? "NUL" : take_header(&parsed, &cursor, end);
    if (missing != NULL) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "EDITION: the line \"%s\" is missing or wrong",
                    missing);
    }
    g_autoptr(GArray) entries = node_parse(cursor, (size_t)(end - cursor), error);
    if (entries == NULL) {
        g_prefix_error(error, "EDITION, entries: ");
        return false;
    }
    parsed.entries = g_strndup(cursor, (size_t)(end - cursor));
    g_autofree char *again = edition_text(&parsed, error);
    if (again == NULL || strlen(again) != length || memcmp(again, text, length) != 0) {
        return again == NULL ? false
                             : fail(error, KOLOKOL_ERROR_CORRUPT,
                                    "EDITION: its header is not in the one form that it may have");
    }
    *edition = parsed;
    parsed = (Edition){0};
    return true;
}

bool edition_read_current(int directory, Edition *edition, Hash *hash, GError **error)
{
    g_autoptr(GBytes) bytes = file_read_at(directory, "current/EDITION", LIMIT_NODE, error);
    if (bytes == NULL) {
        return false;
    }
    gsize length = 0;
    const char *text = g_bytes_get_data(bytes, &length);
    if (!edition_parse(text, length, edition, error)) {
        return false;
    }
    if (hash != NULL) {
        *hash = hash_of(text, length);
    }
    return true;
}

static bool read_text(int directory, uint64_t number, const char *name, size_t limit, char **text,
                      GError **error)
{
    g_autofree char *path = g_strdup_printf("editions/%" G_GUINT64_FORMAT "/%s", number, name);
    g_autoptr(GBytes) bytes = file_read_at(directory, path, limit, error);
    if (bytes == NULL) {
        return false;
    }
    *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    return true;
}

bool edition_read_files(int directory, uint64_t number, char **edition, char **signature,
                        GError **error)
{
    g_autofree char *first = NULL, *second = NULL;
    if ((edition != NULL && !read_text(directory, number, "EDITION", LIMIT_NODE, &first, error)) ||
        (signature != NULL &&
         !read_text(directory, number, "EDITION.sig", SIGNATURE_MAX, &second, error))) {
        return false;
    }
    if (edition != NULL) {
        *edition = g_steal_pointer(&first);
    }
    if (signature != NULL) {
        *signature = g_steal_pointer(&second);
    }
    return true;
}

static bool write_files(int directory, const Edition *edition, const SecretKey *secret,
                        GError **error)
{
    g_autofree char *text = edition_text(edition, error);
    g_autofree char *path = g_strdup_printf("editions/%" G_GUINT64_FORMAT, edition->number);
    g_auto(Edition) check = {0};
    if (text == NULL || !edition_parse(text, strlen(text), &check, error)) {
        return false; /* what no reader would accept is never signed */
    }
    if (fault_here(FAULT_FILE) || (mkdirat(directory, "editions", 0755) != 0 && errno != EEXIST) ||
        mkdirat(directory, path, 0755) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot make edition/%s: %s", path, g_strerror(errno));
    }
    FILE_AUTO own = openat(directory, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g_autofree char *comment = g_strdup_printf("kolokol %s %" G_GINT64_FORMAT ".%" G_GUINT64_FORMAT,
                                               edition->host, edition->epoch, edition->number);
    g_autofree char *signature = signature_text(secret, text, strlen(text), comment);
    if (own < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot open edition/%s: %s", path, g_strerror(errno));
    }
    PublicKey key = secret_key_public(secret);
    g_autofree char *key_comment = g_strdup_printf("Kolokol publish key of %s", edition->host);
    g_autofree char *key_text = public_key_text(&key, key_comment);
    return file_create(own, "KEY.pub", key_text, strlen(key_text), 0644, error) &&
           file_create(own, "EDITION.sig", signature, strlen(signature), 0644, error) &&
           file_create(own, "EDITION", text, strlen(text), 0644, error) &&
           file_sync_tree(own, error);
}

/* Never goes back: a press that lost its lease after the fence was asked finds another edition. */
static bool make_current(int directory, const char *before, uint64_t number, GError **error)
{
    g_autofree char *target = g_strdup_printf("editions/%" G_GUINT64_FORMAT, number);
    unlinkat(directory, "current.new", 0);
    if (fault_here(FAULT_FILE) || symlinkat(target, directory, "current.new") != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot make the edition current: %s",
                    g_strerror(errno));
    }
    g_autofree char *present = edition_current(directory);
    if (g_strcmp0(present, before) != 0) {
        return fail(error, KOLOKOL_ERROR_BUSY, "another process has published meanwhile");
    }
    if (fault_here(FAULT_FILE) || renameat(directory, "current.new", directory, "current") != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot make the edition current: %s",
                    g_strerror(errno));
    }
    return true;
}

/* What a commit that failed leaves. Best effort: retention forgets what stays. */
static void remove_files(int directory, uint64_t number)
{
    static const char *const files[] = {"/EDITION", "/EDITION.sig", "/KEY.pub", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path =
            g_strdup_printf("editions/%" G_GUINT64_FORMAT "%s", number, files[i]);
        unlinkat(directory, path, *files[i] == '\0' ? AT_REMOVEDIR : 0);
    }
}

/* A directory left by a run that stopped before the rename has its number taken. */
static bool next_number(int directory, uint64_t before, int64_t now, uint64_t *number,
                        GError **error)
{
    g_autoptr(GArray) kept = edition_kept(directory, error);
    if (kept == NULL) {
        return false;
    }
    uint64_t last = kept->len == 0 ? 0 : g_array_index(kept, uint64_t, kept->len - 1);
    *number = MAX(MAX(before, last) + 1, (uint64_t)(MAX(now, 0) / 1000));
    return true;
}

static bool commit(int directory, const Edition *edition, const char *before,
                   const SecretKey *secret, EditionFence fence, void *fence_data, GError **error)
{
    if (!write_files(directory, edition, secret, error) ||
        (fence != NULL && !fence(fence_data, error)) ||
        !make_current(directory, before, edition->number, error)) {
        remove_files(directory, edition->number);
        return false;
    }
    return directory_sync(directory, error);
}

bool edition_commit(int directory, const char *host, int64_t epoch, const char *entries,
                    int64_t now, const SecretKey *secret, EditionFence fence, void *fence_data,
                    uint64_t *number, GError **error)
{
    g_auto(Edition) last = {0};
    g_autoptr(GError) reason = NULL;
    g_autofree char *before = edition_current(directory);
    Hash previous = {0};
    int64_t second = now - now % CLOCK_SECOND;
    if (!edition_read_current(directory, &last, &previous, &reason) &&
        !(before == NULL && g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND))) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    Edition edition = {.host = (char *)(uintptr_t)host,
                       .epoch = epoch,
                       .time = second,
                       .expires = second + EDITION_LIFE,
                       .previous = previous,
                       .entries = (char *)(uintptr_t)entries};
    if (!next_number(directory, last.number, now, &edition.number, error) ||
        !commit(directory, &edition, before, secret, fence, fence_data, error)) {
        return false;
    }
    *number = edition.number;
    return true;
}

bool edition_renew(int directory, int64_t now, const SecretKey *secret, EditionFence fence,
                   void *fence_data, bool *renewed, uint64_t *number, GError **error)
{
    g_auto(Edition) current = {0};
    if (!edition_read_current(directory, &current, NULL, error)) {
        return false;
    }
    uint64_t made = current.number;
    bool due = current.expires - now <= EDITION_LIFE / 2;
    if (due && !edition_commit(directory, current.host, current.epoch, current.entries, now, secret,
                               fence, fence_data, &made, error)) {
        return false;
    }
    *renewed = due;
    *number = made;
    return true;
}

char *edition_current(int directory)
{
    char target[64];
    ssize_t length =
        fault_here(FAULT_FILE) ? -1 : readlinkat(directory, "current", target, sizeof target);
    return length <= 0 || (size_t)length == sizeof target ? NULL
                                                          : g_strndup(target, (size_t)length);
}

static int number_compare(gconstpointer a, gconstpointer b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

GArray *edition_numbers(int directory, const char *name, GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    int folder =
        fault_here(FAULT_FILE) ? -1 : openat(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 && errno == ENOENT) {
        return g_steal_pointer(&numbers);
    }
    DIR *listing = folder < 0 ? NULL : fdopendir(folder);
    if (listing == NULL) {
        fail(error, KOLOKOL_ERROR_IO, "cannot list edition/%s: %s", name, g_strerror(errno));
        file_close(&folder);
        return NULL;
    }
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        guint64 number = 0;
        if (g_ascii_string_to_unsigned(entry->d_name, 10, 1, INT64_MAX, &number, NULL)) {
            g_array_append_val(numbers, number);
        }
    }
    closedir(listing);
    g_array_sort(numbers, number_compare);
    return g_steal_pointer(&numbers);
}

GArray *edition_kept(int directory, GError **error)
{
    return edition_numbers(directory, "editions", error);
}
