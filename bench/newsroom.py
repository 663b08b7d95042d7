"""What the benches share: the same stories each time, a newsroom to try them on, processes with their time and memory,
and the table. Not a bench itself.

KOLOKOL_BENCH_DIR   keeps the story files and the newsrooms (default: kolokol-bench under the system's temporary folder)
KOLOKOL_BENCH_WAIT  seconds to wait for a quiet machine (load below 1) before a timed part, default 60; said if in vain
"""
import argparse, atexit, collections, datetime, http.client, json, os, pathlib, random, re, shlex, shutil, signal, socket
import subprocess, sys, tempfile, threading, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("KOLOKOL_SHARED", ROOT.parent / "shared"))
PER_DAY = 14  # stories a day of a scaled newsroom, so that all sizes have the same recent months
Used = collections.namedtuple("Used", "wall cpu memory output")  # seconds, seconds of all processes, KB of PSS


signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended from outside"))  # so that atexit runs


def bench_dir():
    path = pathlib.Path(os.environ.get("KOLOKOL_BENCH_DIR", os.path.join(tempfile.gettempdir(), "kolokol-bench")))
    path.mkdir(parents=True, exist_ok=True)
    return path


def arguments(doc, *more, sizes=True):
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default=str(ROOT / "build-bench"), metavar="BUILD-DIR")
    if sizes:
        parser.add_argument("--large", action="store_true", help="100,000 stories as well")
        parser.add_argument("--sizes", metavar="N,N", help="numbers of stories, instead of the usual")
    for name, options in more:
        parser.add_argument(name, **options)
    args = parser.parse_args()
    args.program = os.path.join(args.build, "src/main/kolokol")
    if not os.access(args.program, os.X_OK):
        sys.exit(f"bench: no program {args.program}; make it with  meson setup {args.build} --buildtype=release"
                 f" && ninja -C {args.build} program")
    return args


# Machine.

