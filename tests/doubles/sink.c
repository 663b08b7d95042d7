/* smtp-sink for tests: sink.h. */
#include "doubles/sink.h"

#include "doubles/stores.h"

#include <arpa/inet.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRIES 200 /* of 25 ms */

struct Sink {
    pid_t pid;
    guint16 port;
    char *url, *folder;
};

static struct sockaddr_in address_of(guint16 port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static guint16 free_port(void)
{
    struct sockaddr_in address = address_of(0);
    socklen_t length = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    g_assert_cmpint(bind(probe, (struct sockaddr *)&address, length), ==, 0);
    g_assert_cmpint(getsockname(probe, (struct sockaddr *)&address, &length), ==, 0);
    close(probe);
    return ntohs(address.sin_port);
}

static gboolean listens(guint16 port)
{
    struct sockaddr_in address = address_of(port);
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    int refused = connect(probe, (struct sockaddr *)&address, sizeof address);
    close(probe);
    return refused == 0;
}

static void child_ends_with_us(gpointer data)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static const char *program(void)
{
    return g_file_test("/usr/sbin/smtp-sink", G_FILE_TEST_IS_EXECUTABLE) ? "/usr/sbin/smtp-sink"
                                                                         : "smtp-sink";
}

void sink_again(Sink *sink, const char *const *options)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    g_autofree char *dump = g_build_filename(sink->folder, "m.", NULL);
    g_autofree char *listen = g_strdup_printf("inet:127.0.0.1:%u", sink->port);
    g_autoptr(GError) error = NULL;
    g_strv_builder_add(words, program());
    for (; options != NULL && *options != NULL; options++) {
        g_strv_builder_add(words, *options);
    }
    if (geteuid() == 0) {
        g_strv_builder_add_many(words, "-u", "root", NULL);
    }
    g_strv_builder_add_many(words, "-d", dump, listen, "100", NULL);
    g_auto(GStrv) line = g_strv_builder_end(words);
    g_spawn_async(NULL, line, NULL,
                  G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                      G_SPAWN_STDERR_TO_DEV_NULL,
                  child_ends_with_us, NULL, &sink->pid, &error);
    g_assert_no_error(error);
    for (int i = 0; i < TRIES && !listens(sink->port); i++) {
        g_usleep(25000);
    }
    g_assert_true(listens(sink->port));
}

Sink *sink_start(const char *const *options)
{
    Sink *sink = g_new0(Sink, 1);
    sink->port = free_port();
    sink->url = g_strdup_printf("smtp://127.0.0.1:%u", sink->port);
    sink->folder = g_dir_make_tmp("kolokol-sink-XXXXXX", NULL);
    sink_again(sink, options);
    return sink;
}

const char *sink_url(const Sink *sink)
{
    return sink->url;
}

GPtrArray *sink_messages(const Sink *sink)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(sink->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(sink->folder, name, NULL);
        char *text = NULL;
        if (g_file_get_contents(path, &text, NULL, NULL)) {
            g_ptr_array_add(all, text);
        }
    }
    return all;
}

void sink_forget(Sink *sink)
{
    g_autoptr(GDir) dir = g_dir_open(sink->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(sink->folder, name, NULL);
        g_assert_cmpint(unlink(path), ==, 0);
    }
}

void sink_stop(Sink *sink)
{
    if (sink->pid != 0) {
        kill(sink->pid, SIGKILL);
        waitpid(sink->pid, NULL, 0);
        sink->pid = 0;
    }
}

void sink_free(Sink *sink)
{
    if (sink != NULL) {
        sink_stop(sink);
        stores_remove_tree(sink->folder);
        g_free(sink->folder);
        g_free(sink->url);
        g_free(sink);
    }
}
