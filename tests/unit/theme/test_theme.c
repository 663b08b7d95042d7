#include "theme/theme.h"

#include "base/error.h"
#include "folder.h"

static char *render(const Theme *theme, const char *name)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    Value *data = value_map(arena);
    value_set_text(data, "x", "<x>");
    theme_render(theme, name, data, out, &error);
    g_assert_no_error(error);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static const char *css(Theme *theme, const char *name, const char *root)
{
    return safe_html_markup(&theme_style(theme, name, root)->html);
}

static void check_hash(const ThemeStyle *style)
{
    guint8 digest[32];
    gsize length = 32;
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(hash, (const guchar *)safe_html_markup(&style->html), -1);
    g_checksum_get_digest(hash, digest, &length);
    g_autofree char *base64 = g_base64_encode(digest, length);
    g_autofree char *expected = g_strdup_printf("'sha256-%s'", base64);
    g_assert_cmpstr(style->hash, ==, expected);
}

static void check_render(const Theme *theme, const char *name, const char *expected)
{
    g_autofree char *text = render(theme, name);
    g_assert_cmpstr(text, ==, expected);
}

static void check_problem(const Theme *theme, const char *expected)
{
    const char *const *problems = theme_problems(theme);
    if (expected == NULL) {
        g_assert_cmpstr(problems[0], ==, NULL);
    } else if (problems[0] == NULL || strstr(problems[0], expected) == NULL) {
        g_error("expected “%s”, got “%s”", expected, problems[0]);
    }
}

