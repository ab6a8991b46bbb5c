"""Lines of `byline annotate --input jsonl` -> lines that a scorer of coreference reads: {"id", "clusters": [[[start, end]]]}.

    byline annotate --input jsonl corpus.jsonl | python3 training/score/annotated_to_coref.py > clusters.jsonl

One cluster an entity, of its names, demonyms and metonyms; `--all` takes nominals and pronouns too. Offsets are Unicode
scalar values into the text, as in the input. Standard library only.
"""
import json
import sys

NAMED = ("name", "demonym", "metonym")


def main():
    every = "--all" in sys.argv[1:]
    for line in sys.stdin:
        document = json.loads(line)
        clusters = []
        for entity in document["entities"]:
            spans = [[m["start"], m["end"]] for m in entity["mentions"] if every or m["form"] in NAMED]
            if spans:
                clusters.append(spans)
        print(json.dumps({"id": document["id"], "clusters": clusters}))


if __name__ == "__main__":
    main()
