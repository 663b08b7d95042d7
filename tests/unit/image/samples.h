/* Small containers of each kind with something secret wherever a camera or a program may put it.
 * Their pixels do not decode: for tests of what never looks at pixels. */
#pragma once

#include <glib.h>
#include <string.h>
#include <zlib.h>

#define SECRET "SECRET-52.37N"

static inline void sample_add(GByteArray *out, const void *bytes, size_t length)
{
    g_byte_array_append(out, bytes, (guint)length);
}

/* EXIF with an orientation of 6 and a text. */
static inline void sample_exif(GByteArray *out)
{
    static const guint8 head[] = {'I', 'I', '*', 0, 8, 0,  0, 0, 2, 0,    0x0F, 1, 2,
                                  0,   13,  0,   0, 0, 38, 0, 0, 0, 0x12, 1,    3, 0,
                                  1,   0,   0,   0, 6, 0,  0, 0, 0, 0,    0,    0};
    sample_add(out, head, sizeof head);
    sample_add(out, SECRET, strlen(SECRET));
}

static inline void sample_segment(GByteArray *out, guint8 marker, const void *data, size_t length)
{
    guint8 head[] = {0xFF, marker, (guint8)((length + 2) >> 8), (guint8)(length + 2)};
    sample_add(out, head, sizeof head);
    sample_add(out, data, length);
}

static inline GByteArray *sample_jpeg(void)
{
    GByteArray *out = g_byte_array_new();
    g_autoptr(GByteArray) exif = g_byte_array_new();
    sample_add(exif, "Exif\0", 6);
    sample_exif(exif);
    sample_add(out, "\xFF\xD8", 2);
    sample_segment(out, 0xE0, "JFIF\0\1\2\1\1\54\1\54\1\1abc", 17); /* with a thumbnail */
    sample_segment(out, 0xE1, exif->data, exif->len);
    sample_segment(out, 0xE1, "http://ns.adobe.com/xap/1.0/\0" SECRET, 42);
    sample_segment(out, 0xE2, "ICC_PROFILE\0\1\1colours", 21);
    sample_segment(out, 0xE2, "MPF\0" SECRET, 17);
    sample_segment(out, 0xED, "Photoshop 3.0\0" SECRET, 27);
    sample_segment(out, 0xEE, "Adobe\0\144\0\0\0\0\1" SECRET, 25);
    sample_segment(out, 0xFE, SECRET, strlen(SECRET));
    sample_segment(out, 0xDB, "quantisation", 12);
    sample_segment(out, 0xC0, "\10\0\20\0\10\1\1\21\0", 9);
    sample_segment(out, 0xC4, "huffman", 7);
    sample_segment(out, 0xDA, "\1\1\0\0\77\0", 6);
    sample_add(out, "scan\xFF\0more\xFF\xD0last", 16);
    sample_segment(out, 0xFE, SECRET, strlen(SECRET)); /* between the scans */
    sample_segment(out, 0xDA, "\1\1\0\0\77\0", 6);
    sample_add(out, "second", 6);
    sample_add(out, "\xFF\xD9" SECRET, 2 + strlen(SECRET));
    return out;
}

static inline void sample_chunk(GByteArray *out, const char *type, const void *data, size_t length)
{
    guint32 size = GUINT32_TO_BE((guint32)length);
    sample_add(out, &size, 4);
    guint from = out->len;
    sample_add(out, type, 4);
    sample_add(out, data, length);
    guint32 sum = GUINT32_TO_BE((guint32)crc32(0, out->data + from, out->len - from));
    sample_add(out, &sum, 4);
}

static inline GByteArray *sample_png(void)
{
    GByteArray *out = g_byte_array_new();
    g_autoptr(GByteArray) exif = g_byte_array_new();
    sample_exif(exif);
    sample_add(out, "\x89PNG\r\n\x1A\n", 8);
    sample_chunk(out, "IHDR", "\0\0\0\20\0\0\0\10\10\2\0\0\0", 13);
    sample_chunk(out, "iCCP", SECRET "\0\0colours", strlen(SECRET) + 9);
    sample_chunk(out, "tEXt", "Author\0" SECRET, 7 + strlen(SECRET));
    sample_chunk(out, "eXIf", exif->data, exif->len);
    sample_chunk(out, "gAMA", "\0\0\261\217", 4);
    sample_chunk(out, "prIv", SECRET, strlen(SECRET));
    sample_chunk(out, "IDAT", "pixels", 6);
    sample_chunk(out, "tIME", SECRET, 7);
    sample_chunk(out, "IEND", NULL, 0);
    sample_add(out, SECRET, strlen(SECRET));
    return out;
}

static inline void sample_riff(GByteArray *out, const char *type, const void *data, size_t length)
{
    guint32 size = GUINT32_TO_LE((guint32)length);
    sample_add(out, type, 4);
    sample_add(out, &size, 4);
    sample_add(out, data, length);
    sample_add(out, "", length % 2);
}

static inline GByteArray *sample_webp(void)
{
    GByteArray *out = g_byte_array_new();
    g_autoptr(GByteArray) exif = g_byte_array_new();
    sample_exif(exif);
    sample_riff(out, "RIFF", "WEBP", 4);
    sample_riff(out, "VP8X", "\x2C\0\0\0\17\0\0\7\0\0", 10);
    sample_riff(out, "ICCP", "colours", 7);
    sample_riff(out, "VP8L", "\x2F\17\300\1\0pixels", 11);
    sample_riff(out, "EXIF", exif->data, exif->len);
    sample_riff(out, "XMP ", SECRET, strlen(SECRET));
    sample_riff(out, "WHAT", SECRET, strlen(SECRET));
    guint32 size = GUINT32_TO_LE(out->len - 8);
    memcpy(out->data + 4, &size, 4);
    sample_add(out, SECRET, strlen(SECRET));
    return out;
}

static inline GByteArray *sample_gif(void)
{
    GByteArray *out = g_byte_array_new();
    sample_add(out, "GIF89a\20\0\10\0\200\0\0abcdef", 19);
    sample_add(out, "!\xFE\15" SECRET "\0", 17);
    sample_add(out, "!\xFF\13NETSCAPE2.0\3\1\0\0\0", 19);
    sample_add(out, "!\xFF\13XMP DataXMP\15" SECRET "\0", 29);
    sample_add(out, "!\xF9\4\0\0\0\0\0", 8);
    sample_add(out, ",\0\0\0\0\20\0\10\0\0\2\3xyz\0", 16);
    sample_add(out, ";" SECRET, 1 + strlen(SECRET));
    return out;
}
