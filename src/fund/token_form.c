/* Forms behind a link: token_form.h. The rows are fund_forms.c and remind_forms.c. */
#include "fund/token_form.h"

#include "base/error.h"
#include "theme/strings.h"

const FormField token_form_fields[] = {{"token", TOKEN_MAX, true, false}, {NULL, 0, false, false}};

bool token_form_run(Store *store, const FormContext *context, const Form *form, const char *purpose,
                    TokenFormAct act, FormAnswer *answer, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *code =
        token_check(context->tokens, purpose, form_value(form, "token"), form->received, &reason);
    if (code != NULL) {
        return act(store, code, form, answer, error);
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s", strings_get(form->language, "link_wrong"));
    }
    form_answer_page(answer, "ended");
    return true;
}
