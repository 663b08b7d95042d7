/* The plain tree: export.h. What an edition names comes from walk.c, the bytes from the store;
 * carrying trees to other machines is mirror/. */
#include "edition/export.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "edition/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK       ".kolokol-export" /* there while an export is under way */
#define FORM_MAX   (33u * 1024 * 1024)
#define CODINGS    3
#define WALK_KINDS 3

#define PROGRESS_STEP 64u /* names */

static const char *const endings[CODINGS] = {"", ".gz", ".br"};

typedef struct {
    EditionReader *reader;
    int out;
    bool fresh;      /* the directory was empty: nothing to compare or remove */
    GHashTable *old; /* what the tree's own EDITION names: name → Hash; NULL if not to be trusted */
    GHashTable *wanted;           /* what this edition names: name → Hash */
    GPtrArray *names[WALK_KINDS]; /* the same in the order of writing, borrowed */
    GHashTable *made;             /* directories that are there */
    ExportProgress progress;
    void *data;
    unsigned done; /* names */
    bool pages;    /* those of pages, now */
    ExportReport report;
} Export;

static bool fail_errno(GError **error, const char *doing, const char *name)
{
    return fail(error, KOLOKOL_ERROR_IO, "cannot %s %s: %s", doing, name, g_strerror(errno));
}

/* ---- what there is ---- */

static GBytes *load_node(const char *name, const Hash *hash, void *data, GError **error)
{
    const Export *export = data;
    return edition_reader_read_form(export->reader, hash, OBJECT_PLAIN, LIMIT_NODE, error);
}

static bool want(const WalkFile *file, bool *into, void *data, GError **error)
{
    Export *export = data;
    if (!g_hash_table_contains(export->wanted, file->name)) {
        char *name = g_strdup(file->name);
        g_hash_table_insert(export->wanted, name, g_memdup2(&file->hash, sizeof file->hash));
        g_ptr_array_add(export->names[file->kind], name);
    }
    return true;
}

static GBytes *load_old_node(const char *name, const Hash *hash, void *data, GError **error)
{
    const Export *export = data;
    return file_read_at(export->out, name, LIMIT_NODE, error);
}

static bool note_old(const WalkFile *file, bool *into, void *data, GError **error)
{
    Export *export = data;
    g_hash_table_insert(export->old, g_strdup(file->name),
                        g_memdup2(&file->hash, sizeof file->hash));
    return true;
}

/* What an earlier export left, if it ended well; otherwise every file is compared. */
static void read_old(Export *export)
{
    g_auto(Edition) edition = {0};
    g_autoptr(GBytes) bytes = file_read_at(export->out, "EDITION", LIMIT_NODE, NULL);
    if (bytes == NULL || faccessat(export->out, MARK, F_OK, 0) == 0 ||
        !edition_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &edition, NULL)) {
        return;
    }
    EditionWalk walk = {load_old_node, note_old, export};
    export->old = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!edition_walk(&edition, &walk, NULL)) {
        g_clear_pointer(&export->old, g_hash_table_unref);
    }
}

static DIR *list(int directory, const char *name, GError **error)
{
    int folder = fault_here(FAULT_FILE)
                     ? -1
                     : openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *listing = folder < 0 ? NULL : fdopendir(folder);
    if (listing == NULL) {
        fail_errno(error, "list", name);
        file_close(&folder);
    }
    return listing;
}

/* Only an export, or nothing at all, is written over. */
static bool check_place(Export *export, const char *path, GError **error)
{
    DIR *listing = list(export->out, ".", error);
    if (listing == NULL) {
        return false;
    }
    export->fresh = true;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        export->fresh &= *entry->d_name == '.' && strcmp(entry->d_name, MARK) != 0;
    }
    closedir(listing);
    return export->fresh || faccessat(export->out, "EDITION", F_OK, 0) == 0 ||
           faccessat(export->out, MARK, F_OK, 0) == 0 ||
           fail(
               error, KOLOKOL_ERROR_CONFLICT,
               "%s has other files in it; export into an empty directory or over an earlier export",
               path);
}

