/* The forms of newsletters: mail_forms.h. What they do is in subscriber.c and signup.c. */
#include "mail/mail_forms.h"

#include "base/error.h"
#include "mail/consent.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "text/mail_address.h"
#include "theme/strings.h"

#include <string.h>

#define PER_CLIENT 10  /* in ten minutes */
#define IN_ALL     600 /* a minute */

/* One click comes from the mail provider's machines, thousands of readers behind a few addresses,
 * in the hour after an issue: refusing them is what providers count against a sender (E12). */
#define ONE_CLICK 1200 /* in ten minutes */

static bool refuse(const Form *form, const char *text, GError **error)
{
    return fail(error, KOLOKOL_ERROR_INVALID, "%s", strings_get(form->language, text));
}

/* ---- subscribe --------------------------------------------------------------------------------
 */

static const FormField subscribe_fields[] = {
    {"email", MAIL_ADDRESS_MAX + 50, true, false},
    {"newsletter", NEWSLETTER_NAME_MAX, false, false}, /* "": the one that pages offer */
    {"consent", 64, false, false},
    {NULL, 0, false, false},
};

/* A hash of ours, or nothing. */
static const char *consent_of(const Form *form)
{
    const char *given = form_value(form, "consent");
    return strlen(given) == CONSENT_HASH - 1 &&
                   strspn(given, "0123456789abcdef") == CONSENT_HASH - 1
               ? given
               : "";
}

static bool find(Store *store, const Form *form, Newsletter **newsletter, GError **error)
{
    const char *name = form_value(form, "newsletter");
    return *name == '\0' ? newsletter_offered(store, form->language, newsletter, error)
                         : newsletter_find(store, name, newsletter, error);
}

static bool subscribe(Store *store, const FormContext *context, const Form *form,
                      FormAnswer *answer, GError **error)
{
    g_autofree char *address = mail_address_parse(form_value(form, "email"), NULL);
    if (address == NULL) {
        return refuse(form, "mail_address_wrong", error);
    }
    g_autoptr(Newsletter) newsletter = NULL;
    if (!find(store, form, &newsletter, error)) {
        return false;
    }
    if (newsletter == NULL) {
        return refuse(form, "mail_newsletter_gone", error);
    }
    form_answer_page(answer, "check-mail");
    return subscriber_request(store, form->ticket, newsletter->name, address, form->language,
                              consent_of(form), error);
}

/* ---- Links in mails ---------------------------------------------------------------------------
 */

static const FormField token_fields[] = {
    {"token", TOKEN_MAX, true, false},
    {NULL, 0, false, false},
};

/* The subscriber that the link is about; what is wrong with it is said to the reader. */
static bool subject_of(const FormContext *context, const Form *form, const char *purpose,
                       int64_t *id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *subject =
        token_check(context->tokens, purpose, form_value(form, "token"), form->received, &reason);
    if (subject == NULL) {
        bool ended = g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
        return refuse(form, ended ? "mail_link_ended" : "mail_link_wrong", error);
    }
    return g_ascii_string_to_signed(subject, 10, 1, G_MAXINT64, id, NULL) ||
           refuse(form, "mail_link_wrong", error);
}

static bool confirm(Store *store, const FormContext *context, const Form *form, FormAnswer *answer,
                    GError **error)
{
    int64_t id = 0;
    g_autoptr(GError) reason = NULL;
    if (!subject_of(context, form, "confirm", &id, error)) {
        return false;
    }
    form_answer_page(answer, "confirmed");
    if (subscriber_confirm(store, context->tokens, id, &reason)) {
        return true;
    }
    if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return refuse(form, "mail_link_ended", error);
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

static bool unsubscribe(Store *store, const FormContext *context, const Form *form,
                        FormAnswer *answer, GError **error)
{
    int64_t id = 0;
    if (!subject_of(context, form, "unsubscribe", &id, error)) {
        return false;
    }
    form_answer_page(answer, "unsubscribed");
    return subscriber_unsubscribe(store, id, error);
}

const FormKind mail_form_subscribe = {.name = "subscribe",
                                      .fields = subscribe_fields,
                                      .show = FORM_SHOW,
                                      .per_client = PER_CLIENT,
                                      .in_all = IN_ALL,
                                      .handle = subscribe,
                                      .help = "asks for a newsletter"};
const FormKind mail_form_confirm = {.name = "confirm",
                                    .fields = token_fields,
                                    .show = FORM_SHOW_TOKEN,
                                    .per_client = PER_CLIENT * 3,
                                    .in_all = IN_ALL,
                                    .handle = confirm,
                                    .help = "confirms a subscription"};
const FormKind mail_form_unsubscribe = {.name = "unsubscribe",
                                        .fields = token_fields,
                                        .show = FORM_SHOW_TOKEN,
                                        .one_click = true,
                                        .per_client = ONE_CLICK,
                                        .in_all = IN_ALL * 10,
                                        .handle = unsubscribe,
                                        .help = "ends a subscription at once"};
