/*
 * Inside the Mustache engine: for mustache_*.c only. The way of a template:
 *
 *   bytes → mustache_scan.c → tokens → mustache_layout.c (pairs, whole lines, indentation) →
 * mustache_compile.c → operations → mustache_set.c (links to other templates) → mustache_render.c →
 * text
 */
#pragma once

#include "text/mustache.h"

typedef struct {
    const char *at; /* into the template's source */
    size_t length;
} Slice;

typedef enum {
    TOKEN_TEXT, /* a piece of one line, with its line end if it has one */
    TOKEN_VALUE,
    TOKEN_RAW,
    TOKEN_SECTION,
    TOKEN_INVERTED,
    TOKEN_PARTIAL,
    TOKEN_PARENT,
    TOKEN_BLOCK,
    TOKEN_CLOSE,
    TOKEN_NOTHING, /* a comment or a change of delimiters */
} TokenKind;

typedef struct {
    TokenKind kind;
    unsigned line;
    bool first;       /* the first token of its line; `indent` is then the line's leading blanks */
    bool silent;      /* text, or the blanks before a tag, that belong to a whole line of tags: not
                         written */
    bool argument;    /* a block that is the direct child of a parent */
    bool whole;       /* a partial, parent or parameter block that stands on lines of its own */
    bool opens_line;  /* a block whose start tag ends its line */
    uint32_t partner; /* of an opening tag its TOKEN_CLOSE, and back */
    Slice indent;
    Slice text;    /* TOKEN_TEXT: what follows the indent; tags: the name */
    Slice newline; /* of a whole block: the line end after its end tag */
} Token;

typedef enum {
    OP_TEXT,
    OP_VALUE,
    OP_SECTION,
    OP_INVERTED,
    OP_PARTIAL,
    OP_PARENT,
    OP_BLOCK,
} OpKind;

typedef enum {
    WRITE_ESCAPED,
    WRITE_RAW,
    WRITE_RAW_IF_HTML, /* MUSTACHE_STRICT's three braces */
    WRITE_URL,
    WRITE_PLAIN, /* MUSTACHE_PLAIN: text as it is, markup not at all */
} WriteMode;

#define NO_OVERRIDE UINT32_MAX

typedef struct {
    uint8_t kind;
    uint8_t mode;    /* OP_VALUE: WriteMode */
    bool first;      /* OP_TEXT: begins a line of the template */
    bool whole;      /* as in Token */
    bool opens_line; /* as in Token */
    bool ends_line;  /* OP_BLOCK: the default ends with a line end */
    uint32_t end; /* OP_SECTION, OP_INVERTED, OP_PARENT, OP_BLOCK: the operation after the inside */
    uint32_t index;    /* into paths, links or block names */
    uint32_t override; /* OP_PARENT: the first override, or NO_OVERRIDE */
    Slice text;    /* OP_TEXT: the text; OP_PARTIAL, OP_PARENT, OP_BLOCK: the indentation it adds */
    Slice newline; /* OP_BLOCK, as in Token */
} Op;

/* A name with its dots taken apart; no keys for ".". */
typedef struct {
    Slice name;
    uint32_t first; /* into keys */
    uint32_t count;
} Path;

/* A template that this one includes. */
typedef struct {
    char *name;
    unsigned line;
    const MustacheTemplate *target; /* NULL: unknown, renders as nothing */
} Link;

/* The argument that a parent tag gives for a block. */
typedef struct {
    ValueKey name;
    uint32_t from; /* operations */
    uint32_t to;
    uint32_t next; /* override of the same parent tag, or NO_OVERRIDE */
    bool ends_line;
} Override;

struct MustacheTemplate {
    char *name;
    char *source;
    MustacheMode mode;
    GArray *ops;       /* Op */
    GArray *keys;      /* ValueKey */
    GArray *paths;     /* Path */
    GArray *links;     /* Link */
    GArray *blocks;    /* ValueKey */
    GArray *overrides; /* Override */
};

/* Tokens (array of Token) of `length` bytes of UTF-8. */
bool mustache_scan(const char *name, const char *source, size_t length, GArray *tokens,
                   GError **error);

/* Pairs tags, finds tags that stand alone and the indentation of blocks. */
bool mustache_layout(const char *name, GArray *tokens, GError **error);

/* Compiles; links are names only. Takes `source` (even on failure). */
MustacheTemplate *mustache_compile(const char *name, char *source, size_t length, MustacheMode mode,
                                   GError **error);
void mustache_template_free(MustacheTemplate *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MustacheTemplate, mustache_template_free)

/* A slice fit for a message: at most 60 bytes, valid UTF-8, one line. Caller frees. */
char *slice_for_message(Slice slice);
