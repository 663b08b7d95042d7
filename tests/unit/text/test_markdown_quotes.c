/* Quotation marks by language, and that the author's own stay. */
#include "rendered.h"

static void test_typography(void)
{
    assert_render("\"It's 'so'\" -- a--b...", "<p>“It’s ‘so’” – a–b…</p>");
    MarkdownOptions russian = {.language = "ru"};
    assert_render_with("\"Слово \"внутри\" слова\" -- \\\"прямые\\\"", &russian,
                       "<p>«Слово „внутри“ слова» – \"прямые\"</p>");
    assert_render_with("“Кавычки” автора, \"наши\" и [\"ссылка\"](a “b”.html)", &russian,
                       "<p>“Кавычки” автора, «наши» и [«ссылка»](a “b”.html)</p>");
    assert_render_with("\"а\n\n\"б\"", &russian, "<p>«а</p>\n<p>«б»</p>");
    MarkdownOptions french = {.language = "fr-CA"};
    assert_render_with("\"Bon\"", &french,
                       "<p>«\xC2\xA0"
                       "Bon\xC2\xA0»</p>");
    MarkdownOptions german = {.language = "de"};
    assert_render_with("\"Na \"ja\"\" ⸢x⸣", &german, "<p>“Na “ja”” ⸢x⸣</p>");
    assert_render_with("\"Gut\"", &german, "<p>„Gut“</p>");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markdown_quotes/typography", test_typography);
    return g_test_run();
}
