/* All pages of the office: office_rows.h. Each table stands in its department's *_office.c. */
#include "main/office_rows.h"

#include "desk/author_office.h"
#include "desk/discard_office.h"
#include "desk/due_office.h"
#include "desk/erasure_office.h"
#include "desk/front_office.h"
#include "desk/live_office.h"
#include "desk/media_office.h"
#include "desk/page_office.h"
#include "desk/plan_office.h"
#include "desk/preview_office.h"
#include "desk/reading_office.h"
#include "desk/redirect_office.h"
#include "desk/section_office.h"
#include "desk/story_api.h"
#include "desk/story_office.h"
#include "desk/story_out.h"
#include "desk/theme_office.h"
#include "desk/topic_office.h"
#include "desk/translation_office.h"
#include "fund/campaign_api.h"
#include "fund/campaign_office.h"
#include "fund/gift_api.h"
#include "fund/gift_office.h"
#include "mail/issue_api.h"
#include "mail/issue_office.h"
#include "mail/newsletter_office.h"
#include "mail/outbox_office.h"
#include "office/account.h"
#include "office/asset.h"
#include "office/audit_page.h"
#include "office/dashboard.h"
#include "office/jobs_api.h"
#include "office/jobs_page.h"
#include "office/languages_page.h"
#include "office/link_page.h"
#include "office/paper_page.h"
#include "office/people_page.h"
#include "office/second_page.h"
#include "office/settings_api.h"
#include "office/settings_page.h"
#include "office/sign_in.h"
#include "office/token_page.h"

#include <stddef.h>

const OfficePart *const office_parts[] = {due_parts, mail_parts, readers_parts, machine_parts,
                                          NULL};

/* token_routes before people_routes, which would take /staff/tokens for somebody's number. */
const OfficeRoute *const office_tables[] = {
    dashboard_routes,   story_office,
    plan_office,        story_edit_office,
    story_state_office, story_out_office,
    discard_office,     revision_office,
    media_office,       erasure_office,
    takedown_office,    withhold_office,
    live_office,        media_pick_office,
    media_edit_office,  media_crop_office,
    media_file_office,  campaign_office,
    gift_office,        newsletter_office,
    issue_office,       issue_send_office,
    settings_routes,    languages_routes,
    paper_routes,       front_office,
    section_office,     topic_office,
    author_office,      redirect_office,
    page_office,        theme_office,
    sign_in_routes,     link_routes,
    second_routes,      token_routes,
    jobs_routes,        outbox_routes,
    people_routes,      audit_routes,
    account_routes,     asset_routes,
    preview_office,     reading_office,
    translation_office, NULL,
};

const ApiRoute *const api_tables[] = {
    api_self_routes, story_api,    story_change_api, story_state_api, live_api,
    work_api,        outside_api,  name_api,         media_api,       front_api,
    issue_api,       gift_api,     jobs_api,         redirect_api,    erasure_api,
    name_change_api, settings_api, page_api,         theme_api,       campaign_api,
    newsletter_api,  NULL,
};
