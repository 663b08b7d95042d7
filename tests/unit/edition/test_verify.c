#include "edition/verify.h"

#include "base/limits.h"
#include "edition/coded.h"
#include "edition/export.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_STATIC_ASSERT(VERIFY_NODE_MAX == LIMIT_NODE);
G_STATIC_ASSERT(VERIFY_PAGE_MAX == LIMIT_PAGE);
G_STATIC_ASSERT(VERIFY_FILE_MAX == LIMIT_OBJECT);

typedef struct {
    Fixture *fixture;
    char *tree;
    char *object; /* the name of a hash-named file */
} Paper;

static void paper_make(Paper *paper)
{
    Fixture *fixture = fixture_new();
    ExportReport report;
    fixture_page(fixture, "index.html", "<p>front</p>");
    fixture_page(fixture, "2026/11/26/storm.html", "<p>storm</p>");
    fixture_page(fixture, "2026/11/index.html", "<p>november</p>");
    fixture_page(fixture, ".well-known/security.txt", "Contact: mailto:a@paper.example\n");
    for (unsigned i = 0; i < 257; i++) {
        g_autofree char *path = g_strdup_printf("topic/t%u.html", i);
        fixture_page(fixture, path, path);
    }
    paper->object = fixture_object(fixture, "2026/11/26", "webp", "picture");
    g_free(fixture_object(fixture, "topic", "css", "body{}"));
    fixture_press(fixture);
    paper->fixture = fixture;
    paper->tree = folder_new();
    g_autoptr(EditionReader) reader = edition_reader_open(fixture->descriptor, 1 << 20, NULL);
    g_autoptr(GError) error = NULL;
    edition_export(reader, paper->tree, NULL, NULL, &report, &error);
    g_assert_no_error(error);
}

static void paper_clear(Paper *paper)
{
    fixture_free(paper->fixture);
    folder_free(paper->tree);
    g_free(paper->object);
}

static bool check(const Paper *paper, const char *directory, VerifyReport *report)
{
    VerifyRequest request = {
        .directory = directory, .key = paper->fixture->key, .unpack = coded_same};
    return edition_verify(&request, report);
}

static void test_right(void)
{
    Paper paper;
    VerifyReport report;
    paper_make(&paper);
    for (int form = 0; form < 2; form++) {
        bool fine = check(&paper, form == 0 ? paper.tree : paper.fixture->directory, &report);
        g_assert_cmpstr(report.message, ==, "");
        g_assert_true(fine);
        g_assert_cmpuint(report.pages, ==, 261);
        g_assert_cmpuint(report.objects, ==, 2);
        g_assert_cmpuint(report.coded, ==, 261);
        g_assert_cmpuint(report.extra, ==, 0);
        g_assert_cmpstr(report.host, ==, "paper.example");
        g_assert_cmpuint(report.epoch, ==, 1);
    }
    paper_clear(&paper);
}

/* The stock programs, as DESIGN 6 says it. */
static void test_programs(void)
{
    Paper paper;
    paper_make(&paper);
    g_assert_true(fixture_run(paper.tree, "minisign -Vm EDITION -p KEY.pub -x EDITION.sig"));
    g_assert_true(
        fixture_run(paper.tree, "signify-openbsd -V -q -p KEY.pub -x EDITION.sig -m EDITION"));
    g_assert_true(fixture_run(paper.tree, "sha256sum -c EDITION"));
    g_assert_true(fixture_run(paper.tree, "find . -name 'MANIFEST*' -o -name 'OBJECTS*' | "
                                          "xargs -n1 sha256sum --strict --quiet -c 2>&1 | "
                                          "grep -v 'improperly formatted' | (! grep FAILED)"));
    g_assert_true(fixture_run(paper.tree, "sha256sum --strict -c topic/MANIFEST"));
    g_assert_true(fixture_run(paper.tree, "for f in topic/MANIFEST.*; do "
                                          "sha256sum --strict -c $f || exit 1; done"));
    g_assert_true(fixture_run(paper.tree, "sha256sum -c 2026/11/26/OBJECTS"));
    g_assert_true(fixture_run(paper.tree, "gzip -dc index.html.gz | cmp - index.html"));
    paper_clear(&paper);
}

