/* Modes, truth, and the ceilings of a render. The language itself: test_mustache_spec.c,
 * test_mustache_layout.c. */
#include "templates.h"

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

/* Many lines, each with a long indentation. */
static void test_indented_lines(void)
{
    g_autofree char *lines = repeated("", "\n", 1000000, "");
    g_autofree char *blanks = repeated("", " ", 1000000, "{{>p}}\n");
    assert_fails(MUSTACHE_STRICT, json_pack("{ssss}", "main", blanks, "p", lines),
                 KOLOKOL_ERROR_LIMIT, "longer than its ceiling of 2097152 bytes");
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
    g_assert_null(templates_render_text(MUSTACHE_STRICT, "x", page, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    value_arena_reset(arena);
    assert_renders(MUSTACHE_STRICT, "x", value_map(arena), "x");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/mustache_render/strict", test_strict);
    g_test_add_func("/text/mustache_render/plain", test_plain);
    g_test_add_func("/text/mustache_render/truth_and_numbers", test_truth_and_numbers);
    g_test_add_func("/text/mustache_render/frame", test_frame);
    g_test_add_func("/text/mustache_render/cycles", test_cycles);
    g_test_add_func("/text/mustache_render/tree", test_tree);
    g_test_add_func("/text/mustache_render/fan", test_fan);
    g_test_add_func("/text/mustache_render/ceilings", test_ceilings);
    g_test_add_func("/text/mustache_render/indentation_ceiling", test_indentation_ceiling);
    g_test_add_func("/text/mustache_render/indented_lines", test_indented_lines);
    g_test_add_func("/text/mustache_render/exhausted_arena", test_exhausted_arena);
    return g_test_run();
}
