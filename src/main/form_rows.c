/* All forms of the public: form_rows.h. Each row stands in its department's *_forms.c. */
#include "main/form_rows.h"

#include "fund/fund_forms.h"
#include "mail/answer_by_mail.h"
#include "mail/mail_forms.h"

#include <stddef.h>

const FormKind *const form_rows[] = {
    &mail_form_subscribe,      &mail_form_confirm,     &mail_form_unsubscribe,
    &mail_form_answer,         &fund_form_contribute,  &fund_form_practice,
    &fund_form_thanks,         &fund_form_gift_cancel, &fund_form_remind,
    &fund_form_remind_confirm, &fund_form_remind_stop, NULL,
};
