/* A name out of one story: story_withhold.h. The order and the other tables are withhold.c. */
#include "desk/story_withhold.h"

#include "desk/gone.h"
#include "desk/story_change.h"
#include "desk/story_desk.h"
#include "desk_erase_sql.h"
#include "desk_sql.h"
#include "edition/gone.h"
#include "press/press.h"
#include "text/replace.h"
#include "text/slug.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define TEXTS      4
#define PAGES_MOST 1000u
#define SAME_MOST  1000u /* stories that want one address */

const char *withheld_instead(const WithheldName *name, const char *language)
{
    return *name->instead != '\0' ? name->instead : strings_get(language, "withheld");
}

/* How often; the text is replaced in place. */
static unsigned replace(char **text, const WithheldName *name, const char *instead)
{
    unsigned found = 0;
    char *replaced = *text == NULL ? NULL : text_replace_words(*text, name->names, instead, &found);
    if (replaced != NULL) {
        g_free(*text);
        *text = replaced;
    }
    return found;
}

/* What stands in the name's place in a field of a story's form (story_desk.h), or in what it was:
 * an author becomes one whose name is withheld, a topic none. Caller frees. */
static char *instead_in(const char *whole, const char *instead)
{
    bool was = g_str_has_prefix(whole, STORY_FIELD_WAS);
    const char *field = whole + (was ? strlen(STORY_FIELD_WAS) : 0);
    if (g_str_has_prefix(field, "authors=")) {
        return g_strdup("withheld");
    }
    if (g_str_has_prefix(field, "topics=")) {
        return g_strdup("");
    }
    return g_str_has_prefix(field, "slug=") ? slug_from_title(instead, 0) : g_strdup(instead);
}

/* The same as replace() for a form's fields, whose values are percent-encoded. */
static unsigned replace_form(char **form, const WithheldName *name, const char *instead)
{
    unsigned found = 0;
    g_auto(GStrv) fields = g_strsplit(*form == NULL ? "" : *form, "&", -1);
    for (char **field = fields; *field != NULL; field++) {
        const char *value = strchr(*field, '=');
        char *plain = value == NULL ? NULL : g_uri_unescape_string(value + 1, NULL);
        g_autofree char *word = instead_in(*field, instead);
        unsigned here = replace(&plain, name, word);
        if (here > 0) {
            g_autofree char *escaped = g_uri_escape_string(plain, NULL, FALSE);
            char *fresh = g_strdup_printf("%.*s=%s", (int)(value - *field), *field, escaped);
            g_free(*field);
            *field = fresh;
        }
        g_free(plain);
        found += here;
    }
    if (found > 0) {
        g_free(*form);
        *form = g_strjoinv("&", fields);
    }
    return found;
}

/* ---- The tables beside the row ----------------------------------------------------------------
 */

typedef struct {
    StoreRows *(*next)(Store *store, int64_t story, int64_t after, GError **error);
    bool (*put)(Store *store, int64_t story, int64_t key, const char *one, const char *two,
                const char *three, const char *four, GError **error);
    bool form; /* the last text is a form's fields */
} Table;

static bool put_revision(Store *store, int64_t story, int64_t key, const char *one, const char *two,
                         const char *three, const char *four, GError **error)
{
    return desk_erase_withheld_revision(store, story, key, one, two, three, four,
                                        (int64_t)strlen(three), error);
}

static const Table tables[] = {
    {desk_erase_withhold_revision, put_revision, false},
    {desk_erase_withhold_live, desk_erase_withheld_live, false},
    {desk_erase_withhold_correction, desk_erase_withheld_correction, false},
    {desk_erase_withhold_working, desk_erase_withheld_working, true},
    {desk_erase_withhold_comment, desk_erase_withheld_comment, false},
};

typedef struct {
    int64_t key;
    char *texts[TEXTS];
} Item;

static void item_clear(Item *item)
{
    for (size_t i = 0; i < TEXTS; i++) {
        g_clear_pointer(&item->texts[i], g_free);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Item, item_clear)

static StoreStep next_item(StoreRows *taken, Item *item, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        item->key = store_number(rows, 0);
        for (int i = 0; i < TEXTS; i++) {
            item->texts[i] = store_text_copy(rows, i + 1);
        }
    }
    return step;
}

