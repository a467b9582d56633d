"""CardHeader: the row at a card's top: a bold title at the left, a soft caption, room for controls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSpacerItem, QWidget

from app.look.fonts import scaled


class CardHeader(QWidget):
    """A title and a caption; controls go into ``row`` and stand at the right, in order."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(title)
        self._title.setProperty("role", "title")
        self._caption = _Caption()
        self.row = QHBoxLayout(self)
        self.row.setSpacing(8)
        # A dock gives its title bar the height of the hint, whatever the least height of the widget is.
        self._strut = QSpacerItem(0, 0)
        self.row.addItem(self._strut)
        self.row.addWidget(self._title)
        self.row.addWidget(self._caption, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        """Make headers with and without controls equally high, so that titles stand in line."""
        above, below = scaled(8), scaled(4)
        self._strut.changeSize(0, scaled(36) - above - below, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.row.setContentsMargins(12, above, 12, below)  # which lays out anew, too

    def title(self) -> str:
        """Return the heading."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self._title.setText(title)

    def caption(self) -> str:
        """Return the soft text."""
        return self._caption.text

    def set_caption(self, text: str) -> None:
        """Show ``text`` softly, before the controls; the tool tip has it in full."""
        if text != self.caption():
            self._caption.show_text(text)


class _Caption(QWidget):
    """Takes what room is left, and ends ``text`` with an ellipsis where that is too little.

    Without a layout between them, a new text does not make Qt lay out the docks of the whole window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._label = QLabel(self)
        self._label.setProperty("role", "caption")
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show ``text``, or as much of its beginning as there is room for."""
        self.text = text
        self._label.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._label.setGeometry(self.rect())
        self._elide()

    def _elide(self) -> None:
        shown = self._label.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, self.width())
        self._label.setText(shown)
        # A screen reader has no need of an ellipsis.
        self._label.setAccessibleName(self.text)
