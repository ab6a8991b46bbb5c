"""Lines of `byline annotate --input jsonl` -> lines that a scorer of names reads: {"id", "entities": [[start, end, type]]}.

    byline annotate --input jsonl corpus.jsonl | python3 training/score/annotated_to_ner.py > names.jsonl

A mention counts with the type that the model read (`conll`); one that rules found by name, with the type of its entity's
kind. Nominals and pronouns are no names. Offsets are Unicode scalar values into the text, as in the input. `--model-only`
leaves out what the model did not read itself. Standard library only.
"""
import json
import sys

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def names(document, model_only):
    for entity in document["entities"]:
        for m in entity["mentions"]:
            if m["form"] in ("nominal", "pronoun"):
                continue
            kind = m.get("conll")
            if kind is None and not model_only:
                kind = "MISC" if m["form"] == "demonym" else KINDS.get(entity["kind"], "MISC")
            if kind:
                yield [m["start"], m["end"], kind]


def main():
    model_only = "--model-only" in sys.argv[1:]
    for line in sys.stdin:
        document = json.loads(line)
        print(json.dumps({"id": document["id"], "entities": sorted(names(document, model_only))}))


if __name__ == "__main__":
    main()
