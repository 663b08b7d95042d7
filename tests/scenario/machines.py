#!/usr/bin/env python3
"""What machines are told, over every page of the demo newspaper's edition: alternates that answer each other, one record in
JSON-LD, cards and feeds, addresses that lead somewhere, feeds by the rules.

    tests/scenario/machines.py PROGRAM

Speaks TAP. The rules of feeds (feed_rules.py) are tried on the W3C validator's own cases where they are at hand
(KOLOKOL_SHARED, or ../shared).
"""
import collections
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import io
import xml.etree.ElementTree as tree

import feed_rules

SITE = "http://paper.localhost:8080/"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("KOLOKOL_SHARED", ROOT.parent / "shared")) / "data/conf-feeds"
HANDLED = re.compile(r"!?(MissingTitle\{parent:channel|MissingDescription\{parent:channel|MissingElement\{(element:channel|parent:(feed|"
                     r"entry))|InvalidRFC3339Date\{parent:(feed|entry)|InvalidRFC2822Date\{parent:channel|DuplicateElement\{parent:"
                     r"(item|channel|feed|entry),element:(title|link|description|guid|id|updated|published|subtitle|summary|content)\}|"
                     r"InvalidHttpGUID|MissingContentOrAlternate|DuplicateValue\{element:guid\}|"
                     r"MissingAttribute\{parent:item,element:enclosure)")


