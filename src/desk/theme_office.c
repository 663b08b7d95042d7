/* The theme in the office: theme_office.h. Its pages are written by theme_view.c. */
#include "desk/theme_office.h"

#include "base/error.h"
#include "desk/draft_reply.h"
#include "desk/language_choice.h"
#include "desk/theme_sample.h"
#include "desk/theme_view.h"
#include "office/frame.h"
#include "theme/theme.h"

#include <string.h>

#define BODY_MOST (3u * THEME_EDIT_MOST + 16u * 1024) /* bytes: every one of the text escaped */

static void work_clear(ThemeWork *work)
{
    theme_held_clear(&work->held);
    g_clear_pointer(&work->draft, theme_draft_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ThemeWork, work_clear)

/* The file that the address names, whether it is there or not. */
static bool work_open(ThemeWork *work, OfficeVisit *visit, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *name = office_part(visit, 0);
    *work = (ThemeWork){.visit = visit};
    if (!theme_held_open(&work->held, visit->office, name, error)) {
        return false;
    }
    work->draft = theme_draft_read(visit->store, visit->person->id, name, &reason);
    if (work->draft == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

/* ---- The list, the editor ------------------------------------------------------------------- */

static HttpReply *answer_list(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const char *folder = theme_folder(visit->office, &reason),
               *wanted = office_asked(visit, "file");
    if (*wanted != '\0' && theme_edit_is_text(wanted)) {
        g_autofree char *path = g_strconcat("/theme/", wanted, NULL);
        return office_see_other(visit, path);
    }
    if (*wanted != '\0') {
        fail(&reason, KOLOKOL_ERROR_INVALID,
             "\"%.100s\" is no name of a theme file: a-z, 0-9 and \"-\", then .mustache or .css",
             wanted);
        return office_failed(visit, reason);
    }
    g_autoptr(GPtrArray) files = folder == NULL ? NULL : theme_edit_list(folder, &reason);
    g_autoptr(GPtrArray) drafts =
        files == NULL ? NULL : theme_draft_files(visit->store, visit->person->id, &reason);
    return drafts == NULL ? office_failed(visit, reason) : theme_view_list(visit, files, drafts);
}

static HttpReply *answer_editor(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeWork) work = {0};
    return work_open(&work, visit, &reason) ? theme_view_editor(&work, NULL)
                                            : office_failed(visit, reason);
}

/* ---- Changes -------------------------------------------------------------------------------- */

static HttpReply *lead_to(const ThemeWork *work, const char *rest)
{
    g_autofree char *path = g_strconcat("/theme/", work->held.name, rest, NULL);
    return office_see_other(work->visit, path);
}

/* The file is what the visitor saw. */
static bool unchanged(const ThemeWork *work, const char *seen, GError **error)
{
    return strcmp(seen, work->held.mark) == 0 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "%s",
                office_text(work->visit, "office_theme_conflict"));
}

static HttpReply *save(const ThemeWork *work, const char *text, const char *seen)
{
    g_autoptr(GError) reason = NULL;
    OfficeVisit *visit = work->visit;
    const ThemeAuthor author = {visit->person->id, NULL};
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return unchanged(work, seen, &reason) &&
                   theme_change_save(visit->store, work->held.folder, &author, work->held.name,
                                     bytes, visit->now, &reason)
               ? lead_to(work, "?done=saved")
               : theme_view_editor(work, reason);
}

static HttpReply *look(const ThemeWork *work, const char *text, const char *seen)
{
    g_autoptr(GError) reason = NULL;
    OfficeVisit *visit = work->visit;
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return theme_edit_check(work->held.folder, work->held.name, bytes, &reason) &&
                   theme_draft_keep(visit->store, visit->person->id, work->held.name, seen, text,
                                    visit->now, &reason)
               ? lead_to(work, "/look")
               : theme_view_editor(work, reason);
}

static HttpReply *answer_change(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeWork) work = {0};
    const char *act = office_field(visit, "act"), *text = fields_get(visit->fields, "text");
    g_autofree char *seen = g_strndup(office_field(visit, "seen"), THEME_MARK - 1);
    if (!work_open(&work, visit, &reason)) {
        return office_failed(visit, reason);
    }
    if (strcmp(act, "use") == 0 && work.draft != NULL) {
        return save(&work, work.draft->body, work.draft->seen);
    }
    if (text == NULL) {
        return lead_to(&work, "");
    }
    return strcmp(act, "look") == 0 ? look(&work, text, seen) : save(&work, text, seen);
}

static HttpReply *answer_drop(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeWork) work = {0};
    return work_open(&work, visit, &reason) &&
                   theme_draft_drop(visit->store, visit->person->id, work.held.name, &reason)
               ? lead_to(&work, "?done=dropped")
               : office_failed(visit, reason);
}

static HttpReply *answer_reset(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    const ThemeAuthor author = {visit->person->id, NULL};
    g_auto(ThemeWork) work = {0};
    if (!work_open(&work, visit, &reason)) {
        return office_failed(visit, reason);
    }
    return unchanged(&work, office_field(visit, "seen"), &reason) &&
                   theme_change_reset(visit->store, work.held.folder, &author, work.held.name,
                                      visit->now, &reason)
               ? office_see_other(visit, "/theme?done=reset")
               : theme_view_editor(&work, reason);
}

/* ---- A page made with it -------------------------------------------------------------------- */

