/* Saving and taking away theme files: theme_change.h. The file itself is theme/edit.c's. */
#include "desk/theme_change.h"

#include "base/error.h"
#include "desk/theme_draft.h"
#include "press/press.h"
#include "staff/audit.h"

void theme_held_clear(ThemeHeld *held)
{
    g_clear_pointer(&held->name, g_free);
    g_clear_pointer(&held->own, g_bytes_unref);
    g_clear_pointer(&held->built_in, g_bytes_unref);
}

const char *theme_folder(const Office *office, GError **error)
{
    const char *folder = office_options(office)->theme_dir;
    if (folder == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "this office changes no theme");
    }
    return folder;
}

bool theme_held_open(ThemeHeld *held, const Office *office, const char *name, GError **error)
{
    g_autoptr(GError) reason = NULL;
    *held = (ThemeHeld){.folder = theme_folder(office, error)};
    if (held->folder == NULL) {
        return false;
    }
    held->name = g_strdup(name);
    held->own = theme_edit_own(held->folder, name, &reason);
    if (held->own == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    held->built_in = theme_edit_built_in(name);
    theme_edit_mark(held->own, held->mark);
    return true;
}

typedef struct {
    const ThemeAuthor *author;
    int64_t now;
    const char *file, *action, *detail;
} Change;

static bool note_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autofree char *subject = g_strconcat("theme/", change->file, NULL);
    return audit_add_by(store, change->author->person, change->author->token, change->action,
                        subject, change->detail, change->now, error);
}

static bool done_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autofree char *input = g_strconcat("theme:", change->file, NULL);
    return (change->author->token != NULL ||
            theme_draft_drop(store, change->author->person, change->file, error)) &&
           press_touch(store, input, error);
}

/* The write's own failure is the one to tell of. */
static void note_failure(Store *store, Change *change, const GError *reason)
{
    change->action = "theme.failed";
    change->detail = reason->message;
    store_transact(store, note_body, change, NULL);
}

bool theme_change_save(Store *store, const char *folder, const ThemeAuthor *author,
                       const char *file, GBytes *bytes, int64_t now, GError **error)
{
    GError *reason = NULL;
    char mark[THEME_MARK];
    theme_edit_mark(bytes, mark);
    Change change = {author, now, file, "theme.set", mark};
    if (!theme_edit_check(folder, file, bytes, error) ||
        !store_transact(store, note_body, &change, error)) {
        return false;
    }
    if (!theme_edit_save(folder, file, bytes, &reason)) {
        note_failure(store, &change, reason);
        g_propagate_error(error, reason);
        return false;
    }
    return store_transact(store, done_body, &change, error);
}

bool theme_change_reset(Store *store, const char *folder, const ThemeAuthor *author,
                        const char *file, int64_t now, GError **error)
{
    GError *reason = NULL;
    Change change = {author, now, file, "theme.reset", ""};
    if (!theme_edit_check_reset(folder, file, error) ||
        !store_transact(store, note_body, &change, error)) {
        return false;
    }
    if (!theme_edit_reset(folder, file, &reason)) {
        note_failure(store, &change, reason);
        g_propagate_error(error, reason);
        return false;
    }
    return store_transact(store, done_body, &change, error);
}
