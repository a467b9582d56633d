"""ProgressDots: one dot for each step of a lesson: where one is, and where one has been."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.look.fonts import scaled, text_scale
from app.look.theme import LIGHT, Theme

# Lengths are for the ordinary size of text, and grow with it.
_DOT, _LONG, _GAP = 7.0, 20.0, 6.0
_HEIGHT = 16


class ProgressDots(QWidget):
    """The step at hand is long, steps that were visited are dark; a click goes to a step."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._titles: tuple[str, ...] = ()
        self._visited: frozenset[int] = frozenset()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_steps(self, titles: Sequence[str], visited: frozenset[int], current: int) -> None:
        """Show a lesson of these steps."""
        self._titles, self._visited, self._current = tuple(titles), visited, current
        self.setAccessibleName(
            self.tr("Step {step} of {count}: {title}").format(
                step=current + 1, count=len(titles), title=titles[current] if titles else ""
            )
        )
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.update()

    def place(self, step: int) -> QRectF:
        """Return where the dot of ``step`` is drawn."""
        scale = text_scale()
        before = step * (_DOT + _GAP) + (_LONG - _DOT if step > self._current else 0.0)
        width = _LONG if step == self._current else _DOT
        return QRectF(before * scale, (self.height() - _DOT * scale) / 2, width * scale, _DOT * scale)

    def step_at(self, point: QPointF) -> int | None:
        """Return the step whose dot is at ``point``, or near it."""
        for step in range(len(self._titles)):
            if self.place(step).adjusted(-_GAP / 2, -_HEIGHT, _GAP / 2, _HEIGHT).contains(point):
                return step
        return None

    def sizeHint(self) -> QSize:
        """Return the room for all dots."""
        count = max(1, len(self._titles))
        return QSize(scaled(count * _DOT + (count - 1) * _GAP + _LONG - _DOT), scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the room for all dots."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            step = self.step_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if step is None else f"{step + 1}. {self._titles[step]}", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self.step_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and step is not None:
            self.chosen.emit(step)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        for step in range(len(self._titles)):
            seen = step == self._current or step in self._visited
            dot = self.place(step)
            colour = QColor(theme.text if step == self._current else theme.soft_text)
            painter.setPen(Qt.PenStyle.NoPen if seen else QPen(colour, 1.2 * text_scale()))
            painter.setBrush(colour if seen else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(dot, dot.height() / 2, dot.height() / 2)
