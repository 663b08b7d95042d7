/*
 * A whole hostile tree before verification: the input is EDITION's entries, a page and a MANIFEST
 * below, put into a directory and signed with a key made here, because an adversary's bytes get
 * past the signature only if the newsroom's key is stolen, and then verification must still neither
 * crash nor read outside the tree. Parts are divided by lines of "%".
 */
#include "edition/verify.h"

#include "base/file.h"
#include "edition/coded.h"
#include "seal/hash.h"
#include "seal/signature.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static SecretKey secret;
static PublicKey public;
static char *folder, *key;

static void begin(void)
{
    g_autofree char *below = NULL;
    secret_key_new(&secret, &public);
    key = public_key_text(&public, "fuzz");
    folder = g_dir_make_tmp("kolokol-fuzz-XXXXXX", NULL);
    below = g_build_filename(folder, "a", NULL);
    g_assert_cmpint(g_mkdir(below, 0755), ==, 0);
}

static void put(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
}

static void end(void)
{
    static const char *const names[] = {"EDITION",       "EDITION.sig", "index.html",
                                        "index.html.gz", "a/MANIFEST",  "a"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        g_remove(path);
    }
    g_rmdir(folder);
    g_free(folder);
    g_free(key);
    folder = NULL;
}

/* "@1" and "@2" in the entries stand for the hashes of the other parts. */
static char *with_hashes(const char *entries, char *const *parts, guint count)
{
    g_autoptr(GString) text = g_string_new(entries);
    for (guint i = 1; i < count && i < 3; i++) {
        char hex[HASH_HEX];
        g_autofree char *mark = g_strdup_printf("@%u", i);
        Hash hash = hash_of(parts[i], strlen(parts[i]));
        hash_hex(&hash, hex);
        g_string_replace(text, mark, hex, 0);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (folder == NULL) {
        begin();
        atexit(end);
    }
    g_autofree char *input = g_strndup((const char *)data, size);
    g_auto(GStrv) parts = g_strsplit(input, "%\n", 4);
    guint count = g_strv_length(parts);
    if (count == 0) {
        return 0;
    }
    g_autofree char *entries = with_hashes(parts[0], parts, count);
    g_autofree char *edition = g_strconcat(
        "kolokol-edition 1 paper.example\nepoch: 1\nedition: 7\ntime: 2026-11-26T10:02:11Z\n"
        "expires: 2026-12-10T10:02:11Z\nprevious: "
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
        entries, NULL);
    g_autofree char *signature =
        signature_text(&secret, edition, strlen(edition), "kolokol paper.example 1.7");
    put("EDITION", edition);
    put("EDITION.sig", signature);
    put("index.html", count > 1 ? parts[1] : "");
    put("a/MANIFEST", count > 2 ? parts[2] : "");
    put("index.html.gz", count > 3 ? parts[3] : "");
    VerifyRequest request = {.directory = folder, .key = key, .unpack = coded_same};
    VerifyReport report;
    bool fine = edition_verify(&request, &report);
    g_assert_true(fine == (report.message[0] == '\0'));
    g_assert_null(strchr(report.host, '\n'));
    return 0;
}
