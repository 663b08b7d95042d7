/* Where blocks may stand: what they close, the parents they get. */
#include "cleaned.h"

static void test_nesting(void)
{
    assert_clean("<p>a<p>b", "<p>a</p><p>b</p>");
    assert_clean("<p>a<div>b</div>c</p>", "<p>a</p><div>b</div>c");
    assert_clean("<b>1<i>2</b>3</i>4", "<b>1<i>2</i></b><i>3</i>4");
    assert_clean("<b><p>x</p><p>y</p></b>z", "<p><b>x</b></p><p><b>y</b></p>z");
    assert_clean("<b><p>x</b>y</p>", "<p><b>x</b>y</p>");
    assert_clean("<a href=x>1<a href=y>2</a>", "<a href=\"x\">1</a><a href=\"y\">2</a>");
    assert_clean("<ul><li>a<li>b<ul><li>c</ul></ul>",
                 "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
    assert_clean("<ul>x<li>y</ul>", "<ul><li>x</li><li>y</li></ul>");
    assert_clean("<ul><ul><li>x</ul></ul>", "<ul><li><ul><li>x</li></ul></li></ul>");
    assert_clean("<li>x</li><td>y</td><dt>z</dt>", "<div>x</div><div>y</div><div>z</div>");
    assert_clean("<dl><dt>a<dd>b<div><dt>c</div></dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    assert_clean("<h2>a<p>b</p></h2>c<h3>d</h2>e", "<h2>a b</h2>c<h3>d</h3>e");
    assert_clean("<p></p><div><p></p></div><ul></ul><li></li>", "");
    assert_clean("</p></div></b></table>x", "x");
    assert_clean("<figure><img src=a.jpg alt=A><figcaption>c</figcaption></figure>",
                 "<figure><img src=\"a.jpg\" alt=\"A\" loading=\"lazy\">"
                 "<figcaption>c</figcaption></figure>");
    assert_clean("<figcaption>c</figcaption><summary>s</summary>", "<div>c</div><div>s</div>");
}

static void test_tables(void)
{
    assert_clean("<table><tr><td>a<td>b<tr><th scope=row colspan=2 rowspan=9999>c</table>d",
                 "<table><tbody><tr><td>a</td><td>b</td></tr><tr><th scope=\"row\" colspan=\"2\">"
                 "c</th></tr></tbody></table>d");
    assert_clean("<table>x</table>", "<table><tbody><tr><td>x</td></tr></tbody></table>");
    assert_clean("<table><caption>k</caption><td>x</table>",
                 "<table><caption>k</caption><tbody><tr><td>x</td></tr></tbody></table>");
    assert_clean("<table><tr><td><table><td>x</table></div>y</table>",
                 "<table><tbody><tr><td><table><tbody><tr><td>x</td></tr></tbody></table>y</td>"
                 "</tr></tbody></table>");
    assert_clean("<table><table><td>x", "<table><tbody><tr><td><table><tbody><tr><td>x</td></tr>"
                                        "</tbody></table></td></tr></tbody></table>");
    assert_clean("<div class=table><table><td class=right>1</table></div>",
                 "<div class=\"table\" tabindex=\"0\"><table><tbody><tr><td class=\"right\">1</td>"
                 "</tr></tbody></table></div>");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_place/nesting", test_nesting);
    g_test_add_func("/sanitise_place/tables", test_tables);
    return g_test_run();
}
