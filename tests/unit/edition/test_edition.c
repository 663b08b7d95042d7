#include "edition/edition.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/file.h"
#include "edition/coded.h"
#include "edition/verify.h"
#include "fixture.h"

#include <string.h>

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define HEADER                                                                                     \
    "kolokol-edition 1 paper.example\nepoch: 1\nedition: 1795600000000\n"                          \
    "time: 2026-11-26T10:02:11Z\nexpires: 2026-12-10T10:02:11Z\nprevious: " HEX "\n"
#define ENTRY "SHA256 (index.html) = " HEX "\n"

static void test_round(void)
{
    g_auto(Edition) edition = {0};
    g_assert_true(edition_parse(HEADER ENTRY, strlen(HEADER ENTRY), &edition, NULL));
    g_assert_cmpstr(edition.host, ==, "paper.example");
    g_assert_cmpint(edition.epoch, ==, 1);
    g_assert_cmpuint(edition.number, ==, 1795600000000);
    g_assert_cmpint(edition.expires - edition.time, ==, EDITION_LIFE);
    g_assert_cmpstr(edition.entries, ==, ENTRY);
    g_autofree char *text = edition_text(&edition, NULL);
    g_assert_cmpstr(text, ==, HEADER ENTRY);
}

static void test_refused(void)
{
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"kolokol-edition 1", "kolokol-edition 2"},
        {"paper.example", ""},
        {"paper.example", "paper example"},
        {"epoch: 1", "epoch: 01"},
        {"epoch: 1", "epoch: -1"},
        {"epoch: 1\n", ""},
        {"1795600000000", "99999999999999999999"},
        {"1795600000000", "+1"},
        {"10:02:11Z", "10:02:11+"},
        {"2026-11-26", "2026-13-26"},
        {"previous: ba", "previous: BA"},
        {"\nSHA256", "\n\nSHA256"},
        {"SHA256 (", "comment: x\nSHA256 ("},
        {"index.html", "index\xff.html"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_auto(GStrv) parts = g_strsplit(HEADER ENTRY, changes[i].from, 2);
        g_autofree char *text = g_strjoinv(changes[i].to, parts);
        g_auto(Edition) edition = {0};
        g_autoptr(GError) error = NULL;
        if (edition_parse(text, strlen(text), &edition, &error)) {
            g_error("taken: %s", text);
        }
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_CORRUPT);
        g_assert_null(edition.host);
    }
    for (size_t length = 0; length + 1 < strlen(HEADER); length++) {
        g_auto(Edition) edition = {0};
        g_assert_false(edition_parse(HEADER, length, &edition, NULL));
    }
}

static bool refuse(void *data, GError **error)
{
    return fail(error, KOLOKOL_ERROR_BUSY, "the lease is lost");
}

static void test_commit(void)
{
    Fixture *fixture = fixture_new();
    g_autofree char *none = edition_current(fixture->descriptor);
    g_assert_null(none);
    fixture_page(fixture, "index.html", "<p>one</p>");
    uint64_t one = fixture_press(fixture);
    g_assert_cmpuint(one, ==, (uint64_t)fixture->now / 1000);
    g_auto(Edition) edition = {0};
    Hash first;
    g_assert_true(edition_read_current(fixture->descriptor, &edition, &first, NULL));
    fixture->now -= CLOCK_DAY; /* the clock goes back: the number does not */
    fixture_page(fixture, "index.html", "<p>two</p>");
    g_assert_cmpuint(fixture_press(fixture), ==, one + 1);
    g_auto(Edition) second = {0};
    g_assert_true(edition_read_current(fixture->descriptor, &second, NULL, NULL));
    g_assert_true(hash_equal(&second.previous, &first));
    fixture_free(fixture);
}

