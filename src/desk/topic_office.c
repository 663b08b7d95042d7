/* Topics in the office: found by a part of their name, named anew, described, merged. What merging
 * does is topic_merge.h. */
#include "desk/topic_office.h"

#include "base/error.h"
#include "desk/language_choice.h"
#include "desk/paper_work.h"
#include "desk/story_count.h"
#include "desk/story_view_private.h"
#include "desk/topic.h"
#include "desk/topic_merge.h"
#include "office/frame.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN     50u    /* topics on a page */
#define WALK      500u   /* read at a time while looking for a name */
#define MERGED    100u   /* earlier ones that are listed */
#define READ_MOST 50000u /* topics looked through for one page */

static const char *say(const PaperWork *work, const char *id)
{
    return paper_work_say(work, id);
}

/* ---- The list ------------------------------------------------------------------------------- */

static bool fits(const Topic *topic, const char *folded)
{
    g_autofree char *name = g_utf8_casefold(topic->name, -1);
    return strstr(name, folded) != NULL || strstr(topic->slug, folded) != NULL;
}

/* By slug behind `after`, of which the name or slug has the words. *more: there are others. */
static GPtrArray *find(Store *store, const char *language, const char *words, const char *after,
                       bool *more, GError **error)
{
    g_autofree char *folded = g_utf8_casefold(words, -1);
    g_autofree char *at = g_strdup(after);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)topic_free);
    *more = false;
    for (unsigned read = 0; read < READ_MOST; read += WALK) {
        g_autoptr(GPtrArray) part = topic_list_after(store, language, at, WALK, error);
        if (part == NULL) {
            return NULL;
        }
        g_autofree char *last =
            part->len == 0 ? NULL : g_strdup(((const Topic *)part->pdata[part->len - 1])->slug);
        for (guint i = 0; i < part->len; i++) {
            if (!fits(part->pdata[i], folded)) {
                continue;
            }
            if (found->len == SHOWN) {
                *more = true;
                return g_steal_pointer(&found);
            }
            g_ptr_array_add(found, g_steal_pointer(&part->pdata[i]));
        }
        if (part->len < WALK) {
            break;
        }
        g_free(at);
        at = g_steal_pointer(&last);
    }
    return g_steal_pointer(&found);
}

static void write_search(HtmlWriter *page, const PaperWork *work)
{
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", "/topics");
    html_attribute(page, "role", "search");
    html_attribute(page, "class", "search");
    office_hidden(page, "language", work->language);
    html_open(page, "label");
    html_text(page, say(work, "office_name"));
    html_open(page, "input");
    html_attribute(page, "type", "search");
    html_attribute(page, "name", "words");
    html_attribute(page, "value", office_asked(work->visit, "words"));
    html_close(page, "label");
    office_button(page, say(work, "office_search"), NULL);
    html_close(page, "form");
}

static bool count_of(const PaperWork *work, const char *slug, int64_t *count, GError **error)
{
    g_autofree char *list = g_strdup_printf("list:topic/%s/%s", work->language, slug);
    return story_count_list(work->visit->store, list, work->visit->now, count, error);
}

static bool write_row(HtmlWriter *page, const PaperWork *work, const Topic *topic, GError **error)
{
    g_autofree char *path = g_strdup_printf("/topics/%s?language=%s", topic->slug, work->language);
    int64_t stories = 0;
    if (!count_of(work, topic->slug, &stories, error)) {
        return false;
    }
    g_autofree char *count = g_strdup_printf("%" PRId64, stories);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", work->language);
    story_view_link(page, path, topic->name);
    html_close(page, "th");
    html_element(page, "td", topic->slug);
    html_open(page, "td");
    html_attribute(page, "data-label", say(work, "office_stories"));
    html_text(page, count);
    html_close(page, "td");
    html_close(page, "tr");
    return true;
}

