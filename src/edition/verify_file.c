/* Reading one file and comparing it with its hash, and remembering which were: verify.h. */
#include "edition/verify_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRESS_STEP 256u /* files */

bool verify_wrong(Verify *verify, const char *name, const char *format, ...)
{
    char reason[180];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    snprintf(verify->report->wrong, sizeof verify->report->wrong, "%s", name);
    snprintf(verify->report->message, sizeof verify->report->message, "%s: %s",
             verify->report->wrong, reason);
    return false;
}

void verify_forget(VerifyBytes *bytes)
{
    free(bytes->bytes);
    *bytes = (VerifyBytes){0};
}

/* Reads an ordinary file whole. 1 done, 0 absent, -1 wrong, and said. */
int verify_read(Verify *verify, int directory, const char *place, const char *name, size_t limit,
                VerifyBytes *bytes)
{
    struct stat info;
    int file = openat(directory, place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT
                   ? 0
                   : (verify_wrong(verify, name, "cannot be opened: %s", strerror(errno)), -1);
    }
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size < 0 ||
        (unsigned long long)info.st_size > limit) {
        close(file);
        verify_wrong(verify, name, "is not an ordinary file of at most %zu bytes", limit);
        return -1;
    }
    size_t room = (size_t)info.st_size, done = 0;
    unsigned char *read_bytes = malloc(room + 1);
    while (read_bytes != NULL && done <= room) { /* one byte more would be a file that grows */
        ssize_t got = read(file, read_bytes + done, room + 1 - done);
        if (got <= 0) {
            break;
        }
        done += (size_t)got;
    }
    close(file);
    if (read_bytes == NULL || done != room) {
        free(read_bytes);
        verify_wrong(verify, name, "cannot be read whole");
        return -1;
    }
    read_bytes[room] = '\0';
    *bytes = (VerifyBytes){read_bytes, room};
    return 1;
}

static size_t seen_slot(const VerifySeen *seen, const unsigned char key[VERIFY_HASH])
{
    size_t slot;
    memcpy(&slot, key, sizeof slot);
    for (slot &= seen->room - 1; !sodium_is_zero(seen->keys[slot], VERIFY_HASH) &&
                                 memcmp(seen->keys[slot], key, VERIFY_HASH) != 0;) {
        slot = (slot + 1) & (seen->room - 1);
    }
    return slot;
}

bool verify_seen(const VerifySeen *seen, const unsigned char key[VERIFY_HASH])
{
    return seen->room > 0 && !sodium_is_zero(seen->keys[seen_slot(seen, key)], VERIFY_HASH);
}

bool verify_saw(VerifySeen *seen, const unsigned char key[VERIFY_HASH])
{
    if (seen->count * 2 >= seen->room) {
        VerifySeen wider = {.room = seen->room == 0 ? 1024 : seen->room * 2, .count = seen->count};
        wider.keys = calloc(wider.room, sizeof *wider.keys);
        if (wider.keys == NULL) {
            return false;
        }
        for (size_t i = 0; i < seen->room; i++) {
            if (!sodium_is_zero(seen->keys[i], VERIFY_HASH)) {
                memcpy(wider.keys[seen_slot(&wider, seen->keys[i])], seen->keys[i], VERIFY_HASH);
            }
        }
        free(seen->keys);
        *seen = wider;
    }
    memcpy(seen->keys[seen_slot(seen, key)], key, VERIFY_HASH);
    seen->count++;
    return true;
}

static bool check_coded(Verify *verify, int directory, const char *place, const char *name,
                        const VerifyBytes *plain)
{
    static const char *const endings[] = {[VERIFY_GZIP] = ".gz", [VERIFY_BROTLI] = ".br"};
    for (int coding = VERIFY_GZIP; coding <= VERIFY_BROTLI; coding++) {
        char coded_place[VERIFY_NAME_MAX + 8], coded_name[VERIFY_NAME_MAX + 8];
        VerifyBytes coded = {0};
        snprintf(coded_place, sizeof coded_place, "%s%s", place, endings[coding]);
        snprintf(coded_name, sizeof coded_name, "%s%s", name, endings[coding]);
        int found =
            verify_read(verify, directory, coded_place, coded_name, VERIFY_CODED_MAX, &coded);
        if (found < 0) {
            return false;
        }
        bool same =
            found == 0 || verify->request->unpack((VerifyCoding)coding, coded.bytes, coded.length,
                                                  plain->bytes, plain->length);
        verify_forget(&coded);
        if (!same) {
            return verify_wrong(verify, coded_name,
                                "does not unpack to the bytes of the plain file");
        }
        verify->report->coded += (uint64_t)found;
    }
    return true;
}

static void tell(Verify *verify)
{
    const VerifyReport *report = verify->report;
    uint64_t files = report->pages + report->nodes + report->objects;
    if (verify->request->progress != NULL && files % PROGRESS_STEP == 0) {
        verify->request->progress(files, verify->request->data);
    }
}

/* Reads the file of a name, compares its hash and its coded forms. */
bool verify_load(Verify *verify, const char *name, const unsigned char hash[VERIFY_HASH],
                 size_t limit, uint64_t *counter, VerifyBytes *bytes)
{
    char place[VERIFY_NAME_MAX];
    unsigned char got[VERIFY_HASH];
    int directory = verify->objects >= 0 ? verify->objects : verify->top;
    snprintf(place, sizeof place, "%s", name);
    if (verify->objects >= 0) {
        char hex[VERIFY_HEX + 1];
        verify_to_hex(hash, hex);
        snprintf(place, sizeof place, "%.2s/%s", hex, hex);
    }
    int found = verify_read(verify, directory, place, name, limit, bytes);
    if (found <= 0) {
        return found < 0 ? false : verify_wrong(verify, name, "is missing");
    }
    crypto_hash_sha256(got, bytes->bytes, bytes->length);
    if (memcmp(got, hash, VERIFY_HASH) != 0) {
        verify_forget(bytes);
        return verify_wrong(verify, name, "is not what was signed: its SHA-256 differs");
    }
    ++*counter;
    tell(verify);
    if (verify->request->unpack != NULL && !check_coded(verify, directory, place, name, bytes)) {
        verify_forget(bytes);
        return false;
    }
    return true;
}
