/*
 * Renders every template of the default theme with the sample data in contexts/ and checks the
 * page: balanced elements, no empty href or src, no braces or escaped markup left over, sizes.
 *
 * contexts/frame.LANG.json is what every page has; contexts/TEMPLATE.LANG.json what one adds. Keys
 * "body", "byline_html", "html" and "style" hold markup. With KOLOKOL_PAGES=DIR the pages are
 * written there, to be looked at.
 */
#include "theme/strings.h"
#include "theme/theme.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>

#define STYLE_LIMIT 7168u /* bytes: no page's style may grow past this unnoticed */

static json_t *load(const char *name, const char *language)
{
    g_autofree char *path = g_strdup_printf("%s/%s.%s.json", CONTEXTS, name, language);
    json_error_t where;
    json_t *data = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
    if (data == NULL && g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_error("%s:%d: %s", path, where.line, where.text);
    }
    return data;
}

static bool is_markup(const char *key)
{
    static const char *const keys[] = {"body", "byline_html", "html", "style", NULL};
    return key != NULL && g_strv_contains(keys, key);
}

static Value *value_of(ValueArena *arena, const json_t *data, const char *key)
{
    if (json_is_string(data) && is_markup(key)) {
        g_auto(SafeHtml) html =
            safe_html_from_already_safe_markup(g_strdup(json_string_value(data)));
        return value_html(arena, &html);
    }
    if (json_is_string(data)) {
        return value_text(arena, json_string_value(data));
    }
    if (json_is_array(data)) {
        Value *list = value_set_list(value_map(arena), "list");
        size_t i;
        json_t *item;
        json_array_foreach(data, i, item) value_append(list, value_of(arena, item, NULL));
        return list;
    }
    g_assert_true(json_is_object(data));
    return value_map(arena);
}

/* value.h borrows keys: they live as long as the JSON. */
static void fill(ValueArena *arena, Value *map, json_t *data)
{
    const char *key;
    json_t *item;

    json_object_foreach(data, key, item)
    {
        if (json_is_object(item)) {
            fill(arena, value_set_map(map, key), item);
        } else if (json_is_boolean(item)) {
            value_set_bool(map, key, json_is_true(item));
        } else if (json_is_integer(item)) {
            value_set_number(map, key, json_integer_value(item));
        } else if (json_is_array(item)) {
            Value *list = value_set_list(map, key);
            size_t i;
            json_t *entry;
            json_array_foreach(item, i, entry)
            {
                if (json_is_object(entry)) {
                    fill(arena, value_append_map(list), entry);
                } else {
                    value_append(list, value_of(arena, entry, NULL));
                }
            }
        } else {
            value_set(map, key, value_of(arena, item, key));
        }
    }
}

static bool is_void(const char *name)
{
    static const char *const voids[] = {"area", "base",  "br",   "col", "hr",     "img",
                                        "link", "input", "meta", "wbr", "source", NULL};
    return g_strv_contains(voids, name);
}

/* Every element that opens closes, in order; the theme omits no end tags. */
static void check_balance(const char *name, const char *page)
{
    g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);

    for (const char *at = page; (at = strchr(at, '<')) != NULL; at++) {
        bool closes = at[1] == '/';
        const char *start = at + 1 + closes;
        size_t length = strspn(start, "abcdefghijklmnopqrstuvwxyz0123456789");
        if (length == 0) {
            continue;
        }
        g_autofree char *element = g_strndup(start, length);
        if (closes) {
            const char *last = open->len == 0 ? "nothing" : open->pdata[open->len - 1];
            if (strcmp(last, element) != 0) {
                g_error("%s: </%s> closes <%s>: %.60s", name, element, last, at);
            }
            g_ptr_array_set_size(open, (int)open->len - 1);
        } else if (!is_void(element)) {
            g_ptr_array_add(open, g_steal_pointer(&element));
        }
    }
    g_assert_cmpuint(open->len, ==, 0);
}

