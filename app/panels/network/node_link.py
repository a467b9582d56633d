"""Node-link drawing: a small network with every unit, every connection and every number."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.look.colours import ink
from app.look.theme import Theme
from app.panels.network.drawing import Drawing, Look, is_lit, phase_colour, tint
from app.panels.network.figures import short, signed
from app.panels.network.node_layout import Column, NodeLayout
from app.panels.network.sample_view import Parameter, SampleView, Shape, Target, Unit
from app.panels.network.sprites import LabelBackground, Node, Sprites
from app.widgets.typeface import CENTRE

MOST_UNITS = 16
MOST_EDGES = 120

_THINNEST, _THICKEST = 1.0, 10.0
# The weight at which a line has most of its width: widths mean the same through a whole run, and for any run.
_LARGE_WEIGHT = 8.0
_DESIGN_RADIUS = 27.0
_NEAR = 5.0


def suits(shape: Shape) -> bool:
    """Return whether a network is small enough to be drawn edge by edge."""
    edges = sum(before * after for before, after in zip(shape.sizes, shape.sizes[1:], strict=False))
    return max(shape.sizes) <= MOST_UNITS and edges <= MOST_EDGES


@dataclass(frozen=True, eq=False)
class Edge:
    """A connection, where it runs, and where its label stands; None where labels do not fit."""

    weight: Parameter
    start: QPointF
    end: QPointF
    label: QRectF | None
    thickest: float

    @property
    def middle(self) -> QPointF:
        """The point half way along it."""
        return (self.start + self.end) * 0.5


class _Numbers(NamedTuple):
    """What is known of a layer's units: one number a unit, or None; ``lit`` if the present phase has computed it."""

    values: list[float] | None
    deltas: list[float] | None
    biases: list[float] | None
    scale: tuple[float, float]
    lit: str | None


def _numbers(view: SampleView, theme: Theme, layer: int) -> _Numbers:
    arrays = view.activations(layer), view.deltas(layer), view.biases(layer)
    values, deltas, biases = (None if array is None else array.tolist() for array in arrays)
    lit = phase_colour(view, theme) if is_lit(view, layer) else None
    return _Numbers(values, deltas, biases, view.scale(layer), lit)


def node_fill(theme: Theme, scale: tuple[float, float], value: float) -> str:
    """Return the colour of a node with ``value``."""
    low, high = scale
    share = min(1.0, abs(value) / max(high, -low)) if math.isfinite(value) else 1.0
    return tint(theme.card, theme.negative if value < 0 else theme.positive, round(8 + 40 * share))


