"""The page of a large network: the same equations as pictures, for one sample of the batch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from app.look.colours import ink
from app.look.theme import Theme
from app.panels.equation.background import Backgrounds
from app.panels.equation.bars import Bars, brief
from app.panels.equation.blocks import BarsBlock, Block, NumberBlock, SampleBlock, TileBlock
from app.panels.equation.glyphs import NumberPen
from app.panels.equation.notation import Notation, symbol
from app.panels.equation.page import Look, Page, is_lit, phase_colour
from app.panels.equation.picture_layout import BandLayout, PictureLayout
from app.panels.equation.terms import Key, Terms
from app.panels.network.drawing import draw_arrow, draw_cross, draw_tick, faint
from app.panels.network.figures import compact, short, signed
from app.panels.network.sample_view import SampleView
from app.panels.network.tiles import Colours, grey
from app.widgets.colour_scale import Levels, centred_range, diverging, viridis
from app.widgets.value_text import with_minus
from backprop.arrays import Array
from backprop.microscope import Microscope

_SIGNED = ("W", "dW", "delta")
_SMOOTH_BELOW = 3.0
_LEAST_FOR_ARROW = 14.0
# Scaled and painted several times as fast as without premultiplied alpha; every colour is opaque or nothing.
_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


class PicturePage(Page):
    """Paints the pictures of one layout."""

    def __init__(self, layout: PictureLayout, notation: Notation, size: QSize) -> None:
        self.layout, self.notation = layout, notation
        self.shape = layout.shape
        #: The units of the first layer that are shown as tiles, those with the largest delta first.
        self.units: tuple[int, ...] = tuple(range(layout.units))
        self._row = 0
        self._microscope = Microscope()
        self._prepared: tuple[Terms, int] | None = None
        self._backgrounds = Backgrounds(size)
        self._bars = {
            id(block): Bars(block, layout.shape, layout.scale, layout.zoom)
            for block in self.blocks()
            if isinstance(block, BarsBlock)
        }
        self._pen = NumberPen(layout.label.typeface.font)

    def prepare(self, terms: Terms, row: int) -> None:
        """Choose the units that learn most from the sample: they are the same at all phases of a step."""
        if self._prepared is not None and self._prepared[0] is terms and self._prepared[1] == row:
            return
        self._prepared, self._row = (terms, row), row
        count = self.layout.units
        if count and count < self.shape.sizes[1]:
            sizes = np.abs(np.nan_to_num(self._deltas(terms, row)))
            self.units = tuple(np.argsort(-sizes, kind="stable")[:count].tolist())
        for band in self.layout.bands:
            for tile, unit in zip(band.tiles, self.units, strict=True):
                tile.unit = unit
            for block in band.blocks:
                if isinstance(block, SampleBlock | BarsBlock):
                    block.first = row

    def _deltas(self, terms: Terms, row: int) -> Array:
        delta = terms.snapshot.delta[0]
        if delta is None:
            # Not computed yet; what it will be follows from the same parameters and the same sample.
            snapshot, at = terms.snapshot, slice(row, row + 1)
            delta, row = self._microscope.examine(snapshot, snapshot.x[at], snapshot.y[at]).delta[0], 0
        assert delta is not None
        of_sample: Array = delta[row]
        return of_sample

    def blocks(self) -> Iterator[Block]:
        return (block for band in self.layout.bands for block in band.blocks)

    def note(self, terms: Terms) -> str:
        return ""

    # --- painting

    def paint(self, painter: QPainter, terms: Terms, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_background(painter, terms, look)
        for band in self.layout.bands:
            self._paint_tiles(painter, terms, look.theme, band)
            for block in band.blocks:
                if terms.known(block.key) and not isinstance(block, TileBlock):
                    self._paint_block(painter, terms, look, block)
            if band.facts is not None:
                self._paint_facts(painter, terms, look, band.facts)

    def _paint_block(self, painter: QPainter, terms: Terms, look: Look, block: Block) -> None:
        if isinstance(block, BarsBlock):
            self._bars[id(block)].paint(painter, self._view(terms), terms, look.theme)
        elif isinstance(block, NumberBlock):
            self._paint_loss(painter, terms, look, block)
        else:
            values = self._values(terms, block)
            colours, levels = self._colours(terms, look.theme, block.key, values)
            _draw(painter, block, _image(values, colours, levels))
            if block.key.kind in _SIGNED:
                self._paint_range(painter, look.theme, block.key, levels)

    def _values(self, terms: Terms, block: Block) -> Array:
        """Return the numbers of a block as its grid has them."""
        # After an update the picture is that of the new weights: no eye could tell them from the old ones.
        array = terms.snapshot.parameters[f"W{block.key.layer}"] if block.key.kind == "W" else terms.array(block.key)
        assert array is not None
        grid: Array = array[self._row].reshape(block.rows, block.columns) if isinstance(block, SampleBlock) else array.T
        return grid

    def _colours(self, terms: Terms, theme: Theme, key: Key, values: Array) -> tuple[Colours, Levels]:
        if key.kind in _SIGNED:
            return diverging(theme).pixels, centred_range(values)
        if key.layer == 0 and self.shape.dataset.info.image_shape:
            return grey(), Levels(0.0, 1.0)
        return viridis().pixels, Levels(*self._view(terms).scale(key.layer))

    def _view(self, terms: Terms) -> SampleView:
        return SampleView(self.shape, terms.snapshot, self._row)

    def _paint_tiles(self, painter: QPainter, terms: Terms, theme: Theme, band: BandLayout) -> None:
        if not band.tiles or not terms.known(band.tiles[0].key):
            return
        key, units = band.tiles[0].key, list(self.units)
        source = terms.snapshot.parameters if key.kind == "W" else terms.snapshot.gradients
        values = source[f"W{key.layer}"][:, units]
        levels = centred_range(values)
        pixels = diverging(theme).pixels[levels.shades(np.ascontiguousarray(values.T))]
        for tile, picture in zip(band.tiles, pixels, strict=True):
            image = QImage(picture.tobytes(), tile.columns, tile.rows, 4 * tile.columns, _FORMAT)
            _draw(painter, tile, image)
        self._paint_range(painter, theme, key, levels)
        self._paint_labels(painter, terms, theme, band)

    def _paint_labels(self, painter: QPainter, terms: Terms, theme: Theme, band: BandLayout) -> None:
        forward = band.band == "forward"
        array = terms.array(Key("A" if forward else "delta", 1))
        pen, room = self._pen, self.layout.label_width(band)
        values: list[tuple[str, float, float]] = []
        for tile in band.tiles:
            base = tile.rect.bottom() + pen.ascent + 2.0
            left = tile.rect.left()
            end = pen.write_from(self._unit_name("a" if forward else "δ", tile.unit), left, base)
            if array is not None:
                value = float(array[self._row, tile.unit])
                text = short(value) if forward else signed(value, 4)
                start = end + 0.35 * pen.cap
                values.append((text if start + pen.width(text) <= left + room else brief(value), start, base))
        painter.setPen(ink(theme.forward if forward else theme.backward))
        pen.paint(painter)
        for written in values:
            pen.write_from(*written)
        painter.setPen(ink(theme.text))
        pen.paint(painter)

    def _unit_name(self, letter: str, unit: int) -> str:
        """Return what a tile's number is called: an output by its class, a hidden unit by its number."""
        if self.shape.last == 1:
            return self.shape.unit_name(1, unit)
        return symbol(letter, unit + 1)

    def _paint_range(self, painter: QPainter, theme: Theme, key: Key, levels: Levels) -> None:
        """Write what the strongest colours stand for at the end of the caption."""
        heading = next((h for band in self.layout.bands for h in band.headings if h.key == key), None)
        if heading is None or heading.room.width() < 90.0 * self.layout.scale or key.kind == "delta":
            return
        face, text = self.layout.caption, f"±{compact(levels.high)}"
        at = QPointF(heading.room.right() - face.width(text), heading.room.top() + face.ascent)
        face.paint(painter, at, text, ink(theme.soft_text))

    def _paint_loss(self, painter: QPainter, terms: Terms, look: Look, block: Block) -> None:
        value = terms.snapshot.objective
        assert value is not None
        lit = look.phase is not None and look.phase.kind == "loss"
        face = self.layout.strong
        text = f"L {_loss_text(value)}"
        at = QPointF(block.rect.right() - face.width(text), block.rect.top() + face.ascent)
        face.paint(painter, at, text, ink(look.theme.accent if lit else look.theme.text))

    def _paint_facts(self, painter: QPainter, terms: Terms, look: Look, room: QRectF) -> None:
        """Write below the input what it is, and what the network takes it for."""
        view, theme, face = self._view(terms), look.theme, self.layout.caption
        names = self.shape.dataset.info.class_names
        step = 1.35 * face.height
        answer = view.answered_class
        lines = [(QCoreApplication.translate("Equation", "target"), names[view.right_class])]
        if answer is not None:
            lines.append((QCoreApplication.translate("Equation", "answer"), names[answer]))
        for number, (word, name) in enumerate(lines):
            base = room.top() + face.ascent + number * step
            if base > room.bottom():
                return
            face.paint(painter, QPointF(room.left(), base), word, ink(theme.soft_text))
            x = room.left() + face.width(f"{word}  ")
            self.layout.strong.paint(painter, QPointF(x, base), name, ink(theme.text))
            if number == 1:
                box = QRectF(x + self.layout.strong.width(f"{name} ") + 2.0, base - face.cap, face.cap, face.cap)
                if box.right() > room.right():
                    return
                right = answer == view.right_class
                (draw_tick if right else draw_cross)(painter, box, theme.right if right else theme.wrong)

    # --- what seldom changes

    def _paint_background(self, painter: QPainter, terms: Terms, look: Look) -> None:
        known = tuple(terms.known(block.key) for block in self.blocks())
        target = self._view(terms).right_class if self.layout.single else None
        state = (look.theme, look.phase, known, terms.snapshot.learning_rate, len(terms.snapshot.rows), target)

        def draw(background: QPainter) -> None:
            background.setRenderHint(QPainter.RenderHint.Antialiasing)
            for band in self.layout.bands:
                self._paint_band(background, terms, look, band)

        self._backgrounds.paint(painter, state, look.theme.card, draw)

    def _paint_band(self, painter: QPainter, terms: Terms, look: Look, band: BandLayout) -> None:
        theme = look.theme
        for block in band.blocks:
            lit = self._lit(terms, look, block.key)
            if isinstance(block, BarsBlock):
                self._bars[id(block)].paint_background(painter, theme, terms.known(block.key))
            elif not terms.known(block.key) and not isinstance(block, NumberBlock):
                painter.setPen(QPen(faint(theme), 1.0, Qt.PenStyle.DashLine))
                painter.setBrush(ink(theme.field))
                painter.drawRoundedRect(block.rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.0, 3.0)
            if lit and not isinstance(block, NumberBlock):
                painter.setPen(QPen(ink(lit), 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(block.rect.adjusted(-2.0, -2.0, 2.0, 2.0), 3.0, 3.0)
        for heading in band.headings:
            self._paint_heading(painter, terms, look, heading.key, heading.room)
        for block, room in band.gutters:
            self._paint_gutter(painter, terms, look, block.key, room)
        for layer, left, right in band.arrows:
            if right - left >= _LEAST_FOR_ARROW:
                self._paint_arrow(painter, look, band, layer, 0.5 * (left + right))

    def _lit(self, terms: Terms, look: Look, key: Key) -> str | None:
        phase = look.phase
        if phase is None or not terms.known(key):
            return None
        updated = phase.kind == "update" and key.kind == "W" and terms.updated
        return phase_colour(phase, look.theme) if updated or is_lit(key, phase, terms.last) else None

    def _paint_heading(self, painter: QPainter, terms: Terms, look: Look, key: Key, room: QRectF) -> None:
        strong, plain = self.layout.strong, self.layout.caption
        lit = self._lit(terms, look, key)
        base = room.top() + strong.ascent
        width = room.width() - (0.0 if key.kind in ("A", "delta") else plain.width("±0.00000") + 4.0)
        name, rest = next(
            (
                (name, rest)
                for name, rest in self._heading_texts(terms, key)
                if strong.width(name) + plain.width(rest) <= width
            ),
            ("", ""),
        )
        colour = lit or (look.theme.text if terms.known(key) else look.theme.waiting)
        strong.paint(painter, QPointF(room.left(), base), name, ink(colour))
        plain.paint(painter, QPointF(room.left() + strong.width(name), base), rest, ink(look.theme.soft_text))

    def _heading_texts(self, terms: Terms, key: Key) -> Iterator[tuple[str, str]]:
        """Yield name and explanation of a heading, from the longest to the shortest."""
        layer, name = key.layer, self.notation.name(key)
        of_batch = len(terms.snapshot.rows) > 1
        if key.kind == "A" and layer == 0:
            if self.layout.single:
                names = self.shape.dataset.info.class_names
                text = QCoreApplication.translate("Equation", "  target {target}")
                yield name, text.format(target=names[self._view(terms).right_class])
            yield name, f"  1 × {self.shape.sizes[0]}"
        elif key == Key("W", 1) and self.layout.units:
            units = f"{self.shape.sizes[1]:,}"
            text = QCoreApplication.translate(
                "Equation", "  the units that learn most here: largest |{delta}| of {count}"
            )
            yield name, text.format(delta=symbol("δ", 1), count=units)
            text = QCoreApplication.translate("Equation", "  units with the largest |{delta}|")
            yield name, text.format(delta=symbol("δ", 1))
        elif key.kind == "W":
            bias = f" + {symbol('b', layer)}" if terms.exists(Key("b", layer)) else ""
            yield f"{symbol('Z', layer)} = {symbol('A', layer - 1)} {symbol('W', layer)}{bias}", ""
        elif key.kind == "dW":
            below, delta = self.notation.name(Key("A", layer - 1)), symbol("δ", layer)
            if of_batch:
                text = QCoreApplication.translate("Equation", "  sum over {count} samples")
                yield f"{name} = {below}ᵀ {delta}", text.format(count=f"{len(terms.snapshot.rows):,}")
            yield f"{name} = {below}ᵀ {delta}", ""
        elif key.kind == "A":
            yield f"{name} = {self.notation.activation(layer)}({symbol('Z', layer)})", ""
        else:
            yield f"{name} = {self.notation.delta(layer)}", ""
        yield name, ""

    def _paint_gutter(self, painter: QPainter, terms: Terms, look: Look, key: Key, room: QRectF) -> None:
        face = self.layout.strong
        text = self.notation.name(key, short=True) + ("ᵀ" if key.kind in ("W", "dW") else "")
        lit = self._lit(terms, look, key)
        colour = lit or (look.theme.text if terms.known(key) else look.theme.waiting)
        if face.width(text) > room.width() + 1.0:
            return
        base = min(room.center().y(), room.top() + 1.2 * face.height) + 0.5 * face.cap
        face.paint(painter, QPointF(room.right() - face.width(text), base), text, ink(colour))

    def _paint_arrow(self, painter: QPainter, look: Look, band: BandLayout, layer: int, middle: float) -> None:
        phase, theme = look.phase, look.theme
        lit = phase is not None and phase.layer == layer and phase.kind == band.band
        y = band.top + 0.5 * band.height
        ends = QPointF(middle - 5.0, y), QPointF(middle + 5.0, y)
        colour = ink(phase_colour(phase, theme) if lit and phase is not None else theme.waiting)
        start, end = ends if band.band == "forward" else (ends[1], ends[0])
        draw_arrow(painter, start, end, colour)


def _draw(painter: QPainter, block: Block, image: QImage) -> None:
    """Draw a picture of a block: edges stay sharp unless a number has so few pixels that some would be left out."""
    few = block.rect.width() < _SMOOTH_BELOW * block.columns or block.rect.height() < _SMOOTH_BELOW * block.rows
    whole = block.rect.width() % block.columns == 0
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, few and not whole)
    painter.drawImage(block.rect, image)


def _image(values: Array, colours: Colours, levels: Levels) -> QImage:
    shades = levels.shades(np.ascontiguousarray(values))
    pixels = colours[shades]
    rows, columns = values.shape
    # Without the copy the image would outlive its numbers.
    return QImage(pixels.tobytes(), columns, rows, 4 * columns, _FORMAT).copy()


def _loss_text(value: float) -> str:
    return with_minus(f"{value:.4g}")
