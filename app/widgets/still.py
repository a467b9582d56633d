"""Still: a picture of what seldom changes, painted once and put into every frame."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.widgets.vector import is_vector

#: Paints something in the coordinates of the widget.
Draw = Callable[[QPainter], None]


class Still:
    """Keeps one picture until something about it is different: its place, its look, or the pixels of the screen."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._picture = QPixmap()
        self._corner = QPointF()
        #: Where to paint at once, in place of a picture.
        self._direct: QPainter | None = None

    def forget(self) -> None:
        """Paint anew next time, for a reason that is not in the look, such as another typeface."""
        self._key = ()

    def paint(self, painter: QPainter, place: QRectF, ground: str | None, look: object, draw: Draw) -> None:
        """Put the picture of ``place`` there; have ``draw`` paint it first if it is not the one kept.

        The result of ``draw`` depends on ``look`` alone, which is compared with ==. On a ``ground`` of one colour every
        pixel is the one that ``draw`` would give ``painter``; None leaves the ground transparent.
        """
        self.prepare(painter, place, ground, look, draw)
        self.put(painter)

    def prepare(self, painter: QPainter, place: QRectF, ground: str | None, look: object, draw: Draw) -> bool:
        """Do as ``paint`` does, but put the picture nowhere yet. Return whether it has been painted anew.

        Among lines and letters a picture of pixels would be a stranger: there, all is painted at once and anew.
        """
        if is_vector(painter):
            self._direct = painter
            if ground is not None:
                painter.fillRect(place, QColor(ground))
            self.add(draw)
            return True
        ratio = painter.device().devicePixelRatio()
        # Where the scale is no whole number, the corner may lie within a pixel of the screen.
        corner = painter.deviceTransform().map(place.topLeft())
        within = QPointF(corner.x() % 1.0, corner.y() % 1.0) / ratio
        key = (place, ground, look, ratio, within)
        if key == self._key:
            return False
        self._key, self._corner = key, place.topLeft() - within
        width, height = place.width() + within.x(), place.height() + within.y()
        self._picture = QPixmap(max(1, math.ceil(width * ratio)), max(1, math.ceil(height * ratio)))
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent if ground is None else QColor(ground))
        self.add(draw)
        return True

    def add(self, draw: Draw) -> None:
        """Paint more onto the picture that is kept."""
        if self._direct is not None:
            self._direct.save()
            self._direct.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(self._direct)
            self._direct.restore()
            return
        with QPainter(self._picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-self._corner)
            draw(painter)

    def put(self, painter: QPainter) -> None:
        """Put the picture at its place."""
        if self._direct is not None:
            self._direct = None
            self.forget()
        else:
            painter.drawPixmap(self._corner, self._picture)
