/* Tickets: ticket.h. */
#include "forms/ticket.h"

#include "base/random.h"
#include "seal/box.h"

#include <string.h>

#define PURPOSE "kolokol answer"

void ticket_new(char ticket[TICKET_TEXT])
{
    g_autofree char *id = random_id();
    g_strlcpy(ticket, id, TICKET_TEXT);
}

bool ticket_parse(const char *text, size_t length, char ticket[TICKET_TEXT])
{
    if (length != FORM_TICKET_HEX) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (strchr("0123456789abcdef", text[i]) == NULL || text[i] == '\0') {
            return false;
        }
    }
    memcpy(ticket, text, length);
    ticket[length] = '\0';
    return true;
}

Hash ticket_hash(const char *ticket)
{
    return hash_of(ticket, strlen(ticket));
}

GBytes *ticket_close(const char *ticket, const FormAnswer *answer)
{
    g_autoptr(GBytes) text = form_answer_write(answer);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(text, &length);
    return secret_seal(ticket, strlen(ticket), PURPOSE, bytes, length);
}

FormAnswer *ticket_open(const char *ticket, GBytes *closed, GError **error)
{
    gsize length = 0;
    const void *bytes = g_bytes_get_data(closed, &length);
    g_autoptr(GBytes) text = secret_open(ticket, strlen(ticket), PURPOSE, bytes, length, error);
    if (text == NULL) {
        return NULL;
    }
    bytes = g_bytes_get_data(text, &length);
    return form_answer_read(bytes, length, error);
}
