/*
 * The search page of each language (search/index.html) and the index files beside it
 * (search/a7/12.bin). Files are stored state (search_tables.h), made by search_work.c; here they
 * only become pages. Without script, and as text, the page offers sections, the topics of the
 * newest stories and the archive.
 */
#include "desk/topic.h"
#include "paper/kinds.h"
#include "paper/search_tables.h"
#include "paper/shelf.h"
#include "paper/text_page.h"
#include "theme/embedded.h"
#include "theme/strings.h"

#include <string.h>

#define NAMES  200u
#define TOPICS 40u

static bool render_file(PressPage *press, const char *key, GError **error)
{
    g_autofree char *input = g_strconcat("search:", key, NULL);
    const char *slash = strchr(key, '/');
    g_autofree char *language = slash == NULL ? NULL : g_strndup(key, (size_t)(slash - key));
    GError *failed = NULL;
    press_page_read(press, input);
    if (language == NULL || !paper_has_language(press, language)) {
        return true;
    }
    g_autoptr(GBytes) bytes =
        search_file_read(press_page_store(press), language, slash + 1, &failed);
    if (failed != NULL) {
        g_propagate_error(error, failed);
        return false;
    }
    if (bytes == NULL) {
        return true; /* the index has no such file any more */
    }
    g_autofree char *path = g_strdup_printf(
        "%ssearch/%s.bin", paper_prefix(press_page_run(press), language), slash + 1);
    size_t length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return press_page_set(press, path, data, length, 0, error);
}

static bool keys_of(Store *store, const char *language, PressKeyTaker take, void *data,
                    GError **error)
{
    g_autofree char *after = g_strdup("");
    for (;;) {
        g_autoptr(GPtrArray) names = search_file_names(store, language, after, NAMES, error);
        if (names == NULL) {
            return false;
        }
        for (guint i = 0; i < names->len; i++) {
            g_autofree char *key = g_strconcat(language, "/", names->pdata[i], NULL);
            if (!take(key, 0, data, error)) {
                return false;
            }
        }
        if (names->len < NAMES) {
            return true;
        }
        g_free(after);
        after = g_strdup(names->pdata[names->len - 1]);
    }
}

static bool keys_files(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                       GError **error)
{
    for (char **language = ((const PaperRun *)run)->languages; *language != NULL; language++) {
        if (!keys_of(store, *language, take, data, error)) {
            return false;
        }
    }
    return true;
}

static void link_free(gpointer data)
{
    PaperLink *link = data;
    g_free(link->name);
    g_free(link->path);
    g_free(link);
}

static bool add_topic(PressPage *press, GPtrArray *topics, const char *language, const char *slug,
                      GError **error)
{
    g_autofree char *input = g_strdup_printf("topic:%s/%s", language, slug);
    press_page_read(press, input);
    g_autoptr(Topic) topic = topic_read(press_page_store(press), language, slug, error);
    if (topic == NULL) {
        return false;
    }
    PaperLink *link = g_new0(PaperLink, 1);
    link->name = g_strdup(topic->name);
    link->path = g_strdup_printf("%stopic/%s/index.html",
                                 paper_prefix(press_page_run(press), language), slug);
    g_ptr_array_add(topics, link);
    return true;
}

/* Topics of the newest stories, each once, in the order of the stories. Elements PaperLink. */
static GPtrArray *read_topics(PressPage *press, const char *language, GError **error)
{
    g_autofree char *all = g_strconcat("list:all/", language, NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(press, all, PAPER_LIST, error);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) topics = g_ptr_array_new_with_free_func(link_free);
    for (guint i = 0; cards != NULL && i < cards->len; i++) {
        int64_t id = ((const StoryCard *)cards->pdata[i])->id;
        g_autofree char *input = g_strdup_printf("story:%" G_GINT64_FORMAT, id);
        press_page_read(press, input);
        g_autoptr(Story) story = story_read(press_page_store(press), id, error);
        if (story == NULL) {
            return NULL;
        }
        for (char **slug = story->topics; *slug != NULL; slug++) {
            if (topics->len < TOPICS && g_hash_table_add(seen, g_strdup(*slug)) &&
                !add_topic(press, topics, language, *slug, error)) {
                return NULL;
            }
        }
    }
    return cards == NULL ? NULL : g_steal_pointer(&topics);
}

static GArray *read_years(PressPage *press, const char *language, GError **error)
{
    g_autofree char *input = g_strconcat("count:years/", language, NULL);
    return paper_read_counts(press, input, error);
}

