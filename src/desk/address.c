/*
 * Paths for stories: address.h. That a path is free is story_path.c's question; what the paths of
 * the other pages are is written where the pages are (src/paper).
 */
#include "desk/address.h"

#include "base/error.h"
#include "base/limits.h"
#include "edition/path.h"

#include <inttypes.h>
#include <string.h>

/* First parts (after xx/) under which the edition puts pages and files of its own. */
static const char *const own_folders[] = {
    "section", "topic",      "author",  "archive", "o",           "STATUS", "support",
    "search",  "newsletter", "mirrors", "t",       ".well-known", "GONE"};
/* Files at the root or under xx/ that the edition makes itself. */
static const char *const own_files[] = {"index.html", "404.html", "search.html"};
/* A folder must not look like a page or a coded file: that name may be one in another edition. */
static const char *const file_ends[] = {".html", ".htm", ".txt", ".xml", ".json", ".gz", ".br"};

static const char *language_prefix(const DeskSite *site, const char *language)
{
    return strcmp(language, desk_site_first_language(site)) == 0 ? "" : language;
}

char *address_default(const DeskSite *site, StoryKind kind, const char *language, int64_t day,
                      const char *slug)
{
    const char *prefix = language_prefix(site, language);
    const char *slash = prefix[0] != '\0' ? "/" : "";
    if (kind == STORY_KIND_PAGE) {
        return g_strdup_printf("%s%s%s.html", prefix, slash, slug);
    }
    return g_strdup_printf("%s%s%04d/%02d/%02d/%s.html", prefix, slash, (int)(day / 10000),
                           (int)(day / 100 % 100), (int)(day % 100), slug);
}

static bool all_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return false;
        }
    }
    return true;
}

/* YYYY/index.html, YYYY/MM/index.html, YYYY/MM/DD/index.html: the archive's pages. */
static bool archive_page(const char *path)
{
    static const size_t digits[] = {4, 2, 2};
    unsigned part = 0;
    while (part < G_N_ELEMENTS(digits) && strlen(path) > digits[part] &&
           all_digits(path, digits[part]) && path[digits[part]] == '/') {
        path += digits[part] + 1;
        part++;
    }
    return part > 0 && g_ascii_strcasecmp(path, "index.html") == 0;
}

bool address_reserved(const DeskSite *site, const char *path)
{
    for (const char *const *language = site->languages; *language != NULL; language++) {
        size_t length = strlen(*language);
        if (g_ascii_strncasecmp(path, *language, length) == 0 && path[length] == '/') {
            if (strncmp(path, *language, length) != 0) {
                return true; /* a folder beside that of the language, but for its capitals */
            }
            path += length + 1;
            break;
        }
    }
    size_t first = strcspn(path, "/");
    for (unsigned i = 0; path[first] == '/' && i < G_N_ELEMENTS(own_folders); i++) {
        if (strlen(own_folders[i]) == first &&
            g_ascii_strncasecmp(path, own_folders[i], first) == 0) {
            return true;
        }
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(own_files); i++) {
        if (g_ascii_strcasecmp(path, own_files[i]) == 0) {
            return true;
        }
    }
    return archive_page(path);
}

/* scheme://host and what leads to the path. */
static const char *without_host(const char *given)
{
    const char *rest = given;
    if (g_ascii_strncasecmp(given, "http://", 7) == 0 ||
        g_ascii_strncasecmp(given, "https://", 8) == 0) {
        rest = strstr(given, "://") + 3;
        rest += strcspn(rest, "/?#");
    }
    while (*rest == '/') {
        rest++;
    }
    return rest;
}

static bool character_ok(gunichar c)
{
    if (c < 0x80) {
        return g_ascii_isalnum((char)c) || strchr("-._~+,=@!/", (int)c) != NULL;
    }
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static bool part_ok(const char *part, bool folder)
{
    for (unsigned i = 0; folder && i < G_N_ELEMENTS(file_ends); i++) {
        if (g_str_has_suffix(part, file_ends[i])) {
            return false;
        }
    }
    return true;
}

static bool shape_ok(const char *path, GError **error)
{
    if (!edition_path_valid(path, error)) {
        return false;
    }
    for (const char *at = path; *at != '\0'; at = g_utf8_find_next_char(at, NULL)) {
        if (!character_ok(g_utf8_get_char(at))) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "the address \"%.300s\" has a character that a path must not have; use "
                        "letters, digits "
                        "and - . _ ~",
                        path);
        }
    }
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (unsigned i = 0; parts[i] != NULL; i++) {
        if (!part_ok(parts[i], parts[i + 1] != NULL)) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "the address \"%.300s\" has a part \"%.60s\" that a path must not have; "
                        "choose another",
                        path, parts[i]);
        }
    }
    return true;
}

char *address_page(const char *path)
{
    g_autofree char *bare = g_strndup(path, strcspn(path, "?#"));
    g_autofree char *page = g_uri_unescape_string(bare, NULL);
    if (page == NULL || !g_utf8_validate(page, -1, NULL)) {
        return NULL;
    }
    for (size_t length = strlen(page); length > 0 && page[length - 1] == '/'; length--) {
        page[length - 1] = '\0';
    }
    if (page[0] == '\0') {
        return g_strdup("index.html");
    }
    bool whole = g_str_has_suffix(page, ".html") || g_str_has_suffix(page, ".htm");
    return whole ? g_steal_pointer(&page) : g_strconcat(page, "/index.html", NULL);
}

/* The path for an address, be it the edition's own or not. */
static char *path_of(const char *given, GError **error)
{
    const char *rest = without_host(given);
    if (strpbrk(rest, "?#") != NULL) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "the address \"%.300s\" has a query or a fragment; only a path can be kept", given);
        return NULL;
    }
    if (rest[strspn(rest, "/")] == '\0') {
        fail(error, KOLOKOL_ERROR_INVALID, "the address \"%.300s\" has no path", given);
        return NULL;
    }
    if (!g_utf8_validate(rest, -1, NULL)) {
        fail(error, KOLOKOL_ERROR_INVALID, "the address is not UTF-8; give it as plain text");
        return NULL;
    }
    g_autofree char *path = address_page(rest);
    if (path == NULL) {
        fail(error, KOLOKOL_ERROR_INVALID, "the address \"%.300s\" has a broken %%-sequence",
             given);
        return NULL;
    }
    if (strlen(path) > LIMIT_PATH) {
        fail(error, KOLOKOL_ERROR_LIMIT, "the address \"%.60s…\" is longer than %u bytes", given,
             LIMIT_PATH);
        return NULL;
    }
    return shape_ok(path, error) ? g_steal_pointer(&path) : NULL;
}

char *address_target(const char *given, GError **error)
{
    const char *rest = without_host(given);
    return rest[strspn(rest, "/")] == '\0' ? g_strdup("index.html") : path_of(given, error);
}

char *address_given(const DeskSite *site, const char *given, GError **error)
{
    g_autofree char *path = path_of(given, error);
    if (path == NULL) {
        return NULL;
    }
    if (address_reserved(site, path)) {
        fail(error, KOLOKOL_ERROR_INVALID,
             "the address %s is one that the edition uses itself; choose another", path);
        return NULL;
    }
    return g_steal_pointer(&path);
}
