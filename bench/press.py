#!/usr/bin/env python3
"""Import and full press of the same 10,000 stories, against Hugo.

    bench/press.py [BUILD-DIR] [--stories N] [--no-coded]

Times are of whole commands, CPU is that of all their processes, memory the peak of their PSS together, looked at every
50 ms. Hugo builds the same texts with sections, topics, days and months as taxonomies, feeds and sitemap; its theme is
plain and its pages have no campaign letter, so it writes fewer bytes a page. `first` is `press --full` in a newsroom that
was never pressed: all pages but those of search, which has no index yet, and stories without related ones; `again` renders
every page, as Hugo does each time, and writes what differs, which is nothing. Hugo's second build likewise finds its
files there. Between the two, `press` works out related stories and search, and presses what shows them: reported apart, as
are text editions, whose part of the time is their part of the time of rendering (`press --json`). Needs: hugo.
"""
import json, os, pathlib, shlex, shutil, subprocess
import newsroom
from newsroom import megabytes

STYLE = "body{max-width:40em;margin:auto;font:1.1em/1.5 serif}" * 20
THEME = {
    "_default/baseof.html": "<!doctype html><html lang=\"{{ .Site.LanguageCode }}\"><head><meta charset=\"utf-8\">"
    "<title>{{ .Title }} - {{ .Site.Title }}</title><link rel=\"canonical\" href=\"{{ .Permalink }}\">"
    "{{ range .AlternativeOutputFormats }}<link rel=\"{{ .Rel }}\" type=\"{{ .MediaType.Type }}\" href=\"{{ .Permalink }}\">"
    "{{ end }}<style>" + STYLE + "</style></head><body><header><a href=\"/\">{{ .Site.Title }}</a></header>"
    "<main>{{ block \"main\" . }}{{ end }}</main><footer><a href=\"/sitemap.xml\">Archive</a></footer></body></html>",
    "_default/single.html": "{{ define \"main\" }}<article><h1>{{ .Title }}</h1><time datetime=\"{{ .Date.Format "
    "\"2006-01-02T15:04:05Z07:00\" }}\">{{ .Date.Format \"2 January 2006\" }}</time>{{ range .GetTerms \"sections\" }}"
    "<a href=\"{{ .Permalink }}\">{{ .Title }}</a>{{ end }}{{ .Content }}<ul>{{ range .GetTerms \"topics\" }}"
    "<li><a href=\"{{ .Permalink }}\">{{ .Title }}</a></li>{{ end }}</ul></article>{{ end }}",
    "_default/list.html": "{{ define \"main\" }}<h1>{{ .Title }}</h1><ul>{{ range first 30 .Pages.ByDate.Reverse }}"
    "<li><a href=\"{{ .Permalink }}\">{{ .Title }}</a> {{ .Date.Format \"2 January 2006\" }}</li>{{ end }}</ul>{{ end }}",
    "index.html": "{{ define \"main\" }}<ul>{{ range first 30 .Site.RegularPages.ByDate.Reverse }}"
    "<li><a href=\"{{ .Permalink }}\">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}",
}
CONFIG = """baseURL = "http://127.0.0.1/"
title = "Bench"
languageCode = "en"
rssLimit = 20
[taxonomies]
section = "sections"
topic = "topics"
day = "days"
month = "months"
[permalinks]
posts = "/:year/:month/:day/:slug/"
"""


def hugo_site(stories, directory):
    shutil.rmtree(directory, ignore_errors=True)
    (directory / "content/posts").mkdir(parents=True)
    (directory / "config.toml").write_text(CONFIG)
    for name, text in THEME.items():
        (directory / "layouts" / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / "layouts" / name).write_text(text)
    for n, line in enumerate(open(stories, encoding="utf-8")):
        story = json.loads(line)
        front = {"title": story["title"], "date": story["date"], "slug": story.get("slug", f"story-{n}"),
                 "sections": [story["section"]], "topics": story.get("topics", []), "days": [story["date"][:10]],
                 "months": [story["date"][:7]]}
        (directory / "content/posts" / f"{n}.md").write_text(json.dumps(front) + "\n\n" + story["body"], encoding="utf-8")


def describe(used):
    return f"{used.wall:.1f} s, {used.cpu:.1f} CPU, {megabytes(used.memory)}"


def apart(kind):
    """Kinds of page that the target leaves out: all text editions, and search."""
    return kind == "text" or kind.startswith("text-") or kind in ("search", "search-file")


def rendering(said, chosen=lambda kind: True):
    """Milliseconds of CPU of rendering, of all kinds or of some."""
    return sum(kind["milliseconds"] for name, kind in said["kinds"].items() if chosen(name))


