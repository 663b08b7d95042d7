/*
 * What somebody of the staff may type, hostile, through every field of every form of every page,
 * and then on every page that shows it: nothing gets out of its place (office_walk.h). The forms
 * are those that the pages of the table have, so a later page is walked too. A small set of the
 * project's own, then the shared material.
 */
#include "base/error.h"
#include "desk/revision.h"
#include "doubles/instrumented.h"
#include "doubles/stores.h"
#include "main/office_rows.h"
#include "office_staffed.h"
#include "unit/text/unpack.h"

#include <string.h>

/* Rows of POST that no form of these pages sends, and why. Each is sent all the same, with every
 * field that any form has (test_every_row). */
static const char *const unreached[][2] = {
    {"link-use", "needs a link: test_office_sign_in"},
    {"reading-open", "needs a link: test_reading_office"},
    {"second-take", "only between password and second factor"},
    {"second-leave", "the same"},
    {"account-second-off", "only with one that may be left out: test_office_sign_in"},
    {"account-end-session", "lists other sessions only"},
    {"person-second-off", "only where there is one"},
    {"person-return", "only for somebody disabled"},
    {"story-keep", "sent by script: test_story_office"},
    {"story-here", "sent by script: test_story_office"},
    {"story-leave", "sent by script: test_story_office"},
    {"story-discard", "the page that asks: test_story_office"},
    {"story-drop", "only with a working copy"},
    {"story-take", "only with a colleague's working copy"},
    {"story-restore", "only from a revision that is not the last"},
    {"story-withdraw", "in which state a story is"},
    {"story-reopen", "the same"},
    {"story-correct", "the same"},
    {"story-schedule", "the same"},
    {"story-embargo", "the same"},
    {"story-lift", "the same"},
    {"picture-add", "files: test_office_pictures"},
    {"picture-replace", "files: test_office_pictures"},
    {"picture-whole", "only of one that is cropped: test_office_pictures"},
    {"picture-remove", "only where no story shows it"},
    {"story-pictures", "a search without script: test_office_pictures"},
    {"live-save", "the page of an entry: test_live_office"},
    {"live-restore", "only an entry that was removed: test_live_office"},
    {"live-release", "only an entry that waits: test_live_office"},
    {"newsletter-compose", "only with a newsletter: test_texts_newsletter"},
    {"issue-send", "only with an issue: test_texts_newsletter"},
    {"issue-settle", "only with letters that are not certain: test_texts_newsletter"},
    {"front-free", "only a slot that is set: test_paper_office"},
    {"front-quiet", "only with a breaking line: test_paper_office"},
    {"token-revoke", "only with a token: test_api_office"},
    {"staff-token-revoke", "only with a token: test_api_office"},
    {"jobs-retry", "only with a job given up: test_dashboard"},
    {"jobs-discard", "only with a job given up: test_dashboard"},
    {"withhold-order", "after a look: test_takedown_office, and below by its fields"},
};

typedef struct {
    const char *attack;
    unsigned only; /* the field that gets it; UINT_MAX: all that can be typed */
    unsigned at;
    bool hidden; /* those that cannot be typed too, but for the token */
} Filling;

static bool can_be_typed(const WalkField *field)
{
    static const char *const not [] = {"hidden", "select", "button", "checkbox", "radio", NULL};
    return !g_strv_contains(not, field->type);
}

/* For a field that does not get the attack: what its form may take. One that may be empty is: what
 * was refused before stands in a working copy, and a word for a number there would have the form
 * refused again, attack and all. NULL: as the page has it. */
static const char *harmless(const WalkField *field)
{
    static const char *const by_type[][2] = {
        {"email", "p@b.example"},
        {"datetime-local", "2026-11-24T08:00"},
        {"date", "2026-11-24"},
        {"number", "5"},
        {"password", "not the right one"},
        {"text", "x"},
        {"textarea", "Some words"},
    };
    if (!field->required && strcmp(field->type, "textarea") != 0) {
        return "";
    }
    for (size_t i = 0; *field->value == '\0' && i < G_N_ELEMENTS(by_type); i++) {
        if (strcmp(field->type, by_type[i][0]) == 0) {
            return by_type[i][1];
        }
    }
    return NULL;
}

