/* The run and its frames: run.h. Pages are begun and ended in page_base.c. */
#include "paper/run.h"

#include "base/error.h"
#include "desk/page_list.h"
#include "desk/section.h"
#include "desk/story_list.h"
#include "mail/newsletter.h"
#include "press/setting.h"
#include "seal/hash.h"
#include "theme/strings.h"

#include <string.h>

static void link_free(gpointer data)
{
    PaperLink *link = data;
    g_free(link->name);
    g_free(link->path);
    g_free(link);
}

static void add_link(GPtrArray *links, const char *name, char *path)
{
    PaperLink *link = g_new(PaperLink, 1);
    *link = (PaperLink){g_strdup(name), path};
    g_ptr_array_add(links, link);
}

typedef struct {
    PaperFrame frame;
    const PressBlock *const *blocks;
} OwnedFrame;

static void frame_free(gpointer data)
{
    OwnedFrame *owned = data;
    PaperFrame *frame = &owned->frame;
    for (size_t i = 0; frame->contents != NULL && owned->blocks[i] != NULL; i++) {
        if (frame->contents[i] != NULL) {
            owned->blocks[i]->free(frame->contents[i]);
        }
    }
    g_free(frame->contents);
    g_free(frame->language);
    g_free(frame->name);
    g_free(frame->description);
    g_free(frame->version);
    g_free(frame->prefix);
    g_ptr_array_unref(frame->menu);
    g_ptr_array_unref(frame->footer);
    g_ptr_array_unref(frame->more);
    g_ptr_array_unref(frame->copies);
    g_hash_table_unref(frame->values);
    g_free(owned);
}

static bool read_settings(PaperRun *run, Store *store, GError **error)
{
    const struct {
        const char *name;
        char **slot;
    } texts[] = {{"url", &run->url},
                 {"forms-urls", &run->forms_urls},
                 {"forms-mail", &run->forms_mail},
                 {"contact", &run->contact}};

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        *texts[i].slot = setting_get(store, texts[i].name, error);
        if (*texts[i].slot == NULL) {
            return false;
        }
    }
    run->languages = setting_languages(store, error);
    run->zone = run->languages == NULL ? NULL : setting_timezone(store, error);
    run->site = (DeskSite){(const char *const *)run->languages, run->zone};
    return run->zone != NULL;
}

static bool read_names(PaperFrame *frame, Store *store, GError **error)
{
    frame->name = setting_get_in(store, "name", frame->language, error);
    frame->description =
        frame->name == NULL ? NULL : setting_get_in(store, "description", frame->language, error);
    return frame->description != NULL;
}

static bool read_menu(PaperFrame *frame, Store *store, int64_t as_of, GError **error)
{
    g_autoptr(GPtrArray) sections = section_menu(store, frame->language, as_of, error);
    for (guint i = 0; sections != NULL && i < sections->len; i++) {
        const Section *section = sections->pdata[i];
        add_link(frame->menu, section->name,
                 g_strconcat(frame->prefix, "section/", section->slug, "/index.html", NULL));
    }
    return sections != NULL;
}

/* The archive has a page as soon as there is a story. */
static bool add_archive_link(PaperFrame *frame, Store *store, int64_t as_of, GError **error)
{
    g_autofree char *list = g_strconcat("list:all/", frame->language, NULL);
    g_autoptr(GArray) ids = NULL;
    if (!story_list_ids(store, list, as_of, 1, &ids, error)) {
        return false;
    }
    if (ids->len > 0) {
        add_link(frame->more, strings_get(frame->language, "archive"),
                 g_strconcat(frame->prefix, "archive/index.html", NULL));
    }
    return true;
}

/* The page of newsletters is there if the language has any. */
static bool add_newsletters_link(PaperFrame *frame, Store *store, GError **error)
{
    g_autoptr(GPtrArray) all = newsletter_list(store, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Newsletter *newsletter = all->pdata[i];
        if (strcmp(newsletter->language, frame->language) == 0) {
            add_link(frame->more, strings_get(frame->language, "newsletters"),
                     g_strconcat(frame->prefix, "newsletters/index.html", NULL));
            break;
        }
    }
    return all != NULL;
}

static bool read_footer(PaperFrame *frame, Store *store, int64_t as_of, GError **error)
{
    g_autoptr(GPtrArray) pages = page_menu(store, frame->language, as_of, error);
    if (pages == NULL) {
        return false;
    }
    for (guint i = 0; i < pages->len; i++) {
        const StoryCard *card = pages->pdata[i];
        add_link(frame->footer, card->headline, g_strdup(card->path));
    }
    if (!add_newsletters_link(frame, store, error)) {
        return false;
    }
    add_link(frame->more, strings_get(frame->language, "search"),
             g_strconcat(frame->prefix, "search/index.html", NULL));
    add_link(frame->copies, strings_get(frame->language, "mirrors"),
             g_strconcat(frame->prefix, "mirrors/index.html", NULL));
    add_link(frame->copies, strings_get(frame->language, "check_copy"),
             g_strconcat(frame->prefix, "mirrors/index.html#check", NULL));
    return add_archive_link(frame, store, as_of, error);
}

