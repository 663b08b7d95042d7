/* The pages of newsletters: what there is to subscribe to, the latest issue (a sample of current
 * stories until there is one), each issue, and the list of them. What an issue says is
 * mail/issue_content.h. */
#include "base/error.h"
#include "desk/story_list.h"
#include "mail/issue.h"
#include "mail/issue_content.h"
#include "mail/mail_blocks.h"
#include "mail/newsletter.h"
#include "paper/kinds.h"
#include "paper/page_base.h"
#include "theme/strings.h"

#include <string.h>

#define SAMPLE  12u  /* stories of a sample */
#define ARCHIVE 200u /* issues on the list: four years of weeks */

/* Reads the record of a newsletter and names it as an input. *newsletter stays NULL (and true) if
 * there is none, or if the site does not have its language. */
static bool read_newsletter(PressPage *press, const char *name, Newsletter **newsletter,
                            GError **error)
{
    g_autofree char *input = g_strconcat("newsletter:", name, NULL);
    g_autoptr(GError) reason = NULL;
    press_page_read(press, input);
    g_autoptr(Newsletter) read = newsletter_read(press_page_store(press), name, &reason);
    if (read == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (read != NULL && paper_has_language(press, read->language)) {
        *newsletter = g_steal_pointer(&read);
    }
    return true;
}

static void read_issues(PressPage *press, const char *name)
{
    g_autofree char *input = g_strconcat("issues:", name, NULL);
    press_page_read(press, input);
}

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
    return paper_page_begin(page, press, template, newsletter->language, path, false, error) &&
           fill_signup(page, newsletter, value_set_map(page->values, "newsletter"), error);
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
    fill_issue(page, issue, content);
    paper_set_head(page, issue->subject, newsletter->description);
    value_set_text(page->values, "canonical",
                   canonical); /* of the latest too: one page, two paths */
    paper_set_url(page, page->values, "archive_url", archive);
    return paper_page_end(page, issue->covers_until, error);
}

static bool render_issue(PressPage *press, const char *key, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    g_autoptr(Newsletter) newsletter = NULL;
    g_autoptr(Issue) issue = NULL;
    gint64 number = 0;
    g_autofree char *input = g_strconcat("issue:", key, NULL);
    press_page_read(press, input);
    if (parts == NULL || !g_ascii_string_to_signed(parts[1], 10, 1, G_MAXINT64, &number, NULL)) {
        return true;
    }
    if (!read_newsletter(press, parts[0], &newsletter, error)) {
        return false;
    }
    if (newsletter == NULL) {
        return true;
    }
    if (!issue_of_number(press_page_store(press), newsletter->id, number, &issue, error)) {
        return false;
    }
    g_auto(PaperPage) page = {0};
    g_autofree char *path = issue_path(newsletter->name, number);
    return issue == NULL || (begin(&page, press, "newsletter-issue", newsletter, path, error) &&
                             end_with_issue(&page, newsletter, issue, error));
}

/* ---- The latest -------------------------------------------------------------------------------
 */

/* The names that a sample shows beside the stories are inputs of their own (story_card.h). */
static void read_names(PressPage *press, const GPtrArray *cards)
{
    for (guint i = 0; i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        if (card->section != NULL) {
            g_autofree char *section =
                g_strdup_printf("section:%s/%s", card->language, card->section);
            press_page_read(press, section);
        }
        for (guint b = 0; b < card->bylines->len; b++) {
            const StoryByline *byline = card->bylines->pdata[b];
            g_autofree char *author = g_strdup_printf("author:%s/%s", card->language, byline->slug);
            press_page_read(press, author);
        }
    }
}

static bool end_with_sample(PaperPage *page, const Newsletter *newsletter, GError **error)
{
    g_autofree char *list = g_strconcat("list:all/", newsletter->language, NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(page->press, list, SAMPLE, error);
    if (cards == NULL) {
        return false;
    }
    read_names(page->press, cards);
    g_autoptr(IssueContent) content = issue_content_of_cards(cards, newsletter->language);
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
    if (!read_newsletter(press, name, &newsletter, error)) {
        return false;
    }
    if (newsletter == NULL) {
        return true;
    }
    read_issues(press, name);
    g_autoptr(GPtrArray) issues = issue_archive(press_page_store(press), newsletter->id, 1, error);
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
    if (!read_newsletter(press, name, &newsletter, error)) {
        return false;
    }
    if (newsletter == NULL) {
        return true;
    }
    read_issues(press, name);
    g_autoptr(GPtrArray) issues =
        issue_archive(press_page_store(press), newsletter->id, ARCHIVE, error);
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

/* ---- All newsletters of a language ------------------------------------------------------------
 */

static bool render_all(PressPage *press, const char *language, GError **error)
{
    g_autofree char *input = g_strconcat("newsletters:", language, NULL);
    if (!paper_has_language(press, language)) {
        return true;
    }
    press_page_read(press, input);
    g_autoptr(GPtrArray) all = newsletter_list(press_page_store(press), error);
    g_auto(PaperPage) page = {0};
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "newsletters/index.html", NULL);
    if (all == NULL ||
        !paper_page_begin(&page, press, "newsletters", language, path, false, error)) {
        return false;
    }
    Value *list = value_set_list(page.values, "newsletters");
    unsigned shown = 0;
    for (guint i = 0; i < all->len; i++) {
        const Newsletter *newsletter = all->pdata[i];
        if (strcmp(newsletter->language, language) != 0) {
            continue;
        }
        Value *map = value_append_map(list);
        g_autofree char *archive = g_strdup_printf("newsletter/%s/index.html", newsletter->name);
        if (!fill_signup(&page, newsletter, map, error)) {
            return false;
        }
        paper_set_url(&page, map, "archive_url", archive);
        shown++;
    }
    paper_set_head(&page, strings_get(language, "newsletters"), NULL);
    return shown == 0 || paper_page_end(&page, 0, error);
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