static void check_absent(const char *name, const char *page, const char *what)
{
    const char *found = strstr(page, what);
    if (found != NULL) {
        g_error("%s: has “%s”: %.60s", name, what, found - (found - page > 20 ? 20 : found - page));
    }
}

static void check_page(const char *name, const char *page)
{
    static const char *const never[] = {"{{",        "href=\"\"", "src=\"\"",    "datetime=\"\"",
                                        "&lt;",      "<h>",       "action=\"\"", "content=\"\"",
                                        "lang=\"\"", NULL};
    for (int i = 0; never[i] != NULL; i++) {
        check_absent(name, page, never[i]);
    }
    check_balance(name, page);
    g_assert_true(g_utf8_validate(page, -1, NULL));
    g_assert_true(g_str_has_prefix(page, "<!doctype html>\n<html lang=\""));
    g_assert_nonnull(strstr(page, "<h1"));
    g_assert_null(strstr(strstr(page, "<h1") + 1, "<h1"));
    g_assert_nonnull(strstr(page, "<style>:root{"));
}

static void write_page(const char *template, const char *language, const GString *page)
{
    const char *folder = g_getenv("KOLOKOL_PAGES");
    if (folder == NULL) {
        return;
    }
    g_autofree char *path = g_strdup_printf("%s/%s.%s.html", folder, template, language);
    g_assert_true(g_file_set_contents(path, page->str, (gssize)page->len, NULL));
}

static bool render(Theme *theme, const char *template, const char *language)
{
    json_t *own = load(template, language);
    if (own == NULL) {
        return false;
    }
    json_t *frame = load("frame", language);
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GString) page = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    Value *data = value_map(arena);

    fill(arena, data, frame);
    fill(arena, data, own);
    value_set(data, "t", strings_value(arena, language));
    value_set_html(data, "style", &theme_style(theme, template, "")->html);
    theme_render(theme, template, data, page, &error);
    g_assert_no_error(error);
    g_autofree char *name = g_strdup_printf("%s.%s", template, language);
    check_page(name, page->str);
    size_t style = strlen(safe_html_markup(&theme_style(theme, template, "")->html));
    g_test_message("%s: %zu bytes, of which style %zu", name, page->len, style);
    g_assert_cmpuint(style, <, STYLE_LIMIT);
    write_page(template, language, page);
    json_decref(own);
    json_decref(frame);
    return true;
}

static void test_all(void)
{
    static const char *const pages[] = {
        "404",       "archive-month", "archive-year", "day",  "front", "gone",    "list", "live",
        "live-part", "month",         "moved",        "page", "story", "support", NULL};
    g_autoptr(Theme) theme = theme_load(NULL, NULL);
    for (int i = 0; pages[i] != NULL; i++) {
        g_assert_true(render(theme, pages[i], "en"));
    }
    g_assert_true(render(theme, "story", "ru"));
    g_assert_true(render(theme, "front", "ru"));
    g_assert_true(render(theme, "story", "ar"));
}

/* With nothing but the frame a page is still a page: an empty newsroom. */
static void test_empty(void)
{
    g_autoptr(Theme) theme = theme_load(NULL, NULL);
    json_t *frame = load("frame", "en");
    static const char *const pages[] = {"front", "list", "month", "archive-year", NULL};

    for (int i = 0; pages[i] != NULL; i++) {
        g_autoptr(ValueArena) arena = value_arena_new(0);
        g_autoptr(GString) page = g_string_new(NULL);
        Value *data = value_map(arena);
        fill(arena, data, frame);
        value_set_static(data, "heading", "Nothing");
        value_set(data, "t", strings_value(arena, "en"));
        value_set_html(data, "style", &theme_style(theme, pages[i], "")->html);
        g_assert_true(theme_render(theme, pages[i], data, page, NULL));
        check_page(pages[i], page->str);
        g_assert_nonnull(strstr(page->str, "There are no stories here yet."));
    }
    json_decref(frame);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/templates/all", test_all);
    g_test_add_func("/templates/empty", test_empty);
    return g_test_run();
}
