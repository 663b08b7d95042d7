/*
 * The theme in the office, as whole requests: looked at with a draft at no cost to anything, saved,
 * refused, taken back. What a file means is tests/unit/theme.
 * Covers: src/desk/theme_change.c, src/desk/theme_draft.c, src/desk/theme_office.c,
 * src/desk/theme_sample.c, src/desk/theme_view.c, src/desk/theme_view_look.c,
 * src/paper/example_answer.c, src/paper/example_letter.c, src/paper/example_page.c,
 * src/paper/example_value.c.
 */
#include "base/clock.h"
#include "desk/import.h"
#include "desk/story_desk.h"
#include "desk/theme_change.h"
#include "desk/theme_draft.h"
#include "desk/theme_sample.h"
#include "doubles/stores.h"
#include "fund/campaign.h"
#include "jobs/jobs.h"
#include "mail/issue.h"
#include "mail/letter.h"
#include "mail/newsletter.h"
#include "paper/example.h"
#include "texts_desk.h"
#include "theme/edit.h"

#include <glib/gstdio.h>
#include <string.h>

/* An office over a folder of its own, and a chief at it. */
typedef struct {
    Store *store;
    char *folder;
    Theme *theme;
    PaperContext context;
    PressRecipes pages;
    Office *office;
    Browser chief;
} Room;

static const PressBlock *const no_blocks[] = {NULL};

#define NEWSLETTER                                                                                 \
    "---\nname: weekly\nheading: Every week\ndescription: Six stories.\nlanguage: en\n---\n"

static void room_open(Room *room, Store *store)
{
    g_autoptr(GError) error = NULL;
    *room = (Room){.store = store, .folder = g_dir_make_tmp("kolokol-theme-XXXXXX", NULL)};
    room->theme = theme_load(room->folder, &error);
    g_assert_no_error(error);
    room->context = (PaperContext){room->theme, room->folder, no_blocks};
    room->pages = paper_trial_recipes(&room->context);
    room->office = desk_office(store, (OfficeOptions){.theme_dir = room->folder,
                                                      .trial = room->theme,
                                                      .trial_pages = &room->pages});
    room->chief = (Browser)BROWSER(room->office);
    desk_sign_in(store, &room->chief, "Ira", ROLE_CHIEF);
}

static void room_clear(Room *room)
{
    browser_clear(&room->chief);
    office_free(room->office);
    theme_free(room->theme);
    g_autoptr(GDir) entries = g_dir_open(room->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(entries)) != NULL;) {
        g_autofree char *path = g_build_filename(room->folder, name, NULL);
        g_remove(path);
    }
    g_rmdir(room->folder);
    g_free(room->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Room, room_clear)

static unsigned files_in(const Room *room)
{
    g_autoptr(GDir) entries = g_dir_open(room->folder, 0, NULL);
    unsigned count = 0;
    while (g_dir_read_name(entries) != NULL) {
        count++;
    }
    return count;
}

