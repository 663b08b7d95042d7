/* Bodies on their page: what becomes of the pictures and addresses that an author wrote. */
#include "paper/body.h"

#include "paper/fixture.h"

#include <string.h>

#define PAGE FIXTURE_DAY "test.html"

typedef struct {
    const char *text;
    StoryFormat format;
    const char *scope;
    bool absolute, bare;
    char *made; /* the markup */
} Given;

static bool make(PaperPage *page, void *data, GError **error)
{
    Given *given = data;
    g_auto(SafeHtml) html = {0};
    PaperBody body = {
        .text = given->text, .format = given->format, .from = PAGE, .scope = given->scope};
    bool done = given->absolute ? paper_body_absolute(page, &body, &html, error)
                : given->bare   ? paper_body_bare(page, &body, &html, error)
                                : paper_body(page, &body, &html, error);
    given->made = done ? g_strdup(safe_html_markup(&html)) : NULL;
    return done;
}

static PressRecord *check(Fixture *fixture, Given given, const char *expected)
{
    PressRecord *record = fixture_on_page(fixture, "en", PAGE, make, &given);
    g_assert_cmpstr(record->failure, ==, NULL);
    g_assert_cmpstr(given.made, ==, expected);
    g_free(given.made);
    return record;
}

static void check_text(Fixture *fixture, StoryFormat format, const char *text, const char *expected)
{
    press_record_free(check(fixture, (Given){.text = text, .format = format}, expected));
}

/* Addresses of the paper become relative, so that a copy anywhere works; all others stay. */
static void test_links(void)
{
    static const struct {
        const char *given, *expected;
    } rows[] = {
        {"/2026/11/17/ice.html", "../../../2026/11/17/ice.html"},
        {"/section/city/", "../../../section/city/index.html"},
        {"/", "../../../index.html"},
        {FIXTURE_SITE "about.html", "../../../about.html"},
        {FIXTURE_SITE, "../../../index.html"},
        {"other.html", "../../../" FIXTURE_DAY "other.html"},
        {"../17/ice.html?x#y", "../../../2026/11/17/ice.html?x#y"},
        {"../../../../../../about.html", "../../../about.html"},
        {"?page=2", "?page=2"},
    };

    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strdup_printf("[a](%s)", rows[i].given);
        g_autofree char *expected =
            g_strdup_printf("<p><a href=\"%s\">a</a></p>\n", rows[i].expected);
        check_text(&fixture, STORY_MARKDOWN, text, expected);
    }
    check_text(
        &fixture, STORY_MARKDOWN, "[a](https://paper.example.org/x/)",
        "<p><a href=\"https://paper.example.org/x/\" rel=\"noopener noreferrer\">a</a></p>\n");
    check_text(&fixture, STORY_MARKDOWN, "[a](//other.example/x)",
               "<p><a href=\"https://other.example/x\" rel=\"noopener noreferrer\">a</a></p>\n");
    check_text(&fixture, STORY_HTML, "<a href=/about.html>a</a>",
               "<a href=\"../../../about.html\">a</a>");
}

/* A link to a story that is not out is its text only, until it is. */
static void test_not_out(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Later", "path", "zwy/later.html", "status", "draft", NULL);
    fixture_story(&fixture, "title", "Now", "path", "zwy/now.html", NULL);
    Given given = {.text = "[a](/zwy/later.html#x) [b](/zwy/now.html) [c](/zwy/none.html)",
                   .format = STORY_MARKDOWN};
    g_autoptr(PressRecord) record = check(&fixture, given,
                                          "<p>a <a href=\"../../../zwy/now.html\">b</a> "
                                          "<a href=\"../../../zwy/none.html\">c</a></p>\n");
    g_assert_true(fixture_reads(record, "at:zwy/later.html"));
    g_assert_true(fixture_reads(record, "at:zwy/now.html"));
    g_assert_true(fixture_reads(record, "at:zwy/none.html")); /* it may come */
    g_assert_true(fixture_reads(record, "path:zwy/none.html"));
    check_text(&fixture, STORY_HTML, "<a href=" FIXTURE_SITE "zwy/later.html>a</a>", "a");
}

/* However its address is written, and be it an old one. */
static void test_not_out_forms(void)
{
    static const char *const hidden[] = {"/zwy/deal/",           "/zwy/deal",
                                         "/zwy/deal/?x=1",       "/zwy/deal/#part",
                                         "/zwy/deal/index.html", "/zwy/%64eal/",
                                         "/zwy/%D1%82.html",     "/zwy/т.html",
                                         "/zwy/old.html",        "/zwy/%6fld.html#x",
                                         "/zwy/folder/",         FIXTURE_SITE "zwy/folder/",
                                         "../../../zwy/deal/",   "../../.././zwy/old.html#x"};
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Deal", "path", "zwy/deal/", "status", "draft", "aliases",
                  "zwy/old.html", "aliases", "zwy/folder/", NULL);
    fixture_story(&fixture, "title", "T", "path", "zwy/т.html", "status", "draft", NULL);
    fixture_story(&fixture, "title", "Now", "path", "zwy/now/", "aliases", "zwy/was/", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(hidden); i++) {
        g_autofree char *text = g_strdup_printf("[a](%s)", hidden[i]);
        check_text(&fixture, STORY_MARKDOWN, text, "<p>a</p>\n");
    }
    check_text(&fixture, STORY_MARKDOWN, "[a](/zwy/now/#part) [b](/zwy/was/?x)",
               "<p><a href=\"../../../zwy/now/index.html#part\">a</a> "
               "<a href=\"../../../zwy/was/index.html?x\">b</a></p>\n");
    Given given = {.text = "[a](/zwy/%6fld.html?x)", .format = STORY_MARKDOWN};
    g_autoptr(PressRecord) record = check(&fixture, given, "<p>a</p>\n");
    g_assert_true(fixture_reads(record, "at:zwy/old.html"));
    g_assert_true(fixture_reads(record, "path:zwy/old.html"));
}

