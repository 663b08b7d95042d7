/* Beginning and ending a page: page_base.h. What stands between is in the files of the page kinds.
 */
#include "paper/page_base.h"

#include "base/error.h"
#include "base/moment.h"
#include "desk/story_count.h"
#include "desk/story_list.h"
#include "text/no_break.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <string.h>

/* "../" for each directory of the path. */
static char *root_of(const char *path)
{
    GString *root = g_string_new(NULL);
    for (; *path != '\0'; path++) {
        if (*path == '/') {
            g_string_append(root, "../");
        }
    }
    return g_string_free(root, FALSE);
}

/* "/", or what stands behind the host in the newspaper's address: "/paper/". */
static char *root_of_site(const PaperRun *run)
{
    g_autofree char *address = paper_address(run, "");
    const char *host = strstr(address, "://");
    const char *path = host == NULL ? NULL : strchr(host + strlen("://"), '/');
    return g_strdup(path == NULL ? "/" : path);
}

/* DESIGN 8: the policy stands in the page, so that it holds on any host. With the one script of a
 * page with forms, which it allows by its hash. */
static void set_policy(PaperPage *page, const ThemeStyle *style)
{
    g_autoptr(GString) policy = g_string_new("default-src 'none'; img-src 'self'; style-src ");
    g_string_append(policy, style->hash);
    g_string_append(policy, style->fonts->len > 0 ? "; font-src 'self'" : "");
    g_string_append(policy, "; script-src 'self'");
    const char *script = theme_script_hash(page->run->context->theme, page->template);
    if (script != NULL) {
        g_string_append_printf(policy, " %s", script);
        value_set_html(page->values, "inline_script",
                       theme_script(page->run->context->theme, page->template));
    }
    g_string_append(policy, "; connect-src 'self'; base-uri 'none'; form-action");
    g_auto(GStrv) urls = g_strsplit(page->run->forms_urls, ",", -1);
    for (char **url = urls; *url != NULL; url++) {
        g_string_append_printf(policy, " %s", g_strstrip(*url));
    }
    value_set_text(page->values, "policy", policy->str);
}

static bool set_style(PaperPage *page, GError **error)
{
    const ThemeStyle *style = theme_style(page->run->context->theme, page->template, page->root);
    for (guint i = 0; i < style->fonts->len; i++) {
        const ThemeFont *font = style->fonts->pdata[i];
        size_t length = 0;
        const char *bytes = g_bytes_get_data(font->bytes, &length);
        if (!press_page_object_named(page->press, font->path, bytes, length, error)) {
            return false;
        }
    }
    value_set_html(page->values, "style", &style->html);
    set_policy(page, style);
    return true;
}

/* `root` is taken. */
static bool begin(PaperPage *page, PressPage *press, const char *template, const char *language,
                  const char *path, char *root, bool standing, GError **error)
{
    PaperRun *run = press_page_run(press);
    PaperFrame *frame = paper_run_frame(run, language, standing);
    *page = (PaperPage){.press = press, .run = run, .frame = frame, .root = root};
    if (frame == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "the site has no language \"%s\"", language);
    }
    g_autofree char *template_input = g_strconcat("template:", template, NULL);
    g_autofree char *frame_input =
        g_strdup_printf("frame:%s/%s", language, standing ? "standing" : "recent");
    if (!press_page_read_global(press, template_input, error) ||
        !press_page_read_global(press, frame_input, error)) {
        return false;
    }
    page->store = press_page_store(press);
    page->as_of = press_page_as_of(press);
    page->template = template;
    page->language = g_strdup(language);
    page->path = g_strdup(path);
    value_arena_reset(run->page_arena);
    page->values = value_map_over(run->page_arena, paper_frame_values(run, frame, page->root));
    return set_style(page, error);
}

bool paper_page_begin(PaperPage *page, PressPage *press, const char *template, const char *language,
                      const char *path, bool standing, GError **error)
{
    return begin(page, press, template, language, path, root_of(path), standing, error);
}

bool paper_page_begin_anywhere(PaperPage *page, PressPage *press, const char *template,
                               const char *language, const char *path, GError **error)
{
    return begin(page, press, template, language, path, root_of_site(press_page_run(press)), false,
                 error);
}

