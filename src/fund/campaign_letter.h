/*
 * A campaign's letter as readers see it: {{minimum_monthly}} filled in, Markdown made HTML. For the
 * block on pages (fund_blocks.c), and for who looks before it is set.
 */
#pragma once

#include "fund/campaign.h"
#include "text/html.h"

/* Errors name the campaign: INVALID for braces that mean nothing, what amounts_parse() and
 * markdown_render() say. */
bool campaign_letter(const Campaign *campaign, SafeHtml *html, GError **error);

/* What campaign_parse() cannot know: that its language is one of the newspaper's, and that the
 * letter can be read. */
bool campaign_fits(Store *store, const Campaign *campaign, GError **error);
