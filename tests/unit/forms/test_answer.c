/* Answers: through the wire and back, cut where they must be, refused where they are not ours. */
#include "base/error.h"
#include "forms/form.h"

#include <string.h>

static FormAnswer *through(const FormAnswer *answer)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) wire = form_answer_write(answer);
    FormAnswer *read =
        form_answer_read(g_bytes_get_data(wire, NULL), g_bytes_get_size(wire), &error);
    g_assert_no_error(error);
    return read;
}

static void append(const char *key, const char *text, void *data)
{
    g_string_append_printf(data, "%s=%s;", key, text);
}

static void test_wire(void)
{
    g_autoptr(FormAnswer) answer = form_answer_new();
    g_assert_cmpstr(form_answer_page_name(answer), ==, "done");
    form_answer_page(answer, "subscribe-sent");
    form_answer_text(answer, "b", "\"<б>\n");
    form_answer_text(answer, "a", "1");
    form_answer_text(answer, "gone", "x");
    form_answer_text(answer, "gone", NULL);
    form_answer_link(answer, "https://pay.example/?a=1&b=2");
    g_autoptr(FormAnswer) read = through(answer);
    g_autoptr(GString) texts = g_string_new(NULL);
    form_answer_each(read, append, texts);
    g_assert_cmpstr(form_answer_page_name(read), ==, "subscribe-sent");
    g_assert_cmpstr(texts->str, ==, "b=\"<б>\n;a=1;");
    g_assert_null(form_answer_get_text(read, "gone"));
    g_assert_cmpstr(form_answer_get_link(read), ==, "https://pay.example/?a=1&b=2");
}

static void test_cut(void)
{
    g_autoptr(FormAnswer) answer = form_answer_new();
    GString *text = g_string_new("x");
    while (text->len < FORM_VALUE_MAX + 10) {
        g_string_append(text, "ю");
    }
    g_autofree char *taken = g_string_free(text, FALSE);
    form_answer_text(answer, "k", taken);
    const char *kept = form_answer_get_text(answer, "k");
    g_assert_cmpuint(strlen(kept), ==, FORM_VALUE_MAX - 1); /* a character of two bytes went */
    g_assert_true(g_utf8_validate(kept, -1, NULL));
}

static void test_bad(void)
{
    static const char *const bad[] = {
        "",
        "{}",
        "{\"page\":\"done\"}",
        "{\"page\":\"../x\",\"texts\":{}}",
        "{\"page\":\"\",\"texts\":{}}",
        "{\"page\":\"done\",\"texts\":{\"a\":1}}",
        "{\"page\":\"done\",\"texts\":[]}",
        "{\"page\":\"done\",\"texts\":{},\"link\":\"javascript:alert(1)\"}",
        "{\"page\":\"done\",\"texts\":{},\"link\":\"//evil.example\"}",
        "{\"page\":\"done\",\"texts\":{},\"link\":\"/\\\\evil.example\"}",
        "{\"page\":\"done\",\"texts\":{},\"link\":\"http://pay.example/\"}",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i]);
        g_assert_null(form_answer_read(bad[i], strlen(bad[i]), NULL));
    }
    static const char *const good[] = {"/en/practice/1?a=2", "http://forms.localhost:8081/x",
                                       "http://abc.onion/x"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(FormAnswer) answer = form_answer_new();
        form_answer_link(answer, good[i]);
        g_autoptr(FormAnswer) read = through(answer);
        g_assert_cmpstr(form_answer_get_link(read), ==, good[i]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answer/wire", test_wire);
    g_test_add_func("/answer/cut", test_cut);
    g_test_add_func("/answer/bad", test_bad);
    return g_test_run();
}
