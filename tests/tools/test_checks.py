"""Each check of tools/ refuses what it is there to refuse, and the test runner counts what it should. TAP."""
import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "tools"
sys.path.insert(0, str(TOOLS))
sys.dont_write_bytecode = True
import tap


def load(name):
    """A tool without an extension, as a module."""
    loader = importlib.machinery.SourceFileLoader(name, str(TOOLS / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


layers = load("check_layers")
banned = load("check_banned")
docs = load("check_docs")
refusals = load("check_refusals")
from tap_results import Program  # noqa: E402


class Refusals(unittest.TestCase):
    def test_every_sentence_has_its_texts(self):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = refusals.main()
        self.assertEqual(status, 0, said.getvalue())
        self.assertGreater(len(refusals.sentences()), 200)

    def test_what_is_missing_is_refused(self):
        texts = refusals.texts
        for hurt in ({}, {"no source has me": "x"}, {"there is no page {1}": ""},
                     {"there is no page {1}": "use `kolokol press`"}):
            with unittest.mock.patch.object(refusals, "texts", lambda language: dict(texts(language), **hurt)
                                            if hurt else {}), contextlib.redirect_stdout(io.StringIO()):
                self.assertEqual(refusals.main(), 1, hurt)

    def test_a_sentence_is_read_as_the_program_makes_it(self):
        self.assertEqual(refusals.sentence_at('"a %" PRId64 " \\"%.20s\\" is 5%%;" "%zu", x)', 0, {}),
                         'a {1} "{2}" is 5%;{3}')
        self.assertEqual(refusals.sentence_at('FOLDER "%s"', 0, {"FOLDER": "theme/"}), "theme/{1}")
        self.assertEqual(refusals.sentence_at('text_of("x")', 0, {}), "")

    def test_commands_words_are_foreign(self):
        self.assertEqual(refusals.foreign("Нет kolokol settings {1:word} JPEG"), ["kolokol", "settings"])


class Layers(unittest.TestCase):
    def refused(self, source, line):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / source
            path.parent.mkdir(parents=True)
            path.write_text(line + "\n", encoding="utf-8")
            return layers.check(pathlib.Path(folder))

    def test_downwards_is_allowed(self):
        self.assertEqual(self.refused("press/a.c", '#include "store/store.h"'), [])
        self.assertEqual(self.refused("main/a.c", '#include "stand/stand.h"'), [])
        self.assertEqual(self.refused("press/a.c", '#include "press/page.h"'), [])

    def test_upwards_is_refused(self):
        self.assertIn("press/a.h:1", self.refused("press/a.h", '#include "desk/story.h"')[0])
        self.assertTrue(self.refused("base/a.c", '#include "text/html.h"'))

    def test_sideways_is_refused_but_for_one_edge(self):
        self.assertTrue(self.refused("net/a.c", '#include "text/json.h"'))
        self.assertTrue(self.refused("fund/a.c", '#include "desk/story_list.h"'))
        self.assertTrue(self.refused("mail/a.c", '#include "desk/story.h"'))
        self.assertEqual(self.refused("mail/a.c", '#include "desk/story_list.h"'), [])

    def test_disguises_are_refused(self):
        self.assertTrue(self.refused("base/a.c", '  #  include  "main/main.h"'))
        self.assertTrue(self.refused("base/a.c", '#include "../main/main.h"'))
        self.assertTrue(self.refused("press/a.c", '#include "page.h"'))

    def test_generated_statements_stay_at_home(self):
        self.assertEqual(self.refused("press/a.c", '#include "press_sql.h"'), [])
        self.assertTrue(self.refused("press/a.c", '#include "desk_sql.h"'))

    def test_verify_stands_alone(self):
        for header in ("<glib.h>", '"base/error.h"', '"edition/path.h"', "<openssl/sha.h>"):
            self.assertTrue(self.refused("edition/verify.c", "#include " + header), header)
        for header in ("<stdio.h>", "<sys/stat.h>", "<sodium.h>", '"edition/verify.h"'):
            self.assertEqual(self.refused("edition/verify.c", "#include " + header), [], header)

    def test_stand_sees_the_edition_only(self):
        self.assertTrue(self.refused("stand/a.c", '#include "store/store.h"'))
        self.assertEqual(self.refused("stand/a.c", '#include "edition/edition.h"'), [])

    def test_unknown_folder_is_refused(self):
        self.assertTrue(self.refused("misc/a.c", "int a;"))


class Banned(unittest.TestCase):
    def calls(self, text, name="src/desk/a.c"):
        return [call for _, call, _ in banned.findings(name, text)]

    def test_found(self):
        for call in ("strcpy(a, b)", "sprintf (a, b)", "system(a)", "atoi(a)", "time(NULL)", "rand()",
                     "g_random_int()", "g_get_real_time()", "printf(a)", "exit(1)"):
            self.assertEqual(len(self.calls("x = %s;" % call)), 1, call)

    def test_not_found_in_comments_strings_and_longer_names(self):
        for text in ("/* strcpy(a) */", "// time(0)", '"system(x)"', "clock_time(x)", "g_snprintf(a)", "row->time(x)",
                     "g_strndup_printf(a)"):
            self.assertEqual(self.calls(text), [], text)

    def test_places(self):
        self.assertEqual(self.calls("g_get_real_time()", "src/base/clock.c"), [])
        self.assertEqual(self.calls("exit(1)", "src/main/main.c"), [])
        self.assertEqual(self.calls("memcmp(a)", "src/text/a.c"), [])
        self.assertEqual(self.calls("memcmp(a)", "src/seal/token.c"), ["memcmp"])

    def test_line_numbers_survive_comments(self):
        self.assertEqual(next(banned.findings("src/a.c", "/*\n\n*/\nx = rand();"))[0], 4)


class Docs(unittest.TestCase):
    def test_broken_links_and_paths(self):
        readme = docs.ROOT / "README.md"
        self.assertEqual(len(list(docs.broken(readme, "[a](docs/no-such.md)"))), 1)
        self.assertEqual(len(list(docs.broken(readme, "see `tools/no_such_tool`"))), 1)
        self.assertEqual(list(docs.broken(readme, "[a](tools/packages) `tools/check` [b](https://example.org)")), [])


class Counting(unittest.TestCase):
    def counts(self, output, result="OK"):
        program = Program("p", output, "", result, 0)
        return program.passed, program.failed, program.skipped

    def test_tap(self):
        self.assertEqual(self.counts("1..3\nok 1 /a\nok 2 /b # SKIP no server\nok 3 - c\n"), (2, 0, 1))
        self.assertEqual(self.counts("ok 1 a\nnot ok 2 b\n1..2\n", "FAIL"), (1, 1, 0))
        self.assertEqual(self.counts("1..0 # SKIP no chromium\n", "SKIP"), (0, 0, 1))
        self.assertEqual(self.counts("not ok 1 later # TODO known\n1..1\n"), (1, 0, 0))

    def test_crash_and_hang_count(self):
        self.assertEqual(self.counts("1..9\nok 1 /a\n", "ERROR"), (1, 1, 0))
        self.assertEqual(self.counts("1..9\nok 1 /a\n", "TIMEOUT"), (1, 1, 0))

    def test_short_of_plan_counts(self):
        self.assertEqual(self.counts("1..2\nok 1 /a\n"), (1, 1, 0))

    def test_nothing_run_is_no_pass(self):
        self.assertEqual(self.counts("", "FAIL"), (0, 1, 0))
        self.assertEqual(self.counts("# hello\n", "ERROR"), (0, 1, 0))


if __name__ == "__main__":
    sys.exit(tap.run(__name__, TOOLS.parent))
