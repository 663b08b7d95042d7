"""unittest speaks TAP: what the tests of tools/ end with."""
import os
import sys
import unittest


class TapResult(unittest.TestResult):
    number = 0

    def line(self, good, test, rest=""):
        self.number += 1
        name = ".".join(test.id().split(".")[-2:])
        print("%sok %d - tools/%s%s" % ("" if good else "not ", self.number, name, rest), flush=True)

    def addSuccess(self, test):
        self.line(True, test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.line(False, test)
        print("\n".join("# " + line for line in self.failures[-1][1].splitlines()))

    def addError(self, test, err):
        super().addError(test, err)
        self.line(False, test)
        print("\n".join("# " + line for line in self.errors[-1][1].splitlines()))

    def addSkip(self, test, reason):
        self.line(True, test, " # SKIP " + reason)


def run(module, folder):
    """Runs the tests of a module from that folder; the exit status."""
    os.chdir(folder)
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    print("1..%d" % suite.countTestCases())
    return 0 if suite.run(TapResult()).wasSuccessful() else 1
