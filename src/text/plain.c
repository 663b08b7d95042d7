/*
 * Markup to text, by the sanitiser's own token reader: its output has every tag closed, so a small
 * stack of lists and quotations is all that is needed. Excerpts and counting are plain_excerpt.c.
 */
#include "text/plain.h"

#include "text/sanitise.h"
#include "text/sanitise_token.h"

#include <string.h>

#define LEVELS (SANITISE_DEPTH_LIMIT + 1)

/* What prose leaves out with all it holds. */
#define NOT_PROSE                                                                                  \
    (ELEMENT_BIT(ELEMENT_FIGURE) | ELEMENT_BIT(ELEMENT_TABLE) | ELEMENT_BIT(ELEMENT_SECTION) |     \
     ELEMENT_BIT(ELEMENT_PRE))

typedef struct {
    PlainForm form;
    GString *out;
    GString *prefix; /* of each line: "> " and the indentation of items */
    GString *scratch;
    unsigned pending;   /* line breaks to write before the next text */
    bool blank_pending; /* a blank to write before the next word */
    bool item_fresh;    /* an item's mark was just written: no break before its first block */
    Element left_out;   /* the element that is being left out; ELEMENT_NONE: none */
    unsigned left_out_depth;
    unsigned preformatted;
    bool cell_before;
    bool footnote; /* inside the mark of one */
    unsigned level;

    struct {
        guint16 prefix_length;
        bool ordered;
        guint number;
    } levels[LEVELS];

    GString *link; /* address of the present link, if it has a host; else empty */
} Plain;

static void ask_break(Plain *plain, unsigned lines)
{
    unsigned most = plain->form == PLAIN_PROSE ? 1 : 2;
    if (!plain->item_fresh) {
        plain->pending = MAX(plain->pending, MIN(lines, most));
    }
    plain->blank_pending = false;
}

static void write_prefix(Plain *plain, bool trailing)
{
    size_t length = plain->prefix->len;
    while (!trailing && length > 0 && plain->prefix->str[length - 1] == ' ') {
        length--;
    }
    g_string_append_len(plain->out, plain->prefix->str, (gssize)length);
}

static void write_breaks(Plain *plain)
{
    bool first = plain->out->len == 0;
    for (; plain->pending > 0 && !first; plain->pending--) {
        g_string_append_c(plain->out, '\n');
        write_prefix(plain, plain->pending == 1);
    }
    if (first) {
        write_prefix(plain, true);
    }
    plain->pending = 0;
    plain->item_fresh = false;
}

static void write_words(Plain *plain, const char *words, size_t length)
{
    if (plain->pending > 0 || plain->out->len == 0) {
        write_breaks(plain);
    } else if (plain->blank_pending) {
        g_string_append_c(plain->out, ' ');
    }
    plain->blank_pending = false;
    plain->item_fresh = false;
    g_string_append_len(plain->out, words, (gssize)length);
}

static void write_preformatted(Plain *plain, const char *text)
{
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (length > 0) {
            write_words(plain, line, length);
        }
        line += length;
        if (*line == '\n') {
            plain->pending++;
            line++;
        }
    }
}

static void write_text(Plain *plain, const HtmlToken *token)
{
    HtmlAttribute text = {.value = token->text, .value_length = (guint32)token->length};
    html_attribute_value(&text, plain->scratch);
    if (plain->preformatted > 0) {
        write_preformatted(plain, plain->scratch->str);
        return;
    }
    for (const char *p = plain->scratch->str; *p != '\0';) {
        size_t blanks = strspn(p, " \n\t");
        plain->blank_pending = plain->blank_pending || blanks > 0;
        p += blanks;
        size_t length = strcspn(p, " \n\t");
        if (length > 0) {
            write_words(plain, p, length);
        }
        p += length;
    }
}

static const HtmlAttribute *find_attribute(const HtmlToken *token, const char *name)
{
    for (unsigned i = 0; i < token->attribute_count; i++) {
        const HtmlAttribute *attribute = &token->attributes[i];
        if (attribute->name_length == strlen(name) &&
            memcmp(attribute->name, name, attribute->name_length) == 0) {
            return attribute;
        }
    }
    return NULL;
}

static bool has_class(const HtmlToken *token, const char *class)
{
    const HtmlAttribute *attribute = find_attribute(token, "class");
    return attribute != NULL && attribute->value_length == strlen(class) &&
           memcmp(attribute->value, class, attribute->value_length) == 0;
}

