/* Contributing, and what follows: fund_forms.h. Reminders are remind_forms.c. What a gift becomes
 * is decided by payment.c alone. */
#include "fund/fund_forms.h"

#include "base/clock.h"
#include "base/error.h"
#include "forms/ticket.h"
#include "fund/campaign.h"
#include "fund/form_block.h"
#include "fund/practice.h"
#include "fund/request.h"
#include "fund/sweep.h"
#include "fund/token_form.h"
#include "text/mail_address.h"
#include "theme/strings.h"

#include <string.h>

#define THANKS_FOR (2 * CLOCK_DAY)
#define THANKS_WAIT                                                                                \
    (8 * CLOCK_SECOND) /* for the job that books a payment, before we say "not yet" */

/* In lower case, so that one reader's gifts are found by it. */
char *fund_form_address(const Form *form, GError **error)
{
    g_autofree char *address = mail_address_parse(form_value(form, "email"), NULL);
    if (address == NULL) {
        fail(error, KOLOKOL_ERROR_INVALID, "%s", strings_get(form->language, "email_wrong"));
        return NULL;
    }
    return g_ascii_strdown(address, -1);
}

static bool refuse(const Form *form, const char *text, GError **error)
{
    return fail(error, KOLOKOL_ERROR_INVALID, "%s", strings_get(form->language, text));
}

/* ---- contribute -------------------------------------------------------------------------------
 */

static const FormField contribute_fields[] = {
    {"campaign", 60, true, false}, {"currency", 8, true, false},  {"frequency", 10, true, false},
    {"once", 20, false, false},    {"monthly", 20, false, false}, {"annual", 20, false, false},
    {"other", 40, false, false},   {NULL, 0, false, false}};

static bool judge(const Form *form, const AmountsCurrency *currency, Frequency frequency,
                  int64_t minor, GError **error)
{
    AmountVerdict verdict = amounts_judge(currency, frequency, minor);
    if (verdict == AMOUNT_GOOD) {
        return true;
    }
    if (verdict == AMOUNT_NOT_OFFERED) {
        return refuse(form, "gift_amount_wrong", error);
    }
    int64_t bound = verdict == AMOUNT_LOW ? currency->minimum : currency->most;
    g_autofree char *text = money_text(form->language, bound, currency->currency);
    g_autofree char *reason =
        strings_fill(form->language, verdict == AMOUNT_LOW ? "form_minimum" : "gift_amount_high",
                     "amount", text, NULL);
    return fail(error, KOLOKOL_ERROR_INVALID, "%s.", reason);
}

/* What was chosen, against the campaign's own table: the form may come from an old copy. */
static bool read_gift(const Form *form, const Campaign *campaign, Gift *gift, GError **error)
{
    Amounts table;
    Frequency frequency;
    int64_t minor = 0;
    if (!amounts_parse(campaign->amounts, campaign->minimum, &table, error)) {
        return false;
    }
    const AmountsCurrency *currency = amounts_find(&table, form_value(form, "currency"));
    if (currency == NULL || !frequency_parse(form_value(form, "frequency"), &frequency)) {
        return refuse(form, "gift_amount_wrong", error);
    }
    const char *other = form_value(form, "other");
    const char *amount = *other != '\0' ? other : form_value(form, frequency_name(frequency));
    if (!money_parse(amount, currency->currency, &minor, NULL)) {
        return refuse(form, "gift_amount_wrong", error);
    }
    gift->frequency = frequency;
    gift->amount.minor = minor;
    g_strlcpy(gift->amount.currency, currency->currency, MONEY_CURRENCY);
    return judge(form, currency, frequency, minor, error);
}

