/*
 * The story page (DESIGN 1): kinds story, opinion, live and page. The body's markup is body.c; what
 * a live story has besides is live_page.c. Reads story:ID, group:GID, the records of its section,
 * topics, authors and pictures.
 */
#include "paper/story_page.h"
#include "base/error.h"
#include "desk/correction.h"
#include "desk/section.h"
#include "desk/topic.h"
#include "paper/body.h"
#include "paper/byline.h"
#include "paper/card.h"
#include "paper/corrections.h"
#include "paper/kinds.h"
#include "paper/live.h"
#include "paper/machine_record.h"
#include "paper/read_more.h"
#include "paper/text_page.h"
#include "theme/strings.h"

/* What most of the functions here work on. */
typedef struct {
    PaperPage page;
    const Story *story;
    const StoryCard *card;
    const StoryDraft *draft; /* what the page is made of instead of what is stored, or NULL */
    Value *map;
} StoryPage;

/* A draft may name topics that there are not yet. */
static char *topic_name(const StoryPage *at, unsigned place, GError **error)
{
    if (at->draft != NULL) {
        return g_strdup(at->draft->topics[place]);
    }
    g_autoptr(Topic) topic =
        topic_read(at->page.store, at->story->language, at->story->topics[place], error);
    return topic == NULL ? NULL : g_strdup(topic->name);
}

static bool fill_topics(StoryPage *at, GError **error)
{
    char **topics = at->story->topics;
    Value *list = value_set_list(at->map, "topics");
    for (char **slug = topics; *slug != NULL; slug++) {
        g_autofree char *input = g_strdup_printf("topic:%s/%s", at->story->language, *slug);
        g_autofree char *path = g_strdup_printf(
            "%stopic/%s/index.html", paper_prefix(at->page.run, at->story->language), *slug);
        press_page_read(at->page.press, input);
        g_autofree char *name = topic_name(at, (unsigned)(slug - topics), error);
        if (name == NULL) {
            return false;
        }
        Value *item = value_append_map(list);
        value_set_text(item, "name", name);
        paper_set_url(&at->page, item, "url", path);
    }
    return true;
}

static void add_share(Value *list, const char *name, const char *before, const char *address)
{
    Value *item = value_append_map(list);
    g_autofree char *escaped = g_uri_escape_string(address, NULL, false);
    g_autofree char *url = g_strconcat(before, escaped, NULL);
    value_set_text(item, "name", name);
    value_set_text(item, "url", url);
}

/* Plain links to what carries stories further; the address is the main host's. */
static void fill_share(StoryPage *at)
{
    g_autofree char *address = paper_address(at->page.run, at->story->path);
    Value *list = value_set_list(at->map, "share");
    add_share(list, strings_get(at->page.language, "share_mail"), "mailto:?body=", address);
    add_share(list, "Telegram", "https://t.me/share/url?url=", address);
    add_share(list, "Mastodon", "https://share.joinmastodon.org/#text=", address);
}

static bool fill_corrections(StoryPage *at, GError **error)
{
    g_autoptr(GPtrArray) corrections = correction_of_story(at->page.store, at->story->id, error);
    Value *list = value_set_list(at->map, "corrections");
    for (guint i = 0; corrections != NULL && i < corrections->len; i++) {
        const Correction *correction = corrections->pdata[i];
        Value *item = value_append_map(list);
        paper_set_dated(&at->page, item, correction->created, true);
        value_set_text(item, "text", correction->text);
    }
    return corrections != NULL;
}

/* Translations as links, and all of the group as rel=alternate. */
static bool fill_translations(StoryPage *at, GError **error)
{
    g_autofree char *input = g_strdup_printf("group:%" G_GINT64_FORMAT, at->story->group);
    press_page_read(at->page.press, input);
    g_autoptr(GPtrArray) group =
        story_group(at->page.store, at->story->group, at->page.as_of, error);
    if (group == NULL) {
        return false;
    }
    Value *list = value_set_list(at->map, "translations");
    g_autoptr(GPtrArray) languages = g_ptr_array_new();
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (guint i = 0; i < group->len; i++) {
        const StoryCard *other = group->pdata[i];
        if (!paper_has_language(at->page.press, other->language)) {
            continue; /* dropped from the site: it has no page */
        }
        g_ptr_array_add(languages, other->language);
        g_ptr_array_add(paths, other->path);
        if (other->id != at->story->id) {
            Value *item = value_append_map(list);
            g_autofree char *name = language_name(other->language);
            value_set_text(item, "lang", other->language);
            value_set_text(item, "name", name);
            paper_set_url(&at->page, item, "url", other->path);
        }
    }
    machine_fill_alternates(&at->page, (const char *const *)languages->pdata,
                            (const char *const *)paths->pdata, paths->len);
    return true;
}

static bool fill_body(StoryPage *at, GError **error)
{
    g_autofree char *text = at->draft == NULL ? NULL : g_strdup(at->draft->body);
    StoryFormat format = at->story->format;
    g_auto(SafeHtml) html = {0};
    if (text == NULL && !story_text(at->page.store, at->story->id, &text, &format, error)) {
        return false;
    }
    PaperBody body = {.text = text, .format = format, .from = at->story->path};
    if (!paper_body(&at->page, &body, &html, error)) {
        return false;
    }
    value_set_html(at->map, "body", &html);
    return true;
}

