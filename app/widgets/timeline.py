"""TimelineBar: a run from its start to its last epoch as one line, on which any moment can be chosen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from app.look.theme import Theme
from app.widgets.moment_words import pill_words, step_words, whole_words
from app.widgets.pill_button import PillButton
from app.widgets.timeline_drawing import TimelineDrawing, TimelineScene
from app.widgets.value_text import readable
from backprop.arrays import Array
from backprop.cursor import Clock, Cursor

_NOTCH = 120
_FINE = 10.0
_LARGEST_INT = 2**31 - 1
_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


@dataclass
class _Drag:
    """A press that has not ended: where it is read, which with Shift is not where the pointer is."""

    x: float
    pointer_x: float
    fine: bool


class TimelineBar(QAbstractSlider):
    """Shows how far a run has come, its loss as a soft area, and the moment on the screen as a handle with a pill.

    A press or drag asks for the nearest end of a step; with Shift held, ten times finer around the press. The wheel
    goes by steps, with Ctrl by epochs, as Page Up and Page Down do; Home is the start, End the newest moment. While a
    drag lasts the handle stays under the pointer, whatever moment the owner is still showing.

    It is a slider for the sake of screen readers, whose value is the epoch.
    """

    #: A ``Cursor``, never beyond the moment reached.
    seek_requested = Signal(object)
    #: Back to the newest moment.
    live_requested = Signal()
    #: Let the run go on from the moment on the screen.
    continue_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a timeline without a run."""
        super().__init__(parent)
        self._clock = Clock(1, 4)
        self._epochs = 0
        self._reached = 0
        self._moment = 0
        self._asked: int | None = None
        self._live = True
        self._loss: Array = np.empty(0)
        self._per_step = True
        self._drag: _Drag | None = None
        self._hover: float | None = None
        self._wheel = 0
        self._ring = False
        self._told = False
        self._drawing = TimelineDrawing()
        self._continue = PillButton(self.tr("Continue from here"), "branch", self)
        self._continue.setToolTip(
            self.tr("Train on from this moment of the past; what came after it can be kept to compare (C).")
        )
        self._continue.clicked.connect(self.continue_requested)
        self._button = PillButton(self.tr("Live"), "live", self)
        self._button.setToolTip(self.tr("Back to the newest moment of the run (End)."))
        self._button.setAccessibleName(self.tr("Back to the newest moment"))
        self._button.clicked.connect(self.live_requested)
        for button in (self._continue, self._button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.hide()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timeline"))
        self.valueChanged.connect(self._seek_epoch)
        self._tell()

    def start_run(self, clock: Clock, epochs: int) -> None:
        """Show a new run, of which nothing is computed yet."""
        self._clock = clock
        self._reached = self._moment = 0
        self._asked, self._drag, self._live, self._wheel = None, None, True, 0
        self._loss = np.empty(0)
        self._drawing.forget()
        self.set_epochs(epochs)

    def set_epochs(self, epochs: int) -> None:
        """Let the line end at ``epochs`` epochs, or where the run is if it has come further."""
        self._epochs = epochs
        self._tell()
        self._arrange()

    def show_reached(self, reached: Cursor, loss: Array, per_step: bool = True) -> None:
        """Show that the run has come to ``reached``, with ``loss`` (n,) so far.

        ``loss[i]`` belongs to step i, or to epoch i unless ``per_step``. It is kept, not copied; it may hold NaN and
        infinities.
        """
        self._reached = self._clock.position(reached)
        self._loss, self._per_step = loss, per_step
        self.update()

    def show_moment(self, cursor: Cursor, live: bool) -> None:
        """Show ``cursor`` as the moment on the screen; ``live`` if it is the newest one."""
        self._moment = self._clock.position(cursor)
        self._live = live
        if self._drag is None:
            self._asked = None
        self._tell()
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._drawing.set_theme(theme)
        for button in (self._continue, self._button):
            button.set_theme(theme)
        self.update()

    @property
    def pill_text(self) -> str:
        """The words on the pill above the handle."""
        return pill_words(self._clock.cursor(self._position), self._clock)

    @property
    def live_button(self) -> PillButton:
        """The button back to the newest moment, shown only in the past."""
        return self._button

    @property
    def continue_button(self) -> PillButton:
        """The button to go on from the moment shown, shown only in the past."""
        return self._continue

    def scene(self) -> TimelineScene:
        """Return what there is to draw, with the places of everything."""
        total = self._total()
        reached = max(self._reached, self._moment)
        return TimelineScene(
            width=self.width(),
            height=self.height(),
            moment=min(1.0, self._position / total),
            reached=min(1.0, reached / total),
            live=self._live and self._asked is None,
            pill=self.pill_text,
            first=self.tr("Epoch {epoch}").format(epoch="0"),
            last=f"{math.ceil(total / self._clock.end_of_epoch(1)) if self._epochs else 0:,}",
            hover=self._hover,
            pressed=self._drag is not None,
            ring=self._ring and self.hasFocus(),
            buttons_width=self._drawing.buttons_width([button.size() for button in self._shown_buttons()]),
            loss=self._loss,
            run_length=total / self._clock.end_of_step(1 if self._per_step else self._clock.steps_per_epoch),
            ratio=self.devicePixelRatioF(),
        )

    def sizeHint(self) -> QSize:
        return QSize(600, self._drawing.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._drawing.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._drawing.paint(painter, self.scene())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._drawing.measure()
            self.updateGeometry()
            self._arrange()

    def event(self, event: QEvent) -> bool:
        """Say what lies under a resting pointer, as a tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event.globalPos(), event.pos().x())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._epochs:
            event.ignore()
            return
        QToolTip.hideText()
        x = event.position().x()
        self._drag = _Drag(x, x, _shift(event))
        self._ring = False
        self._ask(self._step_end(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        self._hover = x
        self.update()
        if self._drag is None:
            if QToolTip.isVisible():
                self._show_tip(event.globalPosition().toPoint(), x)
            return
        fine = _shift(event)
        drag = self._drag
        # Fine movement counts from where the last kind of movement ended, so that pressing Shift moves nothing.
        at = drag.x + (x - drag.pointer_x) / _FINE if fine and drag.fine else drag.x if fine else x
        self._drag = _Drag(at, x, fine)
        position = self._step_end(at)
        if position != self._position:
            self._ask(position)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = None
            if self._asked == self._moment:
                self._asked = None
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        self._wheel += turned.y() or turned.x()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        steps = self._clock.steps_per_epoch if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
        self._go(notches, self._clock.end_of_step(steps))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        epoch = self._clock.end_of_epoch(1)
        match event.key():
            case Qt.Key.Key_Home:
                self._ask(0)
            case Qt.Key.Key_End:
                self.live_requested.emit()
            case Qt.Key.Key_PageUp:
                self._go(1, epoch)
            case Qt.Key.Key_PageDown:
                self._go(-1, epoch)
            case _:
                # Arrows and Space belong to the window.
                event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # A window that comes back to the front shows the ring again if it had one.
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._ring = event.reason() in _KEYBOARD
        self.update()

    @property
    def _position(self) -> int:
        """The moment shown: the one asked for, until the owner answers."""
        return self._moment if self._asked is None else self._asked

    def _total(self) -> int:
        return max(1, self._clock.end_of_epoch(self._epochs), self._reached, self._moment)

    def _step_at(self, x: float) -> int:
        """Return after how many steps the run is at ``x``, reached or not."""
        return round(self.scene().share(x) * (self._total() / self._clock.phases_per_step))

    def _step_end(self, x: float) -> int:
        """Return the position of the end of a step nearest to ``x``, of those that are reached."""
        return self._clock.end_of_step(min(self._step_at(x), self._reached // self._clock.phases_per_step))

    def _go(self, times: int, phases: int) -> None:
        """Ask for the moment ``times`` times ``phases`` phases later or earlier, at a multiple of those."""
        position = self._position
        for _ in range(min(abs(times), 100)):
            later, earlier = self._clock.after(position, phases), self._clock.before(position, phases)
            position = min(later, self._reached) if times > 0 else earlier
        if position != self._position:
            self._ask(position)

    def _ask(self, position: int) -> None:
        if not self._epochs:
            return
        self._asked = position
        self.update()
        self.seek_requested.emit(self._clock.cursor(position))

    def _seek_epoch(self, epoch: int) -> None:
        """Answer a screen reader that has set the slider's value."""
        if not self._told:
            reached = self._reached // self._clock.phases_per_step
            self._ask(self._clock.end_of_step(min((epoch + 1) * self._clock.steps_per_epoch, reached)))

    def _tell(self) -> None:
        """Keep the slider's value, and what a screen reader says of it, up to date."""
        cursor = self._clock.cursor(self._moment)
        self._told = True
        self.setRange(0, min(_LARGEST_INT, max(self._epochs, cursor.epoch)))
        self.setValue(min(_LARGEST_INT, cursor.epoch))
        self._told = False
        self.setAccessibleDescription(whole_words(cursor, self._clock, self._live))

    def _arrange(self) -> None:
        """Put the buttons where the drawing leaves room for them."""
        live, onwards = self._button.sizeHint(), self._continue.sizeHint()
        self._button.setVisible(not self._live and self.width() >= 3 * live.width())
        self._continue.setVisible(not self._live and self.width() >= 3 * (live.width() + onwards.width()))
        buttons = self._shown_buttons()
        places = self._drawing.button_places(self.width(), [button.sizeHint() for button in buttons])
        for button, place in zip(buttons, places, strict=True):
            button.setGeometry(place)
        self.update()

    def _shown_buttons(self) -> list[PillButton]:
        return [button for button in (self._continue, self._button) if not button.isHidden()]

    def _show_tip(self, where: QPoint, x: float) -> None:
        if self._epochs:
            QToolTip.showText(where, self.tip_at(x), self)

    def tip_at(self, x: float) -> str:
        """Return what a tool tip says at ``x``: the step, and its loss."""
        steps = self._step_at(x)
        words = step_words(self._clock.cursor(self._clock.end_of_step(steps)), self._clock)
        if self._clock.end_of_step(steps) > self._reached:
            return self.tr("{step} · not computed yet").format(step=words)
        index = steps - 1 if self._per_step else (steps - 1) // self._clock.steps_per_epoch
        if not 0 <= index < len(self._loss):
            return words
        return self.tr("{step} · loss {loss}").format(step=words, loss=readable(float(self._loss[index])))


def _shift(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
