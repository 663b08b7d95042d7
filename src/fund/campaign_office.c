/* Pages of campaigns: campaign_office.h. What a campaign may say is campaign.c's. */
#include "fund/campaign_office.h"

#include "base/error.h"
#include "fund/campaign_form.h"
#include "fund/campaign_letter.h"
#include "office/area.h"
#include "office/reason.h"
#include "office/seen.h"
#include "press/reach.h"
#include "press/setting.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

typedef struct {
    char **languages;
    GTimeZone *zone;
} Site;

static bool site_read(Store *store, Site *site, GError **error)
{
    site->languages = setting_languages(store, error);
    site->zone = site->languages == NULL ? NULL : setting_timezone(store, error);
    return site->zone != NULL;
}

static void site_clear(Site *site)
{
    g_strfreev(site->languages);
    g_clear_pointer(&site->zone, g_time_zone_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Site, site_clear)

/* A name may be any text, so it stands in the query. Caller frees. */
static char *path_of(const char *language, const char *name, const char *query)
{
    g_autofree char *escaped = g_uri_escape_string(name, NULL, FALSE);
    return g_strdup_printf("/campaigns/one?language=%s&name=%s%s", language, escaped, query);
}

/* ---- The list ------------------------------------------------------------------------------- */

typedef struct {
    HtmlWriter *page;
    OfficeVisit *visit;
    GTimeZone *zone;
    unsigned count;
} List;

/* "running", "to come" …: the state's class and the id of its word. */
static bool state_of(const List *list, const Campaign *campaign, const char **class,
                     const char **id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    int64_t now = list->visit->now;
    g_autoptr(Campaign) running =
        campaign_shown(list->visit->store, campaign->language, false, now, &reason);
    if (running == NULL && reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    bool runs = running != NULL && strcmp(running->name, campaign->name) == 0;
    *class = runs ? "published" : campaign->starts > now ? "scheduled" : "draft";
    *id = runs                     ? "office_campaign_runs"
          : campaign->starts > now ? "office_campaign_to_come"
          : campaign->ends <= now  ? "office_campaign_ended"
                                   : "office_campaign_behind";
    return true;
}

static bool write_row(const Campaign *campaign, void *data, GError **error)
{
    List *list = data;
    const char *class = NULL, *id = NULL;
    g_autofree char *path = path_of(campaign->language, campaign->name, "");
    if (!state_of(list, campaign, &class, &id, error)) {
        return false;
    }
    html_open(list->page, "tr");
    html_open(list->page, "th");
    html_attribute(list->page, "scope", "row");
    office_link(list->page, path, campaign->name);
    html_close(list->page, "th");
    html_element(list->page, "td", campaign->language);
    html_element(list->page, "td", campaign->heading);
    html_open(list->page, "td");
    office_state(list->page, class, office_text(list->visit, id));
    if (campaign->standing) {
        html_text(list->page, ", ");
        html_text(list->page, office_text(list->visit, "office_campaign_stands"));
    }
    html_close(list->page, "td");
    html_open(list->page, "td");
    office_time(list->page, list->visit, campaign->starts, list->zone);
    if (campaign->ends != INT64_MAX) {
        html_text(list->page, " – ");
        office_time(list->page, list->visit, campaign->ends, list->zone);
    }
    html_close(list->page, "td");
    html_close(list->page, "tr");
    list->count++;
    return true;
}

/* The rows are read first: a page asks for the running ones in between. */
static bool keep(const Campaign *campaign, void *data, GError **error)
{
    Campaign *copy = g_new0(Campaign, 1);
    *copy = (Campaign){.name = g_strdup(campaign->name),
                       .language = g_strdup(campaign->language),
                       .heading = g_strdup(campaign->heading),
                       .starts = campaign->starts,
                       .ends = campaign->ends,
                       .standing = campaign->standing};
    g_ptr_array_add(data, copy);
    return true;
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    static const char *const heads[] = {"office_campaign_name",    "office_language",
                                        "office_campaign_heading", "office_state",
                                        "office_campaign_dates",   NULL};
    g_autoptr(GError) reason = NULL;
    g_auto(Site) site = {0};
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)campaign_free);
    if (!site_read(visit->store, &site, &reason) ||
        !campaign_each(visit->store, keep, all, &reason)) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_campaigns"));
    html_element(page, "p", office_text(visit, "office_campaigns_top"));
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    List list = {page, visit, site.zone, 0};
    for (guint i = 0; i < all->len; i++) {
        if (!write_row(all->pdata[i], &list, &reason)) {
            html_writer_free(page);
            return office_failed(visit, reason);
        }
    }
    html_close(page, "tbody");
    html_close(page, "table");
    office_link_line(page, "/campaigns/new", office_text(visit, "office_campaign_new"));
    office_link_line(page, "/gifts", office_text(visit, "office_gifts"));
    return office_page_done(visit, page, 200);
}

