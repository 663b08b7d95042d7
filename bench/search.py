#!/usr/bin/env python3
"""Search: how good it is on the test material, and how large.

    bench/search.py [BUILD-DIR] [--stories N]

Cranfield (nDCG@10 over `kolokol tool search`), Russian queries in the nominative (recall of stories with inflected forms),
mistyped words (the first suggestion of the page's script, in node), and with N scaled stories the files and bytes of a query.
Exit status 1 if a figure of quality misses its target.
"""
import collections, csv, datetime, json, math, pathlib, re, sqlite3, subprocess, sys, tempfile
import newsroom

ENGINE = newsroom.ROOT / "tests/browser/search_engine.js"
QUERIES = ["oil prices", "trade deficit with japan", "interest rates", "coffee export quotas", "central bank governor"]


class Room:
    """A newsroom with the stories of a file, indexed."""

    def __init__(self, program, languages, lines, index=True):
        self.dir = tempfile.TemporaryDirectory()
        self.path, self.program = pathlib.Path(self.dir.name) / "paper", program
        self.run("init", "--name", "T", "--languages", languages, self.path, there=False)
        file = pathlib.Path(self.dir.name) / "stories.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.run("import", "jsonl", file, "--publish")
        if index:
            self.search(languages.split(",")[0], "x")
        self.database = sqlite3.connect(self.path / "newsroom.db")
        self.names = dict(self.database.execute("SELECT id, external FROM desk_story"))

    def run(self, *args, there=True):
        words = [self.program] + (["-C", self.path] if there else []) + list(args)
        return subprocess.run(list(map(str, words)), check=True, capture_output=True, text=True).stdout

    def search(self, language, query, limit=1000):
        return self.run("tool", "search", language, query, "--limit", limit).split()

    def found(self, language, query, limit=1000):
        return [self.names[int(number)] for number in self.search(language, query, limit)]

    def engine(self, language, what, lines):
        folder = pathlib.Path(self.dir.name) / "files"
        for name, data in self.database.execute("SELECT name, bytes FROM paper_search_file WHERE language = ?", (language,)):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.bin").write_bytes(data)
        done = subprocess.run(["node", ENGINE, folder, language, what], input="\n".join(lines) + "\n", check=True,
                              capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()]


def unpack(path):
    return subprocess.run(["zstd", "-dc", path], check=True, capture_output=True).stdout.decode("utf-8", "replace")


def corpus(name, folder):
    tool = newsroom.SHARED / "tools/corpus.py"
    return subprocess.run([sys.executable, tool, name, newsroom.SHARED / "data" / folder], check=True, capture_output=True,
                          text=True).stdout.splitlines()


def cranfield(program):
    data, lines = newsroom.SHARED / "data/search-cranfield", []
    for entry in re.split(r"(?m)^\.I ", unpack(data / "cran.all.1400.zst"))[1:]:
        number, rest = entry.split("\n", 1)
        fields = {part[0]: part[2:].strip() for part in re.split(r"(?m)^\.", rest)[1:]}
        date = datetime.datetime(2020, 1, 1) + datetime.timedelta(hours=int(number))
        lines.append(json.dumps({"id": number, "title": " ".join(fields.get("T", "").split())[:300] or f"document {number}",
                                 "slug": f"c{number}", "language": "en", "date": date.isoformat() + "Z",
                                 "body": fields.get("W", "").replace("*", "") or "-"}))
    room, wanted, gains = Room(program, "en", lines), collections.defaultdict(set), []
    for line in open(data / "cranqrel"):
        query, document, grade = map(int, line.split()[:3])
        if 0 < grade < 5:
            wanted[query].add(str(document))
    texts = [" ".join(q.split(".W", 1)[1].split()) for q in re.split(r"(?m)^\.I ", (data / "cran.qry").read_text())[1:]]
    for number, text in zip(map(int, (data / "query-numbers.txt").read_text().split()), texts):
        right = wanted[number]
        if right:
            hits = room.found("en", text, 10)
            best = sum(1 / math.log2(i + 2) for i in range(min(10, len(right))))
            gains.append(sum(1 / math.log2(i + 2) for i, name in enumerate(hits) if name in right) / best)
    return sum(gains) / len(gains)


def russian(program):
    room, recall = Room(program, "ru", corpus("nerel", "news-nerel-ru")), []
    for row in csv.DictReader(open(newsroom.SHARED / "data/news-nerel-ru/queries.tsv", encoding="utf-8"), delimiter="\t"):
        wanted = {f"nerel-{name}" for name in row["documents"].split()}
        recall.append(len(wanted & set(room.found("ru", row["query"]))) / len(wanted))
    return sum(recall) / len(recall)


def typos(room, lines, every=1):
    words = collections.Counter()
    for story in map(json.loads, lines):
        words.update(re.findall(r"[a-z]+", f"{story['title']} {story.get('body', '')}".lower()))
    pairs = [line.split("\t") for line in unpack(newsroom.SHARED / "data/search-typos/typos.tsv.zst").splitlines() if "\t" in line]
    pairs = [(wrong, right) for wrong, right in pairs if words[right] >= 3 and wrong not in words][::every]
    given = room.engine("en", "suggest", [wrong for wrong, _ in pairs])
    return sum(list_[:1] == [right] for (_, right), list_ in zip(pairs, given)) / len(pairs)


def size(room, stories):
    sizes = [row[0] for row in room.database.execute("SELECT length(bytes) FROM paper_search_file")]
    print(f"index of {stories} stories: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes)} bytes")
    for query, answer in zip(QUERIES, room.engine("en", "query", QUERIES)):
        print(f"  {query!r}: {len(answer['files'])} files, {answer['bytes']} bytes")


def main():
    args = newsroom.arguments(__doc__, ("--stories", {"type": int, "default": 0, "metavar": "N"}))
    lines = corpus("reuters", "news-reuters21578")
    room = Room(args.program, "en", lines)
    figures = [("Cranfield, nDCG@10", cranfield(args.program), 0.39), ("Russian word forms, recall", russian(args.program), 0.94),
               ("mistyped words, first suggestion", typos(room, lines), 0.88)]
    for name, value, target in figures:
        print(f"{name}: {value:.3f} (at least {target})")
    size(room, len(lines))
    if args.stories:
        scaled = subprocess.run([sys.executable, newsroom.SHARED / "tools/corpus.py", "scale", str(args.stories)],
                                input="\n".join(lines), check=True, capture_output=True, text=True).stdout.splitlines()
        size(Room(args.program, "en", scaled), args.stories)
    sys.exit(any(value < target for _, value, target in figures))


if __name__ == "__main__":
    main()
