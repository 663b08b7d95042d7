/* Front matter: what is read, sizes and encodings refused, the shared posts. */
#include "front_matter_read.h"
#include "shared.h"
#include "unpack.h"

#include <string.h>

static void assert_parse(const char *text, const char *description, const char *body)
{
    g_autoptr(FrontMatter) front = parse(text);
    g_autofree char *described = describe(front);
    size_t length = 0;
    const char *found = front_matter_body(front, &length);
    g_autofree char *copy = g_strndup(found, length);
    g_assert_cmpstr(described, ==, description);
    g_assert_cmpstr(copy, ==, body);
}

static void test_forms(void)
{
    assert_parse(
        "---\ntitle: A bell\ntopics: [press, exile]\nauthors:\n  - Ann\n  - \"Bo: B\"\n---\nBody\n",
        "title=A bell;topics=[press|exile];authors=[Ann|Bo: B];", "Body\n");
    assert_parse(
        "\xEF\xBB\xBF---\r\ntitle: 'It''s'\r\nlead: >\r\n  one\r\n  two\r\n---\r\nBody\r\n",
        "title=It's;lead=one two\n;", "Body\r\n");
    assert_parse("--- \ndate: 2026-11-23\nok: yes\nn: 010\n--- \t\nx",
                 "date=2026-11-23;ok=yes;n=010;", "x");
    assert_parse("---\na:\nb: ~\nc: null\nd: 'null'\ne: []\nf: [~, '', x]\n---\n",
                 "a=;b=;c=;d=null;e=[];f=[|x];", "");
    assert_parse("---\nimage:\n  src: a.jpg\n  size:\n    w: 1\nx: [[1], {a: b}]\ny: z\n---\n",
                 "image.src=a.jpg;image.size.w=1;x?;y=z;", "");
    assert_parse("---\n---\nBody", "", "Body");
    assert_parse("---\n# nothing\n---\nBody", "", "Body");
    assert_parse("---\ntitle: x\n---", "title=x;", "");
    assert_parse("No head\n---\nat all", "", "No head\n---\nat all");
    assert_parse("", "", "");
    assert_parse("\n\r\n---\na: b\n---\nc", "a=b;", "c");
    assert_parse("\n\n c", "", "\n\n c");
    assert_parse("----\nnot a head", "", "----\nnot a head");
    assert_parse("---\nt: a\n---\n---\nrest", "t=a;", "---\nrest");
    assert_parse("---\n\"заголовок\": \"\\u041A\\n\"\n---\n", "заголовок=К\n;", "");
}

static void test_access(void)
{
    g_autoptr(FrontMatter) front =
        parse("---\ntitle: A\ntopics: one\nauthors: []\nimage: {src: a, alt: b}\nzoo: 1\n---\n\nB");
    g_assert_cmpstr(front_matter_text(front, "title"), ==, "A");
    g_assert_null(front_matter_text(front, "authors"));
    g_assert_null(front_matter_text(front, "lead"));
    g_assert_cmpstr(front_matter_list(front, "topics")[0], ==, "one");
    g_assert_null(front_matter_list(front, "topics")[1]);
    g_assert_null(front_matter_list(front, "authors")[0]);
    g_assert_null(front_matter_list(front, "lead"));
    g_assert_cmpuint(front_matter_find(front, "image.alt")->line, ==, 5);
    g_assert_cmpuint(front_matter_body_line(front), ==, 8);
    g_auto(GStrv) unknown = front_matter_unknown(front, FRONT_MATTER_STORY_KEYS);
    g_autofree char *names = g_strjoinv(",", unknown);
    g_assert_cmpstr(names, ==, "image,zoo");
}

static void test_refused_bytes(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(front_matter_parse("---\na: \0\n---\n", 13, &error));
    g_assert_cmpstr(error->message, ==, "file, line 2: a NUL byte; save the text as UTF-8");
    g_clear_error(&error);
    g_assert_null(front_matter_parse("---\na: caf\xE9\n---\n", 16, &error));
    g_assert_cmpstr(error->message, ==,
                    "file, line 2: a byte that is not UTF-8; save the text as UTF-8");
}

