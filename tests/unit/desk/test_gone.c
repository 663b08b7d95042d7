#include "desk/gone.h"

#include "base/error.h"
#include "edition/gone.h"
#include "fixture.h"

#include <string.h>

static char *joined(GPtrArray *taken)
{
    g_autoptr(GPtrArray) list = taken;
    g_assert_nonnull(list);
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        g_string_append_printf(all, "%s;", (const char *)list->pdata[i]);
    }
    return g_string_free(all, FALSE);
}

/* What a test enters: a line, or a path. */
typedef struct {
    const char *line, *path;
    int64_t now, month;
    bool tell;
} Entry;

static bool enter_body(Store *store, void *data, GError **error)
{
    const Entry *entry = data;
    return entry->line != NULL
               ? desk_gone_line(store, entry->now, entry->line, error)
               : desk_gone_path(store, entry->now, entry->path, entry->month, entry->tell, error);
}

static void enter(Store *store, Entry entry)
{
    assert_ok(store_transact(store, enter_body, &entry, error));
}

/* Lines stand in the month of their entering, by their bytes, each once. */
static void test_lines(Store *store, const char *url)
{
    int64_t now = fixture_now();
    int64_t later = fixture_moment("2026-12-01T00:00:00Z");
    g_free(fixture_touches(store));
    enter(store, (Entry){.now = now, .line = "object bb"});
    assert_text(fixture_touches(store), "gone:2026-11");
    enter(store, (Entry){.now = now, .line = "object aa"});
    enter(store, (Entry){.now = now, .line = "object aa"});
    enter(store, (Entry){.now = later, .line = "object cc"});
    assert_text(joined(desk_gone_of_month(store, "2026-11", NULL)), "object aa;object bb;");
    assert_text(joined(desk_gone_of_month(store, "2026-12", NULL)), "object cc;");
    assert_text(joined(desk_gone_of_month(store, "2026-10", NULL)), "");
    assert_text(joined(desk_gone_month_list(store, NULL)), "2026-11;2026-12;");
}

static void test_month(Store *store, const char *url)
{
    static const char *const wrong[] = {"2026", "2026-13", "2026-1", "2026-11-01", "", "gone"};
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        assert_fails(desk_gone_of_month(store, wrong[i], error) != NULL, KOLOKOL_ERROR_INVALID,
                     "write it like 2026-11");
    }
}

/* A path that is gone is free again, told by its hash only, and its page and line are made anew. */
static void test_path(Store *store, const char *url)
{
    int64_t now = fixture_now();
    fixture_put(store, "title", "A", "path", "secret/a.html", NULL);
    fixture_put(store, "title", "B", "path", "secret/b.html", NULL);
    g_free(fixture_touches(store));
    enter(store, (Entry){.now = now, .path = "secret/a.html", .month = 202610, .tell = true});
    assert_text(fixture_touches(store), "gone:2026-11 path:secret/a.html status:2026-10");
    g_autofree char *line = gone_line_path("secret/a.html");
    g_autofree char *expected = g_strconcat(line, ";", NULL);
    assert_text(joined(desk_gone_of_month(store, "2026-11", NULL)), expected);
    g_assert_null(strstr(expected, "secret"));
    enter(store, (Entry){.now = now, .path = "secret/b.html", .month = 202611, .tell = false});
    assert_text(joined(desk_gone_of_month(store, "2026-11", NULL)), expected);
    assert_text(fixture_touches(store), "path:secret/b.html status:2026-11");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/gone/lines", test_lines);
    stores_test_add("/desk/gone/month", test_month);
    stores_test_add("/desk/gone/path", test_path);
    return g_test_run();
}
