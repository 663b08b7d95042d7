"""Rules of RSS 2.0 (rssboard.org), Atom (RFC 4287) and JSON Feed 1.1 that our feeds must keep. The names of the messages are
those of the W3C's feed validator, on whose test cases the rules are tried (machines.py)."""
import collections
import datetime
import email.utils
import re
import xml.etree.ElementTree as tree

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
RFC822 = re.compile(r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
                    r"\d\d:\d\d(:\d\d)? ([A-Z]{1,3}|[+-]\d{4})$")
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$")
ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]+$")
NAMES = {"title": "MissingTitle", "link": "MissingLink", "description": "MissingDescription"}


def rfc3339_ok(text):
    if not RFC3339.match(text):
        return False
    try:
        datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))
        return int(text[:4]) > 1600
    except ValueError:
        return False


def rfc822_ok(text):
    if not RFC822.match(text):
        return False
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return False
    return not text[:3].isalpha() or moment.strftime("%a") == text[:3]


def once(parent, name, tags):
    counts = collections.Counter(child.tag for child in parent)
    return {f"DuplicateElement{{parent:{name},element:{tag.split('}')[-1]}}}" for tag in tags if counts[tag] > 1}


def text_of(element, tag):
    found = element.find(tag)
    return None if found is None else (found.text or "").strip()


def rss_item(item):
    said = once(item, "item", ["title", "link", "description", "pubDate", "guid"])
    date, link, guid = text_of(item, "pubDate"), text_of(item, "link"), item.find("guid")
    if date is not None and not rfc822_ok(date):
        said.add("InvalidRFC2822Date{parent:item,element:pubDate}")
    if link and not ABSOLUTE.match(link):
        said.add("InvalidFullLink{parent:item,element:link}")
    if guid is not None and guid.get("isPermaLink", "true") == "true" and not re.match("https?:", (guid.text or "").strip()):
        said.add("InvalidHttpGUID{parent:item,element:guid}")
    for enclosure in item.findall("enclosure"):
        said |= {f"MissingAttribute{{parent:item,element:enclosure,attr:{name}}}" for name in ("url", "length", "type")
                 if enclosure.get(name) is None}
    return said


def rss(root):
    channel = root.find("channel")
    if channel is None:
        return {"MissingElement{element:channel}"}
    said = {f"{NAMES[tag]}{{parent:channel,element:{tag}}}" for tag in NAMES if channel.find(tag) is None}
    said |= once(channel, "channel", ["title", "link", "description", "pubDate", "lastBuildDate", "language"])
    for tag in ("pubDate", "lastBuildDate"):
        if channel.find(tag) is not None and not rfc822_ok(text_of(channel, tag)):
            said.add(f"InvalidRFC2822Date{{parent:channel,element:{tag}}}")
    if channel.find("language") is not None and not LANGUAGE.match(text_of(channel, "language")):
        said.add("InvalidLanguage{parent:channel,element:language}")
    guids = [text_of(item, "guid") for item in channel.findall("item") if item.find("guid") is not None]
    if len(set(guids)) < len(guids):
        said.add("DuplicateValue{element:guid}")
    for item in channel.findall("item"):
        said |= rss_item(item)
    return said


def atom_part(element, name, needed, dates):
    said = {f"MissingElement{{parent:{name},element:{tag}}}" for tag in needed if element.find(ATOM + tag) is None}
    said |= once(element, name, [ATOM + tag for tag in ("id", "title", "updated", "published", "subtitle", "summary", "content")])
    for tag in dates:
        if element.find(ATOM + tag) is not None and not rfc3339_ok(text_of(element, ATOM + tag)):
            said.add(f"InvalidRFC3339Date{{parent:{name},element:{tag}}}")
    identity = text_of(element, ATOM + "id")
    if identity and not ABSOLUTE.match(identity):
        said.add("InvalidFullLink{parent:%s,element:id}" % name)
    for link in element.findall(ATOM + "link"):
        if link.get("href") is None:
            said.add("MissingHref{parent:%s,element:link,attr:href}" % name)
    alternates = [(link.get("type"), link.get("hreflang")) for link in element.findall(ATOM + "link")
                  if link.get("rel", "alternate") == "alternate"]
    if len(set(alternates)) < len(alternates):
        said.add("DuplicateAtomLink{parent:%s}" % name)
    return said


def atom(root):
    if root.tag == ATOM + "entry":
        return atom_part(root, "entry", ("id", "title", "updated"), ("updated", "published"))
    said = atom_part(root, "feed", ("id", "title", "updated"), ("updated",))
    entries = root.findall(ATOM + "entry")
    for entry in entries:
        said |= atom_part(entry, "entry", ("id", "title", "updated"), ("updated", "published"))
        if root.find(ATOM + "author") is None and entry.find(ATOM + "author") is None and \
                entry.find(f"{ATOM}source/{ATOM}author") is None:
            said.add("MissingElement{parent:entry,element:author}")
        if entry.find(ATOM + "content") is None and not any(
                link.get("rel", "alternate") == "alternate" for link in entry.findall(ATOM + "link")):
            said.add("MissingContentOrAlternate{element:entry,parent:feed}")
    return said


def check_xml(data):
    """The messages about a feed's bytes; None if it is neither RSS 2.0 nor Atom."""
    try:
        root = tree.fromstring(data)
    except (tree.ParseError, LookupError, ValueError):
        return {"SAXError"}
    if root.tag == "rss":
        return rss(root)
    return atom(root) if root.tag in (ATOM + "feed", ATOM + "entry") else None


def check_json(feed):
    said = set()
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        said.add("version")
    said |= {name for name in ("title", "home_page_url", "feed_url", "items") if not feed.get(name)}
    for item in feed.get("items", []):
        said |= {f"items.{name}" for name in ("id", "url", "title") if not item.get(name)}
        if "content_html" not in item and "content_text" not in item:
            said.add("items.content_html")
        said |= {f"items.{name}" for name in ("date_published", "date_modified")
                 if name in item and not rfc3339_ok(item[name])}
    ids = [item.get("id") for item in feed.get("items", [])]
    return said | ({"items.id twice"} if len(set(ids)) < len(ids) else set())
