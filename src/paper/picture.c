/* Which of a picture's forms a page offers: picture.h. The markup is picture.mustache, and
 * text/sanitise_picture.c for bodies. */
#include "paper/picture.h"

#include "base/error.h"
#include "desk/variant.h"

#include <string.h>

#define WIDE_SCREEN "(min-width: 50em)"
#define LEAD_MOST   1280 /* pixels wide */
#define COLUMN_MOST 800
#define CARD_MOST   480

/* One address of a page's, or several of a kind: the variants of a shape and format up to `most`
 * pixels wide; only the widest of them unless `all`. */
typedef struct {
    const char *shape, *format, *type, *media;
    int64_t most;
    bool all;
} Offer;

/* The last one is the img itself. */
typedef struct {
    Offer offers[4];
} UseRow;

static const UseRow uses[] = {
    [PAPER_PICTURE_SQUARE] = {{{VARIANT_SQUARE, "avif", "image/avif", NULL, LEAD_MOST, false},
                               {VARIANT_SQUARE, "jpg", NULL, NULL, LEAD_MOST, false}}},
    [PAPER_PICTURE_CARD] = {{{VARIANT_WIDE, "avif", "image/avif", WIDE_SCREEN, CARD_MOST, false},
                             {VARIANT_SQUARE, "avif", "image/avif", NULL, LEAD_MOST, false},
                             {VARIANT_SQUARE, "jpg", NULL, NULL, LEAD_MOST, false}}},
    [PAPER_PICTURE_LEAD] = {{{VARIANT_WIDE, "avif", "image/avif", NULL, LEAD_MOST, true},
                             {VARIANT_WIDE, "webp", "image/webp", NULL, COLUMN_MOST, false},
                             {VARIANT_WIDE, "jpg", NULL, NULL, COLUMN_MOST, false}}},
    [PAPER_PICTURE_FIGURE] = {{{VARIANT_WIDE, "avif", "image/avif", NULL, COLUMN_MOST, true},
                               {VARIANT_WIDE, "jpg", NULL, NULL, COLUMN_MOST, false}}},
    [PAPER_PICTURE_PLAIN] = {{{VARIANT_WIDE, "jpg", NULL, NULL, LEAD_MOST, false}}},
};

typedef struct {
    PaperPage *page;
    const char *base;
    PaperPicture *picture;
} Making;

void paper_picture_clear(PaperPicture *picture)
{
    g_clear_pointer(&picture->src, g_free);
    for (unsigned i = 0; i < picture->count; i++) {
        g_free(picture->sources[i].srcset);
    }
    picture->count = 0;
}

/* Records the file; *there is false if it is lost, which is no failure. */
static bool use_file(const Making *making, const char *file, const char *object, int64_t size,
                     bool *there, GError **error)
{
    g_autofree char *full = g_build_filename(making->page->run->context->media_dir, file, NULL);
    g_autoptr(GError) reason = NULL;
    *there = press_page_object_file(making->page->press, object, full, size, &reason);
    if (*there || g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&reason));
    return false;
}

static bool use_variant(const Making *making, const Variant *variant, bool *there, GError **error)
{
    g_autofree char *file = variant_file(variant);
    g_autofree char *object = variant_object(variant);
    return use_file(making, file, object, variant->size, there, error);
}

static bool fits(const Variant *variant, const Offer *offer)
{
    return strcmp(variant->shape, offer->shape) == 0 &&
           strcmp(variant->format, offer->format) == 0 && variant->width <= offer->most;
}

/* Adds the source, or the img where the offer has no type. Variants come by width. */
static bool take_offer(const Making *making, const GArray *variants, const Offer *offer,
                       GError **error)
{
    PaperPicture *picture = making->picture;
    g_autoptr(GString) srcset = g_string_new(NULL);
    const Variant *widest = NULL;
    for (guint i = 0; i < variants->len; i++) {
        const Variant *it = &g_array_index(variants, Variant, i);
        bool last = i + 1 == variants->len || !fits(it + 1, offer), there = false;
        if (!fits(it, offer) || (!offer->all && !last)) {
            continue;
        }
        if (!use_variant(making, it, &there, error)) {
            return false;
        }
        if (there) {
            g_autofree char *object = variant_object(it);
            g_string_append_printf(srcset, "%s%s%s", srcset->len > 0 ? ", " : "", making->base,
                                   object);
            if (offer->all) {
                g_string_append_printf(srcset, " %" G_GINT64_FORMAT "w", it->width);
            }
            widest = it;
        }
    }
    if (widest == NULL) {
        return true;
    }
    if (offer->type == NULL) {
        picture->src = g_string_free(g_steal_pointer(&srcset), FALSE);
        picture->width = widest->width;
        picture->height = widest->height;
        picture->size = widest->size;
    } else {
        picture->sources[picture->count++] = (PaperPictureSource){
            offer->type, offer->media, offer->all, g_string_free(g_steal_pointer(&srcset), FALSE)};
    }
    return true;
}

