/*
 * The root of trust: the public key, EDITION.sig and the header of EDITION: verify.h. The signature
 * is minisign's legacy form: algorithm "Ed", key number, Ed25519 over the file; then the trusted
 * comment and a second signature over the first one and that comment.
 */
#include "edition/verify_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIGNATURE_MAX 4096u
#define TRUSTED       "trusted comment: "
#define KEY_BYTES     (2u + 8 + 32) /* algorithm, key number, key */

typedef struct {
    const char *start;
    size_t length;
} Line;

/* The line with that number, from 0, without its end. */
static bool line_at(const char *text, unsigned number, Line *line)
{
    for (; number > 0; number--) {
        text = strchr(text, '\n');
        if (text == NULL) {
            return false;
        }
        text++;
    }
    *line = (Line){text, strcspn(text, "\r\n")};
    return line->length > 0;
}

static bool decode(const Line *line, void *bytes, size_t length)
{
    size_t got = 0;
    return sodium_base642bin(bytes, length, line->start, line->length, NULL, &got, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == length;
}

/* A public key file of two lines, or its base64 alone. */
static bool decode_key(const char *text, unsigned char bytes[KEY_BYTES])
{
    Line line;
    return line_at(text, strncmp(text, "untrusted comment:", 18) == 0 ? 1 : 0, &line) &&
           decode(&line, bytes, KEY_BYTES) && memcmp(bytes, "Ed", 2) == 0;
}

static bool read_key(Verify *verify)
{
    unsigned char bytes[KEY_BYTES];
    if (!decode_key(verify->request->key, bytes)) {
        return verify_wrong(verify, "the public key", "is not a public key of signify or minisign");
    }
    memcpy(verify->key_number, bytes + 2, sizeof verify->key_number);
    memcpy(verify->key, bytes + 10, sizeof verify->key);
    return true;
}

/* The second signature: over the first one's 64 bytes and the trusted comment. */
static bool comment_signed(const Verify *verify, const unsigned char *first, const Line *comment,
                           const unsigned char second[64])
{
    unsigned char message[64 + SIGNATURE_MAX];
    memcpy(message, first, 64);
    memcpy(message + 64, comment->start, comment->length);
    return crypto_sign_verify_detached(second, message, 64 + comment->length, verify->key) == 0;
}

/* The one line that nothing signs: as Kolokol writes it, or minisign by itself. */
static bool is_headed(const char *signature)
{
    static const char *const heads[] = {"untrusted comment: signature of a Kolokol edition\n",
                                        "untrusted comment: signature from minisign secret key\n"};
    return strncmp(signature, heads[0], strlen(heads[0])) == 0 ||
           strncmp(signature, heads[1], strlen(heads[1])) == 0;
}

/* *comment is in `signature`. */
static bool check_signature(Verify *verify, const VerifyBytes *edition, const char *signature,
                            Line *comment)
{
    unsigned char first[2 + 8 + 64], second[64];
    Line first_line, second_line;
    bool form = is_headed(signature) && line_at(signature, 1, &first_line) &&
                line_at(signature, 2, comment) && line_at(signature, 3, &second_line) &&
                comment->length > strlen(TRUSTED) &&
                memcmp(comment->start, TRUSTED, strlen(TRUSTED)) == 0 &&
                decode(&first_line, first, sizeof first) && memcmp(first, "Ed", 2) == 0 &&
                decode(&second_line, second, sizeof second) &&
                strcmp(second_line.start + second_line.length, "\n") == 0;
    if (!form) {
        return verify_wrong(verify, "EDITION.sig", "is not four lines as minisign -l writes them");
    }
    comment->start += strlen(TRUSTED);
    comment->length -= strlen(TRUSTED);
    if (memcmp(first + 2, verify->key_number, sizeof verify->key_number) != 0) {
        return verify_wrong(verify, "EDITION.sig", "is by another key than the one given");
    }
    /* The second signature first: it tells which of the two files is the wrong one. */
    if (!comment_signed(verify, first + 10, comment, second)) {
        return verify_wrong(verify, "EDITION.sig", "was not made with this key, or was changed");
    }
    return crypto_sign_verify_detached(first + 10, edition->bytes, edition->length, verify->key) ==
               0 ||
           verify_wrong(verify, "EDITION", "is not what was signed");
}

/* Takes "LABEL VALUE\n"; the value must fit, and have no control character or space. */
static bool take(const char **cursor, const char *end, const char *label, char *value, size_t room)
{
    const char *stop = memchr(*cursor, '\n', (size_t)(end - *cursor));
    size_t own = strlen(label);
    if (stop == NULL || (size_t)(stop - *cursor) <= own || memcmp(*cursor, label, own) != 0) {
        return false;
    }
    size_t length = (size_t)(stop - *cursor) - own;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)(*cursor)[own + i] <= ' ') {
            return false;
        }
    }
    if (length >= room) {
        return false;
    }
    memcpy(value, *cursor + own, length);
    value[length] = '\0';
    *cursor = stop + 1;
    return true;
}

