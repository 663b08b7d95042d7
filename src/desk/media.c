/* Media records and their files: media.h. Their kind and size are read by image/header.c; who uses
 * one is written by story_change.c. */
#include "desk/media.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/like.h"
#include "desk/name.h"
#include "desk/story.h"
#include "desk/story_row.h"
#include "desk_erase_sql.h"
#include "desk_sql.h"
#include "image/header.h"
#include "press/press.h"
#include "seal/hash.h"
#include "web/fields.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#define IN_BODY_MOST  1000u
#define MEDIA_ADDRESS "media:"

void media_free(Media *media)
{
    if (media == NULL) {
        return;
    }
    char *const texts[] = {media->sha256,       media->extension, media->mime,    media->caption,
                           media->photographer, media->agency,    media->licence, media->alt,
                           media->source,       media->taken};
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(texts[i]);
    }
    g_free(media);
}

static Media *media_of_row(StoreRows *rows)
{
    Media *media = g_new0(Media, 1);
    media->id = store_number(rows, 0);
    media->sha256 = store_text_copy(rows, 1);
    media->extension = store_text_copy(rows, 2);
    media->mime = store_text_copy(rows, 3);
    media->width = store_number(rows, 4);
    media->height = store_number(rows, 5);
    media->size = store_number(rows, 6);
    media->caption = store_text_copy(rows, 7);
    media->photographer = store_text_copy(rows, 8);
    media->agency = store_text_copy(rows, 9);
    media->licence = store_text_copy(rows, 10);
    media->licence_until = store_number(rows, 11);
    media->alt = store_text_copy(rows, 12);
    media->focal_x = store_number(rows, 13);
    media->focal_y = store_number(rows, 14);
    media->created = store_number(rows, 15);
    media->source = store_text_copy(rows, 16);
    media->taken = store_text_copy(rows, 17);
    return media;
}

Media *media_read(Store *store, int64_t id, GError **error)
{
    g_autoptr(StoreRows) rows = desk_media_read(store, id, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no picture %" PRId64, id);
    }
    return step == STORE_ROW ? media_of_row(rows) : NULL;
}

/* Takes the rows. */
static GPtrArray *all_of(StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)media_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(list, media_of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&list) : NULL;
}

/* "" finds all. Caller frees. */
static char *pattern_of(const char *text)
{
    g_autofree char *fold = g_utf8_casefold(text == NULL ? "" : text, -1);
    g_strstrip(fold);
    return *fold == '\0' ? g_strdup("") : desk_like(fold, "");
}

/* ---- In texts that are not saved ------------------------------------------------------------- */

/* The pictures of a working copy: in its body, and the photo in its fields. */
static GArray *held_by(const char *body, const char *rest)
{
    GArray *ids = media_in_body(body);
    g_autoptr(Fields) fields = fields_parse(rest, strlen(rest), NULL);
    const char *photo = fields == NULL ? NULL : fields_get(fields, "photo");
    int64_t id = 0;
    if (photo != NULL && g_ascii_string_to_signed(photo, 10, 1, INT64_MAX, &id, NULL)) {
        g_array_append_val(ids, id);
    }
    return ids;
}

typedef void (*Holder)(int64_t media, int64_t story, void *data);

static bool each_held(Store *store, Holder holder, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = desk_working_pictured(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_autoptr(GArray) ids = held_by(store_text(rows, 1), store_text(rows, 2));
        for (guint i = 0; i < ids->len; i++) {
            holder(g_array_index(ids, int64_t, i), store_number(rows, 0), data);
        }
    }
    return step == STORE_END;
}

static void add_number(int64_t media, int64_t story, void *data)
{
    g_string_append_printf(data, "%" PRId64 " ", media);
}

/* Their numbers, a blank around each. Caller frees. */
static char *held_by_texts(Store *store, GError **error)
{
    g_autoptr(GString) all = g_string_new(" ");
    return each_held(store, add_number, all, error) ? g_string_free(g_steal_pointer(&all), FALSE)
                                                    : NULL;
}

typedef struct {
    int64_t media, story;
} Held;

static void find_number(int64_t media, int64_t story, void *data)
{
    Held *held = data;
    held->story = media == held->media ? story : held->story;
}

bool media_unsaved(Store *store, int64_t id, int64_t *story, GError **error)
{
    Held held = {.media = id};
    bool done = each_held(store, find_number, &held, error);
    *story = held.story;
    return done;
}

/* ---- Finding --------------------------------------------------------------------------------- */

GPtrArray *media_find(Store *store, const MediaQuery *query, GError **error)
{
    if (query->text != NULL && !desk_plain_text("search", query->text, MEDIA_WORDS, error)) {
        return NULL;
    }
    g_autofree char *pattern = pattern_of(query->text);
    g_autofree char *held = query->unused ? held_by_texts(store, error) : g_strdup("");
    return held == NULL
               ? NULL
               : all_of(desk_media_find(store, query->before == 0 ? INT64_MAX : query->before,
                                        pattern, query->unused, query->expires_before, query->most,
                                        held, error),
                        error);
}

