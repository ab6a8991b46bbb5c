"""Checkpoint -> the files that ship: encoder.onnx (int8), two small head graphs, vocab.txt, model.json.

    python -m byline_encoder.export --model RUN/best.pt --out EXPORT_DIR --version 1
"""
import argparse
import hashlib
import json
import pathlib

import numpy as np
import onnx

from . import graph, labels, load, predict, surface, vocabulary, windows
from .fixture import write_fixture
from .quantise import int8


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tags(crf):
    out = {}
    for name, inventory in (("conll", labels.CONLL), ("kind", labels.KINDS), ("content", labels.CONTENT), ("source", labels.SOURCE)):
        transition, start, end = crf(name)
        rounded = lambda a: [[round(float(x), 4) for x in r] for r in a] if a.ndim == 2 else [round(float(x), 4) for x in a]
        out[name] = {"labels": inventory, "transitions": rounded(transition), "start": rounded(start), "end": rounded(end)}
    out["upos"] = {"labels": labels.UPOS}
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--model", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--version", required=True)
    p.add_argument("--names", default="conll", choices=["conll", "kind", "blend"], help="which decode names come from")
    p.add_argument("--share", type=float, default=0.8, help="weight of the four-type head in the blend")
    p.add_argument("--keep-f32", action="store_true")
    a = p.parse_args()
    out = pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    model, pieces = load.open_checkpoint(a.model)
    state = {k: v.float().numpy() for k, v in model.state_dict().items() if v.is_floating_point()}
    f32 = out / "encoder.f32.onnx"
    onnx.save(graph.encoder(state, list(model.tags.INVENTORIES)), str(f32))
    int8(f32, out / "encoder.onnx")
    onnx.save(graph.relations(state), str(out / "relations.onnx"))
    # The loss counted rare classes of pairs for more. Half of that is taken back: between shares that are those of the text
    # and a choice of class that finds the rare ones.
    state["stance.pair_out.bias"] = state["stance.pair_out.bias"] - 0.5 * np.log(model.pair_weight.numpy())
    onnx.save(graph.stance(state), str(out / "stance.f32.onnx"))
    int8(out / "stance.f32.onnx", out / "stance.onnx")
    (out / "stance.f32.onnx").unlink()
    (out / "vocab.txt").write_text("\n".join(pieces.pieces) + "\n", encoding="utf-8")
    _, _, crf = predict.torch_runner(model)
    files = {"encoder": "encoder.onnx", "relations": "relations.onnx", "stance": "stance.onnx",
             "vocabulary": "vocab.txt"}
    meta = {
        "format": 1, "version": a.version,
        "files": {k: {"name": n, "bytes": (out / n).stat().st_size, "sha256": sha(out / n)} for k, n in files.items()},
        "window": {"max_pieces": windows.MAX_PIECES, "max_word_pieces": vocabulary.MAX_WORD_PIECES,
                   "max_word_chars": vocabulary.MAX_WORD_CHARS},
        "special": {k: pieces.index[p] for k, p in (("pad", "[PAD]"), ("unknown", "[UNK]"), ("start", "[CLS]"), ("end", "[SEP]"))},
        "shapes": surface.SHAPES, "sentence_cases": surface.SENTENCE_CASES,
        "tags": tags(crf), "relations": labels.RELATIONS, "toward": labels.TOWARD, "pair": labels.PAIR,
        "names": {"decode": a.names, "share": a.share, "fold": labels.KIND_TO_CONLL},
    }
    (out / "model.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    write_fixture(out, out / "encoder.json")
    if not a.keep_f32:
        f32.unlink()
    for n in sorted(out.iterdir()):
        print("%-20s %d" % (n.name, n.stat().st_size if n.is_file() else 0))


if __name__ == "__main__":
    main()
