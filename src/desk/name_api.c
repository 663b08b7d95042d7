/* Sections, topics and authors by the API: read only; a story that names a new one makes it. Names
 * that only stories under embargo have are name_hidden.c. */
#include "desk/story_api.h"

#include "base/error.h"
#include "desk/name_hidden.h"
#include "desk/name_kind.h"
#include "desk/section.h"
#include "desk/story_desk.h"

#include <string.h>

static const ApiField list_query[] = {
    {.name = "language", .type = API_TEXT, .most = 20, .help = "else the newsroom's first"},
    {.name = "limit", .type = API_NUMBER, .most = API_PAGE, .help = "how many at most"},
    {.name = "after", .type = API_TEXT, .most = 200, .help = "\"next\" of the answer before"},
    {.name = NULL},
};

static const ApiField name_fields[] = {
    {.name = "slug", .type = API_TEXT, .required = true, .help = "as in its address"},
    {.name = "name", .type = API_TEXT, .required = true, .help = "as it is shown"},
    {.name = "about", .type = API_TEXT, .help = "a few sentences"},
    {.name = NULL},
};
static const ApiSchema name_schema = {"Name", "a section, topic or author", name_fields};
static const ApiField names_fields[] = {
    {.name = "names",
     .type = API_OBJECTS,
     .required = true,
     .of = &name_schema,
     .help = "sections as in the menu, others by slug"},
    {.name = "next", .type = API_TEXT, .help = "where the list goes on; missing at its end"},
    {.name = NULL},
};
static const ApiSchema names_schema = {"NameList", "names, a page at a time", names_fields};

typedef struct {
    ApiCall *call;
    const char *kind, *language;
    NameHidden *hidden; /* NULL: this token sees all */
    StoryDesk desk;
} Names;

static void names_clear(Names *names)
{
    g_clear_pointer(&names->hidden, name_hidden_free);
    story_desk_clear(&names->desk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Names, names_clear)

static bool names_begin(Names *names, ApiCall *call, const char *kind, GError **error)
{
    *names = (Names){.call = call, .kind = kind};
    if (!story_desk_open(call->store, &names->desk, error)) {
        return false;
    }
    names->language = story_desk_language(&names->desk, api_asked(call, "language"), error);
    if (names->language == NULL) {
        return false;
    }
    if (!api_has(call, API_SCOPE_EMBARGOED)) {
        names->hidden = name_hidden_read(call->store, names->language, call->now, error);
        return names->hidden != NULL;
    }
    return true;
}

static bool is_hidden(const Names *names, const Named *name)
{
    return names->hidden != NULL && name_hidden_has(names->hidden, names->kind, name->slug);
}

static void write_name(const Names *names, const Named *name)
{
    JsonWriter *json = &names->call->json;
    if (is_hidden(names, name)) {
        return;
    }
    json_writer_open_object(json);
    json_writer_text_member(json, "slug", name->slug);
    json_writer_text_member(json, "name", name->name);
    json_writer_text_member(json, "about",
                            name->about == NULL || *name->about == '\0' ? NULL : name->about);
    json_writer_close(json);
}

static void open_list(JsonWriter *json)
{
    json_writer_open_object(json);
    json_writer_key(json, "names");
    json_writer_open_array(json);
}

static HttpReply *close_list(ApiCall *call, const char *next)
{
    json_writer_close(&call->json);
    json_writer_text_member(&call->json, "next", next);
    json_writer_close(&call->json);
    return api_done(call, 200);
}

/* All of them: a newspaper has few. */
static HttpReply *answer_sections(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Names) names = {0};
    g_autoptr(GPtrArray) list = names_begin(&names, call, "section", &reason)
                                    ? section_list(call->store, names.language, &reason)
                                    : NULL;
    if (list == NULL) {
        return api_failed(call, reason);
    }
    open_list(&call->json);
    for (guint i = 0; i < list->len; i++) {
        const Section *section = list->pdata[i];
        write_name(&names, &(Named){section->slug, section->name, NULL});
    }
    return close_list(call, NULL);
}

/* A part of a list on its way out. */
typedef struct {
    unsigned limit, shown;
    char *read, *next; /* slugs: the last that was read, and the last that was shown */
    bool more;         /* another is to be seen behind that one */
} Part;

static void part_clear(Part *part)
{
    g_clear_pointer(&part->read, g_free);
    g_clear_pointer(&part->next, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Part, part_clear)

static void set_slug(char **slug, const char *value)
{
    g_free(*slug);
    *slug = g_strdup(value);
}

static void write_part(const Names *names, const NameKind *kind, const GPtrArray *list, Part *part)
{
    for (guint i = 0; i < list->len && !part->more; i++) {
        g_autoptr(Named) name = kind->of(list->pdata[i]);
        set_slug(&part->read, name->slug);
        if (is_hidden(names, name)) {
            continue;
        }
        part->more = part->shown == part->limit;
        if (!part->more) {
            write_name(names, name);
            set_slug(&part->next, name->slug);
            part->shown++;
        }
    }
}

/* Hidden names are passed over, also when it is said where the list goes on. */
static HttpReply *list_after(ApiCall *call, const NameKind *kind)
{
    g_autoptr(GError) reason = NULL;
    g_auto(Names) names = {0};
    g_auto(Part) part = {.limit = api_limit(call)};
    const char *after = api_asked(call, "after");
    if (!names_begin(&names, call, kind->word, &reason)) {
        return api_failed(call, reason);
    }
    part.read = g_strdup(after == NULL ? "" : after);
    open_list(&call->json);
    for (bool end = false; !end && !part.more;) {
        g_autoptr(GPtrArray) list =
            kind->after(call->store, names.language, part.read, part.limit + 1, &reason);
        if (list == NULL) {
            return api_failed(call, reason);
        }
        end = list->len <= part.limit;
        write_part(&names, kind, list, &part);
    }
    return close_list(call, part.more ? part.next : NULL);
}

static HttpReply *answer_topics(ApiCall *call)
{
    return list_after(call, &topic_kind);
}

static HttpReply *answer_authors(ApiCall *call)
{
    return list_after(call, &author_kind);
}

#define NAME_ROW(row, handler, what)                                                               \
    {                                                                                              \
        .name = row "-list", .method = HTTP_GET, .path = API_ROOT "/" row "s",                     \
        .permission = PERMISSION_WRITE, .scopes = API_SCOPE_READ, .answer = handler,               \
        .query = list_query, .gives = &names_schema, .help = what                                  \
    }

const ApiRoute name_api[] = {
    NAME_ROW("section", answer_sections, "the sections of a language"),
    NAME_ROW("topic", answer_topics, "the topics of a language"),
    NAME_ROW("author", answer_authors, "the bylines of a language"),
    {.name = NULL},
};
