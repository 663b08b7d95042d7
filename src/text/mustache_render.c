/*
 * Runs a compiled template over data. Three stacks, each a list through the C stack: the contexts
 * of sections, the arguments given by parents, and, as one string, the indentation of the places
 * being expanded.
 */
#include "text/mustache_private.h"

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

/* Steps of one render (operations, and the contexts and arguments that a name is looked for in): a
 * page of the largest size has a tenth of them. Templates that include each other fan-wise would
 * otherwise compute without writing. */
#define STEP_LIMIT 10000000u

/* Calls of run() inside each other. */
#define LEVEL_LIMIT 2000u

typedef struct Context Context;

struct Context {
    const Value *value;
    const Context *outer;
};

/* The arguments of one parent tag, and those that hold where the tag stands. */
typedef struct Frame Frame;

struct Frame {
    const MustacheTemplate *template;
    uint32_t first;
    const Frame *outer;
};

/* What the first text of a block's content does about indentation, whatever its own line says. */
typedef enum {
    FRESH_NONE,   /* nothing is pending: lines of the template are indented as they begin */
    FRESH_INDENT, /* the block stands at the start of a line */
    FRESH_INLINE, /* the block stands inside a line */
} FreshKind;

typedef struct {
    FreshKind kind;
    Slice indent; /* FRESH_INDENT: blanks to add once */
} Fresh;

typedef struct {
    GString *out;
    size_t limit;   /* out->len may not pass it */
    size_t ceiling; /* what that leaves to this text, for the message */
    GString *indent;
    Fresh fresh;
    uint32_t steps;
    unsigned depth; /* templates */
    unsigned level;
    GError **error;
} Render;

static bool run(Render *render, const MustacheTemplate *template, uint32_t from, uint32_t to,
                const Context *contexts, const Frame *frames);

static bool too_long(Render *render, const MustacheTemplate *template)
{
    return fail(render->error, KOLOKOL_ERROR_LIMIT,
                "%s: the page is longer than its ceiling of %zu bytes", template->name,
                render->ceiling);
}

static void spend(Render *render)
{
    if (render->steps > 0) {
        render->steps--;
    }
}

/* Called before anything is written: settles the indentation. `first`: a line of the template
 * begins. */
static void begin_text(Render *render, bool first)
{
    FreshKind fresh = render->fresh.kind;
    render->fresh.kind = FRESH_NONE;
    if (fresh == FRESH_INDENT || (first && fresh == FRESH_NONE)) {
        g_string_append_len(render->out, render->indent->str, (gssize)render->indent->len);
    }
    if (fresh == FRESH_INDENT) {
        g_string_append_len(render->out, render->fresh.indent.at,
                            (gssize)render->fresh.indent.length);
    }
}

/* Writes text whose inner lines are lines of the template too; may stop past the limit, which the
 * caller looks at. */
static void write_lines(Render *render, Slice text)
{
    const char *end = text.at + text.length;
    for (const char *p = text.at; p < end && render->out->len <= render->limit;) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        const char *stop = newline == NULL ? end : newline + 1;
        g_string_append_len(render->out, p, stop - p);
        if (newline != NULL && stop < end) {
            g_string_append_len(render->out, render->indent->str, (gssize)render->indent->len);
        }
        p = stop;
    }
}

static bool write_text(Render *render, const MustacheTemplate *template, const Op *op)
{
    if (op->text.length == 0 && !op->first) {
        return true;
    }
    if (op->text.length > render->limit - MIN(render->limit, render->out->len)) {
        return too_long(render, template);
    }
    if (render->fresh.kind == FRESH_NONE && render->indent->len == 0) {
        g_string_append_len(render->out, op->text.at, (gssize)op->text.length);
        return true;
    }
    begin_text(render, op->first);
    write_lines(render, op->text);
    return render->out->len <= render->limit || too_long(render, template);
}

/* The value of a name: its first part in the nearest context that has it, the others inside that.
 */
static const Value *find(Render *render, const MustacheTemplate *template, uint32_t index,
                         const Context *contexts)
{
    const Path *path = &g_array_index(template->paths, Path, index);
    if (path->count == 0) {
        return contexts->value;
    }
    const ValueKey *keys = &g_array_index(template->keys, ValueKey, path->first);
    const Value *value = NULL;
    for (const Context *context = contexts; context != NULL && value == NULL;
         context = context->outer) {
        spend(render);
        value = value_find(context->value, &keys[0]);
    }
    for (uint32_t i = 1; i < path->count && value != NULL; i++) {
        value = value_find(value, &keys[i]);
    }
    return value;
}

