"""spaCy's Doc.from_json, displaCy, Prodigy's tasks by char_span, doccano and Label Studio by their offsets."""

import json

from common import SAMPLE, TEXT, done, export, module, refused

spacy = module("spacy")
from spacy import displacy  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

nlp = spacy.blank("en")


def doc(value):
    made = Doc(nlp.vocab).from_json(value, validate=True)
    assert made.text == TEXT, "spaCy's text differs"
    return made


value = json.loads(export("spacy"))
made = doc(value)
mentions = {(m["start"], m["end"]) for e in SAMPLE["entities"] + SAMPLE.get("figures", []) for m in e["mentions"]}
assert {(s.start_char, s.end_char) for s in made.spans["mentions"]} == mentions
assert len(made.spans["quotes"]) == len(SAMPLE["quotes"])
assert len(doc(json.loads(json.dumps(made.to_json()))).ents) == len(made.ents)

(drawn,) = json.loads(export("displacy"))
html = displacy.render(drawn, style="ent", manual=True)
assert html.count("<mark") == len(drawn["ents"])

task = json.loads(export("prodigy"))
words = [t["text"] for t in task["tokens"]]
spaced = Doc(nlp.vocab, words=words, spaces=[t["ws"] for t in task["tokens"]])
assert spaced.text == task["text"] == TEXT
for span in task["spans"]:
    found = spaced.char_span(span["start"], span["end"], label=span["label"])
    assert found is not None and (found.start, found.end - 1) == (span["token_start"], span["token_end"]), span


def offsets(regions):
    """Words and offsets agree."""
    for region in regions:
        assert TEXT[region["start"]:region["end"]] == region["text"], region


(studio,) = json.loads(export("label-studio"))
regions = [r["value"] for r in studio["predictions"][0]["result"] if r["type"] == "labels"]
offsets(regions)
line = json.loads(export("doccano"))
ids = {e["id"] for e in line["entities"]}
assert line["text"] == TEXT and all(r["from_id"] in ids and r["to_id"] in ids for r in line["relations"])
assert {(m[0], m[1]) for m in mentions} <= {(e["start_offset"], e["end_offset"]) for e in line["entities"]}

refused(doc, {**value, "ents": [{"start": 1, "end": 10**6, "label": "X"}]})
refused(doc, {**value, "tokens": "none"})
refused(offsets, [{**regions[0], "start": regions[0]["start"] + 1}])
done(f"spaCy reads {len(made.ents)} names and {len(mentions)} mentions", f"displaCy draws {len(drawn['ents'])}",
     f"{len(task['spans'])} spans of Prodigy, {len(regions)} regions of Label Studio, {len(ids)} of doccano", "3 faulty ones refused")
