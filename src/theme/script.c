/* Scripts inside pages: script.h. What a page's policy says of them: theme.c and paper/. */
#include "theme/script.h"

#include "theme/embedded.h"

#include <glib.h>
#include <string.h>

/* Without the lines that are comments, and without line ends. */
static void append(GString *out, const EmbeddedFile *file)
{
    g_auto(GStrv) lines = g_strsplit(file->bytes, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (!g_str_has_prefix(*line, "//")) {
            g_string_append(out, *line);
        }
    }
}

char *script_of(const char *own, const char *const *used)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (; *used != NULL; used++) {
        g_autofree char *name = g_strconcat("theme/", *used, ".js", NULL);
        const EmbeddedFile *file = strcmp(*used, own) == 0 ? NULL : embedded_read(name);
        if (file != NULL) {
            append(out, file);
        }
    }
    return out->len == 0 ? NULL : g_string_free(g_steal_pointer(&out), FALSE);
}