static const char *fill(const WalkField *field, void *data)
{
    Filling *filling = data;
    unsigned at = filling->at++;
    bool mine = filling->hidden
                    ? strcmp(field->name, "csrf") != 0
                    : can_be_typed(field) && (filling->only == UINT_MAX || filling->only == at);
    return mine ? filling->attack : can_be_typed(field) ? harmless(field) : NULL;
}

/* It says what it saw (office/seen.h), so that it is good for one change. */
static bool says_seen(const WalkForm *form)
{
    for (guint i = 0; i < form->fields->len; i++) {
        const WalkField *field = form->fields->pdata[i];
        if (strcmp(field->name, "seen") == 0) {
            return true;
        }
    }
    return false;
}

static void send_form(StaffedForms *forms, StaffedForm *form, Filling *filling)
{
    filling->at = 0;
    if (says_seen(form->form)) {
        staffed_refresh(forms, form);
    }
    staffed_judge(walk_send(form->browser, form->form, fill, filling), form->form->action,
                  filling->attack);
    if (form->browser->location != NULL) {
        g_autofree char *to = g_strdup(form->browser->location);
        staffed_judge(browser_get(form->browser, to), to, filling->attack);
    }
}

/* All that can be typed at once; each alone, the rest being good; those that cannot be typed. */
static void send_all(StaffedForms *forms, StaffedForm *form, const char *attack)
{
    Filling all = {.attack = attack, .only = UINT_MAX};
    Filling hidden = {.attack = attack, .hidden = true};
    send_form(forms, form, &all);
    send_form(forms, form, &hidden);
    for (guint i = 0; i < form->form->fields->len; i++) {
        Filling one = {.attack = attack, .only = i};
        if (can_be_typed(form->form->fields->pdata[i])) {
            send_form(forms, form, &one);
        }
    }
}

static bool slow(const OfficeRoute *row)
{
    /* argon2id for each, and none of it is stored or shown */
    return strcmp(row->name, "account-password") == 0 || strcmp(row->name, "sign-in-take") == 0;
}

/* The n-th of the fields that can be typed, from the first again after the last; UINT_MAX: none. */
static unsigned nth_typed(const GPtrArray *fields, unsigned n)
{
    g_autoptr(GArray) typed = g_array_new(FALSE, FALSE, sizeof(unsigned));
    for (unsigned i = 0; i < fields->len; i++) {
        if (can_be_typed(fields->pdata[i])) {
            g_array_append_val(typed, i);
        }
    }
    return typed->len == 0 ? UINT_MAX : g_array_index(typed, unsigned, n % typed->len);
}

/* One of those that can be typed, another for each attack; then all at once. */
static void send_two(StaffedForms *forms, StaffedForm *form, const char *attack, unsigned n)
{
    Filling all = {.attack = attack, .only = UINT_MAX};
    Filling one = {.attack = attack, .only = nth_typed(form->form->fields, n)};
    send_form(forms, form, &one);
    send_form(forms, form, &all);
}

static unsigned send_everywhere(StaffedForms *forms, const char *attack, unsigned n, bool each)
{
    unsigned sent = 0;
    for (guint i = 0; i < forms->forms->len; i++) {
        StaffedForm *form = &g_array_index(forms->forms, StaffedForm, i);
        if (staffed_ends_sessions(form->row) || (slow(form->row) && n > 0)) {
            continue;
        }
        staffed_refresh(forms, form);
        if (each) {
            send_all(forms, form, attack);
        } else {
            send_two(forms, form, attack, n);
        }
        sent++;
    }
    return sent;
}

