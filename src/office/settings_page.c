/*
 * The settings in groups, and saving what a form changed: settings_page.h. What a value may be is
 * press/setting.c's; the languages' own page is languages_page.c.
 */
#include "office/settings_page.h"

#include "base/error.h"
#include "office/area.h"
#include "office/reason.h"
#include "press/setting.h"
#include "staff/audit.h"
#include "theme/strings.h"

#include <string.h>

/* Which group a setting stands in; those that stand in none are in the last. */
static const struct {
    const char *title;    /* id of a text */
    const char *names[8]; /* NULL-ended */
} groups[] = {
    {"office_set_group_paper", {"name", "description", "timezone", NULL}},
    {"office_set_group_addresses",
     {"url", "forms-urls", "forms-mail", "unsubscribe-mail", "contact", "mirrors", "publish-key",
      NULL}},
    {"office_set_group_stories", {"picture-words", NULL}},
    {"office_set_group_giving", {"providers", "warn-countries", NULL}},
    {"office_set_group_other", {NULL}},
};

#define OTHER (G_N_ELEMENTS(groups) - 1)

/* Settings that are one of a few words. */
static const struct {
    const char *name;
    const char *words[4]; /* NULL-ended */
} choices[] = {
    {"picture-words", {"required", "optional", NULL}},
};

static size_t group_of(const char *name)
{
    for (size_t i = 0; i < OTHER; i++) {
        if (g_strv_contains(groups[i].names, name)) {
            return i;
        }
    }
    return OTHER;
}

static const char *const *words_of(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(choices); i++) {
        if (strcmp(choices[i].name, name) == 0) {
            return choices[i].words;
        }
    }
    return NULL;
}

/* The text of a setting with this ending ("office_set_" before its name); NULL if there is none. */
static const char *text_of(const char *language, const char *name, const char *ending)
{
    g_autofree char *id = g_strconcat("office_set_", name, ending, NULL);
    g_strdelimit(id, "-", '_');
    const char *text = strings_get(language, id);
    return strcmp(text, id) == 0 ? NULL : text;
}

char *setting_label(const char *language, const char *name)
{
    const char *text = text_of(language, name, "");
    return g_strdup(text == NULL ? name : text);
}

char *setting_explained(const char *language, const char *name, const char *help)
{
    const char *text = text_of(language, name, "_about");
    return g_strdup(text == NULL ? help : text);
}

/* ---- The page ------------------------------------------------------------------------------- */

typedef struct {
    OfficeVisit *visit;
    HtmlWriter *page;
    char **languages;
    GPtrArray *problems; /* of char *: a line each; NULL: the page as it is stored */
    GPtrArray *moved;    /* of char *: settings that somebody else has changed since; or NULL */
} Settings;

static bool among(GPtrArray *names, const char *name)
{
    return names != NULL && g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL);
}

/* What the form said, while something is wrong with it; else what is stored. */
static const char *shown(const Settings *at, const char *name, const char *stored)
{
    const char *typed = fields_get(at->visit->fields, name);
    return at->problems != NULL && typed != NULL ? typed : stored;
}

/* What the form saw, until that is another thing and its sender was told (office/seen.h). */
static void write_was(const Settings *at, const char *name, const char *stored)
{
    g_autofree char *was = g_strconcat("was-", name, NULL);
    const char *sent = fields_get(at->visit->fields, was);
    bool keep = at->problems != NULL && sent != NULL && !among(at->moved, name);
    office_hidden(at->page, was, keep ? sent : stored);
}

static void write_field(const Settings *at, const char *name, const char *label, const char *stored,
                        const char *hint)
{
    const char *const *words = words_of(name);
    const char *value = shown(at, name, stored);
    write_was(at, name, stored);
    if (words == NULL) {
        OfficeInput input = {
            .label = label, .name = name, .value = value, .hint = hint, .most = SETTING_VALUE_MAX};
        office_input(at->page, &input);
        return;
    }
    office_choice(at->page, label, name);
    for (; *words != NULL; words++) {
        g_autofree char *id = g_strconcat("office_set_word_", *words, NULL);
        office_option(at->page, *words, office_text(at->visit, id), strcmp(*words, value) == 0);
    }
    office_choice_end(at->page);
    html_open(at->page, "p");
    html_element(at->page, "small", hint);
    html_close(at->page, "p");
}

