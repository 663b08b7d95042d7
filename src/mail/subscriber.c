/* Subscribers: subscriber.h. Signing up and confirming is signup.c; the forms are mail_forms.c. */
#include "mail/subscriber.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/address.h"
#include "mail/delivery.h"
#include "mail/newsletter.h"
#include "mail_sql.h"
#include "text/mail_address.h"

#include <string.h>

void subscriber_free(Subscriber *subscriber)
{
    if (subscriber == NULL) {
        return;
    }
    g_free(subscriber->newsletter_name);
    g_free(subscriber->language);
    g_free(subscriber->mark);
    g_free(subscriber->address);
    g_free(subscriber->source);
    g_free(subscriber->consent);
    g_free(subscriber->policy);
    g_free(subscriber);
}

const char *subscriber_state_name(SubscriberState state)
{
    static const char *const names[] = {"", "pending", "confirmed", "unsubscribed"};
    return names[state];
}

static Subscriber *of_row(StoreRows *rows)
{
    Subscriber *subscriber = g_new0(Subscriber, 1);
    *subscriber = (Subscriber){.id = store_number(rows, 0),
                               .newsletter = store_number(rows, 1),
                               .newsletter_name = store_text_copy(rows, 2),
                               .language = store_text_copy(rows, 3),
                               .mark = store_text_copy(rows, 4),
                               .address = store_text_copy(rows, 5),
                               .state = (SubscriberState)store_number(rows, 6),
                               .source = store_text_copy(rows, 7),
                               .consent = store_text_copy(rows, 8),
                               .policy = store_text_copy(rows, 9),
                               .requested = store_number(rows, 10),
                               .confirmed = store_number(rows, 11),
                               .ended = store_number(rows, 12)};
    return subscriber;
}

Subscriber *subscriber_read(Store *store, int64_t id, GError **error)
{
    g_autoptr(StoreRows) rows = mail_subscriber_by_id(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no subscriber %" G_GINT64_FORMAT, id);
    }
    return step == STORE_ROW ? of_row(rows) : NULL;
}

