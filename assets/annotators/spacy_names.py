"""An external annotator: names by spaCy, laid beside those of byline.

    [annotator]
    command = ["python3", "assets/annotators/spacy_names.py", "en_core_web_sm"]
    timeout = 60

Reads one annotated document of byline (JSON) on standard input and prints one with the entities that spaCy's model finds.
`document` and `sentences` may be left out: they are those of the input. Offsets are code points, as in Python.
"""
import json
import sys

KINDS = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "DATE": "date", "TIME": "date", "MONEY": "money",
    "PERCENT": "percent", "QUANTITY": "quantity", "CARDINAL": "quantity", "ORDINAL": "quantity",
}


def entities(doc):
    groups = {}
    for ent in doc.ents:
        kind = KINDS.get(ent.label_, "other")
        groups.setdefault((kind, ent.text), []).append({"start": ent.start_char, "end": ent.end_char, "form": "name", "rule": ent.label_})
    figures = {"date", "money", "percent", "quantity"}
    ordered = sorted(groups.items(), key=lambda item: item[0][0] in figures)
    for n, ((kind, name), mentions) in enumerate(ordered, start=1):
        yield {"id": f"E{n}", "name": name, "kind": kind, "mentions": mentions}


def main():
    import spacy

    name = sys.argv[1] if len(sys.argv) > 1 else "en_core_web_sm"
    nlp = spacy.load(name)
    text = json.load(sys.stdin)["document"]["text"]
    print(json.dumps({"byline": 1, "entities": list(entities(nlp(text)))}))


if __name__ == "__main__":
    main()
