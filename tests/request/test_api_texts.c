/*
 * The paper's texts by the API: the order of its own pages, theme files, campaigns, newsletters and
 * the drafts of their issues. What is refused leaves everything as it was.
 * Covers: src/desk/page_api.c, src/desk/theme_api.c, src/fund/campaign_api.c,
 * src/mail/newsletter_api.c, src/mail/issue_api.c.
 */
#include "api_client.h"
#include "base/clock.h"
#include "base/file.h"
#include "desk/story_embargo.h"
#include "doubles/stores.h"
#include "fund/campaign.h"
#include "press/setting.h"
#include "unit/mail/fixture.h"

#include <inttypes.h>
#include <string.h>

#define PAGES       "/api/1/pages"
#define THEME       "/api/1/theme"
#define CAMPAIGNS   "/api/1/campaigns"
#define NEWSLETTERS "/api/1/newsletters"

static int64_t page(Client *client, const char *title)
{
    g_autofree char *body =
        g_strdup_printf("{\"title\":\"%s\",\"kind\":\"page\",\"language\":\"en\"}", title);
    g_assert_cmpuint(client_post(client, "/api/1/stories", body), ==, 201);
    return client_number(client, "number");
}

/* The n-th page's member of the last answer. */
static const json_t *listed(const Client *client, unsigned n, const char *member)
{
    return json_object_get(json_array_get(json_object_get(client->json, "pages"), n), member);
}

static void test_pages(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) editor = {.office = office}, plain = {.office = office};
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    client_person(&plain, store, ROLE_EDITOR, API_SCOPE_READ | API_SCOPE_PUBLISH);
    int64_t about = page(&editor, "About"), privacy = page(&editor, "Privacy");
    g_autofree char *second = g_strdup_printf(PAGES "/%" PRId64, privacy);
    g_assert_cmpuint(client_get(&editor, PAGES "?language=en"), ==, 200);
    g_assert_cmpint(json_integer_value(listed(&editor, 0, "number")), ==, about);
    g_assert_cmpuint(client_post(&editor, second, "{\"place\":1,\"hidden\":true}"), ==, 200);
    g_assert_cmpint(json_integer_value(listed(&editor, 0, "number")), ==, privacy);
    g_assert_true(json_is_true(listed(&editor, 0, "hidden")));
    client_audited(store, "page.hide", "by the token \"A script\"");
    g_assert_cmpuint(client_post(&editor, second, "{\"hidden\":false}"), ==, 200);
    g_assert_true(json_is_false(listed(&editor, 0, "hidden")));
    g_assert_cmpint(json_integer_value(listed(&editor, 0, "place")), ==, 1);
    g_assert_cmpuint(client_post(&editor, PAGES "/99", "{\"place\":1}"), ==, 404);
    g_assert_cmpuint(client_post(&editor, second, "{\"slug\":\"x\"}"), ==, 422);
    g_assert_cmpuint(client_post(&editor, second, "{\"place\":0}"), ==, 422);
    g_assert_cmpuint(client_post(&editor, "/api/1/stories", "{\"title\":\"A story\"}"), ==, 201);
    g_autofree char *other = g_strdup_printf(PAGES "/%" PRId64, client_number(&editor, "number"));
    g_assert_cmpuint(client_post(&editor, other, "{}"), ==, 404);
    g_assert_cmpuint(client_get(&editor, PAGES "?language=xx"), ==, 422);
    /* Under embargo it is not there for who may not see it. */
    g_autofree char *embargo = g_strdup_printf("/api/1/stories/%" PRId64 "/embargo", privacy);
    g_assert_cmpuint(client_post(&editor, embargo, "{\"until\":\"2190-01-01\"}"), ==, 200);
    g_assert_cmpuint(client_get(&plain, PAGES), ==, 200);
    g_assert_false(client_says(&plain, "Privacy"));
    g_assert_cmpint(json_integer_value(listed(&plain, 0, "place")), ==, 2);
    g_assert_cmpuint(client_post(&plain, second, "{\"place\":2}"), ==, 404);
}

