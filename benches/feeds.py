"""Measures the reader of feeds beside Python's feedparser, on feedparser's own test files.

    pip install feedparser==6.0.14
    pip download --no-deps --no-binary :all: feedparser==6.0.14 && tar xzf feedparser-*.tar.gz
    cargo build && python3 benches/feeds.py --byline target/debug/byline feedparser-6.0.14/tests

Prints how many files with entries byline reads, in how many it finds as many entries as feedparser,
how many first titles agree, and every file that differs, grouped by what is wrong. Files in which
feedparser finds no entry are counted apart: of those byline must say that there is none.
"""

import argparse
import html
import json
import pathlib
import re
import subprocess
import sys
from collections import Counter, defaultdict

import feedparser

AT_ONCE = 100


def ours(binary, files):
    """What byline says of each file: its JSON."""
    out = {}
    for start in range(0, len(files), AT_ONCE):
        part = [str(f) for f in files[start : start + AT_ONCE]]
        done = subprocess.run(
            [binary, "feeds", "check", "--json", *part], capture_output=True, text=True
        )
        if done.returncode not in (0, 1):
            sys.exit(f"byline ended with {done.returncode}: {done.stderr[-500:]}")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if len(lines) != len(part):
            sys.exit(f"byline answered {len(lines)} of {len(part)} files: {done.stderr[-500:]}")
        out.update(zip(part, lines))
    return out


def flat(text):
    """A title without markup and white space."""
    return re.sub(r"\W+", "", html.unescape(re.sub(r"<[^>]*>", "", text or ""))).lower()


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("tests", type=pathlib.Path, help="folder tests/ of feedparser's source")
    args.add_argument("--byline", default="byline", help="the program")
    args.add_argument("--list", action="store_true", help="name every file that differs")
    args = args.parse_args()
    files = sorted(f for f in args.tests.rglob("*") if f.suffix in (".xml", ".json"))
    said = ours(args.byline, files)
    with_entries = equal = read = titles = titled = 0
    empty = empty_said = more = 0
    readers, wrong, by_folder = Counter(), defaultdict(list), Counter()
    for file in files:
        theirs = feedparser.parse(file.read_bytes())
        mine = said[str(file)]
        entries = mine.get("entries", [])
        name = str(file.relative_to(args.tests))
        readers[mine.get("reader", "none")] += 1
        if not theirs.entries:
            empty += 1
            empty_said += "error" in mine
            more += bool(entries)
            continue
        with_entries += 1
        read += bool(entries)
        if len(entries) == len(theirs.entries):
            equal += 1
            first = theirs.entries[0].get("title")
            if first:
                titled += 1
                titles += flat(first) == flat(html.escape(entries[0]["title"] or ""))
        else:
            why = mine.get("error", "").split(": ", 1)[-1].split(" — ")[0]
            why = why or f"{len(entries)} entries for {len(theirs.entries)}"
            wrong[why].append(name)
            by_folder[name.rsplit("/", 1)[0]] += 1
    print(f"files                                {len(files)}")
    print(f"with entries, says feedparser        {with_entries}")
    print(f"  read by byline                     {read} ({read / with_entries:.1%})")
    print(f"  as many entries                    {equal} ({equal / with_entries:.1%})")
    print(f"  first title the same               {titles} of {titled}")
    print(f"without entries, says feedparser     {empty}")
    print(f"  byline says that there is none     {empty_said}")
    print(f"  byline finds some                  {more}")
    print(f"read by                              {dict(readers)}")
    for why, names in sorted(wrong.items(), key=lambda w: -len(w[1])):
        print(f"{len(names):5}  {why}")
        for name in names if args.list else names[:3]:
            print(f"         {name}")


if __name__ == "__main__":
    main()