def wait_quiet(limit=None):
    """Waits until the load is below 1, so that the figures are of the program and not of its neighbours."""
    limit = float(os.environ.get("KOLOKOL_BENCH_WAIT", 60)) if limit is None else limit
    start = time.monotonic()
    while os.getloadavg()[0] >= 1 and time.monotonic() - start < limit:
        time.sleep(2)
    print(f"  load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)


def tree(pid):
    """The process and all below it."""
    found, stack = [], [pid]
    while stack:
        each = stack.pop()
        found.append(each)
        try:
            for task in os.listdir(f"/proc/{each}/task"):
                stack += [int(p) for p in open(f"/proc/{each}/task/{task}/children").read().split()]
        except OSError:
            pass
    return found


def pss_kb(pids):
    total = 0
    for pid in pids:
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", open(f"/proc/{pid}/smaps_rollup").read(), re.M)[1])
        except (OSError, TypeError):
            pass
    return total


def run(command, **options):
    """Runs a command to its end; its time, the CPU time of it and its children, the peak of their memory together."""
    with tempfile.TemporaryFile("w+") as out:
        before, start, peak = os.times(), time.monotonic(), 0
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=subprocess.STDOUT, **options)
        ended = threading.Event()
        end = []
        watcher = threading.Thread(target=lambda: (process.wait(), end.append(time.monotonic()), ended.set()))
        watcher.start()
        while not ended.wait(0.05):
            peak = max(peak, pss_kb(tree(process.pid)))
        watcher.join()
        after = os.times()
        # A short command may end between two looks: what ps would have shown is not known, so it is left at 0.
        out.seek(0)
        text = out.read()
    if process.returncode != 0:
        sys.exit(f"bench: {shlex.join(str(c) for c in command)}: status {process.returncode}\n{text[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Used(end[0] - start, cpu, peak, text)


# Stories.

def own_stories(count):
    """Random words where the corpus is not at hand; the same ones each time."""
    rng = random.Random(1)
    words = ["".join(rng.choice("aeioubcdfghklmnprst") for _ in range(rng.randint(2, 9))) for _ in range(8000)]
    sections, topics = rng.sample(words, 60), rng.sample(words, 190)
    for n in range(count):
        title = " ".join(rng.choices(words, k=8)).capitalize()
        body = "\n\n".join(" ".join(rng.choices(words, k=40)).capitalize() + "." for _ in range(4))
        day = datetime.datetime(1987, 2, 26) + datetime.timedelta(days=n % 235, minutes=n % 1440)
        yield {"id": f"own-{n}", "title": title, "date": day.strftime("%Y-%m-%dT%H:%M:%SZ"), "language": "en",
               "slug": f"story-{n}", "section": rng.choice(sections), "topics": rng.sample(topics, 3), "body": body}


def corpus(count=10000):
    """A file of `count` stories as JSON lines: Reuters 21578 if it is at hand, else random words."""
    path = bench_dir() / f"stories-{count}.jsonl"
    if path.exists():
        return path
    partial = path.with_suffix(".partial")
    with open(partial, "w", encoding="utf-8") as out:
        source = SHARED / "data/news-reuters21578"
        if source.is_dir():
            tool = subprocess.run([sys.executable, SHARED / "tools/corpus.py", "reuters", source], check=True,
                                  stdout=subprocess.PIPE, text=True)
            out.writelines(tool.stdout.splitlines(True)[:count])
        else:
            out.writelines(json.dumps(story) + "\n" for story in own_stories(count))
    partial.rename(path)
    return path


def scaled(count):
    """`count` stories made of the corpus', PER_DAY a day up to yesterday: new ids, slugs and dates, same texts."""
    path = bench_dir() / f"scaled-{count}-{datetime.date.today()}.jsonl"
    if path.exists():
        return path
    stories = [json.loads(line) for line in open(corpus(), encoding="utf-8")]
    newest = datetime.datetime.combine(datetime.date.today(), datetime.time()) - datetime.timedelta(hours=1)
    partial = path.with_suffix(".partial")
    with open(partial, "w", encoding="utf-8") as out:
        for n in range(count):
            story = dict(stories[n % len(stories)])
            when = newest - datetime.timedelta(days=(count - 1 - n) / PER_DAY)
            story.update(id=f"scaled-{n}", slug=f"scaled-{n}", date=when.strftime("%Y-%m-%dT%H:%M:%SZ"))
            out.write(json.dumps(story, ensure_ascii=False) + "\n")
    partial.rename(path)
    return path


def pages_of(site):
    return sum(len(files) for _, _, files in os.walk(site))


# Newsroom.

def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Newsroom:
    def __init__(self, program, name):
        self.program, self.dir, self.port = program, bench_dir() / name, free_port()
        self.running = []
        atexit.register(self.stop)
        shutil.rmtree(self.dir, ignore_errors=True)
        subprocess.run([program, "init", "--name", "Bench", "--url", "http://127.0.0.1", self.dir], check=True,
                       stdout=subprocess.DEVNULL)
        ini = self.dir / "kolokol.ini"
        ini.write_text(re.sub(r"(?m)^stand ?=.*$", f"stand = 127.0.0.1:{self.port}", ini.read_text()))

    def command(self, *words):
        return [self.program, "-C", str(self.dir), *[str(w) for w in words]]

    def run(self, *words):
        return run(self.command(*words))

    def press(self, *words):
        """A press, and what it says of itself."""
        used = self.run("press", "--json", *words)
        said = [line for line in used.output.splitlines() if line.startswith("{")]
        return used, json.loads(said[-1])

    def start(self, *words):
        log = open(self.dir / f"{'-'.join(w.strip('-') for w in words)}.log", "w")
        process = subprocess.Popen(self.command(*words), stdout=log, stderr=log)
        self.running.append(process)
        return process

    def stop(self):
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                print(f"  {' '.join(process.args[3:])} did not end in 20 s: killed", flush=True)
                process.kill()
                process.wait()
        self.running = []

    def wait_answer(self, path="/", limit=120):
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.001)
        sys.exit(f"bench: no answer for {path}; see the logs in {self.dir}")

    def stories(self):
        """The paths of the newest stories on the front."""
        return re.findall(r'href="([0-9]{4}/[^"#]+\.html)"', self.get("/")[1].decode())

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


def sizes_of(args, small):
    """The newsrooms to try: --sizes, else those of `small` and, with --large, 100,000 stories."""
    return [int(s) for s in args.sizes.split(",")] if args.sizes else small + ([100000] if args.large else [])


# Table.

class Table:
    """Rows of what, figure and target. bench/run collects those of all benches through KOLOKOL_BENCH_ROWS."""

    def __init__(self, title):
        self.title, self.rows = title, []
        print(title, flush=True)

    def row(self, what, figure, target="", met=None):
        mark = "" if met is None else "met" if met else "MISSED"
        self.rows.append([what, figure, target, mark])
        print(f"  {what:<58} {figure:>24}  {target:<22} {mark}".rstrip(), flush=True)

    def end(self):
        print(f"repeat: {shlex.join([os.path.relpath(sys.argv[0], os.getcwd()), *sys.argv[1:]])}\n", flush=True)
        if path := os.environ.get("KOLOKOL_BENCH_ROWS"):
            with open(path, "a", encoding="utf-8") as out:
                out.write(json.dumps({"title": self.title, "rows": self.rows, "load": os.getloadavg()[0]}) + "\n")


def megabytes(kb):
    return f"{kb / 1024:.0f} MB"