static void test_theme(Store *store, const char *url)
{
    g_autofree char *folder = g_dir_make_tmp("theme-XXXXXX", NULL);
    g_autoptr(Office) office = client_office_with(store, (OfficeOptions){.theme_dir = folder});
    g_auto(Client) admin = {.office = office}, editor = {.office = office};
    client_person(&admin, store, ROLE_ADMINISTRATOR, ALL_SCOPES);
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    g_assert_cmpuint(client_get(&editor, THEME), ==, 403);
    g_assert_cmpuint(client_get(&admin, THEME), ==, 200);
    g_assert_true(client_says(&admin, "\"story.mustache\""));
    g_assert_cmpuint(client_get(&admin, THEME "/file"), ==, 422);
    g_assert_cmpuint(client_get(&admin, THEME "/file?name="), ==, 422);
    g_assert_cmpuint(client_get(&admin, THEME "/file?name=none.css"), ==, 404);
    g_assert_cmpuint(client_get(&admin, THEME "/file?name=..%2Fx.css"), ==, 422);
    g_assert_cmpuint(client_get(&admin, THEME "/file?name=story.css"), ==, 200);
    g_assert_cmpstr(admin.etag, ==, "\"-\"");
    const char *bad = "{\"name\":\"story.mustache\",\"text\":\"{{#open}}\"}";
    const char *good = "{\"name\":\"story.css\",\"text\":\"p { color: red }\\n\"}";
    g_assert_cmpuint(client_post(&admin, THEME "/check", bad), ==, 422);
    g_assert_true(client_says(&admin, "\"/text\""));
    g_assert_cmpuint(client_post(&admin, THEME "/check", good), ==, 200);
    g_assert_cmpuint(client_post(&admin, THEME "/file", good), ==, 428);
    admin.if_match = "\"-\"";
    g_assert_cmpuint(client_post(&admin, THEME "/file", bad), ==, 422);
    g_assert_cmpuint(client_post(&admin, THEME "/file", good), ==, 200);
    g_autofree char *mark = g_strndup(admin.etag + 1, strlen(admin.etag) - 2);
    g_autofree char *noted = g_strconcat(mark, ", by the token \"A script\"", NULL);
    client_audited(store, "theme.set", noted);
    g_autofree char *file = g_build_filename(folder, "story.css", NULL);
    g_autoptr(GBytes) saved = file_read(file, 100, NULL);
    g_assert_nonnull(saved);
    g_assert_cmpuint(client_post(&admin, THEME "/file", good), ==, 412); /* it is another now */
    g_assert_cmpuint(client_post(&admin, THEME "/reset", "{\"name\":\"story.css\"}"), ==, 412);
    admin.if_match = NULL;
    g_assert_cmpuint(client_get(&admin, THEME "/file?name=story.css"), ==, 200);
    g_autofree char *etag = g_strdup(admin.etag);
    admin.if_match = etag;
    g_assert_cmpuint(client_post(&admin, THEME "/reset", "{\"name\":\"story.css\"}"), ==, 200);
    g_assert_false(g_file_test(file, G_FILE_TEST_EXISTS));
    stores_remove_tree(folder);
}

#define WINTER "\"name\":\"winter\",\"language\":\"en\""

/* Posts with the ETag of the last answer. */
static unsigned set(Client *client, const char *path, const char *body)
{
    g_autofree char *etag = g_strdup(client->etag);
    client->if_match = etag;
    unsigned status = client_post(client, path, body);
    if (status >= 400) { /* which has none */
        client->etag = g_steal_pointer(&etag);
    }
    client->if_match = NULL;
    return status;
}

