#!/usr/bin/env python3
"""Takedown, and withholding a name: after them nothing of it is left in any file of the newsroom, nor in the database.

    tests/scenario/erase.py PROGRAM

Speaks TAP, on SQLite and, if KOLOKOL_TEST_POSTGRES_URL is set, on PostgreSQL. A story with unmistakable words in every
place that can hold any is published, edited, corrected, mailed; then taken down, while workers are killed at odd moments;
then every file is searched, packed ones unpacked, letters decoded, and a dump of the database.

Covers: src/main/erase.c, src/main/command_erasures.c, src/paper/gone_page.c.
"""
import base64
import email
import gzip
import hmac
import html.parser
import http.cookiejar
import os
import pathlib
import random
import re
import signal
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from run import Database

PICTURE = pathlib.Path(__file__).resolve().parents[2] / "site/demo/pictures/ferry.png"
PATH = "2026/11/20/zwyheadline-zwyslug.html"
NEUTRAL = "away/one.html"
STORY = """---
id: zwyexternal-1
title: Zwyheadline of the day
slug: zwyheadline-zwyslug
date: %s
status: published
section: City
lead: Zwystandfirst of it.
photo: "1"
caption: Zwycaption here
credit: Zwycredit / HP
alt: Zwyalt
---
%s

![Zwyinner](media:2 "| Anna Li")
"""
OTHER = """---
title: Another story, number %d
date: %s
status: published
section: City
---
The bridge and the ferry were open on day %d.
"""
LIVE = """---
id: zwylive
title: Zwylivehead
date: %s
kind: live
status: published
---
Zwylivebody
"""
WORDS = ["zwyheadline", "zwystandfirst", "zwyoldbody", "zwynewbody", "zwycaption", "zwycredit", "zwyalt", "zwyinner", "zwyslug",
         "zwycorrection", "zwybreaking", "zwyexternal", "zwymediacaption"]
NEWSLETTER = """---
name: weekly
language: en
heading: Every week
description: Stories.
schedule: weekly friday 08:00
from: "The Bell <letters@bell.example>"
---
"""


def unpacked(path):
    """All readings of a file."""
    data = path.read_bytes()
    yield data
    if path.suffix == ".gz":
        yield gzip.decompress(data)
    elif path.suffix == ".br":
        yield subprocess.run(["brotli", "-dc", str(path)], check=True, capture_output=True).stdout
    elif path.suffix == ".eml":
        for part in email.message_from_bytes(data).walk():
            yield part.get_payload(decode=True) or b""
            yield str(email.header.make_header(email.header.decode_header(part.get("Subject", "")))).encode()


class Room:
    def __init__(self, program, engine, place):
        self.program, self.place, self.room = program, pathlib.Path(place), pathlib.Path(place) / "room"
        self.database = Database(engine)
        self.env = dict(os.environ)
        if self.database.url:
            self.env["KOLOKOL_DATABASE_URL"] = self.database.url
        subprocess.run([program, "init", str(self.room)], check=True, env=self.env, stdout=subprocess.DEVNULL)

    def run(self, *words, check=True):
        done = subprocess.run([self.program, "-C", str(self.room), *words], env=self.env, capture_output=True, text=True,
                              check=False, timeout=120)
        assert not check or done.returncode == 0, f"{words}: {done.stderr}"
        return done

    def write(self, name, text):
        path = self.place / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def worker(self):
        return self.run("worker", "--until-idle").stderr

    def readings(self):
        """(name, bytes) of all that there is."""
        for path in sorted(self.room.rglob("*")):
            if path.is_file() and not path.is_symlink():
                for data in unpacked(path):
                    yield str(path.relative_to(self.room)), data
        if self.database.url:
            yield from self.tables()
            yield "dump", subprocess.run(["pg_dump", "--inserts", self.database.url], check=True, capture_output=True).stdout

    def tables(self):
        """The files of the database on its server: tables, indexes, statistics. Its log is the server's own matter."""
        asked = "CHECKPOINT; SELECT setting || '/base/' || oid FROM pg_settings, pg_database " \
                "WHERE pg_settings.name = 'data_directory' AND datname = current_database()"
        folder = subprocess.run(["psql", "-Atq", "-d", self.database.url, "-c", asked], check=True, capture_output=True, text=True)
        for path in sorted(pathlib.Path(folder.stdout.strip()).iterdir()):
            yield "table " + path.name, path.read_bytes()

    def holding(self, words):
        """Where each word stands."""
        found = {word: set() for word in words}
        for name, data in self.readings():
            lower = (name.encode() + b"\n" + data).lower()
            for word in words:
                if word.encode() in lower:
                    found[word].add(name)
        return found

    def assert_gone(self, words):
        left = {word: names for word, names in self.holding(words).items() if names}
        assert not left, f"still there: {left}"

    def killed(self, times):
        """Workers that are killed with -9, sooner and later, and one that comes to its end."""
        dice = random.Random(int(os.environ.get("KOLOKOL_SEED", "7")))
        for _ in range(times):
            child = subprocess.Popen([self.program, "-C", str(self.room), "worker", "--until-idle"], env=self.env,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0.01, 0.5))
            child.send_signal(signal.SIGKILL)
            child.wait()
        if self.database.url:
            time.sleep(1)
        self.finish()

    def finish(self):
        """A lease of a killed worker on another host lives for a minute; here its lock has gone with it."""
        for _ in range(90):
            said = self.worker()
            if ", 0 left" in self.run("story", "erasures").stdout:
                return
            time.sleep(1)
        raise AssertionError(f"not finished: {said}")


