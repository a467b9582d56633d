"""RangeStrip: what is computed of a run as one line over its loss, with two handles around the moments to export."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.look.colours import ink, mix
from app.look.fonts import number_font, scaled
from app.look.theme import LIGHT, Theme
from app.widgets.loss_shade import Ink, LossShade
from app.widgets.moment_words import pill_words
from backprop.arrays import Array
from backprop.cursor import Clock, Cursor

_CORNER, _TRACK = 8.0, 3.0
_MARGIN, _TOP, _FOOT, _SHADE = 14, 6, 15, 34  # for the ordinary size of text
_PAGES = 20


class RangeStrip(QWidget):
    """Two handles, one after the other reached by Tab, dragged or moved by keys; a single one where a moment is wanted.

    Arrows go by batches, Page Up and Page Down by epochs or, where these are a batch each, by a twentieth of the run.
    The second handle, left at the end, stays with the newest moment while the run goes on.
    """

    #: Sent when a person has moved a handle.
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._clock = Clock(1, 4)
        self._reached = 0
        self._first = 0
        self._last: int | None = None
        self._single = False
        self._loss: Array = np.empty(0)
        self._shade = LossShade()
        self._dragged: _Handle | None = None
        self._telling = False
        self.first = _Handle(self.tr("First moment"), self)
        self.last = _Handle(self.tr("Last moment"), self)
        self.first.valueChanged.connect(lambda steps: self._take(self.first, steps))
        self.last.valueChanged.connect(lambda steps: self._take(self.last, steps))
        hint = self.tr(
            "Drag the handles around the moments to export; with the keyboard, Tab to a handle and use the arrows. "
            "The last handle at the end means the newest moment of the run."
        )
        for part in (self, self.first, self.last):
            part.setToolTip(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabOrder(self.first, self.last)

    # --- what is shown

    def start_run(self, clock: Clock) -> None:
        """Show a new run, and all of it as the range."""
        self._clock, self._reached, self._first, self._last = clock, 0, 0, None
        self._loss, self._shade = np.empty(0), LossShade()
        self._tell()

    def show_reached(self, reached: Cursor, loss: Array) -> None:
        """Show that the run has come to ``reached``, with ``loss`` (n,) at the end of each step so far."""
        self._reached, self._loss = self._clock.position(reached), loss
        self._tell()

    def set_single(self, single: bool) -> None:
        """Let a person choose one moment instead of a range."""
        self._single = single
        self.first.setVisible(not single)
        self.last.setAccessibleName(self.tr("Moment") if single else self.tr("Last moment"))
        self._tell()

    def set_first(self, cursor: Cursor) -> None:
        """Let the range begin at ``cursor``."""
        self._first = min(self._clock.position(cursor), self._reached)
        if self._last is not None:
            self._last = max(self._last, self._first)
        self._tell()

    def set_last(self, cursor: Cursor) -> None:
        """Let the range end at ``cursor``; at the newest moment, it stays with that."""
        position = self._clock.position(cursor)
        self._last = None if position >= self._reached else position
        self._first = min(self._first, position)
        self._tell()

    def range(self) -> tuple[Cursor | None, Cursor | None]:
        """Return first and last moment; None is the start, and the newest moment."""
        first = None if self._single or not self._first else self._clock.cursor(self._first)
        return first, None if self._last is None else self._clock.cursor(self._last)

    def words(self) -> tuple[str, str]:
        """Return the names of first and last moment; the first is empty where one moment is chosen."""
        last = pill_words(self._clock.cursor(self._end), self._clock)
        if self._single:
            return "", last
        return pill_words(self._clock.cursor(self._first), self._clock), last

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        for handle in (self.first, self.last):
            handle.theme = theme
        self.update()

    @property
    def _end(self) -> int:
        return self._reached if self._last is None else min(self._last, self._reached)

    def _tell(self) -> None:
        """Put the handles where the range is, and say it."""
        self._telling = True
        phases = self._clock.phases_per_step
        steps = self._reached // phases
        page = self._clock.steps_per_epoch if self._clock.steps_per_epoch > 1 else max(1, steps // _PAGES)
        for handle, position in ((self.first, min(self._first, self._end)), (self.last, self._end)):
            handle.setRange(0, steps)
            handle.setPageStep(page)
            handle.setValue(position // phases)
            handle.setAccessibleDescription(pill_words(self._clock.cursor(position), self._clock))
        self._telling = False
        self._arrange()

    # --- what a person does

    def _take(self, handle: "_Handle", steps: int) -> None:
        if self._telling:
            return
        position = self._clock.end_of_step(steps)
        if handle is self.first:
            self._first = min(position, self._end)
        else:
            newest = steps >= self._reached // self._clock.phases_per_step
            position = position if self._single else max(position, self._first)
            self._last = None if newest else position
        self._tell()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        nearer = abs(x - self._x(min(self._first, self._end))) < abs(x - self._x(self._end))
        # Where both stand at one place, the side of the press tells which one is meant.
        left = self._first >= self._end and x < self._x(self._end)
        self._dragged = self.first if not self._single and (nearer or left) else self.last
        self._dragged.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drag_to(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._drag_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = None

    def _drag_to(self, x: float) -> None:
        if self._dragged is not None:
            share = min(1.0, max(0.0, (x - scaled(_MARGIN)) / self._length))
            self._dragged.setValue(round(share * self._dragged.maximum()))

    # --- how it looks

    @property
    def _length(self) -> float:
        return max(1.0, self.width() - 2.0 * scaled(_MARGIN))

    @property
    def _line(self) -> float:
        return self.height() - float(scaled(_FOOT))

    def _x(self, position: int) -> float:
        return scaled(_MARGIN) + self._length * (min(1.0, position / self._reached) if self._reached else 0.0)

    def sizeHint(self) -> QSize:
        return QSize(scaled(320), scaled(_TOP + _SHADE + _FOOT + 22))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self._arrange()

    def _arrange(self) -> None:
        edge = scaled(22)
        for handle, position in ((self.first, min(self._first, self._end)), (self.last, self._end)):
            handle.setGeometry(round(self._x(position) - edge / 2), round(self._line - edge / 2), edge, edge)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(ink(self._theme.line), 1))
            painter.setBrush(ink(self._theme.card))
            painter.drawRoundedRect(card, _CORNER, _CORNER)
            start, end = self._x(0 if self._single else min(self._first, self._end)), self._x(self._end)
            self._paint_loss(painter, start, end)
            self._paint_line(painter, start, end)
            self._paint_words(painter)

    def _paint_loss(self, painter: QPainter, start: float, end: float) -> None:
        """Draw the loss, strongly within the range."""
        ratio = self.devicePixelRatioF()
        left, top = float(scaled(_MARGIN)), self._line - scaled(_SHADE)
        size = (round(self._length * ratio), round(scaled(_SHADE) * ratio))
        dark = self._theme.name == "dark"
        shade = Ink(ink(self._theme.accent), 0.26 if dark else 0.18, 0.5 if dark else 0.4)
        image = self._shade.image(self._loss, max(1, len(self._loss)), 1.0, size, shade)
        image.setDevicePixelRatio(ratio)
        for opacity, place in ((0.35, QRectF(self.rect())), (0.65, QRectF(start, 0, end - start, self.height()))):
            painter.save()
            painter.setClipRect(place)
            painter.setOpacity(opacity)
            painter.drawImage(QPointF(left, top), image)
            painter.restore()

    def _paint_line(self, painter: QPainter, start: float, end: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        whole = (float(scaled(_MARGIN)), scaled(_MARGIN) + self._length)
        chosen = [] if self._single else [((start, end), self._theme.accent)]
        for (left, right), colour in [(whole, mix(self._theme.card, self._theme.accent, 0.38)), *chosen]:
            painter.setBrush(ink(colour))
            bar = QRectF(left, self._line - _TRACK / 2, right - left, _TRACK)
            painter.drawRoundedRect(bar, _TRACK / 2, _TRACK / 2)

    def _paint_words(self, painter: QPainter) -> None:
        first, last = self.words()
        painter.setFont(number_font(9, bold=True))
        painter.setPen(ink(self._theme.text))
        row = QRectF(scaled(10), scaled(_TOP) - 1, self.width() - 2 * scaled(10), scaled(20))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self._single:
            painter.drawText(row, left, last)
            return
        painter.drawText(row, left, first)
        painter.drawText(row, right, last)
        # translators: between the names of two moments, as in "Start … Epoch 100"
        painter.setPen(ink(self._theme.soft_text))
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, self.tr("to"))


class _Handle(QAbstractSlider):
    """One end of the range, in steps of the run; the strip leads the mouse to it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            centre = QRectF(self.rect()).center()
            if self.hasFocus():
                halo = QColor(self.theme.accent)
                halo.setAlphaF(0.28)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(halo)
                painter.drawEllipse(centre, self.width() / 2 - 0.5, self.width() / 2 - 0.5)
            painter.setPen(QPen(ink(self.theme.accent), 2.5))
            painter.setBrush(ink(self.theme.card))
            painter.drawEllipse(centre, scaled(6), scaled(6))
