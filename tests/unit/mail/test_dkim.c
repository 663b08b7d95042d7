/* DKIM: canonical forms by the examples of RFC 6376, signatures of others that our forms must bear
 * out, and our own, which another program checks (doubles/dkim_check.py). */
#include "mail/dkim.h"

#include "base/clock.h"
#include "base/error.h"
#include "shared.h"
#include "unpack.h"

#include <gio/gio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#define NOW (INT64_C(1795000000) * CLOCK_SECOND)

static void test_headers(void)
{
    static const char *const rows[][2] = {
        {"A: X\r\n", "a:X"},               /* RFC 6376 3.4.5 */
        {"B : Y\t\r\n\tZ  \r\n", "b:Y Z"}, /* the same */
        {"Subject:  AbC \t dEf\r\n  ghi", "subject:AbC dEf ghi"},
        {"From:a@b.example", "from:a@b.example"},
        {"X-Empty: \r\n", "x-empty:"},
        {"X:", "x:"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        dkim_relax_header(rows[i][0], strlen(rows[i][0]), out);
        g_assert_cmpstr(out->str, ==, rows[i][1]);
    }
}

static void test_bodies(void)
{
    static const char *const rows[][2] = {
        {" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"}, /* RFC 6376 3.4.5 */
        {"", ""},
        {"\r\n\r\n", ""},
        {"a", "a\r\n"},
        {"a\r\n\r\nb", "a\r\n\r\nb\r\n"},
        {" \t\r\n", ""}, /* blanks at the end go first, then the line is empty */
        {"a\nb\r\n", "a\nb\r\n"},
        {"..dot\r\n", "..dot\r\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        Hash hash = dkim_hash_body(rows[i][0], strlen(rows[i][0]));
        Hash expected = hash_of(rows[i][1], strlen(rows[i][1]));
        g_assert_true(hash_equal(&hash, &expected));
    }
    Hash nul = dkim_hash_body("a\0b \r\n", 6), same = hash_of("a\0b\r\n", 5);
    g_assert_true(hash_equal(&nul, &same));
}

/* ---- Signatures of others ------------------------------------------------------------------- */

/* The value of a tag in a field, without blanks and folds. Caller frees. */
static char *tag_of(const char *field, const char *tag)
{
    g_auto(GStrv) tags = g_strsplit(strchr(field, ':') + 1, ";", -1);
    for (char **each = tags; *each != NULL; each++) {
        g_strstrip(*each);
        size_t length = strlen(tag);
        if (strncmp(*each, tag, length) == 0 && (*each)[length] == '=') {
            g_autoptr(GString) value = g_string_new((*each) + length + 1);
            for (const char *c = " \t\r\n"; *c != '\0'; c++) {
                const char one[] = {*c, '\0'};
                g_string_replace(value, one, "", 0);
            }
            return g_strdup(value->str);
        }
    }
    return NULL;
}

/* The fields of a message with CRLF line ends; *body is where the body begins. */
static GPtrArray *fields_of(const char *message, const char **body)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);
    const char *at = message;
    while (!g_str_has_prefix(at, "\r\n")) {
        const char *end = strstr(at, "\r\n") + 2;
        while (*end == ' ' || *end == '\t') {
            end = strstr(end, "\r\n") + 2;
        }
        g_ptr_array_add(fields, g_strndup(at, (gsize)(end - at)));
        at = end;
    }
    *body = at + 2;
    return fields;
}

/* The last field of that name that was not taken yet; taken. Caller frees. */
static char *take_field(GPtrArray *fields, const char *name)
{
    for (guint i = fields->len; i > 0; i--) {
        const char *field = fields->pdata[i - 1];
        const char *colon = strchr(field, ':');
        g_autofree char *its = g_strchomp(g_strndup(field, (gsize)(colon - field)));
        if (g_ascii_strcasecmp(its, name) == 0) {
            return g_ptr_array_steal_index(fields, i - 1);
        }
    }
    return NULL;
}

