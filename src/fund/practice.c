/* The provider `practice`: practice.h. Its checkout page is a form, fund_forms.c. */
#include "fund/practice.h"

#include "base/clock.h"
#include "base/error.h"
#include "fund/inbox.h"
#include "fund/subscription.h"
#include "fund_sql.h"
#include "net/address.h"
#include "text/json.h"

#include <string.h>

typedef struct {
    char *id, *gift, *state, *address;
    Frequency frequency;
    Money amount;
    char *status; /* of its subscription, "" without one */
    int64_t paid_until, events, changed;
} Checkout;

static void checkout_clear(Checkout *checkout)
{
    g_free(checkout->id);
    g_free(checkout->gift);
    g_free(checkout->state);
    g_free(checkout->address);
    g_free(checkout->status);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Checkout, checkout_clear)

static bool site(const char *url, GError **error)
{
    return http_url_is_local(url) ||
           fail(error, KOLOKOL_ERROR_DENIED,
                "practice runs on this machine only, not for readers at %s", url);
}

static bool read_checkout(Store *store, const char *id, Checkout *checkout, GError **error)
{
    g_autoptr(StoreRows) rows = fund_practice_read(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "practice has no checkout %.60s", id);
    }
    if (step != STORE_ROW) {
        return false;
    }
    *checkout = (Checkout){.id = g_strdup(id),
                           .gift = store_text_copy(rows, 0),
                           .state = store_text_copy(rows, 4),
                           .address = store_text_copy(rows, 5),
                           .status = store_text_copy(rows, 6),
                           .paid_until = store_number(rows, 7),
                           .events = store_number(rows, 8),
                           .changed = store_number(rows, 9)};
    frequency_parse(store_text(rows, 1), &checkout->frequency);
    g_strlcpy(checkout->amount.currency, store_text(rows, 2), MONEY_CURRENCY);
    checkout->amount.minor = store_number(rows, 3);
    return true;
}

/* Writes what changed and calls us about it, as a real provider would. */
static bool write_and_call(Store *store, Checkout *checkout, int64_t now, GError **error)
{
    g_autofree char *body =
        g_strdup_printf("{\"event\":\"%s-%" G_GINT64_FORMAT "\",\"object\":\"%s\"}", checkout->id,
                        ++checkout->events, checkout->id);
    return fund_practice_change(store, checkout->id, checkout->state, checkout->address,
                                checkout->status, checkout->paid_until, checkout->events, now,
                                error) &&
           inbox_receive(store, &practice_provider, body, strlen(body), "", now, error);
}

/* ---- What we ask of it ------------------------------------------------------------------------
 */

