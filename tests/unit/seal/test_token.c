/* Tokens: one purpose, one subject, until then; nothing else passes. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "seal/token.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW (INT64_C(1800000000) * CLOCK_SECOND)

static void refused(const TokenKeys *keys, const char *purpose, const char *token, int64_t now,
                    KolokolError code)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(token_check(keys, purpose, token, now, &error));
    g_assert_error(error, KOLOKOL_ERROR, (int)code);
}

static void test_check(void)
{
    g_autoptr(TokenKeys) keys = token_keys_new();
    g_autoptr(TokenKeys) others = token_keys_new();
    g_autofree char *token = token_make(keys, "confirm", "s-42_A", NOW + CLOCK_DAY);
    g_assert_cmpuint(strlen(token), <=, TOKEN_MAX);
    g_assert_cmpuint(
        strspn(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"), ==,
        strlen(token)); /* one segment of a path, no escapes */
    g_autofree char *subject = token_check(keys, "confirm", token, NOW, NULL);
    g_assert_cmpstr(subject, ==, "s-42_A");
    refused(keys, "unsubscribe", token, NOW, KOLOKOL_ERROR_INVALID);
    refused(keys, "confirm", token, NOW + CLOCK_DAY, KOLOKOL_ERROR_NOT_FOUND);
    refused(others, "confirm", token, NOW, KOLOKOL_ERROR_INVALID);
    for (size_t i = 0; i < strlen(token); i++) {
        g_autofree char *changed = g_strdup(token);
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        refused(keys, "confirm", changed, NOW, KOLOKOL_ERROR_INVALID);
        changed[i] = '\0';
        refused(keys, "confirm", changed, NOW, KOLOKOL_ERROR_INVALID);
    }
    g_autofree char *longer = g_strconcat(token, "A", NULL);
    refused(keys, "confirm", longer, NOW, KOLOKOL_ERROR_INVALID);
    refused(keys, "confirm", "......", NOW, KOLOKOL_ERROR_INVALID);
    refused(keys, "confirm", "", NOW, KOLOKOL_ERROR_INVALID);
}

static void test_never(void)
{
    g_autoptr(TokenKeys) keys = token_keys_new();
    g_autofree char *token = token_make(keys, "unsubscribe", "7", TOKEN_NEVER);
    g_autofree char *subject = token_check(keys, "unsubscribe", token, INT64_MAX, NULL);
    g_assert_cmpstr(subject, ==, "7");
}

static void test_rotate(void)
{
    g_autoptr(TokenKeys) keys = token_keys_new();
    g_autofree char *old = token_make(keys, "unsubscribe", "7", TOKEN_NEVER);
    token_keys_rotate(keys);
    g_autofree char *new = token_make(keys, "unsubscribe", "7", TOKEN_NEVER);
    g_assert_cmpstr(old, !=, new);
    char *text = token_keys_text(keys);
    g_autoptr(TokenKeys) read = token_keys_parse(text, NULL);
    g_autofree char *first = token_check(read, "unsubscribe", old, NOW, NULL);
    g_autofree char *second = token_check(read, "unsubscribe", new, NOW, NULL);
    g_assert_cmpstr(first, ==, "7");
    g_assert_cmpstr(second, ==, "7");
    for (int i = 0; i < 20; i++) {
        token_keys_rotate(keys);
    }
    refused(keys, "unsubscribe", old, NOW, KOLOKOL_ERROR_INVALID);
    token_keys_text_free(text);
}

static void test_file(void)
{
    g_autofree char *folder = g_dir_make_tmp("tokens-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;
    FILE_AUTO directory = directory_open(folder, true, NULL);
    g_autoptr(TokenKeys) made = token_keys_load(directory, "tokens.key", &error);
    g_assert_no_error(error);
    g_autoptr(TokenKeys) read = token_keys_load(directory, "tokens.key", &error);
    g_assert_no_error(error);
    g_autofree char *token = token_make(made, "a", "b", TOKEN_NEVER);
    g_autofree char *subject = token_check(read, "a", token, NOW, NULL);
    g_assert_cmpstr(subject, ==, "b");
    g_assert_true(file_replace(directory, "tokens.key", "1 short\n", 8, 0600, NULL));
    g_assert_null(token_keys_load(directory, "tokens.key", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    g_assert_null(token_keys_parse("", NULL));
    g_autofree char *path = g_build_filename(folder, "tokens.key", NULL);
    g_unlink(path);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/token/check", test_check);
    g_test_add_func("/token/never", test_never);
    g_test_add_func("/token/rotate", test_rotate);
    g_test_add_func("/token/file", test_file);
    return g_test_run();
}
