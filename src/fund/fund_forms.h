/*
 * The public's forms of fund (forms/form.h): contribute, the checkout of practice, thanks, the end
 * of a repeated gift; remind me later, its confirmation, its stop. Fields: docs/theme.md.
 */
#pragma once

#include "forms/form.h"

extern const FormKind fund_form_contribute, fund_form_practice, fund_form_thanks,
    fund_form_gift_cancel; /* fund_forms.c */
extern const FormKind fund_form_remind, fund_form_remind_confirm,
    fund_form_remind_stop; /* remind_forms.c */

/* Purposes of tokens (research: revenue E13). */
#define TOKEN_GIFT_THANKS    "gift-thanks"
#define TOKEN_GIFT_MANAGE    "gift-manage"
#define TOKEN_REMIND_CONFIRM "remind-confirm"
#define TOKEN_REMIND_STOP    "remind-stop"

/* The subject of the form's token; NULL with an error, or without one if the link has ended: then
 * the answer says so. Caller frees. */
char *fund_form_subject(const FormContext *context, const Form *form, const char *purpose,
                        FormAnswer *answer, GError **error);

/* The form's field `email`, in lower case; NULL with INVALID in the reader's language. Caller
 * frees. */
char *fund_form_address(const Form *form, GError **error);