static char *compose(const PaymentAsk *ask)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "gift", ask->gift);
    json_writer_text_member(&json, "frequency", frequency_name(ask->frequency));
    json_writer_text_member(&json, "currency", ask->amount.currency);
    json_writer_number_member(&json, "amount", ask->amount.minor);
    json_writer_text_member(&json, "object", ask->object);
    json_writer_close(&json);
    json_writer_finish(&json, NULL);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static const char *text_of(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool open_checkout(Store *store, const PaymentRequest *request, json_t *body,
                          PaymentAnswer *answer, GError **error)
{
    g_autofree char *id = g_strconcat("pc", request->id, NULL);
    if (!fund_practice_open(store, id, request->id, text_of(body, "gift"),
                            text_of(body, "frequency"), text_of(body, "currency"),
                            json_integer_value(json_object_get(body, "amount")), clock_now(),
                            error)) {
        return false;
    }
    answer->link = g_strconcat("practice/", id, NULL);
    answer->object = g_steal_pointer(&id);
    return true;
}

/* A charge is "CHECKOUT-NUMBER". */
static bool refund(Store *store, const char *charge, GError **error)
{
    g_auto(Checkout) checkout = {0};
    const char *dash = strrchr(charge, '-');
    g_autofree char *id = g_strndup(charge, dash == NULL ? 0 : (size_t)(dash - charge));
    int64_t now = clock_now(), changed = 0;
    return read_checkout(store, id, &checkout, error) &&
           fund_practice_refund_counted(store, id, g_ascii_strtoll(dash + 1, NULL, 10), now,
                                        &changed, error) &&
           (changed == 0 || write_and_call(store, &checkout, now, error));
}

static bool cancel(Store *store, const char *subscription, GError **error)
{
    g_auto(Checkout) checkout = {0};
    if (!read_checkout(store, subscription, &checkout, error)) {
        return false;
    }
    if (strcmp(checkout.status, "active") != 0) {
        return true;
    }
    g_free(checkout.status);
    checkout.status = g_strdup("canceled");
    return write_and_call(store, &checkout, clock_now(), error);
}

typedef struct {
    const PaymentRequest *request;
    PaymentAnswer *answer;
} Send;

static bool send_body(Store *store, void *data, GError **error)
{
    const Send *send = data;
    const PaymentRequest *request = send->request;
    g_autoptr(json_t) body = json_read_limited(request->body, strlen(request->body),
                                               JOB_PAYLOAD_MAX, 4, JSON_READ_STRICT, error);
    if (body == NULL) {
        return false;
    }
    payment_answer_clear(send->answer);
    switch (request->step) {
    case PAYMENT_CHECKOUT:
        return open_checkout(store, request, body, send->answer, error);
    case PAYMENT_REFUND:
        return refund(store, text_of(body, "object"), error);
    default:
        return cancel(store, text_of(body, "object"), error);
    }
}

static bool send_request(Store *store, const PaymentRequest *request, PaymentAnswer *answer,
                         GError **error)
{
    Send what = {request, answer};
    return store_transact(store, send_body, &what, error);
}

/* ---- What it tells us -------------------------------------------------------------------------
 */

static bool read_event(const void *body, size_t length, const char *signature, int64_t now,
                       PaymentEvent *event, GError **error)
{
    g_autoptr(json_t) root =
        json_read_limited(body, length, INBOX_BODY_MAX, 4, JSON_READ_STRICT, error);
    if (root == NULL) {
        return false;
    }
    const char *id = text_of(root, "event"), *object = text_of(root, "object");
    if (*id == '\0' || *object == '\0' || strlen(id) > PAYMENT_ID_MAX ||
        strlen(object) > PAYMENT_ID_MAX) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a call of practice needs event and object");
    }
    *event = (PaymentEvent){g_strdup(id), g_strdup(object)};
    return true;
}

static GiftState state_of(const Checkout *checkout)
{
    if (strcmp(checkout->state, "declined") == 0) {
        return GIFT_FAILED;
    }
    bool over = strcmp(checkout->state, "abandoned") == 0 ||
                (strcmp(checkout->state, "open") == 0 &&
                 checkout->changed + PRACTICE_OPEN_FOR <= clock_now());
    return over ? GIFT_EXPIRED : GIFT_PENDING;
}

static bool add_entries(Store *store, const Checkout *checkout, PaymentFacts *facts, GError **error)
{
    g_autoptr(StoreRows) rows = fund_practice_charges(store, checkout->id, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t number = store_number(rows, 0), refunded = store_number(rows, 2);
        char *charge = g_strdup_printf("%s-%" G_GINT64_FORMAT, checkout->id, number);
        PaymentEntry entry = {.kind = "charge",
                              .object = charge,
                              .amount = checkout->amount,
                              .moment = store_number(rows, 1),
                              .renewal = number > 1};
        payment_facts_add(facts, &entry);
        if (refunded != 0) {
            PaymentEntry back = {.kind = "refund",
                                 .object = g_strconcat(charge, "-refund", NULL),
                                 .of = g_strdup(charge),
                                 .amount = checkout->amount,
                                 .moment = refunded};
            back.amount.minor = -back.amount.minor;
            payment_facts_add(facts, &back);
        }
    }
    return step == STORE_END;
}

static PaymentFacts *fetch(Store *store, const char *object, GError **error)
{
    g_auto(Checkout) checkout = {0};
    if (!read_checkout(store, object, &checkout, error)) {
        return NULL;
    }
    g_autoptr(PaymentFacts) facts = payment_facts_new();
    facts->gift = g_strdup(checkout.gift);
    facts->state = state_of(&checkout);
    facts->address = g_strdup(checkout.address);
    facts->moment = checkout.changed;
    facts->paid_until = checkout.paid_until;
    if (*checkout.status != '\0') {
        facts->subscription = g_strdup(checkout.id);
        subscription_status_parse(checkout.status, &facts->status);
    }
    return add_entries(store, &checkout, facts, error) ? g_steal_pointer(&facts) : NULL;
}

