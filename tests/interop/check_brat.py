"""brat standoff, read by pybrat; every annotation is compared with the text at its offsets, and every type and role with
annotation.conf, which brat itself would refuse to differ from."""

import os
import pathlib
import re
import subprocess
import tempfile

from common import ARTICLE, SAMPLE, TEXT, done, module, refused

parser = module("pybrat.parser", "pybrat")


def read(folder):
    """What pybrat makes of a folder."""
    reader = parser.BratParser(error="raise")
    # Two annotations may have the same words, for brat if not for pybrat.
    reader._check_entities = lambda entities: None
    (example,) = reader.parse(str(folder))
    return example


def agree(ann, text):
    """Offsets are code points; words and offsets agree."""
    count = 0
    for line in ann.splitlines():
        if line.startswith("T"):
            _, where, words = line.split("\t")
            places = [tuple(map(int, place.split())) for place in where.split(" ", 1)[1].split(";")]
            assert " ".join(text[a:b] for a, b in places) == words, line
            count += 1
    return count


def known(ann, conf):
    """Types, roles and attributes are those of the configuration."""
    section, names = None, {}
    for line in conf.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line.strip():
            names.setdefault(section, {})[line.split()[0]] = line
    for line in ann.splitlines():
        id, what = line.split("\t")[:2]
        kind = what.split()[0].split(":")[0]
        if id[0] == "T":
            assert kind in names["entities"] or kind in names["events"], line
        elif id[0] == "E":
            for argument in what.split()[1:]:
                role = re.sub(r"\d+$", "", argument.split(":")[0])
                assert re.search(rf"\b{role}[?*]?:", names["events"][kind]), line
        elif id[0] == "A":
            value = what.split()[2]
            assert value in re.split(r"[|:\s]", names["attributes"][kind]), line


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    ann = folder / "a.ann"
    command = [os.environ["BYLINE"], "export", str(ARTICLE), "--format", "brat", "-o", str(ann)]
    subprocess.run(command, check=True, capture_output=True)
    text = (folder / "a.txt").read_text(encoding="utf-8")
    assert text == TEXT and (folder / "annotation.conf").exists()
    lines = ann.read_text(encoding="utf-8")
    spans = agree(lines, text)
    known(lines, (folder / "annotation.conf").read_text())
    example = read(folder)
    mentions = sum(len(e["mentions"]) for e in SAMPLE["entities"])
    assert len(example.entities) >= mentions and len(example.events) >= len(SAMPLE["quotes"])
    refused(agree, re.sub(r"^(T1\t\S+ )\d+", r"\g<1>1", lines, flags=re.M), text)
    refused(known, lines.replace("\tQuote:", "\tQuip:"), (folder / "annotation.conf").read_text())
    ann.write_text(lines + "E99\tQuote:T999 Speaker:T1\n", encoding="utf-8")
    refused(read, folder)
done(f"pybrat reads {len(example.entities)} spans and {len(example.events)} events", f"{spans} offsets agree", "3 faulty ones refused")
