"""Heat pictures: a matrix, or its columns as small images, as shades for exactly the pixels there are.

Where pixels are fewer than numbers, each shows one of the numbers it covers or their mean: that of the numbers and not
of their colours, which would invent colours that no number has. It takes time for the pixels only, so several maps of
the same large layer can be drawn side by side in one frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.widgets.colour_scale import MISSING, Levels, Shades
from backprop.arrays import Array, Integers


@dataclass(frozen=True)
class TileGrid:
    """``count`` tiles in ``columns``, each ``height`` x ``width`` pixels, ``gap`` pixels apart."""

    count: int
    columns: int
    height: int
    width: int
    gap: int

    @property
    def rows(self) -> int:
        """How many tiles stand one below the other."""
        return -(-self.count // self.columns)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the whole picture, in pixels."""
        return self.rows * (self.height + self.gap) - self.gap, self.columns * (self.width + self.gap) - self.gap

    def corner(self, tile: int) -> tuple[int, int]:
        """Return the top and left pixel of a tile."""
        row, column = divmod(tile, self.columns)
        return row * (self.height + self.gap), column * (self.width + self.gap)

    def tile_at(self, y: float, x: float) -> tuple[int, float, float] | None:
        """Return which tile is at a pixel, and where in it, each from 0 to 1; None between tiles and beyond them."""
        row, down = divmod(y, self.height + self.gap)
        column, across = divmod(x, self.width + self.gap)
        tile = int(row) * self.columns + int(column)
        inside = 0 <= down < self.height and 0 <= across < self.width and 0 <= column < self.columns
        return (tile, down / self.height, across / self.width) if inside and 0 <= tile < self.count else None


@lru_cache(maxsize=64)
def tile_grid(count: int, shape: tuple[int, int], height: int, width: int, gap: int) -> TileGrid:
    """Return the grid in which ``count`` images of ``shape`` become largest within ``height`` x ``width`` pixels."""
    best, columns = 0.0, 1
    for across in range(1, count + 1):
        down = -(-count // across)
        scale = min((width - gap * (across - 1)) / (across * shape[1]), (height - gap * (down - 1)) / (down * shape[0]))
        if scale > best:
            best, columns = scale, across
    # From two pixels a number on, all of them are equally large.
    best = float(math.floor(best)) if best >= 2.0 else best
    return TileGrid(count, columns, max(1, int(shape[0] * best)), max(1, int(shape[1] * best)), gap)


def tile_shades(values: Array, shape: tuple[int, int], grid: TileGrid, levels: Levels, blended: bool = True) -> Shades:
    """Return the picture of ``values`` (pixels of ``shape``, tiles), column by column, of the size of ``grid``."""
    tiles = levels.shades((_blended if blended else _sampled)(values, shape, grid))  # (height, width, count)
    step_y, step_x = grid.height + grid.gap, grid.width + grid.gap
    canvas = np.full((grid.rows * grid.columns, step_y, step_x), MISSING, np.uint8)
    canvas[: grid.count, : grid.height, : grid.width] = tiles.transpose(2, 0, 1)
    rows = canvas.reshape(grid.rows, grid.columns, step_y, step_x).transpose(0, 2, 1, 3)
    height, width = grid.size
    return np.ascontiguousarray(rows.reshape(grid.rows * step_y, grid.columns * step_x)[:height, :width])


def matrix_shades(values: Array, height: int, width: int, levels: Levels) -> Shades:
    """Return the picture of a matrix: one shade a number or, where these are more than pixels, one a pixel."""
    rows, columns = values.shape
    if rows > height:
        values = values[_nearest(rows, height)]
    if columns > width:
        values = values[:, _nearest(columns, width)]
    return levels.shades(values)


def _sampled(values: Array, shape: tuple[int, int], grid: TileGrid) -> Array:
    """Return of ``values`` (pixels, tiles) the nearest ones, as (height, width, tiles)."""
    image = values.reshape(*shape, values.shape[1])
    if (grid.height, grid.width) == shape:
        return image
    return image[_nearest(shape[0], grid.height)][:, _nearest(shape[1], grid.width)]


def _blended(values: Array, shape: tuple[int, int], grid: TileGrid) -> Array:
    """Return the means of ``values`` (pixels, tiles), as (height, width, tiles)."""
    if (grid.height, grid.width) == shape:
        return _sampled(values, shape, grid)
    down, across = (
        _means(target, source, values.dtype.name)
        for target, source in zip((grid.height, grid.width), shape, strict=True)
    )
    with np.errstate(all="ignore"):
        # Many small products: a large one would be shared among threads, which wait for each other.
        rows = down @ values.reshape(*shape, values.shape[1]).transpose(1, 0, 2)
        result: Array = across @ rows.transpose(1, 0, 2)
    # A number that is none, in a run that diverged, would spread over its whole tile.
    return result if math.isfinite(float(result.sum())) else _sampled(values, shape, grid)


@lru_cache(maxsize=32)
def _means(target: int, source: int, dtype: str) -> Array:
    """Return the matrix (target, source) that takes ``source`` numbers to the means of ``target`` equal parts."""
    edges = np.linspace(0.0, source, target + 1)
    first, last = edges[:-1, np.newaxis], edges[1:, np.newaxis]
    places = np.arange(source)
    shared = np.minimum(last, places + 1.0) - np.maximum(first, places)
    means: Array = (np.clip(shared, 0.0, None) * (target / source)).astype(dtype)
    return means


@lru_cache(maxsize=32)
def _nearest(source: int, target: int) -> Integers:
    """Return which of ``source`` numbers each of ``target`` pixels shows."""
    return ((np.arange(target) + 0.5) * source / target).astype(np.intp)
