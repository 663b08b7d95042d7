/* One story for machines: machine_record.h. JSON-LD is linked_data.c. */
#include "paper/machine_record.h"

#include "base/moment.h"
#include "paper/byline.h"
#include "paper/linked_data.h"
#include "theme/strings.h"

#include <string.h>

void machine_record_clear(MachineRecord *record)
{
    g_clear_pointer(&record->id, g_free);
    g_clear_pointer(&record->url, g_free);
    g_clear_pointer(&record->authors, g_strfreev);
    g_clear_pointer(&record->alt, g_free);
    paper_picture_clear(&record->picture);
}

static const char *type_of(const char *src)
{
    return g_str_has_suffix(src, ".png")    ? "image/png"
           : g_str_has_suffix(src, ".gif")  ? "image/gif"
           : g_str_has_suffix(src, ".webp") ? "image/webp"
                                            : "image/jpeg";
}

static bool take_picture(PaperPage *page, const StoryCard *card, MachineRecord *record,
                         GError **error)
{
    g_autofree char *base = paper_address(page->run, "");
    g_autoptr(Media) media = NULL;
    if (card->photo == 0) {
        return true;
    }
    if (!paper_picture(page, card->photo, PAPER_PICTURE_PLAIN, base, &record->picture, &media,
                       error)) {
        return false;
    }
    if (record->picture.src != NULL) {
        record->type = type_of(record->picture.src);
        record->alt = g_strdup(*card->alt != '\0' ? card->alt : media->alt);
    }
    return true;
}

bool machine_record_make(PaperPage *page, const StoryCard *card, MachineRecord *record,
                         GError **error)
{
    g_autofree char *first = story_first_path(page->store, card->id, card->path, error);
    if (first == NULL) {
        return false;
    }
    *record = (MachineRecord){.card = card,
                              .id = paper_address(page->run, first),
                              .url = paper_address(page->run, card->path),
                              .authors = paper_byline_names(page->press, card),
                              .updated = MAX(card->updated, card->published)};
    return take_picture(page, card, record, error);
}

FeedItem machine_record_item(const MachineRecord *record, const char *categories[2],
                             const SafeHtml *content)
{
    const StoryCard *card = record->card;
    categories[0] = card->section_name;
    categories[1] = NULL;
    return (FeedItem){.id = record->id,
                      .url = record->url,
                      .title = card->headline,
                      .summary = *card->standfirst == '\0' ? NULL : card->standfirst,
                      .content = content,
                      .authors = (const char *const *)record->authors,
                      .categories = categories,
                      .image_url = record->picture.src,
                      .image_type = record->type,
                      .image_length = record->picture.size,
                      .published = card->published,
                      .updated = record->updated};
}

static void set_moment(Value *map, const char *key, int64_t moment)
{
    g_autofree char *iso = moment_rfc3339(moment);
    value_set_text(map, key, iso);
}

static Value *share_begin(PaperPage *page, const char *type, const char *title,
                          const char *description, const char *url)
{
    Value *share = value_set_map(page->values, "share");
    value_set_text(share, "type", type);
    value_set_text(share, "title", title);
    value_set_text(share, "description", *description == '\0' ? NULL : description);
    value_set_text(share, "url", url);
    value_set_text(share, "site", page->frame->name);
    value_set_static(share, "locale", strings_own(page->language, "share_locale"));
    return share;
}

static bool set_linked(PaperPage *page, GString *json)
{
    g_auto(SafeHtml) html = safe_html_from_already_safe_markup(g_string_free(json, FALSE));
    value_set_html(page->values, "ld", &html); /* JSON as the writer escapes it: text/json.h */
    return true;
}

bool machine_record_fill(PaperPage *page, const MachineRecord *record, GError **error)
{
    const StoryCard *card = record->card;
    g_autofree char *authors = g_strjoinv(", ", record->authors);
    Value *share = share_begin(page, "article", card->headline, card->standfirst, record->url);
    value_set_text(share, "section", card->section_name);
    value_set_text(share, "author", *authors == '\0' ? NULL : authors);
    set_moment(share, "published", card->published);
    set_moment(share, "updated", record->updated);
    if (record->picture.src != NULL) {
        Value *image = value_set_map(share, "image");
        value_set_text(image, "url", record->picture.src);
        value_set_text(image, "type", record->type);
        value_set_number(image, "width", record->picture.width);
        value_set_number(image, "height", record->picture.height);
        value_set_text(image, "alt", record->alt);
    }
    g_autoptr(GString) json = g_string_new(NULL);
    return linked_data_story(page, record, json, error) && set_linked(page, g_steal_pointer(&json));
}

bool machine_fill_front(PaperPage *page, GError **error)
{
    g_autofree char *url = paper_address(page->run, page->path);
    g_autoptr(GString) json = g_string_new(NULL);
    share_begin(page, "website", page->frame->name, page->frame->description, url);
    return linked_data_front(page, json, error) && set_linked(page, g_steal_pointer(&json));
}

static void add_alternate(PaperPage *page, Value *list, const char *language, const char *path)
{
    g_autofree char *url = paper_address(page->run, path);
    Value *item = value_append_map(list);
    value_set_text(item, "lang", language);
    value_set_text(item, "url", url);
}

void machine_fill_alternates(PaperPage *page, const char *const *languages,
                             const char *const *paths, size_t count)
{
    Value *list = value_set_list(page->values, "alternates");
    size_t first = 0;
    if (count < 2) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        add_alternate(page, list, languages[i], paths[i]);
        if (strcmp(languages[i], page->run->languages[0]) == 0) {
            first = i;
        }
    }
    add_alternate(page, list, "x-default", paths[first]);
}