static bool take_original(const Making *making, const Media *media, GError **error)
{
    static const char *const kinds[] = {"jpg", "png", "gif", "webp", NULL};
    bool there = false;
    if (media->size > PICTURE_ORIGINAL_MOST || !g_strv_contains(kinds, media->extension)) {
        return true;
    }
    g_autofree char *file = media_file(media);
    g_autofree char *object = media_object(media);
    if (!use_file(making, file, object, media->size, &there, error)) {
        return false;
    }
    if (there) {
        making->picture->src = g_strconcat(making->base, object, NULL);
        making->picture->width = media->width;
        making->picture->height = media->height;
        making->picture->size = media->size;
    }
    return true;
}

static bool take_forms(const Making *making, const Media *media, PaperPictureUse use,
                       GError **error)
{
    g_autoptr(GArray) variants = variant_list(making->page->store, media->id, error);
    if (variants == NULL) {
        return false;
    }
    const UseRow *row = &uses[use];
    for (unsigned i = 0; i < G_N_ELEMENTS(row->offers) && row->offers[i].shape != NULL; i++) {
        if (!take_offer(making, variants, &row->offers[i], error)) {
            return false;
        }
    }
    if (making->picture->src == NULL) {
        paper_picture_clear(making->picture);
        return take_original(making, media, error);
    }
    return true;
}

/* Whose licence has ended leaves every page at that moment. */
static bool licence_expired(PaperPage *page, const Media *media)
{
    if (media->licence_until == 0) {
        return false;
    }
    press_page_boundary(page->press, media->licence_until);
    return media->licence_until <= page->as_of;
}

bool paper_picture(PaperPage *page, int64_t id, PaperPictureUse use, const char *base,
                   PaperPicture *picture, Media **media, GError **error)
{
    g_autofree char *input = g_strdup_printf("media:%" G_GINT64_FORMAT, id);
    g_autoptr(GError) reason = NULL;
    press_page_read(page->press, input);
    g_autoptr(Media) record = media_read(page->store, id, &reason);
    if (record == NULL) {
        if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
    } else {
        Making making = {page, base, picture};
        bool expired = licence_expired(page, record);
        if (!expired && !take_forms(&making, record, use, error)) {
            paper_picture_clear(picture);
            return false;
        }
    }
    *media = g_steal_pointer(&record);
    return true;
}

static const char *first_of(const char *given, const char *own)
{
    return given != NULL && *given != '\0' ? given : own;
}

bool paper_fill_photo(PaperPage *page, Value *map, const char *key, int64_t id, const char *alt,
                      const char *caption, const char *credit, PaperPictureUse use, GError **error)
{
    g_auto(PaperPicture) picture = {0};
    g_autoptr(Media) media = NULL;
    if (!paper_picture(page, id, use, page->root, &picture, &media, error)) {
        return false;
    }
    if (picture.src == NULL) {
        return true;
    }
    g_autofree char *own_credit = media_credit(media);
    Value *photo = value_set_map(map, key);
    Value *sources = value_set_list(photo, "sources");
    for (unsigned i = 0; i < picture.count; i++) {
        Value *source = value_append_map(sources);
        value_set_static(source, "type", picture.sources[i].type);
        value_set_text(source, "media", picture.sources[i].media);
        value_set_text(source, "srcset", picture.sources[i].srcset);
        value_set_bool(source, "sized", picture.sources[i].sized);
    }
    value_set_text(photo, "src", picture.src);
    value_set_number(photo, "width", picture.width);
    value_set_number(photo, "height", picture.height);
    value_set_text(photo, "alt", first_of(alt, media->alt));
    value_set_text(photo, "caption", first_of(caption, media->caption));
    value_set_text(photo, "credit", first_of(credit, own_credit));
    return true;
}