static void test_campaigns(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) fund = {.office = office}, chief = {.office = office};
    client_person(&fund, store, ROLE_FUNDRAISER, ALL_SCOPES);
    client_person(&chief, store, ROLE_CHIEF, ALL_SCOPES);
    g_autofree char *danger = g_strnfill(1500, 'x');
    g_autofree char *whole = g_strdup_printf(
        "{" WINTER ",\"heading\":\"A word\",\"call\":\"Support us\",\"minimum\":\"2.00\","
        "\"letter\":\"Give.\",\"danger\":\"%s\",\"starts\":\"2026-11-01\","
        "\"ends\":\"2026-11-20T00:00:00Z\"}",
        danger);
    g_assert_cmpuint(client_get(&chief, CAMPAIGNS), ==, 403);
    g_assert_cmpuint(client_post(&fund, CAMPAIGNS, whole), ==, 428);
    fund.etag = g_strdup("\"-\"");
    g_assert_cmpuint(set(&fund, CAMPAIGNS, "{" WINTER "}"), ==, 422);
    g_assert_cmpstr(client_text(&fund, "pointer"), ==, "/heading");
    g_assert_cmpuint(set(&fund, CAMPAIGNS, whole), ==, 200);
    g_assert_cmpstr(client_text(&fund, "starts"), ==, "2026-11-01T00:00:00Z");
    client_audited(store, "campaign.set", "by the token \"A script\"");
    /* It is over, and can still be mended; what begins later cannot end before. */
    g_assert_cmpuint(set(&fund, CAMPAIGNS, "{" WINTER ",\"heading\":\"Two words\"}"), ==, 200);
    g_assert_cmpuint(set(&fund, CAMPAIGNS, "{" WINTER ",\"starts\":\"2190-01-01\",\"ends\":\"\"}"),
                     ==, 200);
    g_assert_cmpuint(set(&fund, CAMPAIGNS, "{" WINTER ",\"ends\":\"2189-01-01\"}"), ==, 422);
    g_assert_cmpuint(set(&fund, CAMPAIGNS, "{" WINTER ",\"call\":\"Help us\"}"), ==, 200);
    g_autoptr(Campaign) now = campaign_named(store, "winter", "en", NULL);
    g_assert_cmpstr(now->call, ==, "Help us");
    g_assert_cmpstr(now->letter, ==, "Give.");
    g_assert_cmpstr(now->heading, ==, "Two words");
    g_assert_cmpuint(strlen(now->danger), ==, 1500);
    g_assert_cmpint(now->ends, ==, INT64_MAX);
    g_assert_true(now->standing); /* the first is */
    static const char *const refused[][2] = {{"\"letter\":\"{{nothing\"", "/letter"},
                                             {"\"minimum\":\"much\"", "/minimum"},
                                             {"\"call\":\"\"", "/call"},
                                             {"\"starts\":\"soon\"", "/starts"},
                                             {"\"standing\":false", "/standing"}};
    for (unsigned i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autofree char *body = g_strdup_printf("{" WINTER ",%s}", refused[i][0]);
        g_assert_cmpuint(set(&fund, CAMPAIGNS, body), ==, 422);
        g_assert_cmpstr(client_text(&fund, "pointer"), ==, refused[i][1]);
    }
    g_assert_cmpuint(client_get(&fund, CAMPAIGNS "/one?language=en&name=winter"), ==, 200);
    g_assert_cmpstr(client_text(&fund, "call"), ==, "Help us");
    fund.if_match = "\"0123456789abcdef\"";
    g_assert_cmpuint(client_post(&fund, CAMPAIGNS, "{" WINTER ",\"call\":\"Old\"}"), ==, 412);
    fund.if_match = "\"-\"";
    g_assert_cmpuint(client_post(&fund, CAMPAIGNS,
                                 "{\"name\":\"a\",\"language\":\"xx\",\"heading\":\"A\","
                                 "\"call\":\"B\"}"),
                     ==, 422);
    g_assert_cmpstr(client_text(&fund, "pointer"), ==, "/language");
    g_assert_cmpuint(client_get(&fund, CAMPAIGNS), ==, 200);
    g_assert_cmpuint(json_array_size(json_object_get(fund.json, "campaigns")), ==, 1);
    g_assert_cmpuint(client_get(&fund, CAMPAIGNS "/one?language=en&name=none"), ==, 404);
    g_assert_cmpuint(client_get(&fund, CAMPAIGNS "/one?language=en"), ==, 422);
}