/* The name of the setting at the command line, what it is, and its default. Caller frees. */
static char *hint_of(const Settings *at, const SettingRow *row)
{
    const char *language = at->visit->language;
    g_autofree char *about = setting_explained(language, row->name, row->help);
    g_autofree char *usual =
        *row->fallback == '\0'
            ? g_strdup(office_text(at->visit, "office_set_default_empty"))
            : strings_fill(language, "office_set_default", "value", row->fallback, NULL);
    return g_strdup_printf("%s %s (%s)", about, usual, row->name);
}

/* What each language says in its own words; an empty field says the general ones. */
static bool write_languages(const Settings *at, const SettingRow *row, const char *general,
                            GError **error)
{
    for (char **language = at->languages; row->by_language && *language != NULL; language++) {
        g_autofree char *name = g_strconcat(row->name, ".", *language, NULL);
        g_autofree char *value = setting_get(at->visit->store, name, error);
        if (value == NULL) {
            return false;
        }
        g_autofree char *tongue = language_name(*language);
        g_autofree char *label = setting_label(at->visit->language, row->name);
        g_autofree char *whole = g_strdup_printf("%s – %s", label, tongue);
        write_field(at, name, whole, strcmp(value, general) == 0 ? "" : value,
                    office_text(at->visit, "office_set_language_hint"));
    }
    return true;
}

static bool write_setting(const Settings *at, const SettingRow *row, GError **error)
{
    g_autofree char *value = setting_get(at->visit->store, row->name, error);
    if (value == NULL) {
        return false;
    }
    g_autofree char *label = setting_label(at->visit->language, row->name);
    g_autofree char *hint = hint_of(at, row);
    write_field(at, row->name, label, value, hint);
    return write_languages(at, row, value, error);
}

static bool in_group(const SettingRow *row, size_t group)
{
    return strcmp(row->name, "languages") != 0 && group_of(row->name) == group;
}

static bool write_group(const Settings *at, size_t group, GError **error)
{
    bool any = false;
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        any = any || in_group(row, group);
    }
    if (!any) {
        return true;
    }
    html_element(at->page, "h2", office_text(at->visit, groups[group].title));
    office_form(at->page, at->visit, "/settings");
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        if (in_group(row, group) && !write_setting(at, row, error)) {
            return false;
        }
    }
    office_button(at->page, office_text(at->visit, "office_save"), "strong");
    html_close(at->page, "form");
    return true;
}

static void write_tongues(const Settings *at)
{
    g_autofree char *all = g_strjoinv(", ", at->languages);
    html_element(at->page, "h2", office_text(at->visit, "office_languages"));
    html_element(at->page, "p", all);
    office_link_line(at->page, "/settings/languages",
                     office_text(at->visit, "office_languages_go"));
}

static void write_machine(const Settings *at)
{
    static const char *const heads[] = {"office_set_key", "office_set_value", "office_set_meaning",
                                        NULL};
    const OfficeFact *fact = office_options(at->visit->office)->machine;
    if (fact == NULL) {
        return;
    }
    html_element(at->page, "h2", office_text(at->visit, "office_set_machine"));
    html_element(at->page, "p", office_text(at->visit, "office_set_machine_about"));
    html_open(at->page, "table");
    office_table_head(at->page, at->visit, heads);
    html_open(at->page, "tbody");
    for (; fact->key != NULL; fact++) {
        html_open(at->page, "tr");
        html_open(at->page, "th");
        html_attribute(at->page, "scope", "row");
        html_element(at->page, "code", fact->key);
        html_close(at->page, "th");
        html_element(at->page, "td", *fact->value == '\0' ? "–" : fact->value);
        html_open(at->page, "td");
        html_attribute(at->page, "lang", "en");
        html_attribute(at->page, "dir", "ltr");
        html_text(at->page, fact->help);
        html_close(at->page, "td");
        html_close(at->page, "tr");
    }
    html_close(at->page, "tbody");
    html_close(at->page, "table");
}

