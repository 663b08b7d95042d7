/* The error domain of error.h. */
#include "base/error.h"

G_DEFINE_QUARK(kolokol - error - quark, kolokol_error)

bool fail(GError **error, KolokolError code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    GError *made = g_error_new_valist(KOLOKOL_ERROR, (gint)code, format, args);
    va_end(args);
    g_propagate_error(error, made);
    return false;
}
