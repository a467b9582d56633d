"""Pages of one run: made when they are first needed, and kept while the panel keeps its size."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize

from app.panels.equation.cell_choice import Wish, choose, suits
from app.panels.equation.cell_page import CellPage
from app.panels.equation.cell_plan import BANDS, Band
from app.panels.equation.notation import Notation
from app.panels.equation.page import Page
from app.panels.equation.picture_layout import PictureLayout
from app.panels.equation.picture_page import PicturePage
from app.panels.equation.terms import Key, Terms
from app.panels.network.sample_view import Shape
from backprop import Phase
from backprop.arrays import Array

_MOST_PAGES = 40


class Pages:
    """Finds the page that shows a moment best."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.notation = Notation(shape.experiment)
        self.cell_by_cell = suits(shape.sizes)
        train = shape.dataset.train
        small = {Key("A", 0): train.x, Key("Y", shape.last): train.y}
        self._whole = frozenset(key for key, values in small.items() if self.cell_by_cell and _whole(values))
        self._kept: dict[object, tuple[Page, bool]] = {}

    def clear(self) -> None:
        """Forget all pages: room or fonts are others now."""
        self._kept.clear()

    def page(
        self, terms: Terms, phase: Phase | None, row: int, view: str | None, room: QRectF, scale: float, alone: bool
    ) -> tuple[Page, str]:
        """Return a page in ``room``, and the view it has: without a wish, all layers where they can be read.

        A sample ``alone`` has no update.
        """
        bands: tuple[Band, ...] = BANDS[:2] if alone else BANDS
        band = _band(phase) if _band(phase) in bands else bands[-1]
        every = range(1, self.shape.last + 1)
        if view is None:
            # At every phase, or the view would change from one to the next.
            can_read = all(self._made(terms, every, (bands, each), room, scale)[1] for each in bands)
            view = "all" if can_read or self.shape.last == 1 else "follow"
        layer = _layer(phase, self.shape.last) if not view.isdigit() else int(view)
        layers = every if view == "all" else range(layer, layer + 1)
        page, _ = self._made(terms, layers, (bands, band), room, scale)
        page.prepare(terms, row)
        return page, view

    def _made(
        self, terms: Terms, layers: range, bands: tuple[tuple[Band, ...], Band], room: QRectF, scale: float
    ) -> tuple[Page, bool]:
        """Return a page of ``layers`` with the bands there are, or that of the present phase, and if it can be read."""
        rows = len(terms.snapshot.rows)
        key = (layers, bands, rows, terms.snapshot.learning_rate)
        if key not in self._kept:
            if len(self._kept) >= _MOST_PAGES:
                self._kept.clear()
            if self.cell_by_cell:
                wish = Wish(self.shape.sizes, layers, rows, *bands, self._whole)
                self._kept[key] = self._cells(terms, wish, room, scale)
            else:
                self._kept[key] = self._pictures(layers, bands[1], room, scale)
        return self._kept[key]

    def _cells(self, terms: Terms, wish: Wish, room: QRectF, scale: float) -> tuple[Page, bool]:
        layout, request, readable = choose(terms, self.notation, wish, room, scale)
        return CellPage(layout, self.notation, scale, _size(room), request.rows), readable

    def _pictures(self, layers: range, band: Band, room: QRectF, scale: float) -> tuple[Page, bool]:
        bands = (
            BANDS[:2] if PictureLayout.has_room(room.height(), scale) else (band if band != "update" else "forward",)
        )
        layout = PictureLayout(self.shape, layers, bands, room, scale)
        return PicturePage(layout, self.notation, _size(room)), layout.complete


def _size(room: QRectF) -> QSize:
    """Return the size of a picture that reaches from the panel's corner to that of ``room``."""
    return QSize(round(room.right()) + 1, round(room.bottom()) + 1)


def _band(phase: Phase | None) -> Band:
    """Return the band in which a phase computes; the loss belongs to the way back."""
    if phase is None or phase.kind == "forward":
        return "forward"
    return "update" if phase.kind == "update" else "backward"


def _layer(phase: Phase | None, last: int) -> int:
    """Return the layer that a phase computes; the update comes after the first layer's, and before its next one."""
    if phase is not None and phase.kind == "loss":
        return last
    return (phase.layer if phase is not None else None) or 1


def _whole(values: Array) -> bool:
    """Return whether ``values`` are whole numbers of one figure."""
    some = values[:1000]
    return bool(np.all(np.rint(some) == some) and np.all((some >= 0) & (some < 10)))
