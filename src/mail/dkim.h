/*
 * DKIM (RFC 6376, RFC 8301, RFC 8463): what the mail servers of our readers ask of a sender
 * (research E11, E12). Each mail that leaves by `smtp` is signed with every key of the mailroom,
 * usually one of RSA, which all servers check, and one of Ed25519.
 *
 *   c=relaxed/relaxed    servers on the way may fold headers and change blanks
 *   d=                   the domain of the sender's address, so that DMARC finds them aligned: a
 *                        newsletter with a sender of its own wants the records in that domain too
 *   h=                   the headers that a reader sees, those of the list among them (RFC 8058
 *                        wants both covered), and once more each that a forger might add a second
 *                        of (RFC 6376 8.15)
 *   t=                   when it was signed; no x=: what waits in a queue stays valid
 *   l= never             nothing can be added below
 */
#pragma once

#include "seal/signing_key.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Dkim Dkim;

/* `selectors` are names separated by commas, as many as keys in `pem` and in their order. INVALID
 * says which of the two is wrong. */
Dkim *dkim_new(const char *selectors, const char *pem, size_t length, GError **error);
void dkim_free(Dkim *dkim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dkim, dkim_free)

/* Appends a DKIM-Signature header a key, each with CRLF, to stand before the message. `from` is the
 * bare address of the sender, `now` in microseconds. INVALID: a sender without a domain in ASCII, a
 * message without an empty line; IO. */
bool dkim_sign(const Dkim *dkim, const char *from, const char *message, size_t length, int64_t now,
               GString *out, GError **error);

/* The DNS records: "SELECTOR._domainkey TXT …" with the value cut into strings of at most 255 bytes
 * (RFC 6376 3.6.2.2), a line each. Caller frees. */
char *dkim_records(const Dkim *dkim);

/* May it be a selector? One or more labels of a domain name. */
bool dkim_selector_fine(const char *selector);

/* The parts of signing that signers and verifiers share. */

/* Appends a header field as "relaxed" has it (RFC 6376 3.4.2), without CRLF. `field` is the whole
 * field with its name, folded or not; its last CRLF may be there. */
void dkim_relax_header(const char *field, size_t length, GString *out);

/* The hash of a body as "relaxed" has it (RFC 6376 3.4.4). */
Hash dkim_hash_body(const char *body, size_t length);
