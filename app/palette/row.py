"""EntryRow: paints one row of the palette: kind, title, what it means or why it cannot be used, and the key."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.look.colours import ink
from app.look.theme import LIGHT, Theme
from app.palette.entry import Entry
from app.palette.list_model import EntryModel

_PAD = 10
_LEAST_HINT = 60
_CENTRED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class EntryRow(QStyledItemDelegate):
    """One line a row, so that many can be seen at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT

    def height(self) -> int:
        """Return the height of a row, which grows with the text."""
        return QFontMetrics(QApplication.font()).height() + 14

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, EntryModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, option.rect, model.entries[index.row()], _is_current(option))
        painter.restore()

    def _paint(self, painter: QPainter, rect: QRect, entry: Entry, current: bool) -> None:
        theme = self.theme
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(theme.accent_soft))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        font = QApplication.font()
        small = QFont(font)
        small.setPixelSize(max(1, font.pixelSize() - 1))
        metrics, small_metrics = QFontMetrics(font), QFontMetrics(small)
        left, right = rect.left() + _PAD, rect.right() - _PAD
        kind_width = small_metrics.horizontalAdvance("M" * 6)
        painter.setFont(small)
        painter.setPen(ink(theme.soft_text))
        _text(painter, left, left + kind_width, rect, entry.kind)
        left += kind_width + _PAD
        if entry.keys:
            right -= self._paint_keys(painter, rect, right, entry.keys, small_metrics) + _PAD
        painter.setFont(font)
        painter.setPen(ink(theme.disabled_text if entry.reason else theme.text))
        title_width = min(metrics.horizontalAdvance(entry.title) + 2, right - left)
        _text(painter, left, left + title_width, rect, entry.title)
        left += title_width + _PAD
        if right - left > _LEAST_HINT:
            painter.setFont(small)
            painter.setPen(ink(theme.soft_text))
            _text(painter, left, right, rect, entry.reason or entry.hint)

    def _paint_keys(self, painter: QPainter, rect: QRect, right: int, keys: str, metrics: QFontMetrics) -> int:
        """Paint a key cap that ends at ``right``; return its width."""
        width, height = metrics.horizontalAdvance(keys) + 12, metrics.height() + 4
        cap = QRect(right - width, rect.center().y() - height // 2 + 1, width, height)
        painter.setPen(ink(self.theme.line))
        painter.setBrush(ink(self.theme.field))
        painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(ink(self.theme.text))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        return width


def _is_current(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _text(painter: QPainter, left: int, right: int, rect: QRect, text: str) -> None:
    room = QRect(left, rect.top(), right - left, rect.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _CENTRED, shown)
