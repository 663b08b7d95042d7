/* The error domain of error.h. */
#include "base/error.h"

/* Not by G_DEFINE_QUARK: the formatter takes the hyphens of its name for minus signs. */
GQuark kolokol_error_quark(void)
{
    return g_quark_from_static_string("kolokol-error-quark");
}

bool fail(GError **error, KolokolError code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    GError *made = g_error_new_valist(KOLOKOL_ERROR, (gint)code, format, args);
    va_end(args);
    g_propagate_error(error, made);
    return false;
}
