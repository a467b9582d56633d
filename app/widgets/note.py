"""Note: a sentence under a picture, as high as its text needs at the width it has."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.look.style import restyle


class Note(QWidget):
    """Soft text that wraps; as a callout it stands out on a tint of the accent.

    It holds its label without a layout, so that a new text does not make Qt lay out the docks of the whole window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = _Label(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the text."""
        return self._label.text()

    def is_callout(self) -> bool:
        """Return whether the text stands out."""
        return bool(self._label.property("role") == "callout")

    def set_text(self, text: str, callout: bool = False) -> None:
        """Show ``text``, which may be rich; a callout stands out."""
        if text == self.text() and callout == self.is_callout():
            return
        self._label.setText(text)
        if callout != self.is_callout():
            self._label.setProperty("role", "callout" if callout else "caption")
            self._label.setContentsMargins(*((10, 6, 10, 6) if callout else (0, 0, 0, 0)))
            restyle(self._label)
        self.fit()

    def heightForWidth(self, width: int) -> int:
        return max(0, self._label.heightForWidth(max(1, width)))  # it is below 0 without text

    def fit(self) -> None:
        """Take the height that the text needs now."""
        # Layouts remember a height for a width from before the text changed, so the height is set outright.
        self.setFixedHeight(self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.fit()


class _Label(QLabel):
    """The text of a note, which tells it when the typeface changes."""

    def __init__(self, note: Note) -> None:
        super().__init__(note)
        self._note = note
        self.setWordWrap(True)
        self.setProperty("role", "caption")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._note.fit()
