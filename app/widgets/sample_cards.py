"""SampleCards: a few samples side by side, each with what the network answers, of which one is selected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

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
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.look.colours import ink, mix
from app.look.fonts import number_font, scaled, text_scale
from app.look.icons import icon_pixmap
from app.look.theme import LIGHT, Theme
from app.widgets.still import Still
from app.widgets.typeface import LEFT, RIGHT, Typeface

# Sizes are for the ordinary size of text, and grow with it.
_GAP = 10.0
_RADIUS = 8.0
_LEAST_WIDTH, _LEAST_HEIGHT = 104.0, 44.0
_MOST_HEIGHT = 130.0
# The ring around the selected card lies outside of it.
_RING = 2.0
_ICON = 14
_BAR = 5.0
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


class _Places(NamedTuple):
    """Where the parts of one card stand; a number's ``align`` is a typeface's."""

    card: QRectF
    title: QRectF
    value: QRectF
    align: float
    bar: QRectF | None


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
        self._count = 0
        self._card: Callable[[int], SampleCard] = _no_card
        #: Gives the tool tip of a card by its index.
        self.explain: Callable[[int], str] = lambda index: ""
        self._selected = 0
        self._shown = range(0)
        self._still = Still()
        self._arrange()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_theme(LIGHT)

    def show_cards(self, count: int, card: Callable[[int], SampleCard]) -> None:
        """Show ``count`` cards, of which ``card`` gives one by its index; it is asked only for those that are seen."""
        self._card = card
        if count != self._count:
            self._count = count
            self._arrange()
        self.update()

    def count(self) -> int:
        """Return how many cards there are, shown or not."""
        return self._count

    def card(self, index: int) -> SampleCard:
        """Return a card, shown or not."""
        return self._card(index)

    def selection(self) -> int:
        """Return the index of the selected card."""
        return self._selected

    def select(self, index: int) -> None:
        """Select a card without telling of it."""
        self._selected = index
        self._arrange()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    # --- layout

    def sizeHint(self) -> QSize:
        return QSize(scaled(480), scaled(76))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_LEAST_WIDTH) + int(2 * _RING), scaled(_LEAST_HEIGHT) + int(2 * _RING))

    def shown(self) -> range:
        """Return which cards have room: those around the selected one, in pages."""
        return self._shown

    def rect_of(self, index: int) -> QRectF:
        """Return where the card ``index``, one of those shown, is painted."""
        return self._rects[index - self._shown.start]

    def index_at(self, point: QPointF) -> int | None:
        """Return the index of the card at ``point``."""
        return next((index for index in self.shown() if self.rect_of(index).contains(point)), None)

    def _grid(self) -> tuple[int, int]:
        """Return the columns and rows of one page."""
        count = max(1, self._count)
        least_width, least_height = scaled(_LEAST_WIDTH), scaled(_LEAST_HEIGHT)
        most_columns = max(1, int((self.width() - 2 * _RING + _GAP) / (least_width + _GAP)))
        most_rows = max(1, int((self.height() - 2 * _RING + _GAP) / (least_height + _GAP)))
        rows = min(most_rows, -(-count // most_columns))
        return min(most_columns, -(-count // rows)), rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many cards as have room now."""
        self._arrange()

    def _arrange(self) -> None:
        """Find out which cards have room, and where, after something has changed for them."""
        columns, rows = self._grid()
        start = self._selected // (columns * rows) * columns * rows
        shown = range(start, min(start + columns * rows, self._count))
        width = (self.width() - 2 * _RING - _GAP * (columns - 1)) / columns
        self._scale = text_scale()
        height = min(_MOST_HEIGHT * self._scale, (self.height() - 2 * _RING - _GAP * (rows - 1)) / rows)
        places = (divmod(place, columns) for place in range(len(shown)))
        self._rects = [
            QRectF(_RING + column * (width + _GAP), _RING + row * (height + _GAP), width, height)
            for row, column in places
        ]
        self._roomy = height >= _ROOMY * self._scale
        self._icon = scaled(_ICON)
        self._small = Typeface(number_font(9.0))
        points = min(24.0, 15.0 + 0.15 * max(0.0, height / self._scale - 80.0)) if self._roomy else 11.25
        self._large = Typeface(number_font(points, bold=True))
        self._still.forget()
        if shown != self._shown:
            self._shown = shown
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
        elif target in range(self._count):
            self._choose(target)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that select before a shortcut of the window takes them; show tool tips."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.modifiers() in _PLAIN and self._target_of(event.key()) is not None:
                event.accept()
                return True
        elif isinstance(event, QHelpEvent):
            index = self.index_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if index is None else self.explain(index), self)
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
            Qt.Key.Key_End: self._count - 1,
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
        theme = self._theme
        cards = [(index, self._card(index)) for index in self.shown()]
        shown = [(index, card, self._places(index, card)) for index, card in cards]
        look = [(card.title, card.right, places, index == self._selected) for index, card, places in shown]

        def paint_still(painter: QPainter) -> None:
            for part in look:
                self._paint_still(painter, *part)

        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._still.paint(
                painter,
                QRectF(self.rect()),
                theme.card,
                (theme, self.hasFocus(), look),
                paint_still,
            )
            for _, card, places in shown:
                if places.bar is not None and card.share is not None:
                    self._paint_bar(painter, places.bar, card.share, card.target)
                painter.setPen(ink(theme.text))
                self._large.write(painter, places.value, card.value, places.align)

    def _paint_still(self, painter: QPainter, title: str, right: bool, places: _Places, chosen: bool) -> None:
        """Paint all of a card but its number and how far its bar reaches."""
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(theme.field))
        painter.drawRoundedRect(places.card, _RADIUS, _RADIUS)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink(theme.accent), 3.0 if self.hasFocus() else 2.0))
            painter.drawRoundedRect(places.card.adjusted(-0.5, -0.5, 0.5, 0.5), _RADIUS, _RADIUS)
        name, colour = ("check", theme.right) if right else ("cross", theme.wrong)
        picture = icon_pixmap(name, colour, self._icon, painter.device().devicePixelRatio())
        row = places.title
        painter.drawPixmap(QPointF(row.right() + 7.0, round(row.center().y() - self._icon / 2)), picture)
        painter.setPen(ink(theme.soft_text))
        self._small.write(painter, row, self._small.elided(title, row.width()))
        if places.bar is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(mix(theme.field, theme.soft_text, 0.22)))
            painter.drawRoundedRect(places.bar, places.bar.height() / 2, places.bar.height() / 2)

    def _places(self, index: int, card: SampleCard) -> _Places:
        """Return where the parts of a card stand."""
        rect, roomy, small = self.rect_of(index), self._roomy, self._small
        sides, top, bottom = (self._scale * inset for inset in ((12.0, 9.0, 10.0) if roomy else (9.0, 4.0, 6.0)))
        inner = rect.adjusted(sides, top, -sides, -bottom)
        # A low card has its texts side by side, above the bar; a low and narrow one has no bar.
        beside = not roomy and (
            small.advance(card.title) + self._large.advance(card.value) + self._icon + 16.0 <= inner.width()
        )
        bar = None
        if card.share is not None and (roomy or beside):
            thick = _BAR * self._scale
            bar = QRectF(inner.x(), inner.bottom() - thick, inner.width(), thick)
            inner.setBottom(bar.top() - 3.0)
        title = QRectF(
            inner.x(), inner.y(), inner.width() - self._icon - 6.0, inner.height() if beside else small.height
        )
        value = title if beside else inner.adjusted(0.0, small.height, 0.0, 0.0)
        return _Places(rect, title, value, RIGHT if beside else LEFT, bar)

    def _paint_bar(self, painter: QPainter, bar: QRectF, share: float, target: float | None) -> None:
        """Paint how far the output is from 0 and 1, and where it should be."""
        painter.setPen(Qt.PenStyle.NoPen)
        radius, filled = bar.height() / 2, QRectF(bar.x(), bar.y(), bar.width() * share, bar.height())
        if filled.width() > 0.5:
            painter.setBrush(ink(self._theme.positive))
            painter.drawRoundedRect(filled, min(radius, filled.width() / 2), radius)
        if target is not None:
            middle = min(max(bar.x() + bar.width() * target, bar.x() + 1.0), bar.right() - 1.0)
            painter.setBrush(ink(self._theme.text))
            painter.drawRoundedRect(QRectF(middle - 1.0, bar.y() - 2.5, 2.0, bar.height() + 5.0), 1.0, 1.0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._arrange()
            self.update()


def _no_card(index: int) -> SampleCard:
    raise IndexError(index)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