/* ---- One ------------------------------------------------------------------------------------ */

typedef struct {
    const Campaign *known;    /* NULL: a new one */
    const Campaign *proposed; /* shown with what it touches; NULL: nothing was sent */
    const char *problem;      /* NULL: none */
    bool differs;             /* somebody changed it since the form was made */
    unsigned status;
} Shown;

/* The letter as readers will see it, and the pages that change. */
static bool write_proposal(HtmlWriter *page, const OfficeVisit *visit, const Campaign *campaign,
                           GError **error)
{
    g_auto(SafeHtml) letter = {0};
    g_autofree char *frame = g_strdup_printf("frame:%s/recent", campaign->language);
    uint64_t pages = 0, bytes = 0;
    if (!campaign_letter(campaign, &letter, error) ||
        !press_reach(visit->store, frame, &pages, &bytes, error)) {
        return false;
    }
    g_autofree char *count = strings_number(visit->language, (int64_t)pages);
    g_autofree char *size = g_strdup_printf("%.1f MB", (double)bytes / 1e6);
    g_autofree char *line = strings_fill(visit->language, "office_campaign_touches", "pages", count,
                                         "size", size, NULL);
    office_done(page, line);
    html_open(page, "blockquote");
    html_attribute(page, "class", "letter");
    html_attribute(page, "lang", campaign->language);
    html_attribute(page, "dir", language_direction(campaign->language));
    html_element(page, "h2", campaign->heading);
    html_append_already_safe_markup(page, &letter);
    html_close(page, "blockquote");
    return true;
}

static HttpReply *show(OfficeVisit *visit, const Site *site, const CampaignForm *form,
                       const Shown *shown)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *title = shown->known == NULL
                                 ? g_strdup(office_text(visit, "office_campaign_new"))
                                 : g_strdup_printf("%s (%s)", form->name, form->language);
    HtmlWriter *page = office_page(visit, title);
    if (shown->problem != NULL) {
        office_problem(page, shown->problem);
    }
    if (strcmp(office_asked(visit, "done"), "saved") == 0) {
        office_done(page, office_text(visit, "office_campaign_saved"));
    }
    if (shown->proposed != NULL && !write_proposal(page, visit, shown->proposed, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    if (shown->differs && shown->known != NULL) {
        g_auto(CampaignForm) stored = {0};
        campaign_form_of(&stored, shown->known, site->zone);
        campaign_form_differences(page, visit, form, &stored);
    }
    g_autofree char *mark = campaign_mark(shown->known);
    office_form(page, visit, "/campaigns/save");
    seen_write(page, visit, mark, shown->differs);
    if (shown->proposed != NULL) {
        office_hidden(page, "sure", "1");
    }
    office_hidden(page, "known", shown->known != NULL ? "1" : "");
    if (shown->proposed != NULL) {
        office_button(page, office_text(visit, "office_campaign_set"), "strong");
    }
    campaign_form_write(page, visit, form, site->languages, shown->known != NULL);
    if (shown->proposed == NULL) {
        office_button(page, office_text(visit, "office_campaign_look"), "strong");
    }
    html_close(page, "form");
    office_link_line(page, "/campaigns", office_text(visit, "office_campaigns_back"));
    return office_page_done(visit, page, shown->status);
}

static HttpReply *answer_new(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Site) site = {0};
    g_auto(CampaignForm) form = {0};
    if (!site_read(visit->store, &site, &reason)) {
        return office_failed(visit, reason);
    }
    campaign_form_sent(&form, visit);
    return show(visit, &site, &form, &(Shown){.status = 200});
}

static HttpReply *answer_one(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Site) site = {0};
    g_auto(CampaignForm) form = {0};
    const char *language = office_asked(visit, "language"), *name = office_asked(visit, "name");
    g_autoptr(Campaign) campaign = site_read(visit->store, &site, &reason)
                                       ? campaign_named(visit->store, name, language, &reason)
                                       : NULL;
    if (campaign == NULL) {
        return reason == NULL ? office_not_found(visit) : office_failed(visit, reason);
    }
    campaign_form_of(&form, campaign, site.zone);
    return show(visit, &site, &form, &(Shown){.known = campaign, .status = 200});
}

/* ---- Setting it ----------------------------------------------------------------------------- */

