/*
 * Character references (HTML 13.2.5.72 ff): numbers here, names by cmark's table, which knows those
 * that end in a semicolon; of the old names that may stand without one, only the common ones.
 */
#include "text/sanitise_token.h"

#include <cmark-gfm/houdini.h>
#include <string.h>

#define REPLACEMENT 0xFFFDu

/* References to C1 controls mean Windows-1252 (13.2.5.80); Word and old editors write them. */
static const guint16 WINDOWS_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static const struct {
    char name[6];
    guint16 character;
} OLD_NAMES[] = {
    {"amp", '&'},   {"lt", '<'},    {"gt", '>'},   {"quot", '"'},   {"nbsp", 0xA0},
    {"copy", 0xA9}, {"reg", 0xAE},  {"shy", 0xAD}, {"laquo", 0xAB}, {"raquo", 0xBB},
    {"sect", 0xA7}, {"para", 0xB6}, {"deg", 0xB0}, {"pound", 0xA3}, {"times", 0xD7},
};

/* Unicode, D14: noncharacters. */
static bool is_noncharacter(guint32 value)
{
    return (value >= 0xFDD0 && value <= 0xFDEF) || (value & 0xFFFE) == 0xFFFE;
}

static bool is_character(guint32 value)
{
    return value > 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) &&
           (value < 0x7F || value > 0x9F) && !is_noncharacter(value);
}

bool html_is_forbidden(const char *at)
{
    guchar lead = (guchar)at[0];
    if (lead == 0xC2) {
        return (guchar)at[1] < 0xA0;
    }
    return lead >= 0xEF && is_noncharacter(g_utf8_get_char(at));
}

static size_t number_decode(const char *at, const char *end, guint32 *character)
{
    const char *p = at + 2;
    bool hexadecimal = p < end && (*p == 'x' || *p == 'X');
    p += hexadecimal ? 1 : 0;
    const char *first = p;
    guint32 value = 0;
    for (; p < end; p++) {
        int digit = hexadecimal ? g_ascii_xdigit_value(*p) : g_ascii_digit_value(*p);
        if (digit < 0) {
            break;
        }
        value = MIN(value * (hexadecimal ? 16u : 10u) + (guint32)digit, 0x110000u);
    }
    if (p == first) {
        return 0;
    }
    if (value >= 0x80 && value < 0xA0) {
        value = WINDOWS_1252[value - 0x80];
    }
    *character = is_character(value) ? value : REPLACEMENT;
    return (size_t)(p - at) + (p < end && *p == ';' ? 1 : 0);
}

/* With the semicolon if `closed`, else the name alone. */
static size_t old_name_decode(const char *at, const char *end, bool closed, guint32 *character)
{
    size_t left = (size_t)(end - at) - 1;
    for (size_t i = 0; i < G_N_ELEMENTS(OLD_NAMES); i++) {
        size_t length = strlen(OLD_NAMES[i].name);
        if (left >= length + closed && memcmp(at + 1, OLD_NAMES[i].name, length) == 0 &&
            (!closed || at[1 + length] == ';')) {
            *character = OLD_NAMES[i].character;
            return 1 + length + closed;
        }
    }
    return 0;
}

static size_t name_decode(const char *at, const char *end, char utf8[static 12], size_t *length)
{
    cmark_strbuf buffer;
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &buffer, 0);
    bufsize_t used =
        houdini_unescape_ent(&buffer, (const uint8_t *)at + 1, (bufsize_t)MIN(end - at - 1, 40));
    size_t size = (size_t)buffer.size;
    bool fits = used > 0 && size > 0 && size <= 12;
    if (fits) {
        memcpy(utf8, buffer.ptr, size);
        *length = size;
    }
    cmark_strbuf_free(&buffer);
    return fits ? (size_t)used + 1 : 0;
}

size_t html_reference_decode(const char *at, const char *end, bool in_attribute,
                             char utf8[static 12], size_t *utf8_length)
{
    guint32 character = 0;
    size_t used = 0;
    if (end - at >= 3 && at[1] == '#') {
        used = number_decode(at, end, &character);
    } else if (end - at >= 3 && g_ascii_isalpha(at[1])) {
        used = old_name_decode(at, end, true, &character);
        if (used == 0) {
            used = name_decode(at, end, utf8, utf8_length);
            if (used > 0) {
                return used;
            }
            used = in_attribute ? 0 : old_name_decode(at, end, false, &character);
        }
    }
    if (used > 0) {
        *utf8_length = (size_t)g_unichar_to_utf8(character, utf8);
    }
    return used;
}

static void remove_forbidden(GString *text)
{
    for (gsize i = 0; i < text->len;) {
        gsize size = (guchar)g_utf8_skip[(guchar)text->str[i]];
        if ((guchar)text->str[i] >= 0xC2 && html_is_forbidden(text->str + i)) {
            g_string_erase(text, (gssize)i, (gssize)size);
        } else {
            i += size;
        }
    }
}

void html_attribute_value(const HtmlAttribute *attribute, GString *out)
{
    const char *at = attribute->value;
    const char *end = at + attribute->value_length;
    g_string_truncate(out, 0);
    while (at < end) {
        const char *ampersand = memchr(at, '&', (size_t)(end - at));
        const char *stop = ampersand == NULL ? end : ampersand;
        g_string_append_len(out, at, stop - at);
        at = stop;
        if (at < end) {
            char utf8[12];
            size_t length = 0;
            size_t used = html_reference_decode(at, end, true, utf8, &length);
            g_string_append_len(out, used > 0 ? utf8 : "&", used > 0 ? (gssize)length : 1);
            at += used > 0 ? used : 1;
        }
    }
    remove_forbidden(out);
}
