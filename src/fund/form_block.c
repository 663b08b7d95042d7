/*
 * The contribution form on pages (DESIGN 1.6): a block whose values are listed in docs/theme.md. It
 * posts to the first address of `forms-urls`, works without script, and asks for no more than how
 * often, how much and in which currency. No form where no provider may open.
 */
#include "fund/form_block.h"

#include "fund/campaign.h"
#include "fund/fund_blocks.h"
#include "fund/outgoing.h"
#include "fund/provider.h"
#include "press/setting.h"
#include "seal/hash.h"
#include "theme/strings.h"

#include <string.h>

typedef struct {
    char *language, *base, *support; /* base: "https://forms.example/ru/" */
    char *campaign, *danger, *share;
    const char *methods;
    Amounts amounts;
} Content;

static const unsigned remind_months[] = {1, 3, 6};

static void content_free(void *data)
{
    Content *content = data;
    g_free(content->language);
    g_free(content->base);
    g_free(content->support);
    g_free(content->campaign);
    g_free(content->danger);
    g_free(content->share);
    g_free(content);
}

char *support_path(Store *store, const char *language, GError **error)
{
    g_auto(GStrv) languages = setting_languages(store, error);
    if (languages == NULL) {
        return NULL;
    }
    bool first = g_strcmp0(languages[0], language) == 0;
    return g_strconcat(first ? "" : language, first ? "" : "/", "support/index.html", NULL);
}

static char *version_of(const Content *content, const Campaign *campaign)
{
    g_autofree char *all =
        g_strjoin("\f", content->base, content->support, content->campaign, content->danger,
                  content->share, content->methods, campaign->amounts, campaign->minimum, NULL);
    Hash hash = hash_of(all, strlen(all));
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strndup(hex, 16);
}

static bool fill_content(Content *content, Store *store, const Campaign *campaign, GError **error)
{
    content->language = g_strdup(campaign->language);
    content->base = outgoing_form(store, campaign->language, "", error);
    content->support =
        content->base == NULL ? NULL : support_path(store, campaign->language, error);
    content->campaign = g_strdup(campaign->name);
    content->danger = g_strdup(campaign->danger);
    content->share = g_strdup(campaign->share);
    return content->support != NULL &&
           amounts_parse(campaign->amounts, campaign->minimum, &content->amounts, error);
}

static bool load(Store *store, const char *language, bool standing, int64_t as_of, void **content,
                 char **version, GError **error)
{
    g_autoptr(GError) reason = NULL;
    const PaymentProvider *provider = NULL;
    g_autoptr(Campaign) campaign = campaign_shown(store, language, standing, as_of, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (!provider_open(store, as_of, &provider, error)) {
        return false;
    }
    if (campaign == NULL || provider == NULL) {
        return true;
    }
    Content *made = g_new0(Content, 1);
    made->methods = provider->methods;
    if (!fill_content(made, store, campaign, error)) {
        content_free(made);
        return false;
    }
    *version = version_of(made, campaign);
    *content = made;
    return true;
}

static void set_amounts(Value *map, const char *language, const AmountsCurrency *currency,
                        const AmountsRow *row)
{
    Value *list = value_set_list(map, "amounts");
    for (unsigned i = 0; i < row->count; i++) {
        Value *item = value_append_map(list);
        g_autofree char *plain = money_plain(row->values[i], currency->currency);
        g_autofree char *text = money_text(language, row->values[i], currency->currency);
        value_set_text(item, "value", plain);
        value_set_text(item, "text", text);
        value_set_bool(item, "checked", i == row->chosen);
    }
}

/* Monthly is chosen beforehand where it is offered, else the first that is. */
static unsigned chosen_frequency(const AmountsCurrency *currency)
{
    static const Frequency order[] = {FREQUENCY_MONTHLY, FREQUENCY_ONCE, FREQUENCY_ANNUAL};
    for (unsigned i = 0; i < G_N_ELEMENTS(order); i++) {
        if (currency->rows[order[i]].count > 0) {
            return order[i];
        }
    }
    return FREQUENCIES;
}

const char *frequency_label(Frequency frequency, const char *language)
{
    static const char *const labels[FREQUENCIES] = {"form_once", "form_monthly", "form_annual"};
    return strings_get(language, labels[frequency]);
}

static void set_currency(Value *map, const Content *content, const AmountsCurrency *currency)
{
    g_autofree char *least = money_text(content->language, currency->minimum, currency->currency);
    g_autofree char *minimum =
        strings_fill(content->language, "form_minimum", "amount", least, NULL);
    value_set_text(map, "currency", currency->currency);
    value_set_text(map, "minimum", minimum);
    Value *list = value_set_list(map, "frequencies");
    for (unsigned f = 0; f < FREQUENCIES; f++) {
        if (currency->rows[f].count == 0) {
            continue;
        }
        Value *item = value_append_map(list);
        value_set_static(item, "name", frequency_name((Frequency)f));
        value_set_static(item, "label", frequency_label((Frequency)f, content->language));
        value_set_bool(item, "checked", f == chosen_frequency(currency));
        set_amounts(item, content->language, currency, &currency->rows[f]);
    }
}

static void set_reminder(Value *form, const Content *content)
{
    g_autofree char *action = g_strconcat(content->base, "remind", NULL);
    Value *remind = value_set_map(form, "remind");
    value_set_text(remind, "action", action);
    Value *list = value_set_list(remind, "choices");
    for (unsigned i = 0; i < G_N_ELEMENTS(remind_months); i++) {
        Value *item = value_append_map(list);
        g_autofree char *text =
            strings_plural(content->language, "remind_months", (int64_t)remind_months[i]);
        value_set_number(item, "value", remind_months[i]);
        value_set_text(item, "text", text);
    }
}

static void fill(const void *data, Value *page, const char *root)
{
    const Content *content = data;
    const Amounts *amounts = &content->amounts;
    Value *form = value_set_map(page, "form");
    g_autofree char *action = g_strconcat(content->base, "contribute", NULL);
    g_autofree char *support = g_strconcat(root, content->support, NULL);
    value_set_text(form, "action", action);
    value_set_text(form, "campaign", content->campaign);
    value_set_text(form, "danger", *content->danger == '\0' ? NULL : content->danger);
    value_set_text(form, "share", *content->share == '\0' ? NULL : content->share);
    value_set_static(form, "methods", strings_get(content->language, content->methods));
    value_set_text(form, "more_url", amounts->count > 1 ? support : NULL);
    set_currency(form, content, &amounts->currencies[0]);
    Value *others = value_set_list(form, "others");
    for (unsigned i = 1; i < amounts->count; i++) {
        set_currency(value_append_map(others), content, &amounts->currencies[i]);
    }
    set_reminder(form, content);
}

const PressBlock fund_form_block = {.name = "form",
                                    .load = load,
                                    .fill = fill,
                                    .free = content_free,
                                    .help = "the contribution form"};