static char *first_of(const char *tree, const char *pattern)
{
    g_autofree char *command = g_strdup_printf("sh -c 'cd %s && ls %s | head -1'", tree, pattern);
    g_autofree char *out = NULL;
    g_assert_true(g_spawn_command_line_sync(command, &out, NULL, NULL, NULL));
    return g_strdup(g_strstrip(out));
}

static void flip(const char *tree, const char *name)
{
    g_autofree char *path = g_build_filename(tree, name, NULL);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    bytes[length / 2] ^= 1;
    g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void refused(const Paper *paper, const char *name)
{
    VerifyReport report;
    g_assert_false(check(paper, paper->tree, &report));
    g_assert_cmpstr(report.wrong, ==, name);
    g_assert_true(g_str_has_prefix(report.message, name));
}

/* One byte changed, or the file gone, in each class of file: refused by name. */
static void test_each_class(void)
{
    Paper paper;
    paper_make(&paper);
    g_autofree char *shard = first_of(paper.tree, "topic/MANIFEST.*");
    g_autofree char *objects = first_of(paper.tree, "topic/OBJECTS.*");
    const char *const names[] = {
        "index.html",  "2026/11/26/storm.html", ".well-known/security.txt", "2026/MANIFEST",
        shard,         "2026/11/26/MANIFEST",   "2026/11/26/OBJECTS",       objects,
        paper.object,  "index.html.gz",         "topic/t7.html.gz",         "EDITION",
        "EDITION.sig", "topic/t256.html",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        VerifyReport report;
        g_autofree char *path = g_build_filename(paper.tree, names[i], NULL);
        g_autofree char *aside = g_strconcat(paper.tree, ".aside", NULL);
        flip(paper.tree, names[i]);
        refused(&paper, names[i]);
        flip(paper.tree, names[i]);
        g_assert_cmpint(g_rename(path, aside), ==, 0);
        if (!g_str_has_suffix(names[i], ".gz")) {
            refused(&paper, names[i]);
        }
        g_assert_cmpint(symlink(aside, path), ==, 0);
        refused(&paper, names[i]); /* a link is no ordinary file, whatever it leads to */
        g_assert_cmpint(g_unlink(path), ==, 0);
        g_assert_cmpint(mkfifo(path, 0644), ==, 0);
        refused(&paper, names[i]); /* and nothing waits for a pipe */
        g_assert_cmpint(g_unlink(path), ==, 0);
        g_assert_cmpint(g_rename(aside, path), ==, 0);
        g_assert_true(check(&paper, paper.tree, &report));
    }
    paper_clear(&paper);
}

static void test_newsroom_form(void)
{
    Paper paper;
    VerifyReport report;
    paper_make(&paper);
    const Hash *hash = g_tree_lookup(paper.fixture->pages, "2026/11/26/storm.html");
    char hex[HASH_HEX];
    hash_hex(hash, hex);
    g_autofree char *object = g_strdup_printf("objects/%.2s/%s", hex, hex);
    g_autofree char *coded = g_strconcat(object, ".gz", NULL);
    flip(paper.fixture->directory, object);
    g_assert_false(check(&paper, paper.fixture->directory, &report));
    g_assert_cmpstr(report.wrong, ==, "2026/11/26/storm.html");
    flip(paper.fixture->directory, object);
    flip(paper.fixture->directory, coded);
    g_assert_false(check(&paper, paper.fixture->directory, &report));
    g_assert_cmpstr(report.wrong, ==, "2026/11/26/storm.html.gz");
    paper_clear(&paper);
}

static void test_extra(void)
{
    static const char *const names[] = {"more.html", "2026/11/26/more.html", "o/aa/more.webp",
                                        "index.html.br.gz", "elsewhere/more.html"};
    Paper paper;
    VerifyReport report;
    paper_make(&paper);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(paper.tree, names[i], NULL);
        g_autofree char *dir = g_path_get_dirname(path);
        g_assert_cmpint(g_mkdir_with_parents(dir, 0755), ==, 0);
        g_assert_true(g_file_set_contents(path, "x", 1, NULL));
        g_assert_true(check(&paper, paper.tree, &report));
        g_assert_cmpuint(report.extra, ==, i + 1);
        g_assert_cmpstr(report.first_extra, !=, "");
    }
    paper_clear(&paper);
}

