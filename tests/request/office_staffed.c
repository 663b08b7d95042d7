/* An office with everybody in it: office_staffed.h. */
#include "office_staffed.h"

#include "base/clock.h"
#include "base/file.h"
#include "desk/erasure.h"
#include "desk/media.h"
#include "desk/media_upload.h"
#include "doubles/stores.h"
#include "jobs/jobs.h"
#include "main/job_rows.h"
#include "press/setting.h"

#include <string.h>

static bool add_erasure(Store *store, void *data, GError **error)
{
    int64_t id = 0;
    Erasure erasure = {.kind = (char *)(uintptr_t)ERASURE_WITHHOLD,
                       .instead = (char *)(uintptr_t) "",
                       .reason = (char *)(uintptr_t) "why",
                       .person = (char *)(uintptr_t) "who",
                       .step = ERASURE_CLEAN,
                       .asked = 5};
    return erasure_add(store, &erasure, &id, error) &&
           erasure_problem(store, id, "a full disk", error);
}

/* A header alone will do: nothing here decodes. */
static void add_picture(Staffed *staffed)
{
    static const unsigned char png[] = {0x89, 'P', 'N', 'G', 13,  10, 26, 10, 0,  0, 0,
                                        13,   'I', 'H', 'D', 'R', 0,  0,  3,  32, 0, 0,
                                        2,    88,  8,   2,   0,   0,  0,  0,  0,  0, 1};
    MediaWords words = {.caption = "A ferry", .photographer = "P", .agency = "HP", .alt = "Sea"};
    FILE_AUTO directory = directory_open(staffed->media, false, NULL);
    int64_t id = 0;
    g_assert_true(
        media_add(staffed->store, directory, png, sizeof png, &words, 1, &id, NULL, NULL));
}

static void add_stories(Staffed *staffed)
{
    Browser *editor = &staffed->of[ROLE_EDITOR];
    visitor_leads(visitor_post(editor, "/stories/new", "title", "Fog", NULL), "/stories/1");
    visitor_leads(visitor_post(editor, "/stories/1/save", "title", "Fog", "lead", "At six.", "body",
                               "The fog.", "base", "1", "serial", "0", "section", "City", "authors",
                               "Vera Lind", "topics", "Weather", "photo", "1", "caption", "C",
                               "credit", "P / HP", "alt", "Sea", NULL),
                  "/stories/1?done=saved");
    visitor_leads(visitor_post(editor, "/stories/1/publish", NULL), "/stories/1?done=published");
    visitor_leads(
        visitor_post(editor, "/stories/1/comment", "passage", "fog", "comment", "Thick?", NULL),
        "/stories/1?done=changed");
    visitor_leads(visitor_post(editor, "/stories/new", "title", "Draft", NULL), "/stories/2");
    visitor_leads(visitor_post(editor, "/stories/2/save", "title", "Draft", "body", "Not yet.",
                               "base", "1", "serial", "0", "section", "1", "topics", "1, 2",
                               "authors", "1, 2", NULL),
                  "/stories/2?done=saved");
}

/* The draft becomes a live story, with an entry. */
static void add_entry(Staffed *staffed)
{
    Browser *editor = &staffed->of[ROLE_EDITOR];
    http_reply_unref(visitor_post(editor, "/stories/2/live/begin", NULL));
    http_reply_unref(visitor_post(editor, "/stories/2/live", "headline", "Six", "body",
                                  "It is six.", "key", "0123456789abcdef", NULL));
}

/* A section, a topic and an author of the names that a walk asks for, a topic and an author that
 * were merged, an old path. */
static void add_names(Staffed *staffed)
{
    Browser *editor = &staffed->of[ROLE_EDITOR];
    http_reply_unref(visitor_post(editor, "/topics/2/merge", "into", "1", "sure", "1", NULL));
    http_reply_unref(visitor_post(editor, "/authors/2/merge", "into", "1", "sure", "1", NULL));
    http_reply_unref(
        visitor_post(editor, "/redirects", "from", "old.html", "to", "https://example.org/", NULL));
}