static HttpReply *show(OfficeVisit *visit, GPtrArray *problems, GPtrArray *moved, unsigned status)
{
    g_autoptr(GError) reason = NULL;
    g_auto(GStrv) languages = setting_languages(visit->store, &reason);
    if (languages == NULL) {
        return office_failed(visit, reason);
    }
    HtmlWriter *page = office_page(visit, office_text(visit, "office_settings"));
    Settings at = {visit, page, languages, problems, moved};
    for (guint i = 0; problems != NULL && i < problems->len; i++) {
        office_problem(page, problems->pdata[i]);
    }
    if (strcmp(office_asked(visit, "done"), "saved") == 0) {
        office_done(page, office_text(visit, "office_set_saved"));
    }
    html_element(page, "p", office_text(visit, "office_settings_top"));
    for (size_t group = 0; group < G_N_ELEMENTS(groups); group++) {
        if (!write_group(&at, group, &reason)) {
            html_writer_free(page);
            return office_failed(visit, reason);
        }
        if (group == 0) {
            write_tongues(&at);
        }
    }
    write_machine(&at);
    return office_page_done(visit, page, status);
}

static HttpReply *answer_show(OfficeVisit *visit)
{
    return show(visit, NULL, NULL, 200);
}

/* ---- Saving --------------------------------------------------------------------------------- */

typedef struct {
    char *name;
    const char *value; /* NULL: what holds without it */
    const char *was;   /* what the form saw; NULL: it does not say */
} Given;

static void given_clear(void *data)
{
    g_free(((Given *)data)->name);
}

/* A field that the form has and that is not as it was when the form was made. An empty one of a
 * language says what the setting says. */
static void take_field(const OfficeVisit *visit, const char *name, bool of_language, GArray *given)
{
    g_autofree char *was = g_strconcat("was-", name, NULL);
    const char *before = fields_get(visit->fields, was), *now = fields_get(visit->fields, name);
    if (now != NULL && (before == NULL || strcmp(before, now) != 0)) {
        Given one = {g_strdup(name), of_language && *now == '\0' ? NULL : now, before};
        g_array_append_val(given, one);
    }
}

static void take_form(const OfficeVisit *visit, char **languages, GArray *given)
{
    for (const SettingRow *row = setting_rows; row->name != NULL; row++) {
        if (strcmp(row->name, "languages") == 0) {
            continue; /* a page of its own */
        }
        take_field(visit, row->name, false, given);
        for (char **language = languages; row->by_language && *language != NULL; language++) {
            g_autofree char *name = g_strconcat(row->name, ".", *language, NULL);
            take_field(visit, name, true, given);
        }
    }
}

typedef struct {
    const OfficeVisit *visit;
    GArray *given;
    GPtrArray *moved; /* of char *: what somebody else has changed since the form was made */
} Save;

/* As a field shows it: a language that says what the setting says has an empty one. Caller frees;
 * NULL on an error. */
static char *stored_of(Store *store, const char *name, GError **error)
{
    const char *dot = strchr(name, '.');
    g_autofree char *value = setting_get(store, name, error);
    if (value == NULL || dot == NULL) {
        return g_steal_pointer(&value);
    }
    g_autofree char *row = g_strndup(name, (gsize)(dot - name));
    g_autofree char *general = setting_get(store, row, error);
    return general == NULL ? NULL : g_strdup(strcmp(value, general) == 0 ? "" : value);
}

