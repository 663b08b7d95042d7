/* Files that an edition does not name: verify.h. */
#include "edition/verify_private.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool verify_names_add(VerifyNames *names, const char *name)
{
    if (names->count == names->room) {
        size_t room = names->room == 0 ? 64 : names->room * 2;
        char **wider = realloc(names->all, room * sizeof *wider);
        if (wider == NULL) {
            return false;
        }
        names->all = wider;
        names->room = room;
    }
    names->all[names->count] = strdup(name);
    return names->all[names->count++] != NULL;
}

void verify_names_free(VerifyNames *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->all[i]);
    }
    free(names->all);
    *names = (VerifyNames){0};
}

static int name_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool names_have(const VerifyNames *names, const char *name)
{
    return bsearch(&name, names->all, names->count, sizeof *names->all, name_order) != NULL;
}

/* Cuts ".gz" or ".br" off. */
static void cut_coding(char *name)
{
    size_t length = strlen(name);
    if (length > 3 &&
        (strcmp(name + length - 3, ".gz") == 0 || strcmp(name + length - 3, ".br") == 0)) {
        name[length - 3] = '\0';
    }
}

static void count_extra(Verify *verify, const char *dir, const char *name)
{
    VerifyReport *report = verify->report;
    if (report->extra++ == 0) {
        snprintf(report->first_extra, sizeof report->first_extra, "%s%s%s", dir,
                 *dir == '\0' ? "" : "/", name);
    }
}

static bool of_the_root(const char *name)
{
    return strcmp(name, "EDITION") == 0 || strcmp(name, "EDITION.sig") == 0 ||
           strcmp(name, "KEY.pub") == 0 || strcmp(name, "FRESH") == 0 || strcmp(name, "o") == 0;
}

typedef bool (*Expected)(const Verify *verify, const char *dir, const char *name, const void *data);

/* Counts what lies in a directory and is not expected there. Hidden names of the root are the
 * host's own (".git"). */
static void look_for_extra(Verify *verify, const char *dir, Expected expected, const void *data)
{
    int folder = openat(verify->top, *dir == '\0' ? "." : dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = folder < 0 ? NULL : fdopendir(folder);
    if (listing == NULL) {
        if (folder >= 0) {
            close(folder);
        }
        return;
    }
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        char name[sizeof entry->d_name + 1];
        snprintf(name, sizeof name, "%s", entry->d_name);
        bool hidden =
            name[0] == '.' && (*dir == '\0' || name[1] == '\0' || strcmp(name, "..") == 0);
        cut_coding(name);
        if (!expected(verify, dir, name, data) && !(hidden && strcmp(name, ".well-known") != 0)) {
            count_extra(verify, dir, entry->d_name);
        }
    }
    closedir(listing);
}

static bool expected_of_names(const Verify *verify, const char *dir, const char *name,
                              const void *data)
{
    return names_have(data, name) ||
           (*dir == '\0' ? of_the_root(name) : strcmp(name, "MANIFEST") == 0);
}

static bool expected_folder(const Verify *verify, const char *dir, const char *name,
                            const void *data)
{
    return strlen(name) == 2 && verify_shard(name) >= 0;
}

static bool expected_object(const Verify *verify, const char *dir, const char *name,
                            const void *data)
{
    char whole[VERIFY_NAME_MAX];
    unsigned char key[VERIFY_HASH];
    snprintf(whole, sizeof whole, "%s/%s", dir, name);
    crypto_generichash(key, VERIFY_HASH, (const unsigned char *)whole, strlen(whole), NULL, 0);
    return verify_seen(&verify->seen, key);
}

void verify_extra(Verify *verify, const char *dir, VerifyNames *names)
{
    if (names->count > 0) {
        qsort(names->all, names->count, sizeof *names->all, name_order);
    }
    look_for_extra(verify, dir, expected_of_names, names);
}

void verify_extra_objects(Verify *verify)
{
    look_for_extra(verify, "o", expected_folder, NULL);
    for (unsigned i = 0; i < 256; i++) {
        char dir[8];
        snprintf(dir, sizeof dir, "o/%02x", i);
        look_for_extra(verify, dir, expected_object, NULL);
    }
}
