#include "edition/verify_private.h"

#include "base/file.h"
#include "fixture.h"

#include <string.h>

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define HEADER                                                                                     \
    "kolokol-edition 1 paper.example\nepoch: 1\nedition: 7\ntime: 2026-11-26T10:02:11Z\n"          \
    "expires: 2026-12-10T10:02:11Z\nprevious: " HEX "\n"

typedef struct {
    SecretKey secret;
    PublicKey public;
    char *key, *folder;
    int directory;
} Place;

static void place_make(Place *place)
{
    secret_key_new(&place->secret, &place->public);
    place->key = public_key_text(&place->public, "test");
    place->folder = folder_new();
    place->directory = directory_open(place->folder, false, NULL);
}

static void place_clear(Place *place)
{
    secret_key_clear(&place->secret);
    file_close(&place->directory);
    folder_free(place->folder);
    g_free(place->key);
}

/* Is what lies there taken as a root? */
static bool verified(const Place *place, VerifyReport *report)
{
    VerifyRequest request = {.key = place->key};
    Verify verify = {.request = &request, .report = report, .top = place->directory};
    VerifyBytes edition = {0};
    const char *lines = NULL;
    *report = (VerifyReport){0};
    bool fine = verify_root(&verify, &edition, &lines);
    g_assert_true(!fine || lines == (const char *)edition.bytes + strlen(HEADER));
    verify_forget(&edition);
    return fine;
}

/* Signs this text with this comment; is it taken as a root? */
static bool taken(const Place *place, const char *text, const char *comment, VerifyReport *report)
{
    g_autofree char *signature = signature_text(&place->secret, text, strlen(text), comment);
    g_assert_true(file_create(place->directory, "EDITION", text, strlen(text), 0644, NULL));
    g_assert_true(
        file_create(place->directory, "EDITION.sig", signature, strlen(signature), 0644, NULL));
    return verified(place, report);
}

static void test_header(void)
{
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"edition 1", "edition 2"},
        {"paper.example", ""},
        {"epoch: 1", "epoch: 01"},
        {"edition: 7", "edition: x"},
        {"edition: 7", "edition: 9999999999999999999"},
        {"10:02:11Z", "10:02:11"},
        {"2026-12-10", "2026-12"},
        {"previous: b", "previous: B"},
        {"epoch: 1\n", ""},
        {"time: ", "time:  "},
        {"\n", "\r\n"},
    };

    Place place;
    VerifyReport report;
    place_make(&place);
    g_assert_true(taken(&place, HEADER, "kolokol paper.example 1.7", &report));
    g_assert_cmpstr(report.host, ==, "paper.example");
    g_assert_cmpuint(report.number, ==, 7);
    g_assert_cmpstr(report.expires, ==, "2026-12-10T10:02:11Z");
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_auto(GStrv) parts = g_strsplit(HEADER, changes[i].from, 2);
        g_autofree char *text = g_strjoinv(changes[i].to, parts);
        if (taken(&place, text, "kolokol paper.example 1.7", &report)) {
            g_error("taken: %s", text);
        }
        g_assert_cmpstr(report.wrong, ==, "EDITION");
    }
    place_clear(&place);
}

/* What minisign would show must be what the header says. */
static void test_comment(void)
{
    static const char *const comments[] = {"kolokol paper.example 1.8", "kolokol paper.example 2.7",
                                           "kolokol other.example 1.7", "x",
                                           "kolokol paper.example 1.7 "};
    Place place;
    VerifyReport report;
    place_make(&place);
    for (size_t i = 0; i < G_N_ELEMENTS(comments); i++) {
        g_assert_false(taken(&place, HEADER, comments[i], &report));
        g_assert_cmpstr(report.wrong, ==, "EDITION.sig");
    }
    place_clear(&place);
}

/* No byte of the signature's file or of the key's copy can be another, nor can one be added. */
static void test_bytes(void)
{
    static const char *const names[] = {"EDITION.sig", "KEY.pub"};
    Place place;
    VerifyReport report;
    place_make(&place);
    g_autofree char *key = public_key_text(&place.public, "Kolokol publish key of paper.example");
    g_autofree char *signature =
        signature_text(&place.secret, HEADER, strlen(HEADER), "kolokol paper.example 1.7");
    g_assert_true(file_create(place.directory, "KEY.pub", key, strlen(key), 0644, NULL));
    g_assert_true(taken(&place, HEADER, "kolokol paper.example 1.7", &report));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *right = i == 0 ? signature : key;
        size_t length = strlen(right);
        g_autofree char *text = g_strconcat(right, "\n", NULL);
        for (size_t at = 0; at <= length; at++) { /* at the end: a byte more */
            char was = text[at];
            text[at] = at == length ? 'x' : (char)(text[at] ^ 1);
            g_assert_true(file_create(place.directory, names[i], text,
                                      at == length ? length + 1 : length, 0644, NULL));
            g_assert_false(verified(&place, &report));
            g_assert_cmpstr(report.wrong, ==, names[i]);
            text[at] = was;
        }
        g_assert_true(file_create(place.directory, names[i], right, length, 0644, NULL));
    }
    g_assert_true(verified(&place, &report));
    place_clear(&place);
}

/* The key that lies in the tree is the one that signed, or is refused by name; it need not be
 * there. */
static void test_copy(void)
{
    Place place;
    VerifyReport report;
    SecretKey other;
    PublicKey other_public;
    place_make(&place);
    secret_key_new(&other, &other_public);
    g_autofree char *wrong = public_key_text(&other_public, "test");
    g_autofree char *again = public_key_text(&place.public, "Kolokol publish key of paper.example");
    g_autofree char *comment = public_key_text(&place.public, "another comment");
    const char *const texts[] = {wrong, "no key\n", "", comment, again};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        bool right = texts[i] == again;
        g_assert_true(
            file_create(place.directory, "KEY.pub", texts[i], strlen(texts[i]), 0644, NULL));
        g_assert_true(taken(&place, HEADER, "kolokol paper.example 1.7", &report) == right);
        g_assert_cmpstr(report.message, ==,
                        right ? "" : "KEY.pub: is not the key that signed the edition");
    }
    secret_key_clear(&other);
    place_clear(&place);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verify_root/header", test_header);
    g_test_add_func("/verify_root/comment", test_comment);
    g_test_add_func("/verify_root/bytes", test_bytes);
    g_test_add_func("/verify_root/copy", test_copy);
    return g_test_run();
}