static char *file_text(const Room *room, const char *name)
{
    g_autofree char *path = g_build_filename(room->folder, name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static void put_story(Store *store, const char *title, const char *date)
{
    const char *const fields[][2] = {{"title", title},  {"date", date},         {"section", "News"},
                                     {"topics", "Sea"}, {"authors", "A. Berg"}, {"body", "Text."}};
    g_auto(StoryDesk) desk = {0};
    g_auto(StoryPut) put = {0};
    g_autoptr(StoryInput) input = story_input_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(story_desk_open(store, &desk, NULL));
    for (unsigned i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (fields[i][1] == NULL) {
            continue;
        }
        story_input_set(input, fields[i][0], fields[i][1], strlen(fields[i][1]), &error);
        g_assert_no_error(error);
    }
    story_put(store, &desk.site, input, STORY_PUT_PUBLISH, clock_now(), &put, &error);
    g_assert_no_error(error);
}

static void one_story(Store *store)
{
    put_story(store, "Harbour", "2026-01-05T10:00:00");
}

static void set_newsletter(Store *store)
{
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Newsletter) newsletter = newsletter_parse(NEWSLETTER, strlen(NEWSLETTER), &error);
    g_assert_no_error(error);
    newsletter_set(store, newsletter, &changed, &error);
    g_assert_no_error(error);
}

/* Keeps a draft of the visitor's. */
static void draft(Browser *chief, const char *file, const char *text)
{
    g_autofree char *path = g_strconcat("/theme/", file, NULL);
    g_autofree char *look = g_strconcat(path, "/look", NULL);
    leads_to(desk_post(chief, path, "act", "look", "seen", "-", "text", text, NULL), look);
}

/* What stands in the frame of /theme/FILE/page/en/KIND. */
static HttpReply *framed(Browser *chief, const char *file, const char *kind)
{
    g_autofree char *path = g_strdup_printf("/theme/%s/page/en/%s", file, kind);
    http_reply_unref(browser_get(chief, path));
    g_autofree char *page = g_strdup(chief->location);
    return browser_get(chief, page);
}

static void test_list(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    says(browser_get(&room.chief, "/paper"), 200, "href=\"/theme\"");
    says(browser_get(&room.chief, "/theme"), 200, "href=\"/theme/story.mustache\"");
    says(browser_get(&room.chief, "/theme"), 200, "href=\"/theme/style.css\"");
    says(browser_get(&room.chief, "/theme/layout.mustache"), 200, "&lt;footer class=\"foot\"&gt;");
    says(browser_get(&room.chief, "/theme/ad.mustache"), 200, "There is no such file yet");
    leads_to(browser_get(&room.chief, "/theme?file=ad.mustache"), "/theme/ad.mustache");
    says(browser_get(&room.chief, "/theme?file=../x"), 422, "is no name of a theme file");
    says(browser_get(&room.chief, "/theme/..css"), 422, "is no name of a theme file");
    says(browser_get(&room.chief, "/theme/search.js"), 422, "is no name of a theme file");
    says_not(browser_get(&room.chief, "/theme/favicon.ico"), "<textarea");
}

/* The draft is on the page, and nowhere else. */
static void test_look(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    one_story(store);
    room_open(&room, store);
    g_autofree char *before = g_strdup(theme_version(room.theme, "story"));
    leads_to(desk_post(&room.chief, "/theme/story-foot.mustache", "act", "look", "seen", "-",
                       "text", "<p>A draft's foot</p>", NULL),
             "/theme/story-foot.mustache/look");
    says(browser_get(&room.chief, "/theme/story-foot.mustache/look"), 200,
         "src=\"/theme/story-foot.mustache/page/en/story\"");
    says(browser_get(&room.chief, "/theme/story-foot.mustache/look"), 200, "Story *");
    leads_to(browser_get(&room.chief, "/theme/story-foot.mustache/page/en/story"),
             "/theme/story-foot.mustache/page/en/story/2026/01/05/harbour.html");
    says(browser_get(&room.chief,
                     "/theme/story-foot.mustache/page/en/story/2026/01/05/harbour.html"),
         200, "A draft's foot");
    g_assert_cmpuint(files_in(&room), ==, 0);
    g_assert_true(theme_reload(room.theme, NULL, NULL));
    g_assert_cmpstr(theme_version(room.theme, "story"), ==, before);
    says(browser_get(&room.chief, "/theme"), 200, "you have a draft");
    says(browser_get(&room.chief, "/theme/story-foot.mustache"), 200, "A draft's foot");
    leads_to(desk_post(&room.chief, "/theme/story-foot.mustache/drop", NULL),
             "/theme/story-foot.mustache?done=dropped");
    says_not(browser_get(&room.chief, "/theme/story-foot.mustache"), "A draft's foot");
    says(browser_get(&room.chief, "/theme/story-foot.mustache/look?page=live"), 404,
         "has no page of the kind");
    says(browser_get(&room.chief, "/theme/story-foot.mustache/look?page=none"), 404,
         "has no page of the kind");
    says(browser_get(&room.chief, "/theme/story-foot.mustache/look?language=xx"), 422,
         "has no language");
}

/* Every kind that this newspaper has can be looked at, and nothing is to be done after it. */
static void test_kinds(Store *store, const char *url)
{
    static const char *const missing[] = {"opinion", "live", "page", "support", NULL};
    int64_t due = 0;
    g_auto(Room) room = {0};
    one_story(store);
    set_newsletter(store);
    room_open(&room, store);
    for (const ThemeSample *sample = theme_samples; sample->kind != NULL; sample++) {
        g_autofree char *path = g_strconcat("/theme/style.css/page/en/", sample->kind, NULL);
        g_autoptr(HttpReply) reply = browser_get(&room.chief, path);
        unsigned expected = g_strv_contains(missing, sample->kind) ? 404 : 303;
        g_test_message("%s: %u", sample->kind, http_reply_status(reply));
        g_assert_cmpuint(http_reply_status(reply), ==, expected);
        g_assert_nonnull(theme_template(room.theme, sample->template));
        if (expected == 303) {
            says(framed(&room.chief, "style.css", sample->kind), 200, "<style>");
        }
    }
    says(framed(&room.chief, "moved.mustache", "moved"), 200, "http-equiv=\"refresh\"");
    says(framed(&room.chief, "gone.mustache", "gone"), 200, "withdrawn");
    says(framed(&room.chief, "gone.mustache", "gone.taken-down"), 200, "taken down");
    g_assert_true(jobs_next_due(store, "mail", &due, NULL));
    g_assert_cmpint(due, ==, INT64_MAX);
    g_assert_true(jobs_next_due(store, "pay", &due, NULL));
    g_assert_cmpint(due, ==, INT64_MAX);
}

/* A newspaper without a newsletter has nothing to show of one, but confirmations. */
static void test_no_newsletter(Store *store, const char *url)
{
    static const char *const kinds[] = {"newsletters", "newsletter-issue",
                                        "newsletter-issue.sample", "newsletter-archive",
                                        "mail-issue"};
    g_auto(Room) room = {0};
    one_story(store);
    room_open(&room, store);
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *path = g_strconcat("/theme/style.css/page/en/", kinds[i], NULL);
        says(browser_get(&room.chief, path), 404, "has no page of the kind");
    }
    says(framed(&room.chief, "mail.mustache", "mail-subscribe"), 200, "/en/confirm/example");
}

