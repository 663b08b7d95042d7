/*
 * Formats dates with ICU. Patterns are texts of strings.h; moments as machines write them
 * (RFC 3339) are in base/moment.h.
 */
#include "theme/dates.h"

#include "base/clock.h"
#include "theme/strings.h"

#include <math.h>
#include <unicode/udat.h>

#define FORMAT_CACHE 256u /* languages times styles whose formatter is kept */
#define DATE_LENGTH  256  /* UTF-16 units */

static const char *const PATTERNS[DATE_STYLES] = {
    [DATE_DAY] = "date_day",       [DATE_WEEKDAY] = "date_weekday",
    [DATE_MOMENT] = "date_moment", [DATE_WEEKDAY_SHORT] = "date_weekday_short",
    [DATE_SHORT] = "date_short",   [DATE_TIME] = "date_time",
    [DATE_MONTH] = "date_month",   [DATE_YEAR] = "date_year",
};

/* Formatters by "language/style"; UDateFormat may not be used by two threads at once. */
static GMutex format_lock;
static GHashTable *formats;

static UDateFormat *format_open(const char *language, DateStyle style)
{
    static const UChar utc[] = {'U', 'T', 'C', 0};
    char locale[LANGUAGE_LOCALE];
    UErrorCode status = U_ZERO_ERROR;
    glong length = 0;
    g_autofree gunichar2 *pattern =
        g_utf8_to_utf16(strings_get(language, PATTERNS[style]), -1, NULL, &length, NULL);

    language_locale(language, locale);
    UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1,
                                    (const UChar *)pattern, (int32_t)length, &status);
    if (U_FAILURE(status)) {
        return NULL;
    }
    /* "ноябрь 2026" is a heading or begins a line: "Ноябрь 2026". */
    if (style == DATE_MONTH || style == DATE_WEEKDAY || style == DATE_WEEKDAY_SHORT) {
        udat_setContext(format, UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE, &status);
    }
    return format;
}

static void format_free(gpointer format)
{
    udat_close(format);
}

/* Called with the lock held. */
static UDateFormat *format_of(const char *language, DateStyle style)
{
    if (formats == NULL) {
        formats = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, format_free);
    }
    g_autofree char *key = g_strdup_printf("%s/%d", language, (int)style);
    UDateFormat *format = g_hash_table_lookup(formats, key);
    if (format != NULL) {
        return format;
    }
    format = format_open(language, style);
    if (format == NULL) {
        return NULL;
    }
    if (g_hash_table_size(formats) >= FORMAT_CACHE) {
        g_hash_table_remove_all(formats);
    }
    g_hash_table_insert(formats, g_steal_pointer(&key), format);
    return format;
}

/* Microseconds of the zone's wall clock, as if it were UTC. */
static int64_t wall_clock(int64_t moment, GTimeZone *zone)
{
    int64_t seconds = moment / CLOCK_SECOND - (moment % CLOCK_SECOND < 0 ? 1 : 0);
    int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);
    int32_t offset = interval < 0 ? 0 : g_time_zone_get_offset(zone, interval);
    return moment + offset * CLOCK_SECOND;
}

char *date_text(const char *language, int64_t moment, GTimeZone *zone, DateStyle style)
{
    UChar text[DATE_LENGTH];
    UErrorCode status = U_ZERO_ERROR;
    char *result = NULL;
    double milliseconds = floor((double)wall_clock(moment, zone) / 1000);

    g_mutex_lock(&format_lock);
    UDateFormat *format = format_of(language, style);
    if (format != NULL) {
        int32_t length = udat_format(format, milliseconds, text, DATE_LENGTH, NULL, &status);
        if (U_SUCCESS(status)) {
            result = g_utf16_to_utf8((const gunichar2 *)text, length, NULL, NULL, NULL);
        }
    }
    g_mutex_unlock(&format_lock);
    if (result != NULL) {
        return result;
    }

    g_autoptr(GDateTime) plain = g_date_time_new_from_unix_utc((int64_t)(milliseconds / 1000));
    return plain == NULL ? g_strdup("") : g_date_time_format(plain, "%Y-%m-%d %H:%M");
}