static bool take_number(const char **cursor, const char *end, const char *label, uint64_t *number)
{
    char value[20];
    if (!take(cursor, end, label, value, sizeof value) ||
        strspn(value, "0123456789") != strlen(value) || (value[0] == '0' && value[1] != '\0')) {
        return false;
    }
    *number = strtoull(value, NULL, 10);
    return *number <= INT64_MAX;
}

/* "2026-11-26T10:02:11Z" */
static bool take_time(const char **cursor, const char *end, const char *label,
                      char value[VERIFY_TIME_MAX])
{
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    if (!take(cursor, end, label, value, VERIFY_TIME_MAX) || strlen(value) != sizeof form - 1) {
        return false;
    }
    for (size_t i = 0; form[i] != '\0'; i++) {
        bool fine = form[i] == 'd' ? value[i] >= '0' && value[i] <= '9' : value[i] == form[i];
        if (!fine) {
            return false;
        }
    }
    return true;
}

static bool take_header(VerifyReport *report, const char **cursor, const char *end)
{
    char previous[VERIFY_HEX + 1];
    unsigned char hash[VERIFY_HASH];
    return take(cursor, end, "kolokol-edition 1 ", report->host, sizeof report->host) &&
           take_number(cursor, end, "epoch: ", &report->epoch) &&
           take_number(cursor, end, "edition: ", &report->number) &&
           take_time(cursor, end, "time: ", report->time) &&
           take_time(cursor, end, "expires: ", report->expires) &&
           take(cursor, end, "previous: ", previous, sizeof previous) &&
           strlen(previous) == VERIFY_HEX && verify_from_hex(previous, hash);
}

/* The trusted comment, which tools show, must say what the header says. */
static bool comment_agrees(const VerifyReport *report, const Line *comment)
{
    char expected[VERIFY_HOST_MAX + 64];
    int length = snprintf(expected, sizeof expected, "kolokol %s %llu.%llu", report->host,
                          (unsigned long long)report->epoch, (unsigned long long)report->number);
    return comment->start != NULL && comment->length == (size_t)length &&
           memcmp(comment->start, expected, (size_t)length) == 0;
}

static bool check_root(Verify *verify, const VerifyBytes *edition, const char *signature,
                       const char **lines)
{
    Line comment = {0};
    const char *cursor = (const char *)edition->bytes, *end = cursor + edition->length;
    if (!check_signature(verify, edition, signature, &comment)) {
        return false;
    }
    if (!take_header(verify->report, &cursor, end)) {
        return verify_wrong(verify, "EDITION", "its header is wrong");
    }
    *lines = cursor;
    return comment_agrees(verify->report, &comment) ||
           verify_wrong(verify, "EDITION.sig", "its trusted comment is of another edition");
}

/* As edition_sign() writes it beside EDITION, byte by byte. */
static bool is_copy(const char *text, const char *host)
{
    static const char head[] = "untrusted comment: Kolokol publish key of ";
    size_t length = strlen(host);
    Line key;
    return strncmp(text, head, sizeof head - 1) == 0 &&
           strncmp(text + sizeof head - 1, host, length) == 0 &&
           text[sizeof head - 1 + length] == '\n' && line_at(text, 1, &key) &&
           strcmp(key.start + key.length, "\n") == 0;
}

/* The copy of the key that lies in the tree, if it does: nothing is believed because of it, but
 * readers check by it. */
static bool check_copy(Verify *verify)
{
    unsigned char bytes[KEY_BYTES];
    VerifyBytes copy = {0};
    int there = verify_read(verify, verify->top, "KEY.pub", "KEY.pub", SIGNATURE_MAX, &copy);
    bool same = there > 0 && is_copy((const char *)copy.bytes, verify->report->host) &&
                decode_key((const char *)copy.bytes, bytes) &&
                memcmp(bytes + 2, verify->key_number, sizeof verify->key_number) == 0 &&
                memcmp(bytes + 10, verify->key, sizeof verify->key) == 0;
    if (there > 0) {
        verify_forget(&copy);
    }
    return there == 0 || same ||
           (there > 0 && verify_wrong(verify, "KEY.pub", "is not the key that signed the edition"));
}

bool verify_root(Verify *verify, VerifyBytes *edition, const char **lines)
{
    VerifyBytes signature = {0};
    if (!read_key(verify)) {
        return false;
    }
    int first = verify_read(verify, verify->top, "EDITION", "EDITION", VERIFY_NODE_MAX, edition);
    int second = first <= 0 ? -1
                            : verify_read(verify, verify->top, "EDITION.sig", "EDITION.sig",
                                          SIGNATURE_MAX, &signature);
    if (first == 0 || (first > 0 && second == 0)) {
        return verify_wrong(verify, first == 0 ? "EDITION" : "EDITION.sig", "is missing");
    }
    bool fine = second > 0 && check_root(verify, edition, (const char *)signature.bytes, lines);
    verify_forget(&signature);
    return fine && check_copy(verify);
}