static void test_default(void)
{
    g_autoptr(Theme) theme = theme_load(NULL, NULL);
    g_assert_nonnull(theme);
    check_problem(theme, NULL);
    g_assert_nonnull(theme_template(theme, "story"));
    g_assert_cmpuint(strlen(theme_version(theme, "story")), ==, 32);
    g_assert_cmpstr(theme_version(theme, "story"), !=, theme_version(theme, "front"));
    g_assert_null(theme_template(theme, "nothing"));
    g_assert_null(theme_version(theme, "nothing"));
    g_assert_null(theme_style(theme, "nothing", ""));
    g_assert_true(g_str_has_prefix(theme_script_hash(theme, "story"), "'sha256-"));
    g_assert_nonnull(theme_script(theme, "story"));
    g_assert_null(theme_script(theme, "archive-year"));
    g_assert_null(theme_script_hash(theme, "nothing"));
    g_assert_true(g_strv_contains(theme_names(theme), "live-part"));
    bool changed = true;
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_false(changed);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new("before");
    g_assert_false(theme_render(theme, "nothing", NULL, out, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_assert_cmpstr(out->str, ==, "before");
}

/* The hash is the one a browser makes of the bytes between the tags. */
static void test_style(void)
{
    char *folder = folder_new();
    folder_write(folder, "style.css", "a { b: c; }");
    folder_write(folder, "one.mustache", "{{>two}}");
    folder_write(folder, "one.css", "one { }");
    folder_write(folder, "two.mustache", "");
    folder_write(folder, "two.css", "/* two */ two{}");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    g_assert_cmpstr(css(theme, "one", "../"), ==, "a{b:c}one{}two{}");
    g_assert_cmpstr(css(theme, "two", NULL), ==, "a{b:c}two{}");
    check_hash(theme_style(theme, "two", ""));
    g_assert_cmpuint(theme_style(theme, "two", "")->fonts->len, ==, 0);
    folder_free(folder);
}

/* A WOFF2 header with this many bytes after it. */
static void write_font(const char *folder, const char *name, guint8 more)
{
    char font[48 + 255] = "wOF2";
    font[11] = (char)(48 + more);
    memset(font + 48, more, more);
    folder_write_bytes(folder, name, font, 48u + more);
}

/* A page asks for the fonts where it lies; a page outside of the edition does without. */
static void test_fonts(void)
{
    char *folder = folder_new();
    write_font(folder, "serif.woff2", 1);
    folder_write(folder, "style.css",
                 "@font-face { font-family: S; src: url(serif.woff2) } p { color: red }");
    folder_write(folder, "one.mustache", "1");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    check_problem(theme, NULL);
    const ThemeStyle *deep = theme_style(theme, "one", "../../");
    g_assert_cmpuint(deep->fonts->len, ==, 1);
    const ThemeFont *font = deep->fonts->pdata[0];
    g_autofree char *expected =
        g_strdup_printf("@font-face{font-family:S;src:url(../../%s)}p{color:red}", font->path);
    g_assert_cmpstr(css(theme, "one", "../../"), ==, expected);
    check_hash(deep);
    g_assert_cmpstr(css(theme, "one", NULL), ==, "p{color:red}");
    g_assert_cmpuint(theme_style(theme, "one", NULL)->fonts->len, ==, 0);
    check_hash(theme_style(theme, "one", NULL));
    g_autofree char *version = g_strdup(theme_version(theme, "one"));
    write_font(folder, "serif.woff2", 2);
    bool changed = false;
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_true(changed);
    g_assert_cmpstr(theme_version(theme, "one"), !=, version);
    folder_free(folder);
}

/* A font at fault is left aside, and with it the style that cannot do without. */
static void test_bad_font(void)
{
    char *folder = folder_new();
    folder_write(folder, "serif.woff2", "wOFF and not two");
    folder_write(folder, "extra.css", "@font-face { src: url('serif.woff2') }");
    folder_write(folder, "favicon.ico", "GIF89a, no icon");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    g_assert_cmpuint(g_strv_length((char **)(uintptr_t)theme_problems(theme)), ==, 3);
    check_problem(theme, "theme/extra.css: there is no font theme/serif.woff2 that could be used");
    g_assert_nonnull(strstr(theme_problems(theme)[1], "theme/favicon.ico: not an icon"));
    g_assert_nonnull(strstr(theme_problems(theme)[2], "theme/serif.woff2: not a WOFF2 font"));
    folder_free(folder);
}

static void test_icon(void)
{
    char *folder = folder_new();
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    g_autofree char *before = theme_file_version(theme, "favicon.ico");
    g_assert_nonnull(before);
    folder_write_bytes(folder, "favicon.ico", "\0\0\1\0\1\0own", 9);
    g_assert_true(theme_reload(theme, NULL, NULL));
    check_problem(theme, NULL);
    g_autofree char *after = theme_file_version(theme, "favicon.ico");
    g_assert_cmpstr(before, !=, after);
    g_assert_cmpuint(g_bytes_get_size(theme_file(theme, "favicon.ico")), ==, 9);
    g_assert_null(theme_file(theme, "nothing.ico"));
    g_assert_null(theme_file_version(theme, "nothing.ico"));
    folder_free(folder);
}

/* A version changes with the template, its partials and its style, and with nothing else. */
static void test_versions(void)
{
    char *folder = folder_new();
    folder_write(folder, "one.mustache", "{{>two}}");
    folder_write(folder, "two.mustache", "2");
    folder_write(folder, "three.mustache", "3");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    g_autofree char *one = g_strdup(theme_version(theme, "one"));
    g_autofree char *three = g_strdup(theme_version(theme, "three"));
    bool changed = false;

    folder_write(folder, "two.mustache", "II");
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_true(changed);
    g_assert_cmpstr(theme_version(theme, "one"), !=, one);
    g_assert_cmpstr(theme_version(theme, "three"), ==, three);
    check_render(theme, "one", "II");

    folder_write(folder, "two.mustache", "2");
    folder_write(folder, "three.css", "a{}");
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_cmpstr(theme_version(theme, "one"), ==, one);
    g_assert_cmpstr(theme_version(theme, "three"), !=, three);

    /* The same bytes written again are no change. */
    folder_write(folder, "two.mustache", "2");
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_false(changed);
    folder_free(folder);
}

static void test_previous(void)
{
    char *folder = folder_new();
    folder_write(folder, "up.mustache", "mine {{x}}\n");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    check_render(theme, "up", "mine &lt;x&gt;\n");
    bool changed = true;

    folder_write(folder, "up.mustache", "one\ntwo {{#x}}\n");
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_false(changed);
    check_problem(theme, "theme/up.mustache:2:");
    check_render(theme, "up", "mine &lt;x&gt;\n");

    folder_write(folder, "up.mustache", "mended");
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_true(changed);
    check_problem(theme, NULL);
    check_render(theme, "up", "mended");

    folder_remove(folder, "up.mustache");
    g_assert_true(theme_reload(theme, &changed, NULL));
    g_assert_true(changed);
    check_render(theme, "up", "");
    folder_free(folder);
}

static void test_broken(void)
{
    char *folder = folder_new();
    folder_write(folder, "story.mustache", "line\n\n{{>nowhere}}");
    folder_write(folder, "style.css", "a{\nb:c");
    folder_write(folder, "front.mustache", "x \xff y");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    g_autoptr(Theme) plain = theme_load(NULL, NULL);
    g_assert_cmpstr(theme_version(theme, "story"), ==, theme_version(plain, "story"));
    g_assert_cmpstr(theme_version(theme, "front"), ==, theme_version(plain, "front"));
    g_autofree char *all = g_strjoinv("\n", (char **)(uintptr_t)theme_problems(theme));
    g_test_message("%s", all);
    g_assert_nonnull(strstr(all, "theme/story.mustache:3: "));
    g_assert_nonnull(strstr(all, "nowhere"));
    g_assert_nonnull(strstr(all, "theme/style.css:2: { is never closed"));
    g_assert_nonnull(strstr(all, "theme/front.mustache: the template is not UTF-8"));
    folder_free(folder);
}

static void test_circles(void)
{
    char *folder = folder_new();
    folder_write(folder, "a.mustache", "\n{{> b }}");
    folder_write(folder, "b.mustache", "{{#x}}{{>c}}{{/x}}");
    folder_write(folder, "c.mustache", "{{>a}}");
    folder_write(folder, "self.mustache", "x\n\n{{>self}}");
    folder_write(folder, "card.mustache", "{{>front}}");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    g_autofree char *all = g_strjoinv("\n", (char **)(uintptr_t)theme_problems(theme));
    g_assert_nonnull(strstr(all, "theme/a.mustache:2: templates may not include each other in a "
                                 "circle: a → b → c → a"));
    g_assert_nonnull(strstr(all, "theme/self.mustache:3: templates may not include"));
    g_assert_nonnull(strstr(all, "theme/card.mustache:1: templates may not include"));
    g_autoptr(Theme) plain = theme_load(NULL, NULL);
    g_assert_cmpstr(theme_version(theme, "front"), ==, theme_version(plain, "front"));
    folder_free(folder);
}

/* A template that another one leans on goes away: the one that leans is at fault, not the paper. */
static void test_leaning(void)
{
    char *folder = folder_new();
    folder_write(folder, "up.mustache", "{{>mine}}");
    folder_write(folder, "mine.mustache", "mine");
    g_autoptr(Theme) theme = theme_load(folder, NULL);
    check_render(theme, "up", "mine");
    folder_remove(folder, "mine.mustache");
    g_assert_true(theme_reload(theme, NULL, NULL));
    check_problem(theme, "theme/up.mustache:1: ");
    check_render(theme, "up", "");
    folder_free(folder);
}

static void test_unreadable(void)
{
    char *folder = folder_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *file = g_build_filename(folder, "a.css", NULL);
    folder_write(folder, "a.css", "a{}");
    g_assert_null(theme_load(file, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_IO);
    folder_free(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/theme/default", test_default);
    g_test_add_func("/theme/style", test_style);
    g_test_add_func("/theme/fonts", test_fonts);
    g_test_add_func("/theme/bad-font", test_bad_font);
    g_test_add_func("/theme/icon", test_icon);
    g_test_add_func("/theme/versions", test_versions);
    g_test_add_func("/theme/previous", test_previous);
    g_test_add_func("/theme/broken", test_broken);
    g_test_add_func("/theme/circles", test_circles);
    g_test_add_func("/theme/leaning", test_leaning);
    g_test_add_func("/theme/unreadable", test_unreadable);
    return g_test_run();
}
