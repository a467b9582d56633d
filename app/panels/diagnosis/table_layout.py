"""TableLayout: where the cells of the table of layers stand, and which columns there is room for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from app.look.fonts import number_font
from app.panels.diagnosis.names import Names
from app.panels.diagnosis.table_words import COLUMNS, flat_heading, heading, short_heading
from app.widgets.typeface import Typeface
from backprop.diagnosis.vital_signs import VitalSigns

HISTOGRAMS = ("activations", "deltas")

_POINTS = 9.0
_HEAD_POINTS = 8.0
_ROW = 19
_LEAST_ROW = 16
_TALLEST_ROW = 96
# A table of so few rows is not squeezed.
_FEW_ROWS = 3
_COLUMN_GAP = 9.0
#: Beside the text of a cell, so that a focus ring leaves it alone.
_INSET = 3.0
#: The longest text of each column of numbers, so that widths do not change with the numbers.
_LONGEST = {"gradient": "8.8e−8", "weight": "0.0088", "ratio": "8.8e−8", "flat": ">99\N{NO-BREAK SPACE}%"}
_NARROWEST_BARS = 24.0
#: Histograms of this width leave some of what is beyond to the numbers, up to so much for each.
_WIDE_BARS = 110.0
_WIDEST_SPREAD = 24.0
#: What is left out first where there is no room for all columns.
_DISPENSABLE = ("activations", "weight", "deltas", "ratio")


@dataclass(frozen=True)
class Cell:
    """A place in the table: ``row`` is a layer, counted from 0, or -1 for the headings."""

    row: int
    column: str


class TableFonts:
    """The fonts of the table; ``scale`` enlarges a figure."""

    def __init__(self, scale: float = 1.0) -> None:
        self.plain = Typeface(number_font(_POINTS * scale))
        self.bold = Typeface(number_font(_POINTS * scale, bold=True))
        self.head = Typeface(number_font(_HEAD_POINTS * scale))
        metrics = QFontMetricsF(self.plain.font)
        #: From the middle of a line down to its base line.
        self.rise = (metrics.ascent() - metrics.descent()) / 2
        self.head_ascent = QFontMetricsF(self.head.font).ascent()

    @property
    def head_height(self) -> float:
        """The height of the two lines of headings."""
        return 2 * self.head.height + 4

    def height_for(self, rows: int, row_height: int | None = None) -> int:
        """Return the height of a table with so many rows of that height, or of the usual one."""
        usual = max(_ROW, round(self.plain.height) + 3)
        return round(self.head_height) + rows * (usual if row_height is None else row_height)

    def least_height(self, rows: int) -> int:
        """Return the least height at which everything can still be read."""
        if rows <= _FEW_ROWS:
            return self.height_for(rows)
        return self.height_for(rows, max(_LEAST_ROW, round(self.plain.height)))

    def greatest_height(self, rows: int) -> int:
        """Return the height beyond which more room shows no more."""
        return self.height_for(rows, _TALLEST_ROW)


class TableLayout:
    """Places for the layers of ``signs`` in ``width`` by ``height`` pixels; they do not change with the numbers."""

    def __init__(self, signs: VitalSigns, names: Names, fonts: TableFonts, width: float, height: float) -> None:
        self._flat = flat_heading(signs)
        self._fonts = fonts
        self.rows = len(signs.layers)
        self.names = [names.layer(layer.number) for layer in signs.layers]
        self.places: dict[Cell, QRectF] = {}
        #: The columns that there is room for, and the headings of each in two lines.
        self.columns: list[str] = []
        self.headings: dict[str, tuple[str, str]] = {}
        self._arrange(width, height)

    def _arrange(self, width: float, height: float) -> None:
        fonts, head = self._fonts, self._fonts.head_height
        row_height = min(_TALLEST_ROW, max(1.0, (height - head) / self.rows))
        widths = self._widths()
        # Numbers take what they need; the histograms, which gain by room, take the rest. Narrow tables leave some out.
        shown, bars, rest = list(COLUMNS), list(HISTOGRAMS), 0.0
        for dropped in ("", *_DISPENSABLE):
            shown = [column for column in shown if column != dropped]
            bars = [column for column in shown if column in HISTOGRAMS]
            gaps = (len(shown) - 1) * _COLUMN_GAP + 2 * _INSET
            rest = width - gaps - sum(widths[column] for column in shown if column not in bars)
            if rest >= len(bars) * _NARROWEST_BARS:
                break
        numbers = [column for column in shown if column in _LONGEST]
        spread = min(_WIDEST_SPREAD, max(0.0, rest - len(bars) * _WIDE_BARS) / 8)
        each = max(1.0, (rest - spread * len(numbers)) / len(bars)) if bars else 0.0
        x = _INSET
        for column in shown:
            wide = each if column in bars else widths[column] + (spread if column in numbers else 0.0)
            self.places[Cell(-1, column)] = QRectF(x, 0, wide, head)
            for row in range(self.rows):
                self.places[Cell(row, column)] = QRectF(x, head + row * row_height, wide, row_height)
            x += wide + _COLUMN_GAP
            full = self._heading(column)
            fits = column not in bars or fonts.head.advance(full[1]) <= wide
            self.headings[column] = full if fits else short_heading(column)
        self.columns = shown

    def _heading(self, column: str) -> tuple[str, str]:
        return self._flat if column == "flat" else heading(column)

    def _widths(self) -> dict[str, float]:
        fonts = self._fonts
        widths = {"layer": max(fonts.plain.advance(name) for name in self.names)}
        for column, longest in _LONGEST.items():
            lines = (fonts.head.advance(line) for line in self._heading(column))
            widths[column] = max(fonts.bold.advance(longest), *lines)
        return widths

    def find(self, point: QPointF) -> Cell | None:
        """Return the cell at ``point``."""
        half = _COLUMN_GAP / 2
        return next((c for c, place in self.places.items() if place.adjusted(-half, 0, half, 0).contains(point)), None)
