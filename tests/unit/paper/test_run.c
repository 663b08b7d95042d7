/* The frame that pages share: its version differs exactly if what it shows does. */
#include "paper/run.h"

#include "desk/section.h"
#include "mail/newsletter.h"
#include "paper/fixture.h"
#include "press/setting.h"

#include <string.h>

/* A block that says what `said` says, and nothing if that is NULL. */
static const char *said;
static unsigned loaded, freed;

static bool block_load(Store *store, const char *language, bool standing, int64_t as_of,
                       void **content, char **version, GError **error)
{
    *content = said == NULL ? NULL : g_strdup_printf("%s %s %d", said, language, standing);
    *version = said == NULL ? NULL : g_strdup(said);
    loaded += said != NULL;
    return true;
}

static void block_fill(const void *content, Value *page, const char *root)
{
    value_set_text(page, "said", content);
}

static void block_free(void *content)
{
    freed++;
    g_free(content);
}

static const PressBlock block = {"test", block_load, block_fill, block_free, "-"};
static const PressBlock *const blocks[] = {&block, NULL};

typedef struct {
    Fixture fixture;
    Theme *theme;
    PaperContext context;
} Stage;

static void stage_begin(Stage *stage, const char *languages)
{
    g_autoptr(GError) error = NULL;
    fixture_begin(&stage->fixture, languages);
    stage->theme = theme_load(NULL, &error);
    g_assert_no_error(error);
    stage->context = (PaperContext){stage->theme, "/nowhere", blocks};
    said = NULL;
    loaded = freed = 0;
}

static void stage_end(Stage *stage)
{
    theme_free(stage->theme);
    fixture_end(&stage->fixture);
    g_assert_cmpuint(loaded, ==, freed);
}

static PaperRun *run_of(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    PaperRun *run = paper_run_begin(test_newsroom_store(stage->fixture.newsroom), &stage->context,
                                    stage->fixture.now, &error);
    g_assert_no_error(error);
    return run;
}

/* Caller frees. */
static char *version_of(Stage *stage, const char *language, bool standing)
{
    PaperRun *run = run_of(stage);
    char *version = g_strdup(paper_run_frame(run, language, standing)->version);
    paper_run_end(run);
    return version;
}

static void test_frames(void)
{
    Stage stage;
    stage_begin(&stage, "en,ru");
    PaperRun *run = run_of(&stage);
    g_assert_cmpstr(paper_prefix(run, "en"), ==, "");
    g_assert_cmpstr(paper_prefix(run, "ru"), ==, "ru/");
    g_assert_cmpstr(paper_prefix(run, "fr"), ==, "");
    g_assert_null(paper_run_frame(run, "fr", false));
    const PaperFrame *recent = paper_run_frame(run, "ru", false);
    const PaperFrame *standing = paper_run_frame(run, "ru", true);
    g_assert_true(recent != standing);
    g_assert_cmpuint(strlen(recent->version), ==, 16);
    g_assert_cmpuint(recent->footer->len, ==, 0);
    g_assert_cmpuint(recent->more->len, ==, 1); /* the search page is always there */
    g_assert_cmpstr(((PaperLink *)recent->more->pdata[0])->path, ==, "ru/search/index.html");
    g_assert_cmpuint(recent->copies->len, ==, 2); /* and the page on copies */
    g_assert_cmpstr(((PaperLink *)recent->copies->pdata[1])->path, ==,
                    "ru/mirrors/index.html#check");
    paper_run_end(run);
    paper_run_end(NULL);
    stage_end(&stage);
}

static void test_addresses(void)
{
    static const struct {
        const char *url, *path, *expected;
    } rows[] = {
        {"https://paper.example/", "index.html", "https://paper.example/"},
        {"https://paper.example/", "", "https://paper.example/"},
        {"https://paper.example/", "ru/index.html", "https://paper.example/ru/"},
        {"https://paper.example/news/", "a/b.html", "https://paper.example/news/a/b.html"},
        {"https://paper.example/", "myindex.html", "https://paper.example/myindex.html"},
    };

    Stage stage;
    stage_begin(&stage, "en");
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        test_newsroom_set(stage.fixture.newsroom, "url", rows[i].url);
        PaperRun *run = run_of(&stage);
        g_autofree char *address = paper_address(run, rows[i].path);
        g_assert_cmpstr(address, ==, rows[i].expected);
        paper_run_end(run);
    }
    stage_end(&stage);
}

