/* Campaigns and totals of gifts in the office, as whole requests.
 * Covers: src/fund/campaign_office.c, src/fund/campaign_form.c, src/fund/gift_office.c,
 * src/office/seen.c. */
#include "base/clock.h"
#include "base/moment.h"
#include "doubles/stores.h"
#include "fund/campaign.h"
#include "texts_desk.h"

#include <string.h>

static Campaign *stored(Store *store)
{
    g_autoptr(GError) error = NULL;
    Campaign *campaign = campaign_named(store, "winter & more", "en", &error);
    g_assert_no_error(error);
    return campaign;
}

/* All fields of the form, and further ones. */
#define FIELDS(letter_text, ...)                                                                   \
    "name", "winter & more", "language", "en", "heading", "A Message", "call", "Support us!",      \
        "letter", letter_text, "amounts", "", "minimum", "", "danger", "Do not give there.",       \
        "share", "", __VA_ARGS__, NULL

static void test_set(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) funder = BROWSER(office);
    desk_sign_in(store, &funder, "Fay", ROLE_FUNDRAISER);
    says(browser_get(&funder, "/campaigns/new"), 200, "name=\"letter\"");
    /* Looked at first: nothing is set, the letter is as readers will see it. */
    says(desk_post(&funder, "/campaigns/save", FIELDS("From *{{minimum_monthly}}*.", "starts", "")),
         200, "From <em>€2</em>.");
    says(desk_post(&funder, "/campaigns/save", FIELDS("x", "starts", "")), 200,
         "Pages that show the campaign now: 0, 0.0 MB");
    g_assert_null(stored(store));
    for (int presses = 0; presses < 2; presses++) {
        leads_to(desk_post(&funder, "/campaigns/save",
                           FIELDS("Dear readers.", "starts", "", "sure", "1")),
                 "/campaigns/one?language=en&name=winter%20%26%20more&done=saved");
    }
    g_autoptr(Campaign) set = stored(store);
    g_assert_cmpstr(set->letter, ==, "Dear readers.");
    g_assert_cmpstr(set->danger, ==, "Do not give there.");
    g_assert_cmpstr(set->minimum, ==, "2.00");
    g_assert_true(set->standing); /* the first one */
    desk_audited(store, "campaign.set", "winter & more (en)");
    says(browser_get(&funder, "/campaigns"), 200, "running");
    says(browser_get(&funder, "/campaigns"), 200, "standing");
    says(browser_get(&funder, "/campaigns/one?language=en&name=winter%20%26%20more"), 200,
         "\nDear readers.</textarea>");
}

/* Seconds that a field cannot show stay as long as the field is not changed. */
static void test_moments(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) funder = BROWSER(office);
    desk_sign_in(store, &funder, "Fay", ROLE_FUNDRAISER);
    static const char file[] = "---\nname: winter & more\nlanguage: en\nheading: H\ncall: C\n"
                               "starts: 2026-11-01T10:00:59Z\nends: 2026-12-31T23:59:58Z\n---\nL\n";
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(Campaign) campaign = campaign_parse(file, strlen(file), zone, clock_now(), &error);
    bool changed = false;
    g_assert_no_error(error);
    g_assert_true(campaign_set(store, campaign, clock_now(), &changed, &error));
    leads_to(desk_post(&funder, "/campaigns/save",
                       FIELDS("L2", "known", "1", "starts", "2026-11-01T10:00", "ends",
                              "2026-12-31T23:59", "sure", "1")),
             "/campaigns/one?language=en&name=winter%20%26%20more&done=saved");
    g_autoptr(Campaign) kept = stored(store);
    g_assert_cmpstr(kept->letter, ==, "L2");
    g_assert_cmpint(kept->starts, ==, campaign->starts);
    g_assert_cmpint(kept->ends, ==, campaign->ends);
    leads_to(desk_post(
                 &funder, "/campaigns/save",
                 FIELDS("L2", "known", "1", "starts", "2026-11-02T10:00", "ends", "", "sure", "1")),
             "/campaigns/one?language=en&name=winter%20%26%20more&done=saved");
    g_autoptr(Campaign) moved = stored(store);
    g_assert_cmpint(moved->starts, ==, campaign->starts + 86400 * CLOCK_SECOND - 59 * CLOCK_SECOND);
    g_assert_cmpint(moved->ends, ==, INT64_MAX);
}

static void test_wrong(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) funder = BROWSER(office);
    desk_sign_in(store, &funder, "Fay", ROLE_FUNDRAISER);
    says(
        desk_post(&funder, "/campaigns/save", FIELDS("{{#open}} typed", "starts", "", "sure", "1")),
        422, "typed");
    says(desk_post(&funder, "/campaigns/save", FIELDS("x", "starts", "yesterday", "sure", "1")),
         422, "yesterday");
    says(desk_post(&funder, "/campaigns/save", "name", "w", "language", "en", "sure", "1", NULL),
         422, "A campaign needs its heading.");
    says(desk_post(&funder, "/campaigns/save", "name", "w", "language", "xx", "heading", "h",
                   "call", "c", "sure", "1", NULL),
         422, "The newspaper has no language");
    g_assert_null(stored(store));
    /* A new one of a name that is taken does not overwrite it unseen. */
    leads_to(desk_post(&funder, "/campaigns/save", FIELDS("One.", "starts", "", "sure", "1")),
             "/campaigns/one?language=en&name=winter%20%26%20more&done=saved");
    says(desk_post(&funder, "/campaigns/save", FIELDS("Two.", "starts", "")), 409,
         "There is a campaign of that name");
    says(browser_get(&funder, "/campaigns/one?language=en&name=nothing"), 404, "");
}

