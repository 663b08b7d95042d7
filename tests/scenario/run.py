#!/usr/bin/env python3
"""Runs a scenario: a text file of commands and what they must print, against the built program.

    tests/scenario/run.py PROGRAM SCENARIO

Speaks TAP, a test for each `## heading`. Each engine gets a fresh directory: SQLite, and PostgreSQL if
KOLOKOL_TEST_POSTGRES_URL is set. The format, line by line:

    ## heading       begins a test; the directory stays as the tests before left it
    # text           a comment
    engine sqlite    at the top: this scenario is not run on PostgreSQL
    > FILE           writes a file of the lines that follow, each after "| "
    $ command        runs it with sh; `kolokol` is the program
    = N              the exit status it must have, if not 0
    ! line           a line it must print on standard error
    other lines      lines it must print on standard output

In expected lines … stands for any text within a line, a line … for any number of lines. Without an expected
line of a stream, that stream must stay empty; a command that ends in `# any` is not looked at but for its status.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

SECONDS = 120


class Step:
    def __init__(self, command):
        self.command = command
        self.out, self.err = [], []
        self.status = 0


class Case:
    def __init__(self, name):
        self.name = name
        self.steps = []  # Step, or (file, lines)


def parse(path):
    cases, engines, step, content = [], ["sqlite", "postgres"], None, None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("| ") or line == "|":
            content.append(line[2:])
        elif line.startswith("## "):
            cases.append(Case(line[3:]))
            step = None
        elif line.startswith("engine "):
            engines = line.split()[1:]
        elif line.startswith("> "):
            content = []
            cases[-1].steps.append((line[2:], content))
            step = None
        elif line.startswith("$ "):
            step = Step(line[2:])
            cases[-1].steps.append(step)
        elif line.startswith("= "):
            step.status = int(line[2:])
        elif line.startswith("! "):
            step.err.append(line[2:])
        elif line and not line.startswith("# ") and step is not None:
            step.out.append(line)
    return cases, engines


def pattern(lines):
    """Lines with … as a regular expression over the whole text."""
    parts = []
    for line in lines:
        parts.append("(?:.*\n)*?" if line == "…" else ".*?".join(map(re.escape, line.split("…"))) + "\n")
    return re.compile("".join(parts))


def differs(name, lines, got):
    if pattern(lines).fullmatch(got):
        return []
    return [name + ":", "  expected:"] + ["    " + line for line in lines] + ["  got:"] + \
        ["    " + line for line in got.splitlines()[:40]]


def run_step(step, folder, env):
    done = subprocess.run(["sh", "-c", step.command], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=SECONDS, check=False)
    wrong = []
    out, err = (data.decode(errors="replace") for data in (done.stdout, done.stderr))
    if done.returncode != step.status:
        wrong.append("exit status %d, expected %d" % (done.returncode, step.status))
        wrong += ["    " + line for line in err.splitlines()[:10]]
    if not step.command.endswith("# any"):
        wrong += differs("standard output", step.out, out)
        wrong += differs("standard error", step.err, err)
    return ["$ " + step.command] + wrong if wrong else []


def run_case(case, folder, env):
    for step in case.steps:
        if isinstance(step, tuple):
            target = folder / step[0]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n".join(step[1]) + "\n", encoding="utf-8")
            continue
        wrong = run_step(step, folder, env)
        if wrong:
            return wrong
    return []


class Database:
    """A fresh one on the server of the test run; nothing for SQLite, whose file is in the newsroom."""

    def __init__(self, engine):
        self.url = None
        self.server = os.environ.get("KOLOKOL_TEST_POSTGRES_URL")
        if engine == "postgres":
            self.name = "scenario_%d" % os.getpid()
            self.admin("DROP DATABASE IF EXISTS %s" % self.name, "CREATE DATABASE %s" % self.name)
            self.url = self.named()

    def named(self):
        scheme, rest = self.server.split("://", 1)
        host, _, tail = rest.partition("/")
        query = tail.partition("?")[2]
        return "%s://%s/%s%s" % (scheme, host, self.name, "?" + query if query else "")

    def admin(self, *statements):
        for sql in statements:
            subprocess.run(["psql", "-q", "-d", self.server, "-c", sql], check=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def close(self):
        if self.url is not None:
            self.admin("DROP DATABASE IF EXISTS %s" % self.name)


def end_left_over(folder):
    """A scenario that starts a process writes its id into a file named pid…; a failed one has not ended it."""
    for file in folder.glob("pid*"):
        try:
            os.kill(int(file.read_text()), signal.SIGTERM)
        except (OSError, ValueError):
            pass


def run_engine(engine, cases, program, source, first):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kolokol-scenario-"))
    database = Database(engine)
    env = dict(os.environ, PATH="%s:%s" % (program.parent, os.environ["PATH"]), TZ="UTC", LC_ALL="C.UTF-8",
               SOURCE=str(source))
    env.pop("KOLOKOL_DATABASE_URL", None)
    if database.url:
        env["KOLOKOL_DATABASE_URL"] = database.url
    failed = 0
    try:
        for number, case in enumerate(cases, first):
            wrong = run_case(case, folder, env)
            print("%s %d - %s (%s)" % ("not ok" if wrong else "ok", number, case.name, engine), flush=True)
            for line in wrong:
                print("# " + line)
            failed += bool(wrong)
    finally:
        end_left_over(folder)
        database.close()
        shutil.rmtree(folder, ignore_errors=True)
    return failed


def main():
    program, scenario = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    cases, engines = parse(scenario)
    if "KOLOKOL_TEST_POSTGRES_URL" not in os.environ:
        engines = [engine for engine in engines if engine != "postgres"]
    print("1..%d" % (len(cases) * len(engines)))
    failed = 0
    for at, engine in enumerate(engines):
        failed += run_engine(engine, cases, program, scenario.parent.parent.parent, at * len(cases) + 1)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
