"""Markdown, Org and HTML, read by pandoc: words of others are text, never markup."""

import json
import re
import subprocess

from common import SAMPLE, done, export, program, refused

PANDOC = program("pandoc")
FORMATS = {
    "markdown": "commonmark_x-smart", "obsidian": "markdown+yaml_metadata_block-smart", "org": "org",
    "html": "html",
}
OWN_LINKS = ("https://ledger.example/", "#")


def parse(data, reader):
    command = [PANDOC, "--from", reader, "--to", "json"]
    return json.loads(subprocess.run(command, input=data, check=True, capture_output=True).stdout)


def walk(value):
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def words(value):
    """All text of a tree, blanks aside."""
    out = []
    for node in walk(value):
        if node["t"] in ("Str",):
            out.append(node["c"])
        elif node["t"] == "Code":
            out.append(node["c"][1])
    return "".join(out).replace("\u200b", "").replace("\u00a0", "").replace(" ", "") \
        .translate(str.maketrans("‘’“”…–—", "''\"\".--"))


def tame(tree):
    """No raw markup, no link that is not ours, no picture."""
    for node in walk(tree):
        assert node["t"] not in ("RawInline", "RawBlock", "Math"), node
        # Our own drawings stand in the page itself.
        assert node["t"] != "Image" or node["c"][2][0].startswith("data:image/svg+xml"), node
        if node["t"] == "Link":
            to = node["c"][2][0]
            assert to.startswith(OWN_LINKS) or "evil" not in to, to
            assert to.startswith(OWN_LINKS), to


def plain(text):
    return "".join(text.split()).translate(str.maketrans("‘’“”…–—", "''\"\".--"))


for name, reader in FORMATS.items():
    tree = parse(export(name), reader)
    tame(tree)
    # Words marked with `==` are text to pandoc before version 3.
    shown = words(tree).replace("==", "")
    for mark in SAMPLE["highlights"]:
        for said in [mark["text"], *mark.get("note", "").splitlines()]:
            assert plain(said) in shown, (name, said)
    for entity in SAMPLE["entities"]:
        if name == "html":
            assert plain(entity["name"]) in shown, (name, entity["name"])
    if name == "obsidian":
        assert tree["meta"]["title"], "front matter"
        rows = export(name).decode("utf-8").splitlines()
        marks = [row for row in rows if re.fullmatch(r"> .*==.+==.*", row)]
        assert len(marks) == sum(not m.get("orphan") for m in SAMPLE["highlights"]), len(marks)
refused(lambda data: tame(parse(data, "commonmark_x")), export("markdown") + b"\n<b>x</b>\n")
refused(lambda data: tame(parse(data, "org")), export("org") + b"\n[[http://evil.example][x]]\n")
done(f"{len(FORMATS)} formats without raw markup, strange links or pictures",
     f"{len(SAMPLE['highlights'])} highlights found in each", "2 faulty ones refused")
