/* Filling in gives the bytes that building anew would give, whatever the coding and wherever the
 * hole. */
#include "mail/message_form.h"

#include "base/clock.h"
#include "base/error.h"

#include <string.h>

#define STAND_IN "0123456789abcdef0123456789abcdef01234567"
#define FIRST    "1.1.unsubscribe.7.0.AbCdEfGhIjKlMnOp-_12"
#define SECOND   "1.1.unsubscribe.8.0.................zzzz"

static char *with(const char *text, const char *own)
{
    g_auto(GStrv) parts = g_strsplit(text, "@TOKEN@", -1);
    return g_strjoinv(own, parts);
}

/* The message by the long way. */
static GString *built(const char *text, const char *html, const char *to, const char *id,
                      const char *own, MessageForm **form)
{
    g_autofree char *plain = with(text, own), *rich = html == NULL ? NULL : with(html, own);
    g_autofree char *stop = with("https://forms.bell.example/en/unsubscribe/@TOKEN@", own);
    g_autoptr(GError) error = NULL;
    Message message = {.from_name = "Колокол",
                       .from = "letters@bell.example",
                       .to = to,
                       .subject = "Цены на соль",
                       .message_id = id,
                       .date = INT64_C(1796547600) * CLOCK_SECOND,
                       .language = "ru",
                       .text = plain,
                       .html = rich,
                       .list_id = "weekly.bell.example",
                       .list_name = "The Bell",
                       .unsubscribe_url = stop,
                       .seed = "issue"};
    GString *out = g_string_new(NULL);
    if (form != NULL) {
        *form = message_form_new(&message, own, &error);
    } else {
        message_write(&message, out, &error);
    }
    g_assert_no_error(error);
    return out;
}

static void same(const char *text, const char *html)
{
    static const char *const owns[] = {FIRST, SECOND, STAND_IN};
    MessageForm *form = NULL;
    g_autoptr(GString) none = built(text, html, "", "", STAND_IN, &form);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_cmpuint(message_form_length(form), ==, strlen(STAND_IN));
    for (size_t i = 0; i < G_N_ELEMENTS(owns); i++) {
        g_autofree char *to = g_strdup_printf("reader%zu@reader.example", i * 1000);
        g_autofree char *id = g_strdup_printf("%zuabc@bell.example", i);
        g_autoptr(GString) expected = built(text, html, to, id, owns[i], NULL);
        g_autoptr(GString) filled = g_string_new("before");
        g_assert_true(message_form_write(form, to, id, owns[i], filled, NULL));
        g_assert_true(g_str_has_prefix(filled->str, "before"));
        g_assert_cmpstr(filled->str + strlen("before"), ==, expected->str);
    }
    message_form_free(form);
}

/* The hole at each of 90 places: every column of a line, every third of a group of base64. */
static void at_every_place(const char *letter)
{
    for (int i = 0; i < 90; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(GString) html = g_string_new("<p>");
        for (int j = 0; j < i; j++) {
            g_string_append(text, j % 30 == 29 ? "\n" : letter);
            g_string_append(html, letter);
        }
        g_string_append(text, " https://f.example/@TOKEN@\n");
        g_string_append_printf(html, "<a href=\"@TOKEN@\">%s</a> @TOKEN@</p>", letter);
        for (int j = 0; j < 200; j++) {
            g_string_append(html, letter);
        }
        same(text->str, html->str);
    }
}

static void test_quoted(void)
{
    at_every_place("a");
    at_every_place(".");
    at_every_place("é a b c d e ");
}

static void test_base64(void)
{
    at_every_place("ж");
    at_every_place("ع ");
}

static void test_text_only(void)
{
    same("@TOKEN@", NULL);
    same("жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж@TOKEN@", NULL);
    same("Content-Transfer-Encoding: base64\n\nno body of its own @TOKEN@\n", NULL);
}

static void test_refused(void)
{
    MessageForm *form = NULL;
    g_autoptr(GString) none = built("@TOKEN@", "<p>@TOKEN@</p>", "", "", STAND_IN, &form);
    static const char *const bad[][3] = {
        {"a@b.example", "id@x", "short"},
        {"a@b.example", "id@x", "0123456789abcdef0123456789abcdef012345\r\n"},
        {"a@b.example", "id@x", "0123456789abcdef0123456789abcdef0123456="},
        {"a@b.example\r\nBcc: x@y.example", "id@x", STAND_IN},
        {"a@b.example", "id@x>\r\nX: y", STAND_IN},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) out = g_string_new("before");
        g_assert_false(message_form_write(form, bad[i][0], bad[i][1], bad[i][2], out, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_cmpstr(out->str, ==, "before");
    }
    message_form_free(form);
    g_assert_cmpuint(none->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/message-form/quoted-printable", test_quoted);
    g_test_add_func("/message-form/base64", test_base64);
    g_test_add_func("/message-form/text-only", test_text_only);
    g_test_add_func("/message-form/refused", test_refused);
    return g_test_run();
}
