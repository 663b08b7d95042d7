/* A strict reader of the office's pages: office_walk.h. */
#include "office_walk.h"

#include <string.h>

/* The files of a theme have names: the first, the second. */
static const char *part_of(const char *pattern, const char *part)
{
    bool file = strcmp(pattern, ":file") == 0;
    return file && strcmp(part, "1") == 0   ? WALK_FILE
           : file && strcmp(part, "2") == 0 ? "style.css"
                                            : part;
}

char *walk_path(const OfficeRoute *row, const char *part)
{
    GString *path = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit(row->path + 1, "/", -1);
    for (char **one = parts; *one != NULL; one++) {
        g_string_append_printf(path, "/%s", **one == ':' ? part_of(*one, part) : *one);
    }
    return g_string_free(path->len == 0 ? g_string_append_c(path, '/') : path, FALSE);
}

bool walk_matches(const OfficeRoute *row, const char *path)
{
    g_autofree char *bare = g_strndup(path, strcspn(path, "?#"));
    g_auto(GStrv) pattern = g_strsplit(row->path, "/", -1);
    g_auto(GStrv) parts = g_strsplit(bare, "/", -1);
    bool same = g_strv_length(pattern) == g_strv_length(parts);
    for (unsigned i = 0; same && pattern[i] != NULL; i++) {
        same = pattern[i][0] == ':' || strcmp(pattern[i], parts[i]) == 0;
    }
    return same;
}

/* ---- Reading --------------------------------------------------------------------------------- */

typedef struct {
    char *name;
    bool end;
    GHashTable *attributes; /* char * to char *, decoded */
    const char *after;      /* the text behind it */
} Tag;

static void tag_clear(Tag *tag)
{
    g_clear_pointer(&tag->name, g_free);
    g_clear_pointer(&tag->attributes, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tag, tag_clear)

static char *decoded(const char *text, size_t length)
{
    static const char *const entities[][2] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"},
    };
    GString *out = g_string_new_len(text, (gssize)length);
    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++) {
        g_string_replace(out, entities[i][0], entities[i][1], 0);
    }
    return g_string_free(out, FALSE);
}

static const char *word_end(const char *at)
{
    while (g_ascii_islower(*at) || g_ascii_isdigit(*at) || *at == '-' || *at == '_' || *at == ':') {
        at++;
    }
    return at;
}

/* One attribute with its blank before; NULL if it is not written as ours are. */
static const char *read_attribute(const char *at, Tag *tag)
{
    const char *end = word_end(++at);
    if (end == at) {
        return NULL;
    }
    char *name = g_strndup(at, (gsize)(end - at));
    if (end[0] != '=') {
        g_hash_table_insert(tag->attributes, name, g_strdup(""));
        return end;
    }
    size_t length = end[1] == '"' ? strcspn(end + 2, "\"<") : 0;
    if (end[1] != '"' || end[2 + length] != '"') {
        g_free(name);
        return NULL;
    }
    g_hash_table_insert(tag->attributes, name, decoded(end + 2, length));
    return end + 3 + length;
}

/* From a '<' on; false if that is no tag of ours. */
static bool read_tag(const char *at, Tag *tag)
{
    tag_clear(tag);
    tag->attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    at++;
    tag->end = *at == '/';
    at += tag->end;
    const char *end = word_end(at);
    tag->name = g_strndup(at, (gsize)(end - at));
    at = end;
    while (at != NULL && *at == ' ') {
        at = read_attribute(at, tag);
    }
    tag->after = at == NULL ? NULL : at + 1;
    return *tag->name != '\0' && at != NULL && *at == '>';
}

static const char *attribute(const Tag *tag, const char *name)
{
    return g_hash_table_lookup(tag->attributes, name);
}

static char *page_of(const HttpReply *reply)
{
    const char *body = http_reply_body(reply);
    return body == NULL ? g_strdup("") : g_strndup(body, (gsize)http_reply_length(reply));
}

static bool is_html(const HttpReply *reply)
{
    const char *type = http_reply_find(reply, "Content-Type");
    return type != NULL && g_str_has_prefix(type, "text/html");
}

/* ---- Judging --------------------------------------------------------------------------------- */

