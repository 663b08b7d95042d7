/* Reading the archive by date: archive.h. */
#include "paper/archive.h"

#include "base/error.h"
#include "base/moment.h"
#include "theme/dates.h"

#include <string.h>

void paper_archive_clear(PaperArchive *archive)
{
    g_clear_pointer(&archive->language, g_free);
    g_clear_pointer(&archive->date, g_free);
    g_clear_pointer(&archive->path, g_free);
    g_clear_pointer(&archive->cards, g_ptr_array_unref);
    g_clear_pointer(&archive->counts, g_array_unref);
}

/* Splits the key; false if it can have no page. `length` as in paper_archive_counts(). */
static bool begin(PaperArchive *archive, PressPage *press, const char *key, size_t length)
{
    g_auto(GStrv) parts = length == 0 ? NULL : paper_key(key, 2);
    const char *language = length == 0 ? key : parts == NULL ? NULL : parts[0];
    if (language == NULL || !paper_has_language(press, language) ||
        (length > 0 && strlen(parts[1]) != length)) {
        return false;
    }
    archive->language = g_strdup(language);
    archive->date = g_strdup(length == 0 ? "archive" : parts[1]);
    g_auto(GStrv) numbers = g_strsplit(archive->date, "-", -1);
    g_autofree char *inside = g_strjoinv("/", numbers);
    archive->path = g_strconcat(paper_prefix(press_page_run(press), language), inside, "/", NULL);
    return true;
}

bool paper_archive_day(PaperArchive *archive, PressPage *press, const char *key, bool *exists,
                       GError **error)
{
    *exists = false;
    if (!begin(archive, press, key, strlen("2026-11-18"))) {
        return true;
    }
    g_autofree char *list = g_strconcat("list:day/", key, NULL);
    const PaperRun *run = press_page_run(press);
    archive->cards = paper_read_list(press, list, 0, error);
    if (archive->cards == NULL || archive->cards->len == 0) {
        return archive->cards != NULL;
    }
    if (!moment_of_day(archive->date, run->zone, &archive->moment)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "there is no day \"%s\"", archive->date);
    }
    *exists = true;
    return true;
}

bool paper_archive_counts(PaperArchive *archive, PressPage *press, const char *class_name,
                          size_t length, const char *key, bool *exists, GError **error)
{
    *exists = false;
    if (!begin(archive, press, key, length)) {
        return true;
    }
    g_autofree char *input = g_strconcat(class_name, key, NULL);
    archive->counts = paper_read_counts(press, input, error);
    if (archive->counts == NULL) {
        return false;
    }
    *exists = archive->counts->len > 0;
    return true;
}

char *paper_archive_name(const PaperRun *run, const char *language, const char *date)
{
    size_t length = strlen(date);
    g_autofree char *day =
        length == strlen("2026-11") ? g_strconcat(date, "-15", NULL) : g_strdup(date);
    int64_t moment = 0;
    return length >= strlen("2026-11") && moment_of_day(day, run->zone, &moment)
               ? date_text(language, moment, run->zone, length == 7 ? DATE_MONTH : DATE_DAY)
               : g_strdup(date);
}
