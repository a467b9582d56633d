"""The layout of pictures: where the images, tiles, strips and bars of a large network stand."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from app.panels.equation.blocks import BarsBlock, Block, NumberBlock, SampleBlock, TileBlock, TransposedBlock
from app.panels.equation.cell_plan import Band
from app.panels.equation.notation import Face
from app.panels.equation.terms import Key
from app.panels.network.sample_view import Shape

#: More outputs, or inputs that are no image, than these are a strip; fewer are bars with names.
MOST_BARS = 24

_CAPTION, _LABEL = 11.0, 10.0
# From this width and height on, text becomes larger.
_DESIGN, _LARGEST_ZOOM = (900.0, 330.0), 1.5
_EDGE = 3.0
_BAND_GAP = 5.0
_GAP = 20.0
_TILE_GAP = 6.0
_SMALLEST_TILE, _FEWEST_TILES, _MOST_TILES = 46.0, 6, 40
# So many are better than fewer larger ones.
_FEWEST_IN_A_LINE = 4
_LABEL_WIDTH = 50.0
_LEAST_BAND = 56.0
_LOWEST_ROW, _HIGHEST_ROW = 11.0, 26.0
# Of the width, input, outputs, gaps and names take no more than this.
_MOST_FIXED = 0.75
# What a column needs to tell something.
_LEAST_TILES, _LEAST_SECTION = 100.0, 84.0


@dataclass(frozen=True)
class Heading:
    """The room of a caption, and what it is the caption of: a key, or a section of two."""

    key: Key
    room: QRectF


@dataclass
class BandLayout:
    """What stands in one band: blocks, tiles in the order of their units, captions, and arrows between columns."""

    band: Band
    top: float
    height: float
    blocks: list[Block] = field(default_factory=list)
    tiles: list[TileBlock] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    #: Names at the left of a block that has no caption.
    gutters: list[tuple[Block, QRectF]] = field(default_factory=list)
    arrows: list[tuple[int, float, float]] = field(default_factory=list)
    facts: QRectF | None = None


class PictureLayout:
    """Columns from the input to the loss in ``room``, in two bands, or in one where there is too little height."""

    def __init__(self, shape: Shape, layers: range, bands: tuple[Band, ...], room: QRectF, scale: float) -> None:
        # Frames around blocks at the edge need room, too.
        room = room.adjusted(_EDGE, 0.0, -_EDGE, -_EDGE)
        self.shape, self.layers, self.room = shape, layers, room
        # In a large panel text grows with the pictures, but more slowly.
        self.zoom = max(1.0, min(_LARGEST_ZOOM, room.width() / _DESIGN[0], room.height() / _DESIGN[1]))
        self.scale = scale * self.zoom
        self.caption, self.label = Face(_CAPTION * self.zoom), Face(_LABEL * self.zoom)
        self.strong = Face(_CAPTION * self.zoom, bold=True)
        self.line = math.ceil(self.caption.height) + 2.0
        self.label_line = math.ceil(self.label.height) + 2.0
        height = (room.height() - _BAND_GAP * (len(bands) - 1)) / len(bands)
        self.height = height - self.line
        self.single = len(bands) == 1
        self._divide()
        self.bands = [self._band(band, room.top() + at * (height + _BAND_GAP)) for at, band in enumerate(bands)]

    @staticmethod
    def has_room(height: float, scale: float) -> bool:
        """Return whether two bands have room."""
        return height >= 2 * (_LEAST_BAND * scale + 16.0)

    @property
    def units(self) -> int:
        """How many units of the first layer are shown as tiles."""
        return len(self.bands[0].tiles)

    @property
    def complete(self) -> bool:
        """Whether every column is wide enough to tell something."""
        tiles = not self._has_input or self._tiles_width >= _LEAST_TILES * self.scale
        return tiles and all(width >= _LEAST_SECTION * self.scale for width in self._sections.values())

    # --- widths

    @property
    def _has_input(self) -> bool:
        return self.layers[0] == 1

    @property
    def _has_output(self) -> bool:
        return self.layers[-1] == self.shape.last

    @property
    def _input_grid(self) -> tuple[int, int]:
        if self._input_is_list:
            return self.shape.sizes[0], 1
        return self.shape.dataset.info.image_shape or grid_of(self.shape.sizes[0])

    def _divide(self) -> None:
        """Divide the width: an input as high as its band, sections by their inputs, the tiles what is left."""
        width, scale, sizes = self.room.width(), self.scale, self.shape.sizes
        self._gutter = max(self.strong.width("dW₂ᵀ"), 24.0 * scale) + 5.0
        sections = [layer for layer in self.layers if layer > 1]
        # The result of the last layer shown: outputs have bars, hidden units a picture.
        self._end = min(0.25 * width, 300.0 * scale)
        if not self._has_input:
            self._end = min(0.4 * width, 420.0 * scale)
        rows, columns = self._input_grid
        self._input = min(self.height * columns / rows, 0.2 * width) if self._has_input else 0.0
        if self._has_input and self._input_is_list:
            self._input = min(0.2 * width, 110.0 * scale)
        count = len(sections)
        self._gap = _GAP
        fixed = self._input + self._end + self._gap * (count + (2 if self._has_input else 0)) + count * self._gutter
        if fixed > _MOST_FIXED * width:
            # So many layers have little room, and share it.
            less = _MOST_FIXED * width / fixed
            self._gap, self._gutter, fixed = less * self._gap, less * self._gutter, less * fixed
            self._input, self._end = less * self._input, less * self._end
        left = width - fixed
        self._sections: dict[int, float] = {}
        for layer in sections:
            most = (min(0.25 * width, 0.6 * left) if self._has_input else left) / count
            whole = math.floor(most / sizes[layer - 1]) * sizes[layer - 1]
            # Whole pixels for each unit, unless that would waste much of a picture that has the room.
            enough = 0.75 * most if not self._has_input else 1.0
            self._sections[layer] = float(whole if whole >= enough else most)
        spare = left - sum(self._sections.values())
        self._tiles_width = spare if self._has_input else 0.0
        if not self._has_input:
            self._end += max(0.0, spare)

    @property
    def _input_is_list(self) -> bool:
        return self.shape.dataset.info.image_shape is None and self.shape.sizes[0] <= MOST_BARS

    def _tiling(self) -> tuple[int, int, float, float]:
        """Return columns, rows, width and height of the tiles: large, but not too few."""
        rows, columns = self._input_grid
        aspect = min(2.0, max(0.3, columns / rows))
        units = self.shape.sizes[1]
        best = (1, 1, 8.0, 8.0)
        for lines in range(1, 12):
            height = (self.height - lines * self.label_line - (lines - 1) * 3.0) / lines
            if lines > 1 and height < _SMALLEST_TILE * self.scale:
                break
            height = self._whole(min(height, self._tiles_width / aspect))
            across = self._across(height * aspect)
            if lines == 1 and across < min(_FEWEST_IN_A_LINE, units):
                height, across = self._narrower(height, across, aspect)
            across = max(1, min(across, math.ceil(units / lines)))
            best = (across, lines, height * aspect, height)
            if across * lines >= min(_FEWEST_TILES, units):
                break
        return best

    def _narrower(self, height: float, across: int, aspect: float) -> tuple[float, int]:
        """Return height and number of tiles that are smaller but more than ``across``, where they are not too small."""
        for count in range(_FEWEST_IN_A_LINE, across, -1):
            width = (self._tiles_width - (count - 1) * _TILE_GAP) / count
            if width >= max(_SMALLEST_TILE, _LABEL_WIDTH) * self.scale:
                height = self._whole(min(height, width / aspect))
                return height, self._across(height * aspect)
        return height, across

    def _across(self, width: float) -> int:
        """Return how many tiles of a width fit; a label needs room below a narrow tile, too."""
        return int((self._tiles_width + _TILE_GAP) / (max(width, _LABEL_WIDTH * self.scale) + _TILE_GAP))

    def _whole(self, height: float) -> float:
        """Return a height of a whole number of pixels a row, unless that would waste much of it."""
        rows = self._input_grid[0]
        whole = math.floor(height / rows) * rows
        return float(whole if whole >= 0.88 * height else max(4, math.floor(height)))

    # --- bands

    def _band(self, band: Band, top: float) -> BandLayout:
        result = BandLayout(band, top + self.line, self.height)
        x = self.room.left()
        if self._has_input:
            x = self._place_input(result, x)
            x = self._place_tiles(result, x)
        for layer, width in self._sections.items():
            x = self._place_section(result, layer, x, width)
        self._place_end(result, x)
        return result

    def _place_input(self, band: BandLayout, x: float) -> float:
        rows, columns = self._input_grid
        room = QRectF(x, band.top, self._input, band.height)
        if band.band == "forward" or self.single:
            key = Key("A", 0)
            if self._input_is_list:
                block: Block = BarsBlock(key, self.shape.sizes[0], 1, self._list_rect(room, self.shape.sizes[0]))
            else:
                side = self._whole(min(band.height, self._input * rows / columns))
                block = SampleBlock(key, rows, columns, QRectF(x, band.top, side * columns / rows, side))
            band.blocks.append(block)
            band.headings.append(
                Heading(key, QRectF(x, band.top - self.line, self._input + 0.5 * self._gap, self.line))
            )
        else:
            band.facts = room
        if band.band == "forward":
            band.arrows.append((1, x + self._input, x + self._input + self._gap))
        return x + self._input + self._gap

    def _place_tiles(self, band: BandLayout, x: float) -> float:
        rows, columns = self._input_grid
        across, lines, width, height = self._tiling()
        key = Key("W" if band.band == "forward" else "dW", 1)
        step = self._step(across, width)
        for number in range(min(across * lines, self.shape.sizes[1], _MOST_TILES)):
            line, column = divmod(number, across)
            top = band.top + line * (height + self.label_line + 3.0)
            rect = QRectF(round(x + column * step), round(top), width, height)
            band.tiles.append(TileBlock(key, rows, columns, rect, unit=number))
        band.blocks += band.tiles
        band.headings.append(Heading(key, QRectF(x, band.top - self.line, self._tiles_width, self.line)))
        band.arrows.append((1, x + self._tiles_width, x + self._tiles_width + self._gap))
        return x + self._tiles_width + self._gap

    def _step(self, across: int, width: float) -> float:
        """Return how far one tile is from the next: evenly over the width, unless that would tear them apart."""
        least = max(width, _LABEL_WIDTH * self.scale) + _TILE_GAP
        return min((self._tiles_width + _TILE_GAP) / across, 1.6 * least) if across > 1 else least

    def label_width(self, band: BandLayout) -> float:
        """Return how much room there is for a label below a tile."""
        across, _, width, _ = self._tiling()
        return self._step(across, width) - 3.0 if across > 1 else self._tiles_width

    def _place_section(self, band: BandLayout, layer: int, x: float, width: float) -> float:
        """Place the activations below ``layer`` as a strip over its weights, whose rows are the layer's units."""
        left, forward = x + self._gutter, band.band == "forward"
        strip = max(7.0, round(0.11 * band.height))
        inputs, units = self.shape.sizes[layer - 1 : layer + 1]
        above = SampleBlock(
            Key("A" if forward else "delta", layer - 1), 1, inputs, QRectF(left, band.top, width, strip)
        )
        rect = QRectF(left, band.top + strip + 4.0, width, band.height - strip - 4.0)
        weights = TransposedBlock(Key("W" if forward else "dW", layer), units, inputs, rect)
        band.blocks += [above, weights]
        for block in (above, weights):
            band.gutters.append((block, QRectF(x, block.rect.top(), max(0.0, self._gutter - 5.0), block.rect.height())))
        band.headings.append(Heading(weights.key, QRectF(left, band.top - self.line, width, self.line)))
        end = left + width
        band.arrows.append((layer, end, end + self._gap))
        return end + self._gap

    def _place_end(self, band: BandLayout, x: float) -> None:
        layer = self.layers[-1]
        key = Key("A" if band.band == "forward" else "delta", layer)
        room = QRectF(x, band.top, self._end, band.height)
        units = self.shape.sizes[layer]
        if self._has_output and units <= MOST_BARS:
            band.blocks.append(self._bars(key, units, room))
        else:
            rows, columns = grid_of(units)
            tall = min(band.height, self._end * rows / columns)
            band.blocks.append(SampleBlock(key, rows, columns, QRectF(x, band.top, tall * columns / rows, tall)))
        heading = QRectF(x, band.top - self.line, self._end, self.line)
        if self._has_output and band.band == "backward":
            number = min(0.4 * self._end, self.strong.width("L 0.00000") + 6.0)
            loss = QRectF(heading.right() - number, heading.top(), number, self.line - 2.0)
            band.blocks.append(NumberBlock(Key("loss", layer), 1, 1, loss))
            heading.setWidth(self._end - number - 8.0)
        band.headings.append(Heading(key, heading))

    def _bars(self, key: Key, units: int, room: QRectF) -> BarsBlock:
        """Return bars beside the rows of the weights they come from, or in two columns where those are too low."""
        strip = max(7.0, round(0.11 * room.height())) + 4.0
        aligned = room.adjusted(0.0, strip if self._sections else 0.0, 0.0, 0.0)
        if aligned.height() / units >= _LOWEST_ROW * self.scale:
            if self._sections:
                return BarsBlock(key, units, 1, aligned)
            return BarsBlock(key, units, 1, self._list_rect(room, units))
        rows = math.ceil(units / 2)
        # An odd number of units has no place for a last one in a second column of equal length.
        if rows * 2 != units:
            return BarsBlock(key, units, 1, room)
        return BarsBlock(key, rows, 2, self._list_rect(room, rows))

    def _list_rect(self, room: QRectF, rows: int) -> QRectF:
        height = min(room.height(), rows * _HIGHEST_ROW * self.scale)
        return QRectF(room.left(), room.top(), room.width(), height)


def grid_of(count: int) -> tuple[int, int]:
    """Return rows and columns that ``count`` cells fill without a gap, close to a square; a strip where none does."""
    for rows in range(math.isqrt(count), 0, -1):
        if count % rows == 0 and (count // rows) / rows <= 5.0:
            return rows, count // rows
    return 1, count
