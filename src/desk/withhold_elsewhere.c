/* A name outside stories: withhold_elsewhere.h. In one story it is story_withhold.c. */
#include "desk/withhold_elsewhere.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/gone.h"
#include "desk/media.h"
#include "desk/name.h"
#include "desk/redirect.h"
#include "desk/section.h"
#include "desk/story_change.h"
#include "desk/topic.h"
#include "desk_erase_sql.h"
#include "press/setting.h"
#include "staff/audit.h"
#include "staff/reading.h"
#include "text/replace.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define AT_ONCE 50u
#define SHORT   "…" /* no longer than any spelling: no text grows by it */

/* A topic that became one with another: told as a topic, but a row of its own (topic_merge.h). */
#define MERGED WITHHOLD_PLACES

G_STATIC_ASSERT(MERGED == 6); /* erase.sql counts so */

/* A place with its texts, read before anything is written. */
typedef struct {
    WithholdPlace place;
    char *language, *slug, *what;
    char *name, *about; /* with the name; NULL if this one has it not */
} Place;

static void place_free(Place *place)
{
    g_free(place->language);
    g_free(place->slug);
    g_free(place->what);
    g_free(place->name);
    g_free(place->about);
    g_free(place);
}

static bool has_name(const GPtrArray *names, const char *text)
{
    g_autofree char *other = text_replace_words(text, names, "-", NULL);
    return other != NULL;
}

/* The text without the name; NULL if it has it not. A place that is full gets the shortest words,
 * for the name must leave it all the same. */
static char *without(const char *text, const WithheldName *name, const char *instead, size_t most)
{
    char *fresh = text_replace_words(text, name->names, instead, NULL);
    if (fresh != NULL && strlen(fresh) > most) {
        g_free(fresh);
        fresh = text_replace_words(text, name->names, SHORT, NULL);
    }
    return fresh;
}

/* The same for what is itself a name, which has a letter. */
static char *name_without(const char *text, const WithheldName *name, const char *language)
{
    g_autofree char *slug = NULL;
    g_autofree char *fresh = without(text, name, withheld_instead(name, language), DESK_NAME);
    bool good = fresh == NULL || desk_name_slug("name", fresh, &slug, NULL);
    return good ? g_steal_pointer(&fresh) : g_strdup(strings_get(language, "withheld"));
}

static char *if_named(const GPtrArray *names, const char *text)
{
    return has_name(names, text) ? g_strdup(text) : NULL;
}

/* ---- Pictures -------------------------------------------------------------------------------- */

static bool picture_named(const GPtrArray *names, const Media *media)
{
    return has_name(names, media->caption) || has_name(names, media->photographer) ||
           has_name(names, media->agency) || has_name(names, media->licence) ||
           has_name(names, media->alt) || has_name(names, media->source);
}

static bool replace_picture(Store *store, const Media *media, const WithheldName *name,
                            const char *instead, GError **error)
{
    const char *texts[] = {media->caption, media->photographer, media->agency,
                           media->licence, media->alt,          media->source};
    char *replaced[G_N_ELEMENTS(texts)] = {NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        replaced[i] = without(texts[i], name, instead, MEDIA_WORDS);
    }
    MediaWords words = {.caption = replaced[0],
                        .photographer = replaced[1],
                        .agency = replaced[2],
                        .licence = replaced[3],
                        .alt = replaced[4],
                        .source = replaced[5],
                        .licence_until = media->licence_until};
    bool done = media_describe(store, media->id, &words, error);
    for (size_t i = 0; i < G_N_ELEMENTS(replaced); i++) {
        g_free(replaced[i]);
    }
    return done;
}

typedef bool (*PictureTaker)(const Media *media, void *data, GError **error);

static bool each_picture(Store *store, const GPtrArray *names, PictureTaker take, void *data,
                         GError **error)
{
    MediaQuery query = {.most = AT_ONCE};
    for (;;) {
        g_autoptr(GPtrArray) media = media_find(store, &query, error);
        if (media == NULL || media->len == 0) {
            return media != NULL;
        }
        for (guint i = 0; i < media->len; i++) {
            query.before = ((const Media *)media->pdata[i])->id;
            if (picture_named(names, media->pdata[i]) && !take(media->pdata[i], data, error)) {
                return false;
            }
        }
    }
}

/* ---- Sections, authors, topics --------------------------------------------------------------- */

static void add_place(GPtrArray *places, Place place)
{
    g_ptr_array_add(places, g_memdup2(&place, sizeof place));
}

