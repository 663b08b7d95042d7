/* multipart/form-data from any bytes, the boundary being "x": refused or read, never a crash. */
#include "web/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    /* the parser takes a length, but looks for text: a byte 0 after it, as the server's bodies have
     * none, must not be needed */
    g_autofree char *body = g_memdup2(data, size);
    HttpRequest request;
    http_request_init(&request, "POST", "/");
    http_request_add(&request, "Content-Type", "multipart/form-data; boundary=x");
    request.body = body;
    request.body_length = size;
    g_autoptr(Fields) fields = fields_of_body(&request, &error);
    g_assert_true((fields == NULL) == (error != NULL));
    if (fields != NULL) {
        const char *value = fields_get(fields, "a");
        g_assert_true(value == NULL || g_utf8_validate(value, -1, NULL));
    }
    return 0;
}