static void push_level(Plain *plain, bool ordered, const char *prefix)
{
    if (plain->level < LEVELS) {
        plain->levels[plain->level].prefix_length = (guint16)plain->prefix->len;
        plain->levels[plain->level].ordered = ordered;
        plain->levels[plain->level].number = 0;
    }
    plain->level++;
    g_string_append(plain->prefix, prefix);
}

static void pop_level(Plain *plain)
{
    if (plain->level > 0 && --plain->level < LEVELS) {
        g_string_truncate(plain->prefix, plain->levels[plain->level].prefix_length);
    }
}

static void start_item(Plain *plain)
{
    char mark[16] = "- ";
    ask_break(plain, 1);
    if (plain->form == PLAIN_PROSE || plain->level == 0 || plain->level > LEVELS) {
        return;
    }
    if (plain->levels[plain->level - 1].ordered) {
        g_snprintf(mark, sizeof mark, "%u. ", ++plain->levels[plain->level - 1].number);
    }
    g_string_truncate(plain->prefix, plain->levels[plain->level - 1].prefix_length);
    write_words(plain, mark, strlen(mark));
    g_string_append_printf(plain->prefix, "%*s", (int)strlen(mark), "");
    plain->item_fresh = true;
}

static void start_list(Plain *plain, const HtmlToken *token)
{
    bool ordered = token->rule->element == ELEMENT_OL;
    ask_break(plain, plain->level == 0 ? 2 : 1);
    push_level(plain, ordered, "");
    const HtmlAttribute *start = find_attribute(token, "start");
    if (ordered && start != NULL && plain->level <= LEVELS) {
        html_attribute_value(start, plain->scratch);
        plain->levels[plain->level - 1].number =
            (guint)g_ascii_strtoll(plain->scratch->str, NULL, 10) - 1u;
    }
}

static void start_link(Plain *plain, const HtmlToken *token)
{
    const HtmlAttribute *href = find_attribute(token, "href");
    g_string_truncate(plain->link, 0);
    if (plain->form != PLAIN_EDITION || href == NULL) {
        return;
    }
    html_attribute_value(href, plain->link);
    if (strstr(plain->link->str, "://") == NULL) {
        g_string_truncate(plain->link, 0);
    }
}

/* The address, unless it is what the link says already. */
static void end_link(Plain *plain)
{
    if (plain->link->len == 0) {
        return;
    }
    if (!g_str_has_suffix(plain->out->str, plain->link->str)) {
        g_string_append_printf(plain->out, " <%s>", plain->link->str);
    }
    g_string_truncate(plain->link, 0);
}

static void write_image(Plain *plain, const HtmlToken *token)
{
    const HtmlAttribute *alt = find_attribute(token, "alt");
    if (plain->form == PLAIN_PROSE || alt == NULL || alt->value_length == 0) {
        return;
    }
    html_attribute_value(alt, plain->scratch);
    g_string_prepend_c(plain->scratch, '[');
    g_string_append_c(plain->scratch, ']');
    write_words(plain, plain->scratch->str, plain->scratch->len);
}

static void start_cell(Plain *plain)
{
    if (plain->cell_before) {
        write_words(plain, " | ", 3);
        plain->blank_pending = false;
    }
    plain->cell_before = true;
}

static void start(Plain *plain, const HtmlToken *token)
{
    switch (token->rule->element) {
    case ELEMENT_BR:
        ask_break(plain, 1);
        break;
    case ELEMENT_HR:
        ask_break(plain, 2);
        if (plain->form == PLAIN_EDITION) {
            write_words(plain, "* * *", 5);
            ask_break(plain, 2);
        }
        break;
    case ELEMENT_IMG:
        write_image(plain, token);
        break;
    case ELEMENT_A:
        start_link(plain, token);
        break;
    case ELEMENT_SUP:
        plain->footnote = has_class(token, "fn");
        if (plain->footnote) {
            write_words(plain, "[", 1);
        }
        break;
    case ELEMENT_UL:
    case ELEMENT_OL:
        start_list(plain, token);
        break;
    case ELEMENT_LI:
        start_item(plain);
        break;
    case ELEMENT_BLOCKQUOTE:
        ask_break(plain, 2);
        push_level(plain, false, plain->form == PLAIN_EDITION ? "> " : "");
        break;
    case ELEMENT_TR:
        ask_break(plain, 1);
        plain->cell_before = false;
        break;
    case ELEMENT_TD:
    case ELEMENT_TH:
        start_cell(plain);
        break;
    case ELEMENT_THEAD:
    case ELEMENT_TBODY:
    case ELEMENT_TFOOT:
    case ELEMENT_FIGCAPTION:
        ask_break(plain, 1);
        break;
    case ELEMENT_PRE:
        ask_break(plain, 2);
        plain->preformatted++;
        break;
    default:
        if (token->rule->kind == RULE_BLOCK) {
            ask_break(plain, 2);
        }
    }
}

