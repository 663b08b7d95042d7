/* The object store: objects.h. */
#include "edition/objects.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/random.h"
#include "edition/boot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_ROOM 80

struct ObjectStore {
    int directory; /* objects/ */
    int above;     /* the edition directory; -1 if for reading only */
    bool in_doubt; /* files that are there are compared */
    bool rewrite;  /* a sync failed: files that are there are written again until one succeeds */
    bool unmarked; /* the next sync writes the boot mark */
};

static const char *const endings[] = {
    [OBJECT_PLAIN] = "", [OBJECT_GZIP] = ".gz", [OBJECT_BROTLI] = ".br"};

static void name_of(const Hash *hash, ObjectCoding coding, char name[NAME_ROOM])
{
    char hex[HASH_HEX];
    hash_hex(hash, hex);
    g_snprintf(name, NAME_ROOM, "%.2s/%s%s", hex, hex, endings[coding]);
}

static bool fail_errno(GError **error, const char *doing, const char *name)
{
    int code = errno;
    return fail(error, code == ENOENT ? KOLOKOL_ERROR_NOT_FOUND : KOLOKOL_ERROR_IO,
                "cannot %s the object %s: %s", doing, name, g_strerror(code));
}

static bool make_folders(int directory, GError **error)
{
    char name[8];
    if (mkdirat(directory, "ff", 0755) != 0 && errno == EEXIST) {
        return true; /* made last, so all are there */
    }
    for (int i = 0; i < 255; i++) {
        g_snprintf(name, sizeof name, "%02x", (unsigned)i);
        if (mkdirat(directory, name, 0755) != 0 && errno != EEXIST) {
            return fail_errno(error, "make the folder of", name);
        }
    }
    return true;
}

/* "ff" may have been made by a run that stopped before the others: then they are made when first
 * missed. */
static bool make_folder_of(int directory, const char *name)
{
    char folder[3] = {name[0], name[1], '\0'};
    return mkdirat(directory, folder, 0755) == 0 || errno == EEXIST;
}

ObjectStore *object_store_open(const char *edition_dir, GError **error)
{
    g_autofree char *path = g_build_filename(edition_dir, "objects", NULL);
    g_autoptr(ObjectStore) store = g_new0(ObjectStore, 1);
    store->above = -1;
    store->directory = directory_open(path, false, error);
    store->above = store->directory < 0 ? -1 : directory_open(edition_dir, false, error);
    if (store->above < 0 || !make_folders(store->directory, error)) {
        return NULL;
    }
    store->in_doubt = !boot_is_same(store->above);
    return g_steal_pointer(&store);
}

ObjectStore *object_store_open_read(int edition_directory, GError **error)
{
    g_autoptr(ObjectStore) store = g_new0(ObjectStore, 1);
    store->above = -1;
    store->directory = fault_here(FAULT_FILE) ? -1
                                              : openat(edition_directory, "objects",
                                                       O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (store->directory < 0) {
        fail_errno(error, "find", "folder");
        return NULL;
    }
    return g_steal_pointer(&store);
}

void object_store_free(ObjectStore *store)
{
    if (store != NULL) {
        file_close(&store->directory);
        file_close(&store->above);
        g_free(store);
    }
}

bool object_store_in_doubt(const ObjectStore *store)
{
    return store->in_doubt;
}

bool object_store_begin(ObjectStore *store, GError **error)
{
    if (!store->in_doubt) {
        return true;
    }
    if (!boot_mend(store->above, store->directory, error)) {
        return false;
    }
    store->in_doubt = false;
    store->unmarked = true;
    return true;
}

bool object_store_sync(ObjectStore *store, GError **error)
{
    if (!file_sync_tree(store->directory, error)) {
        boot_unmark(store->above);
        store->rewrite = true;
        store->unmarked = !store->in_doubt;
        return false;
    }
    store->rewrite = false;
    if (store->unmarked && !boot_mark(store->above, error)) {
        return false;
    }
    store->unmarked = false;
    return true;
}

/* Is the object there, and whole? */
static bool stands(const ObjectStore *store, const char *name, const void *bytes, size_t length)
{
    struct stat info;
    if (store->rewrite || fstatat(store->directory, name, &info, 0) != 0 ||
        (size_t)info.st_size != length) {
        return false;
    }
    if (!store->in_doubt) {
        return true;
    }
    g_autoptr(GBytes) there = file_read_at(store->directory, name, length, NULL);
    return there != NULL && memcmp(g_bytes_get_data(there, NULL), bytes, length) == 0;
}

/* Replaces what is there. The temporary lies in objects/ itself, where no lister looks. */
static bool put_file(const ObjectStore *store, const char *name, const void *bytes, size_t length,
                     GError **error)
{
    g_autoptr(GError) reason = NULL;
    char temporary[NAME_ROOM + 32];
    g_snprintf(temporary, sizeof temporary, "%s.%016" G_GINT64_MODIFIER "x.tmp", name + 3,
               random_unseen());
    if (file_create_via(store->directory, temporary, name, bytes, length, 0644, &reason)) {
        return true;
    }
    if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND) &&
        make_folder_of(store->directory, name)) {
        return file_create_via(store->directory, temporary, name, bytes, length, 0644, error);
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

/* Trusts a file that is there if its size is right: of a file that is written straight at its name
 * by one write after the other, only a whole one has that size (unless the machine stopped: then
 * the store is in doubt). *written is false if it stood. */
static bool make_or_replace(const ObjectStore *store, const char *name, const void *bytes,
                            size_t length, bool *written, GError **error)
{
    g_autoptr(GError) reason = NULL;
    bool made = false;
    if (!store->in_doubt && !store->rewrite) {
        if (!file_make(store->directory, name, bytes, length, 0644, &made, &reason) &&
            !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
    }
    if (made) {
        *written = true;
        return true;
    }
    bool there = stands(store, name, bytes, length);
    if (!there && !put_file(store, name, bytes, length, error)) {
        return false;
    }
    *written = !there;
    return true;
}

bool object_store_put(ObjectStore *store, const void *bytes, size_t length, Hash *hash,
                      bool *written, GError **error)
{
    if (length > LIMIT_OBJECT) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "an object of %zu bytes; the limit is %u", length,
                    LIMIT_OBJECT);
    }
    char name[NAME_ROOM];
    Hash made = hash_of(bytes, length);
    name_of(&made, OBJECT_PLAIN, name);
    if (!make_or_replace(store, name, bytes, length, written, error)) {
        return false;
    }
    *hash = made;
    return true;
}

