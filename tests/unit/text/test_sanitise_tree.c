/* The tree's stacks: inline elements across blocks, ids on what is opened again, ceilings. */
#include "text/sanitise_tree.h"

#include "cleaned.h"

static void test_inline_across_blocks(void)
{
    assert_clean("<i>a<p>b</p>c</i>d", "<i>a</i><p><i>b</i></p><i>c</i>d");
    assert_clean("<p><b>a</p><p>c</p>", "<p><b>a</b></p><p>c</p>");
    assert_clean("<b><i><u>1</b>2</u>3</i>4", "<b><i><u>1</u></i></b><i><u>2</u>3</i>4");
    assert_clean("a<b></b><b> </b>x", "a x");
    assert_clean("<a href=x><table><tr><td>a</td></tr></table></a>",
                 "<table><tbody><tr><td><a href=\"x\">a</a></td></tr></tbody></table>");
    assert_clean("<b><table><tr><td>a</b>b</td></tr></table>c</b>d",
                 "<table><tbody><tr><td><b>ab</b></td></tr></tbody></table><b>c</b>d");
}

static void test_ids(void)
{
    assert_clean("<b id=x>a<p>b</p></b>", "<b id=\"u-x\">a</b><p><b>b</b></p>");
    assert_clean("<a id=x><p>b</p></a>", "<a id=\"u-x\"></a><p>b</p>");
}

static void test_inline_ceiling(void)
{
    g_autoptr(GString) html = g_string_new(NULL);
    for (unsigned i = 0; i < TREE_INLINE_LIMIT + 8; i++) {
        g_string_append(html, i % 2 == 0 ? "<b>" : "<i>");
    }
    g_string_append(html, "x");
    g_autofree char *clean = clean_with(html->str, NULL);
    g_assert_cmpuint(strlen(clean), ==, 1 + TREE_INLINE_LIMIT * strlen("<b></b>"));
}

static void test_depth(void)
{
    g_autoptr(GString) html = g_string_new(NULL);
    for (unsigned i = 0; i < 400; i++) {
        g_string_append(html, "<blockquote>");
    }
    g_string_append(html, "x<ul><li>y");
    g_autofree char *clean = clean_with(html->str, NULL);
    g_assert_nonnull(strstr(clean, "<blockquote>xy</blockquote>"));
    g_assert_cmpuint(strlen(clean), ==,
                     2 + SANITISE_DEPTH_LIMIT * strlen("<blockquote></blockquote>"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_tree/inline_across_blocks", test_inline_across_blocks);
    g_test_add_func("/sanitise_tree/ids", test_ids);
    g_test_add_func("/sanitise_tree/inline_ceiling", test_inline_ceiling);
    g_test_add_func("/sanitise_tree/depth", test_depth);
    return g_test_run();
}
