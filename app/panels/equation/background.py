"""Backgrounds: pictures of what seldom changes, one for each of the states that come again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

from app.look.colours import ink
from app.widgets.vector import is_vector

# The phases of a step follow each other in a circle, so the pictures of each are worth keeping.
_MOST_PICTURES, _MOST_PIXELS = 24, 6_000_000


class Backgrounds:
    """Pictures of ``size``, filled with a colour and painted when they are first needed."""

    def __init__(self, size: QSize) -> None:
        self._size = size
        self._pictures: dict[tuple[Hashable, str, float], QPixmap] = {}

    def paint(self, painter: QPainter, state: Hashable, colour: str, draw: Callable[[QPainter], None]) -> None:
        """Paint the picture of ``state``, at the painter's origin; ``draw`` paints one anew."""
        if is_vector(painter):
            painter.save()
            painter.fillRect(QRect(QPoint(), self._size), ink(colour))
            draw(painter)
            painter.restore()
            return
        ratio = painter.device().devicePixelRatio()
        key = (state, colour, ratio)
        picture = self._pictures.pop(key, None)
        if picture is None:
            picture = QPixmap(self._size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(ink(colour))
            background = QPainter(picture)
            draw(background)
            background.end()
        # The one used last stands last; the first is the one to forget.
        self._pictures[key] = picture
        most = max(1, _MOST_PIXELS // max(1, picture.width() * picture.height()))
        while len(self._pictures) > min(most, _MOST_PICTURES):
            del self._pictures[next(iter(self._pictures))]
        painter.drawPixmap(QPoint(), picture)
