"""The fonts of the inspector's pages, measured once, and the pictures of curves that are painted again and again."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from app.look.fonts import number_font
from app.panels.inspector.curve_pictures import CurvePictures
from app.panels.inspector.formula import FormulaTypeface
from app.panels.inspector.shares import ShareFonts
from app.widgets.typeface import Typeface

#: How much larger text is in a figure.
EXPORT_SCALE = 1.25
_TEXT_POINTS = 9.5
_SMALL_POINTS = 8.25


class PageFonts:
    """Every font of a page, measured once and kept over all moments; ``scale`` enlarges a figure."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self.plain = Typeface(number_font(_TEXT_POINTS * scale))
        self.bold = Typeface(number_font(_TEXT_POINTS * scale, bold=True))
        self.small = Typeface(number_font(_SMALL_POINTS * scale))
        self.small_bold = Typeface(number_font(_SMALL_POINTS * scale, bold=True))
        #: From the top of a plain line to its base line.
        self.ascent = QFontMetricsF(self.plain.font).ascent()
        self.small_ascent = QFontMetricsF(self.small.font).ascent()
        self.shares = ShareFonts(scale)
        self.curves = CurvePictures()
        self._formulas: dict[float, FormulaTypeface] = {}

    def formula(self, size: float) -> FormulaTypeface:
        """Return the fonts of a formula, ``size`` times as large as usual."""
        if size not in self._formulas:
            self._formulas[size] = FormulaTypeface(size * self.scale)
        return self._formulas[size]
