/*
 * Public lists of attack strings as paths, where they are at hand: nothing but pages of the edition
 * is ever answered, and no redirect leads to another host.
 */
#include "fixture.h"
#include "net/request.h"
#include "stand/site.h"

#include <string.h>

static char *shared(const char *below)
{
    const char *place = g_getenv("KOLOKOL_SHARED");
    g_autofree char *beside = g_build_filename(SOURCE_ROOT, "..", "shared", NULL);
    char *path = g_build_filename(place != NULL ? place : beside, below, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        return path;
    }
    g_free(path);
    return NULL;
}

/* Only visible ASCII comes through the server (net/wire.h); the rest is escaped as a browser would.
 */
static char *path_of(const char *line)
{
    GString *path = g_string_new("/");
    for (const char *at = line + (line[0] == '/'); *at != '\0' && *at != '?'; at++) {
        if ((unsigned char)*at > 0x20 && (unsigned char)*at < 0x7f) {
            g_string_append_c(path, *at);
        } else {
            g_string_append_printf(path, "%%%02x", (unsigned char)*at);
        }
    }
    return g_string_free(path, FALSE);
}

static void ask(Site *site, const char *path)
{
    HttpRequest request;
    http_request_init(&request, "GET", path);
    g_autoptr(HttpReply) reply = site_answer(&request, site);
    const char *place = http_reply_find(reply, "Location");
    unsigned status = http_reply_status(reply);
    if (status == 200) {
        g_autofree char *body = g_strndup(http_reply_body(reply), http_reply_length(reply));
        if (!g_str_has_prefix(body, "page of the edition")) {
            g_error("%s gave: %s", path, body);
        }
    } else if (status == 301) {
        if (place[0] != '/' || place[1] == '/' || place[1] == '\\') {
            g_error("%s leads to %s", path, place);
        }
    } else if (status != 404) {
        g_error("%s: %u", path, status);
    }
}

static unsigned list_run(Site *site, const char *directory, const char *name)
{
    g_autofree char *file = g_build_filename(directory, name, NULL);
    g_autofree char *text = NULL;
    unsigned count = 0;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *path = path_of(g_strchomp(*line));
        g_autofree char *below = g_strconcat("/section", path, NULL);
        ask(site, path);
        ask(site, below);
        count++;
    }
    return count;
}

static void test_lists(void)
{
    static const char *const lists[] = {"path-traversal.txt", "open-redirect.txt", "crlf.txt",
                                        "command.txt",        "xss.txt",           "sql.txt"};
    g_autofree char *archive = shared("data/attack-strings/lists.tar.zst");
    if (archive == NULL) {
        g_test_skip("the shared lists are not here");
        return;
    }
    Fixture *fixture = fixture_new();
    g_autofree char *unpacked = g_build_filename(fixture->directory, "lists", NULL);
    char tar[] = "tar", extract[] = "-xf", into[] = "-C";
    char *arguments[] = {tar, extract, archive, into, unpacked, NULL};
    int status = -1;
    g_assert_cmpint(g_mkdir_with_parents(unpacked, 0700), ==, 0);
    g_assert_true(g_spawn_sync(NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               &status, NULL));
    g_assert_cmpint(status, ==, 0);
    fixture_put(fixture, "index.html", "page of the edition: front");
    fixture_put(fixture, "404.html", "page of the edition: not found");
    fixture_put(fixture, "section/index.html", "page of the edition: section");
    fixture_press(fixture);
    SiteOptions options = {.directory = fixture->directory};
    g_autoptr(Site) site = site_new(&options, NULL);
    unsigned count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        count += list_run(site, unpacked, lists[i]);
    }
    g_test_message("%u strings", count);
    g_assert_cmpuint(count, >, 1000);
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shared/paths", test_lists);
    return g_test_run();
}