void paper_page_clear(PaperPage *page)
{
    g_clear_pointer(&page->language, g_free);
    g_clear_pointer(&page->path, g_free);
    g_clear_pointer(&page->root, g_free);
}

bool paper_page_end(PaperPage *page, int64_t newness, GError **error)
{
    GString *out = page->run->out;
    g_string_truncate(out, 0);
    if (!theme_render(page->run->context->theme, page->template, page->values, out, error)) {
        return false;
    }
    no_break_spaces(out, page->language);
    return press_page_set(page->press, page->path, out->str, out->len, newness, error);
}

bool paper_has_language(PressPage *press, const char *language)
{
    return paper_run_frame(press_page_run(press), language, false) != NULL;
}

bool paper_visible_story(PressPage *press, const char *id, Story **story, GError **error)
{
    g_autofree char *input = g_strconcat("story:", id, NULL);
    g_autoptr(GError) reason = NULL;
    press_page_read(press, input);
    g_autoptr(Story) found =
        story_read(press_page_store(press), g_ascii_strtoll(id, NULL, 10), &reason);
    if (found == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    bool seen = found != NULL && story_visible(found, press_page_as_of(press)) &&
                paper_has_language(press, found->language);
    *story = seen ? g_steal_pointer(&found) : NULL;
    return true;
}

void paper_set_url(PaperPage *page, Value *map, const char *key, const char *path)
{
    g_autofree char *url = g_strconcat(page->root, path, NULL);
    value_set_text(map, key, url);
}

void paper_set_date(PaperPage *page, Value *map, const char *key, int64_t moment, bool with_time)
{
    g_autofree char *iso = moment_rfc3339(moment);
    g_autofree char *text =
        date_text(page->language, moment, page->run->zone, with_time ? DATE_MOMENT : DATE_DAY);
    Value *date = value_set_map(map, key);
    value_set_text(date, "iso", iso);
    value_set_text(date, "text", text);
}

void paper_set_dated(PaperPage *page, Value *map, int64_t moment, bool with_time)
{
    g_autofree char *iso = moment_rfc3339(moment);
    g_autofree char *text =
        date_text(page->language, moment, page->run->zone, with_time ? DATE_MOMENT : DATE_DAY);
    value_set_text(map, "iso", iso);
    value_set_text(map, "text_date", text);
}

void paper_set_clock(PaperPage *page, Value *map, int64_t moment)
{
    GTimeZone *zone = page->run->zone;
    g_autofree char *day = date_text(page->language, moment, zone, DATE_SHORT);
    g_autofree char *hour = date_text(page->language, moment, zone, DATE_TIME);
    value_set_text(map, "day", day);
    value_set_text(map, "hour", hour);
}

void paper_set_head(PaperPage *page, const char *title, const char *description)
{
    const char *name = page->frame->name;
    g_autofree char *full =
        strcmp(title, name) == 0 ? g_strdup(name) : g_strdup_printf("%s – %s", title, name);
    g_autofree char *canonical = paper_address(page->run, page->path);
    value_set_text(page->values, "title", full);
    value_set_text(page->values, "description",
                   description != NULL && *description != '\0' ? description : NULL);
    value_set_text(page->values, "canonical", canonical);
}

GPtrArray *paper_read_list(PressPage *press, const char *list, unsigned limit, GError **error)
{
    GPtrArray *cards = NULL;
    if (!story_list_read(press_page_store(press), list, press_page_as_of(press), limit, &cards,
                         error)) {
        return NULL;
    }
    bool full = limit != 0 && cards->len == limit;
    const StoryCard *last = full ? cards->pdata[cards->len - 1] : NULL;
    press_page_read_list(press, list, full, full ? last->published : 0, full ? last->id : 0);
    return cards;
}

GArray *paper_read_counts(PressPage *press, const char *input, GError **error)
{
    GArray *counts = NULL;
    press_page_read(press, input);
    return story_counts_read(press_page_store(press), input, press_page_as_of(press), &counts,
                             error)
               ? counts
               : NULL;
}

char **paper_key(const char *key, unsigned parts)
{
    g_auto(GStrv) split = g_strsplit(key, "/", -1);
    return g_strv_length(split) == parts ? g_steal_pointer(&split) : NULL;
}
