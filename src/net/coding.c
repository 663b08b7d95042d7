/*
 * Reading Accept-Encoding. The forms are made by the press; choosing among those that exist is the
 * caller's loop over the order given here.
 */
#include "net/coding.h"

#include <glib.h>
#include <string.h>

#define UNSET (-1)

static const char *blanks(const char *cursor)
{
    while (*cursor == ' ' || *cursor == '\t') {
        cursor++;
    }
    return cursor;
}

/* Reads a weight, 0 to 1 with at most three decimals, in thousandths; UNSET if it is none. */
static int weight_read(const char **cursor)
{
    const char *at = *cursor;
    int weight, unit = 100;
    if (*at != '0' && *at != '1') {
        return UNSET;
    }
    weight = (*at++ - '0') * 1000;
    if (*at == '.') {
        for (at++; g_ascii_isdigit(*at) && unit > 0; unit /= 10) {
            weight += (*at++ - '0') * unit;
        }
    }
    *cursor = at;
    return weight <= 1000 ? weight : UNSET;
}

/* Reads one "token [;q=weight]" up to a comma or the end; false if malformed. */
static bool item_read(const char **cursor, const char **token, size_t *length, int *weight)
{
    const char *at = blanks(*cursor);
    *token = at;
    while (*at != '\0' && *at != ',' && *at != ';' && *at != ' ' && *at != '\t') {
        at++;
    }
    *length = (size_t)(at - *token);
    *weight = 1000;
    at = blanks(at);
    if (*at == ';') {
        at = blanks(at + 1);
        if ((*at != 'q' && *at != 'Q') || at[1] != '=') {
            return false;
        }
        at += 2;
        *weight = weight_read(&at);
        if (*weight == UNSET) {
            return false;
        }
        at = blanks(at);
    }
    if (*at != ',' && *at != '\0') {
        return false;
    }
    *cursor = *at == ',' ? at + 1 : at;
    return true;
}

static bool token_is(const char *token, size_t length, const char *name)
{
    return length == strlen(name) && g_ascii_strncasecmp(token, name, length) == 0;
}

static bool weights_read(const char *value, int weights[HTTP_CODINGS], int *star)
{
    while (*(value = blanks(value)) != '\0') {
        const char *token;
        size_t length;
        int weight;
        if (!item_read(&value, &token, &length, &weight)) {
            return false;
        }
        if (token_is(token, length, "br")) {
            weights[HTTP_BR] = weight;
        } else if (token_is(token, length, "gzip") || token_is(token, length, "x-gzip")) {
            weights[HTTP_GZIP] = weight;
        } else if (token_is(token, length, "identity")) {
            weights[HTTP_IDENTITY] = weight;
        } else if (token_is(token, length, "*")) {
            *star = weight;
        }
    }
    return true;
}

size_t http_coding_order(const char *value, HttpCoding order[HTTP_CODINGS])
{
    int weights[HTTP_CODINGS] = {UNSET, UNSET, UNSET};
    int star = UNSET;
    size_t count = 0;
    if (value == NULL || !weights_read(value, weights, &star)) {
        order[0] = HTTP_IDENTITY;
        return 1;
    }
    for (int c = HTTP_BR; c >= HTTP_IDENTITY; c--) {
        if (weights[c] == UNSET) {
            weights[c] = star != UNSET ? star : (c == HTTP_IDENTITY ? 1 : 0);
        }
        if (weights[c] <= 0) {
            continue;
        }
        size_t at = count++;
        for (; at > 0 && weights[order[at - 1]] < weights[c]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = (HttpCoding)c;
    }
    for (size_t i = 0; i < count; i++) {
        if (order[i] == HTTP_IDENTITY) {
            return count;
        }
    }
    order[count++] = HTTP_IDENTITY;
    return count;
}

const char *http_coding_name(HttpCoding coding)
{
    static const char *const names[] = {"identity", "gzip", "br"};
    return names[coding];
}
