"""Chips: what has been chosen, as a row of small buttons that each remove one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from app.look.colours import mix
from app.look.fonts import number_font, scaled, text_scale
from app.look.theme import LIGHT, Theme
from app.widgets.typeface import Typeface

_POINTS = 8.25
# Lengths are for the ordinary size of text, and grow with it.
_PADDING, _GAP = 7.0, 4.0
_MARK = 9.0
_CROSS = 6.0
_BETWEEN = 5


@dataclass(frozen=True)
class ChipText:
    """What a chip says: its text, the colour it stands for, and a tool tip."""

    text: str
    colour: str
    tip: str = ""


class Chip(QAbstractButton):
    """A pill with a mark in the colour of what it stands for, and a cross; a click or a key removes it."""

    pointed = Signal(bool)
    """Whether the pointer or the keyboard is on it now."""

    def __init__(self, chip: ChipText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = chip
        self._theme = LIGHT
        self._face = Typeface(number_font(_POINTS))
        self.setText(chip.text)
        self.setToolTip(chip.tip)
        self.setAccessibleName(self.tr("Remove {name}").format(name=chip.text))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        beside = scaled(2 * _PADDING + _MARK + 2 * _GAP + _CROSS)
        return QSize(round(self._face.advance(self.text())) + beside, round(self._face.height) + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._face = Typeface(number_font(_POINTS))
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pointed = self.underMouse() or self.hasFocus()
        painter.setBrush(QColor(mix(theme.field, theme.text, 0.06 if pointed else 0.0)))
        painter.setPen(QPen(QColor(theme.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        middle, scale = box.center().y(), text_scale()
        padding, mark, size = _PADDING * scale, _MARK * scale, _CROSS * scale
        painter.setPen(QPen(QColor(self.chip.colour), 2.5 * scale))
        painter.drawLine(QPointF(padding, middle), QPointF(padding + mark, middle))
        painter.setPen(QColor(theme.text))
        left = padding + mark + _GAP * scale
        self._face.write(painter, QRectF(left, box.y(), box.width(), box.height()), self.text())
        painter.setPen(QPen(QColor(theme.text if pointed else theme.soft_text), 1.2 * scale))
        cross = QRectF(self.width() - padding - size, middle - size / 2, size, size)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())


class ChipRow(QWidget):
    """Chips in as many rows as they need, but no more than ``set_most_rows``; the rest is counted at the end.

    ``end`` stands behind the last chip.
    """

    removed = Signal(str)
    """The text of a chip that a person has removed."""
    pointed = Signal(str)
    """The text of the chip that the pointer or the keyboard is on; empty when there is none."""

    def __init__(self, end: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chips: list[Chip] = []
        self._theme = LIGHT
        self._most_rows = 1
        self._rest = QLabel(self)
        self._rest.setProperty("role", "caption")
        self._end = end
        end.setParent(self)
        end.show()
        self._arrange()

    def show_chips(self, texts: Sequence[ChipText]) -> None:
        """Show these chips, in this order; if one that had the keyboard is gone, its neighbour gets it."""
        if [chip.chip for chip in self.chips] == list(texts):
            return
        focused = next((k for k, chip in enumerate(self.chips) if chip.hasFocus()), None)
        left = {chip.chip: chip for chip in self.chips}
        before, self.chips = self.chips, [left.pop(text) if text in left else self._make(text) for text in texts]
        if focused is not None and before[focused].chip in left:
            # Before it is hidden: Qt would hand the keyboard to whatever comes next in the window.
            following = self.chips[min(focused, len(self.chips) - 1)] if self.chips else self._end
            following.setFocus(Qt.FocusReason.OtherFocusReason)
        for gone in left.values():
            gone.hide()
            gone.deleteLater()
        for earlier, later in pairwise([*self.chips, self._end]):
            QWidget.setTabOrder(earlier, later)
        self._arrange()

    def set_most_rows(self, rows: int) -> None:
        """Take no more than so many rows."""
        if rows != self._most_rows:
            self._most_rows = rows
            self._arrange()

    def row_height(self) -> int:
        """Return how high a row is, with the gap to the next."""
        return max(widget.sizeHint().height() for widget in (self._end, *self.chips[:1])) + _BETWEEN

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        for chip in self.chips:
            chip.set_theme(theme)

    def _make(self, text: ChipText) -> Chip:
        chip = Chip(text, self)
        chip.set_theme(self._theme)
        chip.clicked.connect(lambda: self.removed.emit(text.text))
        chip.pointed.connect(lambda on: self.pointed.emit(text.text if on else ""))
        return chip

    def _arrange(self) -> None:
        """Put chips into rows from left to right; those without room wait until there is some."""
        widgets: list[QWidget] = [*self.chips, self._end]
        shown, rest, reserved = len(self.chips), "", 0
        places, rows = self._places(widgets, 0)
        while rows > self._most_rows and shown:
            shown -= 1
            rest = self.tr("+ {count}").format(count=len(self.chips) - shown)
            reserved = self._rest.fontMetrics().horizontalAdvance(rest) + _BETWEEN
            places, rows = self._places([*self.chips[:shown], self._end], reserved)
        for chip in self.chips[shown:]:
            chip.hide()
        height = self.row_height() - _BETWEEN
        for widget, (x, y) in zip([*self.chips[:shown], self._end], places, strict=True):
            size = widget.sizeHint()
            widget.setGeometry(x, y + (height - size.height()) // 2, size.width(), size.height())
            widget.show()
        self._rest.setVisible(bool(rest))
        if rest:
            self._rest.setText(rest)
            self._rest.setToolTip(", ".join(chip.text() for chip in self.chips[shown:]))
            x, y = places[-1]
            self._rest.setGeometry(x + self._end.sizeHint().width() + _BETWEEN, y, reserved, height)
        self.setFixedHeight(rows * self.row_height() - _BETWEEN)

    def _places(self, widgets: Sequence[QWidget], reserved: int) -> tuple[list[tuple[int, int]], int]:
        """Return the corners of ``widgets`` and the number of rows, with room ``reserved`` behind the last one."""
        places, x, row = [], 0, 0
        for number, widget in enumerate(widgets):
            width = widget.sizeHint().width() + (reserved if number == len(widgets) - 1 else 0)
            if x and x + width > self.width():
                x, row = 0, row + 1
            places.append((x, row * self.row_height()))
            x += width + _BETWEEN
        return places, row + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
