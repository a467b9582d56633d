"""Segmented: a few choices side by side, of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.look.theme import Theme


class Segmented(QWidget):
    """A soft pill with exclusive choices; Tab reaches it, the arrow keys choose."""

    changed = Signal(str)
    """The key that holds now; sent by a person's choice and by ``set_value``, if it differs."""

    def __init__(self, options: Sequence[tuple[str, str]], name: str = "", parent: QWidget | None = None) -> None:
        """Offer ``options``, pairs of key and label; the first one holds.

        ``name`` is what a screen reader says before the choice. Raises ValueError without
        options or when a key comes twice.
        """
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        if not options or len({key for key, _ in options}) != len(options):
            raise ValueError("Segmented needs options with different keys.")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for key, label in options:
            button = QPushButton(label)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            # Tab reaches it; a click leaves the focus, and its ring, where they were.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(f"{name}: {label}" if name else label)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self._value = options[0][0]
        self._buttons[self._value].setChecked(True)
        self._group.buttonToggled.connect(self._choose)

    def value(self) -> str:
        """Return the key that holds."""
        return self._value

    def set_value(self, key: str) -> None:
        """Let ``key`` hold. Raises KeyError for one that was not offered."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QPushButton:
        """Return the button of ``key``, to give it a tool tip or to disable it."""
        return self._buttons[key]

    def set_theme(self, theme: Theme) -> None:
        """Repaint; the colours themselves come with the style sheet."""
        self.update()

    def _choose(self, button: QPushButton, checked: bool) -> None:
        if checked:
            self._value = next(key for key, known in self._buttons.items() if known is button)
            self.changed.emit(self._value)
