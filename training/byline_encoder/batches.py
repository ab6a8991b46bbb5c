"""Windows -> batches: which windows go together in an epoch, and the gold of a batch as tensors."""
import numpy as np
import torch

from . import augment, labels
from .heads import Tags
from .windows import MAX_PIECES, Window, collate, runs

REPEAT = {"crossner_politics": 4, "wnut17": 1}
SCATTERED = {"wnut17", "crossner_politics", "dse"}  # sentences that do not follow on each other


class Epoch:
    """All training windows once, with fresh noise, in batches of about `pieces` pieces."""

    def __init__(self, documents, vocabulary, names, rng, pieces=3072, case_rate=0.15, name_rate=0.25, word_rate=0.04,
                 share=None):
        self.vocabulary, self.rng, self.word_rate, self.case_rate = vocabulary, rng, word_rate, case_rate
        cut = []
        scattered = {}
        for d in documents:
            if share and rng.random() > share.get(d.corpus, 1.0):
                continue
            for _ in range(REPEAT.get(d.corpus, 1)):
                if d.corpus in SCATTERED:
                    scattered.setdefault(d.corpus, []).extend(d.sentences)
                    continue
                sentences = d.sentences
                if names and "conll" in sentences[0].layers and rng.random() < 0.5:
                    sentences = names.replace(sentences, rng, name_rate)
                cut += runs(vocabulary, sentences, augment.limit(rng, MAX_PIECES))
        for sentences in scattered.values():
            rng.shuffle(sentences)
            at = 0
            while at < len(sentences):
                n = rng.choice([1, 1, 2, 4, 8])
                cut += runs(vocabulary, sentences[at:at + n], MAX_PIECES)
                at += n
        rng.shuffle(cut)
        self.batches = []
        for i in range(0, len(cut), 512):
            chunk = [self.window(r) for r in cut[i:i + 512]]
            chunk.sort(key=len)
            batch, longest = [], 0
            for w in chunk:
                if batch and max(longest, len(w)) * (len(batch) + 1) > pieces:
                    self.batches.append(batch)
                    batch, longest = [], 0
                batch.append(w)
                longest = max(longest, len(w))
            if batch:
                self.batches.append(batch)
        rng.shuffle(self.batches)

    def window(self, cut):
        words = [augment.recase(s.words, self.rng, self.case_rate) for s, _, _ in cut]
        w = Window(self.vocabulary, cut, words)
        if self.word_rate:
            for i, first in enumerate(w.firsts):
                if self.rng.random() < self.word_rate:
                    end = w.firsts[i + 1] if i + 1 < len(w.firsts) else first + 1
                    span = w.pieces[first:end]
                    span[(span != self.vocabulary.sep)] = self.vocabulary.mask
        return w

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        for batch in self.batches:
            yield tensors(batch, self.vocabulary.pad, self.rng)


def tensors(windows, pad, rng):
    """Inputs and gold of a batch. Half of the pairs are asked the other way round: views of the second are rare."""
    b = {k: torch.from_numpy(v) for k, v in collate(windows, pad).items()}
    gold, base = {}, 0
    chains, trees, toward, pair = [], [], [], []
    tags = {"kind": [], "upos": [], "content": [], "source": []}
    for w in windows:
        for (s, a, z), (lo, hi) in zip(w.runs, w.bounds):
            at = base + lo
            if "conll" in s.layers:
                chains.append((at, s.layers["conll"][a:z]))
            for name, found in tags.items():
                if name in s.layers:
                    one = (lambda x: x) if name == "kind" else (lambda x: 1 << x)
                    found += [(at + i, one(x)) for i, x in enumerate(s.layers[name][a:z])]
            if "head" in s.layers and z - a == len(s.words):
                trees.append((at, s.layers["head"], s.layers["rel"]))
            if z - a == len(s.words):
                toward += [(at, z - a, t, y) for t, y in s.toward]
                pair += [(at, z - a, *(turned(x) if rng.random() < 0.5 else x)) for x in s.pair]
        base += len(w.firsts)
    if chains:
        gold["conll"] = chain(chains, len(labels.CONLL))
    for name, found in tags.items():
        if found:
            words, masks = (np.array(x) for x in zip(*found))
            allowed = (masks[:, None] >> np.arange(len(Tags.INVENTORIES[name]))) & 1
            gold[name] = {"words": torch.from_numpy(words), "allowed": torch.from_numpy(allowed.astype(bool))}
    if trees:
        gold["head"] = tree(trees)
    if toward:
        gold["toward"] = spans([(at, n, (t,), y) for at, n, t, y in toward], ("target",))
    if pair:
        gold["pair"] = spans([(at, n, (p, q), y) for at, n, p, q, y in pair], ("first", "second"))
    b["gold"] = gold
    return b


def turned(item):
    """(first, second, class) with the two spans exchanged."""
    first, second, label = item
    return second, first, labels.TURNED[label]


def chain(items, count):
    items = sorted(items, key=lambda x: -len(x[1]))
    longest = len(items[0][1])
    index = np.zeros((len(items), longest), np.int64)
    bits = np.ones((len(items), longest), np.int64)
    for r, (at, masks) in enumerate(items):
        index[r, :len(masks)] = np.arange(at, at + len(masks))
        bits[r, :len(masks)] = masks
    allowed = (bits[:, :, None] >> np.arange(count)) & 1
    return {"index": torch.from_numpy(index), "allowed": torch.from_numpy(allowed.astype(bool)),
            "lengths": torch.tensor([len(m) for _, m in items])}


def tree(items):
    longest = max(len(h) for _, h, _ in items)
    index, head, rel = (np.zeros((len(items), longest), np.int64) for _ in range(3))
    mask = np.zeros((len(items), longest), bool)
    for r, (at, heads, rels) in enumerate(items):
        n = len(heads)
        index[r, :n], head[r, :n], rel[r, :n], mask[r, :n] = np.arange(at, at + n), np.array(heads) + 1, rels, True
    return {"index": torch.from_numpy(index), "head": torch.from_numpy(head), "rel": torch.from_numpy(rel),
            "mask": torch.from_numpy(mask)}


def spans(items, names):
    longest = max(n for _, n, _, _ in items)
    index, mask = np.zeros((len(items), longest), np.int64), np.zeros((len(items), longest), np.float32)
    weights = {k: np.zeros((len(items), longest), np.float32) for k in names}
    for r, (at, n, ranges, _) in enumerate(items):
        index[r, :n], mask[r, :n] = np.arange(at, at + n), 1
        for k, (i, j) in zip(names, ranges):
            weights[k][r, i:j] = 1
    out = {"index": torch.from_numpy(index), "mask": torch.from_numpy(mask), "label": torch.tensor([y for *_, y in items])}
    out.update({k: torch.from_numpy(v) for k, v in weights.items()})
    return out
