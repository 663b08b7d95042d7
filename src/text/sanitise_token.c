/*
 * The tokenizer: where tags begin and end, and their attributes. Character references are
 * sanitise_reference.c; what a tag is worth is for sanitise.c and sanitise_rules.c.
 */
#include "text/sanitise_token.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static const char *find_byte(const char *at, const char *end, char byte)
{
    const char *found = memchr(at, byte, (size_t)(end - at));
    return found == NULL ? end : found;
}

/* Behind a comment whose "<!--" ends at `at` (13.2.5.43 ff). */
static const char *skip_comment(const char *at, const char *end)
{
    if (at < end && at[0] == '>') {
        return at + 1;
    }
    if (end - at >= 2 && at[0] == '-' && at[1] == '>') {
        return at + 2;
    }
    for (const char *dash = find_byte(at, end, '-'); dash < end;
         dash = find_byte(dash + 1, end, '-')) {
        if (end - dash >= 3 && memcmp(dash, "-->", 3) == 0) {
            return dash + 3;
        }
        if (end - dash >= 4 && memcmp(dash, "--!>", 4) == 0) {
            return dash + 4;
        }
    }
    return end;
}

static const char *skip_markup_declaration(const char *at, const char *end)
{
    if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
        return skip_comment(at + 4, end);
    }
    const char *close = find_byte(at, end, '>');
    return close == end ? end : close + 1;
}

/* The value behind "=", quoted or not; moves *at behind it. False at the end of the input. */
static bool read_value(const char **at, const char *end, HtmlAttribute *attribute)
{
    const char *p = *at;
    while (p < end && is_blank(*p)) {
        p++;
    }
    if (p == end) {
        return false;
    }
    const char *begin = p;
    const char *stop;
    if (*p == '"' || *p == '\'') {
        begin = p + 1;
        stop = find_byte(begin, end, *p);
        p = stop == end ? end : stop + 1;
    } else {
        while (p < end && !is_blank(*p) && *p != '>') {
            p++;
        }
        stop = p;
    }
    attribute->value = begin;
    attribute->value_length = (guint32)(stop - begin);
    *at = p;
    return p < end;
}

static void keep_attribute(HtmlToken *token, const HtmlAttribute *attribute)
{
    if (token->attribute_count < HTML_ATTRIBUTE_LIMIT) {
        token->attributes[token->attribute_count++] = *attribute;
    }
}

/* The attributes and the ">"; the byte behind it, NULL if the input ends first. */
static const char *read_attributes(const char *at, const char *end, HtmlToken *token)
{
    token->self_closing = false;
    while (at < end) {
        if (*at == '>') {
            return at + 1;
        }
        if (is_blank(*at) || *at == '/') {
            token->self_closing = *at == '/' && at + 1 < end && at[1] == '>';
            at++;
            continue;
        }
        HtmlAttribute attribute = {.name = at, .value = at};
        do {
            at++; /* a leading "=" belongs to the name (13.2.5.32) */
        } while (at < end && !is_blank(*at) && *at != '/' && *at != '>' && *at != '=');
        attribute.name_length = (guint32)(at - attribute.name);
        const char *next = at;
        while (next < end && is_blank(*next)) {
            next++;
        }
        if (next < end && *next == '=') {
            next++;
            if (!read_value(&next, end, &attribute)) {
                return NULL;
            }
        }
        at = next;
        keep_attribute(token, &attribute);
    }
    return NULL;
}

/* A tag whose name begins at `name`; false if the input ends in it. */
static bool read_tag(HtmlReader *reader, const char *name, HtmlToken *token)
{
    const char *at = name;
    while (at < reader->end && !is_blank(*at) && *at != '/' && *at != '>') {
        at++;
    }
    token->text = name;
    token->length = (size_t)(at - name);
    token->rule = rule_find(name, token->length);
    token->attribute_count = 0;
    const char *behind = read_attributes(at, reader->end, token);
    reader->at = behind == NULL ? reader->end : behind;
    return behind != NULL;
}

static bool read_text(HtmlReader *reader, const char *begin, const char *search, HtmlToken *token)
{
    const char *less = find_byte(search, reader->end, '<');
    token->type = HTML_TOKEN_TEXT;
    token->text = begin;
    token->length = (size_t)(less - begin);
    reader->at = less;
    return true;
}

bool html_reader_next(HtmlReader *reader, HtmlToken *token)
{
    while (reader->at < reader->end) {
        const char *at = reader->at;
        size_t left = (size_t)(reader->end - at);
        if (*at != '<') {
            return read_text(reader, at, at, token);
        }
        if (left >= 2 && g_ascii_isalpha(at[1])) {
            token->type = HTML_TOKEN_START;
            return read_tag(reader, at + 1, token);
        }
        if (left >= 3 && at[1] == '/' && g_ascii_isalpha(at[2])) {
            token->type = HTML_TOKEN_END;
            return read_tag(reader, at + 2, token);
        }
        if (left >= 3 && (at[1] == '/' || at[1] == '!' || at[1] == '?')) {
            reader->at = skip_markup_declaration(at, reader->end);
            continue;
        }
        return read_text(reader, at, at + 1, token);
    }
    return false;
}

void html_reader_skip_raw(HtmlReader *reader, const char *name, size_t length)
{
    const char *end = reader->end;
    for (const char *at = find_byte(reader->at, end, '<'); at < end;
         at = find_byte(at + 1, end, '<')) {
        const char *after = at + 2 + length;
        if ((size_t)(end - at) > length + 2 && at[1] == '/' &&
            g_ascii_strncasecmp(at + 2, name, length) == 0 &&
            (is_blank(*after) || *after == '/' || *after == '>')) {
            HtmlToken token;
            reader->at = at;
            (void)html_reader_next(reader, &token);
            return;
        }
    }
    reader->at = end;
}
