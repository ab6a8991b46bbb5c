"""Train one run. Seeds fixed; log, checkpoints of the averaged weights and the settings go to --out.

    python -m byline_encoder.train --data DATA --start PACKAGE_MODEL_DIR --lexicons ../assets/lexicons --out RUN --epochs 10
"""
import argparse
import copy
import json
import pathlib
import random
import time

import numpy as np
import torch

from . import corpora, evaluate, labels, more
from .augment import Names
from .batches import Epoch
from .load import open_checkpoint, save_checkpoint
from .model import Model
from .predict import torch_runner
from .vocabulary import Vocabulary, prune

# Tasks are weighted by what a word of theirs is worth; stance items are fewer than words, so they count more.
WEIGHTS = {"conll": 1.5, "kind": 0.75, "upos": 0.5, "arc": 1.5, "rel": 1.0, "content": 0.5, "source": 0.5, "toward": 12.0,
           "pair": 12.0}


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--start", required=True, help="folder of the start weights: model.safetensors, vocab.txt")
    p.add_argument("--lexicons", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--init", help="go on from this checkpoint")
    p.add_argument("--freeze", action="store_true", help="train the quotation and stance heads only, on a fixed encoder")
    p.add_argument("--tasks", default="names,syntax,quotes,stance")
    p.add_argument("--epochs", type=float, default=8)
    p.add_argument("--share", default="{}", help='part of a corpus seen in an epoch, JSON, e.g. {"polnear": 0.3}')
    p.add_argument("--pieces", type=int, default=3072)
    p.add_argument("--lr", type=float, default=2e-4)
    p.add_argument("--head-lr", type=float, default=1e-3)
    p.add_argument("--layer-decay", type=float, default=0.9)
    p.add_argument("--warmup", type=float, default=0.08)
    p.add_argument("--ema", type=float, default=0.998)
    p.add_argument("--dropout", type=float, default=0.1)
    p.add_argument("--case-rate", type=float, default=0.15)
    p.add_argument("--name-rate", type=float, default=0.25)
    p.add_argument("--minutes", type=float, default=0, help="end after this time: the schedule is fitted to it")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--evaluate-every", type=float, default=1.0, help="epochs")
    return p.parse_args()


def groups(model, lr, head_lr, decay):
    """Parameter groups: lower layers learn slower; new tables and heads faster; no weight decay on vectors."""
    out = []
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        rate = head_lr
        if name.startswith("encoder."):
            rest = name[8:]
            if rest.startswith("layers."):
                rate = lr * decay ** (5 - int(rest.split(".")[1]))
            elif rest.startswith(("piece", "position", "norm")):
                rate = lr * decay ** 6
        elif name.startswith("stance.layer."):
            rate = 2 * lr
        out.append({"params": [p], "lr": rate, "top": rate, "weight_decay": 0.01 if p.dim() > 1 else 0.0})
    return out


class Average:
    """Exponential moving average of the weights: what is evaluated and kept."""

    def __init__(self, model, rate):
        self.model, self.rate, self.n = copy.deepcopy(model), rate, 0

    @torch.no_grad()
    def update(self, model):
        self.n += 1
        rate = min(self.rate, self.n / (self.n + 10))
        a, b = ([p for p in m.parameters() if p.requires_grad] for m in (self.model, model))
        torch._foreach_lerp_(a, [x.detach() for x in b], 1 - rate)


def main():
    a = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    np.random.seed(a.seed)
    rng = random.Random(a.seed)
    out = pathlib.Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(json.dumps(vars(a), indent=1) + "\n")
    log = open(out / "log.txt", "a", buffering=1)

    def say(*x):
        print(time.strftime("%H:%M:%S"), *x, file=log)

    documents = corpora.load(a.data, "train", a.lexicons, a.tasks.split(","))
    names = Names(documents, labels.CONLL) if "names" in a.tasks else None
    if a.init:
        model, vocabulary = open_checkpoint(a.init)
    else:
        from safetensors.torch import load_file
        lines = [x for x in (pathlib.Path(a.start) / "vocab.txt").read_text(encoding="utf-8").split("\n") if x]
        kept, rows = prune(lines)
        vocabulary = Vocabulary(kept)
        model = Model(len(kept), a.dropout)
        model.encoder.load_start(load_file(str(pathlib.Path(a.start) / "model.safetensors")), rows)
    if a.freeze:
        model.freeze(("tags.emit.content", "tags.emit.source", "stance."))
    average = Average(model, a.ema)
    optimiser = torch.optim.AdamW(groups(model, a.lr, a.head_lr, a.layer_decay), betas=(0.9, 0.98), eps=1e-6, fused=True)
    dev = evaluate.load_dev(a.data)
    share = json.loads(a.share)
    make = lambda: Epoch(documents, vocabulary, names, rng, a.pieces, a.case_rate, a.name_rate, share=share)
    began, step, done, best = time.time(), 0, 0.0, 0.0
    next_evaluation = a.evaluate_every
    tally = {}
    say("documents", len(documents), "pieces", len(vocabulary.pieces))
    while done < 1.0:
        epoch = make()
        per = 1.0 / (a.epochs * len(epoch))
        for i, b in enumerate(epoch):
            done = (time.time() - began) / (60 * a.minutes) if a.minutes else done + per
            if done >= 1.0:
                break
            scale = min(1.0, done / a.warmup) * max(0.0, (1.0 - done) / (1.0 - a.warmup) if done > a.warmup else 1.0)
            for g in optimiser.param_groups:
                g["lr"] = g["top"] * scale
            model.train()
            with torch.autocast("cpu", torch.bfloat16):
                losses = model.losses(b)
            if not losses:  # nothing here has gold: sentences of which no target was found among the words
                continue
            words = len(b["firsts"])
            total = sum(WEIGHTS[k] * v.float() for k, (v, _) in losses.items()) / words
            optimiser.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            average.update(model)
            step += 1
            for k, (v, n) in losses.items():
                t = tally.setdefault(k, [0.0, 0])
                t[0] += float(v.detach())
                t[1] += n
            if step % 100 == 0:
                say("step %d of epoch %d/%d, %.3f done, %.0f s:" % (step, i, len(epoch), done, time.time() - began),
                    " ".join("%s %.4f" % (k, t / max(1, n)) for k, (t, n) in tally.items()))
                tally = {}
            if step / len(epoch) >= next_evaluation:
                next_evaluation += a.evaluate_every
                best = check(a, out, average.model, vocabulary, dev, best, say)
    save_checkpoint(out / "last.pt", average.model, vocabulary, vars(a))
    say("finished")
    check(a, out, average.model, vocabulary, dev, best, say)


def check(a, out, model, vocabulary, dev, best, say):
    runner = torch_runner(model, fast=True)
    found = {}
    if "names" in a.tasks:
        found.update(evaluate.names(runner, vocabulary, dev))
    if "syntax" in a.tasks:
        found.update(evaluate.syntax(runner, vocabulary, a.data))
    if "quotes" in a.tasks or "stance" in a.tasks:
        found.update(more.scores(more.TorchStance(model, runner, vocabulary), a.data))
    say("dev", " ".join("%s %.2f" % x for x in found.items()))
    score = found.get("conll2003/conll", 0) + found.get("LAS", 0) or found.get("dse/macro F1", 0) + found.get("newsmtsc/macro F1", 0)
    save_checkpoint(out / "latest.pt", model, vocabulary, vars(a))
    if score > best:
        save_checkpoint(out / "best.pt", model, vocabulary, vars(a))
    return max(best, score)


if __name__ == "__main__":
    main()
