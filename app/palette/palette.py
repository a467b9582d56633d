"""Palette: a field and a list over the window; Enter does what is chosen, Escape and a click elsewhere close it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.later import soon
from app.look.fonts import scaled
from app.look.theme import LIGHT, Theme
from app.palette.entry import Entry
from app.palette.list_model import EntryModel
from app.palette.match import found
from app.palette.row import EntryRow
from app.settings import Settings

_RECENT = "palette/recent"
_REMEMBERED = 12
_WIDTH, _ROWS = 620, 10
_TOP = 64
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_ROWS,
    Qt.Key.Key_PageDown: _ROWS,
}


class Palette(QFrame):
    """Offers ``entries()``, and what ``answers(typed)`` adds to them; those used last come first."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        entries: Callable[[], list[Entry]],
        answers: Callable[[str], list[Entry]],
    ) -> None:
        super().__init__(window)
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Command palette"))
        self._window = window
        self._settings = settings
        self._make_entries = entries
        self._answers = answers
        self._entries: list[Entry] = []
        self._focus_before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("What would you like to do?"))
        self.field.setAccessibleName(self.tr("What would you like to do?"))
        self.field.setToolTip(self.tr("Type a part of a name, or a setting with its value, such as learning rate 0.1."))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model = EntryModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.row = EntryRow(self.list)
        self.list.setItemDelegate(self.row)
        self.list.setAccessibleName(self.tr("What fits"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run)
        self.nothing = QLabel(self.tr("Nothing fits these words."), self)
        self.nothing.setProperty("role", "soft")
        self.nothing.setContentsMargins(8, 4, 8, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.field, self.list, self.nothing):
            column.addWidget(part)
        self.hide()

    def set_theme(self, theme: Theme = LIGHT) -> None:
        """Take the colours of ``theme``."""
        self.row.theme = theme
        self.list.viewport().update()

    # --- opening and closing

    def open(self) -> None:
        """Stand over the window, with everything that can be done now."""
        self._focus_before = QApplication.focusWidget()
        self._entries = self._make_entries()
        self.field.clear()
        self._search("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.installEventFilter(self)

    def close_up(self) -> None:
        """Go, and give the focus back to where it was."""
        if self.isHidden():
            return
        self._window.removeEventFilter(self)
        self.hide()
        if self._focus_before is not None and isValid(self._focus_before):  # its window may have been closed since
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None

    # --- choosing

    def _search(self, typed: str) -> None:
        recent = self._recent()
        fitting = found(typed, self._entries, recent)
        answers = self._answers(typed)
        self.model.set_entries([*answers, *fitting])
        self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.scrollToTop()
        self.nothing.setVisible(not self.model.entries)
        self._place()

    def _run(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if not index.isValid():
            return
        entry = self.model.entries[index.row()]
        if entry.reason:
            return
        self._remember(entry.name)
        self.close_up()
        # A question that it asks shall not stand over a list that is still going.
        soon(self, entry.run)

    def _move(self, by: int) -> None:
        count = len(self.model.entries)
        if count:
            row = self.list.currentIndex().row() + by
            row = row % count if abs(by) == 1 else max(0, min(row, count - 1))
            self.list.setCurrentIndex(self.model.index(row, 0))

    def _recent(self) -> list[str]:
        return self._settings.text(_RECENT, "").split("\n")

    def _remember(self, name: str) -> None:
        others = [other for other in self._recent() if other and other != name]
        self._settings.set_text(_RECENT, "\n".join([name, *others][:_REMEMBERED]))

    # --- where it stands

    def _place(self) -> None:
        """Stand below the top bar in the middle, as high as there are rows."""
        rows = min(_ROWS, len(self.model.entries))
        self.list.setFixedHeight(rows * self.row.height() + 2)
        self.list.setVisible(rows > 0)
        width = min(scaled(_WIDTH), self._window.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._window.width() - width) // 2, _TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.field:
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                soon(self, self._close_if_left)
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take_key(event)
        return super().eventFilter(watched, event)

    def _close_if_left(self) -> None:
        """Go when the focus went elsewhere in the program; another program's window may come and go."""
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self.field:
            self._focus_before = None
            self.close_up()

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_up()
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True
