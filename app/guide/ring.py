"""Ring: draws the eye to a control by a line around it that comes, stays for a moment, and goes."""

from PySide6.QtCore import QAbstractAnimation, QEvent, QObject, QRect, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from app.look.theme import Theme

# How far the line and its glow reach out around what is ringed, and into it.
_OUT, _IN = 5, 3
_RADIUS = 10.0
_DURATION_MS = 3200
# Shares of the duration: coming, and beginning to go.
_COME, _GO = 0.12, 0.85


class Ring(QWidget):
    """A line over a window around one of its widgets. It takes no click and no key."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._over = window
        self._theme = theme
        self._strength = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._course = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_DURATION_MS)
        self._course.valueChanged.connect(self._follow)
        self._course.finished.connect(self.hide)
        window.installEventFilter(self)

    @property
    def strength(self) -> float:
        """How strongly the line is drawn, from 0 to 1."""
        return self._strength

    def show_around(self, widget: QWidget, area: QRect, theme: Theme) -> None:
        """Ring ``area`` of ``widget``, which is in the same window."""
        self._theme = theme
        corner = widget.mapTo(self._over, area.topLeft())
        around = QRect(corner, area.size()).adjusted(-_OUT, -_OUT, _OUT, _OUT)
        self.setGeometry(around.intersected(self._over.rect()))
        # What lies inside is not painted again for every picture of the animation.
        inside = self.rect().adjusted(_OUT + _IN, _OUT + _IN, -_OUT - _IN, -_OUT - _IN)
        self.setMask(QRegion(self.rect()) - QRegion(inside))
        self._strength = 0.0
        self.show()
        self.raise_()
        self._course.stop()
        self._course.start()

    def end(self) -> None:
        """Take the ring away."""
        if self._course.state() != QAbstractAnimation.State.Stopped:
            self._course.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # After a resize it would be around something else.
        if event.type() == QEvent.Type.Resize:
            self.end()
        return False

    def _follow(self, share: float) -> None:
        strength = min(1.0, share / _COME, (1.0 - share) / (1.0 - _GO))
        if strength != self._strength:
            self._strength = strength
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = QRectF(self.rect()).adjusted(_OUT, _OUT, -_OUT, -_OUT)
        for width, opacity in ((9.0, 0.14), (6.0, 0.2), (2.0, 1.0)):
            colour = QColor(self._theme.accent)
            colour.setAlphaF(opacity * self._strength)
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(middle, _RADIUS, _RADIUS)
