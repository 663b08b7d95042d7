/* What an issue says: issue_content.h. Which stories those are is issue.c. */
#include "mail/issue_content.h"

#include "base/error.h"
#include "desk/story_list.h"
#include "text/json.h"
#include "text/plain.h"
#include "text/replace.h"
#include "theme/strings.h"

#include <string.h>

#define CONTENT_MAX    (512u * 1024)
#define STANDFIRST_MAX 400u /* characters */
#define SUBJECT_MAX    120u

typedef struct {
    char *headline, *standfirst, *byline, *path, *section;
} Item;

struct IssueContent {
    GPtrArray *items; /* of Item, the lead first, then section by section */
};

static void item_free(gpointer data)
{
    Item *item = data;
    g_free(item->headline);
    g_free(item->standfirst);
    g_free(item->byline);
    g_free(item->path);
    g_free(item->section);
    g_free(item);
}

static IssueContent *content_new(void)
{
    IssueContent *content = g_new0(IssueContent, 1);
    content->items = g_ptr_array_new_with_free_func(item_free);
    return content;
}

void issue_content_free(IssueContent *content)
{
    if (content != NULL) {
        g_ptr_array_unref(content->items);
        g_free(content);
    }
}

/* "By A and B", or the agency, or nothing. */
static char *byline_of(const StoryCard *card, const char *language)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        if (!byline->reporting) {
            g_ptr_array_add(names, byline->name);
        }
    }
    if (card->withheld) {
        g_ptr_array_add(names, (gpointer)(guintptr)strings_get(language, "withheld"));
    }
    if (names->len == 0) {
        return g_strdup(card->agency);
    }
    g_autofree char *joined = strings_join(language, (const char *const *)names->pdata, names->len);
    return strings_fill(language, "by", "names", joined, NULL);
}

static Item *item_of(const StoryCard *card, const char *language)
{
    Item *item = g_new0(Item, 1);
    *item = (Item){.headline = g_strdup(card->headline),
                   .standfirst = plain_excerpt(card->standfirst, STANDFIRST_MAX),
                   .byline = byline_of(card, language),
                   .path = g_strdup(card->path),
                   .section = g_strdup(card->section_name == NULL ? "" : card->section_name)};
    return item;
}

/* Those of the section of card `first` that come after it and stand nowhere yet. */
static void take_section(IssueContent *content, const GPtrArray *cards, guint count, guint first,
                         bool *taken, const char *language)
{
    const StoryCard *of = cards->pdata[first];
    for (guint i = first; i < count; i++) {
        const StoryCard *card = cards->pdata[i];
        if (!taken[i] && g_strcmp0(card->section, of->section) == 0) {
            g_ptr_array_add(content->items, item_of(card, language));
            taken[i] = true;
        }
    }
}

IssueContent *issue_content_of_cards(const GPtrArray *cards, const char *language)
{
    guint count = MIN(cards->len, ISSUE_STORIES);
    bool taken[ISSUE_STORIES] = {true};
    if (count == 0) {
        return NULL;
    }
    IssueContent *content = content_new();
    g_ptr_array_add(content->items, item_of(cards->pdata[0], language));
    for (guint i = 1; i < count; i++) {
        if (!taken[i]) {
            take_section(content, cards, count, i, taken, language);
        }
    }
    return content;
}

char *issue_content_write(const IssueContent *content)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_array(&json);
    for (guint i = 0; i < content->items->len; i++) {
        const Item *item = content->items->pdata[i];
        json_writer_open_object(&json);
        json_writer_text_member(&json, "headline", item->headline);
        json_writer_text_member(&json, "standfirst", item->standfirst);
        json_writer_text_member(&json, "byline", item->byline);
        json_writer_text_member(&json, "path", item->path);
        json_writer_text_member(&json, "section", item->section);
        json_writer_close(&json);
    }
    json_writer_close(&json);
    json_writer_finish(&json, NULL);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *member(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return g_strdup(text == NULL ? "" : text);
}

IssueContent *issue_content_read(const char *text, GError **error)
{
    g_autoptr(json_t) json =
        json_read_limited(text, strlen(text), CONTENT_MAX, 3, JSON_READ_STRICT, error);
    if (json == NULL || !json_is_array(json) || json_array_size(json) == 0) {
        if (json != NULL) {
            fail(error, KOLOKOL_ERROR_CORRUPT, "the content of an issue is no list of stories");
        }
        return NULL;
    }
    IssueContent *content = content_new();
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *object = json_array_get(json, i);
        Item *item = g_new0(Item, 1);
        *item = (Item){member(object, "headline"), member(object, "standfirst"),
                       member(object, "byline"), member(object, "path"), member(object, "section")};
        g_ptr_array_add(content->items, item);
    }
    return content;
}

const char *issue_content_lead(const IssueContent *content)
{
    return ((const Item *)content->items->pdata[0])->headline;
}

char *issue_content_subject(const IssueContent *content)
{
    return plain_excerpt(issue_content_lead(content), SUBJECT_MAX);
}

static void set_text(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text);
}

bool issue_content_forget(IssueContent *content, const GPtrArray *paths, const char *path,
                          const char *gone)
{
    bool changed = false;
    for (guint i = 0; i < content->items->len; i++) {
        Item *item = content->items->pdata[i];
        bool said = strcmp(item->headline, gone) == 0 && *item->standfirst == '\0' &&
                    *item->byline == '\0' && strcmp(item->path, path == NULL ? "" : path) == 0;
        if (said || *item->path == '\0' ||
            !g_ptr_array_find_with_equal_func((GPtrArray *)(uintptr_t)paths, item->path,
                                              g_str_equal, NULL)) {
            continue;
        }
        set_text(&item->headline, gone);
        set_text(&item->standfirst, "");
        set_text(&item->byline, "");
        set_text(&item->path, path == NULL ? "" : path);
        changed = true;
    }
    return changed;
}

bool issue_content_replace(IssueContent *content, const GPtrArray *names, const char *instead)
{
    unsigned count = 0;
    for (guint i = 0; i < content->items->len; i++) {
        Item *item = content->items->pdata[i];
        char **const texts[] = {&item->headline, &item->standfirst, &item->byline, &item->section};
        for (size_t j = 0; j < G_N_ELEMENTS(texts); j++) {
            char *replaced = text_replace_words(*texts[j], names, instead, &count);
            if (replaced != NULL) {
                g_free(*texts[j]);
                *texts[j] = replaced;
            }
        }
        g_autofree char *path = text_replace_words(item->path, names, "-", &count);
        if (path != NULL) {
            set_text(&item->path, "");
        }
    }
    return count > 0;
}

static void fill_item(const Item *item, Value *map, const char *root)
{
    g_autofree char *url = g_strconcat(root, item->path, NULL);
    value_set_text(map, "headline", item->headline);
    value_set_text(map, "standfirst", item->standfirst);
    value_set_text(map, "byline", item->byline);
    value_set_text(map, "url", url);
}

void issue_content_fill(const IssueContent *content, Value *map, const char *root)
{
    fill_item(content->items->pdata[0], value_set_map(map, "lead"), root);
    Value *sections = value_set_list(map, "sections");
    Value *stories = NULL;
    const char *section = NULL;
    for (guint i = 1; i < content->items->len; i++) {
        const Item *item = content->items->pdata[i];
        if (section == NULL || strcmp(section, item->section) != 0) {
            section = item->section;
            Value *map_of_section = value_append_map(sections);
            value_set_text(map_of_section, "name", section);
            stories = value_set_list(map_of_section, "stories");
        }
        fill_item(item, value_append_map(stories), root);
    }
}