def make(program, engine, place):
    room = Room(program, engine, place)
    today = time.strftime("%Y-%m-%d 00:00", time.gmtime())
    room.run("newsletter", "set", room.write("weekly.md", NEWSLETTER))
    room.run("subscriber", "add", "weekly", "ann@reader.example", "--source", "a paper list")
    room.run("media", "add", str(PICTURE), "--caption", "Zwymediacaption")
    second = room.place / "second.png"
    second.write_bytes((PICTURE.parent / "bridge.png").read_bytes() if (PICTURE.parent / "bridge.png").exists()
                       else next(path for path in sorted(PICTURE.parent.glob("*.png")) if path != PICTURE).read_bytes())
    room.run("media", "add", str(second), "--caption", "Kept")
    room.story = room.write("story.md", STORY % (today, "Zwyoldbody stood here."))
    for number in range(3):
        room.run("story", "add", room.write(f"other{number}.md", OTHER % (number, today, number)))
    room.run("story", "add", room.story)
    room.worker()
    room.story = room.write("story.md", STORY % (today, "Zwynewbody stands here."))
    room.run("story", "add", room.story)
    room.run("story", "correct", "zwyexternal-1", "Zwycorrection was made.")
    room.run("breaking", "Zwybreaking: it happened", "--story", "zwyexternal-1")
    room.run("newsletter", "compose", "weekly")
    room.run("newsletter", "send", "1")
    room.worker()
    return room


def pictures(room):
    """name -> bytes of what lies in media/."""
    return {path.name: path.read_bytes() for path in (room.room / "media").rglob("*") if path.is_file()}