static bool write_table(HtmlWriter *page, const PaperWork *work, const GPtrArray *topics,
                        GError **error)
{
    static const char *const heads[] = {"office_name", "office_section_slug", "office_stories",
                                        NULL};
    html_open(page, "table");
    office_table_head(page, work->visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < topics->len; i++) {
        if (!write_row(page, work, topics->pdata[i], error)) {
            return false;
        }
    }
    html_close(page, "tbody");
    html_close(page, "table");
    return true;
}

static HttpReply *show_all(const PaperWork *work, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    const char *words = office_asked(work->visit, "words");
    bool more = false;
    g_autoptr(GPtrArray) topics = find(work->visit->store, work->language, words,
                                       office_asked(work->visit, "after"), &more, &reason);
    if (topics == NULL) {
        return office_failed(work->visit, reason);
    }
    HtmlWriter *page = paper_work_page(work, say(work, "office_topics_page"), problem);
    language_choice_write(page, work->visit, &work->desk, work->language, "/topics");
    write_search(page, work);
    if (topics->len == 0) {
        html_element(page, "p", say(work, "office_topics_none"));
    } else if (!write_table(page, work, topics, &reason)) {
        html_writer_free(page);
        return office_failed(work->visit, reason);
    }
    if (more) {
        g_autofree char *escaped = g_uri_escape_string(words, NULL, FALSE);
        const Topic *last = topics->pdata[topics->len - 1];
        g_autofree char *next = g_strdup_printf("/topics?language=%s&words=%s&after=%s",
                                                work->language, escaped, last->slug);
        html_open(page, "p");
        story_view_link(page, next, say(work, "office_topics_more"));
        html_close(page, "p");
    }
    return office_page_done(work->visit, page, problem == NULL ? 200 : office_status(problem));
}

static HttpReply *answer_all(OfficeVisit *visit)
{
    return paper_work_show(visit, show_all);
}

/* ---- One ------------------------------------------------------------------------------------ */

static void write_merge(HtmlWriter *page, const PaperWork *work, const Topic *topic)
{
    g_autofree char *action = g_strdup_printf("/topics/%s/merge", topic->slug);
    OfficeInput into = {.label = say(work, "office_topic_into"),
                        .name = "into",
                        .value = office_field(work->visit, "into"),
                        .hint = say(work, "office_topic_into_hint"),
                        .most = 200,
                        .required = true};
    html_element(page, "h2", say(work, "office_topic_merge"));
    html_element(page, "p", say(work, "office_topic_merge_about"));
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    office_input(page, &into);
    office_tick(page, say(work, "office_topic_sure"), "sure", "required");
    office_button(page, say(work, "office_topic_merge_button"), "danger");
    html_close(page, "form");
}

static bool write_merged(HtmlWriter *page, const PaperWork *work, const Topic *topic,
                         GError **error)
{
    g_autoptr(GPtrArray) list =
        topic_merge_list(work->visit->store, work->language, topic->slug, MERGED, error);
    if (list == NULL || list->len == 0) {
        return list != NULL;
    }
    html_element(page, "h2", say(work, "office_topic_merged"));
    html_open(page, "ul");
    for (guint i = 0; i < list->len; i++) {
        const TopicMerged *merged = list->pdata[i];
        g_autofree char *action = g_strdup_printf("/topics/%s/release", merged->slug);
        html_open(page, "li");
        html_text(page, merged->name);
        html_text(page, " ");
        if (merged->open) {
            html_element(page, "small", say(work, "office_topic_open"));
        } else {
            office_form(page, work->visit, action);
            office_hidden(page, "language", work->language);
            office_button(page, say(work, "office_topic_release"), "plain");
            html_close(page, "form");
        }
        html_close(page, "li");
    }
    html_close(page, "ul");
    return true;
}

static void write_fields(HtmlWriter *page, const PaperWork *work, const Topic *topic, bool again)
{
    g_autofree char *action = g_strdup_printf("/topics/%s", topic->slug);
    const char *said = fields_get(work->visit->fields, "name");
    again = again && said != NULL;
    OfficeInput name = {.label = say(work, "office_name"),
                        .name = "name",
                        .value = again ? said : topic->name,
                        .most = 200,
                        .required = true};
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    office_input(page, &name);
    paper_work_text(page, work, again ? office_field(work->visit, "about") : topic->about);
    office_button(page, say(work, "office_save"), "strong");
    html_close(page, "form");
}

