/* Cards and bylines on pages: card.h. */
#include "paper/card.h"

#include "theme/strings.h"

static char *names_text(PressPage *press, const char *language, const StoryCard *card,
                        bool reporting)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        if (byline->reporting == reporting) {
            g_autofree char *input = g_strdup_printf("author:%s/%s", card->language, byline->slug);
            press_page_read(press, input);
            g_ptr_array_add(names, byline->name);
        }
    }
    if (card->withheld && !reporting) {
        g_ptr_array_add(names, (gpointer)(uintptr_t)strings_get(language, "withheld"));
    }
    return names->len == 0 ? NULL
                           : strings_join(language, (const char *const *)names->pdata, names->len);
}

char *paper_byline_text(PressPage *press, const char *language, const StoryCard *card)
{
    g_autofree char *authors = names_text(press, language, card, false);
    g_autofree char *reporters = names_text(press, language, card, true);
    g_autofree char *by =
        authors == NULL ? NULL : strings_fill(language, "by", "names", authors, NULL);
    g_autofree char *reporting =
        reporters == NULL ? NULL : strings_fill(language, "reporting_by", "names", reporters, NULL);
    const char *parts[4] = {NULL};
    size_t count = 0;
    if (by != NULL) {
        parts[count++] = by;
    }
    if (reporting != NULL) {
        parts[count++] = reporting;
    }
    if (*card->agency != '\0') {
        parts[count++] = card->agency;
    }
    return count == 0 ? NULL : g_strjoinv(" · ", (char **)(uintptr_t)parts);
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
