"""The keyboard in the main window: whose keys are whose, and where Tab goes.

Keys belong to the window, Space to Play and the arrows to stepping, until a person tabs into a control; then those that
the control understands are its own. A click leaves the keyboard where it is, except in fields for text. Escape gives it
back to the window.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QScrollArea,
    QSlider,
    QTabBar,
    QWidget,
)

from app.widgets.card_header import CardHeader
from app.widgets.segmented import Segmented

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_ENDS = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class Keyboard(QWidget):
    """The ground under all controls of the window; what is on it gets its keys before the window's shortcuts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def event(self, event: QEvent) -> bool:
        """Claim a key for the control that has the keyboard, before a shortcut takes it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            control = QApplication.focusWidget()
            if control is not None and control is not self and understands(control, event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keyboard back on Escape."""
        if event.key() == Qt.Key.Key_Escape and not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


def understands(control: QWidget, event: QKeyEvent) -> bool:
    """Return whether ``control`` itself does something with a key."""
    if event.modifiers() not in _PLAIN:
        return False
    key = Qt.Key(event.key())
    match control:
        case QAbstractButton():
            return key == Qt.Key.Key_Space or (key in _ARROWS and _is_one_of_several(control))
        case QSlider():
            return key in _ARROWS | _ENDS
        case QTabBar():
            return key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        case QComboBox() | QAbstractItemView():
            # A letter goes to the next entry that begins with it.
            return key in _ARROWS | _ENDS or (event.text().isprintable() and bool(event.text()))
    return False


def _is_one_of_several(button: QAbstractButton) -> bool:
    return button.autoExclusive() or isinstance(button.parentWidget(), Segmented)


def leave_keyboard_on_click(part: QWidget) -> None:
    """Let clicks on the controls of ``part`` leave the keyboard where it is; Tab still reaches them."""
    for kind in (QAbstractButton, QComboBox, QSlider):
        for control in part.findChildren(kind):
            policy = control.focusPolicy()
            if policy & Qt.FocusPolicy.ClickFocus and policy & Qt.FocusPolicy.TabFocus:
                control.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def move_focus(window: QWidget, forwards: bool) -> bool:
    """Give the keyboard to the next control, or the one before; return whether there is one."""
    stops = tab_stops(window)
    if not stops:
        return False
    now = window.focusWidget()
    place = stops.index(now) + (1 if forwards else -1) if now in stops else (0 if forwards else -1)
    goal = stops[place % len(stops)]
    goal.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    around = goal.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(goal)
        around = around.parentWidget()
    return True


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return where Tab stops, in reading order: the bar, the panels column by column, the timeline.

    Panels behind others are left out: Qt puts them beyond the window's edge, where they would be found blindly.
    """
    parts: dict[tuple[int, ...], list[QWidget]] = {}
    # Not by Qt's focus chain: what nextInFocusChain() returns is lost to Python when its predecessor is.
    for widget in window.findChildren(QWidget):
        if _can_be_reached(widget, window):
            parts.setdefault(_part(widget, window), []).append(widget)
    return [widget for part in sorted(parts) for widget in _row_by_row(parts[part], window)]


def _row_by_row(widgets: list[QWidget], window: QWidget) -> list[QWidget]:
    """Return ``widgets`` as one reads them."""
    places = {widget: QRect(widget.mapTo(window, QPoint()), widget.size()) for widget in widgets}
    rows: list[list[QWidget]] = []
    for widget in sorted(widgets, key=lambda widget: places[widget].center().y()):
        if rows and places[widget].center().y() <= places[rows[-1][0]].bottom():
            rows[-1].append(widget)
        else:
            rows.append([widget])
    return [widget for row in rows for widget in sorted(row, key=lambda widget: places[widget].x())]


def _can_be_reached(widget: QWidget, window: QWidget) -> bool:
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    if widget.window() is not window or not widget.isEnabled() or not widget.isVisible():
        return False
    if isinstance(widget, QAbstractButton) and _is_one_of_several(widget) and not widget.isChecked():
        return False  # the arrows lead there from the one that is chosen
    dock = _dock_of(widget)
    ground = dock if dock is not None else widget
    around = ground.parentWidget()
    return around is None or around.rect().intersects(ground.geometry())


def _dock_of(widget: QWidget) -> QDockWidget | None:
    around: QWidget | None = widget
    while around is not None and not isinstance(around, QDockWidget):
        around = around.parentWidget()
    return around


def _part(widget: QWidget, window: QWidget) -> tuple[int, ...]:
    """Return what a part of the window is sorted by: its top, in the workspace its left first, its header first."""
    dock = _dock_of(widget)
    card = dock if dock is not None else widget if isinstance(widget, QTabBar) else None
    if card is None:
        return (_band(widget, window),)
    corner = card.mapTo(window, QPoint())
    return (_band(card, window), corner.x(), corner.y(), int(not _is_in_header(widget)))


def _is_in_header(widget: QWidget) -> bool:
    around: QWidget | None = widget
    while around is not None and not isinstance(around, CardHeader):
        around = around.parentWidget()
    return around is not None


def _band(widget: QWidget, window: QWidget) -> int:
    """Return how far down the part of the window begins in which ``widget`` is."""
    part, around = widget, widget.parentWidget()
    while around is not None and not isinstance(around, Keyboard):
        part, around = around, around.parentWidget()
    return part.mapTo(window, QPoint()).y()