/* ---- writing ---- */

static bool make_folders(Export *export, const char *name, GError **error)
{
    for (const char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        g_autofree char *folder = g_strndup(name, (size_t)(slash - name));
        if (g_hash_table_contains(export->made, folder)) {
            continue;
        }
        if (fault_here(FAULT_FILE) ||
            (mkdirat(export->out, folder, 0755) != 0 && errno != EEXIST)) {
            return fail_errno(error, "make the directory", folder);
        }
        g_hash_table_add(export->made, g_steal_pointer(&folder));
    }
    return true;
}

static bool has_bytes(const Export *export, const char *place, GBytes *bytes)
{
    struct stat info;
    if (export->fresh || fstatat(export->out, place, &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(info.st_mode) || (size_t)info.st_size != g_bytes_get_size(bytes)) {
        return false;
    }
    g_autoptr(GBytes) there = file_read_at(export->out, place, g_bytes_get_size(bytes), NULL);
    return there != NULL && g_bytes_equal(there, bytes);
}

/* Is the file what an export that ended well wrote there? By its hash then and its size now. */
static bool is_old(const Export *export, const char *name, const char *place, const Hash *hash,
                   uint64_t length)
{
    struct stat info;
    const Hash *before = export->old == NULL ? NULL : g_hash_table_lookup(export->old, name);
    return before != NULL && hash_equal(before, hash) &&
           fstatat(export->out, place, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode) &&
           (uint64_t)info.st_size == length;
}

static bool write_place(Export *export, const char *place, GBytes *bytes, GError **error)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    if (has_bytes(export, place, bytes)) {
        return true;
    }
    if (!file_create(export->out, place, data, length, 0644, error)) {
        return false;
    }
    export->report.written++;
    return true;
}

static bool remove_form(Export *export, const char *place, GError **error)
{
    if (export->fresh || unlinkat(export->out, place, 0) != 0) {
        return export->fresh || errno == ENOENT || fail_errno(error, "remove", place);
    }
    export->report.removed++;
    return true;
}

/* One form of a file: written, left as it is, or, if the store does not have it, removed. */
static bool put_form(Export *export, const char *name, const Hash *hash, ObjectCoding coding,
                     GError **error)
{
    g_autofree char *place = g_strconcat(name, endings[coding], NULL);
    g_autoptr(GError) reason = NULL;
    EditionFile file;
    if (!edition_reader_open_file(export->reader, hash, coding, &file, &reason)) {
        if (coding != OBJECT_PLAIN &&
            g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            export->report.plain += export->pages && coding == OBJECT_BROTLI;
            return remove_form(export, place, error);
        }
        g_propagate_prefixed_error(error, g_steal_pointer(&reason), "%s: ", name);
        return false;
    }
    close(file.file);
    export->report.files++;
    if (is_old(export, name, place, hash, file.length)) {
        return true;
    }
    g_autoptr(GBytes) bytes =
        edition_reader_read_form(export->reader, hash, coding, FORM_MAX, error);
    if (bytes == NULL) {
        g_prefix_error(error, "%s: ", name);
        return false;
    }
    return write_place(export, place, bytes, error);
}

static bool put_all(Export *export, const GPtrArray *names, GError **error)
{
    export->pages = names == export->names[WALK_PAGE];
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        const Hash *hash = g_hash_table_lookup(export->wanted, name);
        if (export->progress != NULL && export->done % PROGRESS_STEP == 0) {
            export->progress(export->done, g_hash_table_size(export->wanted), export->data);
        }
        export->done++;
        if (!make_folders(export, name, error)) {
            return false;
        }
        for (int coding = OBJECT_PLAIN; coding < CODINGS; coding++) {
            if (!put_form(export, name, hash, (ObjectCoding)coding, error)) {
                return false;
            }
        }
    }
    return true;
}

