"""Typeface: a font whose text sizes are measured once; measuring takes as long as painting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

# So many texts are remembered; numbers that change all the time would fill memory otherwise.
_MOST_TEXTS = 2000


class Typeface:
    """``height`` and ``advance`` are in the pixels of a device pixel ratio of 1."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._advances: dict[str, float] = {}
        self.height = self._metrics.height()

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
