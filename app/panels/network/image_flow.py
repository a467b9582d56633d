"""Image flow: a large network as input picture, tiles of hidden units, and bars of outputs."""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen

from app.look.colours import ink
from app.look.fonts import number_font
from app.look.theme import Theme
from app.panels.network.bars import FRAME_ROOM, MOST_BARS, Bars
from app.panels.network.drawing import Drawing, Look, draw_arrow, is_lit, phase_colour
from app.panels.network.figures import compact, short
from app.panels.network.sample_view import Parameter, SampleView, Target, Unit
from app.panels.network.tiles import Colours, Tiles, grey, picture
from app.widgets.colour_scale import SHADES, centred_range, diverging, viridis
from app.widgets.still import Still
from app.widgets.typeface import RIGHT, Typeface
from backprop.arrays import Array

# How many connections of a selected unit are drawn to the layers beside it: the strongest ones.
_MOST_EDGES = 12
_KEY_WIDTH = 56.0
_LEAST_GAP, _WIDEST_GAP = 16.0, 64.0


@dataclass(frozen=True)
class _Shown:
    """How a block looks, but for its numbers: ``lit`` is the colour of the phase that has just computed it.

    ``with_delta``: deltas are shown, in tiles instead of activations. ``scale`` are the values of the first and the
    last colour of tiles, None where they are ``stale``, not computed yet in this step.
    """

    title: str
    lit: str | None
    stale: bool
    with_delta: bool
    scale: tuple[float, float] | None = None
    has_key: bool = False

    def colours(self, theme: Theme) -> Colours:
        """Return the colours of the tiles."""
        return diverging(theme).pixels if self.with_delta else viridis().pixels


