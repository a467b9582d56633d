"""Lettering: a small typeface in two weights, with the widths of texts that are written again and again."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF

from app.theme import number_font

_MOST_WIDTHS = 1000


class Lettering:
    """Figures of equal width, ``plain`` and ``bold``, of a size in points; ``line`` is the height of a line."""

    def __init__(self, points: float) -> None:
        self.plain: QFont = number_font(points)
        self.bold: QFont = number_font(points, bold=True)
        self._plain_metrics = QFontMetricsF(self.plain)
        self._bold_metrics = QFontMetricsF(self.bold)
        self.line: float = self._plain_metrics.height()
        self.ascent: float = self._plain_metrics.ascent()
        self._widths: dict[tuple[str, bool], float] = {}

    def font(self, bold: bool) -> QFont:
        """Return the font of that weight."""
        return self.bold if bold else self.plain

    def width(self, text: str, bold: bool = False) -> float:
        """Return how wide ``text`` is, in pixels. Measuring is slow, and the same few labels come in every frame."""
        key = (text, bold)
        if key not in self._widths:
            if len(self._widths) >= _MOST_WIDTHS:
                self._widths.clear()
            metrics = self._bold_metrics if bold else self._plain_metrics
            self._widths[key] = metrics.horizontalAdvance(text)
        return self._widths[key]
