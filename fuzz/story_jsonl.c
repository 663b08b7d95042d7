/* A story's JSON line from any bytes: read or refused in one line; what is accepted for this site
 * is written and read back the same. */
#include "desk/story_file.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const DeskSite *site(void)
{
    static const char *const languages[] = {"en", "ru", NULL};
    static DeskSite made;
    if (made.zone == NULL) {
        made = (DeskSite){languages, g_time_zone_new_utc()};
    }
    return &made;
}

static void check_reason(const GError *error)
{
    g_assert_nonnull(error);
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_auto(StoryFileReport) report = {0};
    g_autoptr(StoryInput) input = story_file_read_json((const char *)data, size, &report, &error);
    if (input == NULL) {
        check_reason(error);
        return 0;
    }
    g_autoptr(GError) refused = NULL;
    if (!story_input_check(input, site(), &refused)) {
        check_reason(refused);
        return 0;
    }
    g_autofree char *line = story_file_write_json(input, &error);
    g_assert_no_error(error);
    g_assert_null(strchr(line, '\n'));
    g_auto(StoryFileReport) again = {0};
    g_autoptr(StoryInput) back = story_file_read_json(line, strlen(line), &again, &error);
    g_assert_no_error(error);
    g_autofree char *same = story_file_write_json(back, &error);
    g_assert_cmpstr(line, ==, same);
    return 0;
}
