/*
 * The stand over an edition made for `bench/stand.py`: N pages in one process, so that the bench
 * needs no newsroom.
 *
 *   stand_serve DIRECTORY PAGES PAGE-FILE      makes the edition if it is not there, serves it,
 * prints the address and how long it took from exec to ready
 */
#include "base/clock.h"
#include "fixture.h"
#include "stand/stand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void make(const char *directory, unsigned pages, const char *file)
{
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    Fixture *fixture = fixture_new_at(directory);
    for (unsigned i = 0; i < pages; i++) {
        g_autofree char *path =
            g_strdup_printf("2026/%02u/%02u/story-%u.html", 1 + i / 31 % 12, 1 + i % 31, i);
        if (i == 0) {
            fixture_put(fixture, "story.html", text);
        }
        g_autofree char *own = g_strdup_printf("%s<!-- %u -->", text, i);
        fixture_put_plain(fixture, path, own, strlen(own));
    }
    fixture_press(fixture);
    fixture_leave(fixture);
}

static void opened(const char *address, const char *sandbox, void *data)
{
    const int64_t *begin = data;
    printf("%s %.1f ms; %s\n", address, (double)(clock_monotonic() - *begin) / 1000, sandbox);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int64_t begin = clock_monotonic();
    if (argc != 4) {
        fprintf(stderr, "usage: stand_serve DIRECTORY PAGES PAGE-FILE\n");
        return 2;
    }
    g_autofree char *current = g_build_filename(argv[1], "current", NULL);
    if (access(current, F_OK) != 0) {
        make(argv[1], (unsigned)atoi(argv[2]), argv[3]);
        return 0;
    }
    StandOptions options = {
        .site.directory = argv[1], .server = HTTP_SERVER_OPTIONS, .opened = opened, .data = &begin};
    g_autoptr(GError) error = NULL;
    if (!stand_run(&options, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    return 0;
}
