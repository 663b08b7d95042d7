/*
 * Tokens to operations. Sections and blocks become an operation with the place where their inside
 * ends; names are taken apart and hashed here, once.
 */
#include "text/mustache_private.h"

#include "base/error.h"

#include <string.h>

typedef struct {
    MustacheTemplate *template;
    GArray *tokens;
    GArray *opened; /* uint32_t: for each open tag its operation, or for an argument its override */
    const Token *text; /* the last one of text so far, or NULL */
} Compile;

static const Token *token_at(const Compile *compile, size_t i)
{
    return &g_array_index(compile->tokens, Token, i);
}

static Op *op_at(const Compile *compile, size_t i)
{
    return &g_array_index(compile->template->ops, Op, i);
}

static void emit_text(Compile *compile, Slice text, bool first)
{
    GArray *ops = compile->template->ops;
    Op *last = ops->len == 0 ? NULL : op_at(compile, ops->len - 1);
    if (last != NULL && last->kind == OP_TEXT && last->text.at + last->text.length == text.at) {
        last->text.length += text.length;
        return;
    }
    Op op = {.kind = OP_TEXT, .text = text, .first = first};
    g_array_append_val(ops, op);
}

static uint32_t add_path(MustacheTemplate *template, Slice name)
{
    Path path = {.name = name, .first = template->keys->len};
    const char *end = name.at + name.length;
    for (const char *p = name.at; p < end && !(name.length == 1 && *p == '.');) {
        const char *dot = memchr(p, '.', (size_t)(end - p));
        const char *stop = dot == NULL ? end : dot;
        ValueKey key = value_key(p, (size_t)(stop - p));
        g_array_append_val(template->keys, key);
        p = dot == NULL ? end : dot + 1;
    }
    path.count = template->keys->len - path.first;
    g_array_append_val(template->paths, path);
    return template->paths->len - 1;
}

