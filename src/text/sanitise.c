/*
 * The sanitiser's main loop: tokens in, tree out, and what is dropped with its content. The parts:
 * sanitise_token.c reads, sanitise_rules.c judges, sanitise_attribute.c and sanitise_picture.c
 * write start tags, sanitise_tree.c nests and writes. Markdown is markdown.c.
 */
#include "text/sanitise.h"

#include "base/error.h"
#include "base/limits.h"
#include "text/encoding.h"
#include "text/sanitise_attribute.h"
#include "text/sanitise_tree.h"
#include "text/sanitise_url.h"

#include <string.h>

#define OUTPUT_LIMIT (2u * LIMIT_BODY)

typedef struct {
    HtmlReader reader;
    TagWriter writer;
    HtmlTree tree;
    HtmlToken token;
    HtmlToken skipped; /* scratch of skip_nested */
    GString *tag;
    GString *link;
    GString *alt;
    const Rule *unclosed[16]; /* elements whose end tag was looked for in vain */
    unsigned unclosed_count;
} Sanitiser;

/* A link with a text of our making. */
static void add_link(Sanitiser *sanitiser, const char *url, const char *text)
{
    static const Rule own = {"a", RULE_INLINE, ELEMENT_A};
    g_autoptr(GString) escaped = g_string_new(NULL);
    html_escape_text(escaped, text, strlen(text));
    bool in_link = html_tree_has_inline(&sanitiser->tree, ELEMENT_A);
    if (!in_link) {
        tag_write_link(sanitiser->tag, url);
        html_tree_inline(&sanitiser->tree, ELEMENT_A, &own, sanitiser->tag, 0, 0);
    }
    html_tree_text(&sanitiser->tree, escaped->str, escaped->len);
    if (!in_link) {
        html_tree_end(&sanitiser->tree, &own);
    }
}

static void add_picture(Sanitiser *sanitiser)
{
    if (tag_write_picture(&sanitiser->writer, &sanitiser->token, sanitiser->tag, sanitiser->link,
                          sanitiser->alt)) {
        html_tree_void(&sanitiser->tree, ELEMENT_IMG, sanitiser->tag);
        return;
    }
    if (sanitiser->link->len > 0) {
        g_strstrip(sanitiser->alt->str);
        sanitiser->alt->len = strlen(sanitiser->alt->str);
        if (sanitiser->alt->len == 0) {
            url_append_host(sanitiser->alt, sanitiser->link->str);
        }
        add_link(sanitiser, sanitiser->link->str, sanitiser->alt->str);
    }
}

static void notice_dropped(Sanitiser *sanitiser, const Rule *rule)
{
    tag_notice(&sanitiser->writer, SANITISE_ELEMENT_DROPPED, rule->name);
}

static bool ends_foreign(const HtmlToken *token)
{
    return token->type == HTML_TOKEN_START && token->rule != NULL &&
           token->rule->kind <= RULE_VOID && token->rule->element != ELEMENT_A;
}

/* Moves behind the end tag of the element just started; false, nothing moved, if there is none. */
static bool skip_nested(Sanitiser *sanitiser, const Rule *rule)
{
    HtmlReader reader = sanitiser->reader;
    HtmlToken *token = &sanitiser->skipped;
    const char *before = reader.at;
    for (unsigned depth = 1; html_reader_next(&reader, token); before = reader.at) {
        if (rule->kind == RULE_DROP_FOREIGN && ends_foreign(token)) {
            sanitiser->reader.at = before;
            return true;
        }
        if (token->type == HTML_TOKEN_TEXT || token->rule == NULL) {
            continue;
        }
        if (token->rule == rule) {
            depth += token->type == HTML_TOKEN_END ? (unsigned)-1 : !token->self_closing;
        } else if (token->type == HTML_TOKEN_START && !token->self_closing &&
                   (token->rule->kind == RULE_DROP_RAW || token->rule->kind == RULE_EMBED)) {
            html_reader_skip_raw(&reader, token->text, token->length);
        }
        if (depth == 0) {
            sanitiser->reader = reader;
            return true;
        }
    }
    return false;
}

static bool is_unclosed(const Sanitiser *sanitiser, const Rule *rule)
{
    for (unsigned i = 0; i < sanitiser->unclosed_count; i++) {
        if (sanitiser->unclosed[i] == rule) {
            return true;
        }
    }
    return false;
}

/* An element that is never closed drops its tag only; so each is searched to the end once. */
static void drop_nested(Sanitiser *sanitiser, const Rule *rule)
{
    notice_dropped(sanitiser, rule);
    if ((rule->kind == RULE_DROP_FOREIGN && sanitiser->token.self_closing) ||
        is_unclosed(sanitiser, rule)) {
        return;
    }
    if (!skip_nested(sanitiser, rule) &&
        sanitiser->unclosed_count < G_N_ELEMENTS(sanitiser->unclosed)) {
        sanitiser->unclosed[sanitiser->unclosed_count++] = rule;
    }
}

static void drop_raw(Sanitiser *sanitiser)
{
    const HtmlToken *token = &sanitiser->token;
    html_reader_skip_raw(&sanitiser->reader, token->text, token->length);
    notice_dropped(sanitiser, token->rule);
}

