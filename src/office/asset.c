/* Files of the office: asset.h. */
#include "office/asset.h"

#include "office/frame.h"
#include "seal/hash.h"
#include "theme/embedded.h"

#include <string.h>

#define FOLDER "office/"
#define HASHED 32 /* hex digits of SHA-256 in an address */

static char *address_of(const EmbeddedFile *file)
{
    char hex[HASH_HEX];
    Hash hash = hash_of(file->bytes, file->length);
    hash_hex(&hash, hex);
    return g_strdup_printf("/o/%.*s/%s", HASHED, hex, file->name + strlen(FOLDER));
}

/* Addresses by name; made once. */
static GHashTable *addresses(void)
{
    static GHashTable *table;
    if (g_once_init_enter(&table)) {
        GHashTable *made = g_hash_table_new(g_str_hash, g_str_equal);
        size_t count = 0;
        const EmbeddedFile *files = embedded_list(FOLDER, &count);
        for (size_t i = 0; i < count; i++) {
            g_hash_table_insert(made, (gpointer)(uintptr_t)(files[i].name + strlen(FOLDER)),
                                address_of(&files[i]));
        }
        g_once_init_leave(&table, made);
    }
    return table;
}

const char *office_asset(const char *name)
{
    const char *address = g_hash_table_lookup(addresses(), name);
    g_assert(address != NULL);
    return address;
}

bool office_asset_there(const char *name)
{
    g_autofree char *path = g_strconcat(FOLDER, name, NULL);
    const EmbeddedFile *file = embedded_read(path);
    return file != NULL && file->length > 0;
}

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".woff2", "font/woff2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (g_str_has_suffix(name, types[i][0])) {
            return types[i][1];
        }
    }
    return "application/octet-stream";
}

static HttpReply *answer(OfficeVisit *visit)
{
    g_autofree char *name = office_part(visit, 1);
    const char *address = g_hash_table_lookup(addresses(), name);
    const HttpRequest *request = visit->request;
    if (address == NULL || strlen(address) != request->path_length ||
        strncmp(address, request->path, request->path_length) != 0) {
        return office_not_found(visit);
    }
    g_autofree char *path = g_strconcat(FOLDER, name, NULL);
    const EmbeddedFile *file = embedded_read(path);
    g_autoptr(GBytes) bytes = g_bytes_new_static(file->bytes, file->length);
    g_autofree char *tag = g_strdup_printf("\"%.*s\"", HASHED, address + strlen("/o/"));
    HttpReply *reply = http_reply_new(200, bytes);
    http_reply_header(reply, "Content-Type", type_of(name));
    http_reply_header(reply, "Cache-Control", "public, max-age=31536000, immutable");
    http_reply_header(reply, "ETag", tag);
    http_reply_header(reply, "X-Content-Type-Options", "nosniff");
    return reply;
}

const OfficeRoute asset_routes[] = {
    {.name = "asset",
     .method = HTTP_GET,
     .path = "/o/:hash/:name",
     .permission = PERMISSION_PUBLIC,
     .answer = answer,
     .help = "style and script of the office"},
    {.name = NULL},
};
