/* multipart/form-data with files from any bytes, the boundary being "x": refused, or parts that lie
 * in the body, with names that can be shown. */
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *body = g_memdup2(data, size);
    HttpRequest request;
    http_request_init(&request, "POST", "/");
    http_request_add(&request, "Content-Type", "multipart/form-data; boundary=x");
    request.body = body;
    request.body_length = size;
    g_autoptr(GArray) parts = multipart_of_request(&request, 8, &error);
    g_assert_true((parts == NULL) == (error != NULL));
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        const MultipartPart *part = &g_array_index(parts, MultipartPart, i);
        g_assert_true(g_utf8_validate(part->name, -1, NULL));
        g_assert_true(part->file == NULL || g_utf8_validate(part->file, -1, NULL));
        g_assert_true(part->bytes >= body && part->bytes + part->length <= body + size);
    }
    return 0;
}
