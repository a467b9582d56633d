"""The choice of a layout: as much of the equations as can be read in the room there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from app.panels.equation.cell_layout import SMALLEST, Layout
from app.panels.equation.cell_plan import Band, Request, plan
from app.panels.equation.notation import Notation
from app.panels.equation.terms import Key, Terms

#: So many units a layer are still shown cell by cell, and so many rows of a batch.
MOST_UNITS, MOST_ROWS = 8, 8
_LEAST_ROWS = 4
# Figures of so many pixels can be read well; with larger ones there is room for the shapes, too.
_READABLE, _ROOMY = 9.0, 12.0


@dataclass(frozen=True)
class Wish:
    """What is to be shown: the layers, the rows of the batch, the bands there are, and that of the present phase."""

    sizes: tuple[int, ...]
    layers: range
    rows: int
    bands: tuple[Band, ...]
    band: Band
    whole: frozenset[Key]


def suits(sizes: tuple[int, ...]) -> bool:
    """Return whether a network with so many inputs and units is small enough to be shown cell by cell."""
    return max(sizes) <= MOST_UNITS


def choose(terms: Terms, notation: Notation, wish: Wish, room: QRectF, scale: float) -> tuple[Layout, Request, bool]:
    """Return the first layout that can be read, its request, and that it can; otherwise the largest layout."""
    best: tuple[Layout, Request] | None = None
    for request, shapes in _requests(wish):
        layout = Layout(plan(terms, notation, request), room, wish.whole, scale, shapes)
        if layout.em >= (_ROOMY if shapes else _READABLE) * scale:
            return layout, request, True
        if not shapes and (best is None or layout.em > best[0].em):
            best = layout, request
    assert best is not None
    layout, request = best
    if layout.em >= SMALLEST * scale:
        return layout, request, False
    tight = Layout(plan(terms, notation, request), room, wish.whole, scale, tight=True)
    return tight, request, False


def _requests(wish: Wish) -> Iterator[tuple[Request, bool]]:
    """Yield requests from the one that shows most to the one that shows least, and whether to write shapes."""
    rows = min(wish.rows, MOST_ROWS)
    fewer = [count for count in range(rows, 0, -1) if count >= min(rows, _LEAST_ROWS)]
    whole = Request(wish.sizes, wish.layers, rows)
    levels = (whole, replace(whole, operands=False), replace(whole, operands=False, slopes=False))
    for bands in (wish.bands, (wish.band,)):
        yield replace(whole, bands=bands), True
        for count in fewer:
            for level in levels:
                yield replace(level, bands=bands, rows=count), False
