"""Encoder and heads together: word vectors, and the joint loss of a batch."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import heads
from .backbone import HIDDEN, Encoder


class Model(nn.Module):
    def __init__(self, pieces, dropout=0.1, head_dropout=0.2):
        super().__init__()
        self.encoder = Encoder(pieces, dropout)
        self.tags = heads.Tags()
        self.arcs = heads.Arcs(head_dropout)
        self.relations = heads.Relations(head_dropout)
        self.stance = heads.Stance(head_dropout, self.encoder.noise)
        self.head_dropout = head_dropout
        self.frozen = False
        # Views are rare among pairs: classes count by the inverse root of how often they stand in the training data.
        self.register_buffer("pair_weight", torch.tensor([0.6, 2.0, 2.0, 1.5, 1.5]), persistent=False)

    def freeze(self, but):
        """Only parameters whose names begin with one of `but` go on learning."""
        self.frozen = True
        for name, p in self.named_parameters():
            p.requires_grad_(name.startswith(but))

    def words(self, b):
        """Vectors of the first pieces of all words of the batch, n x hidden."""
        if self.frozen:
            self.encoder.eval()
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x = self.encoder(b["pieces"], b["shapes"], b["contexts"], b["mask"])
        return x.reshape(-1, HIDDEN)[b["firsts"]].float()

    def losses(self, b):
        """Summed loss of each task that the batch has gold for, with how many words (or items) carry it."""
        h = self.words(b)
        d = F.dropout(h, self.head_dropout, self.training)
        out = {}
        if "conll" in b["gold"]:
            g = b["gold"]["conll"]
            e = self.tags.emit["conll"](d)[g["index"]].float()
            out["conll"] = (self.tags.crf["conll"].loss(e, g["allowed"], g["lengths"]), int(g["lengths"].sum()))
        for name in ("kind", "upos", "content", "source"):
            if name in b["gold"]:
                g = b["gold"][name]
                e = self.tags.emit[name](d)[g["words"]].float()
                inside = e.masked_fill(~g["allowed"], -1e4)
                out[name] = ((torch.logsumexp(e, -1) - torch.logsumexp(inside, -1)).sum(), len(g["words"]))
        if "head" in b["gold"]:
            out.update(self.trees(d, b["gold"]["head"]))
        for name, act in (("toward", self.stance.toward), ("pair", self.stance.pair)):
            if name in b["gold"]:
                g = b["gold"][name]
                w = h[g["index"]]
                spans = [g[k] for k in ("target", "first", "second") if k in g]
                weight = self.pair_weight if name == "pair" else None
                out[name] = (F.cross_entropy(act(w, g["mask"], *spans), g["label"], weight, reduction="sum"), len(g["label"]))
        return out

    def trees(self, d, g):
        """g: index s x t of words, mask, head (0 root, else 1 + place), rel."""
        query, key, extra, root = self.arcs(d)
        i = g["index"]
        score = query[i] @ key[i].transpose(1, 2) + extra[i].transpose(1, 2)
        score = score.masked_fill(~g["mask"][:, None, :], -1e4)
        score = torch.cat([root[i], score], -1)
        live = g["mask"]
        arc = F.cross_entropy(score[live], g["head"][live], reduction="sum")
        dep, head = self.relations.sides(d)
        attached = live & (g["head"] > 0)
        rows = i[attached]
        place = (g["head"] - 1).clamp(min=0)
        heads_at = torch.gather(i, 1, place)[attached]
        rel = F.cross_entropy(self.relations.label(dep[rows], head[heads_at]), g["rel"][attached], reduction="sum")
        n = int(live.sum())
        return {"arc": (arc, n), "rel": (rel, n)}
