#include "text/mail_address.h"

#include "base/error.h"
#include "shared.h"

#include <stdbool.h>
#include <string.h>

static void test_taken(void)
{
    static const char *const pairs[][2] = {
        {"a@b.example", "a@b.example"},
        {"  Ann.Lee+news@Reader.EXAMPLE\n", "Ann.Lee+news@reader.example"},
        {"x_y-z!#$%&'*/=?^`{|}~@b.co", "x_y-z!#$%&'*/=?^`{|}~@b.co"},
        {"bob@пример.рф", "bob@xn--e1afmkfd.xn--p1ai"},
        {"a@1.2.example", "a@1.2.example"},
        {"a@xn--e1afmkfd.xn--p1ai", "a@xn--e1afmkfd.xn--p1ai"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *address = mail_address_parse(pairs[i][0], &error);
        g_assert_no_error(error);
        g_assert_cmpstr(address, ==, pairs[i][1]);
    }
}

static void test_refused(void)
{
    static const char *const texts[] = {
        "",
        "@",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a b@c.example",
        "a@b..example",
        ".a@b.example",
        "a.@b.example",
        "a..b@c.example",
        "a@-b.example",
        "a@b-.example",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "\"a b\"@c.example",
        "a@b.example\r\nBcc: x@y.example",
        "a\n@b.example",
        "a@b.example, c@d.example",
        "a@b.example>",
        "имя@b.example",
        "a@b_c.example",
        "a@b.example\xff",
        "a(comment)@b.example",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(mail_address_parse(texts[i], &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    g_autofree char *local = g_strnfill(65, 'a'), *label = g_strnfill(64, 'b');
    g_autofree char *long_local = g_strconcat(local, "@b.example", NULL);
    g_autofree char *long_label = g_strconcat("a@", label, ".example", NULL);
    g_assert_null(mail_address_parse(long_local, NULL));
    g_assert_null(mail_address_parse(long_label, NULL));
    g_assert_null(mail_address_parse(NULL, NULL));
}

/* What is taken never has a byte that could leave its place in a header or envelope. */
static void test_hostile(void)
{
    static const char pieces[] = "a@.-b<>\r\n \t,\"()[]\\:;é\0x";
    guint32 state = 7;
    for (int round = 0; round < 20000; round++) {
        char text[16];
        size_t length = (state >> 8) % (sizeof text - 1);
        for (size_t i = 0; i < length; i++) {
            state = state * 1664525u + 1013904223u;
            text[i] = pieces[(state >> 16) % (sizeof pieces - 1)];
        }
        text[length] = '\0';
        state = state * 1664525u + 1013904223u;
        g_autofree char *address = mail_address_parse(text, NULL);
        if (address != NULL) {
            g_assert_null(strpbrk(address, "<>\r\n \t,\"()[]\\:;"));
            g_assert_cmpuint(strlen(address), <=, MAIL_ADDRESS_MAX);
        }
    }
}

/* ---- A public collection -------------------------------------------------------------------- */

typedef struct {
    GString *text, *address; /* of the present element, of the present test */
    unsigned taken, refused;
} Collection;

static void element_begins(GMarkupParseContext *context, const char *name, const char **names,
                           const char **values, void *data, GError **error)
{
    g_string_truncate(((Collection *)data)->text, 0);
}

static void text_comes(GMarkupParseContext *context, const char *text, gsize length, void *data,
                       GError **error)
{
    g_string_append_len(((Collection *)data)->text, text, (gssize)length);
}

/* Control characters stand there as pictures of themselves, from U+2400. */
static char *with_controls(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        if (letter > 0x2400 && letter < 0x2420) {
            g_string_append_c(out, (char)(letter - 0x2400));
        } else {
            g_string_append_unichar(out, letter);
        }
    }
    return g_string_free(out, FALSE);
}

static void judge(Collection *all, const char *category)
{
    g_autofree char *given = with_controls(all->address->str);
    g_autofree char *parsed = mail_address_parse(given, NULL);
    g_autofree char *bare = g_strstrip(g_strdup(given)); /* blanks around it are taken off */
    g_test_message("%s: %s", all->address->str, category);
    if (strcmp(category, "ISEMAIL_ERR") == 0 && strcmp(given, bare) == 0) {
        g_assert_null(parsed);
        all->refused++;
    } else if (strcmp(category, "ISEMAIL_VALID_CATEGORY") == 0 ||
               strcmp(category, "ISEMAIL_DNSWARN") == 0) {
        const char *at = strrchr(given, '@');
        bool two_labels = strchr(at, '.') != NULL; /* nobody reads mail at a top domain */
        g_assert_true((parsed != NULL) == two_labels);
        all->taken += parsed != NULL;
    }
    g_assert_true(parsed == NULL || strpbrk(parsed, "<>\r\n \t,\"()[]\\:;") == NULL);
}

static void element_ends(GMarkupParseContext *context, const char *name, void *data, GError **error)
{
    Collection *all = data;
    if (strcmp(name, "address") == 0) {
        g_string_assign(all->address, all->text->str);
    } else if (strcmp(name, "category") == 0) {
        judge(all, all->text->str);
    }
    g_string_truncate(all->text, 0);
}

static void shared_isemail(void)
{
    static const GMarkupParser parser = {element_begins, element_ends, text_comes, NULL, NULL};
    g_autofree char *path = shared_path("data/conf-email-address/tests.xml"), *xml = NULL;
    gsize length = 0;
    if (path == NULL) {
        return;
    }
    g_assert_true(g_file_get_contents(path, &xml, &length, NULL));
    Collection all = {.text = g_string_new(NULL), .address = g_string_new(NULL)};
    g_autoptr(GError) error = NULL;
    GMarkupParseContext *context =
        g_markup_parse_context_new(&parser, G_MARKUP_DEFAULT_FLAGS, &all, NULL);
    g_markup_parse_context_parse(context, xml, (gssize)length, &error);
    g_assert_no_error(error);
    g_markup_parse_context_free(context);
    g_assert_cmpuint(all.taken, >=, 10);
    g_assert_cmpuint(all.refused, >=, 20);
    g_string_free(all.text, TRUE);
    g_string_free(all.address, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mail-address/taken", test_taken);
    g_test_add_func("/mail-address/refused", test_refused);
    g_test_add_func("/mail-address/hostile", test_hostile);
    g_test_add_func("/mail-address/shared_isemail", shared_isemail);
    return g_test_run();
}
