"""Note: a sentence under a picture, as high as its text needs at the width it has."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.theme import restyle


class Note(QLabel):
    """Soft text that wraps; as a callout it stands out on a tint of the accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "caption")

    def is_callout(self) -> bool:
        """Return whether the text stands out."""
        return bool(self.property("role") == "callout")

    def set_text(self, text: str, callout: bool = False) -> None:
        """Show ``text``, which may be rich; a callout stands out."""
        if text == self.text() and callout == self.is_callout():
            return
        self.setText(text)
        if callout != self.is_callout():
            self.setProperty("role", "callout" if callout else "caption")
            self.setContentsMargins(*((10, 6, 10, 6) if callout else (0, 0, 0, 0)))
            restyle(self)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        # Layouts remember a height for a width from before the text changed, so the height is set outright.
        self.setFixedHeight(max(0, self.heightForWidth(max(1, self.width()))))  # it is below 0 without text
