#!/usr/bin/env python3
"""Start of the stand with 10,000 stories (100,000 with --large), and the memory of each process of `serve`.

    bench/start.py [BUILD-DIR] [--large] [--sizes N,N]

Ready is the first answer 200 to a story's address after the start of the process, tried every millisecond; the median
of ten starts. Memory is PSS after 2,000 answers and ten published stories, with the slow lane at work.

"""
import statistics, time
import newsroom
from newsroom import megabytes


def start_times(room, path, times=10):
    got = []
    for _ in range(times):
        start = time.monotonic()
        room.start("stand")
        room.wait_answer(path)
        got.append(time.monotonic() - start)
        room.stop()
    return got


def lane_of(pid):
    words = open(f"/proc/{pid}/cmdline").read().split("\0")
    return " ".join(w for w in words[3:] if w)


def use(room, paths):
    for n in range(2000):
        room.get("/" + paths[n % len(paths)])
    for n in range(10):
        file = room.dir / "add.md"
        file.write_text(f"---\ntitle: Start {n}\nstatus: published\nlanguage: en\nsection: grain\n---\nA text.\n")
        room.run("story", "add", file)


def measure(table, args, size):
    room = newsroom.Newsroom(args.program, f"start-{size}")
    room.run("import", "jsonl", newsroom.scaled(size), "--publish")
    room.run("press", "--plain")
    room.start("stand")
    room.wait_answer()
    paths = room.stories()
    room.stop()
    newsroom.wait_quiet()
    median = statistics.median(start_times(room, "/" + paths[0]))
    table.row(f"{size:,} stories: stand ready", f"{median * 1000:.0f} ms", "≤ 300 ms", median <= 0.3)
    serve = room.start("serve")
    room.wait_answer()
    use(room, paths)
    total = 0
    for pid in newsroom.tree(serve.pid):
        size_kb = newsroom.pss_kb([pid])
        total += size_kb
        table.row(f"{size:,} stories: {lane_of(pid)}", megabytes(size_kb))
    table.row(f"{size:,} stories: all processes together", megabytes(total), "≤ 96 MB at 100,000",
              total <= 96 * 1024 if size >= 100000 else None)
    room.stop()


def main():
    args = newsroom.arguments(__doc__)
    table = newsroom.Table("start and memory")
    for size in newsroom.sizes_of(args, [10000]):
        measure(table, args, size)
    table.end()


main()