/* ---- Mails, answers, newsletters ------------------------------------------------------------ */

static bool is_sample(const char *template)
{
    for (const ThemeSample *sample = theme_samples; sample->kind != NULL; sample++) {
        g_autofree char *text = g_strconcat(sample->template, "-text", NULL);
        if (strcmp(sample->template, template) == 0 ||
            (sample->group == THEME_MAILS && strcmp(text, template) == 0)) {
            return true;
        }
    }
    return false;
}

/* Each template of a mail or an answer has its row, and each kind of mail. */
static void test_complete(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Theme) theme = theme_load(NULL, &error);
    g_assert_no_error(error);
    for (const char *const *name = theme_names(theme); *name != NULL; name++) {
        bool frame = strcmp(*name, "door") == 0 || strcmp(*name, "door-trap") == 0;
        if (!frame && (g_str_has_prefix(*name, "door-") || g_str_has_prefix(*name, "mail-") ||
                       g_str_has_prefix(*name, "newsletter-"))) {
            g_test_message("%s", *name);
            g_assert_true(is_sample(*name));
        }
    }
    for (const LetterKind *kind = letter_kinds; kind->kind != NULL; kind++) {
        g_autofree char *template = g_strconcat("mail-", kind->kind, NULL);
        g_assert_true(is_sample(template));
    }
}