static char *without_signature(const char *field)
{
    g_autoptr(GRegex) b = g_regex_new("(;[ \\t\\r\\n]*b[ \\t\\r\\n]*=)[^;]*", 0, 0, NULL);
    return g_regex_replace(b, field, -1, 0, "\\1", 0, NULL);
}

static bool signature_right(EVP_PKEY *public, bool rsa, const GString *data, const char *text)
{
    gsize length = 0;
    g_autofree guchar *signature = g_base64_decode(text, &length);
    Hash hash = hash_of(data->str, data->len);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, NULL, rsa ? EVP_sha256() : NULL, NULL, public);
    int result =
        rsa ? EVP_DigestVerify(context, signature, length, (const guchar *)data->str, data->len)
            : EVP_DigestVerify(context, signature, length, hash.bytes, sizeof hash.bytes);
    EVP_MD_CTX_free(context);
    return result == 1;
}

/* Checks the first signature by our canonical forms; with "c=…/simple" the body is not looked at.
 */
static void check(const char *message, const char *key)
{
    const char *body = NULL;
    g_autoptr(GPtrArray) fields = fields_of(message, &body);
    g_autofree char *field = g_ptr_array_steal_index(fields, 0);
    g_assert_true(g_str_has_prefix(field, "DKIM-Signature:"));
    g_autofree char *a = tag_of(field, "a"), *b = tag_of(field, "b"), *bh = tag_of(field, "bh");
    g_autofree char *c = tag_of(field, "c"), *h = tag_of(field, "h");
    bool rsa = strcmp(a, "rsa-sha256") == 0;
    if (g_str_has_suffix(c, "/relaxed")) {
        Hash hash = dkim_hash_body(body, strlen(body));
        g_autofree char *hash_text = g_base64_encode(hash.bytes, sizeof hash.bytes);
        g_assert_cmpstr(hash_text, ==, bh);
    }
    g_autoptr(GString) data = g_string_new(NULL);
    g_auto(GStrv) names = g_strsplit(h, ":", -1);
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *one = take_field(fields, *name);
        if (one != NULL) {
            dkim_relax_header(one, strlen(one), data);
            g_string_append(data, "\r\n");
        }
    }
    g_autofree char *own = without_signature(field);
    dkim_relax_header(own, strlen(own), data);
    gsize length = 0;
    g_autofree guchar *bytes = g_base64_decode(key, &length);
    const guchar *at = bytes;
    EVP_PKEY *public = rsa ? d2i_PUBKEY(NULL, &at, (long)length)
                           : EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, length);
    g_assert_nonnull(public);
    g_assert_true(signature_right(public, rsa, data, b));
    g_string_append_c(data, '.');
    g_assert_false(signature_right(public, rsa, data, b));
    EVP_PKEY_free(public);
}

/* RFC 8463, appendix A. */
static void test_rfc8463(void)
{
    static const char message[] =
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
        " d=football.example.com; i=@football.example.com;\r\n"
        " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
        " subject : date : message-id : from : subject : date;\r\n"
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
        " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
        " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
        "From: Joe SixPack <joe@football.example.com>\r\n"
        "To: Suzie Q <suzie@shopping.example.net>\r\n"
        "Subject: Is dinner ready?\r\n"
        "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
        "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
        "\r\n"
        "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
    check(message, "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
}

static void test_shared_messages(void)
{
    static const char *const names[] = {"003.txt", "004.txt", "006.txt"};
    g_autofree char *archive = shared_path("data/mail-dkim/cases.tar.zst");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    for (size_t i = 0; folder != NULL && i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, "mail-auth", "dkim", names[i], NULL);
        g_autofree char *text = NULL;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_autoptr(GString) crlf = g_string_new(text);
        g_string_replace(crlf, "\r\n", "\n", 0);
        g_string_replace(crlf, "\n", "\r\n", 0);
        char *message = strstr(crlf->str, "\r\n\r\n") + 4;
        g_autofree char *record =
            g_strdup_printf("key:%.*s", (int)strcspn(crlf->str, "\r"), crlf->str);
        char *tags = strchr(record + 4, ' ');
        g_autofree char *shaped = g_strconcat("key:", tags, NULL);
        g_autofree char *key = tag_of(shaped, "p");
        g_test_message("%s", names[i]);
        check(message, key);
    }
    if (folder != NULL) {
        shared_remove(folder);
    }
}

