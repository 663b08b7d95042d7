/*
 * kolokol-image: reads one picture on its standard input, writes what was asked for to its standard
 * output, and ends (image.h). All that it does with the bytes it does after giving up everything
 * else.
 *
 *     kolokol-image take | strip | words | variants FOCAL_X FOCAL_Y |
 *                   crop X Y WIDTH HEIGHT | sandbox
 *
 * Output of `words`: a form "words text 1 1 LENGTH" and its fields (image_words()). Else for each
 * form "SHAPE FORMAT WIDTH HEIGHT LENGTH\n" and the bytes. Exit 0, or 1 with one line on standard
 * error that begins with the kind of the error.
 */
#include "base/error.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "image/header.h"
#include "image/image.h"
#include "image/picture.h"
#include "image/strip.h"
#include "image/words.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static bool write_all(const void *bytes, size_t length, GError **error)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t wrote = write(STDOUT_FILENO, at, length);
        if (wrote < 0 && errno != EINTR) {
            return fail(error, KOLOKOL_ERROR_IO, "cannot write: %s", g_strerror(errno));
        }
        at += wrote > 0 ? wrote : 0;
        length -= wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

static bool write_form(const PictureForm *form, void *data, GError **error)
{
    g_autofree char *line = g_strdup_printf("%s %s %d %d %zu\n", form->shape, form->format,
                                            form->width, form->height, form->length);
    return write_all(line, strlen(line), error) && write_all(form->bytes, form->length, error);
}

static GByteArray *read_all(GError **error)
{
    g_autoptr(GByteArray) in = g_byte_array_new();
    uint8_t step[65536];
    for (;;) {
        ssize_t got = read(STDIN_FILENO, step, sizeof step);
        if (got == 0) {
            return g_steal_pointer(&in);
        }
        if (got < 0 && errno != EINTR) {
            fail(error, KOLOKOL_ERROR_IO, "cannot read the picture: %s", g_strerror(errno));
            return NULL;
        }
        if (in->len + (size_t)MAX(got, 0) > LIMIT_OBJECT) {
            fail(error, KOLOKOL_ERROR_LIMIT, "the picture has more than %u bytes", LIMIT_OBJECT);
            return NULL;
        }
        g_byte_array_append(in, step, (guint)MAX(got, 0));
    }
}

static bool strip(const GByteArray *in, bool decode, GError **error)
{
    ImageHeader header = {0};
    unsigned turned = 1;
    if (image_kind(in->data, in->len) == IMAGE_HEIF && decode) {
        return picture_convert(in->data, in->len, write_form, NULL, error);
    }
    g_autoptr(GByteArray) out = image_strip_container(in->data, in->len, &turned, error);
    if (out == NULL || !image_header_read(out->data, out->len, &header, error) ||
        (decode && !picture_check(out->data, out->len, error))) {
        return false;
    }
    int width = (int)header.width, height = (int)header.height;
    PictureForm form = {
        "original", header.extension, turned < 5 ? width : height, turned < 5 ? height : width,
        out->data,  out->len};
    return write_form(&form, NULL, error);
}

static bool read_words(const GByteArray *in, GError **error)
{
    g_auto(PictureMetadata) metadata = {0};
    if (!picture_metadata(in->data, in->len, &metadata, error)) {
        return false;
    }
    g_autoptr(GByteArray) out = words_read(&metadata);
    PictureForm form = {"words", "text", 1, 1, out->data, out->len};
    return write_form(&form, NULL, error);
}

static bool crop(const GByteArray *in, char **words, GError **error)
{
    gint64 area[4] = {0};
    for (unsigned i = 0; i < G_N_ELEMENTS(area); i++) {
        if (!g_ascii_string_to_signed(words[i], 10, 0, IMAGE_SIDE_MAX, &area[i], error)) {
            return false;
        }
    }
    PictureArea wanted = {(int)area[0], (int)area[1], (int)area[2], (int)area[3]};
    return picture_crop(in->data, in->len, &wanted, write_form, NULL, error);
}

static bool work(int count, char **words, GError **error)
{
    g_autoptr(GByteArray) in = read_all(error);
    gint64 x = 0, y = 0;
    if (in == NULL) {
        return false;
    }
    if (count == 2 && (strcmp(words[1], "take") == 0 || strcmp(words[1], "strip") == 0)) {
        return strip(in, words[1][0] == 't', error);
    }
    if (count == 2 && strcmp(words[1], "words") == 0) {
        return read_words(in, error);
    }
    if (count == 4 && strcmp(words[1], "variants") == 0 &&
        g_ascii_string_to_signed(words[2], 10, -1, 1000, &x, error) &&
        g_ascii_string_to_signed(words[3], 10, -1, 1000, &y, error)) {
        return picture_variants(in->data, in->len, (int)x, (int)y, write_form, NULL, error);
    }
    if (count == 6 && strcmp(words[1], "crop") == 0) {
        return crop(in, words + 2, error);
    }
    return *error != NULL ||
           fail(error, KOLOKOL_ERROR_INVALID, "kolokol starts this program itself");
}

static bool give_up(SandboxReport *report, GError **error)
{
    static const SandboxPlan plan = {
        .allow = SANDBOX_THREADS, .files = 64, .seconds = IMAGE_SECONDS, .memory = IMAGE_MEMORY};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    mallopt(M_ARENA_MAX, 2);
    return sandbox_apply(&plan, report, error);
}

static const char *kind_of(const GError *error)
{
    return g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT) ? "limit"
           : g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO)  ? "io"
                                                                      : "invalid";
}

/* Libraries warn of a broken picture on standard error, where the one line of this program goes. */
static GLogWriterOutput no_log(GLogLevelFlags level, const GLogField *fields, gsize count,
                               gpointer data)
{
    return G_LOG_WRITER_HANDLED;
}

int main(int count, char **words)
{
    g_autoptr(GError) error = NULL;
    SandboxReport report = {0};
    g_log_set_writer_func(no_log, NULL, NULL);
    words_begin();
    bool done = picture_begin(words[0], &error) && give_up(&report, &error);
    if (done && count == 2 && strcmp(words[1], "sandbox") == 0) {
        g_autofree char *line = sandbox_describe(&report);
        done = write_all(line, strlen(line), &error);
    } else {
        done = done && work(count, words, &error);
    }
    if (!done) {
        dprintf(STDERR_FILENO, "%s: %s\n", kind_of(error), error->message);
    }
    return done ? 0 : 1;
}
