#include "main/story_lines.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/limits.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *path;

static StoryLines *open_text(const char *text, gssize length)
{
    g_assert_true(g_file_set_contents(path, text, length, NULL));
    StoryLines *lines = story_lines_open(path, NULL);
    g_assert_nonnull(lines);
    return lines;
}

static void expect(StoryLines *lines, unsigned number, const char *text)
{
    StoryLine line;
    g_assert_cmpint(story_lines_next(lines, &line, NULL), ==, STORY_LINES_LINE);
    g_assert_cmpuint(line.number, ==, number);
    g_assert_cmpmem(line.bytes, (int)line.length, text, (int)strlen(text));
}

static void test_lines(void)
{
    StoryLine line;
    g_autoptr(StoryLines) lines = open_text("\xef\xbb\xbfone\r\n\n  \ntwo\nthree", -1);
    expect(lines, 1, "one");
    expect(lines, 4, "two");
    expect(lines, 5, "three");
    g_assert_cmpint(story_lines_next(lines, &line, NULL), ==, STORY_LINES_END);
    g_assert_cmpint(story_lines_next(lines, &line, NULL), ==, STORY_LINES_END);
    g_assert_cmpuint(line.read, ==, 3 + 3 + 2 + 1 + 3 + 4 + 5);
}

static void test_nul(void)
{
    StoryLine line;
    g_autoptr(StoryLines) lines = open_text("a\0b\n", 4);
    g_assert_cmpint(story_lines_next(lines, &line, NULL), ==, STORY_LINES_LINE);
    g_assert_cmpmem(line.bytes, (int)line.length, "a\0b", 3);
}

/* A line at the limit is read, one above it passed over, the next one read again. */
static void test_long(void)
{
    StoryLine line;
    size_t most = LIMIT_STORY_FILE;
    g_autofree char *text = g_malloc(2 * most + 20);
    memset(text, 'x', 2 * most + 20);
    text[most] = '\n';
    text[2 * most + 2] = '\n';
    memcpy(text + 2 * most + 3, "end\n", 5);
    g_autoptr(StoryLines) lines = open_text(text, (gssize)strlen(text));
    g_assert_cmpint(story_lines_next(lines, &line, NULL), ==, STORY_LINES_LINE);
    g_assert_cmpuint(line.length, ==, most);
    g_assert_cmpint(story_lines_next(lines, &line, NULL), ==, STORY_LINES_TOO_LONG);
    g_assert_cmpuint(line.number, ==, 2);
    expect(lines, 3, "end");
    g_assert_cmpint(story_lines_next(lines, &line, NULL), ==, STORY_LINES_END);
}

static void test_failures(void)
{
    StoryLine line;
    g_autoptr(GError) error = NULL;
    g_assert_null(story_lines_open("/nowhere/at/all", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_null(story_lines_open("/", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    g_clear_error(&error);
    g_autoptr(StoryLines) lines = open_text("one\n", -1);
    fault_plan(FAULT_FILE, 1, true);
    g_assert_cmpint(story_lines_next(lines, &line, &error), ==, STORY_LINES_FAILED);
    fault_end();
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    int file = g_file_open_tmp("kolokol-lines-XXXXXX", &path, NULL);
    close(file);
    g_test_add_func("/story-lines/lines", test_lines);
    g_test_add_func("/story-lines/nul", test_nul);
    g_test_add_func("/story-lines/long", test_long);
    g_test_add_func("/story-lines/failures", test_failures);
    int status = g_test_run();
    g_unlink(path);
    g_free(path);
    return status;
}
