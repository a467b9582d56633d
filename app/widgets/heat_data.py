"""HeatData: the numbers behind a heat map, their colours, and how one of them is read out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from app.widgets.colour_scale import ColourTable, Levels, Shades, full_range, viridis
from app.widgets.value_text import exact, readable
from backprop.arrays import Array


class Cell(NamedTuple):
    """An element of the matrix, or with ``row`` None one of the biases; both count from 0, as NumPy does."""

    row: int | None
    column: int


@dataclass(frozen=True, eq=False)
class HeatData:
    """A matrix ``values`` (rows, columns) and, where there are any, its ``biases`` (columns,), on one colour scale."""

    values: Array
    biases: Array | None
    levels: Levels
    table: ColourTable
    name: str = "W"
    bias_name: str = "b"

    @classmethod
    def of(cls, values: Array, biases: Array | None = None, name: str = "W", bias_name: str = "b") -> HeatData:
        """Return the numbers in viridis, from the smallest to the largest."""
        arrays = (values,) if biases is None else (values, biases)
        return cls(values, biases, full_range(*arrays), viridis(), name, bias_name)

    @cached_property
    def shades(self) -> Shades:
        """The shade of each of ``values``."""
        return self.levels.shades(self.values)

    @cached_property
    def bias_shades(self) -> Shades | None:
        """The shade of each of the biases, (columns,), where there are any."""
        return None if self.biases is None else self.levels.shades(self.biases)

    def shade(self, cell: Cell) -> int:
        """Return the shade of one number."""
        if cell.row is not None:
            return int(self.shades[cell.row, cell.column])
        assert self.bias_shades is not None
        return int(self.bias_shades[cell.column])

    def arrays(self) -> tuple[Array, ...]:
        """Return the matrix and, where there are any, the biases."""
        return (self.values,) if self.biases is None else (self.values, self.biases)

    def beyond(self) -> tuple[bool, bool]:
        """Return whether values lie below the first colour, and above the last one."""
        lows, highs = zip(*((array.min(), array.max()) for array in self.arrays()), strict=True)
        return bool(min(lows) < self.levels.low), bool(max(highs) > self.levels.high)

    def value(self, cell: Cell) -> np.floating[Any]:
        """Return one number, in its own precision."""
        if cell.row is not None:
            element: np.floating[Any] = self.values[cell.row, cell.column]
            return element
        assert self.biases is not None
        bias: np.floating[Any] = self.biases[cell.column]
        return bias

    def label(self, cell: Cell) -> str:
        """Return what NumPy would call a number, such as "W1[1, 2]"."""
        if cell.row is None:
            return f"{self.bias_name}[{cell.column}]"
        return f"{self.name}[{cell.row}, {cell.column}]"

    def read_out(self, cell: Cell) -> str:
        """Return name and value, such as "W1[1, 2] = 5.8407"."""
        return f"{self.label(cell)} = {readable(float(self.value(cell)))}"

    def exactly(self, cell: Cell) -> str:
        """Return name and value to the last digit."""
        return f"{self.label(cell)} = {exact(self.value(cell))}"
