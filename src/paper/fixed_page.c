/* Pages that every paper has once: the 404 page of each language, robots.txt, security.txt,
 * the icon. */
#include "base/clock.h"
#include "base/moment.h"
#include "paper/kinds.h"
#include "paper/text_page.h"
#include "theme/strings.h"

#include <string.h>

bool paper_keys_languages(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                          GError **error)
{
    for (char **language = ((const PaperRun *)run)->languages; *language != NULL; language++) {
        if (!take(*language, as_of, data, error)) {
            return false;
        }
    }
    return true;
}

bool paper_keys_one(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                    GError **error)
{
    return take("all", as_of, data, error);
}

static bool render_notfound(PressPage *press, const char *language, GError **error)
{
    if (!paper_has_language(press, language)) {
        return true;
    }
    g_auto(PaperPage) page = {0};
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "404.html", NULL);
    if (!paper_page_begin_anywhere(&page, press, "404", language, path, error)) {
        return false;
    }
    g_autofree char *text = paper_text_path(path);
    paper_set_url(&page, page.values, "text_url", text);
    paper_set_head(&page, strings_get(language, "notfound_heading"), NULL);
    value_set_text(page.values, "canonical", NULL);
    return paper_page_end(&page, 0, error);
}

/* For addresses of texts that do not exist (stand/site.c): leads to texts. */
static bool render_text_notfound(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperPage) page = {0};
    if (!paper_has_language(press, language)) {
        return true;
    }
    const char *prefix = paper_prefix(press_page_run(press), language);
    g_autofree char *path = g_strconcat(prefix, "404.txt", NULL);
    g_autofree char *front = g_strconcat(prefix, "index.txt", NULL);
    if (!paper_text_begin(&page, press, language, path, error)) {
        return false;
    }
    paper_text_heading(&page, strings_get(language, "notfound_heading"),
                       strings_get(language, "notfound_text"));
    paper_text_link(&page, strings_get(language, "front"), front);
    return paper_text_end(&page, 0, error);
}

static bool render_robots(PressPage *press, const char *key, GError **error)
{
    PaperRun *run = press_page_run(press);
    g_autofree char *frame = g_strdup_printf("frame:%s/recent", run->languages[0]);
    g_autofree char *sitemap = paper_address(run, "sitemap.xml");
    g_autofree char *news = paper_address(run, "news-sitemap.xml");
    g_autofree char *text =
        g_strdup_printf("User-agent: *\nAllow: /\n\nSitemap: %s\nSitemap: %s\n", sitemap, news);
    return press_page_read_global(press, frame, error) &&
           press_page_set(press, "robots.txt", text, strlen(text), 0, error);
}

/* RFC 9116 wants an Expires less than a year ahead: the end of the next half year, so that the page
 * changes twice a year. */
static int64_t expires(int64_t as_of, int64_t *changes)
{
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(as_of / CLOCK_SECOND);
    int year = g_date_time_get_year(now);
    bool second_half = g_date_time_get_month(now) > 6;
    g_autoptr(GDateTime) end =
        g_date_time_new_utc(second_half ? year + 1 : year, second_half ? 1 : 7, 1, 0, 0, 0);
    g_autoptr(GDateTime) then = g_date_time_add_months(end, 3);
    *changes = g_date_time_to_unix(end) * CLOCK_SECOND;
    return g_date_time_to_unix(then) * CLOCK_SECOND;
}

static bool render_security(PressPage *press, const char *key, GError **error)
{
    PaperRun *run = press_page_run(press);
    g_autofree char *frame = g_strdup_printf("frame:%s/recent", run->languages[0]);
    if (!press_page_read_global(press, frame, error)) {
        return false;
    }
    if (*run->contact == '\0') {
        return true;
    }
    int64_t changes = 0;
    int64_t until = expires(press_page_as_of(press), &changes);
    press_page_boundary(press, changes);
    g_autofree char *date = moment_rfc3339(until);
    g_autofree char *address = paper_address(run, ".well-known/security.txt");
    const char *scheme = strstr(run->contact, ":") == NULL ? "mailto:" : "";
    g_autofree char *text = g_strdup_printf("Contact: %s%s\nExpires: %s\nCanonical: %s\n", scheme,
                                            run->contact, date, address);
    return press_page_set(press, ".well-known/security.txt", text, strlen(text), 0, error);
}

/* A page that is not there would be looked for, and rendered to nothing, in each run. */
static bool keys_security(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                          GError **error)
{
    return *((const PaperRun *)run)->contact == '\0' || take("all", as_of, data, error);
}

/* Browsers ask for this address by themselves, once: an icon costs a page no byte. */
static bool render_icon(PressPage *press, const char *key, GError **error)
{
    PaperRun *run = press_page_run(press);
    GBytes *icon = theme_file(run->context->theme, "favicon.ico");
    return press_page_read_global(press, "theme:favicon.ico", error) &&
           press_page_set(press, "favicon.ico", g_bytes_get_data(icon, NULL),
                          g_bytes_get_size(icon), 0, error);
}

const PressKind paper_notfound = {.name = "404",
                                  .wave = PRESS_WAVE_REST,
                                  .fixed = true,
                                  .keys = paper_keys_languages,
                                  .render = render_notfound,
                                  .help = "the page for addresses that do not exist"};
const PressKind paper_text_notfound = {.name = "text-404",
                                       .wave = PRESS_WAVE_REST,
                                       .fixed = true,
                                       .keys = paper_keys_languages,
                                       .render = render_text_notfound,
                                       .help = "the same for texts, as plain text"};
const PressKind paper_robots = {.name = "robots",
                                .wave = PRESS_WAVE_REST,
                                .fixed = true,
                                .keys = paper_keys_one,
                                .render = render_robots,
                                .help = "robots.txt"};
const PressKind paper_security = {.name = "security",
                                  .wave = PRESS_WAVE_REST,
                                  .fixed = true,
                                  .keys = keys_security,
                                  .render = render_security,
                                  .help = "security.txt (RFC 9116), if the setting contact is set"};
const PressKind paper_icon = {.name = "icon",
                              .wave = PRESS_WAVE_REST,
                              .fixed = true,
                              .keys = paper_keys_one,
                              .render = render_icon,
                              .help = "favicon.ico"};
