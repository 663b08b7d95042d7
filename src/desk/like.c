/* One pattern: like.h. */
#include "desk/like.h"

#include <glib.h>
#include <string.h>

char *desk_like(const char *word, const char *around)
{
    GString *pattern = g_string_new("%");
    g_string_append(pattern, around);
    for (const char *at = word; *at != '\0'; at++) {
        if (strchr("!%_", *at) != NULL) {
            g_string_append_c(pattern, '!');
        }
        g_string_append_c(pattern, *at);
    }
    g_string_append(pattern, around);
    g_string_append_c(pattern, '%');
    return g_string_free(pattern, FALSE);
}
