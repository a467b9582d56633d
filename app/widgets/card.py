"""Card: a rounded surface with a heading, on which one thing is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.theme import Theme


class CardHeader(QWidget):
    """The row at a card's top: a bold title at the left, a soft caption, room for controls."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Make a header; controls go into ``row`` and stand at the right, in order."""
        super().__init__(parent)
        self._title = QLabel(title)
        self._title.setProperty("role", "title")
        self._caption = QLabel()
        self._caption.setProperty("role", "caption")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # A long caption is cut off rather than making its whole column wider.
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
        return self._caption.text()

    def set_caption(self, text: str) -> None:
        """Show ``text`` softly, before the controls; the tool tip has it in full."""
        self._caption.setText(text)
        self._caption.setToolTip(text)


class Card(QFrame):
    """A rounded surface: put controls into ``header``, and what it shows into ``body``."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Make an empty card named ``title``, for the eye and for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(title)
        self._header = CardHeader(title)
        self.header: QHBoxLayout = self._header.row
        self.body = QVBoxLayout()
        self.body.setContentsMargins(12, 0, 12, 12)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self.body, 1)

    def title(self) -> str:
        """Return the heading."""
        return self._header.title()

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self._header.set_title(title)
        self.setAccessibleName(title)

    def caption(self) -> str:
        """Return the soft text in the header."""
        return self._header.caption()

    def set_caption(self, text: str) -> None:
        """Show ``text`` softly in the header."""
        self._header.set_caption(text)

    def set_theme(self, theme: Theme) -> None:
        """Repaint; the colours themselves come with the style sheet."""
        self.update()
