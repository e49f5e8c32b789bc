"""Spanning trees and name sequences from scores, as the program decodes them."""

import numpy as np


def _cycle(head):
    """A set of nodes on a cycle of `head` (head[i] of node i; -1 none), or nothing."""
    state = np.zeros(len(head), int)
    for start in range(len(head)):
        path, v = [], start
        while v >= 0 and state[v] == 0:
            state[v] = 1
            path.append(v)
            v = head[v]
        if v >= 0 and state[v] == 1:
            return path[path.index(v):]
        for v in path:
            state[v] = 2
    return None


def _edmonds(score):
    """Best tree over score[dependent, head]; node 0 is the root. Returns heads, head[0] = -1."""
    n = len(score)
    score = score.copy()
    np.fill_diagonal(score, -1e18)
    head = score.argmax(1)
    head[0] = -1
    cycle = _cycle(head)
    if cycle is None:
        return head
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    c = len(rest)
    small = np.full((c + 1, c + 1), -1e18)
    small[:c, :c] = score[np.ix_(rest, rest)]
    cycle = np.array(cycle)
    gain = score[cycle][:, rest] - score[cycle, head[cycle]][:, None]
    enter = gain.argmax(0)
    small[c, :c] = gain.max(0)
    out = score[np.ix_(rest, cycle)]
    leave = out.argmax(1)
    small[:c, c] = out.max(1)
    small[0, :] = -1e18
    inner = _edmonds(small)
    result = head.copy()
    for i, v in enumerate(rest):
        if v == 0:
            continue
        result[v] = cycle[leave[i]] if inner[i] == c else rest[inner[i]]
    result[cycle[enter[inner[c]]]] = rest[inner[c]]
    result[0] = -1
    return result


def tree(scores):
    """scores[n, n+1] (the last column is the root): heads with exactly one -1."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -1e18)
    full[1:, 1:] = scores[:, :n]
    full[1:, 0] = scores[:, n]
    heads = _edmonds(full)[1:]
    roots = np.flatnonzero(heads == 0)
    if len(roots) > 1:
        best, best_sum = None, -np.inf
        for root in roots:  # the best tree whose only root is this one
            one = full.copy()
            one[1:, 0] = -1e15
            one[root + 1, 0] = full[root + 1, 0]
            found = _edmonds(one)[1:]
            total = one[np.arange(1, n + 1), found].sum()
            if total > best_sum:
                best, best_sum = found, total
        heads = best
    return heads - 1


def names(scores):
    """Best label sequence of scores[n, labels] in which an inside (even label above 0) follows its begin or itself."""
    n, labels = scores.shape
    inside = np.arange(2, labels, 2)
    best = scores[0].copy()
    best[inside] = -1e9
    back = np.zeros((n, labels), int)
    for i in range(1, n):
        top = best.argmax()
        back[i] = top
        now = scores[i] + best[top]
        from_begin = best[inside - 1] >= best[inside]
        back[i, inside] = np.where(from_begin, inside - 1, inside)
        now[inside] = scores[i, inside] + np.maximum(best[inside - 1], best[inside])
        best = now
    path = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]