GPtrArray *subscriber_list(Store *store, int64_t newsletter, const char *mark, int64_t after,
                           unsigned most, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)subscriber_free);
    g_autoptr(StoreRows) rows = mark != NULL
                                    ? mail_subscribers_of_mark(store, mark, after, most, error)
                                    : mail_subscribers_after(store, newsletter, after, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(all, of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

bool subscriber_count(Store *store, int64_t newsletter, int64_t counts[4], GError **error)
{
    memset(counts, 0, 4 * sizeof counts[0]);
    g_autoptr(StoreRows) rows = mail_subscriber_counts(store, newsletter, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        counts[CLAMP(store_number(rows, 0), 0, 3)] = store_number(rows, 1);
    }
    return step == STORE_END;
}

bool suppression_add(Store *store, const char *mark, int64_t newsletter, SuppressionReason reason,
                     GError **error)
{
    return mail_suppression_put(store, mark, newsletter, reason, clock_now(), error);
}

bool suppression_of(Store *store, const char *mark, int64_t newsletter, SuppressionReason *reason,
                    GError **error)
{
    g_autoptr(StoreRows) rows = mail_suppression_read(store, mark, newsletter, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_FAILED) {
        *reason = step == STORE_ROW ? (SuppressionReason)store_number(rows, 0) : SUPPRESSION_NONE;
    }
    return step != STORE_FAILED;
}

bool subscriber_wanted(Store *store, int64_t id, bool *wanted, GError **error)
{
    return store_rows_any(mail_subscriber_wanted(store, id, error), wanted, error);
}

/* ---- Ending -----------------------------------------------------------------------------------
 */

static bool unsubscribe_body(Store *store, void *data, GError **error)
{
    const int64_t *id = data;
    g_autoptr(GError) reason = NULL;
    g_autoptr(Subscriber) subscriber = subscriber_read(store, *id, &reason);
    if (subscriber == NULL) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true; /* erased: there is nothing left to end */
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return mail_subscriber_end(store, *id, clock_now(), error) &&
           delivery_left(store, subscriber->mark, *id, error) &&
           suppression_add(store, subscriber->mark, subscriber->newsletter,
                           SUPPRESSION_UNSUBSCRIBED, error);
}

bool subscriber_unsubscribe(Store *store, int64_t id, GError **error)
{
    return store_transact(store, unsubscribe_body, &id, error);
}

typedef struct {
    const char *mark;
    int64_t count;
} Erase;

static bool erase_body(Store *store, void *data, GError **error)
{
    Erase *erase = data;
    return mail_suppression_of_erased(store, erase->mark, clock_now(), error) &&
           mail_subscriber_erase_counted(store, erase->mark, &erase->count, error) &&
           delivery_erase(store, erase->mark, error);
}

bool subscriber_erase(Store *store, const Mailroom *room, const char *address, int64_t *count,
                      GError **error)
{
    g_autofree char *parsed = mail_address_parse(address, error);
    if (parsed == NULL) {
        return false;
    }
    g_autofree char *mark = address_mark(&room->secret, parsed);
    Erase erase = {mark, 0};
    if (!store_transact(store, erase_body, &erase, error)) {
        return false;
    }
    *count = erase.count;
    return true;
}

/* ---- By the staff -----------------------------------------------------------------------------
 */

typedef struct {
    const char *newsletter, *address, *mark, *source;
    bool added;
} Add;

static bool known(Store *store, int64_t newsletter, const char *mark, int64_t *id,
                  SubscriberState *state, GError **error)
{
    g_autoptr(StoreRows) rows = mail_subscriber_by_mark(store, newsletter, mark, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *id = step == STORE_ROW ? store_number(rows, 0) : 0;
    *state = step == STORE_ROW ? (SubscriberState)store_number(rows, 1) : 0;
    return step != STORE_FAILED;
}

static bool add_body(Store *store, void *data, GError **error)
{
    Add *add = data;
    SuppressionReason reason = SUPPRESSION_NONE;
    SubscriberState state = 0;
    int64_t id = 0, now = clock_now();
    g_autoptr(Newsletter) newsletter = newsletter_read(store, add->newsletter, error);
    if (newsletter == NULL || !suppression_of(store, add->mark, newsletter->id, &reason, error) ||
        !known(store, newsletter->id, add->mark, &id, &state, error)) {
        return false;
    }
    if (reason != SUPPRESSION_NONE || state == SUBSCRIBER_STATE_UNSUBSCRIBED) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "%s gets no mail of %s: it %s; only its holder can change that, by the form",
                    add->address, add->newsletter,
                    reason == SUPPRESSION_COMPLAINT ? "complained"
                    : reason == SUPPRESSION_HARD    ? "does not take mail"
                    : reason == SUPPRESSION_MANUAL  ? "was suppressed by the staff"
                                                    : "unsubscribed");
    }
    add->added = state != SUBSCRIBER_STATE_CONFIRMED;
    if (id != 0) {
        return mail_subscriber_confirm(store, id, now, error);
    }
    return store_next_id(store, "mail_subscriber", &id, error) &&
           mail_subscriber_insert(store, id, newsletter->id, add->mark, add->address,
                                  SUBSCRIBER_STATE_CONFIRMED, add->source, "", "", now, now, error);
}

bool subscriber_add(Store *store, const Mailroom *room, const char *newsletter, const char *address,
                    const char *source, bool *added, GError **error)
{
    g_autofree char *parsed = mail_address_parse(address, error);
    if (parsed == NULL) {
        return false;
    }
    if (*source == '\0' || strlen(source) > 200) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "say in a few words where the address comes from and why it may be used");
    }
    g_autofree char *mark = address_mark(&room->secret, parsed);
    Add add = {newsletter, parsed, mark, source, false};
    if (!store_transact(store, add_body, &add, error)) {
        return false;
    }
    *added = add.added;
    return true;
}