static void add_links(GString *text, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++) {
        const PaperLink *link = links->pdata[i];
        g_string_append_printf(text, "%s\n%s\n", link->name, link->path);
    }
    g_string_append_c(text, '\f');
}

/* The version is made of the same values that the frame shows. */
static bool read_blocks(PaperRun *run, OwnedFrame *owned, Store *store, int64_t as_of,
                        GString *text, GError **error)
{
    size_t count = 0;
    while (owned->blocks[count] != NULL) {
        count++;
    }
    owned->frame.contents = g_new0(void *, count + 1);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *version = NULL;
        if (!owned->blocks[i]->load(store, owned->frame.language, owned->frame.standing, as_of,
                                    &owned->frame.contents[i], &version, error)) {
            return false;
        }
        g_string_append_printf(text, "%s %s\n", owned->blocks[i]->name,
                               version == NULL ? "" : version);
    }
    return true;
}

static bool add_frame(PaperRun *run, Store *store, const char *language, bool standing,
                      int64_t as_of, GError **error)
{
    OwnedFrame *owned = g_new0(OwnedFrame, 1);
    PaperFrame *frame = &owned->frame;
    owned->blocks = run->context->blocks;
    frame->language = g_strdup(language);
    frame->standing = standing;
    frame->prefix =
        strcmp(language, run->languages[0]) == 0 ? g_strdup("") : g_strconcat(language, "/", NULL);
    frame->menu = g_ptr_array_new_with_free_func(link_free);
    frame->footer = g_ptr_array_new_with_free_func(link_free);
    frame->more = g_ptr_array_new_with_free_func(link_free);
    frame->copies = g_ptr_array_new_with_free_func(link_free);
    frame->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_add(run->frames, owned);
    if (!read_names(frame, store, error) || !read_menu(frame, store, as_of, error) ||
        !read_footer(frame, store, as_of, error)) {
        return false;
    }
    g_autofree char *languages = g_strjoinv(",", run->languages);
    g_autoptr(GString) text = g_string_new(PAPER_VERSION "\n");
    g_string_append_printf(text, "%s\f%s\f%s\f%s\f%s\f%s\f%s\f%s\f", frame->name,
                           frame->description, run->url, run->forms_urls, run->forms_mail,
                           run->contact, languages, g_time_zone_get_identifier(run->zone));
    add_links(text, frame->menu);
    add_links(text, frame->footer);
    add_links(text, frame->more);
    add_links(text, frame->copies);
    if (!read_blocks(run, owned, store, as_of, text, error)) {
        return false;
    }
    Hash hash = hash_of(text->str, text->len);
    char hex[65];
    hash_hex(&hash, hex);
    frame->version = g_strndup(hex, 16);
    return true;
}

typedef struct {
    PaperRun *run;
    int64_t as_of;
} Begin;

static bool begin_body(Store *store, void *data, GError **error)
{
    Begin *begin = data;
    PaperRun *run = begin->run;
    if (!read_settings(run, store, error)) {
        return false;
    }
    for (char **language = run->languages; *language != NULL; language++) {
        if (!add_frame(run, store, *language, false, begin->as_of, error) ||
            !add_frame(run, store, *language, true, begin->as_of, error)) {
            return false;
        }
    }
    return true;
}

void *paper_run_begin(Store *store, void *context, int64_t as_of, GError **error)
{
    PaperRun *run = g_new0(PaperRun, 1);
    Begin begin = {run, as_of};
    run->context = context;
    run->frames = g_ptr_array_new_with_free_func(frame_free);
    run->arena = value_arena_new(0);
    run->page_arena = value_arena_new(0);
    run->out = g_string_sized_new(64 * 1024);
    if (!theme_reload(run->context->theme, NULL, error) ||
        !store_snapshot(store, begin_body, &begin, error)) {
        paper_run_end(run);
        return NULL;
    }
    return run;
}

void paper_run_end(void *data)
{
    PaperRun *run = data;
    if (run == NULL) {
        return;
    }
    g_ptr_array_unref(run->frames);
    g_free(run->url);
    g_free(run->forms_urls);
    g_free(run->forms_mail);
    g_free(run->contact);
    g_strfreev(run->languages);
    g_clear_pointer(&run->zone, g_time_zone_unref);
    value_arena_free(run->arena);
    value_arena_free(run->page_arena);
    g_string_free(run->out, TRUE);
    g_free(run);
}

