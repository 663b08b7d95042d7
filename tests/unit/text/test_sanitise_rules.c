/* The tables: every row is found by its name, nothing else is. */
#include "text/sanitise_rules.h"

#include <string.h>

static const Rule *find(const char *name)
{
    return rule_find(name, strlen(name));
}

static void test_elements(void)
{
    for (Element element = ELEMENT_A; element < ELEMENT_COUNT; element++) {
        const Rule *rule = find(element_name(element));
        g_assert_nonnull(rule);
        g_assert_cmpint(rule->element, ==, element);
    }
    g_assert_cmpint(find("H1")->element, ==, ELEMENT_H2);
    g_assert_cmpint(find("Script")->kind, ==, RULE_DROP_RAW);
    g_assert_cmpint(find("svg")->kind, ==, RULE_DROP_FOREIGN);
    g_assert_cmpint(find("iframe")->kind, ==, RULE_EMBED);
    g_assert_null(find("marquee"));
    g_assert_null(find("h7"));
    g_assert_null(find("pp"));
    g_assert_null(find("averyveryverylongname"));
    g_assert_null(rule_find("", 0));
}

static void test_attributes(void)
{
    g_assert_nonnull(attribute_rule_find("HREF", 4, ELEMENT_A));
    g_assert_null(attribute_rule_find("href", 4, ELEMENT_P));
    g_assert_nonnull(attribute_rule_find("lang", 4, ELEMENT_P));
    static const char *const never[] = {"style",      "onclick",  "target", "rel",
                                        "name",       "data-x",   "srcset", "formaction",
                                        "xlink:href", "tabindex", "loading"};
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++) {
        for (Element element = ELEMENT_A; element < ELEMENT_COUNT; element++) {
            g_assert_null(attribute_rule_find(never[i], strlen(never[i]), element));
        }
    }
}

static void test_classes(void)
{
    g_assert_true(class_is_known("embed", 5, ELEMENT_FIGURE));
    g_assert_false(class_is_known("embed", 5, ELEMENT_P));
    g_assert_false(class_is_known("emb", 3, ELEMENT_FIGURE));
    g_assert_false(class_is_known("", 0, ELEMENT_FIGURE));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_rules/elements", test_elements);
    g_test_add_func("/sanitise_rules/attributes", test_attributes);
    g_test_add_func("/sanitise_rules/classes", test_classes);
    return g_test_run();
}
