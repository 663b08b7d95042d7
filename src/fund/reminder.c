/* Remind me later: reminder.h. The forms are fund_forms.c. */
#include "fund/reminder.h"

#include "base/clock.h"
#include "fund/form_block.h"
#include "fund/outgoing.h"
#include "fund_sql.h"
#include "press/setting.h"
#include "theme/dates.h"

#define OFTEN_QUARTER 1 /* per 15 minutes */
#define OFTEN_DAY     3

static bool count_since(Store *store, const char *address, int64_t since, int64_t *count,
                        GError **error)
{
    g_autoptr(StoreRows) rows = fund_reminder_count(store, address, since, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    *count = store_number(rows, 0);
    return true;
}

static char *date_of(Store *store, const char *language, int64_t due, GError **error)
{
    g_autoptr(GTimeZone) zone = setting_timezone(store, error);
    return zone == NULL ? NULL : date_text(language, due, zone, DATE_DAY);
}

static bool mail_confirm(Store *store, const ReminderAsk *ask, GError **error)
{
    g_autofree char *confirm_path = g_strconcat("remind-confirm/", ask->confirm, NULL);
    g_autofree char *stop_path = g_strconcat("remind-stop/", ask->stop, NULL);
    g_autofree char *confirm = outgoing_form(store, ask->language, confirm_path, error);
    g_autofree char *stop =
        confirm == NULL ? NULL : outgoing_form(store, ask->language, stop_path, error);
    g_autofree char *date = stop == NULL ? NULL : date_of(store, ask->language, ask->due, error);
    return date != NULL &&
           outgoing_send(
               store, "remind-confirm", ask->code, ask->address, ask->language,
               json_pack("{s:s, s:s, s:s}", "confirm_url", confirm, "stop_url", stop, "date", date),
               error);
}

typedef struct {
    const ReminderAsk *ask;
    int64_t now;
} Ask;

static bool ask_body(Store *store, void *data, GError **error)
{
    const ReminderAsk *ask = ((const Ask *)data)->ask;
    int64_t now = ((const Ask *)data)->now, quarter = 0, day = 0, id = 0;
    if (!count_since(store, ask->address, now - 15 * CLOCK_MINUTE, &quarter, error) ||
        !count_since(store, ask->address, now - CLOCK_DAY, &day, error)) {
        return false;
    }
    if (quarter >= OFTEN_QUARTER || day >= OFTEN_DAY) {
        return true;
    }
    return store_next_id(store, "fund_reminder", &id, error) &&
           fund_reminder_insert(store, id, ask->code, ask->address, ask->language, ask->due, now,
                                ask->stop, error) &&
           job_enqueue(store, "remind.forget", ask->code, NULL, now + REMINDER_CONFIRM_IN, error) &&
           mail_confirm(store, ask, error);
}

bool reminder_ask(Store *store, const ReminderAsk *ask, int64_t now, GError **error)
{
    Ask what = {ask, now};
    return store_transact(store, ask_body, &what, error);
}

typedef struct {
    char *address, *language, *stop;
    int64_t due;
    bool confirmed;
} Reminder;

static void reminder_clear(Reminder *reminder)
{
    g_free(reminder->address);
    g_free(reminder->language);
    g_free(reminder->stop);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reminder, reminder_clear)

/* *reminder stays empty if it is not there. */
static bool read_reminder(Store *store, const char *code, Reminder *reminder, GError **error)
{
    g_autoptr(StoreRows) rows = fund_reminder_read(store, code, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        *reminder =
            (Reminder){store_text_copy(rows, 0), store_text_copy(rows, 1), store_text_copy(rows, 4),
                       store_number(rows, 2), store_number(rows, 3) != 0};
    }
    return step != STORE_FAILED;
}

typedef struct {
    const char *code;
    bool found;
} Confirm;

static bool confirm_body(Store *store, void *data, GError **error)
{
    Confirm *confirm = data;
    const char *code = confirm->code;
    g_auto(Reminder) reminder = {0};
    if (!read_reminder(store, code, &reminder, error)) {
        return false;
    }
    confirm->found = reminder.address != NULL;
    return !confirm->found || reminder.confirmed ||
           (fund_reminder_confirm(store, code, error) &&
            job_enqueue(store, "remind.send", code, NULL, reminder.due, error));
}

bool reminder_confirm(Store *store, const char *code, bool *found, GError **error)
{
    Confirm confirm = {code, false};
    if (!store_transact(store, confirm_body, &confirm, error)) {
        return false;
    }
    *found = confirm.found;
    return true;
}

bool reminder_stop(Store *store, const char *code, GError **error)
{
    return fund_reminder_erase(store, code, error);
}

static bool mail_reminder(Store *store, const Reminder *reminder, const char *code, GError **error)
{
    g_autofree char *path = support_path(store, reminder->language, error);
    g_autofree char *support = path == NULL ? NULL : outgoing_page(store, path, error);
    g_autofree char *stop_path = g_strconcat("remind-stop/", reminder->stop, NULL);
    g_autofree char *stop =
        support == NULL ? NULL : outgoing_form(store, reminder->language, stop_path, error);
    return stop != NULL &&
           outgoing_send(store, "reminder", code, reminder->address, reminder->language,
                         json_pack("{s:s, s:s}", "support_url", support, "stop_url", stop), error);
}

/* The mail is asked for and the row erased at once, so it comes once. */
static bool send_body(Store *store, void *data, GError **error)
{
    const Job *job = data;
    g_auto(Reminder) reminder = {0};
    return read_reminder(store, job->key, &reminder, error) &&
           (reminder.address == NULL || (mail_reminder(store, &reminder, job->key, error) &&
                                         fund_reminder_erase(store, job->key, error))) &&
           job_done(store, job, error);
}

bool reminder_send(Store *store, const Job *job, void *context, GError **error)
{
    return store_transact(store, send_body, (void *)(uintptr_t)job, error);
}

bool reminder_forget(Store *store, const Job *job, void *context, GError **error)
{
    return fund_reminder_forget(store, job->key, error);
}
