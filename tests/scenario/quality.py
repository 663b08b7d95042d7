#!/usr/bin/env python3
"""Are related stories related, and does search find? The thresholds of bench/related.py and bench/search.py as tests, on
the same texts and by the program itself; skipped where the test material is not at hand.

    quality.py PROGRAM related|cranfield|russian|typos
"""
import json, pathlib, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import newsroom, related, search

EVERY = 20  # of the labelled stories: 335
TYPOS = 4    # of the mistyped words that the stories have


def shared_related(program):
    topics = related.labels()
    room = search.Room(program, "en", [json.dumps(story) for story in related.stories()], index=False)
    ids = sorted(room.names)
    of = {story: topics.get(name[2:], set()) for story, name in room.names.items() if name}
    asked = [story for story in ids[::EVERY] if of.get(story)]
    right = 0
    for story in asked:
        right += sum(bool(of[story] & of.get(int(other), set())) for other in room.run("tool", "related", story).split())
    return right / (5 * len(asked)), 0.82


def shared_cranfield(program):
    return search.cranfield(program), 0.39


def shared_russian(program):
    return search.russian(program), 0.94


def shared_typos(program):
    lines = search.corpus("reuters", "news-reuters21578")
    return search.typos(search.Room(program, "en", lines), lines, TYPOS), 0.88


def main():
    test = globals()["shared_" + sys.argv[2]]
    name = f"scenario/quality/{test.__name__}"
    print("1..1")
    if not (newsroom.SHARED / "data").is_dir():
        sys.exit(print(f"ok 1 - {name} # SKIP the test material is not at hand"))
    value, target = test(sys.argv[1])
    print(f"{'ok' if value >= target else 'not ok'} 1 - {name}\n# {value:.3f}, at least {target}")
    sys.exit(value < target)


if __name__ == "__main__":
    main()
