/* Reading newsletters for their pages and texts: newsletter_read.h. */
#include "paper/newsletter_read.h"

#include "base/error.h"
#include "desk/story_list.h"
#include "paper/page_base.h"

#include <string.h>

#define SAMPLE 12u /* stories of a sample */

bool paper_newsletter(PressPage *press, const char *name, Newsletter **newsletter, GError **error)
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

GPtrArray *paper_newsletter_issues(PressPage *press, const Newsletter *newsletter, unsigned most,
                                   GError **error)
{
    g_autofree char *input = g_strconcat("issues:", newsletter->name, NULL);
    press_page_read(press, input);
    return issue_archive(press_page_store(press), newsletter->id, most, error);
}

bool paper_newsletter_issue_of(PressPage *press, const char *key, Newsletter **newsletter,
                               Issue **issue, GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    g_autoptr(Newsletter) of = NULL;
    gint64 number = 0;
    g_autofree char *input = g_strconcat("issue:", key, NULL);
    press_page_read(press, input);
    if (parts == NULL || !g_ascii_string_to_signed(parts[1], 10, 1, G_MAXINT64, &number, NULL)) {
        return true;
    }
    if (!paper_newsletter(press, parts[0], &of, error)) {
        return false;
    }
    if (of == NULL) {
        return true;
    }
    if (!issue_of_number(press_page_store(press), of->id, number, issue, error)) {
        return false;
    }
    *newsletter = *issue == NULL ? NULL : g_steal_pointer(&of);
    return true;
}

bool paper_newsletter_newest(PressPage *press, const Newsletter *newsletter, Issue **issue,
                             GError **error)
{
    g_autoptr(GPtrArray) all = issue_list(press_page_store(press), newsletter->id, 1, error);
    if (all != NULL && all->len > 0) {
        *issue = issue_read(press_page_store(press), ((const Issue *)all->pdata[0])->id, error);
        return *issue != NULL;
    }
    return all != NULL;
}

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

bool paper_newsletter_sample(PressPage *press, const Newsletter *newsletter, IssueContent **content,
                             GError **error)
{
    g_autofree char *list = g_strconcat("list:all/", newsletter->language, NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(press, list, SAMPLE, error);
    if (cards == NULL) {
        return false;
    }
    read_names(press, cards);
    *content = issue_content_of_cards(cards, newsletter->language);
    return true;
}

GPtrArray *paper_newsletters_of(PressPage *press, const char *language, GError **error)
{
    g_autofree char *input = g_strconcat("newsletters:", language, NULL);
    press_page_read(press, input);
    g_autoptr(GPtrArray) all = newsletter_list(press_page_store(press), error);
    for (guint i = all == NULL ? 0 : all->len; i > 0; i--) {
        const Newsletter *newsletter = all->pdata[i - 1];
        if (strcmp(newsletter->language, language) != 0) {
            g_ptr_array_remove_index(all, i - 1);
        }
    }
    return g_steal_pointer(&all);
}
