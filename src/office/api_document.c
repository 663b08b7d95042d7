/* The OpenAPI document out of rows: api_document.h. */
#include "office/api_document.h"

#include <string.h>

#define DOCUMENT_MOST (1024u * 1024) /* bytes */

typedef struct {
    GPtrArray *rows;    /* const ApiRoute */
    GPtrArray *schemas; /* const ApiSchema, each once, in the order in which they are met */
    GHashTable *taken;  /* those that are in bodies */
    JsonWriter json;
} Document;

static void document_clear(Document *document)
{
    g_clear_pointer(&document->rows, g_ptr_array_unref);
    g_clear_pointer(&document->schemas, g_ptr_array_unref);
    g_clear_pointer(&document->taken, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Document, document_clear)

static void add_schema(Document *document, const ApiSchema *schema, bool taken)
{
    gpointer pointer = (gpointer)(uintptr_t)schema;
    if (schema == NULL || g_ptr_array_find(document->schemas, pointer, NULL)) {
        return;
    }
    g_ptr_array_add(document->schemas, pointer);
    if (taken) {
        g_hash_table_add(document->taken, pointer);
    }
    for (const ApiField *field = schema->fields; field->name != NULL; field++) {
        add_schema(document, field->of, taken);
    }
}

static void collect(Document *document, const ApiRoute *const *tables)
{
    document->rows = g_ptr_array_new();
    document->schemas = g_ptr_array_new();
    document->taken = g_hash_table_new(NULL, NULL);
    for (; *tables != NULL; tables++) {
        for (const ApiRoute *row = *tables; row->name != NULL; row++) {
            g_ptr_array_add(document->rows, (gpointer)(uintptr_t)row);
            add_schema(document, row->takes, true);
            add_schema(document, row->gives, false);
        }
    }
    add_schema(document, &api_problem_schema, false);
}

static void begin(JsonWriter *json, const char *key)
{
    json_writer_key(json, key);
    json_writer_open_object(json);
}

static void write_reference(JsonWriter *json, const char *folder, const char *name)
{
    g_autofree char *reference = g_strdup_printf("#/components/%s/%s", folder, name);
    json_writer_text_member(json, "$ref", reference);
}

/* ---- Schemas -------------------------------------------------------------------------------- */

static void write_text_limits(JsonWriter *json, const ApiField *field)
{
    json_writer_text_member(json, "type", "string");
    if (field->most > 0) {
        json_writer_number_member(json, "maxLength", (int64_t)field->most);
    }
    if (field->words != NULL) {
        api_write_texts(json, "enum", field->words);
    }
}

static void write_array(JsonWriter *json, const ApiField *field)
{
    json_writer_text_member(json, "type", "array");
    if (field->items > 0) {
        json_writer_number_member(json, "maxItems", (int64_t)field->items);
    }
    begin(json, "items");
    if (field->type == API_OBJECTS) {
        write_reference(json, "schemas", field->of->name);
    } else {
        write_text_limits(json, field);
    }
    json_writer_close(json);
}

static void write_type(JsonWriter *json, const ApiField *field, bool taken)
{
    switch (field->type) {
    case API_TEXT:
        write_text_limits(json, field);
        break;
    case API_MOMENT:
        json_writer_text_member(json, "type", "string");
        json_writer_text_member(json, "format", taken ? NULL : "date-time");
        break;
    case API_NUMBER:
        json_writer_text_member(json, "type", "integer");
        json_writer_number_member(json, "minimum", 0);
        if (field->most > 0) {
            json_writer_number_member(json, "maximum", (int64_t)field->most);
        }
        break;
    case API_TRUTH:
        json_writer_text_member(json, "type", "boolean");
        break;
    case API_TEXTS:
    case API_OBJECTS:
        write_array(json, field);
        break;
    case API_ANY:
        json_writer_text_member(json, "type", "object");
        break;
    }
}

static void write_schema(Document *document, const ApiSchema *schema)
{
    JsonWriter *json = &document->json;
    bool taken = g_hash_table_contains(document->taken, schema);
    begin(json, schema->name);
    json_writer_text_member(json, "description", schema->help);
    json_writer_text_member(json, "type", "object");
    begin(json, "properties");
    for (const ApiField *field = schema->fields; field->name != NULL; field++) {
        begin(json, field->name);
        json_writer_text_member(json, "description", field->help);
        write_type(json, field, taken);
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_key(json, "required");
    json_writer_open_array(json);
    for (const ApiField *field = schema->fields; field->name != NULL; field++) {
        if (field->required) {
            json_writer_text(json, field->name);
        }
    }
    json_writer_close(json);
    json_writer_bool_member(json, "additionalProperties", schema->fields->name == NULL && !taken);
    json_writer_close(json);
}

/* ---- Operations ----------------------------------------------------------------------------- */

/* "/api/1/stories/:id" as "/api/1/stories/{id}". Caller frees. */
static char *path_of(const ApiRoute *row)
{
    g_autoptr(GString) path = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit(row->path + 1, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        bool named = **part == ':';
        g_string_append_printf(path, named ? "/{%s}" : "/%s", *part + (named ? 1 : 0));
    }
    return g_string_free(g_steal_pointer(&path), FALSE);
}

static void open_parameter(JsonWriter *json, const char *name, const char *in, const char *help,
                           bool required)
{
    json_writer_open_object(json);
    json_writer_text_member(json, "name", name);
    json_writer_text_member(json, "in", in);
    json_writer_text_member(json, "description", help);
    json_writer_bool_member(json, "required", required);
    json_writer_key(json, "schema");
    json_writer_open_object(json);
}

static void close_parameter(JsonWriter *json)
{
    json_writer_close(json);
    json_writer_close(json);
}

static void write_header(JsonWriter *json, const char *name, const char *help, size_t most,
                         bool required)
{
    open_parameter(json, name, "header", help, required);
    json_writer_text_member(json, "type", "string");
    if (most > 0) {
        json_writer_number_member(json, "maxLength", (int64_t)most);
    }
    close_parameter(json);
}

static void write_path_parameters(JsonWriter *json, const ApiRoute *row)
{
    g_auto(GStrv) parts = g_strsplit(row->path, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        if (**part == ':') {
            open_parameter(json, *part + 1, "path", "its number", true);
            json_writer_text_member(json, "type", "integer");
            json_writer_number_member(json, "minimum", 1);
            close_parameter(json);
        }
    }
}

static void write_parameters(JsonWriter *json, const ApiRoute *row)
{
    json_writer_key(json, "parameters");
    json_writer_open_array(json);
    write_path_parameters(json, row);
    for (const ApiField *field = row->query; field != NULL && field->name != NULL; field++) {
        open_parameter(json, field->name, "query", field->help, field->required);
        write_type(json, field, true);
        close_parameter(json);
    }
    if (row->match != API_MATCH_NONE) {
        write_header(json, "If-Match", "the ETag of what is changed", 0,
                     row->match == API_MATCH_MUST);
    }
    if (row->keyed) {
        write_header(json, "Idempotency-Key",
                     "makes a second request with the same key and body, within a day, the same "
                     "request",
                     API_KEY, false);
    }
    json_writer_close(json);
}

static void write_body(JsonWriter *json, const ApiRoute *row)
{
    begin(json, "requestBody");
    json_writer_bool_member(json, "required",
                            row->takes != NULL && row->takes != &api_nothing_schema);
    begin(json, "content");
    begin(json, row->takes != NULL ? "application/json" : row->bytes);
    begin(json, "schema");
    if (row->takes != NULL) {
        write_reference(json, "schemas", row->takes->name);
    }
    json_writer_close(json);
    json_writer_close(json);
    json_writer_close(json);
    json_writer_close(json);
}

static void write_success(JsonWriter *json, const ApiRoute *row, unsigned status)
{
    g_autofree char *code = g_strdup_printf("%u", status);
    begin(json, code);
    json_writer_text_member(json, "description",
                            status == 201   ? "it was made"
                            : status == 202 ? "it is kept, and will be looked into"
                                            : "done");
    if (row->tagged) {
        begin(json, "headers");
        begin(json, "ETag");
        json_writer_text_member(json, "description", "for If-Match");
        begin(json, "schema");
        json_writer_text_member(json, "type", "string");
        json_writer_close(json);
        json_writer_close(json);
        json_writer_close(json);
    }
    begin(json, "content");
    begin(json, "application/json");
    begin(json, "schema");
    write_reference(json, "schemas", row->gives->name);
    json_writer_close(json);
    json_writer_close(json);
    json_writer_close(json);
    json_writer_close(json);
}

static void write_responses(JsonWriter *json, const ApiRoute *row)
{
    static const char *const refusals[] = {"4XX", "5XX"};
    begin(json, "responses");
    write_success(json, row, row->status == 0 ? 200 : row->status);
    if (row->other_status != 0) {
        write_success(json, row, row->other_status);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        begin(json, refusals[i]);
        write_reference(json, "responses", "Problem");
        json_writer_close(json);
    }
    json_writer_close(json);
}

static void write_security(JsonWriter *json, const ApiRoute *row)
{
    g_autofree char *text = api_scopes_text(row->scopes);
    g_auto(GStrv) scopes = g_strsplit(text, ",", -1);
    json_writer_key(json, "security");
    json_writer_open_array(json);
    json_writer_open_object(json);
    api_write_texts(json, "token", (const char *const *)scopes);
    json_writer_close(json);
    json_writer_close(json);
}

static char *needs(const ApiRoute *row)
{
    g_autofree char *scopes = api_scopes_text(row->scopes);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "Scope: %s. Roles:", *scopes == '\0' ? "any" : scopes);
    for (unsigned role = 0; role < ROLES; role++) {
        if (role_may((Role)role, row->permission)) {
            g_string_append_printf(text, " %s", role_name((Role)role));
        }
    }
    g_string_append_c(text, '.');
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void write_operation(JsonWriter *json, const ApiRoute *row)
{
    g_autofree char *description = needs(row);
    begin(json, row->method == HTTP_GET ? "get" : "post");
    json_writer_text_member(json, "operationId", row->name);
    json_writer_text_member(json, "summary", row->help);
    json_writer_text_member(json, "description", description);
    write_security(json, row);
    write_parameters(json, row);
    if (row->method == HTTP_POST) {
        write_body(json, row);
    }
    write_responses(json, row);
    json_writer_close(json);
}

static void write_paths(Document *document)
{
    JsonWriter *json = &document->json;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    begin(json, "paths");
    for (guint i = 0; i < document->rows->len; i++) {
        const ApiRoute *first = document->rows->pdata[i];
        if (!g_hash_table_add(seen, (gpointer)(uintptr_t)first->path)) {
            continue;
        }
        g_autofree char *path = path_of(first);
        begin(json, path);
        for (guint j = i; j < document->rows->len; j++) {
            const ApiRoute *row = document->rows->pdata[j];
            if (strcmp(row->path, first->path) == 0) {
                write_operation(json, row);
            }
        }
        json_writer_close(json);
    }
    json_writer_close(json);
}

/* ---- The whole ------------------------------------------------------------------------------ */

static void write_head(JsonWriter *json)
{
    json_writer_text_member(json, "openapi", "3.1.0");
    begin(json, "info");
    json_writer_text_member(json, "title", "Kolokol");
    json_writer_text_member(json, "version", "1");
    json_writer_text_member(json, "description",
                            "The newsroom by JSON over HTTP. docs/api.md is the manual.");
    json_writer_close(json);
}

static void write_components(Document *document)
{
    JsonWriter *json = &document->json;
    begin(json, "components");
    begin(json, "schemas");
    for (guint i = 0; i < document->schemas->len; i++) {
        write_schema(document, document->schemas->pdata[i]);
    }
    json_writer_close(json);
    begin(json, "responses");
    begin(json, "Problem");
    json_writer_text_member(json, "description", api_problem_schema.help);
    begin(json, "content");
    begin(json, "application/problem+json");
    begin(json, "schema");
    write_reference(json, "schemas", api_problem_schema.name);
    for (unsigned i = 0; i < 5; i++) {
        json_writer_close(json);
    }
    begin(json, "securitySchemes");
    begin(json, "token");
    json_writer_text_member(json, "type", "http");
    json_writer_text_member(json, "scheme", "bearer");
    json_writer_text_member(json, "description",
                            "made in the office at My account, or by `kolokol staff token`");
    json_writer_close(json);
    json_writer_close(json);
    json_writer_close(json);
}

char *api_document(const ApiRoute *const *tables, GError **error)
{
    g_auto(Document) document = {0};
    g_autoptr(GString) out = g_string_new(NULL);
    collect(&document, tables);
    json_writer_init(&document.json, out, DOCUMENT_MOST);
    json_writer_open_object(&document.json);
    write_head(&document.json);
    write_paths(&document);
    write_components(&document);
    json_writer_close(&document.json);
    return json_writer_finish(&document.json, error) ? g_string_free(g_steal_pointer(&out), FALSE)
                                                     : NULL;
}