char *media_file(const Media *media)
{
    return g_strdup_printf("%.2s/%s.%s", media->sha256, media->sha256, media->extension);
}

char *media_object(const Media *media)
{
    return g_strdup_printf("o/%.2s/%s.%s", media->sha256, media->sha256, media->extension);
}

char *media_credit(const Media *media)
{
    bool both = media->photographer[0] != '\0' && media->agency[0] != '\0';
    return g_strconcat(media->photographer, both ? " / " : "", media->agency, NULL);
}

static bool day_ok(const char *text, GError **error)
{
    GDate day;
    g_date_clear(&day, 1);
    bool shaped = strlen(text) == 10 && text[4] == '-' && text[7] == '-';
    if (shaped) {
        g_date_set_parse(&day, text);
    }
    return *text == '\0' || (shaped && g_date_valid(&day)) ||
           fail(error, KOLOKOL_ERROR_INVALID,
                "\"%.40s\" is no day; write when the picture was taken as 2026-11-24", text);
}

static bool words_ok(const MediaWords *words, GError **error)
{
    return (words->caption == NULL ||
            desk_plain_text("caption", words->caption, MEDIA_WORDS, error)) &&
           (words->photographer == NULL ||
            desk_plain_text("photographer's name", words->photographer, MEDIA_WORDS, error)) &&
           (words->agency == NULL ||
            desk_plain_text("agency", words->agency, MEDIA_WORDS, error)) &&
           (words->licence == NULL ||
            desk_plain_text("licence", words->licence, MEDIA_WORDS, error)) &&
           (words->alt == NULL || desk_plain_text("alt text", words->alt, MEDIA_WORDS, error)) &&
           (words->source == NULL ||
            desk_plain_text("source", words->source, MEDIA_WORDS, error)) &&
           (words->taken == NULL || day_ok(words->taken, error));
}

bool media_focal_parse(const char *text, MediaFocal *focal, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", 3);
    guint64 x = 0, y = 0;
    if (g_strv_length(parts) != 2 || !g_ascii_string_to_unsigned(parts[0], 10, 0, 100, &x, NULL) ||
        !g_ascii_string_to_unsigned(parts[1], 10, 0, 100, &y, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the focal point \"%.40s\" is not two whole numbers from 0 to 100; write per "
                    "cent from the left and from the top, like 40,55",
                    text);
    }
    *focal = (MediaFocal){(int64_t)x * 10, (int64_t)y * 10};
    return true;
}

