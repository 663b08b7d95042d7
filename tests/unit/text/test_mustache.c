/* Modes, errors, ceilings and listings of the Mustache engine. The language itself:
 * test_mustache_spec.c and test_mustache_inheritance.c. */
#include "templates.h"

/* Renders one template text in a mode; NULL with the error. */
static char *render(MustacheMode mode, const char *text, const Value *data, GError **error)
{
    g_autoptr(json_t) templates = json_pack("{ss}", "main", text);
    return templates_render(mode, templates, data, error);
}

static void assert_renders(MustacheMode mode, const char *text, const Value *data,
                           const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *out = render(mode, text, data, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(out, ==, expected);
}

static void assert_fails(MustacheMode mode, json_t *templates, int code, const char *message)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GError) error = NULL;
    g_autofree char *out = templates_render(mode, templates, value_map(arena), &error);
    g_assert_null(out);
    g_assert_error(error, KOLOKOL_ERROR, code);
    if (strstr(error->message, message) == NULL) {
        g_error("expected \"%s\" in \"%s\"", message, error->message);
    }
    json_decref(templates);
}

static void test_strict(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *page = value_map(arena);
    g_auto(SafeHtml) body = safe_html_from_already_safe_markup(g_strdup("<p>b</p>"));
    value_set_text(page, "title", "<b>\"T\" & 'U'");
    value_set_html(page, "body", &body);
    assert_renders(MUSTACHE_STRICT, "{{title}}", page, "&lt;b&gt;&quot;T&quot; &amp; &#39;U&#39;");
    assert_renders(
        MUSTACHE_STRICT, "{{{title}}}{{&title}}", page,
        "&lt;b&gt;&quot;T&quot; &amp; &#39;U&#39;&lt;b&gt;&quot;T&quot; &amp; &#39;U&#39;");
    assert_renders(MUSTACHE_STRICT, "{{{body}}} {{& body}}", page, "<p>b</p> <p>b</p>");
    assert_renders(MUSTACHE_STRICT, "{{body}}", page, "&lt;p&gt;b&lt;/p&gt;");
    assert_renders(MUSTACHE_STRICT, "{{#body}}{{{.}}}{{/body}}", page, "<p>b</p>");
}

static void test_strict_urls(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *page = value_map(arena);
    value_set_text(page, "bad", " JavaScript:alert(1)");
    value_set_text(page, "good", "/a?b=1&c=\"");
    value_set_static(page, "word", "javascript:x");
    assert_renders(MUSTACHE_STRICT, "<a href=\"{{bad}}\">", page, "<a href=\"#\">");
    assert_renders(MUSTACHE_STRICT, "<a HREF = '{{{bad}}}'>", page, "<a HREF = '#'>");
    assert_renders(MUSTACHE_STRICT, "<a href={{bad}}>", page, "<a href=#>");
    assert_renders(MUSTACHE_STRICT, "<img src=\"{{#x}}{{/x}}{{bad}}\">", page, "<img src=\"#\">");
    assert_renders(MUSTACHE_STRICT, "<a href=\"{{good}}\">", page,
                   "<a href=\"/a?b=1&amp;c=&quot;\">");
    assert_renders(MUSTACHE_STRICT, "<a title=\"{{word}}\" data-src=\"{{word}}\">{{word}}", page,
                   "<a title=\"javascript:x\" data-src=\"javascript:x\">javascript:x");
    assert_renders(MUSTACHE_STANDARD, "<a href=\"{{word}}\">", page, "<a href=\"javascript:x\">");
}

static void test_plain(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *page = value_map(arena);
    g_auto(SafeHtml) body = safe_html_from_text("<");
    value_set_text(page, "title", "<b> & 'U'");
    value_set_html(page, "body", &body);
    assert_renders(MUSTACHE_PLAIN, "{{title}}|{{{title}}}|{{body}}{{{body}}}", page,
                   "<b> & 'U'|<b> & 'U'|");
}

