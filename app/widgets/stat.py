"""Stat: one large number with a small caption under it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look.colours import ink
from app.look.fonts import number_font
from app.look.theme import LIGHT, Theme
from app.widgets.typeface import RIGHT, Typeface

_NUMBER_POINTS, _CAPTION_POINTS = 15.0, 9.0


class Stat(QWidget):
    """A number that can change many times a second and stay where it is.

    It paints itself: for every new text of a label, Qt lays out and paints the whole window. It stands on a card.
    """

    def __init__(self, caption: str, widest: str = "0.0000", parent: QWidget | None = None) -> None:
        """Make a stat without a value; ``widest`` is the widest one expected, as text."""
        super().__init__(parent)
        self._widest = widest
        self._value = "\N{EN DASH}"
        self._caption = caption
        self._theme = LIGHT
        self._hint = QSize()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._use_font()

    def value(self) -> str:
        """Return what is shown."""
        return self._value

    def set_value(self, text: str) -> None:
        """Show ``text``; only one wider than any before it widens the stat."""
        if text != self._value:
            self._value = text
            self._follow()

    def caption(self) -> str:
        """Return the small text."""
        return self._caption

    def set_caption(self, text: str) -> None:
        """Show ``text`` under the number."""
        if text != self._caption:
            self._caption = text
            self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return self._hint

    def minimumSizeHint(self) -> QSize:
        return self._hint

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._use_font()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink(self._theme.card))
            row = QRectF(0.0, (self.height() - self._hint.height()) // 2, self.width(), _line(self._large))
            painter.setPen(ink(self._theme.text))
            self._large.write(painter, row, self._value, RIGHT)
            row = QRectF(0.0, row.bottom(), self.width(), _line(self._small))
            painter.setPen(ink(self._theme.soft_text))
            self._small.write_label(painter, row, self._caption, RIGHT)

    def _use_font(self) -> None:
        self._large = Typeface(number_font(_NUMBER_POINTS, bold=True))
        self._small = Typeface(number_font(_CAPTION_POINTS))
        self._room = self._large.advance(self._widest)
        self._follow()

    def _follow(self) -> None:
        """Show the present texts, and reserve the width of the widest value so far, so that neighbours stay put."""
        self._room = max(self._room, self._large.advance(self._value))
        width = max(int(self._room) + 2, math.ceil(self._small.advance(self._caption)))
        hint = QSize(width, _line(self._large) + _line(self._small))
        if hint != self._hint:
            self._hint = hint
            self.updateGeometry()
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._caption}: {self._value}")


def _line(face: Typeface) -> int:
    """Return the height of a line in whole pixels, as a label has it."""
    return math.ceil(face.height)
