/* Names to cells: readers.h. Counting itself is base/tally.c; who calls it, site.c. */
#include "stand/readers.h"

#include <string.h>

static const char *const feeds[] = {"feed.xml", "atom.xml", "feed.json", NULL};
static const char *const lists[] = {"section", "topic", "author", "archive", NULL};
static const char *const pages[] = {"support", "newsletter", "newsletters", "search", NULL};

static bool one_of(const char *const *words, const char *word, size_t length)
{
    for (; *words != NULL; words++) {
        if (strlen(*words) == length && strncmp(*words, word, length) == 0) {
            return true;
        }
    }
    return false;
}

size_t readers_tongue(const char *name)
{
    size_t letters = strspn(name, "abcdefghijklmnopqrstuvwxyz");
    size_t rest = name[letters] == '-'
                      ? 1 + strspn(name + letters + 1, "abcdefghijklmnopqrstuvwxyz0123456789")
                      : 0;
    bool good =
        (letters == 2 || letters == 3) && rest != 1 && rest <= 9 && name[letters + rest] == '/';
    return good ? letters + rest : 0;
}

/* "2026/11/23/index.html", "2026/index.html": what came out in that time. */
static bool is_date(const char *path)
{
    size_t digits = strspn(path, "0123456789/");
    return digits > 0 && strcmp(path + digits, "index.html") == 0;
}

static const char *kind_of_html(const char *path)
{
    const char *slash = strchr(path, '/');
    if (strcmp(path, "index.html") == 0) {
        return "front";
    }
    if (strcmp(path, "404.html") == 0) {
        return NULL;
    }
    if (slash == NULL || one_of(pages, path, (size_t)(slash - path))) {
        return "page";
    }
    return is_date(path) || one_of(lists, path, (size_t)(slash - path)) ? "list" : "story";
}

static const char *kind_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *last = slash != NULL ? slash + 1 : path;
    if (g_str_has_prefix(path, "o/") || path[0] == '.') {
        return NULL;
    }
    if (one_of(feeds, last, strlen(last))) {
        return "feed";
    }
    if (g_str_has_suffix(last, ".html")) {
        return kind_of_html(path);
    }
    return g_str_has_suffix(last, ".txt") && strcmp(path, "robots.txt") != 0 &&
                   strcmp(path, "404.txt") != 0
               ? "text"
               : NULL;
}

bool readers_cell(const char *name, bool tongue, char cell[TALLY_NAME])
{
    size_t length = tongue ? readers_tongue(name) : 0;
    const char *kind = kind_of(length > 0 ? name + length + 1 : name);
    if (kind == NULL) {
        return false;
    }
    g_snprintf(cell, TALLY_NAME, "%.*s/%s", length > 0 ? (int)length : 1, length > 0 ? name : "-",
               kind);
    return true;
}
