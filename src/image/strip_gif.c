/* GIF: strip.h. Comments, plain text and the blocks of programs go, save the count of an
 * animation's rounds. */
#include "image/strip_private.h"

#include <string.h>

#define HEAD 13u /* signature and screen */

static size_t table_size(uint8_t flags)
{
    return (flags & 0x80) != 0 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Where the sub-blocks that begin at `at` end; 0 if they are cut short. */
static size_t blocks_end(ImageBytes in, size_t at)
{
    while (at < in.length) {
        size_t length = in.bytes[at];
        at += 1 + length;
        if (length == 0) {
            return at;
        }
    }
    return 0;
}

static bool keeps(ImageBytes in, size_t at)
{
    uint8_t label = in.bytes[at + 1];
    bool program = label == 0xFF && in.length - at >= 14 && in.bytes[at + 2] == 11;
    const uint8_t *name = in.bytes + at + 3;
    return label == 0xF9 || (program && (memcmp(name, "NETSCAPE2.0", 11) == 0 ||
                                         memcmp(name, "ANIMEXTS1.0", 11) == 0));
}

bool strip_gif(ImageBytes in, GByteArray *out, GError **error)
{
    bool pixels = false;
    size_t at = in.length < HEAD ? in.length : HEAD + table_size(in.bytes[10]);
    if (at >= in.length) {
        return strip_broken("GIF", "it is cut short", error);
    }
    g_byte_array_append(out, in.bytes, (guint)at);
    while (at < in.length && in.bytes[at] != 0x3B) {
        size_t end = 0;
        bool keep = true;
        if (in.bytes[at] == 0x2C && in.length - at > 11) {
            end = blocks_end(in, at + 11 + table_size(in.bytes[at + 9]));
            pixels = true;
        } else if (in.bytes[at] == 0x21 && in.length - at > 2) {
            end = blocks_end(in, at + 2);
            keep = keeps(in, at);
        }
        if (end == 0) {
            return strip_broken("GIF", "it is cut short", error);
        }
        if (keep) {
            g_byte_array_append(out, in.bytes + at, (guint)(end - at));
        }
        at = end;
    }
    g_byte_array_append(out, (const uint8_t *)"\x3B", 1);
    return pixels || strip_broken("GIF", "there is no picture in it", error);
}
