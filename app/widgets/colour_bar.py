"""ColourBar: the slim scale beside a heat map that says which colour is which value."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.look.colours import ink
from app.widgets.colour_scale import SHADES, ColourTable, Levels
from app.widgets.shade_item import ShadeItem
from app.widgets.typeface import Typeface
from app.widgets.value_text import short, with_minus

_WIDTH = 8.0
_LABEL_GAP = 4.0
_STEP = 10.0
# A round value between the ends for every so many lines of text.
_LINES_A_TICK = 3.0

_COLUMN = np.arange(SHADES - 1, -1, -1, dtype=np.uint8)[:, np.newaxis]


class ColourBar:
    """One column of colours, the highest value at the top, with its ends written beside it.

    ``item`` belongs into the scene of the heat map, ``paint`` into its foreground.
    """

    def __init__(self) -> None:
        self.item = ShadeItem()
        self.rect = QRectF()
        self._levels = Levels(0.0, 1.0)
        self._table: ColourTable | None = None
        self._beyond = (False, False)
        self._ticks: tuple[tuple[object, ...], list[tuple[float, str]]] = ((), [])

    def set_scale(self, levels: Levels, table: ColourTable, beyond: tuple[bool, bool] = (False, False)) -> None:
        """Show ``table`` from ``levels.low`` to ``levels.high``; ``beyond``: whether values lie below, above them."""
        self._levels, self._beyond = levels, beyond
        if table is not self._table:
            self._table = table
            self.item.set_shades(_COLUMN, table)
            self.item.setRect(self.rect)

    def width(self, face: Typeface) -> float:
        """Return the room for the bar and its labels in ``face``."""
        # A sign and three figures always have room, and room grows in steps, so that the picture seldom moves.
        texts = ("\N{MINUS SIGN}00.0", *self.labels())
        return _WIDTH + _LABEL_GAP + _STEP * math.ceil(max(face.advance(text) for text in texts) / _STEP)

    def place(self, left: float, top: float, height: float) -> None:
        """Put the bar there; a ``height`` of 0 hides it."""
        rect = QRectF(left, top, _WIDTH, height) if height > 0 else QRectF()
        self.item.setVisible(height > 0)
        if rect != self.rect and height > 0:
            self.item.setRect(rect)
        self.rect = rect

    def labels(self) -> tuple[str, str]:
        """Return the lowest and the highest value as text."""
        low, high = self._levels.low, self._levels.high
        below, above = self._beyond
        signs = ("\N{LESS-THAN OR EQUAL TO} " if below else "", "\N{GREATER-THAN OR EQUAL TO} " if above else "")
        return signs[0] + short(low, high - low), signs[1] + short(high, high - low)

    def ticks(self, line_height: float) -> list[tuple[float, str]]:
        """Return the values to write, with their texts: the ends and, where they have room, round ones between."""
        key = (self._levels, self._beyond, self.rect.height(), line_height)
        if key != self._ticks[0]:
            self._ticks = key, self._make_ticks(line_height)
        return self._ticks[1]

    def _make_ticks(self, line_height: float) -> list[tuple[float, str]]:
        low, high = self._levels.low, self._levels.high
        span = high - low
        ticks = list(zip((low, high), self.labels(), strict=True))
        steps = int(self.rect.height() / (_LINES_A_TICK * line_height))
        if steps < 2:
            return ticks
        rough = span / steps
        unit = 10.0 ** math.floor(math.log10(rough))
        step = unit * next(nice for nice in (1.0, 2.0, 5.0, 10.0) if nice * unit >= 0.999 * rough)
        # The end labels stand inside the bar: between them and the next, as much as their height stays free.
        clear = 2.0 * line_height / self.rect.height() * span
        between = range(math.ceil((low + clear) / step), math.floor((high - clear) / step) + 1)
        return ticks + [(number * step, _tick_text(number * step, step)) for number in between]

    def paint(self, painter: QPainter, face: Typeface, colour: str) -> None:
        """Write the values at the right of the bar."""
        if self.rect.isEmpty():
            return
        painter.setPen(ink(colour))
        height = face.height
        # Figures stand inside their line: the end labels may overhang the bar by what is empty above and below them.
        top, bottom = self.rect.top() - 0.15 * height, self.rect.bottom() + 0.15 * height - height
        for value, text in self.ticks(height):
            share = (value - self._levels.low) / (self._levels.high - self._levels.low)
            middle = self.rect.bottom() - share * self.rect.height()
            place = QRectF(self.rect.right() + _LABEL_GAP, min(max(middle - height / 2, top), bottom), 200.0, height)
            face.write(painter, place, text)


def _tick_text(value: float, step: float) -> str:
    """Return a multiple of ``step``, a round number, with no more decimals than that has."""
    if not 1e-3 <= step < 1e5:
        return short(value, step)
    return with_minus(f"{value:.{max(0, -math.floor(math.log10(step * 1.001)))}f}") if value else "0"