/* A receipt as the draft would make it, both its parts, in each of its cases. */
static void test_mail(Store *store, const char *url)
{
    static const char look[] = "/theme/mail-gift-receipt.mustache/look";
    static const char text_look[] = "/theme/mail-gift-receipt-text.mustache/look?page=";
    g_auto(Room) room = {0};
    room_open(&room, store);
    draft(&room.chief, "mail-gift-receipt.mustache",
          "{{<mail}}{{$main}}<p>Dear <b>reader</b>: {{amount}}, {{often}}</p>{{/main}}{{$foot}}"
          "{{cancel_url}}{{/foot}}{{/mail}}");
    says(browser_get(&room.chief, look), 200,
         "src=\"/theme/mail-gift-receipt.mustache/page/en/mail-gift-receipt.once\"");
    says(browser_get(&room.chief, look), 200, "mail-gift-receipt · monthly *</a>");
    says(browser_get(&room.chief, look), 200, "An example: sums");
    says(browser_get(&room.chief, look), 200, "<pre class=\"letter\"");
    says_not(browser_get(&room.chief, look), ">Front</a>");
    g_autoptr(HttpReply) once =
        framed(&room.chief, "mail-gift-receipt.mustache", "mail-gift-receipt.once");
    g_assert_true(reply_says(once, "Dear <b>reader</b>: €25, Once"));
    g_assert_false(reply_says(once, "gift-cancel"));
    const char *policy = http_reply_find(once, "Content-Security-Policy");
    g_assert_nonnull(strstr(policy, "sandbox allow-same-origin"));
    g_assert_nonnull(strstr(policy, "default-src 'none'"));
    g_assert_nonnull(strstr(policy, "form-action 'none'"));
    says(framed(&room.chief, "mail-gift-receipt.mustache", "mail-gift-receipt.monthly"), 200,
         "/en/gift-cancel/example");
    draft(&room.chief, "mail-gift-receipt-text.mustache", "Dear reader: {{amount}} <{{often}}>");
    says(browser_get(&room.chief, "/theme/mail-gift-receipt-text.mustache/look"), 200,
         "Dear reader: €25 &lt;Once&gt;</pre>");
    g_autofree char *monthly = g_strconcat(text_look, "mail-gift-receipt.monthly", NULL);
    says(browser_get(&room.chief, monthly), 200, "Dear reader: €5 &lt;Monthly&gt;</pre>");
    g_assert_cmpuint(files_in(&room), ==, 0);
    /* The plain part is no page by itself. */
    says(browser_get(&room.chief,
                     "/theme/mail-gift-receipt-text.mustache/page/en/mail-gift-receipt-text"),
         404, "has no page of the kind");
}

/* The frame of all letters is looked at on each of them, none of them is a page. */
static void test_mail_frame(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    one_story(store);
    room_open(&room, store);
    g_autoptr(HttpReply) frame = browser_get(&room.chief, "/theme/mail.mustache/look");
    g_assert_true(reply_says(frame, "mail-subscribe *</a>"));
    g_assert_true(reply_says(frame, "mail-staff-invite *</a>"));
    g_assert_false(reply_says(frame, "door-thanks"));
    says(browser_get(&room.chief, "/theme/style.css/look"), 200, "door-thanks *</a>");
    says_not(browser_get(&room.chief, "/theme/style.css/look"), "mail-subscribe");
    says(browser_get(&room.chief, "/theme/card.mustache/look?page=door-thanks"), 200,
         ">door-thanks</a>");
    says(framed(&room.chief, "mail.mustache", "mail-staff-invite"), 200, "Anna Berg");
    says(desk_post(&room.chief, "/theme/mail-answer.mustache", "act", "look", "seen", "-", "text",
                   "a\n{{<mail}}", NULL),
         422, "theme/mail-answer.mustache:2: ");
}

