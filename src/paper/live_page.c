/* Live stories: live.h. The rest of their page is story_page.c. */
#include "paper/live.h"

#include "base/error.h"
#include "base/moment.h"
#include "desk/live.h"
#include "paper/body.h"
#include "paper/kinds.h"
#include "paper/text_page.h"
#include "theme/dates.h"

#include <string.h>

/* Where each part ends, as counts of entries from the oldest: elements guint. The last two chunks
 * are the page's own. */
static GArray *part_ends(const GPtrArray *newest_first)
{
    GArray *ends = g_array_new(FALSE, FALSE, sizeof(guint));
    size_t size = 0;
    for (guint i = 0; i < newest_first->len; i++) {
        const LiveEntry *entry = newest_first->pdata[newest_first->len - 1 - i];
        size += strlen(entry->headline) + strlen(entry->body);
        if (size > LIVE_CHUNK) {
            guint end = i + 1;
            g_array_append_val(ends, end);
            size = 0;
        }
    }
    bool open = ends->len > 0 && g_array_index(ends, guint, ends->len - 1) < newest_first->len;
    guint own = open ? 1 : 2; /* whole chunks that stay on the page */
    g_array_set_size(ends, ends->len > own ? ends->len - own : 0);
    return ends;
}

static char *part_path(const Story *story, guint number)
{
    size_t length = strlen(story->path);
    const char *ending = g_str_has_suffix(story->path, ".html") ? ".html" : "";
    return g_strdup_printf("%.*s-part-%u.html", (int)(length - strlen(ending)), story->path,
                           number);
}

/* Entries of the story at `from`, from `first` up to `end` of the oldest, shown newest first. */
static bool fill_entries(PaperPage *page, const char *from, const GPtrArray *entries, guint first,
                         guint end, GError **error)
{
    Value *list = value_set_list(page->values, "entries");
    for (guint i = end; i > first; i--) {
        const LiveEntry *entry = entries->pdata[entries->len - i];
        g_autofree char *iso = moment_rfc3339(entry->time);
        g_autofree char *time =
            date_text(page->language, entry->time, page->run->zone, DATE_MOMENT);
        g_auto(SafeHtml) body = {0};
        PaperBody given = {
            .text = entry->body, .format = entry->format, .from = from, .scope = entry->anchor};
        if (!paper_body(page, &given, &body, error)) {
            return false;
        }
        Value *item = value_append_map(list);
        value_set_text(item, "anchor", entry->anchor);
        value_set_text(item, "iso", iso);
        value_set_text(item, "time_text", time);
        paper_set_clock(page, item, entry->time);
        value_set_text(item, "headline", *entry->headline == '\0' ? NULL : entry->headline);
        value_set_html(item, "body", &body);
    }
    return true;
}

/* A part is called by the time of its newest entry. */
static void fill_parts(PaperPage *page, Value *map, const Story *story, const GPtrArray *entries,
                       const GArray *ends)
{
    Value *list = value_set_list(map, "parts");
    value_set_bool(map, "has_parts", ends->len > 0);
    for (guint number = ends->len; number > 0; number--) {
        const LiveEntry *newest =
            entries->pdata[entries->len - g_array_index(ends, guint, number - 1)];
        g_autofree char *path = part_path(story, number);
        g_autofree char *name =
            date_text(page->language, newest->time, page->run->zone, DATE_MOMENT);
        Value *item = value_append_map(list);
        value_set_text(item, "name", name);
        paper_set_url(page, item, "url", path);
    }
}

bool paper_fill_live(PaperPage *page, Value *map, const Story *story, GError **error)
{
    g_autoptr(GPtrArray) entries = live_list(page->store, story->id, error);
    if (entries == NULL) {
        return false;
    }
    g_autoptr(GArray) ends = part_ends(entries);
    guint first = ends->len == 0 ? 0 : g_array_index(ends, guint, ends->len - 1);
    fill_parts(page, page->values, story, entries, ends);
    return fill_entries(page, story->path, entries, first, entries->len, error);
}

/* A part of a story: its entries and where among them, from the oldest, it begins and ends. */
typedef struct {
    const Story *story;
    char *path;
    GPtrArray *entries;
    guint first, end;
} Part;

