"""Blocks: where the numbers of a matrix stand, as a grid in which each place is an element of its array."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF

from app.panels.equation.origins import Pattern
from app.panels.equation.terms import Cell, Key

#: Rows and columns of a grid from the first to before the last: (top, bottom, left, right).
Span = tuple[int, int, int, int]


@dataclass
class Block:
    """``rows`` x ``columns`` cells that fill ``rect``; this one shows a matrix as it is, its rows from ``first`` on."""

    key: Key
    rows: int
    columns: int
    rect: QRectF = field(default_factory=QRectF)
    first: int = 0

    #: Whether the array's rows are the grid's columns.
    is_transposed: ClassVar[bool] = False

    def index(self, row: int, column: int) -> tuple[int, ...]:
        """Return which element stands in a cell."""
        return (row + self.first, column)

    def span(self, pattern: Pattern) -> Span | None:
        """Return the cells that a pattern of indices, None for any, stands for; None if none of them is shown."""
        return self._span(_within(pattern[0], self.rows, self.first), _within(pattern[1], self.columns))

    def _span(self, rows: tuple[int, int] | None, columns: tuple[int, int] | None) -> Span | None:
        return None if rows is None or columns is None else (*rows, *columns)

    def find(self, point: QPointF) -> tuple[int, int] | None:
        """Return row and column of the cell at ``point``."""
        if not self.rect.contains(point):
            return None
        row = int((point.y() - self.rect.top()) / self.rect.height() * self.rows)
        column = int((point.x() - self.rect.left()) / self.rect.width() * self.columns)
        return min(row, self.rows - 1), min(column, self.columns - 1)

    def rect_of(self, span: Span) -> QRectF:
        """Return the place of some cells."""
        top, bottom, left, right = span
        width, height = self.rect.width() / self.columns, self.rect.height() / self.rows
        return QRectF(
            self.rect.left() + left * width,
            self.rect.top() + top * height,
            (right - left) * width,
            (bottom - top) * height,
        )

    def place(self, cell: Cell) -> QRectF | None:
        """Return where a number is shown, or None if not here."""
        span = self.span(cell.index) if cell.key == self.key else None
        return None if span is None else self.rect_of(span)

    def cell(self, row: int, column: int) -> Cell:
        """Return the number at a place of the grid."""
        return Cell(self.key, self.index(row, column))


class RowBlock(Block):
    """A vector, (units,), as one row."""

    def index(self, row: int, column: int) -> tuple[int, ...]:
        return (column,)

    def span(self, pattern: Pattern) -> Span | None:
        return self._span((0, 1), _within(pattern[0], self.columns))


class NumberBlock(Block):
    """A single number."""

    def index(self, row: int, column: int) -> tuple[int, ...]:
        return ()

    def span(self, pattern: Pattern) -> Span | None:
        return 0, 1, 0, 1


class TransposedBlock(Block):
    """A matrix with its rows as columns."""

    is_transposed = True

    def index(self, row: int, column: int) -> tuple[int, ...]:
        return (column, row)

    def span(self, pattern: Pattern) -> Span | None:
        return self._span(_within(pattern[1], self.rows), _within(pattern[0], self.columns))


@dataclass
class TileBlock(Block):
    """One column of a matrix, that of ``unit``, as a picture: the weights into a unit, shaped like what it sees."""

    unit: int = 0

    def index(self, row: int, column: int) -> tuple[int, ...]:
        return (row * self.columns + column, self.unit)

    def span(self, pattern: Pattern) -> Span | None:
        return _in_picture(self, pattern[0]) if pattern[1] in (None, self.unit) else None


class SampleBlock(Block):
    """One row of a matrix, that of sample ``first``, as a picture of ``rows`` x ``columns``."""

    def index(self, row: int, column: int) -> tuple[int, ...]:
        return (self.first, row * self.columns + column)

    def span(self, pattern: Pattern) -> Span | None:
        return _in_picture(self, pattern[1]) if pattern[0] in (None, self.first) else None


def _within(place: int | None, count: int, first: int = 0) -> tuple[int, int] | None:
    if place is None:
        return 0, count
    return (place - first, place - first + 1) if first <= place < first + count else None


def _in_picture(block: Block, place: int | None) -> Span | None:
    if place is None:
        return 0, block.rows, 0, block.columns
    row, column = divmod(place, block.columns)
    return row, row + 1, column, column + 1


class BarsBlock(Block):
    """One row of a matrix, that of sample ``first``, as a list that goes on in a second column where there is one."""

    def index(self, row: int, column: int) -> tuple[int, ...]:
        return (self.first, column * self.rows + row)

    def span(self, pattern: Pattern) -> Span | None:
        if pattern[0] not in (None, self.first):
            return None
        if pattern[1] is None:
            return 0, self.rows, 0, self.columns
        column, row = divmod(pattern[1], self.rows)
        return row, row + 1, column, column + 1
