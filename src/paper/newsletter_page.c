/* The pages of newsletters: what there is to subscribe to, the latest issue (a sample of current
 * stories until there is one), each issue, and the list of them. What they read is
 * newsletter_read.c, what an issue says mail/issue_content.h. */
#include "mail/mail_blocks.h"
#include "paper/example.h"
#include "paper/kinds.h"
#include "paper/newsletter_read.h"
#include "paper/text_page.h"
#include "theme/strings.h"

#include <string.h>

/* Sets the field for signing up to this newsletter in the place of the frame's. */
static bool fill_signup(PaperPage *page, const Newsletter *newsletter, Value *map, GError **error)
{
    g_auto(SignupField) field = {0};
    if (!signup_field_load(page->store, newsletter, page->as_of, &field, error)) {
        return false;
    }
    signup_field_fill(&field, map, page->root);
    return true;
}

static bool begin(PaperPage *page, PressPage *press, const char *template,
                  const Newsletter *newsletter, const char *path, GError **error)
{
    if (!paper_page_begin(page, press, template, newsletter->language, path, false, error)) {
        return false;
    }
    g_autofree char *text = paper_text_path(path);
    paper_set_url(page, page->values, "text_url", text);
    return fill_signup(page, newsletter, value_set_map(page->values, "newsletter"), error);
}

/* ---- One issue --------------------------------------------------------------------------------
 */

static void fill_issue(PaperPage *page, const Issue *issue, const IssueContent *content)
{
    Value *map = value_set_map(page->values, "issue");
    paper_set_date(page, map, "date", issue->covers_until, false);
    value_set_text(map, "subject", issue->subject);
    issue_content_fill(content, map, page->root);
}

static bool end_with_issue(PaperPage *page, const Newsletter *newsletter, const Issue *issue,
                           GError **error)
{
    g_autoptr(IssueContent) content = issue_content_read(issue->content, error);
    g_autofree char *archive = g_strdup_printf("newsletter/%s/index.html", newsletter->name);
    if (content == NULL) {
        return false;
    }
    g_autofree char *own = issue_path(newsletter->name, issue->number);
    g_autofree char *canonical = paper_address(page->run, own);
    g_autofree char *text = paper_text_path(own);
    fill_issue(page, issue, content);
    paper_set_head(page, issue->subject, newsletter->description);
    /* Of the latest too: one page, two paths. */
    value_set_text(page->values, "canonical", canonical);
    paper_set_url(page, page->values, "text_url", text);
    paper_set_url(page, page->values, "archive_url", archive);
    return paper_page_end(page, issue->covers_until, error);
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
    g_autofree char *path = issue_path(newsletter->name, issue->number);
    return begin(&page, press, "newsletter-issue", newsletter, path, error) &&
           end_with_issue(&page, newsletter, issue, error);
}

/* ---- The latest -------------------------------------------------------------------------------
 */

static bool end_with_sample(PaperPage *page, const Newsletter *newsletter, GError **error)
{
    g_autoptr(IssueContent) content = NULL;
    if (!paper_newsletter_sample(page->press, newsletter, &content, error)) {
        return false;
    }
    Value *map = value_set_map(page->values, "issue");
    value_set_bool(map, "sample", true);
    if (content != NULL) {
        issue_content_fill(content, map, page->root);
    }
    paper_set_head(page, strings_get(newsletter->language, "sample_newsletter"),
                   newsletter->description);
    return paper_page_end(page, 0, error);
}

static bool render_latest(PressPage *press, const char *name, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    bool read = paper_newsletter(press, name, &newsletter, error);
    if (!read || newsletter == NULL) {
        return read;
    }
    g_autoptr(GPtrArray) issues = paper_newsletter_issues(press, newsletter, 1, error);
    g_auto(PaperPage) page = {0};
    g_autofree char *path = g_strdup_printf("newsletter/%s/latest.html", name);
    if (issues == NULL || !begin(&page, press, "newsletter-issue", newsletter, path, error)) {
        return false;
    }
    return issues->len == 0 ? end_with_sample(&page, newsletter, error)
                            : end_with_issue(&page, newsletter, issues->pdata[0], error);
}

/* ---- The list of issues -----------------------------------------------------------------------
 */

