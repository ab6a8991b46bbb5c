"""Average the weights of checkpoints that began at the same one. What one of them does not have (the stance layer of an older
one) is the average of the others.

    python -m byline_encoder.soup --out soup.pt [--weights 0.5,0.5] RUN1/last.pt RUN2/last.pt
"""
import argparse

import torch


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("--weights", help="one number a checkpoint; without them, all alike")
    p.add_argument("checkpoints", nargs="+")
    a = p.parse_args()
    saved = [torch.load(c, map_location="cpu", weights_only=False) for c in a.checkpoints]
    weights = [float(w) for w in a.weights.split(",")] if a.weights else [1.0] * len(saved)
    layered = any("stance.mark.weight" in s["model"] for s in saved)
    mean = saved[-1]
    for k, v in mean["model"].items():
        if v.is_floating_point():
            # The stance heads of a checkpoint from before the stance layer read other vectors.
            own = [(w, s["model"][k]) for w, s in zip(weights, saved)
                   if k in s["model"] and not (layered and k.startswith("stance.") and "stance.mark.weight" not in s["model"])]
            mean["model"][k] = sum(w * x for w, x in own) / sum(w for w, _ in own)
    mean["note"] = {"soup of": [s["note"] for s in saved], "weights": weights}
    torch.save(mean, a.out)


if __name__ == "__main__":
    main()
