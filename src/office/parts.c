/* The small parts of pages: frame.h. */
#include "office/frame.h"

#include "base/moment.h"
#include "theme/dates.h"
#include "theme/strings.h"

#include <inttypes.h>

void office_form(HtmlWriter *page, const OfficeVisit *visit, const char *action)
{
    html_open(page, "form");
    html_attribute(page, "method", "post");
    html_url_attribute(page, "action", action);
    office_hidden(page, "csrf", visit->csrf);
    if (visit->withheld > 0) {
        g_autofree char *number = g_strdup_printf("%" PRId64, visit->withheld);
        office_hidden(page, "withheld", number);
    }
}

void office_hidden(HtmlWriter *page, const char *name, const char *value)
{
    html_open(page, "input");
    html_attribute(page, "type", "hidden");
    html_attribute(page, "name", name);
    html_attribute(page, "value", value);
}

void office_button(HtmlWriter *page, const char *text, const char *style)
{
    html_open(page, "button");
    html_attribute(page, "class", style);
    html_text(page, text);
    html_close(page, "button");
}

void office_button_form(HtmlWriter *page, const OfficeVisit *visit, const char *action,
                        const char *name, const char *value, const char *text, const char *style)
{
    office_form(page, visit, action);
    if (name != NULL) {
        office_hidden(page, name, value);
    }
    office_button(page, text, style);
    html_close(page, "form");
}

void office_input(HtmlWriter *page, const OfficeInput *input)
{
    g_autofree char *most = input->most == 0 ? NULL : g_strdup_printf("%u", input->most);
    g_autofree char *hint = input->hint == NULL ? NULL : g_strconcat(input->name, "-hint", NULL);
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", input->name);
    html_text(page, input->label);
    html_close(page, "label");
    html_open(page, "input");
    html_attribute(page, "id", input->name);
    html_attribute(page, "name", input->name);
    html_attribute(page, "type", input->type == NULL ? "text" : input->type);
    html_attribute(page, "value", input->value);
    html_attribute(page, "autocomplete", input->complete == NULL ? "off" : input->complete);
    html_attribute(page, "maxlength", most);
    html_attribute(page, "list", input->list);
    html_attribute(page, "data-many", input->many ? "" : NULL);
    html_attribute(page, "aria-describedby", hint);
    html_flag(page, "readonly", input->fixed);
    html_flag(page, "required", input->required);
    html_flag(page, "autofocus", input->focus);
    if (hint != NULL) {
        html_open(page, "small");
        html_attribute(page, "id", hint);
        html_text(page, input->hint);
        html_close(page, "small");
    }
    html_close(page, "p");
}

void office_suggestions(HtmlWriter *page, const char *id, const GPtrArray *texts)
{
    html_open(page, "datalist");
    html_attribute(page, "id", id);
    for (guint i = 0; i < texts->len; i++) {
        html_open(page, "option");
        html_attribute(page, "value", texts->pdata[i]);
        html_close(page, "option");
    }
    html_close(page, "datalist");
}

void office_choice(HtmlWriter *page, const char *label, const char *name)
{
    html_open(page, "p");
    html_open(page, "label");
    html_attribute(page, "for", name);
    html_text(page, label);
    html_close(page, "label");
    html_open(page, "select");
    html_attribute(page, "id", name);
    html_attribute(page, "name", name);
}

void office_option(HtmlWriter *page, const char *value, const char *text, bool chosen)
{
    html_open(page, "option");
    html_attribute(page, "value", value);
    html_flag(page, "selected", chosen);
    html_text(page, text);
    html_close(page, "option");
}

void office_choice_end(HtmlWriter *page)
{
    html_close(page, "select");
    html_close(page, "p");
}

void office_tick(HtmlWriter *page, const char *label, const char *name, const char *flag)
{
    html_open(page, "p");
    html_open(page, "label");
    html_open(page, "input");
    html_attribute(page, "type", "checkbox");
    html_attribute(page, "name", name);
    html_attribute(page, "value", "1");
    if (flag != NULL) {
        html_flag(page, flag, true);
    }
    html_text(page, " ");
    html_text(page, label);
    html_close(page, "label");
    html_close(page, "p");
}

static void line(HtmlWriter *page, const char *role, const char *text)
{
    html_open(page, "p");
    html_attribute(page, "role", role);
    html_text(page, text);
    html_close(page, "p");
}

void office_problem(HtmlWriter *page, const char *text)
{
    line(page, "alert", text);
}

void office_done(HtmlWriter *page, const char *text)
{
    line(page, "status", text);
}

void office_table_head(HtmlWriter *page, const OfficeVisit *visit, const char *const *ids)
{
    html_open(page, "thead");
    html_open(page, "tr");
    for (; *ids != NULL; ids++) {
        html_open(page, "th");
        html_attribute(page, "scope", "col");
        html_text(page, office_text(visit, *ids));
        html_close(page, "th");
    }
    html_close(page, "tr");
    html_close(page, "thead");
}

void office_state(HtmlWriter *page, const char *state, const char *word)
{
    g_autofree char *class = g_strconcat("state ", state, NULL);
    html_open(page, "span");
    html_attribute(page, "class", class);
    html_text(page, word);
    html_close(page, "span");
}

char *office_size(const OfficeVisit *visit, int64_t bytes)
{
    double size = (double)bytes / 1024;
    g_autofree char *number = strings_decimal(visit->language, bytes == 0 ? 0 : MAX(size, 0.1));
    return strings_fill(visit->language, "office_size", "n", number, NULL);
}

void office_time(HtmlWriter *page, const OfficeVisit *visit, int64_t moment, GTimeZone *zone)
{
    g_autofree char *machine = moment_rfc3339(moment);
    g_autofree char *text = date_text(visit->language, moment, zone, DATE_MOMENT);
    html_open(page, "time");
    html_attribute(page, "datetime", machine);
    html_text(page, text);
    html_close(page, "time");
}
