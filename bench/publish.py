#!/usr/bin/env python3
"""From the commit of a story to the reader's answer that has it, at 1,000 and 10,000 stories (100,000 with --large).

    bench/publish.py [BUILD-DIR] [--large] [--times N] [--sizes N,N]

`visible` is what counts: from the moment the story is committed, seen as its row in newsroom.db, until the stand answers
200 with its title, asked every 2 ms over HTTP. `command` is the same from the start of `kolokol story add`, a process and
all. `busy` is the same while the slow lane compresses the backlog of the import on all cores left; the others are with
the stand and the press lane alone. Pages and editions are the press's own count for one story.
"""
import http.client, json, os, sqlite3, statistics, subprocess, sys, threading, time
import newsroom

STORY = """---
title: The hour {mark}
date: {date}
status: published
language: en
section: grain
topics: [usa]
path: bench/{mark}.html
---
{text}
"""
TEXT = "\n\n".join(" ".join(["The harvest was late and the river was high that year"] * 10) + "." for _ in range(7))


class Watch(threading.Thread):
    """Sees the commit. It asks for stories after the newest one, which costs the same in any archive: asked for by its path,
    the answer came so late among 100,000 that the story seemed to be visible at once."""

    def __init__(self, room):
        super().__init__()
        self.room, self.at = room, None
        database = sqlite3.connect(f"file:{self.room.dir}/newsroom.db?mode=ro", uri=True, timeout=5)
        self.newest = database.execute("SELECT max(id) FROM desk_story").fetchone()[0]

    def run(self):
        database = sqlite3.connect(f"file:{self.room.dir}/newsroom.db?mode=ro", uri=True, timeout=5)
        query = "SELECT 1 FROM desk_story WHERE id > ? AND state = 'published'"
        deadline = time.monotonic() + 20
        while self.at is None and time.monotonic() < deadline:
            now = time.monotonic()
            try:
                if database.execute(query, (self.newest,)).fetchone():
                    self.at = now
            except sqlite3.OperationalError:
                pass
            time.sleep(0.001)


def once(room, mark):
    file = room.dir / "add.md"
    date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    file.write_text(STORY.format(mark=mark, date=date, text=TEXT))
    path = f"bench/{mark}.html"
    watch = Watch(room)
    watch.start()
    start = time.monotonic()
    adding = subprocess.Popen(room.command("story", "add", file), stdout=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=10)
    while True:
        connection.request("GET", "/" + path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status == 200 and f"The hour {mark}".encode() in body:
            break
        if time.monotonic() - start > 60:
            sys.exit(f"bench: /{path} did not appear in a minute; see {room.dir}")
        time.sleep(0.002)
    seen = time.monotonic()
    adding.wait()
    watch.join()
    return (seen - watch.at if watch.at else None), seen - start


def series(room, times, name):
    got = [once(room, f"{name}-{n}") for n in range(times)]
    visible = [v * 1000 for v, _ in got if v is not None]
    if len(visible) < times / 2:
        sys.exit("bench: the commit was not seen in newsroom.db")
    return visible, [c * 1000 for _, c in got]


def measure(table, args, size):
    room = newsroom.Newsroom(args.program, f"publish-{size}")
    room.run("import", "jsonl", newsroom.scaled(size), "--publish")
    room.run("press", "--plain")
    room.start("stand")
    room.start("worker", "--lane", "press")
    room.wait_answer()
    newsroom.wait_quiet()
    once(room, "warm")
    visible, command = series(room, args.times, "quiet")
    median = statistics.median(visible)
    table.row(f"{size:,} stories: publish to visible, median", f"{median:.0f} ms", "≤ 100 ms", median <= 100)
    table.row(f"{size:,} stories:   90th percentile; slowest",
              f"{sorted(visible)[int(len(visible) * 0.9)]:.0f} ms; {max(visible):.0f} ms")
    table.row(f"{size:,} stories:   the command and all, median", f"{statistics.median(command):.0f} ms")
    room.start("worker", "--lane", "slow")
    busy, _ = series(room, max(args.times // 2, 5), "busy")
    table.row(f"{size:,} stories:   while the backlog is compressed", f"{statistics.median(busy):.0f} ms")
    room.stop()
    return median


def main():
    args = newsroom.arguments(__doc__, ("--times", {"type": int, "default": 20}))
    sizes = newsroom.sizes_of(args, [1000, 10000])
    table = newsroom.Table("publish to visible")
    medians = [measure(table, args, size) for size in sizes]
    if len(medians) > 1:
        table.row(f"{sizes[-1]:,} against {sizes[0]:,} stories", f"{medians[-1] / medians[0]:.2f} ×", "about 1 ×")
    table.end()


main()
