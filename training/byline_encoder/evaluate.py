"""Development scores of a checkpoint or of the exported files. Prediction files go to --out for the project's scorer.

    python -m byline_encoder.evaluate --data DATA --model RUN/best.pt --out RUN/dev
    python -m byline_encoder.evaluate --data DATA --model EXPORT_DIR  --out EXPORT_DIR/dev
"""
import argparse
import json
import pathlib

import numpy as np

from . import corpora, labels, predict, scores

NAME_SETS = ["conll2003", "wnut17", "crossner_politics", "uner_ewt"]
RECASED = [("conll2003", "upper"), ("conll2003", "title"), ("conll2003", "lower"), ("uner_ewt", "upper"), ("uner_ewt", "title")]
FOLD = {"person": "PER", "politician": "PER", "location": "LOC", "country": "LOC", "corporation": "ORG", "group": "ORG",
        "organisation": "ORG", "politicalparty": "ORG", "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}


def fold_gold(tags):
    return [t if t == "O" or t[2:] not in FOLD else t[:2] + FOLD[t[2:]] for t in tags]


def load_dev(data):
    """{set: (documents, {sentence id: gold tags})}"""
    data = pathlib.Path(data)
    out = {}
    for name in NAME_SETS:
        path = data / "ner" / (name + ".dev.jsonl")
        gold = {json.loads(line)["id"]: fold_gold(json.loads(line)["tags"]) for line in corpora.lines(path)}
        out[name] = (corpora.names(path, name), gold)
    return out


def recased(documents, how):
    """Copies with every sentence in capitals or Title Case: headlines."""
    from .augment import title
    act = {"upper": lambda w: [x.upper() for x in w], "title": title, "lower": lambda w: [x.lower() for x in w]}[how]
    return [corpora.Document(d.corpus, [corpora.Sentence(act(s.words), s.id) for s in d.sentences]) for d in documents]


def blend(out, share):
    """Emissions of the four-type head plus those of the kind head folded to four types (log-sum over its kinds)."""
    kinds = out["kind"] - np.logaddexp.reduce(out["kind"], axis=1, keepdims=True)
    own = out["conll"] - np.logaddexp.reduce(out["conll"], axis=1, keepdims=True)
    folded = np.full_like(own, -30.0)
    folded[:, 0] = kinds[:, 0]
    for i, t in enumerate(labels.KINDS[1:], 1):
        j = labels.CONLL.index(t[:2] + labels.KIND_TO_CONLL[t[2:]])
        folded[:, j] = np.logaddexp(folded[:, j], kinds[:, i])
    return share * own + (1 - share) * folded


SHARE = 0.8  # of the four-type head in the blend; 0.4 to 0.8 differ by less than a point on every set


def name_tags(out, crf, head, share=SHARE):
    if head == "kind":
        return predict.fold(predict.chain(out, "kind", crf("kind"), labels.KINDS))
    if head == "blend":
        out = {"conll": blend(out, share)}
    return predict.chain(out, "conll", crf("conll"), labels.CONLL)


def names(runner, vocabulary, dev, out_dir=None, heads=("conll", "kind", "blend"), cases=()):
    run, _, crf = runner
    result = {}
    jobs = [(n, n, d, g) for n, (d, g) in dev.items()]
    jobs += [(n + "." + how, n, recased(dev[n][0], how), dev[n][1]) for n, how in cases]
    for title, base, documents, gold in jobs:
        found = predict.outputs(run, vocabulary, documents)
        types = None if base == "conll2003" else ("PER", "ORG", "LOC")
        for head in heads:
            pairs, lines = [], []
            for d in documents:
                for s in d.sentences:
                    tags = name_tags(found[id(s)], crf, head)
                    pairs.append((tags, gold[s.id]))
                    lines.append(json.dumps({"id": s.id, "tags": tags}))
            result["%s/%s" % (title, head)] = scores.entity_f1(pairs, types)
            if out_dir:
                (out_dir / ("%s.%s.jsonl" % (title, head))).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return result


def syntax(runner, vocabulary, data, corpus="en_ewt"):
    run, relations, _ = runner
    documents = corpora.dependencies(pathlib.Path(data) / "ud" / (corpus + ".dev.conllu"), corpus)
    found = predict.outputs(run, vocabulary, documents)
    rows = []
    for d in documents:
        for s in d.sentences:
            o = found[id(s)]
            heads, rels = predict.parse(o, relations)
            rows.append((s, heads, rels, o["upos"].argmax(1)))
    return scores.attachment(rows, labels.UPOS)


def main():
    from . import load
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--model", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--f32", action="store_true", help="of an export directory, the encoder that was kept with --keep-f32")
    p.add_argument("--plain", action="store_true", help="without the recased sets")
    a = p.parse_args()
    runner, vocabulary, extra = load.open_model(a.model, "encoder.f32.onnx" if a.f32 else "encoder.onnx")
    out = pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    result = names(runner, vocabulary, load_dev(a.data), out, cases=[] if a.plain else RECASED)
    for corpus in ("en_ewt", "en_gum_free"):
        result.update({"%s/%s" % (corpus, k): v for k, v in syntax(runner, vocabulary, a.data, corpus).items()})
    result.update(extra(a.data, out))
    for k, v in result.items():
        print("%-32s %.2f" % (k, v))
    (out / "scores.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