static bool fill_story(StoryPage *at, GError **error)
{
    const Story *story = at->story;
    value_set_text(at->map, "headline", story->headline);
    value_set_text(at->map, "standfirst", *story->standfirst == '\0' ? NULL : story->standfirst);
    value_set_bool(at->map, "opinion", story->kind == STORY_KIND_OPINION);
    paper_set_date(&at->page, at->map, "published", story->published, true);
    if (story->updated > story->published) {
        paper_set_date(&at->page, at->map, "updated", story->updated, true);
    }
    paper_fill_byline(&at->page, at->map, "byline_html", at->card);
    fill_share(at);
    value_set_text(at->map, "agency", *story->agency == '\0' ? NULL : story->agency);
    paper_fill_section(&at->page, at->map, "label", at->card);
    return fill_topics(at, error) && fill_corrections(at, error) && fill_translations(at, error) &&
           fill_body(at, error) &&
           (story->photo == 0 ||
            paper_fill_photo(&at->page, at->map, "photo", story->photo, story->alt, story->caption,
                             story->credit, PAPER_PICTURE_LEAD, error));
}

static const char *template_of(StoryKind kind)
{
    return kind == STORY_KIND_PAGE ? "page" : kind == STORY_KIND_LIVE ? "live" : "story";
}

/* The blocks that belong to stories stand in the frame under their names. */
static void take_blocks(StoryPage *at)
{
    static const char *const blocks[] = {"newsletter", "letter", "form"};
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++) {
        const Value *block = value_get(at->page.values, blocks[i]);
        if (block != NULL) {
            value_set(at->map, blocks[i], block);
        }
    }
}

static void story_page_clear(StoryPage *at)
{
    paper_page_clear(&at->page);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoryPage, story_page_clear)

/* What search engines and messengers are told. */
static bool fill_machines(StoryPage *at, GError **error)
{
    g_auto(MachineRecord) record = {0};
    return machine_record_make(&at->page, at->card, &record, error) &&
           machine_record_fill(&at->page, &record, error);
}

static bool fill_all(StoryPage *at, GError **error)
{
    const Story *story = at->story;
    g_autofree char *text = paper_text_path(story->path);
    at->map = value_set_map(at->page.values, "story");
    paper_set_url(&at->page, at->page.values, "text_url", text);
    paper_set_head(&at->page, story->headline, story->standfirst);
    if (!fill_story(at, error) ||
        (story->kind == STORY_KIND_LIVE && !paper_fill_live(&at->page, at->map, story, error))) {
        return false;
    }
    take_blocks(at);
    if (paper_is_corrections(at->page.run, story) &&
        !paper_fill_corrections(&at->page, PAPER_CORRECTIONS, error)) {
        return false;
    }
    return story->kind == STORY_KIND_PAGE ||
           (fill_machines(at, error) && paper_fill_related(&at->page, at->map, story, error));
}

bool paper_render_story(PressPage *press, const Story *story, const StoryDraft *draft,
                        GError **error)
{
    int64_t ages = story->published + PAPER_FRAME_RECENT;
    bool plain = story->kind == STORY_KIND_PAGE;
    bool standing = !plain && press_page_as_of(press) >= ages;
    g_autoptr(StoryCard) card = draft != NULL ? NULL
                                              : story_card(press_page_store(press), story->id,
                                                           press_page_as_of(press), error);
    g_auto(StoryPage)
        at = {.story = story, .card = draft != NULL ? draft->card : card, .draft = draft};
    if (at.card == NULL || !paper_page_begin(&at.page, press, template_of(story->kind),
                                             story->language, story->path, standing, error)) {
        return false;
    }
    if (!plain) {
        press_page_boundary(press, ages);
    }
    return fill_all(&at, error) && paper_page_end(&at.page, story->published, error);
}

static bool render(PressPage *press, const char *key, GError **error)
{
    g_autoptr(Story) story = NULL;
    if (!paper_visible_story(press, key, &story, error)) {
        return false;
    }
    if (story == NULL) {
        return true;
    }
    return paper_render_story(press, story, NULL, error);
}

static bool keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    for (int64_t after = 0;;) {
        g_autoptr(GArray) ids = story_ids_after(store, after, 1000, error);
        if (ids == NULL || ids->len == 0) {
            return ids != NULL;
        }
        for (guint i = 0; i < ids->len; i++) {
            after = g_array_index(ids, int64_t, i);
            g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, after);
            if (!take(key, after, data, error)) {
                return false;
            }
        }
    }
}

static const char *const created_by[] = {"story", NULL};
const PressKind paper_story = {.name = "story",
                               .wave = PRESS_WAVE_NEWS,
                               .created_by = created_by,
                               .keys = keys,
                               .render = render,
                               .budgeted = true,
                               .help = "a story, opinion, live story or plain page"};
