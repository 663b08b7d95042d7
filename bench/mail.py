#!/usr/bin/env python3
"""How many letters of an issue leave a second, to Postfix's smtp-sink, with the durable journal (DESIGN 7).

    bench/mail.py [PROGRAM] [--subscribers N]

Makes a newsroom with N confirmed subscribers, sends one issue and prints letters a second of wall clock and of the
sender's CPU, its memory, and beside it Postfix's own smtp-source sending as many messages of the same size over one
connection, which keeps no journal: the ratio is what counts, the figures are of this machine.
"""
import argparse
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

NEWSLETTER = """---
name: weekly
language: en
heading: Every week
description: Six stories.
from: "The Bell <letters@bell.example>"
---
"""


def run(*words):
    return subprocess.run(list(words), check=True, capture_output=True, text=True).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sink_start(port):
    sink = subprocess.Popen(["smtp-sink", "-u", "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody"),
                             "127.0.0.1:%d" % port, "100"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return sink
        time.sleep(0.025)
    sys.exit("smtp-sink does not start")


def subscribe(database, count):
    db = sqlite3.connect(database)
    db.create_collation("C", lambda a, b: (a > b) - (a < b))
    newsletter = db.execute("SELECT id FROM mail_newsletter WHERE name = 'weekly'").fetchone()[0]
    db.executemany(
        "INSERT INTO mail_subscriber (id, newsletter, mark, address, state, source, consent, policy, requests,"
        " requested, confirmed, ended) VALUES (?, ?, ?, ?, 2, 'bench', '', '', 1, 1, 1, 0)",
        ((n, newsletter, "%064x" % n, "r%d@reader.example" % n) for n in range(1, count + 1)))
    db.commit()
    db.close()


def timed(words):
    """Seconds of the clock and of the processor, and megabytes at most, of one command."""
    began = time.monotonic()
    pid = os.spawnvp(os.P_NOWAIT, words[0], words)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit("%s failed" % " ".join(words))
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def newsroom(program, folder, port, count):
    run(program, "init", "--demo", "--languages", "en,ru", folder)
    ini = pathlib.Path(folder, "kolokol.ini")
    text = ini.read_text().replace("transport=outbox", "transport=smtp")
    text = text.replace("url=smtp://localhost:25", "url=smtp://127.0.0.1:%d" % port)
    ini.write_text(text.replace("\nfrom=\n", "\nfrom=Bell <desk@bell.example>\n"))
    pathlib.Path(folder, "weekly.md").write_text(NEWSLETTER)
    run(program, "-C", folder, "newsletter", "set", os.path.join(folder, "weekly.md"))
    subscribe(os.path.join(folder, "newsroom.db"), count)
    run(program, "-C", folder, "newsletter", "compose", "weekly")
    run(program, "-C", folder, "newsletter", "send", "1")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="?", default=str(ROOT / "build/src/main/kolokol"))
    parser.add_argument("--subscribers", type=int, default=5000)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="kolokol-bench-mail-")
    port = free_port()
    sink = sink_start(port)
    try:
        room, count = os.path.join(folder, "d"), options.subscribers
        newsroom(options.program, room, port, count)
        wall, cpu, memory = timed([options.program, "-C", room, "worker", "--lane", "mail", "--until-idle"])
        status = run(options.program, "-C", room, "newsletter", "status", "1")
        if "accepted   %d" % count not in status:
            sys.exit("not all letters left:\n" + status)
        peer, peer_cpu, _ = timed(["smtp-source", "-m", str(count), "-l", "10240", "-f", "a@b.example", "-t",
                                   "c@d.example", "-d", "127.0.0.1:%d" % port])
        print("kolokol      %6.0f letters/s, %6.0f a CPU-second, %3.0f MB (recipients written down in the same run)"
              % (count / wall, count / cpu, memory))
        print("smtp-source  %6.0f messages/s, %6.0f a CPU-second" % (count / peer, count / peer_cpu))
        print("ratio        %.2f" % (peer / wall))
    finally:
        sink.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