static bool add_records(Store *store, const GPtrArray *names, GPtrArray *places, GError **error)
{
    g_autoptr(StoreRows) rows = desk_erase_named_records(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_autofree char *name = if_named(names, store_text(rows, 3));
        g_autofree char *about = if_named(names, store_text(rows, 4));
        if (name != NULL || about != NULL) {
            add_place(places, (Place){.place = (WithholdPlace)store_number(rows, 0),
                                      .language = store_text_copy(rows, 1),
                                      .slug = store_text_copy(rows, 2),
                                      .what = g_strconcat(store_text(rows, 1), "/",
                                                          store_text(rows, 2), NULL),
                                      .name = g_steal_pointer(&name),
                                      .about = g_steal_pointer(&about)});
        }
    }
    return step == STORE_END;
}

typedef bool (*Written)(Store *store, const char *language, const char *slug, const char *text,
                        GError **error);

static bool write_text(Store *store, const Place *place, Written write, const char *text,
                       GError **error)
{
    if (text == NULL) {
        return true;
    }
    return write == NULL ? fail(error, KOLOKOL_ERROR_CORRUPT, "%s: has no such text", place->what)
                         : write(store, place->language, place->slug, text, error);
}

static bool write_record(Store *store, const Place *place, const WithheldName *name, GError **error)
{
    static const struct {
        Written rename, describe;
    } writers[WITHHOLD_PLACES + 1] = {
        [WITHHOLD_SECTION] = {section_rename, section_describe},
        [WITHHOLD_AUTHOR] = {author_rename, author_describe},
        [WITHHOLD_TOPIC] = {topic_rename, topic_describe},
        [MERGED] = {desk_erase_merged_rename, NULL}, /* its text went with its topic */
    };

    const char *instead = withheld_instead(name, place->language);
    g_autofree char *fresh =
        place->name == NULL ? NULL : name_without(place->name, name, place->language);
    g_autofree char *about =
        place->about == NULL ? NULL : without(place->about, name, instead, DESK_ABOUT);
    return write_text(store, place, writers[place->place].rename, fresh, error) &&
           write_text(store, place, writers[place->place].describe, about, error);
}

/* ---- Settings -------------------------------------------------------------------------------- */

/* "name.ru" that says what "name" says is no place of its own. */
static bool add_setting(Store *store, const GPtrArray *names, const char *setting,
                        const char *language, GPtrArray *places, GError **error)
{
    g_autofree char *own = g_strconcat(setting, ".", language, NULL);
    g_autofree char *base = setting_get(store, setting, error);
    g_autofree char *value = base == NULL ? NULL : setting_get(store, own, error);
    if (value != NULL && has_name(names, value) && strcmp(value, base) != 0) {
        add_place(places, (Place){.place = WITHHOLD_SETTING,
                                  .language = g_strdup(language),
                                  .what = g_steal_pointer(&own),
                                  .name = g_steal_pointer(&value)});
        return true;
    }
    return value != NULL;
}

static bool add_settings(Store *store, const GPtrArray *names, GPtrArray *places, GError **error)
{
    g_auto(GStrv) languages = setting_languages(store, error);
    for (const SettingRow *row = setting_rows; languages != NULL && row->name != NULL; row++) {
        if (!row->by_language) {
            continue;
        }
        for (char **language = languages; *language != NULL; language++) {
            if (!add_setting(store, names, row->name, *language, places, error)) {
                return false;
            }
        }
        g_autofree char *value = setting_get(store, row->name, error);
        if (value == NULL) {
            return false;
        }
        if (has_name(names, value)) {
            add_place(places, (Place){.place = WITHHOLD_SETTING,
                                      .language = g_strdup(languages[0]),
                                      .what = g_strdup(row->name),
                                      .name = g_steal_pointer(&value)});
        }
    }
    return languages != NULL;
}

static bool write_setting(Store *store, const Place *place, const WithheldName *name,
                          GError **error)
{
    bool changed = false;
    g_autofree char *fresh =
        without(place->name, name, withheld_instead(name, place->language), SETTING_VALUE_MAX);
    return fresh == NULL || setting_set(store, place->what, fresh, &changed, error);
}

/* ---- All ------------------------------------------------------------------------------------- */

static bool add_breaking(Store *store, const GPtrArray *names, GPtrArray *places, GError **error)
{
    g_autoptr(StoreRows) rows = desk_erase_breaking_all(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        if (has_name(names, store_text(rows, 1))) {
            add_place(places,
                      (Place){.place = WITHHOLD_BREAKING, .what = store_text_copy(rows, 0)});
        }
    }
    return step == STORE_END;
}

static GPtrArray *places_of(Store *store, const GPtrArray *names, GError **error)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
    return add_records(store, names, places, error) && add_settings(store, names, places, error) &&
                   add_breaking(store, names, places, error)
               ? g_steal_pointer(&places)
               : NULL;
}

typedef struct {
    WithholdPlaceTaker take;
    void *data;
} Telling;

static bool tell_picture(const Media *media, void *data, GError **error)
{
    const Telling *telling = data;
    g_autofree char *number = g_strdup_printf("%" PRId64, media->id);
    return telling->take(WITHHOLD_PICTURE, number, telling->data, error);
}

