/* The list of stories: story_office.h. */
#include "desk/story_office.h"

#include "desk/story.h"
#include "office/frame.h"
#include "press/setting.h"

#define SHOWN 100u /* stories on the page, last changed first */

/* By whom, as one text. Caller frees. */
static char *names_of(const Story *story)
{
    return g_strjoinv(", ", story->authors);
}

static void cell(HtmlWriter *page, const char *text)
{
    html_element(page, "td", text == NULL ? "" : text);
}

static void write_row(HtmlWriter *page, const OfficeVisit *visit, const Story *story,
                      GTimeZone *zone)
{
    g_autofree char *names = names_of(story);
    g_autofree char *class = g_strdelimit(g_strdup(story_state_name(story->state)), " ", '-');
    g_autofree char *word = g_strconcat("office_state_", class, NULL);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", story->language);
    html_text(page, *story->headline == '\0' ? "–" : story->headline);
    html_close(page, "th");
    html_open(page, "td");
    office_state(page, class, office_text(visit, g_strdelimit(word, "-", '_')));
    html_close(page, "td");
    cell(page, story->section);
    cell(page, names);
    cell(page, story->language);
    html_open(page, "td");
    office_time(page, visit, story->changed, zone);
    html_close(page, "td");
    html_close(page, "tr");
}

static HttpReply *answer_list(OfficeVisit *visit)
{
    static const char *const heads[] = {"office_title",
                                        "office_state",
                                        "office_section",
                                        "office_author",
                                        "office_language",
                                        "office_changed",
                                        NULL};
    g_autoptr(GError) reason = NULL;
    g_autoptr(GPtrArray) stories = story_recent(visit->store, NULL, -1, SHOWN, &reason);
    g_autoptr(GTimeZone) zone = stories == NULL ? NULL : setting_timezone(visit->store, &reason);
    if (zone == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_stories"));
    if (stories->len == 0) {
        html_element(page, "p", office_text(visit, "office_no_stories"));
        return office_page_done(visit, page, 200);
    }
    html_open(page, "table");
    html_attribute(page, "class", "stories");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < stories->len; i++) {
        write_row(page, visit, stories->pdata[i], zone);
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return office_page_done(visit, page, 200);
}

const OfficeRoute story_office[] = {
    {.name = "story-list",
     .method = HTTP_GET,
     .path = "/stories",
     .permission = PERMISSION_WRITE,
     .answer = answer_list,
     .help = "the stories, last changed first",
     .menu = "office_stories"},
    {.name = NULL},
};
