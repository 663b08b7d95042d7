/* Sending what the journal says is due: deliver.h. The journal is delivery.c, the ways out
 * transport.c. */
#include "mail/deliver.h"

#include "base/clock.h"
#include "base/error.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/issue_text.h"
#include "mail/letter.h"
#include "mail/subscriber.h"

#include <string.h>

typedef struct {
    Store *store;
    const Mailroom *room;
    IssueText *issue; /* of the last one, since a batch is mostly of one issue */
    DeliveryResult results[DELIVERY_BATCH];
    unsigned count;
    GError *closed; /* the way out is closed: why */
} Turn;

static void turn_clear(Turn *turn)
{
    g_clear_pointer(&turn->issue, issue_text_free);
    g_clear_error(&turn->closed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Turn, turn_clear)

static void note(Turn *turn, const Delivery *delivery, DeliveryState state, int64_t due,
                 const char *status)
{
    DeliveryResult *result = &turn->results[turn->count++];
    *result = (DeliveryResult){.id = delivery->id, .state = state, .due = due};
    g_strlcpy(result->status, status, sizeof result->status);
}

static bool compose(Turn *turn, const Delivery *delivery, Letter *letter, GError **error)
{
    if (!delivery->bulk) {
        return letter_compose(turn->store, turn->room, delivery, letter, error);
    }
    if (turn->issue == NULL || issue_text_id(turn->issue) != delivery->issue) {
        g_clear_pointer(&turn->issue, issue_text_free);
        turn->issue = issue_text_load(turn->store, turn->room, delivery->issue, error);
    }
    return turn->issue != NULL &&
           issue_text_compose(turn->issue, turn->room, delivery, letter, error);
}

/* What the answer means for the row. */
static void note_reply(Turn *turn, const Delivery *delivery, const SmtpReply *reply)
{
    int64_t now = clock_now();
    switch (reply->outcome) {
    case SMTP_ACCEPTED:
        note(turn, delivery, DELIVERY_ACCEPTED, 0, reply->text);
        break;
    case SMTP_REJECTED:
        note(turn, delivery, DELIVERY_REJECTED, 0, reply->text);
        break;
    case SMTP_DEFERRED:
        note(turn, delivery, DELIVERY_DEFERRED, delivery_retry(delivery->attempts, now),
             reply->text);
        break;
    case SMTP_UNCERTAIN:
        note(turn, delivery, DELIVERY_UNCERTAIN, 0, reply->text);
        break;
    case SMTP_UNREACHABLE:
        fail(&turn->closed, KOLOKOL_ERROR_IO, "mail cannot leave: %s", reply->text);
        break;
    }
}

/* What is wrong with a letter must not hold up the others; everything else closes the way out. A
 * letter alone is rejected; an issue that is too long can be mended, and waits for that. */
static bool set_aside(Turn *turn, const Delivery *delivery, const GError *reason)
{
    bool limit = g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    if (!limit && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID)) {
        return false;
    }
    bool waits = limit && delivery->bulk;
    note(turn, delivery, waits ? DELIVERY_DEFERRED : DELIVERY_REJECTED,
         waits ? delivery_retry(delivery->attempts, clock_now()) : 0, reason->message);
    return true;
}

/* Notes the outcome, or sets turn->closed and notes nothing. */
static void hand_over(Turn *turn, const Delivery *delivery)
{
    g_auto(Letter) letter = {0};
    g_autoptr(GError) reason = NULL;
    if (!compose(turn, delivery, &letter, &reason)) {
        if (!set_aside(turn, delivery, reason)) {
            turn->closed = g_steal_pointer(&reason);
        }
        return;
    }
    Envelope envelope = {.from = letter.from,
                         .to = delivery->address,
                         .message_id = delivery->message_id,
                         .date = delivery->created};
    SmtpReply reply;
    transport_send(turn->room->transport, &envelope, letter.message->str, letter.message->len,
                   &reply);
    note_reply(turn, delivery, &reply);
}

static void send_one(Turn *turn, const Delivery *delivery)
{
    bool wanted = true;
    if (turn->closed != NULL) {
        note(turn, delivery, DELIVERY_READY, clock_now(), delivery->status);
        return;
    }
    if (delivery_too_old(delivery, clock_now())) {
        g_autofree char *status =
            g_strdup_printf("given up; the last answer: %s", delivery->status);
        note(turn, delivery, DELIVERY_REJECTED, 0, status);
        return;
    }
    if (delivery->bulk &&
        !subscriber_wanted(turn->store, delivery->subscriber, &wanted, &turn->closed)) {
        wanted = true;
    } else if (!wanted) {
        note(turn, delivery, DELIVERY_EXCLUDED, 0, "unsubscribed");
        return;
    } else {
        hand_over(turn, delivery);
    }
    if (turn->closed != NULL) {
        note(turn, delivery, DELIVERY_READY, clock_now(), turn->closed->message);
    }
}

/* One batch; *any is false if nothing was due. */
static bool send_batch(Turn *turn, int64_t fence, bool *any, GError **error)
{
    g_autoptr(GPtrArray) claimed = delivery_claim(turn->store, fence, error);
    if (claimed == NULL) {
        return false;
    }
    *any = claimed->len > 0;
    turn->count = 0;
    for (guint i = 0; i < claimed->len; i++) {
        send_one(turn, claimed->pdata[i]);
    }
    if (!delivery_settle(turn->store, turn->results, turn->count, error)) {
        return false;
    }
    if (turn->closed != NULL) {
        g_propagate_error(error, g_steal_pointer(&turn->closed));
        return false;
    }
    return true;
}

static bool send_all(Turn *turn, int64_t fence, int64_t until,
                     bool (*renew)(Store *store, void *data, GError **error), void *data,
                     GError **error)
{
    for (bool any = true; any && clock_monotonic() < until;) {
        if (!send_batch(turn, fence, &any, error) ||
            (any && renew != NULL && !renew(turn->store, data, error))) {
            return false;
        }
    }
    return issue_finish(turn->store, error);
}

bool deliver_turn(Store *store, const Mailroom *room, int64_t most,
                  bool (*renew)(Store *store, void *data, GError **error), void *data,
                  int64_t *next, GError **error)
{
    g_auto(Turn) turn = {.store = store, .room = room};
    int64_t fence = 0;
    if (!theme_reload(room->theme, NULL, error) ||
        !delivery_lease_take(store, &fence, next, error)) {
        return false;
    }
    bool done = send_all(&turn, fence, clock_monotonic() + most, renew, data, error);
    /* If this fails too, the lease ends by itself. */
    delivery_lease_drop(store, fence, NULL);
    return done && delivery_next_due(store, next, error);
}
