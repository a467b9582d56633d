"""OptionButton: one answer among several, which wraps, and which shows afterwards whether it was right."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.guide.prose import plain
from app.look.colours import mix
from app.look.fonts import scaled
from app.look.icons import icon_pixmap
from app.look.theme import Theme

# Lengths are for the ordinary size of text, and grow with it.
_MARK = 16
_PAD_X, _PAD_Y, _GAP = 8, 5, 7
_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
#: The keys that choose; shortcuts of the window must not take them from whoever has tabbed here.
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class OptionButton(QAbstractButton):
    """Works like a radio button. ``verdict`` is None, or tells of a judged option whether it is the right one."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(plain(text))
        self.setAccessibleName(self.text())
        self.setCheckable(True)
        self._theme = theme
        self.verdict: bool | None = None
        # Tab reaches it, and then the arrows; a click leaves the keyboard to the window.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def judge(self, right: bool) -> None:
        """Show for good whether this option is right; it cannot be chosen any more."""
        self.verdict = right
        self.setEnabled(False)
        self.unsetCursor()
        name = self.tr("{option}: this is right") if right else self.tr("{option}: this is wrong")
        self.setAccessibleName(name.format(option=self.text()))
        self.update()

    # --- size

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of mark and wrapped text."""
        room = QRect(0, 0, max(1, width - scaled(2 * _PAD_X + _MARK + _GAP)), 10_000)
        text = self.fontMetrics().boundingRect(room, int(_FLAGS), self.text())
        return max(scaled(_MARK), text.height()) + scaled(2 * _PAD_Y)

    def sizeHint(self) -> QSize:
        """Return the room that the text needs in one line."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text()) + scaled(2 * _PAD_X + _MARK + _GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a small width: the text wraps."""
        return QSize(scaled(80), scaled(_MARK + 2 * _PAD_Y))

    # --- keys

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_tile(painter)
        edge, side, above = scaled(_MARK), scaled(_PAD_X), scaled(_PAD_Y)
        mark = QRectF(side, (self.height() - edge) / 2, edge, edge)
        self._paint_mark(painter, mark)
        left = side + edge + scaled(_GAP)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(
            QRect(left, above, self.width() - left - side, self.height() - 2 * above), int(_FLAGS), self.text()
        )

    def _paint_tile(self, painter: QPainter) -> None:
        theme = self._theme
        fill, line = theme.field, None
        if self.verdict is not None:
            colour = theme.right if self.verdict else theme.wrong
            fill, line = mix(theme.card, colour, 0.12), colour
        elif self.isDown() or self.underMouse():
            fill = mix(theme.field, theme.text, 0.06)
        if self.verdict is None and self.hasFocus():
            line = theme.accent
        painter.setBrush(QColor(fill))
        painter.setPen(QPen(QColor(line), 1.5) if line is not None else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _paint_mark(self, painter: QPainter, mark: QRectF) -> None:
        theme = self._theme
        if self.verdict is not None:
            name, colour = ("check", theme.right) if self.verdict else ("cross", theme.wrong)
            painter.drawPixmap(mark.topLeft(), icon_pixmap(name, colour, round(mark.width()), self.devicePixelRatioF()))
            return
        circle = mark.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(QColor(theme.card))
        painter.setPen(QPen(QColor(theme.accent if self.isChecked() else theme.outline), 1.5))
        painter.drawEllipse(circle)
        if self.isChecked():
            painter.setBrush(QColor(theme.accent))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(circle.center(), mark.width() * 0.22, mark.width() * 0.22)