static void test_truth_and_numbers(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    const char *json =
        "{\"zero\":0,\"empty\":\"\",\"none\":null,\"list\":[],\"map\":{},\"yes\":true,"
        "\"numbers\":[1.21,85,-3,1e30,0.1,true]}";
    const Value *data = value_from_json(arena, json, strlen(json), NULL);
    assert_renders(MUSTACHE_STANDARD,
                   "{{#zero}}z{{/zero}}{{#empty}}e{{/empty}}{{#none}}n{{/none}}{{#list}}l{{/list}}",
                   data, "");
    assert_renders(MUSTACHE_STANDARD, "{{#map}}m{{/map}}{{#yes}}y{{/yes}}{{^absent}}a{{/absent}}",
                   data, "mya");
    assert_renders(MUSTACHE_STANDARD, "{{#numbers}}{{.}} {{/numbers}}", data,
                   "1.21 85 -3 1e+30 0.1 true ");
    assert_renders(MUSTACHE_STANDARD, "[{{map}}{{list}}{{none}}{{absent.x.y}}{{zero.x}}]", data,
                   "[]");
}

static void test_frame(void)
{
    g_autoptr(ValueArena) shared = value_arena_new(0);
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *frame = value_map(shared);
    value_set_text(frame, "site", "The Bell");
    value_set_text(frame, "title", "Front");
    Value *page = value_map_over(arena, frame);
    value_set_text(page, "title", "Story");
    assert_renders(MUSTACHE_STRICT, "{{title}} - {{site}}", page, "Story - The Bell");
}

static void test_syntax_errors(void)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"a\n{{#bar}}\nb\n{{/foo}}", "main:4: {{/foo}} closes {{#bar}} opened at line 2"},
        {"\n\n{{^bar}}", "main:3: {{^bar}} is never closed"},
        {"{{<p}}{{$b}}", "main:1: {{$b}} is never closed"},
        {"{{/x}}", "main:1: {{/x}} closes nothing"},
        {"a\nb {{name", "main:2: the tag that begins with \"{{name\" is never closed"},
        {"{{{name}}", "is never closed"},
        {"{{! for ever", "is never closed"},
        {"{{}}", "a tag without a name"},
        {"{{#}}{{/}}", "a tag without a name"},
        {"{{a b}}", "\"a b\" is no name"},
        {"{{a..b}}", "is no name"},
        {"{{.a}}", "is no name"},
        {"{{=<% %> x=}}", "delimiters are changed as in"},
        {"{{=a=b c=}}", "delimiters are changed as in"},
        {"{{==}}", "delimiters are changed as in"},
        {"{{= only =}}", "delimiters are changed as in"},
        {"{{=01234567890123456 x=}}", "delimiters are changed as in"},
        {"{{", "is never closed"},
        {"{{{", "is never closed"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_fails(MUSTACHE_STANDARD, json_pack("{ss}", "main", cases[i].text),
                     KOLOKOL_ERROR_INVALID, cases[i].message);
    }
}

static void test_missing(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    assert_renders(MUSTACHE_STANDARD, "a{{>none}}b", value_map(arena), "ab");
    assert_fails(MUSTACHE_STRICT, json_pack("{ssss}", "main", "{{>nav}}", "nav", "a\n{{>menu}}"),
                 KOLOKOL_ERROR_NOT_FOUND, "nav:2: there is no template \"menu\"");
    assert_fails(MUSTACHE_STANDARD, json_object(), KOLOKOL_ERROR_NOT_FOUND, "no main");
    assert_fails(MUSTACHE_STANDARD, json_pack("{ssss}", "main", "{{>nav}}", "nav", "{{#a}}"),
                 KOLOKOL_ERROR_INVALID, "nav:1: {{#a}} is never closed");
}

static void test_cycles(void)
{
    assert_fails(MUSTACHE_STRICT, json_pack("{ss}", "main", "x\n{{>main}}"), KOLOKOL_ERROR_LIMIT,
                 "main:2: template main includes itself without end");
    assert_fails(
        MUSTACHE_STRICT,
        json_pack("{ssss}", "main", "{{<p}}{{$b}}{{>main}}{{/b}}{{/p}}", "p", "{{$b}}{{/b}}"),
        KOLOKOL_ERROR_LIMIT, "includes itself without end");
    assert_fails(MUSTACHE_STRICT,
                 json_pack("{ssss}", "main", " {{>p}}\n", "p", "{{<main}}{{/main}}"),
                 KOLOKOL_ERROR_LIMIT, "includes itself without end");
}

