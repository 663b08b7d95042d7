/* What a picture says of itself: words.h. Which of it a person sees is image.c and the form. */
#include "image/words.h"

#include <exempi/xmp.h>
#include <exempi/xmpconsts.h>
#include <libexif/exif-data.h>
#include <libiptcdata/iptc-data.h>
#include <libiptcdata/iptc-jpeg.h>
#include <string.h>

#define NS_IPTC_CORE  "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
#define CREATORS_MOST 10

typedef enum { CAPTION, ALT, CREATOR, CREDIT, SOURCE, RIGHTS, TAKEN, WORDS } Word;

typedef struct {
    char *text[WORDS]; /* NULL: nothing said yet */
} Words;

void words_begin(void)
{
    xmp_init();
}

/* Text of no known coding: UTF-8 if it can be, else Latin 1, as cameras write. Takes the word that
 * was said first. */
static void say(Words *words, Word word, const void *bytes, size_t length)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *start = bytes;
    size_t used = strnlen(start, length);
    if (g_utf8_validate_len(start, used, NULL)) {
        g_string_append_len(text, start, (gssize)used);
    } else {
        for (size_t i = 0; i < used; i++) {
            g_string_append_unichar(text, (guchar)start[i]);
        }
    }
    g_strstrip(text->str);
    if (words->text[word] == NULL && *text->str != '\0') {
        words->text[word] = g_string_free(g_steal_pointer(&text), FALSE);
    }
}

/* Appends one creator more. */
static void join(GString *names, const char *name)
{
    g_string_append_printf(names, "%s%s", names->len == 0 || *name == '\0' ? "" : ", ", name);
}

/* A day at the beginning: "2026-11-24T…", "20261124", "2026:11:24 10:02:00". */
static void say_day(Words *words, const void *bytes, size_t length)
{
    char digits[9] = "";
    unsigned count = 0;
    const char *at = bytes;
    for (size_t i = 0; i < length && count < 8; i++) {
        if (g_ascii_isdigit(at[i])) {
            digits[count++] = at[i];
        } else if ((at[i] != '-' && at[i] != ':') || (count != 4 && count != 6)) {
            return;
        }
    }
    guint64 day = g_ascii_strtoull(digits, NULL, 10);
    if (count == 8 && g_date_valid_dmy((GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                                       (GDateYear)(day / 10000))) {
        g_autofree char *text = g_strdup_printf("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
        say(words, TAKEN, text, strlen(text));
    }
}

/* ---- XMP ------------------------------------------------------------------------------------ */

static void say_string(Words *words, Word word, XmpStringPtr string)
{
    const char *text = xmp_string_cstr(string);
    if (word == TAKEN) {
        say_day(words, text, strlen(text));
    } else {
        say(words, word, text, strlen(text));
    }
}

static void read_creators(Words *words, XmpPtr xmp, XmpStringPtr string)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (int32_t i = 1; i <= CREATORS_MOST; i++) {
        if (!xmp_get_array_item(xmp, NS_DC, "creator", i, string, NULL)) {
            break;
        }
        join(names, xmp_string_cstr(string));
    }
    say(words, CREATOR, names->str, names->len);
}

static void read_xmp(Words *words, const char *bytes, size_t length)
{
    static const struct {
        Word word;
        bool localized;
        const char *space, *name;
    } rows[] = {{CAPTION, true, NS_DC, "description"},
                {ALT, true, NS_IPTC_CORE, "AltTextAccessibility"},
                {CREDIT, false, NS_PHOTOSHOP, "Credit"},
                {SOURCE, false, NS_PHOTOSHOP, "Source"},
                {RIGHTS, true, NS_DC, "rights"},
                {TAKEN, false, NS_PHOTOSHOP, "DateCreated"},
                {TAKEN, false, NS_EXIF, "DateTimeOriginal"}};

    XmpPtr xmp = xmp_new_empty();
    XmpStringPtr string = xmp_string_new();
    if (xmp_parse(xmp, bytes, length)) {
        for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
            if (rows[i].localized
                    ? xmp_get_localized_text(xmp, rows[i].space, rows[i].name, NULL, "x-default",
                                             NULL, string, NULL)
                    : xmp_get_property(xmp, rows[i].space, rows[i].name, string, NULL)) {
                say_string(words, rows[i].word, string);
            }
        }
        read_creators(words, xmp, string);
    }
    xmp_string_free(string);
    xmp_free(xmp);
}

/* ---- IPTC ----------------------------------------------------------------------------------- */

