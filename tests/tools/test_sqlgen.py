"""tools/sqlgen refuses what is wrong, with file and line, and makes what it says. TAP."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "tools"
sys.dont_write_bytecode = True
import tap


def run(text):
    """Exit status, message, header and code that sqlgen makes of a text."""
    with tempfile.TemporaryDirectory() as folder:
        source, header, code = (pathlib.Path(folder) / name for name in ("dept.sql", "dept_sql.h", "dept_sql.c"))
        source.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, TOOLS / "sqlgen", "dept", source, header, code],
                              capture_output=True, text=True, check=False)
        made = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (header, code)]
        return done.returncode, done.stderr, made[0], made[1]


class Made(unittest.TestCase):
    def test_functions(self):
        status, message, header, code = run(
            "-- About it.\n-- Two lines.\n-- query one(id bigint, name text)\nSELECT $2, $1, $2;\n\n"
            "-- run two(raw bytes, due bigint?)\nUPDATE t SET a = $1, b = $2;\n\n-- query none()\nSELECT 1;\n")
        self.assertEqual((status, message), (0, ""))
        self.assertIn("/* About it. Two lines. */\nstatic inline StoreRows *dept_one(Store *store, int64_t id, "
                      "const char *name, GError **error)", header)
        self.assertIn("static inline bool dept_two(Store *store, const void *raw, size_t raw_length, "
                      "const int64_t *due, GError **error)", header)
        self.assertIn("bool dept_two_counted(Store *store, const void *raw, size_t raw_length, const int64_t *due, "
                      "int64_t *rows_changed, GError **error)", header)
        self.assertIn("dept_none(Store *store, GError **error)", header)
        self.assertIn('"SELECT ?2, ?1, ?2\\n"', code)
        self.assertIn('"SELECT $2, $1, $2\\n"', code)
        self.assertIn("two_types[] = {STORE_BYTES, STORE_BIGINT}", code)

    def test_variants(self):
        status, _, header, code = run("-- query a(n bigint) [sqlite]\nSELECT 1 + $1;\n"
                                      "-- query a(n bigint) [postgres]\nSELECT 2 + $1;\n")
        self.assertEqual(status, 0)
        self.assertEqual(header.count("StoreRows *dept_a("), 1)
        self.assertTrue(re.search(r"SELECT 1 \+ \?1.*SELECT 2 \+ \$1", code, re.S))


class Refused(unittest.TestCase):
    def refused(self, text, line, part):
        status, message, header, _ = run(text)
        self.assertNotEqual(status, 0)
        self.assertEqual(header, "")
        self.assertIn("dept.sql:%d: " % line, message)
        self.assertIn(part, message)

    def test_unknown_type(self):
        self.refused("-- query a(n number)\nSELECT $1;\n", 1, "n number")

    def test_parameter_beyond_the_list(self):
        self.refused("\n-- query a(n bigint)\nSELECT $1, $2;\n", 2, "$2")

    def test_parameter_not_used(self):
        self.refused("-- query a(n bigint, m bigint)\nSELECT $1;\n", 1, "$2")

    def test_names_twice(self):
        self.refused("-- query a()\nSELECT 1;\n-- run a()\nDELETE FROM t;\n", 3, "twice")
        self.refused("-- query a()\nSELECT 1;\n-- query a()\nSELECT 1;\n", 3, "twice")
        self.refused("-- query a() [sqlite]\nSELECT 1;\n-- query a() [sqlite]\nSELECT 1;\n", 3, "twice")
        self.refused("-- query a(n bigint, n text)\nSELECT $1, $2;\n", 1, "n")

    def test_one_engine_only(self):
        self.refused("-- query a() [sqlite]\nSELECT 1;\n", 1, "one engine")

    def test_names_of_the_function_itself(self):
        for name in ("store", "error", "values", "rows_changed"):
            self.refused("-- query a(%s bigint)\nSELECT $1;\n" % name, 1, name)

    def test_heads_that_are_none(self):
        self.refused("-- query a() [oracle]\nSELECT 1;\n", 1, "no head")
        self.refused("-- run a(n bigint) and so on\nSELECT 1;\n", 1, "no head")
        self.refused("SELECT 1;\n", 1, "before any")

    def test_ends(self):
        self.refused("-- query a()\nSELECT 1\n-- query b()\nSELECT 1;\n", 3, "semicolon")
        self.refused("-- query a()\nSELECT 1\n", 1, "semicolon")

    def test_ceilings(self):
        many = ", ".join("n%d bigint" % i for i in range(65))
        self.refused("-- query a(%s)\nSELECT 1;\n" % many, 1, "at most 64")
        self.refused("-- query %s()\nSELECT 1;\n" % ("a" * 51), 1, "longer")


if __name__ == "__main__":
    sys.exit(tap.run(__name__, TOOLS.parent))