static void write_string(GString *out, WriteMode mode, bool markup, const char *text, size_t length)
{
    switch (mode) {
    case WRITE_URL:
        html_escape_url(out, text, length);
        return;
    case WRITE_PLAIN:
        g_string_append_len(out, text, markup ? 0 : (gssize)length);
        return;
    case WRITE_RAW:
        g_string_append_len(out, text, (gssize)length);
        return;
    case WRITE_RAW_IF_HTML:
        if (markup) {
            g_string_append_len(out, text, (gssize)length);
            return;
        }
        break;
    case WRITE_ESCAPED:
        break;
    }
    html_escape_attribute(out, text, length);
}

static bool write_value(Render *render, const MustacheTemplate *template, const Op *op,
                        const Context *contexts)
{
    const Value *value = find(render, template, op->index, contexts);
    if (value == NULL) {
        return true;
    }
    char digits[VALUE_NUMBER_SIZE];
    size_t length;
    const char *text = value_string(value, &length);
    bool markup = value_kind(value) == VALUE_HTML;
    if (text == NULL) {
        text = digits;
        length = value_format(value, digits);
    }
    if (length == 0) {
        return true;
    }
    if (length > render->limit - MIN(render->limit, render->out->len)) {
        return too_long(render, template);
    }
    if (render->fresh.kind != FRESH_NONE) {
        begin_text(render, false);
    }
    write_string(render->out, op->mode, markup, text, length);
    return render->out->len <= render->limit || too_long(render, template);
}

static bool run_section(Render *render, const MustacheTemplate *template, uint32_t at,
                        const Context *contexts, const Frame *frames)
{
    const Op *op = &g_array_index(template->ops, Op, at);
    const Value *value = find(render, template, op->index, contexts);
    bool truth = value != NULL && value_is_true(value);
    if (op->kind == OP_INVERTED) {
        return truth || run(render, template, at + 1, op->end, contexts, frames);
    }
    if (!truth) {
        return true;
    }
    Context inner = {value, contexts};
    if (value_kind(value) != VALUE_LIST) {
        return run(render, template, at + 1, op->end, &inner, frames);
    }
    size_t count;
    const Value *const *items = value_items(value, &count);
    for (size_t i = 0; i < count; i++) {
        inner.value = items[i];
        if (!run(render, template, at + 1, op->end, &inner, frames)) {
            return false;
        }
    }
    return true;
}

/* A partial or a parent: another template, indented. */
static bool run_template(Render *render, const MustacheTemplate *template, const Op *op,
                         const Context *contexts, const Frame *frames)
{
    const Link *link = &g_array_index(template->links, Link, op->index);
    if (link->target == NULL) {
        return true;
    }
    if (render->depth == MUSTACHE_DEPTH_LIMIT) {
        return fail(render->error, KOLOKOL_ERROR_LIMIT,
                    "%s:%u: template %s includes itself without end (over %u deep)", template->name,
                    link->line, link->name, MUSTACHE_DEPTH_LIMIT);
    }
    Frame frame = {template, op->override, frames};
    size_t indent = render->indent->len;
    if (indent + op->text.length > LIMIT_PAGE) {
        return too_long(render, template);
    }
    g_string_append_len(render->indent, op->text.at, (gssize)op->text.length);
    render->depth++;
    bool done = run(render, link->target, 0, link->target->ops->len, contexts,
                    op->override == NO_OVERRIDE ? frames : &frame);
    render->depth--;
    g_string_truncate(render->indent, indent);
    return done;
}

/* The argument for a block: the outermost parent tag that gives one decides. */
static const Override *find_override(Render *render, const ValueKey *name, const Frame *frames,
                                     const Frame **giver)
{
    const Override *found = NULL;
    for (const Frame *frame = frames; frame != NULL; frame = frame->outer) {
        for (uint32_t i = frame->first; i != NO_OVERRIDE;) {
            const Override *override = &g_array_index(frame->template->overrides, Override, i);
            spend(render);
            if (override->name.hash == name->hash && override->name.length == name->length &&
                memcmp(override->name.text, name->text, name->length) == 0) {
                found = override;
                *giver = frame;
            }
            i = override->next;
        }
    }
    return found;
}

