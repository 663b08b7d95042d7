/* QR codes: qr.h. Dark modules of a row that touch are one rectangle of the path. */
#include "office/qr.h"

#include <qrencode.h>

#define QUIET 4 /* modules around the code (ISO/IEC 18004 6.3.8) */

static void add_row(GString *path, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width; x++) {
        int from = x;
        while (x < width && (row[x] & 1) != 0) {
            x++;
        }
        if (x > from) {
            g_string_append_printf(path, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from,
                                   x - from);
        }
    }
}

bool office_qr(HtmlWriter *page, const char *text, const char *label)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        return false;
    }
    g_autoptr(GString) path = g_string_new(NULL);
    int size = code->width + 2 * QUIET;
    g_autofree char *box = g_strdup_printf("0 0 %d %d", size, size);
    for (int y = 0; y < code->width; y++) {
        add_row(path, code->data + y * code->width, code->width, y);
    }
    QRcode_free(code);
    html_open(page, "svg");
    html_attribute(page, "class", "qr");
    html_attribute(page, "viewbox", box); /* an HTML parser restores the capital (13.2.6.1) */
    html_attribute(page, "role", "img");
    html_attribute(page, "aria-label", label);
    html_open(page, "path");
    html_attribute(page, "d", path->str);
    html_close(page, "path");
    html_close(page, "svg");
    return true;
}
