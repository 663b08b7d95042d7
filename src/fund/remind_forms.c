/* Remind me later, as forms: fund_forms.h. What a reminder is: reminder.h. */
#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "fund/fund_forms.h"
#include "fund/reminder.h"
#include "fund/token_form.h"
#include "press/setting.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

#define REMIND_HOUR 9           /* of the newspaper's day */
#define REMIND_TIME "T09:00:00" /* the same */

static const FormField remind_fields[] = {{"email", 254, true, false},
                                          {"when", 4, false, false},
                                          {"date", 10, false, false},
                                          {NULL, 0, false, false}};

static GDateTime *day_of(const Form *form, GTimeZone *zone, int64_t now)
{
    const char *date = form_value(form, "date"), *when = form_value(form, "when");
    if (*date != '\0') {
        g_autofree char *text = g_strconcat(date, REMIND_TIME, NULL);
        return strlen(date) == strlen("2026-11-25") ? g_date_time_new_from_iso8601(text, zone)
                                                    : NULL;
    }
    static const char *const months[] = {"1", "3", "6", NULL};
    if (!g_strv_contains(months, when)) {
        return NULL;
    }
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now / CLOCK_SECOND);
    g_autoptr(GDateTime) today = g_date_time_to_timezone(utc, zone);
    g_autoptr(GDateTime) then = g_date_time_add_months(today, when[0] - '0');
    return g_date_time_new(zone, g_date_time_get_year(then), g_date_time_get_month(then),
                           g_date_time_get_day_of_month(then), REMIND_HOUR, 0, 0);
}

/* In one, three or six months, or on a day: from tomorrow on, within two years. */
static bool read_due(const Form *form, GTimeZone *zone, int64_t now, int64_t *due, GError **error)
{
    g_autoptr(GDateTime) day = day_of(form, zone, now);
    int64_t then = day == NULL ? 0 : g_date_time_to_unix(day) * CLOCK_SECOND;
    if (then <= now || then > now + REMINDER_AHEAD_MAX) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s",
                    strings_get(form->language, "remind_day_wrong"));
    }
    *due = then;
    return true;
}

static bool remind(Store *store, const FormContext *context, const Form *form, FormAnswer *answer,
                   GError **error)
{
    int64_t now = clock_now(), due = 0;
    g_autofree char *address = fund_form_address(form, error);
    g_autoptr(GTimeZone) zone = address == NULL ? NULL : setting_timezone(store, error);
    if (zone == NULL || !read_due(form, zone, now, &due, error)) {
        return false;
    }
    g_autofree char *code = random_id();
    g_autofree char *confirm =
        token_make(context->tokens, TOKEN_REMIND_CONFIRM, code, now + REMINDER_CONFIRM_IN);
    g_autofree char *stop = token_make(context->tokens, TOKEN_REMIND_STOP, code, TOKEN_NEVER);
    ReminderAsk ask = {code, address, form->language, due, confirm, stop};
    form_answer_page(answer, "remind-sent");
    return reminder_ask(store, &ask, now, error);
}

const FormKind fund_form_remind = {
    .name = "remind",
    .fields = remind_fields,
    .show = FORM_SHOW,
    .per_client = 10,
    .in_all = 120,
    .handle = remind,
    .help = "remind me later: an address, and in how many months or on which day",
};

/* ---- remind-confirm, remind-stop ------------------------------------------------------------- */

static bool confirm_reminder(Store *store, const char *code, const Form *form, FormAnswer *answer,
                             GError **error)
{
    bool found = false;
    if (!reminder_confirm(store, code, &found, error)) {
        return false;
    }
    form_answer_page(answer, found ? "remind-on" : "ended");
    return true;
}

static bool remind_confirm(Store *store, const FormContext *context, const Form *form,
                           FormAnswer *answer, GError **error)
{
    return token_form_run(store, context, form, TOKEN_REMIND_CONFIRM, confirm_reminder, answer,
                          error);
}

const FormKind fund_form_remind_confirm = {
    .name = "remind-confirm",
    .fields = token_form_fields,
    .show = FORM_SHOW_TOKEN,
    .per_client = TOKEN_FORM_CLIENT,
    .in_all = TOKEN_FORM_ALL,
    .handle = remind_confirm,
    .help = "confirms the address of a reminder",
};

static bool stop_reminder(Store *store, const char *code, const Form *form, FormAnswer *answer,
                          GError **error)
{
    form_answer_page(answer, "remind-off");
    return reminder_stop(store, code, error);
}

static bool remind_stop(Store *store, const FormContext *context, const Form *form,
                        FormAnswer *answer, GError **error)
{
    return token_form_run(store, context, form, TOKEN_REMIND_STOP, stop_reminder, answer, error);
}

const FormKind fund_form_remind_stop = {
    .name = "remind-stop",
    .fields = token_form_fields,
    .show = FORM_SHOW_TOKEN,
    .one_click = true,
    .per_client = TOKEN_FORM_CLIENT,
    .in_all = TOKEN_FORM_ALL,
    .handle = remind_stop,
    .help = "stops a reminder",
};