/* How the content of a block begins: at the start of a line, or where the line is already. */
static Fresh fresh_of(const Op *op, bool overridden, Fresh before)
{
    if (before.kind == FRESH_INLINE) {
        return before;
    }
    if (op->whole && (overridden || !op->opens_line)) {
        return (Fresh){FRESH_INDENT, overridden ? (Slice){"", 0} : op->text};
    }
    if (before.kind == FRESH_NONE && !op->whole) {
        return (Fresh){FRESH_INLINE, {"", 0}};
    }
    return before;
}

/* An argument is run with the arguments that hold where it was written, not with itself. */
static bool run_block(Render *render, const MustacheTemplate *template, uint32_t at,
                      const Context *contexts, const Frame *frames)
{
    const Op *op = &g_array_index(template->ops, Op, at);
    const Frame *giver = NULL;
    const Override *override = find_override(
        render, &g_array_index(template->blocks, ValueKey, op->index), frames, &giver);
    Fresh before = render->fresh;
    size_t indent = render->indent->len;
    size_t start = render->out->len;
    render->fresh = fresh_of(op, override != NULL, before);
    bool done;
    if (override == NULL) {
        done = run(render, template, at + 1, op->end, contexts, frames);
    } else {
        g_string_append_len(render->indent, op->text.at, (gssize)op->text.length);
        done = run(render, giver->template, override->from, override->to, contexts, giver->outer);
        g_string_truncate(render->indent, indent);
    }
    if (render->out->len == start) {
        render->fresh = before;
    } else if (op->whole && !(override == NULL ? op->ends_line : override->ends_line)) {
        g_string_append_len(render->out, op->newline.at, (gssize)op->newline.length);
    }
    return done;
}

static bool run_op(Render *render, const MustacheTemplate *template, uint32_t at,
                   const Context *contexts, const Frame *frames)
{
    const Op *op = &g_array_index(template->ops, Op, at);
    switch ((OpKind)op->kind) {
    case OP_TEXT:
        return write_text(render, template, op);
    case OP_VALUE:
        return write_value(render, template, op, contexts);
    case OP_SECTION:
    case OP_INVERTED:
        return run_section(render, template, at, contexts, frames);
    case OP_PARTIAL:
    case OP_PARENT:
        return run_template(render, template, op, contexts, frames);
    case OP_BLOCK:
        return run_block(render, template, at, contexts, frames);
    }
    return true;
}

static bool run(Render *render, const MustacheTemplate *template, uint32_t from, uint32_t to,
                const Context *contexts, const Frame *frames)
{
    if (render->level == LEVEL_LIMIT) {
        return fail(render->error, KOLOKOL_ERROR_LIMIT,
                    "%s: sections and templates nest more than %u deep", template->name,
                    LEVEL_LIMIT);
    }
    render->level++;
    bool done = true;
    for (uint32_t at = from; at < to && done;) {
        const Op *op = &g_array_index(template->ops, Op, at);
        spend(render);
        if (render->steps == 0) {
            done = fail(render->error, KOLOKOL_ERROR_LIMIT,
                        "%s: rendering takes more than %u steps; do templates include each other "
                        "many times over?",
                        template->name, STEP_LIMIT);
            break;
        }
        done = run_op(render, template, at, contexts, frames);
        at = op->end > at ? op->end : at + 1;
    }
    render->level--;
    return done;
}

bool mustache_render(const MustacheTemplate *template, const Value *data, size_t ceiling,
                     GString *out, GError **error)
{
    for (const Value *map = data; map != NULL; map = value_base(map)) {
        if (!value_arena_ok(value_arena(map), error)) {
            return false;
        }
    }
    size_t start = out->len;
    size_t most = ceiling == 0 ? LIMIT_PAGE : ceiling;
    g_autoptr(GString) indent = g_string_new(NULL);
    Render render = {.out = out,
                     .limit = start + most,
                     .ceiling = most,
                     .indent = indent,
                     .steps = STEP_LIMIT,
                     .error = error};
    Context root = {data, NULL};
    if (!run(&render, template, 0, template->ops->len, &root, NULL)) {
        g_string_truncate(out, start);
        return false;
    }
    return true;
}
