/* A picture's header from any bytes: refused, or a known kind with a sane size. */
#include "image/header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ImageHeader header = {0};
    g_autoptr(GError) error = NULL;
    if (!image_header_read(data, size, &header, &error)) {
        g_assert_nonnull(error);
        return 0;
    }
    g_assert_nonnull(header.extension);
    g_assert_nonnull(header.mime);
    g_assert_true(header.width >= 1 && header.width <= IMAGE_SIDE_MAX);
    g_assert_true(header.height >= 1 && header.height <= IMAGE_SIDE_MAX);
    return 0;
}