static void test_newsletters(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) editor = {.office = office};
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    const char *daily = "{\"name\":\"daily \",\"language\":\"en\",\"heading\":\"All\"}";
    g_assert_cmpuint(client_post(&editor, NEWSLETTERS, daily), ==, 428);
    editor.etag = g_strdup("\"-\"");
    g_assert_cmpuint(set(&editor, NEWSLETTERS, "{\"name\":\"daily\"}"), ==, 422);
    g_assert_cmpuint(
        set(&editor, NEWSLETTERS, "{\"name\":\"daily\",\"language\":\"xx\",\"heading\":\"All\"}"),
        ==, 422);
    g_assert_cmpuint(set(&editor, NEWSLETTERS,
                         "{\"name\":\"daily\",\"language\":\"en\",\"heading\":\"All\","
                         "\"send\":\"automatic\"}"),
                     ==, 422);
    g_assert_true(client_says(&editor, "\"/send\"")); /* that is decided in the office */
    g_assert_cmpuint(set(&editor, NEWSLETTERS, daily), ==, 200);
    client_audited(store, "newsletter.set", "by the token \"A script\"");
    /* The same, whatever stands around its name; and nothing over what was not seen. */
    editor.if_match = "\"-\"";
    g_assert_cmpuint(client_post(&editor, NEWSLETTERS, daily), ==, 412);
    editor.if_match = NULL;
    g_assert_cmpuint(client_get(&editor, NEWSLETTERS "/one?name=daily"), ==, 200);
    g_assert_cmpuint(
        set(&editor, NEWSLETTERS, "{\"name\":\" daily\",\"description\":\"Each day.\"}"), ==, 200);
    g_assert_cmpstr(client_text(&editor, "heading"), ==, "All");
    g_assert_cmpuint(client_get(&editor, NEWSLETTERS "/one?name=none"), ==, 404);
}

/* One that leaves by itself gets no other hour, sender or language from a program. */
static void test_automatic(Store *store, const char *url)
{
    g_autoptr(Office) office = client_office(store);
    g_auto(Client) editor = {.office = office};
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    fixture_newsletter(store, "schedule: weekly friday 08:00\nsend: automatic\n");
    static const char *const refused[] = {"\"schedule\":\"daily 14:03\"",
                                          "\"from\":\"X <x@other.example>\"", "\"schedule\":\"\""};
    g_assert_cmpuint(client_get(&editor, NEWSLETTERS "/one?name=weekly"), ==, 200);
    for (unsigned i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autofree char *body = g_strdup_printf("{\"name\":\"weekly\",%s}", refused[i]);
        g_assert_cmpuint(set(&editor, NEWSLETTERS, body), ==, 409);
    }
    g_assert_cmpuint(set(&editor, NEWSLETTERS, "{\"name\":\"weekly\",\"heading\":\"Weekly\"}"), ==,
                     200);
    g_assert_true(json_is_true(json_object_get(editor.json, "automatic")));
}

static void test_issues(Store *store, const char *url)
{
    g_auto(Fixture) fixture = {0};
    fixture_open(&fixture, NULL);
    g_autoptr(Office) office = client_office_with(store, (OfficeOptions){.mailroom = fixture.room});
    g_auto(Client) editor = {.office = office}, plain = {.office = office};
    client_person(&editor, store, ROLE_EDITOR, ALL_SCOPES);
    client_person(&plain, store, ROLE_EDITOR, API_SCOPE_NEWSLETTERS | API_SCOPE_COMPOSE);
    fixture_newsletter(store, NULL);
    g_assert_cmpuint(client_post(&editor, "/api/1/issues", "{\"newsletter\":\"none\"}"), ==, 404);
    fixture_story(store, "fog", "Fog <on> the quay", "2026-11-24T08:00:00Z");
    g_assert_cmpuint(client_post(&plain, "/api/1/issues", "{\"newsletter\":\"weekly\"}"), ==, 200);
    g_assert_cmpstr(client_text(&plain, "state"), ==, "draft");
    client_audited(store, "newsletter.compose", "by the token \"A script\"");
    g_assert_cmpuint(client_get(&plain, "/api/1/issues/1/letter"), ==, 403);
    g_assert_cmpuint(client_get(&editor, "/api/1/issues/1/letter"), ==, 200);
    g_assert_nonnull(strstr(client_text(&editor, "html"), "Fog &lt;on&gt; the quay"));
    g_assert_nonnull(strstr(client_text(&editor, "text"), "Fog <on> the quay"));
    g_assert_cmpuint(client_get(&editor, "/api/1/issues/9/letter"), ==, 404);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/api_texts/pages", test_pages);
    stores_test_add("/request/api_texts/theme", test_theme);
    stores_test_add("/request/api_texts/campaigns", test_campaigns);
    stores_test_add("/request/api_texts/newsletters", test_newsletters);
    stores_test_add("/request/api_texts/automatic", test_automatic);
    stores_test_add("/request/api_texts/issues", test_issues);
    return g_test_run();
}
