/* Paths of an edition: path.h. */
#include "edition/path.h"

#include "base/error.h"
#include "base/limits.h"
#include "seal/hash.h"

#include <string.h>

/* "MANIFEST", "MANIFEST.0a", and the same of OBJECTS. */
static bool is_node(const char *name, size_t length)
{
    static const char *const nodes[] = {"MANIFEST", "OBJECTS"};
    for (size_t i = 0; i < G_N_ELEMENTS(nodes); i++) {
        size_t own = strlen(nodes[i]);
        if (length >= own && strncmp(name, nodes[i], own) == 0 &&
            (length == own || name[own] == '.')) {
            return true;
        }
    }
    return false;
}

/* As a directory too: where the file of that name stands there can be none. */
static bool is_of_the_root(const char *name, size_t length)
{
    static const char *const files[] = {"EDITION", "EDITION.sig", "FRESH", "KEYS", "KEY.pub"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        if (strlen(files[i]) == length && strncmp(name, files[i], length) == 0) {
            return true;
        }
    }
    return (length == 1 && *name == 'o') || (length > 5 && strncmp(name, "KEYS.", 5) == 0);
}

/* What is wrong with one name of a path; NULL if nothing. */
static const char *name_fault(const char *name, size_t length, bool at_root, bool last)
{
    if (length == 0) {
        return "it has an empty name";
    }
    if (*name == '.' && !(at_root && length == 11 && strncmp(name, ".well-known", 11) == 0)) {
        return "a name begins with a dot";
    }
    if (name[length - 1] == '.') {
        return "a name ends with a dot";
    }
    if (last && length > 3 &&
        (strcmp(name + length - 3, ".gz") == 0 || strcmp(name + length - 3, ".br") == 0)) {
        return "it ends like the compressed form of another file";
    }
    if (is_node(name, length) || (at_root && is_of_the_root(name, length))) {
        return "the edition itself uses that name";
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c <= 0x20 || c == 0x7f || strchr("\\\"<>|*?:()", c) != NULL) {
            return "it has a space or another character that a path may not have";
        }
    }
    return NULL;
}

bool edition_path_valid(const char *path, GError **error)
{
    if (strlen(path) > LIMIT_PATH) {
        g_autofree char *start = g_strndup(path, 60);
        g_autofree char *shown = g_utf8_make_valid(start, -1);
        return fail(error, KOLOKOL_ERROR_LIMIT, "the path %s… has %zu bytes; the limit is %u",
                    shown, strlen(path), LIMIT_PATH);
    }
    const char *fault = g_utf8_validate(path, -1, NULL) ? NULL : "it is not UTF-8";
    const char *name = path;
    while (fault == NULL) {
        size_t length = strcspn(name, "/");
        fault = name_fault(name, length, name == path, name[length] == '\0');
        if (name[length] == '\0') {
            break;
        }
        name += length + 1;
    }
    if (fault == NULL) {
        return true;
    }
    g_autofree char *shown = g_utf8_make_valid(path, -1);
    for (char *c = shown; *c != '\0'; c++) {
        *c = (unsigned char)*c < 0x20 ? '?' : *c;
    }
    return fail(error, KOLOKOL_ERROR_INVALID, "the path \"%s\" is not possible: %s", shown, fault);
}

char *edition_path_directory(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? g_strdup("") : g_strndup(path, (size_t)(slash - path));
}

int64_t edition_path_shard(const char *name)
{
    return hash_of(name, strlen(name)).bytes[0];
}

bool edition_object_name_valid(const char *name)
{
    Hash hash;
    if (strncmp(name, "o/", 2) != 0 || strlen(name) < 5 + 64 + 2 || name[4] != '/' ||
        name[69] != '.') {
        return false;
    }
    g_autofree char *hex = g_strndup(name + 5, 64);
    const char *extension = name + 70;
    size_t length = strlen(extension);
    return hash_parse(hex, &hash) && strncmp(name + 2, hex, 2) == 0 && length <= 8 &&
           strcmp(extension, "gz") != 0 && strcmp(extension, "br") != 0 &&
           strspn(extension, "abcdefghijklmnopqrstuvwxyz0123456789") == length;
}
