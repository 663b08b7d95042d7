#include "edition/coded.h"

#include <brotli/encode.h>
#include <glib.h>
#include <string.h>
#include <zlib.h>

static GByteArray *packed(VerifyCoding coding, const char *plain, size_t length)
{
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, (guint)length + 1024);
    if (coding == VERIFY_BROTLI) {
        size_t room = bytes->len;
        g_assert_true(BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, length, (const uint8_t *)plain,
                                            &room, bytes->data));
        g_byte_array_set_size(bytes, (guint)room);
        return bytes;
    }
    z_stream stream = {0};
    g_assert_cmpint(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);
    g_autofree Bytef *copy = g_malloc(length + 1);
    memcpy(copy, plain, length);
    stream.next_in = copy;
    stream.avail_in = (uInt)length;
    stream.next_out = bytes->data;
    stream.avail_out = bytes->len;
    g_assert_cmpint(deflate(&stream, Z_FINISH), ==, Z_STREAM_END);
    g_byte_array_set_size(bytes, (guint)stream.total_out);
    deflateEnd(&stream);
    return bytes;
}

static void check(VerifyCoding coding, const char *plain, size_t length)
{
    g_autoptr(GByteArray) bytes = packed(coding, plain, length);
    g_assert_true(coded_same(coding, bytes->data, bytes->len, plain, length));
    g_assert_false(coded_same(coding, bytes->data, bytes->len - 1, plain, length));
    g_assert_false(coded_same(coding, bytes->data, 0, plain, length));
    g_autofree char *more = g_malloc0(length + 2);
    memcpy(more, plain, length);
    g_assert_false(coded_same(coding, bytes->data, bytes->len, more, length + 1));
    if (length > 0) {
        g_assert_false(coded_same(coding, bytes->data, bytes->len, plain, length - 1));
        more[length / 2]++;
        g_assert_false(coded_same(coding, bytes->data, bytes->len, more, length));
    }
    guint8 tail = 0;
    g_byte_array_append(bytes, &tail, 1);
    g_assert_false(coded_same(coding, bytes->data, bytes->len, plain, length));
    g_assert_false(coded_same(coding == VERIFY_GZIP ? VERIFY_BROTLI : VERIFY_GZIP, bytes->data,
                              bytes->len - 1, plain, length));
}

static void test_both(void)
{
    static char large[100000];
    for (size_t i = 0; i < sizeof large; i++) {
        large[i] = (char)('a' + i % 23);
    }
    for (VerifyCoding coding = VERIFY_GZIP; coding <= VERIFY_BROTLI; coding++) {
        check(coding, "", 0);
        check(coding, "<p>text</p>", 11);
        check(coding, large, sizeof large);
    }
}

/* A form that would unpack to far more than the plain bytes is left at the first piece. */
static void test_bomb(void)
{
    const size_t length = 32 * 1024 * 1024;
    g_autofree char *zeros = g_malloc0(length);
    for (VerifyCoding coding = VERIFY_GZIP; coding <= VERIFY_BROTLI; coding++) {
        g_autoptr(GByteArray) bytes = packed(coding, zeros, length);
        g_assert_cmpuint(bytes->len, <, 64 * 1024);
        g_assert_false(coded_same(coding, bytes->data, bytes->len, zeros, 10));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/coded/both", test_both);
    g_test_add_func("/coded/bomb", test_bomb);
    return g_test_run();
}
