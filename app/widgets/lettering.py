"""Lettering: a small typeface in two weights."""

from __future__ import annotations

from app.look.fonts import number_font
from app.widgets.typeface import Typeface


class Lettering:
    """Figures of equal width, ``plain`` and ``bold``, of a size in points; ``line`` is the height of a line."""

    def __init__(self, points: float) -> None:
        self.plain = Typeface(number_font(points))
        self.bold = Typeface(number_font(points, bold=True))
        self.line: float = self.plain.height
        self.ascent: float = self.plain.ascent

    def face(self, bold: bool) -> Typeface:
        """Return the typeface of that weight."""
        return self.bold if bold else self.plain

    def width(self, text: str, bold: bool = False) -> float:
        """Return how wide ``text`` is, in pixels."""
        return self.face(bold).advance(text)