static bool render_archive(PressPage *press, const char *name, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    bool read = paper_newsletter(press, name, &newsletter, error);
    if (!read || newsletter == NULL) {
        return read;
    }
    g_autoptr(GPtrArray) issues = paper_newsletter_issues(press, newsletter, PAPER_ISSUES, error);
    g_auto(PaperPage) page = {0};
    g_autofree char *path = g_strdup_printf("newsletter/%s/index.html", name);
    if (issues == NULL || !begin(&page, press, "newsletter-archive", newsletter, path, error)) {
        return false;
    }
    Value *list = value_set_list(page.values, "issues");
    for (guint i = 0; i < issues->len; i++) {
        const Issue *issue = issues->pdata[i];
        Value *map = value_append_map(list);
        g_autofree char *target = issue_path(name, issue->number);
        paper_set_url(&page, map, "url", target);
        paper_set_dated(&page, map, issue->covers_until, false);
        value_set_text(map, "subject", issue->subject);
    }
    paper_set_head(&page, strings_get(newsletter->language, "newsletters"),
                   newsletter->description);
    return paper_page_end(&page, 0, error);
}

/* ---- For who changes a template ---------------------------------------------------------------
 */

bool paper_example_newsletter(const PaperExample *example, GError **error)
{
    const Newsletter *newsletter = example->newsletter;
    g_autoptr(Issue) issue = NULL;
    g_auto(PaperPage) page = {0};
    if (newsletter == NULL) {
        return true;
    }
    if (strcmp(example->template, "newsletter-archive") == 0) {
        return render_archive(example->press, newsletter->name, error);
    }
    if (strcmp(example->which, "sample") != 0 &&
        !paper_newsletter_newest(example->press, newsletter, &issue, error)) {
        return false;
    }
    g_autofree char *path = issue == NULL
                                ? g_strdup_printf("newsletter/%s/latest.html", newsletter->name)
                                : issue_path(newsletter->name, issue->number);
    if (!begin(&page, example->press, "newsletter-issue", newsletter, path, error)) {
        return false;
    }
    return issue == NULL ? end_with_sample(&page, newsletter, error)
                         : end_with_issue(&page, newsletter, issue, error);
}

/* ---- All newsletters of a language ------------------------------------------------------------
 */

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
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "newsletters/index.html", NULL);
    g_autofree char *text = paper_text_path(path);
    if (!paper_page_begin(&page, press, "newsletters", language, path, false, error)) {
        return false;
    }
    Value *list = value_set_list(page.values, "newsletters");
    for (guint i = 0; i < all->len; i++) {
        const Newsletter *newsletter = all->pdata[i];
        Value *map = value_append_map(list);
        g_autofree char *archive = g_strdup_printf("newsletter/%s/index.html", newsletter->name);
        if (!fill_signup(&page, newsletter, map, error)) {
            return false;
        }
        paper_set_url(&page, map, "archive_url", archive);
    }
    paper_set_url(&page, page.values, "text_url", text);
    paper_set_head(&page, strings_get(language, "newsletters"), NULL);
    return paper_page_end(&page, 0, error);
}

/* ---- Which there are --------------------------------------------------------------------------
 */

static bool keys_of_newsletters(Store *store, void *run, int64_t as_of, PressKeyTaker take,
                                void *data, GError **error)
{
    g_autoptr(GPtrArray) all = newsletter_list(store, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        if (!take(((const Newsletter *)all->pdata[i])->name, as_of, data, error)) {
            return false;
        }
    }
    return all != NULL;
}

static bool keys_of_issues(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                           GError **error)
{
    g_autoptr(GPtrArray) all = issue_archive(store, 0, G_MAXINT, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Issue *issue = all->pdata[i];
        g_autofree char *key = g_strdup_printf("%s/%" G_GINT64_FORMAT, issue->name, issue->number);
        if (!take(key, issue->covers_until, data, error)) {
            return false;
        }
    }
    return all != NULL;
}

static const char *const by_newsletter[] = {"newsletter", NULL};
static const char *const by_issue[] = {"issue", NULL};
static const char *const by_newsletters[] = {"newsletters", NULL};

const PressKind paper_newsletter_latest = {.name = "newsletter-latest",
                                           .wave = PRESS_WAVE_REST,
                                           .created_by = by_newsletter,
                                           .keys = keys_of_newsletters,
                                           .render = render_latest,
                                           .help = "the latest issue of a newsletter, or a sample"};
const PressKind paper_newsletter_archive = {.name = "newsletter-archive",
                                            .wave = PRESS_WAVE_REST,
                                            .created_by = by_newsletter,
                                            .keys = keys_of_newsletters,
                                            .render = render_archive,
                                            .help = "the issues of a newsletter"};
const PressKind paper_newsletter_issue = {.name = "newsletter-issue",
                                          .wave = PRESS_WAVE_REST,
                                          .created_by = by_issue,
                                          .keys = keys_of_issues,
                                          .render = render_issue,
                                          .help = "one issue of a newsletter"};
const PressKind paper_newsletters = {.name = "newsletters",
                                     .wave = PRESS_WAVE_REST,
                                     .created_by = by_newsletters,
                                     .keys = paper_keys_languages,
                                     .render = render_all,
                                     .help = "what readers of a language can subscribe to"};
