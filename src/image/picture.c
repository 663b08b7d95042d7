/*
 * libvips: picture.h. AVIF at effort 1 because more costs four times the time for no smaller a file
 * (docs/decisions/0050-pictures.md). Loaders are chosen by our own look at the first bytes; those
 * that libvips itself calls untrusted are switched off.
 */
#include "image/picture.h"

#include "base/error.h"
#include "image/header.h"
#include "image/image.h"

#include <gmodule.h>
#include <string.h>
#include <vips/vips.h>

#define MIDDLE_X 500 /* where nobody has said what matters: faces are above the middle */
#define MIDDLE_Y 400
#define TALLEST  10000 /* pixels: long strips of text are pictures too */

typedef VipsImage Picture;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Picture, g_object_unref)
typedef VipsArrayDouble Colour;

static void colour_free(Colour *colour)
{
    vips_area_unref(VIPS_AREA(colour));
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Colour, colour_free)

static const int widths[] = {1280, 800, 480};

/* The library's words, on one line. */
static bool broken(GError **error)
{
    g_autofree char *words = vips_error_buffer_copy();
    g_strdelimit(g_strstrip(words), "\n\r\t", ' ');
    return fail(error, KOLOKOL_ERROR_INVALID, "the picture does not decode: %.300s",
                *words == '\0' ? "the file is broken" : words);
}

/* Otherwise libvips loads all of its plug-ins, ImageMagick and a PDF reader among them. */
bool picture_begin(const char *program, GError **error)
{
    g_setenv("VIPSHOME", "/nonexistent", TRUE);
    /* No code made at run time: that memory is refused. */
    g_setenv("VIPS_NOVECTOR", "1", TRUE);
    g_setenv("ORC_CODE", "backup", TRUE);
    if (VIPS_INIT(program) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "libvips does not start");
    }
    g_autofree char *plugin = g_strdup_printf("%s/vips-modules-%d.%d/vips-heif.so", VIPS_LIBRARIES,
                                              VIPS_MAJOR_VERSION, VIPS_MINOR_VERSION);
    /* Not there where it is built in; if it is missing altogether, AVIF says so. */
    g_module_open(plugin, G_MODULE_BIND_LAZY);
    vips_block_untrusted_set(TRUE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    return true;
}

static bool check_size(const VipsImage *image, GError **error)
{
    uint64_t pixels = (uint64_t)image->Xsize * (uint64_t)image->Ysize;
    return (image->Xsize <= (int)IMAGE_SIDE_MAX && image->Ysize <= (int)IMAGE_SIDE_MAX &&
            pixels <= IMAGE_PIXELS_MAX) ||
           fail(error, KOLOKOL_ERROR_LIMIT,
                "the picture has %d × %d pixels; at most %u a side and %u million in all are "
                "accepted",
                image->Xsize, image->Ysize, IMAGE_SIDE_MAX, (unsigned)(IMAGE_PIXELS_MAX / 1000000));
}

