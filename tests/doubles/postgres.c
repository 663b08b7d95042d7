/* A private PostgreSQL server: postgres.h. What the tests do with it is stores.c. */
#include "doubles/postgres.h"

#include "base/error.h"
#include "doubles/stores.h"

#include <errno.h>
#include <glob.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_WAIT 30 /* seconds */

static struct {
    char *folder, *url;
    GPid server;
    pid_t owner;
    bool other_account;
    uid_t user;
    gid_t group;
} here;

/* The newest of /usr/lib/postgresql/NN/bin (Debian's place). Caller frees. */
static char *programs_find(GError **error)
{
    glob_t found = {0};
    char *best = NULL;
    long highest = 0;
    glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        long version = strtol(found.gl_pathv[i] + strlen("/usr/lib/postgresql/"), NULL, 10);
        if (version > highest) {
            highest = version;
            g_free(best);
            best = g_path_get_dirname(found.gl_pathv[i]);
        }
    }
    globfree(&found);
    if (best == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "PostgreSQL is not installed (tools/install_packages test)");
    }
    return best;
}

static bool account_choose(GError **error)
{
    if (geteuid() != 0) {
        return true;
    }
    const struct passwd *account = getpwnam("postgres");
    if (account == NULL) {
        account = getpwnam("nobody");
    }
    if (account == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND,
                    "running as root, and there is neither a user postgres nor nobody");
    }
    here.other_account = true;
    here.user = account->pw_uid;
    here.group = account->pw_gid;
    return chown(here.folder, here.user, here.group) == 0 ||
           fail(error, KOLOKOL_ERROR_IO, "cannot give away %s: %s", here.folder, g_strerror(errno));
}

/* In the child. The death signal comes last: changing the user clears it. */
static void become(gpointer unused)
{
    if (here.other_account &&
        (setgroups(0, NULL) != 0 || setgid(here.group) != 0 || setuid(here.user) != 0)) {
        _exit(126);
    }
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
}

static bool initdb(const char *programs, GError **error)
{
    g_autofree char *program = g_build_filename(programs, "initdb", NULL);
    g_autofree char *message = NULL;
    const char *arguments[] = {program, "-D",         "data", "-U",         "kolokol", "-A",
                               "trust", "--encoding", "UTF8", "--locale=C", "-N",      NULL};
    int status = 0;
    return g_spawn_sync(here.folder, (char **)(uintptr_t)arguments, NULL,
                        G_SPAWN_STDOUT_TO_DEV_NULL, become, NULL, NULL, &message, &status, error) &&
           (status == 0 || fail(error, KOLOKOL_ERROR_IO, "initdb failed: %s", message));
}

static bool wait_until_ready(GError **error)
{
    for (int i = 0; i < START_WAIT * 50; i++) {
        if (PQping(here.url) == PQPING_OK) {
            return true;
        }
        if (waitpid(here.server, NULL, WNOHANG) == here.server) {
            break;
        }
        g_usleep(20000);
    }
    return fail(error, KOLOKOL_ERROR_IO, "the private PostgreSQL in %s did not start", here.folder);
}

static void stop(void)
{
    if (here.folder == NULL || here.owner != getpid()) {
        return;
    }
    if (here.server > 0 && kill(here.server, SIGINT) == 0) { /* "fast": ends sessions */
        waitpid(here.server, NULL, 0);
    }
    stores_remove_tree(here.folder);
    g_clear_pointer(&here.folder, g_free);
    g_clear_pointer(&here.url, g_free);
}

/* Folders of programs that were killed: their servers went with them, their files did not. */
static void sweep(void)
{
    glob_t found = {0};
    glob("/tmp/kolokol-pg-[0-9]*-*", 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        pid_t owner = (pid_t)strtol(found.gl_pathv[i] + strlen("/tmp/kolokol-pg-"), NULL, 10);
        if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) {
            stores_remove_tree(found.gl_pathv[i]);
        }
    }
    globfree(&found);
}

static bool start(GError **error)
{
    sweep();
    g_autofree char *programs = programs_find(error);
    if (programs == NULL) {
        return false;
    }
    /* Not TMPDIR: a socket's path has 107 bytes. */
    here.folder = g_strdup_printf("/tmp/kolokol-pg-%d-XXXXXX", (int)getpid());
    here.owner = getpid();
    if (g_mkdtemp(here.folder) == NULL) {
        g_clear_pointer(&here.folder, g_free);
        return fail(error, KOLOKOL_ERROR_IO, "cannot make a folder in /tmp: %s", g_strerror(errno));
    }
    atexit(stop);
    if (!account_choose(error) || !initdb(programs, error)) {
        return false;
    }
    g_autofree char *program = g_build_filename(programs, "postgres", NULL);
    const char *arguments[] = {program,
                               "-D",
                               "data",
                               "-k",
                               here.folder,
                               "-clisten_addresses=",
                               "-cfsync=off",
                               "-csynchronous_commit=off",
                               "-cfull_page_writes=off",
                               "-cautovacuum=off",
                               "-cshared_buffers=64MB",
                               "-clog_min_messages=fatal",
                               NULL};
    if (!g_spawn_async(here.folder, (char **)(uintptr_t)arguments, NULL,
                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                           G_SPAWN_STDERR_TO_DEV_NULL,
                       become, NULL, &here.server, error)) {
        return false;
    }
    here.url = g_strdup_printf("postgresql://kolokol@/postgres?host=%s", here.folder);
    return wait_until_ready(error);
}

const char *postgres_double_url(GError **error)
{
    const char *given = g_getenv("KOLOKOL_TEST_POSTGRES_URL");
    if (given != NULL && *given != '\0') {
        return given;
    }
    if (here.url == NULL && !start(error)) {
        return NULL;
    }
    return here.url;
}

char *postgres_double_database(const char *server, const char *database)
{
    const char *host = strstr(server, "://") + strlen("://");
    size_t end = (size_t)(host - server) + strcspn(host, "/?");
    const char *query = strchr(server + end, '?');
    return g_strdup_printf("%.*s/%s%s", (int)end, server, database, query == NULL ? "" : query);
}

static int run(PGconn *connection, const char *sql)
{
    if (PQstatus(connection) != CONNECTION_OK) {
        g_error("the tests' PostgreSQL does not answer: %s", PQerrorMessage(connection));
    }
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
        g_error("%s: %s", sql, PQerrorMessage(connection));
    }
    int rows = PQntuples(result);
    PQclear(result);
    return rows;
}

void postgres_double_admin(const char *url, const char *sql)
{
    PGconn *connection = PQconnectdb(url);
    run(connection, sql);
    PQfinish(connection);
}

int postgres_double_run(const char *sql)
{
    static PGconn *connection;
    static pid_t owner;
    if (connection == NULL || owner != getpid()) { /* a child has its own */
        g_autoptr(GError) error = NULL;
        const char *url = postgres_double_url(&error);
        g_assert_no_error(error);
        connection = PQconnectdb(url);
        owner = getpid();
    }
    return run(connection, sql);
}
