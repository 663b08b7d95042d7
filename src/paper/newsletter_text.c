/* Newsletters as text, beside the pages of newsletter_page.c. Stories are named with the addresses
 * of their pages, as in the letter: an issue stays as it was sent, and where a story has moved away
 * a stub stands at its page, not at its text. */
#include "paper/kinds.h"
#include "paper/newsletter_read.h"
#include "paper/text_page.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

/* "newsletter/weekly/" + name */
static bool begin(PaperPage *page, PressPage *press, const Newsletter *newsletter, const char *name,
                  GError **error)
{
    g_autofree char *path = g_strdup_printf("newsletter/%s/%s", newsletter->name, name);
    return paper_text_begin(page, press, newsletter->language, path, error);
}

static void add_line(GString *out, const Value *map, const char *key)
{
    const char *text = value_string(value_get(map, key), NULL);
    if (text != NULL && *text != '\0') {
        g_string_append_printf(out, "%s\n", text);
    }
}

static void add_story(const PaperPage *page, const Value *story)
{
    GString *out = page->run->out;
    g_string_append_c(out, '\n');
    add_line(out, story, "headline");
    add_line(out, story, "standfirst");
    add_line(out, story, "byline");
    g_autofree char *address =
        paper_address(page->run, value_string(value_get(story, "url"), NULL));
    g_string_append_printf(out, "%s\n", address);
}

static void add_section(const PaperPage *page, const Value *section)
{
    size_t count = 0;
    const Value *const *stories = value_items(value_get(section, "stories"), &count);
    const char *name = value_string(value_get(section, "name"), NULL);
    if (name != NULL && *name != '\0') {
        paper_text_heading(page, name, NULL);
    }
    for (size_t i = 0; i < count; i++) {
        add_story(page, stories[i]);
    }
}

static void add_content(PaperPage *page, const IssueContent *content)
{
    size_t count = 0;
    Value *map = value_set_map(page->values, "issue");
    issue_content_fill(content, map, "");
    const Value *const *sections = value_items(value_get(map, "sections"), &count);
    add_story(page, value_get(map, "lead"));
    for (size_t i = 0; i < count; i++) {
        add_section(page, sections[i]);
    }
}

static void add_name(const PaperPage *page, const Newsletter *newsletter)
{
    paper_text_heading(page, newsletter->heading, newsletter->description);
}

static void add_date(const PaperPage *page, const Issue *issue)
{
    g_autofree char *date =
        date_text(page->language, issue->covers_until, page->run->zone, DATE_DAY);
    g_string_append_printf(page->run->out, "\n%s\n", date);
}

/* An issue whole: where all issues are named stands below it. */
static bool end_with_issue(PaperPage *page, const Newsletter *newsletter, const Issue *issue,
                           GError **error)
{
    g_autoptr(IssueContent) content = issue_content_read(issue->content, error);
    if (content == NULL) {
        return false;
    }
    g_autofree char *all = g_strdup_printf("newsletter/%s/index.txt", newsletter->name);
    add_name(page, newsletter);
    add_date(page, issue);
    add_content(page, content);
    paper_text_link(page, strings_get(page->language, "newsletter_issues"), all);
    return paper_text_end(page, issue->covers_until, error);
}

static bool render_issue(PressPage *press, const char *key, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    g_autoptr(Issue) issue = NULL;
    g_auto(PaperPage) page = {0};
    bool read = paper_newsletter_issue_of(press, key, &newsletter, &issue, error);
    if (!read || issue == NULL) {
        return read;
    }
    g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT ".txt", issue->number);
    return begin(&page, press, newsletter, name, error) &&
           end_with_issue(&page, newsletter, issue, error);
}

static bool end_with_sample(PaperPage *page, const Newsletter *newsletter, GError **error)
{
    g_autoptr(IssueContent) content = NULL;
    if (!paper_newsletter_sample(page->press, newsletter, &content, error)) {
        return false;
    }
    add_name(page, newsletter);
    paper_text_heading(page, strings_get(page->language, "sample_newsletter"),
                       content == NULL ? strings_get(page->language, "no_stories") : NULL);
    if (content != NULL) {
        add_content(page, content);
    }
    return paper_text_end(page, 0, error);
}