/* The mark of the form that a page shows. Caller frees. */
static char *seen_in(HttpReply *taken)
{
    g_autoptr(HttpReply) page = taken;
    char *mark = reply_field(page, "seen");
    g_assert_nonnull(mark);
    return mark;
}

/* Two open one form; who saves second learns of the first, keeps what he typed, and decides. */
static void test_two(Store *store, const char *url)
{
    static const char address[] = "/campaigns/one?language=en&name=winter%20%26%20more";
    static const char saved[] = "/campaigns/one?language=en&name=winter%20%26%20more&done=saved";
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) fay = BROWSER(office);
    g_auto(Browser) finn = BROWSER(office);
    desk_sign_in(store, &fay, "Fay", ROLE_FUNDRAISER);
    desk_sign_in(store, &finn, "Finn", ROLE_FUNDRAISER);
    leads_to(desk_post(&fay, "/campaigns/save",
                       FIELDS("First.", "starts", "", "seen", "-", "sure", "1")),
             saved);
    /* A new one of that name, looked at before the other came. */
    says(desk_post(&finn, "/campaigns/save",
                   FIELDS("Mine.", "starts", "", "seen", "-", "sure", "1")),
         409, "Somebody has changed this");
    g_autofree char *seen = seen_in(browser_get(&finn, address));
    g_autoptr(Campaign) first = stored(store);
    g_autofree char *starts = moment_rfc3339(first->starts);
    starts[16] = '\0'; /* as a browser's field has it */
    leads_to(desk_post(&fay, "/campaigns/save",
                       FIELDS("Fay wrote <this>.", "starts", starts, "known", "1", "standing", "1",
                              "seen", seen, "sure", "1")),
             saved);
    /* Pressed twice. */
    leads_to(desk_post(&fay, "/campaigns/save",
                       FIELDS("Fay wrote <this>.", "starts", starts, "known", "1", "standing", "1",
                              "seen", seen, "sure", "1")),
             saved);
    /* A mistake in a field does not hide it. */
    g_autoptr(HttpReply) mistaken =
        desk_post(&finn, "/campaigns/save",
                  FIELDS("Finn's.", "starts", "never", "known", "1", "seen", seen, "sure", "1"));
    g_autofree char *kept = reply_field(mistaken, "seen");
    g_assert_cmpuint(http_reply_status(mistaken), ==, 422);
    g_assert_cmpstr(kept, ==, seen);
    /* Looking is refused, and setting, too. */
    says(desk_post(&finn, "/campaigns/save",
                   FIELDS("Finn's.", "starts", starts, "known", "1", "seen", seen)),
         409, "Fay wrote &lt;this&gt;.");
    g_autoptr(HttpReply) page =
        desk_post(&finn, "/campaigns/save",
                  FIELDS("Finn's.", "starts", starts, "known", "1", "seen", seen, "sure", "1"));
    g_assert_cmpuint(http_reply_status(page), ==, 409);
    g_assert_true(reply_says(page, "<dd dir=\"auto\">Fay wrote &lt;this&gt;.</dd>"));
    g_assert_true(reply_says(page, "Finn's.</textarea>"));
    g_assert_false(reply_says(page, "Do not give there.</dd>"));
    g_autofree char *fresh = seen_in(g_steal_pointer(&page));
    g_assert_cmpstr(fresh, !=, seen);
    leads_to(desk_post(&finn, "/campaigns/save",
                       FIELDS("Finn's.", "starts", starts, "known", "1", "standing", "1", "seen",
                              fresh, "sure", "1")),
             saved);
    g_autoptr(Campaign) last = stored(store);
    g_assert_cmpstr(last->letter, ==, "Finn's.");
}

static void test_roles(Store *store, const char *url)
{
    g_autoptr(Office) office = desk_office(store, (OfficeOptions){0});
    g_auto(Browser) funder = BROWSER(office);
    g_auto(Browser) editor = BROWSER(office);
    desk_sign_in(store, &funder, "Fay", ROLE_FUNDRAISER);
    desk_sign_in(store, &editor, "Vera", ROLE_EDITOR);
    says(browser_get(&funder, "/gifts"), 200, "Nothing is settled yet");
    says(browser_get(&funder, "/paper"), 200, "href=\"/campaigns\"");
    says(browser_get(&funder, "/paper"), 200, "href=\"/newsletters\"");
    says_not(browser_get(&funder, "/paper"), "href=\"/settings\"");
    says(browser_get(&editor, "/campaigns"), 403, "Your role");
    says(browser_get(&editor, "/gifts"), 403, "Your role");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/request/texts/campaign set", test_set);
    stores_test_add("/request/texts/campaign moments", test_moments);
    stores_test_add("/request/texts/campaign refused", test_wrong);
    stores_test_add("/request/texts/campaign of two", test_two);
    stores_test_add("/request/texts/campaigns are the fundraiser's", test_roles);
    return g_test_run();
}