typedef struct {
    unsigned headlines, bodies;
} Reached;

/* Attacks do reach the stories, though a form that brings a revision back takes them out again:
   looked at after each. */
static void look_stored(Store *store, Reached *reached)
{
    g_autoptr(GPtrArray) all = revision_list(store, 1, 10000, NULL);
    for (guint i = 0; i < all->len; i++) {
        const Revision *one = all->pdata[i];
        g_autoptr(Revision) whole = revision_read(store, 1, one->number, NULL);
        reached->headlines += strcmp(one->title, "Fog") != 0;
        reached->bodies += strstr(whole->body, "The fog.") == NULL && *whole->body != '\0';
    }
}

static unsigned walk_strings(Store *store, const char *const *attacks, bool each)
{
    unsigned sent = 0;
    Staffed staffed;
    StaffedForms forms = {0};
    Reached reached = {0};
    staffed_set_up(&staffed, store);
    for (unsigned n = 0; attacks[n] != NULL; n++) {
        if (each || n % 20 == 0) { /* forms as they are by now */
            staffed_forms_clear(&forms);
            staffed_forms(&staffed, &forms);
        }
        sent += send_everywhere(&forms, attacks[n], n, each);
        look_stored(store, &reached);
        if (each || n % 50 == 0) {
            staffed_judge_all(&staffed, attacks[n]);
        }
    }
    staffed_judge_all(&staffed, "all of them");
    g_assert_cmpuint(reached.headlines, >, 0);
    if (!instrumented()) { /* the few that are sent then may all go to fields before the body */
        g_assert_cmpuint(reached.bodies, >, 0);
    }
    staffed_forms_clear(&forms);
    staffed_tear_down(&staffed);
    return sent;
}

/* ---- The reader itself ------------------------------------------------------------------------
 */

static bool found(const char *inside)
{
    g_autofree char *page =
        g_strconcat("<!doctype html><html lang=\"en\"><main>", inside, "</main></html>", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(page, strlen(page));
    g_autoptr(HttpReply) reply = http_reply_new(200, bytes);
    http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
    http_reply_header(reply, "X-Content-Type-Options", "nosniff");
    http_reply_header(reply, "Content-Security-Policy", "default-src 'none'");
    g_autofree char *wrong = walk_judge(reply);
    return wrong != NULL;
}

/* It sees what these tests are for. */
static void test_reader(void)
{
    static const char *const bad[] = {
        "<script>zwy()</script>",
        "<p onclick=\"zwy()\">x</p>",
        "<img src=x>",
        "<a href=\"javascript:zwy()\">x</a>",
        "<a href=\"//evil.example/\">x</a>",
        "<object data=\"/a\"></object>",
        "<p style=\"color:red\">x</p>",
        "a < b",
        "<!-- x -->",
        "<SCRIPT src=\"/o/a\"></SCRIPT>",
        "<script src=\"/elsewhere.js\"></script>",
        "<base href=\"/x\">",
        "<meta http-equiv=\"refresh\" content=\"0\">",
        "<a href=\"java\tscript:zwy()\">x</a>",
        "<link rel=\"stylesheet\" href=\"https://evil.example/a.css\">",
    };
    g_assert_false(found("<p class=\"a\">a &lt;b&gt;</p><a href=\"/stories/1?done=x\">x</a>"));
    g_assert_false(found("<script src=\"/o/0a/office.js\" defer></script><input readonly>"));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i]);
        g_assert_true(found(bad[i]));
    }
}

/* ---- The project's own ----------------------------------------------------------------------- */

