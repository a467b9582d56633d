"""Where nodes, captions and weight labels of a small network stand; it depends on sizes, never on values.

So nothing moves while numbers change. Columns are layers from left to right.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.look.fonts import number_font
from app.panels.network.label_places import label_places
from app.widgets.typeface import Typeface

# The drawing is designed for this room, where a node has this radius and units stand this far apart.
_DESIGN = QSizeF(700.0, 260.0)
_RADIUS = 27.0
_UNIT_PITCH = 128.0
_COLUMN_PITCH = 300.0
_SMALLEST_RADIUS = 3.0
# How much is said of a unit: everything, its name and one line, only that line, nothing but its colour.
_FULL, _NAMED, _SHORT, _BARE = range(4)
_LEAST_RADIUS = {_FULL: 18.0, _NAMED: 16.0, _SHORT: 11.0, _BARE: _SMALLEST_RADIUS}
# Where one column is crowded, the nodes of others are larger, but not so much that they seem more important.
_LARGER, _LARGER_BY = 1.4, 8.0
_WIDEST_CAPTION = "δ +0.0000"
_WIDEST_WEIGHT = "−00.00"
_MARGIN = 4.0
# More numbers than this between two layers are not read, but hovered over.
_MOST_LABELS = 30


@dataclass(frozen=True)
class Captions:
    """What is written at the units of a column: a name above, and lines of "bias", "delta" and "target" below."""

    name: bool
    lines: tuple[tuple[str, ...], ...]

    def __contains__(self, kind: str) -> bool:
        return self.name if kind == "name" else any(kind in line for line in self.lines)


@dataclass(frozen=True)
class Column:
    """A layer to be placed: how many units, the longest of their names, and whether they have biases."""

    units: int
    longest_name: str
    biases: bool


class NodeLayout:
    """Places for the units, captions and weight labels of ``columns`` in ``room``.

    ``centres[layer][unit]`` is the middle of a node, ``captions[layer]`` what is written. ``labels[layer]`` maps
    (unit before, unit) to the middle of that weight's label, and is empty where labels would not fit.
    ``widest_value`` is the longest text that nodes must hold; it ends in three decimals.
    """

    def __init__(self, columns: Sequence[Column], room: QRectF, widest_value: str = "0.000") -> None:
        self.room, self._layers = room, tuple(columns)
        self.sizes = tuple(column.units for column in columns)
        self.zoom = min(2.0, max(0.8, min(room.width() / _DESIGN.width(), room.height() / _DESIGN.height())))
        self.caption_face = Typeface(number_font(9.0 * min(1.5, max(1.0, 0.9 * self.zoom))))
        self.label_face = Typeface(number_font(8.6 * min(1.5, max(1.0, 0.9 * self.zoom)), bold=True))
        self.line = self.caption_face.height
        self.caption_width = self.caption_face.advance(_WIDEST_CAPTION) + 4.0
        self._name_widths = [self.caption_face.advance(column.longest_name) + 4.0 for column in columns]
        self.digit = self.caption_face.advance("0")
        self.label_size = QSizeF(
            2 * math.ceil(0.5 * self.label_face.advance(_WIDEST_WEIGHT) + 6.0),
            2 * math.ceil(0.5 * self.label_face.height + 2.0),
        )

        self._xs = self._column_places()
        self._place(widest_value, shared_lines=True)
        if (missing := self._unlabelled()) > 0:
            # Weights matter more than biases: see whether their labels fit without biases beside the deltas.
            self._place(widest_value, shared_lines=False)
            if self._unlabelled() == missing:
                self._place(widest_value, shared_lines=True)

    def _place(self, widest_value: str, shared_lines: bool) -> None:
        self._shared_lines = shared_lines
        looks = self._choose()
        self.radii = tuple(radius for radius, _ in looks)
        self.captions = tuple(self._captions_of(layer, level) for layer, (_, level) in enumerate(looks))
        self.centres = tuple(self._column(layer) for layer in range(len(self.sizes)))
        self.value_looks = tuple(self._value_look(radius, widest_value) for radius in self.radii)
        self.labels: tuple[dict[tuple[int, int], QPointF], ...] = ({},)
        for layer in range(1, len(self.sizes)):
            self.labels += (self._labels(layer),)

    def _unlabelled(self) -> int:
        """Return the number of layers whose labels could fit, but do not."""
        return sum(
            not labels and before * after <= _MOST_LABELS
            for labels, before, after in zip(self.labels[1:], self.sizes, self.sizes[1:], strict=False)
        )

    # --- columns

    def _column_places(self) -> list[float]:
        room, count = self.room, len(self.sizes)
        inset = min(max(0.1 * room.width(), 0.5 * self.caption_width + _MARGIN), 0.25 * room.width())
        pitch = min((room.width() - 2 * inset) / max(1, count - 1), _COLUMN_PITCH * self.zoom * 1.25)
        left = room.center().x() - 0.5 * pitch * (count - 1)
        return [left + pitch * number for number in range(count)]

    @property
    def _column_pitch(self) -> float:
        return self._xs[1] - self._xs[0] if len(self._xs) > 1 else self.room.width()

    # --- how large, and how much is said

    def _choose(self) -> list[tuple[float, int]]:
        """Return the radius of each column's nodes, and how much is said of them."""
        largest = min(_RADIUS * self.zoom, 0.26 * self._column_pitch)
        smallest = min(self._choose_for(layer, largest)[0] for layer in range(len(self.sizes)))
        largest = min(largest, _LARGER * smallest + _LARGER_BY)
        return [self._choose_for(layer, largest) for layer in range(len(self.sizes))]

    def _choose_for(self, layer: int, largest: float) -> tuple[float, int]:
        for level in (_FULL, _NAMED, _SHORT, _BARE):
            radius = largest
            while radius >= min(_LEAST_RADIUS[level], largest):
                if self._fits(layer, level, radius):
                    return radius, level
                radius -= 0.5
        return _SMALLEST_RADIUS, _BARE

    def _fits(self, layer: int, level: int, radius: float) -> bool:
        if level < _BARE and self.caption_width > self._column_pitch:
            return False
        above, below = self._extent(self._captions_of(layer, level), radius)
        units, height = self.sizes[layer], self.room.height()
        if units == 1:
            return 2 * max(above, below) <= height
        return above + below <= (height - above - below) / (units - 1)

    def _extent(self, captions: Captions, radius: float) -> tuple[float, float]:
        """Return how far a unit reaches above and below its middle."""
        above = radius + (self.line + _MARGIN if captions.name else 1.5)
        return above, radius + (_MARGIN + self.line * len(captions.lines) if captions.lines else 1.5)

    def _captions_of(self, layer: int, level: int) -> Captions:
        """Return what is written where there is room for ``level``: where lines are few, bias and delta share one."""
        if level == _BARE:
            return Captions(False, ())
        bias = ("bias",) if self._layers[layer].biases else ()
        delta = ("delta",) if layer > 0 else ()
        target = ("target",) if layer == len(self.sizes) - 1 else ()
        if level == _FULL:
            return Captions(True, tuple(line for line in (bias, delta, target) if line))
        if not self._shared_lines or 2 * self.caption_width > 0.75 * self._column_pitch:
            bias = ()
        lines = (bias + delta, target if level == _NAMED else ())
        return Captions(level == _NAMED, tuple(line for line in lines if line))

    def _column(self, layer: int) -> tuple[QPointF, ...]:
        units = self.sizes[layer]
        x, middle = self._xs[layer], self.room.center().y()
        if units == 1:
            return (_whole(x, middle),)
        above, below = self._extent(self.captions[layer], self.radii[layer])
        pitch = min((self.room.height() - above - below) / (units - 1), _UNIT_PITCH * self.zoom)
        # In the middle of the room, unless the captions below need it to stand higher.
        half = 0.5 * pitch * (units - 1)
        middle = max(min(middle, self.room.bottom() - below - half), self.room.top() + above + half)
        return tuple(_whole(x, middle - half + pitch * unit) for unit in range(units))

    # --- numbers

    def _value_look(self, radius: float, widest: str) -> tuple[Typeface, int] | None:
        """Return the typeface and number of decimals of values in nodes, or None where no number would fit."""
        for points, decimals in ((10.5, 3), (9.0, 3), (9.0, 2), (7.5, 2)):
            face = Typeface(number_font(points * min(1.6, max(1.0, self.zoom)), bold=True))
            if face.advance(widest[: len(widest) - 3 + decimals]) <= 1.78 * radius:
                return face, decimals
        return None

    def _labels(self, layer: int) -> dict[tuple[int, int], QPointF]:
        """Return places for the labels of the weights into ``layer``, clear of those into the layer before."""
        before, after = self.centres[layer - 1], self.centres[layer]
        if len(before) * len(after) > _MOST_LABELS:
            return {}
        sides = [(number, unit) for number in (layer - 1, layer) for unit in range(self.sizes[number])]
        obstacles = [box for side in sides for box in self._boxes(*side)]
        obstacles += [self._label_box(middle) for middle in self.labels[layer - 1].values()]
        keys = list(product(range(len(before)), range(len(after))))
        lines = [(before[i], after[j]) for i, j in keys]
        places = label_places(lines, self.label_size, obstacles)
        return dict(zip(keys, places, strict=True)) if places else {}

    # --- rectangles

    def _boxes(self, layer: int, unit: int) -> list[QRectF]:
        """Return what a label must keep clear of: the node, its name, and the captions below it."""
        centre, radius = self.centres[layer][unit], self.radii[layer]
        boxes = [QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)]
        if "name" in self.captions[layer]:
            name = self.caption_rect(layer, unit, "name")
            spare = 0.5 * (name.width() - self._name_widths[layer])
            boxes.append(name.adjusted(spare, 0.0, -spare, 0.0))
        return boxes + [self.caption_rect(layer, unit, kind) for line in self.captions[layer].lines for kind in line]

    def unit_rect(self, layer: int, unit: int) -> QRectF:
        """Return the rectangle of a node together with its captions."""
        centre = self.centres[layer][unit]
        above, below = self._extent(self.captions[layer], self.radii[layer])
        half = max(self.radii[layer], 0.5 * self.caption_width if self.captions[layer].name else 0.0)
        return QRectF(centre.x() - half, centre.y() - above, 2 * half, above + below)

    def caption_rect(self, layer: int, unit: int, kind: str) -> QRectF:
        """Return the rectangle of a caption of that ``kind``, which must be among ``captions[layer]``."""
        centre, radius, width = self.centres[layer][unit], self.radii[layer], self.caption_width
        if kind == "name":
            return QRectF(centre.x() - 0.5 * width, centre.y() - radius - self.line - 2.0, width, self.line)
        lines = self.captions[layer].lines
        row = next(number for number, line in enumerate(lines) if kind in line)
        left = centre.x() + width * (lines[row].index(kind) - 0.5 * len(lines[row]))
        return QRectF(left, centre.y() + radius + 3.0 + row * self.line, width, self.line)

    def label_rect(self, layer: int, edge: tuple[int, int]) -> QRectF | None:
        """Return the rectangle of a weight's label, or None where labels do not fit."""
        middle = self.labels[layer].get(edge)
        if middle is None:
            return None
        return self._label_box(middle)

    def _label_box(self, middle: QPointF) -> QRectF:
        box = QRectF(QPointF(), self.label_size)
        box.moveCenter(middle)
        return box


def _whole(x: float, y: float) -> QPointF:
    """Return the nearest whole pixel, so that the picture of a node is not blurred."""
    return QPointF(round(x), round(y))