static void end(Plain *plain, const Rule *rule)
{
    switch (rule->element) {
    case ELEMENT_A:
        end_link(plain);
        break;
    case ELEMENT_SUP:
        if (plain->footnote) {
            g_string_append_c(plain->out, ']');
            plain->footnote = false;
        }
        break;
    case ELEMENT_UL:
    case ELEMENT_OL:
        pop_level(plain);
        plain->item_fresh = false;
        ask_break(plain, plain->level == 0 ? 2 : 1);
        break;
    case ELEMENT_BLOCKQUOTE:
        pop_level(plain);
        ask_break(plain, 2);
        break;
    case ELEMENT_PRE:
        plain->preformatted--;
        plain->pending = 2;
        break;
    case ELEMENT_LI:
        plain->item_fresh = false;
        ask_break(plain, 1);
        break;
    case ELEMENT_TD:
    case ELEMENT_TH:
    case ELEMENT_TR:
    case ELEMENT_THEAD:
    case ELEMENT_TBODY:
    case ELEMENT_TFOOT:
        break;
    default:
        if (rule->kind == RULE_BLOCK) {
            ask_break(plain, 2);
        }
    }
}

/* Whether the element and all it holds is left out of this form. */
static bool is_left_out(const Plain *plain, const HtmlToken *token)
{
    Element element = token->rule->element;
    if (element == ELEMENT_A) {
        return has_class(token, "fn-back");
    }
    if (plain->form == PLAIN_EDITION) {
        return false;
    }
    return (ELEMENT_BIT(element) & NOT_PROSE) != 0 ||
           (element == ELEMENT_SUP && has_class(token, "fn"));
}

/* Counts tags of the element that is left out until it is closed; false if none is. */
static bool pass_over(Plain *plain, const HtmlToken *token)
{
    if (plain->left_out == ELEMENT_NONE) {
        return false;
    }
    if (token->type == HTML_TOKEN_TEXT || token->rule->element != plain->left_out) {
        return true;
    }
    plain->left_out_depth += token->type == HTML_TOKEN_START ? 1u : (unsigned)-1;
    if (plain->left_out_depth == 0) {
        ask_break(plain, token->rule->kind == RULE_BLOCK ? 2 : 0);
        plain->left_out = ELEMENT_NONE;
    }
    return true;
}

static void take(Plain *plain, const HtmlToken *token)
{
    if (pass_over(plain, token)) {
        return;
    }
    if (token->type == HTML_TOKEN_TEXT) {
        write_text(plain, token);
    } else if (token->type == HTML_TOKEN_END) {
        end(plain, token->rule);
    } else if (is_left_out(plain, token)) {
        plain->left_out = token->rule->element;
        plain->left_out_depth = 1;
    } else {
        start(plain, token);
    }
}

char *plain_from_html(const SafeHtml *html, PlainForm form)
{
    const char *markup = safe_html_markup(html);
    size_t length = strlen(markup);
    HtmlReader reader = {markup, markup + length};
    HtmlToken token;
    Plain plain = {.form = form,
                   .out = g_string_sized_new(length),
                   .prefix = g_string_new(NULL),
                   .scratch = g_string_new(NULL),
                   .link = g_string_new(NULL)};
    while (html_reader_next(&reader, &token)) {
        if (token.type == HTML_TOKEN_TEXT || token.rule != NULL) {
            take(&plain, &token);
        }
    }
    g_string_free(plain.prefix, TRUE);
    g_string_free(plain.scratch, TRUE);
    g_string_free(plain.link, TRUE);
    return g_strchomp(g_string_free(plain.out, FALSE));
}