class Head(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.metas, self.data, self.inside = [], {}, [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link":
            self.links.append(attributes)
        elif tag == "meta":
            self.metas[attributes.get("property") or attributes.get("name")] = attributes.get("content")
        self.inside = tag == "script" and attributes.get("type") == "application/ld+json"
        if self.inside:
            self.data.append("")

    def handle_data(self, data):
        if self.inside:
            self.data[-1] += data

    def handle_endtag(self, tag):
        self.inside = False

    def rel(self, rel, **others):
        return [link for link in self.links if link.get("rel") == rel and
                all(link.get(name) == value for name, value in others.items())]


def edition(program):
    """path -> bytes of the demo's edition."""
    with tempfile.TemporaryDirectory() as place:
        room, site = os.path.join(place, "room"), os.path.join(place, "site")
        for words in (["init", "--demo", room], ["-C", room, "worker", "--until-idle"],
                      ["-C", room, "edition", "export", site]):
            subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return {str(path.relative_to(site)): path.read_bytes() for path in pathlib.Path(site).rglob("*")
                if path.is_file() and path.suffix not in (".gz", ".br")}


def path_of(url):
    assert url.startswith(SITE), url
    path = url[len(SITE):].split("#")[0]
    return path + "index.html" if path == "" or path.endswith("/") else path


class Paper:
    def __init__(self, files):
        self.files = files
        self.heads = {path: Head(data.decode()) for path, data in files.items() if path.endswith(".html")}
        self.records = {}
        for path, head in self.heads.items():
            for data in head.data:
                self.records[path] = json.loads(data)


def articles(paper):
    return {path: record for path, record in paper.records.items() if record["@type"] != "NewsMediaOrganization"}


def alternates(paper):
    """Each alternate is a page that has the same alternates, itself among them, and one x-default."""
    seen = 0
    for path, head in paper.heads.items():
        links = [link for link in head.rel("alternate") if "hreflang" in link]
        if not links:
            continue
        seen += 1
        found = {link["hreflang"]: path_of(link["href"]) for link in links}
        assert len(found) == len(links), f"{path}: a language twice"
        assert path in found.values(), f"{path}: not among its own alternates"
        assert "x-default" in found and len(found) >= 3, f"{path}: no x-default"
        for other in set(found.values()):
            assert other in paper.heads, f"{path}: {other} is no page"
            back = {link["hreflang"]: path_of(link["href"]) for link in paper.heads[other].rel("alternate") if "hreflang" in link}
            assert back == found, f"{path}: {other} answers {back}"
    assert seen > 8, seen


def canonical(paper):
    for path, head in paper.heads.items():
        for link in head.rel("canonical"):
            assert path_of(link["href"]) in paper.files, f"{path}: {link['href']}"
        if path in articles(paper):
            assert [path_of(link["href"]) for link in head.rel("canonical")] == [path]


def one_record(paper):
    """JSON-LD, cards and text edition of a story say the same."""
    found = articles(paper)
    kinds = collections.Counter(record["@type"] for record in found.values())
    assert kinds["NewsArticle"] > 20 and kinds["OpinionNewsArticle"] > 0 and kinds["LiveBlogPosting"] > 0, kinds
    for path, record in found.items():
        metas = paper.heads[path].metas
        assert record["@context"] == "https://schema.org"
        assert path_of(record["mainEntityOfPage"]) == path and metas["og:url"] == record["mainEntityOfPage"]
        assert record["headline"] == metas["og:title"], path
        assert record.get("description") == metas.get("og:description"), path
        assert record["datePublished"] == metas["article:published_time"] <= record["dateModified"]
        assert feed_rules.rfc3339_ok(record["datePublished"])
        assert record["publisher"]["@type"] == "NewsMediaOrganization"
        assert path_of(record["publisher"]["correctionsPolicy"]) in paper.files
        assert all(author["name"] for author in record["author"]) and record["author"], path
        if "image" in record:
            assert record["image"]["url"] == metas["og:image"] and path_of(metas["og:image"]) in paper.files
            assert metas["twitter:card"] == "summary_large_image"
        text = path[:-len(".html")] + ".txt"
        assert record["headline"] in paper.files[text].decode() and "<p>" not in paper.files[text].decode()
        if record["@type"] == "LiveBlogPosting":
            assert record["liveBlogUpdate"] and record["coverageStartTime"]


def latest_by_time(paper):
    """The front's timed list runs from the newest down, though an editor's slots say which stories stand in it."""
    for path in ("index.html", "ru/index.html"):
        latest = re.search(r'<section class="latest">(.*?)</section>', paper.files[path].decode(), re.S)[1]
        times = re.findall(r'<time datetime="([^"]+)"', latest)
        assert len(times) >= 5 and times == sorted(times, reverse=True), f"{path}: {times}"


def named_by_language(paper):
    """What the paper is called in Russian: masthead, title, card, JSON-LD, feeds, news sitemap and text; English has its own."""
    for prefix, name, other in (("", "The Harbour Bell", "Портовый колокол"), ("ru/", "Портовый колокол", "The Harbour Bell")):
        for end in ("index.html", "feed.xml", "atom.xml", "feed.json", "index.txt", "404.html", "archive/index.html"):
            text = paper.files[prefix + end].decode()
            assert name in text and other not in text, prefix + end
        path = next(path for path, record in articles(paper).items() if path.startswith("ru/") == (prefix == "ru/"))
        assert paper.records[path]["publisher"]["name"] == name == paper.heads[path].metas["og:site_name"]
        assert f"<news:name>{name}</news:name>" in paper.files["news-sitemap.xml"].decode()


def text_editions(paper):
    """Every page has one beside it, and says so; a stub leads to its page."""
    for path, head in paper.heads.items():
        if b'http-equiv="refresh"' in paper.files[path]:
            continue
        # the page for unknown addresses links from the root
        targets = [os.path.normpath(os.path.join(os.path.dirname(path), link["href"])).removeprefix("/")
                   for link in head.rel("alternate", type="text/plain")]
        assert targets == [path[:-len(".html")] + ".txt"], f"{path}: {targets}"
        assert targets[0] in paper.files, f"{path}: {targets[0]}"
    for path, data in paper.files.items():
        for url in re.findall(r"^http://paper\S+", data.decode(), re.M) if path.endswith(".txt") else []:
            assert path_of(url) in paper.files, f"{path}: {url}"
    for path in ("archive/index.txt", "support/index.txt", "ru/support/index.txt", "section/city/index.txt"):
        assert path in paper.files, path
    assert max(len(data) for path, data in paper.files.items() if path.endswith(".txt")) < 32 * 1024


def feeds(paper):
    found = articles(paper)
    count = 0
    for path, data in paper.files.items():
        if os.path.basename(path) in ("feed.xml", "atom.xml"):
            said, items = feed_rules.check_xml(data), [url for url in re.findall(r"<guid[^>]*>([^<]+)", data.decode())]
        elif os.path.basename(path) == "feed.json":
            feed = json.loads(data)
            said, items = feed_rules.check_json(feed), [item["url"] for item in feed["items"]]
            for item in feed["items"]:
                record = found[path_of(item["url"])]
                assert (item["title"], item["date_published"]) == (record["headline"], record["datePublished"])
                assert item.get("image") == record.get("image", {}).get("url"), path
        else:
            continue
        count += 1
        assert not said, f"{path}: {said}"
        for url in items:
            assert path_of(url) in found, f"{path}: {url}"
    assert count >= 12, count


def sitemaps(paper):
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = set()
    for each in tree.fromstring(paper.files["sitemap.xml"]).iter(namespace + "loc"):
        listed |= {path_of(loc.text) for loc in tree.fromstring(paper.files[path_of(each.text)]).iter(namespace + "loc")}
    assert listed == set(articles(paper)), listed ^ set(articles(paper))
    for loc in tree.fromstring(paper.files["news-sitemap.xml"]).iter(namespace + "loc"):
        assert path_of(loc.text) in listed
    for url in re.findall(r"^Sitemap: (\S+)", paper.files["robots.txt"].decode(), re.M):
        assert path_of(url) in paper.files, url


def shared_rules(paper):
    """Each of our rules gives its message where the validator's case wants it, and not where it must not."""
    listing = [line.split("\t") for line in (SHARED / "expectations.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    raw = subprocess.run(["zstd", "-dc", SHARED / "testcases.tar.zst"], check=True, stdout=subprocess.PIPE).stdout
    cases = {}
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        for member in archive.getmembers():
            if member.isfile():
                cases[member.name.removeprefix("./").removeprefix("testcases/")] = archive.extractfile(member).read()
    tried, wrong = 0, []
    for name, expected, *_ in listing:
        said = feed_rules.check_xml(cases[name]) if name in cases and HANDLED.match(expected) else None
        if said is None:
            continue
        tried += 1
        parts = sorted(re.sub(r"[{}]", " ", expected.lstrip("!")).replace(",", " ").split())
        given = any(sorted(re.sub(r"[{}]", " ", each).replace(",", " ").split()) == parts for each in said)
        if given == expected.startswith("!"):
            wrong.append(f"{name}: {expected}: {sorted(said)}")
    print(f"# {tried} cases tried, {len(wrong)} wrong")
    assert tried > 60 and not wrong, "\n".join(wrong)


def main():
    paper = Paper(edition(sys.argv[1]))
    tests = [alternates, canonical, one_record, latest_by_time, named_by_language, text_editions, feeds, sitemaps, shared_rules]
    print(f"1..{len(tests)}")
    failed = False
    for number, test in enumerate(tests, 1):
        if test is shared_rules and not SHARED.is_dir():
            print(f"ok {number} - {test.__name__} # SKIP the validator's cases are not at hand")
            continue
        try:
            test(paper)
            print(f"ok {number} - {test.__name__}", flush=True)
        except AssertionError as reason:
            failed = True
            print(f"not ok {number} - {test.__name__}\n# " + str(reason).replace("\n", "\n# "), flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
