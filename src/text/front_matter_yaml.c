/*
 * YAML events into entries. One level of recursion a level of nesting, at most
 * FRONT_MATTER_DEPTH_LIMIT.
 */
#include "text/front_matter_private.h"

#include "base/error.h"
#include "text/encoding.h"

#include <string.h>
#include <yaml.h>

typedef struct {
    FrontMatter *front;
    yaml_parser_t parser;
    const char *yaml;
    unsigned first_line;
    unsigned depth;
} Reader;

static unsigned line_of(const Reader *reader, const yaml_mark_t *mark)
{
    return (unsigned)mark->line + reader->first_line;
}

/* libyaml's message, with what usually mends it. */
static bool fail_yaml(Reader *reader, GError **error)
{
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem == NULL ? "not valid YAML" : parser->problem;
    unsigned line =
        parser->error == YAML_READER_ERROR
            ? encoding_line(reader->yaml, parser->problem_offset) + reader->first_line - 1
            : line_of(reader, &parser->problem_mark);
    bool colon = strstr(problem, "mapping values are not allowed") != NULL;
    bool tab = strstr(problem, "cannot start any token") != NULL;
    return fail(error, KOLOKOL_ERROR_INVALID, "front matter, line %u: %s%s", line, problem,
                colon ? "; put a text that contains a colon in quotation marks"
                : tab ? "; put the text in quotation marks, and use no tabs"
                      : "");
}

/* An event that we refuse wherever it stands. */
static const char *refusal(const yaml_event_t *event)
{
    static const char *const reference =
        "& and * refer to other values, which is not read here; put the text in quotation marks";
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        if (event->data.scalar.anchor == NULL &&
            strlen((const char *)event->data.scalar.value) != event->data.scalar.length) {
            return "a NUL character in a text; take it out";
        }
        return event->data.scalar.anchor == NULL ? NULL : reference;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor == NULL ? NULL : reference;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor == NULL ? NULL : reference;
    case YAML_ALIAS_EVENT:
        return reference;
    default:
        return NULL;
    }
}

static bool next_event(Reader *reader, yaml_event_t *event, GError **error)
{
    if (yaml_parser_parse(&reader->parser, event) == 0) {
        return fail_yaml(reader, error);
    }
    const char *why = refusal(event);
    if (why != NULL) {
        unsigned line = line_of(reader, &event->start_mark);
        yaml_event_delete(event);
        return fail(error, KOLOKOL_ERROR_INVALID, "front matter, line %u: %s", line, why);
    }
    return true;
}

/* A scalar as a text; empty for the unquoted words that mean nothing. */
static char *scalar_text(const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && (strcmp(text, "~") == 0 || strcmp(text, "null") == 0)) {
        return g_strdup("");
    }
    return g_strdup(text);
}

static bool enter(Reader *reader, const yaml_event_t *event, GError **error)
{
    if (++reader->depth > FRONT_MATTER_DEPTH_LIMIT) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "front matter, line %u: nested deeper than %u levels",
                    line_of(reader, &event->start_mark), FRONT_MATTER_DEPTH_LIMIT);
    }
    return true;
}

/* Reads past the rest of a list or mapping that has just begun. */
static bool skip(Reader *reader, const yaml_event_t *start, GError **error)
{
    unsigned open = 1;
    if (!enter(reader, start, error)) {
        return false;
    }
    while (open > 0) {
        yaml_event_t event;
        if (!next_event(reader, &event, error)) {
            return false;
        }
        bool deeper = false;
        if (event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT) {
            open++;
            deeper = !enter(reader, &event, error);
        } else if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
            open--;
            reader->depth--;
        }
        yaml_event_delete(&event);
        if (deeper) {
            return false;
        }
    }
    return true;
}

/* One item of a list: its text is added; false with `*mixed` set if it is not a text. */
static bool read_item(Reader *reader, const yaml_event_t *event, GStrvBuilder *values, bool *mixed,
                      GError **error)
{
    if (event->type != YAML_SCALAR_EVENT) {
        *mixed = true;
        return skip(reader, event, error);
    }
    g_autofree char *text = scalar_text(event);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (*text != '\0' || !plain) {
        g_strv_builder_add(values, text);
    }
    return true;
}

static bool read_list(Reader *reader, const char *key, unsigned line, const yaml_event_t *start,
                      GError **error)
{
    g_autoptr(GStrvBuilder) values = g_strv_builder_new();
    bool mixed = false;
    if (!enter(reader, start, error)) {
        return false;
    }
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event, error)) {
            return false;
        }
        bool ended = event.type == YAML_SEQUENCE_END_EVENT;
        bool read = ended || read_item(reader, &event, values, &mixed, error);
        yaml_event_delete(&event);
        if (!read) {
            return false;
        }
        if (ended) {
            break;
        }
    }
    reader->depth--;
    char **list = mixed ? g_new0(char *, 1) : g_strv_builder_end(values);
    front_matter_append(reader->front, key, mixed ? FRONT_MATTER_UNSUPPORTED : FRONT_MATTER_LIST,
                        list, line);
    return true;
}

