/*
 * img: the resolver's picture, or a relative address as it stands, or no picture.
 */
#include "text/sanitise_attribute.h"
#include "text/sanitise_url.h"

#include <string.h>

void sanitise_picture_clear(SanitisePicture *picture)
{
    g_clear_pointer(&picture->url, g_free);
    g_clear_pointer(&picture->type, g_free);
    g_clear_pointer(&picture->srcset, g_free);
    g_clear_pointer(&picture->sizes, g_free);
}

/* Replaces `out` by the value of an attribute; empty if there is none. */
static void read_attribute(const HtmlToken *token, AttributeKind kind, GString *out)
{
    g_string_truncate(out, 0);
    for (unsigned i = 0; i < token->attribute_count; i++) {
        const HtmlAttribute *attribute = &token->attributes[i];
        const AttributeRule *rule =
            attribute_rule_find(attribute->name, attribute->name_length, ELEMENT_IMG);
        if (rule != NULL && rule->kind == kind) {
            html_attribute_value(attribute, out);
            return;
        }
    }
}

static unsigned read_size(const HtmlToken *token, AttributeKind kind, GString *value)
{
    guint64 size = 0;
    read_attribute(token, kind, value);
    return value->len > 0 && value->len <= 5 &&
                   g_ascii_string_to_unsigned(value->str, 10, 1, 99999, &size, NULL)
               ? (unsigned)size
               : 0;
}

/* Fills `picture` for the address in writer->value; what it may be is decided here. */
static bool resolve(TagWriter *writer, const HtmlToken *token, UrlKind kind,
                    SanitisePicture *picture)
{
    const SanitiseResolver *resolver = writer->resolver;
    if (resolver->picture != NULL) {
        return resolver->picture(writer->value->str, picture, resolver->data) &&
               picture->url != NULL;
    }
    if (kind != URL_RELATIVE) {
        return false;
    }
    picture->url = g_strdup(writer->value->str);
    picture->width = read_size(token, ATTRIBUTE_WIDTH, writer->value);
    picture->height = read_size(token, ATTRIBUTE_HEIGHT, writer->value);
    return true;
}

static void append_quoted(GString *out, const char *name, const char *value)
{
    if (value != NULL) {
        g_string_append(out, name);
        html_escape_attribute(out, value, strlen(value));
        g_string_append_c(out, '"');
    }
}

static void write_picture(const SanitisePicture *picture, const char *alt, GString *out)
{
    g_string_truncate(out, 0);
    if (picture->srcset != NULL) {
        g_string_append(out, "<picture><source");
        append_quoted(out, " type=\"", picture->type);
        append_quoted(out, " srcset=\"", picture->srcset);
        append_quoted(out, " sizes=\"", picture->sizes);
        g_string_append_c(out, '>');
    }
    append_quoted(out, "<img src=\"", picture->url);
    append_quoted(out, " alt=\"", alt);
    if (picture->width > 0 && picture->height > 0) {
        g_string_append_printf(out, " width=\"%u\" height=\"%u\"", picture->width, picture->height);
    }
    g_string_append(out, " loading=\"lazy\">");
    if (picture->srcset != NULL) {
        g_string_append(out, "</picture>");
    }
}

bool tag_write_picture(TagWriter *writer, const HtmlToken *token, GString *out, GString *link,
                       GString *alt)
{
    g_auto(SanitisePicture) picture = {0};
    read_attribute(token, ATTRIBUTE_ALT, alt);
    read_attribute(token, ATTRIBUTE_SRC, writer->value);
    g_string_truncate(link, 0);
    UrlKind kind = url_clean(writer->value);
    if (kind != URL_RELATIVE && kind != URL_WEB && kind != URL_MEDIA) {
        tag_notice(writer, SANITISE_PICTURE_MISSING, writer->value->str);
        return false;
    }
    g_autofree char *written = g_strdup(writer->value->str);
    if (resolve(writer, token, kind, &picture)) {
        write_picture(&picture, alt->str, out);
        return true;
    }
    if (kind == URL_WEB) {
        g_string_assign(link, written);
    }
    tag_notice(writer, kind == URL_WEB ? SANITISE_PICTURE_REMOTE : SANITISE_PICTURE_MISSING,
               written);
    return false;
}
