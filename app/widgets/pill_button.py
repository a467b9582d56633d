"""PillButton: a small rounded button with an icon, tinted with the accent, for use on top of a drawing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.look.fonts import number_font
from app.look.icons import icon_pixmap
from app.look.theme import LIGHT, Theme
from app.widgets.typeface import Typeface

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
        self._face = Typeface(number_font(_POINTS, bold=True))
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and text."""
        width = 2 * _PADDING + self._edge() + _GAP + self._face.advance(self.text())
        return QSize(round(width), round(self._face.height) + 6)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._face = Typeface(number_font(_POINTS, bold=True))
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pointed = theme.card if self.isDown() else theme.accent_soft_hover
            painter.setBrush(QColor(pointed if self.isDown() or self.underMouse() else theme.accent_soft))
            painter.setPen(QPen(QColor(theme.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
            radius = (self.height() - 2) / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
            edge = self._edge()
            picture = icon_pixmap(self._icon, theme.accent, edge, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(_PADDING, (self.height() - edge) / 2), picture)
            painter.setPen(QColor(theme.accent))
            self._face.write(painter, QRectF(self.rect()).adjusted(_PADDING + edge + _GAP, 0, 0, 0), self.text())

    def _edge(self) -> int:
        return round(self._face.height) - 2
