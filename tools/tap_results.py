"""What each test program of a `meson test` run reported, read from meson's log (one JSON object a line).

meson counts programs; we count the TAP subtests in their output (https://testanything.org), which the log
carries whole. A program speaking no TAP counts as one test by its exit status.
"""
import json
import re

TEST_LINE = re.compile(r"^(not )?ok\b(?:[ \t]+(\d+))?(?:[ \t]*-)?[ \t]*(.*?)(?:[ \t]+#[ \t]*(SKIP|TODO)\b[ \t]*(.*))?$",
                       re.IGNORECASE)
PLAN_LINE = re.compile(r"^1\.\.(\d+)(?:[ \t]*#[ \t]*SKIP\b[ \t]*(.*))?", re.IGNORECASE)


class Program:
    """One program's counts. `why` says in a few words what failed."""

    def __init__(self, name, output, errors, result, seconds):
        self.name = name
        self.seconds = seconds
        self.output = output
        self.errors = errors
        self.passed = self.failed = self.skipped = 0
        self.skip_reasons = set()
        self.why = ""
        planned = self._count(output)
        self._judge(result, planned)

    def _count(self, output):
        planned = None
        for line in output.splitlines():
            plan = PLAN_LINE.match(line)
            if plan:
                planned = int(plan.group(1))
                if planned == 0:
                    self._skip(plan.group(2))
                continue
            test = TEST_LINE.match(line)
            if not test:
                continue
            mark = (test.group(4) or "").upper()
            if mark == "SKIP":
                self._skip(test.group(5))
            elif test.group(1) and mark != "TODO":
                self.failed += 1
                self.why = self.why or test.group(3)
            else:
                self.passed += 1
        return planned

    def _skip(self, reason):
        self.skipped += 1
        self.skip_reasons.add(reason or "no reason given")

    def _judge(self, result, planned):
        counted = self.passed + self.failed + self.skipped
        if planned is None and counted == 0:  # no TAP at all
            if result == "OK":
                self.passed = 1
            elif result == "SKIP":
                self._skip(None)
            else:
                self.failed, self.why = 1, "ended with " + result
        elif self.failed == 0 and result not in ("OK", "SKIP", "EXPECTEDFAIL"):
            self.failed, self.why = 1, "ended with %s after %d tests" % (result, counted)
        elif self.failed == 0 and planned is not None and planned > counted:
            self.failed, self.why = 1, "planned %d tests, ran %d" % (planned, counted)

    def tail(self, lines):
        """The last lines of what it printed; errors after output."""
        return self.output.splitlines()[-lines:] + self.errors.splitlines()[-lines:]


def read_log(path):
    """The programs in the log, or none if there is no log (meson failed before any test)."""
    if not path.exists():
        return []
    programs = []
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            row = json.loads(line)
            programs.append(Program(row["name"], row.get("stdout") or "", row.get("stderr") or "",
                                    row["result"], row.get("duration") or 0.0))
    return programs
