/* JPEG: strip.h. Segments before, between and after the scans are judged one by one; the
 * entropy-coded bytes of a scan are copied. */
#include "image/strip_private.h"

#include <string.h>

#define SOI   0xD8
#define EOI   0xD9
#define SOS   0xDA
#define APP0  0xE0
#define APP1  0xE1
#define APP2  0xE2
#define ADOBE 0xEE

typedef struct {
    ImageBytes in;
    size_t at;
    GByteArray *out;
    bool frame, scan;
    unsigned *orientation;
} Jpeg;

static void put_segment(GByteArray *out, uint8_t marker, const void *data, size_t length)
{
    uint8_t head[4] = {0xFF, marker, (uint8_t)((length + 2) >> 8), (uint8_t)(length + 2)};
    g_byte_array_append(out, head, sizeof head);
    g_byte_array_append(out, data, (guint)length);
}

static void put_orientation(Jpeg *jpeg, const uint8_t *data, size_t length)
{
    unsigned orientation = strip_orientation(data + 6, length - 6);
    if (orientation == 1 || *jpeg->orientation != 1) {
        return;
    }
    uint8_t exif[6 + STRIP_EXIF] = "Exif\0";
    strip_exif(orientation, exif + 6);
    put_segment(jpeg->out, APP1, exif, sizeof exif);
    *jpeg->orientation = orientation;
}

/* DHT, DQT, DRI, DAC, DNL, DHP, EXP and the frames: what a decoder needs. */
static bool needed(uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xDF && marker != 0xC8;
}

static void take_segment(Jpeg *jpeg, uint8_t marker, const uint8_t *data, size_t length)
{
    static const uint8_t jfif[] = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    if (needed(marker)) {
        put_segment(jpeg->out, marker, data, length);
        jpeg->frame |= marker <= 0xCF && marker != 0xC4 && marker != 0xCC;
    } else if (marker == APP0 && length >= 14 && memcmp(data, "JFIF", 5) == 0) {
        put_segment(jpeg->out, APP0, jfif, sizeof jfif);
    } else if (marker == APP1 && length > 6 && memcmp(data, "Exif\0", 6) == 0) {
        put_orientation(jpeg, data, length);
    } else if (marker == APP2 && length > 14 && memcmp(data, "ICC_PROFILE", 12) == 0) {
        put_segment(jpeg->out, APP2, data, length);
    } else if (marker == ADOBE && length >= 12 && memcmp(data, "Adobe", 5) == 0) {
        put_segment(jpeg->out, ADOBE, data, 12); /* says how the colours are coded */
    }
}

/* The bytes of a scan, to the next marker that is no restart and no stuffing. */
static void copy_scan(Jpeg *jpeg)
{
    const uint8_t *bytes = jpeg->in.bytes;
    size_t from = jpeg->at, at = from;
    while (at < jpeg->in.length) {
        const uint8_t *mark = memchr(bytes + at, 0xFF, jpeg->in.length - at);
        if (mark == NULL || mark + 1 == bytes + jpeg->in.length) {
            at = jpeg->in.length;
            break;
        }
        at = (size_t)(mark - bytes);
        uint8_t next = bytes[at + 1];
        if (next != 0 && (next < 0xD0 || next > 0xD7)) {
            break;
        }
        at += 2;
    }
    g_byte_array_append(jpeg->out, bytes + from, (guint)(at - from));
    jpeg->at = at;
}

/* Moves over fill bytes to a marker's second byte. Rubbish between segments, which some cameras
 * leave, is passed over as decoders do. */
static bool find_marker(Jpeg *jpeg, uint8_t *marker)
{
    const uint8_t *bytes = jpeg->in.bytes;
    while (jpeg->at + 1 < jpeg->in.length) {
        if (bytes[jpeg->at] == 0xFF && bytes[jpeg->at + 1] != 0xFF && bytes[jpeg->at + 1] != 0) {
            *marker = bytes[jpeg->at + 1];
            jpeg->at += 2;
            return true;
        }
        jpeg->at++;
    }
    return false;
}

static bool alone(uint8_t marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= SOI);
}

bool strip_jpeg(ImageBytes in, GByteArray *out, unsigned *orientation, GError **error)
{
    static const uint8_t begin[] = {0xFF, SOI}, end[] = {0xFF, EOI};
    Jpeg jpeg = {.in = in, .at = 2, .out = out, .orientation = orientation};
    uint8_t marker = 0;
    g_byte_array_append(out, begin, sizeof begin);
    while (find_marker(&jpeg, &marker)) {
        if (marker == EOI) {
            g_byte_array_append(out, end, sizeof end);
            return jpeg.scan || strip_broken("JPEG", "there is no picture in it", error);
        }
        if (alone(marker)) {
            continue;
        }
        size_t left = in.length - jpeg.at;
        size_t length = left < 2 ? 0 : strip_big16(in.bytes + jpeg.at);
        if (length < 2 || length > left) {
            return strip_broken("JPEG", "a part of it is cut short", error);
        }
        take_segment(&jpeg, marker, in.bytes + jpeg.at + 2, length - 2);
        jpeg.at += length;
        if (marker == SOS) {
            if (!jpeg.frame) {
                return strip_broken("JPEG", "its size comes after its pixels", error);
            }
            jpeg.scan = true;
            copy_scan(&jpeg);
        }
    }
    return strip_broken("JPEG", "it is cut short", error);
}