/* The draft, or the theme as it is, in use until theme_untry(). */
static bool put_on(const ThemeWork *work, GError **error)
{
    const OfficeOptions *options = office_options(work->visit->office);
    if (options->trial == NULL || options->trial_pages == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "this office makes no previews");
    }
    if (work->draft == NULL) {
        return theme_reload(options->trial, NULL, error);
    }
    g_autoptr(GBytes) bytes = g_bytes_new(work->draft->body, strlen(work->draft->body));
    return theme_try(options->trial, work->held.name, bytes, error);
}

static void take_off(const ThemeWork *work)
{
    Theme *trial = office_options(work->visit->office)->trial;
    if (trial != NULL) {
        theme_untry(trial);
    }
}

/* The first kind of page that uses the file. */
static const char *first_kind(const ThemeWork *work)
{
    const Theme *theme = office_options(work->visit->office)->trial;
    for (const ThemeSample *sample = theme_samples; sample->kind != NULL; sample++) {
        if (theme_sample_uses(theme, sample, work->held.name)) {
            return sample->kind;
        }
    }
    return theme_samples[0].kind;
}

/* Both parts of a mail: a mistake in either is told at once. */
static bool has_page(ThemeLook *look, GError **error)
{
    OfficeVisit *visit = look->work->visit;
    const PressRecipes *recipes = office_options(visit->office)->trial_pages;
    ThemeWish wish = {look->language, look->kind, visit->now};
    g_autoptr(GError) reason = NULL;
    g_auto(PressShown) shown = {0};
    if (!theme_sample_show(visit->store, recipes, &wish, &shown, error)) {
        return false;
    }
    look->text = theme_sample_text(visit->store, recipes, &wish, &reason);
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

static HttpReply *answer_look(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeWork) work = {0};
    g_auto(StoryDesk) desk = {0};
    const char *kind = office_asked(visit, "page");
    if (!work_open(&work, visit, &reason) || !story_desk_open(visit->store, &desk, &reason)) {
        return office_failed(visit, reason);
    }
    ThemeLook look = {.work = &work,
                      .desk = &desk,
                      .language = language_choice(visit, &desk, &reason),
                      .narrow = strcmp(office_asked(visit, "width"), "390") == 0};
    if (look.language == NULL || !put_on(&work, &reason)) {
        take_off(&work);
        return office_failed(visit, reason);
    }
    look.kind = *kind == '\0' ? first_kind(&work) : kind;
    HttpReply *reply = theme_view_look(&look, has_page(&look, &reason) ? NULL : reason);
    take_off(&work);
    g_free(look.text);
    return reply;
}

/* The page of the address, made; its path in the edition is where it is shown. */
static bool show(const ThemeWork *work, PressShown *shown, GError **error)
{
    OfficeVisit *visit = work->visit;
    g_autofree char *language = office_part(visit, 1), *kind = office_part(visit, 2);
    ThemeWish wish = {language, kind, visit->now};
    bool done = put_on(work, error) &&
                theme_sample_show(visit->store, office_options(visit->office)->trial_pages, &wish,
                                  shown, error);
    take_off(work);
    return done;
}

static HttpReply *answer_page(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeWork) work = {0};
    g_auto(PressShown) shown = {0};
    g_autofree char *language = office_part(visit, 1), *kind = office_part(visit, 2);
    if (!work_open(&work, visit, &reason) || !show(&work, &shown, &reason)) {
        return office_failed(visit, reason);
    }
    g_autofree char *base = g_strdup_printf("/theme/%s/page/%s/%s", work.held.name, language, kind);
    return draft_to_page(visit, base, &shown);
}

static HttpReply *answer_page_path(OfficeVisit *visit)
{
    g_autoptr(GError) reason = NULL;
    g_auto(ThemeWork) work = {0};
    g_auto(PressShown) shown = {0};
    g_autofree char *path = office_part(visit, 3);
    return work_open(&work, visit, &reason) && show(&work, &shown, &reason)
               ? draft_reply(visit, &shown, path, true)
               : office_failed(visit, reason);
}

#define SEE(called, at, does, explained)                                                           \
    {                                                                                              \
        .name = called, .method = HTTP_GET, .path = "/theme/:file" at,                             \
        .permission = PERMISSION_SETTINGS, .answer = does, .help = explained                       \
    }
#define DO(called, at, most, does, explained)                                                      \
    {                                                                                              \
        .name = called, .method = HTTP_POST, .path = "/theme/:file" at,                            \
        .permission = PERMISSION_SETTINGS, .answer = does, .body_most = most, .help = explained    \
    }

const OfficeRoute theme_office[] = {
    {.name = "theme-list",
     .method = HTTP_GET,
     .path = "/theme",
     .permission = PERMISSION_SETTINGS,
     .answer = answer_list,
     .paper = "office_theme",
     .help = "the files of the theme: the program's, and the newsroom's own"},
    SEE("theme-file", "", answer_editor, "one file as text"),
    DO("theme-change", "", BODY_MOST, answer_change, "looks at a changed file, or saves it"),
    DO("theme-drop", "/drop", OFFICE_FORM, answer_drop, "forgets a draft"),
    DO("theme-reset", "/reset", OFFICE_FORM, answer_reset, "the program's file again"),
    SEE("theme-look", "/look", answer_look, "pages, mails and answers made with the draft"),
    SEE("theme-page", "/page/:language/:kind", answer_page, "one of them, as readers would get it"),
    SEE("theme-page-path", "/page/:language/:kind/*path", answer_page_path,
        "that page and what it uses"),
    {.name = NULL},
};
