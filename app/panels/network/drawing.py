"""A drawing of the network: something that paints one sample's view and knows what lies under the pointer."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.look.colours import ink, mix
from app.look.theme import Theme
from app.panels.network.sample_view import SampleView, Shape, Target


@dataclass(frozen=True)
class Look:
    """How to paint: the colours, and what is selected and pointed at."""

    theme: Theme
    selected: Target | None = None
    hovered: Target | None = None


class Drawing(ABC):
    """Paints networks of one ``shape``. ``arrange`` comes before anything else, and again when the room changes."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    @abstractmethod
    def arrange(self, room: QRectF) -> None:
        """Decide where everything stands within ``room``."""

    @abstractmethod
    def paint(self, painter: QPainter, view: SampleView, look: Look) -> None:
        """Paint ``view``."""

    @abstractmethod
    def find(self, point: QPointF) -> Target | None:
        """Return what lies at ``point``."""

    @abstractmethod
    def place(self, target: Target) -> QRectF:
        """Return a rectangle around ``target``."""


@lru_cache(4096)
def tint(first: str, second: str, hundredths: int) -> str:
    """Return ``first`` with so many hundredths of ``second`` mixed in. Every frame asks for the same few."""
    return mix(first, second, 0.01 * hundredths)


def phase_colour(view: SampleView, theme: Theme) -> str | None:
    """Return the colour of the phase just computed; None before the first one and after the update."""
    kind = view.phase.kind if view.phase else ""
    return {"forward": theme.forward, "backward": theme.backward, "loss": theme.accent}.get(kind)


def is_lit(view: SampleView, layer: int) -> bool:
    """Return whether ``layer`` is what has just been computed; at the loss that is the output layer."""
    phase = view.phase
    if phase is None or phase.kind == "update":
        return False
    return layer == (phase.layer or view.shape.last)


def faint(theme: Theme) -> QColor:
    """Return the shared colour of what this step has not computed yet."""
    return ink(theme.waiting)


def draw_tick(painter: QPainter, box: QRectF, colour: str) -> None:
    """Draw a tick into ``box``."""
    _draw_strokes(painter, box, colour, [[(0.12, 0.55), (0.4, 0.82), (0.9, 0.2)]])


def draw_cross(painter: QPainter, box: QRectF, colour: str) -> None:
    """Draw a cross into ``box``."""
    _draw_strokes(painter, box, colour, [[(0.2, 0.2), (0.8, 0.8)], [(0.8, 0.2), (0.2, 0.8)]])


def draw_arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    """Draw a thin horizontal arrow from ``start`` to ``end``."""
    head = 4.0 if end.x() > start.x() else -4.0
    painter.setPen(_round_pen(colour, 1.5))
    painter.drawLine(start, end)
    painter.drawPolyline(QPolygonF([end + QPointF(-head, -4.0), end, end + QPointF(-head, 4.0)]))


def _draw_strokes(painter: QPainter, box: QRectF, colour: str, strokes: list[list[tuple[float, float]]]) -> None:
    painter.setPen(_round_pen(ink(colour), max(1.6, 0.17 * box.height())))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        points = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in stroke]
        painter.drawPolyline(QPolygonF(points))


def _round_pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
