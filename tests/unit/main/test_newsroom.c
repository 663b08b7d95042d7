/* kolokol.ini: what is read, what is refused, what is written. */
#include "main/newsroom.h"

#include "base/error.h"

#include <string.h>

static Newsroom *read_text(const char *text, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    return newsroom_of_text("/paper", bytes, error);
}

static void test_defaults(void)
{
    g_unsetenv("KOLOKOL_DATABASE_URL");
    g_autoptr(Newsroom) newsroom = read_text("", NULL);
    g_assert_cmpstr(newsroom->database, ==, "sqlite:/paper/newsroom.db");
    g_assert_cmpstr(newsroom->keys_dir, ==, "/paper/keys");
    g_assert_cmpstr(newsroom->values[INI_SITE_LANGUAGES], ==, "en");
    g_setenv("KOLOKOL_DATABASE_URL", "postgresql://x/y", TRUE);
    g_autoptr(Newsroom) other = read_text("[database]\nurl=sqlite:/a.db\n", NULL);
    g_assert_cmpstr(other->database, ==, "postgresql://x/y");
    g_unsetenv("KOLOKOL_DATABASE_URL");
}

/* Whatever a value holds comes back. */
static void test_text(void)
{
    const char *values[INI_KEYS] = {
        [INI_SITE_NAME] = " A \\ bell;\t# \xd0\x9a ", [INI_SITE_URL] = "https://bell.example"};
    g_autofree char *text = newsroom_ini_text(values);
    g_autoptr(GError) error = NULL;
    g_autoptr(Newsroom) newsroom = read_text(text, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(newsroom->values[INI_SITE_NAME], ==, values[INI_SITE_NAME]);
    g_assert_cmpstr(newsroom->values[INI_SITE_URL], ==, values[INI_SITE_URL]);
    g_assert_cmpstr(newsroom->values[INI_PAYMENTS_PROVIDERS], ==, "practice");
}

static void test_refused(void)
{
    static const char *const texts[] = {"[site]\nnames=x\n",   "[sites]\nname=x\n", "name=x\n",
                                        "[site]\nname=\xff\n", "[site\n",           "\x01\x02"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(read_text(texts[i], &error));
        g_assert_nonnull(error);
        g_assert_true(g_str_has_prefix(error->message, "kolokol.ini: "));
    }
}

static void test_absent(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(newsroom_load("/nowhere/at/all", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "kolokol init"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newsroom/defaults", test_defaults);
    g_test_add_func("/newsroom/text", test_text);
    g_test_add_func("/newsroom/refused", test_refused);
    g_test_add_func("/newsroom/absent", test_absent);
    return g_test_run();
}
