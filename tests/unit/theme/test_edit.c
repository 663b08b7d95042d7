/* Files of theme/ judged, written and taken away. */
#include "theme/edit.h"

#include "base/error.h"
#include "base/fault.h"
#include "folder.h"
#include "theme/theme.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static GBytes *bytes_of(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

static bool save(const char *folder, const char *name, const char *text, GError **error)
{
    g_autoptr(GBytes) bytes = bytes_of(text);
    return theme_edit_save(folder, name, bytes, error);
}

static const ThemeFile *file_named(const GPtrArray *files, const char *name)
{
    for (guint i = 0; i < files->len; i++) {
        const ThemeFile *file = files->pdata[i];
        if (strcmp(file->name, name) == 0) {
            return file;
        }
    }
    return NULL;
}

static unsigned files_in(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    unsigned count = 0;
    while (g_dir_read_name(entries) != NULL) {
        count++;
    }
    return count;
}

static void test_save(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    char mark[THEME_MARK], other[THEME_MARK];
    g_assert_true(save(folder, "card.mustache", "<p>{{headline}}</p>\n", &error));
    g_assert_true(save(folder, "ad.css", ".ad{color:red}", &error));
    g_autoptr(GPtrArray) files = theme_edit_list(folder, &error);
    g_assert_no_error(error);
    const ThemeFile *card = file_named(files, "card.mustache"), *ad = file_named(files, "ad.css"),
                    *story = file_named(files, "story.mustache");
    g_assert_true(card->own && card->built_in && card->problem == NULL);
    g_assert_true(ad->own && !ad->built_in);
    g_assert_true(!story->own && story->built_in && story->bytes > 100);
    g_assert_nonnull(file_named(files, "favicon.ico"));
    g_assert_null(file_named(files, "search.js"));
    g_autoptr(GBytes) own = theme_edit_own(folder, "card.mustache", &error);
    g_autoptr(GBytes) ours = theme_edit_built_in("card.mustache");
    theme_edit_mark(own, mark);
    theme_edit_mark(ours, other);
    g_assert_cmpstr(mark, !=, other);
    g_assert_cmpuint(strlen(mark), ==, THEME_MARK - 1);
    theme_edit_mark(NULL, mark);
    g_assert_cmpstr(mark, ==, "-");
    g_assert_true(theme_edit_reset(folder, "card.mustache", &error));
    g_assert_null(theme_edit_own(folder, "card.mustache", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_cmpuint(files_in(folder), ==, 1);
    folder_free(folder);
}

/* Each is refused with these words, and the folder stays empty. */
static void test_refused(void)
{
    static const struct {
        const char *name, *text, *words;
    } cases[] = {
        {"card.mustache", "one\n{{#a}}\n", "theme/card.mustache:2: "},
        {"card.mustache", "{{a", "theme/card.mustache:1: "},
        {"card.mustache", "one\ntwo {{>nowhere}}", "theme/card.mustache"},
        {"card.mustache", "{{>card}}", "theme/card.mustache:1: templates may not include"},
        {"byline.mustache", "\n{{>story-head}}", "theme/byline.mustache:2: templates may not"},
        {"card.mustache", "a\n\xff", "theme/card.mustache:2: this is no UTF-8"},
        {"style.css", "a{", "theme/style.css:1: "},
        {"style.css", "a{b:c}</style>", "theme/style.css:1: "},
        {"layout.mustache", "<html>\n<head></head></html>",
         "theme/layout.mustache:2: a <head> needs"},
        {"ad.mustache", "<HEAD>\n<script>x</script>\n<meta content=\"{{policy}}\">",
         "theme/ad.mustache:2: a <head> needs"},
        {"../x.css", "a{}", "is no name of a theme file"},
        {"/etc/x.css", "a{}", "is no name of a theme file"},
        {"a/b.css", "a{}", "is no name of a theme file"},
        {".css", "a{}", "is no name of a theme file"},
        {"A.css", "a{}", "is no name of a theme file"},
        {"a.js", "a", "is no name of a theme file"},
        {"", "a", "is no name of a theme file"},
        {"favicon.ico", "a", "is not edited as text"},
        {"serif.woff2", "a", "is not edited as text"},
    };

    char *folder = folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s: %s", cases[i].name, cases[i].text);
        g_assert_false(save(folder, cases[i].name, cases[i].text, &error));
        g_test_message("  %s", error->message);
        g_assert_nonnull(strstr(error->message, cases[i].words));
        g_assert_cmpuint(files_in(folder), ==, 0);
    }
    folder_free(folder);
}

static void test_large(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strnfill(THEME_EDIT_MOST + 1, 'x');
    g_assert_false(save(folder, "ad.mustache", text, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    text[THEME_EDIT_MOST] = '\0';
    g_clear_error(&error);
    g_assert_true(save(folder, "ad.mustache", text, &error));
    folder_free(folder);
}

/* A door's page and a mail have no policy of the page's own, as those of the program. */
static void test_no_policy(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(
        save(folder, "mail.mustache", "<html><head></head>{{$main}}{{/main}}</html>", &error));
    g_assert_true(save(folder, "ad.mustache", "<header>A header is no head</header>", &error));
    g_assert_no_error(error);
    folder_free(folder);
}

/* What another file needs stays. */
static void test_needed(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(save(folder, "ad.mustache", "An advertisement.", &error));
    g_assert_true(save(folder, "card.mustache", "{{>ad}}", &error));
    g_assert_false(theme_edit_reset(folder, "ad.mustache", &error));
    g_assert_nonnull(strstr(error->message, "theme/card.mustache:1: "));
    g_assert_cmpuint(files_in(folder), ==, 2);
    g_clear_error(&error);
    g_assert_true(theme_edit_reset(folder, "card.mustache", &error));
    g_assert_true(theme_edit_reset(folder, "ad.mustache", &error));
    g_assert_false(theme_edit_reset(folder, "ad.mustache", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_false(theme_edit_reset(folder, "../ad.mustache", &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
    folder_free(folder);
}

/* What was broken by hand can be mended here, and does not stand in the way of another file. */
static void test_broken_before(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    folder_write(folder, "card.mustache", "{{#open}}");
    g_autoptr(GPtrArray) files = theme_edit_list(folder, &error);
    g_assert_nonnull(strstr(file_named(files, "card.mustache")->problem, "theme/card.mustache:1:"));
    g_assert_true(save(folder, "share.mustache", "Share.", &error));
    g_assert_false(save(folder, "card.mustache", "{{#open}}", &error));
    g_clear_error(&error);
    g_assert_true(save(folder, "card.mustache", "Closed.", &error));
    g_assert_no_error(error);
    folder_free(folder);
}

/* ---- Old or new ----------------------------------------------------------------------------- */

static void assert_old_or_new(const char *folder, const char *old, const char *new)
{
    g_autofree char *path = g_build_filename(folder, "card.mustache", NULL);
    g_autofree char *now = NULL;
    g_assert_true(g_file_get_contents(path, &now, NULL, NULL));
    g_assert_true(strcmp(now, old) == 0 || strcmp(now, new) == 0);
}

/* Each call to the system fails once. */
static void test_faults(void)
{
    char *folder = folder_new();
    bool saved = false;
    folder_write(folder, "card.mustache", "old");
    for (unsigned n = 1; !saved; n++) {
        g_autoptr(GError) error = NULL;
        fault_plan(FAULT_FILE, n, false);
        saved = save(folder, "card.mustache", "new", &error);
        fault_end();
        assert_old_or_new(folder, "old", "new");
        g_assert_cmpuint(n, <, 60);
    }
    assert_old_or_new(folder, "new", "new");
    g_assert_cmpuint(files_in(folder), ==, 1);
    folder_free(folder);
}

/* Killed at each call to the system: the theme that the next process loads has the old file or the
 * new one, whole. */
static void test_killed(void)
{
    static char old[20000], new[20000]; /* static: valgrind counts what a child leaves behind */
    static char *folder;
    int status = 1;
    memset(old, 'a', sizeof old - 1);
    memset(new, 'b', sizeof new - 1);
    folder = folder_new();
    for (unsigned n = 1; status != 0; n++) {
        folder_write(folder, "card.mustache", old);
        pid_t child = fork();
        if (child == 0) {
            fault_plan_kill(FAULT_FILE, n);
            _exit(save(folder, "card.mustache", new, NULL) ? 0 : 9);
        }
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        g_assert_true(status == 0 || WIFSIGNALED(status));
        assert_old_or_new(folder, old, new);
        g_autoptr(Theme) theme = theme_load(folder, NULL);
        g_assert_null(theme_problems(theme)[0]);
        g_assert_cmpuint(n, <, 60);
    }
    assert_old_or_new(folder, new, new);
    folder_free(folder);
}

/* ---- Trying --------------------------------------------------------------------------------- */

static void test_try(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Theme) theme = theme_load(folder, &error);
    g_autoptr(GBytes) draft = bytes_of("Share it.");
    g_autoptr(GBytes) bad = bytes_of("{{#a}}");
    g_autofree char *before = g_strdup(theme_version(theme, "share"));
    bool changed = true;
    g_assert_true(theme_try(theme, "share.mustache", draft, &error));
    g_assert_cmpstr(theme_version(theme, "share"), !=, before);
    g_assert_true(theme_reload(theme, &changed, &error));
    g_assert_false(changed);
    g_assert_cmpstr(theme_version(theme, "share"), !=, before);
    theme_untry(theme);
    g_assert_true(theme_reload(theme, &changed, &error));
    g_assert_true(changed);
    g_assert_cmpstr(theme_version(theme, "share"), ==, before);
    g_assert_false(theme_try(theme, "share.mustache", bad, &error));
    g_assert_cmpstr(theme_version(theme, "share"), ==, before);
    g_assert_true(theme_uses(theme, "story", "byline.mustache"));
    g_assert_true(theme_uses(theme, "story", "style.css"));
    g_assert_false(theme_uses(theme, "404", "byline.mustache"));
    g_assert_false(theme_uses(theme, "none", "style.css"));
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/theme/edit/save, list, reset", test_save);
    g_test_add_func("/theme/edit/refused", test_refused);
    g_test_add_func("/theme/edit/size", test_large);
    g_test_add_func("/theme/edit/policy", test_no_policy);
    g_test_add_func("/theme/edit/needed by another", test_needed);
    g_test_add_func("/theme/edit/broken by hand", test_broken_before);
    g_test_add_func("/theme/edit/each failure", test_faults);
    g_test_add_func("/theme/edit/killed", test_killed);
    g_test_add_func("/theme/edit/try", test_try);
    return g_test_run();
}
