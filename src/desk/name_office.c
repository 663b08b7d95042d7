/* Topics and authors in the office: found by a part of their name, named anew, described, merged.
 * What merging does is name_merge.h. Both have the same pages, below /topics and /authors. */
#include "desk/author_office.h"
#include "desk/topic_office.h"

#include "base/error.h"
#include "desk/language_choice.h"
#include "desk/name_kind.h"
#include "desk/paper_work.h"
#include "desk/story_count.h"
#include "desk/story_view_private.h"
#include "office/frame.h"
#include "office/seen.h"
#include "seal/hash.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN     50u    /* names on a page */
#define WALK      500u   /* read at a time while looking for a name */
#define MERGED    100u   /* earlier ones that are listed */
#define READ_MOST 50000u /* names looked through for one page */

/* The row says which. */
static const NameKind *kind_of(const OfficeVisit *visit)
{
    return g_str_has_prefix(visit->route->path, author_kind.root) ? &author_kind : &topic_kind;
}

static const char *say(const PaperWork *work, const char *id)
{
    return paper_work_say(work, id);
}

/* "office_topic_merge" for "merge". */
static const char *say_of(const PaperWork *work, const char *what)
{
    g_autofree char *id = g_strconcat("office_", kind_of(work->visit)->word, "_", what, NULL);
    return say(work, id);
}

static char *path_of(const PaperWork *work, const char *slug, const char *end)
{
    return g_strconcat(kind_of(work->visit)->root, "/", slug, end, NULL);
}

/* ---- The list ------------------------------------------------------------------------------- */

static bool fits(const Named *named, const char *folded)
{
    g_autofree char *name = g_utf8_casefold(named->name, -1);
    return strstr(name, folded) != NULL || strstr(named->slug, folded) != NULL;
}

/* By slug behind `after`, of which the name or slug has the words. *more: there are others. */
static GPtrArray *find(const PaperWork *work, const char *words, const char *after, bool *more,
                       GError **error)
{
    const NameKind *kind = kind_of(work->visit);
    g_autofree char *folded = g_utf8_casefold(words, -1);
    g_autofree char *at = g_strdup(after);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(named_free);
    *more = false;
    for (unsigned read = 0; read < READ_MOST; read += WALK) {
        g_autoptr(GPtrArray) part =
            kind->after(work->visit->store, work->language, at, WALK, error);
        if (part == NULL) {
            return NULL;
        }
        for (guint i = 0; i < part->len; i++) {
            g_autoptr(Named) named = kind->of(part->pdata[i]);
            g_free(at);
            at = g_strdup(named->slug);
            if (!fits(named, folded)) {
                continue;
            }
            if (found->len == SHOWN) {
                *more = true;
                return g_steal_pointer(&found);
            }
            g_ptr_array_add(found, g_steal_pointer(&named));
        }
        if (part->len < WALK) {
            break;
        }
    }
    return g_steal_pointer(&found);
}

static void write_search(HtmlWriter *page, const PaperWork *work)
{
    html_open(page, "form");
    html_attribute(page, "method", "get");
    html_attribute(page, "action", kind_of(work->visit)->root);
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
    g_autofree char *list =
        g_strdup_printf("list:%s/%s/%s", kind_of(work->visit)->word, work->language, slug);
    return story_count_list(work->visit->store, list, work->visit->now, count, error);
}

static bool write_row(HtmlWriter *page, const PaperWork *work, const Named *named, GError **error)
{
    g_autofree char *path = g_strdup_printf("%s/%s?language=%s", kind_of(work->visit)->root,
                                            named->slug, work->language);
    int64_t stories = 0;
    if (!count_of(work, named->slug, &stories, error)) {
        return false;
    }
    g_autofree char *count = g_strdup_printf("%" PRId64, stories);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", work->language);
    story_view_link(page, path, named->name);
    html_close(page, "th");
    html_element(page, "td", named->slug);
    html_open(page, "td");
    html_attribute(page, "data-label", say(work, "office_stories"));
    html_text(page, count);
    html_close(page, "td");
    html_close(page, "tr");
    return true;
}