/* A link for a reader outside; a translation of the draft, which is behind it. */
static void add_readers(Staffed *staffed)
{
    Browser *editor = &staffed->of[ROLE_EDITOR];
    bool changed = false;
    g_assert_true(setting_set(staffed->store, "languages", "en,ru,ar", &changed, NULL));
    visitor_says(
        visitor_post(editor, "/stories/1/reading", "name", "A lawyer", "hours", "24", NULL), 200,
        "/read/");
    visitor_leads(visitor_post(editor, "/stories/2/translation/new", "language", "ru", NULL),
                  "/stories/3");
    visitor_leads(visitor_post(editor, "/stories/2/translation/match", "original", "3", "revision",
                               "1", NULL),
                  "/stories/2/translation");
    visitor_leads(visitor_post(editor, "/stories/3/save", "title", "Draft", "body", "Changed.",
                               "base", "1", "serial", "0", NULL),
                  "/stories/3?done=saved");
}

/* A page of the paper's own; a theme file, and what the chief makes of it. */
static void add_paper(Staffed *staffed)
{
    Browser *chief = &staffed->of[ROLE_CHIEF];
    http_reply_unref(visitor_post(chief, "/pages", "title", "About us", "language", "en", NULL));
    g_autoptr(HttpReply) editor = browser_get(chief, "/theme/" WALK_FILE);
    g_autofree char *seen = reply_field(editor, "seen");
    visitor_leads(visitor_post(chief, "/theme/" WALK_FILE, "act", "save", "text", "<p>A</p>\n",
                               "seen", seen, NULL),
                  "/theme/" WALK_FILE "?done=saved");
    visitor_leads(visitor_post(chief, "/theme/" WALK_FILE, "act", "look", "text", "<p>B</p>\n",
                               "seen", "", NULL),
                  "/theme/" WALK_FILE "/look");
}

/* Over a folder of its own. */
static void open_office(Staffed *staffed)
{
    static const PressBlock *const no_blocks[] = {NULL};
    g_autoptr(GError) error = NULL;
    staffed->folder = g_dir_make_tmp("staffed-theme-XXXXXX", NULL);
    staffed->theme = theme_load(staffed->folder, &error);
    g_assert_no_error(error);
    staffed->context = (PaperContext){staffed->theme, staffed->folder, no_blocks};
    staffed->pages = paper_recipes(&staffed->context);
    staffed->office =
        visitor_office_with(staffed->store, (OfficeOptions){.theme_dir = staffed->folder,
                                                            .trial = staffed->theme,
                                                            .trial_pages = &staffed->pages});
}

void staffed_set_up(Staffed *staffed, Store *store)
{
    int64_t target = 0;
    jobs_register(job_rows());
    *staffed = (Staffed){.store = store};
    open_office(staffed);
    staffed->media = g_dir_make_tmp("staffed-XXXXXX", NULL);
    media_jobs_directory(staffed->media);
    for (unsigned i = 1; i <= STAFFED_TARGETS; i++) {
        g_autofree char *email = g_strdup_printf("target%u@bell.example", i);
        g_assert_true(person_add(store, "Target", email, ROLE_REPORTER, 0, 1, &target, NULL));
        g_assert_cmpint(target, ==, i);
    }
    for (unsigned role = 0; role < ROLES; role++) {
        staffed->of[role] = (Browser)BROWSER(staffed->office);
        staffed->ids[role] =
            visitor_sign_in(store, &staffed->of[role], role_name((Role)role), (Role)role);
    }
    staffed->of[STAFFED_STRANGER] = (Browser)BROWSER(staffed->office);
    add_picture(staffed);
    add_stories(staffed);
    add_entry(staffed);
    add_names(staffed);
    add_readers(staffed);
    add_paper(staffed);
    g_assert_true(store_transact(store, add_erasure, NULL, NULL));
}

void staffed_tear_down(Staffed *staffed)
{
    for (unsigned i = 0; i <= ROLES; i++) {
        browser_clear(&staffed->of[i]);
    }
    office_free(staffed->office);
    theme_free(staffed->theme);
    stores_remove_tree(staffed->folder);
    g_free(staffed->folder);
    media_jobs_directory(NULL);
    stores_remove_tree(staffed->media);
    g_free(staffed->media);
}

static bool sees(unsigned who, const OfficeRoute *row)
{
    return who == STAFFED_STRANGER ? row->permission == PERMISSION_PUBLIC
                                   : role_may((Role)who, row->permission);
}

Browser *staffed_for(Staffed *staffed, const OfficeRoute *row)
{
    for (unsigned i = 0; i <= ROLES; i++) {
        unsigned who = (i + STAFFED_STRANGER) % (ROLES + 1); /* the stranger first */
        if (sees(who, row)) {
            return &staffed->of[who];
        }
    }
    return NULL;
}

