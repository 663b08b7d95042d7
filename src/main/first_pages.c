/* Starter pages: first_pages.h. The demo's stories are demo.c. */
#include "main/first_pages.h"

#include "base/clock.h"
#include "base/error.h"
#include "desk/page_list.h"
#include "desk/story_file.h"
#include "press/setting.h"
#include "theme/embedded.h"

#include <string.h>

StoryInput *first_page_read(const char *name, GError **error)
{
    g_auto(StoryFileReport) report = {0};
    const EmbeddedFile *file = embedded_read(name);
    if (file == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "the program has no file %s", name);
        return NULL;
    }
    StoryInput *input = story_file_read_markdown(file->bytes, file->length, &report, error);
    if (input == NULL) {
        g_prefix_error(error, "%s:%u: ", name, MAX(report.line, 1));
    }
    return input;
}

bool first_pages_all_in(const StoryIntake *intake, GError **error)
{
    return story_intake_report(intake)->skipped == 0 ||
           fail(error, KOLOKOL_ERROR_CORRUPT,
                "the program's own pages were refused, as said above; this is a mistake in it");
}

static void fill_name(char **text, const char *name)
{
    if (*text != NULL && strstr(*text, "{{name}}") != NULL) {
        GString *filled = g_string_new(*text);
        g_string_replace(filled, "{{name}}", name, 0);
        g_free(*text);
        *text = g_string_free(filled, FALSE);
    }
}

typedef struct {
    NewsroomDesk *desk;
    StoryIntake *intake;
    const char *language, *name;
    bool demo;
    const GPtrArray *elders; /* PageRow, the first language's; NULL: all of ours are there */
    FirstPages *count;
} Put;

/* Every page is a translation of the one in the site's first language, at whose root it stands.
 * NULL if there is none. */
static char *elder_of(const Put *put, const char *slug)
{
    g_autofree char *path = g_strconcat(slug, ".html", NULL);
    bool there = put->elders == NULL && strcmp(put->language, put->desk->languages[0]) != 0;
    for (guint i = 0; put->elders != NULL && i < put->elders->len; i++) {
        there |= g_strcmp0(((const PageRow *)put->elders->pdata[i])->path, path) == 0;
    }
    return there ? g_steal_pointer(&path) : NULL;
}

static bool put_file(const Put *put, const char *file, GError **error)
{
    StoryInput *input = first_page_read(file, error);
    if (input == NULL) {
        return false;
    }
    g_free(input->language);
    input->language = g_strdup(put->language);
    g_free(input->translation_of);
    input->translation_of = elder_of(put, input->slug);
    fill_name(&input->title, put->name);
    fill_name(&input->lead, put->name);
    fill_name(&input->body, put->name);
    put->count->pages++;
    return story_intake_take(put->intake, input, &(StoryOrigin){file, 1, NULL}, error);
}

static bool put_language(const Put *put, GError **error)
{
    size_t files = 0;
    g_autofree char *own = g_strdup_printf("starter/%s/", put->language);
    const EmbeddedFile *rows = embedded_list(own, &files);
    if (files == 0) {
        rows = embedded_list("starter/en/", &files);
    }
    for (size_t i = 0; i < files; i++) {
        if (!put_file(put, rows[i].name, error)) {
            return false;
        }
    }
    g_autofree char *tour = g_strdup_printf("demo/tour.%s.md", put->language);
    return !put->demo || embedded_read(tour) == NULL || put_file(put, tour, error);
}

/* `missing`: only where there is no page yet. */
static bool put_languages(Put *put, bool missing, GError **error)
{
    Store *store = put->desk->store;
    g_autoptr(GPtrArray) elders = missing ? page_list(store, put->desk->languages[0], error) : NULL;
    if (missing && elders == NULL) {
        return false;
    }
    put->elders = elders;
    for (char **language = put->desk->languages; *language != NULL; language++) {
        g_autoptr(GPtrArray) pages = missing ? page_list(store, *language, error) : NULL;
        g_autofree char *name = setting_get_in(store, "name", *language, error);
        if (name == NULL || (missing && pages == NULL)) {
            return false;
        }
        put->language = *language;
        put->name = name;
        if ((pages == NULL || pages->len == 0) && !put_language(put, error)) {
            return false;
        }
    }
    return true;
}

static bool put_pages(NewsroomDesk *desk, bool demo, bool missing, FILE *err, FirstPages *count,
                      GError **error)
{
    StoryIntakeOptions options = {
        .desk = desk, .flags = STORY_PUT_PUBLISH, .now = clock_now(), .err = err};
    g_autoptr(StoryIntake) intake = story_intake_new(&options, error);
    Put put = {.desk = desk, .intake = intake, .demo = demo, .count = count};
    return intake != NULL && put_languages(&put, missing, error) &&
           story_intake_finish(intake, error) && first_pages_all_in(intake, error);
}

bool first_pages_put(NewsroomDesk *desk, bool demo, FILE *err, FirstPages *count, GError **error)
{
    return put_pages(desk, demo, false, err, count, error);
}

bool first_pages_add(NewsroomDesk *desk, FILE *err, FirstPages *count, GError **error)
{
    return put_pages(desk, false, true, err, count, error);
}
