/*
 * Verification from the public key down: verify.h. verify*.c need only libc and libsodium, no other
 * file of this program, and trust nothing that is read: each file is opened below a directory that
 * was given, must be an ordinary file under its ceiling, and counts only when its hash stands in a
 * node whose own hash was checked. The order is the reader's: EDITION.sig, EDITION (verify_root.c),
 * nodes (here; their lines: verify_line.c), what they list (verify_file.c, verify_objects.c), and
 * what nobody lists (verify_extra.c).
 */
#include "edition/verify_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SPLIT_ABOVE 256u /* entries of a directory (DESIGN 6) */

/* What is being gone through. */
typedef struct {
    const char *dir;
    VerifyNames names;
    uint64_t entries; /* files and subdirectories */
    bool split;
} Directory;

static bool check_directory(Verify *verify, const char *dir, const char *node, const char *cursor,
                            const char *end);

static bool check_page(Verify *verify, const char *name, const unsigned char hash[VERIFY_HASH])
{
    VerifyBytes bytes = {0};
    bool fine = verify_load(verify, name, hash, VERIFY_PAGE_MAX, &verify->report->pages, &bytes);
    verify_forget(&bytes);
    return fine;
}

static bool check_subdirectory(Verify *verify, const char *name,
                               const unsigned char hash[VERIFY_HASH])
{
    char dir[VERIFY_NAME_MAX];
    VerifyBytes bytes = {0};
    snprintf(dir, sizeof dir, "%.*s", (int)(strlen(name) - strlen("/MANIFEST")), name);
    if (!verify_load(verify, name, hash, VERIFY_NODE_MAX, &verify->report->nodes, &bytes)) {
        return false;
    }
    const char *text = (const char *)bytes.bytes;
    bool fine = check_directory(verify, dir, name, text, text + bytes.length);
    verify_forget(&bytes);
    return fine;
}

static bool check_node(Verify *verify, Directory *directory, int shard, const char *node,
                       const char *cursor, const char *end);

static bool check_shard(Verify *verify, Directory *directory, const char *name,
                        const unsigned char hash[VERIFY_HASH])
{
    VerifyBytes bytes = {0};
    if (!verify_load(verify, name, hash, VERIFY_NODE_MAX, &verify->report->nodes, &bytes)) {
        return false;
    }
    const char *text = (const char *)bytes.bytes;
    int shard = verify_shard(strrchr(name, '.') + 1);
    bool fine = check_node(verify, directory, shard, name, text, text + bytes.length);
    verify_forget(&bytes);
    return fine;
}

/* The name as it lies in the directory: "2026" for "2026/MANIFEST". */
static bool remember(Verify *verify, Directory *directory, VerifyKind kind, const char *name)
{
    char last[VERIFY_NAME_MAX];
    size_t skip = strlen(directory->dir);
    snprintf(last, sizeof last, "%s", name + (skip == 0 ? 0 : skip + 1));
    if (kind == VERIFY_DIRECTORY) {
        *strchr(last, '/') = '\0';
    }
    return verify->objects >= 0 || verify_names_add(&directory->names, last) ||
           verify_wrong(verify, name, "needs more memory than there is");
}

static bool check_entry(Verify *verify, Directory *directory, int shard, const char *node,
                        const VerifyEntry *entry)
{
    char name[VERIFY_NAME_MAX];
    snprintf(name, sizeof name, "%.*s", (int)entry->length, entry->name);
    VerifyKind kind =
        strlen(name) == entry->length ? verify_kind(directory->dir, shard, name) : VERIFY_WRONG;
    directory->entries += kind == VERIFY_PAGE || kind == VERIFY_DIRECTORY;
    if (kind != VERIFY_WRONG && !remember(verify, directory, kind, name)) {
        return false;
    }
    switch (kind) {
    case VERIFY_PAGE:
        return check_page(verify, name, entry->hash);
    case VERIFY_DIRECTORY:
        return check_subdirectory(verify, name, entry->hash);
    case VERIFY_SHARD:
        return check_shard(verify, directory, name, entry->hash);
    case VERIFY_OBJECTS:
        return verify_objects(verify, name, entry->hash);
    case VERIFY_WRONG:
        break;
    }
    return verify_wrong(verify, node, "lists \"%.120s\", which cannot be there", name);
}

