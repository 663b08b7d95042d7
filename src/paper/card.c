/* Cards, bylines and pictures on pages: card.h. */
#include "paper/card.h"

#include "base/error.h"
#include "base/limits.h"
#include "theme/strings.h"

#include <string.h>

char *paper_use_media(PaperPage *page, const Media *media, GError **error)
{
    g_autofree char *file = media_file(media);
    g_autofree char *full = g_build_filename(page->run->context->media_dir, file, NULL);
    g_autofree char *object = media_object(media);
    g_autoptr(GError) reason = NULL;
    if (press_page_object_file(page->press, object, full, media->size, &reason)) {
        return g_steal_pointer(&object);
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return NULL;
}

static const char *first_of(const char *given, const char *own)
{
    return given != NULL && *given != '\0' ? given : own;
}

bool paper_fill_photo(PaperPage *page, Value *map, const char *key, int64_t id, const char *alt,
                      const char *caption, const char *credit, GError **error)
{
    g_autofree char *input = g_strdup_printf("media:%" G_GINT64_FORMAT, id);
    g_autoptr(GError) reason = NULL;
    press_page_read(page->press, input);
    g_autoptr(Media) media = media_read(page->store, id, &reason);
    g_autofree char *path = media == NULL ? NULL : paper_use_media(page, media, &reason);
    if (path == NULL) {
        if (reason != NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        return true;
    }
    g_autofree char *own_credit = media_credit(media);
    Value *photo = value_set_map(map, key);
    paper_set_url(page, photo, "src", path);
    value_set_number(photo, "width", media->width);
    value_set_number(photo, "height", media->height);
    value_set_text(photo, "alt", first_of(alt, media->alt));
    value_set_text(photo, "caption", first_of(caption, media->caption));
    value_set_text(photo, "credit", first_of(credit, own_credit));
    return true;
}

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

bool paper_fill_card(PaperPage *page, Value *map, const StoryCard *card, bool with_photo,
                     GError **error)
{
    g_autofree char *byline = paper_byline_text(page->press, page->language, card);
    value_set_text(map, "headline", card->headline);
    value_set_text(map, "standfirst", card->standfirst);
    value_set_text(map, "byline", byline);
    value_set_bool(map, "opinion", card->kind == STORY_KIND_OPINION);
    paper_set_url(page, map, "url", card->path);
    paper_set_date(page, map, "date", card->published, false);
    return !with_photo || card->photo == 0 ||
           paper_fill_photo(page, map, "photo", card->photo, card->alt, NULL, NULL, error);
}

bool paper_fill_cards(PaperPage *page, Value *map, const char *key, const GPtrArray *cards,
                      guint first, guint most, bool with_photo, GError **error)
{
    Value *list = value_set_list(map, key);
    for (guint i = first; i < cards->len && i - first < most; i++) {
        if (!paper_fill_card(page, value_append_map(list), cards->pdata[i], with_photo, error)) {
            return false;
        }
    }
    return true;
}