typedef struct {
    const OfficeVisit *visit;
    const Campaign *campaign;
    bool differs; /* from what the form saw */
} Save;

/* Of a change; the same once more, by a button pressed twice, is none. */
static bool save_body(Store *store, void *data, GError **error)
{
    Save *save = data;
    const OfficeVisit *visit = save->visit;
    const Campaign *campaign = save->campaign;
    bool changed = false;
    g_autoptr(GError) reason = NULL;
    g_autoptr(Campaign) known = campaign_named(store, campaign->name, campaign->language, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autofree char *mark = campaign_mark(known);
    g_autofree char *subject = g_strdup_printf("%s (%s)", campaign->name, campaign->language);
    if (!campaign_set(store, campaign, visit->now, &changed, error)) {
        return false;
    }
    save->differs = changed && !seen_match(visit, mark, error);
    return !save->differs && (!changed || audit_add(store, visit->person->id, "campaign.set",
                                                    subject, "", visit->now, error));
}

/* The form says that it is a new one, and there is one of that name. */
static bool taken(const OfficeVisit *visit, const Campaign *known)
{
    return known != NULL && strcmp(office_field(visit, "known"), "1") != 0;
}

/* Nothing is saved: the form again, with what is stored now where somebody changed it. */
static HttpReply *refuse(OfficeVisit *visit, const Site *site, const CampaignForm *form,
                         const Campaign *known, bool differs, const GError *problem)
{
    return show(visit, site, form,
                &(Shown){.known = known,
                         .problem = office_reason(visit, problem),
                         .differs = differs,
                         .status = office_status(problem)});
}

static HttpReply *set(OfficeVisit *visit, const Site *site, const CampaignForm *form,
                      const Campaign *campaign)
{
    g_autoptr(GError) reason = NULL;
    Save save = {.visit = visit, .campaign = campaign};
    if (store_transact(visit->store, save_body, &save, &reason)) {
        g_autofree char *path = path_of(campaign->language, campaign->name, "&done=saved");
        return office_see_other(visit, path);
    }
    if (!save.differs) {
        return office_failed(visit, reason);
    }
    g_autoptr(Campaign) now = campaign_named(visit->store, form->name, form->language, NULL);
    return refuse(visit, site, form, now, true, reason);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Site) site = {0};
    g_auto(CampaignForm) form = {0};
    campaign_form_sent(&form, visit);
    g_autoptr(Campaign) known =
        site_read(visit->store, &site, &reason)
            ? campaign_named(visit->store, form.name, form.language, &reason)
            : NULL;
    if (reason != NULL) {
        return office_failed(visit, reason);
    }
    bool sure = strcmp(office_field(visit, "sure"), "1") == 0;
    if (!sure && taken(visit, known)) {
        return show(
            visit, &site, &form,
            &(Shown){.problem = office_text(visit, "office_campaign_taken"), .status = 409});
    }
    g_autofree char *mark = campaign_mark(known);
    if (!sure && !seen_match(visit, mark, &reason)) {
        return refuse(visit, &site, &form, known, true, reason);
    }
    g_autoptr(Campaign) campaign =
        campaign_form_parse(&form, known, site.zone, visit->now, &reason);
    if (campaign == NULL || !campaign_fits(visit->store, campaign, &reason)) {
        return refuse(visit, &site, &form, known, false, reason);
    }
    return sure ? set(visit, &site, &form, campaign)
                : show(visit, &site, &form,
                       &(Shown){.known = known, .proposed = campaign, .status = 200});
}

const OfficeRoute campaign_office[] = {
    {.name = "campaigns",
     .method = HTTP_GET,
     .path = "/campaigns",
     .permission = PERMISSION_FUND,
     .answer = answer_list,
     .help = "what the paper asks its readers for",
     .paper = "office_campaigns"},
    {.name = "campaign-new",
     .method = HTTP_GET,
     .path = "/campaigns/new",
     .permission = PERMISSION_FUND,
     .answer = answer_new,
     .help = "a new campaign"},
    {.name = "campaign-save",
     .method = HTTP_POST,
     .path = "/campaigns/save",
     .permission = PERMISSION_FUND,
     .answer = answer_save,
     .body_most = CAMPAIGN_FORM_MOST,
     .words = true,
     .help = "shows what a campaign touches, then sets it"},
    {.name = "campaign",
     .method = HTTP_GET,
     .path = "/campaigns/one",
     .permission = PERMISSION_FUND,
     .answer = answer_one,
     .help = "one campaign"},
    {.name = NULL},
};