static uint32_t add_link(MustacheTemplate *template, const Token *token)
{
    Link link = {.name = g_strndup(token->text.at, token->text.length), .line = token->line};
    g_array_append_val(template->links, link);
    return template->links->len - 1;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_url_attribute(const char *name, size_t length)
{
    static const char *const names[] = {"href",   "src",  "action", "formaction",
                                        "poster", "cite", "data"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strlen(names[i]) == length && g_ascii_strncasecmp(names[i], name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* True if text ends as in ` href="` or ` href=`: what comes next begins a URL. */
static bool ends_before_url(const char *start, const char *end)
{
    end -= end > start && (end[-1] == '"' || end[-1] == '\'');
    while (end > start && is_blank(end[-1])) {
        end--;
    }
    if (end == start || end[-1] != '=') {
        return false;
    }
    end--;
    while (end > start && is_blank(end[-1])) {
        end--;
    }
    const char *name = end;
    while (name > start && g_ascii_isalpha(name[-1])) {
        name--;
    }
    return (name == start || is_blank(name[-1])) && is_url_attribute(name, (size_t)(end - name));
}

/* True if the next value begins a URL, though other tags may stand between. */
static bool begins_url(const Compile *compile)
{
    const Token *text = compile->text;
    if (text == NULL) {
        return false;
    }
    const char *start = text->first ? text->indent.at : text->text.at;
    return ends_before_url(start, text->text.at + text->text.length);
}

static WriteMode write_mode(const Compile *compile, size_t i)
{
    bool raw = token_at(compile, i)->kind == TOKEN_RAW;
    switch (compile->template->mode) {
    case MUSTACHE_PLAIN:
        return WRITE_PLAIN;
    case MUSTACHE_STRICT:
        return begins_url(compile) ? WRITE_URL : raw ? WRITE_RAW_IF_HTML : WRITE_ESCAPED;
    default:
        return raw ? WRITE_RAW : WRITE_ESCAPED;
    }
}

/* An argument is no operation of its own: its content stands inside the parent's, which jumps over
 * it. */
static void open_argument(Compile *compile, const Token *token)
{
    MustacheTemplate *template = compile->template;
    uint32_t parent = g_array_index(compile->opened, uint32_t, compile->opened->len - 1);
    Override override = {.name = value_key(token->text.at, token->text.length),
                         .from = template->ops->len,
                         .next = op_at(compile, parent)->override,
                         .ends_line = token_at(compile, token->partner)->first};
    op_at(compile, parent)->override = template->overrides->len;
    g_array_append_val(compile->opened, template->overrides->len);
    g_array_append_val(template->overrides, override);
}

static void close_tag(Compile *compile, const Token *close)
{
    MustacheTemplate *template = compile->template;
    uint32_t index = g_array_index(compile->opened, uint32_t, compile->opened->len - 1);
    g_array_set_size(compile->opened, compile->opened->len - 1);
    if (token_at(compile, close->partner)->argument) {
        g_array_index(template->overrides, Override, index).to = template->ops->len;
    } else {
        op_at(compile, index)->end = template->ops->len;
    }
}

static Op op_of(Compile *compile, size_t i)
{
    const Token *token = token_at(compile, i);
    MustacheTemplate *template = compile->template;
    Op op = {.override = NO_OVERRIDE, .whole = token->whole, .opens_line = token->opens_line};
    op.text = token->whole ? token->indent : (Slice){"", 0};
    op.newline = token->newline;
    switch (token->kind) {
    case TOKEN_SECTION:
    case TOKEN_INVERTED:
        op.kind = token->kind == TOKEN_SECTION ? OP_SECTION : OP_INVERTED;
        op.index = add_path(template, token->text);
        break;
    case TOKEN_PARTIAL:
    case TOKEN_PARENT:
        op.kind = token->kind == TOKEN_PARTIAL ? OP_PARTIAL : OP_PARENT;
        op.index = add_link(template, token);
        break;
    case TOKEN_BLOCK: {
        ValueKey name = value_key(token->text.at, token->text.length);
        g_array_append_val(template->blocks, name);
        op.kind = OP_BLOCK;
        op.index = template->blocks->len - 1;
        op.ends_line = token_at(compile, token->partner)->first;
        break;
    }
    default:
        op.kind = OP_VALUE;
        op.mode = (uint8_t)write_mode(compile, i);
        op.index = add_path(template, token->text);
    }
    return op;
}

static void emit(Compile *compile, size_t i)
{
    const Token *token = token_at(compile, i);
    if (!token->silent && (token->first || token->kind == TOKEN_TEXT)) {
        const char *start = token->first ? token->indent.at : token->text.at;
        const char *end = token->kind == TOKEN_TEXT ? token->text.at + token->text.length
                                                    : token->indent.at + token->indent.length;
        emit_text(compile, (Slice){start, (size_t)(end - start)}, token->first);
    }
    if (token->kind == TOKEN_TEXT) {
        compile->text = token;
    } else if (token->kind == TOKEN_CLOSE) {
        close_tag(compile, token);
    } else if (token->argument) {
        open_argument(compile, token);
    } else if (token->kind != TOKEN_NOTHING) {
        Op op = op_of(compile, i);
        g_array_append_val(compile->template->ops, op);
        if (op.kind != OP_VALUE && op.kind != OP_PARTIAL) {
            uint32_t index = compile->template->ops->len - 1;
            g_array_append_val(compile->opened, index);
        }
    }
}

static void link_clear(gpointer link)
{
    g_free(((Link *)link)->name);
}

static MustacheTemplate *template_new(const char *name, char *source, MustacheMode mode)
{
    MustacheTemplate *template = g_new0(MustacheTemplate, 1);
    template->name = g_strdup(name);
    template->source = source;
    template->mode = mode;
    template->ops = g_array_new(FALSE, FALSE, sizeof(Op));
    template->keys = g_array_new(FALSE, FALSE, sizeof(ValueKey));
    template->paths = g_array_new(FALSE, FALSE, sizeof(Path));
    template->links = g_array_new(FALSE, FALSE, sizeof(Link));
    template->blocks = g_array_new(FALSE, FALSE, sizeof(ValueKey));
    template->overrides = g_array_new(FALSE, FALSE, sizeof(Override));
    g_array_set_clear_func(template->links, link_clear);
    return template;
}

void mustache_template_free(MustacheTemplate *template)
{
    if (template != NULL) {
        g_array_unref(template->ops);
        g_array_unref(template->keys);
        g_array_unref(template->paths);
        g_array_unref(template->links);
        g_array_unref(template->blocks);
        g_array_unref(template->overrides);
        g_free(template->source);
        g_free(template->name);
        g_free(template);
    }
}

MustacheTemplate *mustache_compile(const char *name, char *source, size_t length, MustacheMode mode,
                                   GError **error)
{
    g_autoptr(MustacheTemplate) template = template_new(name, source, mode);
    if (length > LIMIT_TEMPLATE) {
        fail(error, KOLOKOL_ERROR_LIMIT, "%s: the template has %zu bytes; at most %u are read",
             name, length, LIMIT_TEMPLATE);
        return NULL;
    }
    if (!g_utf8_validate_len(source, length, NULL)) {
        fail(error, KOLOKOL_ERROR_INVALID, "%s: the template is not UTF-8 text", name);
        return NULL;
    }
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(Token));
    g_autoptr(GArray) opened = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    if (!mustache_scan(name, source, length, tokens, error) ||
        !mustache_layout(name, tokens, error)) {
        return NULL;
    }
    Compile compile = {template, tokens, opened, NULL};
    for (size_t i = 0; i < tokens->len; i++) {
        emit(&compile, i);
    }
    return g_steal_pointer(&template);
}
