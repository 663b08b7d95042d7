/*
 * Pairs opening and closing tags, and settles white space as mustache/spec has it
 * (specs/whitespace.md):
 *
 * - a tag alone on its line takes the line with it (not values);
 * - a parent, or a block that is a parameter, is *whole* if only blanks stand before its start tag
 * and after its end tag: their blanks and the line end go, and what it expands to is indented as it
 * was;
 * - the text of a block given as an argument loses the indentation of its first line, if the start
 * tag ended its line, and gets that of the place where it is put in (mustache_render.c).
 */
#include "text/mustache_private.h"

#include "base/error.h"

#include <string.h>

static Token *token_at(GArray *tokens, size_t i)
{
    return &g_array_index(tokens, Token, i);
}

static bool opens(const Token *token)
{
    return token->kind == TOKEN_SECTION || token->kind == TOKEN_INVERTED ||
           token->kind == TOKEN_PARENT || token->kind == TOKEN_BLOCK;
}

static bool same(Slice a, Slice b)
{
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static const char *sign_of(const Token *token)
{
    switch (token->kind) {
    case TOKEN_SECTION:
        return "#";
    case TOKEN_INVERTED:
        return "^";
    case TOKEN_PARENT:
        return "<";
    default:
        return "$";
    }
}

static bool close_pair(const char *name, GArray *tokens, uint32_t opener, uint32_t closer,
                       GError **error)
{
    Token *open = token_at(tokens, opener);
    Token *close = token_at(tokens, closer);
    if (!same(open->text, close->text)) {
        g_autofree char *opened = slice_for_message(open->text);
        g_autofree char *closed = slice_for_message(close->text);
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "%s:%u: {{/%s}} closes {{%s%s}} opened at line %u", name, close->line, closed,
                    sign_of(open), opened, open->line);
    }
    open->partner = closer;
    close->partner = opener;
    return true;
}

static bool pair_tags(const char *name, GArray *tokens, GError **error)
{
    uint32_t stack[MUSTACHE_NESTING];
    unsigned depth = 0;
    for (uint32_t i = 0; i < tokens->len; i++) {
        Token *token = token_at(tokens, i);
        g_autofree char *shown = NULL;
        if (opens(token)) {
            if (depth == MUSTACHE_NESTING) {
                return fail(error, KOLOKOL_ERROR_LIMIT,
                            "%s:%u: more than %u tags are open inside each other", name,
                            token->line, MUSTACHE_NESTING);
            }
            token->argument = token->kind == TOKEN_BLOCK && depth > 0 &&
                              token_at(tokens, stack[depth - 1])->kind == TOKEN_PARENT;
            stack[depth++] = i;
        } else if (token->kind == TOKEN_CLOSE && depth == 0) {
            shown = slice_for_message(token->text);
            return fail(error, KOLOKOL_ERROR_INVALID, "%s:%u: {{/%s}} closes nothing", name,
                        token->line, shown);
        } else if (token->kind == TOKEN_CLOSE &&
                   !close_pair(name, tokens, stack[--depth], i, error)) {
            return false;
        }
    }
    if (depth > 0) {
        const Token *open = token_at(tokens, stack[depth - 1]);
        g_autofree char *shown = slice_for_message(open->text);
        return fail(error, KOLOKOL_ERROR_INVALID, "%s:%u: {{%s%s}} is never closed", name,
                    open->line, sign_of(open), shown);
    }
    return true;
}

static bool is_blank_text(const Token *token)
{
    for (size_t i = 0; i < token->text.length; i++) {
        if (strchr(" \t\r\n\v\f", token->text.at[i]) == NULL) {
            return false;
        }
    }
    return token->kind == TOKEN_TEXT;
}

static bool ends_line(const Token *token)
{
    return token->kind == TOKEN_TEXT && token->text.length > 0 &&
           token->text.at[token->text.length - 1] == '\n';
}

