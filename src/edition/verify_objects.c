/* OBJECTS and the hash-named files that it lists: verify.h. */
#include "edition/verify_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In a plain tree the same bytes may stand under several names, and each is a file. */
static void seen_key(const Verify *verify, const char *name, const unsigned char hash[VERIFY_HASH],
                     unsigned char key[VERIFY_HASH])
{
    if (verify->objects >= 0) {
        memcpy(key, hash, VERIFY_HASH);
    } else {
        crypto_generichash(key, VERIFY_HASH, (const unsigned char *)name, strlen(name), NULL, 0);
    }
}

/* "o/ab/<sha256>.<ext>" of exactly that hash. */
static bool is_object_name(const char *name, const unsigned char hash[VERIFY_HASH])
{
    char hex[VERIFY_HEX + 1], start[VERIFY_HEX + 8];
    verify_to_hex(hash, hex);
    snprintf(start, sizeof start, "o/%.2s/%s.", hex, hex);
    size_t length = strlen(start);
    const char *extension = name + length;
    return strncmp(name, start, length) == 0 && *extension != '\0' && strlen(extension) <= 8 &&
           strspn(extension, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(extension);
}

static bool check_object(Verify *verify, const char *name, const unsigned char hash[VERIFY_HASH],
                         uint64_t size)
{
    unsigned char key[VERIFY_HASH];
    VerifyBytes bytes = {0};
    seen_key(verify, name, hash, key);
    if (verify_seen(&verify->seen, key)) {
        return true;
    }
    if (!verify_load(verify, name, hash, VERIFY_FILE_MAX, &verify->report->objects, &bytes)) {
        return false;
    }
    size_t length = bytes.length;
    verify_forget(&bytes);
    if (length != size) {
        return verify_wrong(verify, name, "has %zu bytes; OBJECTS says %llu", length,
                            (unsigned long long)size);
    }
    return verify_saw(&verify->seen, key) ||
           verify_wrong(verify, name, "needs more memory than there is");
}

/* "size: 123 NAME\n", the name being the entry's. Returns what follows, NULL if it is not so. */
static const char *parse_size(const char *cursor, const char *end, const VerifyEntry *entry,
                              uint64_t *size)
{
    const char *stop = cursor == end ? NULL : memchr(cursor, '\n', (size_t)(end - cursor));
    size_t digits = 0;
    if (stop == NULL || stop - cursor < 6 || memcmp(cursor, "size: ", 6) != 0) {
        return NULL;
    }
    cursor += 6;
    for (*size = 0; cursor[digits] >= '0' && cursor[digits] <= '9' && digits < 9; digits++) {
        *size = *size * 10 + (uint64_t)(cursor[digits] - '0');
    }
    bool fine = digits > 0 && cursor[digits] == ' ' &&
                (size_t)(stop - cursor) == digits + 1 + entry->length &&
                memcmp(cursor + digits + 1, entry->name, entry->length) == 0;
    return fine ? stop + 1 : NULL;
}

static bool check_each_object(Verify *verify, const char *node, const char *sizes,
                              const char *sizes_end, const VerifyEntries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        const VerifyEntry *entry = &entries->all[i];
        char name[VERIFY_NAME_MAX];
        uint64_t size = 0;
        snprintf(name, sizeof name, "%.*s", (int)entry->length, entry->name);
        sizes = parse_size(sizes, sizes_end, entry, &size);
        if (sizes == NULL || !is_object_name(name, entry->hash)) {
            return verify_wrong(verify, node, "its sizes, names and hashes do not agree");
        }
        if (!check_object(verify, name, entry->hash, size)) {
            return false;
        }
    }
    return sizes == sizes_end ||
           verify_wrong(verify, node, "its sizes, names and hashes do not agree");
}

bool verify_objects(Verify *verify, const char *node, const unsigned char hash[VERIFY_HASH])
{
    static const char head[] = "kolokol-objects 1\n";
    VerifyBytes bytes = {0};
    VerifyEntries entries = {0};
    if (!verify_load(verify, node, hash, VERIFY_NODE_MAX, &verify->report->nodes, &bytes)) {
        return false;
    }
    const char *text = (const char *)bytes.bytes, *end = text + bytes.length;
    bool fine = bytes.length >= sizeof head - 1 && memcmp(text, head, sizeof head - 1) == 0;
    const char *sizes = fine ? text + sizeof head - 1 : end, *lines = sizes;
    while (lines < end && *lines == 's') {
        const char *stop = memchr(lines, '\n', (size_t)(end - lines));
        lines = stop == NULL ? end : stop + 1;
    }
    fine = fine ? verify_entries(verify, node, lines, end, &entries) &&
                      check_each_object(verify, node, sizes, lines, &entries)
                : verify_wrong(verify, node, "does not begin with \"kolokol-objects 1\"");
    free(entries.all);
    verify_forget(&bytes);
    return fine;
}
