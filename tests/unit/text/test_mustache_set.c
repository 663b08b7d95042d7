/* Templates that name each other. */
#include "templates.h"

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
    g_test_add_func("/text/mustache_set/missing", test_missing);
    g_test_add_func("/text/mustache_set/listings", test_listings);
    g_test_add_func("/text/mustache_set/set_after_failure", test_set_after_failure);
    return g_test_run();
}
