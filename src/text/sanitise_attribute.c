/*
 * Attributes that need no look outside: ids, classes, languages, numbers, and links. Pictures are
 * sanitise_picture.c; which attribute may stand where is sanitise_rules.c.
 */
#include "text/sanitise_attribute.h"

#include "text/sanitise_url.h"

#include <string.h>

#define REL " rel=\"noopener noreferrer\""

void tag_writer_init(TagWriter *writer, const SanitiseResolver *resolver)
{
    static const SanitiseResolver none = {0};
    writer->resolver = resolver == NULL ? &none : resolver;
    writer->value = g_string_sized_new(128);
    writer->ids = NULL;
}

void tag_writer_clear(TagWriter *writer)
{
    g_string_free(writer->value, TRUE);
    g_clear_pointer(&writer->ids, g_hash_table_unref);
}

void tag_notice(const TagWriter *writer, SanitiseNotice notice, const char *what)
{
    if (writer->resolver->notice != NULL) {
        writer->resolver->notice(notice, what, writer->resolver->data);
    }
}

static void append_attribute(GString *out, const char *name, const char *value, size_t length)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append_len(out, "=\"", 2);
    html_escape_attribute(out, value, length);
    g_string_append_c(out, '"');
}

/* True if the value is 1 to `limit` bytes of letters, digits and `others`. */
static bool is_word(const GString *value, size_t limit, const char *others)
{
    for (size_t i = 0; i < value->len; i++) {
        char c = value->str[i];
        if (!g_ascii_isalnum(c) && (c == '\0' || strchr(others, c) == NULL)) {
            return false;
        }
    }
    return value->len > 0 && value->len <= limit;
}

/* The value as a whole number between the bounds. */
static bool is_number(const GString *value, gint64 least, gint64 most)
{
    gint64 number = 0;
    return value->len <= 9 && g_ascii_string_to_signed(value->str, 10, least, most, &number, NULL);
}

static bool is_one_of(const GString *value, const char *const *words)
{
    return g_strv_contains((const gchar *const *)words, value->str);
}

static bool is_own_id(const char *id)
{
    return g_str_has_prefix(id, "u-") || g_str_has_prefix(id, "fn-") ||
           g_str_has_prefix(id, "fnref-");
}

/* An id as an author may give it; with the prefix it is two longer. */
static bool is_id(const GString *value)
{
    return is_word(value, is_own_id(value->str) ? 66 : 64, "-_");
}

