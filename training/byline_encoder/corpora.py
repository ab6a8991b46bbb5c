"""Readers: corpus files -> documents of sentences with label layers. One reader a corpus; no reader changes a text.

A sentence has `words` and those layers its corpus marks, each as long as its words: `conll` and `kind` (bit masks of the
labels a word may have), `upos`, `head` (index in the sentence, -1 root), `rel`, `content`, `source`. `toward` is a list of
(target words, class), `pair` a list of (first words, second words, class); words as (from, to)."""
import gzip
import json
import pathlib
import re
from dataclasses import dataclass, field

from . import labels


@dataclass
class Sentence:
    words: list
    id: str = ""
    layers: dict = field(default_factory=dict)
    toward: list = field(default_factory=list)
    pair: list = field(default_factory=list)


@dataclass
class Document:
    corpus: str
    sentences: list


def lines(path):
    path = pathlib.Path(path)
    if not path.exists() and path.with_name(path.name + ".gz").exists():
        path = path.with_name(path.name + ".gz")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as f:
        yield from f


def grouped(corpus, rows, key):
    """Sentences whose document follows on the last one's make one document."""
    out, last = [], None
    for row, sentence in rows:
        k = row.get(key) or row["id"]
        if k != last:
            out.append(Document(corpus, []))
            last = k
        out[-1].sentences.append(sentence)
    return out


def names(path, corpus, misc=None):
    """A file of ner/: CoNLL-2003 gets both name layers, the others the kind layer only."""
    rows = []
    for line in lines(path):
        row = json.loads(line)
        s = Sentence(row["tokens"], row["id"])
        if corpus in labels.OPEN:
            kind = [labels.open_mask(corpus, t) for t in row["tags"]]
            if corpus == "conll2003":
                s.layers["conll"] = [1 << labels.CONLL.index(t) for t in row["tags"]]
                if misc:
                    refine(s, row["tags"], kind, misc)
            s.layers["kind"] = kind
        rows.append((row, s))
    return grouped(corpus, rows, "doc")


def refine(sentence, tags, kind, misc):
    """Narrow the kinds of MISC spans by our own tables."""
    i = 0
    while i < len(tags):
        if tags[i] == "B-MISC":
            j = i + 1
            while j < len(tags) and tags[j] == "I-MISC":
                j += 1
            allowed = labels.kind_mask(misc(sentence.words[i:j]))
            for k in range(i, j):
                kind[k] &= allowed
            i = j
        else:
            i += 1


def dependencies(path, corpus):
    """CoNLL-U: part of speech, heads, relations without subtypes. Multiword and empty tokens are left out."""
    out, current, sid, newdoc = [], [], "", True

    def close():
        nonlocal current, newdoc
        if not current:
            return
        s = Sentence([c[1] for c in current], sid)
        s.layers["upos"] = [labels.UPOS.index(c[3]) for c in current]
        s.layers["head"] = [int(c[6]) - 1 for c in current]
        s.layers["rel"] = [labels.RELATIONS.index(c[7].split(":")[0]) for c in current]
        if newdoc or not out:
            out.append(Document(corpus, []))
            newdoc = False
        out[-1].sentences.append(s)
        current = []

    for line in lines(path):
        line = line.rstrip("\n")
        if not line:
            close()
        elif line.startswith("#"):
            if line.startswith("# newdoc"):
                close()
                newdoc = True
            elif line.startswith("# sent_id"):
                sid = line.split("=", 1)[1].strip()
        else:
            c = line.split("\t")
            if c[0].isdigit():
                current.append(c)
    close()
    return out


FREE_GENRES = ("bio", "interview", "voyage", "speech", "textbook", "academic")  # of GUM: texts that are CC BY, CC BY-SA or public domain
TITLES = {"Mr.", "Mrs.", "Ms.", "Dr.", "President", "Pope", "Queen", "King", "Saint", "St", "St.", "Speaker", "Senator", "Sen.", "Prince",
          "Princess", "Lord", "Lady", "Sir", "Captain", "General", "Professor", "Prof.", "Emperor", "Judge", "Justice", "Minister"}
