/*
 * GONE (edition/gone.h): what all who keep copies must forget, a file or more a month. Kind "gone",
 * key "2026-11" or "2026-11.1"; reads gone:MONTH. The lines are stored state (desk/gone.h).
 */
#include "desk/gone.h"
#include "edition/gone.h"
#include "paper/kinds.h"

#include <string.h>

/* The month of a key, and which of its files it is. Caller frees. */
static char *month_of(const char *key, guint64 *file)
{
    const char *dot = strchr(key, '.');
    *file = dot == NULL ? 0 : g_ascii_strtoull(dot + 1, NULL, 10);
    return dot == NULL ? g_strdup(key) : g_strndup(key, (size_t)(dot - key));
}

static bool render(PressPage *press, const char *key, GError **error)
{
    guint64 file = 0;
    g_autofree char *month = month_of(key, &file);
    g_autofree char *input = g_strconcat("gone:", month, NULL);
    press_page_read(press, input);
    g_autoptr(GPtrArray) lines = desk_gone_of_month(press_page_store(press), month, error);
    if (lines == NULL || file >= (lines->len + GONE_FILE_LINES - 1) / GONE_FILE_LINES) {
        return lines != NULL;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    guint first = (guint)file * GONE_FILE_LINES;
    for (guint i = first; i < MIN(lines->len, first + GONE_FILE_LINES); i++) {
        g_string_append_printf(text, "%s\n", (const char *)lines->pdata[i]);
    }
    g_autofree char *path = g_strconcat("GONE/", key, NULL);
    return press_page_set(press, path, text->str, text->len, 0, error);
}

static bool expand(Store *store, void *run, int64_t as_of, const char *month, PressKeyTaker take,
                   void *data, GError **error)
{
    g_autoptr(GPtrArray) lines = desk_gone_of_month(store, month, error);
    if (lines == NULL || !take(month, 0, data, error)) {
        return false;
    }
    for (guint i = 1; i * GONE_FILE_LINES < lines->len; i++) {
        g_autofree char *key = g_strdup_printf("%s.%u", month, i);
        if (!take(key, 0, data, error)) {
            return false;
        }
    }
    return true;
}

static bool keys(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                 GError **error)
{
    g_autoptr(GPtrArray) months = desk_gone_month_list(store, error);
    for (guint i = 0; months != NULL && i < months->len; i++) {
        if (!expand(store, run, as_of, months->pdata[i], take, data, error)) {
            return false;
        }
    }
    return months != NULL;
}

static const char *const by_gone[] = {"gone", NULL};
const PressKind paper_gone = {.name = "gone",
                              .wave = PRESS_WAVE_NEWS,
                              .created_by = by_gone,
                              .keys = keys,
                              .render = render,
                              .expand = expand,
                              .help = "what nobody may keep any more, of a month"};
