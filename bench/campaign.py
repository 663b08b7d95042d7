#!/usr/bin/env python3
"""A campaign change at 10,000 stories (100,000 with --large): how soon the front and the pages of 90 days have it.

    bench/campaign.py [BUILD-DIR] [--large] [--sizes N,N]

A first campaign is set and pressed, which makes it the standing one of older pages; then a second one. The clock runs
from the start of `kolokol campaign set`, with the stand and the press lane running. Every story of the last 89 days is
asked for over HTTP until it shows the new campaign; the time is that of the last one. All sizes have the same number of
such stories (14 a day), so what differs is the archive behind them.
"""
import datetime, http.client, json, subprocess, sys, time
import newsroom

FIRST, SECOND = "firstcampaign", "secondcampaign"  # words of no story
CAMPAIGN = """---
name: {name}
language: en
heading: Heading of {name}
call: Call of {name}
amounts: "once 10 25 50; monthly 5 10 20"
minimum: "3.00"
---
The letter of {name}. We print what we know and say how we know it.
"""


def set_campaign(room, name):
    file = room.dir / f"{name}.md"
    file.write_text(CAMPAIGN.format(name=name))
    done = subprocess.run(room.command("campaign", "set", file), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: {done.stderr.strip()}")
    return done.stdout


def recent(size, days):
    """The paths of the stories of the last days, newest first."""
    oldest = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    stories = [json.loads(line) for line in open(newsroom.scaled(size), encoding="utf-8")]
    return [f"{s['date'][:10].replace('-', '/')}/{s['slug']}.html" for s in reversed(stories) if s["date"] >= oldest]


def wait_for(room, paths, text, start, limit=300):
    """Seconds from start until all paths have the text."""
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=20)
    left = list(paths)
    while left:
        checked = 0
        for path in left:  # newest first, as they are pressed: what follows one without it is no sooner
            connection.request("GET", "/" + path)
            if text not in connection.getresponse().read():
                break
            checked += 1
        left = left[checked:]
        if time.monotonic() - start > limit:
            sys.exit(f"bench: after {limit} s {len(left)} pages, /{left[0]} among them, are without the campaign")
        time.sleep(0.02 if left else 0)
    return time.monotonic() - start


def measure(table, args, size):
    room = newsroom.Newsroom(args.program, f"campaign-{size}")
    room.run("import", "jsonl", newsroom.scaled(size), "--publish")
    set_campaign(room, FIRST)
    room.run("press", "--plain")
    paths = recent(size, 89)
    if not paths:
        sys.exit("bench: no story of the last 89 days is listed")
    room.start("stand")
    room.start("worker", "--lane", "press")
    room.wait_answer()
    newsroom.wait_quiet()
    start = time.monotonic()
    said = set_campaign(room, SECOND)
    front = wait_for(room, [""], SECOND.encode(), start)
    taken = wait_for(room, paths, SECOND.encode(), start)
    table.row(f"{size:,} stories: {said.splitlines()[0]}", "")
    table.row(f"{size:,} stories: new on the front", f"{front:.1f} s", "≤ 10 s", front <= 10)
    table.row(f"{size:,} stories: new on all {len(paths):,} stories of 89 days", f"{taken:.1f} s", "≤ 10 s", taken <= 10)
    room.stop()


def main():
    args = newsroom.arguments(__doc__)
    table = newsroom.Table("campaign change")
    for size in newsroom.sizes_of(args, [10000]):
        measure(table, args, size)
    table.end()


main()
