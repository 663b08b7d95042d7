/* Starter pages: first_pages.h. The demo's stories are demo.c. */
#include "main/first_pages.h"

#include "base/clock.h"
#include "base/error.h"
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

/* Every page is a translation of the one in the site's first language, at whose root it stands. */
static bool put(StoryIntake *intake, const char *file, const char *language, bool first,
                const char *name, GError **error)
{
    StoryInput *input = first_page_read(file, error);
    if (input == NULL) {
        return false;
    }
    g_free(input->language);
    input->language = g_strdup(language);
    g_free(input->translation_of);
    input->translation_of = first ? NULL : g_strconcat(input->slug, ".html", NULL);
    fill_name(&input->title, name);
    fill_name(&input->lead, name);
    fill_name(&input->body, name);
    return story_intake_take(intake, input, &(StoryOrigin){file, 1, NULL}, error);
}

static bool put_language(StoryIntake *intake, const char *language, bool first, const char *name,
                         bool demo, FirstPages *count, GError **error)
{
    size_t files = 0;
    g_autofree char *own = g_strdup_printf("starter/%s/", language);
    const EmbeddedFile *rows = embedded_list(own, &files);
    if (files == 0) {
        rows = embedded_list("starter/en/", &files);
    }
    for (size_t i = 0; i < files; i++) {
        if (!put(intake, rows[i].name, language, first, name, error)) {
            return false;
        }
        count->pages++;
    }
    g_autofree char *tour = g_strdup_printf("demo/tour.%s.md", language);
    if (!demo || embedded_read(tour) == NULL) {
        return true;
    }
    count->pages++;
    return put(intake, tour, language, first, name, error);
}

bool first_pages_put(NewsroomDesk *desk, bool demo, FILE *err, FirstPages *count, GError **error)
{
    StoryIntakeOptions options = {
        .desk = desk, .flags = STORY_PUT_PUBLISH, .now = clock_now(), .err = err};
    g_autoptr(StoryIntake) intake = story_intake_new(&options, error);
    for (char **language = desk->languages; intake != NULL && *language != NULL; language++) {
        g_autofree char *name = setting_get_in(desk->store, "name", *language, error);
        if (name == NULL || !put_language(intake, *language, language == desk->languages, name,
                                          demo, count, error)) {
            return false;
        }
    }
    return intake != NULL && story_intake_finish(intake, error) &&
           first_pages_all_in(intake, error);
}
