/* Pictures of HTML, with their words. */
#include "text/text_picture.h"

#include <string.h>

/* "url,alt;" of each, with a + behind those that have a caption. */
static void assert_pictures(const char *html, const char *expected)
{
    g_autoptr(GPtrArray) pictures = text_pictures_new();
    g_autoptr(GString) all = g_string_new(NULL);
    html_pictures(html, strlen(html), pictures);
    for (guint i = 0; i < pictures->len; i++) {
        const TextPicture *picture = pictures->pdata[i];
        g_string_append_printf(all, "%s,%s%s;", picture->url, picture->alt,
                               picture->captioned ? "+" : "");
        g_assert_cmpstr(picture->title, ==, "");
    }
    g_assert_cmpstr(all->str, ==, expected);
}

static void test_words(void)
{
    assert_pictures("", "");
    assert_pictures("<p>a <img src=media:1><IMG SRC='media&#58;2' alt=' A &amp; b '></p>",
                    "media:1,;media:2,A & b;");
    assert_pictures("<img alt=x>", ",x;");
    assert_pictures("<!-- <img src=a> --><script>'<img src=b>'</script><p>&lt;img src=c>", "");
    assert_pictures("<img src=media:1 title='C | Anna'>", "media:1,;");
}

static void test_captions(void)
{
    assert_pictures("<figure><img src=media:1><figcaption>Boats. Anna</figcaption></figure>"
                    "<img src=media:2>",
                    "media:1,+;media:2,;");
    assert_pictures("<img src=a><figure><figcaption><em>Anna</em></figcaption><img src=b>"
                    "<img src=c></figure>",
                    "a,;b,+;c,+;");
    assert_pictures("<figure><img src=a><figcaption> \n<br></figcaption>text</figure>", "a,;");
    assert_pictures("<figure><img src=a><figure><img src=b><figcaption>B", "a,;b,+;");
    assert_pictures("<img src=a><figcaption>stray</figcaption>", "a,;");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text_picture/words", test_words);
    g_test_add_func("/text_picture/captions", test_captions);
    return g_test_run();
}
