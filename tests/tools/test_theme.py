"""docs/theme.md names every template and every variable of the theme, and the program sets each. TAP."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True
import tap

TAG = re.compile(r"\{\{\{?([#^/$<>&]?)\s*([\w.-]+)")
ALL = sorted((ROOT / "site/theme").glob("*.mustache"))
# Doors and letters have a table of their own, a row a template that has any variable.
APART = [template for template in ALL if template.stem.startswith(("door-", "mail"))]
TEMPLATES = [template for template in ALL if template not in APART]
MANUAL = (ROOT / "docs/theme.md").read_text(encoding="utf-8")


def variables(templates=TEMPLATES):
    """(name, template) of each value that a template asks for; texts of the interface are pogen's matter."""
    for template in templates:
        for kind, name in TAG.findall(template.read_text(encoding="utf-8")):
            if kind not in ("/", "$", "<", ">") and not name.startswith("t."):
                yield name, template.stem


def named(name):
    return f"`{name}`" in MANUAL or f"`{name.split('.')[-1]}`" in MANUAL


class Theme(unittest.TestCase):
    def test_every_template_is_in_the_manual(self):
        self.assertEqual([t.stem for t in TEMPLATES if f"`{t.stem}`" not in MANUAL], [])

    def test_every_variable_is_in_the_manual(self):
        self.assertEqual(sorted({f"{name} of {template}" for name, template in variables() if not named(name)}), [])

    def test_every_variable_of_a_door_or_letter_is_in_its_row(self):
        rows = re.findall(r"^\| (`(?:door|mail)[^|]*) \| ([^|]*) \|$", MANUAL, re.M)
        missing = {f"{name} of {template}" for name, template in variables(APART)
                   if not any(f"`{template}`" in names and f"`{name}`" in said for names, said in rows)}
        self.assertEqual(sorted(missing), [])

    def test_every_variable_is_set_by_the_program(self):
        code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.c"))
        words = set(re.findall(r'"([\w-]+)"', code))
        missing = {f"{name} of {template}" for name, template in variables(ALL)
                   if name.split(".")[-1] not in words and template != "newsletter"}  # its form comes with its door
        self.assertEqual(sorted(missing), [])

    def test_every_text_is_in_every_language(self):
        asked = {name[2:] for t in ALL for _, name in TAG.findall(t.read_text(encoding="utf-8")) if name.startswith("t.")}
        for language in ("en", "ru", "ar"):
            texts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "site/po").rglob(f"{language}.po"))
            has = set(re.findall(r'^msgid "([^"]+)"\nmsgstr "[^"]', texts, re.M))
            self.assertEqual(sorted(asked - has), [], language)


    def test_every_text_of_the_office_is_in_every_language(self):
        code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.c"))
        # "office_role_" is the beginning of ids that the program puts together
        asked = {name for name in re.findall(r'"(office_\w+)"', code) if not name.endswith("_")}
        for language in ("en", "ru", "ar"):
            texts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "site/po").rglob(f"{language}.po"))
            has = set(re.findall(r'^msgid "([^"]+)"$', texts, re.M))
            self.assertEqual(sorted(asked - has), [], language)


if __name__ == "__main__":
    sys.exit(tap.run(__name__, ROOT))
