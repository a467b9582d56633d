"""SampleCards: a few samples side by side, each with what the network answers, of which one is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.icons import icon_pixmap
from app.theme import LIGHT, Theme, mix, number_font
from app.widgets.typeface import Typeface

_GAP = 10.0
_RADIUS = 8.0
_LEAST_WIDTH, _LEAST_HEIGHT = 104.0, 44.0
_MOST_HEIGHT = 130.0
# The ring around the selected card lies outside of it.
_RING = 2.0
_ICON = 14
_BAR = 5.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# From this height on, a card has a line for its title and one for its number.
_ROOMY = 66.0


@dataclass(frozen=True)
class SampleCard:
    """What one card says. ``share`` and ``target`` lie on the bar from 0 to 1, where there is one."""

    title: str
    value: str
    right: bool
    share: float | None = None
    target: float | None = None
    tool_tip: str = ""


class SampleCards(QWidget):
    """Shows as many cards as have room; the selection decides which. A click or the arrow keys select.

    Tab reaches the cards. A click leaves the focus where it was, so that the arrow keys go on stepping the run.
    """

    selected = Signal(int)
    """The index that a person has just selected."""
    shown_changed = Signal()
    """Other cards are shown than before, because of the selection, their number or the size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[SampleCard, ...] = ()
        self._selected = 0
        self._last_shown = range(0)
        self._faces: dict[tuple[float, bool], Typeface] = {}
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_theme(LIGHT)

    def set_cards(self, cards: Sequence[SampleCard]) -> None:
        """Show ``cards``."""
        new = tuple(cards)
        if new != self._cards:
            self._cards = new
            self._note_shown()
            self.update()

    def cards(self) -> tuple[SampleCard, ...]:
        """Return all cards, shown or not."""
        return self._cards

    def selection(self) -> int:
        """Return the index of the selected card."""
        return self._selected

    def select(self, index: int) -> None:
        """Select a card without telling of it."""
        self._selected = index
        self._note_shown()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self._groove = QColor(mix(theme.field, theme.soft_text, 0.22))
        self._icons.clear()
        self.update()

    # --- layout

    def sizeHint(self) -> QSize:
        return QSize(480, 76)

    def minimumSizeHint(self) -> QSize:
        return QSize(int(_LEAST_WIDTH + 2 * _RING), int(_LEAST_HEIGHT + 2 * _RING))

    def shown(self) -> range:
        """Return which cards have room: those around the selected one, in pages."""
        columns, rows = self._grid()
        page = columns * rows
        start = self._selected // page * page
        return range(start, min(start + page, len(self._cards)))

    def rect_of(self, index: int) -> QRectF:
        """Return where the card ``index``, one of those shown, is painted."""
        columns, rows = self._grid()
        width = (self.width() - 2 * _RING - _GAP * (columns - 1)) / columns
        height = min(_MOST_HEIGHT, (self.height() - 2 * _RING - _GAP * (rows - 1)) / rows)
        row, column = divmod(index - self.shown().start, columns)
        return QRectF(_RING + column * (width + _GAP), _RING + row * (height + _GAP), width, height)

    def index_at(self, point: QPointF) -> int | None:
        """Return the index of the card at ``point``."""
        return next((index for index in self.shown() if self.rect_of(index).contains(point)), None)

    def _grid(self) -> tuple[int, int]:
        """Return the columns and rows of one page."""
        count = max(1, len(self._cards))
        most_columns = max(1, int((self.width() - 2 * _RING + _GAP) / (_LEAST_WIDTH + _GAP)))
        most_rows = max(1, int((self.height() - 2 * _RING + _GAP) / (_LEAST_HEIGHT + _GAP)))
        rows = min(most_rows, -(-count // most_columns))
        return min(most_columns, -(-count // rows)), rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many cards as have room now."""
        self._note_shown()

    def _note_shown(self) -> None:
        if self.shown() != self._last_shown:
            self._last_shown = self.shown()
            self.shown_changed.emit()

    # --- a person's choice

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the card that was clicked."""
        index = self.index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self._choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select a neighbour."""
        target = self._target_of(event.key()) if event.modifiers() in _PLAIN else None
        if target is None:
            super().keyPressEvent(event)
        elif target in range(len(self._cards)):
            self._choose(target)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that select before a shortcut of the window takes them; show tool tips."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.modifiers() in _PLAIN and self._target_of(event.key()) is not None:
                event.accept()
                return True
        elif isinstance(event, QHelpEvent):
            index = self.index_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if index is None else self._cards[index].tool_tip, self)
            return True
        return super().event(event)

    def _target_of(self, key: int) -> int | None:
        columns, _ = self._grid()
        moves = {
            Qt.Key.Key_Left: self._selected - 1,
            Qt.Key.Key_Right: self._selected + 1,
            Qt.Key.Key_Up: self._selected - columns,
            Qt.Key.Key_Down: self._selected + columns,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._cards) - 1,
        }
        return moves.get(Qt.Key(key))

    def _choose(self, index: int) -> None:
        if index != self._selected:
            self.select(index)
            self.selected.emit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in self.shown():
            self._paint_card(painter, self.rect_of(index), self._cards[index], index == self._selected)

    def _paint_card(self, painter: QPainter, rect: QRectF, card: SampleCard, selected: bool) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        if selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 3.0 if self.hasFocus() else 2.0))
            painter.drawRoundedRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), _RADIUS, _RADIUS)
        small, large = self._face(9.0), self._face(self._points(rect.height()), bold=True)
        line = small.height
        roomy = rect.height() >= _ROOMY
        inner = rect.adjusted(12.0, 9.0, -12.0, -10.0) if roomy else rect.adjusted(9.0, 4.0, -9.0, -6.0)
        one_line = small.advance(card.title) + large.advance(card.value) + _ICON + 16.0
        # A low card has its texts side by side, above the bar; a low and narrow one has no bar.
        beside = not roomy and one_line <= inner.width()
        if card.share is not None and (roomy or beside):
            bar = QRectF(inner.x(), inner.bottom() - _BAR, inner.width(), _BAR)
            self._paint_bar(painter, bar, card)
            inner.setBottom(bar.top() - 3.0)
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() if beside else line)
        self._paint_icon(painter, upper, card.right)
        upper.setRight(upper.right() - _ICON - 6.0)
        painter.setFont(small.font)
        painter.setPen(QColor(theme.soft_text))
        painter.drawText(upper, _LEFT, small.elided(card.title, upper.width()))
        painter.setFont(large.font)
        painter.setPen(QColor(theme.text))
        painter.drawText(
            upper if beside else inner.adjusted(0.0, line, 0.0, 0.0), _RIGHT if beside else _LEFT, card.value
        )

    def _paint_bar(self, painter: QPainter, bar: QRectF, card: SampleCard) -> None:
        """Paint how far the output is from 0 and 1, and where it should be."""
        theme = self._theme
        assert card.share is not None
        radius = bar.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._groove)
        painter.drawRoundedRect(bar, radius, radius)
        filled = QRectF(bar.x(), bar.y(), bar.width() * card.share, bar.height())
        if filled.width() > 0.5:
            painter.setBrush(QColor(theme.positive))
            painter.drawRoundedRect(filled, min(radius, filled.width() / 2), radius)
        if card.target is not None:
            middle = min(max(bar.x() + bar.width() * card.target, bar.x() + 1.0), bar.right() - 1.0)
            painter.setBrush(QColor(theme.text))
            painter.drawRoundedRect(QRectF(middle - 1.0, bar.y() - 2.5, 2.0, bar.height() + 5.0), 1.0, 1.0)

    def _face(self, points: float, bold: bool = False) -> Typeface:
        key = (round(points, 1), bold)
        if key not in self._faces:
            self._faces[key] = Typeface(number_font(points, bold))
        return self._faces[key]

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._faces.clear()
            self.update()

    @staticmethod
    def _points(height: float) -> float:
        """Return the size of the number on a card of ``height``, in points."""
        return 11.25 if height < _ROOMY else min(24.0, 15.0 + 0.15 * max(0.0, height - 80.0))

    def _paint_icon(self, painter: QPainter, row: QRectF, right: bool) -> None:
        name, colour = ("check", self._theme.right) if right else ("cross", self._theme.wrong)
        key = (name, colour, self.devicePixelRatioF())
        picture = self._icons.get(key)
        if picture is None:
            picture = self._icons[key] = icon_pixmap(name, colour, _ICON, key[2])
        painter.drawPixmap(QPointF(row.right() - _ICON + 1.0, round(row.center().y() - _ICON / 2)), picture)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
