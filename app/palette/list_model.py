"""EntryModel: the entries that fit, as Qt's lists and screen readers take them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.palette.entry import Entry

_TOP = QModelIndex()


class EntryModel(QAbstractListModel):
    """A list that is replaced as a whole, at each letter typed."""

    entries: Sequence[Entry] = ()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show ``entries``."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return entry.reason or entry.hint
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.kind}: {entry.title} {entry.keys}".rstrip()
        return None
