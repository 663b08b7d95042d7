/*
 * A message that many get (message.h), made once and filled in for each: recipient, Message-ID, and
 * one text of the recipient's own (a token) wherever its stand-in was, in the header for one click
 * and in both bodies. Each filled-in message has the very bytes that message_write() would give;
 * building them anew cost more than everything else about a newsletter's letter.
 *
 * So the own text has the stand-in's length, and both consist of letters, digits, '.', '-' and '_',
 * which no coding changes.
 */
#pragma once

#include "mail/message.h"

typedef struct MessageForm MessageForm;

/* `message` has the stand-in; its `to` and `message_id` are not looked at, its `seed` is needed.
 * Errors are those of message_write(). */
MessageForm *message_form_new(const Message *message, const char *stand_in, GError **error);
void message_form_free(MessageForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MessageForm, message_form_free)

/* The length that an own text must have. */
size_t message_form_length(const MessageForm *form);

/* Appends one recipient's message. INVALID as message_write(), and for an own text that does not
 * fit. */
bool message_form_write(const MessageForm *form, const char *to, const char *message_id,
                        const char *own, GString *out, GError **error);