static VipsImage *load(const void *bytes, size_t length, GError **error)
{
    VipsImage *image = NULL;
    int failed = -1;
    void *buffer = (void *)(uintptr_t)bytes;
    VipsAccess access = VIPS_ACCESS_SEQUENTIAL;
    switch (image_kind(bytes, length)) {
    case IMAGE_JPEG:
        failed = vips_jpegload_buffer(buffer, length, &image, "access", access, "fail_on",
                                      VIPS_FAIL_ON_ERROR, NULL);
        break;
    case IMAGE_PNG:
        failed = vips_pngload_buffer(buffer, length, &image, "access", access, "fail_on",
                                     VIPS_FAIL_ON_ERROR, NULL);
        break;
    case IMAGE_WEBP:
        failed = vips_webpload_buffer(buffer, length, &image, "access", access, "fail_on",
                                      VIPS_FAIL_ON_ERROR, NULL);
        break;
    case IMAGE_GIF:
        failed = vips_gifload_buffer(buffer, length, &image, "access", access, "fail_on",
                                     VIPS_FAIL_ON_ERROR, NULL);
        break;
    case IMAGE_HEIF:
        failed = vips_heifload_buffer(buffer, length, &image, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
        break;
    case IMAGE_UNKNOWN:
        fail(error, KOLOKOL_ERROR_INVALID,
             "this is no picture of a known kind; use JPEG, PNG, WebP, GIF, HEIC or AVIF");
        return NULL;
    }
    if (failed != 0) {
        broken(error);
        return NULL;
    }
    if (!check_size(image, error)) {
        g_object_unref(image);
        return NULL;
    }
    return image;
}

bool picture_check(const void *bytes, size_t length, GError **error)
{
    g_autoptr(Picture) image = load(bytes, length, error);
    double mean = 0;
    if (image == NULL) {
        return false;
    }
    return vips_avg(image, &mean, NULL) == 0 || broken(error);
}

void picture_metadata_clear(PictureMetadata *metadata)
{
    g_clear_pointer(&metadata->xmp, g_bytes_unref);
    g_clear_pointer(&metadata->iptc, g_bytes_unref);
    g_clear_pointer(&metadata->exif, g_bytes_unref);
}

static GBytes *blob(VipsImage *image, const char *name)
{
    const void *bytes = NULL;
    size_t length = 0;
    return vips_image_get_typeof(image, name) != 0 &&
                   vips_image_get_blob(image, name, &bytes, &length) == 0
               ? g_bytes_new(bytes, length)
               : NULL;
}

bool picture_metadata(const void *bytes, size_t length, PictureMetadata *metadata, GError **error)
{
    g_autoptr(Picture) image = load(bytes, length, error);
    if (image == NULL) {
        return false;
    }
    *metadata = (PictureMetadata){blob(image, VIPS_META_XMP_NAME), blob(image, VIPS_META_IPTC_NAME),
                                  blob(image, VIPS_META_EXIF_NAME)};
    return true;
}

/* The pixels and nothing else: an image as made by us, because not every saver's `strip` leaves out
 * all that came with the file (libvips 8.14 writes profile and XMP into WebP). */
static VipsImage *bare(VipsImage *image, GError **error)
{
    size_t size = 0;
    g_autofree void *pixels = vips_image_write_to_memory(image, &size);
    g_autoptr(Picture) plain =
        pixels == NULL ? NULL
                       : vips_image_new_from_memory_copy(pixels, size, image->Xsize, image->Ysize,
                                                         image->Bands, image->BandFmt);
    VipsImage *done = NULL;
    if (plain == NULL ||
        vips_copy(plain, &done, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) != 0) {
        broken(error);
        return NULL;
    }
    return done;
}

/* Upright, at most so wide, eight bits a channel in sRGB, on white, in memory. */
static VipsImage *prepare(const void *bytes, size_t length, int width, GError **error)
{
    /* A look at its header first, which refuses what is too large. */
    g_autoptr(Picture) known = load(bytes, length, error);
    g_autoptr(Picture) small = NULL;
    g_autoptr(Picture) srgb = NULL;
    g_autoptr(Picture) flat = NULL;
    if (known == NULL) {
        return NULL;
    }
    if (vips_thumbnail_buffer((void *)(uintptr_t)bytes, length, &small, width, "height",
                              MAX(width, TALLEST), "size", VIPS_SIZE_DOWN, "export_profile", "srgb",
                              NULL) != 0 ||
        vips_colourspace(small, &srgb, VIPS_INTERPRETATION_sRGB, NULL) != 0) {
        broken(error);
        return NULL;
    }
    g_autoptr(Colour) white = vips_array_double_newv(1, 255.0);
    if ((vips_image_hasalpha(srgb) ? vips_flatten(srgb, &flat, "background", white, NULL)
                                   : vips_copy(srgb, &flat, NULL)) != 0) {
        broken(error);
        return NULL;
    }
    return bare(flat, error);
}

static int save_jpeg(VipsImage *image, void **bytes, size_t *length)
{
    return vips_jpegsave_buffer(image, bytes, length, "Q", 78, "interlace", TRUE, "optimize_coding",
                                TRUE, "strip", TRUE, NULL);
}

static int save_webp(VipsImage *image, void **bytes, size_t *length)
{
    return vips_webpsave_buffer(image, bytes, length, "Q", 75, "effort", 4, "strip", TRUE, NULL);
}

static int save_avif(VipsImage *image, void **bytes, size_t *length)
{
    return vips_heifsave_buffer(image, bytes, length, "compression",
                                VIPS_FOREIGN_HEIF_COMPRESSION_AV1, "Q", 50, "effort", 1, "strip",
                                TRUE, NULL);
}

typedef struct {
    const char *format;
    int (*save)(VipsImage *image, void **bytes, size_t *length);
    bool strips; /* it writes EXIF of its own, which goes again */
} Saver;

typedef struct {
    PictureTaker take;
    void *data;
} Output;

static bool put(const Output *output, VipsImage *image, const char *shape, const Saver *saver,
                GError **error)
{
    g_autofree void *bytes = NULL;
    size_t length = 0;
    if (saver->save(image, &bytes, &length) != 0) {
        return broken(error);
    }
    PictureForm form = {shape, saver->format, image->Xsize, image->Ysize, bytes, length};
    g_autoptr(GByteArray) clean = NULL;
    if (saver->strips) {
        unsigned turned = 0;
        clean = image_strip_container(bytes, length, &turned, error);
        if (clean == NULL) {
            return false;
        }
        form.bytes = clean->data;
        form.length = clean->len;
    }
    return output->take(&form, output->data, error);
}

static bool put_formats(const Output *output, VipsImage *image, const char *shape, GError **error)
{
    static const Saver savers[] = {
        {"jpg", save_jpeg, false}, {"webp", save_webp, true}, {"avif", save_avif, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(savers); i++) {
        if (!put(output, image, shape, &savers[i], error)) {
            return false;
        }
    }
    return true;
}

static VipsImage *scaled(VipsImage *image, int width, int height, GError **error)
{
    VipsImage *small = NULL;
    if (vips_thumbnail_image(image, &small, width, "height", height, "size", VIPS_SIZE_DOWN,
                             NULL) != 0) {
        broken(error);
        return NULL;
    }
    return small;
}

/* The widths that it has; and its own, if that is none of them and below the largest. */
static bool put_wide(const Output *output, VipsImage *image, GError **error)
{
    bool own = image->Xsize < widths[0];
    for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
        if (image->Xsize < widths[i]) {
            continue;
        }
        own &= image->Xsize != widths[i];
        g_autoptr(Picture) small = scaled(image, widths[i], VIPS_MAX_COORD, error);
        if (small == NULL || !put_formats(output, small, "wide", error)) {
            return false;
        }
    }
    return !own || put_formats(output, image, "wide", error);
}

/* Where a square of `side` begins so that the focal point is in its middle, or as near as it can
 * be. */
static int begin_of(int focal, int length, int side)
{
    return CLAMP((int)((int64_t)focal * length / 1000) - side / 2, 0, length - side);
}

static bool put_square(const Output *output, VipsImage *image, int focal_x, int focal_y,
                       GError **error)
{
    int side = MIN(image->Xsize, image->Ysize), most = MIN(side, IMAGE_SQUARE);
    int left = begin_of(focal_x < 0 ? MIDDLE_X : focal_x, image->Xsize, side);
    int top = begin_of(focal_y < 0 ? MIDDLE_Y : focal_y, image->Ysize, side);
    g_autoptr(Picture) cut = NULL;
    if (vips_extract_area(image, &cut, left, top, side, side, NULL) != 0) {
        return broken(error);
    }
    g_autoptr(Picture) small = scaled(cut, most, most, error);
    return small != NULL && put_formats(output, small, "square", error);
}

bool picture_variants(const void *bytes, size_t length, int focal_x, int focal_y, PictureTaker take,
                      void *data, GError **error)
{
    Output output = {take, data};
    g_autoptr(Picture) image = prepare(bytes, length, widths[0], error);
    return image != NULL && put_square(&output, image, focal_x, focal_y, error) &&
           put_wide(&output, image, error);
}

static int save_best(VipsImage *image, void **bytes, size_t *length)
{
    return vips_jpegsave_buffer(image, bytes, length, "Q", 95, "optimize_coding", TRUE, "strip",
                                TRUE, NULL);
}

bool picture_convert(const void *bytes, size_t length, PictureTaker take, void *data,
                     GError **error)
{
    static const Saver best = {"jpg", save_best, false};
    Output output = {take, data};
    g_autoptr(Picture) image = prepare(bytes, length, (int)IMAGE_SIDE_MAX, error);
    return image != NULL && put(&output, image, "original", &best, error);
}

bool picture_crop(const void *bytes, size_t length, const PictureArea *area, PictureTaker take,
                  void *data, GError **error)
{
    static const Saver best = {"jpg", save_best, false};
    Output output = {take, data};
    g_autoptr(Picture) image = prepare(bytes, length, (int)IMAGE_SIDE_MAX, error);
    g_autoptr(Picture) cut = NULL;
    if (image == NULL) {
        return false;
    }
    if (area->x < 0 || area->y < 0 || area->width <= 0 || area->height <= 0 ||
        area->width > image->Xsize - area->x || area->height > image->Ysize - area->y) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "%d × %d at %d, %d does not lie inside the picture's %d × %d pixels",
                    area->width, area->height, area->x, area->y, image->Xsize, image->Ysize);
    }
    if (vips_extract_area(image, &cut, area->x, area->y, area->width, area->height, NULL) != 0) {
        return broken(error);
    }
    return put(&output, cut, "original", &best, error);
}
