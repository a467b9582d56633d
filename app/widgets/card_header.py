"""CardHeader: the row at a card's top: a bold title at the left, a soft caption, room for controls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget


class CardHeader(QWidget):
    """A title and a caption; controls go into ``row`` and stand at the right, in order."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(title)
        self._title.setProperty("role", "title")
        self._caption = _Caption()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 8, 12, 4)
        self.row.setSpacing(8)
        self.row.addWidget(self._title)
        self.row.addWidget(self._caption, 1)
        # Headers with and without controls are equally high, so that titles stand in line.
        self.row.addStrut(24)

    def title(self) -> str:
        """Return the heading."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self._title.setText(title)

    def caption(self) -> str:
        """Return the soft text."""
        return self._caption.text.text()

    def set_caption(self, text: str) -> None:
        """Show ``text`` softly, before the controls; the tool tip has it in full."""
        if text != self.caption():
            self._caption.text.setText(text)
            self._caption.text.setToolTip(text)


class _Caption(QWidget):
    """Takes what room is left, and cuts ``text`` off where that is too little.

    Without a layout between them, a new text does not make Qt lay out the docks of the whole window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.text = QLabel(self)
        self.text.setProperty("role", "caption")
        self.text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.text.setGeometry(self.rect())
