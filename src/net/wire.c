/*
 * The checks of wire.h, pure functions over the record that server.c filled. Limits on size and
 * time are in server.c; what a path may contain is target.c.
 */
#include "net/wire.h"

#include <glib.h>
#include <string.h>

enum { TOKEN = 1, VALUE = 2, TARGET = 4, HOST = 8 };

/* What each byte may be part of: RFC 9110 5.6.2 (token) and 5.5 (value), RFC 3986 (target, host).
 */
#define ANY   (TOKEN | VALUE | TARGET | HOST)
#define PLAIN (VALUE | TARGET)
static const uint8_t classes[256] = {
    ['\t'] = VALUE,
    [' '] = VALUE,
    ['!'] = ANY,
    ['"'] = PLAIN,
    ['#'] = PLAIN | TOKEN,
    ['$' ... '\''] = ANY,
    ['(' ... ')'] = PLAIN | HOST,
    ['*' ... '+'] = ANY,
    [','] = PLAIN | HOST,
    ['-' ... '.'] = ANY,
    ['/'] = PLAIN,
    ['0' ... '9'] = ANY,
    [':' ... ';'] = PLAIN | HOST,
    ['<'] = PLAIN,
    ['='] = PLAIN | HOST,
    ['>' ... '@'] = PLAIN,
    ['A' ... 'Z'] = ANY,
    ['['] = PLAIN | HOST,
    ['\\'] = PLAIN,
    [']'] = PLAIN | HOST,
    ['^'] = PLAIN | TOKEN,
    ['_'] = ANY,
    ['`'] = PLAIN | TOKEN,
    ['a' ... 'z'] = ANY,
    ['{'] = PLAIN,
    ['|'] = PLAIN | TOKEN,
    ['}'] = PLAIN,
    ['~'] = ANY,
    [0x80 ... 0xff] = VALUE,
};

/* Methods are registered in capitals and '-' only (RFC 9110 16.1, IANA). */
static bool method_good(const char *method)
{
    size_t length = strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    return length > 0 && length <= 20 && method[length] == '\0' && method[0] != '-';
}

static bool all(const char *text, size_t length, uint8_t class)
{
    uint8_t seen = class;
    for (size_t i = 0; i < length; i++) {
        seen &= classes[(uint8_t)text[i]];
    }
    return seen == class;
}

/* A value's length without the optional white space that may end it (RFC 9112 5.1). */
static size_t trimmed(const HttpHeader *header)
{
    size_t length = header->value_length;
    while (length > 0 && (header->value[length - 1] == ' ' || header->value[length - 1] == '\t')) {
        length--;
    }
    return length;
}

/* Exactly CR LF between the parts, so nothing was cut, joined or moved (wire.h). */
static bool layout_clean(const WireHead *head, const HttpRequest *request)
{
    const char *next = head->method + strlen(head->method) + 1;
    if (head->target != next || head->version != head->target + head->target_length + 1) {
        return false;
    }
    next = head->version + strlen("HTTP/1.1") + 2;
    for (unsigned i = 0; i < request->header_count; i++) {
        const HttpHeader *header = &request->headers[i];
        if (header->name != next || header->value < next + header->name_length + 1) {
            return false;
        }
        next = header->value + header->value_length + 2;
    }
    return head->method + head->head_length == next + 2;
}

static bool headers_clean(const HttpRequest *request)
{
    for (unsigned i = 0; i < request->header_count; i++) {
        const HttpHeader *header = &request->headers[i];
        if (header->name_length == 0 || !all(header->name, header->name_length, TOKEN) ||
            !all(header->value, header->value_length, VALUE)) {
            return false;
        }
    }
    return true;
}

static bool length_parse(const HttpHeader *header, uint64_t *length)
{
    uint64_t value = 0;
    size_t digits = trimmed(header);
    if (digits == 0 || digits > 18) {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        if (!g_ascii_isdigit(header->value[i])) {
            return false;
        }
        value = value * 10 + (uint64_t)(header->value[i] - '0');
    }
    *length = value;
    return true;
}

typedef struct {
    const HttpHeader *host, *length, *coding;
    unsigned hosts, lengths, codings;
    bool disguised; /* a framing header written with '_' */
} Framing;

/* '_' counts as '-': a proxy or a CGI before us may have thought so, and then the two of us would
 * differ about where the body ends. */
static bool name_is(const HttpHeader *header, const char *name, size_t length)
{
    if (header->name_length != length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = header->name[i] == '_' ? '-' : g_ascii_tolower(header->name[i]);
        if (c != name[i]) {
            return false;
        }
    }
    return true;
}

static void framing_find(const HttpRequest *request, Framing *framing)
{
    for (unsigned i = 0; i < request->header_count; i++) {
        const HttpHeader *header = &request->headers[i];
        bool host = name_is(header, "host", 4);
        bool length = name_is(header, "content-length", 14);
        bool coding = name_is(header, "transfer-encoding", 17);
        framing->hosts += host;
        framing->lengths += length;
        framing->codings += coding;
        framing->host = host ? header : framing->host;
        framing->length = length ? header : framing->length;
        framing->coding = coding ? header : framing->coding;
        framing->disguised |= (length || coding) && memchr(header->name, '_', header->name_length);
    }
}

static unsigned framing_check(const Framing *framing, bool version_1_0, uint64_t *length)
{
    if (framing->disguised || framing->hosts != 1 || trimmed(framing->host) == 0 ||
        !all(framing->host->value, trimmed(framing->host), HOST)) {
        return 400;
    }
    if (framing->lengths > 1 || framing->codings > 1 || (framing->lengths && framing->codings)) {
        return 400;
    }
    if (framing->lengths == 1) {
        if (!length_parse(framing->length, length)) {
            return 400;
        }
    }
    if (framing->codings == 1) {
        bool chunked = trimmed(framing->coding) == strlen("chunked") &&
                       g_ascii_strncasecmp(framing->coding->value, "chunked", 7) == 0;
        return version_1_0 ? 400 : chunked ? 411 : 501;
    }
    return 0;
}

unsigned wire_check(const WireHead *head, const HttpRequest *request, uint64_t *body_length)
{
    Framing framing = {0};
    uint64_t length = 0;
    bool version_1_0 = strcmp(head->version, "HTTP/1.0") == 0;
    if (!version_1_0 && strcmp(head->version, "HTTP/1.1") != 0) {
        return 505;
    }
    if (head->target_length == 0 || head->target[0] != '/' ||
        !all(head->target, request->path_length, TARGET) || !method_good(head->method)) {
        return 400;
    }
    if (request->query != NULL && !all(request->query, strlen(request->query), TARGET)) {
        return 400;
    }
    if (!headers_clean(request) || !layout_clean(head, request)) {
        return 400;
    }
    framing_find(request, &framing);
    unsigned status = framing_check(&framing, version_1_0, &length);
    if (status == 0) {
        *body_length = length;
    }
    return status;
}
