/* Pictures: relative ones, those elsewhere, and what the resolver says. */
#include "cleaned.h"

static bool find_picture(const char *destination, SanitisePicture *picture, void *data)
{
    if (strstr(destination, "known") == NULL) {
        return false;
    }
    *picture = (SanitisePicture){g_strdup("o/ab/x.jpg"),
                                 g_strdup("image/avif"),
                                 g_strdup("o/ab/x.avif 800w"),
                                 g_strdup("100vw"),
                                 800,
                                 600};
    return true;
}

static char *find_link(const char *destination, void *data)
{
    if (strcmp(destination, "hostile") == 0) {
        return g_strdup("javascript:alert(1)");
    }
    return strstr(destination, "gone") != NULL ? NULL : g_strconcat("../", destination, NULL);
}

static void take_notice(SanitiseNotice notice, const char *what, void *data)
{
    g_string_append_printf(data, "%d %s;", notice, what);
}

static void test_pictures(void)
{
    assert_clean("<img src=a.jpg alt='x \"y\"' width=10 height=20 onerror=z>",
                 "<img src=\"a.jpg\" alt=\"x &quot;y&quot;\" width=\"10\" height=\"20\""
                 " loading=\"lazy\">");
    assert_clean("<img src=https://t.example/pixel.gif alt='A cat'>",
                 "<a href=\"https://t.example/pixel.gif\"" EXTERNAL ">A cat</a>");
    assert_clean("<a href=x><img src=//t.example/p.gif></a>", "<a href=\"x\">t.example</a>");
    assert_clean("<img src=javascript:x><img src=data:image/png;base64,AA><img>", "");
    assert_clean("<img src=a.jpg srcset='https://t.example/x 2x' sizes=x>",
                 "<img src=\"a.jpg\" alt=\"\" loading=\"lazy\">");
    assert_clean("<iframe src='https://www.video.example/e/1' width=1>old</iframe>a",
                 "<p><a href=\"https://www.video.example/e/1\"" EXTERNAL ">video.example</a></p>a");
}

#define FORMS "<picture><source type=\"image/avif\" srcset=\"o/ab/x.avif 800w\" sizes=\"100vw\">"

static void test_resolver(void)
{
    g_autoptr(GString) notices = g_string_new(NULL);
    SanitiseResolver resolver = {find_picture, find_link, take_notice, notices};
    g_autofree char *clean =
        clean_with("<img src=known.png alt=A><img src=lost.png alt=B><img src=http://a/known>"
                   "<a href=b.html>c</a><a href=gone>d</a><a href=hostile>e</a><a href=#f>f</a>"
                   "<a href=mailto:x@y>g</a><script>1</script>",
                   &resolver);
    g_assert_cmpstr(
        clean, ==,
        FORMS "<img src=\"o/ab/x.jpg\" alt=\"A\" width=\"800\" height=\"600\" loading=\"lazy\">"
              "</picture>" FORMS "<img src=\"o/ab/x.jpg\" alt=\"\" width=\"800\" height=\"600\""
              " loading=\"lazy\"></picture>"
              "<a href=\"../b.html\">c</a>de<a href=\"#u-f\">f</a>"
              "<a href=\"mailto:x@y\">g</a>");
    g_assert_cmpstr(notices->str, ==, "0 lost.png;2 gone;2 hostile;3 script;");
}

static bool find_media(const char *destination, SanitisePicture *picture, void *data)
{
    if (strcmp(destination, "media:7") != 0) {
        return false;
    }
    *picture = (SanitisePicture){.url = g_strdup("o/ab/x.jpg")};
    return true;
}

/* "media:ID" is a picture of the newsroom where a resolver knows it, and nothing else anywhere. */
static void test_media(void)
{
    g_autoptr(GString) notices = g_string_new(NULL);
    SanitiseResolver resolver = {.picture = find_media, .notice = take_notice, .data = notices};
    g_autofree char *clean = clean_with(
        "<img src=media:7 alt=A><img src=media:8 alt=B><a href=media:7>c</a>", &resolver);
    g_assert_cmpstr(clean, ==, "<img src=\"o/ab/x.jpg\" alt=\"A\" loading=\"lazy\">c");
    g_assert_cmpstr(notices->str, ==, "0 media:8;2 media:7;");
    assert_clean("a<img src=media:7>", "a");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_picture/pictures", test_pictures);
    g_test_add_func("/sanitise_picture/resolver", test_resolver);
    g_test_add_func("/sanitise_picture/media", test_media);
    return g_test_run();
}
