/* Cards on pages: card.h. */
#include "paper/card.h"

#include "paper/byline.h"

bool paper_fill_card(PaperPage *page, Value *map, const StoryCard *card, PaperPictureUse photo,
                     GError **error)
{
    g_autofree char *byline = paper_byline_text(page->press, page->language, card);
    value_set_text(map, "headline", card->headline);
    value_set_text(map, "standfirst", card->standfirst);
    value_set_text(map, "byline", byline);
    value_set_bool(map, "opinion", card->kind == STORY_KIND_OPINION);
    paper_set_url(page, map, "url", card->path);
    paper_set_date(page, map, "date", card->published, false);
    return photo == PAPER_PICTURE_NONE || card->photo == 0 ||
           paper_fill_photo(page, map, "photo", card->photo, card->alt, NULL, NULL, photo, error);
}

bool paper_fill_cards(PaperPage *page, Value *map, const char *key, const GPtrArray *cards,
                      guint first, guint most, PaperPictureUse photo, GError **error)
{
    Value *list = value_set_list(map, key);
    for (guint i = first; i < cards->len && i - first < most; i++) {
        if (!paper_fill_card(page, value_append_map(list), cards->pdata[i], photo, error)) {
            return false;
        }
    }
    return true;
}
