/* Figures, embeds and pull quotes. */
#include "rendered.h"

static void test_figures(void)
{
    assert_render("![A cat](cat.jpg \"The cat at | home | Ann Ivanova / AFP\")",
                  "<figure><img src=\"cat.jpg\" alt=\"A cat\" loading=\"lazy\"><figcaption>"
                  "The cat at | home <span class=\"credit\">Ann Ivanova / AFP</span></figcaption>"
                  "</figure>");
    assert_render("![A *cat*](a.jpg)\n![B](b.jpg \"| Reuters\")",
                  "<figure><img src=\"a.jpg\" alt=\"A cat\" loading=\"lazy\"></figure>\n"
                  "<figure><img src=\"b.jpg\" alt=\"B\" loading=\"lazy\"><figcaption>"
                  "<span class=\"credit\">Reuters</span></figcaption></figure>");
    assert_render("see ![A](a.jpg) here",
                  "<p>see <img src=\"a.jpg\" alt=\"A\" loading=\"lazy\"> here</p>");
    assert_render("![A](https://other.example/a.jpg)",
                  "<figure><a href=\"https://other.example/a.jpg\" rel=\"noopener noreferrer\">A"
                  "</a></figure>");
}

static void test_embeds(void)
{
    assert_render(
        "[![A film](still.jpg \"What it shows | TV\")](https://www.video.example/watch?v=1)",
        "<figure class=\"embed\"><a href=\"https://www.video.example/watch?v=1\""
        " rel=\"noopener noreferrer\"><img src=\"still.jpg\" alt=\"A film\""
        " loading=\"lazy\"><span class=\"host\">video.example</span></a><figcaption>"
        "What it shows <span class=\"credit\">TV</span></figcaption></figure>");
    assert_render("[![A](a.jpg)](other.html)",
                  "<figure><a href=\"other.html\"><img src=\"a.jpg\" alt=\"A\" loading=\"lazy\">"
                  "</a></figure>");
    assert_render("https://www.video.example/watch?v=1",
                  "<p><a href=\"https://www.video.example/watch?v=1\" rel=\"noopener noreferrer\">"
                  "https://www.video.example/watch?v=1</a></p>");
}

static void test_pull(void)
{
    assert_render("> !pull\n> We *stay*.",
                  "<aside class=\"pull\"><blockquote><p>We <em>stay</em>.</p>\n</blockquote>"
                  "</aside>");
    assert_render("> !pull\n>\n> a\n>\n> b",
                  "<aside class=\"pull\"><blockquote><p>a</p>\n<p>b</p>\n</blockquote></aside>");
    assert_render("> !pull x\n> a", "<blockquote><p>!pull x\na</p>\n</blockquote>");
    assert_render("> !pull", "");
}

static bool find_picture(const char *destination, SanitisePicture *picture, void *data)
{
    if (strcmp(destination, "known.jpg") != 0 && strcmp(destination, "media:7") != 0) {
        return false;
    }
    *picture = (SanitisePicture){.url = g_strdup("../o/ab/x.jpg"), .width = 8, .height = 6};
    return true;
}

static void take_notice(SanitiseNotice notice, const char *what, void *data)
{
    g_string_append_printf(data, "%d %s;", notice, what);
}

static void test_resolver(void)
{
    g_autoptr(GString) notices = g_string_new(NULL);
    SanitiseResolver resolver = {.picture = find_picture, .notice = take_notice, .data = notices};
    MarkdownOptions options = {.resolver = &resolver};
    assert_render_with("![A](known.jpg \"C\")\n\n![B](lost.jpg \"D\")\n\n"
                       "[![E](gone.jpg \"F\")](https://v.example/1)",
                       &options,
                       "<figure><img src=\"../o/ab/x.jpg\" alt=\"A\" width=\"8\" height=\"6\""
                       " loading=\"lazy\"><figcaption>C</figcaption></figure>\n"
                       "<p><a href=\"https://v.example/1\" rel=\"noopener noreferrer\">"
                       "<span class=\"host\">v.example</span></a></p>");
    g_assert_cmpstr(notices->str, ==, "0 lost.jpg;0 gone.jpg;");
    assert_render_with("![A](media:7 \"C\")\n\n![B](media:8 \"D\")", &options,
                       "<figure><img src=\"../o/ab/x.jpg\" alt=\"A\" width=\"8\" height=\"6\""
                       " loading=\"lazy\"><figcaption>C</figcaption></figure>");
    assert_render("![A](media:7 \"C\")", ""); /* off-line nobody knows it: no empty frame */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markdown_story/figures", test_figures);
    g_test_add_func("/markdown_story/embeds", test_embeds);
    g_test_add_func("/markdown_story/pull", test_pull);
    g_test_add_func("/markdown_story/resolver", test_resolver);
    return g_test_run();
}