/* A film or map from elsewhere: no frame, but a way to it. */
static void add_embed(Sanitiser *sanitiser)
{
    static const Rule own = {"p", RULE_BLOCK, ELEMENT_P};
    const HtmlToken *token = &sanitiser->token;
    for (unsigned i = 0; i < token->attribute_count; i++) {
        const HtmlAttribute *attribute = &token->attributes[i];
        if (attribute->name_length != 3 || g_ascii_strncasecmp(attribute->name, "src", 3) != 0) {
            continue;
        }
        html_attribute_value(attribute, sanitiser->link);
        if (url_clean(sanitiser->link) == URL_WEB) {
            g_autoptr(GString) host = g_string_new(NULL);
            url_append_host(host, sanitiser->link->str);
            g_string_assign(sanitiser->tag, "<p>");
            html_tree_block(&sanitiser->tree, ELEMENT_P, &own, sanitiser->tag);
            add_link(sanitiser, sanitiser->link->str, host->str);
            html_tree_end(&sanitiser->tree, &own);
        }
        break;
    }
    drop_raw(sanitiser);
}

static void add_start(Sanitiser *sanitiser)
{
    const HtmlToken *token = &sanitiser->token;
    const Rule *rule = token->rule;
    Tag tag;
    switch (rule->kind) {
    case RULE_BLOCK:
        tag = tag_write(&sanitiser->writer, token, sanitiser->tag);
        html_tree_block(&sanitiser->tree, tag.element, rule, sanitiser->tag);
        break;
    case RULE_INLINE:
        tag = tag_write(&sanitiser->writer, token, sanitiser->tag);
        html_tree_inline(&sanitiser->tree, tag.element, rule, sanitiser->tag, tag.id,
                         tag.id_length);
        break;
    case RULE_VOID:
        if (rule->element == ELEMENT_IMG) {
            add_picture(sanitiser);
        } else {
            tag = tag_write(&sanitiser->writer, token, sanitiser->tag);
            html_tree_void(&sanitiser->tree, tag.element, sanitiser->tag);
        }
        break;
    case RULE_EMBED:
        add_embed(sanitiser);
        break;
    case RULE_DROP_RAW:
        drop_raw(sanitiser);
        break;
    default:
        drop_nested(sanitiser, rule);
    }
}

static void sanitiser_init(Sanitiser *sanitiser, const char *html, size_t length,
                           const SanitiseResolver *resolver, GString *out)
{
    sanitiser->reader = (HtmlReader){html, html + length};
    tag_writer_init(&sanitiser->writer, resolver);
    html_tree_init(&sanitiser->tree, out);
    sanitiser->tag = g_string_sized_new(128);
    sanitiser->link = g_string_sized_new(64);
    sanitiser->alt = g_string_sized_new(64);
    sanitiser->unclosed_count = 0;
}

static void sanitiser_clear(Sanitiser *sanitiser)
{
    tag_writer_clear(&sanitiser->writer);
    html_tree_clear(&sanitiser->tree);
    g_string_free(sanitiser->tag, TRUE);
    g_string_free(sanitiser->link, TRUE);
    g_string_free(sanitiser->alt, TRUE);
}

/* False if the output passes its ceiling. */
static bool run(Sanitiser *sanitiser, const GString *out)
{
    HtmlToken *token = &sanitiser->token;
    while (html_reader_next(&sanitiser->reader, token)) {
        if (token->type == HTML_TOKEN_TEXT) {
            html_tree_text(&sanitiser->tree, token->text, token->length);
        } else if (token->rule == NULL) {
            continue;
        } else if (token->type == HTML_TOKEN_START) {
            add_start(sanitiser);
        } else {
            html_tree_end(&sanitiser->tree, token->rule);
        }
        if (out->len > OUTPUT_LIMIT) {
            return false;
        }
    }
    html_tree_finish(&sanitiser->tree);
    return true;
}

bool sanitise_own_html(const char *html, size_t length, const SanitiseResolver *resolver,
                       SafeHtml *out, GError **error)
{
    Sanitiser sanitiser;
    GString *markup = g_string_sized_new(length + length / 8 + 64);
    sanitiser_init(&sanitiser, html, length, resolver, markup);
    bool fits = run(&sanitiser, markup);
    sanitiser_clear(&sanitiser);
    if (!fits) {
        g_string_free(markup, TRUE);
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the body makes more than %u MB of HTML; divide it into several stories",
                    OUTPUT_LIMIT / 1024 / 1024);
    }
    *out = safe_html_from_already_safe_markup(g_string_free(markup, FALSE));
    return true;
}

bool sanitise_html(const char *html, size_t length, const SanitiseResolver *resolver, SafeHtml *out,
                   GError **error)
{
    if (length > LIMIT_BODY) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the body has %zu bytes, more than the %u MB that a story may have", length,
                    LIMIT_BODY / 1024 / 1024);
    }
    if (!encoding_check(html, length, "body", error)) {
        return false;
    }
    return sanitise_own_html(html, length, resolver, out, error);
}
