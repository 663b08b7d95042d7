/*
 * Cuts a template into tokens: pieces of lines and tags. It knows delimiters and the forms of tags,
 * nothing of how they nest.
 */
#include "text/mustache_private.h"

#include "base/error.h"

#include <string.h>

#define DELIMITER_SIZE 16u

typedef struct {
    const char *name; /* of the template, for messages */
    const char *at;
    const char *end;
    const char
        *line_end; /* after the newline of the line `at` is in, or NULL if not looked for yet */
    unsigned line;
    bool first; /* `at` begins a line */
    char open[DELIMITER_SIZE];
    char close[DELIMITER_SIZE];
    size_t open_length;
    size_t close_length;
    GArray *tokens;
} Scan;

char *slice_for_message(Slice slice)
{
    char *text = g_utf8_make_valid(slice.at, (gssize)MIN(slice.length, 60));
    return g_strdelimit(text, "\r\n\t", ' ');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

static Slice trimmed(const char *from, const char *to)
{
    while (from < to && is_blank(*from)) {
        from++;
    }
    while (to > from && is_blank(to[-1])) {
        to--;
    }
    return (Slice){from, (size_t)(to - from)};
}

static bool has_blank(Slice slice)
{
    for (size_t i = 0; i < slice.length; i++) {
        if (is_blank(slice.at[i])) {
            return true;
        }
    }
    return false;
}

/* Takes {{=<% %>=}}; `inside` is what stands between the equals signs. */
static bool change_delimiters(Scan *scan, Slice inside, GError **error)
{
    const char *end = inside.at + inside.length;
    const char *gap = inside.at;
    while (gap < end && !is_blank(*gap)) {
        gap++;
    }
    Slice open = trimmed(inside.at, gap);
    Slice close = trimmed(gap, end);
    if (open.length == 0 || close.length == 0 || open.length >= DELIMITER_SIZE ||
        close.length >= DELIMITER_SIZE || has_blank(close) ||
        memchr(inside.at, '=', inside.length) != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "%s:%u: delimiters are changed as in {{=<%% %%>=}}: two words of at most %u "
                    "bytes without =",
                    scan->name, scan->line, DELIMITER_SIZE - 1);
    }
    memcpy(scan->open, open.at, open.length);
    scan->open_length = open.length;
    memcpy(scan->close, close.at, close.length);
    scan->close_length = close.length;
    return true;
}

static TokenKind kind_of(char sign)
{
    static const char signs[] = "{&#^></$!=";
    static const TokenKind kinds[] = {TOKEN_RAW,     TOKEN_RAW,    TOKEN_SECTION, TOKEN_INVERTED,
                                      TOKEN_PARTIAL, TOKEN_PARENT, TOKEN_CLOSE,   TOKEN_BLOCK,
                                      TOKEN_NOTHING, TOKEN_NOTHING};
    const char *found = sign == '\0' ? NULL : strchr(signs, sign);
    return found == NULL ? TOKEN_VALUE : kinds[found - signs];
}

/* The names of values and sections have parts between dots, none empty; "." is the context itself.
 */
static bool dots_are_right(Slice name)
{
    if (name.length == 1 && name.at[0] == '.') {
        return true;
    }
    for (size_t i = 0; i < name.length; i++) {
        if (name.at[i] == '.' && (i == 0 || i + 1 == name.length || name.at[i - 1] == '.')) {
            return false;
        }
    }
    return true;
}

static bool check_name(const Scan *scan, const Token *token, GError **error)
{
    bool dotted = token->kind == TOKEN_VALUE || token->kind == TOKEN_RAW ||
                  token->kind == TOKEN_SECTION || token->kind == TOKEN_INVERTED;
    if (token->text.length == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s:%u: a tag without a name", scan->name,
                    token->line);
    }
    if (has_blank(token->text) || (dotted && !dots_are_right(token->text))) {
        g_autofree char *name = slice_for_message(token->text);
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "%s:%u: \"%s\" is no name: no blanks, no empty part between dots", scan->name,
                    token->line, name);
    }
    return true;
}

static void pass_lines(Scan *scan, const char *to)
{
    for (const char *p = scan->at; (p = memchr(p, '\n', (size_t)(to - p))) != NULL; p++) {
        scan->line++;
    }
    scan->at = to;
}

/* A tag begins at `at`; `token` has its indent. */
static bool scan_tag(Scan *scan, Token *token, GError **error)
{
    const char *inside = scan->at + scan->open_length;
    char sign = inside < scan->end ? *inside : '\0';
    token->kind = kind_of(sign);
    inside += token->kind != TOKEN_VALUE;
    char close[DELIMITER_SIZE + 1];
    size_t extra = sign == '{' || sign == '=';
    close[0] = sign == '{' ? '}' : '=';
    memcpy(close + extra, scan->close, scan->close_length);
    const char *end =
        memmem(inside, (size_t)(scan->end - inside), close, scan->close_length + extra);
    if (end == NULL) {
        Slice rest = {scan->at, (size_t)(scan->end - scan->at)};
        rest.length = MIN(rest.length, 24);
        g_autofree char *seen = slice_for_message(rest);
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "%s:%u: the tag that begins with \"%s\" is never closed", scan->name,
                    scan->line, seen);
    }
    const char *after = end + scan->close_length + extra;
    token->text = trimmed(inside, end);
    if (sign == '=' ? !change_delimiters(scan, token->text, error)
                    : token->kind != TOKEN_NOTHING && !check_name(scan, token, error)) {
        return false;
    }
    g_array_append_val(scan->tokens, *token);
    if (scan->line_end != NULL && after > scan->line_end) {
        scan->line_end = NULL;
    }
    pass_lines(scan, after);
    return true;
}

/* The end of the line that `at` is in, its newline included. Looked for once a line. */
static const char *line_end(Scan *scan)
{
    if (scan->line_end == NULL || scan->line_end <= scan->at) {
        const char *newline = memchr(scan->at, '\n', (size_t)(scan->end - scan->at));
        scan->line_end = newline == NULL ? scan->end : newline + 1;
    }
    return scan->line_end;
}

static void scan_text(Scan *scan, Token *token, const char *to)
{
    token->kind = TOKEN_TEXT;
    token->text = (Slice){scan->at, (size_t)(to - scan->at)};
    g_array_append_val(scan->tokens, *token);
    scan->first = to > scan->at && to[-1] == '\n';
    scan->line += scan->first;
    scan->at = to;
}

static bool scan_one(Scan *scan, GError **error)
{
    Token token = {.line = scan->line, .first = scan->first};
    scan->first = false;
    if (token.first) {
        const char *indent = scan->at;
        while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t')) {
            scan->at++;
        }
        token.indent = (Slice){indent, (size_t)(scan->at - indent)};
    }
    const char *stop = line_end(scan);
    const char *tag = memmem(scan->at, (size_t)(stop - scan->at), scan->open, scan->open_length);
    if (tag == scan->at && tag < scan->end) {
        return scan_tag(scan, &token, error);
    }
    scan_text(scan, &token, tag == NULL ? stop : tag);
    return true;
}

bool mustache_scan(const char *name, const char *source, size_t length, GArray *tokens,
                   GError **error)
{
    Scan scan = {.name = name,
                 .at = source,
                 .end = source + length,
                 .line = 1,
                 .first = true,
                 .open = "{{",
                 .close = "}}",
                 .open_length = 2,
                 .close_length = 2,
                 .tokens = tokens};
    while (scan.at < scan.end) {
        if (!scan_one(&scan, error)) {
            return false;
        }
    }
    return true;
}
