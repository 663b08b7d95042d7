/* Markdown against the shared material: the CommonMark and GFM specifications, the parser's speed
 * samples, and real posts. */
#include "text/markdown.h"

#include "reparse.h"
#include "shared.h"
#include "unpack.h"

#include <string.h>

#define FENCE "\n```````````````````````````````` example"

typedef struct {
    unsigned examples;
    unsigned right;
    GString *wrong; /* numbers */
} Score;

static char *with_tabs(const char *begin, const char *end)
{
    g_autofree char *text = g_strndup(begin, (gsize)(end - begin));
    g_auto(GStrv) parts = g_strsplit(text, "→", -1);
    return g_strjoinv("\t", parts);
}

/* The examples of a specification whose info string is `kind`. */
static Score run_spec(const char *spec, const char *kind, bool gfm)
{
    Score score = {.wrong = g_string_new(NULL)};
    g_autofree char *opening = g_strconcat(FENCE, kind, "\n", NULL);
    const char *at = spec;
    unsigned number = 0;
    while ((at = strstr(at, FENCE)) != NULL) {
        number++;
        if (!g_str_has_prefix(at, opening)) {
            at++;
            continue;
        }
        const char *source = at + strlen(opening);
        const char *dot = strncmp(source, ".\n", 2) == 0 ? source - 1 : strstr(source, "\n.\n");
        const char *expected = dot + 3;
        const char *end = strstr(dot + 2, "\n````````````````````````````````");
        g_autofree char *markdown = with_tabs(source, dot + 1);
        g_autofree char *html = end < expected ? g_strdup("") : with_tabs(expected, end + 1);
        g_autofree char *made = markdown_parse_plain(markdown, strlen(markdown), gfm, NULL);
        score.examples++;
        if (g_strcmp0(made, html) == 0) {
            score.right++;
        } else {
            g_string_append_printf(score.wrong, " %u", number);
        }
        at = end;
    }
    return score;
}

static void test_commonmark(void)
{
    g_autofree char *path = shared_path("data/conf-commonmark/spec.txt");
    g_autofree char *spec = NULL;
    if (path == NULL || !g_file_get_contents(path, &spec, NULL, NULL)) {
        return;
    }
    Score score = run_spec(spec, "", false);
    g_test_message("%u of %u, not%s", score.right, score.examples, score.wrong->str);
    g_assert_cmpuint(score.examples, ==, 655);
    g_assert_cmpuint(score.right, >=, 650);
    g_string_free(score.wrong, TRUE);
}

static void test_gfm(void)
{
    static const char *const kinds[] = {" table", " strikethrough", " autolink"};
    g_autofree char *path = shared_path("data/conf-commonmark/gfm-spec.txt");
    g_autofree char *spec = NULL;
    if (path == NULL || !g_file_get_contents(path, &spec, NULL, NULL)) {
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        Score score = run_spec(spec, kinds[i], true);
        g_test_message("%u of %u%s, not%s", score.right, score.examples, kinds[i],
                       score.wrong->str);
        g_assert_cmpuint(score.examples, >, 0);
        g_assert_cmpuint(score.right, ==, score.examples);
        g_string_free(score.wrong, TRUE);
    }
}

static void render_and_check(const char *path, void *count)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!g_str_has_suffix(path, ".md")) {
        return;
    }
    (*(unsigned *)count)++;
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_auto(SafeHtml) html = {0};
    g_autoptr(GError) error = NULL;
    g_assert_true(markdown_render(text, length, NULL, &html, &error));
    g_assert_no_error(error);
    const char *markup = safe_html_markup(&html);
    g_autofree char *bad = reparse_check(markup, NULL);
    g_auto(SafeHtml) again = {0};
    g_assert_true(sanitise_html(markup, strlen(markup), NULL, &again, &error));
    if (bad != NULL || strcmp(safe_html_markup(&again), markup) != 0) {
        g_test_message("%s", path);
    }
    g_assert_cmpstr(bad, ==, NULL);
    g_assert_cmpstr(safe_html_markup(&again), ==, markup);
}

static void test_samples(void)
{
    g_autofree char *path = shared_path("data/conf-commonmark/samples");
    unsigned count = 0;
    if (path != NULL) {
        shared_walk(path, render_and_check, &count);
        g_assert_cmpuint(count, ==, 25);
    }
}

static void test_posts(const void *name)
{
    g_autofree char *archive = shared_path(name);
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    unsigned count = 0;
    if (folder != NULL) {
        shared_walk(folder, render_and_check, &count);
        g_assert_cmpuint(count, >, 200);
        shared_remove(folder);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markdown/shared_commonmark", test_commonmark);
    g_test_add_func("/markdown/shared_gfm", test_gfm);
    g_test_add_func("/markdown/shared_samples", test_samples);
    g_test_add_data_func("/markdown/shared_18f", "data/news-18f/posts.tar.zst", test_posts);
    g_test_add_data_func("/markdown/shared_digitalgov", "data/news-digitalgov/posts.tar.zst",
                         test_posts);
    return g_test_run();
}