/* One table's texts of a story, one row after the other; written back only if `write`. */
static bool go_through(Store *store, const Table *table, int64_t story, const WithheldName *name,
                       const char *instead, bool write, unsigned *found, GError **error)
{
    for (int64_t after = INT64_MIN;;) {
        g_auto(Item) item = {0};
        unsigned here = 0;
        StoreStep step = next_item(table->next(store, story, after, error), &item, error);
        if (step != STORE_ROW) {
            return step == STORE_END;
        }
        for (size_t i = 0; i < TEXTS; i++) {
            bool form = table->form && i == TEXTS - 1;
            here += form ? replace_form(&item.texts[i], name, instead)
                         : replace(&item.texts[i], name, instead);
        }
        if (write && here > 0 &&
            !table->put(store, story, item.key, item.texts[0], item.texts[1], item.texts[2],
                        item.texts[3], error)) {
            return false;
        }
        *found += here;
        after = item.key;
    }
}

static bool go_through_all(Store *store, const Story *story, const WithheldName *name, bool write,
                           unsigned *found, GError **error)
{
    const char *instead = withheld_instead(name, story->language);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        if (!go_through(store, &tables[i], story->id, name, instead, write, found, error)) {
            return false;
        }
    }
    return true;
}

/* ---- The row ----------------------------------------------------------------------------------
 */

/* Takes the slugs that are the name's out of a list. */
static unsigned take_out(char **slugs, const char *language, const GPtrArray *which)
{
    unsigned kept = 0, taken = 0;
    for (char **slug = slugs; *slug != NULL; slug++) {
        g_autofree char *key = g_strconcat(language, "/", *slug, NULL);
        if (g_ptr_array_find_with_equal_func((GPtrArray *)(uintptr_t)which, key, g_str_equal,
                                             NULL)) {
            g_free(*slug);
            taken++;
        } else {
            slugs[kept++] = *slug;
        }
    }
    slugs[kept] = NULL;
    return taken;
}

/* "2026/11/20/anna-petrova-writes.html" to "2026/11/20/name-writes.html". */
static unsigned replace_address(Story *story, const WithheldName *name, const char *instead)
{
    g_autofree char *slug = slug_from_title(instead, 0);
    return replace(&story->path, name, slug) + replace(&story->slug, name, slug);
}

static unsigned replace_row(Story *story, const WithheldName *name)
{
    const char *instead = withheld_instead(name, story->language);
    char **const texts[] = {&story->headline, &story->standfirst, &story->agency, &story->caption,
                            &story->credit,   &story->alt,        &story->reason};
    unsigned found = replace_address(story, name, instead);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        found += replace(texts[i], name, instead);
    }
    unsigned authors = take_out(story->authors, story->language, name->authors);
    authors += take_out(story->reporting, story->language, name->authors);
    story->withheld = story->withheld || authors > 0;
    return found + authors + take_out(story->topics, story->language, name->topics);
}

bool story_withheld_count(Store *store, int64_t id, const WithheldName *name, unsigned *found,
                          GError **error)
{
    unsigned all = 0;
    g_autoptr(Story) story = story_read(store, id, error);
    if (story == NULL || !go_through_all(store, story, name, false, &all, error)) {
        return false;
    }
    *found = all + replace_row(story, name);
    return true;
}

/* ---- Both -------------------------------------------------------------------------------------
 */

typedef struct {
    const DeskSite *site;
    const WithheldName *name;
    int64_t id, now;
    int64_t revision; /* until now */
    char *body;       /* of the new revision */
    unsigned found;
    GPtrArray *pages; /* hashes of its pages until now */
} Work;

static bool edit(StoryChange *change, void *data, GError **error)
{
    Work *work = data;
    Story *after = change->after;
    StoryFormat format = STORY_MARKDOWN;
    g_autofree char *input = g_strdup_printf("story:%" PRId64, work->id);
    work->found = 0;
    work->revision = change->before->revision;
    g_clear_pointer(&work->body, g_free);
    g_clear_pointer(&work->pages, g_ptr_array_unref);
    work->pages = press_pages_of(change->store, input, PAGES_MOST, error);
    if (work->pages == NULL || !story_text(change->store, work->id, &work->body, &format, error) ||
        !go_through_all(change->store, after, work->name, false, &work->found, error)) {
        return false;
    }
    work->found += replace_row(after, work->name);
    if (work->found == 0) {
        return true;
    }
    replace(&work->body, work->name, withheld_instead(work->name, after->language));
    change->body = work->body;
    change->editor = "";
    after->version++; /* an entry or a correction is no part of the row */
    return true;
}

