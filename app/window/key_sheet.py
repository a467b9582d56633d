"""KeySheet: all actions with their keys, from the one table of actions, in a window that blocks nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.widgets.dialog_size import polish, roomy, within_screen
from app.window.actions import ActionSet, Group

_COLUMNS = 3
_WIDTH = 1120
# Under the last card; a scroll bar that is not needed would take width from the words, and then be needed.
_BELOW = 8


class KeySheet(QDialog):
    """Groups of actions in columns, and a field that leaves only those with the words typed."""

    def __init__(self, commands: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Search among the actions"))
        self.search.setToolTip(self.tr("Show only the actions whose name, meaning or key has these words in it."))
        self.search.textChanged.connect(self._filter)
        self.nothing = QLabel(self.tr("No action has these words in it."))
        self.nothing.setProperty("role", "soft")
        self.nothing.hide()
        self.cards = [
            *(_Card(title, _rows(commands, group)) for group, title in _titles().items()),
            _Card(self.tr("Where the focus is"), _elsewhere()),
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        area = self._area()
        column.addWidget(area, 1)
        self.search.setFocus()
        # Qt would keep a dialog to two thirds of the screen, and this one to scrolling.
        polish(self)
        margins, width = column.contentsMargins(), roomy(self, _WIDTH, 0).width()
        around = column.minimumSize().height() - area.minimumSizeHint().height()
        needed = self._columns.totalHeightForWidth(width - margins.left() - margins.right())
        self.resize(within_screen(self, QSize(width, around + needed + _BELOW)))

    def _area(self) -> QScrollArea:
        sheet = QWidget()
        row = self._columns = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(10)
        for cards in _balanced(self.cards):
            column = QVBoxLayout()
            column.setSpacing(10)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            row.addLayout(column, 1)
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        found = [card.filter(words) for card in self.cards]
        self.nothing.setVisible(not any(found))


class _Row:
    """What can be done, and the keys for it; ``hint`` says more."""

    def __init__(self, text: str, hint: str, keys: Sequence[str]) -> None:
        self.label = QLabel(text)
        self.label.setToolTip(hint)
        self.label.setWordWrap(True)
        # Chinese can be broken anywhere, down to a column of single characters beside long keys.
        widths = self.label.fontMetrics()
        self.label.setMinimumWidth(min(widths.horizontalAdvance(text), widths.horizontalAdvance("M" * 4)))
        self.caps = QWidget()
        line = QHBoxLayout(self.caps)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addStretch(1)
        for key in keys:
            cap = QLabel(key)
            cap.setProperty("role", "key")
            line.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = f"{text} {hint} {' '.join(keys)}".casefold()

    def filter(self, words: Sequence[str]) -> bool:
        """Show the row only if it has all ``words``; return whether it has."""
        fits = all(word in self._words for word in words)
        self.label.setVisible(fits)
        self.caps.setVisible(fits)
        return fits


class _Card(QFrame):
    """One group."""

    def __init__(self, title: str, rows: Sequence[_Row]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.rows = rows
        heading = QLabel(title)
        heading.setProperty("role", "section")
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        grid.addWidget(heading, 0, 0, 1, 2)
        for number, row in enumerate(rows, start=1):
            grid.addWidget(row.label, number, 0)
            grid.addWidget(row.caps, number, 1)
            grid.setRowMinimumHeight(number, row.label.fontMetrics().height() + 6)

    def filter(self, words: Sequence[str]) -> bool:
        """Show the rows that have all ``words``; return whether there are any."""
        found = [row.filter(words) for row in self.rows]
        self.setVisible(any(found))
        return any(found)


def _rows(commands: ActionSet, group: Group) -> list[_Row]:
    rows = []
    for name in commands.of_group(group):
        action = commands["play" if name == "pause" else name]  # one key for both
        keys = [_native(key) for key in action.shortcuts()]
        rows.append(_Row(commands[name].text(), commands.hint(name), keys))
    return rows


def _titles() -> dict[Group, str]:
    return {
        Group.RUN: QCoreApplication.translate("KeySheet", "Run"),
        Group.PAST: QCoreApplication.translate("KeySheet", "Back in time"),
        Group.STUDY: QCoreApplication.translate("KeySheet", "Compare and check"),
        Group.SETTINGS: QCoreApplication.translate("KeySheet", "Settings"),
        Group.FILES: QCoreApplication.translate("KeySheet", "Files"),
        Group.VIEW: QCoreApplication.translate("KeySheet", "View"),
        Group.PROGRAM: QCoreApplication.translate("KeySheet", "Program"),
    }


def _elsewhere() -> list[_Row]:
    """Return the keys of what has the focus, which are no actions of the window."""
    return [
        _Row(text, "", [_native(QKeySequence(key)) for key in keys])
        for text, keys in (
            (QCoreApplication.translate("KeySheet", "Next control"), ("Tab",)),
            (QCoreApplication.translate("KeySheet", "Control before"), ("Shift+Tab",)),
            (QCoreApplication.translate("KeySheet", "Timeline: an epoch on"), ("PgUp",)),
            (QCoreApplication.translate("KeySheet", "Timeline: an epoch back"), ("PgDown",)),
            (QCoreApplication.translate("KeySheet", "Timeline: the start"), ("Home",)),
            (QCoreApplication.translate("KeySheet", "Timeline: the newest moment"), ("End",)),
            (QCoreApplication.translate("KeySheet", "Guide: next step"), ("Alt+Right",)),
            (QCoreApplication.translate("KeySheet", "Guide: step before"), ("Alt+Left",)),
            (QCoreApplication.translate("KeySheet", "Field: use what was typed"), ("Return",)),
            (QCoreApplication.translate("KeySheet", "Field: take it back"), ("Escape",)),
        )
    ]


def _native(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)


def _balanced(cards: Sequence[_Card]) -> list[list[_Card]]:
    """Return ``cards`` in their order, in columns of about the same number of rows."""
    total = sum(len(card.rows) + 2 for card in cards)
    columns: list[list[_Card]] = [[] for _ in range(_COLUMNS)]
    done = 0
    for card in cards:
        size = len(card.rows) + 2
        columns[min(_COLUMNS - 1, int((done + size / 2) * _COLUMNS / total))].append(card)
        done += size
    return columns
