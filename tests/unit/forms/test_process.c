/* The door as a process: what it needs to begin, that its sandbox bites, and that it ends when
 * told. */
#include "forms/process.h"

#include "base/error.h"
#include "door_fixture.h"
#include "doubles/instrumented.h"
#include "doubles/loopback.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    char *folder, *url, *key_file;
    DoorSite *site;
    FormsOptions options;
} Place;

static void place_open(Place *p)
{
    BoxSecretKey key;
    p->folder = g_dir_make_tmp("kolokol-process-XXXXXX", NULL);
    p->url = g_strdup_printf("sqlite:%s/intake.db", p->folder);
    p->key_file = g_build_filename(p->folder, "intake.pub", NULL);
    p->site = door_site_new("The Bell", "https://bell.example", "en", "", "");
    box_secret_key_new(&key);
    BoxPublicKey public = box_secret_key_public(&key);
    g_autofree char *text = box_public_key_text(&public);
    g_assert_true(g_file_set_contents(p->key_file, text, -1, NULL));
    p->options = (FormsOptions){.intake_url = p->url,
                                .key_file = p->key_file,
                                .door = {.kinds = fixture_kinds, .site = p->site},
                                .server = HTTP_SERVER_OPTIONS};
}

static void place_close(Place *p)
{
    stores_remove_tree(p->folder);
    door_site_free(p->site);
    g_free(p->folder);
    g_free(p->url);
    g_free(p->key_file);
}

static void refuses(const FormsOptions *options, KolokolError code, const char *what)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(forms_run(options, &error));
    g_assert_error(error, KOLOKOL_ERROR, (int)code);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, what));
}

static void test_needs(void)
{
    Place p;
    place_open(&p);
    FormsOptions no_key = p.options, bad_proxies = p.options;
    no_key.key_file = "/nowhere/intake.pub";
    refuses(&no_key, KOLOKOL_ERROR_NOT_FOUND, "the intake's public key");
    bad_proxies.door.trusted_proxies = "everybody";
    refuses(&bad_proxies, KOLOKOL_ERROR_INVALID, "everybody");
    g_assert_true(g_file_set_contents(p.key_file, "no key\n", -1, NULL));
    refuses(&p.options, KOLOKOL_ERROR_CORRUPT, p.key_file);
    place_close(&p);
}

/* In the child: tells the parent where the door is, and what the sandbox lets it do. */
static void opened(const char *address, const char *sandbox, void *data)
{
    int pipe_end = GPOINTER_TO_INT(data);
    bool reads = open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
    g_autofree char *line = g_strdup_printf("%s %d\n", strrchr(address, ':') + 1, reads);
    g_assert_cmpint(write(pipe_end, line, strlen(line)), ==, (gssize)strlen(line));
}

static char *ask(int port)
{
    return loopback_ask(port, "GET / HTTP/1.1\r\nHost: f.example\r\nConnection: close\r\n\r\n");
}

static void test_serves(void)
{
    Place p;
    int ends[2], port = 0, reads = 1, status = 0;
    char line[64] = "";
    place_open(&p);
    g_assert_cmpint(pipe(ends), ==, 0);
    pid_t child = fork();
    if (child == 0) {
        p.options.opened = opened;
        p.options.unconfined = instrumented();
        p.options.data = GINT_TO_POINTER(ends[1]);
        _exit(forms_run(&p.options, NULL) ? 0 : 1);
    }
    close(ends[1]);
    g_assert_cmpint(read(ends[0], line, sizeof line - 1), >, 0);
    close(ends[0]);
    g_assert_cmpint(sscanf(line, "%d %d", &port, &reads), ==, 2);
    g_assert_true(reads == 0 || instrumented()); /* confined before it says that it is open */
    g_autofree char *answer = ask(port);
    g_assert_true(g_str_has_prefix(answer, "HTTP/1.1 200 "));
    g_assert_nonnull(strstr(answer, "<h1>Forms</h1>"));
    kill(child, SIGTERM);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    place_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/process/needs", test_needs);
    g_test_add_func("/process/serves", test_serves);
    return g_test_run();
}