class ImageFlow(Drawing):
    """Blocks from left to right, one a layer; connections only for what is selected."""

    def arrange(self, room: QRectF) -> None:
        sizes = self.shape.sizes
        zoom = min(2.0, max(0.8, min(room.width() / 720.0, room.height() / 270.0)))
        self._room, self._backdrop = room, Still()
        self._face = Typeface(number_font(9.0 * min(1.6, max(1.0, zoom))))
        self.line = self._face.height
        self.has_key = room.height() >= 9.0 * self.line
        top, bottom = self.line + 6.0, (self.line + 9.0 if self.has_key else 6.0)
        height = max(20.0, room.height() - top - bottom)

        gap = min(_WIDEST_GAP * zoom, max(_LEAST_GAP, 0.065 * room.width() / max(1, len(sizes) - 2)))
        widths = self._widths(room.width() - gap * (len(sizes) - 1) - 8.0, height, zoom)
        left = room.left() + 4.0
        self.blocks: list[Tiles | Bars] = []
        self.rooms: list[QRectF] = []
        for layer, width in enumerate(widths):
            block_room = QRectF(left, room.top() + top, width, height)
            self.rooms.append(block_room)
            if layer == self.shape.last and sizes[-1] <= MOST_BARS:
                # Bars need no key, so they may be as high as the room.
                self.blocks.append(Bars(self.shape, block_room.adjusted(0, 0, 0, bottom - 6.0), zoom))
            else:
                self.blocks.append(Tiles(sizes[layer], self._tile_room(layer, block_room), self._columns(layer), zoom))
            left += width + gap

    def _widths(self, width: float, height: float, zoom: float) -> list[float]:
        """Divide ``width`` among the layers: an image is square, bars need room to be compared in, tiles the rest."""
        hidden = len(self.shape.sizes) - 2
        output = min((0.37 if hidden == 1 else 0.3 if hidden < 4 else 0.24) * width, 330.0 * zoom)
        if hidden == 0:
            return [min(width - output, height), max(output, width - height)]
        given = min((width - output) * (0.32 if hidden == 1 else 1.0 / (hidden + 1)), height)
        if self._is_list():
            given = min(given, 9.0 * self.line)
        return [given, *[(width - output - given) / hidden] * hidden, output]

    def _is_list(self) -> bool:
        """Return whether the inputs are so few that each can be named."""
        return not self.shape.dataset.info.image_shape and self.shape.sizes[0] <= MOST_BARS

    def _columns(self, layer: int) -> int:
        if layer > 0:
            return 0
        image_shape = self.shape.dataset.info.image_shape
        return image_shape[1] if image_shape else int(self._is_list())

    def _tile_room(self, layer: int, room: QRectF) -> QRectF:
        if layer > 0 or not self._is_list():
            return room
        tile = min(2.0 * self.line, room.height() / self.shape.sizes[0])
        return QRectF(room.center().x() - 0.5 * tile, room.top(), tile, room.height())

    # --- painting

    def paint(self, painter: QPainter, view: SampleView, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = [self._shown(view, look.theme, layer) for layer in range(len(self.blocks))]
        arrows = [
            self._way(view, layer) if layer not in _fans(look.selected) else None
            for layer in range(1, len(self.blocks))
        ]
        self._backdrop.paint(
            painter,
            self._room,
            look.theme.card,
            (look.theme, shown, arrows),
            lambda painter: self._paint_backdrop(painter, look.theme, shown, arrows),
        )
        for layer, block in enumerate(self.blocks):
            if isinstance(block, Bars):
                block.paint(painter, view, look.theme)
            elif not shown[layer].stale:
                self._paint_tiles(painter, view, look.theme, layer, block, shown[layer])
        for target in (look.hovered, look.selected):
            self._paint_mark(painter, view, look, target)

    def _shown(self, view: SampleView, theme: Theme, layer: int) -> _Shown:
        """Return how a layer's block looks, but for its numbers. A backward phase shows the deltas it computed."""
        lit = phase_colour(view, theme) if is_lit(view, layer) else None
        title, deltas = self._title(layer, view), view.deltas(layer)
        stale = view.activations(layer) is None
        if isinstance(self.blocks[layer], Bars):
            return _Shown(title, lit, stale, with_delta=deltas is not None)
        if deltas is not None and lit and view.phase and view.phase.kind == "backward":
            levels = centred_range(deltas)
            return _Shown(f"{title} · δ", lit, False, True, (levels.low, levels.high), has_key=True)
        has_key = not stale and not (layer == 0 and (self.shape.dataset.info.image_shape or self._is_list()))
        return _Shown(title, lit, stale, False, None if stale else view.scale(layer), has_key)

    def _way(self, view: SampleView, layer: int) -> str:
        """Return which way the present phase goes between a layer and the one before: forward, backward or none."""
        phase = view.phase
        if phase and phase.kind == "forward" and phase.layer == layer:
            return "forward"
        return "backward" if phase and phase.kind == "backward" and phase.layer == layer - 1 else ""

    def _paint_backdrop(self, painter: QPainter, theme: Theme, shown: list[_Shown], arrows: list[str | None]) -> None:
        """Paint all that stays the same from frame to frame: arrows, titles, keys, frames, and what is not computed."""
        for layer, way in enumerate(arrows, 1):
            if way is not None:
                self._paint_arrow(painter, theme, layer, way)
        for layer, (block, look) in enumerate(zip(self.blocks, shown, strict=True)):
            if look.lit:
                painter.setPen(QPen(ink(look.lit), 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                frame = 4.0 if isinstance(block, Tiles) else 2.0
                painter.drawRoundedRect(block.rect.adjusted(-frame, -frame, frame, frame), 7.0, 7.0)
            if isinstance(block, Bars):
                block.paint_backdrop(painter, theme, look.stale)
            elif look.stale:
                block.paint(painter, None, theme)
            elif look.has_key and look.scale and self.has_key:
                self._paint_key(painter, theme, block, look.colours(theme), look.scale)
            self._paint_title(painter, theme, layer, look)

    def _paint_tiles(
        self, painter: QPainter, view: SampleView, theme: Theme, layer: int, block: Tiles, look: _Shown
    ) -> None:
        values = view.deltas(layer) if look.with_delta else view.activations(layer)
        assert values is not None
        assert look.scale is not None
        if layer == 0 and self.shape.dataset.info.image_shape:
            block.paint(painter, picture(values, block.columns, grey(), 0.0, 1.0), theme)
            return
        block.paint(painter, picture(values, block.columns, look.colours(theme), *look.scale), theme)
        if layer == 0 and self._is_list():
            self._paint_list(painter, view, theme, block)

    def _paint_list(self, painter: QPainter, view: SampleView, theme: Theme, block: Tiles) -> None:
        """Paint the name and the value of each input beside its tile."""
        for unit, value in enumerate(view.inputs.tolist()):
            box, room = block.place(unit), self.rooms[0]
            painter.setPen(ink(theme.soft_text))
            name = QRectF(room.left(), box.top(), box.left() - room.left() - 6.0, box.height())
            self._face.write_label(painter, name, self.shape.unit_name(0, unit), RIGHT)
            painter.setPen(ink(theme.text))
            number = QRectF(box.right() + 6.0, box.top(), room.right() - box.right(), box.height())
            self._face.write(painter, number, short(value))

    def _paint_key(
        self, painter: QPainter, theme: Theme, block: Tiles, colours: Colours, scale: tuple[float, float]
    ) -> None:
        low, high = (compact(end) for end in scale)
        before, after = self._face.advance(low) + 6.0, self._face.advance(high) + 6.0
        top = block.rect.bottom() + 7.0
        bar = QRectF(0.0, top + 0.5 * self.line - 3.0, _KEY_WIDTH, 6.0)
        bar.moveLeft(block.rect.center().x() - 0.5 * (before + _KEY_WIDTH + after) + before)
        shades = QLinearGradient(bar.topLeft(), bar.topRight())
        for share in np.linspace(0.0, 1.0, 9):
            shades.setColorAt(float(share), QColor.fromRgb(int(colours[int((SHADES - 1) * share)])))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades)
        painter.drawRoundedRect(bar, 3.0, 3.0)
        painter.setPen(ink(theme.soft_text))
        self._face.write(painter, QRectF(bar.left() - before, top, before, self.line), low)
        self._face.write(painter, QRectF(bar.right() + 6.0, top, after, self.line), high)

    def _title(self, layer: int, view: SampleView) -> str:
        units = self.shape.sizes[layer]
        if layer == 0:
            return QCoreApplication.translate("Network", "Input {units}").format(units=units)
        if layer < self.shape.last:
            if self.shape.last == 2:
                return QCoreApplication.translate("Network", "Hidden {units}").format(units=units)
            return QCoreApplication.translate("Network", "Hidden {layer} · {units}").format(layer=layer, units=units)
        if units == 1:
            return QCoreApplication.translate("Network", "Output, target {target}").format(
                target=f"{view.targets[0]:g}"
            )
        return QCoreApplication.translate("Network", "Output {units}").format(units=units)

    def _paint_title(self, painter: QPainter, theme: Theme, layer: int, look: _Shown) -> None:
        painter.setPen(ink(look.lit or (theme.waiting if look.stale else theme.soft_text)))
        block, room = self.blocks[layer], self.rooms[layer]
        box = QRectF(room.left(), block.rect.top() - self.line - 6.0, room.width(), self.line)
        if isinstance(block, Tiles):
            length = self._face.advance(look.title)
            box.setLeft(max(room.left(), min(block.rect.left(), room.right() - length)))
        elif block.shows_delta and look.with_delta:
            self._face.write(painter, box, look.title)
            painter.setPen(ink(theme.backward))
            self._face.write(painter, box.adjusted(0, 0, -FRAME_ROOM, 0), "δ", RIGHT)
            return
        self._face.write(painter, box, self._face.elided(look.title, math.ceil(box.width())))

    def _paint_arrow(self, painter: QPainter, theme: Theme, layer: int, way: str) -> None:
        """Paint the way into ``layer``; the ``way`` that the present phase goes is lit, and points where it goes."""
        left, right = self.blocks[layer - 1].rect.right(), self.blocks[layer].rect.left()
        middle = 0.5 * (left + right)
        half = min(9.0, 0.5 * (right - left) - 6.0)
        if half < 3.0:
            return
        y = self.rooms[layer].center().y()
        start, end = QPointF(middle - half, y), QPointF(middle + half, y)
        if way == "forward":
            draw_arrow(painter, start, end, ink(theme.forward))
        elif way == "backward":
            draw_arrow(painter, end, start, ink(theme.backward))
        else:
            draw_arrow(painter, start, end, ink(theme.waiting))

    # --- what is selected

    def _paint_mark(self, painter: QPainter, view: SampleView, look: Look, target: Target | None) -> None:
        if not isinstance(target, Unit):
            return
        chosen = target == look.selected
        if chosen:
            self._paint_edges(painter, view, look.theme, target)
        block, place = self.blocks[target.layer], self.place(target)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.theme.backward if chosen else look.theme.soft_text), 2.0 if chosen else 1.5))
        if isinstance(block, Tiles):
            # Tiles have any colour, so the frame stands out against both a light and a dark one.
            painter.drawRect(place.adjusted(-1.0, -1.0, 1.0, 1.0))
            painter.setPen(QPen(QColor(look.theme.card), 1.0))
            painter.drawRect(place.adjusted(-2.5, -2.5, 2.5, 2.5))
        else:
            painter.drawRoundedRect(place.adjusted(-2.0, 0.5, 2.0, -0.5), 5.0, 5.0)

    def _paint_edges(self, painter: QPainter, view: SampleView, theme: Theme, target: Unit) -> None:
        """Paint the strongest connections of a unit to the layers beside it; those of pixels are its weight image."""
        if target.layer >= 2:
            self._paint_fan(painter, view.weights(target.layer)[:, target.unit], theme, target, target.layer - 1)
        if 1 <= target.layer < self.shape.last:
            self._paint_fan(painter, view.weights(target.layer + 1)[target.unit], theme, target, target.layer + 1)

    def _paint_fan(self, painter: QPainter, weights: Array, theme: Theme, target: Unit, other: int) -> None:
        sizes = np.abs(np.nan_to_num(weights))
        largest = float(sizes.max()) or 1.0
        start = self._port(target, other > target.layer)
        for unit in np.argsort(sizes)[::-1][:_MOST_EDGES]:
            end = self._port(Unit(other, int(unit)), other < target.layer)
            colour = QColor(theme.negative if weights[unit] < 0 else theme.positive)
            colour.setAlphaF(0.85)
            painter.setPen(QPen(colour, 0.6 + 3.0 * float(sizes[unit]) / largest))
            painter.drawLine(start, end)

    def _port(self, unit: Unit, right: bool) -> QPointF:
        """Return where a connection meets a unit: the middle of a tile, the left or right end of a bar's row."""
        place = self.place(unit)
        if isinstance(self.blocks[unit.layer], Tiles):
            return place.center()
        return QPointF(place.right() + 2.0 if right else place.left() - 2.0, place.center().y())

    # --- pointing

    def find(self, point: QPointF) -> Target | None:
        for layer, block in enumerate(self.blocks):
            unit = block.find(point)
            if unit is not None:
                return Unit(layer, unit)
        return None

    def place(self, target: Target) -> QRectF:
        if isinstance(target, Parameter):
            return self.place(Unit(target.layer, target.index[-1]))
        return self.blocks[target.layer].place(target.unit)


def _fans(selected: Target | None) -> set[int]:
    """Return the layers into which connections of the selected unit are drawn, in the place of an arrow."""
    return {max(2, selected.layer), selected.layer + 1} if isinstance(selected, Unit) and selected.layer else set()
