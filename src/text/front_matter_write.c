/*
 * Writing a head that any YAML reader takes as texts: every value in double quotes (YAML 1.1,
 * 5.7 and 7.3.1).
 */
#include "text/front_matter.h"

#include <string.h>

static bool is_plain_key(const char *key)
{
    for (const char *p = key; *p != '\0'; p++) {
        if (!g_ascii_isalnum(*p) && *p != '_' && (*p != '-' || p == key) &&
            (*p != '.' || p == key)) {
            return false;
        }
    }
    return g_ascii_isalpha(*key);
}

/* Characters that YAML does not allow as they are, or that it takes for line breaks. */
static bool needs_escape(gunichar c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           c == 0xFFFE || c == 0xFFFF;
}

static void append_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *p = text; *p != '\0';) {
        gunichar c = g_utf8_get_char(p);
        gssize size = (guchar)g_utf8_skip[(guchar)*p];
        if (c == '"' || c == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *p);
        } else if (c == '\n') {
            g_string_append(out, "\\n");
        } else if (needs_escape(c)) {
            g_string_append_printf(out, "\\u%04X", c);
        } else {
            g_string_append_len(out, p, size);
        }
        p += size;
    }
    g_string_append_c(out, '"');
}

static void append_entry(GString *out, const FrontMatterEntry *entry)
{
    if (entry->kind == FRONT_MATTER_UNSUPPORTED) {
        return;
    }
    if (is_plain_key(entry->key)) {
        g_string_append(out, entry->key);
    } else {
        append_quoted(out, entry->key);
    }
    g_string_append_c(out, ':');
    if (entry->kind == FRONT_MATTER_SCALAR) {
        g_string_append_c(out, ' ');
        append_quoted(out, entry->values[0]);
    } else if (entry->values[0] == NULL) {
        g_string_append(out, " []");
    }
    for (char **value = entry->values; entry->kind == FRONT_MATTER_LIST && *value != NULL;
         value++) {
        g_string_append(out, "\n  - ");
        append_quoted(out, *value);
    }
    g_string_append_c(out, '\n');
}

char *front_matter_write(const FrontMatter *front, const char *body, size_t length)
{
    GString *out = g_string_sized_new(length + 512);
    g_string_append(out, "---\n");
    for (unsigned i = 0; i < front_matter_count(front); i++) {
        append_entry(out, front_matter_entry(front, i));
    }
    g_string_append(out, "---\n");
    g_string_append_len(out, body, (gssize)length);
    return g_string_free(out, FALSE);
}