static void test_answer(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    draft(&room.chief, "door-gift-thanks.mustache",
          "{{<door}}{{$title}}Oh{{/title}}{{$main}}<p>You gave {{v.amount}} · {{v.often}}"
          "<script>alert(1)</script></p>{{/main}}{{/door}}");
    says(browser_get(&room.chief, "/theme/door-gift-thanks.mustache/look"), 200,
         "src=\"/theme/door-gift-thanks.mustache/page/en/door-gift-thanks.once\"");
    says_not(browser_get(&room.chief, "/theme/door-gift-thanks.mustache/look"),
             "<pre class=\"letter\"");
    g_autoptr(HttpReply) page =
        framed(&room.chief, "door-gift-thanks.mustache", "door-gift-thanks.annual");
    g_assert_true(reply_says(page, "You gave €60 · Annual"));
    g_assert_false(reply_says(page, "<script"));
    says(framed(&room.chief, "door.mustache", "door-subscribe.problem"), 200,
         "value=\"reader@example.org\"");
    says(framed(&room.chief, "door.mustache", "door-subscribe.problem"), 200, "role=\"alert\"");
    says_not(framed(&room.chief, "door.mustache", "door-subscribe"), "role=\"alert\"");
    says(framed(&room.chief, "door.mustache", "door-practice-paid"), 200, "/en/thanks/example\"");
}

/* A newsletter's pages and its letter say what is composed, before that what a reader is shown. */
static void test_issue(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_auto(Room) room = {0};
    one_story(store);
    set_newsletter(store);
    room_open(&room, store);
    says(framed(&room.chief, "newsletter-issue.mustache", "newsletter-issue"), 200, "Harbour");
    says(framed(&room.chief, "mail-issue.mustache", "mail-issue"), 200, "Harbour");
    put_story(store, "Fog & rain", NULL);
    g_assert_true(issue_compose(store, "weekly", &id, &error));
    g_assert_no_error(error);
    draft(&room.chief, "newsletter-issue.mustache",
          "{{<layout}}{{$main}}{{#issue}}<h1>Ours: {{subject}}</h1>{{/issue}}{{/main}}{{/layout}}");
    says(framed(&room.chief, "newsletter-issue.mustache", "newsletter-issue"), 200,
         "<h1>Ours: Fog &amp; rain</h1>");
    says_not(framed(&room.chief, "newsletter-issue.mustache", "newsletter-issue.sample"),
             "Fog &amp; rain</h1>");
    says(framed(&room.chief, "newsletter-archive.mustache", "newsletter-archive"), 200,
         "Every week");
    draft(&room.chief, "mail-issue-text.mustache", "{{#lead}}{{headline}}{{/lead}}!");
    says(browser_get(&room.chief, "/theme/mail-issue-text.mustache/look"), 200,
         "Fog &amp; rain!</pre>");
    g_autoptr(Issue) issue = issue_read(store, id, &error);
    g_assert_cmpint(issue->state, ==, ISSUE_DRAFT);
    g_assert_cmpstr(issue->html, ==, "");
}

/* Sums are those that the newsroom's own form proposes. */
static void test_campaign(Store *store, const char *url)
{
    static const char text[] = "---\nname: winter\nlanguage: en\nheading: H\ncall: Give\n"
                               "amounts: USD once 15 30*; monthly 7\n---\nDear readers.\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    bool changed = false;
    g_auto(Room) room = {0};
    room_open(&room, store);
    g_autoptr(Campaign) campaign =
        campaign_parse(text, strlen(text), zone, clock_now() - CLOCK_DAY, &error);
    g_assert_no_error(error);
    g_assert_true(campaign_set(store, campaign, clock_now(), &changed, &error));
    says(framed(&room.chief, "door.mustache", "door-gift-go.once"), 200, "$30");
    says(framed(&room.chief, "door.mustache", "door-gift-go.monthly"), 200, "$7");
    says(framed(&room.chief, "door.mustache", "door-gift-go.annual"), 200, "$2");
}