def takedown(program, engine, place):
    room = make(program, engine, place)
    before = room.holding(WORDS)
    missing = [word for word, names in before.items() if not names]
    assert not missing, f"the story does not have {missing}"
    assert any(name.endswith(".eml") for name in before["zwyheadline"]), "no letter has it"
    files = pictures(room)
    assert len(files) > 4
    room.run("story", "takedown", "zwyexternal-1", "--reason", "A court's order", "--path", NEUTRAL)
    room.killed(12)
    room.assert_gone(WORDS)
    left = pictures(room)
    assert not left, f"pictures left: {sorted(left)}"
    samples = [data[len(data) // 2:len(data) // 2 + 48] for data in files.values()]
    for name, data in room.readings():
        assert not any(sample in data for sample in samples), f"{name} has bytes of a picture"
        assert not any(file in name for file in files), name
    return room, files


def told(room, files):
    """GONE says it by hash, the edition is whole, the tombstone stands, an import is refused, number and reason stay."""
    site = room.place / "site"
    room.run("edition", "verify")
    room.run("edition", "export", str(site))
    gone = "".join(path.read_text() for path in (site / "GONE").iterdir() if path.name[0] == "2" and "." not in path.name)
    for name in files:
        assert f"object {name.split('.')[0]}\n" in gone, name
    assert "before 20" in gone and "path " in gone
    assert (site / NEUTRAL).exists()
    assert f"410 {NEUTRAL}\n" in "".join(path.read_text() for path in (site / "STATUS").glob("20*") if "." not in path.name)
    again = room.run("story", "add", room.story, check=False)
    assert again.returncode == 1 and "was taken down" in again.stderr, again.stderr
    assert "A court's order" in room.run("story", "erasures").stdout


def exact(room):
    """A full press gives the same paper."""
    room.run("press", "--full")
    room.run("edition", "verify")
    room.assert_gone(WORDS)


def in_the_way(program, engine, place):
    """A file that cannot be removed is told of, and stops neither the lane nor, when it can be, the erasure."""
    room = Room(program, engine, place)
    today = time.strftime("%Y-%m-%d 00:00", time.gmtime())
    room.run("media", "add", str(PICTURE))
    room.run("story", "add", room.write("story.md", STORY.replace('![Zwyinner](media:2 "| Anna Li")', "") % (today, "Zwybody.")))
    room.worker()
    file = next(path for path in sorted((room.room / "media").rglob("*")) if path.is_file())
    room.run("story", "takedown", "zwyexternal-1", "--reason", "A court's order")
    file.unlink()
    file.mkdir()
    idle = room.run("worker", "--until-idle", check=False)
    assert idle.returncode == 1 and f"cannot remove {file}" in idle.stderr, idle.stderr
    child = subprocess.Popen([program, "-C", str(room.room), "worker", "--lane", "slow"], env=room.env, stderr=subprocess.PIPE,
                             text=True)
    try:
        said = next(line for line in child.stderr if "not yet gone" in line or "ended" in line)
        assert "will be tried again" in said and str(file) in said, said
        room.run("story", "erasures")
        file.rmdir()
        for _ in range(600):
            if ", 0 left" in room.run("story", "erasures").stdout:
                break
            time.sleep(0.1)
        assert child.poll() is None, "the lane ended"
    finally:
        child.terminate()
        child.communicate()
    assert ", 0 left" in room.run("story", "erasures").stdout, "not finished"
    room.database.close()


NAMES = ["zwyanna zwypetrova", "zwyanna-zwypetrova", "zwypetrova", "zwyанны"]
NAMED = """---
id: named-1
title: Zwyanna Zwypetrova writes
date: %s
status: published
section: City
topics: [Zwyanna Zwypetrova, Bridges]
authors: [Zwyanna Zwypetrova, Ilya Sten]
lead: With Zwyanna Zwypetrova.
---
A letter %s from Zwyanna Zwypetrova to Zwyанны. The Zwypetrovas stay.
"""


def withhold(program, engine, place):
    """Everywhere: byline, text and history, topic, author page, address, picture, correction, breaking line, letter, search."""
    room = Room(program, engine, place)
    today = time.strftime("%Y-%m-%d 00:00", time.gmtime())
    room.run("newsletter", "set", room.write("weekly.md", NEWSLETTER))
    room.run("subscriber", "add", "weekly", "ann@reader.example", "--source", "a paper list")
    room.run("media", "add", str(PICTURE), "--caption", "Zwyanna Zwypetrova at sea", "--credit", "Zwyanna Zwypetrova / HP")
    for text in ("one", "two"):
        room.run("story", "add", room.write("named.md", NAMED % (today, text)))
    room.run("story", "add", room.write("other.md", OTHER % (1, today, 1)))
    room.run("story", "correct", "named-1", "Zwyanna Zwypetrova was there.")
    room.run("breaking", "Zwyanna Zwypetrova is back")
    room.run("newsletter", "compose", "weekly")
    room.run("newsletter", "send", "1")
    room.worker()
    before = room.holding(NAMES)
    assert all(before.values()), before
    spellings = ["Zwyanna Zwypetrova", "zwyanna-zwypetrova", "Zwyанны"]
    tried = room.run("author", "withhold", *spellings, "--dry-run").stdout
    assert "1 story has the name" in tried, tried
    assert room.holding(NAMES) == before, "a dry run changed something"
    again = room.run("author", "withhold", *spellings, "--reason", "For Zwyanna Zwypetrova", check=False)
    assert again.returncode == 1 and "must not have the name" in again.stderr
    dice = random.Random(3)
    child = subprocess.Popen([program, "-C", str(room.room), "author", "withhold", *spellings, "--reason", "A threat"], env=room.env,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(dice.uniform(0.02, 0.1))
    child.send_signal(signal.SIGKILL)
    child.wait()
    if "withhold" not in room.run("story", "erasures").stdout:  # it was killed before its order was kept
        room.run("author", "withhold", *spellings, "--reason", "A threat")
    room.killed(8)
    left = {word: names for word, names in room.holding(NAMES).items() if names}
    kept = left.pop("zwypetrova", set())  # in another word it stays: it is not the name
    assert not left, f"still there: {left}"
    assert any(name.startswith("edition/objects") for name in kept), kept
    site = room.place / "site"
    room.run("press", "--full")
    room.run("edition", "verify")
    room.run("edition", "export", str(site))
    pages = {str(path.relative_to(site)): path.read_text() for path in site.rglob("*.html")}
    assert not any("zwyanna" in name for name in pages), sorted(pages)
    story = next(text for name, text in pages.items() if "name-is-withheld" in name and name.startswith("20"))
    assert "an author whose name is withheld" in story and "Ilya Sten" in story and "Zwypetrovas" in story
    room.database.close()


DRAFT = """---
id: zwydraftid
title: Zwydrafthead
lead: Zwydraftlead
---
%s
"""
DRAFT_WORDS = ["zwydraftid", "zwydrafthead", "zwydraftlead", "zwydraftold", "zwydraftnew"]


def draft(program, engine, place):
    """A draft that is thrown away leaves no word, and older editions stay: they never had any."""
    room = Room(program, engine, place)
    today = time.strftime("%Y-%m-%d 00:00", time.gmtime())
    room.run("story", "add", room.write("other.md", OTHER % (1, today, 1)))
    room.worker()
    room.run("story", "add", room.write("draft.md", DRAFT % ("Zwydraftold. " * 2000)))
    room.run("story", "add", room.write("draft.md", DRAFT % "Zwydraftnew."))
    room.worker()
    assert all(room.holding(DRAFT_WORDS).values())
    editions = sorted(path.name for path in (room.room / "edition").iterdir())
    asked = room.run("story", "discard", "zwydraftid", check=False)
    assert asked.returncode == 1 and "with 2 versions" in asked.stderr and "--sure" in asked.stderr, asked.stderr
    assert all(room.holding(DRAFT_WORDS).values())
    room.run("story", "discard", "zwydraftid", "--sure")
    again = room.run("story", "discard", "zwydraftid", "--sure", check=False)
    assert again.returncode == 1 and "there is no story" in again.stderr, again.stderr
    room.killed(4)
    room.assert_gone(DRAFT_WORDS)
    assert sorted(path.name for path in (room.room / "edition").iterdir()) == editions
    room.run("edition", "verify")
    assert "discard   done" in room.run("story", "erasures").stdout
    room.database.close()


class Form(html.parser.HTMLParser):
    """The fields of the form that posts to a path, as a browser would send them."""

    def __init__(self, action):
        super().__init__()
        self.action, self.inside, self.area, self.fields = action, False, None, {}

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.inside = has.get("action") == self.action
        elif self.inside and tag == "input" and "name" in has and has.get("type") not in ("radio", "checkbox", "submit"):
            self.fields[has["name"]] = has.get("value") or ""
        elif self.inside and tag == "textarea" and "name" in has:
            self.area = has["name"]
            self.fields[self.area] = ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.fields[self.area] += data if self.fields[self.area] else data.removeprefix("\n")


class NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """Somebody of the staff, whose windows stay open."""

    def __init__(self, room, role="reporter"):
        ini = room.room / "kolokol.ini"
        ini.write_text("".join("office=127.0.0.1:0\n" if line.startswith("office=") else line
                               for line in ini.read_text().splitlines(keepends=True)))
        room.run("staff", "add", "Rita", "rita@bell.example", "--role", role, "--password-file",
                 room.write("password", "correct horse battery\n"))
        self.child = subprocess.Popen([room.program, "-C", str(room.room), "office"], env=room.env, stderr=subprocess.PIPE, text=True)
        said = next(line for line in self.child.stderr if "sandbox:" in line)
        self.url = "http://127.0.0.1:" + said.split("127.0.0.1:")[1].split(";")[0]
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), NotFollowed)
        door = self.form("/sign-in", "/sign-in")
        assert self.post("/sign-in", {**door, "email": "rita@bell.example", "password": "correct horse battery"})[0] == 303
        if role != "reporter":
            self.second_factor()

    def second_factor(self):
        """Sets one up, as an authenticator would (RFC 6238)."""
        form = self.form("/second-factor", "/second-factor")
        shown = re.search(r"<code>([A-Z2-7 ]+)</code>", self.ask("/second-factor")[1])[1].replace(" ", "")
        step = struct.pack(">Q", int(time.time()) // 30)
        mac = hmac.new(base64.b32decode(shown + "=" * (-len(shown) % 8)), step, "sha1").digest()
        number = struct.unpack(">I", mac[mac[19] & 15:][:4])[0] & 0x7FFFFFFF
        assert self.post("/second-factor", {**form, "code": f"{number % 1000000:06d}"})[0] == 200

    def send_file(self, path, page, name, data):
        """One file, as a form sends it."""
        csrf = self.form(page, "/sign-out")["csrf"]
        head = f'--line\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: image/png\r\n\r\n'
        request = urllib.request.Request(self.url + path, head.encode() + data + b"\r\n--line--\r\n",
                                         {"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": csrf,
                                          "Content-Type": "multipart/form-data; boundary=line"})
        try:
            with self.opener.open(request) as reply:
                return reply.status
        except urllib.error.HTTPError as reply:
            return reply.code

    def ask(self, path, data=None):
        request = urllib.request.Request(self.url + path, data, {"Sec-Fetch-Site": "same-origin"})
        try:
            with self.opener.open(request) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as reply:
            return reply.code, reply.read().decode()

    def form(self, page, action):
        status, text = self.ask(page)
        assert status == 200, f"{page}: {status}"
        form = Form(action)
        form.feed(text)
        assert "csrf" in form.fields, f"{page} has no form for {action}"
        return form.fields

    def post(self, path, fields):
        return self.ask(path, urllib.parse.urlencode(fields).encode())

    def end(self):
        self.child.terminate()
        self.child.communicate()


def windows(visitor, story, live, words):
    """Windows with those words typed into them: (path to post to, fields)."""
    page, list_, entry = f"/stories/{story}", f"/stories/{live}/live", f"/stories/{live}/live/1"
    opened = [(f"{page}/{verb}", {**visitor.form(page, f"{page}/save"), "body": words, "lead": words, "caption": words})
              for verb in ("save", "keep", "pictures")]
    opened.append((f"{page}/comment", {**visitor.form(page, f"{page}/comment"), "comment": words, "passage": words}))
    opened.append((list_, {**visitor.form(list_, list_), "body": words}))
    opened.append((list_, {**visitor.form(list_, list_), "body": words, "script": "1", "key": "other"}))
    opened.append((f"{entry}/save", {**visitor.form(entry, f"{entry}/save"), "body": words, "headline": words}))
    return opened


def open_window(program, engine, place):
    """Windows that were open before a name was withheld, and before a takedown: what stands in them does not come back."""
    room = Room(program, engine, place)
    words = "A letter from Zwyanna Zwypetrova, again."
    numbers = [int(room.run("story", "add", room.write(f"{name}.md", f"---\ntitle: A {name}\nkind: {kind}\n---\nOf Zwyanna Zwypetrova.\n"))
                   .stdout.split()[1].rstrip(":")) for name, kind in (("story", "story"), ("wire", "live"))]
    visitor = Visitor(room)
    try:
        entries = f"/stories/{numbers[1]}/live"
        assert visitor.post(entries, {**visitor.form(entries, entries), "body": words})[0] == 303
        typed = windows(visitor, *numbers, words)
        kept = next(each for each in typed if each[0].endswith("/keep"))
        assert visitor.post(*kept)[0] == 200
        room.run("author", "withhold", "Zwyanna Zwypetrova", "--reason", "A threat")
        room.finish()
        room.assert_gone(NAMES[:1])
        for path, fields in typed:
            status, text = visitor.post(path, fields)
            assert status == 409, f"{path}: {status}"
            assert "withheld" in text, path
        room.finish()
        room.assert_gone(NAMES[:1])
        assert visitor.post(f"/stories/{numbers[0]}/save", visitor.form(f"/stories/{numbers[0]}", f"/stories/{numbers[0]}/save"))[0] == 303
        room.assert_gone(NAMES[:1])
        typed = windows(visitor, *numbers, "Zwytyped, after all.")
        for number in numbers:
            room.run("story", "takedown", str(number), "--reason", "A court's order")
        room.finish()
        for path, fields in typed:
            status, text = visitor.post(path, fields)
            assert status == 409 and "zwytyped" not in text.lower(), f"{path}: {status}"
        room.finish()
        room.assert_gone(["zwytyped", "zwyanna"])
    finally:
        visitor.end()
    room.database.close()


def log(program, engine, place):
    """What the office had written down before: settings, redirects, names and files of pictures leave the audit log, which
    still holds."""
    room = Room(program, engine, place)
    today = time.strftime("%Y-%m-%d 00:00", time.gmtime())
    room.run("media", "add", str(PICTURE), "--alt", "A ferry")
    room.run("story", "add", room.write("named.md", NAMED % (today, "one")))
    room.run("story", "add", room.write("live.md", LIVE.replace("kind: live", 'photo: "1"\nalt: Zwyalt\ncredit: HP') % today))
    room.worker()
    visitor = Visitor(room, "chief")
    try:
        def change(page, action, **fields):
            status, text = visitor.post(action, {**visitor.form(page, action), **fields})
            assert status == 303, f"{action}: {status} {re.findall('<[^>]*problem[^>]*>[^<]*', text)}"

        other = (PICTURE.parent / "bridge.png").read_bytes()
        change("/settings", "/settings", description="The paper of Zwyanna Zwypetrova")
        change("/redirects", "/redirects", **{"from": "/zwyanna-zwypetrova", "to": "/"})
        change("/redirects", "/redirects", **{"from": "/zwyanna-zwypetrova-2", "to": "https://zwyanna-zwypetrova.example/"})
        change("/redirects?language=en", "/redirects", **{"from": "/kept", "to": "/"})
        change("/authors/zwyanna-zwypetrova", "/authors/zwyanna-zwypetrova", about="Zwyanna Zwypetrova was born here.")
        change("/sections", "/sections", name="Письма Zwyанны")
        assert visitor.send_file("/pictures/1/replace", "/pictures/1", "Zwyanna Zwypetrova.png", other) == 303
        room.worker()
        assert visitor.send_file("/pictures/1/replace", "/pictures/1", "zwyfile of the sea.png", PICTURE.read_bytes()) == 303
        room.worker()
        log = visitor.ask("/audit")[1]
        for told in ("The paper of Zwyanna", "Письма Zwyанны", "en/zwyanna-zwypetrova", "Zwyanna Zwypetrova.png", "zwyfile"):
            assert told in log, told
        room.run("author", "withhold", "Zwyanna Zwypetrova", "zwyanna-zwypetrova", "Zwyанны", "--reason", "A threat")
        room.run("story", "takedown", "zwylive", "--reason", "A court's order")
        room.finish()
        room.assert_gone(["zwyanna", "zwyанны", "zwyfile"])
        log = visitor.ask("/audit?check=1")[1]
        assert "Nothing was changed" in log and "audit.erase" in log and "erased: it had" in log and "kept" in log, log
        room.run("edition", "verify")
    finally:
        visitor.end()
    room.database.close()


def main():
    program, number, failed = str(pathlib.Path(sys.argv[1]).resolve()), 0, 0
    engines = ["sqlite"] + (["postgres"] if os.environ.get("KOLOKOL_TEST_POSTGRES_URL") else [])
    print(f"1..{8 * len(engines)}", flush=True)
    for engine in engines:
        with tempfile.TemporaryDirectory() as place:
            room, files = None, None
            for name in ("takedown", "told", "exact"):
                number += 1
                try:
                    if name == "takedown":
                        room, files = takedown(program, engine, place)
                    elif name == "told":
                        told(room, files)
                    else:
                        exact(room)
                    print(f"ok {number} - {engine}: {name}", flush=True)
                except Exception as problem:  # a failure of one is not the end of the others
                    failed += 1
                    print(f"not ok {number} - {engine}: {name}\n# " + str(problem)[:3000].replace("\n", "\n# "), flush=True)
            if room is not None:
                room.database.close()
        for test in (withhold, log, open_window, in_the_way, draft):
            with tempfile.TemporaryDirectory() as place:
                number += 1
                try:
                    test(program, engine, place)
                    print(f"ok {number} - {engine}: {test.__name__}", flush=True)
                except Exception as problem:
                    failed += 1
                    print(f"not ok {number} - {engine}: {test.__name__}\n# " + str(problem)[:3000].replace("\n", "\n# "), flush=True)
    sys.exit(failed > 0)


main()