/* The gift of the form, asked of the provider. */
static bool begin(Store *store, const FormContext *context, const Form *form, Gift *gift,
                  GError **error)
{
    Hash ticket = ticket_hash(form->ticket);
    bool fresh = false, asked = false;
    gift->form = g_malloc(HASH_HEX);
    hash_hex(&ticket, gift->form);
    gift->language = g_strdup(form->language);
    gift->checkout = g_strdup("");
    gift->link = g_strdup("");
    gift->address = g_strdup("");
    gift->created = form->received;
    if (!gift_intend(store, gift, &fresh, error)) {
        return false;
    }
    if (!fresh) {
        return true;
    }
    g_autofree char *manage =
        token_make(context->tokens, TOKEN_GIFT_MANAGE, gift->code, TOKEN_NEVER);
    return gift_manage(store, gift->id, manage, error) &&
           request_write(store, gift, PAYMENT_CHECKOUT, "", clock_now(), &asked, error) &&
           job_enqueue(store, "pay.sweep", "", NULL, clock_now() + SWEEP_EVERY, error);
}

static void set_sum(const Gift *gift, const Form *form, FormAnswer *answer)
{
    g_autofree char *amount = money_text(form->language, gift->amount.minor, gift->amount.currency);
    form_answer_text(answer, "amount", amount);
    form_answer_text(answer, "often", frequency_label(gift->frequency, form->language));
}

/* A checkout of our own gets the sum with its address, to show it; it reads neither. */
static void set_link(const Gift *gift, const Form *form, FormAnswer *answer)
{
    if (strstr(gift->link, "://") != NULL) {
        form_answer_link(answer, gift->link);
        return;
    }
    g_autofree char *amount = money_text(form->language, gift->amount.minor, gift->amount.currency);
    g_autofree char *sum = g_uri_escape_string(amount, NULL, FALSE);
    g_autofree char *often =
        g_uri_escape_string(frequency_label(gift->frequency, form->language), NULL, FALSE);
    g_autofree char *link =
        g_strdup_printf("/%s/%s?amount=%s&often=%s", form->language, gift->link, sum, often);
    form_answer_link(answer, link);
}

static bool contribute(Store *store, const FormContext *context, const Form *form,
                       FormAnswer *answer, GError **error)
{
    const PaymentProvider *provider = NULL;
    g_autoptr(GError) reason = NULL;
    g_autoptr(Gift) gift = g_new0(Gift, 1);
    g_autoptr(Campaign) campaign =
        campaign_named(store, form_value(form, "campaign"), form->language, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (!provider_open(store, clock_now(), &provider, error)) {
        return false;
    }
    if (campaign == NULL || provider == NULL) {
        return refuse(form, "gift_closed", error);
    }
    gift->campaign = g_strdup(campaign->name);
    gift->provider = g_strdup(provider->name);
    if (!read_gift(form, campaign, gift, error) || !begin(store, context, form, gift, error)) {
        return false;
    }
    g_autoptr(Gift) begun = gift_by_id(store, gift->id, error);
    if (begun == NULL) {
        return false;
    }
    form_answer_page(answer, "gift-go");
    set_sum(begun, form, answer);
    set_link(begun, form, answer);
    return true;
}

const FormKind fund_form_contribute = {
    .name = "contribute",
    .fields = contribute_fields,
    .per_client = 20,
    .in_all = 300,
    .handle = contribute,
    .help = "the contribution form: how often, how much",
};

/* ---- practice ---------------------------------------------------------------------------------
 */

static const FormField practice_fields[] = {
    {"token", TOKEN_MAX, true, false}, {"email", 254, false, false}, {"decision", 10, true, false},
    {"amount", 60, false, false},      {"often", 60, false, false},  {NULL, 0, false, false}};

static bool read_decision(const Form *form, PracticeDecision *decision, char **address,
                          GError **error)
{
    static const char *const names[] = {"pay", "decline", "abandon"};
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(form_value(form, "decision"), names[i]) == 0) {
            *decision = (PracticeDecision)i;
            *address = i == PRACTICE_PAY ? fund_form_address(form, error) : g_strdup("");
            return *address != NULL;
        }
    }
    return refuse(form, "link_wrong", error);
}