static const char *const elements[] = {
    "html",       "head",     "meta",     "title",   "link",       "script",   "body",
    "a",          "header",   "main",     "nav",     "ul",         "ol",       "li",
    "p",          "h1",       "h2",       "h3",      "h4",         "div",      "span",
    "form",       "input",    "textarea", "select",  "option",     "optgroup", "button",
    "label",      "small",    "b",        "strong",  "em",         "i",        "q",
    "del",        "ins",      "time",     "table",   "thead",      "tbody",    "tfoot",
    "tr",         "th",       "td",       "caption", "code",       "pre",      "br",
    "hr",         "img",      "svg",      "path",    "details",    "summary",  "fieldset",
    "legend",     "progress", "meter",    "figure",  "figcaption", "dl",       "dt",
    "dd",         "bdi",      "abbr",     "section", "article",    "aside",    "footer",
    "blockquote", "output",   "datalist", "kbd",     "mark",       "sup",      "sub",
    "rect",       "line",     "text",     "g",       "polyline",   "circle",   "template",
    "iframe",     NULL,
};

/* Of this door, of a page, or of a web site: never a script. */
static bool address_good(const char *address)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "#", "?", NULL};
    for (const char *const *scheme = schemes; *scheme != NULL; scheme++) {
        if (g_str_has_prefix(address, *scheme)) {
            return true;
        }
    }
    if (address[0] == '/') {
        return address[1] != '/' && address[1] != '\\';
    }
    return strpbrk(address, ":\\") == NULL;
}

static bool attributes_good(const Tag *tag)
{
    static const char *const addresses[] = {"href", "src", "action", "formaction", "poster", NULL};
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, tag->attributes);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        if (g_str_has_prefix(name, "on") || strcmp(name, "style") == 0 ||
            strcmp(name, "srcdoc") == 0 || strcmp(name, "http-equiv") == 0) {
            return false;
        }
    }
    for (const char *const *one = addresses; *one != NULL; one++) {
        if (attribute(tag, *one) != NULL && !address_good(attribute(tag, *one))) {
            return false;
        }
    }
    return true;
}

/* Scripts and styles are files of ours; a frame shows a page of this door. */
static bool place_good(const Tag *tag)
{
    const char *from = attribute(tag, strcmp(tag->name, "link") == 0 ? "href" : "src");
    if (tag->end) {
        return true;
    }
    if (strcmp(tag->name, "script") == 0) {
        return from != NULL && g_str_has_prefix(from, "/o/") &&
               g_str_has_prefix(tag->after, "</script>");
    }
    if (strcmp(tag->name, "link") == 0) {
        return from != NULL && g_str_has_prefix(from, "/o/");
    }
    return strcmp(tag->name, "iframe") != 0 ||
           (from != NULL && from[0] == '/' && from[1] != '/' && from[1] != '\\');
}

static char *finding(const char *what, const char *at)
{
    return g_strdup_printf("%s: %.160s", what, at);
}

static char *judge_html(const char *page)
{
    g_auto(Tag) tag = {0};
    const char *at = page;
    if (!g_str_has_prefix(page, "<!doctype html>")) {
        return finding("no document", page);
    }
    at += strlen("<!doctype html>");
    while ((at = strchr(at, '<')) != NULL) {
        if (!read_tag(at, &tag)) {
            return finding("no tag of ours", at);
        }
        if (!g_strv_contains(elements, tag.name)) {
            return finding("no element of ours", at);
        }
        if (!attributes_good(&tag) || !place_good(&tag)) {
            return finding("an attribute that does something", at);
        }
        at = tag.after;
    }
    return NULL;
}

char *walk_judge(const HttpReply *reply)
{
    unsigned status = http_reply_status(reply);
    const char *sniff = http_reply_find(reply, "X-Content-Type-Options");
    const char *policy = http_reply_find(reply, "Content-Security-Policy");
    const char *type = http_reply_find(reply, "Content-Type");
    const char *to = http_reply_find(reply, "Location");
    if (status >= 500) {
        g_autofree char *page = page_of(reply);
        return finding("an answer of 5xx", page);
    }
    if (to != NULL && (to[0] != '/' || to[1] == '/' || strpbrk(to, "\r\n\\ ") != NULL)) {
        return finding("it leads away", to);
    }
    if (http_reply_length(reply) == 0) {
        return NULL;
    }
    if (sniff == NULL || type == NULL) {
        return finding("no type, or one to be guessed", type == NULL ? "" : type);
    }
    if (!is_html(reply)) {
        return strstr(type, "svg") != NULL || strstr(type, "xml") != NULL
                   ? finding("a type that runs scripts", type)
                   : NULL;
    }
    g_autofree char *page = page_of(reply);
    return policy == NULL || strstr(policy, "unsafe") != NULL ? finding("no policy", page)
                                                              : judge_html(page);
}

