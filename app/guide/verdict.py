"""Verdict: whether a prediction was right, and why."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.guide.lesson_text import Predict
from app.guide.prose import paragraph_label
from app.look.colours import mix
from app.look.fonts import scaled, strong
from app.look.icons import icon_pixmap
from app.look.theme import Theme

_RADIUS = 8.0


class Verdict(QWidget):
    """A tinted card: a tick or a cross, a word, and the answer."""

    def __init__(self, predict: Predict, right: bool, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = theme.right if right else theme.wrong
        self._theme = theme
        self.word = QLabel(self.tr("Right") if right else self.tr("Not quite"), self)
        self.word.setStyleSheet(f"color: {self._colour}; font-weight: {strong().value};")
        mark = QLabel(self)
        mark.setPixmap(icon_pixmap("check" if right else "cross", self._colour, scaled(16), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(mark)
        head.addWidget(self.word)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 7, 9, 9)
        column.setSpacing(6)
        column.addLayout(head)
        for paragraph in predict.answer:
            column.addWidget(paragraph_label(paragraph, theme, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(mix(self._theme.card, self._colour, 0.08)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
