/* A page's replies: made once, for the form that exists. */
#include "fixture.h"
#include "stand/page.h"

#include <string.h>

typedef struct {
    Fixture *fixture;
    Source *source;
} Stage;

static Page *page_open(Stage *stage, const char *name, const char *text)
{
    SourceEntry entry;
    stage->fixture = fixture_new();
    fixture_put(stage->fixture, name, text);
    fixture_press(stage->fixture);
    stage->source = source_open(stage->fixture->descriptor, NULL);
    g_assert_true(source_find(stage->source, name, &entry));
    return page_new(name, &entry, false);
}

static void page_close(Stage *stage, Page *page)
{
    page_free(page);
    source_free(stage->source);
    fixture_free(stage->fixture);
}

static void test_forms(void)
{
    static const HttpCoding order[] = {HTTP_BR, HTTP_GZIP, HTTP_IDENTITY};
    Stage stage;
    Page *page = page_open(&stage, "a.html", "<p>text");
    size_t empty = page->cost;
    PageForm *form = page_form(page, stage.source, order, 3);
    g_assert_true(form == &page->forms[HTTP_GZIP]);
    g_assert_cmpuint(page->cost, >, empty);
    size_t one = page->cost;
    g_assert_true(page_form(page, stage.source, order, 3) == form);
    g_assert_cmpuint(page->cost, ==, one);
    g_assert_true(page_form(page, stage.source, order + 2, 1) == &page->forms[HTTP_IDENTITY]);
    HttpReply *same = page_not_modified(page, form);
    g_assert_true(page_not_modified(page, form) == same);
    g_assert_cmpuint(http_reply_status(same), ==, 304);
    g_assert_cmpuint(http_reply_length(same), ==, http_reply_length(form->whole));
    page_close(&stage, page);
}

/* A picture is not looked for in coded forms. */
static void test_picture(void)
{
    static const HttpCoding order[] = {HTTP_GZIP, HTTP_IDENTITY};
    Stage stage;
    Page *page = page_open(&stage, "favicon.png", "not really");
    PageForm *form = page_form(page, stage.source, order, 2);
    g_assert_true(form == &page->forms[HTTP_IDENTITY]);
    g_assert_null(http_reply_find(form->whole, "Vary"));
    g_assert_null(http_reply_find(form->whole, "Content-Security-Policy"));
    page_close(&stage, page);
}

static void test_unsatisfiable(void)
{
    Stage stage;
    Page *page = page_open(&stage, "a.html", "<p>text");
    g_autoptr(HttpReply) reply = page_unsatisfiable(page, 7);
    g_assert_cmpuint(http_reply_status(reply), ==, 416);
    g_assert_cmpstr(http_reply_find(reply, "Content-Range"), ==, "bytes */7");
    page_close(&stage, page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/forms", test_forms);
    g_test_add_func("/page/picture", test_picture);
    g_test_add_func("/page/unsatisfiable", test_unsatisfiable);
    return g_test_run();
}
