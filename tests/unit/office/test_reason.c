/* Refusals in the language of who asked. That each sentence has its texts is tools/check_refusals.
 */
#include "office/reason.h"

#include "base/error.h"

#include <string.h>

/* Says it in the language, in Riga; takes the error. */
static void says(const char *language, GError *taken, const char *expected)
{
    g_autoptr(GError) error = taken;
    g_autoptr(GTimeZone) riga = g_time_zone_new_identifier("Europe/Riga");
    g_autofree char *said = office_reason_said(language, riga, error);
    g_assert_cmpstr(said, ==, expected);
}

static GError *embargo(void)
{
    GError *error = NULL;
    fail(&error, KOLOKOL_ERROR_CONFLICT,
         "story %d is under embargo until %s; schedule it for then or later, or lift the embargo",
         7, "2026-11-24T10:00:00Z");
    return error;
}

static GError *long_title(void)
{
    GError *error = NULL;
    fail(&error, KOLOKOL_ERROR_LIMIT, "the %s has %zu bytes; at most %zu are allowed", "title",
         (size_t)900, (size_t)800);
    return error;
}

static void test_languages(void)
{
    says("ru", long_title(),
         "Поле «заголовок» слишком длинное: 900 байт, допустимо не больше 800.");
    says("en", long_title(), "the headline has 900 bytes; at most 800 are allowed");
    says("ar", long_title(), "الحقل «العنوان الرئيسي» أطول مما يجوز: 900 بايت، والحد 800.");
    says("xx", long_title(), "the headline has 900 bytes; at most 800 are allowed");
}

/* Twelve in Riga is ten in Greenwich. */
static void test_moment(void)
{
    says("en", embargo(),
         "Story 7 is under embargo until 24 November 2026, 12:00. Schedule it for then or later, "
         "or lift the embargo.");
    g_autoptr(GError) error = embargo();
    g_autofree char *utc = office_reason_said("en", NULL, error);
    g_assert_nonnull(strstr(utc, "10:00"));
}

/* Arguments are what people typed: braces in them are not places, and words that are none stay. */
static void test_hostile(void)
{
    GError *error = NULL;
    fail(&error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is no place", "{1}{2:word}");
    says("en", error, "\"{1}{2:word}\" is no place");
    error = NULL;
    fail(&error, KOLOKOL_ERROR_LIMIT, "the %s has %zu bytes; at most %zu are allowed", "{2}",
         (size_t)9, (size_t)8);
    says("en", error, "the {2} has 9 bytes; at most 8 are allowed");
    error = NULL;
    fail(&error, KOLOKOL_ERROR_CONFLICT,
         "story %d is under embargo until %s; schedule it for then or later, or lift the embargo",
         7, "no moment");
    says("en", error,
         "Story 7 is under embargo until no moment. Schedule it for then or later, or "
         "lift the embargo.");
}

/* What has no text is the machine's; what is a text already stays as it is. */
static void test_machine(void)
{
    GError *error = NULL;
    fail(&error, KOLOKOL_ERROR_IO, "cannot open %s", "newsroom.db");
    g_autoptr(GError) disk = error;
    g_autofree char *said = office_reason_said("ru", NULL, disk);
    g_assert_true(g_str_has_prefix(said, "Не сделано"));
    g_assert_true(g_str_has_suffix(said, "cannot open newsroom.db"));
    says("ru", g_error_new(g_quark_from_static_string("other"), 1, "x y"),
         "Не сделано: машина не смогла. Попробуйте ещё раз; если не пройдёт, покажите эту строку "
         "тому, кто за ней следит: x y");
    error = NULL;
    fail(&error, KOLOKOL_ERROR_INVALID, "theme/a.css:%u: no such sentence", 2u);
    says("en", error, "theme/a.css:2: no such sentence");
    error = NULL;
    fail(&error, KOLOKOL_ERROR_INVALID, "%s", "Сначала это.");
    says("ru", error, "Сначала это.");
    g_autofree char *nothing = office_reason_said("en", NULL, NULL);
    g_assert_true(g_str_has_prefix(nothing, "The database does not answer."));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reason/languages", test_languages);
    g_test_add_func("/reason/moment", test_moment);
    g_test_add_func("/reason/hostile", test_hostile);
    g_test_add_func("/reason/machine", test_machine);
    return g_test_run();
}
