/* The page of totals: gift_office.h. Where the sums come from is ledger.c. */
#include "fund/gift_office.h"

#include "fund/ledger.h"
#include "office/area.h"
#include "theme/strings.h"

/* Under its head, or on a phone beside its label. */
static void write_cell(HtmlWriter *page, const OfficeVisit *visit, const char *label,
                       const char *text)
{
    html_open(page, "td");
    html_attribute(page, "data-label", office_text(visit, label));
    html_text(page, text);
    html_close(page, "td");
}

static void write_total(HtmlWriter *page, const OfficeVisit *visit, const LedgerTotal *total)
{
    g_autofree char *id = g_strconcat("office_gift_", total->frequency, NULL);
    g_autofree char *count = strings_number(visit->language, total->gifts);
    g_autofree char *charged = money_text(visit->language, total->charged, total->currency);
    g_autofree char *other = money_text(visit->language, total->other, total->currency);
    g_autofree char *net =
        money_text(visit->language, total->charged + total->other, total->currency);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_text(page, total->currency);
    html_text(page, " ");
    html_text(page, office_text(visit, id));
    html_close(page, "th");
    write_cell(page, visit, "office_gift_count", count);
    write_cell(page, visit, "office_gift_charged", charged);
    write_cell(page, visit, "office_gift_other", other);
    write_cell(page, visit, "office_gift_net", net);
    html_close(page, "tr");
}

static HttpReply *answer_totals(OfficeVisit *visit)
{
    static const char *const heads[] = {"office_gift_what",    "office_gift_count",
                                        "office_gift_charged", "office_gift_other",
                                        "office_gift_net",     NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GArray) all = ledger_totals(visit->store, &reason);
    if (all == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_gifts"));
    html_element(page, "p",
                 office_text(visit, all->len == 0 ? "office_gifts_none" : "office_gifts_top"));
    if (all->len > 0) {
        html_open(page, "table");
        office_table_head(page, visit, heads);
        html_open(page, "tbody");
        for (guint i = 0; i < all->len; i++) {
            write_total(page, visit, &g_array_index(all, LedgerTotal, i));
        }
        html_close(page, "tbody");
        html_close(page, "table");
    }
    return office_page_done(visit, page, 200);
}

const OfficeRoute gift_office[] = {
    {.name = "gift-totals",
     .method = HTTP_GET,
     .path = "/gifts",
     .permission = PERMISSION_FUND,
     .answer = answer_totals,
     .help = "what was given, by currency and frequency",
     .paper = "office_gifts"},
    {.name = NULL},
};
