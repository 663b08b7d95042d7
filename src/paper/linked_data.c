/* JSON-LD: linked_data.h. The record is machine_record.c, JSON itself text/json.c. */
#include "paper/linked_data.h"

#include "base/moment.h"
#include "desk/live.h"
#include "paper/corrections.h"
#include "text/json.h"

#include <string.h>

static void moment_member(JsonWriter *json, const char *key, int64_t moment)
{
    g_autofree char *text = moment_rfc3339(moment);
    json_writer_text_member(json, key, text);
}

static void typed(JsonWriter *json, const char *key, const char *type)
{
    json_writer_key(json, key);
    json_writer_open_object(json);
    json_writer_text_member(json, "@type", type);
}

/* The page of corrections, if the footer has one. */
static char *corrections_url(const PaperPage *page)
{
    const PaperFrame *frame = paper_run_frame(page->run, page->language, false);
    g_autofree char *path = paper_corrections_path(page->run, page->language);
    for (guint i = 0; i < frame->footer->len; i++) {
        const PaperLink *link = frame->footer->pdata[i];
        if (strcmp(link->path, path) == 0) {
            return paper_address(page->run, path);
        }
    }
    return NULL;
}

static void newspaper_members(JsonWriter *json, const PaperPage *page)
{
    g_autofree char *path =
        g_strconcat(paper_prefix(page->run, page->language), "index.html", NULL);
    g_autofree char *home = paper_address(page->run, path);
    g_autofree char *corrections = corrections_url(page);
    json_writer_text_member(json, "name", page->frame->name);
    json_writer_text_member(json, "url", home);
    json_writer_text_member(json, "correctionsPolicy", corrections);
}

static void publisher(JsonWriter *json, const PaperPage *page)
{
    typed(json, "publisher", "NewsMediaOrganization");
    newspaper_members(json, page);
    json_writer_close(json);
}

static void author(JsonWriter *json, const char *type, const char *name, const char *url)
{
    json_writer_open_object(json);
    json_writer_text_member(json, "@type", type);
    json_writer_text_member(json, "name", name);
    json_writer_text_member(json, "url", url);
    json_writer_close(json);
}

/* Persons with their pages; else the agency, else the newspaper. A withheld name is the
 * newspaper's. */
static void authors(JsonWriter *json, const PaperPage *page, const StoryCard *card)
{
    json_writer_key(json, "author");
    json_writer_open_array(json);
    for (guint i = 0; i < card->bylines->len; i++) {
        const StoryByline *byline = card->bylines->pdata[i];
        g_autofree char *path = g_strdup_printf(
            "%sauthor/%s/index.html", paper_prefix(page->run, card->language), byline->slug);
        g_autofree char *url = paper_address(page->run, path);
        author(json, "Person", byline->name, url);
    }
    if (card->bylines->len == 0) {
        const char *name = *card->agency != '\0' ? card->agency : page->frame->name;
        author(json, "Organization", name, NULL);
    }
    json_writer_close(json);
}

static void image(JsonWriter *json, const MachineRecord *record)
{
    if (record->picture.src != NULL) {
        typed(json, "image", "ImageObject");
        json_writer_text_member(json, "url", record->picture.src);
        json_writer_number_member(json, "width", record->picture.width);
        json_writer_number_member(json, "height", record->picture.height);
        json_writer_close(json);
    }
}

static bool live_updates(JsonWriter *json, PaperPage *page, const MachineRecord *record,
                         GError **error)
{
    g_autoptr(GPtrArray) entries = live_list(page->store, record->card->id, error);
    if (entries == NULL) {
        return false;
    }
    moment_member(json, "coverageStartTime", record->card->published);
    json_writer_key(json, "liveBlogUpdate");
    json_writer_open_array(json);
    for (guint i = 0; i < MIN(entries->len, LINKED_ENTRIES); i++) {
        const LiveEntry *entry = entries->pdata[i];
        g_autofree char *url = g_strconcat(record->url, "#", entry->anchor, NULL);
        json_writer_open_object(json);
        json_writer_text_member(json, "@type", "BlogPosting");
        json_writer_text_member(
            json, "headline", *entry->headline == '\0' ? record->card->headline : entry->headline);
        moment_member(json, "datePublished", entry->time);
        json_writer_text_member(json, "url", url);
        json_writer_close(json);
    }
    json_writer_close(json);
    return true;
}

static const char *type_of(StoryKind kind)
{
    return kind == STORY_KIND_LIVE      ? "LiveBlogPosting"
           : kind == STORY_KIND_OPINION ? "OpinionNewsArticle"
                                        : "NewsArticle";
}

static void begin(JsonWriter *json, GString *out, const char *type)
{
    json_writer_init(json, out, 0);
    json_writer_open_object(json);
    json_writer_text_member(json, "@context", "https://schema.org");
    json_writer_text_member(json, "@type", type);
}

bool linked_data_story(PaperPage *page, const MachineRecord *record, GString *out, GError **error)
{
    const StoryCard *card = record->card;
    JsonWriter json;
    begin(&json, out, type_of(card->kind));
    json_writer_text_member(&json, "mainEntityOfPage", record->url);
    json_writer_text_member(&json, "headline", card->headline);
    json_writer_text_member(&json, "description",
                            *card->standfirst == '\0' ? NULL : card->standfirst);
    moment_member(&json, "datePublished", card->published);
    moment_member(&json, "dateModified", record->updated);
    json_writer_text_member(&json, "inLanguage", card->language);
    json_writer_text_member(&json, "articleSection", card->section_name);
    json_writer_bool_member(&json, "isAccessibleForFree", true);
    image(&json, record);
    authors(&json, page, card);
    publisher(&json, page);
    if (card->kind == STORY_KIND_LIVE && !live_updates(&json, page, record, error)) {
        return false;
    }
    json_writer_close(&json);
    return json_writer_finish(&json, error);
}

bool linked_data_front(PaperPage *page, GString *out, GError **error)
{
    JsonWriter json;
    begin(&json, out, "NewsMediaOrganization");
    newspaper_members(&json, page);
    json_writer_text_member(&json, "description",
                            *page->frame->description == '\0' ? NULL : page->frame->description);
    json_writer_close(&json);
    return json_writer_finish(&json, error);
}