static const char *const own[] = {
    "<script>zwy()</script>",
    "\"><img src=x onerror=zwy()>",
    "' onmouseover='zwy()",
    "</textarea><svg onload=zwy()>",
    "</title><script>zwy()</script>",
    "javascript:zwy()",
    "//evil.example/zwy",
    "&lt;script&gt;zwy()&lt;/script&gt;",
    "<!--<img src=\"--><img src=x onerror=zwy()//\">",
    "zwy\r\nSet-Cookie: kolokol=0123456789abcdef0123456789abcdef",
    "{{zwy}}{{{zwy}}}{{>zwy}}",
    "\xe2\x80\xae<b>zwy\xe2\x80\x8f",
    "../../../../etc/passwd",
    "'; DROP TABLE staff_person; --",
    "%s%n%d",
    NULL,
};

static void test_own(Store *store, const char *url)
{
    g_assert_cmpuint(walk_strings(store, own, true), >, 100);
}

/* Every POST row is sent by a form of some page, or named above. */
static void test_reached(Store *store, const char *url)
{
    unsigned count = 0;
    bool missing = false;
    Staffed staffed;
    StaffedForms forms = {0};
    staffed_set_up(&staffed, store);
    staffed_forms(&staffed, &forms);
    const OfficeRoute *const *rows = office_rows(staffed.office, &count);
    for (unsigned i = 0; i < count; i++) {
        bool known = rows[i]->method == HTTP_GET;
        for (guint j = 0; j < forms.forms->len; j++) {
            known |= g_array_index(forms.forms, StaffedForm, j).row == rows[i];
        }
        for (size_t j = 0; j < G_N_ELEMENTS(unreached); j++) {
            known |= strcmp(unreached[j][0], rows[i]->name) == 0;
        }
        if (!known) {
            missing = true;
            g_test_message("%s: no form here sends %s; name it in `unreached` with the reason",
                           rows[i]->name, rows[i]->path);
        }
    }
    g_assert_false(missing);
    staffed_forms_clear(&forms);
    staffed_tear_down(&staffed);
}

/* A body with the name of every field that any form has, a part of them at a time. */
static void send_names(Browser *browser, const char *path, GPtrArray *names, const char *attack)
{
    g_autofree char *escaped = g_uri_escape_string(attack, NULL, FALSE);
    for (guint from = 0; from < names->len; from += FIELDS_MOST - 4) {
        g_autoptr(GString) body = g_string_new(NULL);
        for (guint i = from; i < MIN(names->len, from + FIELDS_MOST - 4); i++) {
            g_string_append_printf(body, "%s%s=%s", body->len > 0 ? "&" : "",
                                   (const char *)names->pdata[i], escaped);
        }
        staffed_judge(browser_post(browser, path, body->str), path, attack);
    }
}

static GPtrArray *all_names(const StaffedForms *forms)
{
    GPtrArray *names = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(seen, (gpointer)(uintptr_t) "csrf");
    for (guint i = 0; i < forms->forms->len; i++) {
        const WalkForm *form = g_array_index(forms->forms, StaffedForm, i).form;
        for (guint j = 0; j < form->fields->len; j++) {
            WalkField *field = form->fields->pdata[j];
            if (g_hash_table_add(seen, field->name)) {
                g_ptr_array_add(names, field->name);
            }
        }
    }
    return names;
}

/* Those too that no form sends. */
static void test_every_row(Store *store, const char *url)
{
    unsigned count = 0;
    Staffed staffed;
    StaffedForms forms = {0};
    staffed_set_up(&staffed, store);
    staffed_forms(&staffed, &forms);
    g_autoptr(GPtrArray) names = all_names(&forms);
    const OfficeRoute *const *rows = office_rows(staffed.office, &count);
    for (unsigned i = 0; i < count; i++) {
        g_autofree char *path = walk_path(rows[i], "1");
        Browser *browser = staffed_for(&staffed, rows[i]);
        for (unsigned n = 0; n < 4 && rows[i]->method == HTTP_POST && browser != NULL; n++) {
            if (!staffed_ends_sessions(rows[i]) && (!slow(rows[i]) || n == 0)) {
                http_reply_unref(browser_get(browser, "/sign-in?again=1")); /* a fresh token */
                send_names(browser, path, names, own[n]);
            }
        }
    }
    staffed_judge_all(&staffed, "every row");
    staffed_forms_clear(&forms);
    staffed_tear_down(&staffed);
}

