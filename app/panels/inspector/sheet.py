"""A sheet: what all pages of the inspector share: a room, texts, a chip, bars for the samples, places to point at."""

from __future__ import annotations

from abc import ABC, abstractmethod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.look.theme import Theme
from app.panels.inspector.fonts import PageFonts
from app.panels.inspector.shares import ShareBars
from app.panels.network.sample_view import Target

GAP = 10.0
#: From this height on there is room for larger formulas.
ROOMY = 260.0
#: What stands in the place of a number that is not computed yet.
NOT_YET = "–"
_MARGIN = 4.0
_EXPORT_MARGIN = 32.0


class Sheet(ABC):
    """Everything that is painted in ``width`` by ``height`` pixels; a heading makes it a figure."""

    def __init__(self, theme: Theme, fonts: PageFonts, width: float, height: float, heading: str | None) -> None:
        self.theme = theme
        self.fonts = fonts
        self.heading = heading
        self.plain, self.bold = fonts.plain, fonts.bold
        margin = _MARGIN if heading is None else _EXPORT_MARGIN
        self.room = QRectF(margin, margin, max(1.0, width - 2 * margin), max(1.0, height - 2 * margin))
        self.bars = ShareBars(fonts.shares, fonts.scale)
        #: Texts as they stand: where, how aligned, what, and whether bold and in full colour.
        self.lines: list[tuple[QRectF, Qt.AlignmentFlag, str, bool]] = []
        #: Single lines: where they begin at the left and at the top, what, and whether bold and in full colour.
        self.pieces: list[tuple[float, float, str, bool]] = []
        self.chip: tuple[QRectF, str] | None = None

    @abstractmethod
    def texts(self) -> list[str]:
        """Return every text on the page, apart from the formulas' symbols."""

    @abstractmethod
    def paint(self, painter: QPainter) -> None:
        """Paint the page."""

    @abstractmethod
    def hint_at(self, point: QPointF) -> str:
        """Return what there is to say about what is drawn at ``point``, with all digits."""

    def target_at(self, point: QPointF) -> Target | None:
        """Return the parameter or unit that a click at ``point`` leads to."""
        return None

    def row_at(self, point: QPointF) -> int | None:
        """Return the row of the batch whose share is drawn at ``point``."""
        share = self.bars.find(point)
        return None if share is None else share.row

    # --- for pages

    def room_below_heading(self) -> QRectF:
        """Place the heading, where there is one, and return the room that is left."""
        room = QRectF(self.room)
        if self.heading:
            self.say(room, self.heading, bold=True, align=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            room.setTop(room.top() + self.bold.height + 2 * GAP)
        return room

    def say(
        self,
        room: QRectF,
        text: str,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
    ) -> None:
        """Place a text."""
        self.lines.append((QRectF(room), align, text, bold))

    def put(self, x: float, top: float, text: str, bold: bool = False) -> None:
        """Place a text that is one line; that is painted twice as fast."""
        self.pieces.append((x, top, text, bold))

    def paint_texts(self, painter: QPainter) -> None:
        """Paint chip, texts and bars."""
        if self.chip is not None:
            self._paint_chip(painter, *self.chip)
        for room, align, text, bold in self.lines:
            painter.setFont((self.bold if bold else self.plain).font)
            painter.setPen(QColor(self.theme.text if bold else self.theme.soft_text))
            painter.drawText(room, align | Qt.TextFlag.TextWordWrap, text)
        for x, top, text, bold in self.pieces:
            painter.setFont((self.bold if bold else self.plain).font)
            painter.setPen(QColor(self.theme.text if bold else self.theme.soft_text))
            painter.drawText(QPointF(x, top + self.fonts.ascent), text)
        self.bars.paint(painter, self.theme)

    def _paint_chip(self, painter: QPainter, room: QRectF, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent_soft))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        painter.setFont(self.bold.font)
        painter.setPen(QColor(self.theme.accent))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.bold.elided(text, room.width() - 12))