/* Of each that is neither what the form saw nor what it says: false with CONFLICT. */
static bool none_moved(Store *store, Save *save, GError **error)
{
    g_ptr_array_set_size(save->moved, 0); /* the body may run again */
    for (guint i = 0; i < save->given->len; i++) {
        const Given *one = &g_array_index(save->given, Given, i);
        g_autofree char *stored = stored_of(store, one->name, error);
        if (stored == NULL) {
            return false;
        }
        if (one->was != NULL && strcmp(stored, one->was) != 0 &&
            strcmp(stored, one->value == NULL ? "" : one->value) != 0) {
            g_ptr_array_add(save->moved, g_strdup(one->name));
        }
    }
    return save->moved->len == 0 || fail(error, KOLOKOL_ERROR_CONFLICT, "%s",
                                         office_text(save->visit, "office_seen_conflict"));
}

static bool save_body(Store *store, void *data, GError **error)
{
    Save *save = data;
    const OfficeVisit *visit = save->visit;
    if (!none_moved(store, save, error)) {
        return false;
    }
    for (guint i = 0; i < save->given->len; i++) {
        const Given *one = &g_array_index(save->given, Given, i);
        bool changed = false;
        if (!setting_set(store, one->name, one->value, &changed, error) ||
            (changed && !audit_add(store, visit->person->id, "settings.set", one->name,
                                   one->value == NULL ? "" : one->value, visit->now, error))) {
            return false;
        }
    }
    return true;
}

/* "Time zone: …", "Name (ru): …". */
static char *about(const OfficeVisit *visit, const char *name, const char *what)
{
    const char *dot = strchr(name, '.');
    g_autofree char *row = dot == NULL ? g_strdup(name) : g_strndup(name, (gsize)(dot - name));
    g_autofree char *label = setting_label(visit->language, row);
    return dot == NULL ? g_strdup_printf("%s: %s", label, what)
                       : g_strdup_printf("%s (%s): %s", label, dot + 1, what);
}

/* Nothing is saved: what was typed, above it what is stored now; the next one counts. */
static HttpReply *show_moved(OfficeVisit *visit, GPtrArray *moved)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < moved->len; i++) {
        g_autofree char *stored = stored_of(visit->store, moved->pdata[i], NULL);
        const char *value = stored == NULL || *stored == '\0' ? "–" : stored;
        g_autofree char *what =
            strings_fill(visit->language, "office_set_moved", "value", value, NULL);
        g_ptr_array_add(problems, about(visit, moved->pdata[i], what));
    }
    return show(visit, problems, moved, 409);
}

static HttpReply *answer_save(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(GStrv) languages = setting_languages(visit->store, &reason);
    g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(Given));
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_array_set_clear_func(given, given_clear);
    if (languages == NULL) {
        return office_failed(visit, reason);
    }
    take_form(visit, languages, given);
    for (guint i = 0; i < given->len; i++) {
        const Given *one = &g_array_index(given, Given, i);
        g_autoptr(GError) wrong = NULL;
        if (!setting_check(one->name, one->value, &wrong)) {
            g_ptr_array_add(problems, about(visit, one->name, office_reason(visit, wrong)));
        }
    }
    if (problems->len > 0) {
        return show(visit, problems, NULL, 422);
    }
    g_autoptr(GPtrArray) moved = g_ptr_array_new_with_free_func(g_free);
    Save save = {visit, given, moved};
    if (!store_transact(visit->store, save_body, &save, &reason)) {
        if (moved->len > 0) {
            return show_moved(visit, moved);
        }
        g_ptr_array_add(problems, g_strdup(office_reason(visit, reason)));
        return office_status(reason) == 422 ? show(visit, problems, NULL, 422)
                                            : office_failed(visit, reason);
    }
    return office_see_other(visit, "/settings?done=saved");
}

const OfficeRoute settings_routes[] = {
    {.name = "settings",
     .method = HTTP_GET,
     .path = "/settings",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_show,
     .help = "what the newspaper decides",
     .paper = "office_settings"},
    {.name = "settings-save",
     .method = HTTP_POST,
     .path = "/settings",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_save,
     .body_most = OFFICE_FORM,
     .words = true,
     .help = "changes settings"},
    {.name = NULL},
};
