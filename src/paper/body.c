/* Bodies: body.h. Parsing and safety are text/markdown.c and text/sanitise.c; this knows where
 * things are. */
#include "paper/body.h"

#include "base/error.h"
#include "base/limits.h"
#include "desk/address.h"
#include "paper/picture.h"
#include "text/markdown.h"
#include "theme/strings.h"

#include <string.h>

#define FIGURE_SIZES "(min-width: 40rem) 40rem, 100vw" /* the column of text */

typedef struct {
    PaperPage *page;
    const char *base; /* stands before paths of the edition: "../../" or "https://paper.example/" */
    PaperPictureUse use;
    GError *error; /* the machine's, not the body's; stops the page */
} Resolve;

static bool resolve_picture(const char *destination, SanitisePicture *picture, void *data)
{
    Resolve *resolve = data;
    if (!g_str_has_prefix(destination, "media:") || resolve->error != NULL) {
        return false;
    }
    int64_t id = g_ascii_strtoll(destination + strlen("media:"), NULL, 10);
    g_auto(PaperPicture) forms = {0};
    g_autoptr(Media) media = NULL;
    if (!paper_picture(resolve->page, id, resolve->use, resolve->base, &forms, &media,
                       &resolve->error) ||
        forms.src == NULL) {
        return false;
    }
    *picture = (SanitisePicture){.url = g_steal_pointer(&forms.src),
                                 .width = (unsigned)forms.width,
                                 .height = (unsigned)forms.height};
    if (forms.count > 0) {
        picture->type = g_strdup(forms.sources[0].type);
        picture->srcset = g_steal_pointer(&forms.sources[0].srcset);
        picture->sizes = forms.sources[0].sized ? g_strdup(FIGURE_SIZES) : NULL;
    }
    return true;
}

/* The path of an address of this paper, "/2026/…" or with the site's own address; NULL for any
 * other. */
static const char *own_path(const Resolve *resolve, const char *destination)
{
    const char *url = resolve->page->run->url;
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    if (strncmp(destination, url, length) == 0 && destination[length] == '/') {
        return destination + length + 1;
    }
    return destination[0] == '/' && destination[1] != '/' ? destination + 1 : NULL;
}

static void record(PaperPage *page, const char *kind, const char *path)
{
    g_autofree char *input = g_strconcat(kind, path, NULL);
    press_page_read(page->press, input);
}

/* Does a story stand there, or does an old address of one, that readers may not see yet, or no
 * more? Its address may say what its headline does. Recorded either way: "at:PATH" is touched when
 * that changes for a story's own path, "path:PATH" when it does for an old one. */
static bool hidden(Resolve *resolve, const char *path)
{
    PaperPage *page = resolve->page;
    g_autofree char *at = address_page(path);
    if (at == NULL || strlen(at) > LIMIT_PATH || resolve->error != NULL) {
        return false;
    }
    record(page, "at:", at);
    record(page, "path:", at);
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = story_by_address(page->store, at, &reason);
    if (story == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        resolve->error = g_steal_pointer(&reason);
    }
    return story != NULL && !story_visible(story, page->as_of);
}

static char *resolve_link(const char *destination, void *data)
{
    Resolve *resolve = data;
    const char *path = own_path(resolve, destination);
    if (path == NULL) {
        return g_strdup(destination);
    }
    if (hidden(resolve, path)) {
        return NULL;
    }
    size_t length = strcspn(path, "?#");
    g_autofree char *bare = g_strndup(path, length);
    bool folder = length == 0 || path[length - 1] == '/';
    return g_strconcat(resolve->base, bare, folder ? "index.html" : "", path + length, NULL);
}

static bool render(PaperPage *page, const char *text, StoryFormat format, const char *scope,
                   const char *base, PaperPictureUse use, SafeHtml *html, GError **error)
{
    Resolve resolve = {.page = page, .base = base, .use = use};
    SanitiseResolver resolver = {
        .picture = resolve_picture, .link = resolve_link, .data = &resolve};
    MarkdownOptions options = {.language = page->language, .resolver = &resolver, .scope = scope};
    bool done = format == STORY_HTML ? sanitise_html(text, strlen(text), &resolver, html, error)
                                     : markdown_render(text, strlen(text), &options, html, error);
    if (resolve.error != NULL) {
        if (done) {
            safe_html_clear(html);
            g_propagate_error(error, resolve.error);
        } else {
            g_error_free(resolve.error);
        }
        return false;
    }
    return done;
}

bool paper_body(PaperPage *page, const char *text, StoryFormat format, const char *scope,
                SafeHtml *html, GError **error)
{
    return render(page, text, format, scope, page->root, PAPER_PICTURE_FIGURE, html, error);
}

bool paper_body_absolute(PaperPage *page, const char *text, StoryFormat format, SafeHtml *html,
                         GError **error)
{
    g_autofree char *base = paper_address(page->run, "");
    return render(page, text, format, NULL, base, PAPER_PICTURE_PLAIN, html, error);
}
