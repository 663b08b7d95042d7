/* Lists of corrections: corrections.h. Those that stand on a story's own page are story_page.c's.
 */
#include "paper/corrections.h"

#include "desk/correction.h"

#include <string.h>

char *paper_corrections_path(const PaperRun *run, const char *language)
{
    return g_strconcat(paper_prefix(run, language), "corrections.html", NULL);
}

bool paper_is_corrections(const PaperRun *run, const Story *story)
{
    g_autofree char *path = paper_corrections_path(run, story->language);
    return story->kind == STORY_KIND_PAGE && strcmp(path, story->path) == 0;
}

GPtrArray *paper_read_corrections(PaperPage *page, unsigned most, GError **error)
{
    g_autofree char *list = g_strconcat("list:corrections/", page->language, NULL);
    GPtrArray *corrections = NULL;
    if (!correction_list(page->store, page->language, page->as_of, most, &corrections, error)) {
        return NULL;
    }
    bool full = corrections->len == most;
    const Correction *last = full ? corrections->pdata[most - 1] : NULL;
    press_page_read_list(page->press, list, full, full ? last->created : 0, full ? last->id : 0);
    return corrections;
}

bool paper_fill_corrections(PaperPage *page, unsigned most, GError **error)
{
    g_autoptr(GPtrArray) corrections = paper_read_corrections(page, most, error);
    if (corrections == NULL) {
        return false;
    }
    value_set_bool(page->values, "has_corrections", corrections->len > 0);
    Value *items = value_set_list(page->values, "corrections");
    for (guint i = 0; i < corrections->len; i++) {
        const Correction *correction = corrections->pdata[i];
        Value *item = value_append_map(items);
        paper_set_dated(page, item, correction->created, false);
        value_set_text(item, "headline", correction->headline);
        value_set_text(item, "text", correction->text);
        paper_set_url(page, item, "url", correction->path);
    }
    return true;
}
