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

/* The form's field `email`, in lower case; NULL with INVALID in the reader's language. Caller
 * frees. */
char *fund_form_address(const Form *form, GError **error);