bool staffed_ends_sessions(const OfficeRoute *row)
{
    static const char *const ends[] = {
        "sign-out",     /* one's own */
        "lock-now",     /* everybody's */
        "second-leave", /* one's own, halfway */
        NULL,
    };
    return g_strv_contains(ends, row->name);
}

void staffed_judge(HttpReply *taken, const char *where, const char *after)
{
    g_autoptr(HttpReply) reply = taken;
    g_autofree char *wrong = walk_judge(reply);
    if (wrong != NULL) {
        g_test_message("%s, after %.200s: %s", where, after, wrong);
        g_assert_not_reached();
    }
}

void staffed_judge_all(Staffed *staffed, const char *after)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(staffed->office, &count);
    for (unsigned i = 0; i < count; i++) {
        g_autofree char *path = walk_path(rows[i], "1");
        for (unsigned who = 0; who <= ROLES && rows[i]->method == HTTP_GET; who++) {
            if (sees(who, rows[i])) {
                staffed_judge(browser_get(&staffed->of[who], path), path, after);
            }
        }
    }
}

static const OfficeRoute *row_of(const Staffed *staffed, const char *action)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(staffed->office, &count);
    for (unsigned i = 0; i < count; i++) {
        if (rows[i]->method == HTTP_POST && walk_matches(rows[i], action)) {
            return rows[i];
        }
    }
    return NULL;
}

static bool has_action(const StaffedForms *forms, const char *action)
{
    for (guint i = 0; i < forms->forms->len; i++) {
        if (strcmp(g_array_index(forms->forms, StaffedForm, i).form->action, action) == 0) {
            return true;
        }
    }
    return false;
}

static void take_page(Staffed *staffed, Browser *browser, const char *path, StaffedForms *forms)
{
    g_autoptr(HttpReply) reply = browser_get(browser, path);
    GPtrArray *list = walk_forms(reply);
    g_ptr_array_add(forms->pages, list);
    staffed_judge(http_reply_ref(reply), path, "nothing");
    for (guint i = 0; i < list->len; i++) {
        StaffedForm found = {.form = list->pdata[i], .browser = browser};
        g_strlcpy(found.path, path, sizeof found.path);
        found.row = row_of(staffed, found.form->action);
        if (found.row == NULL) {
            g_test_message("%s has a form for %s, which is no row", path, found.form->action);
            g_assert_not_reached();
        }
        if (!has_action(forms, found.form->action)) {
            g_array_append_val(forms->forms, found);
        }
    }
}

void staffed_forms(Staffed *staffed, StaffedForms *forms)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(staffed->office, &count);
    forms->pages = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    forms->forms = g_array_new(FALSE, FALSE, sizeof(StaffedForm));
    /* Those first who may most, so that their form is the one that is kept. */
    static const unsigned order[] = {ROLE_CHIEF,  ROLE_ADMINISTRATOR, ROLE_FUNDRAISER,
                                     ROLE_EDITOR, ROLE_REPORTER,      STAFFED_STRANGER};
    G_STATIC_ASSERT(G_N_ELEMENTS(order) == ROLES + 1);
    for (unsigned i = 0; i < count; i++) {
        for (unsigned n = 0; n < G_N_ELEMENTS(order) && rows[i]->method == HTTP_GET; n++) {
            unsigned who = order[n];
            for (const char *part = "1"; sees(who, rows[i]) && part != NULL;
                 part = *part == '1' && strchr(rows[i]->path, ':') != NULL ? "2" : NULL) {
                g_autofree char *path = walk_path(rows[i], part);
                take_page(staffed, &staffed->of[who], path, forms);
            }
        }
    }
}

void staffed_refresh(StaffedForms *forms, StaffedForm *form)
{
    g_autoptr(HttpReply) reply = browser_get(form->browser, form->path);
    GPtrArray *list = walk_forms(reply);
    g_ptr_array_add(forms->pages, list);
    for (guint i = 0; i < list->len; i++) {
        WalkForm *now = list->pdata[i];
        if (strcmp(now->action, form->form->action) == 0) {
            form->form = now;
            return;
        }
    }
}

void staffed_forms_clear(StaffedForms *forms)
{
    g_clear_pointer(&forms->pages, g_ptr_array_unref);
    g_clear_pointer(&forms->forms, g_array_unref);
}
