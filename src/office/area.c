/* Parts of pages for longer texts: area.h. The small ones are parts.c. */
#include "office/area.h"

#include "base/clock.h"
#include "office/asset.h"
#include "theme/strings.h"

#include <string.h>

/* The parser drops one line break after the tag: one is given to it, so that none of the text is
 * lost. */
static void write_text(HtmlWriter *page, const char *value)
{
    html_text(page, "\n");
    html_text(page, value);
}

void office_area(HtmlWriter *page, const OfficeArea *area)
{
    g_autofree char *rows = g_strdup_printf("%u", area->rows == 0 ? 4 : area->rows);
    g_autofree char *hint = area->hint == NULL ? NULL : g_strconcat(area->name, "-hint", NULL);
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", area->name);
    html_text(page, area->label);
    html_close(page, "label");
    html_open(page, "textarea");
    html_attribute(page, "id", area->name);
    html_attribute(page, "name", area->fixed ? NULL : area->name);
    html_flag(page, "readonly", area->fixed);
    html_attribute(page, "rows", rows);
    html_attribute(page, "class", area->code ? "code" : NULL);
    html_attribute(page, "lang", area->language);
    html_attribute(page, "dir",
                   area->code               ? "ltr"
                   : area->fixed            ? "auto"
                   : area->language == NULL ? NULL
                                            : language_direction(area->language));
    html_attribute(page, "spellcheck", area->code ? "false" : NULL);
    html_attribute(page, "aria-describedby", hint);
    write_text(page, area->value);
    html_close(page, "textarea");
    if (hint != NULL) {
        html_open(page, "small");
        html_attribute(page, "id", hint);
        html_text(page, area->hint);
        html_close(page, "small");
    }
    html_close(page, "p");
}

void office_link(HtmlWriter *page, const char *path, const char *text)
{
    html_open(page, "a");
    html_url_attribute(page, "href", path);
    html_text(page, text);
    html_close(page, "a");
}

void office_link_line(HtmlWriter *page, const char *path, const char *text)
{
    html_open(page, "p");
    office_link(page, path, text);
    html_close(page, "p");
}

void office_style(HtmlWriter *page, const char *asset)
{
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_url_attribute(page, "href", office_asset(asset));
}

void office_mail_text(HtmlWriter *page, const char *language, const char *text)
{
    html_open(page, "pre");
    html_attribute(page, "class", "letter");
    html_attribute(page, "lang", language);
    html_attribute(page, "dir", language_direction(language));
    html_text(page, text);
    html_close(page, "pre");
}

void office_pair(HtmlWriter *page, const char *name, const char *value)
{
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_text(page, name);
    html_close(page, "th");
    html_element(page, "td", value);
    html_close(page, "tr");
}

char *office_moment_shown(int64_t moment, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment / CLOCK_SECOND);
    g_autoptr(GDateTime) local = utc == NULL ? NULL : g_date_time_to_timezone(utc, zone);
    return local == NULL ? g_strdup("") : g_date_time_format(local, "%Y-%m-%dT%H:%M");
}

char *office_moment_sent(const char *field)
{
    char *text = g_strstrip(g_strdup(field));
    if (strlen(text) == strlen("2026-11-24T08:00") && text[10] == 'T') {
        text[10] = ' ';
    }
    return text;
}
