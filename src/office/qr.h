/* QR codes as inline SVG, by libqrencode. */
#pragma once

#include "text/html.h"

/* Appends the code of `text` with its quiet zone, named `label` for who cannot see it. False if the
 * text is too long for one: then nothing is appended. */
bool office_qr(HtmlWriter *page, const char *text, const char *label);
