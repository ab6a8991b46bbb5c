"""Label inventories and how each corpus's own labels map to them. No other module spells a label.

`CONLL` is the four-type scheme that entity scores are counted in; `KINDS` are the kinds Byline shows. A corpus that
does not say which kind a span has (CoNLL's MISC, WNUT's group) leaves it open: a word's gold is a SET of labels, and
the loss sums over them.
"""


def bio(types):
    return ["O"] + [p + "-" + t for t in types for p in ("B", "I")]


CONLL = bio(["PER", "ORG", "LOC", "MISC"])
KIND_TYPES = ["person", "organization", "place", "group", "event", "work", "other"]
KINDS = bio(KIND_TYPES)
KIND_TO_CONLL = {"person": "PER", "organization": "ORG", "place": "LOC", "group": "MISC", "event": "MISC",
                 "work": "MISC", "other": "MISC"}

UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
        "SYM", "VERB", "X"]
RELATIONS = ["root", "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj",
             "cop", "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list",
             "mark", "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "vocative",
             "xcomp"]

CONTENT = ["O", "B-content", "I-content"]
SOURCE = bio(["cue", "source"])

TOWARD = ["negative", "neutral", "positive"]
PAIR = ["neutral", "first>second positive", "second>first positive", "first>second negative", "second>first negative"]

# The class of a pair asked the other way round.
TURNED = [0, 2, 1, 4, 3]

# Kinds that a corpus's own type may be.
OPEN = {
    "conll2003": {"PER": ["person"], "ORG": ["organization"], "LOC": ["place"], "MISC": ["group", "event", "work", "other"]},
    "wnut17": {"person": ["person"], "location": ["place"], "corporation": ["organization"], "group": ["organization"],
               "creative-work": ["work"], "product": ["other"]},
    "crossner_politics": {"person": ["person"], "politician": ["person"], "organisation": ["organization"],
                          "politicalparty": ["organization"], "location": ["place"], "country": ["place"],
                          "election": ["event"], "event": ["event"], "misc": ["group", "work", "other"]},
    "gum": {"person": ["person", "group"], "organization": ["organization"], "place": ["place"], "event": ["event"],
            "abstract": ["work", "other", "event", "organization"], "object": ["work", "other"], "substance": ["other"],
            "animal": ["other", "person"], "plant": ["other"]},
}
# Kinds that a corpus does not mark at all: a word outside its spans may still be one of these.
UNMARKED = {"conll2003": [], "wnut17": ["group", "event", "other"], "crossner_politics": [], "gum": ["group"]}


def kind_mask(types):
    """The set of labels {B-,I-} of these kinds, as a bit mask over KINDS."""
    mask = 0
    for t in types:
        at = 1 + 2 * KIND_TYPES.index(t)
        mask |= (1 << at) | (1 << (at + 1))
    return mask


def open_mask(corpus, tag):
    """All kind labels that a word with this corpus tag may have, as a bit mask over KINDS."""
    if tag == "O":
        return 1 | kind_mask(UNMARKED[corpus])
    prefix, own = tag.split("-", 1)
    keep = 0
    for t in OPEN[corpus][own]:
        at = 1 + 2 * KIND_TYPES.index(t)
        keep |= 1 << (at if prefix == "B" else at + 1)
    return keep