/* ---- Our own -------------------------------------------------------------------------------- */

static Dkim *both_keys(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SigningKey) rsa = signing_key_new(SIGNING_RSA, &error);
    g_autoptr(SigningKey) ed25519 = signing_key_new(SIGNING_ED25519, &error);
    char *first = signing_key_pem(rsa), *second = signing_key_pem(ed25519);
    g_autofree char *pem = g_strconcat(first, second, NULL);
    Dkim *dkim = dkim_new("bell1, bell1-ed", pem, strlen(pem), &error);
    g_assert_no_error(error);
    signing_key_pem_free(first);
    signing_key_pem_free(second);
    return dkim;
}

/* dkimpy's verdict, a line a signature; NULL if it does not hold them all for good. */
static char *verdict(const Dkim *dkim, const char *domain, const char *message, size_t length)
{
    g_autofree char *program =
        g_build_filename(g_getenv("KOLOKOL_SOURCE"), "tests/doubles/dkim_check.py", NULL);
    g_autofree char *folder = g_dir_make_tmp("kolokol-dkim-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "records", NULL);
    g_autofree char *records = dkim_records(dkim);
    g_assert_true(g_file_set_contents(path, records, -1, NULL));
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) process =
        g_subprocess_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                         "/usr/bin/python3", program, domain, path, NULL);
    g_assert_no_error(error);
    g_autoptr(GBytes) in = g_bytes_new(message, length);
    g_autoptr(GBytes) out = NULL;
    g_subprocess_communicate(process, in, NULL, &out, NULL, &error);
    g_assert_no_error(error);
    g_remove(path);
    g_rmdir(folder);
    return g_subprocess_get_if_exited(process) && g_subprocess_get_exit_status(process) == 0
               ? g_strndup(g_bytes_get_data(out, NULL), g_bytes_get_size(out))
               : NULL;
}

static const char letter[] = "From: The Bell <letters@Bell.example>\r\n"
                             "To: b@reader.example\r\n"
                             "Subject: =?utf-8?b?0JvRkdC0?=\r\n"
                             " and more\r\n"
                             "Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n"
                             "Message-Id: <1@bell.example>\r\n"
                             "MIME-Version: 1.0\r\n"
                             "List-Id: The Bell <weekly.bell.example>\r\n"
                             "List-Unsubscribe: <https://forms.bell.example/u/1>,\r\n"
                             " <mailto:stop@bell.example?subject=unsubscribe>\r\n"
                             "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
                             "Content-Type: text/plain; charset=utf-8\r\n"
                             "\r\n"
                             "Dear  reader, \r\n\r\n.one dot\r\n\r\n\r\n";

static void test_checked(void)
{
    g_autoptr(Dkim) dkim = both_keys();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    dkim_sign(dkim, "letters@Bell.example", letter, strlen(letter), NOW, out, &error);
    g_assert_no_error(error);
    size_t head = out->len;
    g_string_append(out, letter);
    g_autofree char *good = verdict(dkim, "bell.example", out->str, out->len);
    g_assert_cmpstr(good, ==, "rsa-sha256 good\ned25519-sha256 good\n");
    for (const char *line = out->str; line < out->str + head; line = strstr(line, "\r\n") + 2) {
        g_assert_cmpint(strstr(line, "\r\n") - line, <=, 100);
    }
    g_assert_nonnull(strstr(out->str, "d=bell.example; s=bell1;"));
    g_assert_nonnull(strstr(out->str, "t=1795000000;"));
    g_assert_null(strstr(out->str, "l="));
}

