"""Side by side: where the pictures of several quantities and layers stand, and which layers have room at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect

from app.panels.weights.quantities import QUANTITIES
from app.widgets.arrangement import arrange

_GAP = 16
_ROW_GAP = 10
# Lower rows would show little but titles and labels; tiles are many small pictures.
_LEAST_HEIGHT = {"matrix": 72, "histogram": 90, "tiles": 240}


def fit(layers: int, height: int, view: str) -> bool:
    """Return whether as many ``layers`` as "matrix", "histogram" or "tiles" have room below each other."""
    return layers == 1 or (height + _ROW_GAP) / layers - _ROW_GAP >= _LEAST_HEIGHT[view]


def rows_of_quantities(rect: QRect, count: int) -> Sequence[QRect]:
    """Return places for ``count`` pictures, all quantities of a layer in a row; a single layer may need two rows.

    All pictures are equally large, so that a place in one of them is the same place in the others.
    """
    layers = count // len(QUANTITIES)
    if layers == 1:
        places = arrange(rect, [1.0] * count, _GAP)
        return [_resized(place, places) for place in places]
    columns = len(QUANTITIES)
    width = (rect.width() - _GAP * (columns - 1)) // columns
    height = (rect.height() - _ROW_GAP * (layers - 1)) // layers
    return [
        QRect(
            rect.x() + column * (rect.width() + _GAP) // columns,
            rect.y() + row * (rect.height() + _ROW_GAP) // layers,
            width,
            height,
        )
        for row in range(layers)
        for column in range(columns)
    ]


def _resized(place: QRect, places: Sequence[QRect]) -> QRect:
    """Return ``place`` with the size of the smallest of ``places``: they differ by a pixel."""
    return QRect(place.x(), place.y(), min(p.width() for p in places), min(p.height() for p in places))