static void test_other_key(void)
{
    Paper paper;
    VerifyReport report;
    SecretKey secret;
    PublicKey public;
    paper_make(&paper);
    secret_key_new(&secret, &public);
    secret_key_clear(&secret);
    g_autofree char *text = public_key_text(&public, "another");
    VerifyRequest request = {.directory = paper.tree, .key = text};
    g_assert_false(edition_verify(&request, &report));
    g_assert_cmpstr(report.wrong, ==, "EDITION.sig");
    request.key = "nonsense";
    g_assert_false(edition_verify(&request, &report));
    g_autofree char *line = public_key_base64(&paper.fixture->public);
    request.key = line;
    g_assert_true(edition_verify(&request, &report));
    request.directory = "/nonexistent/place";
    g_assert_false(edition_verify(&request, &report));
    g_assert_cmpstr(report.message, !=, "");
    paper_clear(&paper);
}

/* Signed with the right key, and yet not by the rules. */
static void signed_but_wrong(const char *entries, const char *wrong)
{
    Fixture *fixture = fixture_new();
    uint64_t number;
    VerifyReport report;
    g_autoptr(GError) error = NULL;
    edition_commit(fixture->descriptor, "paper.example", 1, entries, fixture->now, &fixture->secret,
                   NULL, NULL, &number, &error);
    g_assert_no_error(error);
    VerifyRequest request = {.directory = fixture->directory, .key = fixture->key};
    g_assert_false(edition_verify(&request, &report));
    g_assert_cmpstr(report.wrong, ==, wrong);
    fixture_free(fixture);
}

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void test_signed_but_wrong(void)
{
    signed_but_wrong("SHA256 (../a.html) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (/a.html) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (a/b.html) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (a/../MANIFEST) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (MANIFEST) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (o/MANIFEST) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (MANIFEST.0g) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (MANIFEST.00) = " HEX "\nSHA256 (a.html) = " HEX "\n", "EDITION");
    signed_but_wrong("SHA256 (missing.html) = " HEX "\n", "missing.html");
    g_autoptr(GString) many = g_string_new(NULL);
    for (unsigned i = 0; i < 257; i++) { /* the first is missing: found before the count */
        g_string_append_printf(many, "SHA256 (%04u.html) = " HEX "\n", i);
    }
    signed_but_wrong(many->str, "0000.html");
}

/* 257 entries in one node, though every file is there. */
static void test_not_split(void)
{
    Fixture *fixture = fixture_new();
    VerifyReport report;
    uint64_t number;
    g_autoptr(GString) many = g_string_new(NULL);
    fixture_page(fixture, "abc", "abc");
    for (unsigned i = 0; i < 257; i++) {
        g_string_append_printf(many, "SHA256 (%04u.html) = " HEX "\n", i);
    }
    g_assert_true(edition_commit(fixture->descriptor, "paper.example", 1, many->str, fixture->now,
                                 &fixture->secret, NULL, NULL, &number, NULL));
    VerifyRequest request = {.directory = fixture->directory, .key = fixture->key};
    g_assert_false(edition_verify(&request, &report));
    g_assert_cmpstr(report.wrong, ==, "EDITION");
    g_assert_nonnull(strstr(report.message, "not split"));
    fixture_free(fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verify/right", test_right);
    g_test_add_func("/verify/programs", test_programs);
    g_test_add_func("/verify/each_class", test_each_class);
    g_test_add_func("/verify/newsroom_form", test_newsroom_form);
    g_test_add_func("/verify/extra", test_extra);
    g_test_add_func("/verify/other_key", test_other_key);
    g_test_add_func("/verify/signed_but_wrong", test_signed_but_wrong);
    g_test_add_func("/verify/not_split", test_not_split);
    return g_test_run();
}
