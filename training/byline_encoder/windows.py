"""Documents -> windows: consecutive sentences of one document, as arrays. What a window is, is part of the reference.

A window is [CLS] s1 [SEP] s2 [SEP] ...; a document of n pieces is cut into ceil(n / MAX_PIECES) windows of about equal
size, at sentence ends; a sentence that is longer than a window is cut between words."""
import math

import numpy as np

from . import surface

MAX_PIECES = 192


class Window:
    """Arrays of one window, and the (sentence, first word, last word) runs its words came from."""

    def __init__(self, vocabulary, runs, words=None):
        pieces, shapes, contexts, firsts = [vocabulary.cls], [0], [0], []
        self.runs = runs
        self.bounds = []
        for n, (sentence, a, b) in enumerate(runs):
            seen = words[n] if words else sentence.words
            context = surface.context_ids(seen)
            at = len(firsts)
            for k in range(a, b):
                ids = vocabulary.ids(seen[k])
                firsts.append(len(pieces))
                pieces.extend(ids)
                shape = surface.shape_id(seen[k], True)
                shapes.append(shape)
                shapes.extend([shape + 1] * (len(ids) - 1))
                contexts.extend([context[k]] * len(ids))
            self.bounds.append((at, len(firsts)))
            pieces.append(vocabulary.sep)
            shapes.append(0)
            contexts.append(0)
        self.pieces, self.shapes = np.array(pieces, np.int64), np.array(shapes, np.int64)
        self.contexts, self.firsts = np.array(contexts, np.int64), np.array(firsts, np.int64)

    def __len__(self):
        return len(self.pieces)


def sizes(vocabulary, sentence):
    return [len(vocabulary.ids(w)) for w in sentence.words]


def runs(vocabulary, sentences, limit=MAX_PIECES):
    """Cut a document: a list of windows, each a list of (sentence, first word, last word). `limit` is MAX_PIECES, or less
    where training wants small windows; a sentence is cut only where it is longer than MAX_PIECES."""
    units = []
    for s in sentences:
        start, used = 0, 0
        for k, n in enumerate(sizes(vocabulary, s)):
            if used + n > MAX_PIECES - 2:
                units.append((s, start, k, used + 1))
                start, used = k, 0
            used += n
        units.append((s, start, len(s.words), used + 1))
    total = sum(u[3] for u in units)
    count = max(1, math.ceil(total / (limit - 1)))
    goal = total / count
    out, used, done = [[]], 0, 0
    for s, a, b, n in units:
        full = used + n > limit - 1
        # Close where the middle of this unit lies past the goal of the window.
        enough = len(out) < count and done + n / 2 > goal * len(out)
        if out[-1] and (full or enough):
            out.append([])
            used = 0
        out[-1].append((s, a, b))
        used += n
        done += n
    return out


def collate(windows, pad):
    """Padded arrays of several windows; `firsts` are flat indices into batch x length."""
    length = max(len(w) for w in windows)
    shape = (len(windows), length)
    pieces, shapes = np.full(shape, pad, np.int64), np.zeros(shape, np.int64)
    contexts, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    firsts = []
    for i, w in enumerate(windows):
        n = len(w)
        pieces[i, :n], shapes[i, :n], contexts[i, :n], mask[i, :n] = w.pieces, w.shapes, w.contexts, 1
        firsts.append(w.firsts + i * length)
    return {"pieces": pieces, "shapes": shapes, "contexts": contexts, "mask": mask, "firsts": np.concatenate(firsts)}
