/* The languages of the paper: languages_page.h. What may stand in the list is press/setting.c's. */
#include "office/languages_page.h"

#include "base/error.h"
#include "office/area.h"
#include "office/reason.h"
#include "press/setting.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <string.h>

#define PATH "/settings/languages"

/* ---- The list ------------------------------------------------------------------------------- */

/* The list with the language at `index` moved by `step`, or (0) taken away. Caller frees. */
static char *changed_list(char **languages, guint index, int step)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (char **language = languages; *language != NULL; language++) {
        g_ptr_array_add(list, *language);
    }
    gpointer one = g_ptr_array_steal_index(list, index);
    if (step != 0) {
        g_ptr_array_insert(list, (gint)index + step, one);
    }
    g_ptr_array_add(list, NULL);
    return g_strjoinv(",", (char **)list->pdata);
}

/* A button that asks for another list; its name tells which language it is about. */
static void write_button(HtmlWriter *page, const OfficeVisit *visit, char **languages, guint index,
                         int step, const char *text)
{
    g_autofree char *list = changed_list(languages, index, step);
    g_autofree char *was = g_strjoinv(",", languages);
    g_autofree char *label = g_strdup_printf("%s: %s", office_text(visit, text), languages[index]);
    office_form(page, visit, PATH);
    office_hidden(page, "was", was);
    office_hidden(page, "languages", list);
    html_open(page, "button");
    html_attribute(page, "class", "plain");
    html_attribute(page, "aria-label", label);
    html_text(page, office_text(visit, text));
    html_close(page, "button");
    html_close(page, "form");
}

static void write_row(HtmlWriter *page, const OfficeVisit *visit, char **languages, guint index)
{
    g_autofree char *tongue = language_name(languages[index]);
    g_autofree char *prefix =
        index == 0 ? g_strdup("/") : g_strdup_printf("/%s/", languages[index]);
    guint count = g_strv_length(languages);
    html_open(page, "tr");
    html_open(page, "th");
    html_attribute(page, "scope", "row");
    html_attribute(page, "lang", languages[index]);
    html_text(page, tongue);
    html_close(page, "th");
    html_element(page, "td", languages[index]);
    html_open(page, "td");
    html_element(page, "code", prefix);
    html_close(page, "td");
    html_open(page, "td");
    html_attribute(page, "class", "acts");
    if (index > 0) {
        write_button(page, visit, languages, index, -1, "office_language_earlier");
    }
    if (index + 1 < count) {
        write_button(page, visit, languages, index, 1, "office_language_later");
    }
    if (count > 1) {
        write_button(page, visit, languages, index, 0, "office_language_remove");
    }
    html_close(page, "td");
    html_close(page, "tr");
}

static void write_addition(HtmlWriter *page, const OfficeVisit *visit, char **languages)
{
    g_autofree char *was = g_strjoinv(",", languages);
    OfficeInput code = {.label = office_text(visit, "office_language_code"),
                        .name = "add",
                        .value = office_field(visit, "add"),
                        .hint = office_text(visit, "office_language_code_hint"),
                        .most = 3,
                        .required = true};
    html_element(page, "h2", office_text(visit, "office_language_add"));
    office_form(page, visit, PATH);
    office_hidden(page, "was", was);
    office_hidden(page, "languages", was);
    office_input(page, &code);
    office_button(page, office_text(visit, "office_language_add"), NULL);
    html_close(page, "form");
}

static HttpReply *show(OfficeVisit *visit, const char *problem, unsigned status)
{
    static const char *const heads[] = {"office_language", "office_set_key", "office_language_path",
                                        "office_language_acts", NULL};
    g_autoptr(GError) reason = NULL;
    g_auto(GStrv) languages = setting_languages(visit->store, &reason);
    if (languages == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_languages"));
    if (problem != NULL) {
        office_problem(page, problem);
    }
    if (strcmp(office_asked(visit, "done"), "saved") == 0) {
        office_done(page, office_text(visit, "office_set_saved"));
    }
    html_element(page, "p", office_text(visit, "office_languages_top"));
    html_open(page, "table");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; languages[i] != NULL; i++) {
        write_row(page, visit, languages, i);
    }
    html_close(page, "tbody");
    html_close(page, "table");
    write_addition(page, visit, languages);
    office_link_line(page, "/settings", office_text(visit, "office_settings_back"));
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    return show(visit, NULL, 200);
}

/* ---- A change ------------------------------------------------------------------------------- */

