/* The table of page kinds: each row is whole, and no two have one name. What they make is tested
 * kind by kind. */
#include "paper/paper.h"

#include "press/run.h"

#include <string.h>

static void test_kinds(void)
{
    PaperContext context = {0};
    PressRecipes recipes = paper_recipes(&context);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    unsigned count = 0;
    for (const PressKind *const *kind = recipes.kinds; *kind != NULL; kind++, count++) {
        g_assert_true(g_hash_table_add(names, (gpointer)(uintptr_t)(*kind)->name));
        g_assert_null(strchr((*kind)->name, ':'));
        g_assert_true((*kind)->wave == PRESS_WAVE_NEWS || (*kind)->wave == PRESS_WAVE_REST);
        g_assert_nonnull((*kind)->keys);
        g_assert_nonnull((*kind)->render);
        g_assert_cmpstr((*kind)->help, !=, NULL);
        g_assert_true((*kind)->fixed || (*kind)->created_by != NULL); /* else nothing makes it */
        g_assert_true((*kind)->expand == NULL || (*kind)->created_by != NULL);
    }
    g_assert_cmpuint(count, <=, PRESS_KINDS_MAX);
}

static const PressKind *kind_of(const PressRecipes *recipes, const char *name)
{
    for (const PressKind *const *kind = recipes->kinds; *kind != NULL; kind++) {
        if (strcmp((*kind)->name, name) == 0) {
            return *kind;
        }
    }
    return NULL;
}

/* A page links to its text edition, so both are of one edition, the first that has either. */
static void test_text(void)
{
    PaperContext context = {0};
    PressRecipes recipes = paper_recipes(&context);
    unsigned count = 0;
    for (const PressKind *const *kind = recipes.kinds; *kind != NULL; kind++) {
        bool story = strcmp((*kind)->name, "text") == 0;
        if (!story && !g_str_has_prefix((*kind)->name, "text-")) {
            continue;
        }
        const PressKind *page =
            kind_of(&recipes, story ? "story" : (*kind)->name + strlen("text-"));
        g_test_message("%s", (*kind)->name);
        g_assert_nonnull(page);
        g_assert_cmpint((*kind)->wave, ==, page->wave);
        g_assert_cmpint((*kind)->early, ==, page->early);
        count++;
    }
    g_assert_cmpuint(count, >, 10);
}

static void test_globals(void)
{
    PaperContext context = {0};
    PressRecipes recipes = paper_recipes(&context);
    for (const PressGlobal *global = recipes.globals; global->class_name != NULL; global++) {
        g_assert_null(strchr(global->class_name, ':'));
        g_assert_nonnull(global->version);
        for (const PressGlobal *other = recipes.globals; other != global; other++) {
            g_assert_cmpstr(other->class_name, !=, global->class_name);
        }
    }
    g_assert_true(recipes.context == &context);
    g_assert_nonnull(recipes.begin);
    g_assert_nonnull(recipes.end);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recipes/kinds", test_kinds);
    g_test_add_func("/recipes/text", test_text);
    g_test_add_func("/recipes/globals", test_globals);
    return g_test_run();
}