static void part_clear(Part *part)
{
    g_free(part->path);
    g_clear_pointer(&part->entries, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Part, part_clear)

/* *path stays NULL (and true is returned) if the story has no such part. */
static bool part_read(PressPage *press, const Story *story, guint number, Part *part,
                      GError **error)
{
    part->story = story;
    part->entries = live_list(press_page_store(press), story->id, error);
    if (part->entries == NULL) {
        return false;
    }
    g_autoptr(GArray) ends = part_ends(part->entries);
    if (number >= 1 && number <= ends->len) {
        part->path = part_path(story, number);
        part->first = number == 1 ? 0 : g_array_index(ends, guint, number - 2);
        part->end = g_array_index(ends, guint, number - 1);
    }
    return true;
}

static bool render_part(PressPage *press, const Part *part, GError **error)
{
    g_auto(PaperPage) page = {0};
    const Story *story = part->story;
    const char *path = part->path;
    if (!paper_page_begin(&page, press, "live-part", story->language, path, false, error)) {
        return false;
    }
    Value *map = value_set_map(page.values, "story");
    paper_set_head(&page, story->headline, NULL);
    value_set_text(map, "headline", story->headline);
    paper_set_url(&page, map, "url", story->path);
    g_autofree char *text = paper_text_path(path);
    paper_set_url(&page, page.values, "text_url", text);
    return fill_entries(&page, story->path, part->entries, part->first, part->end, error) &&
           paper_page_end(&page, story->published, error);
}

static bool render_part_text(PressPage *press, const Part *part, GError **error)
{
    g_auto(PaperPage) page = {0};
    g_autofree char *path = paper_text_path(part->path);
    if (!paper_text_begin(&page, press, part->story->language, path, error)) {
        return false;
    }
    GString *out = page.run->out;
    g_string_append_printf(out, "%s\n", part->story->headline);
    for (guint i = part->end; i > part->first; i--) {
        if (!paper_text_entry(&page, part->story->path,
                              part->entries->pdata[part->entries->len - i], error)) {
            return false;
        }
    }
    paper_text_source(&page, part->story->path);
    return press_page_set(press, path, out->str, out->len, part->story->published, error);
}

/* Key "12/1": the first part of story 12. */
static bool render_key(PressPage *press, const char *key,
                       bool (*make)(PressPage *press, const Part *part, GError **error),
                       GError **error)
{
    g_auto(GStrv) parts = paper_key(key, 2);
    if (parts == NULL) {
        return true;
    }
    g_autoptr(Story) story = NULL;
    if (!paper_visible_story(press, parts[0], &story, error)) {
        return false;
    }
    if (story == NULL || story->kind != STORY_KIND_LIVE) {
        return true;
    }
    g_auto(Part) part = {0};
    return part_read(press, story, (guint)g_ascii_strtoull(parts[1], NULL, 10), &part, error) &&
           (part.path == NULL || make(press, &part, error));
}

static bool render(PressPage *press, const char *key, GError **error)
{
    return render_key(press, key, render_part, error);
}

static bool render_text(PressPage *press, const char *key, GError **error)
{
    return render_key(press, key, render_part_text, error);
}

/* A touch of a story can call all its parts into being. */
static bool expand(Store *store, void *run, int64_t as_of, const char *key, PressKeyTaker take,
                   void *data, GError **error)
{
    int64_t id = g_ascii_strtoll(key, NULL, 10);
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = story_read(store, id, &reason);
    if (story == NULL || story->kind != STORY_KIND_LIVE) {
        if (story != NULL || g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    g_autoptr(GPtrArray) entries = live_list(store, id, error);
    if (entries == NULL) {
        return false;
    }
    g_autoptr(GArray) ends = part_ends(entries);
    for (guint number = 1; number <= ends->len; number++) {
        g_autofree char *part = g_strdup_printf("%" G_GINT64_FORMAT "/%u", id, number);
        if (!take(part, story->published, data, error)) {
            return false;
        }
    }
    return true;
}

static bool take_story(const char *key, int64_t newness, void *data, GError **error)
{
    void **all = data;
    PressKeyTaker *take = all[0];
    return expand(all[2], NULL, *(int64_t *)all[3], key, *take, all[1], error);
}

static bool keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    void *all[] = {&take, data, store, &as_of};
    return paper_story.keys(store, run, as_of, take_story, all, error);
}

static const char *const created_by[] = {"story", NULL};
const PressKind paper_live_part = {.name = "live-part",
                                   .wave = PRESS_WAVE_NEWS,
                                   .created_by = created_by,
                                   .keys = keys,
                                   .render = render,
                                   .expand = expand,
                                   .help = "older entries of a live story"};
const PressKind paper_text_live_part = {.name = "text-live-part",
                                        .wave = PRESS_WAVE_NEWS,
                                        .created_by = created_by,
                                        .keys = keys,
                                        .render = render_text,
                                        .expand = expand,
                                        .help = "older entries of a live story as plain text"};