/* The list that was asked for. Caller frees. */
static char *wanted_list(const OfficeVisit *visit)
{
    g_autofree char *code = g_strstrip(g_strdup(office_field(visit, "add")));
    const char *list = office_field(visit, "languages");
    return *code == '\0' ? g_strdup(list) : g_strconcat(list, ",", code, NULL);
}

/* A line for each language of `some` that `others` lack. */
static void write_each(HtmlWriter *page, const OfficeVisit *visit, const char *text, char **some,
                       char **others, const char *list)
{
    for (char **language = some; *language != NULL; language++) {
        if (!g_strv_contains((const char *const *)others, *language)) {
            g_autofree char *tongue = language_name(*language);
            g_autofree char *line =
                strings_fill(visit->language, text, "language", tongue, "list", list, NULL);
            html_element(page, "li", line);
        }
    }
}

/* What goes with the change, a line each. */
static void write_consequences(HtmlWriter *page, const OfficeVisit *visit, const char *was,
                               const char *wanted)
{
    g_auto(GStrv) before = g_strsplit(was, ",", -1);
    g_auto(GStrv) after = g_strsplit(wanted, ",", -1);
    html_open(page, "ul");
    html_element(page, "li", office_text(visit, "office_language_all"));
    if (strcmp(before[0], after[0]) != 0) {
        html_element(page, "li", office_text(visit, "office_language_first"));
    }
    write_each(page, visit, "office_language_comes", after, before, wanted);
    write_each(page, visit, "office_language_goes", before, after, wanted);
    html_close(page, "ul");
}

/* The change as it would be, and the button that makes it. */
static HttpReply *ask(OfficeVisit *visit, const char *was, const char *wanted)
{
    HtmlWriter *page = office_page(visit, office_text(visit, "office_languages"));
    html_open(page, "table");
    html_open(page, "tbody");
    office_pair(page, office_text(visit, "office_language_now"), was);
    office_pair(page, office_text(visit, "office_language_then"), wanted);
    html_close(page, "tbody");
    html_close(page, "table");
    write_consequences(page, visit, was, wanted);
    office_form(page, visit, PATH);
    office_hidden(page, "was", was);
    office_hidden(page, "languages", wanted);
    office_hidden(page, "sure", "1");
    office_button(page, office_text(visit, "office_language_change"), "danger");
    html_close(page, "form");
    office_link_line(page, PATH, office_text(visit, "office_leave_it"));
    return office_page_done(visit, page, 200);
}

typedef struct {
    const OfficeVisit *visit;
    const char *was, *wanted;
} Change;

static bool change_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    const OfficeVisit *visit = change->visit;
    bool changed = false;
    g_autofree char *now = setting_get(store, "languages", error);
    if (now == NULL) {
        return false;
    }
    if (strcmp(now, change->wanted) == 0) {
        return true; /* the button was pressed twice */
    }
    if (strcmp(now, change->was) != 0) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s",
                    office_text(visit, "office_language_moved"));
    }
    return setting_set(store, "languages", change->wanted, &changed, error) &&
           audit_add(store, visit->person->id, "settings.set", "languages", change->wanted,
                     visit->now, error);
}

static HttpReply *answer_change(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *wanted = wanted_list(visit);
    g_autofree char *now = setting_get(visit->store, "languages", &reason);
    Change change = {visit, office_field(visit, "was"), wanted};
    if (now == NULL) {
        return office_failed(visit, reason);
    }
    if (!setting_check("languages", wanted, &reason)) {
        return show(visit, office_reason(visit, reason), 422);
    }
    bool sure = strcmp(office_field(visit, "sure"), "1") == 0;
    if (!sure && strcmp(now, change.was) == 0) {
        return ask(visit, now, wanted);
    }
    if (!store_transact(visit->store, change_body, &change, &reason)) {
        unsigned status = office_status(reason);
        return status == 409 || status == 422 ? show(visit, office_reason(visit, reason), status)
                                              : office_failed(visit, reason);
    }
    return office_see_other(visit, PATH "?done=saved");
}

const OfficeRoute languages_routes[] = {
    {.name = "languages",
     .method = HTTP_GET,
     .path = PATH,
     .permission = PERMISSION_SETTINGS,
     .answer = answer_show,
     .help = "the languages of the newspaper"},
    {.name = "languages-change",
     .method = HTTP_POST,
     .path = PATH,
     .permission = PERMISSION_SETTINGS,
     .answer = answer_change,
     .body_most = OFFICE_FORM,
     .help = "shows a change of the languages, then makes it"},
    {.name = NULL},
};
