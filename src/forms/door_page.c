/* Pages of the forms' door from templates door-*.mustache. Which page when: door.c. */
#include "forms/door_private.h"

#include "theme/strings.h"
#include "web/page.h"

#include <string.h>

static void set_text(const char *key, const char *text, void *values)
{
    value_set_text(values, g_intern_string(key), text);
}

static void set_frame(const Door *door, const DoorPage *page, ValueArena *arena, Value *values)
{
    const DoorSite *site = door_site(door);
    g_autofree char *home = door_site_home(site, page->language);
    g_autofree char *base = g_strconcat("/", page->language, NULL);
    Value *named = value_set_map(values, "site");
    value_set_text(named, "name", door_site_name(site, page->language));
    value_set_text(named, "contact", site->contact);
    value_set_text(values, "lang", page->language);
    value_set_text(values, "dir", language_direction(page->language));
    value_set(values, "t", strings_value(arena, page->language));
    value_set_text(values, "home", home);
    value_set_text(values, "base", base);
    value_set_html(values, "style", &theme_style(door->options.theme, page->template, NULL)->html);
}

static void set_page(const DoorPage *page, Value *values)
{
    Value *v = value_set_map(values, "v");
    if (page->form != NULL) {
        for (unsigned i = 0; page->kind->fields[i].name != NULL; i++) {
            value_set_text(v, page->kind->fields[i].name, page->form->values[i]);
        }
    }
    if (page->answer != NULL) {
        form_answer_each(page->answer, set_text, v);
        value_set_text(values, "link", form_answer_get_link(page->answer));
    }
    if (page->problem != NULL) {
        value_set_text(values, "problem", strings_get(page->language, page->problem));
    }
    value_set_text(values, "stamp", page->stamp);
    value_set_text(values, "ticket", page->ticket);
}

HttpReply *door_page(const Door *door, const DoorPage *page)
{
    bool https = door->options.https;
    const ThemeStyle *style = theme_style(door->options.theme, page->template, NULL);
    if (style == NULL) {
        return web_text(500, "This page cannot be made here now.", https);
    }
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autoptr(GString) out = g_string_new(NULL);
    Value *values = value_map(arena);
    set_frame(door, page, arena, values);
    set_page(page, values);
    if (!theme_render(door->options.theme, page->template, values, out, NULL)) {
        return web_text(500, "This page cannot be made here now.", https);
    }
    g_autoptr(GBytes) html = g_bytes_new(out->str, out->len);
    WebPage made = {.status = page->status, .style_hash = style->hash, .https = https};
    HttpReply *reply = web_page(&made, html);
    if (page->refresh != NULL) {
        http_reply_header(reply, "Refresh", page->refresh);
    }
    return reply;
}
