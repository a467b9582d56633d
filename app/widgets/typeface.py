"""Typeface: a font whose texts are measured once and laid out once; both take longer than painting them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

#: Where a text stands in its place: the share of the room left over that lies before it.
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
# So many texts are remembered; numbers that change all the time would fill memory otherwise.
_MOST_TEXTS = 2000
_AS_ZEROS = str.maketrans("123456789", "000000000")


class Typeface:
    """``height``, ``ascent`` and ``advance`` are in the pixels of a device pixel ratio of 1."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._advances: dict[str, float] = {}
        self._labels: dict[str, QStaticText] = {}
        self.height = self._metrics.height()
        self.ascent = self._metrics.ascent()

    def advance(self, text: str) -> float:
        """Return the width of ``text``."""
        width = self._advances.get(text)
        if width is None:
            if len(self._advances) >= _MOST_TEXTS:
                self._advances.clear()
            width = self._advances[text] = self._metrics.horizontalAdvance(text)
        return width

    def elided(self, text: str, width: float) -> str:
        """Return ``text``, or as much of its beginning as ``width`` has room for."""
        if self.advance(text) <= width:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def write(self, painter: QPainter, place: QRectF, text: str, align: float = LEFT) -> None:
        """Write one line of ``text``, such as a number, in the middle of the height of ``place``."""
        left, top = self._corner(place, text, align)
        painter.setFont(self.font)
        painter.drawText(QPointF(left, top + self.ascent), text)

    def write_label(self, painter: QPainter, place: QRectF, text: str, align: float = LEFT) -> None:
        """Do the same with one of a few texts that come in every frame: they are laid out only once."""
        label = self._labels.get(text)
        if label is None:
            if len(self._labels) >= _MOST_TEXTS:
                self._labels.clear()
            label = self._labels[text] = QStaticText(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
        left, top = self._corner(place, text, align)
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(left, top), label)

    def _corner(self, place: QRectF, text: str, align: float) -> tuple[float, float]:
        """Return the top left corner of ``text``."""
        left = place.x()
        if align:
            # All figures are equally wide: a number that changes is measured once, and stands still.
            left += align * (place.width() - self.advance(text.translate(_AS_ZEROS)))
        return left, place.y() + 0.5 * (place.height() - self.height)
