"""Arrangement: dividing a rectangle among views, side by side while there is room, else in several rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QRect


def arrange(rect: QRect, shares: Sequence[float], gap: int) -> list[QRect]:
    """Return one rectangle inside ``rect`` for each of ``shares``, in reading order, ``gap`` apart.

    A view with four times the share of another should be twice as wide and high; within a row, widths are in
    proportion to the shares. The number of rows is the one that leaves the worst off view most of what it should get.
    """
    if not shares:
        return []
    layouts = [_in_rows(rect, _cuts(len(shares), rows), shares, gap) for rows in range(1, len(shares) + 1)]
    return max(layouts, key=lambda views: _worst(views, shares))


def _worst(views: Sequence[QRect], shares: Sequence[float]) -> float:
    return min(min(view.width(), view.height()) / math.sqrt(share) for view, share in zip(views, shares, strict=True))


def _cuts(count: int, rows: int) -> list[int]:
    """Return where each row begins, and the end: rows are as equal in number as can be, the first ones shorter."""
    return [count * row // rows for row in range(rows + 1)]


def _in_rows(rect: QRect, cuts: Sequence[int], shares: Sequence[float], gap: int) -> list[QRect]:
    rows = [shares[start:stop] for start, stop in pairwise(cuts)]
    views = []
    for row, (top, height) in zip(
        rows, _divide(rect.height(), [math.sqrt(max(row)) for row in rows], gap), strict=True
    ):
        for left, width in _divide(rect.width(), row, gap):
            views.append(QRect(rect.x() + left, rect.y() + top, width, height))
    return views


def _divide(length: int, shares: Sequence[float], gap: int) -> list[tuple[int, int]]:
    """Return start and length of each share of ``length``, to whole pixels and without a remainder."""
    room = max(0, length - gap * (len(shares) - 1))
    total = sum(shares)
    ends = [0, *(round(room * part / total) for part in accumulate(shares))]
    return [(start + gap * i, stop - start) for i, (start, stop) in enumerate(pairwise(ends))]
