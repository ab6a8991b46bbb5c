"""Noise for training: casing of whole sentences, names replaced by others of their kind, how much context a window has."""
import random

SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "as", "by", "with", "from", "is", "'s"}


def title(words):
    return [w if w.lower() in SMALL and i else w[:1].upper() + w[1:] for i, w in enumerate(words)]


def recase(words, rng, rate):
    """The words, most often as they are; else in lower case, Title Case or ALL CAPITALS, or one word recased."""
    draw = rng.random()
    if draw > rate:
        return words
    if draw < 0.35 * rate:
        return [w.lower() for w in words]
    if draw < 0.6 * rate:
        return title(words)
    if draw < 0.85 * rate:
        return [w.upper() for w in words]
    return [w.lower() if rng.random() < 0.3 else w for w in words]


class Names:
    """Spans of CoNLL training documents by type, to put in place of others; consistent within a document."""

    def __init__(self, documents, labels):
        self.labels = labels
        self.pool = {}
        for d in documents:
            for s in d.sentences:
                if "conll" in s.layers:
                    for a, b, t in self.spans(s):
                        if t in ("PER", "ORG", "LOC"):
                            self.pool.setdefault(t, set()).add((tuple(s.words[a:b]), tuple(s.layers["kind"][a:b])))
        self.pool = {t: sorted(p) for t, p in self.pool.items()}

    def spans(self, s):
        tags = [self.labels[m.bit_length() - 1] for m in s.layers["conll"]]
        out, i = [], 0
        while i < len(tags):
            if tags[i].startswith("B-"):
                j = i + 1
                while j < len(tags) and tags[j].startswith("I-"):
                    j += 1
                out.append((i, j, tags[i][2:]))
                i = j
            else:
                i += 1
        return out

    def replace(self, sentences, rng, rate):
        """Copies of the sentences with a share of their names exchanged."""
        chosen = {}
        out = []
        for s in sentences:
            spans = self.spans(s)
            words, conll, kind, at = [], [], [], 0
            for a, b, t in spans:
                words += s.words[at:a]
                conll += s.layers["conll"][at:a]
                kind += s.layers["kind"][at:a]
                key = (t, " ".join(s.words[a:b]).lower())
                if key not in chosen:
                    chosen[key] = rng.choice(self.pool[t])[0] if t in self.pool and rng.random() < rate else None
                new = chosen[key]
                if new is None:
                    words += s.words[a:b]
                    conll += s.layers["conll"][a:b]
                    kind += s.layers["kind"][a:b]
                else:
                    caps = all(w.isupper() for w in s.words[a:b]) and len("".join(s.words[a:b])) > 4
                    words += [w.upper() if caps else w for w in new]
                    first, rest = (1 << self.labels.index(p + t) for p in ("B-", "I-"))
                    conll += [first] + [rest] * (len(new) - 1)
                    low = s.layers["kind"][a]
                    kind += [low] + [low << 1] * (len(new) - 1)
                at = b
            copy = type(s)(words + s.words[at:], s.id)
            copy.layers = {"conll": conll + s.layers["conll"][at:], "kind": kind + s.layers["kind"][at:]}
            out.append(copy)
        return out


def limit(rng, longest, short=0.25):
    """Pieces a window may have: mostly all, sometimes few, so that a lone sentence is no surprise."""
    if rng.random() < short:
        return rng.choice([24, 40, 64, 96])
    return rng.choice([longest, longest, longest, int(longest * 0.8)])