class NodeLink(Drawing):
    """Nodes filled by activation, lines coloured by sign and as thick as the weight is large."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self._sprites = Sprites()

    def arrange(self, room: QRectF) -> None:
        columns = [
            Column(units, max((self.shape.unit_name(layer, unit) for unit in range(units)), key=len), biases)
            for layer, (units, biases) in enumerate(zip(self.shape.sizes, self.shape.biases, strict=True))
        ]
        self._sprites.clear()
        self.layout = NodeLayout(columns, room, "−0.000" if self.shape.has_signed_values else "0.000")
        self._edges = [self._edges_into(layer) for layer in range(1, len(self.shape.sizes))]

    def _edges_into(self, layer: int) -> list[Edge]:
        layout = self.layout
        thickest = _THICKEST * min(1.6, max(0.45, min(layout.radii[layer - 1 : layer + 1]) / _DESIGN_RADIUS))
        return [
            Edge(Parameter(f"W{layer}", (i, j)), start, end, layout.label_rect(layer, (i, j)), thickest)
            for i, start in enumerate(layout.centres[layer - 1])
            for j, end in enumerate(layout.centres[layer])
        ]

    # --- painting

    def paint(self, painter: QPainter, view: SampleView, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._sprites.begin(painter)
        weights = [view.weights(layer).ravel().tolist() for layer in range(1, len(self.shape.sizes))]
        numbers = [_numbers(view, look.theme, layer) for layer in range(len(self.shape.sizes))]
        for layer, (edges, values) in enumerate(zip(self._edges, weights, strict=True), 1):
            self._paint_edges(painter, look, edges, values, self._glow(view, look, layer))
        for layer, of_layer in enumerate(numbers):
            self._paint_captions(painter, view, look, layer, of_layer)
        for edges, values in zip(self._edges, weights, strict=True):
            self._paint_labels(painter, look, edges, values)
        for layer, of_layer in enumerate(numbers):
            self._paint_nodes(painter, look, layer, of_layer)

    def _glow(self, view: SampleView, look: Look, layer: int) -> tuple[str, float] | None:
        """Return colour and width of the light along the connections on which the present phase computes."""
        colour, edges = phase_colour(view, look.theme), len(self._edges[layer - 1])
        # Many glowing lines would run into one glowing area.
        if colour is None or layer != _lit_edges(view) or edges > 36:
            return None
        return colour, 6.0 if edges <= 16 else 3.0

    def _paint_edges(
        self, painter: QPainter, look: Look, edges: list[Edge], weights: list[float], glow: tuple[str, float] | None
    ) -> None:
        theme = look.theme
        for edge, weight in zip(edges, weights, strict=True):
            grown = 1.0 - math.exp(-abs(weight) / _LARGE_WEIGHT) if math.isfinite(weight) else 1.0
            width = _THINNEST + (edge.thickest - _THINNEST) * grown
            halo = glow
            if edge.weight in (look.selected, look.hovered):
                halo = theme.backward if edge.weight == look.selected else theme.soft_text, 9.0
            if halo:
                painter.setPen(QPen(ink(tint(theme.card, halo[0], 20)), width + halo[1]))
                painter.drawLine(edge.start, edge.end)
            painter.setPen(QPen(ink(theme.negative if weight < 0 else theme.positive), width))
            painter.drawLine(edge.start, edge.end)

    def _paint_labels(self, painter: QPainter, look: Look, edges: list[Edge], weights: list[float]) -> None:
        theme, face = look.theme, self.layout.label_face
        size = self.layout.label_size
        plain = LabelBackground(size.width(), size.height(), theme.card, theme.line, 1.0)
        for edge, weight in zip(edges, weights, strict=True):
            selected, label = edge.weight == look.selected, plain
            if edge.label is None and not selected:
                continue
            if selected:
                label = plain._replace(border=theme.backward, line=2.0)
            elif edge.weight == look.hovered:
                label = plain._replace(border=theme.soft_text)
            box = self._label_box(edge)
            self._sprites.draw(painter, box.center(), label)
            painter.setPen(ink(theme.text))
            face.write(painter, box, short(weight, 2, whole=2), CENTRE)

    def _label_box(self, edge: Edge) -> QRectF:
        """Return where the label stands, or would stand where labels do not fit."""
        if edge.label is not None:
            return edge.label
        box = QRectF(QPointF(), self.layout.label_size)
        box.moveCenter(edge.middle)
        return box

    def _paint_nodes(self, painter: QPainter, look: Look, layer: int, numbers: _Numbers) -> None:
        theme, radius = look.theme, self.layout.radii[layer]
        stale = numbers.values is None
        node = Node(
            radius=radius,
            card=theme.card,
            ring=theme.waiting if stale else numbers.lit or theme.text,
            fill=None,
            glow=numbers.lit and tint(theme.card, numbers.lit, 20),
            mark=None,
        )
        marks = {look.hovered: theme.soft_text, look.selected: theme.backward}
        value_look = self.layout.value_looks[layer]
        for unit, centre in enumerate(self.layout.centres[layer]):
            mark = marks.get(Unit(layer, unit))
            if numbers.values is None:
                self._sprites.draw(painter, centre, node._replace(mark=mark))
                continue
            value = numbers.values[unit]
            self._sprites.draw(painter, centre, node._replace(fill=node_fill(theme, numbers.scale, value), mark=mark))
            if value_look is not None:
                face, decimals = value_look
                painter.setPen(ink(theme.text))
                box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
                face.write(painter, box, short(value, decimals), CENTRE)

    def _paint_captions(self, painter: QPainter, view: SampleView, look: Look, layer: int, numbers: _Numbers) -> None:
        theme, captions = look.theme, self.layout.captions[layer]
        faint = theme.waiting if numbers.values is None else theme.soft_text
        at_loss = view.phase is not None and view.phase.kind == "loss"
        # Few texts that stay, and numbers that change.
        label, write = self.layout.caption_face.write_label, self.layout.caption_face.write
        for unit in range(self.shape.sizes[layer]):
            if "name" in captions:
                self._caption(painter, look, layer, unit, "name", self.shape.unit_name(layer, unit), faint, label)
            if "bias" in captions and numbers.biases is not None:
                chosen = Parameter(f"b{layer}", (unit,)) == look.selected
                text = f"b {signed(numbers.biases[unit], 3)}"
                colour = theme.backward if chosen else theme.soft_text
                self._caption(painter, look, layer, unit, "bias", text, colour, write, chosen)
            if "delta" in captions and numbers.deltas is not None:
                text = f"δ {signed(numbers.deltas[unit])}"
                self._caption(painter, look, layer, unit, "delta", text, theme.backward, write)
            if "target" in captions:
                text = QCoreApplication.translate("Network", "target {value}").format(value=f"{view.targets[unit]:g}")
                colour = theme.accent if at_loss else theme.soft_text
                self._caption(painter, look, layer, unit, "target", text, colour, label)

    def _caption(
        self,
        painter: QPainter,
        look: Look,
        layer: int,
        unit: int,
        kind: str,
        text: str,
        colour: str,
        write: Callable[[QPainter, QRectF, str, float], None],
        chosen: bool = False,
    ) -> None:
        box = self.layout.caption_rect(layer, unit, kind)
        # A line may pass behind a caption; it must not pass through it.
        spare = max(0.0, 0.5 * (box.width() - self.layout.digit * len(text)))
        backing = box.adjusted(spare, 0.0, -spare, 0.0)
        painter.fillRect(backing, ink(look.theme.card))
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink(colour), 1.5))
            painter.drawRoundedRect(backing.adjusted(-3.0, 0.0, 3.0, 0.0), 4.0, 4.0)
        painter.setPen(ink(colour))
        write(painter, box, text, CENTRE)

    # --- pointing

    def find(self, point: QPointF) -> Target | None:
        layout = self.layout
        for layer, centres in enumerate(layout.centres):
            for unit, centre in enumerate(centres):
                if _distance(point, centre) <= layout.radii[layer] + 3.0:
                    return Unit(layer, unit)
                if "bias" in layout.captions[layer] and layout.caption_rect(layer, unit, "bias").contains(point):
                    return Parameter(f"b{layer}", (unit,))
        for edges in self._edges:
            for edge in edges:
                if edge.label is not None and edge.label.contains(point):
                    return edge.weight
        return self._nearest_edge(point)

    def _nearest_edge(self, point: QPointF) -> Parameter | None:
        between = (edges for edges in self._edges if edges[0].start.x() <= point.x() <= edges[0].end.x())
        distances = ((_distance_to_line(point, edge), edge.weight) for edges in between for edge in edges)
        distance, nearest = min(distances, key=itemgetter(0), default=(math.inf, None))
        return nearest if distance < _NEAR else None

    def place(self, target: Target) -> QRectF:
        if isinstance(target, Unit):
            return self.layout.unit_rect(target.layer, target.unit)
        if len(target.index) == 1:
            if "bias" in self.layout.captions[target.layer]:
                return self.layout.caption_rect(target.layer, target.index[0], "bias")
            return self.layout.unit_rect(target.layer, target.index[0])
        return self._label_box(next(edge for edge in self._edges[target.layer - 1] if edge.weight == target))


def _lit_edges(view: SampleView) -> int | None:
    """Return the layer into which the connections lead along which the present phase computes.

    Forward k reads W_k. Backward k brings the deltas of layer k + 1 back through W_(k+1); at the output they come
    from the loss, through no connection.
    """
    phase = view.phase
    if phase is None or phase.layer is None:
        return None
    return phase.layer + (phase.kind == "backward")


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())


def _distance_to_line(point: QPointF, edge: Edge) -> float:
    along, to_point = edge.end - edge.start, point - edge.start
    share = QPointF.dotProduct(to_point, along) / max(QPointF.dotProduct(along, along), 1e-9)
    return _distance(point, edge.start + along * min(1.0, max(0.0, share)))
