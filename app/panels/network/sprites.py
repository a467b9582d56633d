"""Sprites: small pictures of nodes and label backgrounds, painted once and used in every frame.

Smooth circles and rounded corners cost more than everything else in a small network.
"""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.widgets.vector import is_vector

# Room for a glow or a thick border around what is drawn.
_BORDER = 7.0
_THIN = 10.0
_MOST = 500


class Node(NamedTuple):
    """A node: colours as #RRGGBB. No ``fill`` is a unit without a value; ``mark`` rings what is pointed at."""

    radius: float
    card: str
    ring: str
    fill: str | None
    glow: str | None
    mark: str | None

    def size(self) -> QSizeF:
        """Return its size without glow and mark."""
        return QSizeF(2.0 * self.radius, 2.0 * self.radius)

    def draw(self, painter: QPainter, centre: QPointF) -> None:
        """Draw it around ``centre``."""
        radius, thin = self.radius, self.radius < _THIN
        if self.glow:
            _disc(painter, centre, radius + (3.0 if thin else 5.0), self.glow)
        if self.mark:
            _disc(painter, centre, radius + 4.0, self.card, QPen(QColor(self.mark), 2.0))
        ring = (2.5 if self.glow else 1.5) * (0.7 if thin else 1.0)
        _disc(painter, centre, radius, self.card, QPen(QColor(self.ring), ring))
        if self.fill:
            _disc(painter, centre, radius - (1.0 if thin else 3.0), self.fill)


class LabelBackground(NamedTuple):
    """What a weight's label stands on."""

    width: float
    height: float
    card: str
    border: str
    line: float

    def size(self) -> QSizeF:
        """Return its size without the border."""
        return QSizeF(self.width, self.height)

    def draw(self, painter: QPainter, centre: QPointF) -> None:
        """Draw it around ``centre``."""
        box = QRectF(QPointF(), self.size())
        box.moveCenter(centre)
        painter.setPen(QPen(QColor(self.border), self.line))
        painter.setBrush(QColor(self.card))
        painter.drawRoundedRect(box, 5.0, 5.0)


Sprite = Node | LabelBackground


class Sprites:
    """Draws sprites, and keeps their pictures for the device pixel ratio of the last frame until ``clear``."""

    def __init__(self) -> None:
        self._ratio = 1.0
        #: Each with where its corner is, seen from its centre.
        self._pictures: dict[Sprite, tuple[QPixmap, QPointF]] = {}

    def clear(self) -> None:
        """Forget all pictures."""
        self._pictures.clear()

    def begin(self, painter: QPainter) -> None:
        """Make ready for a frame on ``painter``."""
        ratio = painter.device().devicePixelRatio()
        if ratio != self._ratio or len(self._pictures) >= _MOST:
            self.clear()
        self._ratio = ratio

    def draw(self, painter: QPainter, centre: QPointF, sprite: Sprite) -> None:
        """Draw ``sprite`` around ``centre``, which should be a whole pixel to be sharp."""
        if is_vector(painter):
            painter.save()
            sprite.draw(painter, centre)
            painter.restore()
            return
        known = self._pictures.get(sprite)
        if known is None:
            picture = _picture(sprite, self._ratio)
            size = picture.deviceIndependentSize()
            known = self._pictures[sprite] = picture, QPointF(-0.5 * size.width(), -0.5 * size.height())
        painter.drawPixmap(centre + known[1], known[0])


def _picture(sprite: Sprite, ratio: float) -> QPixmap:
    size = sprite.size()
    # Even numbers of pixels, so that a whole pixel in the middle stays whole at the corner.
    width, height = (2 * math.ceil(0.5 * length + _BORDER) for length in (size.width(), size.height()))
    picture = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sprite.draw(painter, QPointF(0.5 * width, 0.5 * height))
    painter.end()
    return picture


def _disc(painter: QPainter, centre: QPointF, radius: float, fill: str, pen: QPen | None = None) -> None:
    painter.setPen(pen or QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QColor(fill))
    painter.drawEllipse(centre, radius, radius)
