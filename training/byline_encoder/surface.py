"""Words as they look: the features the uncased word pieces cannot see. This is the reference for the Rust side; change
nothing here without a new model version.

`shape(word)` is a class of one word; `sentence_case(words)` a class of the sentence; `context_ids` joins the latter with
whether a word opens the sentence. Letters are characters for which `str.isalpha()` holds (Unicode Alphabetic categories L*).
"""
from functools import lru_cache

NONE, LOWER, INITIAL, SINGLE, UPPER, MIXED, ABBREVIATION, NUMBER, ALPHANUMERIC, PUNCTUATION, UNCASED, HANDLE = range(12)
SHAPES = ["none", "lower", "initial", "single", "upper", "mixed", "abbreviation", "number", "alphanumeric",
          "punctuation", "uncased", "handle"]
NORMAL, NO_CAPITALS, TITLE_CASE, ALL_CAPITALS = range(4)
SENTENCE_CASES = ["normal", "no-capitals", "title-case", "all-capitals"]
SHAPE_IDS = 2 * len(SHAPES)
CONTEXT_IDS = 1 + 2 * len(SENTENCE_CASES)


@lru_cache(maxsize=200_000)
def shape(word):
    """First rule that holds, top to bottom."""
    if len(word) > 1 and word[0] in "@#" or "://" in word or word.lower().startswith("www."):
        return HANDLE
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        return NUMBER if digits else PUNCTUATION
    if digits:
        return ALPHANUMERIC
    upper = [c for c in letters if c.isupper()]
    lower = [c for c in letters if c.islower()]
    if not upper and not lower:
        return UNCASED
    if not upper:
        return LOWER
    if "." in word and not lower:
        return ABBREVIATION
    if not lower:
        return SINGLE if len(letters) == 1 else UPPER
    if letters[0].isupper() and len(upper) == 1:
        return INITIAL
    return MIXED


def shape_id(word, first_piece):
    """Row of the shape table: even for a word's first piece, odd for its further pieces."""
    return 2 * shape(word) + (0 if first_piece else 1)


def sentence_case(words):
    upper = lower = long_words = long_capital = 0
    for word in words:
        s = shape(word)
        if s in (HANDLE, NUMBER, PUNCTUATION, UNCASED, ALPHANUMERIC):
            continue
        upper += sum(c.isupper() for c in word)
        lower += sum(c.islower() for c in word)
        if sum(c.isalpha() for c in word) >= 4:
            long_words += 1
            long_capital += s != LOWER
    if upper == 0:
        return NO_CAPITALS
    if upper >= 4 * lower and upper >= 4:
        return ALL_CAPITALS
    if long_words >= 3 and long_capital * 10 >= long_words * 8:
        return TITLE_CASE
    return NORMAL


def context_ids(words):
    """One id a word: 1 + 2 * case of the sentence + (1 for the first word that has a letter or digit)."""
    case = sentence_case(words)
    ids, opened = [], False
    for word in words:
        first = not opened and shape(word) != PUNCTUATION
        opened = opened or first
        ids.append(1 + 2 * case + (1 if first else 0))
    return ids
