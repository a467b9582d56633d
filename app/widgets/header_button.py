"""HeaderButton: a small button with an icon, for the header of a card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon, QTransform
from PySide6.QtWidgets import QToolButton, QWidget

from app.look.fonts import scaled
from app.look.icons import icon_pixmap
from app.look.theme import Theme

_ICON = 16
# No higher than the other controls of a header, and without the arrow that says there is a menu.
_STYLE = """
    QToolButton {{ padding: 0; min-width: {width}px; min-height: {height}px; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
"""


class HeaderButton(QToolButton):
    """Shows the icon ``name``, turned clockwise by ``angle`` degrees."""

    def __init__(self, name: str, angle: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._turn = QTransform().rotate(angle)
        self.setProperty("flat", True)
        self._fit()

    def sizeHint(self) -> QSize:
        # The style adds room for the arrow whether or not it is there.
        return QSize(scaled(22) + 4, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        style = _STYLE.format(width=scaled(22), height=scaled(20))
        if style != self.styleSheet():  # which changes the typeface, too
            self.setStyleSheet(style)
            self.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))
            self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        result = QIcon()
        for colour, modes in (
            (theme.text, (QIcon.Mode.Normal, QIcon.Mode.Active)),
            (theme.disabled_text, (QIcon.Mode.Disabled,)),
        ):
            for ratio in (1.0, 2.0):
                picture = icon_pixmap(self._name, colour, scaled(_ICON), ratio).transformed(self._turn)
                for mode in modes:
                    result.addPixmap(picture, mode)
        self.setIcon(result)