/* ---- Forms ----------------------------------------------------------------------------------- */

static void field_free(WalkField *field)
{
    g_free(field->name);
    g_free(field->type);
    g_free(field->value);
    g_free(field);
}

static void form_free(WalkForm *form)
{
    g_free(form->action);
    g_ptr_array_unref(form->fields);
    g_free(form);
}

static WalkForm *begin_form(const Tag *tag)
{
    const char *method = attribute(tag, "method"), *action = attribute(tag, "action");
    if (g_strcmp0(method, "post") != 0 || action == NULL) {
        return NULL;
    }
    WalkForm *form = g_new(WalkForm, 1);
    form->action = g_strdup(action);
    form->fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
    return form;
}

static WalkField *add_field(WalkForm *form, const Tag *tag, const char *type, char *value)
{
    WalkField *field = g_new(WalkField, 1);
    *field = (WalkField){g_strdup(attribute(tag, "name")), g_strdup(type), value,
                         attribute(tag, "required") != NULL};
    g_ptr_array_add(form->fields, field);
    return field;
}

/* A field of the form, or a choice of the select before it. */
static void add_tag(WalkForm *form, const Tag *tag, WalkField **select)
{
    const char *name = attribute(tag, "name"), *value = attribute(tag, "value");
    const char *type = attribute(tag, "type");
    value = value == NULL ? "" : value;
    if (strcmp(tag->name, "option") == 0 && *select != NULL) {
        bool first = (*select)->value == NULL;
        if (first || attribute(tag, "selected") != NULL) {
            g_free((*select)->value);
            (*select)->value = g_strdup(value);
        }
    } else if (name == NULL || attribute(tag, "disabled") != NULL) {
        return;
    } else if (strcmp(tag->name, "input") == 0) {
        add_field(form, tag, type == NULL ? "text" : type, g_strdup(value));
    } else if (strcmp(tag->name, "textarea") == 0) {
        const char *text = tag->after + (*tag->after == '\n');
        add_field(form, tag, "textarea", decoded(text, strcspn(text, "<")));
    } else if (strcmp(tag->name, "select") == 0) {
        *select = add_field(form, tag, "select", NULL);
    } else if (strcmp(tag->name, "button") == 0) {
        add_field(form, tag, "button", g_strdup(value));
    }
}

GPtrArray *walk_forms(const HttpReply *reply)
{
    GPtrArray *forms = g_ptr_array_new_with_free_func((GDestroyNotify)form_free);
    g_autofree char *page = page_of(reply);
    g_auto(Tag) tag = {0};
    WalkForm *form = NULL;
    WalkField *select = NULL;
    for (const char *at = page; is_html(reply) && (at = strchr(at, '<')) != NULL; at++) {
        if (!read_tag(at, &tag)) {
            continue;
        }
        if (strcmp(tag.name, "form") == 0) {
            form = tag.end ? NULL : begin_form(&tag);
            if (form != NULL) {
                g_ptr_array_add(forms, form);
            }
        } else if (form != NULL && !tag.end) {
            add_tag(form, &tag, &select);
        }
    }
    return forms;
}

HttpReply *walk_send(Browser *browser, const WalkForm *form, WalkValue value, void *data)
{
    g_autoptr(GString) body = g_string_new(NULL);
    g_autoptr(GHashTable) sent = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < form->fields->len; i++) {
        const WalkField *field = form->fields->pdata[i];
        const char *own = field->value == NULL ? "" : field->value;
        const char *given = value == NULL ? NULL : value(field, data);
        if (!g_hash_table_add(sent, field->name)) { /* radio buttons, several buttons */
            continue;
        }
        g_autofree char *name = g_uri_escape_string(field->name, NULL, FALSE);
        g_autofree char *escaped = g_uri_escape_bytes((const guint8 *)(given == NULL ? own : given),
                                                      strlen(given == NULL ? own : given), NULL);
        g_string_append_printf(body, "%s%s=%s", body->len > 0 ? "&" : "", name, escaped);
    }
    return browser_post_bare(browser, form->action, body->str);
}
