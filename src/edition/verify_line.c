/* Lines of nodes and what their names may be: verify.h. Written apart from node.c on purpose. */
#include "edition/verify_private.h"

#include <stdlib.h>
#include <string.h>

void verify_to_hex(const unsigned char hash[VERIFY_HASH], char hex[VERIFY_HEX + 1])
{
    sodium_bin2hex(hex, VERIFY_HEX + 1, hash, VERIFY_HASH);
}

/* 64 lower-case digits. */
bool verify_from_hex(const char *hex, unsigned char hash[VERIFY_HASH])
{
    char again[VERIFY_HEX + 1];
    size_t length = 0;
    if (sodium_hex2bin(hash, VERIFY_HASH, hex, VERIFY_HEX, NULL, &length, NULL) != 0 ||
        length != VERIFY_HASH) {
        return false;
    }
    verify_to_hex(hash, again);
    return memcmp(again, hex, VERIFY_HEX) == 0;
}

static bool parse_line(const char *line, size_t length, VerifyEntry *entry)
{
    const size_t tail = 4 + VERIFY_HEX;
    if (length <= 8 + tail || memcmp(line, "SHA256 (", 8) != 0 ||
        memcmp(line + length - tail, ") = ", 4) != 0 ||
        !verify_from_hex(line + length - VERIFY_HEX, entry->hash)) {
        return false;
    }
    entry->name = line + 8;
    entry->length = length - tail - 8;
    return entry->length < VERIFY_NAME_MAX - 16;
}

static bool grows(const VerifyEntry *before, const VerifyEntry *entry)
{
    size_t common = before->length < entry->length ? before->length : entry->length;
    int order = memcmp(before->name, entry->name, common);
    return order < 0 || (order == 0 && before->length < entry->length);
}

/* Lines up to the end, nothing else between them; names strictly growing. Free `all`. */
bool verify_entries(Verify *verify, const char *node, const char *cursor, const char *end,
                    VerifyEntries *entries)
{
    size_t most = (size_t)(end - cursor) / (8 + 4 + VERIFY_HEX) + 1;
    *entries = (VerifyEntries){.all = calloc(most, sizeof(VerifyEntry))};
    while (entries->all != NULL && cursor < end) {
        const char *stop = memchr(cursor, '\n', (size_t)(end - cursor));
        VerifyEntry *entry = &entries->all[entries->count];
        if (stop == NULL || !parse_line(cursor, (size_t)(stop - cursor), entry) ||
            (entries->count > 0 && !grows(entry - 1, entry))) {
            free(entries->all);
            *entries = (VerifyEntries){0};
            return verify_wrong(verify, node,
                                "has a line that is not \"SHA256 (name) = hash\" in order");
        }
        entries->count++;
        cursor = stop + 1;
    }
    return entries->all != NULL || verify_wrong(verify, node, "needs more memory than there is");
}

/* Safe as a relative path: no empty or dotted name, no control character, no backslash. */
static bool is_safe(const char *name)
{
    for (const char *part = name;; part++) {
        size_t length = strcspn(part, "/");
        bool known = part == name && length == 11 && memcmp(part, ".well-known", 11) == 0;
        if (length == 0 || (*part == '.' && !known)) {
            return false;
        }
        for (size_t i = 0; i < length; i++) {
            if ((unsigned char)part[i] <= ' ' || part[i] == 0x7f || part[i] == '\\') {
                return false;
            }
        }
        part += length;
        if (*part == '\0') {
            return true;
        }
    }
}

/* 0 to 255 from two lower-case hex digits at the end of a string. */
int verify_shard(const char *digits)
{
    static const char hex[] = "0123456789abcdef";
    const char *high = digits[0] == '\0' ? NULL : strchr(hex, digits[0]);
    const char *low = high == NULL || digits[1] == '\0' ? NULL : strchr(hex, digits[1]);
    return low == NULL || digits[2] != '\0' ? -1 : (int)((high - hex) * 16 + (low - hex));
}

static bool in_shard(const char *name, int shard)
{
    unsigned char hash[VERIFY_HASH];
    crypto_hash_sha256(hash, (const unsigned char *)name, strlen(name));
    return shard == VERIFY_WHOLE || hash[0] == shard;
}

static bool is_named(const char *name, size_t length, const char *wanted)
{
    return strlen(wanted) == length && memcmp(name, wanted, length) == 0;
}

/* MANIFEST and MANIFEST.…, OBJECTS and OBJECTS.…: the name of a node, or of none. */
static bool is_node(const char *name, size_t length, const char *node)
{
    size_t own = strlen(node);
    return length >= own && memcmp(name, node, own) == 0 && (length == own || name[own] == '.');
}

/* A name, of a page or of a directory, that the edition itself has. */
static bool is_taken(const char *name, size_t length, bool at_root)
{
    static const char *const files[] = {"EDITION", "EDITION.sig", "FRESH", "KEYS", "KEY.pub", "o"};
    bool taken = is_node(name, length, "MANIFEST") || is_node(name, length, "OBJECTS");
    for (size_t i = 0; at_root && i < sizeof files / sizeof *files; i++) {
        taken = taken || is_named(name, length, files[i]);
    }
    return taken;
}

/* What a name may be in the MANIFEST of `dir`, or in that shard of it. */
VerifyKind verify_kind(const char *dir, int shard, const char *name)
{
    size_t length = strlen(dir);
    if (!is_safe(name) ||
        (length > 0 && (strncmp(name, dir, length) != 0 || name[length] != '/'))) {
        return VERIFY_WRONG;
    }
    const char *last = length > 0 ? name + length + 1 : name;
    const char *slash = strchr(last, '/');
    if (slash != NULL) {
        bool fine =
            strcmp(slash, "/MANIFEST") == 0 && !is_taken(last, (size_t)(slash - last), length == 0);
        return fine && in_shard(name, shard) ? VERIFY_DIRECTORY : VERIFY_WRONG;
    }
    if (is_node(last, strlen(last), "MANIFEST")) {
        return shard == VERIFY_WHOLE && last[8] == '.' && verify_shard(last + 9) >= 0
                   ? VERIFY_SHARD
                   : VERIFY_WRONG;
    }
    if (is_node(last, strlen(last), "OBJECTS")) {
        bool own = shard == VERIFY_WHOLE ? last[7] == '\0'
                                         : last[7] == '.' && verify_shard(last + 8) == shard;
        return own ? VERIFY_OBJECTS : VERIFY_WRONG;
    }
    return !is_taken(last, strlen(last), length == 0) && in_shard(name, shard) ? VERIFY_PAGE
                                                                               : VERIFY_WRONG;
}