INSIDE = {"of", "the", "and", "for", "in", "on", "de", "von", "van", "la", "&", "'s", "’s", "-", "to", "a"}


def named(path):
    """GUM: the name at the head of each mention that has a proper noun there, with the kinds its type may be."""
    out = []
    for line in lines(path):
        row = json.loads(line)
        if row["genre"] not in FREE_GENRES:
            continue
        text, spans = row["text"], [tuple(t) for t in row["tokens"]]
        kind = [labels.open_mask("gum", "O")] * len(spans)
        for m in sorted((m for m in row["mentions"] if m["named"]), key=lambda m: m["start"] - m["end"]):
            hit = name_of(text, spans, m)
            if hit is None:
                continue
            free = all(x & 1 for x in kind[hit[0]:hit[1]])
            if m["type"] in labels.OPEN["gum"]:
                if free:
                    first, rest = (labels.open_mask("gum", p + m["type"]) for p in ("B-", "I-"))
                    kind[hit[0]:hit[1]] = [first] + [rest] * (hit[1] - hit[0] - 1)
                    if text[slice(*spans[hit[0]])] in TITLES and hit[1] - hit[0] > 1:  # whether titles belong is each corpus's own rule
                        kind[hit[0]:hit[0] + 2] = [first | 1, first | rest]
            elif free:  # dates and the like: no name of ours, and nothing to learn from
                kind[hit[0]:hit[1]] = [(1 << len(labels.KINDS)) - 1] * (hit[1] - hit[0])
        doc = Document("gum", [])
        for a, b in row["sentences"]:
            at = [i for i, (s, e) in enumerate(spans) if s >= a and e <= b]
            if at:
                s = Sentence([text[spans[i][0]:spans[i][1]] for i in at], "%s#%d" % (row["id"], len(doc.sentences)))
                s.layers["kind"] = [kind[i] for i in at]
                doc.sentences.append(s)
        out.append(doc)
    return out


def name_of(text, spans, mention):
    """Words [i, j) of the name itself: from the first capital to the last, before a comma, bracket or lower-case word."""
    hit = covered(spans, mention["start"], mention["end"])
    if hit is None:
        return None
    word = lambda i: text[spans[i][0]:spans[i][1]]
    capital = lambda i: word(i)[:1].isupper() or word(i)[:1].isdigit()
    i, end = hit
    while i < end and (not capital(i) or word(i) in ("The", "A", "An")):
        i += 1
    j = i
    while j < end and (capital(j) or word(j) in INSIDE):
        j += 1
    while j > i and not capital(j - 1):
        j -= 1
    return (i, j) if j > i and j - i <= 8 else None


TOKEN = re.compile(r"""https?://\S+|www\.\S+|[@#]\w+|(?:[A-Za-z]\.){2,}|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|Prof|Rev|Hon|vs|No|Inc|Corp|Co|Ltd)\.
    |['’](?:s|re|ve|ll|d|m|S)\b|\w+(?=n['’]t\b)|n['’]t\b|\d+(?:[.,:]\d+)*|\w+(?:[-‐]\w+)*|\.{2,}|--+|\S""", re.X)
END = re.compile(r"[.!?…]+$")
CLOSERS = set("\"'”’)]»")


def tokens(text):
    """(start, end) of the words of running text."""
    return [(m.start(), m.end()) for m in TOKEN.finditer(text)]


def split_sentences(text, spans):
    """Sentence ranges over the words: at line breaks, and after a full stop with its closing signs."""
    out, start = [], 0
    for i, (s, e) in enumerate(spans):
        last = i + 1 == len(spans)
        gap = "" if last else text[e:spans[i + 1][0]]
        word = text[s:e]
        stop = bool(END.match(word)) or (word in CLOSERS and i > start and END.match(text[spans[i - 1][0]:spans[i - 1][1]]))
        opens = not last and gap and not text[spans[i + 1][0]].islower() and text[spans[i + 1][0]] not in ".,;:!?)’”"
        if last or "\n" in gap or (stop and opens):
            out.append((start, i + 1))
            start = i + 1
    return out


