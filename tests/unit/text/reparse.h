/*
 * The referee of the sanitiser's tests: gumbo, an independent HTML 5 parser, reads the output back.
 * The tree must hold only what is allowed, and written down again it must be the same bytes. Shared
 * by the unit tests and the fuzz target.
 */
#pragma once

#include <glib.h>
#include <gumbo.h>
#include <string.h>

typedef struct {
    GString *out;
    GString *text;
    GString *bad; /* what is wrong, a line each */
} Reparse;

static inline void reparse_escape(GString *out, const char *text, gboolean attribute)
{
    for (const char *p = text; *p != '\0'; p++) {
        switch (*p) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, attribute ? "&quot;" : "\"");
            break;
        case '\'':
            g_string_append(out, attribute ? "&#39;" : "'");
            break;
        default:
            g_string_append_c(out, *p);
        }
    }
}

static inline void reparse_attribute(Reparse *reparse, const GumboElement *element,
                                     const GumboAttribute *attribute)
{
    static const char *const allowed[] = {
        "alt",   "aria-label", "class", "colspan",  "datetime", "dir",   "height", "href", "id",
        "lang",  "loading",    "rel",   "reversed", "rowspan",  "scope", "sizes",  "src",  "srcset",
        "start", "tabindex",   "title", "type",     "value",    "width", NULL};
    const char *name = attribute->name;
    const char *value = attribute->value;
    if (!g_strv_contains(allowed, name)) {
        g_string_append_printf(reparse->bad, "attribute %s\n", name);
    }
    g_autofree char *scheme = g_ascii_strdown(value, 12);
    const char *colon = strpbrk(value, ":/?#");
    gboolean has_scheme = colon != NULL && *colon == ':';
    if (strcmp(name, "href") == 0 && has_scheme && !g_str_has_prefix(scheme, "http://") &&
        !g_str_has_prefix(scheme, "https://") && !g_str_has_prefix(scheme, "mailto:") &&
        !g_str_has_prefix(scheme, "tel:")) {
        g_string_append_printf(reparse->bad, "href %s\n", value);
    }
    if (strcmp(name, "href") == 0 && g_str_has_prefix(scheme, "http") && has_scheme &&
        gumbo_get_attribute(&element->attributes, "rel") == NULL) {
        g_string_append_printf(reparse->bad, "no rel on %s\n", value);
    }
    if (strcmp(name, "src") == 0 && (has_scheme || g_str_has_prefix(value, "//"))) {
        g_string_append_printf(reparse->bad, "src %s\n", value);
    }
    if (strcmp(name, "srcset") == 0 && strstr(value, "//") != NULL) {
        g_string_append_printf(reparse->bad, "srcset %s\n", value);
    }
    if (strcmp(name, "id") == 0 && !g_str_has_prefix(value, "u-") &&
        !g_str_has_prefix(value, "fn-") && !g_str_has_prefix(value, "fnref-")) {
        g_string_append_printf(reparse->bad, "id %s\n", value);
    }
    g_string_append_printf(reparse->out, " %s=\"", name);
    reparse_escape(reparse->out, value, TRUE);
    g_string_append_c(reparse->out, '"');
}

static inline void reparse_node(Reparse *reparse, const GumboNode *node);

static inline void reparse_element(Reparse *reparse, const GumboElement *element)
{
    static const char *const allowed[] = {
        "a",       "abbr",  "aside",  "b",          "bdi",    "bdo",     "blockquote", "br",
        "caption", "cite",  "code",   "dd",         "del",    "details", "dfn",        "div",
        "dl",      "dt",    "em",     "figcaption", "figure", "h2",      "h3",         "h4",
        "h5",      "h6",    "hr",     "i",          "img",    "ins",     "kbd",        "li",
        "mark",    "ol",    "p",      "picture",    "pre",    "q",       "s",          "samp",
        "section", "small", "source", "span",       "strong", "sub",     "summary",    "sup",
        "table",   "tbody", "td",     "tfoot",      "th",     "thead",   "time",       "tr",
        "u",       "ul",    "var",    "wbr",        NULL};
    static const char *const voids[] = {"br", "hr", "img", "source", "wbr", NULL};
    const char *name = gumbo_normalized_tagname(element->tag);
    GumboStringPiece original = element->original_tag;
    gumbo_tag_from_original_text(&original);
    if (*name == '\0' && original.length == 7 &&
        g_ascii_strncasecmp(original.data, "picture", 7) == 0) {
        name = "picture"; /* which gumbo does not know */
    }
    if (!g_strv_contains(allowed, name) || element->tag_namespace != GUMBO_NAMESPACE_HTML) {
        g_string_append_printf(reparse->bad, "element %s\n", name);
    }
    g_string_append_printf(reparse->out, "<%s", name);
    for (unsigned i = 0; i < element->attributes.length; i++) {
        reparse_attribute(reparse, element, element->attributes.data[i]);
    }
    g_string_append_c(reparse->out, '>');
    if (g_strv_contains(voids, name)) {
        return;
    }
    const GumboNode *first = element->children.length > 0 ? element->children.data[0] : NULL;
    if (element->tag == GUMBO_TAG_PRE && first != NULL &&
        (first->type == GUMBO_NODE_TEXT || first->type == GUMBO_NODE_WHITESPACE) &&
        first->v.text.text[0] == '\n') {
        g_string_append_c(reparse->out, '\n');
    }
    for (unsigned i = 0; i < element->children.length; i++) {
        reparse_node(reparse, element->children.data[i]);
    }
    g_string_append_printf(reparse->out, "</%s>", name);
}

static inline void reparse_node(Reparse *reparse, const GumboNode *node)
{
    g_assert(node != NULL);
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        reparse_element(reparse, &node->v.element);
        break;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
        reparse_escape(reparse->out, node->v.text.text, FALSE);
        g_string_append(reparse->text, node->v.text.text);
        break;
    default:
        g_string_append(reparse->bad, "a comment or CDATA section\n");
    }
}

/* NULL if the markup is clean and stable, else what is wrong. `text` (may be NULL) receives the
 * text content. */
static inline char *reparse_check(const char *markup, char **text)
{
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    options.max_errors = 0;
    GumboOutput *output = gumbo_parse_with_options(&options, markup, strlen(markup));
    Reparse reparse = {g_string_new(NULL), g_string_new(NULL), g_string_new(NULL)};
    const GumboVector *children = &output->root->v.element.children;
    for (unsigned i = 0; i < children->length; i++) {
        reparse_node(&reparse, children->data[i]);
    }
    gumbo_destroy_output(&options, output);
    if (strcmp(reparse.out->str, markup) != 0) {
        g_string_append_printf(reparse.bad, "read back as: %s\nwritten as:   %s\n",
                               reparse.out->str, markup);
    }
    g_string_free(reparse.out, TRUE);
    char *content = g_string_free(reparse.text, FALSE);
    if (text != NULL) {
        *text = content;
    } else {
        g_free(content);
    }
    gboolean clean = reparse.bad->len == 0;
    char *bad = g_string_free(reparse.bad, FALSE);
    if (clean) {
        g_free(bad);
        return NULL;
    }
    return bad;
}
