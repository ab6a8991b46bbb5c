"""Scores that are counted here: attachment and part of speech (the other ones are counted by the project's scorer), and a
quick entity F1 to watch a run by."""


def spans(tags):
    out, i = set(), 0
    while i < len(tags):
        if tags[i] != "O":
            j = i + 1
            while j < len(tags) and tags[j] == "I-" + tags[i][2:]:
                j += 1
            out.add((i, j, tags[i][2:]))
            i = j
        else:
            i += 1
    return out


def entity_f1(pairs, types=None):
    hit = found = gold = 0
    for p, g in pairs:
        p, g = (({x for x in spans(t) if not types or x[2] in types}) for t in (p, g))
        hit, found, gold = hit + len(p & g), found + len(p), gold + len(g)
    return 200.0 * hit / max(1, found + gold)


def attachment(rows, upos_names):
    """rows: (sentence, heads, rels, upos). UAS and LAS without punctuation (gold tag), UPOS over all words."""
    from .labels import RELATIONS
    uas = las = n = tag = words = 0
    for s, heads, rels, upos in rows:
        for i, gold in enumerate(s.layers["upos"]):
            words += 1
            tag += upos[i] == gold
            if upos_names[gold] == "PUNCT":
                continue
            n += 1
            if heads[i] == s.layers["head"][i]:
                uas += 1
                las += rels[i] == RELATIONS[s.layers["rel"][i]]
    return {"UAS": 100.0 * uas / n, "LAS": 100.0 * las / n, "UPOS": 100.0 * tag / words}
