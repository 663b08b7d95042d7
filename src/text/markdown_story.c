/*
 * Kolokol's own forms: figures, embeds and pull quotes, found in the parsed tree. What ordinary
 * Markdown becomes is markdown_render.c.
 */
#include "text/markdown_render.h"
#include "text/sanitise_url.h"

#include <string.h>

/* The image of a figure: the node itself, or the only content of a link. */
static cmark_node *image_of(cmark_node *node)
{
    if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) {
        return node;
    }
    cmark_node *child = cmark_node_first_child(node);
    if (cmark_node_get_type(node) == CMARK_NODE_LINK && child != NULL &&
        cmark_node_get_type(child) == CMARK_NODE_IMAGE && cmark_node_next(child) == NULL) {
        return child;
    }
    return NULL;
}

static bool is_break(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

/* "Caption | Photographer / AGENCY" in the image's title. */
static void append_caption(GString *out, const char *title)
{
    const char *bar = strrchr(title, '|');
    g_autofree char *caption =
        bar == NULL ? g_strdup(title) : g_strndup(title, (gsize)(bar - title));
    g_autofree char *credit = g_strdup(bar == NULL ? "" : bar + 1);
    g_strstrip(caption);
    g_strstrip(credit);
    if (*caption == '\0' && *credit == '\0') {
        return;
    }
    g_string_append(out, "<figcaption>");
    html_escape_text(out, caption, strlen(caption));
    if (*credit != '\0') {
        g_string_append(out,
                        *caption == '\0' ? "<span class=\"credit\">" : " <span class=\"credit\">");
        html_escape_text(out, credit, strlen(credit));
        g_string_append(out, "</span>");
    }
    g_string_append(out, "</figcaption>");
}

/* A picture of ours that the resolver does not know leaves no empty frame behind. */
static bool is_missing(const MarkdownRenderer *renderer, cmark_node *image)
{
    const SanitiseResolver *resolver = renderer->options->resolver;
    g_autoptr(GString) url = g_string_new(cmark_node_get_url(image));
    UrlKind kind = url_clean(url);
    if (resolver == NULL || resolver->picture == NULL) {
        return kind == URL_MEDIA;
    }
    if (kind != URL_RELATIVE && kind != URL_MEDIA) {
        return false;
    }
    g_auto(SanitisePicture) picture = {0};
    if (resolver->picture(url->str, &picture, resolver->data)) {
        return false;
    }
    if (resolver->notice != NULL) {
        resolver->notice(SANITISE_PICTURE_MISSING, url->str, resolver->data);
    }
    return true;
}

/* The link round a still picture, with the name of the host it leads to. */
static void append_embed(MarkdownRenderer *renderer, cmark_node *link, cmark_node *image,
                         bool missing)
{
    GString *out = renderer->out;
    g_autoptr(GString) url = g_string_new(cmark_node_get_url(link));
    bool web = url_clean(url) == URL_WEB;
    g_string_append(out, web && !missing ? "<figure class=\"embed\"><a"
                         : missing       ? "<p><a"
                                         : "<figure><a");
    markdown_append_attribute(out, "href", url->str);
    g_string_append_c(out, '>');
    if (!missing) {
        markdown_append_image(renderer, image);
    }
    if (web || missing) {
        g_autoptr(GString) host = g_string_new(NULL);
        url_append_host(host, url->str);
        g_string_append(out, "<span class=\"host\">");
        html_escape_text(out, host->str, host->len);
        g_string_append(out, "</span>");
    }
    g_string_append(out, "</a>");
}

static void append_figure(MarkdownRenderer *renderer, cmark_node *node)
{
    cmark_node *image = image_of(node);
    bool missing = is_missing(renderer, image);
    if (node != image) {
        append_embed(renderer, node, image, missing);
    } else if (!missing) {
        g_string_append(renderer->out, "<figure>");
        markdown_append_image(renderer, image);
    }
    if (!missing) {
        append_caption(renderer->out, cmark_node_get_title(image));
        g_string_append(renderer->out, "</figure>\n");
    } else if (node != image) {
        g_string_append(renderer->out, "</p>\n");
    }
}

bool markdown_append_figures(MarkdownRenderer *renderer, cmark_node *paragraph)
{
    cmark_node *node = cmark_node_first_child(paragraph);
    if (node == NULL || image_of(node) == NULL) {
        return false;
    }
    for (; node != NULL; node = cmark_node_next(node)) {
        if (image_of(node) == NULL && !is_break(node)) {
            return false;
        }
    }
    for (node = cmark_node_first_child(paragraph); node != NULL; node = cmark_node_next(node)) {
        if (!is_break(node)) {
            append_figure(renderer, node);
        }
    }
    return true;
}

bool markdown_take_pull_mark(cmark_node *quotation)
{
    cmark_node *paragraph = cmark_node_first_child(quotation);
    cmark_node *mark = paragraph != NULL && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH
                           ? cmark_node_first_child(paragraph)
                           : NULL;
    if (mark == NULL || cmark_node_get_type(mark) != CMARK_NODE_TEXT ||
        strcmp(cmark_node_get_literal(mark), "!pull") != 0) {
        return false;
    }
    cmark_node *after = cmark_node_next(mark);
    if (after != NULL && !is_break(after)) {
        return false;
    }
    cmark_node_free(mark);
    if (after == NULL) {
        cmark_node_free(paragraph);
    } else {
        cmark_node_free(after);
    }
    return true;
}
