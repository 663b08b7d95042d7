/* Pages of the forms' door from templates door-*.mustache: door_page.h. Which page when: door.c. */
#include "forms/door_page.h"

#include "base/error.h"
#include "forms/door_private.h"
#include "theme/strings.h"
#include "web/page.h"

static void set_text(const char *key, const char *text, void *values)
{
    value_set_text(values, g_intern_string(key), text);
}

static void set_frame(const DoorSite *site, const char *origin, const DoorPage *page,
                      ValueArena *arena, Value *values)
{
    g_autofree char *home = door_site_home(site, page->language);
    g_autofree char *base = g_strconcat(origin, "/", page->language, NULL);
    Value *named = value_set_map(values, "site");
    value_set_text(named, "name", door_site_name(site, page->language));
    value_set_text(named, "contact", site->contact);
    value_set_text(values, "lang", page->language);
    value_set_text(values, "dir", language_direction(page->language));
    value_set(values, "t", strings_value(arena, page->language));
    value_set_text(values, "home", home);
    value_set_text(values, "base", base);
}

static void set_link(const char *origin, const char *link, Value *values)
{
    g_autofree char *whole = link != NULL && *link == '/' ? g_strconcat(origin, link, NULL) : NULL;
    value_set_text(values, "link", whole != NULL ? whole : link);
}

/* {{v.FIELD}}, and {{#fields}} {{name}}, {{value}}: what was given, to be given again. */
static void set_fields(const DoorPage *page, Value *values, Value *v)
{
    Value *fields = value_set_list(values, "fields");
    for (unsigned i = 0; page->kind->fields[i].name != NULL; i++) {
        const char *value = page->form->values[i];
        value_set_text(v, page->kind->fields[i].name, value);
        if (*value != '\0') {
            Value *field = value_append_map(fields);
            value_set_static(field, "name", page->kind->fields[i].name);
            value_set_text(field, "value", value);
        }
    }
}

static void set_page(const char *origin, const DoorPage *page, Value *values)
{
    Value *v = value_set_map(values, "v");
    if (page->form != NULL) {
        set_fields(page, values, v);
    }
    if (page->answer != NULL) {
        form_answer_each(page->answer, set_text, v);
        set_link(origin, form_answer_get_link(page->answer), values);
    }
    if (page->problem != NULL) {
        value_set_text(values, "problem", strings_get(page->language, page->problem));
    }
    value_set_text(values, "stamp", page->stamp);
    value_set_text(values, "ticket", page->ticket);
}

bool door_page_render(Theme *theme, const DoorSite *site, const char *origin, const DoorPage *page,
                      GString *out, GError **error)
{
    const ThemeStyle *style = theme_style(theme, page->template, NULL);
    if (style == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no template theme/%s.mustache",
                    page->template);
    }
    g_autoptr(ValueArena) arena = value_arena_new(0);
    Value *values = value_map(arena);
    set_frame(site, origin, page, arena, values);
    value_set_html(values, "style", &style->html);
    set_page(origin, page, values);
    return theme_render(theme, page->template, values, out, error);
}

HttpReply *door_page(const Door *door, const DoorPage *page)
{
    Theme *theme = door->options.theme;
    g_autoptr(GString) out = g_string_new(NULL);
    bool https = door->options.https;
    if (!door_page_render(theme, door_site(door), "", page, out, NULL)) {
        return web_text(500, "This page cannot be made here now.", https);
    }
    g_autoptr(GBytes) html = g_bytes_new(out->str, out->len);
    const ThemeStyle *style = theme_style(theme, page->template, NULL);
    WebPage made = {.status = page->status, .style_hash = style->hash, .https = https};
    HttpReply *reply = web_page(&made, html);
    if (page->refresh != NULL) {
        http_reply_header(reply, "Refresh", page->refresh);
    }
    return reply;
}
