/* The form of a campaign: campaign_form.h. Its pages are campaign_office.c. */
#include "fund/campaign_form.h"

#include "base/moment.h"
#include "office/area.h"
#include "office/seen.h"

#include <string.h>

void campaign_form_of(CampaignForm *form, const Campaign *campaign, GTimeZone *zone)
{
    *form = (CampaignForm){
        .name = campaign->name,
        .language = campaign->language,
        .heading = campaign->heading,
        .call = campaign->call,
        .amounts = campaign->amounts,
        .minimum = campaign->minimum,
        .danger = campaign->danger,
        .share = campaign->share,
        .letter = campaign->letter,
        .starts = office_moment_shown(campaign->starts, zone),
        .ends =
            campaign->ends == INT64_MAX ? g_strdup("") : office_moment_shown(campaign->ends, zone),
        .standing = campaign->standing,
    };
}

void campaign_form_sent(CampaignForm *form, const OfficeVisit *visit)
{
    *form = (CampaignForm){
        .name = office_field(visit, "name"),
        .language = office_field(visit, "language"),
        .heading = office_field(visit, "heading"),
        .call = office_field(visit, "call"),
        .amounts = office_field(visit, "amounts"),
        .minimum = office_field(visit, "minimum"),
        .danger = office_field(visit, "danger"),
        .share = office_field(visit, "share"),
        .letter = office_field(visit, "letter"),
        .starts = g_strdup(office_field(visit, "starts")),
        .ends = g_strdup(office_field(visit, "ends")),
        .standing = strcmp(office_field(visit, "standing"), "1") == 0,
    };
}

void campaign_form_clear(CampaignForm *form)
{
    g_clear_pointer(&form->starts, g_free);
    g_clear_pointer(&form->ends, g_free);
}

/* A field has minutes; what was not changed in it keeps its seconds. */
Campaign *campaign_form_parse(const CampaignForm *form, const Campaign *known, GTimeZone *zone,
                              int64_t now, GError **error)
{
    g_auto(CampaignForm) before = {0};
    if (known != NULL) {
        campaign_form_of(&before, known, zone);
    }
    bool started = known != NULL && strcmp(form->starts, before.starts) == 0;
    bool ended = known != NULL && known->ends != INT64_MAX && strcmp(form->ends, before.ends) == 0;
    g_autofree char *starts = started ? NULL : office_moment_sent(form->starts);
    g_autofree char *ends = ended ? moment_rfc3339(known->ends) : office_moment_sent(form->ends);
    const CampaignTexts texts = {.name = form->name,
                                 .language = form->language,
                                 .heading = form->heading,
                                 .call = form->call,
                                 .amounts = form->amounts,
                                 .minimum = form->minimum,
                                 .danger = form->danger,
                                 .share = form->share,
                                 .letter = form->letter,
                                 .starts = starts,
                                 .ends = ends,
                                 .standing = form->standing};
    return campaign_of(&texts, zone, known == NULL ? now : known->starts, error);
}

/* ---- Its fields ----------------------------------------------------------------------------- */

typedef struct {
    const char *name, *label, *hint; /* ids of texts; hint NULL: none */
    const char *type;
    unsigned most;
    bool required;
} Line;

static void write_line(HtmlWriter *page, const OfficeVisit *visit, const Line *line,
                       const char *value)
{
    OfficeInput input = {.label = office_text(visit, line->label),
                         .name = line->name,
                         .type = line->type,
                         .value = value,
                         .hint = line->hint == NULL ? NULL : office_text(visit, line->hint),
                         .most = line->most,
                         .required = line->required};
    office_input(page, &input);
}

static void write_area(HtmlWriter *page, const OfficeVisit *visit, const Line *line,
                       const CampaignForm *form, const char *value)
{
    OfficeArea area = {.label = office_text(visit, line->label),
                       .name = line->name,
                       .value = value,
                       .hint = line->hint == NULL ? NULL : office_text(visit, line->hint),
                       .language = *form->language == '\0' ? NULL : form->language,
                       .rows = line->most};
    office_area(page, &area);
}

static void write_who(HtmlWriter *page, const OfficeVisit *visit, const CampaignForm *form,
                      char **languages, bool known)
{
    static const Line name = {"name", "office_campaign_name", "office_campaign_name_hint", NULL, 60,
                              true};
    if (known) {
        office_hidden(page, "name", form->name);
        office_hidden(page, "language", form->language);
        return;
    }
    write_line(page, visit, &name, form->name);
    office_choice(page, office_text(visit, "office_language"), "language");
    for (char **language = languages; *language != NULL; language++) {
        office_option(page, *language, *language, strcmp(*language, form->language) == 0);
    }
    office_choice_end(page);
}

void campaign_form_write(HtmlWriter *page, const OfficeVisit *visit, const CampaignForm *form,
                         char **languages, bool known)
{
    static const Line heading = {"heading", "office_campaign_heading", NULL, NULL, 1000, true};
    static const Line call = {
        "call", "office_campaign_call", "office_campaign_call_hint", NULL, 200, true};
    static const Line letter = {
        "letter", "office_campaign_letter", "office_campaign_letter_hint", NULL, 16, false};
    static const Line amounts = {
        "amounts", "office_campaign_amounts", "office_campaign_amounts_hint", NULL, 1000, false};
    static const Line minimum = {
        "minimum", "office_campaign_minimum", "office_campaign_minimum_hint", NULL, 200, false};
    static const Line danger = {
        "danger", "office_campaign_danger", "office_campaign_danger_hint", NULL, 4, false};
    static const Line share = {
        "share", "office_campaign_share", "office_campaign_share_hint", NULL, 3, false};
    static const Line starts = {
        "starts", "office_campaign_starts", "office_campaign_starts_hint", "datetime-local", 0,
        false};
    static const Line ends = {
        "ends", "office_campaign_ends", "office_campaign_ends_hint", "datetime-local", 0, false};
    write_who(page, visit, form, languages, known);
    write_line(page, visit, &heading, form->heading);
    write_line(page, visit, &call, form->call);
    write_area(page, visit, &letter, form, form->letter);
    write_line(page, visit, &amounts, form->amounts);
    write_line(page, visit, &minimum, form->minimum);
    write_area(page, visit, &danger, form, form->danger);
    write_area(page, visit, &share, form, form->share);
    write_line(page, visit, &starts, form->starts);
    write_line(page, visit, &ends, form->ends);
    office_tick(page, office_text(visit, "office_campaign_standing_mark"), "standing",
                form->standing ? "checked" : NULL);
}

void campaign_form_differences(HtmlWriter *page, const OfficeVisit *visit, const CampaignForm *form,
                               const CampaignForm *stored)
{
    const char *stands = office_text(visit, "office_campaign_stands");
    const SeenField fields[] = {
        {"office_campaign_heading", form->heading, stored->heading},
        {"office_campaign_call", form->call, stored->call},
        {"office_campaign_letter", form->letter, stored->letter},
        {"office_campaign_amounts", form->amounts, stored->amounts},
        {"office_campaign_minimum", form->minimum, stored->minimum},
        {"office_campaign_danger", form->danger, stored->danger},
        {"office_campaign_share", form->share, stored->share},
        {"office_campaign_starts", form->starts, stored->starts},
        {"office_campaign_ends", form->ends, stored->ends},
        {"office_campaign_standing_mark", form->standing ? stands : "",
         stored->standing ? stands : ""},
        {NULL, NULL, NULL},
    };
    seen_differences(page, visit, fields);
}