static bool read_mapping(Reader *reader, const char *outer, const yaml_event_t *start,
                         GError **error);

/* Reads past a whole value. */
static bool skip_value(Reader *reader, GError **error)
{
    yaml_event_t event;
    if (!next_event(reader, &event, error)) {
        return false;
    }
    bool read = event.type == YAML_SCALAR_EVENT || skip(reader, &event, error);
    yaml_event_delete(&event);
    return read;
}

static bool read_value(Reader *reader, const char *key, unsigned line, GError **error)
{
    yaml_event_t event;
    if (!next_event(reader, &event, error)) {
        return false;
    }
    bool read = true;
    if (event.type == YAML_SCALAR_EVENT) {
        char **values = g_new0(char *, 2);
        values[0] = scalar_text(&event);
        front_matter_append(reader->front, key, FRONT_MATTER_SCALAR, values, line);
    } else if (event.type == YAML_SEQUENCE_START_EVENT) {
        read = read_list(reader, key, line, &event, error);
    } else {
        read = read_mapping(reader, key, &event, error);
    }
    yaml_event_delete(&event);
    return read;
}

/* Whether a repeated key is only another system's, so that its first value may count. */
static bool is_foreign(const Reader *reader, const char *key)
{
    const char *const *known = reader->front->known;
    if (known == NULL) {
        return false;
    }
    g_autofree char *outer = g_strndup(key, strcspn(key, "."));
    return !g_strv_contains((const gchar *const *)known, outer) &&
           !g_strv_contains((const gchar *const *)known, key);
}

static bool check_key(const Reader *reader, const char *key, unsigned line, GError **error)
{
    if (*key == '\0') {
        return fail(error, KOLOKOL_ERROR_INVALID, "front matter, line %u: a value without a key",
                    line);
    }
    const FrontMatterEntry *first = front_matter_find(reader->front, key);
    if (first != NULL && !is_foreign(reader, key)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "front matter, line %u: \"%.60s\" is given twice, first in line %u; keep one",
                    line, key, first->line);
    }
    if (front_matter_count(reader->front) >= FRONT_MATTER_KEYS_LIMIT) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "front matter, line %u: more than %u keys", line,
                    FRONT_MATTER_KEYS_LIMIT);
    }
    return true;
}

static bool read_pair(Reader *reader, const char *outer, const yaml_event_t *event, GError **error)
{
    unsigned line = line_of(reader, &event->start_mark);
    if (event->type != YAML_SCALAR_EVENT) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "front matter, line %u: a key must be a word; put a text that begins with [ or "
                    "{ in quotation marks",
                    line);
    }
    const char *name = (const char *)event->data.scalar.value;
    g_autofree char *key = outer == NULL ? g_strdup(name) : g_strconcat(outer, ".", name, NULL);
    if (!check_key(reader, *name == '\0' ? name : key, line, error)) {
        return false;
    }
    return front_matter_find(reader->front, key) != NULL ? skip_value(reader, error)
                                                         : read_value(reader, key, line, error);
}

static bool read_mapping(Reader *reader, const char *outer, const yaml_event_t *start,
                         GError **error)
{
    if (!enter(reader, start, error)) {
        return false;
    }
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event, error)) {
            return false;
        }
        bool ended = event.type == YAML_MAPPING_END_EVENT;
        bool read = ended || read_pair(reader, outer, &event, error);
        yaml_event_delete(&event);
        if (!read) {
            return false;
        }
        if (ended) {
            reader->depth--;
            return true;
        }
    }
}

/* The one document of the head: a mapping, or nothing. */
static bool read_document(Reader *reader, GError **error)
{
    bool seen = false;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event, error)) {
            return false;
        }
        bool read = true;
        bool ended = event.type == YAML_STREAM_END_EVENT;
        unsigned line = line_of(reader, &event.start_mark);
        if (event.type == YAML_MAPPING_START_EVENT && !seen) {
            seen = true;
            read = read_mapping(reader, NULL, &event, error);
        } else if (event.type == YAML_SCALAR_EVENT || event.type == YAML_SEQUENCE_START_EVENT ||
                   event.type == YAML_MAPPING_START_EVENT) {
            read =
                fail(error, KOLOKOL_ERROR_INVALID,
                     "front matter, line %u: lines of the form \"key: value\" are expected", line);
        }
        yaml_event_delete(&event);
        if (!read || ended) {
            return read;
        }
    }
}

bool front_matter_read_yaml(FrontMatter *front, const char *yaml, size_t length,
                            unsigned first_line, GError **error)
{
    Reader reader = {.front = front, .yaml = yaml, .first_line = first_line};
    if (yaml_parser_initialize(&reader.parser) == 0) {
        return fail(error, KOLOKOL_ERROR_IO, "front matter: out of memory");
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)yaml, length);
    bool read = read_document(&reader, error);
    yaml_parser_delete(&reader.parser);
    return read;
}
