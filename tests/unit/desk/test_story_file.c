/* A story's file, both forms: keys, foreign keys, lines of what is wrong, and the way back.
 * Covers: src/desk/story_file_json.c, src/desk/story_file_markdown.c. */
#include "desk/story_file.h"

#include "base/error.h"

#include <string.h>

static StoryInput *markdown(const char *text, StoryFileReport *report, GError **error)
{
    return story_file_read_markdown(text, strlen(text), report, error);
}

static StoryInput *json(const char *text, StoryFileReport *report, GError **error)
{
    return story_file_read_json(text, strlen(text), report, error);
}

static void check_foreign(const StoryInput *input, const StoryFileReport *report)
{
    g_assert_cmpstr(input->title, ==, "T");
    g_assert_cmpstr(input->lead, ==, "The deck");
    g_assert_cmpstr(input->section, ==, "One");
    g_assert_cmpstr(input->status, ==, "draft");
    g_assert_cmpuint(input->topics->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(input->topics, 1), ==, "b");
    g_assert_cmpuint(input->aliases->len, ==, 1);
    g_assert_cmpstr(input->body, ==, "Body\n");
    g_assert_cmpstr(report->unknown[0], ==, "layout");
    g_assert_null(report->unknown[1]);
}

static void test_foreign_markdown(void)
{
    g_auto(StoryFileReport) report = {0};
    g_autoptr(StoryInput) input =
        markdown("---\ntitle: T\nlayout: wide\nsummary: Less\ndeck: The deck\nlead:\n"
                 "categories: [One, Two]\ntags: [a, b]\nredirect_from: /old\ndraft: true\n---\n"
                 "Body\n",
                 &report, NULL);
    check_foreign(input, &report);
    g_assert_cmpuint(story_file_line(&report.lines, "lead: is wrong"), ==, 5);
    g_assert_cmpuint(story_file_line(&report.lines, "the title is wrong"), ==, 2);
    g_assert_cmpuint(story_file_line(&report.lines, "slug: is wrong"), ==, 0);
    g_assert_cmpuint(story_file_line(&report.lines, ""), ==, 0);
}

static void test_foreign_json(void)
{
    g_auto(StoryFileReport) report = {0};
    g_autoptr(StoryInput) input = json(
        "{\"title\":\"T\",\"layout\":{},\"summary\":\"Less\",\"deck\":\"The deck\",\"lead\":\"\","
        "\"categories\":[\"One\",\"Two\"],\"tags\":[\"a\",\"b\"],\"redirect_from\":\"/old\","
        "\"draft\":true,\"slug\":null,\"body\":\"Body\\n\"}",
        &report, NULL);
    check_foreign(input, &report);
    g_assert_null(input->slug);
}

static void refuse_markdown(const char *text, unsigned line)
{
    g_auto(StoryFileReport) report = {0};
    g_autoptr(GError) error = NULL;
    g_assert_null(markdown(text, &report, &error));
    g_assert_nonnull(error);
    g_assert_cmpuint(report.line, ==, line);
    g_assert_null(strstr(error->message, "front matter, line"));
}

static void test_refused_markdown(void)
{
    refuse_markdown("---\ntitle: T\n", 1);
    refuse_markdown("Words only.\n", 1);
    refuse_markdown("---\na: b\ntitle: [x\n---\n", 4);
    refuse_markdown("---\na: b\ntitle: [x, y]\n---\n", 3);
    refuse_markdown("---\nauthors:\n  - name: X\n---\n", 2);
    refuse_markdown("---\ntitle: T\nformat: word\n---\n", 3);
    g_auto(StoryFileReport) report = {0};
    g_autoptr(GError) error = NULL;
    g_assert_null(story_file_read_markdown("a\0b", 3, &report, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
}

static void test_refused_json(void)
{
    static const char *const texts[] = {
        "",
        "1",
        "[]",
        "{",
        "{\"title\":{}}",
        "{\"topics\":[{}]}",
        "{\"title\":[\"a\",\"b\"]}",
        "{\"title\":\"a\\u0000\"}",
        "{\"title\":\"a\",\"title\":\"b\"}",
        "{\"title\":\"\xff\"}",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_auto(StoryFileReport) report = {0};
        g_autoptr(GError) error = NULL;
        g_assert_null(json(texts[i], &report, &error));
        g_assert_nonnull(error);
        g_assert_null(strstr(error->message, "line 1"));
        g_assert_null(strchr(error->message, '\n'));
    }
}

/* Numbers and truth values are the texts that they are written as. */
static void test_scalars(void)
{
    g_auto(StoryFileReport) report = {0};
    g_autoptr(StoryInput) input =
        json("{\"id\":12,\"title\":2.5,\"agency\":true,\"topics\":7}", &report, NULL);
    g_assert_cmpstr(input->id, ==, "12");
    g_assert_cmpstr(input->title, ==, "2.5");
    g_assert_cmpstr(input->agency, ==, "true");
    g_assert_cmpstr(g_ptr_array_index(input->topics, 0), ==, "7");
}

static StoryInput *sample(bool html)
{
    StoryInput *input = story_input_new();
    input->id = g_strdup("a: b");
    input->title = g_strdup("\"Quoted\": #1\nand a line");
    input->lead = g_strdup(" blank around ");
    input->date = g_strdup("2026-11-23T10:00:00.000001Z");
    g_ptr_array_add(input->topics, g_strdup("[a]"));
    g_ptr_array_add(input->authors, g_strdup("reporting: Ü"));
    g_ptr_array_add(input->aliases, g_strdup("/old/"));
    *(html ? &input->html : &input->body) = g_strdup("---\ntext\n---\n\n<b>&amp;</b>");
    return input;
}

static void check_same(const StoryInput *input, const StoryInput *back)
{
    g_autofree char *one = story_file_write_json(input, NULL);
    g_autofree char *other = story_file_write_json(back, NULL);
    g_assert_cmpstr(one, ==, other);
}

static void test_back(void)
{
    for (int html = 0; html < 2; html++) {
        g_autoptr(StoryInput) input = sample(html != 0);
        g_auto(StoryFileReport) report = {0}, other = {0};
        g_autofree char *text = story_file_write_markdown(input);
        g_autofree char *line = story_file_write_json(input, NULL);
        g_assert_null(strchr(line, '\n'));
        g_autoptr(StoryInput) by_markdown = markdown(text, &report, NULL);
        g_autoptr(StoryInput) by_json = json(line, &other, NULL);
        check_same(input, by_markdown);
        check_same(input, by_json);
        g_assert_null(report.unknown);
        g_assert_null(other.unknown);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/story-file/foreign-markdown", test_foreign_markdown);
    g_test_add_func("/story-file/foreign-json", test_foreign_json);
    g_test_add_func("/story-file/refused-markdown", test_refused_markdown);
    g_test_add_func("/story-file/refused-json", test_refused_json);
    g_test_add_func("/story-file/scalars", test_scalars);
    g_test_add_func("/story-file/back", test_back);
    return g_test_run();
}