/* Nested data is rendered by a template that includes itself. */
static void test_tree(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    const char *json =
        "{\"t\":\"a\",\"c\":[{\"t\":\"b\",\"c\":[{\"t\":\"c\",\"c\":[]}]},{\"t\":\"d\",\"c\":[]}]}";
    g_autoptr(json_t) templates = json_pack("{ss}", "main", "{{t}}({{#c}}{{>main}}{{/c}})");
    g_autofree char *out = templates_render(MUSTACHE_STRICT, templates,
                                            value_from_json(arena, json, strlen(json), NULL), NULL);
    g_assert_cmpstr(out, ==, "a(b(c())d())");
}

/* Each of 30 templates includes the next one ten times: 10^30 pieces, written or not. */
static void test_fan(void)
{
    for (int written = 0; written < 2; written++) {
        json_t *templates = json_object();
        for (int i = 0; i < 30; i++) {
            g_autofree char *name = i == 0 ? g_strdup("main") : g_strdup_printf("t%d", i);
            g_autoptr(GString) text = g_string_new(NULL);
            for (int k = 0; k < 10 && i < 29; k++) {
                g_string_append_printf(text, "{{>t%d}}", i + 1);
            }
            g_string_append(text, i == 29 && written ? "ha ha ha ha ha ha ha ha ha ha" : "");
            json_object_set_new(templates, name, json_string(text->str));
        }
        assert_fails(MUSTACHE_STRICT, templates, KOLOKOL_ERROR_LIMIT,
                     written ? "longer than its ceiling" : "more than 10000000 steps");
    }
}

static char *repeated(const char *before, const char *text, size_t times, const char *after)
{
    g_autoptr(GString) all = g_string_new(before);
    for (size_t i = 0; i < times; i++) {
        g_string_append(all, text);
    }
    g_string_append(all, after);
    return g_strdup(all->str);
}