/* A JPEG has it within Photoshop's block, other kinds bare. */
static IptcData *find_iptc(const uint8_t *bytes, size_t length)
{
    static const char photoshop[] = "Photoshop 3.0";
    unsigned found = 0;
    if (length > sizeof photoshop && memcmp(bytes, photoshop, sizeof photoshop) == 0) {
        int at = iptc_jpeg_ps3_find_iptc(bytes, (unsigned)length, &found);
        return at > 0 && found <= length && (size_t)at <= length - found
                   ? iptc_data_new_from_data(bytes + at, found)
                   : NULL;
    }
    return iptc_data_new_from_data(bytes, (unsigned)length);
}

static void read_iptc(Words *words, const uint8_t *bytes, size_t length)
{
    static const struct {
        Word word;
        IptcTag tag;
    } rows[] = {{CAPTION, IPTC_TAG_CAPTION},
                {CREDIT, IPTC_TAG_CREDIT},
                {SOURCE, IPTC_TAG_SOURCE},
                {RIGHTS, IPTC_TAG_COPYRIGHT_NOTICE}};

    IptcData *data = find_iptc(bytes, length);
    if (data == NULL) {
        return;
    }
    g_autoptr(GString) names = g_string_new(NULL);
    for (unsigned i = 0; i < data->count; i++) {
        const IptcDataSet *set = data->datasets[i];
        if (set->record != IPTC_RECORD_APP_2 || set->data == NULL) {
            continue;
        }
        for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
            if (set->tag == rows[k].tag) {
                say(words, rows[k].word, set->data, set->size);
            }
        }
        if (set->tag == IPTC_TAG_DATE_CREATED) {
            say_day(words, set->data, set->size);
        } else if (set->tag == IPTC_TAG_BYLINE) {
            g_autofree char *name = g_strndup((const char *)set->data, set->size);
            join(names, name);
        }
    }
    say(words, CREATOR, names->str, names->len);
    iptc_data_unref(data);
}

/* ---- EXIF ----------------------------------------------------------------------------------- */

/* "OLYMPUS DIGITAL CAMERA": what a camera says of itself, not of the picture. */
static bool is_of_machine(const char *text)
{
    static const char *const endings[] = {"DIGITAL CAMERA", "SONY DSC", "DCIM", "SAMSUNG",
                                          "DEFAULT"};
    g_autofree char *loud = g_ascii_strup(text, -1);
    g_strstrip(loud);
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        if (g_str_has_suffix(loud, endings[i])) {
            return true;
        }
    }
    return false;
}

static void read_exif(Words *words, const uint8_t *bytes, size_t length)
{
    static const struct {
        Word word;
        ExifIfd directory;
        ExifTag tag;
    } rows[] = {{CAPTION, EXIF_IFD_0, EXIF_TAG_IMAGE_DESCRIPTION},
                {CREATOR, EXIF_IFD_0, EXIF_TAG_ARTIST},
                {RIGHTS, EXIF_IFD_0, EXIF_TAG_COPYRIGHT},
                {TAKEN, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL}};

    ExifData *data = exif_data_new_from_data(bytes, (unsigned)length);
    for (size_t i = 0; data != NULL && i < G_N_ELEMENTS(rows); i++) {
        const ExifEntry *entry = exif_content_get_entry(data->ifd[rows[i].directory], rows[i].tag);
        if (entry == NULL || entry->data == NULL || entry->format != EXIF_FORMAT_ASCII) {
            continue;
        }
        g_autofree char *text = g_strndup((const char *)entry->data, entry->size);
        if (rows[i].word == TAKEN) {
            say_day(words, text, strlen(text));
        } else if (rows[i].word == CREATOR || !is_of_machine(text)) {
            say(words, rows[i].word, text, strlen(text));
        }
    }
    if (data != NULL) {
        exif_data_unref(data);
    }
}

static const void *block(GBytes *bytes, size_t *length)
{
    const void *data = bytes == NULL ? NULL : g_bytes_get_data(bytes, length);
    return data != NULL && *length <= WORDS_BLOCK ? data : NULL;
}

GByteArray *words_read(const PictureMetadata *metadata)
{
    Words words = {0};
    size_t length = 0;
    const void *bytes = block(metadata->xmp, &length);
    if (bytes != NULL) {
        read_xmp(&words, bytes, length);
    }
    if ((bytes = block(metadata->iptc, &length)) != NULL) {
        read_iptc(&words, bytes, length);
    }
    if ((bytes = block(metadata->exif, &length)) != NULL) {
        read_exif(&words, bytes, length);
    }
    GByteArray *out = g_byte_array_new();
    for (unsigned i = 0; i < WORDS; i++) {
        const char *text = words.text[i] == NULL ? "" : words.text[i];
        g_byte_array_append(out, (const guint8 *)text, (guint)strlen(text) + 1);
        g_free(words.text[i]);
    }
    return out;
}
