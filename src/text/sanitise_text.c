/*
 * Writing text: character references become characters, what HTML needs escaped is escaped again.
 */
#include "text/sanitise_tree_private.h"

#include "text/sanitise_token.h"

/* Bytes that cannot be copied unseen: controls, references, < and >, and those that may begin a
 * forbidden character. */
static const guint8 SPECIAL[256] = {
    [0 ... 8] = 1, [11 ... 31] = 1, ['&'] = 1,  ['<'] = 1,           ['>'] = 1,
    [127] = 1,     [0xC2] = 1,      [0xEF] = 1, [0xF0 ... 0xF4] = 1,
};

/* White space, and the controls that are left out. */
static bool is_blank(char c)
{
    return (guchar)c < ' ' || c == ' ' || c == 127;
}

/* Also where a blank is written as a reference. */
static bool is_blank_text(const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        if (is_blank(*text)) {
            text++;
            continue;
        }
        char utf8[12];
        size_t size = 0;
        size_t used = *text == '&' ? html_reference_decode(text, end, false, utf8, &size) : 0;
        if (used == 0 || size != 1 || !is_blank(utf8[0])) {
            return false;
        }
        text += used;
    }
    return true;
}

static void append_character(GString *out, char c)
{
    switch (c) {
    case '&':
        g_string_append_len(out, "&amp;", 5);
        break;
    case '<':
        g_string_append_len(out, "&lt;", 4);
        break;
    case '>':
        g_string_append_len(out, "&gt;", 4);
        break;
    case '\n':
    case '\r':
    case '\f':
        g_string_append_c(out, ' ');
        break;
    case '\t':
        g_string_append_c(out, c);
        break;
    default:
        if ((guchar)c >= ' ' && c != 127) {
            g_string_append_c(out, c);
        }
    }
}

/* The reference or ampersand at `at`; returns how much of the input it was. */
static size_t append_reference(GString *out, const char *at, const char *end)
{
    char utf8[12];
    size_t length = 0;
    size_t used = html_reference_decode(at, end, false, utf8, &length);
    if (used == 0) {
        g_string_append_len(out, "&amp;", 5);
        return 1;
    }
    for (size_t i = 0; i < length; i++) {
        append_character(out, utf8[i]);
    }
    return used;
}

/* What SPECIAL points out; returns how much of the input it was. */
static size_t append_special(GString *out, const char *at, const char *end)
{
    if (*at == '&') {
        return append_reference(out, at, end);
    }
    if ((guchar)*at >= 0xC2) {
        size_t size = (guchar)g_utf8_skip[(guchar)*at];
        g_string_append_len(out, at, html_is_forbidden(at) ? 0 : (gssize)size);
        return size;
    }
    if (*at != '\r') {
        append_character(out, *at);
    } else if (at + 1 == end || at[1] != '\n') {
        g_string_append_c(out, '\n');
    }
    return 1;
}

static void append_text(GString *out, const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        const char *run = text;
        while (text < end && SPECIAL[(guchar)*text] == 0) {
            text++;
        }
        g_string_append_len(out, run, text - run);
        if (text < end) {
            text += append_special(out, text, end);
        }
    }
}

static bool at_block_start(const HtmlTree *tree)
{
    int top = tree_find(tree, ~ELEMENT_BIT(ELEMENT_NONE), 0);
    return tree->out->len == (top < 0 ? 0 : tree->blocks[top].after_start);
}

void html_tree_text(HtmlTree *tree, const char *text, size_t length)
{
    Element top = tree_top(tree);
    if (tree->after_pre && length > 0) {
        size_t skip = *text == '\n'   ? 1
                      : *text == '\r' ? (length > 1 && text[1] == '\n' ? 2 : 1)
                                      : 0;
        text += skip;
        length -= skip;
    }
    tree->after_pre = false;
    if (top != ELEMENT_PRE && is_blank_text(text, length)) {
        if ((ELEMENT_BIT(top) & ELEMENTS_STRUCTURE) == 0 && !at_block_start(tree)) {
            append_text(tree->out, text, length);
        }
        return;
    }
    tree_settle(tree);
    unsigned inline_open = tree->inline_open;
    gsize before = tree->out->len;
    tree_open_inlines(tree);
    gsize opened = tree->out->len;
    bool first_in_pre = top == ELEMENT_PRE && at_block_start(tree);
    append_text(tree->out, text, length);
    if (tree->out->len == opened) { /* nothing but controls */
        g_string_truncate(tree->out, before);
        tree->inline_open = inline_open;
    } else if (first_in_pre && tree->out->str[opened] == '\n') {
        g_string_insert_c(tree->out, (gssize)opened, '\n'); /* the parser drops the first one */
    }
}