/* EDITION last: what it names is on the medium. */
static bool put_root(Export *export, GError **error)
{
    static const char *const files[] = {"KEY.pub", "EDITION.sig", "EDITION"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GBytes) bytes = edition_reader_read(export->reader, files[i], LIMIT_NODE, error);
        if (bytes == NULL || !write_place(export, files[i], bytes, error)) {
            return false;
        }
        export->report.files++;
    }
    return file_sync_tree(export->out, error);
}

/* ---- removing ---- */

static bool is_kept(const Export *export, const char *name)
{
    static const char *const root[] = {"EDITION", "EDITION.sig", "KEY.pub", "FRESH"};
    for (size_t i = 0; i < G_N_ELEMENTS(root); i++) {
        if (strcmp(name, root[i]) == 0) {
            return true;
        }
    }
    g_autofree char *plain = g_strdup(name);
    if (g_str_has_suffix(name, ".gz") || g_str_has_suffix(name, ".br")) {
        plain[strlen(plain) - 3] = '\0';
    }
    return g_hash_table_contains(export->wanted, name) ||
           g_hash_table_contains(export->wanted, plain) ||
           (*name == '.' && !g_str_has_prefix(name, ".well-known"));
}

static bool remove_unwanted(Export *export, const char *folder, GError **error);

static bool remove_entry(Export *export, const char *name, GError **error)
{
    struct stat info;
    if (is_kept(export, name)) {
        return true;
    }
    if (fstatat(export->out, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return fail_errno(error, "look at", name);
    }
    if (S_ISDIR(info.st_mode)) {
        bool done = remove_unwanted(export, name, error);
        unlinkat(export->out, name, AT_REMOVEDIR); /* stays if something is left in it */
        return done;
    }
    if (fault_here(FAULT_FILE) || unlinkat(export->out, name, 0) != 0) {
        return fail_errno(error, "remove", name);
    }
    export->report.removed++;
    return true;
}

static bool remove_unwanted(Export *export, const char *folder, GError **error)
{
    DIR *listing = list(export->out, *folder == '\0' ? "." : folder, error);
    bool going = listing != NULL;
    for (struct dirent *entry; going && (entry = readdir(listing)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            g_autofree char *name = *folder == '\0' ? g_strdup(entry->d_name)
                                                    : g_strconcat(folder, "/", entry->d_name, NULL);
            going = remove_entry(export, name, error);
        }
    }
    if (listing != NULL) {
        closedir(listing);
    }
    return going;
}

/* ---- all of it ---- */

static bool lay_out(Export *export, GError **error)
{
    EditionWalk walk = {load_node, want, export};
    if (!edition_walk(edition_reader_edition(export->reader), &walk, error)) {
        return false;
    }
    if (!export->fresh) {
        read_old(export);
    }
    return file_replace(export->out, MARK, "", 0, 0644, error) &&
           put_all(export, export->names[WALK_OBJECT], error) &&
           put_all(export, export->names[WALK_PAGE], error) &&
           put_all(export, export->names[WALK_NODE], error) && file_sync_tree(export->out, error) &&
           put_root(export, error) && (export->fresh || remove_unwanted(export, "", error)) &&
           (unlinkat(export->out, MARK, 0) == 0 || fail_errno(error, "remove", MARK)) &&
           file_sync_tree(export->out, error);
}

bool edition_export(EditionReader *reader, const char *out, ExportProgress progress, void *data,
                    ExportReport *report, GError **error)
{
    Export export = {.reader = reader,
                     .progress = progress,
                     .data = data,
                     .report.number = edition_reader_edition(reader)->number};
    FILE_AUTO directory = directory_open(out, false, error);
    export.out = directory;
    if (directory < 0 || !check_place(&export, out, error)) {
        return false;
    }
    export.wanted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    export.made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < WALK_KINDS; i++) {
        export.names[i] = g_ptr_array_new();
    }
    bool done = lay_out(&export, error);
    for (int i = 0; i < WALK_KINDS; i++) {
        g_ptr_array_unref(export.names[i]);
    }
    g_hash_table_unref(export.made);
    g_hash_table_unref(export.wanted);
    g_clear_pointer(&export.old, g_hash_table_unref);
    if (done) {
        *report = export.report;
    }
    return done;
}
