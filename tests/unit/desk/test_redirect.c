#include "desk/redirect.h"

#include "base/clock.h"
#include "base/error.h"
#include "fixture.h"

#include <string.h>

static char *month(Store *store, const char *name)
{
    g_autoptr(GPtrArray) list = redirect_list_month(store, name, fixture_now(), NULL);
    GString *lines = g_string_new(NULL);
    for (unsigned i = 0; i < list->len; i++) {
        const Redirect *redirect = list->pdata[i];
        g_string_append_printf(lines, "%d %s%s%s;", redirect->status, redirect->path,
                               redirect->target != NULL ? " " : "",
                               redirect->target != NULL ? redirect->target : "");
    }
    return g_string_free(lines, FALSE);
}

static void test_add(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "path", "a.html", NULL);
    int64_t later =
        fixture_put(store, "title", "L", "path", "l.html", "date", "2026-12-01T00:00:00Z", NULL);
    g_free(fixture_touches(store));
    assert_ok(redirect_add(store, site, "/old/a", id, NULL, now, error));
    assert_text(fixture_touches(store), "path:old/a/index.html status:2026-11");
    assert_ok(redirect_add(store, site, "/old/a", id, NULL, now + CLOCK_HOUR, error));
    assert_text(fixture_touches(store), "");
    assert_ok(redirect_add(store, site, "old/b.html", 0, "https://example.org/x?y", now, error));
    assert_ok(redirect_add(store, site, "old/c.html", 0, "a.html", now, error));
    assert_ok(redirect_add(store, site, "old/l.html", later, NULL, now, error));
    assert_text(month(store, "2026-11"),
                "301 old/a/index.html a.html;301 old/b.html https://example.org/x?y;"
                "301 old/c.html a.html;"); /* l is not out yet */
    assert_text(month(store, "2026-10"), "");
    assert_fails(redirect_add(store, site, "a.html", id, NULL, now, error), KOLOKOL_ERROR_CONFLICT,
                 "held by story 1");
    assert_fails(redirect_add(store, site, "old/a", later, NULL, now, error),
                 KOLOKOL_ERROR_CONFLICT, "an old address");
    assert_fails(redirect_add(store, site, "old/b.html", id, NULL, now, error),
                 KOLOKOL_ERROR_CONFLICT, "is a redirect to https");
    assert_fails(redirect_add(store, site, "index.html", id, NULL, now, error),
                 KOLOKOL_ERROR_INVALID, "uses itself");
    assert_fails(redirect_add(store, site, "x.html", 0, NULL, now, error), KOLOKOL_ERROR_INVALID,
                 "needs a story");
    assert_fails(redirect_add(store, site, "x.html", 0, "https://a b/", now, error),
                 KOLOKOL_ERROR_INVALID, "no address");
    assert_fails(redirect_add(store, site, "x.html", 77, NULL, now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no story 77");
    g_autoptr(GPtrArray) months = redirect_months(store, NULL);
    g_assert_cmpuint(months->len, ==, 1);
    g_assert_cmpstr(months->pdata[0], ==, "2026-11");
}

/* What names a story leads to it, if readers find it; of others it is not told that they are. */
static void test_named(Store *store, const char *url)
{
    static const char *const out[] = {"1",
                                      "a.html",
                                      "/a.html",
                                      "was/",
                                      "/was",
                                      "an-id",
                                      "https://site.example/was/",
                                      "was/index.html"};
    static const char *const not_out[] = {"2",
                                          "l/",
                                          "l",
                                          "l/index.html",
                                          "old/l.html",
                                          "/%6c/",
                                          "l-id",
                                          "77",
                                          "2026/11/01/no.html",
                                          "ru/2026/11/01/no.html",
                                          "https://site.example/l/",
                                          "http://SITE.example/old/l.html"};
    DeskSite site = *fixture_site();
    int64_t now = fixture_now();
    site.url = "https://site.example";
    fixture_put(store, "title", "A", "path", "a.html", "id", "an-id", "aliases", "was/", NULL);
    fixture_put(store, "title", "L", "path", "l/", "id", "l-id", "aliases", "old/l.html", "date",
                "2026-12-01T00:00:00Z", NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(out); i++) {
        assert_ok(redirect_add(store, &site, "x.html", 0, out[i], now, error));
        g_autoptr(Redirect) redirect = redirect_by_path(store, "x.html", now, NULL);
        g_assert_cmpint(redirect->story, ==, 1);
        assert_ok(redirect_remove(store, "x.html", now, error));
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(not_out); i++) {
        g_test_message("%s", not_out[i]);
        assert_fails(redirect_add(store, &site, "x.html", 0, not_out[i], now, error),
                     KOLOKOL_ERROR_INVALID, "readers would find nothing");
    }
    assert_ok(redirect_add(store, &site, "2020/01/02/o.html", 0, "/section/news/", now, error));
    assert_ok(redirect_add(store, &site, "x.html", 0, "2020/01/02/o.html", now, error));
    assert_ok(redirect_add(store, &site, "y.html", 0, "https://site.example.org/l/", now, error));
    assert_ok(redirect_add(store, &site, "z.html", 0, "https://site.example", now, error));
    assert_text(month(store, "2026-11"),
                "301 2020/01/02/o.html section/news/index.html;301 was/index.html a.html;301 "
                "x.html 2020/01/02/o.html;"
                "301 y.html https://site.example.org/l/;301 z.html index.html;");
}

static void test_circle(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    assert_fails(redirect_add(store, site, "a.html", 0, "/a.html", now, error),
                 KOLOKOL_ERROR_INVALID, "in a circle");
    assert_ok(redirect_add(store, site, "a.html", 0, "b.html", now, error));
    assert_ok(redirect_add(store, site, "b.html", 0, "c.html", now, error));
    g_free(fixture_touches(store));
    assert_fails(redirect_add(store, site, "c.html", 0, "a.html", now, error),
                 KOLOKOL_ERROR_INVALID, "in a circle");
    assert_text(fixture_touches(store), "");
    for (unsigned i = 0; i < 12; i++) {
        g_autofree char *from = g_strdup_printf("n%u.html", i);
        g_autofree char *to = g_strdup_printf("n%u.html", i + 1);
        assert_ok(redirect_add(store, site, from, 0, to, now, error));
    }
    assert_fails(redirect_add(store, site, "x.html", 0, "n0.html", now, error),
                 KOLOKOL_ERROR_INVALID, "more than 10");
}

/* To a page of the edition's own. */
static void test_own(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    assert_ok(redirect_add(store, site, "old.html", 0, "/section/news/", now, error));
    assert_ok(redirect_add(store, site, "home.html", 0, "/", now, error));
    assert_text(month(store, "2026-11"),
                "301 home.html index.html;301 old.html section/news/index.html;");
}

static void test_remove(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t now = fixture_now();
    int64_t id = fixture_put(store, "title", "A", "path", "a.html", "aliases", "old.html", NULL);
    g_free(fixture_touches(store));
    assert_ok(redirect_remove(store, "old.html", now, error));
    assert_text(fixture_touches(store), "path:old.html status:2026-11");
    assert_fails(redirect_remove(store, "old.html", now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no redirect");
    assert_fails(redirect_remove(store, "a.html", now, error), KOLOKOL_ERROR_NOT_FOUND,
                 "no redirect");
    assert_ok(redirect_add(store, site, "old.html", id, NULL, now, error));
}

static void test_walk(Store *store, const char *url)
{
    const DeskSite *site = fixture_site();
    int64_t later =
        fixture_put(store, "title", "L", "path", "l.html", "date", "2026-12-01T00:00:00Z", NULL);
    assert_ok(redirect_add(store, site, "a.html", 0, "x.html", fixture_now(), error));
    assert_ok(redirect_add(store, site, "b.html", later, NULL, fixture_now(), error));
    assert_ok(redirect_add(store, site, "c.html", 0, "x.html", fixture_now(), error));
    g_autofree char *after = g_strdup("");
    GString *seen = g_string_new(NULL);
    while (after != NULL) {
        g_autoptr(GPtrArray) part = NULL;
        char *last = NULL;
        assert_ok(redirect_list_after(store, after, fixture_now(), 1, &part, &last, error));
        if (part->len > 0) {
            g_string_append(seen, ((const Redirect *)part->pdata[0])->path);
        }
        g_free(after);
        after = last;
    }
    g_assert_cmpstr(seen->str, ==, "a.htmlc.html");
    g_string_free(seen, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/desk/redirect/add", test_add);
    stores_test_add("/desk/redirect/named", test_named);
    stores_test_add("/desk/redirect/remove", test_remove);
    stores_test_add("/desk/redirect/walk", test_walk);
    stores_test_add("/desk/redirect/circle", test_circle);
    stores_test_add("/desk/redirect/own", test_own);
    return g_test_run();
}
