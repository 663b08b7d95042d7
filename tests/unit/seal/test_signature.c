#include "seal/signature.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static const char message[] = "kolokol-edition 1 paper.example\nepoch: 1\n";
static const char comment[] = "kolokol paper.example 1.1795600000000";

typedef struct {
    SecretKey secret;
    PublicKey public;
    char *signature;
} Signed;

static void signed_make(Signed *made)
{
    secret_key_new(&made->secret, &made->public);
    made->signature = signature_text(&made->secret, message, strlen(message), comment);
}

static void signed_clear(Signed *made)
{
    secret_key_clear(&made->secret);
    g_free(made->signature);
}

static bool verifies(const Signed *made, const char *text, const char *signature)
{
    g_autoptr(GError) error = NULL;
    bool fine = signature_verify(&made->public, text, strlen(text), signature, NULL, &error);
    g_assert_true(fine || g_error_matches(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT));
    return fine;
}

static void test_round(void)
{
    Signed made;
    signed_make(&made);
    g_autofree char *said = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(
        signature_verify(&made.public, message, strlen(message), made.signature, &said, &error));
    g_assert_cmpstr(said, ==, comment);
    PublicKey again = secret_key_public(&made.secret);
    g_assert_cmpmem(&again, sizeof again, &made.public, sizeof made.public);
    signed_clear(&made);
}

/* Each byte of the signature file changed in turn: refused, save in the untrusted comment. */
static void test_changed(void)
{
    Signed made;
    signed_make(&made);
    size_t first = strcspn(made.signature, "\n") + 1;
    for (size_t i = first; i + 1 < strlen(made.signature); i++) {
        g_autofree char *other = g_strdup(made.signature);
        other[i] = other[i] == 'A' ? 'B' : 'A';
        g_assert_false(verifies(&made, message, other));
    }
    g_autofree char *text = g_strdup(message);
    text[9]++;
    g_assert_false(verifies(&made, text, made.signature));
    g_assert_false(verifies(&made, "", made.signature));
    g_autofree char *cut = g_strndup(made.signature, strlen(made.signature) / 2);
    g_assert_false(verifies(&made, message, cut));
    g_assert_false(verifies(&made, message, ""));
    signed_clear(&made);
}

static void test_other_key(void)
{
    Signed made, other;
    signed_make(&made);
    signed_make(&other);
    g_assert_false(verifies(&made, message, other.signature));
    memcpy(other.public.number, made.public.number, sizeof made.public.number);
    other.public = made.public;
    g_assert_true(verifies(&other, message, made.signature));
    signed_clear(&made);
    signed_clear(&other);
}

static void test_key_files(void)
{
    Signed made;
    signed_make(&made);
    char *secret_text = secret_key_text(&made.secret, "Kolokol");
    g_autofree char *public_text = public_key_text(&made.public, "Kolokol");
    g_autofree char *line = public_key_base64(&made.public);
    SecretKey secret;
    PublicKey public, bare;
    g_assert_true(secret_key_parse(secret_text, &secret, NULL));
    g_assert_true(public_key_parse(public_text, &public, NULL));
    g_assert_true(public_key_parse(line, &bare, NULL));
    g_assert_cmpmem(&secret, sizeof secret, &made.secret, sizeof made.secret);
    g_assert_cmpmem(&public, sizeof public, &made.public, sizeof made.public);
    g_assert_cmpmem(&bare, sizeof bare, &made.public, sizeof made.public);
    char id[PUBLIC_KEY_ID];
    public_key_id(&made.public, id);
    g_assert_cmpint((int)strlen(id), ==, PUBLIC_KEY_ID - 1);
    secret_key_text_free(secret_text);
    secret_key_clear(&secret);
    signed_clear(&made);
}

static void test_bad_key_files(void)
{
    static const char *const bad[] = {"",
                                      "\n",
                                      "untrusted comment: x\n",
                                      "untrusted comment: x\nRWQ=\n",
                                      "untrusted comment: x\n!!!!\n",
                                      "RWQ"};
    Signed made;
    signed_make(&made);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        PublicKey public;
        SecretKey secret;
        g_autoptr(GError) one = NULL;
        g_autoptr(GError) two = NULL;
        g_assert_false(public_key_parse(bad[i], &public, &one));
        g_assert_error(one, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_false(secret_key_parse(bad[i], &secret, &two));
        g_assert_error(two, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    char *text = secret_key_text(&made.secret, "x");
    char *digit = strchr(text, '\n') + 150; /* inside the key itself */
    *digit = *digit == 'A' ? 'B' : 'A';
    SecretKey secret;
    g_autoptr(GError) error = NULL;
    g_assert_false(secret_key_parse(text, &secret, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
    secret_key_text_free(text);
    signed_clear(&made);
}

static void test_wiped(void)
{
    static const SecretKey zero;
    Signed made;
    signed_make(&made);
    signed_clear(&made);
    g_assert_cmpmem(&made.secret, sizeof made.secret, &zero, sizeof zero);
}

static bool run(const char *folder, const char *line)
{
    g_autofree char *command = g_strdup_printf("cd %s && %s >/dev/null 2>&1", folder, line);
    return system(command) == 0; /* NOLINT(cert-env33-c): a test asks the real programs */
}

static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* minisign and signify take our files, and we take minisign's. */
static void test_programs(void)
{
    g_autofree char *folder = g_dir_make_tmp("kolokol-seal-XXXXXX", NULL);
    Signed made;
    signed_make(&made);
    char *secret = secret_key_text(&made.secret, "Kolokol");
    g_autofree char *public = public_key_text(&made.public, "Kolokol");
    put(folder, "m", message);
    put(folder, "m.sig", made.signature);
    put(folder, "k.pub", public);
    put(folder, "k.key", secret);
    secret_key_text_free(secret);
    g_assert_true(run(folder, "minisign -Vm m -p k.pub -x m.sig"));
    g_assert_true(run(folder, "signify-openbsd -V -q -p k.pub -x m.sig -m m"));
    g_assert_true(run(folder, "minisign -R -f -s k.key -p again.pub </dev/null"));
    g_assert_true(run(folder, "test \"$(tail -1 again.pub)\" = \"$(tail -1 k.pub)\""));
    g_assert_true(
        run(folder, "minisign -S -l -s k.key -m m -x theirs.sig -t 'of theirs' </dev/null"));
    g_autofree char *path = g_build_filename(folder, "theirs.sig", NULL);
    g_autofree char *theirs = NULL, *said = NULL;
    g_assert_true(g_file_get_contents(path, &theirs, NULL, NULL));
    g_assert_true(signature_verify(&made.public, message, strlen(message), theirs, &said, NULL));
    g_assert_cmpstr(said, ==, "of theirs");
    put(folder, "m", "another message\n");
    g_assert_false(run(folder, "minisign -Vm m -p k.pub -x m.sig"));
    g_assert_true(run(folder, "rm -f m m.sig k.pub k.key again.pub theirs.sig"));
    g_rmdir(folder);
    signed_clear(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/signature/round", test_round);
    g_test_add_func("/signature/changed", test_changed);
    g_test_add_func("/signature/other_key", test_other_key);
    g_test_add_func("/signature/key_files", test_key_files);
    g_test_add_func("/signature/bad_key_files", test_bad_key_files);
    g_test_add_func("/signature/wiped", test_wiped);
    g_test_add_func("/signature/programs", test_programs);
    return g_test_run();
}
