/* The intake's rows: intake.h. What is in them is sealed.c's; who reads them drain.c and door.c. */
#include "forms/intake.h"

#include "base/clock.h"
#include "base/error.h"
#include "forms_intake_sql.h"
#include "store/migrations.h"

#include <string.h>

#define LEASE CLOCK_MINUTE

extern const StoreMigration intake_migrations[];
extern const size_t intake_migrations_count;

Store *intake_open(const char *url, GError **error)
{
    g_autoptr(Store) store = store_open(url, error);
    if (store == NULL ||
        !store_migrate_set(store, intake_migrations, intake_migrations_count, error)) {
        g_prefix_error(error, "intake: ");
        return NULL;
    }
    return g_steal_pointer(&store);
}

bool intake_waiting(Store *intake, int64_t *count, GError **error)
{
    g_autoptr(StoreRows) rows = forms_intake_waiting(intake, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *count = store_number(rows, 0);
    return true;
}

bool intake_put(Store *intake, const Hash *ticket, GBytes *sealed, int64_t now, GError **error)
{
    gsize length = 0;
    const void *bytes = g_bytes_get_data(sealed, &length);
    int64_t count = 0;
    if (length > INTAKE_SEALED_MAX) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "a form of %zu bytes; the limit is %u", length,
                    INTAKE_SEALED_MAX);
    }
    if (!intake_waiting(intake, &count, error)) {
        return false;
    }
    if (count >= INTAKE_WAITING) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "%u forms wait already; does the worker run?",
                    INTAKE_WAITING);
    }
    return forms_intake_put(intake, ticket->bytes, sizeof ticket->bytes, bytes, length, now, error);
}

static GBytes *bytes_of(StoreRows *rows, int column)
{
    size_t length = 0;
    const void *bytes = store_bytes(rows, column, &length);
    return g_bytes_new(bytes, length);
}

bool intake_answer(Store *intake, const Hash *ticket, GBytes **sealed, bool *known, GError **error)
{
    g_autoptr(StoreRows) rows =
        forms_intake_answer(intake, ticket->bytes, sizeof ticket->bytes, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *known = step == STORE_ROW;
    *sealed = step == STORE_ROW ? bytes_of(rows, 0) : NULL;
    if (step == STORE_ROW) {
        return true;
    }
    return store_rows_any(forms_intake_known(intake, ticket->bytes, sizeof ticket->bytes, error),
                          known, error);
}

void intake_form_clear(IntakeForm *form)
{
    g_clear_pointer(&form->sealed, g_bytes_unref);
}

static bool take_ticket(StoreRows *rows, Hash *ticket, GError **error)
{
    size_t length = 0;
    const void *bytes = store_bytes(rows, 0, &length);
    if (length != sizeof ticket->bytes) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "intake: a ticket of %zu bytes", length);
    }
    memcpy(ticket->bytes, bytes, length);
    return true;
}

bool intake_lease(Store *intake, int64_t now, IntakeForm *form, bool *found, GError **error)
{
    g_autoptr(StoreRows) rows = forms_intake_lease(intake, now, now + LEASE, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        *found = false;
        return step == STORE_END;
    }
    IntakeForm taken = {.received = store_number(rows, 2), .attempts = store_number(rows, 3)};
    if (!take_ticket(rows, &taken.ticket, error)) {
        return false;
    }
    taken.sealed = bytes_of(rows, 1);
    step = store_rows_next(rows, error); /* so that a failure of the commit is heard */
    if (step == STORE_FAILED) {
        intake_form_clear(&taken);
        return false;
    }
    *form = taken;
    *found = true;
    return true;
}

typedef struct {
    const Hash *ticket;
    GBytes *answer;
    int64_t now;
} Finish;

static bool finish_body(Store *intake, void *data, GError **error)
{
    const Finish *finish = data;
    gsize length = 0;
    const void *bytes = g_bytes_get_data(finish->answer, &length);
    const uint8_t *ticket = finish->ticket->bytes;
    size_t size = sizeof finish->ticket->bytes;
    return forms_intake_answer_put(intake, ticket, size, bytes, length, finish->now, error) &&
           forms_intake_form_delete(intake, ticket, size, error);
}

bool intake_finish(Store *intake, const Hash *ticket, GBytes *answer, int64_t now, GError **error)
{
    Finish finish = {ticket, answer, now};
    return store_transact(intake, finish_body, &finish, error);
}

bool intake_postpone(Store *intake, const Hash *ticket, int64_t due, const char *reason,
                     GError **error)
{
    return forms_intake_postpone(intake, ticket->bytes, sizeof ticket->bytes, due, reason, error);
}

/* ---- For a person --------------------------------------------------------------------------- */

bool intake_aside(Store *intake, unsigned most, IntakeTaker take, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = forms_intake_set_aside(intake, INT64_MAX, most, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        IntakeAside form = {.received = store_number(rows, 1),
                            .attempts = store_number(rows, 2),
                            .reason = store_text(rows, 3)};
        if (!take_ticket(rows, &form.ticket, error) || !take(&form, data, error)) {
            return false;
        }
    }
    return step == STORE_END;
}

static bool one_changed(int64_t changed, GError **error)
{
    return changed == 1 ||
           fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such form among those set aside");
}

bool intake_retry(Store *intake, const Hash *ticket, int64_t now, GError **error)
{
    int64_t changed = 0;
    return forms_intake_set_aside_retry_counted(intake, ticket->bytes, sizeof ticket->bytes,
                                                INT64_MAX, now, &changed, error) &&
           one_changed(changed, error);
}

bool intake_forget(Store *intake, const Hash *ticket, GError **error)
{
    int64_t changed = 0;
    return forms_intake_set_aside_forget_counted(intake, ticket->bytes, sizeof ticket->bytes,
                                                 INT64_MAX, &changed, error) &&
           one_changed(changed, error);
}

bool intake_tidy(Store *intake, int64_t now, GError **error)
{
    return forms_intake_tidy(intake, now - INTAKE_ANSWER_KEPT, error);
}

char *intake_note(Store *intake, const char *name, GError **error)
{
    g_autoptr(StoreRows) rows = forms_intake_note(intake, name, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return NULL;
    }
    return store_text_copy(rows, 0);
}

bool intake_note_set(Store *intake, const char *name, const char *text, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *present = intake_note(intake, name, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return g_strcmp0(present, text) == 0 || forms_intake_note_set(intake, name, text, error);
}