static bool fill_topics(PaperPage *page, GError **error)
{
    g_autoptr(GPtrArray) topics = read_topics(page->press, page->language, error);
    Value *list = value_set_list(page->values, "topics");
    for (guint i = 0; topics != NULL && i < topics->len; i++) {
        const PaperLink *topic = topics->pdata[i];
        Value *item = value_append_map(list);
        value_set_text(item, "name", topic->name);
        paper_set_url(page, item, "url", topic->path);
    }
    value_set_bool(page->values, "has_topics", topics != NULL && topics->len > 0);
    return topics != NULL;
}

static bool fill_years(PaperPage *page, GError **error)
{
    g_autoptr(GArray) years = read_years(page->press, page->language, error);
    if (years == NULL) {
        return false;
    }
    paper_fill_counts(page, "years", years, paper_prefix(page->run, page->language), true);
    value_set_bool(page->values, "has_years", years->len > 0);
    return true;
}

static bool set_script(PaperPage *page, GError **error)
{
    const EmbeddedFile *script = embedded_read("theme/search.js");
    g_autofree char *name = NULL;
    if (!press_page_read_global(page->press, "script:search", error) ||
        !press_page_object_bytes(page->press, "js", script->bytes, script->length, &name, error)) {
        return false;
    }
    paper_set_url(page, page->values, "script", name);
    return true;
}

static bool render_page(PressPage *press, const char *language, GError **error)
{
    if (!paper_has_language(press, language)) {
        return true;
    }
    g_auto(PaperPage) page = {0};
    g_autofree char *path =
        g_strconcat(paper_prefix(press_page_run(press), language), "search/index.html", NULL);
    if (!paper_page_begin(&page, press, "search", language, path, false, error)) {
        return false;
    }
    g_autofree char *text = paper_text_path(path);
    paper_set_url(&page, page.values, "text_url", text);
    paper_set_head(&page, strings_get(language, "search"), NULL);
    return set_script(&page, error) && fill_topics(&page, error) && fill_years(&page, error) &&
           paper_page_end(&page, 0, error);
}

static void add_links(const PaperPage *page, const char *heading, const GPtrArray *links)
{
    if (links->len > 0) {
        paper_text_heading(page, strings_get(page->language, heading), NULL);
    }
    for (guint i = 0; i < links->len; i++) {
        const PaperLink *link = links->pdata[i];
        g_autofree char *path = paper_text_path(link->path);
        paper_text_link(page, link->name, path);
    }
}

/* What the page offers without script. */
static bool render_text(PressPage *press, const char *language, GError **error)
{
    g_auto(PaperPage) page = {0};
    if (!paper_has_language(press, language)) {
        return true;
    }
    const char *prefix = paper_prefix(press_page_run(press), language);
    g_autofree char *html = g_strconcat(prefix, "search/index.html", NULL);
    g_autofree char *path = paper_text_path(html);
    g_autoptr(GPtrArray) topics = read_topics(press, language, error);
    g_autoptr(GArray) years = topics == NULL ? NULL : read_years(press, language, error);
    if (years == NULL || !paper_text_begin(&page, press, language, path, error)) {
        return false;
    }
    paper_text_heading(&page, strings_get(language, "search"),
                       strings_get(language, "search_text"));
    add_links(&page, "sections", page.frame->menu);
    add_links(&page, "search_topics", topics);
    if (years->len > 0) {
        paper_text_heading(&page, strings_get(language, "archive"), NULL);
    }
    paper_text_dates(&page, years, prefix, true);
    paper_text_source(&page, html);
    return paper_text_end(&page, 0, error);
}

static const char *const by_file[] = {"search", NULL};
const PressKind paper_search_file = {.name = "search-file",
                                     .wave = PRESS_WAVE_REST,
                                     .created_by = by_file,
                                     .keys = keys_files,
                                     .render = render_file,
                                     .help = "a file of the search index"};
const PressKind paper_search = {.name = "search",
                                .wave = PRESS_WAVE_REST,
                                .fixed = true,
                                .keys = paper_keys_languages,
                                .render = render_page,
                                .help = "the search page of a language"};
const PressKind paper_text_search = {.name = "text-search",
                                     .wave = PRESS_WAVE_REST,
                                     .fixed = true,
                                     .keys = paper_keys_languages,
                                     .render = render_text,
                                     .help = "what the search page offers, as plain text"};
