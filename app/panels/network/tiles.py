"""Tiles: a layer's numbers as a picture, one square a unit."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from app.look.colours import ink
from app.look.theme import Theme
from app.panels.network.drawing import faint
from app.widgets.colour_scale import MISSING, SHADES, Levels
from backprop.arrays import Array

#: A colour for each shade of ``app.widgets.colour_scale``, 0xAARRGGBB.
Colours = NDArray[np.uint32]

_LARGEST_TILE = 26.0
_ROUNDING = 4.0


@cache
def grey() -> Colours:
    """Return black to white."""
    level = np.rint(np.linspace(0.0, 255.0, SHADES)).astype(np.uint32)
    colours: Colours = np.append(0xFF000000 | level << 16 | level << 8 | level, 0).astype(np.uint32)
    return colours


def picture(values: Array, columns: int, colours: Colours, low: float, high: float) -> QImage:
    """Return ``values``, (units,), as an image of ``columns`` pixels a row; what is missing at its end is transparent.

    Values from ``low`` to ``high`` go over ``colours``; what is beyond has the colour of the nearer end.
    """
    rows = math.ceil(len(values) / columns)
    shades = np.full(rows * columns, MISSING, np.uint8)
    shades[: len(values)] = Levels(low, high).shades(values)
    pixels = colours[shades]
    # Without the copy the image would outlive its numbers.
    return QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()


class Tiles:
    """``units`` squares in rows, as large as ``room`` allows; ``columns`` 0 means the number that suits the room."""

    def __init__(self, units: int, room: QRectF, columns: int = 0, zoom: float = 1.0) -> None:
        self.units = units
        largest = room.width() if columns else _LARGEST_TILE * zoom
        self.columns = columns or _best_columns(units, room, largest)
        rows = math.ceil(units / self.columns)
        tile = min(room.width() / self.columns, room.height() / rows, largest)
        # Whole pixels where there is room for them, so that all tiles are equally large.
        self.tile = float(math.floor(tile)) if tile >= 3.0 else max(tile, 0.2)
        left = room.center().x() - 0.5 * self.tile * self.columns
        top = room.center().y() - 0.5 * self.tile * rows
        self.rect = QRectF(round(left), round(top), self.tile * self.columns, self.tile * rows)
        self._corners = QPainterPath()
        self._corners.addRect(self.rect)
        self._corners.addRoundedRect(self.rect, _ROUNDING, _ROUNDING)

    def paint(self, painter: QPainter, image: QImage | None, theme: Theme) -> None:
        """Paint ``image``, one pixel a unit, or an empty grid for what is not computed yet."""
        if image is None:
            painter.setPen(QPen(faint(theme), 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(theme.field))
            painter.drawRoundedRect(self.rect, _ROUNDING, _ROUNDING)
            return
        painter.drawImage(self.rect, image)
        # To clip the image to round corners would take ten times as long as to paint over square ones.
        painter.fillPath(self._corners, ink(theme.card))

    def find(self, point: QPointF) -> int | None:
        """Return the unit at ``point``."""
        if not self.rect.contains(point):
            return None
        column = min(self.columns - 1, int((point.x() - self.rect.left()) / self.tile))
        unit = int((point.y() - self.rect.top()) / self.tile) * self.columns + column
        return unit if unit < self.units else None

    def place(self, unit: int) -> QRectF:
        """Return the square of ``unit``."""
        row, column = divmod(unit, self.columns)
        return QRectF(self.rect.left() + column * self.tile, self.rect.top() + row * self.tile, self.tile, self.tile)


def _best_columns(units: int, room: QRectF, largest: float) -> int:
    """Return the number of columns with the largest squares; one that leaves no gap in the last row counts more."""

    def worth(columns: int) -> float:
        rows = math.ceil(units / columns)
        tile = min(room.width() / columns, room.height() / rows, largest)
        # A wide block reads better than a tower.
        return tile * (1.0 if rows * columns == units else 0.72) * (1.0 if columns >= rows else 0.9)

    return max(range(1, units + 1), key=worth)
