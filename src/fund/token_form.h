/*
 * Forms of fund that stand behind a link: a page with one button, whose token (seal/token.h) names
 * a gift or a reminder. How such a form is made, said once; what it does is its `act`.
 *
 * It counts when the reader pressed it, however late we look. A link that had ended by then answers
 * with the page "ended"; one that is not ours, or is for another purpose, is refused in the
 * reader's language. Purposes: research, revenue E13.
 */
#pragma once

#include "forms/form.h"

#define TOKEN_GIFT_THANKS    "gift-thanks"
#define TOKEN_GIFT_MANAGE    "gift-manage"
#define TOKEN_REMIND_CONFIRM "remind-confirm"
#define TOKEN_REMIND_STOP    "remind-stop"

#define TOKEN_FORM_CLIENT 40  /* of one kind from one sender in ten minutes */
#define TOKEN_FORM_ALL    300 /* from all in a minute */

/* The fields of such a row: only the token. */
extern const FormField token_form_fields[];

/* `code` is what the token names. As FormKind's handle otherwise. */
typedef bool (*TokenFormAct)(Store *store, const char *code, const Form *form, FormAnswer *answer,
                             GError **error);

/* Checks the token and acts: the whole of a handler. */
bool token_form_run(Store *store, const FormContext *context, const Form *form, const char *purpose,
                    TokenFormAct act, FormAnswer *answer, GError **error);
