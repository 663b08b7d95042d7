/* The block "Read more": read_more.h. */
#include "paper/read_more.h"

#include "base/error.h"
#include "paper/card.h"
#include "paper/related.h"

#include <inttypes.h>

char *paper_related_version(Store *store, void *run, const char *language, int64_t as_of,
                            GError **error)
{
    RelatedIndex index = {0};
    return related_index(store, language, &index, error) ? g_strdup_printf("%" PRId64, index.id)
                                                         : NULL;
}

/* A story that was withdrawn a moment ago has no card, and the work behind related stories is still
 * to take it out. */
static bool fill_one(PaperPage *page, Value *list, int64_t id, GError **error)
{
    g_autofree char *input = g_strdup_printf("card:%" PRId64, id);
    g_autoptr(GError) reason = NULL;
    press_page_read(page->press, input);
    g_autoptr(StoryCard) card = story_card(page->store, id, page->as_of, &reason);
    if (card == NULL) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    Value *map = value_append_map(list);
    value_set_text(map, "headline", card->headline);
    value_set_bool(map, "opinion", card->kind == STORY_KIND_OPINION);
    paper_set_url(page, map, "url", card->path);
    paper_set_date(page, map, "date", card->published, false);
    return card->photo == 0 || paper_fill_photo(page, map, "photo", card->photo, card->alt, NULL,
                                                NULL, PAPER_PICTURE_SQUARE, error);
}

/* The newest others of its section and month: bounded, so that a publish concerns few of the pages
 * that have nothing better. */
static bool fill_section(PaperPage *page, Value *list, const Story *story, bool *any,
                         GError **error)
{
    if (story->section == NULL || *story->section == '\0' || story->day == 0) {
        return true;
    }
    g_autofree char *input =
        g_strdup_printf("list:section-month/%s/%s/%04d-%02d", page->language, story->section,
                        (int)(story->day / 10000), (int)(story->day / 100 % 100));
    g_autoptr(GPtrArray) cards = paper_read_list(page->press, input, RELATED_SHOW + 1, error);
    unsigned shown = 0;
    for (guint i = 0; cards != NULL && i < cards->len && shown < RELATED_SHOW; i++) {
        const StoryCard *card = cards->pdata[i];
        if (card->id == story->id) {
            continue;
        }
        if (!fill_one(page, list, card->id, error)) {
            return false;
        }
        shown++;
    }
    *any = shown > 0;
    return cards != NULL;
}

bool paper_fill_related(PaperPage *page, Value *map, const Story *story, GError **error)
{
    g_autofree char *global = g_strconcat("related:", page->language, NULL);
    g_autofree char *input = g_strdup_printf("related:%" PRId64, story->id);
    RelatedIndex index = {0};
    if (!press_page_read_global(page->press, global, error)) {
        return false;
    }
    press_page_read(page->press, input);
    if (!related_index(page->store, page->language, &index, error)) {
        return false;
    }
    g_autoptr(GArray) related =
        related_read(page->store, index.id, story->id, page->as_of, RELATED_SHOW, error);
    if (related == NULL) {
        return false;
    }
    Value *list = value_set_list(map, "related");
    bool any = related->len > 0;
    for (guint i = 0; i < related->len; i++) {
        if (!fill_one(page, list, g_array_index(related, RelatedStory, i).story, error)) {
            return false;
        }
    }
    if (!any && index.id != 0 && !fill_section(page, list, story, &any, error)) {
        return false;
    }
    value_set_bool(map, "has_related", any);
    return true;
}
