/* The pictures of HTML: text_picture.h. The tokens are the sanitiser's own (sanitise_token.h). */
#include "text/text_picture.h"

#include "text/sanitise_token.h"

#include <string.h>

static void picture_free(TextPicture *picture)
{
    g_free(picture->url);
    g_free(picture->alt);
    g_free(picture->title);
    g_free(picture);
}

GPtrArray *text_pictures_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)picture_free);
}

static char *attribute(const HtmlToken *token, AttributeKind kind)
{
    g_autoptr(GString) value = g_string_new(NULL);
    for (unsigned i = 0; i < token->attribute_count; i++) {
        const HtmlAttribute *found = &token->attributes[i];
        const AttributeRule *rule =
            attribute_rule_find(found->name, found->name_length, ELEMENT_IMG);
        if (rule != NULL && rule->kind == kind) {
            html_attribute_value(found, value);
            break;
        }
    }
    return g_strstrip(g_string_free(g_steal_pointer(&value), FALSE));
}

/* Where in the list the pictures of the open figure begin, and what its caption says. */
typedef struct {
    GPtrArray *pictures;
    guint first;
    bool in_figure, in_caption, said;
} Figure;

/* All pictures of a figure have its caption, which may stand before or behind them. */
static void figure_end(Figure *figure)
{
    for (guint i = figure->first; figure->in_figure && i < figure->pictures->len; i++) {
        TextPicture *picture = figure->pictures->pdata[i];
        picture->captioned = figure->said;
    }
    figure->in_figure = figure->in_caption = figure->said = false;
}

static void start(Figure *figure, const HtmlToken *token, HtmlReader *reader)
{
    const Rule *rule = token->rule;
    if (rule == NULL) {
        return;
    }
    if (rule->kind == RULE_DROP_RAW || rule->kind == RULE_EMBED) {
        html_reader_skip_raw(reader, token->text, token->length);
    } else if (rule->element == ELEMENT_FIGURE) {
        figure_end(figure);
        figure->in_figure = true;
        figure->first = figure->pictures->len;
    } else if (rule->element == ELEMENT_FIGCAPTION) {
        figure->in_caption = figure->in_figure;
    } else if (rule->element == ELEMENT_IMG) {
        TextPicture *picture = g_new(TextPicture, 1);
        *picture = (TextPicture){.url = attribute(token, ATTRIBUTE_SRC),
                                 .alt = attribute(token, ATTRIBUTE_ALT),
                                 .title = g_strdup("")};
        g_ptr_array_add(figure->pictures, picture);
    }
}

static void end(Figure *figure, const Rule *rule)
{
    if (rule != NULL && rule->element == ELEMENT_FIGURE) {
        figure_end(figure);
    } else if (rule != NULL && rule->element == ELEMENT_FIGCAPTION) {
        figure->in_caption = false;
    }
}

static bool has_words(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isspace(text[i])) {
            return true;
        }
    }
    return false;
}

void html_pictures(const char *html, size_t length, GPtrArray *pictures)
{
    HtmlReader reader = {.at = html, .end = html + length};
    Figure figure = {.pictures = pictures};
    HtmlToken token;
    while (html_reader_next(&reader, &token)) {
        if (token.type == HTML_TOKEN_START) {
            start(&figure, &token, &reader);
        } else if (token.type == HTML_TOKEN_END) {
            end(&figure, token.rule);
        } else if (figure.in_caption && has_words(token.text, token.length)) {
            figure.said = true;
        }
    }
    figure_end(&figure);
}
