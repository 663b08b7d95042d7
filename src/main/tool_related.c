/* `kolokol tool related`: the related stories of one (paper/related.h). */
#include "base/clock.h"
#include "base/error.h"
#include "desk/story.h"
#include "main/newsroom.h"
#include "main/tool.h"
#include "paper/related.h"
#include "paper/related_work.h"

static bool read_limit(const CommandContext *context, unsigned *limit, GError **error)
{
    const char *text = command_option(context, "limit");
    int64_t number = RELATED_SHOW;
    if (text != NULL && !command_number(text, "--limit", &number, error)) {
        return false;
    }
    if (number < 1 || number > RELATED_MOST) {
        return command_usage(error, "--limit is 1 to %u", RELATED_MOST);
    }
    *limit = (unsigned)number;
    return true;
}

bool tool_related(CommandContext *context, GError **error)
{
    unsigned limit = 0;
    int64_t id = 0;
    if (!read_limit(context, &limit, error)) {
        return false;
    }
    g_autoptr(Newsroom) newsroom = newsroom_load(context->newsroom_dir, error);
    g_autoptr(Store) store = newsroom == NULL ? NULL : newsroom_store(newsroom, error);
    if (store == NULL || !story_find(store, context->arguments[0], &id, error)) {
        return false;
    }
    g_autoptr(RelatedWork) work = related_work_new(store);
    g_autoptr(Story) story = story_read(store, id, error);
    RelatedIndex index = {0};
    if (story == NULL || !related_work_all(work, NULL, NULL, error) ||
        !related_index(store, story->language, &index, error)) {
        return false;
    }
    g_autoptr(GArray) related = related_read(store, index.id, id, clock_now(), limit, error);
    for (guint i = 0; related != NULL && i < related->len; i++) {
        if (!tool_print_story(context, store, g_array_index(related, RelatedStory, i).story,
                              error)) {
            return false;
        }
    }
    return related != NULL;
}
