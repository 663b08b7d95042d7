/*
 * Replies. The library's response object is made on first use, so that whole requests in tests
 * never touch it. Sending is server.c.
 */
#include "net/reply_private.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *name;
    char *value;
} Field;

struct HttpReply {
    int references; /* one thread serves a door, so a plain count */
    unsigned status;
    GBytes *body;
    int file;
    uint64_t offset, length;
    bool unsent; /* `length` is only announced */
    GArray *fields;
    struct MHD_Response *prepared, *parting; /* the same, and the last of its connection */
};

static void field_clear(gpointer data)
{
    Field *field = data;
    g_free(field->name);
    g_free(field->value);
}

static HttpReply *reply_new(unsigned status)
{
    HttpReply *reply = g_new0(HttpReply, 1);
    reply->references = 1;
    reply->status = status;
    reply->file = -1;
    reply->fields = g_array_new(FALSE, FALSE, sizeof(Field));
    g_array_set_clear_func(reply->fields, field_clear);
    return reply;
}

HttpReply *http_reply_new(unsigned status, GBytes *body)
{
    HttpReply *reply = reply_new(status);
    if (body != NULL) {
        reply->body = g_bytes_ref(body);
        reply->length = g_bytes_get_size(body);
    }
    return reply;
}

HttpReply *http_reply_new_text(unsigned status, const char *text)
{
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    g_autoptr(GBytes) body = g_bytes_new(line, strlen(line));
    HttpReply *reply = http_reply_new(status, body);
    http_reply_header(reply, "Content-Type", "text/plain; charset=utf-8");
    return reply;
}

HttpReply *http_reply_new_file(unsigned status, int descriptor, uint64_t offset, uint64_t length)
{
    HttpReply *reply = reply_new(status);
    reply->file = descriptor;
    reply->offset = offset;
    reply->length = length;
    return reply;
}

HttpReply *http_reply_new_unsent(unsigned status, uint64_t length)
{
    HttpReply *reply = reply_new(status);
    reply->length = length;
    reply->unsent = true;
    return reply;
}

HttpReply *http_reply_ref(HttpReply *reply)
{
    reply->references++;
    return reply;
}

void http_reply_unref(HttpReply *reply)
{
    if (reply == NULL || --reply->references > 0) {
        return;
    }
    g_clear_pointer(&reply->parting, MHD_destroy_response);
    if (reply->prepared != NULL) {
        MHD_destroy_response(reply->prepared); /* closes the file when the last sender is done */
    } else if (reply->file >= 0) {
        close(reply->file);
    }
    g_clear_pointer(&reply->body, g_bytes_unref);
    g_array_unref(reply->fields);
    g_free(reply);
}

void http_reply_header(HttpReply *reply, const char *name, const char *value)
{
    g_assert(reply->prepared == NULL && reply->parting == NULL && strpbrk(name, "\r\n: ") == NULL &&
             strpbrk(value, "\r\n") == NULL);
    Field field = {g_strdup(name), g_strdup(value)};
    g_array_append_val(reply->fields, field);
}

void http_reply_close(HttpReply *reply)
{
    http_reply_header(reply, "Connection", "close");
}

unsigned http_reply_status(const HttpReply *reply)
{
    return reply->status;
}

const char *http_reply_find(const HttpReply *reply, const char *name)
{
    for (guint i = 0; i < reply->fields->len; i++) {
        const Field *field = &g_array_index(reply->fields, Field, i);
        if (g_ascii_strcasecmp(field->name, name) == 0) {
            return field->value;
        }
    }
    return NULL;
}

uint64_t http_reply_length(const HttpReply *reply)
{
    return reply->length;
}

const void *http_reply_body(const HttpReply *reply)
{
    if (reply->file >= 0) {
        return NULL;
    }
    return reply->body != NULL ? g_bytes_get_data(reply->body, NULL) : "";
}

size_t http_reply_cost(const HttpReply *reply)
{
    size_t cost = sizeof *reply + 1024; /* the library's two records, the allocator's share */
    for (guint i = 0; i < reply->fields->len; i++) {
        const Field *field = &g_array_index(reply->fields, Field, i);
        cost += 3 * (strlen(field->name) + strlen(field->value)) + 240;
    }
    return cost + (reply->body != NULL ? (size_t)reply->length : 0);
}

static void body_release(void *data)
{
    g_bytes_unref(data);
}

/* Never called: the library sends no body with a 304. */
static ssize_t nothing(void *data, uint64_t at, char *bytes, size_t room)
{
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

/* The response closes the descriptor that it is given. */
static struct MHD_Response *body_prepare(const HttpReply *reply, int file)
{
    gsize length = 0;
    if (file >= 0) {
        return MHD_create_response_from_fd_at_offset64(reply->length, file, reply->offset);
    }
    if (reply->unsent) {
        return MHD_create_response_from_callback(reply->length, 1, nothing, NULL, NULL);
    }
    if (reply->body == NULL) {
        return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    gconstpointer bytes = g_bytes_get_data(reply->body, &length);
    return MHD_create_response_from_buffer_with_free_callback_cls(
        length, (void *)(uintptr_t)bytes, body_release, g_bytes_ref(reply->body));
}

/* On failure too, `file` is closed. */
static struct MHD_Response *prepare(const HttpReply *reply, int file)
{
    struct MHD_Response *response = body_prepare(reply, file);
    if (response == NULL && file >= 0) {
        close(file);
    }
    for (guint i = 0; response != NULL && i < reply->fields->len; i++) {
        const Field *field = &g_array_index(reply->fields, Field, i);
        if (MHD_add_response_header(response, field->name, field->value) != MHD_YES) {
            g_clear_pointer(&response, MHD_destroy_response);
        }
    }
    return response;
}

struct MHD_Response *http_reply_prepare(HttpReply *reply)
{
    if (reply->prepared == NULL) {
        reply->prepared = prepare(reply, reply->file);
        if (reply->prepared == NULL) {
            reply->file = -1;
        }
    }
    return reply->prepared;
}

struct MHD_Response *http_reply_prepare_parting(HttpReply *reply)
{
    if (reply->parting != NULL || http_reply_find(reply, "Connection") != NULL) {
        return reply->parting != NULL ? reply->parting : http_reply_prepare(reply);
    }
    int file = reply->file >= 0 ? fcntl(reply->file, F_DUPFD_CLOEXEC, 0) : -1;
    if (reply->file >= 0 && file < 0) {
        return NULL;
    }
    reply->parting = prepare(reply, file);
    if (reply->parting != NULL &&
        MHD_add_response_header(reply->parting, "Connection", "close") != MHD_YES) {
        g_clear_pointer(&reply->parting, MHD_destroy_response);
    }
    return reply->parting;
}
