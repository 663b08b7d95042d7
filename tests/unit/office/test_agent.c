/* Names of browsers, and what is no browser. */
#include "office/agent.h"

#include <glib.h>
#include <string.h>

static void test_names(void)
{
    static const char *const cases[][2] = {
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "Firefox, Linux"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/120.0.0.0 Safari/537.36 Edg/120.0",
         "Edge, Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 (KHTML, like "
         "Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
         "Safari, iPhone"},
        {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
         "Chrome, Android"},
        {"curl/7.88.1", "curl"},
        {"something else", "something else"},
        {"", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = office_agent(cases[i][0]);
        g_assert_cmpstr(name, ==, cases[i][1]);
    }
    g_autofree char *lengthy = g_strnfill(500, 'x');
    g_autofree char *cut = office_agent(lengthy);
    g_assert_cmpuint(strlen(cut), ==, 60);
    g_autofree char *broken = office_agent("\xff\xfe<b>");
    g_assert_true(g_utf8_validate(broken, -1, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/office/agent/names", test_names);
    return g_test_run();
}
