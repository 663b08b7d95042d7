#include "mail/newsletter_withhold.h"

#include "base/error.h"
#include "fixture.h"
#include "mail/newsletter.h"

#include <string.h>

static void set(Store *store, const char *text)
{
    bool changed = false;
    g_autoptr(Newsletter) newsletter = newsletter_parse(text, strlen(text), NULL);
    g_assert_true(newsletter_set(store, newsletter, &changed, NULL));
}

/* In what readers see; identifier and address stay. */
static void test_withhold(Store *store, const char *url)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    set(store, "---\nname: anna\nlanguage: en\nheading: Anna's letter\ndescription: From Anna.\n"
               "from: \"Anna <anna@b.example>\"\n---\n");
    set(store, "---\nname: other\nlanguage: en\nheading: Annabel\n---\n");
    g_ptr_array_add(names, (gpointer)(uintptr_t) "Anna");
    for (int again = 0; again < 2; again++) {
        g_assert_true(newsletter_withhold(store, names, "somebody", NULL));
        g_autoptr(Newsletter) after = newsletter_read(store, "anna", NULL);
        g_assert_cmpstr(after->heading, ==, "somebody's letter");
        g_assert_cmpstr(after->description, ==, "From somebody.");
        g_assert_cmpstr(after->from, ==, "somebody <anna@b.example>");
        g_autoptr(Newsletter) other = newsletter_read(store, "other", NULL);
        g_assert_cmpstr(other->heading, ==, "Annabel");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/mail/newsletter_withhold/withhold", test_withhold);
    return g_test_run();
}
