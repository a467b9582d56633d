"""Masthead: the program's sign and name, and what it is, at the head of a card or a dialog."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.look.fonts import scaled
from app.look.icons import icon_pixmap

_SIGN = 64


class Masthead(QWidget):
    """Grows with the program's text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel()
        name = QLabel("Backscope")
        name.setProperty("role", "display")
        what = QLabel(self.tr("Backpropagation under the microscope"))
        what.setProperty("role", "soft")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(name)
        words.addWidget(what)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        self._draw_sign()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._draw_sign()

    def _draw_sign(self) -> None:
        self._sign.setPixmap(icon_pixmap("backscope", "black", scaled(_SIGN), self.devicePixelRatioF()))
