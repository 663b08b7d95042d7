/* Pictures of a text that are not there: story_pictures.h. The renderer itself says which. */
#include "desk/story_pictures.h"

#include "base/error.h"
#include "desk/media.h"
#include "text/markdown.h"

#include <string.h>

typedef struct {
    Store *store;
    GPtrArray *missing;
    GError *error; /* the store's */
} Look;

static bool is_there(const char *destination, SanitisePicture *picture, void *data)
{
    Look *look = data;
    g_autoptr(GError) reason = NULL;
    int64_t id = g_str_has_prefix(destination, "media:")
                     ? g_ascii_strtoll(destination + strlen("media:"), NULL, 10)
                     : 0;
    g_autoptr(Media) media =
        id > 0 && look->error == NULL ? media_read(look->store, id, &reason) : NULL;
    if (reason != NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        look->error = g_steal_pointer(&reason);
    }
    if (media != NULL) {
        picture->url = g_strdup(destination);
    }
    return media != NULL;
}

static void take(SanitiseNotice notice, const char *what, void *data)
{
    const Look *look = data;
    guint at = 0;
    if (notice == SANITISE_PICTURE_MISSING && look->missing->len < STORY_PICTURES_MOST &&
        !g_ptr_array_find_with_equal_func(look->missing, what, g_str_equal, &at)) {
        g_ptr_array_add(look->missing, g_strdup(what));
    }
}

bool story_pictures_missing(Store *store, const char *text, StoryFormat format, GPtrArray *missing,
                            GError **error)
{
    Look look = {.store = store, .missing = missing};
    SanitiseResolver resolver = {.picture = is_there, .notice = take, .data = &look};
    MarkdownOptions options = {.resolver = &resolver};
    g_auto(SafeHtml) html = {0};
    bool has = strstr(text, "![") != NULL || strcasestr(text, "<img") != NULL;
    bool done = !has || (format == STORY_HTML
                             ? sanitise_html(text, strlen(text), &resolver, &html, error)
                             : markdown_render(text, strlen(text), &options, &html, error));
    if (look.error != NULL) {
        g_clear_error(error);
        g_propagate_error(error, look.error);
        return false;
    }
    return done;
}