/* ---- What its payers do -----------------------------------------------------------------------
 */

static int64_t next_payment(int64_t from, Frequency frequency)
{
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc(from / CLOCK_SECOND);
    g_autoptr(GDateTime) next =
        g_date_time_add_months(then, frequency == FREQUENCY_MONTHLY ? 1 : 12);
    return g_date_time_to_unix(next) * CLOCK_SECOND;
}

static bool pay(Store *store, Checkout *checkout, int64_t number, int64_t now, GError **error)
{
    if (!fund_practice_charge(store, checkout->id, number, now, error)) {
        return false;
    }
    if (checkout->frequency == FREQUENCY_ONCE) {
        return true;
    }
    g_free(checkout->status);
    checkout->status = g_strdup("active");
    checkout->paid_until = next_payment(now, checkout->frequency);
    return job_enqueue(store, "practice.renew", checkout->id, NULL, checkout->paid_until, error);
}

typedef struct {
    const char *checkout, *address;
    PracticeDecision decision, holds;
    int64_t now;
    char *gift;
} Decide;

static const char *const decided[] = {"paid", "declined", "abandoned"};

/* Of a checkout that is no longer open. */
static PracticeDecision decision_of(const Checkout *checkout)
{
    PracticeDecision decision = PRACTICE_PAY;
    while (decision < PRACTICE_ABANDON && strcmp(checkout->state, decided[decision]) != 0) {
        decision++;
    }
    return decision;
}

static bool decide_body(Store *store, void *data, GError **error)
{
    Decide *decide = data;
    g_auto(Checkout) checkout = {0};
    if (!read_checkout(store, decide->checkout, &checkout, error)) {
        return false;
    }
    g_free(decide->gift);
    decide->gift = g_strdup(checkout.gift);
    if (strcmp(checkout.state, "open") != 0 || state_of(&checkout) == GIFT_EXPIRED) {
        decide->holds = decision_of(&checkout);
        return true;
    }
    decide->holds = decide->decision;
    g_free(checkout.state);
    g_free(checkout.address);
    checkout.state = g_strdup(decided[decide->decision]);
    checkout.address = g_strdup(decide->address);
    return (decide->decision != PRACTICE_PAY || pay(store, &checkout, 1, decide->now, error)) &&
           write_and_call(store, &checkout, decide->now, error);
}

bool practice_decide(Store *store, const char *checkout, PracticeDecision decision,
                     const char *address, int64_t now, PracticeDecision *holds, char **gift,
                     GError **error)
{
    Decide decide = {checkout, address, decision, decision, now, NULL};
    if (!store_transact(store, decide_body, &decide, error)) {
        g_free(decide.gift);
        return false;
    }
    *gift = decide.gift;
    *holds = decide.holds;
    return true;
}

static bool renew_body(Store *store, void *data, GError **error)
{
    const Job *job = data;
    g_auto(Checkout) checkout = {0};
    int64_t count = 0, now = clock_now();
    if (!read_checkout(store, job->key, &checkout, error)) {
        return false;
    }
    if (strcmp(checkout.status, "active") == 0 && checkout.paid_until <= now) {
        g_autoptr(StoreRows) rows = fund_practice_count(store, checkout.id, error);
        if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
            return false;
        }
        count = store_number(rows, 0);
        g_clear_pointer(&rows, store_rows_free);
        if (!pay(store, &checkout, count + 1, now, error) ||
            !write_and_call(store, &checkout, now, error)) {
            return false;
        }
    }
    return job_done(store, job, error);
}

bool practice_renew(Store *store, const Job *job, void *context, GError **error)
{
    return store_transact(store, renew_body, (void *)(uintptr_t)job, error);
}

const PaymentProvider practice_provider = {
    .name = "practice",
    .local = true,
    .methods = "methods_practice",
    .site = site,
    .compose = compose,
    .send = send_request,
    .read = read_event,
    .fetch = fetch,
    .help = "a built-in checkout that moves no money, for trying everything on one machine",
};