/* The first node of a split directory has nothing but shards. */
static bool all_or_none_split(Verify *verify, Directory *directory, const char *node,
                              const VerifyEntries *entries)
{
    size_t skip = *directory->dir == '\0' ? 0 : strlen(directory->dir) + 1, shards = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const VerifyEntry *entry = &entries->all[i];
        shards += entry->length > skip + 9 && memcmp(entry->name + skip, "MANIFEST.", 9) == 0;
    }
    directory->split = shards > 0;
    return shards == 0 || shards == entries->count ||
           verify_wrong(verify, node, "has files beside its shards");
}

/* One node: the MANIFEST of a directory (for the root: EDITION's entries), or a shard. */
static bool check_node(Verify *verify, Directory *directory, int shard, const char *node,
                       const char *cursor, const char *end)
{
    VerifyEntries entries = {0};
    bool fine = verify_entries(verify, node, cursor, end, &entries) &&
                (shard != VERIFY_WHOLE || all_or_none_split(verify, directory, node, &entries));
    for (size_t i = 0; fine && i < entries.count; i++) {
        fine = check_entry(verify, directory, shard, node, &entries.all[i]);
    }
    free(entries.all);
    return fine;
}

static bool check_directory(Verify *verify, const char *dir, const char *node, const char *cursor,
                            const char *end)
{
    Directory directory = {.dir = dir};
    bool fine = check_node(verify, &directory, VERIFY_WHOLE, node, cursor, end);
    if (fine && directory.split != (directory.entries > SPLIT_ABOVE)) {
        fine = verify_wrong(verify, node, "is %s with %llu entries",
                            directory.split ? "split" : "not split",
                            (unsigned long long)directory.entries);
    }
    if (fine && verify->objects < 0) {
        verify_extra(verify, dir, &directory.names);
    }
    verify_names_free(&directory.names);
    return fine;
}

/* A newsroom's edition directory has EDITION under `current` and everything else by hash. */
static bool open_form(Verify *verify, int directory)
{
    verify->top = directory;
    verify->objects = -1;
    if (faccessat(directory, "EDITION", F_OK, 0) == 0 ||
        faccessat(directory, "current/EDITION", F_OK, 0) != 0) {
        return true;
    }
    verify->objects = openat(directory, "objects", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int current = openat(directory, "current", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (verify->objects < 0 || current < 0) {
        if (current >= 0) {
            close(current);
        }
        return verify_wrong(verify, "objects", "cannot be opened: %s", strerror(errno));
    }
    verify->top = current;
    return true;
}

static bool check_all(Verify *verify)
{
    VerifyBytes edition = {0};
    const char *lines = NULL;
    bool fine =
        verify_root(verify, &edition, &lines) &&
        check_directory(verify, "", "EDITION", lines, (const char *)edition.bytes + edition.length);
    if (fine && verify->objects < 0) {
        verify_extra_objects(verify);
    }
    verify_forget(&edition);
    return fine;
}

bool edition_verify(const VerifyRequest *request, VerifyReport *report)
{
    Verify verify = {.request = request, .report = report, .top = -1, .objects = -1};
    *report = (VerifyReport){0};
    int directory = open(request->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (sodium_init() < 0 || directory < 0) {
        return verify_wrong(&verify, request->directory, "cannot be opened: %s", strerror(errno));
    }
    bool fine = open_form(&verify, directory) && check_all(&verify);
    if (verify.top >= 0 && verify.top != directory) {
        close(verify.top);
    }
    if (verify.objects >= 0) {
        close(verify.objects);
    }
    close(directory);
    free(verify.seen.keys);
    return fine;
}