static HttpReply *show_one(const PaperWork *work, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Topic) topic = topic_read(work->visit->store, work->language, work->slug, &reason);
    if (topic == NULL) {
        return office_failed(work->visit, reason);
    }
    g_autofree char *back = g_strdup_printf("/topics?language=%s", work->language);
    HtmlWriter *page = paper_work_page(work, topic->name, problem);
    html_open(page, "p");
    story_view_link(page, back, say(work, "office_topics_page"));
    html_close(page, "p");
    write_fields(page, work, topic, problem != NULL);
    write_merge(page, work, topic);
    if (!write_merged(page, work, topic, &reason)) {
        html_writer_free(page);
        return office_failed(work->visit, reason);
    }
    return office_page_done(work->visit, page, problem == NULL ? 200 : office_status(problem));
}

static HttpReply *answer_one(OfficeVisit *visit)
{
    return paper_work_show(visit, show_one);
}

/* ---- Changes -------------------------------------------------------------------------------- */

static bool save_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const OfficeVisit *visit = work->visit;
    return topic_rename(store, work->language, work->slug, office_field(visit, "name"), error) &&
           topic_describe(store, work->language, work->slug, office_field(visit, "about"), error) &&
           paper_work_note(store, work, "topic.change", work->slug, "", error);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    return paper_work_change(visit, save_body, "/topics", show_one);
}

/* The slug of the topic that somebody wrote, by its name or its slug; caller frees. */
static char *topic_written(Store *store, const char *language, const char *text, GError **error)
{
    g_autoptr(Topic) by_slug = topic_read(store, language, text, NULL);
    return by_slug != NULL ? g_strdup(by_slug->slug) : topic_named(store, language, text, error);
}

static bool merge_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const OfficeVisit *visit = work->visit;
    if (strcmp(office_field(visit, "sure"), "1") != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s", say(work, "office_topic_not_sure"));
    }
    g_autofree char *into =
        topic_written(store, work->language, office_field(visit, "into"), error);
    return into != NULL &&
           topic_merge(store, &work->desk.site, work->language, work->slug, into, visit->now,
                       error) &&
           paper_work_note(store, work, "topic.merge", work->slug, into, error);
}

static HttpReply *answer_merge(OfficeVisit *visit)
{
    return paper_work_change(visit, merge_body, "/topics", show_one);
}

static bool release_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    return topic_merge_release(store, &work->desk.site, work->language, work->slug,
                               work->visit->now, error) &&
           paper_work_note(store, work, "topic.release", work->slug, "", error);
}

static HttpReply *answer_release(OfficeVisit *visit)
{
    return paper_work_change(visit, release_body, "/topics", show_all);
}

#define WAY(does, where, handler, about)                                                           \
    {                                                                                              \
        .name = "topic-" does, .method = HTTP_POST, .path = where,                                 \
        .permission = PERMISSION_PUBLISH, .answer = handler, .body_most = OFFICE_FORM,             \
        .help = about                                                                              \
    }

const OfficeRoute topic_office[] = {
    {.name = "topic-list",
     .method = HTTP_GET,
     .path = "/topics",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_all,
     .paper = "office_topics_page",
     .help = "the topics of a language, by a part of their name"},
    {.name = "topic-show",
     .method = HTTP_GET,
     .path = "/topics/:slug",
     .permission = PERMISSION_PUBLISH,
     .answer = answer_one,
     .help = "one topic, and what was merged into it"},
    WAY("save", "/topics/:slug", answer_save, "its name and text"),
    WAY("merge", "/topics/:slug/merge", answer_merge, "makes it one with another"),
    WAY("release", "/topics/:slug/release", answer_release, "a merged one's name is free again"),
    {.name = NULL},
};