bool withhold_elsewhere(Store *store, const GPtrArray *names, WithholdPlaceTaker take, void *data,
                        GError **error)
{
    Telling telling = {take, data};
    if (!each_picture(store, names, tell_picture, &telling, error)) {
        return false;
    }
    g_autoptr(GPtrArray) places = places_of(store, names, error);
    for (guint i = 0; places != NULL && i < places->len; i++) {
        const Place *place = places->pdata[i];
        if (!take(place->place == MERGED ? WITHHOLD_TOPIC : place->place, place->what, data,
                  error)) {
            return false;
        }
    }
    return places != NULL;
}

typedef struct {
    const DeskSite *site;
    const WithheldName *name;
    Store *store;
    int64_t now;
} Replacing;

static bool replace_one(const Media *media, void *data, GError **error)
{
    const Replacing *replacing = data;
    const char *instead =
        withheld_instead(replacing->name, desk_site_first_language(replacing->site));
    return replace_picture(replacing->store, media, replacing->name, instead, error);
}

static char *rename_reader(const char *reader, void *data)
{
    const Replacing *replacing = data;
    const char *instead =
        withheld_instead(replacing->name, desk_site_first_language(replacing->site));
    return text_replace_words(reader, replacing->name->names, instead, NULL);
}

/* Names of files, which nobody needs once the picture is there. */
static bool forget_uploads(Store *store, const Replacing *replacing, GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(StoreRows) rows = desk_erase_uploads(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t id = store_number(rows, 0);
        if (has_name(replacing->name->names, store_text(rows, 1))) {
            g_array_append_val(found, id);
        }
    }
    g_clear_pointer(&rows, store_rows_free);
    for (guint i = 0; step == STORE_END && i < found->len; i++) {
        if (!desk_erase_upload_unname(store, g_array_index(found, int64_t, i), error)) {
            return false;
        }
    }
    return step == STORE_END;
}

static bool forget_redirect(Store *store, const Replacing *replacing, const Redirect *redirect,
                            GError **error)
{
    const GPtrArray *names = replacing->name->names;
    bool by_hand = redirect->story == 0 && redirect->status == 301;
    return !by_hand || (!has_name(names, redirect->path) && !has_name(names, redirect->target)) ||
           desk_gone_path(store, replacing->now, redirect->path, story_path_month(redirect->since),
                          true, error);
}

static bool forget_redirects(Store *store, const Replacing *replacing, GError **error)
{
    g_autofree char *after = g_strdup("");
    while (after != NULL) {
        g_autofree char *last = NULL;
        g_autoptr(GPtrArray) part = NULL;
        if (!redirect_list_after(store, after, replacing->now, AT_ONCE, &part, &last, error)) {
            return false;
        }
        for (guint i = 0; i < part->len; i++) {
            if (!forget_redirect(store, replacing, part->pdata[i], error)) {
                return false;
            }
        }
        g_free(after);
        after = g_steal_pointer(&last);
    }
    return true;
}

static bool row_named(const AuditRow *row, const void *data)
{
    const GPtrArray *words = data;
    return has_name(words, row->subject) || has_name(words, row->detail);
}

static bool forget_log(Store *store, const Replacing *replacing, GError **error)
{
    const WithheldName *name = replacing->name;
    const GPtrArray *const lists[] = {name->names, name->authors, name->topics};
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (guint j = 0; lists[i] != NULL && j < lists[i]->len; j++) {
            char *word = lists[i]->pdata[j];
            g_ptr_array_add(words, i == 0 ? word : strchr(word, '/') + 1);
        }
    }
    return audit_erase(store, row_named, words, replacing->now, error);
}

static bool replace_body(Store *store, void *data, GError **error)
{
    const Replacing *replacing = data;
    g_autoptr(GPtrArray) places = places_of(store, replacing->name->names, error);
    for (guint i = 0; places != NULL && i < places->len; i++) {
        const Place *place = places->pdata[i];
        bool done =
            place->place == WITHHOLD_BREAKING ||
            (place->place == WITHHOLD_SETTING ? write_setting(store, place, replacing->name, error)
                                              : write_record(store, place, replacing->name, error));
        if (!done) {
            return false;
        }
    }
    return places != NULL && reading_rename_all(store, rename_reader, data, error) &&
           forget_uploads(store, replacing, error) && forget_redirects(store, replacing, error) &&
           forget_log(store, replacing, error);
}

bool withhold_elsewhere_replace(Store *store, const DeskSite *site, const WithheldName *name,
                                int64_t now, GError **error)
{
    Replacing replacing = {site, name, store, now};
    return each_picture(store, name->names, replace_one, &replacing, error) &&
           store_transact(store, replace_body, &replacing, error);
}
