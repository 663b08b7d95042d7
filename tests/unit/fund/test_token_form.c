/* Forms behind a link: only a token of ours, for this purpose, in its time, acts; and each time. */
#include "fund/token_form.h"

#include "base/clock.h"
#include "base/error.h"

#include <string.h>

#define NOW (INT64_C(1700000000) * CLOCK_SECOND)

static unsigned acted;

static bool act(Store *store, const char *code, const Form *form, FormAnswer *answer,
                GError **error)
{
    acted++;
    form_answer_page(answer, "acted");
    return strcmp(code, "busy") != 0 || fail(error, KOLOKOL_ERROR_BUSY, "not yet");
}

static char *run(const TokenKeys *keys, const char *token, GError **error)
{
    static const FormKind kind = {.name = "x", .fields = token_form_fields};
    FormContext context = {.tokens = keys};
    Form form = {.kind = &kind, .language = "en", .values = {token}, .received = NOW};
    g_autoptr(FormAnswer) answer = form_answer_new();
    return token_form_run(NULL, &context, &form, TOKEN_GIFT_MANAGE, act, answer, error)
               ? g_strdup(form_answer_page_name(answer))
               : NULL;
}

static void test_acts(void)
{
    g_autoptr(TokenKeys) keys = token_keys_new();
    g_autofree char *token = token_make(keys, TOKEN_GIFT_MANAGE, "abc", TOKEN_NEVER);
    g_autofree char *busy = token_make(keys, TOKEN_GIFT_MANAGE, "busy", NOW + CLOCK_SECOND);
    g_autoptr(GError) error = NULL;
    acted = 0;
    for (int i = 0; i < 2; i++) {
        g_autofree char *page = run(keys, token, &error);
        g_assert_cmpstr(page, ==, "acted");
    }
    g_assert_cmpuint(acted, ==, 2);
    g_assert_null(run(keys, busy, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
}

static void test_ended(void)
{
    g_autoptr(TokenKeys) keys = token_keys_new();
    g_autofree char *token = token_make(keys, TOKEN_GIFT_MANAGE, "abc", NOW - CLOCK_SECOND);
    acted = 0;
    g_autofree char *page = run(keys, token, NULL);
    g_assert_cmpstr(page, ==, "ended");
    g_assert_cmpuint(acted, ==, 0);
}

static void test_wrong(void)
{
    g_autoptr(TokenKeys) keys = token_keys_new();
    g_autoptr(TokenKeys) others = token_keys_new();
    g_autofree char *purpose = token_make(keys, TOKEN_REMIND_STOP, "abc", TOKEN_NEVER);
    g_autofree char *forged = token_make(others, TOKEN_GIFT_MANAGE, "abc", TOKEN_NEVER);
    const char *const tokens[] = {purpose, forged, "", "x", "1.1.gift-manage.abc.0."};
    acted = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(tokens); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(run(keys, tokens[i], &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    g_assert_cmpuint(acted, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/token-form/acts", test_acts);
    g_test_add_func("/token-form/ended", test_ended);
    g_test_add_func("/token-form/wrong", test_wrong);
    return g_test_run();
}