static bool write_table(HtmlWriter *page, const PaperWork *work, const GPtrArray *names,
                        GError **error)
{
    static const char *const heads[] = {"office_name", "office_section_slug", "office_stories",
                                        NULL};
    html_open(page, "table");
    office_table_head(page, work->visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < names->len; i++) {
        if (!write_row(page, work, names->pdata[i], error)) {
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
    g_autoptr(GPtrArray) names =
        find(work, words, office_asked(work->visit, "after"), &more, &reason);
    if (names == NULL) {
        return office_failed(work->visit, reason);
    }
    HtmlWriter *page = paper_work_page(work, say_of(work, "page"), problem);
    language_choice_write(page, work->visit, &work->desk, work->language,
                          kind_of(work->visit)->root);
    write_search(page, work);
    if (names->len == 0) {
        html_element(page, "p", say_of(work, "none"));
    } else if (!write_table(page, work, names, &reason)) {
        html_writer_free(page);
        return office_failed(work->visit, reason);
    }
    if (more) {
        g_autofree char *escaped = g_uri_escape_string(words, NULL, FALSE);
        const Named *last = names->pdata[names->len - 1];
        g_autofree char *next =
            g_strdup_printf("%s?language=%s&words=%s&after=%s", kind_of(work->visit)->root,
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

static void write_merge(HtmlWriter *page, const PaperWork *work, const Named *named)
{
    g_autofree char *action = path_of(work, named->slug, "/merge");
    OfficeInput into = {.label = say_of(work, "into"),
                        .name = "into",
                        .value = office_field(work->visit, "into"),
                        .hint = say(work, "office_topic_into_hint"),
                        .most = 200,
                        .required = true};
    html_element(page, "h2", say_of(work, "merge"));
    html_element(page, "p", say_of(work, "merge_about"));
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    office_input(page, &into);
    office_tick(page, say_of(work, "sure"), "sure", "required");
    office_button(page, say(work, "office_topic_merge_button"), "danger");
    html_close(page, "form");
}

static bool write_merged(HtmlWriter *page, const PaperWork *work, const Named *named,
                         GError **error)
{
    g_autoptr(GPtrArray) list = name_merge_list(work->visit->store, kind_of(work->visit)->merging,
                                                work->language, named->slug, MERGED, error);
    if (list == NULL || list->len == 0) {
        return list != NULL;
    }
    html_element(page, "h2", say(work, "office_topic_merged"));
    html_open(page, "ul");
    for (guint i = 0; i < list->len; i++) {
        const NameMerged *merged = list->pdata[i];
        g_autofree char *action = path_of(work, merged->slug, "/release");
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

static char *mark_of(const Named *named)
{
    return hash_mark((const char *const[]){named->name, named->about, NULL});
}

static void write_fields(HtmlWriter *page, const PaperWork *work, const Named *named, bool again)
{
    g_autofree char *mark = mark_of(named);
    g_autofree char *action = path_of(work, named->slug, "");
    const char *said = fields_get(work->visit->fields, "name");
    again = again && said != NULL;
    OfficeInput name = {.label = say(work, "office_name"),
                        .name = "name",
                        .value = again ? said : named->name,
                        .most = 200,
                        .required = true};
    const SeenField seen[] = {
        {"office_name", office_field(work->visit, "name"), named->name},
        {"office_about_it", office_field(work->visit, "about"), named->about},
        {NULL},
    };
    if (work->differs) {
        seen_differences(page, work->visit, seen);
    }
    office_form(page, work->visit, action);
    office_hidden(page, "language", work->language);
    seen_write(page, work->visit, mark, work->differs);
    office_input(page, &name);
    paper_work_text(page, work, again ? office_field(work->visit, "about") : named->about);
    office_button(page, say(work, "office_save"), "strong");
    html_close(page, "form");
}

static HttpReply *show_one(const PaperWork *work, const GError *problem)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Named) named =
        kind_of(work->visit)->read(work->visit->store, work->language, work->slug, &reason);
    if (named == NULL) {
        return office_failed(work->visit, reason);
    }
    g_autofree char *back =
        g_strdup_printf("%s?language=%s", kind_of(work->visit)->root, work->language);
    HtmlWriter *page = paper_work_page(work, named->name, problem);
    html_open(page, "p");
    story_view_link(page, back, say_of(work, "page"));
    html_close(page, "p");
    write_fields(page, work, named, problem != NULL);
    write_merge(page, work, named);
    if (!write_merged(page, work, named, &reason)) {
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

/* "topic.change". */
static bool note(Store *store, const PaperWork *work, const char *act, const char *detail,
                 GError **error)
{
    g_autofree char *action = g_strconcat(kind_of(work->visit)->word, ".", act, NULL);
    return paper_work_note(store, work, action, work->slug, detail, error);
}

/* Two of one name would look the same on every page. */
static bool name_free(Store *store, const PaperWork *work, const char *name, GError **error)
{
    bool taken = false;
    return name_kind_taken(store, kind_of(work->visit), work->language, work->slug, name, &taken,
                           error) &&
           (!taken || fail(error, KOLOKOL_ERROR_CONFLICT, "%s", say_of(work, "taken")));
}

/* A change that changes nothing is none; one over what the form did not see is refused. */
static bool save_body(Store *store, void *data, GError **error)
{
    PaperWork *work = data;
    const char *name = office_field(work->visit, "name"),
               *about = office_field(work->visit, "about");
    g_autoptr(Named) named = kind_of(work->visit)->read(store, work->language, work->slug, error);
    if (named == NULL) {
        return false;
    }
    g_autofree char *mark = mark_of(named);
    if (strcmp(named->name, name) == 0 && strcmp(named->about, about) == 0) {
        return true;
    }
    work->differs = !seen_match(work->visit, mark, error);
    return !work->differs && name_free(store, work, name, error) &&
           kind_of(work->visit)->rename(store, work->language, work->slug, name, error) &&
           kind_of(work->visit)->describe(store, work->language, work->slug, about, error) &&
           note(store, work, "change", "", error);
}

static bool merge_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    const OfficeVisit *visit = work->visit;
    if (strcmp(office_field(visit, "sure"), "1") != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s", say(work, "office_topic_not_sure"));
    }
    g_autofree char *into =
        name_kind_slug(store, kind_of(visit), work->language, office_field(visit, "into"), error);
    return into != NULL &&
           name_merge(store, kind_of(work->visit)->merging, &work->desk.site, work->language,
                      work->slug, into, visit->now, error) &&
           note(store, work, "merge", into, error);
}

static bool release_body(Store *store, void *data, GError **error)
{
    const PaperWork *work = data;
    return name_merge_release(store, kind_of(work->visit)->merging, &work->desk.site,
                              work->language, work->slug, work->visit->now, error) &&
           note(store, work, "release", "", error);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    return paper_work_change(visit, save_body, kind_of(visit)->root, show_one);
}

static HttpReply *answer_merge(OfficeVisit *visit)
{
    return paper_work_change(visit, merge_body, kind_of(visit)->root, show_one);
}

static HttpReply *answer_release(OfficeVisit *visit)
{
    return paper_work_change(visit, release_body, kind_of(visit)->root, show_all);
}

#define WAY(of, does, where, handler, texts, about)                                                \
    {                                                                                              \
        .name = of "-" does, .method = HTTP_POST, .path = where, .permission = PERMISSION_PUBLISH, \
        .answer = handler, .body_most = OFFICE_FORM, .words = texts, .help = about                 \
    }

#define TABLE(word, root)                                                                          \
    {                                                                                              \
        {.name = word "-list",                                                                     \
         .method = HTTP_GET,                                                                       \
         .path = root,                                                                             \
         .permission = PERMISSION_PUBLISH,                                                         \
         .answer = answer_all,                                                                     \
         .paper = "office_" word "_page",                                                          \
         .help = "the " word "s of a language, by a part of their name"},                          \
            {.name = word "-show",                                                                 \
             .method = HTTP_GET,                                                                   \
             .path = root "/:slug",                                                                \
             .permission = PERMISSION_PUBLISH,                                                     \
             .answer = answer_one,                                                                 \
             .help = "one " word ", and what was merged into it"},                                 \
            WAY(word, "save", root "/:slug", answer_save, true, "its name and text"),              \
            WAY(word, "merge", root "/:slug/merge", answer_merge, false,                           \
                "makes it one with another"),                                                      \
            WAY(word, "release", root "/:slug/release", answer_release, false,                     \
                "a merged one's name is free again"),                                              \
        {                                                                                          \
            .name = NULL                                                                           \
        }                                                                                          \
    }

const OfficeRoute topic_office[] = TABLE("topic", "/topics");
const OfficeRoute author_office[] = TABLE("author", "/authors");
