/* Choosing a story's lead picture among the newest, below the fields of its form: radio buttons
 * that need no script. With it (site/office/pictures.js) others are searched for. */
#include "desk/media_view.h"
#include "desk/story_view_private.h"
#include "desk/variant.h"
#include "office/asset.h"
#include "office/frame.h"

#include <inttypes.h>

#define NEWEST 12u

static void write_radio(HtmlWriter *page, const char *value, bool chosen)
{
    html_open(page, "input");
    html_attribute(page, "type", "radio");
    html_attribute(page, "name", STORY_PHOTO_PICK);
    html_attribute(page, "value", value);
    html_flag(page, "checked", chosen);
    html_text(page, " ");
}

static bool write_choice(HtmlWriter *page, const StoryView *view, const Media *media,
                         GError **error)
{
    g_autofree char *value = g_strdup_printf("%" PRId64, media->id);
    g_autofree char *title = media_view_title(media);
    html_open(page, "li");
    html_open(page, "label");
    if (!media_view_image(page, view->visit->store, media, VARIANT_SQUARE, "", error)) {
        return false;
    }
    write_radio(page, value, false);
    html_open(page, "span");
    html_attribute(page, "class", "title");
    html_attribute(page, "dir", "auto");
    html_text(page, title);
    html_close(page, "span");
    html_close(page, "label");
    html_close(page, "li");
    return true;
}

static bool write_choices(HtmlWriter *page, const StoryView *view, const GPtrArray *list,
                          GError **error)
{
    html_open(page, "ul");
    html_attribute(page, "class", "pictures");
    for (guint i = 0; i < list->len; i++) {
        if (!write_choice(page, view, list->pdata[i], error)) {
            return false;
        }
    }
    html_close(page, "ul");
    return true;
}

/* What the editor's window for choosing says (site/editor/pictures.js). */
static void write_words(HtmlWriter *page, const OfficeVisit *visit)
{
    static const char *const words[][2] = {
        {"data-title", "office_pick_title"},     {"data-search", "office_pictures_search"},
        {"data-upload", "office_pick_upload"},   {"data-none", "office_pictures_none"},
        {"data-more", "office_older"},           {"data-leave", "office_pick_leave"},
        {"data-address", "office_pick_address"}, {"data-looking", "office_pick_looking"},
        {"data-failed", "office_trouble"},       {"data-too-large", "office_picture_too_large"},
    };
    html_open(page, "div");
    html_attribute(page, "id", "pick");
    html_flag(page, "hidden", true);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        html_attribute(page, words[i][0], office_text(visit, words[i][1]));
    }
    html_close(page, "div");
}

/* A search that keeps what is typed: the form goes to /stories/ID/pictures and comes back. */
static void write_search(HtmlWriter *page, const StoryView *view)
{
    g_autofree char *action = g_strdup_printf("/stories/%" PRId64 "/pictures", view->story->id);
    html_open(page, "p");
    html_attribute(page, "class", "photo-search");
    html_open(page, "label");
    html_attribute(page, "for", STORY_PHOTO_WORDS);
    html_text(page, office_text(view->visit, "office_pictures_search"));
    html_close(page, "label");
    html_open(page, "input");
    html_attribute(page, "type", "search");
    html_attribute(page, "id", STORY_PHOTO_WORDS);
    html_attribute(page, "name", STORY_PHOTO_WORDS);
    html_attribute(page, "value", office_field(view->visit, STORY_PHOTO_WORDS));
    html_text(page, " ");
    html_open(page, "button");
    html_url_attribute(page, "formaction", action);
    html_text(page, office_text(view->visit, "office_search"));
    html_close(page, "button");
    html_close(page, "p");
}

static void write_assets(HtmlWriter *page)
{
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("pictures.css"));
    html_open(page, "script");
    html_attribute(page, "src", office_asset("pictures.js"));
    html_flag(page, "defer", true);
    html_close(page, "script");
}

bool story_view_photos(HtmlWriter *page, const StoryView *view, GError **error)
{
    const OfficeVisit *visit = view->visit;
    const char *words = office_field(visit, STORY_PHOTO_WORDS);
    MediaQuery query = {.text = *words == '\0' ? NULL : words, .most = NEWEST};
    write_words(page, visit);
    write_assets(page);
    g_autoptr(GPtrArray) list = media_find(visit->store, &query, error);
    if (list == NULL || (list->len == 0 && *words == '\0')) {
        return list != NULL;
    }
    html_open(page, "details");
    html_attribute(page, "id", "photo-choose");
    html_attribute(page, "data-search", office_text(visit, "office_pictures_search"));
    html_flag(page, "open", *words != '\0');
    html_element(page, "summary", office_text(visit, "office_photo_choose"));
    html_open(page, "fieldset");
    html_element(page, "legend", office_text(visit, "office_photo"));
    write_search(page, view);
    html_open(page, "label");
    write_radio(page, "", true);
    html_text(page,
              office_text(visit, list->len == 0 ? "office_pictures_none" : "office_photo_none"));
    html_close(page, "label");
    if (!write_choices(page, view, list, error)) {
        return false;
    }
    html_close(page, "fieldset");
    html_close(page, "details");
    return true;
}