bool media_keep_file(int directory, const char *sha256, const char *extension, const void *bytes,
                     size_t length, GError **error)
{
    char folder[3] = {sha256[0], sha256[1], '\0'};
    g_autofree char *name = g_strdup_printf("%s.%s", sha256, extension);
    if (mkdirat(directory, folder, 0755) == 0 && !directory_sync(directory, error)) {
        return false;
    }
    FILE_AUTO inside = openat(directory, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (inside < 0) {
        return fail(error, KOLOKOL_ERROR_IO, "media/%s cannot be opened: %s", folder,
                    g_strerror(errno));
    }
    struct stat there;
    if (fstatat(inside, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
        (size_t)there.st_size == length) {
        return true;
    }
    return file_replace(inside, name, bytes, length, 0644, error);
}

typedef struct {
    const char *sha256;
    ImageHeader header;
    size_t length;
    const MediaWords *words;
    int64_t now, id;
    bool created;
} Addition;

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

bool media_touch(Store *store, int64_t id, GError **error)
{
    g_autofree char *input = g_strdup_printf("media:%" PRId64, id);
    return press_touch(store, input, error);
}

/* What a search looks at: all words of a picture in one case, however many alphabets. */
static char *folded(const char *caption, const char *photographer, const char *agency,
                    const char *alt, const char *licence, const char *source)
{
    g_autofree char *all =
        g_strjoin(" ", caption, photographer, agency, alt, licence, source, NULL);
    return g_utf8_casefold(all, -1);
}

static bool add_body(Store *store, void *data, GError **error)
{
    Addition *addition = data;
    addition->created = false;
    g_autoptr(GArray) known =
        story_ids_of_rows(desk_media_by_sha256(store, addition->sha256, error), error);
    if (known == NULL) {
        return false;
    }
    if (known->len > 0) {
        addition->id = g_array_index(known, int64_t, 0);
        return true;
    }
    const MediaWords *words = addition->words;
    g_autofree char *searched =
        folded(or_empty(words->caption), or_empty(words->photographer), or_empty(words->agency),
               or_empty(words->alt), or_empty(words->licence), or_empty(words->source));
    addition->created = true;
    return store_next_id(store, "media", &addition->id, error) &&
           desk_media_insert(store, addition->id, addition->sha256, addition->header.extension,
                             addition->header.mime, addition->header.width, addition->header.height,
                             (int64_t)addition->length, or_empty(words->caption),
                             or_empty(words->photographer), or_empty(words->agency),
                             or_empty(words->licence), words->licence_until, or_empty(words->alt),
                             words->focal != NULL ? words->focal->x : -1,
                             words->focal != NULL ? words->focal->y : -1, addition->now,
                             or_empty(words->source), or_empty(words->taken), searched, error) &&
           media_touch(store, addition->id, error);
}

bool media_add(Store *store, int directory, const void *bytes, size_t length,
               const MediaWords *words, int64_t now, int64_t *id, bool *created, GError **error)
{
    static const MediaWords nothing = {0};
    if (length > LIMIT_OBJECT) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the picture has %zu bytes; at most %u are accepted", length, LIMIT_OBJECT);
    }
    Addition addition = {.words = words != NULL ? words : &nothing, .length = length, .now = now};
    Hash hash = hash_of(bytes, length);
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    addition.sha256 = hex;
    if (!image_header_read(bytes, length, &addition.header, error) ||
        !words_ok(addition.words, error) ||
        !media_keep_file(directory, hex, addition.header.extension, bytes, length, error) ||
        !store_transact(store, add_body, &addition, error)) {
        return false;
    }
    *id = addition.id;
    if (created != NULL) {
        *created = addition.created;
    }
    return true;
}

bool media_set_size(Store *store, int64_t id, int64_t width, int64_t height, GError **error)
{
    return desk_media_set_size(store, id, width, height, error);
}

typedef struct {
    int64_t id;
    const MediaWords *words;
} Description;

static const char *or_old(const char *text, const char *old)
{
    return text != NULL ? text : old;
}

static bool describe_body(Store *store, void *data, GError **error)
{
    const Description *given = data;
    const MediaWords *words = given->words;
    g_autoptr(Media) media = media_read(store, given->id, error);
    if (media == NULL) {
        return false;
    }
    const char *caption = or_old(words->caption, media->caption);
    const char *photographer = or_old(words->photographer, media->photographer);
    const char *agency = or_old(words->agency, media->agency);
    const char *licence = or_old(words->licence, media->licence);
    const char *alt = or_old(words->alt, media->alt);
    const char *source = or_old(words->source, media->source);
    g_autofree char *searched = folded(caption, photographer, agency, alt, licence, source);
    return desk_media_describe(store, given->id, caption, photographer, agency, licence,
                               words->licence_until, alt,
                               words->focal != NULL ? words->focal->x : media->focal_x,
                               words->focal != NULL ? words->focal->y : media->focal_y, source,
                               or_old(words->taken, media->taken), searched, error) &&
           media_touch(store, given->id, error);
}

bool media_describe(Store *store, int64_t id, const MediaWords *words, GError **error)
{
    Description given = {id, words};
    return words_ok(words, error) && store_transact(store, describe_body, &given, error);
}

GArray *media_usage(Store *store, int64_t id, GError **error)
{
    return story_ids_of_rows(desk_media_usage(store, id, error), error);
}

GArray *media_shown(Store *store, int64_t id, GError **error)
{
    return story_ids_of_rows(desk_media_shown(store, id, error), error);
}

bool media_embargoed(Store *store, int64_t id, int64_t now, bool *is, GError **error)
{
    g_autoptr(GArray) users = story_ids_of_rows(desk_media_embargoed(store, id, now, error), error);
    *is = users != NULL && users->len > 0;
    return users != NULL;
}

bool media_goes_out(Store *store, int64_t id, bool *out, GError **error)
{
    g_autoptr(GArray) shown = media_shown(store, id, error);
    *out = false;
    for (guint i = 0; shown != NULL && !*out && i < shown->len; i++) {
        g_autoptr(Story) story = story_read(store, g_array_index(shown, int64_t, i), error);
        if (story == NULL) {
            return false;
        }
        *out = story_goes_out(story);
    }
    return shown != NULL;
}

GArray *media_in_body(const char *body)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const char *at = body;
    while (ids->len < IN_BODY_MOST && (at = strstr(at, MEDIA_ADDRESS)) != NULL) {
        bool begins = at == body || !g_ascii_isalnum(at[-1]);
        at += strlen(MEDIA_ADDRESS);
        int64_t id = begins && g_ascii_isdigit(*at) ? (int64_t)g_ascii_strtoull(at, NULL, 10) : 0;
        for (unsigned i = 0; id > 0 && i < ids->len; i++) {
            if (g_array_index(ids, int64_t, i) == id) {
                id = 0;
            }
        }
        if (id > 0) {
            g_array_append_val(ids, id);
        }
    }
    return ids;
}

bool media_file_used(Store *store, const char *file, bool *used, GError **error)
{
    const char *name = strrchr(file, '/');
    name = name == NULL ? file : name + 1;
    g_autofree char *sha256 = g_strndup(name, strcspn(name, "."));
    return store_rows_any(desk_erase_media_file_used(store, sha256, error), used, error);
}