static void test_fence(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "<p>one</p>");
    fixture_press(fixture);
    g_autofree char *before = edition_current(fixture->descriptor);
    g_autoptr(GError) error = NULL;
    uint64_t number = 0;
    g_assert_false(edition_commit(fixture->descriptor, "paper.example", 1, ENTRY, fixture->now + 5,
                                  &fixture->secret, refuse, NULL, &number, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_autofree char *after = edition_current(fixture->descriptor);
    g_assert_cmpstr(before, ==, after);
    g_autoptr(GArray) kept = edition_kept(fixture->descriptor, NULL);
    g_assert_cmpuint(kept->len, ==, 1);
    fixture_free(fixture);
}

/* The fence function of a press that is overtaken between the question and the rename. */
static bool overtaken(void *data, GError **error)
{
    Fixture *fixture = data;
    uint64_t number;
    return edition_commit(fixture->descriptor, "paper.example", 1, ENTRY, fixture->now + CLOCK_HOUR,
                          &fixture->secret, NULL, NULL, &number, error);
}

static void test_overtaken(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "<p>one</p>");
    fixture_press(fixture);
    g_autoptr(GError) error = NULL;
    uint64_t number = 0;
    g_assert_false(edition_commit(fixture->descriptor, "paper.example", 1, "", fixture->now + 5,
                                  &fixture->secret, overtaken, fixture, &number, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY);
    g_auto(Edition) current = {0};
    g_assert_true(edition_read_current(fixture->descriptor, &current, NULL, NULL));
    g_assert_cmpstr(current.entries, ==, ENTRY);
    fixture_free(fixture);
}

static void test_never_signed(void)
{
    static const char *const bad[] = {"no line", "SHA256 (a) = 0\n", ENTRY ENTRY};
    Fixture *fixture = fixture_new();
    uint64_t number;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_false(edition_commit(fixture->descriptor, "paper.example", 1, bad[i], 1,
                                      &fixture->secret, NULL, NULL, &number, NULL));
    }
    g_assert_false(edition_commit(fixture->descriptor, "a\nb", 1, ENTRY, 1, &fixture->secret, NULL,
                                  NULL, &number, NULL));
    g_autofree char *none = edition_current(fixture->descriptor);
    g_assert_null(none);
    fixture_free(fixture);
}

static void test_renew(void)
{
    Fixture *fixture = fixture_new();
    fixture_page(fixture, "index.html", "<p>one</p>");
    uint64_t one = fixture_press(fixture), number = 0;
    bool renewed = true;
    g_assert_true(edition_renew(fixture->descriptor, fixture->now + CLOCK_DAY, &fixture->secret,
                                NULL, NULL, &renewed, &number, NULL));
    g_assert_false(renewed);
    g_assert_cmpuint(number, ==, one);
    g_assert_true(edition_renew(fixture->descriptor, fixture->now + 8 * CLOCK_DAY, &fixture->secret,
                                NULL, NULL, &renewed, &number, NULL));
    g_assert_true(renewed);
    g_assert_cmpuint(number, >, one);
    g_auto(Edition) current = {0};
    g_assert_true(edition_read_current(fixture->descriptor, &current, NULL, NULL));
    g_assert_cmpuint(current.number, ==, number);
    g_assert_cmpint(current.expires, >, fixture->now + 21 * CLOCK_DAY);
    fixture_free(fixture);
}

static void verify(const Fixture *fixture)
{
    VerifyRequest request = {
        .directory = fixture->directory, .key = fixture->key, .unpack = coded_same};
    VerifyReport report;
    if (!edition_verify(&request, &report)) {
        g_error("%s", report.message);
    }
}

/* Each call of a commit fails once, then with all after it: what is current always verifies, and
 * the next commit goes through. */
static void test_faults(void)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        Fixture *fixture = fixture_new();
        fixture_page(fixture, "index.html", "<p>0</p>");
        fixture_press(fixture);
        for (uint64_t n = 1;; n++) {
            g_autofree char *page = g_strdup_printf("<p>%d %d</p>", persistent, (int)n);
            fixture_page(fixture, "index.html", page);
            g_autofree char *entries = fixture_entries(fixture);
            g_autofree char *before = edition_current(fixture->descriptor);
            g_autoptr(GError) error = NULL;
            uint64_t number = 0;
            fault_plan(FAULT_FILE, n, persistent);
            bool done = edition_commit(fixture->descriptor, "paper.example", 1, entries,
                                       fixture->now, &fixture->secret, NULL, NULL, &number, &error);
            bool reached = fault_end() >= n;
            g_assert_true(done == (error == NULL));
            verify(fixture);
            g_autofree char *after = edition_current(fixture->descriptor);
            g_assert_true(!done || g_strcmp0(before, after) != 0);
            if (!reached) {
                g_assert_true(done);
                break;
            }
        }
        fixture_press(fixture);
        verify(fixture);
        fixture_free(fixture);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/edition/round", test_round);
    g_test_add_func("/edition/refused", test_refused);
    g_test_add_func("/edition/commit", test_commit);
    g_test_add_func("/edition/fence", test_fence);
    g_test_add_func("/edition/overtaken", test_overtaken);
    g_test_add_func("/edition/never_signed", test_never_signed);
    g_test_add_func("/edition/renew", test_renew);
    g_test_add_func("/edition/faults", test_faults);
    return g_test_run();
}
