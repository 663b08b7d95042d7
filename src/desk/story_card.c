/* Cards: story_card.h. Rows of cards come from here, from story_list.c and from whoever else
 * selects their columns. */
#include "desk/story_card.h"

#include "base/error.h"
#include "desk/card_row.h"
#include "desk/story_row.h"
#include "desk_sql.h"

#include <inttypes.h>
#include <string.h>

static void byline_free(void *data)
{
    StoryByline *byline = data;
    g_free(byline->slug);
    g_free(byline->name);
    g_free(byline);
}

StoryCard *story_card_new(void)
{
    StoryCard *card = g_new0(StoryCard, 1);
    card->bylines = g_ptr_array_new_with_free_func(byline_free);
    return card;
}

void story_card_free(StoryCard *card)
{
    if (card == NULL) {
        return;
    }
    g_free(card->language);
    g_free(card->path);
    g_free(card->headline);
    g_free(card->standfirst);
    g_free(card->section);
    g_free(card->section_name);
    g_clear_pointer(&card->bylines, g_ptr_array_unref);
    g_free(card->agency);
    g_free(card->alt);
    g_free(card);
}

static void bylines_add(StoryCard *card, char **slugs, bool reporting)
{
    for (; *slugs != NULL; slugs++) {
        StoryByline *byline = g_new0(StoryByline, 1);
        byline->slug = g_strdup(*slugs);
        byline->reporting = reporting;
        g_ptr_array_add(card->bylines, byline);
    }
}

static StoryCard *card_of_row(StoreRows *rows, GError **error)
{
    StoryKind kind = STORY_KIND_STORY;
    if (!story_kind_parse(store_text(rows, 2), &kind)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "story %" PRId64 " has an unknown kind",
             store_number(rows, 0));
        return NULL;
    }
    StoryCard *card = story_card_new();
    card->id = store_number(rows, 0);
    card->group = store_number(rows, 1);
    card->kind = kind;
    card->language = store_text_copy(rows, 3);
    card->path = store_text_copy(rows, 4);
    card->headline = store_text_copy(rows, 5);
    card->standfirst = store_text_copy(rows, 6);
    card->section = store_text_copy(rows, 7);
    card->section_name = store_text_copy(rows, 8);
    if (card->section != NULL && card->section_name == NULL) {
        card->section_name = g_strdup(card->section);
    }
    g_auto(GStrv) authors = NULL;
    g_auto(GStrv) reporting = NULL;
    story_byline_split(store_text(rows, 9), &authors, &reporting, &card->withheld);
    bylines_add(card, authors, false);
    bylines_add(card, reporting, true);
    card->agency = store_text_copy(rows, 10);
    card->photo = store_number(rows, 11);
    card->alt = store_text_copy(rows, 12);
    card->published = store_number(rows, 13);
    card->updated = store_number(rows, 14);
    card->day = store_number(rows, 15);
    return card;
}

/* The author's display name, or NULL where the record is missing. */
static bool author_name(Store *store, const char *language, const char *slug, char **name,
                        GError **error)
{
    g_autoptr(StoreRows) rows = desk_author_read(store, language, slug, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        *name = store_text_copy(rows, 2);
    }
    return step != STORE_FAILED;
}

/* Names are looked up once each for all the cards. */
static bool name_authors(Store *store, GPtrArray *cards, GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (unsigned i = 0; i < cards->len; i++) {
        StoryCard *card = cards->pdata[i];
        for (unsigned k = 0; k < card->bylines->len; k++) {
            StoryByline *byline = card->bylines->pdata[k];
            g_autofree char *key = g_strconcat(card->language, "/", byline->slug, NULL);
            const char *name = g_hash_table_lookup(names, key);
            if (name == NULL) {
                char *found = NULL;
                if (!author_name(store, card->language, byline->slug, &found, error)) {
                    return false;
                }
                found = found != NULL ? found : g_strdup(byline->slug);
                name = found;
                g_hash_table_insert(names, g_steal_pointer(&key), found);
            }
            byline->name = g_strdup(name);
        }
    }
    return true;
}

GPtrArray *story_cards_of_rows(Store *store, StoreRows *taken, GError **error)
{
    if (taken == NULL) {
        return NULL;
    }
    g_autoptr(StoreRows) rows = taken;
    g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func((GDestroyNotify)story_card_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        StoryCard *card = card_of_row(rows, error);
        if (card == NULL) {
            return NULL;
        }
        g_ptr_array_add(cards, card);
    }
    g_clear_pointer(&rows, store_rows_free);
    return step == STORE_END && name_authors(store, cards, error) ? g_steal_pointer(&cards) : NULL;
}

StoryCard *story_card(Store *store, int64_t id, int64_t as_of, GError **error)
{
    g_autoptr(GPtrArray) cards =
        story_cards_of_rows(store, desk_card_by_id(store, id, as_of, error), error);
    if (cards == NULL) {
        return NULL;
    }
    if (cards->len == 0) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "no story %" PRId64 " is to be seen", id);
        return NULL;
    }
    return g_ptr_array_steal_index(cards, 0);
}

GPtrArray *story_group(Store *store, int64_t group, int64_t as_of, GError **error)
{
    return story_cards_of_rows(store, desk_group_cards(store, group, as_of, error), error);
}

char *story_first_path(Store *store, int64_t id, const char *path, GError **error)
{
    g_autoptr(StoreRows) rows = desk_first_path(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    return step == STORE_FAILED ? NULL
           : step == STORE_ROW  ? store_text_copy(rows, 0)
                                : g_strdup(path);
}
