"""The word pieces: which rows of the start vocabulary are kept, and words to piece ids (BERT's basic tokenisation and
greedy longest match). Also part of the reference for the Rust side. What is kept depends on the script of a piece only,
never on a corpus."""
import unicodedata
from functools import lru_cache

PAD, UNK, CLS, SEP, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
SPECIAL = [PAD, UNK, CLS, SEP, MASK]
MAX_WORD_PIECES = 8
MAX_WORD_CHARS = 100


def keep(piece):
    """Special pieces, and pieces of ASCII, Latin-script letters, digits, and common signs."""
    if piece in SPECIAL:
        return True
    if piece.startswith("[unused"):
        return False
    for c in piece.removeprefix("##"):
        if c.isascii():
            continue
        category = unicodedata.category(c)
        if category[0] == "L" or category[0] == "M":
            if "LATIN" not in unicodedata.name(c, "") or "PHONETIC" in unicodedata.name(c, ""):
                return False
        elif category[0] == "N":
            return False if not unicodedata.name(c, "").startswith(("SUPERSCRIPT", "SUBSCRIPT", "VULGAR")) else True
        elif not (c in "¡¢£¥§©«®°±²³´·»¿×÷–—―‘’‚“”„†‡•…′″€₤₹™−≤≥→←"):
            return False
    return True


def prune(lines):
    """(kept pieces, their rows in the start table), specials first."""
    rows = {p: i for i, p in enumerate(lines)}
    kept = SPECIAL + [p for p in lines if p not in SPECIAL and keep(p)]
    return kept, [rows[p] for p in kept]


def is_punctuation(c):
    """BERT's notion: every ASCII sign that is no letter or digit, and Unicode P*."""
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def normalise(word):
    """Lower case, decomposed (NFD), without combining marks (Mn), control characters and U+FFFD."""
    out = []
    for c in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(c)
        if category == "Mn" or c == "\ufffd" or category in ("Cc", "Cf"):
            continue
        out.append(c)
    return "".join(out)


def split(word):
    """The parts of one word that are matched separately: runs without punctuation or space, single punctuation signs."""
    parts, run = [], ""
    for c in normalise(word):
        if is_punctuation(c) or c.isspace():
            if run:
                parts.append(run)
                run = ""
            if not c.isspace():
                parts.append(c)
        else:
            run += c
    if run:
        parts.append(run)
    return parts


class Vocabulary:
    def __init__(self, pieces):
        self.pieces = pieces
        self.index = {p: i for i, p in enumerate(pieces)}
        self.pad, self.unk, self.cls, self.sep, self.mask = (self.index[p] for p in SPECIAL)
        self.ids = lru_cache(maxsize=300_000)(self._ids)

    def _match(self, part):
        if len(part) > MAX_WORD_CHARS:
            return [self.unk]
        out, start = [], 0
        while start < len(part):
            end = len(part)
            while end > start:
                found = self.index.get(("##" if start else "") + part[start:end])
                if found is not None:
                    break
                end -= 1
            if end == start:
                return [self.unk]
            out.append(found)
            start = end
        return out

    def _ids(self, word):
        """Piece ids of one word: at least one, at most MAX_WORD_PIECES."""
        out = [i for part in split(word) for i in self._match(part)]
        return tuple(out[:MAX_WORD_PIECES] or [self.unk])
