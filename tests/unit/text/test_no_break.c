/* Spaces that become U+00A0, shown as "~" here. */
#include "text/no_break.h"

#include <string.h>

static char *set(const char *language, const char *body)
{
    g_autoptr(GString) page = g_string_new("<head><title>A — B</title></head><body>");
    size_t head = page->len;
    g_string_append(page, body);
    no_break_spaces(page, language);
    g_autofree char *once = g_strdup(page->str);
    no_break_spaces(page, language);
    g_assert_cmpstr(page->str, ==, once);
    g_assert_true(g_str_has_prefix(page->str, "<head><title>A — B</title></head><body>"));
    g_auto(GStrv) parts = g_strsplit(page->str + head, "\xC2\xA0", -1);
    return g_strjoinv("~", parts);
}

static void test_cases(void)
{
    static const struct {
        const char *language, *body, *want;
    } cases[] = {
        {"en", "<p>Late — but here.", "<p>Late~— but here."},
        {"en", "<p>Late – but here.", "<p>Late~– but here."},
        {"en", "<p>in a word</p>", "<p>in a word</p>"},
        {"en", "<p>in a word — or two</p>", "<p>in a word~— or two</p>"},
        {"en", "<p><em>Late</em>\n— but</p>", "<p><em>Late</em>~— but</p>"},
        {"en", "<p>Late\n– but</p>", "<p>Late~– but</p>"},
        {"en",
         "<p>Late —\xC2\xA0"
         "but</p>",
         "<p>Late~—~but</p>"},
        {"en", "<p>Late —\xC2", "<p>Late —\xC2"},
        {"en", "<p><del>Late</del> — <mark>but</mark> — here</p>",
         "<p><del>Late</del>~— <mark>but</mark>~— here</p>"},
        {"ru", "<p>Да, <kbd>в</kbd> порту <bdo dir=\"ltr\">в порту</bdo></p>",
         "<p>Да, <kbd>в</kbd> порту <bdo dir=\"ltr\">в~порту</bdo></p>"},
        {"en", "<!-- don't > --><p>Late — but</p>", "<!-- don't > --><p>Late~— but</p>"},
        {"en", "<p>Late<!-- a — b --> — but<!-->", "<p>Late<!-- a — b -->~— but<!-->"},
        {"en", "<p>Late — but<!-- — a", "<p>Late~— but<!-- — a"},
        {"ru", "<p>\n— Да, — сказал он. — Нет.</p>", "<p>\n— Да,~— сказал он.~— Нет.</p>"},
        {"ru", "<li> — Да</li>", "<li> — Да</li>"},
        {"ru", "<p>1914—1918, 5–6</p>", "<p>1914—1918, 5–6</p>"},
        {"ru", "<h1>Выход в море с людьми</h1>", "<h1>Выход в~море с~людьми</h1>"},
        {"ru", "<p>В порту и у «а б»</p>", "<p>В~порту и~у~«а~б»</p>"},
        {"ru", "<p>он и <b>она</b> в\nпорту</p>", "<p>он и <b>она</b> в~порту</p>"},
        {"ru", "<p>литров к, кг 5 в</p>", "<p>литров к, кг 5 в</p>"},
        {"ru", "<p>Я — я</p>", "<p>Я~— я</p>"},
        {"ru-RU", "<p>в порту</p>", "<p>в~порту</p>"},
        {"rue", "<p>в порту</p>", "<p>в порту</p>"},
        {"bg", "<p>„в порта“</p>", "<p>„в~порта“</p>"},
        {"ru", "<a title=\"a > в — в б\">в — б</a>", "<a title=\"a > в — в б\">в~— б</a>"},
        {"ru", "<pre>в б — в</pre><p>в б</p>", "<pre>в б — в</pre><p>в~б</p>"},
        {"ru", "<p><code>в б</code> — в</p>", "<p><code>в б</code>~— в</p>"},
        {"ru", "<script>a — в б", "<script>a — в б"},
        {"ru", "<p>в ", "<p>в "},
        {"ru", "<p", "<p"},
        {"ru", " —", " —"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = set(cases[i].language, cases[i].body);
        g_assert_cmpstr(got, ==, cases[i].want);
    }
}

/* What is no page is left alone. */
static void test_no_body(void)
{
    g_autoptr(GString) text = g_string_new("A — b");
    no_break_spaces(text, "ru");
    g_assert_cmpstr(text->str, ==, "A — b");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/no-break/cases", test_cases);
    g_test_add_func("/no-break/no-body", test_no_body);
    return g_test_run();
}
