/* Saving and taking away theme files: theme_change.h. The file itself is theme/edit.c's. */
#include "desk/theme_change.h"

#include "desk/theme_draft.h"
#include "press/press.h"
#include "staff/audit.h"
#include "theme/edit.h"

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
