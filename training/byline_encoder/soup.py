"""Average the weights of checkpoints that began at the same one.

    python -m byline_encoder.soup --out soup.pt RUN1/last.pt RUN2/last.pt
"""
import argparse

import torch


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("checkpoints", nargs="+")
    a = p.parse_args()
    saved = [torch.load(c, map_location="cpu", weights_only=False) for c in a.checkpoints]
    mean = saved[0]
    for k, v in mean["model"].items():
        if v.is_floating_point():
            mean["model"][k] = sum(s["model"][k] for s in saved) / len(saved)
    mean["note"] = {"soup of": [s["note"] for s in saved]}
    torch.save(mean, a.out)


if __name__ == "__main__":
    main()
