/* The table of providers and who may open: provider.h. Each provider has its own file. */
#include "fund/provider.h"

#include "base/error.h"
#include "fund/practice.h"
#include "fund_sql.h"
#include "press/setting.h"

#include <string.h>

void payment_answer_clear(PaymentAnswer *answer)
{
    g_clear_pointer(&answer->object, g_free);
    g_clear_pointer(&answer->link, g_free);
}

void payment_event_clear(PaymentEvent *event)
{
    g_clear_pointer(&event->id, g_free);
    g_clear_pointer(&event->object, g_free);
}

const PaymentProvider *const payment_providers[] = {&practice_provider, NULL};

const PaymentProvider *provider_named(const char *name, GError **error)
{
    for (const PaymentProvider *const *row = payment_providers; *row != NULL; row++) {
        if (strcmp((*row)->name, name) == 0) {
            return *row;
        }
    }
    fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no payment provider \"%.40s\"", name);
    return NULL;
}

static bool check_danger(Store *store, const PaymentProvider *provider, int64_t now, GError **error)
{
    g_autofree char *countries = setting_get(store, "warn-countries", error);
    if (countries == NULL || *countries == '\0') {
        return countries != NULL;
    }
    g_autoptr(StoreRows) rows = fund_campaign_without_danger(store, now, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        return fail(error, KOLOKOL_ERROR_DENIED,
                    "%s does not open: giving is dangerous in %s, and the campaign \"%s\" (%s) has "
                    "no `danger:` text that says so",
                    provider->name, countries, store_text(rows, 0), store_text(rows, 1));
    }
    return step == STORE_END;
}

bool provider_check(Store *store, const PaymentProvider *provider, int64_t now, GError **error)
{
    g_autofree char *url = setting_get(store, "url", error);
    if (url == NULL || (provider->site != NULL && !provider->site(url, error))) {
        return false;
    }
    return !provider->real || check_danger(store, provider, now, error);
}

bool provider_open(Store *store, int64_t now, const PaymentProvider **provider, GError **error)
{
    g_autofree char *setting = setting_get(store, "providers", error);
    g_auto(GStrv) names = setting == NULL ? NULL : g_strsplit(setting, ",", -1);
    const PaymentProvider *found = NULL;
    for (char **name = names; name != NULL && *name != NULL && found == NULL; name++) {
        g_autoptr(GError) reason = NULL;
        const PaymentProvider *row = provider_named(g_strstrip(*name), NULL);
        if (row != NULL && provider_check(store, row, now, &reason)) {
            found = row;
        } else if (reason != NULL &&
                   !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_DENIED)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
    }
    if (names == NULL) {
        return false;
    }
    *provider = found;
    return true;
}