static bool render_latest(PressPage *press, const char *name, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    g_auto(PaperPage) page = {0};
    bool read = paper_newsletter(press, name, &newsletter, error);
    if (!read || newsletter == NULL) {
        return read;
    }
    g_autoptr(GPtrArray) issues = paper_newsletter_issues(press, newsletter, 1, error);
    if (issues == NULL || !begin(&page, press, newsletter, "latest.txt", error)) {
        return false;
    }
    return issues->len == 0 ? end_with_sample(&page, newsletter, error)
                            : end_with_issue(&page, newsletter, issues->pdata[0], error);
}

static bool render_archive(PressPage *press, const char *name, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    g_auto(PaperPage) page = {0};
    bool read = paper_newsletter(press, name, &newsletter, error);
    if (!read || newsletter == NULL) {
        return read;
    }
    g_autoptr(GPtrArray) issues = paper_newsletter_issues(press, newsletter, PAPER_ISSUES, error);
    if (issues == NULL || !begin(&page, press, newsletter, "index.txt", error)) {
        return false;
    }
    const char *none = strings_get(page.language, "newsletter_no_issue");
    add_name(&page, newsletter);
    paper_text_heading(&page, strings_get(page.language, "newsletter_issues"),
                       issues->len == 0 ? none : NULL);
    for (guint i = 0; i < issues->len; i++) {
        const Issue *issue = issues->pdata[i];
        g_autofree char *html = issue_path(name, issue->number);
        g_autofree char *path = paper_text_path(html);
        add_date(&page, issue);
        g_autofree char *address = paper_address(page.run, path);
        g_string_append_printf(page.run->out, "%s\n%s\n", issue->subject, address);
    }
    return paper_text_end(&page, 0, error);
}

static bool render_all(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperPage) page = {0};
    if (!paper_has_language(press, language)) {
        return true;
    }
    g_autoptr(GPtrArray) all = paper_newsletters_of(press, language, error);
    if (all == NULL || all->len == 0) {
        return all != NULL;
    }
    g_autofree char *html =
        g_strconcat(paper_prefix(press_page_run(press), language), "newsletters/index.html", NULL);
    g_autofree char *path = paper_text_path(html);
    if (!paper_text_begin(&page, press, language, path, error)) {
        return false;
    }
    paper_text_heading(&page, strings_get(language, "newsletters"), NULL);
    for (guint i = 0; i < all->len; i++) {
        const Newsletter *newsletter = all->pdata[i];
        g_autofree char *latest = g_strdup_printf("newsletter/%s/latest.txt", newsletter->name);
        g_autofree char *issues = g_strdup_printf("newsletter/%s/index.txt", newsletter->name);
        add_name(&page, newsletter);
        paper_text_link(&page, strings_get(language, "newsletter_preview"), latest);
        paper_text_link(&page, strings_get(language, "newsletter_issues"), issues);
    }
    paper_text_source(&page, html); /* where the field for the address is */
    return paper_text_end(&page, 0, error);
}

static bool keys_newsletters(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                             GError **error)
{
    return paper_newsletter_latest.keys(store, run, as_of, take, data, error);
}

static bool keys_issues(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                        GError **error)
{
    return paper_newsletter_issue.keys(store, run, as_of, take, data, error);
}

static const char *const by_newsletter[] = {"newsletter", NULL};
static const char *const by_issue[] = {"issue", NULL};
static const char *const by_newsletters[] = {"newsletters", NULL};
const PressKind paper_text_newsletter_latest = {
    .name = "text-newsletter-latest",
    .wave = PRESS_WAVE_REST,
    .created_by = by_newsletter,
    .keys = keys_newsletters,
    .render = render_latest,
    .help = "the latest issue of a newsletter, or a sample, as plain text"};
const PressKind paper_text_newsletter_archive = {.name = "text-newsletter-archive",
                                                 .wave = PRESS_WAVE_REST,
                                                 .created_by = by_newsletter,
                                                 .keys = keys_newsletters,
                                                 .render = render_archive,
                                                 .help =
                                                     "the issues of a newsletter as plain text"};
const PressKind paper_text_newsletter_issue = {.name = "text-newsletter-issue",
                                               .wave = PRESS_WAVE_REST,
                                               .created_by = by_issue,
                                               .keys = keys_issues,
                                               .render = render_issue,
                                               .help = "one issue of a newsletter as plain text"};
const PressKind paper_text_newsletters = {
    .name = "text-newsletters",
    .wave = PRESS_WAVE_REST,
    .created_by = by_newsletters,
    .keys = paper_keys_languages,
    .render = render_all,
    .help = "what readers of a language can subscribe to, as plain text"};
