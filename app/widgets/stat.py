"""Stat: one large number with a small caption under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.theme import Theme, number_font

_NUMBER_POINTS = 15.0


class Stat(QWidget):
    """A number that can change many times a second and stay where it is."""

    def __init__(self, caption: str, widest: str = "0.0000", parent: QWidget | None = None) -> None:
        """Make a stat without a value; ``widest`` is the widest one expected, as text."""
        super().__init__(parent)
        self._widest = widest
        self._number = QLabel("\N{EN DASH}")
        self._caption = QLabel(caption)
        self._caption.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self._number, self._caption):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(label)
        self._use_font()
        self._name()

    def value(self) -> str:
        """Return what is shown."""
        return self._number.text()

    def set_value(self, text: str) -> None:
        """Show ``text``; only one wider than any before it widens the stat."""
        if text == self._number.text():
            return
        self._number.setText(text)
        self._keep_room()
        self._name()

    def caption(self) -> str:
        """Return the small text."""
        return self._caption.text()

    def set_caption(self, text: str) -> None:
        """Show ``text`` under the number."""
        self._caption.setText(text)
        self._name()

    def set_theme(self, theme: Theme) -> None:
        """Repaint; the colours themselves come with the style sheet."""
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._use_font()

    def _use_font(self) -> None:
        self._number.setFont(number_font(_NUMBER_POINTS, bold=True))
        self._number.setMinimumWidth(0)
        self._keep_room()

    def _keep_room(self) -> None:
        """Reserve the width of the widest text so far, so that neighbours stay put."""
        metrics = QFontMetricsF(self._number.font())
        wanted = max(metrics.horizontalAdvance(t) for t in (self._widest, self._number.text()))
        self._number.setMinimumWidth(max(self._number.minimumWidth(), int(wanted) + 2))

    def _name(self) -> None:
        self.setAccessibleName(f"{self._caption.text()}: {self._number.text()}")
