/* Changes of sections, topics and authors by the API: named anew, described, merged, put in order.
 * The same functions and lines of the audit log as the office's pages (section_office.c,
 * name_office.c). One is named by its slug in the body, because addresses hold numbers only. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/name_kind.h"
#include "desk/section.h"
#include "desk/story_desk.h"

#include <inttypes.h>
#include <string.h>

#define SLUG_MOST  200u   /* bytes */
#define NAME_MOST  200u   /* bytes */
#define ABOUT_MOST 4000u  /* bytes */
#define PLACE_MOST 10000u /* in the menu */

#define LANGUAGE                                                                                   \
    {                                                                                              \
        .name = "language", .type = API_TEXT, .most = 20, .help = "else the newsroom's first"      \
    }
#define SLUG                                                                                       \
    {                                                                                              \
        .name = "slug", .type = API_TEXT, .required = true, .most = SLUG_MOST,                     \
        .help = "as in its address"                                                                \
    }
#define WORDS                                                                                      \
    {.name = "name", .type = API_TEXT, .most = NAME_MOST, .help = "as it is shown"},               \
    {                                                                                              \
        .name = "about", .type = API_TEXT, .most = ABOUT_MOST, .help = "a few sentences"           \
    }

static const ApiField new_fields[] = {
    LANGUAGE,
    {.name = "name",
     .type = API_TEXT,
     .required = true,
     .most = NAME_MOST,
     .help = "as it is shown; its slug is made of it"},
    {.name = NULL},
};
static const ApiSchema new_schema = {"NewSection", "a section to be added", new_fields};
static const ApiField section_fields[] = {
    LANGUAGE,
    SLUG,
    WORDS,
    {.name = "hidden", .type = API_TRUTH, .help = "the menu leaves it out; its pages stay"},
    {.name = "place", .type = API_NUMBER, .most = PLACE_MOST, .help = "in the menu, from 1"},
    {.name = NULL},
};
static const ApiSchema section_schema = {
    "SectionChange", "what is to be changed of a section; what is not named stays", section_fields};
static const ApiField words_fields[] = {LANGUAGE, SLUG, WORDS, {.name = NULL}};
static const ApiSchema words_schema = {
    "NameChange", "what is to be changed of a topic or author; what is not named stays",
    words_fields};
static const ApiField merge_fields[] = {
    LANGUAGE,
    SLUG,
    {.name = "into",
     .type = API_TEXT,
     .required = true,
     .most = NAME_MOST,
     .help = "slug or name of the one that stays"},
    {.name = NULL},
};
static const ApiSchema merge_schema = {"NameMerge", "two that become one", merge_fields};
static const ApiField named_fields[] = {
    {.name = "language", .type = API_TEXT, .required = true, .help = "whose it is"},
    {.name = "slug", .type = API_TEXT, .required = true, .help = "as in its address"},
    {.name = "name", .type = API_TEXT, .required = true, .help = "as it is shown"},
    {.name = "about", .type = API_TEXT, .required = true, .help = "a few sentences, or empty"},
    {.name = "hidden", .type = API_TRUTH, .help = "of a section: the menu leaves it out"},
    {.name = "place", .type = API_NUMBER, .help = "of a section: in the menu, from 1"},
    {.name = NULL},
};
static const ApiSchema named_schema = {"Named", "a section, topic or author as it is now",
                                       named_fields};

typedef struct {
    ApiCall *call;
    StoryDesk desk;
    const NameKind *kind; /* NULL: a section */
    const char *language, *slug;
    char *other; /* of a new section: its slug; of a merge: of the one that stays */
} Work;

static void work_clear(Work *work)
{
    story_desk_clear(&work->desk);
    g_clear_pointer(&work->other, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static bool work_open(Work *work, GError **error)
{
    work->slug = api_text(work->call, "slug");
    if (!story_desk_open(work->call->store, &work->desk, error)) {
        return false;
    }
    work->language = story_desk_language(&work->desk, api_text(work->call, "language"), error);
    return work->language != NULL;
}

/* "topic.change" of "en/harbour". */
static bool noted(const Work *work, const char *act, const char *slug, const char *detail,
                  GError **error)
{
    g_autofree char *action =
        g_strdup_printf("%s.%s", work->kind == NULL ? "section" : work->kind->word, act);
    g_autofree char *subject = g_strdup_printf("%s/%s", work->language, slug);
    return api_audit(work->call, action, subject, detail, error);
}

/* ---- Answers -------------------------------------------------------------------------------- */

static void write_words(JsonWriter *json, const char *language, const Named *named)
{
    json_writer_text_member(json, "language", language);
    json_writer_text_member(json, "slug", named->slug);
    json_writer_text_member(json, "name", named->name);
    json_writer_text_member(json, "about", named->about);
}

static HttpReply *show(const Work *work, const char *slug, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    ApiCall *call = work->call;
    g_autoptr(Section) section =
        work->kind == NULL ? section_read(call->store, work->language, slug, &reason) : NULL;
    g_autoptr(Named) named =
        work->kind == NULL ? NULL : work->kind->read(call->store, work->language, slug, &reason);
    if (section == NULL && named == NULL) {
        return api_failed(call, reason);
    }
    json_writer_open_object(&call->json);
    if (named != NULL) {
        write_words(&call->json, work->language, named);
    } else {
        Named words = {section->slug, section->name, section->about};
        write_words(&call->json, work->language, &words);
        json_writer_bool_member(&call->json, "hidden", section->hidden);
        json_writer_number_member(&call->json, "place", section->position);
    }
    json_writer_close(&call->json);
    return api_done(call, status);
}

/* ---- Sections ------------------------------------------------------------------------------- */

static bool add_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    const char *name = api_text(work->call, "name");
    bool created = false;
    g_clear_pointer(&work->other, g_free);
    work->call->pointer = "/name";
    return section_ensure(store, work->language, name, &work->other, &created, error) &&
           (created || fail(error, KOLOKOL_ERROR_CONFLICT,
                            "there is a section \"%s\" already; change it", work->other)) &&
           noted(work, "add", work->other, name, error);
}

static HttpReply *answer_section_add(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {.call = call};
    return work_open(&work, &reason) && store_transact(call->store, add_body, &work, &reason)
               ? show(&work, work.other, 201)
               : api_failed(call, reason);
}

static bool section_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    ApiCall *call = work->call;
    const json_t *hidden = json_object_get(call->given, "hidden");
    const char *name = api_text(call, "name"), *about = api_text(call, "about");
    int64_t place = api_number(call, "place", 0);
    g_autoptr(Section) section = section_read(store, work->language, work->slug, error);
    if (section == NULL) {
        return false;
    }
    return (name == NULL || section_rename(store, work->language, work->slug, name, error)) &&
           (about == NULL || section_describe(store, work->language, work->slug, about, error)) &&
           (hidden == NULL ||
            section_hide(store, work->language, work->slug, json_is_true(hidden), error)) &&
           (place == 0 || section_move(store, work->language, work->slug, place, error)) &&
           noted(work, "change", work->slug, "", error);
}

