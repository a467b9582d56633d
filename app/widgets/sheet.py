"""Sheet: several small pictures with titles in one widget, painted together, and read together with the pointer.

A widget or a view for each of them would take Qt longer than the pictures themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import cache

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.look.colours import mix
from app.look.fonts import number_font
from app.look.theme import LIGHT, Theme
from app.widgets.typeface import RIGHT, Typeface

_TITLE_POINTS = 9.0
_SMALL_POINTS = 8.25
_NUMBER_POINTS = (9.75, 8.25, 7.5)
_BETWEEN = 10.0


class Look:
    """What panes are painted with: colours, two sizes of text, and the screen's pixels a pixel."""

    def __init__(self, theme: Theme, ratio: float = 1.0) -> None:
        self.theme = theme
        self.ratio = ratio
        self.large = Typeface(number_font(_TITLE_POINTS))
        self.small = Typeface(number_font(_SMALL_POINTS))
        #: For numbers on colours, the largest first.
        self.numbers = tuple(Typeface(number_font(points, bold=True)) for points in _NUMBER_POINTS)

    @staticmethod
    @cache
    def colour(name: str) -> QColor:
        """Return the colour ``#RRGGBB``, made once: reading its name takes as long as painting with it."""
        return QColor(name)

    @staticmethod
    @cache
    def mixed(first: str, second: str, share: float) -> str:
        """Return ``first`` with ``share`` of ``second``, mixed once."""
        return mix(first, second, share)

    @property
    def grid(self) -> str:
        """The colour of grid lines."""
        return self.mixed(self.theme.card, self.theme.line, 0.7)

    @property
    def title_height(self) -> float:
        """How much room a title takes."""
        return float(math.ceil(self.large.height + 3.0))


class Pane:
    """One picture of a sheet. Subclasses paint it, and may know what is at a point of it: a spot.

    Panes of the same ``group`` show the same things, so a spot in one of them is marked in all.
    """

    def __init__(self, group: Hashable) -> None:
        self.group = group
        #: Of these, the first that has room is written above the picture.
        self.titles: tuple[str, ...] = ()
        #: Of these, the first that has room beside the title is written at the right, softly.
        self.notes: tuple[str, ...] = ()
        #: A sentence in place of the picture, unless it is empty.
        self.message = ""
        self.rect = QRectF()
        self.body = QRectF()

    def place(self, rect: QRectF, look: Look) -> None:
        """Stand at ``rect`` of the sheet."""
        self.rect = rect
        self.body = rect.adjusted(0.0, look.title_height, 0.0, 0.0)
        self.arrange(look)

    def arrange(self, look: Look) -> None:
        """Find out where the picture's parts stand in ``body``."""

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint the picture into ``body``."""

    def paint_spot(self, painter: QPainter, look: Look, spot: Hashable) -> None:
        """Mark ``spot``."""

    def spot_at(self, point: QPointF) -> Hashable | None:
        """Return what is at ``point``."""
        return None

    def read_outs(self, spot: Hashable) -> tuple[str, ...]:
        """Return what to write while the pointer is at ``spot``, and shorter forms of it."""
        return ()

    def tool_tip(self, spot: Hashable) -> str:
        """Return what is to be said about ``spot`` at length."""
        return ""


#: Returns a place in a rectangle for each of so many panes.
Arranger = Callable[[QRect, int], Sequence[QRect]]


class Sheet(QWidget):
    """Panes side by side; ``set_panes`` says which and how they are arranged, ``refresh`` that they have changed."""

    chosen = Signal(object, object)
    """The pane and the spot that a person has clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.panes: tuple[Pane, ...] = ()
        self._arranger: Arranger = lambda rect, count: []
        self._pointer: QPointF | None = None
        self._look = Look(LIGHT)

    def set_panes(self, panes: Sequence[Pane], arranger: Arranger) -> None:
        """Show ``panes``, at the places that ``arranger`` gives them."""
        self.panes = tuple(panes)
        self._arranger = arranger
        self.refresh()

    def refresh(self) -> None:
        """Show what the panes have become."""
        self._arrange()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; those of numbers come with the numbers."""
        self._look.theme = theme
        self.update()

    # --- the pointer

    def spot(self) -> tuple[Pane, Hashable] | None:
        """Return what the pointer is at."""
        return None if self._pointer is None else self.spot_at(self._pointer)

    def spot_at(self, point: QPointF) -> tuple[Pane, Hashable] | None:
        """Return the pane at ``point``, and the spot in it."""
        for pane in self.panes:
            if not pane.message and pane.rect.contains(point):
                spot = pane.spot_at(point)
                return None if spot is None else (pane, spot)
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.spot_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*found)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), found[0].tool_tip(found[1]) if found else "", self)
            return True
        return super().event(event)

    # --- places

    def _arrange(self) -> None:
        self._look.ratio = self.devicePixelRatioF()
        for pane, place in zip(self.panes, self._arranger(self.rect(), len(self.panes)), strict=True):
            pane.place(QRectF(place), self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._look = Look(self._look.theme)
            self.refresh()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.devicePixelRatioF() != self._look.ratio:  # the window was moved to another screen
            self._arrange()
        look, painter = self._look, QPainter(self)
        painter.fillRect(self.rect(), QColor(look.theme.card))
        found = self.spot()
        for pane in self.panes:
            spot = found[1] if found is not None and pane.group == found[0].group else None
            if pane.message:
                self._paint_message(painter, pane)
                spot = None
            else:
                pane.paint(painter, look)
                if spot is not None:
                    pane.paint_spot(painter, look, spot)
            self._paint_title(painter, pane, spot)

    def _paint_title(self, painter: QPainter, pane: Pane, spot: Hashable | None) -> None:
        face, colours = self._look.large, self._look.theme
        place = QRectF(pane.rect.x(), pane.rect.y(), pane.rect.width(), face.height)
        room = place.width()
        fitting = next((text for text in pane.titles if face.advance(text) <= room), "")
        if spot is not None:
            # A value may shorten the title, or stand in its place; a note may not.
            least = min((face.advance(title) for title in pane.titles), default=0.0) + _BETWEEN
            texts = pane.read_outs(spot)
            beside = _first(face, texts, room - least) or _first(face, texts, room)
        else:
            beside = "" if pane.message else _first(face, pane.notes, room - face.advance(fitting) - 2 * _BETWEEN)
        if beside:
            painter.setPen(self._look.colour(colours.soft_text if spot is None else colours.text))
            face.write(painter, place, beside, RIGHT)
            fitting = _first(face, pane.titles, room - face.advance(beside) - _BETWEEN)
        if fitting:
            painter.setPen(self._look.colour(colours.soft_text))
            face.write_label(painter, place, fitting)

    def _paint_message(self, painter: QPainter, pane: Pane) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.theme.field))
        painter.drawRoundedRect(pane.body, 6.0, 6.0)
        painter.setPen(QColor(self._look.theme.soft_text))
        painter.setFont(self._look.small.font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(pane.body.adjusted(6.0, 2.0, -6.0, -2.0), int(flags), pane.message)


def _first(face: Typeface, texts: Sequence[str], room: float) -> str:
    """Return the first of ``texts`` that has ``room``, or nothing."""
    return next((text for text in texts if face.advance(text) <= room), "")