static void add_section(Stage *stage)
{
    fixture_story(&stage->fixture, "title", "In a section", "section", "City", NULL);
}

static void add_page(Stage *stage)
{
    fixture_story(&stage->fixture, "title", "About us", "kind", "page", NULL);
}

static void say_something(Stage *stage)
{
    said = "something";
}

static void say_more(Stage *stage)
{
    said = "something else";
}

static void rename_site(Stage *stage)
{
    test_newsroom_set(stage->fixture.newsroom, "name", "The Gong");
}

static void new_door(Stage *stage)
{
    test_newsroom_set(stage->fixture.newsroom, "forms-urls", "https://other.example");
}

static void add_newsletter(Stage *stage)
{
    static const char text[] = "---\nname: weekly\nlanguage: en\nheading: Every week\n"
                               "description: Six.\nfrom: The Bell <a@bell.example>\n---\n";
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Newsletter) newsletter = newsletter_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    newsletter_set(test_newsroom_store(stage->fixture.newsroom), newsletter, &changed, &error);
    g_assert_no_error(error);
}

/* Whatever changes what stands in the frame changes its version, and reading it again does not. */
static void test_versions(void)
{
    static void (*const changes[])(Stage *) = {add_section, add_page, say_something, say_more,
                                               rename_site, new_door, add_newsletter};
    Stage stage;
    stage_begin(&stage, "en");
    g_autofree char *before = version_of(&stage, "en", false);
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autofree char *same = version_of(&stage, "en", false);
        g_assert_cmpstr(same, ==, before);
        changes[i](&stage);
        g_autofree char *after = version_of(&stage, "en", false);
        g_assert_cmpstr(after, !=, before);
        g_free(before);
        before = g_steal_pointer(&after);
    }
    /* A story in a section that is in the menu, in an archive that has begun, is no news here. */
    fixture_story(&stage.fixture, "title", "Another", "section", "City", NULL);
    g_autofree char *after = version_of(&stage, "en", false);
    g_assert_cmpstr(after, ==, before);
    stage_end(&stage);
}

static const char *text_of(const Value *map, const char *key)
{
    const Value *value = value_get(map, key);
    return value == NULL ? NULL : value_string(value, NULL);
}

static void test_values(void)
{
    Stage stage;
    stage_begin(&stage, "en,ru");
    test_newsroom_set(stage.fixture.newsroom, "forms-urls",
                      "https://forms.example/,https://abc.onion");
    test_newsroom_set(stage.fixture.newsroom, "forms-mail", "subscribe@paper.example");
    say_something(&stage);
    add_section(&stage);
    PaperRun *run = run_of(&stage);
    PaperFrame *frame = paper_run_frame(run, "en", true);
    Value *values = paper_frame_values(run, frame, "../../");
    g_assert_true(values == paper_frame_values(run, frame, "../../"));
    g_assert_true(values != paper_frame_values(run, frame, ""));
    g_assert_cmpstr(text_of(values, "home"), ==, "../../index.html");
    g_assert_cmpstr(text_of(values, "dir"), ==, "ltr");
    g_assert_cmpstr(text_of(values, "said"), ==, "something en 1");
    g_assert_cmpstr(text_of(value_get(values, "site"), "name"), ==, "The Bell");
    size_t count = 0;
    const Value *const *menu = value_items(value_get(values, "nav"), &count);
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpstr(text_of(menu[0], "url"), ==, "../../section/city/index.html");
    const Value *const *languages = value_items(value_get(values, "languages"), &count);
    g_assert_cmpuint(count, ==, 2);
    g_assert_cmpstr(text_of(languages[1], "name"), ==, "Русский");
    g_assert_cmpstr(text_of(languages[1], "url"), ==, "../../ru/index.html");
    g_assert_false(value_is_true(value_get(languages[1], "current")));
    const Value *forms = value_get(values, "forms");
    g_assert_cmpstr(text_of(forms, "url"), ==, "https://forms.example/en");
    g_assert_cmpstr(text_of(forms, "mail"), ==, "subscribe@paper.example");
    const Value *const *others = value_items(value_get(forms, "others"), &count);
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpstr(text_of(others[0], "url"), ==, "https://abc.onion/en");
    g_assert_cmpstr(text_of(others[0], "host"), ==, "abc.onion");
    paper_run_end(run);
    stage_end(&stage);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/run/frames", test_frames);
    g_test_add_func("/run/addresses", test_addresses);
    g_test_add_func("/run/versions", test_versions);
    g_test_add_func("/run/values", test_values);
    return g_test_run();
}