def without(used, said):
    """Seconds and CPU seconds less the part of the kinds reported apart; their rows and nodes are still in them."""
    cpu = rendering(said, apart) / 1000
    return used.wall - rendering(said, apart) / rendering(said) * said["render_milliseconds"] / 1000, used.cpu - cpu


def describe_press(table, name, used, said):
    table.row(name, describe(used), "≤ 100 MB", used.memory <= 100 * 1024)
    table.row("  pages and nodes", f"{said['rendered']:,} + {said['nodes']:,}")
    table.row("  finding, rendering, publishing", ", ".join(
        f"{said[part + '_milliseconds'] / 1000:.2f}" for part in ("stale", "render", "publish")) + " s")
    texts = rendering(said, apart) / rendering(said)
    table.row("  text editions and search, of rendering's CPU", f"{texts:.0%}")
    wall, cpu = without(used, said)
    table.row("  without them, about", f"{wall:.1f} s, {cpu:.1f} CPU")


def press(table, args, stories):
    room = newsroom.Newsroom(args.program, "press")
    newsroom.wait_quiet()
    taken = room.run("import", "jsonl", stories, "--publish")
    rate = args.stories / taken.wall
    table.row("import", f"{rate:,.0f} stories/s", "≥ 2,000 stories/s", rate >= 2000)
    table.row("import, memory", megabytes(taken.memory), "≤ 64 MB", taken.memory <= 64 * 1024)
    first = room.press("--full", "--plain")
    describe_press(table, "first press, plain", *first)
    more, said = room.press("--plain")
    table.row("related stories and search, apart", describe(more), "≤ 100 MB", more.memory <= 100 * 1024)
    table.row("  statistics of related stories", f"{said['related_milliseconds'] / 1000:.1f} s")
    table.row("  index of search", f"{said['search_milliseconds'] / 1000:.1f} s")
    table.row("  pages that show them", f"{said['after_rendered']:,}, {said['after_milliseconds'] / 1000:.1f} s")
    full = room.press("--full", "--plain")
    describe_press(table, "press --full again, plain", *full)
    return room, first, full


def hugo(table, stories):
    if shutil.which("hugo") is None:
        table.row("hugo", "not installed")
        return None
    site = newsroom.bench_dir() / "hugo"
    hugo_site(stories, site)
    newsroom.wait_quiet(30)
    made = [newsroom.run(["hugo", "--quiet", "-s", site]) for _ in range(2)]
    table.row("hugo, first", describe(made[0]))
    table.row("hugo, again", describe(made[1]))
    table.row("  files", f"{newsroom.pages_of(site / 'public'):,}")
    return made


def hugo_coded(table):
    """What Kolokol's worker does in the end and Hugo does not: gzip and brotli beside every page, on all cores."""
    if shutil.which("brotli") is None:
        table.row("hugo, gzip -9 and brotli -q 11 of its output", "brotli is not installed")
        return
    public = newsroom.bench_dir() / "hugo/public"
    each = "gzip -9 -k -f \"$@\" && brotli -q 11 -k -f \"$@\""
    coded = newsroom.run(["sh", "-c", f"find {shlex.quote(str(public))} -type f ! -name '*.gz' ! -name '*.br' -print0 | "
                          f"xargs -0 -n 64 -P {os.cpu_count()} sh -c {shlex.quote(each)} coded"])
    table.row("hugo, gzip -9 and brotli -q 11 of its output", describe(coded))


def main():
    args = newsroom.arguments(__doc__, ("--stories", {"type": int, "default": 10000}),
                              ("--no-coded", {"action": "store_true", "help": "without pre-compression"}), sizes=False)
    stories = newsroom.corpus(args.stories)
    table = newsroom.Table(f"full press of {args.stories:,} stories")
    room, first, full = press(table, args, stories)
    peer = hugo(table, stories)
    if peer:
        for name, (ours, said), theirs in (("first", first, peer[0]), ("again", full, peer[1])):
            wall, cpu = without(ours, said)
            table.row(f"faster than hugo, {name}: wall, all pages", f"{theirs.wall / ours.wall:.1f} ×")
            table.row(f"faster than hugo, {name}: CPU, all pages", f"{theirs.cpu / ours.cpu:.1f} ×")
            ratio = theirs.wall / wall
            table.row(f"faster than hugo, {name}: wall, without those apart", f"{ratio:.1f} ×", "≥ 10 ×", ratio >= 10)
            table.row(f"faster than hugo, {name}: CPU, without those apart", f"{theirs.cpu / cpu:.1f} ×")
            table.row(f"less memory than hugo, {name}", f"{theirs.memory / max(ours.memory, 1):.1f} ×")
    if not args.no_coded:
        coded = room.run("worker", "--until-idle")
        table.row("gzip and brotli-11 of all of it, after the first press", describe(coded))
        if peer:
            hugo_coded(table)
    table.end()


main()
