"""Pages: what the panel paints of a moment, and which number lies at a point of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.theme import Theme
from app.panels.equation.blocks import Block
from app.panels.equation.origins import Source, colour_of, origins
from app.panels.equation.terms import Cell, Key, Terms
from backprop import Phase


@dataclass(frozen=True)
class Look:
    """How to paint: the colours, the phase just computed, the sample's row, and what is pointed at and selected."""

    theme: Theme
    phase: Phase | None
    row: int
    pointed: Cell | None = None
    selected: Cell | None = None


def is_lit(key: Key, phase: Phase | None, last: int) -> bool:
    """Return whether ``phase`` computes a matrix; the loss phase also compares outputs with targets."""
    if phase is None:
        return False
    if phase.kind == "loss":
        return key.kind == "loss" or key == Key("signal", last)
    if phase.kind == "update":
        return key.kind in ("new_W", "new_b")
    if phase.kind == "forward":
        return key.layer == phase.layer and key.kind in ("Z", "A")
    # The error at the output was there since the loss.
    return key.layer == phase.layer and key.kind in ("delta", "slope", "signal", "dW", "db")


def phase_colour(phase: Phase, theme: Theme) -> str:
    """Return the colour of a phase's direction."""
    return {"forward": theme.forward, "backward": theme.backward}.get(phase.kind, theme.accent)


class Page(ABC):
    """Matrices in a room."""

    @abstractmethod
    def prepare(self, terms: Terms, row: int) -> None:
        """Make ready to show ``terms`` with the sample in ``row``; comes before anything else at every moment."""

    @abstractmethod
    def blocks(self) -> Iterator[Block]:
        """Yield every block, in the order in which their matrices are computed."""

    @abstractmethod
    def paint(self, painter: QPainter, terms: Terms, look: Look) -> None:
        """Paint everything but the marks of what is pointed at."""

    @abstractmethod
    def note(self, terms: Terms) -> str:
        """Return what should be known of the picture, such as that not all rows are shown; mostly empty."""

    def find(self, point: QPointF) -> Cell | None:
        """Return the number at ``point``."""
        for block in self.blocks():
            found = block.find(point)
            if found is not None:
                return block.cell(*found)
        return None

    def place(self, cell: Cell) -> QRectF | None:
        """Return where a number is shown, or None where it is not."""
        return next((place for block in self.blocks() if (place := block.place(cell)) is not None), None)

    def marks(self, terms: Terms, cell: Cell) -> list[tuple[QRectF, Source]]:
        """Return the places of the rows, columns and cells that ``cell`` was computed from.

        What was in between and is not shown is passed over: a then comes from what its z came from.
        """
        found: list[tuple[QRectF, Source]] = []
        blocks = list(self.blocks())
        for source in origins(terms, cell):
            shown = [block for block in blocks if block.key == source.key]
            spans = [(block, block.span(source.pattern)) for block in shown]
            found += [(block.rect_of(span), source) for block, span in spans if span is not None]
            single = tuple(place for place in source.pattern if place is not None)
            if not shown and len(single) == len(source.pattern):
                found += self.marks(terms, Cell(source.key, single))
        return found

    def paint_marks(self, painter: QPainter, terms: Terms, look: Look) -> None:
        """Mark what is pointed at, where it came from, and what is selected."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        theme = look.theme
        if look.selected is not None:
            self._frame(painter, self.place(look.selected), theme.backward, theme.card, 2.0)
        if look.pointed is None:
            return
        for rect, source in self.marks(terms, look.pointed):
            colour = QColor(colour_of(source.key, theme))
            colour.setAlpha(46 if source.key.kind not in ("W", "b", "Y") else 24)
            painter.fillRect(rect, colour)
            self._frame(painter, rect, colour_of(source.key, theme), theme.card, 1.6)
        self._frame(painter, self.place(look.pointed), theme.text, theme.card, 2.0)

    def _frame(self, painter: QPainter, rect: QRectF | None, colour: str, around: str, width: float) -> None:
        """Frame ``rect`` in two colours, one of which stands out from whatever is beneath; a dot gets some room."""
        if rect is None:
            return
        grown = max(0.0, 5.0 - rect.width()) / 2, max(0.0, 5.0 - rect.height()) / 2
        rect = rect.adjusted(-grown[0], -grown[1], grown[0], grown[1])
        for shade, out in ((around, 1.0 + 0.5 * width), (colour, 0.5)):
            painter.setPen(QPen(QColor(shade), width if shade == colour else 1.0))
            painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), 3.0, 3.0)

    def step(self, cell: Cell | None, across: int, down: int) -> Cell | None:
        """Return the number that the arrow keys lead to from ``cell``: the next one, or the first of the next block."""
        blocks = list(self.blocks())
        if cell is None:
            return blocks[0].cell(0, 0) if blocks else None
        here = next((block for block in blocks if block.place(cell) is not None), None)
        if here is None:
            return self.step(None, 0, 0)
        span = here.span(cell.index)
        assert span is not None
        row, column = span[0] + down, span[2] + across
        if 0 <= row < here.rows and 0 <= column < here.columns:
            return here.cell(row, column)
        return _beyond(blocks, here, here.rect_of(span).center(), across, down) or cell


def _beyond(blocks: list[Block], here: Block, start: QPointF, across: int, down: int) -> Cell | None:
    """Return the cell nearest to ``start`` in the block that comes next in a direction."""
    best: tuple[float, Cell] | None = None
    for block in blocks:
        if block is here:
            continue
        # Towards the block's own nearest point, sideways counting more: keys should not jump between bands.
        x = min(max(start.x(), block.rect.left() + 1), block.rect.right() - 1)
        y = min(max(start.y(), block.rect.top() + 1), block.rect.bottom() - 1)
        forward, aside = (
            (x - start.x()) * across + (y - start.y()) * down,
            abs((x - start.x()) * down + (y - start.y()) * across),
        )
        found = block.find(QPointF(x, y)) if forward > 1.0 else None
        if found is not None and (best is None or forward + 3 * aside < best[0]):
            best = forward + 3 * aside, block.cell(*found)
    return None if best is None else best[1]