static void test_foreign(void)
{
    const char *text = "---\ntitle: a\nexpires: {a: 1}\nexpires: [b, [c]]\nexpires: d\nz: e\n---\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(FrontMatter) front =
        front_matter_parse_foreign(text, strlen(text), FRONT_MATTER_STORY_KEYS, &error);
    g_assert_no_error(error);
    g_autofree char *described = describe(front);
    g_assert_cmpstr(described, ==, "title=a;expires.a=1;expires?;z=e;");
    const char *twice = "---\ntitle: a\ntitle: b\n---\n";
    g_assert_null(
        front_matter_parse_foreign(twice, strlen(twice), FRONT_MATTER_STORY_KEYS, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
}

static char *filled(const char *head, size_t size, const char *tail)
{
    GString *text = g_string_new(head);
    g_string_set_size(text, strlen(head) + size);
    memset(text->str + strlen(head), 'a', size);
    return g_string_free(g_string_append(text, tail), FALSE);
}

static void test_refused_sizes(void)
{
    g_autofree char *title = filled("---\ntitle: ", 100000, "\n---\n");
    assert_refused(title, KOLOKOL_ERROR_LIMIT,
                   "front matter, line 1: 100008 bytes, more than the 64 KB allowed; shorten its "
                   "texts, or set the line --- that closes it where it belongs");
    g_autofree char *huge = filled("---\ntitle: x\n---\n", 20u * 1024 * 1024, "");
    assert_refused(huge, KOLOKOL_ERROR_LIMIT,
                   "the file has 20971537 bytes, more than the 4 MB allowed");
    g_autofree char *body = filled("---\ntitle: x\n---\n", 3u * 1024 * 1024, "");
    assert_refused(body, KOLOKOL_ERROR_LIMIT,
                   "the body has 3145728 bytes, more than the 2 MB that a story may have");
    g_autoptr(GString) keys = g_string_new("---\n");
    for (unsigned i = 0; i < 300; i++) {
        g_string_append_printf(keys, "k%u: x\n", i);
    }
    g_string_append(keys, "---\n");
    assert_refused(keys->str, KOLOKOL_ERROR_LIMIT, "front matter, line 258: more than 256 keys");
}

static void parse_post(const char *path, void *count)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;
    if (!g_str_has_suffix(path, ".md")) {
        return;
    }
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_autoptr(FrontMatter) front =
        front_matter_parse_foreign(text, length, FRONT_MATTER_STORY_KEYS, &error);
    if (error != NULL) {
        g_test_message("%s", path);
    }
    g_assert_no_error(error);
    g_assert_cmpuint(front_matter_count(front), >, 2);
    size_t body_length = 0;
    const char *body = front_matter_body(front, &body_length);
    g_autofree char *written = front_matter_write(front, body, body_length);
    g_autoptr(FrontMatter) back = parse(written);
    g_autofree char *again = front_matter_write(back, body, body_length);
    g_assert_cmpstr(written, ==, again);
    (*(unsigned *)count)++;
}

static void test_posts(const void *name)
{
    g_autofree char *archive = shared_path(name);
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    unsigned count = 0;
    if (folder != NULL) {
        shared_walk(folder, parse_post, &count);
        g_test_message("%u posts", count);
        g_assert_cmpuint(count, >, 200);
        shared_remove(folder);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/front_matter/forms", test_forms);
    g_test_add_func("/front_matter/access", test_access);
    g_test_add_func("/front_matter/refused_bytes", test_refused_bytes);
    g_test_add_func("/front_matter/refused_sizes", test_refused_sizes);
    g_test_add_func("/front_matter/foreign", test_foreign);
    g_test_add_data_func("/front_matter/shared_18f", "data/news-18f/posts.tar.zst", test_posts);
    g_test_add_data_func("/front_matter/shared_digitalgov", "data/news-digitalgov/posts.tar.zst",
                         test_posts);
    return g_test_run();
}