static void test_save(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    char now[THEME_MARK];
    room_open(&room, store);
    leads_to(desk_post(&room.chief, "/theme/card.mustache", "act", "save", "seen", "-", "text",
                       "one\r\ntwo\r\n", NULL),
             "/theme/card.mustache?done=saved");
    g_autofree char *text = file_text(&room, "card.mustache");
    g_assert_cmpstr(text, ==, "one\ntwo\n");
    desk_audited(store, "theme.set", "theme/card.mustache");
    says(browser_get(&room.chief, "/theme/card.mustache"), 200, "in place of the program's");
    /* Over what somebody else has saved since: asked first, and then done. */
    g_autoptr(HttpReply) asked = desk_post(&room.chief, "/theme/card.mustache", "act", "save",
                                           "seen", "-", "text", "three", NULL);
    g_assert_cmpuint(http_reply_status(asked), ==, 409);
    g_assert_true(reply_says(asked, "three</textarea>"));
    g_assert_true(reply_says(asked, "one\ntwo\n</pre>"));
    g_autofree char *seen = reply_field(asked, "seen");
    g_autoptr(GBytes) bytes = theme_edit_own(room.folder, "card.mustache", NULL);
    theme_edit_mark(bytes, now);
    g_assert_cmpstr(seen, ==, now);
    leads_to(desk_post(&room.chief, "/theme/card.mustache", "act", "save", "seen", seen, "text",
                       "three", NULL),
             "/theme/card.mustache?done=saved");
    /* Back to the program's; and not from an old page. */
    says(desk_post(&room.chief, "/theme/card.mustache/reset", "seen", seen, NULL), 409,
         "Somebody has changed this file");
    g_autoptr(HttpReply) open = browser_get(&room.chief, "/theme/card.mustache");
    g_autofree char *fresh = reply_field(open, "seen");
    leads_to(desk_post(&room.chief, "/theme/card.mustache/reset", "seen", fresh, NULL),
             "/theme?done=reset");
    g_assert_cmpuint(files_in(&room), ==, 0);
    desk_audited(store, "theme.reset", "theme/card.mustache");
}

/* From the page that shows the draft. */
static void test_use(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    one_story(store);
    room_open(&room, store);
    http_reply_unref(desk_post(&room.chief, "/theme/up.mustache", "act", "look", "seen", "-",
                               "text", "Up.", NULL));
    leads_to(desk_post(&room.chief, "/theme/up.mustache", "act", "use", NULL),
             "/theme/up.mustache?done=saved");
    g_autofree char *text = file_text(&room, "up.mustache");
    g_assert_cmpstr(text, ==, "Up.");
    says_not(browser_get(&room.chief, "/theme"), "you have a draft");
}

static void test_refused(Store *store, const char *url)
{
    static const char *const bad[][3] = {
        {"/theme/card.mustache", "one\n{{#a}}", "theme/card.mustache:2: "},
        {"/theme/card.mustache", "{{>card}}", "in a circle"},
        {"/theme/card.mustache", "{{>nowhere}}", "nowhere"},
        {"/theme/style.css", "a{", "theme/style.css:1: "},
        {"/theme/layout.mustache", "<head></head>", "{{policy}}"},
        {"/theme/favicon.ico", "x", "is not edited as text"},
        {"/theme/Card.mustache", "x", "is no name of a theme file"},
    };
    static const char *const acts[] = {"save", "look"};
    g_auto(Room) room = {0};
    room_open(&room, store);
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        for (unsigned act = 0; act < G_N_ELEMENTS(acts); act++) {
            says(desk_post(&room.chief, bad[i][0], "act", acts[act], "seen", "-", "text", bad[i][1],
                           NULL),
                 422, bad[i][2]);
        }
    }
    g_assert_cmpuint(files_in(&room), ==, 0);
    says_not(browser_get(&room.chief, "/theme"), "you have a draft");
    g_autofree char *large = g_strnfill(THEME_EDIT_MOST + 1, 'x');
    says(desk_post(&room.chief, "/theme/card.mustache", "act", "save", "seen", "-", "text", large,
                   NULL),
         422, "bytes are too many");
    g_assert_cmpuint(files_in(&room), ==, 0);
}