bool object_store_put_coded(ObjectStore *store, const Hash *hash, ObjectCoding coding,
                            const void *bytes, size_t length, GError **error)
{
    char name[NAME_ROOM];
    name_of(hash, coding, name);
    return put_file(store, name, bytes, length, error);
}

bool object_store_has(const ObjectStore *store, const Hash *hash, ObjectCoding coding)
{
    char name[NAME_ROOM];
    name_of(hash, coding, name);
    return faccessat(store->directory, name, R_OK, 0) == 0;
}

GBytes *object_store_read_coded(const ObjectStore *store, const Hash *hash, ObjectCoding coding,
                                size_t limit, GError **error)
{
    char name[NAME_ROOM];
    name_of(hash, coding, name);
    return file_read_at(store->directory, name, limit, error);
}

GBytes *object_store_read(const ObjectStore *store, const Hash *hash, size_t limit, GError **error)
{
    return object_store_read_coded(store, hash, OBJECT_PLAIN, limit, error);
}

int object_store_open_object(const ObjectStore *store, const Hash *hash, ObjectCoding coding,
                             GError **error)
{
    char name[NAME_ROOM];
    name_of(hash, coding, name);
    int file = fault_here(FAULT_FILE) ? -1 : openat(store->directory, name, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        fail_errno(error, "open", name);
    }
    return file;
}

bool object_store_remove(ObjectStore *store, const Hash *hash, GError **error)
{
    /* The plain form last: while it is there, the coded ones may be made again. */
    static const ObjectCoding order[] = {OBJECT_BROTLI, OBJECT_GZIP, OBJECT_PLAIN};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        char name[NAME_ROOM];
        name_of(hash, order[i], name);
        if (fault_here(FAULT_FILE) ||
            (unlinkat(store->directory, name, 0) != 0 && errno != ENOENT)) {
            return fail_errno(error, "remove", name);
        }
    }
    return true;
}

/* A file of a folder: is it a coded form without its object? */
static bool is_stray(int folder, const char *name)
{
    const char *dot = strchr(name, '.');
    if (dot == NULL || name[0] == '.' || (strcmp(dot, ".gz") != 0 && strcmp(dot, ".br") != 0)) {
        return false;
    }
    g_autofree char *plain = g_strndup(name, (size_t)(dot - name));
    return faccessat(folder, plain, F_OK, 0) != 0 && errno == ENOENT;
}

static bool is_temporary(int folder, const char *name)
{
    return g_str_has_suffix(name, ".tmp");
}

/* Takes the descriptor. */
static bool remove_where(int folder, bool (*which)(int folder, const char *name), GError **error)
{
    DIR *listing = folder < 0 ? NULL : fdopendir(folder);
    if (listing == NULL) {
        file_close(&folder);
        return fail_errno(error, "list", "folder");
    }
    bool going = true;
    for (struct dirent *entry; going && (entry = readdir(listing)) != NULL;) {
        if (which(dirfd(listing), entry->d_name)) {
            going = !fault_here(FAULT_FILE) &&
                    (unlinkat(dirfd(listing), entry->d_name, 0) == 0 || errno == ENOENT);
        }
    }
    if (!going) {
        fail_errno(error, "remove", "file");
    }
    closedir(listing);
    return going;
}

bool object_store_tidy(ObjectStore *store, GError **error)
{
    char name[8];
    const int how = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    if (!remove_where(openat(store->directory, ".", how), is_temporary, error)) {
        return false;
    }
    for (unsigned i = 0; i < 256; i++) {
        g_snprintf(name, sizeof name, "%02x", i);
        int folder = openat(store->directory, name, how);
        if ((folder >= 0 || errno != ENOENT) && !remove_where(folder, is_stray, error)) {
            return false;
        }
    }
    return true;
}

static bool each_in(int folder, ObjectTaker take, void *data, GError **error)
{
    DIR *listing = fdopendir(folder);
    if (listing == NULL) {
        close(folder);
        return fail_errno(error, "list", "folder");
    }
    bool going = true;
    for (struct dirent *entry; going && (entry = readdir(listing)) != NULL;) {
        Hash hash;
        going = !hash_parse(entry->d_name, &hash) || take(&hash, data, error);
    }
    closedir(listing);
    return going;
}

bool object_store_each(const ObjectStore *store, ObjectTaker take, void *data, GError **error)
{
    char name[8];
    for (unsigned i = 0; i < 256; i++) {
        g_snprintf(name, sizeof name, "%02x", i);
        int folder = openat(store->directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0 && errno == ENOENT) {
            continue;
        }
        if (folder < 0) {
            return fail_errno(error, "list", name);
        }
        if (!each_in(folder, take, data, error)) {
            return false;
        }
    }
    return true;
}
