"""TilesView: a first layer's matrix as one small image a hidden unit, each as large as the input images."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.widgets.colour_scale import MISSING, Shades
from app.widgets.heat_data import Cell, HeatData
from app.widgets.heat_view import HeatView

# Pixels of the picture between two tiles; they show the card.
_GAP = 2
# With fewer screen pixels a weight, some would be left out or doubled; they are blended instead.
_SMOOTH_BELOW = 1.5


class TilesView(HeatView):
    """Column u of the matrix, which holds all weights into unit u, is the tile u, counted from 0 in reading order."""

    def __init__(self, image_shape: tuple[int, int]) -> None:
        super().__init__()
        self.image_shape = image_shape
        self._columns = 1

    def columns(self) -> int:
        """Return how many tiles stand side by side."""
        return self._columns

    def read_out(self, cell: Cell) -> str:
        """Return the value, and its place in the tile."""
        if cell.row is None:
            return super().read_out(cell)
        row, column = divmod(cell.row, self.image_shape[1])
        # No unit: the column of W counts from 0 while drawings number units from 1, and both side by side mislead.
        where = self.tr("row {row}, column {column}").format(row=row, column=column)
        return f"{where}:  {super().read_out(cell)}"

    # --- layout

    def _fit(self, room: QRectF) -> QRectF:
        assert self.data is not None
        self._columns, scale = best_columns(self.data.values.shape[1], self.image_shape, room.width(), room.height())
        # From 2 screen pixels a weight on, whole ones; below, what fits.
        scale = float(math.floor(scale)) if scale >= 2.0 else scale
        height, width = self._picture_shape()
        return QRectF(room.x(), room.y(), width * scale, height * scale)

    def _picture_shape(self) -> tuple[int, int]:
        assert self.data is not None
        rows = -(-self.data.values.shape[1] // self._columns)
        height, width = self.image_shape
        return rows * (height + _GAP) - _GAP, self._columns * (width + _GAP) - _GAP

    def _picture(self, shades: Shades) -> Shades:
        return mosaic(shades, self.image_shape, self._columns)

    def _divide(self, data: HeatData, bar_width: float) -> None:
        before = self._columns
        super()._divide(data, bar_width)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._scale() < _SMOOTH_BELOW)
        if self._columns != before:
            self._image.set_shades(self._picture(data.shades), data.table)
            self._image.setRect(self.image_rect)

    def _scale(self) -> float:
        """Return the screen pixels a weight."""
        return self.image_rect.width() / self._picture_shape()[1]

    def _element_at(self, point: QPointF) -> Cell | None:
        assert self.data is not None
        height, width = self.image_shape
        across = int((point.x() - self.image_rect.x()) / self._scale())
        down = int((point.y() - self.image_rect.y()) / self._scale())
        tile_column, column = divmod(across, width + _GAP)
        tile_row, row = divmod(down, height + _GAP)
        unit = tile_row * self._columns + tile_column
        if row >= height or column >= width or unit >= self.data.values.shape[1]:
            return None
        return Cell(row * width + column, unit)

    def _element_rect(self, row: int, column: int) -> QRectF:
        height, width = self.image_shape
        tile_row, tile_column = divmod(column, self._columns)
        down, across = divmod(row, width)
        scale = self._scale()
        left = self.image_rect.x() + (tile_column * (width + _GAP) + across) * scale
        top = self.image_rect.y() + (tile_row * (height + _GAP) + down) * scale
        return QRectF(left, top, scale, scale)

    def _paint_labels(self, painter: QPainter, data: HeatData) -> None:
        if data.biases is None or self.bar.rect.isEmpty():
            return
        place = QRectF(self.strip_rect.right() + 6.0, self.strip_rect.y(), 60.0, self.strip_rect.height())
        self.small.write(painter, place, data.bias_name)


@lru_cache(maxsize=64)
def best_columns(count: int, shape: tuple[int, int], width: float, height: float) -> tuple[int, float]:
    """Return with how many columns ``count`` tiles become largest in ``width`` x ``height``, and their scale."""
    best = (1, 0.0)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        across = columns * (shape[1] + _GAP) - _GAP
        down = rows * (shape[0] + _GAP) - _GAP
        scale = min(width / across, height / down)
        if scale > best[1]:
            best = (columns, scale)
    return best


def mosaic(shades: Shades, shape: tuple[int, int], columns: int) -> Shades:
    """Return one picture of all columns of ``shades`` (pixels, units), each as a tile of ``shape``."""
    height, width = shape
    units = shades.shape[1]
    whole_rows, rest = divmod(units, columns)
    rows = whole_rows + (rest > 0)
    picture = np.full((rows * (height + _GAP), columns * (width + _GAP)), MISSING, np.uint8)
    # The same memory as rows and columns of tiles.
    tiles = picture.reshape(rows, height + _GAP, columns, width + _GAP).transpose(0, 2, 1, 3)[:, :, :height, :width]
    tiles[:whole_rows] = shades.T[: whole_rows * columns].reshape(whole_rows, columns, height, width)
    if rest:
        tiles[whole_rows, :rest] = shades.T[whole_rows * columns :].reshape(rest, height, width)
    return picture[:-_GAP, :-_GAP]
