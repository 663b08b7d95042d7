/*
 * Makes style sheets small in one pass. Which sheets a page gets is theme.c's business.
 */
#include "theme/style.h"

#include "base/error.h"

#include <string.h>

#define BRACKETS 32u /* { and ( inside each other */

typedef struct {
    const char *text;
    size_t length;
    size_t at;
    unsigned line;
    GString *out;
    size_t sealed; /* of `out`: up to here nothing is judged by its looks, an escape ends here */
    bool blank;    /* a blank is due before the next character, unless that swallows it */
    char open[BRACKETS];
    unsigned depth;
} Minifier;

static bool skip_comment(Minifier *m, GError **error)
{
    const char *end = memmem(m->text + m->at + 2, m->length - m->at - 2, "*/", 2);

    if (end == NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%u: the comment has no end", m->line);
    }
    for (; m->at < (size_t)(end + 2 - m->text); m->at++) {
        m->line += m->text[m->at] == '\n';
    }
    m->blank = true;
    return true;
}

static bool copy_string(Minifier *m, GError **error)
{
    char quote = m->text[m->at];
    size_t start = m->at++;

    while (m->at < m->length && m->text[m->at] != quote && m->text[m->at] != '\n') {
        if (m->text[m->at] == '\\' && m->at + 1 < m->length) {
            m->at++;
        }
        m->at++;
    }
    if (m->at >= m->length || m->text[m->at] == '\n') {
        return fail(error, KOLOKOL_ERROR_INVALID, "%u: the string has no end", m->line);
    }
    m->at++;
    g_string_append_len(m->out, m->text + start, (gssize)(m->at - start));
    return true;
}

static bool count_bracket(Minifier *m, char c, GError **error)
{
    if (c == '{' || c == '(' || c == '[') {
        if (m->depth == BRACKETS) {
            return fail(error, KOLOKOL_ERROR_INVALID, "%u: more than %u brackets inside each other",
                        m->line, BRACKETS);
        }
        m->open[m->depth++] = c;
    } else if (c == '}' || c == ')' || c == ']') {
        char want = c == '}' ? '{' : c == ')' ? '(' : '[';
        if (m->depth == 0 || m->open[m->depth - 1] != want) {
            return fail(error, KOLOKOL_ERROR_INVALID, "%u: %c closes nothing", m->line, c);
        }
        m->depth--;
    }
    return true;
}

/* What the next character is judged by; the start counts as the inside of a block. */
static char last_written(const Minifier *m)
{
    if (m->out->len == 0) {
        return '{';
    }
    return m->out->len == m->sealed ? 'x' : m->out->str[m->out->len - 1];
}

/* Copies one character that is neither blank, comment nor string, with the blank due before it if
 * one is needed there. */
static void put(Minifier *m, char c)
{
    GString *out = m->out;
    char last = last_written(m);
    /* Inside parentheses only the comma is free of blanks: "(a > b)" and calc(1px + 2px) stay. */
    bool round = m->depth > 0 && m->open[m->depth - 1] != '{';
    const char *swallow_after = round ? ",(:" : "{};,>:";
    const char *swallow_before = round ? ",)" : "{};,>";

    if (m->blank && strchr(swallow_after, last) == NULL && strchr(swallow_before, c) == NULL) {
        g_string_append_c(out, ' ');
    }
    m->blank = false;
    if (!round && c == ';' && strchr("{};", last) != NULL) {
        return; /* an empty declaration */
    }
    if (!round && c == '}' && last_written(m) == ';') {
        g_string_truncate(out, out->len - 1);
    }
    g_string_append_c(out, c);
}

static bool step(Minifier *m, GError **error)
{
    char c = m->text[m->at];

    if (c == '\n') {
        m->line++;
    }
    if (g_ascii_isspace(c)) {
        m->blank = true;
        m->at++;
        return true;
    }
    if (c == '/' && m->at + 1 < m->length && m->text[m->at + 1] == '*') {
        return skip_comment(m, error);
    }
    if (c == '<' && m->at + 1 < m->length && strchr("/!", m->text[m->at + 1]) != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%u: a style may not hold “<%c”", m->line,
                    m->text[m->at + 1]);
    }
    if (c == '"' || c == '\'') {
        if (m->blank && strchr("{};,:(", last_written(m)) == NULL) {
            g_string_append_c(m->out, ' ');
        }
        m->blank = false;
        return copy_string(m, error);
    }
    if (!count_bracket(m, c, error)) {
        return false;
    }
    /* An opening bracket stands outside what it opens, a closing parenthesis inside. */
    unsigned depth = m->depth;
    m->depth = c == ')' ? depth + 1 : strchr("{([", c) != NULL ? depth - 1 : depth;
    put(m, c);
    m->depth = depth;
    m->at++;
    if (c == '\\' && m->at < m->length) {
        g_string_append_c(m->out, m->text[m->at++]);
        m->sealed = m->out->len;
    }
    return true;
}

char *style_minify(const char *css, size_t length, GError **error)
{
    if (length > LIMIT_STYLE) {
        fail(error, KOLOKOL_ERROR_LIMIT, "1: a style may have %u bytes", LIMIT_STYLE);
        return NULL;
    }
    if (!g_utf8_validate_len(css, length, NULL)) {
        fail(error, KOLOKOL_ERROR_INVALID, "1: not UTF-8, or a NUL byte inside");
        return NULL;
    }
    g_autoptr(GString) out = g_string_sized_new(length);
    Minifier m = {.text = css, .length = length, .line = 1, .out = out};
    while (m.at < length) {
        if (!step(&m, error)) {
            return NULL;
        }
    }
    if (m.depth > 0) {
        fail(error, KOLOKOL_ERROR_INVALID, "%u: %c is never closed", m.line, m.open[m.depth - 1]);
        return NULL;
    }
    /* "</" inside a string passed above; it would end the element all the same. */
    if (strstr(out->str, "</") != NULL || strstr(out->str, "<!") != NULL) {
        fail(error, KOLOKOL_ERROR_INVALID, "1: a style may not hold “</” or “<!”, nor in a string");
        return NULL;
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