static bool practice(Store *store, const FormContext *context, const Form *form, FormAnswer *answer,
                     GError **error)
{
    static const char *const pages[] = {"practice-paid", "gift-failed", "gift-expired"};
    PracticeDecision decision = PRACTICE_ABANDON, holds = PRACTICE_ABANDON;
    g_autofree char *address = NULL, *code = NULL;
    g_autoptr(GError) reason = NULL;
    int64_t now = clock_now();
    if (!provider_check(store, &practice_provider, now, &reason) ||
        !read_decision(form, &decision, &address, error) ||
        !practice_decide(store, form_value(form, "token"), decision, address, now, &holds, &code,
                         &reason)) {
        bool ours = g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED) ||
                    g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
        if (ours) {
            return refuse(form, "link_wrong", error);
        }
        if (reason != NULL) {
            g_propagate_error(error, g_steal_pointer(&reason));
        }
        return false;
    }
    form_answer_page(answer, pages[holds]);
    if (holds == PRACTICE_PAY) {
        g_autofree char *token =
            token_make(context->tokens, TOKEN_GIFT_THANKS, code, now + THANKS_FOR);
        g_autofree char *link = g_strdup_printf("/%s/thanks/%s", form->language, token);
        form_answer_link(answer, link);
    }
    return true;
}

const FormKind fund_form_practice = {
    .name = "practice",
    .fields = practice_fields,
    .show = FORM_SHOW_TOKEN,
    .per_client = 40,
    .in_all = 300,
    .handle = practice,
    .help = "the checkout page of the provider practice: pay, be declined, leave",
};

/* ---- thanks -----------------------------------------------------------------------------------
 */

/* Thanks only for what is settled. The payment's job may need a moment: then the form waits. */
static bool show_gift(Store *store, const char *code, const Form *form, FormAnswer *answer,
                      GError **error)
{
    static const char *const pages[GIFT_STATES] = {"gift-wait", "gift-wait", "gift-expired",
                                                   "gift-failed", "gift-thanks"};
    g_autoptr(Gift) gift = gift_by_code(store, code, error);
    if (gift == NULL) {
        return false;
    }
    if (gift->state <= GIFT_PENDING && clock_now() - form->received < THANKS_WAIT) {
        return fail(error, KOLOKOL_ERROR_BUSY, "the payment is not booked yet");
    }
    form_answer_page(answer, pages[gift->state]);
    set_sum(gift, form, answer);
    form_answer_text(answer, "mailed", *gift->address == '\0' ? NULL : "1");
    return true;
}

static bool thanks(Store *store, const FormContext *context, const Form *form, FormAnswer *answer,
                   GError **error)
{
    return token_form_run(store, context, form, TOKEN_GIFT_THANKS, show_gift, answer, error);
}

const FormKind fund_form_thanks = {
    .name = "thanks",
    .fields = token_form_fields,
    .show = FORM_SHOW_TOKEN,
    .per_client = TOKEN_FORM_CLIENT,
    .in_all = TOKEN_FORM_ALL,
    .handle = thanks,
    .help = "where a payer comes back to: what has become of the gift",
};

/* ---- gift-cancel ------------------------------------------------------------------------------
 */

/* The first press ends it; any further one says the same (research: revenue E10). */
static bool end_gift(Store *store, const char *code, const Form *form, FormAnswer *answer,
                     GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Gift) gift = gift_by_code(store, code, error);
    if (gift == NULL) {
        return false;
    }
    form_answer_page(answer, "gift-ended");
    set_sum(gift, form, answer);
    if (request_cancel(store, gift, clock_now(), &reason) ||
        g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_CONFLICT)) {
        return true;
    }
    if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return refuse(form, "gift_not_repeated", error);
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

static bool gift_cancel(Store *store, const FormContext *context, const Form *form,
                        FormAnswer *answer, GError **error)
{
    return token_form_run(store, context, form, TOKEN_GIFT_MANAGE, end_gift, answer, error);
}

const FormKind fund_form_gift_cancel = {
    .name = "gift-cancel",
    .fields = token_form_fields,
    .show = FORM_SHOW_TOKEN,
    .per_client = TOKEN_FORM_CLIENT,
    .in_all = TOKEN_FORM_ALL,
    .handle = gift_cancel,
    .help = "ends a monthly or annual gift, from the link of a receipt",
};
