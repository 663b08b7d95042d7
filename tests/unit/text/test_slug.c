#include "text/slug.h"

#include "base/limits.h"
#include "shared.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

static void assert_slug(const char *title, size_t limit, const char *expected)
{
    g_autofree char *slug = slug_from_title(title, limit);
    g_assert_cmpstr(slug, ==, expected);
    g_assert_true(slug_valid(slug, limit));
}

static void test_latin(void)
{
    assert_slug("Hello, World!", 0, "hello-world");
    assert_slug("  Don't — “panic” ‘now’ ", 0, "dont-panic-now");
    assert_slug("Q&A: 3.5% of C++/C#", 0, "q-a-3-5-of-c-c");
    assert_slug("Zażółć gęślą jaźń, Straße, Ærø", 0, "zazolc-gesla-jazn-strasse-aero");
    assert_slug("CAFE\xCC\x81", 0, "cafe");
    assert_slug("a_b--c", 0, "a-b-c");
}

static void test_cyrillic(void)
{
    assert_slug("Жёлтый щенок: «Съешь ещё этих мягких булок»", 0,
                "zheltyy-shchenok-sesh-eshche-etikh-myagkikh-bulok");
    assert_slug("Ёлка и подъезд в Йошкар-Оле", 0, "yolka-i-podezd-v-yoshkar-ole");
    assert_slug("и\xCC\x86од", 0, "yod"); /* й in two characters */
    assert_slug("Київ: як з’явився їжак і Згурський", 0, "kyiv-yak-ziavyvsia-yizhak-i-zghurskyi");
    assert_slug("Беларусь: гэты сёння ў горадзе", 0, "belarus-hety-syonnya-u-horadze");
}

static void test_other_scripts(void)
{
    assert_slug("北京欢迎你", 0, "bei-jing-huan-ying-ni");
    assert_slug("Ελλάδα σήμερα", 0, "ellada-semera");
    assert_slug("Қазақстан жаңалықтары", 0, "kazakstan-zhanalyktary");
    assert_slug("Привет из 北京", 0, "privet-iz-bei-jing");
    static const char *const titles[] = {"العربية خبر",  "ქართული ენა", "日本の新聞",
                                         "हिन्दी समाचार", "አማርኛ ዜና",     "ภาษาไทย",
                                         "한국어 뉴스",  "עברית",       "Հայերեն"};
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        g_autofree char *slug = slug_from_title(titles[i], 0);
        g_assert_true(slug_valid(slug, 0));
        g_assert_cmpstr(slug, !=, "story");
    }
}

static void test_limits(void)
{
    assert_slug("one two three four", 13, "one-two-three");
    assert_slug("one two three four", 12, "one-two");
    assert_slug("incomprehensibilities galore", 10, "incomprehe");
    g_autofree char *slug = slug_from_title("abcdefghijkl", 1);
    g_assert_cmpuint(strlen(slug), ==, 8);
}

static void test_hostile(void)
{
    assert_slug("", 0, "story");
    assert_slug("!!! — ??? \xF0\x9F\x98\x80", 0, "story");
    assert_slug("a\xff\xfe"
                "b",
                0, "a-b");
    assert_slug("../../etc/passwd", 0, "etc-passwd");
    assert_slug("a\nb\tc\x01"
                "d",
                0, "a-b-c-d");
    g_autofree char *words = g_malloc(100001);
    g_autofree char *chinese = g_malloc(100001);
    for (size_t i = 0; i < 100000; i++) {
        words[i] = "word "[i % 5];
        chinese[i] = "\xe5\x8c\x97"[i % 3]; /* cut in the middle of a character too */
    }
    words[100000] = chinese[100000] = '\0';
    g_autofree char *slug = slug_from_title(words, 0);
    g_assert_cmpuint(strlen(slug), ==, 79);
    g_assert_true(slug_valid(slug, 0));
    g_autofree char *other = slug_from_title(chinese, 0);
    g_assert_true(slug_valid(other, 0));
    g_autofree char *one = g_strnfill(100000, 'x');
    g_autofree char *cut = slug_from_title(one, 0);
    g_assert_cmpuint(strlen(cut), ==, LIMIT_SLUG);
}

static void test_valid(void)
{
    static const char *const bad[] = {"",    "-a",  "a-",       "a--b", "A",
                                      "a_b", "a/b", "\xc3\xa9", "a b",  "a.b"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(slug_valid(bad[i], 0));
    }
    g_assert_true(slug_valid("a-1", 0));
    g_assert_true(slug_valid("abc", 3));
    g_assert_false(slug_valid("abcd", 3));
}

static gpointer in_a_thread(gpointer title)
{
    return slug_from_title(title, 0);
}

/* Each thread has an ICU of its own, and gives it back. */
static void test_threads(void)
{
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        threads[i] = g_thread_new("slug", in_a_thread, (gpointer)(uintptr_t) "Ελλάδα 北京");
    }
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        g_autofree char *slug = g_thread_join(threads[i]);
        g_assert_cmpstr(slug, ==, "ellada-bei-jing");
    }
}

/* Letter by letter the table is that of GOST R 52290-2004, without its signs. */
static void test_shared_gost(void)
{
    g_autofree char *path = shared_path("data/list-translit-ru/gost_52290.json");
    if (path == NULL) {
        return;
    }
    json_t *scheme = json_load_file(path, 0, NULL);
    const char *letter;
    json_t *latin;
    json_object_foreach(json_object_get(scheme, "mapping"), letter, latin)
    {
        g_autofree char *title = g_strdup_printf("x%sx", letter);
        g_autofree char *slug = slug_from_title(title, 0);
        const char *text = json_string_value(latin);
        g_autofree char *expected = g_strdup_printf("x%sx", strcmp(text, "'") == 0 ? "" : text);
        g_assert_cmpstr(slug, ==, expected);
    }
    json_decref(scheme);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/slug/latin", test_latin);
    g_test_add_func("/text/slug/cyrillic", test_cyrillic);
    g_test_add_func("/text/slug/other_scripts", test_other_scripts);
    g_test_add_func("/text/slug/limits", test_limits);
    g_test_add_func("/text/slug/hostile", test_hostile);
    g_test_add_func("/text/slug/valid", test_valid);
    g_test_add_func("/text/slug/threads", test_threads);
    g_test_add_func("/text/slug/shared_gost", test_shared_gost);
    return g_test_run();
}
