"""Share bars: what each sample of the batch adds to a gradient, with the samples that have no room as one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.look.fonts import number_font
from app.look.theme import Theme
from app.widgets.typeface import Typeface

_POINTS = 9.0
_ROW = 19.0
_COLUMN_GAP = 22.0
_WIDEST_COLUMN = 480.0
_NARROWEST_COLUMN = 210.0
_MOST_COLUMNS = 2
_MOST_ROWS = 8
# Rows may grow to this many times their height where there is room.
_STRETCH = 1.35
_SHORTEST_BAR = 36.0


@dataclass(frozen=True)
class Share:
    """One bar: ``row`` is the sample's row in the batch, None for what all other samples add."""

    row: int | None
    label: str
    value: float
    text: str
    selected: bool = False


@dataclass(frozen=True)
class Slots:
    """How many bars a space has room for: columns of rows."""

    columns: int
    rows: int

    @property
    def count(self) -> int:
        """The number of bars."""
        return self.columns * self.rows


class ShareFonts:
    """The fonts of the bars at ``scale``."""

    def __init__(self, scale: float) -> None:
        self.plain = Typeface(number_font(_POINTS * scale))
        metrics = QFontMetricsF(self.plain.font)
        #: From the middle of a line down to its base line.
        self.rise = (metrics.ascent() - metrics.descent()) / 2
        self.bold = Typeface(number_font(_POINTS * scale, bold=True))


class ShareBars:
    """Paints bars into a space; the same scale for all of them."""

    def __init__(self, fonts: ShareFonts, scale: float) -> None:
        self._plain, self._bold = fonts.plain, fonts.bold
        self._rise = fonts.rise
        #: How much height a bar needs.
        self.row_height = max(_ROW * scale, self._plain.height + 3.0)
        self._scale = scale
        self.places: list[tuple[QRectF, Share]] = []

    def slots(self, space: QRectF) -> Slots:
        """Return how many bars ``space`` has room for."""
        rows = min(_MOST_ROWS, max(0, int(space.height() // self.row_height)))
        columns = max(1, int((space.width() + _COLUMN_GAP) // (_NARROWEST_COLUMN * self._scale + _COLUMN_GAP)))
        columns = min(_MOST_COLUMNS, columns)
        return Slots(columns if space.width() > 120 else 0, rows)

    def arrange(self, space: QRectF, shares: list[Share]) -> None:
        """Give each share its place: down the first column, then the next."""
        self.places = []
        slots = self.slots(space)
        if not shares or not slots.count:
            return
        columns = min(slots.columns, math.ceil(len(shares) / slots.rows))
        rows = math.ceil(len(shares) / columns)
        height = min(_STRETCH * self.row_height, space.height() / rows)
        width = min(_WIDEST_COLUMN * self._scale, (space.width() - (columns - 1) * _COLUMN_GAP) / columns)
        for number, share in enumerate(shares):
            column, row = divmod(number, rows)
            x = space.x() + column * (width + _COLUMN_GAP)
            self.places.append((QRectF(x, space.y() + row * height, width, height), share))

    def find(self, point: QPointF) -> Share | None:
        """Return the share that is drawn at ``point``."""
        return next((share for place, share in self.places if place.contains(point)), None)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the bars."""
        if not self.places:
            return
        shares = [share for _, share in self.places]
        width = self.places[0][0].width()
        label = min(max(self._bold.advance(share.label) for share in shares), 0.42 * width)
        number = max(self._bold.advance(share.text) for share in shares)
        finite = [abs(share.value) for share in shares if math.isfinite(share.value)]
        largest = max(finite, default=0.0)
        for place, share in self.places:
            self._paint_one(painter, theme, place, share, (label, number, largest))

    def _paint_one(
        self, painter: QPainter, theme: Theme, place: QRectF, share: Share, widths: tuple[float, float, float]
    ) -> None:
        label, number, largest = widths
        if share.selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.field))
            painter.drawRoundedRect(place.adjusted(-6, 1, 6, -1), 5, 5)
        face = self._bold if share.selected else self._plain
        inner = place
        painter.setFont(face.font)
        painter.setPen(QColor(theme.text if share.selected else theme.soft_text))
        # Text at a point costs half of text in a rectangle.
        base = place.center().y() + self._rise
        painter.drawText(QPointF(inner.left(), base), face.elided(share.label, label + 1))
        painter.setPen(QColor(theme.text))
        painter.drawText(QPointF(inner.right() - face.advance(share.text), base), share.text)
        track = inner.adjusted(label + 12, 0, -number - 12, 0)
        if track.width() < _SHORTEST_BAR:
            return
        zero, half = track.center().x(), track.width() / 2
        painter.fillRect(QRectF(zero - 0.5, place.y(), 1, place.height()), QColor(theme.line))
        if largest and math.isfinite(share.value) and share.value:
            length = max(1.0, half * abs(share.value) / largest)
            left = zero if share.value > 0 else zero - length
            thick = 0.42 * self.row_height
            colour = QColor(theme.positive if share.value > 0 else theme.negative)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(left, place.center().y() - thick / 2, length, thick), 2, 2)
