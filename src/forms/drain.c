/* Emptying the intake: drain.h. */
#include "forms/drain.h"

#include "base/clock.h"
#include "base/error.h"
#include "forms/sealed.h"
#include "forms/ticket.h"
#include "forms_sql.h"

#define DELAY_FIRST (2 * CLOCK_SECOND)
#define DELAY_MOST  CLOCK_HOUR

typedef struct {
    const Drain *drain;
    const Form *form;
    const FormAnswer *refusal; /* the answer, in the place of running the handler */
    Hash ticket;
    GBytes *answer; /* out */
} Apply;

/* The answer of an earlier time. */
static bool kept(Store *newsroom, Apply *apply, GError **error)
{
    g_autoptr(StoreRows) rows =
        forms_applied(newsroom, apply->ticket.bytes, sizeof apply->ticket.bytes, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        return step == STORE_END && fail(error, KOLOKOL_ERROR_BUSY, "a form's note has just gone");
    }
    size_t length = 0;
    const void *bytes = store_bytes(rows, 0, &length);
    apply->answer = g_bytes_new(bytes, length);
    return true;
}

static bool keep(Store *newsroom, Apply *apply, const FormAnswer *answer, GError **error)
{
    apply->answer = ticket_close(apply->form->ticket, answer);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(apply->answer, &length);
    return forms_applied_answer(newsroom, apply->ticket.bytes, sizeof apply->ticket.bytes, bytes,
                                length, error);
}

static bool apply_body(Store *newsroom, void *data, GError **error)
{
    Apply *apply = data;
    const Form *form = apply->form;
    int64_t first = 0;
    g_clear_pointer(&apply->answer, g_bytes_unref); /* of a run that was rolled back */
    if (!forms_applied_put_counted(newsroom, apply->ticket.bytes, sizeof apply->ticket.bytes,
                                   clock_now(), &first, error)) {
        return false;
    }
    if (first == 0) {
        return kept(newsroom, apply, error);
    }
    if (apply->refusal != NULL) {
        return keep(newsroom, apply, apply->refusal, error);
    }
    g_autoptr(FormAnswer) answer = form_answer_new();
    return form->kind->handle(newsroom, apply->drain->context, form, answer, error) &&
           keep(newsroom, apply, answer, error);
}

/* What the handler refuses is answered too; its changes are rolled back by then. */
static bool apply_form(Apply *apply, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (store_transact(apply->drain->newsroom, apply_body, apply, &reason)) {
        return true;
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID) &&
        !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autoptr(FormAnswer) refusal = form_answer_new();
    form_answer_page(refusal, "refused");
    form_answer_text(refusal, "reason", reason->message);
    apply->refusal = refusal;
    bool done = store_transact(apply->drain->newsroom, apply_body, apply, error);
    apply->refusal = NULL;
    return done;
}

/* 2, 4, 8 … seconds, at most an hour; never again after the last attempt. */
static int64_t next_try(const IntakeForm *taken)
{
    int64_t delay = DELAY_FIRST;
    if (taken->attempts >= INTAKE_ATTEMPTS) {
        return INT64_MAX;
    }
    for (int64_t i = 1; i < taken->attempts && delay < DELAY_MOST; i++) {
        delay *= 2;
    }
    return clock_now() + MIN(delay, DELAY_MOST);
}

static bool do_form(const Drain *drain, const IntakeForm *taken, GError **error)
{
    g_autoptr(SealedForm) sealed = sealed_form_open(drain->key, drain->kinds, taken->sealed, error);
    if (sealed == NULL) {
        return false;
    }
    Apply apply = {.drain = drain, .form = sealed_form(sealed), .ticket = taken->ticket};
    Hash named = ticket_hash(apply.form->ticket);
    if (!hash_equal(&named, &taken->ticket)) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "a form of the intake has another's ticket");
    }
    bool done = apply_form(&apply, error) &&
                intake_finish(drain->intake, &taken->ticket, apply.answer, clock_now(), error);
    g_clear_pointer(&apply.answer, g_bytes_unref);
    return done;
}

bool drain_one(const Drain *drain, bool *any, GError **error)
{
    g_auto(IntakeForm) taken = {0};
    g_autoptr(GError) reason = NULL;
    bool found = false;
    if (!intake_lease(drain->intake, clock_now(), &taken, &found, error)) {
        return false;
    }
    if (found && !do_form(drain, &taken, &reason) &&
        !intake_postpone(drain->intake, &taken.ticket, next_try(&taken), reason->message, error)) {
        return false;
    }
    *any = found;
    return true;
}

bool drain_applied(Store *newsroom, const char *ticket, bool *applied, GError **error)
{
    Hash hash = ticket_hash(ticket);
    return store_rows_any(forms_applied(newsroom, hash.bytes, sizeof hash.bytes, error), applied,
                          error);
}

bool drain_tidy(const Drain *drain, GError **error)
{
    int64_t now = clock_now();
    return intake_tidy(drain->intake, now, error) &&
           forms_applied_tidy(drain->newsroom, now - DRAIN_KEPT, error);
}