static void test_pictures(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    int64_t id = fixture_picture(&fixture, 1);
    g_autofree char *text = g_strdup_printf("<img src=media:%d alt=x>", (int)id);
    g_autofree char *figure = g_strdup_printf("![x](media:%d \"Ice | Anna Li\")", (int)id);
    Given given = {.text = text, .format = STORY_HTML};
    g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", PAGE, make, &given);
    g_assert_cmpuint(record->objects->len, ==, 1);
    const PressObject *object = &g_array_index(record->objects, PressObject, 0);
    g_autofree char *expected = g_strdup_printf("<img src=\"../../../%s\" alt=\"x\" width=\"513\" "
                                                "height=\"256\" loading=\"lazy\">",
                                                object->name);
    g_assert_cmpstr(given.made, ==, expected);
    g_assert_true(fixture_reads(record, "media:1"));
    g_free(given.made);

    g_autofree char *framed = g_strdup_printf("<figure>%s<figcaption>Ice <span class=\"credit\">"
                                              "Anna Li</span></figcaption></figure>\n",
                                              expected);
    check_text(&fixture, STORY_MARKDOWN, figure, framed);

    given.absolute = true;
    press_record_free(fixture_on_page(&fixture, "en", PAGE, make, &given));
    g_assert_nonnull(strstr(given.made, "src=\"" FIXTURE_SITE "o/"));
    g_free(given.made);
}

/* For a text edition: addresses with their host, and nothing of what is not out. */
static void test_bare(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    fixture_story(&fixture, "title", "Later", "path", "zwy/later.html", "status", "draft", NULL);
    Given given = {.text = "[a](" FIXTURE_SITE "zwy/later.html) [b](/about.html) ![c](media:1)",
                   .format = STORY_MARKDOWN,
                   .bare = true};
    g_autoptr(PressRecord) record = check(&fixture, given,
                                          "<p>a <a href=\"" FIXTURE_SITE "about.html\" "
                                          "rel=\"noopener noreferrer\">b</a> </p>\n");
    g_assert_true(fixture_reads(record, "at:zwy/later.html"));
}

/* A picture that is not there leaves no trace but its input, so that its arrival is noticed. */
static void test_missing(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    Given given = {.text = "<p>a<img src=media:77 alt=x></p>", .format = STORY_HTML};
    g_autoptr(PressRecord) record = check(&fixture, given, "<p>a</p>");
    g_assert_true(fixture_reads(record, "media:77"));
    g_assert_cmpuint(record->objects->len, ==, 0);
    check_text(&fixture, STORY_HTML, "<p>a<img src=media:0><img src=media:-1><img src=media:x></p>",
               "<p>a</p>");
    check_text(&fixture, STORY_HTML, "<p><img src=https://t.example/p.gif alt=spy></p>",
               "<p><a href=\"https://t.example/p.gif\" rel=\"noopener noreferrer\">spy</a></p>");
}

/* Several bodies on one page have footnotes of their own. */
static void test_scope(void)
{
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    Given given = {.text = "a[^1]\n\n[^1]: b", .format = STORY_MARKDOWN, .scope = "e7"};
    press_record_free(fixture_on_page(&fixture, "en", PAGE, make, &given));
    g_assert_nonnull(strstr(given.made, "e7"));
    g_free(given.made);
}

/* What is wrong with a body fails its page, by name, and stops nothing else. */
static void test_refused(void)
{
    static const StoryFormat formats[] = {STORY_MARKDOWN, STORY_HTML};
    g_auto(Fixture) fixture = {0};
    fixture_begin(&fixture, "en");
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        Given given = {.text = "a\xff", .format = formats[i]};
        g_autoptr(PressRecord) record = fixture_on_page(&fixture, "en", PAGE, make, &given);
        g_assert_nonnull(record->failure);
        g_assert_nonnull(strstr(record->failure, "UTF-8"));
        g_assert_null(given.made);
    }
    check_text(&fixture, STORY_MARKDOWN, "", "");
    check_text(&fixture, STORY_HTML, "", "");
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/body/links", test_links);
    g_test_add_func("/body/not-out", test_not_out);
    g_test_add_func("/body/not-out-forms", test_not_out_forms);
    g_test_add_func("/body/bare", test_bare);
    g_test_add_func("/body/pictures", test_pictures);
    g_test_add_func("/body/missing", test_missing);
    g_test_add_func("/body/scope", test_scope);
    g_test_add_func("/body/refused", test_refused);
    return g_test_run();
}
