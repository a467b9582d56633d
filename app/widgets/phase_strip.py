"""PhaseStrip: the phases of one training step in a row, the present one filled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from app.look.fonts import BODY_PIXELS, strong
from app.look.theme import LIGHT, Theme

DIRECTIONS = ("forward", "loss", "backward", "update")

_TEXT_PIXELS = 12
_PADDING = 9.0
_NARROW_PADDING = 5.0
_GAP = 2.0
_SMALLEST_WIDTH = 180
_RADIUS = 6.0


class PhaseStrip(QWidget):
    """Shows where in a step the run is: forward, loss, backward or update.

    The present phase is a filled pill in its direction's colour. When there is no room for the
    whole names, short ones are shown, F1 for Forward 1, and tool tips have the whole. A click chooses
    a phase; the keyboard has the window's keys for stepping.
    """

    chosen = Signal(int)
    """The index of a phase that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a strip without phases."""
        super().__init__(parent)
        self._theme = LIGHT
        self._phases: tuple[tuple[str, str], ...] = ()
        self._current: int | None = None
        self._hovered: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._name()

    def set_phases(self, phases: Sequence[tuple[str, str]]) -> None:
        """Show ``phases``, pairs of label and direction, none of them present.

        Raises ValueError for a direction that is not one of ``DIRECTIONS``.
        """
        for label, direction in phases:
            if direction not in DIRECTIONS:
                raise ValueError(f"{label}: {direction} is not one of {', '.join(DIRECTIONS)}.")
        self._phases = tuple((label, direction) for label, direction in phases)
        self._current = self._hovered = None
        self._name()
        self.updateGeometry()
        self.update()

    def phases(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of label and direction."""
        return self._phases

    def set_current(self, index: int | None) -> None:
        """Fill phase ``index``, or none. Raises IndexError when there is no such phase."""
        if index is not None and not 0 <= index < len(self._phases):
            raise IndexError(f"There is no phase {index} among {len(self._phases)}.")
        if index != self._current:
            self._current = index
            self._name()
            self.update()

    def current(self) -> int | None:
        """Return the index of the filled phase, or None."""
        return self._current

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def labels(self) -> tuple[str, ...]:
        """Return the names as the present width shows them, whole or short."""
        whole = tuple(label for label, _ in self._phases)
        if self.width() >= self._length(whole, _PADDING):
            return whole
        return tuple(short_name(label) for label in whole)

    def sizeHint(self) -> QSize:
        """Return the room for the whole names."""
        names = [label for label, _ in self._phases]
        return QSize(int(self._length(names, _PADDING)) + 1, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the room for the short names, or for some of them in a deep network."""
        names = [short_name(label) for label, _ in self._phases]
        length = int(self._length(names, _NARROW_PADDING)) + 1
        return QSize(min(length, _SMALLEST_WIDTH), self._height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()

    def event(self, event: QEvent) -> bool:
        """Show the whole name of the phase under the pointer as a tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.phase_at(QPointF(event.pos()))
            if index is None:
                QToolTip.hideText()
            else:
                tip = self.tr("{phase}: click to go to this phase of the batch.").format(phase=self._phases[index][0])
                QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def phase_at(self, point: QPointF) -> int | None:
        """Return the index of the phase at ``point``."""
        return next((index for index, pill in enumerate(self.pills()) if pill.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.phase_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.phase_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.chosen.emit(index)
        else:
            super().mousePressEvent(event)

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            if index is None:
                self.unsetCursor()
            else:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.update()

    def pills(self) -> list[QRectF]:
        """Return the rectangle of each phase, right-aligned in the widget."""
        names = self.labels()
        fonts = [self._font(index == self._current) for index in range(len(names))]
        # Widths are those of the bold text, so that nothing moves when the present phase does.
        widths = [QFontMetricsF(self._font(True)).horizontalAdvance(name) for name in names]
        gaps = _GAP * max(0, len(fonts) - 1)
        padding = _PADDING
        if names and sum(widths) + gaps + 2 * _PADDING * len(names) > self.width():
            padding = max(1.0, (self.width() - sum(widths) - gaps) / (2 * len(names)))
        length = sum(widths) + gaps + 2 * padding * len(names)
        x = self.width() - length
        if length > self.width() and self._current is not None:
            # Even short names do not fit: slide the row so that the present one is in the middle.
            left = sum(widths[: self._current]) + self._current * (2 * padding + _GAP)
            middle = left + widths[self._current] / 2 + padding
            x = max(x, min(0.0, self.width() / 2 - middle))
        result = []
        for width in widths:
            result.append(QRectF(x, 0.0, width + 2 * padding, float(self.height())))
            x += width + 2 * padding + _GAP
        return result

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names, and the pill behind the present one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = zip(self._phases, self.labels(), self.pills(), strict=True)
        for index, ((_, direction), name, pill) in enumerate(rows):
            present = index == self._current
            if present:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self.colour(direction)))
                painter.drawRoundedRect(pill, _RADIUS, _RADIUS)
            elif index == self._hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.field))
                painter.drawRoundedRect(pill, _RADIUS, _RADIUS)
            painter.setFont(self._font(present))
            painter.setPen(QColor(self._theme.on_accent if present else self._theme.soft_text))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, name)

    def colour(self, direction: str) -> str:
        """Return the fill of a present phase that goes in ``direction``."""
        colours = {"forward": self._theme.forward, "backward": self._theme.backward}
        return colours.get(direction, self._theme.accent)

    def _font(self, bold: bool) -> QFont:
        font = QFont(self.font())
        body = QApplication.font().pixelSize()
        font.setPixelSize(round(_TEXT_PIXELS * (body if body > 0 else BODY_PIXELS) / BODY_PIXELS))
        font.setWeight(strong() if bold else QFont.Weight.Normal)
        return font

    def _height(self) -> int:
        return round(QFontMetricsF(self._font(True)).height()) + 6

    def _length(self, names: Sequence[str], padding: float) -> float:
        metrics = QFontMetricsF(self._font(True))
        text = sum(metrics.horizontalAdvance(name) for name in names)
        return text + 2 * padding * len(names) + _GAP * max(0, len(names) - 1)

    def _name(self) -> None:
        if self._current is None:
            self.setAccessibleName(self.tr("Phases of a step"))
        else:
            label = self._phases[self._current][0]
            self.setAccessibleName(self.tr("Phase of the step: {phase}").format(phase=label))


def short_name(label: str) -> str:
    """Return the first letter and the number of ``label``: F1 for Forward 1, L for Loss."""
    number = re.search(r"\d+$", label)
    return label[:1] + (number.group() if number else "")