/* True if only blanks follow token i on its line. */
static bool clears_end(GArray *tokens, size_t i)
{
    if (i + 1 == tokens->len) {
        return true;
    }
    const Token *next = token_at(tokens, i + 1);
    return is_blank_text(next) && (ends_line(next) || i + 2 == tokens->len);
}

static void drop_line_end(GArray *tokens, size_t i)
{
    if (i + 1 < tokens->len) {
        token_at(tokens, i + 1)->silent = true;
    }
}

/* "\n", "\r\n" or nothing: how the line ends after token i, after which only blanks stand. */
static Slice newline_after(GArray *tokens, size_t i)
{
    if (i + 1 == tokens->len || !ends_line(token_at(tokens, i + 1))) {
        return (Slice){"", 0};
    }
    Slice text = token_at(tokens, i + 1)->text;
    size_t length = text.length > 1 && text.at[text.length - 2] == '\r' ? 2 : 1;
    return (Slice){text.at + text.length - length, length};
}

static void settle_block_start(GArray *tokens, uint32_t i)
{
    Token *open = token_at(tokens, i);
    open->opens_line = clears_end(tokens, i) && i + 1 < open->partner;
    if (open->argument && open->opens_line) {
        drop_line_end(tokens, i);
    }
    Token *close = token_at(tokens, open->partner);
    if (open->argument && close->first) {
        close->silent = true;
    }
}

static void settle_lines(GArray *tokens)
{
    for (uint32_t i = 0; i < tokens->len; i++) {
        Token *token = token_at(tokens, i);
        if (token->kind == TOKEN_TEXT || token->kind == TOKEN_VALUE || token->kind == TOKEN_RAW) {
            continue;
        }
        if (token->kind == TOKEN_BLOCK) {
            settle_block_start(tokens, i);
        }
        bool alone = token->first && clears_end(tokens, i);
        bool element =
            token->kind == TOKEN_PARENT || (token->kind == TOKEN_BLOCK && !token->argument);
        token->whole = element ? token->first && clears_end(tokens, token->partner)
                               : token->kind == TOKEN_PARTIAL && alone;
        if (element && token->whole) {
            token->newline = newline_after(tokens, token->partner);
            drop_line_end(tokens, token->partner);
        }
        if (alone || token->whole) {
            token->silent = true;
        }
        if (alone) {
            drop_line_end(tokens, i);
        }
    }
}

/* The first token of the line after the start tag at i. */
static const Token *next_line(GArray *tokens, uint32_t i)
{
    return i + 2 < tokens->len ? token_at(tokens, i + 2) : NULL;
}

/* Takes the indentation of the first line from every line of an argument. Outer blocks come first.
 */
static void outdent_arguments(GArray *tokens)
{
    for (uint32_t i = 0; i < tokens->len; i++) {
        const Token *open = token_at(tokens, i);
        if (open->kind != TOKEN_BLOCK || !open->argument || !open->opens_line) {
            continue;
        }
        Slice cut = next_line(tokens, i)->indent;
        for (uint32_t k = i + 1; cut.length > 0 && k < open->partner; k++) {
            Token *inside = token_at(tokens, k);
            if (inside->indent.length >= cut.length &&
                memcmp(inside->indent.at, cut.at, cut.length) == 0) {
                inside->indent.at += cut.length;
                inside->indent.length -= cut.length;
            }
        }
    }
}

/* A whole parameter block whose start tag ends its line is indented as the first line of its
 * default. */
static void indent_parameters(GArray *tokens)
{
    for (uint32_t i = 0; i < tokens->len; i++) {
        Token *open = token_at(tokens, i);
        if (open->kind == TOKEN_BLOCK && open->whole && open->opens_line) {
            open->indent = next_line(tokens, i)->indent;
        }
    }
}

bool mustache_layout(const char *name, GArray *tokens, GError **error)
{
    if (!pair_tags(name, tokens, error)) {
        return false;
    }
    settle_lines(tokens);
    outdent_arguments(tokens);
    indent_parameters(tokens);
    return true;
}
