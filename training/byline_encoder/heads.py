"""The heads, all on word vectors (the first piece of each word). Nothing here looks at pieces."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import labels
from .backbone import HIDDEN, Layer
from .crf import Crf

ARC, RELATION, POOL = 256, 192, 128


class Tags(nn.Module):
    """A linear layer per tag inventory. Spans are decoded by Viterbi: with learned transitions for the four types of names,
    with the legal ones for the others."""
    INVENTORIES = {"conll": labels.CONLL, "kind": labels.KINDS, "content": labels.CONTENT, "source": labels.SOURCE,
                   "upos": labels.UPOS}

    def __init__(self):
        super().__init__()
        self.emit = nn.ModuleDict({n: nn.Linear(HIDDEN, len(l)) for n, l in self.INVENTORIES.items()})
        self.crf = nn.ModuleDict({"conll": Crf(labels.CONLL)})


class Arcs(nn.Module):
    """score(word i has head j) = query_i . key_j + bias_j ; the root is one more key."""

    def __init__(self, dropout):
        super().__init__()
        self.dependent = nn.Linear(HIDDEN, ARC)
        self.bilinear = nn.Linear(ARC, ARC)
        self.head = nn.Linear(HIDDEN, ARC)
        self.extra = nn.Linear(ARC, 1)
        self.root = nn.Linear(ARC, 1)
        self.dropout = dropout

    def forward(self, h):
        query = self.bilinear(F.dropout(F.gelu(self.dependent(h)), self.dropout, self.training))
        key = F.dropout(F.gelu(self.head(h)), self.dropout, self.training)
        return query * ARC ** -0.5, key, self.extra(key), self.root(query)


class Relations(nn.Module):
    """Label of an arc from what the dependent and the head say, added and multiplied."""

    def __init__(self, dropout):
        super().__init__()
        self.dependent = nn.Linear(HIDDEN, RELATION)
        self.head = nn.Linear(HIDDEN, RELATION)
        self.out = nn.Linear(2 * RELATION, len(labels.RELATIONS))
        self.dropout = dropout

    def sides(self, h):
        return self.dependent(h), self.head(h)

    def label(self, d, h):
        both = torch.cat([F.gelu(d + h), d * h * 0.25], -1)
        return self.out(F.dropout(both, self.dropout, self.training))


class Stance(nn.Module):
    """The view a sentence takes of a target, and of an ordered pair. The words of the sentence are marked with what is asked
    about and read once more by a layer of their own; then the spans are pooled, and the sentence is read for them."""

    def __init__(self, dropout, noise):
        super().__init__()
        self.mark = nn.Embedding(2, HIDDEN)
        nn.init.normal_(self.mark.weight, std=0.3)
        self.layer = Layer(noise)
        self.ask_target = nn.Linear(HIDDEN, POOL)
        self.ask_pair = nn.Linear(2 * HIDDEN, POOL)
        self.key = nn.Linear(HIDDEN, POOL)
        self.toward_in = nn.Linear(2 * HIDDEN, HIDDEN)
        self.toward_out = nn.Linear(HIDDEN, len(labels.TOWARD))
        self.pair_in = nn.Linear(3 * HIDDEN, HIDDEN)
        self.pair_out = nn.Linear(HIDDEN, len(labels.PAIR))
        self.dropout = dropout

    def read(self, question, words, mask):
        weight = (self.key(words) @ question.unsqueeze(-1)).squeeze(-1) * POOL ** -0.5
        weight = torch.softmax(weight + (1 - mask) * -1e4, -1)
        return (weight.unsqueeze(-1) * words).sum(1)

    def marked(self, words, mask, first, second):
        """words n x t x hidden; mask n x t; first, second n x t: 1 on the words of a span, else 0; second may be empty."""
        x = words + first.unsqueeze(-1) * self.mark.weight[0] + second.unsqueeze(-1) * self.mark.weight[1]
        if self.training:
            x = x.bfloat16()
        return self.layer(x, (1 - mask)[:, None, None, :] * -1e4).float()

    @staticmethod
    def pool(words, span):
        return (span.unsqueeze(-1) * words).sum(1) / span.sum(1, keepdim=True).clamp(min=1)

    def toward(self, words, mask, target):
        words = self.marked(words, mask, target, torch.zeros_like(target))
        t = self.pool(words, target)
        x = torch.cat([t, self.read(self.ask_target(t), words, mask)], -1)
        return self.toward_out(F.dropout(F.gelu(self.toward_in(x)), self.dropout, self.training))

    def pair(self, words, mask, first, second):
        words = self.marked(words, mask, first, second)
        p, q = (self.pool(words, w) for w in (first, second))
        x = torch.cat([p, q, self.read(self.ask_pair(torch.cat([p, q], -1)), words, mask)], -1)
        return self.pair_out(F.dropout(F.gelu(self.pair_in(x)), self.dropout, self.training))
