/* Rows and files of variants: variant.h. Who encodes them is image/; who shows them
 * paper/picture.c. */
#include "desk/variant.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/media.h"
#include "desk_sql.h"
#include "seal/hash.h"

#include <string.h>

static void take_text(StoreRows *rows, unsigned column, char *out, size_t size)
{
    g_autofree char *text = store_text_copy(rows, column);
    g_strlcpy(out, text, size);
}

GArray *variant_list(Store *store, int64_t media, GError **error)
{
    g_autoptr(StoreRows) rows = desk_variant_list(store, media, error);
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GArray) list = g_array_new(FALSE, TRUE, sizeof(Variant));
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        Variant variant = {.width = store_number(rows, 2),
                           .height = store_number(rows, 3),
                           .size = store_number(rows, 5)};
        take_text(rows, 0, variant.shape, sizeof variant.shape);
        take_text(rows, 1, variant.format, sizeof variant.format);
        take_text(rows, 4, variant.sha256, sizeof variant.sha256);
        g_array_append_val(list, variant);
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

char *variant_file(const Variant *variant)
{
    return g_strdup_printf("%.2s/%s.%s", variant->sha256, variant->sha256, variant->format);
}

char *variant_object(const Variant *variant)
{
    return g_strdup_printf("o/%.2s/%s.%s", variant->sha256, variant->sha256, variant->format);
}

static bool one_of(const char *text, const char *const *words)
{
    return g_strv_contains(words, text);
}

static bool check(const VariantMade *made, GError **error)
{
    static const char *const shapes[] = {VARIANT_WIDE, VARIANT_SQUARE, NULL};
    static const char *const formats[] = {"avif", "webp", "jpg", NULL};
    if (!one_of(made->shape, shapes) || !one_of(made->format, formats) || made->width <= 0 ||
        made->height <= 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%.20s %.20s is no form of a picture",
                    made->shape, made->format);
    }
    return g_bytes_get_size(made->bytes) <= LIMIT_OBJECT ||
           fail(error, KOLOKOL_ERROR_LIMIT, "a form of a picture has more than %u bytes",
                LIMIT_OBJECT);
}

typedef struct {
    int64_t media;
    const Variant *variants;
    unsigned count;
} Putting;

static bool put_body(Store *store, void *data, GError **error)
{
    const Putting *putting = data;
    g_autoptr(Media) media = media_read(store, putting->media, error);
    if (media == NULL || !desk_variant_clear(store, putting->media, error)) {
        return false;
    }
    for (unsigned i = 0; i < putting->count; i++) {
        const Variant *it = &putting->variants[i];
        if (!desk_variant_insert(store, putting->media, it->shape, it->format, it->width,
                                 it->height, it->sha256, it->size, error)) {
            return false;
        }
    }
    return media_touch(store, putting->media, error);
}

bool variant_put(Store *store, int directory, int64_t media, const VariantMade *made,
                 unsigned count, GError **error)
{
    Variant variants[VARIANT_MOST] = {0};
    if (count > VARIANT_MOST) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "a picture has at most %u forms", VARIANT_MOST);
    }
    for (unsigned i = 0; i < count; i++) {
        Variant *it = &variants[i];
        size_t length = 0;
        if (!check(&made[i], error)) {
            return false;
        }
        const void *bytes = g_bytes_get_data(made[i].bytes, &length);
        Hash hash = hash_of(bytes, length);
        hash_hex(&hash, it->sha256);
        g_strlcpy(it->shape, made[i].shape, sizeof it->shape);
        g_strlcpy(it->format, made[i].format, sizeof it->format);
        it->width = made[i].width;
        it->height = made[i].height;
        it->size = (int64_t)length;
        if (!media_keep_file(directory, it->sha256, it->format, bytes, length, error)) {
            return false;
        }
    }
    Putting putting = {media, variants, count};
    return store_transact(store, put_body, &putting, error);
}
