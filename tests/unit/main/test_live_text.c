#include "main/live_text.h"

#include "base/moment.h"

static GTimeZone *zone;
static int64_t date;

static void check_entry(const LiveText *live, guint at, const char *time, const char *headline,
                        const char *body)
{
    const LiveTextEntry *entry = g_ptr_array_index(live->entries, at);
    g_autofree char *got = moment_rfc3339(entry->time);
    g_assert_cmpstr(got, ==, time);
    g_assert_cmpstr(entry->headline, ==, headline);
    g_assert_cmpstr(entry->body, ==, body);
}

static void test_split(void)
{
    g_auto(LiveText) live = {0};
    live_text_split("Intro.\n\n## 23:55 The gym is dark\n\nOut.\n\nStill out.\n"
                    "## 2026-11-24 00:10\nNothing.\r\n## 2026-11-24T00:15:30Z  Late \n",
                    date, zone, &live);
    g_assert_cmpstr(live.body, ==, "Intro.");
    g_assert_cmpuint(live.entries->len, ==, 3);
    check_entry(&live, 0, "2026-11-23T21:55:00Z", "The gym is dark", "Out.\n\nStill out.");
    check_entry(&live, 1, "2026-11-23T22:10:00Z", "", "Nothing.");
    check_entry(&live, 2, "2026-11-24T00:15:30Z", "Late", "");
}

/* A text without entries stays as it is, to the byte. */
static void test_none(void)
{
    static const char *const texts[] = {
        "",
        "\n",
        "A\n\n## A heading\n\nB\n",
        "## 99:99 No time\n",
        "##20:40 no blank\n",
        "x ## 20:40 within a line\n",
        "### 20:40 deeper\n",
        "## 2026-11-23 no time\n",
        "## ",
        "## 2026-11-23T\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_auto(LiveText) live = {0};
        live_text_split(texts[i], date, zone, &live);
        g_assert_cmpuint(live.entries->len, ==, 0);
        g_assert_cmpstr(live.body, ==, texts[i]);
    }
}

static void test_back(void)
{
    g_autoptr(GString) text = g_string_new("Intro.");
    live_text_append(text, date, "One", "First.\n\nAgain.");
    live_text_append(text, date + 61000000, "", "Second.");
    g_auto(LiveText) live = {0};
    live_text_split(text->str, 0, zone, &live);
    g_assert_cmpstr(live.body, ==, "Intro.");
    g_assert_cmpuint(live.entries->len, ==, 2);
    check_entry(&live, 0, "2026-11-23T10:00:00Z", "One", "First.\n\nAgain.");
    check_entry(&live, 1, "2026-11-23T10:01:01Z", "", "Second.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    zone = g_time_zone_new_identifier("Europe/Vilnius");
    g_assert_true(moment_parse("2026-11-23T10:00:00Z", zone, &date, NULL));
    g_test_add_func("/live-text/split", test_split);
    g_test_add_func("/live-text/none", test_none);
    g_test_add_func("/live-text/back", test_back);
    int status = g_test_run();
    g_time_zone_unref(zone);
    return status;
}
