/* `kolokol campaign`: what the paper asks its readers for (fund/campaign.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/moment.h"
#include "fund/campaign.h"
#include "fund/campaign_letter.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "press/reach.h"
#include "text/json.h"

#include <inttypes.h>

#define FILE_MOST (256u * 1024)

static bool print_row(CommandContext *context, const Campaign *campaign, bool whole, GError **error)
{
    g_autofree char *starts = moment_rfc3339(campaign->starts);
    g_autofree char *ends = campaign->ends == INT64_MAX ? NULL : moment_rfc3339(campaign->ends);
    if (!context->json) {
        fprintf(context->out, "%s (%s): %s\n  from %s%s%s%s\n", campaign->name, campaign->language,
                campaign->heading, starts, ends == NULL ? "" : " to ", ends == NULL ? "" : ends,
                campaign->standing ? ", standing" : "");
        if (whole) {
            fprintf(context->out, "\n%s\n%s", campaign->call, campaign->letter);
        }
        return true;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "name", campaign->name);
    json_writer_text_member(&json, "language", campaign->language);
    json_writer_text_member(&json, "heading", campaign->heading);
    json_writer_text_member(&json, "call", campaign->call);
    json_writer_text_member(&json, "amounts", campaign->amounts);
    json_writer_text_member(&json, "minimum", campaign->minimum);
    json_writer_text_member(&json, "danger", campaign->danger);
    json_writer_text_member(&json, "share", campaign->share);
    json_writer_text_member(&json, "letter", campaign->letter);
    json_writer_text_member(&json, "starts", starts);
    json_writer_text_member(&json, "ends", ends);
    json_writer_bool_member(&json, "standing", campaign->standing);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static bool print_short(const Campaign *campaign, void *data, GError **error)
{
    return print_row(data, campaign, false, error);
}

static bool list(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    return newsroom_desk_open(&desk, context->newsroom, error) &&
           campaign_each(desk.store, print_short, context, error);
}

static bool show(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    const char *language =
        newsroom_desk_language(&desk, command_option(context, "language"), error);
    bool standing = command_option(context, "standing") != NULL;
    if (language == NULL) {
        return false;
    }
    g_autoptr(GError) reason = NULL;
    g_autoptr(Campaign) campaign =
        campaign_shown(desk.store, language, standing, clock_now(), &reason);
    if (campaign == NULL) {
        if (reason == NULL) {
            return fail(error, KOLOKOL_ERROR_NOT_FOUND,
                        "no campaign %s in \"%s\"; set one with `kolokol campaign set FILE`",
                        standing ? "stands" : "runs", language);
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return print_row(context, campaign, true, error);
}

/* What it will touch is said before it is set, so that nobody is surprised (DESIGN 5). */
static bool say_reach(CommandContext *context, const NewsroomDesk *desk, const char *language,
                      GError **error)
{
    g_autofree char *frame = g_strdup_printf("frame:%s/recent", language);
    uint64_t pages = 0, bytes = 0;
    if (!press_reach(desk->store, frame, &pages, &bytes, error)) {
        return false;
    }
    if (!context->json) {
        fprintf(context->out, "touches %" PRIu64 " pages, %.1f MB\n", pages, (double)bytes / 1e6);
        fflush(context->out);
    }
    return true;
}

static bool set(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    const char *path = context->arguments[0];
    g_autoptr(GBytes) bytes = file_read(path, FILE_MOST, error);
    if (bytes == NULL || !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    int64_t now = clock_now(); /* a campaign without `starts:` begins now, or has begun */
    g_autoptr(Campaign) campaign = campaign_parse(g_bytes_get_data(bytes, NULL),
                                                  g_bytes_get_size(bytes), desk.zone, now, error);
    bool changed = false;
    g_auto(SafeHtml) letter = {0}; /* a letter that no page could show is refused here, not there */
    if (campaign == NULL || newsroom_desk_language(&desk, campaign->language, error) == NULL ||
        !campaign_letter(campaign, &letter, error)) {
        g_prefix_error(error, "%s: ", path);
        return false;
    }
    if (!say_reach(context, &desk, campaign->language, error) ||
        !campaign_set(desk.store, campaign, now, &changed, error)) {
        return false;
    }
    fprintf(context->out, context->json ? "{\"name\":\"%s\",\"changed\":%s}\n" : "%s: %s\n",
            campaign->name,
            context->json ? (changed ? "true" : "false") : (changed ? "set" : "unchanged"));
    return true;
}

static const CommandVerb verbs[] = {
    {"list", "", "all campaigns", 0, 0, list},
    {"show", "", "the one that runs", 0, 0, show},
    {"set", "FILE", "from a Markdown file; the same name again changes it", 1, 1, set},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_campaign = {
    .name = "campaign",
    .usage = "list | show [--language L] [--standing] | set FILE",
    .summary = "what the paper asks its readers for",
    .help =
        "A campaign is a Markdown file: front matter with name, language, heading, call, amounts, "
        "minimum, danger, share,\nstarts, ends, standing; the letter as body. `set` first says "
        "how many pages show the campaign.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"language", OPTION_VALUE, "LANG", "in that language, else the first", "show"},
            {"standing", OPTION_FLAG, NULL, "the one on older pages", "show"},
            {"json", OPTION_FLAG, NULL, "as JSON", NULL},
        },
};
