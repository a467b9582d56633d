"""PillButton: a small rounded button with an icon, tinted with the accent, for use on top of a drawing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.icons import icon_pixmap
from app.theme import LIGHT, Theme, mix, number_font

_PADDING = 9.0
_GAP = 5.0
_POINTS = 9.0


class PillButton(QAbstractButton):
    """Looks like a chip that can be pressed; as small as its text, unlike a push button."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        """Make a button with the icon of that name before its text."""
        super().__init__(parent)
        self._theme = LIGHT
        self._icon = icon
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and text."""
        metrics = QFontMetricsF(number_font(_POINTS, bold=True))
        width = 2 * _PADDING + self._edge() + _GAP + metrics.horizontalAdvance(self.text())
        return QSize(round(width), round(metrics.height()) + 6)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        strength = 0.16 if self.isDown() else 0.08 if self.underMouse() else 0.0
        painter.setBrush(QColor(mix(theme.accent_soft, theme.accent, strength)))
        painter.setPen(QPen(QColor(theme.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        radius = (self.height() - 2) / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        edge = self._edge()
        picture = icon_pixmap(self._icon, theme.accent, edge, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(_PADDING, (self.height() - edge) / 2), picture)
        painter.setFont(number_font(_POINTS, bold=True))
        painter.setPen(QColor(theme.accent))
        room = QRectF(self.rect()).adjusted(_PADDING + edge + _GAP, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _edge(self) -> int:
        return round(QFontMetricsF(number_font(_POINTS, bold=True)).height()) - 2