static HttpReply *answer_section(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {.call = call};
    return work_open(&work, &reason) && store_transact(call->store, section_body, &work, &reason)
               ? show(&work, work.slug, 200)
               : api_failed(call, reason);
}

/* ---- Topics and authors --------------------------------------------------------------------- */

static bool rename_one(const Work *work, const char *name, GError **error)
{
    Store *store = work->call->store;
    bool taken = false;
    return name_kind_taken(store, work->kind, work->language, work->slug, name, &taken, error) &&
           (!taken || fail(error, KOLOKOL_ERROR_CONFLICT,
                           "name: another %s is called so; merge the two", work->kind->word)) &&
           work->kind->rename(store, work->language, work->slug, name, error);
}

static bool change_body(Store *store, void *data, GError **error)
{
    const Work *work = data;
    const char *name = api_text(work->call, "name"), *about = api_text(work->call, "about");
    g_autoptr(Named) named = work->kind->read(store, work->language, work->slug, error);
    return named != NULL && (name == NULL || rename_one(work, name, error)) &&
           (about == NULL ||
            work->kind->describe(store, work->language, work->slug, about, error)) &&
           noted(work, "change", work->slug, "", error);
}

static bool merge_body(Store *store, void *data, GError **error)
{
    Work *work = data;
    g_autofree char *into =
        name_kind_slug(store, work->kind, work->language, api_text(work->call, "into"), error);
    g_free(work->other);
    work->other = g_strdup(into);
    return into != NULL &&
           name_merge(store, work->kind->merging, &work->desk.site, work->language, work->slug,
                      into, work->call->now, error) &&
           noted(work, "merge", work->slug, into, error);
}

static HttpReply *change(ApiCall *call, const NameKind *kind)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {.call = call, .kind = kind};
    return work_open(&work, &reason) && store_transact(call->store, change_body, &work, &reason)
               ? show(&work, work.slug, 200)
               : api_failed(call, reason);
}

/* Answers the one that stays. */
static HttpReply *merge(ApiCall *call, const NameKind *kind)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Work) work = {.call = call, .kind = kind};
    return work_open(&work, &reason) && store_transact(call->store, merge_body, &work, &reason)
               ? show(&work, work.other, 200)
               : api_failed(call, reason);
}

static HttpReply *answer_topic(ApiCall *call)
{
    return change(call, &topic_kind);
}

static HttpReply *answer_author(ApiCall *call)
{
    return change(call, &author_kind);
}

static HttpReply *answer_topic_merge(ApiCall *call)
{
    return merge(call, &topic_kind);
}

static HttpReply *answer_author_merge(ApiCall *call)
{
    return merge(call, &author_kind);
}

#define ROW(row, where, who, needs, handler, in, what)                                             \
    .name = row, .method = HTTP_POST, .path = API_ROOT where, .permission = who,                   \
    .scopes = API_SCOPE_READ | (needs), .answer = handler, .takes = in, .gives = &named_schema,    \
    .body_most = API_BODY, .help = what

const ApiRoute name_change_api[] = {
    {ROW("section-add", "/sections", PERMISSION_SETTINGS, API_SCOPE_SETTINGS, answer_section_add,
         &new_schema, "adds a section"),
     .status = 201},
    {ROW("section-change", "/sections/change", PERMISSION_SETTINGS, API_SCOPE_SETTINGS,
         answer_section, &section_schema, "its name, text, place, and whether the menu has it")},
    {ROW("topic-change", "/topics/change", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, answer_topic,
         &words_schema, "a topic's name and text")},
    {ROW("topic-merge", "/topics/merge", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, answer_topic_merge,
         &merge_schema, "makes a topic one with another; answers that one")},
    {ROW("author-change", "/authors/change", PERMISSION_PUBLISH, API_SCOPE_PUBLISH, answer_author,
         &words_schema, "an author's name and text")},
    {ROW("author-merge", "/authors/merge", PERMISSION_PUBLISH, API_SCOPE_PUBLISH,
         answer_author_merge, &merge_schema, "makes an author one with another; answers that one")},
    {.name = NULL},
};
