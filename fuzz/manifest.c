/*
 * What an edition's own files say, parsed from bytes of strangers (a mirror, a stick): EDITION,
 * MANIFEST, OBJECTS, STATUS, GONE. The first byte chooses. What is taken must come out again as the
 * same bytes, and no name may lead out of the directory that it stands for.
 */
#include "edition/edition.h"
#include "edition/gone.h"
#include "edition/node.h"
#include "edition/path.h"
#include "edition/status.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const GString *made, const char *text, size_t length)
{
    if (made->len != length || memcmp(made->str, text, length) != 0) {
        g_error("what was parsed is written otherwise");
    }
}

static void try_node(const char *text, size_t length)
{
    g_autoptr(GArray) entries = node_parse(text, length, NULL);
    g_autoptr(GString) again = g_string_new(NULL);
    if (entries == NULL) {
        return;
    }
    node_write(again, (const NodeEntry *)(const void *)entries->data, entries->len);
    same(again, text, length);
    for (guint i = 0; i < entries->len; i++) {
        const char *name = g_array_index(entries, NodeEntry, i).name;
        g_assert_nonnull(node_find(entries, name));
        for (int64_t shard = -1; shard < 2; shard++) {
            bool in_root = node_kind("", shard, name) != NODE_WRONG;
            bool in_folder = node_kind("2026", shard, name) != NODE_WRONG;
            g_assert_false((in_root || in_folder) && (*name == '/' || strstr(name, "..") == name ||
                                                      strstr(name, "/../") != NULL));
            g_assert_false(in_folder && strncmp(name, "2026/", 5) != 0);
        }
    }
}

static void try_objects(const char *text, size_t length)
{
    g_autoptr(GArray) objects = objects_parse(text, length, NULL);
    g_autoptr(GString) again = g_string_new(NULL);
    if (objects != NULL) {
        objects_write(again, (const NodeObject *)(const void *)objects->data, objects->len);
        same(again, text, length);
    }
}

static void try_edition(const char *text, size_t length)
{
    g_auto(Edition) edition = {0};
    if (edition_parse(text, length, &edition, NULL)) {
        g_autofree char *again = edition_text(&edition, NULL);
        g_assert_true(again != NULL && strlen(again) == length && memcmp(again, text, length) == 0);
    }
}

static void try_status(const char *text, size_t length)
{
    g_autoptr(GArray) lines = status_parse(text, length, NULL);
    g_autoptr(GString) again = g_string_new(NULL);
    for (guint i = 0; lines != NULL && i < lines->len; i++) {
        const StatusLine *line = &g_array_index(lines, StatusLine, i);
        g_assert_true(status_write(again, line->code, line->path, line->target, NULL));
    }
    if (lines != NULL) {
        same(again, text, length);
    }
}

static void count_path(const Hash *path, void *data)
{
    ++*(size_t *)data;
}

/* A path has a line of its own, and what is refused says why. */
static void try_gone(const char *text, size_t length)
{
    size_t paths = 0, lines = 0;
    g_autoptr(GError) error = NULL;
    bool read = gone_parse(text, length, count_path, &paths, &error);
    for (size_t i = 0; i < length; i++) {
        lines += text[i] == '\n';
    }
    g_assert_true(read == (error == NULL) && paths <= lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const tries[])(const char *, size_t) = {try_node, try_objects, try_edition,
                                                          try_status};
    if (size > 0) {
        /* An exact copy: a read past the end is seen. */
        g_autofree char *text = g_memdup2(data + 1, size - 1);
        const char *given = text == NULL ? "" : text;
        if (data[0] == 'g') {
            try_gone(given, size - 1);
        } else {
            tries[data[0] % G_N_ELEMENTS(tries)](given, size - 1);
        }
    }
    return 0;
}
