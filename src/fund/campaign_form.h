/*
 * The form of a campaign in the office. What its fields may say is campaign.h's; so a file, a
 * program and a form are refused alike.
 */
#pragma once

#include "fund/campaign.h"
#include "office/office.h"
#include "text/html.h"

#define CAMPAIGN_FORM_MOST (512u * 1024) /* bytes: the letter with its percent escapes, mostly */

typedef struct {
    const char *name, *language, *heading, *call, *amounts, *minimum, *danger, *share, *letter;
    char *starts, *ends; /* as fields of a browser have a moment; "" for none */
    bool standing;
} CampaignForm;

/* Of a stored campaign, borrowed; of what was sent. */
void campaign_form_of(CampaignForm *form, const Campaign *campaign, GTimeZone *zone);
void campaign_form_sent(CampaignForm *form, const OfficeVisit *visit);
void campaign_form_clear(CampaignForm *form);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CampaignForm, campaign_form_clear)

/* The campaign that the form describes. A moment that is as `known` (may be NULL) has it in its
 * field keeps the stored second. Errors: those of campaign_parse(). */
Campaign *campaign_form_parse(const CampaignForm *form, const Campaign *known, GTimeZone *zone,
                              int64_t now, GError **error);

/* Its fields, within a form; `known`: name and language are fixed. */
void campaign_form_write(HtmlWriter *page, const OfficeVisit *visit, const CampaignForm *form,
                         char **languages, bool known);

/* What is stored now where the form says something else. */
void campaign_form_differences(HtmlWriter *page, const OfficeVisit *visit, const CampaignForm *form,
                               const CampaignForm *stored);
