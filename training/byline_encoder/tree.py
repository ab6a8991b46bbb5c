"""The best tree over arc scores: Chu-Liu/Edmonds with exactly one root. Reference for the Rust side."""
import numpy as np


def find_cycle(head):
    n = len(head)
    colour = [0] * n
    for start in range(1, n):
        path, at = [], start
        while at > 0 and colour[at] == 0:
            colour[at] = 1
            path.append(at)
            at = head[at]
        if at > 0 and colour[at] == 1 and at in path:
            return path[path.index(at):]
        for p in path:
            colour[p] = 2
    return None


def arborescence(score):
    """score[i, j]: node i has head j; node 0 is the root. Heads, head[0] = 0."""
    n = len(score)
    score = score.copy()
    np.fill_diagonal(score, -np.inf)
    score[0] = -np.inf
    head = score.argmax(1)
    head[0] = 0
    cycle = find_cycle(head.tolist())
    if cycle is None:
        return head
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    c = len(outside)
    small = np.full((c + 1, c + 1), -np.inf)
    small[:c, :c] = score[np.ix_(outside, outside)]
    kept = score[cycle, head[cycle]]
    gain = score[np.ix_(cycle, outside)] - kept[:, None]
    enter = gain.argmax(0)
    small[c, :c] = gain.max(0) + kept.sum()
    leave = score[np.ix_(outside, cycle)].argmax(1)
    small[:c, c] = score[np.ix_(outside, cycle)].max(1)
    solved = arborescence(small)
    out = head.copy()
    for i in range(1, c):
        j = solved[i]
        out[outside[i]] = cycle[leave[i]] if j == c else outside[j]
    came = solved[c]
    at = cycle[enter[came]]
    out[at] = outside[came]
    return out


def best(score):
    """The best tree in which one word only hangs from the root."""
    head = arborescence(score)
    if (head[1:] == 0).sum() == 1:
        return head
    result, top = None, -np.inf
    for r in np.argsort(-score[1:, 0])[:8] + 1:
        limited = score.copy()
        limited[1:, 0] = -1e6
        limited[r, 0] = score[r, 0]
        h = arborescence(limited)
        total = limited[np.arange(1, len(h)), h[1:]].sum()
        if total > top:
            result, top = h, total
    return result
