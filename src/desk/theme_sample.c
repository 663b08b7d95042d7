/* Which page stands for its kind: theme_sample.h. Names of pages are those of paper/recipes.c; what
 * an example says is paper/example_page.c. */
#include "desk/theme_sample.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/section.h"
#include "desk/story_list.h"
#include "desk/topic.h"

#include <inttypes.h>
#include <string.h>

#define NEWEST 100u /* stories that are looked through for a live one */

const ThemeSample theme_samples[] = {
    {"front", "front", THEME_PAGES},
    {"story", "story", THEME_PAGES},
    {"opinion", "story", THEME_PAGES},
    {"live", "live", THEME_PAGES},
    {"page", "page", THEME_PAGES},
    {"section", "list", THEME_PAGES},
    {"topic", "list", THEME_PAGES},
    {"author", "list", THEME_PAGES},
    {"section-month", "month", THEME_PAGES},
    {"day", "day", THEME_PAGES},
    {"month", "archive-month", THEME_PAGES},
    {"year", "archive-year", THEME_PAGES},
    {"support", "support", THEME_PAGES},
    {"search", "search", THEME_PAGES},
    {"newsletters", "newsletters", THEME_PAGES},
    {"newsletter-issue", "newsletter-issue", THEME_PAGES},
    {"newsletter-issue.sample", "newsletter-issue", THEME_PAGES},
    {"newsletter-archive", "newsletter-archive", THEME_PAGES},
    {"mirrors", "mirrors", THEME_PAGES},
    {"404", "404", THEME_PAGES},
    {"moved", "moved", THEME_PAGES},
    {"gone", "gone", THEME_PAGES},
    {"gone.taken-down", "gone", THEME_PAGES},
    {"mail-subscribe", "mail-subscribe", THEME_MAILS},
    {"mail-welcome", "mail-welcome", THEME_MAILS},
    {"mail-issue", "mail-issue", THEME_MAILS},
    {"mail-gift-receipt.once", "mail-gift-receipt", THEME_MAILS},
    {"mail-gift-receipt.monthly", "mail-gift-receipt", THEME_MAILS},
    {"mail-gift-receipt.annual", "mail-gift-receipt", THEME_MAILS},
    {"mail-remind-confirm", "mail-remind-confirm", THEME_MAILS},
    {"mail-reminder", "mail-reminder", THEME_MAILS},
    {"mail-answer", "mail-answer", THEME_MAILS},
    {"mail-staff-invite", "mail-staff-invite", THEME_MAILS},
    {"mail-staff-reset", "mail-staff-reset", THEME_MAILS},
    {"door-front", "door-front", THEME_ANSWERS},
    {"door-subscribe", "door-subscribe", THEME_ANSWERS},
    {"door-subscribe.problem", "door-subscribe", THEME_ANSWERS},
    {"door-check-mail", "door-check-mail", THEME_ANSWERS},
    {"door-confirm", "door-confirm", THEME_ANSWERS},
    {"door-confirmed", "door-confirmed", THEME_ANSWERS},
    {"door-unsubscribe", "door-unsubscribe", THEME_ANSWERS},
    {"door-unsubscribed", "door-unsubscribed", THEME_ANSWERS},
    {"door-gift-go.once", "door-gift-go", THEME_ANSWERS},
    {"door-gift-go.monthly", "door-gift-go", THEME_ANSWERS},
    {"door-gift-go.annual", "door-gift-go", THEME_ANSWERS},
    {"door-practice", "door-practice", THEME_ANSWERS},
    {"door-practice-paid", "door-practice-paid", THEME_ANSWERS},
    {"door-thanks", "door-thanks", THEME_ANSWERS},
    {"door-gift-thanks.once", "door-gift-thanks", THEME_ANSWERS},
    {"door-gift-thanks.monthly", "door-gift-thanks", THEME_ANSWERS},
    {"door-gift-thanks.annual", "door-gift-thanks", THEME_ANSWERS},
    {"door-gift-wait", "door-gift-wait", THEME_ANSWERS},
    {"door-gift-failed", "door-gift-failed", THEME_ANSWERS},
    {"door-gift-expired", "door-gift-expired", THEME_ANSWERS},
    {"door-gift-cancel", "door-gift-cancel", THEME_ANSWERS},
    {"door-gift-ended.monthly", "door-gift-ended", THEME_ANSWERS},
    {"door-gift-ended.annual", "door-gift-ended", THEME_ANSWERS},
    {"door-remind", "door-remind", THEME_ANSWERS},
    {"door-remind.problem", "door-remind", THEME_ANSWERS},
    {"door-remind-sent", "door-remind-sent", THEME_ANSWERS},
    {"door-remind-confirm", "door-remind-confirm", THEME_ANSWERS},
    {"door-remind-on", "door-remind-on", THEME_ANSWERS},
    {"door-remind-stop", "door-remind-stop", THEME_ANSWERS},
    {"door-remind-off", "door-remind-off", THEME_ANSWERS},
    {"door-wait", "door-wait", THEME_ANSWERS},
    {"door-again", "door-again", THEME_ANSWERS},
    {"door-later", "door-later", THEME_ANSWERS},
    {"door-answer-by-mail", "door-answer-by-mail", THEME_ANSWERS},
    {"door-done", "door-done", THEME_ANSWERS},
    {"door-refused", "door-refused", THEME_ANSWERS},
    {"door-ended", "door-ended", THEME_ANSWERS},
    {"door-notfound", "door-notfound", THEME_ANSWERS},
    {"door-busy", "door-busy", THEME_ANSWERS},
    {"door-closed", "door-closed", THEME_ANSWERS},
    {NULL, NULL, THEME_GROUPS},
};

