"""Lines of `byline annotate --input jsonl` -> lines that a scorer of attributions reads: {"id", "quotes": [{"quote": [start,
end], "cue": [start, end] | null, "speaker": [start, end] | null, "type"}]}.

    byline annotate --input jsonl corpus.jsonl | python3 training/score/annotated_to_quotes.py > quotes.jsonl

Quotes and other attributions are taken together, in the manner of PolNeAR: an utterance that reporting words break in two
is one, with its hull for a span and its pieces in `quote_parts`; quoted words inside reported speech count with it; "that"
before reported speech belongs to it; words in marks for distance are none. `--types direct,mixed` keeps those types alone:
direct where all words stand between double quotation marks, mixed where some do, indirect where none do. `--speech` leaves
out attributions that are no speech. Offsets are Unicode scalar values into the text, as in the input. Standard library only.
"""
import json
import re
import sys

MARKS = "“”\"„«»"
OPENING = re.compile(r"\b(?:that|whether)\s+$", re.I)


def pair(span):
    return [span["start"], span["end"]] if span else None


def kind(text, quote):
    """The type that double marks give to a quote: single ones count for none."""
    words = text[quote["start"]:quote["end"]]
    if quote["kind"] in ("direct", "mixed") and words[0] in MARKS:
        return "direct"
    return "mixed" if any(mark in words for mark in MARKS) else "indirect"


def attributions(document, speech):
    text = document["document"]["text"]
    own = ("author", "editor")
    found = [q for q in document["quotes"] if q["kind"] != "scare" and (q["cue"] or q.get("speaker_role") not in own)]
    if not speech:
        found += document.get("attributions", [])
    whole = {}
    out = []
    for quote in found:
        span = pair(quote)
        first = whole.get(quote.get("continues"))
        if first:
            first["quote_parts"].append(span)
            first["types"].add(kind(text, quote))
            first["quote"][1] = max(first["quote"][1], span[1])
            whole[quote["id"]] = first
            continue
        if quote["kind"] != "direct":
            before = OPENING.search(text[max(0, span[0] - 12):span[0]])
            span[0] -= len(before.group()) if before else 0
        made = {"quote": list(span), "quote_parts": [span], "cue": pair(quote["cue"]), "speaker": pair(quote["speaker_span"]),
                "types": {kind(text, quote)}}
        whole[quote["id"]] = made
        out.append(made)
    kept = []
    for n, one in enumerate(out):
        a, b = one["quote"]
        held = any((s <= a and b <= e) and ((s, e) != (a, b) or m < n)
                   for m, other in enumerate(out) if m != n for s, e in [other["quote"]])
        if not held:
            types = one.pop("types")
            one["type"] = types.pop() if len(types) == 1 else "mixed"
            if len(one["quote_parts"]) == 1:
                del one["quote_parts"]
            kept.append(one)
    return sorted(kept, key=lambda q: q["quote"])


def main():
    arguments = sys.argv[1:]
    types = arguments[arguments.index("--types") + 1].split(",") if "--types" in arguments else None
    for line in sys.stdin:
        document = json.loads(line)
        quotes = attributions(document, "--speech" in arguments)
        if types:
            quotes = [q for q in quotes if q["type"] in types]
        print(json.dumps({"id": document["id"], "quotes": quotes}))


if __name__ == "__main__":
    main()
