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
    const char *from; /* the path of the story */
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
static const char *own_path(const char *url, const char *destination)
{
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    if (strncmp(destination, url, length) == 0 && destination[length] == '/') {
        return destination + length + 1;
    }
    return destination[0] == '/' && destination[1] != '/' ? destination + 1 : NULL;
}

/* "../20/ice.html" as it leads from the story (RFC 3986, 5.2); NULL for what is not relative to it.
 */
static char *from_story(const Resolve *resolve, const char *destination)
{
    if (*destination == '/' || *destination == '?') {
        return NULL;
    }
    g_autofree char *scheme = g_uri_parse_scheme(destination);
    g_autofree char *story = paper_address(resolve->page->run, resolve->from);
    return scheme != NULL
               ? NULL
               : g_uri_resolve_relative(story, destination,
                                        G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
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
    const char *url = resolve->page->run->url;
    g_autofree char *led = from_story(resolve, destination);
    const char *path = own_path(url, led != NULL ? led : destination);
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

/* `pictures`: else none is shown. */
static bool render(PaperPage *page, const PaperBody *body, const char *base, bool pictures,
                   PaperPictureUse use, SafeHtml *html, GError **error)
{
    Resolve resolve = {.page = page, .base = base, .from = body->from, .use = use};
    SanitiseResolver resolver = {
        .picture = pictures ? resolve_picture : NULL, .link = resolve_link, .data = &resolve};
    MarkdownOptions options = {
        .language = page->language, .resolver = &resolver, .scope = body->scope};
    size_t length = strlen(body->text);
    bool done = body->format == STORY_HTML
                    ? sanitise_html(body->text, length, &resolver, html, error)
                    : markdown_render(body->text, length, &options, html, error);
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

bool paper_body(PaperPage *page, const PaperBody *body, SafeHtml *html, GError **error)
{
    return render(page, body, page->root, true, PAPER_PICTURE_FIGURE, html, error);
}

bool paper_body_absolute(PaperPage *page, const PaperBody *body, SafeHtml *html, GError **error)
{
    g_autofree char *base = paper_address(page->run, "");
    return render(page, body, base, true, PAPER_PICTURE_PLAIN, html, error);
}

bool paper_body_bare(PaperPage *page, const PaperBody *body, SafeHtml *html, GError **error)
{
    g_autofree char *base = paper_address(page->run, "");
    return render(page, body, base, false, PAPER_PICTURE_PLAIN, html, error);
}
