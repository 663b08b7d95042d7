/* `kolokol tool search`: a query against the files of search (paper/search_query.h). */
#include "base/error.h"
#include "main/newsroom_desk.h"
#include "main/tool.h"
#include "paper/search_query.h"
#include "paper/search_work.h"

#define MOST 100000

bool tool_search(CommandContext *context, GError **error)
{
    const char *text = command_option(context, "limit"), *language = context->arguments[0];
    int64_t limit = 10;
    if (text != NULL && !command_number(text, "--limit", &limit, error)) {
        return false;
    }
    if (limit < 1 || limit > MOST) {
        return command_usage(error, "--limit is 1 to %d", MOST);
    }
    g_auto(NewsroomDesk) desk = {0};
    bool changed = false;
    context->newsroom = newsroom_load(context->newsroom_dir, error);
    if (context->newsroom == NULL || !newsroom_desk_open(&desk, context->newsroom, error) ||
        newsroom_desk_language(&desk, language, error) == NULL) {
        return false;
    }
    g_autoptr(SearchWork) work = search_work_new(desk.store, NULL);
    if (!search_work_all(work, &changed, error)) {
        return false;
    }
    g_autoptr(GArray) hits =
        search_query(desk.store, language, context->arguments[1], (unsigned)limit, error);
    for (guint i = 0; hits != NULL && i < hits->len; i++) {
        int64_t story = 0;
        if (!search_doc_story(desk.store, language, g_array_index(hits, SearchHit, i).doc, &story,
                              error) ||
            !tool_print_story(context, desk.store, story, error)) {
            return false;
        }
    }
    return hits != NULL;
}