const ThemeSample *theme_sample_find(const char *kind)
{
    for (const ThemeSample *sample = theme_samples; sample->kind != NULL; sample++) {
        if (strcmp(sample->kind, kind) == 0) {
            return sample;
        }
    }
    return NULL;
}

const char *theme_sample_case(const ThemeSample *sample)
{
    const char *point = strchr(sample->kind, '.');
    return point == NULL ? NULL : point + 1;
}

bool theme_sample_uses(const Theme *theme, const ThemeSample *sample, const char *file)
{
    if (sample->group != THEME_MAILS) {
        return theme_uses(theme, sample->template, file);
    }
    g_autofree char *text = g_strconcat(sample->template, "-text", NULL);
    return !g_str_has_suffix(file, ".css") && /* a mail has its style in itself */
           (theme_uses(theme, sample->template, file) || theme_uses(theme, text, file));
}

static char *none(const char *language, const char *kind, GError **error)
{
    fail(error, KOLOKOL_ERROR_NOT_FOUND,
         "the newspaper has no page of the kind \"%.20s\" in %s yet", kind, language);
    return NULL;
}

static GPtrArray *cards_of(Store *store, const char *list, const char *language, int64_t now,
                           unsigned most, GError **error)
{
    g_autofree char *name = g_strconcat("list:", list, "/", language, NULL);
    GPtrArray *cards = NULL;
    return story_list_read(store, name, now, most, &cards, error) ? cards : NULL;
}

/* The newest story of that sort, before others one with a picture. */
static char *story_page(Store *store, const char *language, StoryKind wanted, int64_t now,
                        GError **error)
{
    const char *list = wanted == STORY_KIND_PAGE      ? "pages"
                       : wanted == STORY_KIND_OPINION ? "opinion"
                                                      : "all";
    g_autoptr(GPtrArray) cards = cards_of(store, list, language, now, NEWEST, error);
    const StoryCard *best = NULL;
    for (guint i = 0; cards != NULL && i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        if (card->kind == wanted && (best == NULL || (best->photo == 0 && card->photo != 0))) {
            best = card;
        }
    }
    if (best == NULL) {
        static const char *const words[] = {"story", "live", "opinion", "page"};
        return cards == NULL ? NULL : none(language, words[wanted], error);
    }
    return g_strdup_printf("story:%" PRId64, best->id);
}

/* "day:en/2026-11-24", or month or year, of the newest story. */
static char *archive_page(Store *store, const char *language, const char *kind, int64_t now,
                          GError **error)
{
    g_autoptr(GPtrArray) cards = cards_of(store, "all", language, now, 1, error);
    if (cards == NULL || cards->len == 0) {
        return cards == NULL ? NULL : none(language, kind, error);
    }
    int64_t day = ((const StoryCard *)cards->pdata[0])->day;
    g_autofree char *date = g_strdup_printf("%04d-%02d-%02d", (int)(day / 10000),
                                            (int)(day / 100 % 100), (int)(day % 100));
    date[strcmp(kind, "year") == 0 ? 4 : strcmp(kind, "month") == 0 ? 7 : 10] = '\0';
    return g_strconcat(kind, ":", language, "/", date, NULL);
}

