/*
 * The search page of each language (search/index.html) and the index files beside it
 * (search/a7/12.bin). Files are stored state (search_tables.h), made by search_work.c; here they
 * only become pages. Without script the page offers sections, the topics of the newest stories and
 * the archive.
 */
#include "desk/story_count.h"
#include "desk/topic.h"
#include "paper/kinds.h"
#include "paper/search_tables.h"
#include "paper/shelf.h"
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

static bool add_topic(PaperPage *page, Value *list, const char *slug, GError **error)
{
    g_autofree char *input = g_strdup_printf("topic:%s/%s", page->language, slug);
    g_autofree char *path =
        g_strdup_printf("%stopic/%s/index.html", paper_prefix(page->run, page->language), slug);
    press_page_read(page->press, input);
    g_autoptr(Topic) topic = topic_read(page->store, page->language, slug, error);
    if (topic == NULL) {
        return false;
    }
    Value *item = value_append_map(list);
    value_set_text(item, "name", topic->name);
    paper_set_url(page, item, "url", path);
    return true;
}

/* Topics of the newest stories, each once, in the order of the stories. */
static bool fill_topics(PaperPage *page, GError **error)
{
    g_autofree char *all = g_strconcat("list:all/", page->language, NULL);
    g_autoptr(GPtrArray) cards = paper_read_list(page->press, all, PAPER_LIST, error);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Value *list = value_set_list(page->values, "topics");
    for (guint i = 0; cards != NULL && i < cards->len; i++) {
        int64_t id = ((const StoryCard *)cards->pdata[i])->id;
        g_autofree char *input = g_strdup_printf("story:%" G_GINT64_FORMAT, id);
        press_page_read(page->press, input);
        g_autoptr(Story) story = story_read(page->store, id, error);
        if (story == NULL) {
            return false;
        }
        for (char **slug = story->topics; *slug != NULL; slug++) {
            if (g_hash_table_size(seen) < TOPICS && g_hash_table_add(seen, g_strdup(*slug)) &&
                !add_topic(page, list, *slug, error)) {
                return false;
            }
        }
    }
    value_set_bool(page->values, "has_topics", g_hash_table_size(seen) > 0);
    return cards != NULL;
}

static bool fill_years(PaperPage *page, GError **error)
{
    g_autofree char *input = g_strconcat("count:years/", page->language, NULL);
    g_autoptr(GArray) years = NULL;
    press_page_read(page->press, input);
    if (!story_counts_read(page->store, input, page->as_of, &years, error)) {
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
    paper_set_head(&page, strings_get(language, "search"), NULL);
    return set_script(&page, error) && fill_topics(&page, error) && fill_years(&page, error) &&
           paper_page_end(&page, 0, error);
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
