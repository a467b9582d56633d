"""HeaderButton: a small button with an icon, for the header of a card."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QTransform
from PySide6.QtWidgets import QToolButton, QWidget

from app.icons import icon_pixmap
from app.theme import Theme

_ICON = 16
# No higher than the other controls of a header, and without the arrow that says there is a menu.
_STYLE = """
    QToolButton { padding: 0; min-width: 22px; min-height: 20px; }
    QToolButton::menu-indicator { image: none; width: 0; }
"""


class HeaderButton(QToolButton):
    """Shows the icon ``name``, turned clockwise by ``angle`` degrees."""

    def __init__(self, name: str, angle: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._turn = QTransform().rotate(angle)
        self.setProperty("flat", True)
        self.setStyleSheet(_STYLE)
        self.setIconSize(QSize(_ICON, _ICON))

    def sizeHint(self) -> QSize:
        # The style adds room for the arrow whether or not it is there.
        return QSize(26, super().sizeHint().height())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        result = QIcon()
        for colour, modes in (
            (theme.text, (QIcon.Mode.Normal, QIcon.Mode.Active)),
            (theme.disabled_text, (QIcon.Mode.Disabled,)),
        ):
            for ratio in (1.0, 2.0):
                picture = icon_pixmap(self._name, colour, _ICON, ratio).transformed(self._turn)
                for mode in modes:
                    result.addPixmap(picture, mode)
        self.setIcon(result)
