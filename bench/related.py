#!/usr/bin/env python3
"""Are related stories related? On the labelled Reuters articles, and on a sheet for a person.

    bench/related.py [BUILD-DIR] [--every N]         the share of same-topic stories among the first five
    bench/related.py [BUILD-DIR] --sheet FILE.md     30 stories with their five, to be judged by reading

The share is that of stories with a topic in common among the first five of `tool related`, over every N-th story (10 if
not given); a place that stays empty counts as wrong. Topics are read from labels.tsv for the measuring alone: the stories
are imported with headline, date and text, nothing else. Also printed: the share outside the two large topics (earn,
acq), the time of `press` for the words, and what chance would give. Needs the test material (KOLOKOL_SHARED).
"""
import collections, csv, html, json, pathlib, re, sqlite3, subprocess, sys
import newsroom

SOURCE = newsroom.SHARED / "data/news-reuters21578"
MONTHS = {m: n for n, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
TARGET, SHEET = 0.82, 30


def labels():
    with open(SOURCE / "labels.tsv", encoding="utf-8") as file:
        return {row["newid"]: set(filter(None, row["topics"].split("|")))
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def stories():
    raw = subprocess.run(["zstd", "-dc", SOURCE / "labelled.sgm.zst"], check=True, stdout=subprocess.PIPE).stdout
    for article in re.findall(r"<REUTERS.*?</REUTERS>", raw.decode("latin-1"), re.S):
        def part(name):
            found = re.search(f"<{name}[^>]*>(.*?)</{name}>", article, re.S)
            return re.sub("[\x00-\x08\x0b-\x1f]", " ", html.unescape(found[1])).strip() if found else ""
        newid = re.search(r'NEWID="(\d+)"', article)[1]
        day, month, year, time = re.match(r"(\d+)-(\w+)-(\d+) (\d+:\d+:\d+)", part("DATE")).groups()
        body = part("BODY") or re.sub("<[^>]*>", " ", part("TEXT"))
        yield {"id": f"r-{newid}", "title": " ".join(part("TITLE").split()) or "Untitled", "language": "en", "slug": f"r-{newid}",
               "date": f"{year}-{MONTHS[month]:02}-{int(day):02}T{time}Z", "html": f"<p>{html.escape(body)}</p>"}


def fill(args):
    room = newsroom.Newsroom(args.program, "related")
    path = newsroom.bench_dir() / "related.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(story) + "\n" for story in stories())
    room.run("import", "jsonl", path, "--publish")
    said = json.loads(room.run("press", "--plain", "--json").output.splitlines()[-1])
    rows = sqlite3.connect(room.dir / "newsroom.db").execute(
        "SELECT id, external, headline FROM desk_story WHERE kind = 'story' AND external IS NOT NULL ORDER BY id").fetchall()
    return room, said, rows


def related(room, story):
    return [int(line) for line in room.run("tool", "related", story).output.split()]


def share(hits):
    return sum(hits) / len(hits) if hits else 0.0


def measure(args, room, said, rows):
    table = newsroom.Table(f"Related stories, {len(rows):,} labelled Reuters articles")
    topics = labels()
    by_id = {row[0]: topics.get(row[1][2:], set()) for row in rows}
    hits, other = [], []
    for story, external, _ in rows[::args.every]:
        own = by_id[story]
        if not own:
            continue
        right = sum(bool(own & by_id[each]) for each in related(room, story)) / 5
        hits.append(right)
        if not own & {"earn", "acq"}:
            other.append(right)
    sizes = collections.Counter(topic for own in by_id.values() for topic in own)
    chance = sum((n / len(rows)) ** 2 for n in sizes.values())
    table.row(f"same topic among the first five, {len(hits):,} stories", f"{share(hits):.3f}", f"≥ {TARGET}",
              share(hits) >= TARGET)
    table.row(f"  outside earn and acq, {len(other):,} stories", f"{share(other):.3f}", "≥ 0.72", share(other) >= 0.72)
    table.row("  by chance, about", f"{chance:.2f}")
    table.row("words read and related, in `press`",
              f"{said['related']:,} in {said['related_milliseconds'] / 1000:.1f} s")
    table.end()


def sheet(args, room, rows):
    names = {row[0]: row[2] for row in rows}
    lines = ["# Related stories: 30 to judge", "", "For each of the five: would a reader of the first want it? y / n", ""]
    for story, external, headline in rows[::max(1, len(rows) // SHEET)][:SHEET]:
        lines += [f"## {headline} ({external})", ""]
        lines += [f"- [ ] {names[each]}" for each in related(room, story)] + [""]
    pathlib.Path(args.sheet).write_text("\n".join(lines), encoding="utf-8")
    print(f"bench: {SHEET} stories with their five in {args.sheet}")


def main():
    args = newsroom.arguments(__doc__, ("--every", dict(type=int, default=10)), ("--sheet", dict(metavar="FILE.md")))
    if not SOURCE.is_dir():
        sys.exit("bench: the Reuters articles are not at hand; set KOLOKOL_SHARED")
    room, said, rows = fill(args)
    if args.sheet:
        sheet(args, room, rows)
    else:
        measure(args, room, said, rows)


if __name__ == "__main__":
    main()