static void write_id(TagWriter *writer, GString *out)
{
    if (!is_id(writer->value)) {
        return;
    }
    if (!is_own_id(writer->value->str)) {
        g_string_prepend(writer->value, "u-");
    }
    if (writer->ids == NULL) {
        writer->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
    if (!g_hash_table_add(writer->ids, g_strdup(writer->value->str))) {
        return; /* an id names one place */
    }
    append_attribute(out, "id", writer->value->str, writer->value->len);
}

static void write_class(TagWriter *writer, Element element, GString *out)
{
    const char *at = writer->value->str;
    while (*at != '\0') {
        size_t length = strcspn(at, " \t\n\r\f");
        if (length > 0 && class_is_known(at, length, element)) {
            append_attribute(out, "class", at, length);
            return;
        }
        at += length + (at[length] == '\0' ? 0 : 1);
    }
}

static void write_fragment(TagWriter *writer, GString *out)
{
    GString *value = writer->value;
    g_string_erase(value, 0, 1);
    if (is_id(value)) {
        g_string_prepend(value, is_own_id(value->str) ? "#" : "#u-");
        append_attribute(out, "href", value->str, value->len);
    }
}

static bool is_web(const char *url)
{
    return g_ascii_strncasecmp(url, "http:", 5) == 0 || g_ascii_strncasecmp(url, "https:", 6) == 0;
}

/* Asks the resolver; its answer is judged like any address. */
static UrlKind resolve_link(const TagWriter *writer, UrlKind kind)
{
    const SanitiseResolver *resolver = writer->resolver;
    if (resolver->link == NULL || (kind != URL_RELATIVE && kind != URL_WEB)) {
        return kind;
    }
    g_autofree char *url = resolver->link(writer->value->str, resolver->data);
    if (url == NULL) {
        return URL_REFUSED;
    }
    g_string_assign(writer->value, url);
    return url_clean(writer->value);
}

/* True if the link leads to another host. */
static bool write_href(TagWriter *writer, GString *out)
{
    UrlKind kind = url_clean(writer->value);
    if (kind == URL_FRAGMENT) {
        write_fragment(writer, out);
        return false;
    }
    g_autofree char *written = g_strdup(writer->value->str);
    kind = resolve_link(writer, kind);
    if (kind == URL_REFUSED || kind == URL_MEDIA) {
        tag_notice(writer, SANITISE_LINK_REFUSED, written);
        return false;
    }
    append_attribute(out, "href", writer->value->str, writer->value->len);
    return kind == URL_WEB;
}

static void write_checked(const GString *value, const char *name, bool good, GString *out)
{
    if (good) {
        append_attribute(out, name, value->str, value->len);
    }
}

static void write_small(const GString *value, const AttributeRule *rule, GString *out)
{
    static const char *const dirs[] = {"ltr", "rtl", "auto", NULL};
    static const char *const scopes[] = {"row", "col", "rowgroup", "colgroup", NULL};
    static const char *const types[] = {"1", "a", "A", "i", "I", NULL};
    switch (rule->kind) {
    case ATTRIBUTE_ARIA_LABEL:
    case ATTRIBUTE_TITLE:
        write_checked(value, rule->name, value->len > 0, out);
        break;
    case ATTRIBUTE_DATETIME:
        write_checked(value, rule->name, is_word(value, 40, "-:+. "), out);
        break;
    case ATTRIBUTE_DIR:
        write_checked(value, rule->name, is_one_of(value, dirs), out);
        break;
    case ATTRIBUTE_LANG:
        write_checked(value, rule->name, is_word(value, 35, "-"), out);
        break;
    case ATTRIBUTE_SCOPE:
        write_checked(value, rule->name, is_one_of(value, scopes), out);
        break;
    case ATTRIBUTE_SPAN:
        write_checked(value, rule->name, is_number(value, 1, 100), out);
        break;
    case ATTRIBUTE_START:
        write_checked(value, rule->name, is_number(value, -999999, 999999), out);
        break;
    case ATTRIBUTE_TYPE:
        write_checked(value, rule->name, is_one_of(value, types), out);
        break;
    default:
        break;
    }
}

/* A name may stand once on a tag; the first one counts (13.2.5.33). */
static bool is_repeated(const HtmlToken *token, unsigned index)
{
    const HtmlAttribute *attribute = &token->attributes[index];
    for (unsigned i = 0; i < index; i++) {
        if (token->attributes[i].name_length == attribute->name_length &&
            g_ascii_strncasecmp(token->attributes[i].name, attribute->name,
                                attribute->name_length) == 0) {
            return true;
        }
    }
    return false;
}

typedef struct {
    size_t id;
    size_t id_length;
    bool web; /* links to another host */
} Written;

static void write_attribute(TagWriter *writer, Element element, const AttributeRule *rule,
                            const HtmlAttribute *attribute, GString *out, Written *written)
{
    html_attribute_value(attribute, writer->value);
    switch (rule->kind) {
    case ATTRIBUTE_CLASS:
        write_class(writer, element, out);
        break;
    case ATTRIBUTE_HREF:
        written->web = write_href(writer, out);
        break;
    case ATTRIBUTE_ID:
        written->id = out->len;
        write_id(writer, out);
        written->id_length = out->len - written->id;
        break;
    case ATTRIBUTE_REVERSED:
        g_string_append(out, " reversed=\"\"");
        break;
    default:
        write_small(writer->value, rule, out);
    }
}

static bool has_class(const HtmlToken *token, Element element)
{
    g_autoptr(GString) value = g_string_new(NULL);
    g_autoptr(GString) scratch = g_string_new(NULL);
    for (unsigned i = 0; i < token->attribute_count; i++) {
        const HtmlAttribute *attribute = &token->attributes[i];
        if (attribute->name_length == 5 && g_ascii_strncasecmp(attribute->name, "class", 5) == 0) {
            html_attribute_value(attribute, value);
            write_class(&(TagWriter){.value = value}, element, scratch);
            return scratch->len > 0;
        }
    }
    return false;
}

/* aside and section mean something only with their class. */
static Element element_of(const HtmlToken *token)
{
    Element element = token->rule->element;
    if ((element == ELEMENT_ASIDE || element == ELEMENT_SECTION) && !has_class(token, element)) {
        return ELEMENT_DIV;
    }
    return element;
}

Tag tag_write(TagWriter *writer, const HtmlToken *token, GString *out)
{
    Element element = element_of(token);
    Written written = {0};
    g_string_assign(out, "<");
    g_string_append(out, element_name(element));
    gsize bare = out->len;
    for (unsigned i = 0; i < token->attribute_count; i++) {
        const HtmlAttribute *attribute = &token->attributes[i];
        const AttributeRule *rule =
            attribute_rule_find(attribute->name, attribute->name_length, element);
        if (rule != NULL && !is_repeated(token, i)) {
            write_attribute(writer, element, rule, attribute, out, &written);
        }
    }
    if (written.web) {
        g_string_append(out, REL);
    }
    if (element == ELEMENT_DIV && g_str_has_suffix(out->str + bare, "class=\"table\"")) {
        g_string_append(out, " tabindex=\"0\""); /* a scroll area must be reachable by keyboard */
    }
    if ((ELEMENT_BIT(element) & ELEMENTS_MARK) != 0 && out->len == bare) {
        return (Tag){ELEMENT_NONE, 0, 0};
    }
    g_string_append_c(out, '>');
    return (Tag){element, written.id, written.id_length};
}

void tag_write_link(GString *out, const char *url)
{
    g_string_assign(out, "<a");
    append_attribute(out, "href", url, strlen(url));
    g_string_append(out, is_web(url) ? REL ">" : ">");
}
