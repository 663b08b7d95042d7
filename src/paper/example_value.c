/* What stands for variables of letters and answers in an example: example.h. */
#include "fund/campaign.h"
#include "fund/form_block.h"
#include "paper/example.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

#define ADDRESS "reader@example.org"
#define OFFICE  "https://office.example/link/" PAPER_EXAMPLE_TOKEN

static Frequency frequency_of(const PaperExample *example)
{
    Frequency frequency = FREQUENCY_ONCE;
    return frequency_parse(example->which, &frequency) ? frequency : FREQUENCY_ONCE;
}

/* The amount that the campaign's form has chosen beforehand; without a campaign, the usual one. */
static char *amount_of(const PaperExample *example, GError **error)
{
    g_autoptr(GError) reason = NULL;
    Amounts table = {0};
    g_autoptr(Campaign) campaign =
        campaign_shown(press_page_store(example->press), example->language, false,
                       press_page_as_of(example->press), &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    if (!amounts_parse(campaign == NULL ? "" : campaign->amounts,
                       campaign == NULL ? "" : campaign->minimum, &table, error)) {
        return NULL;
    }
    const AmountsCurrency *main = &table.currencies[0];
    const AmountsRow *row = &main->rows[frequency_of(example)];
    return money_text(example->language, row->count == 0 ? main->minimum : row->values[row->chosen],
                      main->currency);
}

/* Addresses of the forms' door, by the variables that have them. */
static const char *form_of(const PaperExample *example, const char *name)
{
    static const char *const forms[][2] = {{"answer_url", "t"},
                                           {"cancel_url", "gift-cancel"},
                                           {"confirm_url", "confirm"},
                                           {"stop_url", "remind-stop"},
                                           {"unsubscribe_url", "unsubscribe"}};
    bool remind = g_str_has_prefix(example->template, "mail-remind");
    for (unsigned i = 0; i < G_N_ELEMENTS(forms); i++) {
        if (strcmp(forms[i][0], name) == 0) {
            return remind && strcmp(name, "confirm_url") == 0 ? "remind-confirm" : forms[i][1];
        }
    }
    return NULL;
}

static char *support_page(const PaperExample *example, GError **error)
{
    g_autofree char *path =
        support_path(press_page_store(example->press), example->language, error);
    return path == NULL ? NULL : mail_site_address(&example->site, path);
}

char *paper_example_value(const PaperExample *example, const char *name, GError **error)
{
    const char *language = example->language, *form = form_of(example, name);
    if (form != NULL) {
        bool needless = strcmp(name, "cancel_url") == 0 && frequency_of(example) == FREQUENCY_ONCE;
        return needless ? NULL
                        : mail_site_form(&example->site, language, form, PAPER_EXAMPLE_TOKEN);
    }
    return strcmp(name, "amount") == 0  ? amount_of(example, error)
           : strcmp(name, "often") == 0 ? g_strdup(frequency_label(frequency_of(example), language))
           : strcmp(name, "date") == 0
               ? date_text(language, press_page_as_of(example->press), example->site.zone, DATE_DAY)
           : strcmp(name, "support_url") == 0 ? support_page(example, error)
           : strcmp(name, "description") == 0
               ? g_strdup(example->newsletter == NULL ? "" : example->newsletter->description)
           : strcmp(name, "reason") == 0 ? g_strdup(strings_get(language, "mail_address_wrong"))
           : strcmp(name, "person") == 0
               ? g_strdup(strings_get(language, "office_theme_example_person"))
           : strcmp(name, "email") == 0    ? g_strdup(ADDRESS)
           : strcmp(name, "link_url") == 0 ? g_strdup(OFFICE)
           : strcmp(name, "mailed") == 0   ? g_strdup("1")
                                           : NULL;
}
