/*
 * What stands where a page was (DESIGN 6): a stub that leads on, or a tombstone, and the STATUS
 * files from which the stand makes 301 and 410. A dumb server serves the stub.
 */
#include "base/error.h"
#include "base/limits.h"
#include "desk/redirect.h"
#include "edition/status.h"
#include "paper/example.h"
#include "paper/kinds.h"
#include "paper/page_base.h"
#include "theme/strings.h"

#include <string.h>

#define REDIRECTS_AT_ONCE 500u

static const char *language_of(const PaperRun *run, const Redirect *redirect)
{
    return redirect->language != NULL && paper_run_frame(run, redirect->language, false) != NULL
               ? redirect->language
               : run->languages[0];
}

static bool is_address(const char *target)
{
    return g_str_has_prefix(target, "http://") || g_str_has_prefix(target, "https://");
}

static void fill_moved(PaperPage *page, const char *target)
{
    g_autofree char *address =
        is_address(target) ? g_strdup(target) : paper_address(page->run, target);
    value_set_text(page->values, "canonical", address);
    if (is_address(target)) {
        value_set_text(page->values, "target", target);
    } else {
        paper_set_url(page, page->values, "target", target);
    }
}

static void fill_gone(PaperPage *page, const Redirect *redirect)
{
    bool demanded = redirect->taken_down;
    value_set_text(
        page->values, "heading",
        strings_get(page->language, demanded ? "takendown_heading" : "withdrawn_heading"));
    value_set_text(page->values, "text",
                   strings_get(page->language, demanded ? "takendown_text" : "withdrawn_text"));
}

static bool make(PressPage *press, const char *path, const char *language, const Redirect *redirect,
                 GError **error)
{
    g_auto(PaperPage) page = {0};
    bool moved = redirect->status == 301;
    if (!paper_page_begin(&page, press, moved ? "moved" : "gone", language, path, false, error)) {
        return false;
    }
    paper_set_head(&page,
                   strings_get(language, moved                  ? "moved_heading"
                                         : redirect->taken_down ? "takendown_heading"
                                                                : "withdrawn_heading"),
                   NULL);
    if (moved) {
        fill_moved(&page, redirect->target);
    } else {
        fill_gone(&page, redirect);
    }
    return paper_page_end(&page, redirect->since, error);
}

static bool render_stub(PressPage *press, const char *path, GError **error)
{
    g_autofree char *input = g_strconcat("path:", path, NULL);
    g_autoptr(GError) reason = NULL;
    press_page_read(press, input);
    g_autoptr(Redirect) redirect =
        redirect_by_path(press_page_store(press), path, press_page_as_of(press), &reason);
    if (redirect == NULL) {
        if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            return true;
        }
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return make(press, path, language_of(press_page_run(press), redirect), redirect, error);
}

bool paper_example_stub(const PaperExample *example, GError **error)
{
    g_autofree char *path = g_strdup_printf("example/%s.html", example->template);
    g_autofree char *front =
        g_strconcat(paper_prefix(example->run, example->language), "index.html", NULL);
    Redirect redirect = {.status = strcmp(example->template, "moved") == 0 ? 301 : 410,
                         .target = front,
                         .taken_down = strcmp(example->which, "taken-down") == 0};
    return make(example->press, path, example->language, &redirect, error);
}

static bool keys_stubs(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                       GError **error)
{
    g_autofree char *after = g_strdup("");
    while (after != NULL) {
        g_autoptr(GPtrArray) redirects = NULL;
        char *last = NULL;
        if (!redirect_list_after(store, after, as_of, REDIRECTS_AT_ONCE, &redirects, &last,
                                 error)) {
            return false;
        }
        g_free(after);
        after = last;
        for (guint i = 0; i < redirects->len; i++) {
            const Redirect *redirect = redirects->pdata[i];
            if (!take(redirect->path, redirect->since, data, error)) {
                return false;
            }
        }
    }
    return true;
}

/* The month of "2026-11" and "2026-11.3", and which of its files that is. */
static char *month_of(const char *key, guint64 *file)
{
    const char *dot = strchr(key, '.');
    *file = dot == NULL ? 0 : g_ascii_strtoull(dot + 1, NULL, 10);
    return dot == NULL ? g_strdup(key) : g_strndup(key, (size_t)(dot - key));
}

static void file_free(gpointer text)
{
    g_string_free(text, TRUE);
}

/* The STATUS files of a month (elements GString). A file is cut where the next line would pass the
 * ceiling of a page, so the cut follows from the lines alone. */
static GPtrArray *status_files(Store *store, const char *month, int64_t as_of, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(file_free);
    g_autoptr(GPtrArray) redirects = redirect_list_month(store, month, as_of, error);
    for (guint i = 0; redirects != NULL && i < redirects->len; i++) {
        const Redirect *redirect = redirects->pdata[i];
        bool moved = redirect->status == 301;
        if (!status_add(files, LIMIT_PAGE, moved ? 301 : 410, redirect->path,
                        moved ? redirect->target : NULL, error)) {
            return NULL;
        }
    }
    return redirects == NULL ? NULL : g_steal_pointer(&files);
}

static bool render_status(PressPage *press, const char *key, GError **error)
{
    guint64 file = 0;
    g_autofree char *month = month_of(key, &file);
    g_autofree char *input = g_strconcat("status:", month, NULL);
    press_page_read(press, input);
    g_autoptr(GPtrArray) files =
        status_files(press_page_store(press), month, press_page_as_of(press), error);
    if (files == NULL || file >= files->len) {
        return files != NULL;
    }
    const GString *lines = files->pdata[file];
    g_autofree char *path = g_strconcat("STATUS/", key, NULL);
    return press_page_set(press, path, lines->str, lines->len, 0, error);
}

/* The first file's key always: a month that is empty now has a page that goes. */
static bool expand_status(Store *store, void *run, int64_t as_of, const char *month,
                          PressKeyTaker take, void *data, GError **error)
{
    g_autoptr(GPtrArray) files = status_files(store, month, as_of, error);
    if (files == NULL || !take(month, 0, data, error)) {
        return false;
    }
    for (guint i = 1; i < files->len; i++) {
        g_autofree char *key = g_strdup_printf("%s.%u", month, i);
        if (!take(key, 0, data, error)) {
            return false;
        }
    }
    return true;
}

static bool keys_status(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                        GError **error)
{
    g_autoptr(GPtrArray) months = redirect_months(store, error);
    for (guint i = 0; months != NULL && i < months->len; i++) {
        if (!expand_status(store, run, as_of, months->pdata[i], take, data, error)) {
            return false;
        }
    }
    return months != NULL;
}

static const char *const by_path[] = {"path", NULL};
static const char *const by_status[] = {"status", NULL};
const PressKind paper_stub = {.name = "stub",
                              .wave = PRESS_WAVE_NEWS,
                              .created_by = by_path,
                              .keys = keys_stubs,
                              .render = render_stub,
                              .help = "what stands where a page was"};
const PressKind paper_status = {.name = "status",
                                .wave = PRESS_WAVE_NEWS,
                                .created_by = by_status,
                                .keys = keys_status,
                                .render = render_status,
                                .expand = expand_status,
                                .help = "moved and withdrawn pages of a month"};
