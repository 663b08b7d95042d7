#!/usr/bin/python3
"""Checks a mail's DKIM signatures with another program, dkimpy.

    dkim_check.py DOMAIN RECORDS < MESSAGE

RECORDS is a file with lines as `kolokol keys dkim` prints them; a lookup of any other name finds nothing. Prints a line
a signature: algorithm and "good" or "bad". Exit 1 if one is bad or there is none.
"""
import re
import sys

import dkim


def records_of(domain, path):
    found = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            match = re.match(r"(\S+) TXT (.*)", line)
            if match:
                strings = re.findall(r'"([^"]*)"', match.group(2))
                assert all(len(string) <= 255 for string in strings)
                found["%s.%s." % (match.group(1), domain)] = "".join(strings)
    return found


def main():
    records = records_of(sys.argv[1], sys.argv[2])
    message = sys.stdin.buffer.read()

    def lookup(name, timeout=5):
        return records.get(name.decode("ascii"), "").encode("ascii") or None

    count = message.lower().count(b"\ndkim-signature:") + message.lower().startswith(b"dkim-signature:")
    good = 0
    for number in range(count):
        verifier = dkim.DKIM(message)
        try:
            right = verifier.verify(idx=number, dnsfunc=lookup)
        except dkim.DKIMException as reason:
            print(reason, file=sys.stderr)
            right = False
        algorithm = (verifier.signature_fields or {}).get(b"a", b"?").decode("ascii")
        print(algorithm, "good" if right else "bad")
        good += right
    return 0 if count > 0 and good == count else 1


sys.exit(main())