/* Each change that would fool a reader breaks it. */
static void test_forged(void)
{
    static const char *const changes[][2] = {
        {"From: The Bell", "From: Evil <e@evil.example>\r\nFrom: The Bell"},
        {"Subject: =?utf-8", "Subject: Pay now\r\nSubject: =?utf-8"},
        {"MIME-Version", "Reply-To: e@evil.example\r\nMIME-Version"},
        {"https://forms", "https://evil"},
        {"One-Click\r\n", "Two\r\n"},
        {"MIME-Version", "List-Unsubscribe: <https://evil.example/>\r\nMIME-Version"},
        {"Dear", "Near"},
        {".one dot\r\n", ".one dot\r\nmore\r\n"},
    };
    g_autoptr(Dkim) dkim = both_keys();
    g_autoptr(GString) out = g_string_new(NULL);
    dkim_sign(dkim, "letters@bell.example", letter, strlen(letter), NOW, out, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(GString) message = g_string_new(letter);
        g_assert_cmpuint(g_string_replace(message, changes[i][0], changes[i][1], 1), ==, 1);
        g_string_prepend(message, out->str);
        g_assert_null(verdict(dkim, "bell.example", message->str, message->len));
    }
    /* What servers do on the way does not. */
    g_autoptr(GString) way = g_string_new(letter);
    g_string_replace(way, "\r\n <mailto:", " <mailto:", 1);
    g_string_replace(way, "Dear  reader, \r\n", "Dear reader,\r\n", 1);
    g_string_prepend(way, out->str);
    g_string_prepend(way, "Received: from a by b; today\r\n");
    g_autofree char *good = verdict(dkim, "bell.example", way->str, way->len);
    g_assert_nonnull(good);
}

static void test_refused(void)
{
    static const char *const selectors[][2] = {{"", "0 names for 2"},     {"a b", "\"a b\""},
                                               {"a,a", "twice"},          {"-a", "\"-a\""},
                                               {"a..b", "\"a..b\""},      {"one", "1 names for 2"},
                                               {"a,b,c", "3 names for 2"}};
    static const char *const senders[] = {"", "nobody", "a@", "a@b c.example", "a@пример.example"};
    g_autoptr(Dkim) dkim = both_keys();
    g_autoptr(SigningKey) key = signing_key_new(SIGNING_ED25519, NULL);
    char *pem = signing_key_pem(key);
    g_autofree char *two = g_strconcat(pem, pem, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(selectors); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(dkim_new(selectors[i][0], two, strlen(two), &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_true(g_str_has_prefix(error->message, "dkim-selector: "));
        g_assert_nonnull(strstr(error->message, selectors[i][1]));
    }
    g_autoptr(GError) reason = NULL;
    g_assert_null(dkim_new("a", "no key", 6, &reason));
    g_assert_true(g_str_has_prefix(reason->message, "dkim-key-file: "));
    for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) out = g_string_new(NULL);
        g_assert_false(dkim_sign(dkim, senders[i], letter, strlen(letter), NOW, out, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_assert_cmpuint(out->len, ==, 0);
    }
    static const char *const endless[] = {"", "From: a@b.example", "From: a@b.example\r\n",
                                          "From: a@b.example\r\n x"};
    for (size_t i = 0; i < G_N_ELEMENTS(endless); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) out = g_string_new(NULL);
        g_assert_false(
            dkim_sign(dkim, "a@b.example", endless[i], strlen(endless[i]), NOW, out, &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    }
    signing_key_pem_free(pem);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dkim/headers", test_headers);
    g_test_add_func("/dkim/bodies", test_bodies);
    g_test_add_func("/dkim/rfc8463", test_rfc8463);
    g_test_add_func("/dkim/shared_messages", test_shared_messages);
    g_test_add_func("/dkim/checked", test_checked);
    g_test_add_func("/dkim/forged", test_forged);
    g_test_add_func("/dkim/refused", test_refused);
    return g_test_run();
}
