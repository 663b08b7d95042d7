/*
 * A PostgreSQL server of a test program's own: temporary directory, Unix socket only, nothing
 * synced to disk. tools/run_tests starts one for all programs and names it in
 * KOLOKOL_TEST_POSTGRES_URL; a program that is run by hand starts one here when a test first needs
 * it. It ends with the program, also if that is killed.
 */
#pragma once

#include <glib.h>

/* The server's URL; connects to a database for administration only. The same server at every call.
 * NULL with the reason if PostgreSQL is not installed or does not start: a test fails then, it does
 * not skip. PostgreSQL refuses to run as root, so as root it runs as `postgres` or `nobody`. */
const char *postgres_double_url(GError **error);

/* The URL of a server with another database's name in the place of its own. Caller frees. */
char *postgres_double_database(const char *server, const char *database);

/* Runs one statement (CREATE DATABASE …) with a connection of its own; aborts the test on failure.
 */
void postgres_double_admin(const char *url, const char *sql);

/* Runs one on the server, in the one session that a program keeps for this, because each session is
 * a process of the server. How many rows it gave. */
int postgres_double_run(const char *sql);