/* The new address, with a number where another story holds it: two may have had the name alone. */
static bool free_address(StoryChange *change, GError **error)
{
    Story *after = change->after;
    if (g_strcmp0(change->before->path, after->path) == 0) {
        return true;
    }
    g_auto(StoryPath) holder = {0};
    g_autofree char *wanted = g_strdup(after->path);
    const char *end = g_str_has_suffix(wanted, ".html") ? ".html" : "";
    int stem = (int)(strlen(wanted) - strlen(end));
    for (unsigned number = 2; number <= SAME_MOST; number++) {
        bool is_free = false;
        if (!story_path_free(change->store, after->path, after->id, &is_free, &holder, error)) {
            return false;
        }
        if (is_free) {
            return true;
        }
        g_free(after->path);
        after->path = g_strdup_printf("%.*s-%u%s", stem, wanted, number, end);
    }
    return story_path_conflict(change->store, wanted, &holder, error);
}

/* Not story_change_run(): a story that lacks what is asked of a new one today (a picture without
 * words, say) must lose the name all the same. */
static bool change_story(Store *store, Work *work, GError **error)
{
    g_autoptr(DeskBatch) batch = desk_batch_new();
    g_auto(StoryChange)
        change = {.store = store, .site = work->site, .batch = batch, .now = work->now};
    change.before = story_read(store, work->id, error);
    if (change.before == NULL) {
        return false;
    }
    change.after = story_copy(change.before);
    return edit(&change, work, error) && free_address(&change, error) &&
           story_change_write(&change, NULL, error) && desk_batch_flush(batch, store, error);
}

/* Old addresses that have the name, each with the month of its line in STATUS. */
static bool forget_addresses(Store *store, const Work *work, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) months = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(StoreRows) rows = desk_paths_of_story(store, work->id, error);
        StoreStep step = STORE_FAILED;
        while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
            g_autofree char *other =
                text_replace_words(store_text(rows, 0), work->name->names, "-", NULL);
            int64_t month = store_number(rows, 3);
            if (other != NULL) {
                g_ptr_array_add(paths, store_text_copy(rows, 0));
                g_array_append_val(months, month);
            }
        }
        if (step != STORE_END) {
            return false;
        }
    }
    for (guint i = 0; i < paths->len; i++) {
        if (!desk_gone_path(store, work->now, paths->pdata[i], g_array_index(months, int64_t, i),
                            true, error)) {
            return false;
        }
    }
    return paths->len == 0 || desk_erase_first_path_forget(store, work->id, error);
}

static bool tell_pages(Store *store, const Work *work, GError **error)
{
    for (guint i = 0; i < work->pages->len; i++) {
        g_autofree char *line = gone_line_object(work->pages->pdata[i]);
        if (!desk_gone_line(store, work->now, line, error)) {
            return false;
        }
    }
    return true;
}

static bool withhold_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    unsigned again = 0;
    if (!change_story(store, work, error)) {
        return false;
    }
    if (work->found == 0) {
        return true;
    }
    g_autoptr(Story) story = story_read(store, work->id, error);
    return story != NULL && go_through_all(store, story, work->name, true, &again, error) &&
           desk_erase_withheld_floor(store, work->id, story->version, error) &&
           desk_erase_withheld_workings(store, work->id, story->version, error) &&
           desk_erase_withheld_rebase(store, work->id, work->revision, story->revision, error) &&
           forget_addresses(store, work, error) && tell_pages(store, work, error);
}

bool story_withhold(Store *store, const DeskSite *site, int64_t id, const WithheldName *name,
                    int64_t now, unsigned *found, GError **error)
{
    Work work = {.site = site, .name = name, .id = id, .now = now};
    unsigned any = 0;
    bool done = story_withheld_count(store, id, name, &any, error) &&
                (any == 0 || store_transact(store, withhold_body, &work, error));
    if (done) {
        *found = work.found;
    }
    g_free(work.body);
    g_clear_pointer(&work.pages, g_ptr_array_unref);
    return done;
}