static void test_roles(Store *store, const char *url)
{
    g_auto(Room) room = {0};
    room_open(&room, store);
    g_auto(Browser) editor = BROWSER(room.office);
    desk_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    says(browser_get(&editor, "/theme"), 403, "Your role");
    says(desk_post(&editor, "/theme/card.mustache", "act", "save", "seen", "-", "text", "x", NULL),
         403, "Your role");
    g_assert_cmpuint(files_in(&room), ==, 0);
}

/* ---- The nouns ------------------------------------------------------------------------------ */

static void test_drafts(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    for (unsigned i = 0; i < THEME_DRAFTS; i++) {
        g_autofree char *file = g_strdup_printf("f%u.css", i);
        g_assert_true(theme_draft_keep(store, 1, file, "-", "a{}", 5, &error));
    }
    g_assert_false(theme_draft_keep(store, 1, "more.css", "-", "a{}", 5, &error));
    g_clear_error(&error);
    g_assert_true(theme_draft_keep(store, 1, "f1.css", "x", "b{}", 6, &error));
    g_assert_true(theme_draft_keep(store, 2, "f1.css", "-", "c{}", 7, &error));
    g_autoptr(ThemeDraft) draft = theme_draft_read(store, 1, "f1.css", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(draft->body, ==, "b{}");
    g_assert_cmpstr(draft->seen, ==, "x");
    g_assert_cmpint(draft->changed, ==, 6);
    g_assert_true(theme_draft_drop(store, 1, "f1.css", &error));
    g_assert_null(theme_draft_read(store, 1, "f1.css", NULL));
    g_autoptr(GPtrArray) files = theme_draft_files(store, 2, &error);
    g_assert_cmpuint(files->len, ==, 1);
}

/* A folder that cannot be written: the log tells of the attempt and that it failed. */
static void test_unwritable(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("kolokol-theme-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "theme", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new("x", 1);
    g_assert_true(
        theme_change_save(store, file, &(ThemeAuthor){0}, "ad.mustache", bytes, 5, &error));
    g_autofree char *made = g_build_filename(file, "ad.mustache", NULL);
    g_autofree char *taken = g_build_filename(file, "up.mustache", NULL);
    g_assert_cmpint(g_mkdir(taken, 0755), ==, 0);
    g_assert_false(
        theme_change_save(store, file, &(ThemeAuthor){0}, "up.mustache", bytes, 6, &error));
    g_assert_nonnull(error);
    desk_audited(store, "theme.failed", "theme/up.mustache");
    g_rmdir(taken);
    g_remove(made);
    g_rmdir(file);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/theme/files", test_list);
    stores_test_add("/request/theme/looked at", test_look);
    stores_test_add("/request/theme/every kind of page", test_kinds);
    stores_test_add("/request/theme/no newsletter", test_no_newsletter);
    g_test_add_func("/request/theme/every template", test_complete);
    stores_test_add("/request/theme/a mail", test_mail);
    stores_test_add("/request/theme/the frame of mails", test_mail_frame);
    stores_test_add("/request/theme/an answer", test_answer);
    stores_test_add("/request/theme/an issue", test_issue);
    stores_test_add("/request/theme/a campaign's sums", test_campaign);
    stores_test_add("/request/theme/saved", test_save);
    stores_test_add("/request/theme/a draft used", test_use);
    stores_test_add("/request/theme/refused", test_refused);
    stores_test_add("/request/theme/not everybody's", test_roles);
    stores_test_add("/request/theme/drafts", test_drafts);
    stores_test_add("/request/theme/not written", test_unwritable);
    return g_test_run();
}
