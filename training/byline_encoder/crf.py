"""A linear-chain CRF whose gold may leave labels open: the loss is log Z - log of the sum over all allowed paths."""
import torch
import torch.nn as nn


def legal(labels):
    """(allowed transitions, allowed starts): I-x only after B-x or I-x."""
    n = len(labels)
    pairs = torch.ones(n, n, dtype=torch.bool)
    start = torch.ones(n, dtype=torch.bool)
    for j, b in enumerate(labels):
        if b.startswith("I-"):
            start[j] = False
            for i, a in enumerate(labels):
                pairs[i, j] = a != "O" and a[2:] == b[2:]
    return pairs, start


class Crf(nn.Module):
    FORBIDDEN = -1e4

    def __init__(self, labels):
        super().__init__()
        n = len(labels)
        self.transition = nn.Parameter(torch.zeros(n, n))
        self.start = nn.Parameter(torch.zeros(n))
        self.end = nn.Parameter(torch.zeros(n))
        pairs, start = legal(labels)
        self.register_buffer("no_pair", ~pairs)
        self.register_buffer("no_start", ~start)

    def weights(self):
        return (self.transition.masked_fill(self.no_pair, self.FORBIDDEN),
                self.start.masked_fill(self.no_start, self.FORBIDDEN), self.end)

    def loss(self, emissions, allowed, lengths):
        """Sum over the chains. emissions, allowed: chain x time x label, longest chain first."""
        transition, start, end = self.weights()
        both = torch.stack([emissions, emissions.masked_fill(~allowed, 2 * self.FORBIDDEN)])
        score = start + both[:, :, 0]
        done = []
        active = emissions.shape[0]
        sizes = lengths.tolist()
        for t in range(emissions.shape[1]):
            while active and sizes[active - 1] <= t:
                active -= 1
            if t == 0:
                continue
            if active < score.shape[1]:
                done.append(score[:, active:])
                score = score[:, :active]
            step = torch.logsumexp(score.unsqueeze(-1) + transition, dim=2)
            score = step + both[:, :active, t]
        done.append(score)
        final = torch.logsumexp(torch.cat(done[::-1], 1) + end, -1)
        return (final[0] - final[1]).sum()


def viterbi(emissions, transition, start, end):
    """Best path of one chain; plain lists or arrays (numpy)."""
    import numpy as np
    score = start + emissions[0]
    back = []
    for e in emissions[1:]:
        full = score[:, None] + transition
        back.append(full.argmax(0))
        score = full.max(0) + e
    best = int((score + end).argmax())
    path = [best]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]
