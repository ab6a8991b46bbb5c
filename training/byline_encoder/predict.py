"""Documents -> what the model says of every word. Works on any `run(inputs) -> outputs` (torch or the exported graph)."""
import numpy as np
import torch

from . import labels, tree
from .crf import Crf, legal, viterbi
from .windows import Window, collate, runs


def torch_runner(model, fast=False):
    """The model as a function from input arrays to the outputs that the exported graph has; `fast` in bfloat16."""
    model.eval()

    @torch.no_grad()
    def run(arrays):
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            h = model.words({k: torch.from_numpy(v) for k, v in arrays.items()})
            query, key, extra, root = model.arcs(h)
            dep, head = model.relations.sides(h)
            out = {n: e(h) for n, e in model.tags.emit.items()}
            out.update(arc_query=query, arc_key=key, arc_extra=torch.cat([extra, root], -1), rel_dependent=dep,
                       rel_head=head, hidden=h)
        return {k: v.float().numpy() for k, v in out.items()}

    def relations(dep, head):
        with torch.no_grad():
            return model.relations.label(torch.from_numpy(dep), torch.from_numpy(head)).numpy()

    def crf(name):
        if name in model.tags.crf:
            return [w.detach().numpy() for w in model.tags.crf[name].weights()]
        return legal_weights(model.tags.INVENTORIES[name])

    return run, relations, crf


def legal_weights(inventory):
    """Transitions of an inventory without learned ones: 0 where BIO allows it."""
    pairs, start = legal(inventory)
    forbid = lambda ok: np.where(ok.numpy(), 0.0, Crf.FORBIDDEN).astype(np.float32)
    return [forbid(pairs), forbid(start), np.zeros(len(inventory), np.float32)]


def outputs(run, vocabulary, documents, limit=None, pieces=4096):
    """{sentence object id: {output: array over its words}} for all sentences."""
    from .windows import MAX_PIECES
    windows = [Window(vocabulary, cut) for d in documents for cut in runs(vocabulary, d.sentences, limit or MAX_PIECES)]
    windows.sort(key=len)
    found, i = {}, 0
    while i < len(windows):
        j = i + 1
        while j < len(windows) and len(windows[j]) * (j + 1 - i) <= pieces:
            j += 1
        batch = windows[i:j]
        out = run(collate(batch, vocabulary.pad))
        base = 0
        for w in batch:
            for (s, a, _), (lo, hi) in zip(w.runs, w.bounds):
                found.setdefault(id(s), []).append((a, {k: v[base + lo:base + hi] for k, v in out.items()}))
            base += len(w.firsts)
        i = j
    return {k: {n: np.concatenate([p[n] for _, p in sorted(parts, key=lambda x: x[0])]) if len(parts) > 1 else parts[0][1][n]
                for n in parts[0][1]} for k, parts in found.items()}


def chain(out, name, crf, inventory):
    transition, start, end = crf
    return [inventory[i] for i in viterbi(out[name], transition, start, end)]


def parse(out, relations):
    """(heads as indices, -1 root; relation names)."""
    query, key, extra = out["arc_query"], out["arc_key"], out["arc_extra"]
    n = len(query)
    score = np.zeros((n + 1, n + 1), np.float64)
    score[1:, 1:] = query @ key.T + extra[:, 0]
    score[1:, 0] = extra[:, 1]
    head = tree.best(score)[1:] - 1
    rel = ["root"] * n
    kids = np.flatnonzero(head >= 0)
    if len(kids):
        scores = relations(out["rel_dependent"][kids], out["rel_head"][head[kids]])
        scores[:, 0] = -1e9
        for k, r in zip(kids, scores.argmax(1)):
            rel[k] = labels.RELATIONS[r]
    return head.tolist(), rel


def fold(kind_tags):
    """Kinds -> the four types of CoNLL."""
    return [t if t == "O" else t[:2] + labels.KIND_TO_CONLL[t[2:]] for t in kind_tags]