/* The month of the newest story that has a section. */
static char *section_month(Store *store, const char *language, const char *kind, int64_t now,
                           GError **error)
{
    g_autoptr(GPtrArray) cards = cards_of(store, "all", language, now, NEWEST, error);
    for (guint i = 0; cards != NULL && i < cards->len; i++) {
        const StoryCard *card = cards->pdata[i];
        if (card->section != NULL) {
            return g_strdup_printf("%s:%s/%s/%04d-%02d", kind, language, card->section,
                                   (int)(card->day / 10000), (int)(card->day / 100 % 100));
        }
    }
    return cards == NULL ? NULL : none(language, kind, error);
}

static bool is_example(const ThemeSample *sample)
{
    return sample->group != THEME_PAGES || g_str_has_prefix(sample->kind, "newsletter-") ||
           strcmp(sample->template, "moved") == 0 || strcmp(sample->template, "gone") == 0;
}

static char *shelf_page(Store *store, const char *language, const char *kind, GError **error)
{
    bool section = strcmp(kind, "section") == 0, topic = strcmp(kind, "topic") == 0;
    g_autoptr(GPtrArray) all = section ? section_list(store, language, error)
                               : topic ? topic_list_after(store, language, "", 1, error)
                                       : author_list_after(store, language, "", 1, error);
    if (all == NULL || all->len == 0) {
        return all == NULL ? NULL : none(language, kind, error);
    }
    const void *first = all->pdata[0];
    const char *slug = section ? ((const Section *)first)->slug
                       : topic ? ((const Topic *)first)->slug
                               : ((const Author *)first)->slug;
    return g_strconcat(kind, ":", language, "/", slug, NULL);
}

/* The page's name for press_show(): "story:12". Caller frees. */
static char *page_name(Store *store, const char *language, const char *kind, int64_t now,
                       GError **error)
{
    static const struct {
        const char *kind;
        StoryKind wanted;
    } stories[] = {{"story", STORY_KIND_STORY},
                   {"opinion", STORY_KIND_OPINION},
                   {"live", STORY_KIND_LIVE},
                   {"page", STORY_KIND_PAGE}};

    static const char *const shelves[] = {"section", "topic", "author", NULL};
    static const char *const dated[] = {"day", "month", "year", NULL};
    for (unsigned i = 0; i < G_N_ELEMENTS(stories); i++) {
        if (strcmp(stories[i].kind, kind) == 0) {
            return story_page(store, language, stories[i].wanted, now, error);
        }
    }
    const ThemeSample *sample = theme_sample_find(kind);
    return sample == NULL                       ? none(language, kind, error)
           : is_example(sample)                 ? g_strconcat("example:", language, "/", kind, NULL)
           : strcmp(kind, "section-month") == 0 ? section_month(store, language, kind, now, error)
           : g_strv_contains(shelves, kind)     ? shelf_page(store, language, kind, error)
           : g_strv_contains(dated, kind)       ? archive_page(store, language, kind, now, error)
                                                : g_strconcat(kind, ":", language, NULL);
}

static bool show(Store *store, const PressRecipes *recipes, const ThemeWish *wish, const char *name,
                 PressShown *shown, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (press_show(store, recipes, wish->now, name, shown, &reason)) {
        return true;
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return none(wish->language, wish->kind, error) != NULL;
}

bool theme_sample_show(Store *store, const PressRecipes *recipes, const ThemeWish *wish,
                       PressShown *shown, GError **error)
{
    g_autofree char *name = page_name(store, wish->language, wish->kind, wish->now, error);
    return name != NULL && show(store, recipes, wish, name, shown, error);
}

char *theme_sample_text(Store *store, const PressRecipes *recipes, const ThemeWish *wish,
                        GError **error)
{
    const ThemeSample *sample = theme_sample_find(wish->kind);
    g_auto(PressShown) shown = {0};
    if (sample == NULL || sample->group != THEME_MAILS) {
        return NULL;
    }
    const char *which = theme_sample_case(sample);
    g_autofree char *name = g_strconcat("example:", wish->language, "/", sample->template, "-text",
                                        which == NULL ? "" : ".", which == NULL ? "" : which, NULL);
    if (!show(store, recipes, wish, name, &shown, error)) {
        return NULL;
    }
    size_t length = 0;
    const char *text = g_bytes_get_data(shown.html, &length);
    return g_strndup(text, length);
}
