/* The sanitiser against the shared collections of attacks. Each output is read back by gumbo:
 * only allowed elements, attributes and addresses, the same bytes, and sanitising again changes
 * nothing; harmless text stays. */
#include "text/markdown.h"
#include "text/sanitise.h"

#include "reparse.h"
#include "shared.h"
#include "unpack.h"

#include <jansson.h>
#include <string.h>

static char *check(const char *html, size_t length)
{
    g_auto(SafeHtml) out = {0};
    g_auto(SafeHtml) again = {0};
    char *text = NULL;
    g_autofree char *valid = g_utf8_make_valid(html, (gssize)length);
    g_assert_true(sanitise_html(valid, strlen(valid), NULL, &out, NULL));
    const char *markup = safe_html_markup(&out);
    g_autofree char *bad = reparse_check(markup, &text);
    g_assert_true(sanitise_html(markup, strlen(markup), NULL, &again, NULL));
    if (bad != NULL || strcmp(safe_html_markup(&again), markup) != 0) {
        g_test_message("%s", html);
    }
    g_assert_cmpstr(bad, ==, NULL);
    g_assert_cmpstr(safe_html_markup(&again), ==, markup);
    return text;
}

static json_t *load(const char *name)
{
    g_autofree char *path = shared_path(name);
    return path == NULL ? NULL : json_load_file(path, 0, NULL);
}

/* What another sanitiser leaves as it is, and what we drop with its content on purpose is not in.
 */
static bool is_harmless(const char *payload, const json_t *expected)
{
    static const char *const ours[] = {"<svg",   "<math",  "<select", "<style",    "<template",
                                       "<video", "<audio", "<canvas", "<textarea", "<title"};
    for (size_t i = 0; i < G_N_ELEMENTS(ours); i++) {
        if (strstr(payload, ours[i]) != NULL) {
            return false;
        }
    }
    return json_is_string(expected) && strcmp(json_string_value(expected), payload) == 0;
}

static void test_dompurify(void)
{
    json_t *cases = load("data/conf-html-sanitise/dompurify-expect.json");
    unsigned harmless = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        json_t *item = json_array_get(cases, i);
        const char *payload = json_string_value(json_object_get(item, "payload"));
        g_autofree char *text = check(payload, strlen(payload));
        if (is_harmless(payload, json_object_get(item, "expected"))) {
            g_autofree char *same = NULL;
            g_free(reparse_check(payload, &same));
            g_strstrip(same);
            g_strstrip(text);
            g_assert_cmpstr(text, ==, same);
            harmless++;
        }
    }
    g_test_message("%zu cases, %u harmless with their text", json_array_size(cases), harmless);
    json_decref(cases);
}

static void test_h5sc(void)
{
    json_t *root = load("data/conf-html-sanitise/h5sc-vectors.json");
    json_t *items = json_object_get(root, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        const char *data = json_string_value(json_object_get(json_array_get(items, i), "data"));
        g_autoptr(GString) html = g_string_new(data);
        const char *name = NULL;
        json_t *payload = NULL;
        json_object_foreach(json_object_get(root, "payloads"), name, payload)
        {
            g_autofree char *mark = g_strdup_printf("%%%s%%", name);
            g_string_replace(html, mark, json_string_value(payload), 0);
        }
        g_free(check(html->str, html->len));
    }
    json_decref(root);
}

static void test_payloads(void)
{
    g_autofree char *path = shared_path("data/conf-html-sanitise/payloadbox-xss.txt.zst");
    g_autofree char *quoted = path == NULL ? NULL : g_shell_quote(path);
    g_autofree char *command = g_strdup_printf("zstd -dc %s", quoted);
    g_autofree char *lines = NULL;
    if (path == NULL || !g_spawn_command_line_sync(command, &lines, NULL, NULL, NULL)) {
        g_test_skip("zstd is not installed");
        return;
    }
    g_auto(GStrv) list = g_strsplit(lines, "\n", -1);
    g_assert_cmpuint(g_strv_length(list), >, 3000);
    for (char **line = list; *line != NULL; line++) {
        g_free(check(*line, strlen(*line)));
        /* the same inside an attribute, an open tag and a comment */
        g_autofree char *inside = g_strdup_printf(
            "<p title=\"%s\">a<p %s>b<!-- %s --><a href='%s'>c</a>", *line, *line, *line, *line);
        g_free(check(inside, strlen(inside)));
    }
}

/* bleach's pairs and feedparser's feeds, as they stand and with one level of escaping removed. */
static void check_file(const char *path, void *count)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    g_free(check(bytes, length));
    g_autoptr(GString) plain = g_string_new(bytes);
    g_string_replace(plain, "<!--", "", 0);
    g_string_replace(plain, "&lt;", "<", 0);
    g_string_replace(plain, "&gt;", ">", 0);
    g_string_replace(plain, "&amp;", "&", 0);
    g_free(check(plain->str, plain->len));
    const char *summary = strstr(plain->str, "<summary");
    if (summary != NULL && strstr(summary, "safe") != NULL) {
        g_autofree char *text = check(summary, strlen(summary));
        g_assert_nonnull(strstr(text, "safe"));
    }
    (*(unsigned *)count)++;
}

static void test_cases(void)
{
    g_autofree char *archive = shared_path("data/conf-html-sanitise/cases.tar.zst");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    unsigned count = 0;
    if (folder != NULL) {
        shared_walk(folder, check_file, &count);
        g_assert_cmpuint(count, >, 300);
        shared_remove(folder);
    }
}

static void count_bytes(const char *text, unsigned counts[static 256])
{
    for (const char *p = text; *p != '\0'; p++) {
        counts[(guchar)*p] += !g_ascii_isspace(*p);
    }
}

/* A post with nothing in it that is dropped or replaced keeps all its text (a misplaced one may
 * come at another place). */
static void check_post(const char *path, void *count)
{
    static const char *const not_kept[] = {
        "<iframe", "<script", "<style", "<svg", "<object", "<video", "<!--",      "<noscript",
        "<title",  "<select", "<audio", "<img", "![",      "<xmp",   "<Textarea", "<canvas"};
    g_autofree char *post = NULL;
    gsize length = 0;
    g_assert_true(g_file_get_contents(path, &post, &length, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(not_kept); i++) {
        if (strstr(post, not_kept[i]) != NULL) {
            return;
        }
    }
    g_autofree char *html = markdown_parse_plain(post, length, true, NULL);
    g_autofree char *text = check(html, strlen(html));
    g_autofree char *whole = NULL;
    g_free(reparse_check(html, &whole));
    unsigned kept[256] = {0};
    unsigned given[256] = {0};
    count_bytes(text, kept);
    count_bytes(whole, given);
    if (memcmp(kept, given, sizeof kept) != 0) {
        g_test_message("%s", path);
    }
    g_assert_cmpmem(kept, sizeof kept, given, sizeof given);
    (*(unsigned *)count)++;
}

static void test_posts(void)
{
    g_autofree char *archive = shared_path("data/news-digitalgov/posts.tar.zst");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    unsigned count = 0;
    if (folder != NULL) {
        shared_walk(folder, check_post, &count);
        g_test_message("%u posts with all their text", count);
        g_assert_cmpuint(count, >, 300);
        shared_remove(folder);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise/shared_dompurify", test_dompurify);
    g_test_add_func("/sanitise/shared_h5sc", test_h5sc);
    g_test_add_func("/sanitise/shared_payloads", test_payloads);
    g_test_add_func("/sanitise/shared_cases", test_cases);
    g_test_add_func("/sanitise/shared_posts", test_posts);
    return g_test_run();
}
