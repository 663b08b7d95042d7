/*
 * The stand's view of edition/: names by its reader, statuses by its table, and the rules that
 * concern only serving: what a name may be taken for, and where a moved page is.
 */
#include "stand/source.h"

#include "edition/reader.h"
#include "edition/status.h"
#include "stand/types.h"

#include <string.h>

struct Source {
    EditionReader *reader;
    StatusTable *statuses; /* NULL until the first page is looked up */
};

char *source_current(int edition_directory)
{
    return edition_current(edition_directory);
}

Source *source_open(int edition_directory, GError **error)
{
    EditionReader *reader = edition_reader_open(edition_directory, EDITION_READER_CACHE, error);
    if (reader == NULL) {
        return NULL;
    }
    Source *source = g_new0(Source, 1);
    source->reader = reader;
    return source;
}

void source_free(Source *source)
{
    if (source == NULL) {
        return;
    }
    edition_reader_free(source->reader);
    status_table_free(source->statuses);
    g_free(source);
}

/* A path of the edition as a Location: absolute, percent-encoded; an address elsewhere as it is. */
static char *location_of(const char *target)
{
    if (g_str_has_prefix(target, "https://") || g_str_has_prefix(target, "http://")) {
        return g_uri_escape_string(target, "/!$&'()*+,;=:@?#[]%", false);
    }
    const char *path = target + strspn(target, "/"); /* never "//host" */
    g_autofree char *escaped = g_uri_escape_string(path, "/!$&'()*+,;=:@", false);
    if (strcmp(escaped, "index.html") == 0 || g_str_has_suffix(escaped, "/index.html")) {
        escaped[strlen(escaped) - strlen("index.html")] = '\0';
    }
    return g_strconcat("/", escaped, NULL);
}

/* STATUS is read when the first page is looked up, not at start. If it cannot be read, the stubs
 * that stand at the same paths are served as they are, as a server that knows nothing of STATUS
 * does. */
static const StatusTable *statuses_of(Source *source)
{
    if (source->statuses == NULL) {
        source->statuses = status_table_read(source->reader, NULL);
    }
    if (source->statuses == NULL) {
        source->statuses = status_table_new();
    }
    return source->statuses;
}

static unsigned status_of(Source *source, const char *name, char **target)
{
    const StatusLine *line = status_table_find(statuses_of(source), name);
    if (line == NULL) {
        return 200;
    }
    if (line->code == 301 && line->target != NULL) {
        *target = location_of(line->target);
        return 301;
    }
    return 410;
}

/* A hash-named file's type is what its name says, and any bytes of the store could be asked for
 * under any extension; so types in which a browser would run script are not served from o/, or
 * bytes that came in as a picture could be asked for as a page. */
static bool servable(const char *name)
{
    const ContentType *type = content_type_of(name);
    return !g_str_has_prefix(name, "o/") || !type->document || g_str_has_suffix(name, ".svg");
}

bool source_find(Source *source, const char *name, SourceEntry *entry)
{
    Hash hash;
    SourceEntry found = {.status = 200};
    if (!servable(name) || !edition_reader_find(source->reader, name, &hash, NULL)) {
        return false;
    }
    if (!g_str_has_prefix(name, "o/")) {
        found.status = status_of(source, name, &found.target);
    }
    hash_hex(&hash, found.hash);
    *entry = found;
    return true;
}

bool source_gone(Source *source, const char *name)
{
    return status_table_gone(statuses_of(source), name);
}

/* "slug.txt" of "slug.html" and the other way round; NULL for a name of another kind. */
static char *other_form(const char *name, const char *from, const char *to)
{
    return !g_str_has_suffix(name, from)
               ? NULL
               : g_strdup_printf("%.*s%s", (int)(strlen(name) - strlen(from)), name, to);
}

unsigned source_text_moved(Source *source, const char *name, char **target)
{
    Hash hash;
    g_autofree char *page = other_form(name, ".txt", ".html");
    const StatusLine *line = page == NULL ? NULL : status_table_find(statuses_of(source), page);
    if (line == NULL) {
        return page != NULL && source_gone(source, page) ? 410 : 0;
    }
    if (line->code != 301 || line->target == NULL) {
        return 410;
    }
    g_autofree char *text = other_form(line->target, ".html", ".txt");
    bool there = text != NULL && edition_reader_find(source->reader, text, &hash, NULL);
    *target = location_of(there ? text : line->target);
    return 301;
}

void source_entry_clear(SourceEntry *entry)
{
    g_clear_pointer(&entry->target, g_free);
}

bool source_object(Source *source, const char *hash, HttpCoding coding, SourceObject *object)
{
    static const ObjectCoding codings[] = {OBJECT_PLAIN, OBJECT_GZIP, OBJECT_BROTLI};
    Hash key;
    EditionFile file;
    if (!hash_parse(hash, &key) ||
        !edition_reader_open_file(source->reader, &key, codings[coding], &file, NULL)) {
        return false;
    }
    *object = (SourceObject){file.file, file.length, file.modified};
    return true;
}

const char *source_etag_suffix(HttpCoding coding)
{
    static const char *const suffixes[] = {"", "-gzip9", "-br11"};
    return suffixes[coding];
}
