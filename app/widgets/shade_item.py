"""ShadeItem: an image of shades in a scene, painted several times as fast as a stock one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem

from app.widgets.colour_scale import ColourTable, Shades

_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


class ShadeItem(QGraphicsItem):
    """Rows of ``shades`` are rows of the picture; ``setRect`` says where it is.

    pyqtgraph's ImageItem hands Qt an image with a colour table, which takes Qt 0.5 to 2 ms to scale; the same in 32
    bits takes 0.1 to 0.5, and 0.1 to convert.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rect = QRectF()
        self._shades: Shades | None = None
        self._table: ColourTable | None = None
        self._pixels: NDArray[np.uint32] = np.empty((0, 0), np.uint32)
        self._picture: QImage | None = None

    def setRect(self, rect: QRectF) -> None:
        """Fill ``rect``, in the scene's coordinates."""
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect

    def set_shades(self, shades: Shades, table: ColourTable) -> None:
        """Show ``shades`` (rows, columns) in the colours of ``table``. The view has to ask for painting."""
        self._shades, self._table = shades, table
        self._picture = None

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the picture, converted when it is first needed."""
        if self._shades is None or self._table is None:
            return
        if self._picture is None:
            # The image refers to the array's memory, so the array has to stay. Clip is the fastest mode; nothing is.
            self._pixels = self._table.pixels.take(self._shades, mode="clip")
            height, width = self._pixels.shape
            self._picture = QImage(self._pixels.data, width, height, 4 * width, _FORMAT)
        painter.drawImage(self._rect, self._picture)