/* ---- The shared material --------------------------------------------------------------------- */

static char *shared_file(const char *name)
{
    const char *shared = g_getenv("KOLOKOL_SHARED");
    char *file = shared == NULL ? NULL : g_build_filename(shared, "data", name, NULL);
    if (file == NULL || !g_file_test(file, G_FILE_TEST_EXISTS)) {
        g_free(file);
        g_test_skip("the shared material is not here");
        return NULL;
    }
    return file;
}

/* Its strings as they stand in a JSON file, wherever. */
static void add_strings(GPtrArray *attacks, const char *text)
{
    g_autoptr(GRegex) string = g_regex_new("\"((?:[^\"\\\\]|\\\\.)*)\"", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(string, text, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_autofree char *inner = g_match_info_fetch(match, 1);
        char *plain = g_strcompress(inner);
        if (strchr(plain, '<') != NULL && g_utf8_validate(plain, -1, NULL)) {
            g_ptr_array_add(attacks, plain);
        } else {
            g_free(plain);
        }
    }
}

/* That are sent; all of them with KOLOKOL_FULL=1, which takes a quarter of an hour. What sanitizers
 * and valgrind look for does not hang on which string it is, and they are five times as slow. */
#define SOME     20u
#define SOME_FEW 8u

/* Those of `all` that are sent, evenly from the first to the last, and NULL behind them. How pages
 * are written does not hang on the engine either, and PostgreSQL takes twice as long. */
static GPtrArray *chosen(const GPtrArray *all, const char *url)
{
    GPtrArray *some = g_ptr_array_new();
    bool few = instrumented() || g_str_has_prefix(url, "postgres");
    guint most = few ? SOME_FEW : SOME;
    guint step = g_getenv("KOLOKOL_FULL") != NULL ? 1 : MAX(all->len / most, 1);
    for (guint i = 0; i < all->len; i += step) {
        g_ptr_array_add(some, all->pdata[i]);
    }
    g_ptr_array_add(some, NULL);
    return some;
}

static void test_sanitise(Store *store, const char *url)
{
    static const char *const names[] = {"conf-html-sanitise/dompurify-expect.json",
                                        "conf-html-sanitise/h5sc-vectors.json"};
    g_autoptr(GPtrArray) attacks = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *file = shared_file(names[i]);
        g_autofree char *text = NULL;
        if (file == NULL) {
            return;
        }
        g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
        add_strings(attacks, text);
    }
    g_assert_cmpuint(attacks->len, >, 150);
    g_autoptr(GPtrArray) some = chosen(attacks, url);
    walk_strings(store, (const char *const *)some->pdata, false);
}

static void test_attacks(Store *store, const char *url)
{
    g_autofree char *archive = shared_file("attack-strings/lists.tar.zst");
    g_autofree char *folder = archive == NULL ? NULL : shared_unpack(archive);
    if (folder == NULL) {
        return;
    }
    g_autofree char *file = g_build_filename(folder, "xss.txt", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GPtrArray) attacks = g_ptr_array_new();
    for (unsigned i = 0; i < g_strv_length(lines); i++) {
        g_ptr_array_add(attacks, lines[i]);
    }
    g_autoptr(GPtrArray) some = chosen(attacks, url);
    walk_strings(store, (const char *const *)some->pdata, false);
    shared_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/request/office_strings/reader", test_reader);
    stores_test_add("/request/office_strings/own", test_own);
    stores_test_add("/request/office_strings/reached", test_reached);
    stores_test_add("/request/office_strings/every_row", test_every_row);
    stores_test_add("/request/office_strings/shared/conf-html-sanitise", test_sanitise);
    stores_test_add("/request/office_strings/shared/attack-strings", test_attacks);
    return g_test_run();
}
