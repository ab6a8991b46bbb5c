"""Scores of the quotation and stance heads: prediction files for the project's scorer, and a quick figure of our own."""
import json
import pathlib

import numpy as np

from . import corpora, labels, predict


class TorchStance:
    """A checkpoint with the interface of `exported.Exported`."""

    def __init__(self, model, runner, vocabulary):
        import torch
        self.run, self.relations, self.crf = runner
        self.vocabulary = vocabulary
        tensor = lambda xs: [torch.from_numpy(x) for x in xs]

        def toward(*xs):
            with torch.no_grad():
                return model.stance.toward(*tensor(xs)).numpy()

        def pair(*xs):
            with torch.no_grad():
                return model.stance.pair(*tensor(xs)).numpy()

        model.eval()

        self.toward, self.pair = toward, pair


def spans(tags):
    out, i = [], 0
    while i < len(tags):
        j = i + 1
        if tags[i] != "O":
            while j < len(tags) and tags[j] == "I-" + tags[i][2:]:
                j += 1
            out.append((i, j, tags[i][2:]))
        i = j
    return out


def distance(a, b):
    return max(a[0] - b[1], b[0] - a[1], 0)


def attributions(content, source, sentence_of):
    """A content with its nearest cue, and that cue's nearest source, in the same or a neighbouring sentence."""
    parts = spans(source)
    cues, sources = [x for x in parts if x[2] == "cue"], [x for x in parts if x[2] == "source"]
    near = lambda xs, to: min((x for x in xs if abs(sentence_of[x[0]] - sentence_of[to[0]]) <= 1
                               or abs(sentence_of[x[0]] - sentence_of[to[1] - 1]) <= 1),
                              key=lambda x: distance(x, to), default=None)
    out = []
    for c in spans(content):
        cue = near(cues, c)
        out.append((c, cue, near(sources, cue or c)))
    return out


def quotes(m, data, out):
    lines, hit, found, gold_n = [], 0, 0, 0
    path = pathlib.Path(data) / "quotes" / "polnear.dev.jsonl"
    docs = corpora.quotations(path)
    states = predict.outputs(m.run, m.vocabulary, docs)
    for row, d in zip((json.loads(x) for x in corpora.lines(path)), docs):
        at = corpora.tokens(row["text"])
        sentence_of = [n for n, s in enumerate(d.sentences) for _ in s.words]
        whole = {n: np.concatenate([states[id(s)][n] for s in d.sentences]) for n in ("content", "source")}
        content = predict.chain(whole, "content", m.crf("content"), labels.CONTENT)
        source = predict.chain(whole, "source", m.crf("source"), labels.SOURCE)
        chars = lambda x: [at[x[0]][0], at[x[1] - 1][1]] if x else None
        lines.append(json.dumps({"id": row["id"], "quotes": [{"quote": chars(c), "cue": chars(u), "speaker": chars(s)}
                                                             for c, u, s in attributions(content, source, sentence_of)]}))
        layer = [labels.CONTENT[i] for s in d.sentences for i in s.layers["content"]]
        p, g = set(spans(content)), set(spans(layer))
        hit, found, gold_n = hit + len(p & g), found + len(p), gold_n + len(g)
    if out:
        (out / "polnear.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {"polnear/content exact F1": 200.0 * hit / max(1, found + gold_n)}


def padded(hidden, items):
    """hidden: list of n x h; items: list of tuples of (from, to) -> arrays for the stance heads."""
    t = max(len(h) for h in hidden)
    words = np.zeros((len(hidden), t, hidden[0].shape[1]), np.float32)
    mask = np.zeros((len(hidden), t), np.float32)
    weights = [np.zeros((len(hidden), t), np.float32) for _ in items[0]]
    for r, (h, ranges) in enumerate(zip(hidden, items)):
        words[r, :len(h)], mask[r, :len(h)] = h, 1
        for w, (i, j) in zip(weights, ranges):
            w[r, i:j] = 1.0
    return [words, mask] + weights


def macro(pairs, classes):
    f = []
    for c in range(classes):
        tp = sum(p == g == c for p, g in pairs)
        n = sum(p == c for p, _ in pairs) + sum(g == c for _, g in pairs)
        f.append(200.0 * tp / n if n else 0.0)
    return sum(f) / classes


def both_ways(pair, asked):
    """Log probabilities of a pair's classes, the mean of both orders."""
    words, mask, first, second = asked
    norm = lambda x: x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    return (norm(pair(words, mask, first, second)) + norm(pair(words, mask, second, first))[:, labels.TURNED]) / 2


def stance(m, data, out, corpus):
    path = pathlib.Path(data) / "stance" / (corpus + ".dev.jsonl")
    rows = [json.loads(x) for x in corpora.lines(path)]
    docs = corpora.stances(path, corpus)
    states = predict.outputs(m.run, m.vocabulary, docs)
    by_text = {(s.id, " ".join(s.words)): states[id(s)]["hidden"] for d in docs for s in d.sentences}
    texts = {}
    for row in rows:
        at = corpora.tokens(row["text"])
        words = " ".join(row["text"][a:b] for a, b in at)
        texts.setdefault((row.get("doc", ""), row["text"]), by_text.get((row["id"], words)))
    lines, pairs = [], []
    for i in range(0, len(rows), 64):
        chunk = rows[i:i + 64]
        hidden, items = [], []
        for row in chunk:
            at = corpora.tokens(row["text"])
            hidden.append(texts[(row.get("doc", ""), row["text"])])
            ends = [row["target"]] if corpus == "newsmtsc" else row["pair"]
            items.append(tuple(corpora.covered(at, x["start"], x["end"]) or (0, 1) for x in ends))
        asked = padded(hidden, items)
        scores = m.toward(*asked) if corpus == "newsmtsc" else both_ways(m.pair, asked)
        for row, c in zip(chunk, scores.argmax(1).tolist()):
            if corpus == "newsmtsc":
                lines.append(json.dumps({"id": row["id"], "label": labels.TOWARD[c]}))
                pairs.append((c, labels.TOWARD.index(row["label"])))
            else:
                lines.append(json.dumps({"id": row["id"], "class5": c}))
                pairs.append((c, row["class5"]))
    if out:
        (out / (corpus + ".jsonl")).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {corpus + "/macro F1": macro(pairs, 3 if corpus == "newsmtsc" else 5),
            corpus + "/accuracy": 100.0 * sum(p == g for p, g in pairs) / len(pairs)}


def scores(m, data, out=None):
    result = quotes(m, data, out)
    for corpus in ("newsmtsc", "dse"):
        result.update(stance(m, data, out, corpus))
    return result
