/* Pairs, whole lines and template inheritance: every rule of mustache/spec's optional module, in
 * cases of our own. */
#include "templates.h"

typedef struct {
    const char *name;
    const char *templates; /* JSON: "main" and what it includes */
    const char *data;      /* JSON */
    const char *expected;
} Case;

static const Case cases[] = {
    {"default", "{'main':'{{$lead}}No lead{{/lead}}\n'}", "{}", "No lead\n"},
    {"default/variable", "{'main':'{{$t}}by {{name}}!{{/t}}\n'}", "{'name':'Ann'}", "by Ann!\n"},
    {"default/raw", "{'main':'{{$t}}{{{x}}}{{/t}}\n'}", "{'x':'<b>'}", "<b>\n"},
    {"default/section", "{'main':'{{$t}}{{#a}}{{b}}{{/a}}{{^c}}none{{/c}}{{/t}}\n'}",
     "{'a':{'b':'in'}}", "innone\n"},
    {"default/no-second-pass", "{'main':'{{$t}}{{x}}{{/t}}\n'}", "{'x':'{{y}}','y':'no'}",
     "{{y}}\n"},
    {"inherit", "{'main':'{{<p}}{{/p}}','p':'{{$t}}default{{/t}}'}", "{}", "default"},
    {"override", "{'main':'{{<p}}{{$t}}mine{{/t}}{{/p}}','p':'[{{$t}}default{{/t}}]'}", "{}",
     "[mine]"},
    {"override/beats-data", "{'main':'{{<p}}{{$t}}mine{{/t}}{{/p}}','p':'{{$t}}default{{/t}}'}",
     "{'t':'data'}", "mine"},
    {"default/beats-data", "{'main':'{{<p}}{{/p}}','p':'{{$t}}default{{/t}}'}", "{'t':'data'}",
     "default"},
    {"override/twice",
     "{'main':'{{<p}}{{$t}}1{{/t}}{{/p}} {{<p}}{{$t}}2{{/t}}{{/p}}\n','p':'|{{$t}}d{{/t}}{{$u}} "
     "u{{/u}}|'}",
     "{}", "|1 u| |2 u|\n"},
    {"override/newlines", "{'main':'{{<p}}{{$t}}\nup\n\n:(\n{{/t}}{{/p}}','p':'{{$t}}d{{/t}}'}",
     "{}", "up\n\n:(\n"},
    {"override/one-of-two",
     "{'main':'{{<p}}{{$b}}B{{/b}}{{/p}}','p':'{{$a}}a{{/a}}, {{$b}}b{{/b}}'}", "{}", "a, B"},
    {"partial-is-parent", "{'main':'{{>p}}|{{<p}}{{/p}}','p':'{{$t}}d{{/t}}'}", "{}", "d|d"},
    {"partial-passes-overrides",
     "{'main':'{{<p}}{{$t}}mine{{/t}}{{/p}}','p':'{{>q}}','q':'{{$t}}d{{/t}}'}", "{}", "mine"},
    {"recursion",
     "{'main':'{{<p}}{{$f}}over{{/f}}{{/p}}','p':'{{$f}}d{{/f}} {{$b}}{{<q}}{{/q}}{{/b}}',"
     "'q':'{{$f}}qd{{/f}} {{<p}}{{$b}}stop{{/b}}{{/p}}'}",
     "{}", "over over over stop"},
    {"levels/outermost",
     "{'main':'{{<p}}{{$a}}c{{/a}}{{/p}}','p':'{{<q}}{{$a}}p{{/a}}{{/q}}',"
     "'q':'{{<r}}{{$a}}q{{/a}}{{/r}}','r':'{{$a}}r{{/a}}'}",
     "{}", "c"},
    {"levels/middle",
     "{'main':'{{<p}}{{/p}}','p':'{{<q}}{{$a}}p{{/a}}{{/q}}','q':'{{<r}}{{$a}}q{{/a}}{{/r}}',"
     "'r':'{{$a}}r{{/a}}'}",
     "{}", "p"},
    {"text-inside-parent", "{'main':'{{<p}} x {{$t}}mine{{/t}} {{y}} {{/p}}','p':'{{$t}}d{{/t}}'}",
     "{'y':'no'}", "mine"},
    {"text-inside-parent/only", "{'main':'{{<p}} no {{/p}}','p':'{{$t}}d{{/t}}'}", "{}", "d"},
    {"scope",
     "{'main':'{{<p}}{{$t}}I eat {{fruit}}.{{/t}}{{/p}}','p':'{{#inner}}{{$t}}{{/t}}{{/inner}}'}",
     "{'fruit':'apples','inner':{'fruit':'pears'}}", "I eat pears."},
    {"argument-with-its-own-name",
     "{'main':'{{<p}}{{$t}}<{{$t}}in{{/t}}>{{/t}}{{/p}}','p':'{{$t}}d{{/t}}'}", "{}", "<in>"},
    {"nested-override",
     "{'main':'{{<p}}{{$in}}X{{/in}}{{/p}}','p':'{{$out}}a{{$in}}b{{/in}}c{{/out}}'}", "{}", "aXc"},
    {"unknown-parent", "{'main':'[{{<none}}{{$t}}x{{/t}}{{/none}}]'}", "{}", "[]"},
    {"delimiters", "{'main':'{{=<% %>=}}<%<p%><%$t%>mine<%/t%><%/p%>','p':'{{$t}}d{{/t}}'}", "{}",
     "mine"},
    {"parent-in-argument",
     "{'main':'{{<p}}{{$t}}({{<q}}{{$u}}deep{{/u}}{{/q}}){{/t}}{{/p}}','p':'{{$t}}{{/t}}',"
     "'q':'{{$u}}d{{/u}}'}",
     "{}", "(deep)"},
    {"in-a-list", "{'main':'{{#l}}{{<p}}{{$t}}{{.}}{{/t}}{{/p}}{{/l}}','p':'<{{$t}}{{/t}}>'}",
     "{'l':['a','b']}", "<a><b>"},
    /* white space */
    {"space/indentation-kept",
     "{'main':'{{<p}}{{$t}}hammer{{/t}}{{/p}}','p':'stop:\n  {{$t}}listen{{/t}}\n'}", "{}",
     "stop:\n  hammer\n"},
    {"space/default-kept", "{'main':'{{>p}}','p':'a\n  {{$t}}one\n two{{/t}}\nb\n'}", "{}",
     "a\n  one\n two\nb\n"},
    {"space/default-lines-kept", "{'main':'{{>p}}','p':'a\n{{$t}}\n  one\n two\n{{/t}}\nb\n'}",
     "{}", "a\n  one\n two\nb\n"},
    {"space/empty-default", "{'main':'{{>p}}','p':'a\n  {{$t}}{{/t}}\nb\n'}", "{}", "a\nb\n"},
    {"space/whole-parent", "{'main':'Hi,\n  {{<p}}{{/p}}\n!','p':'one\ntwo\n'}", "{}",
     "Hi,\n  one\n  two\n!"},
    {"space/parent-over-lines",
     "{'main':'Hi,\n  {{<p}}\n  {{$t}}x{{/t}}\n  {{/p}}\n!','p':'<\n{{$t}}{{/t}}\n>\n'}", "{}",
     "Hi,\n  <\n  x\n  >\n!"},
    {"space/whole-block",
     "{'main':'{{<p}}{{$b}}\none\ntwo{{/b}}\n{{/p}}\n','p':'Hi,\n  {{$b}}{{/b}}\n'}", "{}",
     "Hi,\n  one\n  two\n"},
    {"space/reindented",
     "{'main':'{{<p}}{{$b}}\n    one\n    two\n{{/b}}{{/p}}\n','p':'Hi,\n  {{$b}}\n  {{/b}}\n'}",
     "{}", "Hi,\n  one\n  two\n"},
    {"space/deeper-lines-stay-deeper",
     "{'main':'{{<p}}{{$b}}\n    one\n      two\n  three\n{{/b}}{{/p}}\n','p':'  {{$b}}\n  "
     "{{/b}}\n'}",
     "{}", "  one\n    two\n    three\n"},
    {"space/intrinsic",
     "{'main':'{{<p}}{{$b}}\none\ntwo\n{{/b}}{{/p}}\n','p':'Hi,\n{{$b}}\n  default\n{{/b}}\n'}",
     "{}", "Hi,\n  one\n  two\n"},
    {"space/nested",
     "{'main':'{{<p}}{{$n}}\nthree\n{{/n}}{{/p}}\n','p':'{{<g}}{{$b}}\n  one\n  {{$n}}\n    two\n  "
     "{{/n}}\n"
     "{{/b}}{{/g}}\n','g':'{{$b}}default{{/b}}'}",
     "{}", "one\n  three\n"},
    {"space/nested-default",
     "{'main':'{{>p}}','p':'{{<g}}{{$b}}\n  one\n  {{$n}}\n    two\n  "
     "{{/n}}\n{{/b}}{{/g}}\n','g':'{{$b}}d{{/b}}'}",
     "{}", "one\n  two\n"},
    {"space/inline-block-of-lines", "{'main':'  {{>p}}\n','p':'<h1>{{$t}}\n a\n b\n{{/t}}</h1>\n'}",
     "{}", "  <h1>\n   a\n   b\n</h1>\n"},
    {"space/override-inline",
     "{'main':'{{<p}}{{$t}}\n  a\n{{/t}}{{/p}}','p':'  {{>q}}\n','q':'({{$t}}{{/t}})'}", "{}",
     "  (a\n)"},
    {"space/section-in-argument",
     "{'main':'{{<p}}{{$t}}\n  {{#l}}\n  - {{.}}\n  {{/l}}\n{{/t}}{{/p}}','p':'<ul>\n    "
     "{{$t}}{{/t}}\n</ul>\n'}",
     "{'l':[1,2]}", "<ul>\n    - 1\n    - 2\n</ul>\n"},
    {"space/values-not-indented",
     "{'main':'{{<p}}{{$t}}{{{x}}}{{/t}}{{/p}}','p':'  {{$t}}{{/t}}\n'}", "{'x':'a\nb'}",
     "  a\nb\n"},
    {"space/crlf", "{'main':'{{<p}}{{$t}}x{{/t}}{{/p}}\r\n','p':'a\r\n  {{$t}}{{/t}}\r\nb\r\n'}",
     "{}", "a\r\n  x\r\nb\r\n"},
};

/* The cases are written with ' for " and with real line ends. */
static char *json_of(const char *text)
{
    g_autoptr(GString) json = g_string_new(text);
    g_string_replace(json, "'", "\"", 0);
    g_string_replace(json, "\r", "\\r", 0);
    g_string_replace(json, "\n", "\\n", 0);
    return g_strdup(json->str);
}

static void test_case(gconstpointer data)
{
    const Case *test = data;
    g_autofree char *templates_text = json_of(test->templates);
    g_autofree char *data_text = json_of(test->data);
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) templates = json_read_limited(templates_text, strlen(templates_text), 10000,
                                                    0, JSON_READ_STRICT, &error);
    g_assert_no_error(error);
    g_autoptr(ValueArena) arena = value_arena_new(0);
    const Value *values = value_from_json(arena, data_text, strlen(data_text), &error);
    g_assert_no_error(error);
    g_autofree char *out = templates_render(MUSTACHE_STANDARD, templates, values, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(out, ==, test->expected);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path =
            g_strdup_printf("/text/mustache_layout/inheritance_%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    return g_test_run();
}
