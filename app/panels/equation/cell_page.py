"""The page of a small network: every matrix with its numbers, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QRect, QSize
from PySide6.QtGui import QColor, QPainter

from app.look.colours import ink
from app.look.theme import Theme
from app.panels.equation.background import Backgrounds
from app.panels.equation.blocks import Block
from app.panels.equation.captions import Captions
from app.panels.equation.cell_layout import SMALLEST, Layout, Placed
from app.panels.equation.figures import SMALL, SMALL_ALONE, Figures, figures
from app.panels.equation.glyphs import NumberPen, Places
from app.panels.equation.notation import Face, Notation
from app.panels.equation.page import Look, Page
from app.panels.equation.terms import BY_SAMPLE, Key, Terms
from app.panels.network.drawing import tint

_DASH = "–"
# So many colours on either side of zero; how strong the last one is, and the first that is not zero, in hundredths.
_SHADES = 64
_STRONGEST, _FAINTEST = 40, 3


class CellPage(Page):
    """Paints the matrices of one layout, with ``rows`` rows of the batch, on a picture of ``size``."""

    def __init__(self, layout: Layout, notation: Notation, scale: float, size: QSize, rows: int) -> None:
        self.layout, self.rows = layout, rows
        self.face = Face(layout.em / scale)
        self.pen = NumberPen(self.face.typeface.font)
        self.captions = Captions(layout, notation, scale)
        #: How each matrix was written when it was last painted.
        self.written: dict[Key, Figures] = {}
        self._cells = [_cells(placed.block) for placed in layout.placed]
        self._places: dict[tuple[int, Figures], list[list[Places]]] = {}
        self._backgrounds = Backgrounds(size)
        self._first = 0

    def prepare(self, terms: Terms, row: int) -> None:
        """Of a batch with more rows, show those around the sample's."""
        first = max(0, min(row - self.rows // 2, len(terms.snapshot.rows) - self.rows))
        for placed in self.layout.placed:
            if placed.block.key.kind in BY_SAMPLE:
                placed.block.first = first
        self._first = first

    def blocks(self) -> Iterator[Block]:
        return (placed.block for placed in self.layout.placed)

    def note(self, terms: Terms) -> str:
        count = len(terms.snapshot.rows)
        if self.rows >= count:
            return ""
        text = QCoreApplication.translate("Equation", "rows {first}–{last} of {count}")
        return text.format(first=self._first + 1, last=self._first + self.rows, count=f"{count:,}")

    # --- painting

    def paint(self, painter: QPainter, terms: Terms, look: Look) -> None:
        values = {
            at: _grid(terms, placed.block)
            for at, placed in enumerate(self.layout.placed)
            if terms.known(placed.block.key)
        }
        self.written = {}
        for at, grid in values.items():
            self._write(self.layout.placed[at], grid)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_background(painter, terms, look)
        largest = self._largest(terms, values)
        for at, grid in values.items():
            self._paint_tints(painter, look.theme, self._cells[at], grid, largest[at])
        painter.setPen(ink(tint(look.theme.card, look.theme.text, 68)))
        for at in values:
            self._paint_sample(painter, at, look.row)
        painter.setPen(ink(look.theme.text))
        if self.layout.em >= SMALLEST:
            for at, grid in values.items():
                self._collect(at, grid)
        self.pen.paint(painter)

    def _write(self, placed: Placed, grid: list[list[float]]) -> None:
        room = placed.block.rect.width() / placed.block.columns - self.layout.beside * self.layout.em
        flat = [value for line in grid for value in line]
        smallest = SMALL_ALONE if len(flat) == 1 else SMALL
        self.written[placed.block.key] = figures(flat, room, self.pen.digits, smallest)

    def _paint_background(self, painter: QPainter, terms: Terms, look: Look) -> None:
        """Paint everything but the numbers."""
        known = tuple(terms.known(placed.block.key) for placed in self.layout.placed)
        powers = {key: written.power for key, written in self.written.items() if written.power}
        rate = terms.snapshot.learning_rate
        state = (look.theme, look.phase, known, tuple(powers.items()), rate)

        def draw(background: QPainter) -> None:
            self.captions.paint(background, terms, look, powers)
            self._paint_dashes(background, look.theme, known)

        self._backgrounds.paint(painter, state, look.theme.card, draw)

    def _paint_dashes(self, painter: QPainter, theme: Theme, known: tuple[bool, ...]) -> None:
        if self.layout.em < SMALLEST:
            return
        for is_known, cells in zip(known, self._cells, strict=True):
            for cell in (cell for line in cells for cell in line if not is_known):
                self.pen.write_from(_DASH, cell.center().x() + 1.0 - 0.5 * self.pen.width(_DASH), self._base(cell))
        painter.setPen(faint(theme))
        self.pen.paint(painter)

    def _base(self, cell: QRect) -> float:
        return float(round(cell.top() + 0.5 * (cell.height() + self.face.cap)))

    def _largest(self, terms: Terms, values: dict[int, list[list[float]]]) -> dict[int, float]:
        """Return the size of the number that has the strongest tint; bounded quantities have their bound."""
        found = {}
        for at, grid in values.items():
            key = self.layout.placed[at].block.key
            bound = _bound(terms, key)
            sizes = [abs(value) for line in grid for value in line if math.isfinite(value)]
            found[at] = bound or max(sizes, default=0.0) or 1.0
        return found

    def _paint_tints(
        self, painter: QPainter, theme: Theme, cells: list[list[QRect]], grid: list[list[float]], largest: float
    ) -> None:
        colours, scale = _tints(theme), _SHADES / largest
        for rects, line in zip(cells, grid, strict=True):
            for rect, value in zip(rects, line, strict=True):
                shade = value * scale
                if shade != shade:
                    continue
                place = round(shade) if -_SHADES < shade < _SHADES else _SHADES if shade > 0 else -_SHADES
                painter.fillRect(rect, colours[place + _SHADES])

    def _collect(self, at: int, grid: list[list[float]]) -> None:
        block = self.layout.placed[at].block
        written = self.written[block.key]
        if written.width > block.rect.width() / block.columns + 1.0:
            return
        if (at, written) not in self._places:
            if len(self._places) > 100:
                self._places.clear()
            self._places[at, written] = self._places_for(at, written)
        text_of, write = written.text, self.pen.write
        for line, places in zip(grid, self._places[at, written], strict=True):
            for value, place in zip(line, places, strict=True):
                write(text_of(value), place)

    def _places_for(self, at: int, written: Figures) -> list[list[Places]]:
        """Return places that put points below each other, and the widest number into the middle of its cell."""
        return [
            [
                self.pen.places(cell.left() + 0.5 * (cell.width() + written.width), self._base(cell), written.decimals)
                for cell in line
            ]
            for line in self._cells[at]
        ]

    def _paint_sample(self, painter: QPainter, at: int, row: int) -> None:
        block, cells = self.layout.placed[at].block, self._cells[at]
        if block.key.kind in BY_SAMPLE and len(cells) > 1 and 0 <= row - block.first < len(cells):
            line = cells[row - block.first]
            painter.drawRect(line[0].united(line[-1]).adjusted(-1, -1, 0, 0))


def _cells(block: Block) -> list[list[QRect]]:
    """Return the cells of a block on whole pixels, with a pixel between them."""
    columns = [round(block.rect.left() + at * block.rect.width() / block.columns) for at in range(block.columns + 1)]
    rows = [round(block.rect.top() + at * block.rect.height() / block.rows) for at in range(block.rows + 1)]
    return [
        [QRect(left, top, max(1, right - left - 1), max(1, bottom - top - 1)) for left, right in pairwise(columns)]
        for top, bottom in pairwise(rows)
    ]


def _grid(terms: Terms, block: Block) -> list[list[float]]:
    """Return the numbers of a block as its grid has them."""
    array = terms.array(block.key)
    assert array is not None
    if array.ndim < 2:
        return [array.ravel().tolist()]
    shown = array[block.first : block.first + block.rows] if not block.is_transposed else array.T
    grid: list[list[float]] = shown.tolist()
    return grid


def _bound(terms: Terms, key: Key) -> float | None:
    """Return the largest value a matrix can have, where there is one."""
    if key.kind not in ("slope", "A") or not key.layer:
        return 1.0 if key.kind == "Y" else None
    activation = terms.experiment.layers[key.layer - 1].activation
    if key.kind == "slope":
        return 0.25 if activation == "sigmoid" else 1.0
    return 1.0 if activation in ("sigmoid", "tanh", "softmax") else None


def faint(theme: Theme) -> QColor:
    """Return the shared colour of what this step has not computed yet."""
    return ink(theme.waiting)


@lru_cache(8)
def _tints(theme: Theme) -> list[QColor]:
    """Return colours from negative over none to positive, faint enough for text on them."""
    colours = []
    for shade in range(-_SHADES, _SHADES + 1):
        share = math.sqrt(abs(shade) / _SHADES)
        strength = round(_FAINTEST + (_STRONGEST - _FAINTEST) * share) if shade else 0
        colours.append(QColor(tint(theme.card, theme.positive if shade > 0 else theme.negative, strength)))
    return colours
