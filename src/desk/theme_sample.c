/* Which page stands for its kind: theme_sample.h. Names of pages are those of paper/recipes.c. */
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
    {"front", "front"},
    {"story", "story"},
    {"opinion", "story"},
    {"live", "live"},
    {"page", "page"},
    {"section", "list"},
    {"topic", "list"},
    {"author", "list"},
    {"day", "day"},
    {"month", "archive-month"},
    {"year", "archive-year"},
    {"support", "support"},
    {"search", "search"},
    {"newsletters", "newsletters"},
    {"mirrors", "mirrors"},
    {"404", "404"},
    {NULL, NULL},
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

char *theme_sample_page(Store *store, const char *language, const char *kind, int64_t now,
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
    return theme_sample_find(kind) == NULL  ? none(language, kind, error)
           : g_strv_contains(shelves, kind) ? shelf_page(store, language, kind, error)
           : g_strv_contains(dated, kind)   ? archive_page(store, language, kind, now, error)
                                            : g_strconcat(kind, ":", language, NULL);
}
