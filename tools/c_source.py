"""C text with comments and literals blanked, so that a pattern finds code only. Line numbers stay."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent

TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def code_only(text):
    """Comments become blanks, literals become empty literals; newlines stay."""
    def blank(match):
        token = match.group(0)
        inner = re.sub(r"[^\n]", " ", token)
        return inner if token[0] == "/" else token[0] + inner[1:-1] + token[0]
    return TOKEN.sub(blank, text)


def c_files(*folders):
    """The .c and .h files below these folders of the project, in order."""
    found = []
    for folder in folders:
        found += (ROOT / folder).rglob("*.[ch]")
    return sorted(path for path in found if "node_modules" not in path.parts)


def shown(path):
    """The path as a person would type it."""
    return path.relative_to(ROOT).as_posix()