def covered(spans, start, end):
    """Words [i, j) that overlap characters [start, end)."""
    hit = [i for i, (s, e) in enumerate(spans) if s < end and e > start]
    return (hit[0], hit[-1] + 1) if hit else None


def quotations(path):
    """PolNeAR: outermost contents in one layer, cues and sources in another."""
    out = []
    for line in lines(path):
        row = json.loads(line)
        text, spans = row["text"], tokens(row["text"])
        content, source = [0] * len(spans), [0] * len(spans)
        pieces = sorted((p for q in row["quotes"] for p in (q.get("quote_parts") or [q["quote"]])), key=lambda p: p[0] - p[1])
        mark(content, spans, pieces, 1)
        mark(source, spans, [p for q in row["quotes"] if q["cue"] for p in (q.get("cue_parts") or [q["cue"]])], 1)
        mark(source, spans, [p for q in row["quotes"] if q["speaker"] for p in (q.get("speaker_parts") or [q["speaker"]])], 3)
        doc = Document("polnear", [])
        for n, (i, j) in enumerate(split_sentences(text, spans)):
            s = Sentence([text[a:b] for a, b in spans[i:j]], "%s#%d" % (row["id"], n))
            s.layers["content"], s.layers["source"] = content[i:j], source[i:j]
            doc.sentences.append(s)
        out.append(doc)
    return out


def mark(layer, spans, pieces, label):
    """B-/I- of each piece where the layer is still free."""
    for start, end in pieces:
        hit = covered(spans, start, end)
        if hit and not any(layer[hit[0]:hit[1]]):
            layer[hit[0]:hit[1]] = [label] + [label + 1] * (hit[1] - hit[0] - 1)


def stances(path, corpus):
    """DSE (ordered pairs) and NewsMTSC (a target each): the records of one text make one sentence."""
    texts, order = {}, []
    for line in lines(path):
        row = json.loads(line)
        key = (row.get("doc", ""), row["text"])
        if key not in texts:
            spans = tokens(row["text"])
            texts[key] = (Sentence([row["text"][a:b] for a, b in spans], row["id"]), spans)
            order.append((row, texts[key][0]))
        s, spans = texts[key]
        target = covered(spans, row["target"]["start"], row["target"]["end"])
        if "pair" in row:
            p, q = (covered(spans, x["start"], x["end"]) for x in row["pair"])
            if p and q:
                s.pair.append((p, q, row["class5"]))
        elif target:
            s.toward.append((target, labels.TOWARD.index(row["label"])))
    return grouped(corpus, order, "doc")


def load(data, split, lexicons=None, tasks=("names", "syntax", "quotes", "stance")):
    """All documents of a split that the tasks need."""
    from .weak import KindOfMisc
    data = pathlib.Path(data)
    misc = KindOfMisc(lexicons) if lexicons else None
    out = []
    if "names" in tasks:
        for corpus in ("conll2003", "wnut17", "crossner_politics"):
            out += names(data / "ner" / ("%s.%s.jsonl" % (corpus, split)), corpus, misc)
        out += named(data / "coref" / ("gum_nonnews.%s.jsonl" % split))
    if "syntax" in tasks:
        for corpus in ("en_ewt", "en_gum_free"):
            out += dependencies(data / "ud" / ("%s.%s.conllu" % (corpus, split)), corpus)
    if "quotes" in tasks:
        out += quotations(data / "quotes" / ("polnear.%s.jsonl" % split))
    if "stance" in tasks:
        out += stances(data / "stance" / ("dse.%s.jsonl" % split), "dse")
        out += stances(data / "stance" / ("newsmtsc.%s.jsonl" % split), "newsmtsc")
    return out
