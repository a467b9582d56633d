"""LossShade: a loss curve as a soft area behind a timeline, cheap enough to grow with every frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from app.widgets.decimation import GrowingCurve
from backprop.arrays import Array

# The share of the picture's height over which a trembling curve is evened out to both sides, as columns.
_EVENED = 0.2
_HATCH = 6.0
# Keeps a curve of zeros on the ground.
_LOWEST = 1e-12
# The height of a column that is empty.
_NOTHING = np.float32(-1.0)


@dataclass(frozen=True)
class Ink:
    """A colour, the opacity of an area and of the line along its top, and how many columns that line keeps clear of."""

    colour: QColor
    area: float
    line: float
    clear: int = 0


class LossShade:
    """Thins a growing curve to the width of a picture, and paints the area under it.

    Of a picture whose curve has only grown, nothing but the columns at its end is painted anew.
    """

    def __init__(self) -> None:
        self._curve = GrowingCurve()
        self._key: tuple[object, ...] = ()
        self._look: tuple[object, ...] = ()
        self._painted: NDArray[np.float32] = np.empty(0, np.float32)
        self._pixels: NDArray[np.uint32] = np.empty((0, 0), np.uint32)
        self._image = QImage()

    def image(
        self,
        curve: Array,
        run_length: float,
        share: float,
        size: tuple[int, int],
        ink: Ink,
        hatched: bool = False,
    ) -> QImage:
        """Return the area under ``curve`` (n,) as far as ``share`` (0 to 1) of the run; it lasts until the next call.

        ``run_length`` is how many values a whole run has; value i lies at (i + 1) / run_length of the width. ``size``
        is that of the whole run, columns and rows in device pixels. What trembles from batch to batch is evened out:
        this is a hint of the course of a run, not the chart of it. Its highest place reaches the top, infinities stand
        as high as the largest number, and where there is no number there is no area.
        """
        columns, rows = size
        if columns < 1 or rows < 1:
            return QImage()
        # Owners make a new view of the same record for every frame: told apart by what is in it.
        key = (len(curve), curve[:1].tobytes(), curve[-1:].tobytes(), run_length, share, size, ink, hatched)
        if key != self._key:
            self._key = key
            self._paint(self._heights(curve, run_length, share, size), rows, ink, hatched)
        return self._image

    def _paint(self, heights: NDArray[np.float32], rows: int, ink: Ink, hatched: bool) -> None:
        """Paint the columns that differ from those painted before."""
        look = (rows, len(heights), ink, hatched)
        if look != self._look:
            self._look = look
            self._painted = np.full_like(heights, _NOTHING)
            self._pixels = np.zeros((rows, len(heights)), np.uint32)
            data, columns = self._pixels.data, len(heights)
            self._image = QImage(data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
        changed = np.flatnonzero(heights != self._painted)
        if not len(changed):
            return
        there = slice(int(changed[0]), int(changed[-1]) + 1)
        self._pixels[:, there] = _area(heights[there], there.start, rows, ink, hatched)
        self._painted = heights

    def _heights(self, curve: Array, run_length: float, share: float, size: tuple[int, int]) -> NDArray[np.float32]:
        """Return how high the area is in each column (columns,), in rows; below 0 where there is none."""
        columns, rows = size
        heights = np.full(columns, _NOTHING)
        used = min(columns, math.ceil(share * columns))
        if used < 1 or not len(curve):
            return heights
        positions, values = self._curve.thinned(curve, math.ceil(run_length / columns))
        places = (np.arange(used) + 0.5) / columns * run_length - 1
        with np.errstate(invalid="ignore", over="ignore"):
            known = _evened(np.interp(places, positions, _shares(values)), round(_EVENED * rows))
        largest = float(np.fmax.reduce(known))
        if largest >= 0.0:
            heights[:used] = known * ((rows - 1) / max(largest, _LOWEST))
            heights[np.isnan(heights)] = _NOTHING
        return heights


def _shares(values: Array) -> Array:
    """Return ``values`` (n,) as shares of the largest finite one: 0 to 1, or NaN."""
    top = float(np.fmax.reduce(values))
    if not math.isfinite(top):
        top = float(values[np.isfinite(values)].max(initial=0.0))
    # Of zeros alone, infinity is still the largest share.
    return np.clip(values / top, 0.0, 1.0) if top > 0 else np.where(values > top, 1.0, values * 0.0)


def _evened(heights: Array, reach: int) -> Array:
    """Return the mean of ``heights`` (columns,) over ``reach`` columns to both sides; NaN stays, and is left out."""
    known, window = np.isfinite(heights), np.ones(2 * reach + 1)
    there = slice(reach, reach + len(heights))
    sums = np.convolve(np.where(known, heights, 0.0), window)[there]
    means: Array = sums / np.convolve(known, window)[there]
    means[~known] = np.nan
    return means


def _area(heights: NDArray[np.float32], first: int, rows: int, ink: Ink, hatched: bool) -> NDArray[np.uint32]:
    """Return the pixels of the columns with ``heights``, of which the leftmost is column ``first``."""
    level = (rows - np.arange(rows, dtype=np.float32) - 1)[:, np.newaxis]
    column = np.arange(first, first + len(heights), dtype=np.float32)
    area = _cover(heights, level)
    line = area - _cover(heights - max(1.0, rows / 28), level)
    line *= np.clip((column - ink.clear) / (rows + 1), 0.0, 1.0)
    opacity = ink.area * area + (ink.line - ink.area) * line
    if hatched:
        opacity *= _stripes(rows, column, rows / 31)
    return _tinted(opacity, ink.colour)


def _cover(heights: NDArray[np.float32], level: NDArray[np.float32]) -> Array:
    """Return how much of each pixel lies under ``heights`` (columns,): rows × columns, 0 to 1."""
    cover: Array = np.clip(heights - level, 0.0, 1.0)
    return cover


def _stripes(rows: int, column: NDArray[np.float32], scale: float) -> Array:
    """Return diagonal stripes, rows × columns: what the past has ahead of it looks thinner than what is done."""
    diagonal = (column[np.newaxis, :] + np.arange(rows)[:, np.newaxis]) / (scale * _HATCH)
    wave = np.abs((diagonal % 1.0) * 2 - 1)
    stripes: Array = 0.35 + 0.65 * np.clip((wave - 0.5) * 4 + 0.5, 0.0, 1.0)
    return stripes


def _tinted(opacity: Array, colour: QColor) -> NDArray[np.uint32]:
    """Return pixels of one colour with ``opacity`` from 0 to 1, the colour multiplied by it."""
    return _table(colour.rgb())[np.rint(np.clip(opacity, 0.0, 1.0) * 255).astype(np.uint8)]


@lru_cache(maxsize=16)
def _table(rgb: int) -> NDArray[np.uint32]:
    """Return the premultiplied pixel of a colour 0xAARRGGBB, whose own opacity does not count, for 256 opacities."""
    shades = np.arange(256, dtype=np.uint32)
    red, green, blue = ((shades * (rgb >> shift & 255) + 127) // 255 for shift in (16, 8, 0))
    pixels: NDArray[np.uint32] = (shades << 24 | red << 16 | green << 8 | blue).astype(np.uint32)
    return pixels