static void test_ceilings(void)
{
    g_autofree char *deep = repeated("", "{{#a}}", 65, "");
    assert_fails(MUSTACHE_STRICT, json_pack("{ss}", "main", deep), KOLOKOL_ERROR_LIMIT,
                 "more than 64 tags are open");
    g_autofree char *large = repeated("", "x", LIMIT_TEMPLATE + 1, "");
    assert_fails(MUSTACHE_STRICT, json_pack("{ss}", "main", large), KOLOKOL_ERROR_LIMIT,
                 "at most 1048576 are read");

    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(json_t) templates = json_pack("{ss}", "main", "{{x}}{{x}}");
    g_autoptr(MustacheSet) set = mustache_set_new(MUSTACHE_STRICT, templates_source, templates);
    const MustacheTemplate *template = mustache_set_get(set, "main", NULL);
    Value *page = value_map(arena);
    value_set_text(page, "x", "<<<<<");
    g_autoptr(GString) out = g_string_new("kept");
    g_assert_true(mustache_render(template, page, 40, out, NULL));
    g_assert_cmpuint(out->len, ==, 44);
    g_autoptr(GError) error = NULL;
    g_assert_false(mustache_render(template, page, 39, out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_assert_cmpuint(out->len, ==, 44);
}

/* Whole-line partials add indentation at each level: the output's ceiling holds for it too. */
static void test_indentation_ceiling(void)
{
    g_autofree char *blanks = repeated("", " ", 100000, "{{>main}}\n");
    assert_fails(MUSTACHE_STRICT, json_pack("{ss}", "main", blanks), KOLOKOL_ERROR_LIMIT, "main");
}

static void test_hostile_bytes(void)
{
    assert_fails(MUSTACHE_STRICT, json_pack("{ss%}", "main", "a\0b", (size_t)3),
                 KOLOKOL_ERROR_INVALID, "not UTF-8 text");
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *page = value_map(arena);
    value_set_text(page, "x", "a\xff\xfe\x01z");
    assert_renders(MUSTACHE_STRICT, "{{x}}", page, "a\xEF\xBF\xBD\xEF\xBF\xBDz");
    /* Many tags on one line: the time must not grow with the square. */
    g_autofree char *tags = repeated("", "{{y}}", 200000, "");
    assert_renders(MUSTACHE_STRICT, tags, page, "");
    g_autofree char *opens = repeated("", "{{#y}}{{/y}}", 80000, "\n");
    assert_renders(MUSTACHE_STRICT, opens, page, "\n");
}

static void test_exhausted_arena(void)
{
    g_autoptr(ValueArena) arena = value_arena_new(100000);
    Value *page = value_map(arena);
    for (int i = 0; i < 10000; i++) {
        Value *list = value_set_list(page, "l");
        value_append_text(list, "some text");
        value_set_number(value_append_map(list), "n", i);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(render(MUSTACHE_STRICT, "x", page, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    value_arena_reset(arena);
    assert_renders(MUSTACHE_STRICT, "x", value_map(arena), "x");
}

static void test_listings(void)
{
    g_autoptr(json_t) templates = json_pack(
        "{ssssssss}", "main", "{{<layout}}{{$b}}{{story.title}}{{/b}}{{/layout}}", "layout",
        "{{>nav}}{{$b}}{{/b}}{{{body}}}", "nav", "{{#l}}{{.}}{{>nav}}{{/l}}", "other", "{{x}}");
    g_autoptr(MustacheSet) set = mustache_set_new(MUSTACHE_STRICT, templates_source, templates);
    const MustacheTemplate *template = mustache_set_get(set, "main", NULL);
    g_assert_true(mustache_set_get(set, "main", NULL) == template);
    g_assert_cmpstr(mustache_name(template), ==, "main");
    g_auto(GStrv) names = mustache_partials(template);
    g_autofree char *joined = g_strjoinv(" ", names);
    g_assert_cmpstr(joined, ==, "layout main nav");
    g_auto(GStrv) variables = mustache_variables(template);
    g_autofree char *all = g_strjoinv(" ", variables);
    g_assert_cmpstr(all, ==, ". body l story.title");
}

/* After a failed call the set serves what it had, and the failed names can be tried again. */
static void test_set_after_failure(void)
{
    g_autoptr(json_t) templates =
        json_pack("{ssssss}", "good", "{{>part}}", "part", "ok", "bad", "{{>part}}{{>broken}}");
    g_autoptr(MustacheSet) set = mustache_set_new(MUSTACHE_STRICT, templates_source, templates);
    const MustacheTemplate *good = mustache_set_get(set, "good", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_null(mustache_set_get(set, "bad", &error));
    json_object_set_new(templates, "broken", json_string("mended"));
    const MustacheTemplate *bad = mustache_set_get(set, "bad", NULL);
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(mustache_render(good, value_map(arena), 0, out, NULL));
    g_assert_true(mustache_render(bad, value_map(arena), 0, out, NULL));
    g_assert_cmpstr(out->str, ==, "okokmended");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/mustache/strict", test_strict);
    g_test_add_func("/text/mustache/strict_urls", test_strict_urls);
    g_test_add_func("/text/mustache/plain", test_plain);
    g_test_add_func("/text/mustache/truth_and_numbers", test_truth_and_numbers);
    g_test_add_func("/text/mustache/frame", test_frame);
    g_test_add_func("/text/mustache/syntax_errors", test_syntax_errors);
    g_test_add_func("/text/mustache/missing", test_missing);
    g_test_add_func("/text/mustache/cycles", test_cycles);
    g_test_add_func("/text/mustache/tree", test_tree);
    g_test_add_func("/text/mustache/fan", test_fan);
    g_test_add_func("/text/mustache/ceilings", test_ceilings);
    g_test_add_func("/text/mustache/indentation_ceiling", test_indentation_ceiling);
    g_test_add_func("/text/mustache/hostile_bytes", test_hostile_bytes);
    g_test_add_func("/text/mustache/exhausted_arena", test_exhausted_arena);
    g_test_add_func("/text/mustache/listings", test_listings);
    g_test_add_func("/text/mustache/set_after_failure", test_set_after_failure);
    return g_test_run();
}
