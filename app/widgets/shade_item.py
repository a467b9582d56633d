"""ShadeItem: a pyqtgraph image of shades that is painted several times as fast as a stock one."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.widgets.colour_scale import ColourTable, Shades

_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


class ShadeItem(pg.ImageItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Rows of ``shades`` are rows of the picture; ``setRect`` says where it is.

    A stock item hands Qt an image with a colour table, which takes Qt 0.5 to 2 ms to scale; the same in 32 bits takes
    0.1 to 0.5, and 0.1 to convert.
    """

    def __init__(self) -> None:
        super().__init__(axisOrder="row-major")
        self._table: ColourTable | None = None
        self._picture: QImage | None = None

    def set_shades(self, shades: Shades, table: ColourTable) -> None:
        """Show ``shades`` (rows, columns) in the colours of ``table``."""
        self._table = table
        self._picture = None
        self.setImage(shades, levels=None, autoLevels=False)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the picture, converted when it is first needed."""
        if self._table is None:
            return
        if self._picture is None:
            # The image refers to the array's memory, so the array has to stay.
            self._pixels = self._table.pixels[self.image]
            height, width = self._pixels.shape
            self._picture = QImage(self._pixels.data, width, height, 4 * width, _FORMAT)
        painter.drawImage(QRectF(0.0, 0.0, self._pixels.shape[1], self._pixels.shape[0]), self._picture)
