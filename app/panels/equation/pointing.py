"""Pointing: going from number to number with pointer or arrow keys, and choosing one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.panels.base import Panel
from app.panels.equation.page import Page
from app.panels.equation.terms import Cell

# A tool tip stands this far below the place it is shown at, and is so much higher than its text.
_TIP_BELOW, _TIP_FRAME = 24, 16
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PointingPanel(Panel):
    """A panel that shows a page of numbers. Subclasses say which page, and what a number is good for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pointer: QPointF | None = None
        self._cursor: Cell | None = None
        self.setMouseTracking(True)
        # A click leaves the keyboard with the window, whose arrow keys step through the run.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # --- for subclasses

    def page(self) -> Page:
        """Return what is painted."""
        raise NotImplementedError

    def can_point(self) -> bool:
        """Return whether there are numbers to point at."""
        raise NotImplementedError

    def acts(self, cell: Cell) -> bool:
        """Return whether choosing a number does something."""
        raise NotImplementedError

    def choose(self, cell: Cell) -> None:
        """Do what a click on a number does."""
        raise NotImplementedError

    def hint(self, cell: Cell) -> str:
        """Return the tool tip of a number."""
        raise NotImplementedError

    def calculation_place(self) -> QRectF:
        """Return where the calculation of the number pointed at is written."""
        raise NotImplementedError

    # --- pointing

    def pointed(self) -> Cell | None:
        """Return the number that is pointed at, by pointer or keyboard; at another moment that may be another one."""
        if not self.can_point() or (self._pointer is None and self._cursor is None):
            return None
        page = self.page()
        if self._pointer is not None:
            return page.find(self._pointer)
        return self._cursor if self._cursor is not None and page.place(self._cursor) is not None else None

    def point_at(self, cell: Cell | None) -> None:
        """Point at a number: mark where it came from, and write its calculation below."""
        self._pointer, self._cursor = None, cell
        self.update()

    def _cell_at(self, point: QPointF) -> Cell | None:
        return self.page().find(point) if self.can_point() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._pointer = self.pointed(), event.position()
        cell = self.pointed()
        if cell != before:
            self.update()
        acts = cell is not None and self.acts(cell)
        self.setCursor(Qt.CursorShape.PointingHandCursor if acts else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or cell is None:
            super().mousePressEvent(event)
            return
        self.choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.can_point():
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self.point_at(self.page().step(self.pointed(), *_ARROWS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (cell := self.pointed()) is not None:
            self.choose(cell)
        elif key == Qt.Key.Key_Escape and self.pointed() is not None:
            self.point_at(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and self.can_point() and self.pointed() is None:
            self.point_at(self.page().step(None, 0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)

    def hint_at(self, point: QPointF) -> str:
        """Return what is said about the number at ``point``: all its digits, and what it is."""
        cell = self._cell_at(point)
        return "" if cell is None else self.hint(cell)

    def hint_place(self, point: QPoint, hint: str) -> QPoint:
        """Return where to show the tool tip of the number at ``point``: never over the calculation, which it shares."""
        text = QFontMetrics(QToolTip.font()).lineSpacing() * (hint.count("\n") + 1)
        top = point.y() + _TIP_BELOW
        calculation = self.calculation_place()
        if top + text + _TIP_FRAME <= calculation.top():
            return point
        return QPoint(point.x(), round(calculation.bottom()) - _TIP_BELOW // 2)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hint = self.hint_at(QPointF(event.pos()))
            if hint:
                QToolTip.showText(self.mapToGlobal(self.hint_place(event.pos(), hint)), hint, self)
            else:
                QToolTip.hideText()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _ARROWS:
            # While the panel has the keyboard, arrow keys go from number to number.
            event.accept()
            return True
        return super().event(event)
