#include "image/header.h"

#include "../desk/fixture.h"
#include "base/error.h"

#include <string.h>

static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0,   0, 0,
                              13,   'I', 'H', 'D', 'R',  0,    0,    2,    128, 0, 0,
                              1,    224, 8,   2,   0,    0,    0,    0,    0,   0, 0};
static const uint8_t gif[] = {'G', 'I', 'F', '8', '9', 'a', 0x40, 0x01, 0xF0, 0, 0, 0, 0};
static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF, 0xE0, 0,    4, 'J', 'F',  0xFF, 0xFF, 0xC2, 0, 11,
                               8,    0x03, 0x20, 0x04, 0xB0, 1, 1,   0x11, 0,    0xFF, 0xDA};
static const uint8_t webp_lossy[] = {'R',  'I', 'F', 'F',  30,   0,    0,    0,    'W',  'E',
                                     'B',  'P', 'V', 'P',  '8',  ' ',  10,   0,    0,    0,
                                     0x30, 1,   0,   0x9D, 0x01, 0x2A, 0x40, 0x01, 0xF0, 0};
static const uint8_t webp_lossless[] = {'R',  'I',  'F',  'F',  30,  0,   0,  0, 'W', 'E',
                                        'B',  'P',  'V',  'P',  '8', 'L', 10, 0, 0,   0,
                                        0x2F, 0x3F, 0xC1, 0x3B, 0,   0,   0,  0, 0,   0};
static const uint8_t webp_extended[] = {'R', 'I', 'F', 'F', 30,   0,   0,  0,    'W', 'E',
                                        'B', 'P', 'V', 'P', '8',  'X', 10, 0,    0,   0,
                                        0,   0,   0,   0,   0x3F, 1,   0,  0xEF, 0,   0};

static void good(const void *bytes, size_t length, const char *extension, uint32_t width,
                 uint32_t height)
{
    ImageHeader header = {0};
    assert_ok(image_header_read(bytes, length, &header, error));
    g_assert_cmpstr(header.extension, ==, extension);
    g_assert_cmpuint(header.width, ==, width);
    g_assert_cmpuint(header.height, ==, height);
}

static void test_kinds(void)
{
    good(png, sizeof png, "png", 640, 480);
    good(gif, sizeof gif, "gif", 320, 240);
    good(jpeg, sizeof jpeg, "jpg", 1200, 800);
    good(webp_lossy, sizeof webp_lossy, "webp", 320, 240);
    good(webp_lossless, sizeof webp_lossless, "webp", 320, 240);
    good(webp_extended, sizeof webp_extended, "webp", 320, 240);
}

/* Every shorter beginning is refused or gives a size, and reads no byte outside. */
static void cut(const uint8_t *bytes, size_t length)
{
    for (size_t most = 0; most <= length; most++) {
        uint8_t *copy = g_memdup2(bytes, most);
        ImageHeader header = {0};
        g_autoptr(GError) error = NULL;
        bool read = image_header_read(copy, most, &header, &error);
        g_assert_true(read == (error == NULL));
        g_free(copy);
    }
}

static void test_cut(void)
{
    cut(png, sizeof png);
    cut(gif, sizeof gif);
    cut(jpeg, sizeof jpeg);
    cut(webp_lossy, sizeof webp_lossy);
    cut(webp_lossless, sizeof webp_lossless);
    cut(webp_extended, sizeof webp_extended);
}

static void test_refused(void)
{
    ImageHeader header = {0};
    assert_fails(image_header_read("<svg/>", 6, &header, error), KOLOKOL_ERROR_INVALID,
                 "no picture of a known kind");
    uint8_t copy[sizeof png];
    memcpy(copy, png, sizeof png);
    memset(copy + 16, 0, 4);
    assert_fails(image_header_read(copy, sizeof copy, &header, error), KOLOKOL_ERROR_INVALID,
                 "broken");
    memset(copy + 16, 0x7F, 8);
    assert_fails(image_header_read(copy, sizeof copy, &header, error), KOLOKOL_ERROR_LIMIT,
                 "pixels");
    uint8_t endless[4096];
    memset(endless, 0xFF, sizeof endless);
    endless[1] = 0xD8;
    assert_fails(image_header_read(endless, sizeof endless, &header, error), KOLOKOL_ERROR_INVALID,
                 "broken");
    static const uint8_t empty_segment[] = {0xFF, 0xE1, 0x00, 0x02};
    for (size_t i = 2; i + sizeof empty_segment <= sizeof endless; i += sizeof empty_segment) {
        memcpy(endless + i, empty_segment, sizeof empty_segment);
    }
    assert_fails(image_header_read(endless, sizeof endless, &header, error), KOLOKOL_ERROR_INVALID,
                 "broken");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/desk/image-header/kinds", test_kinds);
    g_test_add_func("/desk/image-header/cut", test_cut);
    g_test_add_func("/desk/image-header/refused", test_refused);
    return g_test_run();
}
