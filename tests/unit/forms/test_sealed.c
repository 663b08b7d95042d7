/* Forms on their way: only the worker reads them, and only kinds that it knows. */
#include "base/error.h"
#include "forms/sealed.h"

#include <string.h>

static const FormField fields[] = {
    {"email", 60, true, false}, {"words", 9000, false, true}, {NULL}};
static const FormField more[] = {
    {"email", 60, true, false}, {"new", 60, false, false}, {"words", 9000, false, true}, {NULL}};
static const FormKind kind = {.name = "k", .fields = fields};
static const FormKind newer = {.name = "k", .fields = more};
static const FormKind *const kinds[] = {&kind, NULL};
static const FormKind *const newer_kinds[] = {&newer, NULL};
static const FormKind *const none[] = {NULL};

static void test_sealed(void)
{
    BoxSecretKey key, other;
    g_autoptr(GError) error = NULL;
    box_secret_key_new(&key);
    box_secret_key_new(&other);
    BoxPublicKey public = box_secret_key_public(&key);
    g_autofree char *words = g_strnfill(8999, '\n');
    Form form = {.kind = &kind,
                 .language = "ru",
                 .ticket = "0123456789abcdef0123456789abcdef",
                 .received = 77,
                 .values = {"а@б\"", words}};
    g_autoptr(GBytes) sealed = sealed_form_close(&public, &form);
    g_autoptr(SealedForm) opened = sealed_form_open(&key, kinds, sealed, &error);
    g_assert_no_error(error);
    const Form *read = sealed_form(opened);
    g_assert_true(read->kind == &kind);
    g_assert_cmpstr(read->language, ==, "ru");
    g_assert_cmpstr(read->ticket, ==, form.ticket);
    g_assert_cmpint(read->received, ==, 77);
    g_assert_cmpstr(form_value(read, "email"), ==, "а@б\"");
    g_assert_cmpstr(form_value(read, "words"), ==, words);
    g_autoptr(SealedForm) later = sealed_form_open(&key, newer_kinds, sealed, NULL);
    g_assert_cmpstr(form_value(sealed_form(later), "new"), ==, "");
    g_assert_null(sealed_form_open(&other, kinds, sealed, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_clear_error(&error);
    g_assert_null(sealed_form_open(&key, none, sealed, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sealed/all", test_sealed);
    return g_test_run();
}
