/* Cards on pages: card.h. */
#include "paper/card.h"

#include "paper/byline.h"

void paper_fill_section(PaperPage *page, Value *map, const char *key, const StoryCard *card)
{
    if (card->section == NULL) {
        return;
    }
    g_autofree char *input = g_strdup_printf("section:%s/%s", page->language, card->section);
    g_autofree char *path = g_strdup_printf("%ssection/%s/index.html",
                                            paper_prefix(page->run, page->language), card->section);
    Value *section = value_set_map(map, key);
    press_page_read(page->press, input);
    value_set_text(section, "name", card->section_name);
    paper_set_url(page, section, "url", path);
}

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