PaperFrame *paper_run_frame(const PaperRun *run, const char *language, bool standing)
{
    for (guint i = 0; i < run->frames->len; i++) {
        OwnedFrame *owned = run->frames->pdata[i];
        if (owned->frame.standing == standing && strcmp(owned->frame.language, language) == 0) {
            return &owned->frame;
        }
    }
    return NULL;
}

const char *paper_prefix(const PaperRun *run, const char *language)
{
    const PaperFrame *frame = paper_run_frame(run, language, false);
    return frame == NULL ? "" : frame->prefix;
}

static void set_url(Value *map, const char *key, const char *root, const char *path)
{
    g_autofree char *url = g_strconcat(root, path, NULL);
    value_set_text(map, key, url);
}

static void set_links(Value *values, const char *key, const GPtrArray *links, const char *root)
{
    Value *list = value_set_list(values, key);
    for (guint i = 0; i < links->len; i++) {
        const PaperLink *link = links->pdata[i];
        Value *item = value_append_map(list);
        value_set_text(item, "name", link->name);
        set_url(item, "url", root, link->path);
    }
}

static void set_languages(const PaperRun *run, const PaperFrame *frame, Value *values,
                          const char *root)
{
    Value *list = value_set_list(values, "languages");
    for (char **code = run->languages; *code != NULL; code++) {
        Value *item = value_append_map(list);
        g_autofree char *name = language_name(*code);
        g_autofree char *path = g_strconcat(paper_prefix(run, *code), "index.html", NULL);
        value_set_text(item, "code", *code);
        value_set_text(item, "name", name);
        set_url(item, "url", root, path);
        value_set_bool(item, "current", strcmp(*code, frame->language) == 0);
    }
    value_set_bool(values, "has_languages", run->languages[1] != NULL);
}

/* forms {url, has_others, others [{url, host}], mail}: where the forms of this language go, and the
 * other ways, which stand in each form as buttons of their own (DESIGN 3). */
static void set_forms(const PaperRun *run, const PaperFrame *frame, Value *values)
{
    g_auto(GStrv) doors = g_strsplit(run->forms_urls, ",", -1);
    Value *forms = value_set_map(values, "forms");
    Value *others = value_set_list(forms, "others");
    value_set_text(forms, "mail", run->forms_mail);
    value_set_bool(forms, "has_others",
                   (doors[0] != NULL && doors[1] != NULL) || *run->forms_mail != '\0');
    for (char **door = doors; *door != NULL; door++) {
        size_t length = strlen(g_strstrip(*door));
        while (length > 0 && (*door)[length - 1] == '/') {
            (*door)[--length] = '\0';
        }
        g_autoptr(GUri) uri = g_uri_parse(*door, G_URI_FLAGS_NONE, NULL);
        g_autofree char *url = g_strdup_printf("%s/%s", *door, frame->language);
        Value *map = door == doors ? forms : value_append_map(others);
        value_set_text(map, "url", url);
        value_set_text(map, "host", uri == NULL ? *door : g_uri_get_host(uri));
    }
}

Value *paper_frame_values(PaperRun *run, PaperFrame *frame, const char *root)
{
    Value *values = g_hash_table_lookup(frame->values, root);
    if (values != NULL) {
        return values;
    }
    values = value_map(run->arena);
    g_autofree char *home = g_strconcat(frame->prefix, "index.html", NULL);
    g_autofree char *feed = g_strconcat(frame->prefix, "feed.xml", NULL);
    value_set_text(values, "lang", frame->language);
    value_set_text(values, "dir", language_direction(frame->language));
    value_set_text(values, "root", root);
    value_set(values, "t", strings_value(run->arena, frame->language));
    Value *site = value_set_map(values, "site");
    value_set_text(site, "name", frame->name);
    value_set_text(site, "url", run->url);
    value_set_text(site, "description", frame->description);
    set_url(values, "home", root, home);
    set_url(values, "feed", root, feed);
    set_links(values, "nav", frame->menu, root);
    value_set_bool(values, "has_nav", frame->menu->len > 0);
    set_links(values, "footer", frame->footer, root);
    set_links(values, "more", frame->more, root);
    set_links(values, "copies", frame->copies, root);
    set_languages(run, frame, values, root);
    set_forms(run, frame, values);
    for (size_t i = 0; run->context->blocks[i] != NULL; i++) {
        if (frame->contents[i] != NULL) {
            run->context->blocks[i]->fill(frame->contents[i], values, root);
        }
    }
    g_hash_table_insert(frame->values, g_strdup(root), values);
    return values;
}

char *paper_address(const PaperRun *run, const char *path)
{
    size_t length = strlen(path);
    if (strcmp(path, "index.html") == 0) {
        length = 0;
    } else if (g_str_has_suffix(path, "/index.html")) {
        length -= strlen("index.html");
    }
    size_t base = strlen(run->url);
    while (base > 0 && run->url[base - 1] == '/') {
        base--;
    }
    return g_strdup_printf("%.*s/%.*s", (int)base, run->url, (int)length, path);
}
