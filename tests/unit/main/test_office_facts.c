/* Lines of kolokol.ini for the office. */
#include "main/office_facts.h"

#include <string.h>

static void test_hidden(void)
{
    static const char *const rows[][2] = {
        {"smtp://letters:geheim@host:587", "smtp://letters:…@host:587"},
        {"postgresql://u:p@ss@host/db?x=1", "postgresql://u:…@host/db?x=1"},
        {"postgresql:///db?password=geheim&x=1", "postgresql:///db?password=…&x=1"},
        {"postgresql://host:5432/db@x", "postgresql://host:5432/db@x"},
        {"sqlite:newsroom.db", "sqlite:newsroom.db"},
        {"smtp://letters@host", "smtp://letters@host"},
        {"", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *hidden = office_facts_hidden(rows[i][0]);
        g_assert_cmpstr(hidden, ==, rows[i][1]);
    }
}

/* What only seeds a setting is no machine's own. */
static void test_lines(void)
{
    static const char text[] = "[mail]\nurl=smtp://a:geheim@b\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(Newsroom) newsroom = newsroom_of_text("/nowhere", bytes, NULL);
    g_autoptr(OfficeFact) facts = office_facts_new(newsroom);
    bool found = false;
    for (const OfficeFact *fact = facts; fact->key != NULL; fact++) {
        g_assert_cmpstr(fact->key, !=, "[site] name");
        g_assert_null(strstr(fact->value, "geheim"));
        found = found ||
                (strcmp(fact->key, "[mail] url") == 0 && strcmp(fact->value, "smtp://a:…@b") == 0);
    }
    g_assert_true(found);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/main/office-facts/hidden", test_hidden);
    g_test_add_func("/main/office-facts/lines", test_lines);
    return g_test_run();
}
