"""Drop word pieces that no training text uses, the last of the published order (its rarest) first, so that the model stays
within its size. Pieces of one character stay: every word can be spelt.

    python -m byline_encoder.trim --model RUN/last.pt --data DATA --lexicons ../assets/lexicons --drop 1300 --out trimmed.pt
"""
import argparse

import torch

from . import corpora
from .vocabulary import SPECIAL, Vocabulary


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--model", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--lexicons", required=True)
    p.add_argument("--drop", type=int, required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    saved = torch.load(a.model, map_location="cpu", weights_only=False)
    pieces = saved["pieces"]
    vocabulary = Vocabulary(pieces)
    words = {w for d in corpora.load(a.data, "train", a.lexicons) for s in d.sentences for w in s.words}
    used = {i for w in words for i in vocabulary.ids(w)}
    spare = [i for i, p in enumerate(pieces) if i not in used and p not in SPECIAL and len(p.removeprefix("##")) > 1]
    drop = set(spare[-a.drop:])
    rows = [i for i in range(len(pieces)) if i not in drop]
    saved["pieces"] = [pieces[i] for i in rows]
    saved["model"]["encoder.piece.weight"] = saved["model"]["encoder.piece.weight"][rows]
    saved["note"] = {"trimmed": len(drop), "of": saved["note"]}
    torch.save(saved, a.out)
    print("%d of %d spare pieces dropped, %d left" % (len(drop), len(spare), len(rows)))


if __name__ == "__main__":
    main()
